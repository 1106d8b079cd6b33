package table

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// recognised reads a table without any option, as an import of it does.
func recognised(t *testing.T, data string, profile string) *importertest.Collected {
	t.Helper()
	f := importertest.FileOf("t.csv", []byte(data))
	if _, _, err := importer.Detect([]importer.Format{Format{}}, f, importer.Options{}); err != nil {
		t.Fatal(err)
	}
	got := read(t, data, importer.Options{})
	if got.Assumed["profile"] != profile {
		t.Fatalf("profile %q, want %q", got.Assumed["profile"], profile)
	}
	return got
}

func TestCrowdTangle(t *testing.T) {
	got := recognised(t, strings.Join([]string{
		`Page Name,User Name,Facebook Id,Page Admin Top Country,Followers at Posting,Post Created,Type,Total Interactions,Likes,Comments,Shares,Love,Wow,Haha,Sad,Angry,Care,Total Views,URL,Message,Link,Final Link,Overperforming Score (weighted  —  Likes 1x Shares 1x ),New Column`,
		`Harbour News,harbournews,"1001",NO,"12,345",2021-07-06 16:45:20 EDT,Link,"1,250","1,200",7,8,40,5,3,1,1,0,0,https://www.facebook.com/1001/posts/2002,Fog & rain,http://s.example/a,https://news.example/fog,8.57,x`,
		`Harbour News,harbournews,"1001",NO,"12,345",2021-01-06 16:45:20 CST,Photo,1,1,0,0,,,,,,,55,https://www.facebook.com/1001/photos/a.5/2003,,,,-1.2,x`,
	}, "\n"), "crowdtangle-facebook-pages/1")
	p := got.Posts()
	if len(p) != 2 || p[0].UID() != "facebook:1001_2002" || p[1].UID() != "facebook:1001_2003" || p[0].Author.UID() != "facebook:1001" || p[0].Author.Followers != model.Known(12345) {
		t.Fatalf("%d posts, %+v", len(p), p)
	}
	if !p[0].Created.Time.Equal(time.Date(2021, 7, 6, 20, 45, 20, 0, time.UTC)) || p[0].Created.Zone != model.ZoneStated || !p[1].Created.Time.Equal(time.Date(2021, 1, 6, 22, 45, 20, 0, time.UTC)) {
		t.Errorf("created %+v %+v", p[0].Created, p[1].Created)
	}
	if p[0].Counts.Likes != model.Known(1250) || p[0].Counts.Shares != model.Known(8) || !p[0].Counts.Views.IsZero() || p[1].Counts.Views != model.Known(55) || p[0].Links[0].URL != "https://news.example/fog" {
		t.Errorf("%+v", p[0])
	}
	if p[1].Kind != model.KindMedia || got.Fields["New Column"] != 2 || !strings.Contains(got.Assumed["missing_columns"], "of the") {
		t.Errorf("kind %s, unknown %v, assumed %v", p[1].Kind, got.Fields, got.Assumed)
	}
	got = recognised(t, "Group Name,User Name,Facebook Id,Size at Posting,Created,Type,Likes,URL,Message,Overperforming Score\n"+
		"Anglers,,77,500,2021-07-06 16:45:20 CEST,Status,3,https://www.facebook.com/groups/77/permalink/88,hello,1\n", "crowdtangle-facebook-groups/1")
	if p := got.Posts()[0]; p.UID() != "facebook:77_88" || p.Author.Name != "Anglers" || p.Author.Followers != model.Known(500) {
		t.Errorf("%+v", p)
	}
	got = recognised(t, "Account,User Name,Followers at Posting,Post Created,Type,Likes,Comments,Views,URL,Description,Photo,OVERPERFORMING SCORE\n"+
		"Jana,janao,5,2021-07-06 16:45:20 CEST,Photo,3,1,,https://www.instagram.com/p/Ab_-1/,hello #fog,https://i.example/1.jpg,1\n", "crowdtangle-instagram/1")
	if p := got.Posts()[0]; p.UID() != "instagram:Ab_-1" || p.Text != "hello #fog" || len(p.Media) != 1 {
		t.Errorf("%+v", p)
	}
}

