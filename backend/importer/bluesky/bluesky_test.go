package bluesky_test

import (
	"reflect"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/bluesky"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, bluesky.Format{}, []importertest.Case{
		{Name: "feed", File: "testdata/feed.json", Accepted: 7, Golden: "testdata/feed.golden.json"},
		{Name: "thread", File: "testdata/thread.json", Accepted: 4, Golden: "testdata/thread.golden.json"},
		{Name: "search", File: "testdata/search.jsonl", Accepted: 4, Golden: "testdata/search.golden.json"},
		{Name: "posts", File: "testdata/posts.jsonl", Accepted: 3, Golden: "testdata/posts.golden.json"},
		{Name: "likes", Data: []byte(`{"uri":"at://did:plc:a/app.bsky.feed.post/1","likes":[{"actor":{"did":"did:plc:b"}}]}`), Refused: "likes"},
		{Name: "follows", Data: []byte(`{"subject":{},"follows":[{"did":"did:plc:b"}]}`), Refused: "accounts"},
		{Name: "like", Data: []byte(`{"uri":"at://did:plc:a/app.bsky.feed.like/1","value":{"$type":"app.bsky.feed.like"}}`), Refused: "app.bsky.feed.like"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, file string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), bluesky.Format{}, file, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestFeed(t *testing.T) {
	p, c := posts(t, "testdata/feed.json")
	rich := p["at://did:plc:aaa/app.bsky.feed.post/3k1"]
	if !reflect.DeepEqual(rich.Hashtags, []string{"mar", "extra"}) && !reflect.DeepEqual(rich.Hashtags, []string{"extra", "mar"}) {
		t.Errorf("hashtags: %v", rich.Hashtags)
	}
	if !reflect.DeepEqual(rich.Mentions, []model.Mention{{Handle: "bob.example", AccountID: "did:plc:bbb"}}) {
		t.Errorf("mentions: %v", rich.Mentions)
	}
	if !reflect.DeepEqual(rich.Links, []model.Link{{URL: "https://example.org/", Title: "Example"}}) {
		t.Errorf("links: %v", rich.Links)
	}
	if rich.URL != "https://bsky.app/profile/ann.example/post/3k1" || rich.PlatformLang != "pt" || !rich.Author.DeclaredBot {
		t.Errorf("post: %+v", rich)
	}
	if rich.Counts != (model.Counts{Likes: model.Known(0), Comments: model.Known(1), Shares: model.Known(2)}) {
		t.Errorf("counts: %+v", rich.Counts)
	}
	vid := p["at://did:plc:bbb/app.bsky.feed.post/3k3"]
	if vid.Kind != model.KindMedia || vid.Created.Zone != model.ZoneAssumed || vid.Created.Original != "yesterday" || vid.Author.Handle != "" {
		t.Errorf("video: %+v", vid)
	}
	if c.Assumed["created"] == "" {
		t.Error("taking indexedAt was not said")
	}
	rp := p["repost/did:plc:aaa/"+vid.NativeID]
	if rp == nil || rp.Refs.RepostOf != vid.UID() || rp.Author.Handle != "ann.example" || rp.Created.Time.Day() != 2 {
		t.Errorf("repost: %+v", rp)
	}
	quote, inner := p["at://did:plc:aaa/app.bsky.feed.post/3k2"], p["at://did:plc:bbb/app.bsky.feed.post/3k0"]
	if quote.Kind != model.KindQuote || quote.Refs.QuoteOf != inner.UID() || quote.Media[0].URL != "https://cdn.example/f.jpg" {
		t.Errorf("quote: %+v", quote)
	}
	if inner.Text != "quoted" || inner.Created.Zone != model.ZoneAssumed || !inner.Counts.Shares.IsZero() || inner.Refs.QuoteOf == "" {
		t.Errorf("quoted: %+v", inner)
	}
	reply := p["at://did:plc:aaa/app.bsky.feed.post/3k4"]
	if reply.Kind != model.KindComment || reply.Refs.ReplyTo != quote.UID() || reply.Refs.Thread != rich.UID() {
		t.Errorf("reply: %+v", reply)
	}
	if c.Fields["post.novelty"] != 1 {
		t.Errorf("unknown: %v", c.Fields)
	}
}

func FuzzRead(f *testing.F) {
	const post = `{"uri":"at://did:plc:a/app.bsky.feed.post/1","author":{"did":"did:plc:a"},"record":{"text":"#a","createdAt":"2024-05-01T12:00:00Z","facets":[{"index":{"byteStart":0,"byteEnd":2},"features":[{"$type":"app.bsky.richtext.facet#tag","tag":"a"}]}]}}`
	for _, s := range []string{
		`{"feed":[{"post":` + post + `,"reason":{"by":{"did":"did:plc:b"}}}]}`, `{"thread":{"post":` + post + `,"replies":[{"post":` + post[:60],
		`{"uri":"at://did:plc:a/app.bsky.feed.post/1","value":{},"embeds":[{"$type":"app.bsky.embed.record#view","record":{"uri":"at://x/app.bsky.feed.post/2","value":{}}}]}`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, bluesky.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, bluesky.Format{}, (importertest.Case{File: "testdata/posts.jsonl"}).Bytes(b), 10000)
}
