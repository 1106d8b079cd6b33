package xarchive_test

import (
	"os"
	"slices"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/xarchive"
	"vedette/backend/model"
)

// sample reads a file of testdata.
func sample(tb testing.TB, name string) []byte {
	tb.Helper()
	b, err := os.ReadFile("testdata/" + name)
	if err != nil {
		tb.Fatal(err)
	}
	return b
}

// beside gives the archive's other scripts under a folder.
func beside(tb testing.TB, dir string, names ...string) map[string][]byte {
	tb.Helper()
	m := map[string][]byte{}
	for _, n := range names {
		m[dir+n] = sample(tb, n)
	}
	return m
}

func TestFormat(t *testing.T) {
	all := beside(t, "", "account.js", "profile.js", "note-tweet.js")
	private := importer.Options{IncludePrivate: true}
	importertest.Run(t, xarchive.Format{}, []importertest.Case{
		{Name: "tweets", File: "testdata/tweets.js", Accepted: 5, Rejected: 1, Beside: all, Golden: "testdata/tweets.golden.json"},
		{Name: "alone", File: "testdata/tweet.js", Accepted: 1, Golden: "testdata/tweet.golden.json"},
		{Name: "deleted", File: "testdata/deleted-tweets.js", Accepted: 1},
		{Name: "grailbird", File: "testdata/grailbird.js", Accepted: 1, Golden: "testdata/grailbird.golden.json"},
		{Name: "without its first line", Data: []byte(`[{"tweet":{"id_str":"7","full_text":"bare","favorite_count":"1"}}]`), Accepted: 1},
		{Name: "with a semicolon", Data: []byte("window.YTD.tweets.part0 = [{\"tweet\":{\"id_str\":\"7\",\"full_text\":\"bare\"}}];\r\n"), Accepted: 1},
		{Name: "messages", File: "testdata/direct-messages.js", Accepted: 3, Rejected: 1, Options: private, Beside: all, Golden: "testdata/messages.golden.json"},
		{Name: "messages left out", File: "testdata/direct-messages.js", Rejected: 4},
		{Name: "likes", Data: []byte(`window.YTD.like.part0 = [{"like":{"tweetId":"1","fullText":"x"}}]`), Refused: "others wrote"},
		{Name: "followers", Data: []byte(`window.YTD.follower.part0 = [ {"follower":{"accountId":"1"}}]`), Refused: "accounts that follow"},
		{Name: "account", File: "testdata/account.js", Refused: "owner's account"},
		{Name: "contents", File: "testdata/manifest.js", Refused: "table of contents"},
		{Name: "notes", File: "testdata/note-tweet.js", Refused: "long texts"},
		{Name: "other", Data: []byte(`window.YTD.ad_engagements.part0 = [ ]`), Refused: `"ad_engagements"`},
		{Name: "empty", Data: []byte("window.YTD.deleted_tweets.part0 = [ ]"), Refused: "without any entries"},
	})
}