func TestMetaContentLibrary(t *testing.T) {
	got := recognised(t, "id,creation_time,text,statistics.reaction_count,statistics.like_count,statistics.views,statistics.share_count,statistics.comment_count,post_owner.id,post_owner.name,surface.id\n"+
		"9007199254740993,2024-01-31T10:00:00,Fog,5,4,900,1,2,12,Harbour,12\n", "meta-content-library-facebook/1")
	if p := got.Posts()[0]; p.UID() != "facebook:9007199254740993" || p.Counts.Likes != model.Known(5) || p.Counts.Views != model.Known(900) || p.Created.Zone != model.ZoneChosen {
		t.Errorf("%+v", p)
	}
	got = recognised(t, "id,creation_time,text,statistics.like_count,statistics.views,statistics.comment_count,post_owner.id,post_owner.username\n"+
		"1,2024-01-31T10:00:00,Fog,5,900,2,12,janao\n", "meta-content-library-instagram/1")
	if p := got.Posts()[0]; p.UID() != "instagram:1" || p.Author.Handle != "janao" || p.Counts.Likes != model.Known(5) {
		t.Errorf("%+v", p)
	}
}

func TestMeltwater(t *testing.T) {
	table := "Date\tHeadline\tURL\tOpening Text\tHit Sentence\tSource\tInfluencer\tCountry\tLanguage\tReach\tSentiment\tTweet Id\tTwitter Screen Name\tTwitter Followers\r\n" +
		"31-Jan-2024 03:45PM\t\thttps://twitter.com/janao/statuses/1234567890123456789\tFog\tFog over the harbour\tTwitter\tJana\tNorway\tEnglish\t5\tNeutral\t\"\"\"1234567890123456789\"\"\"\t@janao\t12\r\n" +
		"31-Jan-2024 04:00PM\tShips wait\thttps://news.example/ships\tThe lead\t\tHarbour Daily\t\tNO\tEnglish\t5\tNeutral\t\t\t\r\n"
	wide := string(importertest.UTF16(table, false, true))
	got := recognised(t, wide, "meltwater/1")
	p := got.Posts()
	if len(p) != 2 || p[0].UID() != "x:1234567890123456789" || p[0].Author.UID() != "x:@janao" || p[0].PageType != model.PageSocial || p[0].Author.Followers != model.Known(12) {
		t.Fatalf("%d posts, %+v, %+v", len(p), p, got.Rejects())
	}
	if p[1].UID() != "web:https://news.example/ships" || p[1].Title != "Ships wait" || p[1].Text != "The lead" || p[1].PageType != model.PageNews || p[1].Place.Country != "NO" || p[0].Created.Time.Hour() != 15 {
		t.Errorf("%+v", p[1])
	}
	got = recognised(t, "Date,Time,Document ID,URL,Source Type,Source Name,Author Handle,Hit Sentence,Likes\n"+
		"2024-01-31,15:45,d1,https://x.com/janao/status/12,Social,X,janao,Fog,3\n", "meltwater-explore/1")
	if p := got.Posts()[0]; p.UID() != "x:12" || p.Created.Time.Minute() != 45 || p.Counts.Likes != model.Known(3) {
		t.Errorf("%+v", p)
	}
}

