package mastodon_test

import (
	"reflect"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/mastodon"
	"vedette/backend/model"
)

const account = `{"id":"1","username":"a","acct":"a","url":"https://a.example/@a","followers_count":1,"note":""}`

func TestFormat(t *testing.T) {
	importertest.Run(t, mastodon.Format{}, []importertest.Case{
		{Name: "statuses", File: "testdata/statuses.json", Accepted: 7, Golden: "testdata/statuses.golden.json"},
		{Name: "other servers", File: "testdata/others.jsonl", Accepted: 5, Golden: "testdata/others.golden.json"},
		{Name: "context", File: "testdata/context.json", Accepted: 3, Golden: "testdata/context.golden.json"},
		{Name: "search", Data: []byte(`{"accounts":[` + account + `],"statuses":[{"id":"1","created_at":"2024-05-01T00:00:00Z","visibility":"public","uri":"https://a.example/1","content":"x","account":` + account + `}],"hashtags":[]}`), Accepted: 1},
		{Name: "no results", Data: []byte(`{"accounts":[],"statuses":[],"hashtags":[]}`)},
		{Name: "accounts", Data: []byte(`[` + account + `]`), Refused: "accounts"},
		{Name: "notifications", Data: []byte(`[{"id":"1","type":"follow","created_at":"2024-05-01T00:00:00Z","account":` + account + `}]`), Refused: "notifications"},
		{Name: "relationships", Data: []byte(`[{"id":"1","following":true,"showing_reblogs":true,"followed_by":true}]`), Refused: "follow"},
		{Name: "server", Data: []byte(`{"domain":"a.example","source_url":"https://x.example","registrations":{},"rules":[]}`), Refused: "server"},
		{Name: "hashtags", Data: []byte(`[{"name":"a","url":"https://a.example/tags/a","history":[]}]`), Refused: "hashtags"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, file string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), mastodon.Format{}, file, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestStatuses(t *testing.T) {
	p, c := posts(t, "testdata/statuses.json")
	const users = "https://harbour.example/users/"
	storm := p[users+"ann/statuses/109000000000000001"]
	if storm.Text != "Storm over the bay\nstay in, @ben\n\nhttps://news.example/storm #storm" || storm.Title != "Weather & boats" {
		t.Errorf("text: %q, title: %q", storm.Text, storm.Title)
	}
	if !reflect.DeepEqual(storm.Links, []model.Link{{URL: "https://news.example/storm?id=1&x=2", Title: "Storm warning"}}) {
		t.Errorf("links: %v", storm.Links)
	}
	if a := storm.Author; a.Handle != "ann@harbour.example" || a.NativeID != "@ann@harbour.example" || a.Name != "Ann Rower" || a.Description != "I row." || a.Followers != model.Known(12) {
		t.Errorf("author: %+v", a)
	}
	if storm.Counts != (model.Counts{Likes: model.Known(5), Comments: model.Known(2), Shares: model.Known(0)}) || storm.Edited.Time.Hour() != 9 {
		t.Errorf("counts: %+v, edited %v", storm.Counts, storm.Edited)
	}
	if len(storm.Media) != 2 || storm.Media[1] != (model.Media{Type: "video", URL: "https://far.example/b.mp4"}) || storm.Mentions[0].AccountID != "@ben@harbour.example" {
		t.Errorf("media: %v, mentions: %v", storm.Media, storm.Mentions)
	}
	reply := p["https://far.example/objects/5f1c"]
	if reply.Refs.ReplyTo != storm.UID() || reply.Kind != model.KindComment || reply.Visibility != model.VisibilityUnlisted || !reply.Author.DeclaredBot || reply.Text != "@ann which boat?\n• red\n• blue & white" {
		t.Errorf("reply: %+v", reply)
	}
	boost, boosted := p[users+"ben/statuses/109000000000000003/activity"], p["https://third.example/users/zoe/statuses/77"]
	if boost.Kind != model.KindRepost || boost.Refs.RepostOf != boosted.UID() || boost.Text != "" || !boost.Counts.IsZero() || boosted.Counts.Shares != model.Known(8) {
		t.Errorf("boost: %+v of %+v", boost, boosted)
	}
	if boosted.Refs.ReplyTo != "mastodon:https://harbour.example/api/v1/statuses/1" {
		t.Errorf("an answer to what is not here: %v", boosted.Refs)
	}
	own := p[users+"ann/statuses/109000000000000004"]
	if own.Refs.ReplyTo != "mastodon:"+users+"ann/statuses/108000000000000000" || own.Visibility != model.VisibilityPrivate || own.Kind != model.KindQuote || !own.Counts.Likes.IsZero() {
		t.Errorf("thread: %+v", own)
	}
	if q := p[users+"ben/statuses/108000000000000009"]; own.Refs.QuoteOf != q.UID() || q.Refs.QuoteOf != "mastodon:https://harbour.example/api/v1/statuses/42" {
		t.Errorf("quoted: %+v", q)
	}
	if d := p[users+"ann/statuses/109000000000000005"]; d.Visibility != model.VisibilityDirect || d.Refs.ReplyTo != "mastodon:"+users+"ben/statuses/5" {
		t.Errorf("direct: %+v", d)
	}
	if c.Fields["status.novelty"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown: %v", c.Fields)
	}
}

func TestOtherServers(t *testing.T) {
	p, c := posts(t, "testdata/others.jsonl")
	mo := p["https://pl.example/objects/1"]
	if mo.Visibility != model.VisibilityPrivate || mo.Refs.QuoteOf != "mastodon:https://pl.example/objects/0" || p["https://pl.example/objects/0"] == nil {
		t.Errorf("Pleroma: %+v", mo)
	}
	if lu := p["https://pix.example/p/lu/500000000000000001"]; lu.Kind != model.KindMedia || lu.Place.Name != "Vigo, Spain" || lu.Created.Time.IsZero() || !lu.Counts.Shares.IsZero() {
		t.Errorf("Pixelfed: %+v", lu)
	}
	if pia := p["https://gts.example/users/pia/statuses/01HXYZ"]; pia.Visibility != model.VisibilityPrivate || pia.Refs.ReplyTo != "mastodon:https://pl.example/api/v1/statuses/unknown" {
		t.Errorf("GoToSocial: %+v", pia)
	}
	last := p["https://pl.example/api/v1/statuses/12"]
	if last == nil || last.Created.Original != "not a time" || last.Author.NativeID != "@n" || c.Assumed["visibility"] == "" {
		t.Errorf("without an address: %+v", last)
	}
}

func TestContext(t *testing.T) {
	p, _ := posts(t, "testdata/context.json")
	third, fourth := p["https://c.example/notes/3"], p["https://a.example/users/a/statuses/4"]
	if third.Refs.ReplyTo != "mastodon:status/2" || fourth.Refs.ReplyTo != third.UID() {
		t.Errorf("third %+v, fourth %+v", third.Refs, fourth.Refs)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/statuses.json", "testdata/others.jsonl", "testdata/context.json"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Add([]byte(`{"reblog":{"id":1,"account":{"acct":"@"},"content":"<a href=http://x>","created_at":0,"in_reply_to_id":1,"uri":"/users//statuses/1`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, mastodon.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, mastodon.Format{}, (importertest.Case{File: "testdata/others.jsonl"}).Bytes(b), 5000)
}