// read reads a sample with the scripts beside it.
func read(t *testing.T, name string, o importer.Options, near map[string][]byte) *importertest.Collected {
	t.Helper()
	data := sample(t, name)
	f := importertest.FileOf(name, data)
	f.Beside = func(path string) (importer.File, bool) {
		b, ok := near[path]
		return importertest.FileOf(path, b), ok
	}
	c, err := importertest.ReadFile(t.Context(), xarchive.Format{}, f, o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	return c
}

func TestTweets(t *testing.T) {
	c := read(t, "tweets.js", importer.Options{}, beside(t, "", "account.js", "profile.js", "note-tweet.js"))
	p := c.Posts()
	if !strings.HasSuffix(p[0].Text, "has ever forgotten. The end.") {
		t.Errorf("long text: %q", p[0].Text)
	}
	a := p[0].Author
	if a.NativeID != "4242" || a.Handle != "ann_owner" || a.Name != "Ann & Co" || a.Description != "Walls & lights" || a.Place.Name != "Porto" || a.Created.Time.Year() != 2009 {
		t.Errorf("author: %+v", a)
	}
	if p[0].Counts.Likes != model.Known(12) || p[0].Counts.Shares != model.Known(3) || !p[0].Counts.Comments.IsZero() {
		t.Errorf("counts: %+v", p[0].Counts)
	}
	for i, handle := range []string{"Other_One", "gone_account"} {
		if x := p[i+1]; x.Kind != model.KindRepost || !x.Refs.IsZero() || len(x.Mentions) != 1 || x.Mentions[0].Handle != handle {
			t.Errorf("repost: %+v", x)
		}
	}
	if x := p[3]; x.Kind != model.KindComment || x.Text != "@Other_One no <b>" || x.Refs.ReplyTo != "x:1624000000000000000" || x.Place.Lat != 41.15 || x.Place.Lon != -8.61 {
		t.Errorf("reply: %+v", x)
	}
	if len(p[4].Media) != 2 || p[4].URL != "https://x.com/ann_owner/status/1624108327213010948" {
		t.Errorf("pictures: %+v", p[4])
	}
	if len(c.Fields) != 0 || len(c.Assumed) != 0 {
		t.Errorf("unknown %v, assumed %v", c.Fields, c.Assumed)
	}
}

func TestOwner(t *testing.T) {
	for dir, name := range map[string]string{"../data/": "account.js", "data/": "manifest.js", "../": "manifest.js"} {
		c := read(t, "tweet.js", importer.Options{}, beside(t, dir, name))
		if p := c.Posts()[0]; p.Author.Handle != "ann_owner" || p.Created.Time.Year() != 2010 {
			t.Errorf("%s%s: %+v", dir, name, p)
		}
	}
	c := read(t, "tweet.js", importer.Options{}, nil)
	if p := c.Posts()[0]; !p.Author.IsZero() || c.Assumed["author"] == "" {
		t.Errorf("alone: %+v %v", p.Author, c.Assumed)
	}
}

func TestMessages(t *testing.T) {
	c := read(t, "direct-messages.js", importer.Options{IncludePrivate: true}, beside(t, "", "account.js"))
	p := c.Posts()
	if x := p[0]; x.Kind != model.KindMessage || x.Visibility != model.VisibilityDirect || x.Author.Handle != "ann_owner" || x.Text != "Seen this? & so on https://t.co/x" ||
		x.Links[0].URL != "https://news.example/a" || x.NativeID != "dm-1300000000000000003" || x.Refs.Thread != "x:dm-conversation-4242-77" {
		t.Errorf("message: %+v", x)
	}
	if p[1].Kind != model.KindMedia || p[1].Author.NativeID != "77" || p[2].Kind != model.KindEvent {
		t.Errorf("media and event: %+v %+v", p[1], p[2])
	}
	left := read(t, "direct-messages.js", importer.Options{}, nil).Rejects()
	if !slices.ContainsFunc(left, func(r *model.Reject) bool { return r.Code == "private" && strings.Contains(r.Reason, "asked for") }) {
		t.Errorf("left out: %+v", left)
	}
}

func TestLongConversation(t *testing.T) {
	s := `window.YTD.direct_messages.part0 = [{"dmConversation":{"conversationId":"1-2","messages":[` +
		strings.Repeat(`{"messageCreate":{"id":"5","senderId":"1","text":"hello there","createdAt":"2020-01-01T00:00:00.000Z"}},`, 40) +
		`{"messageCreate":{"id":"6","senderId":"2","text":"bye","createdAt":"2020-01-01T00:00:00.000Z"}}]}}]`
	c, err := importertest.Read(t.Context(), xarchive.Format{}, "x.js", []byte(s), importer.Options{MaxRecord: 500, IncludePrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(s), c)
	if p := c.Posts(); len(p) != 41 || p[40].NativeID != "dm-6" {
		t.Errorf("%d posts, %v", len(p), c.Rejects())
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"tweet.js", "deleted-tweets.js", "grailbird.js", "direct-messages.js"} {
		f.Add(sample(f, name))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, xarchive.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	_, list, _ := strings.Cut(string(sample(b, "tweets.js")), "= ")
	importertest.Bench(b, xarchive.Format{}, []byte(list+"\n"), 1000)
}