func TestTalkwalker(t *testing.T) {
	got := recognised(t, "url,published,content,lang,source_type,extra_author_attributes.id,extra_author_attributes.name,extra_author_attributes.gender,extra_article_attributes.world_data.country_code,extra_article_attributes.world_data.latitude,extra_article_attributes.world_data.longitude,article_extended_attributes.twitter_likes,customer_x\n"+
		"https://twitter.com/a/status/12,1706698800000,Fog,en,SOCIALMEDIA_TWITTER,tw:99,Jana,FEMALE,no,59.9,10.7,4,1\n", "talkwalker/1")
	p := got.Posts()[0]
	if p.UID() != "x:12" || p.Author.UID() != "x:99" || p.Author.Gender != (model.Attributed{Value: "female", Provenance: model.ProvenancePlatform}) || p.Place.Country != "NO" || !p.Place.HasPoint || p.Counts.Likes != model.Known(4) {
		t.Errorf("%+v", p)
	}
	if len(got.Fields) > 0 || p.Created.Zone != model.ZoneStated {
		t.Errorf("unknown %v, created %+v", got.Fields, p.Created)
	}
}

func TestBrandwatch(t *testing.T) {
	got := recognised(t, strings.Join([]string{
		`Report:,Bulk Mentions Download`, `Brand:,Harbour`, `From:,Mon Jan 01 2024`, ``, ``,
		`Query Id,Query Name,Date,Title,Snippet,Url,Domain,Page Type,Author,Twitter Followers,Gender,Hashtags,Twitter Reply to`,
		`1,Fog,2024-01-31 10:00:00.0,"Fog &amp; rain","Fog
all day",https://twitter.com/janao/statuses/12,twitter.com,twitter,janao,7,female,"fog, rain",http://twitter.com/b/statuses/11`,
		`1,Fog,2024-01-31 11:00:00.0,Ships,They wait,https://news.example/1,news.example,news,,,unknown,,`,
		`Total,,,,,,,,,2,,,`,
	}, "\n"), "brandwatch/1")
	p := got.Posts()
	if len(p) != 2 || p[0].UID() != "x:12" || p[0].Title != "Fog & rain" || p[0].Text != "Fog\nall day" || p[0].Refs.ReplyTo != "x:11" || fmt.Sprint(p[0].Hashtags) != "[fog rain]" {
		t.Fatalf("%d posts, %+v, %+v", len(p), p, got.Rejects())
	}
	if p[1].PageType != model.PageNews || p[1].Author.Gender.Value != "" || got.Records[0].Locator.Row != 7 {
		t.Errorf("%+v %+v", p[1], got.Records[0].Locator)
	}
	if r := got.Rejects(); len(r) != 1 || r[0].Code != "totals_row" || got.Assumed["preamble"] != "3 rows before the header were passed over" {
		t.Errorf("%+v, %v", r, got.Assumed)
	}
}

func TestLinkedIn(t *testing.T) {
	got := recognised(t, "Date,ShareLink,ShareCommentary,SharedUrl,MediaUrl,Visibility\n"+
		"2024-01-31 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Ashare%3A7123456789012345678,\"Fog \"\"here\"\"\",https://news.example/1,,MEMBER_NETWORK\n"+
		"2024-01-30 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3AugcPost%3A7123456789012345679,For friends,,,CONNECTIONS\n", "linkedin-shares/1")
	p := got.Posts()
	if p[0].UID() != "linkedin:7123456789012345678" || p[0].Visibility != model.VisibilityPublic || p[1].Visibility != model.VisibilityPrivate || len(p[0].Links) != 1 {
		t.Errorf("%+v", p)
	}
	got = recognised(t, "Date,Link,Message\n2024-01-31 10:00:00,https://www.linkedin.com/feed/update/urn%3Ali%3Aactivity%3A7123,Well said\n", "linkedin-comments/1")
	if p := got.Posts()[0]; p.Kind != model.KindComment || p.Refs.ReplyTo != "linkedin:7123" || !strings.HasPrefix(p.NativeID, "content-") {
		t.Errorf("%+v", p)
	}
	got = recognised(t, "CONVERSATION ID,CONVERSATION TITLE,FROM,SENDER PROFILE URL,TO,RECIPIENT PROFILE URLS,DATE,SUBJECT,CONTENT,FOLDER\n"+
		"c1,,Jana O,https://www.linkedin.com/in/janao,Bo,https://www.linkedin.com/in/bo,2024-01-31 10:00:00 UTC,,<p>Hi &amp; bye</p>,INBOX\n", "linkedin-messages/1")
	if p := got.Posts()[0]; p.Visibility != model.VisibilityDirect || p.Text != "Hi & bye" || p.Author.Handle != "janao" || p.Refs.Thread != "linkedin:c1" || p.Created.Zone != model.ZoneStated {
		t.Errorf("%+v", p)
	}
}

func TestFourCAT(t *testing.T) {
	got := recognised(t, "id,thread_id,author,body,timestamp,unix_timestamp\n5,1,Anonymous,hello,2024-01-31 10:00:00,1706695200\n", "4cat/1")
	if p := got.Posts()[0]; p.UID() != "4cat:5" || !p.Author.IsZero() || p.Created.Zone != model.ZoneStated {
		t.Errorf("%+v", p)
	}
	got = recognised(t, "id,thread_id,timestamp,unix_timestamp,link,body,author,author_id,like_count,retweet_count,hashtags,is_retweet\n"+
		"5,1,2024-01-31 10:00:00,1706695200,https://x.com/a/status/5,hello,janao,12,3,1,\"fog,rain\",no\n", "4cat-more/1")
	if p := got.Posts()[0]; p.UID() != "x:5" || p.Author.UID() != "x:12" || len(p.Hashtags) != 2 || p.Counts.Likes != model.Known(3) || got.Fields["is_retweet"] != 1 {
		t.Errorf("%+v %v", p, got.Fields)
	}
}

func TestTablesThatAreNoPosts(t *testing.T) {
	for header, says := range map[string]string{
		"source_did,target_did": "edges", "Source,Target,Weight": "edges", "did,handle,display_name,created_at": "accounts", "id,username,followers_count": "accounts",
		"Date,Type,Link": "reactions", "liker_index,indexed_at,hours_since_post": "likes", "First Name,Last Name,Email Address,Connected On": "contacts",
	} {
		n := strings.Count(header, ",")
		_, _, err := importer.Detect([]importer.Format{Format{}}, importertest.FileOf("t.csv", []byte(header+"\na"+strings.Repeat(",b", n)+"\nc"+strings.Repeat(",d", n)+"\n")), importer.Options{})
		var refused *importer.Refused
		if !errors.As(err, &refused) || !strings.Contains(refused.Reason, says) {
			t.Errorf("%s: %v", header, err)
		}
	}
}

func TestLostDigits(t *testing.T) {
	got := read(t, "id,text\n1.23457E+18,a\n1.23457E+18,b\n1234567890123456789,c\n5E+3x,d\n", simple("id", "text"))
	p := got.Posts()
	if len(p) != 4 || p[0].NativeID == p[1].NativeID || !strings.HasPrefix(p[0].NativeID, "content-") || p[2].NativeID != "1234567890123456789" || p[3].NativeID != "5E+3x" {
		t.Errorf("%d posts, %+v", len(p), got.Rejects())
	}
	if got.Assumed["ids_with_lost_digits"] != "2" {
		t.Errorf("assumed %v", got.Assumed)
	}
}

func TestPreamble(t *testing.T) {
	o := simple("id", "text", "when")
	for name, data := range map[string]string{
		"title":        "Report of the harbour\n\nid,text,when\n1,a,2024-01-01\n2,b,2024-01-02\n",
		"padded":       "Report of the harbour,,\nmade by,Jana,\nid,text,when\n1,a,2024-01-01\n2,b,2024-01-02\n",
		"sep and more": "sep=;\nReport\nid;text;when\n1;a;2024-01-01\n2;b;2024-01-02\n",
	} {
		got := read(t, data, o)
		if p := got.Posts(); len(p) != 2 || p[0].NativeID != "1" || len(got.Rejects()) > 0 || got.Assumed["preamble"] == "" {
			t.Errorf("%s: %d posts, %+v, %v", name, len(p), got.Rejects(), got.Assumed)
		}
	}
}
