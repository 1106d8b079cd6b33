package snscrape_test

import (
	"slices"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/snscrape"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, snscrape.Format{}, []importertest.Case{
		{Name: "tweets", File: "testdata/tweets.jsonl", Accepted: 6, Rejected: 4, Golden: "testdata/tweets.golden.json"},
		{Name: "old lines", File: "testdata/old.jsonl", Accepted: 1, Golden: "testdata/old.golden.json"},
		{Name: "telegram and reddit", File: "testdata/others.jsonl", Accepted: 4, Rejected: 1, Golden: "testdata/others.golden.json"},
		{Name: "users", Data: []byte(`{"_type":"snscrape.modules.twitter.User","username":"a"}`), Refused: "list of accounts"},
		{Name: "trends", Data: []byte(`{"_type":"snscrape.modules.twitter.Trend","name":"a"}`), Refused: "trending"},
		{Name: "another module", Data: []byte(`{"_type":"snscrape.modules.weibo.Post","id":"a"}`), Refused: "weibo.Post"},
	})
}

// read reads a sample.
func read(t *testing.T, data []byte) *importertest.Collected {
	t.Helper()
	c, err := importertest.Read(t.Context(), snscrape.Format{}, "x.jsonl", data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	if len(c.Fields) != 0 {
		t.Errorf("unknown fields: %v", c.Fields)
	}
	return c
}

func TestTweets(t *testing.T) {
	c := read(t, importertest.Case{File: "testdata/tweets.jsonl"}.Bytes(t))
	p := c.Posts()
	first := p[0]
	media := []model.Media{{Type: "image", URL: "https://img.example/l.jpg", Alt: "a ferry"}, {Type: "video", URL: "https://v.example/h.mp4"}}
	if first.NativeID != "1588823456789012345" || first.Text != "Ferry & tide #Ferry https://t.co/a" || !slices.Equal(first.Media, media) ||
		first.Links[0].URL != "https://news.example/a" || first.Place.Lat != 41.15 || first.Place.Country != "PT" || first.Counts.Views != model.Known(99) {
		t.Errorf("first: %+v", first)
	}
	if a := first.Author; a.NativeID != "1500000000000000001" || a.Name != "Ann_Ferry & Co" || a.Description != "Ferries <3" || a.Created.Time.Year() != 2009 {
		t.Errorf("author: %+v", a)
	}
	if p[1].Kind != model.KindComment || p[1].Refs.ReplyTo != first.UID() || p[1].Visibility != model.VisibilityPrivate || !p[1].Counts.Views.IsZero() {
		t.Errorf("reply: %+v", p[1])
	}
	if p[2].Kind != model.KindRepost || p[2].Refs.RepostOf != first.UID() || p[3].NativeID != first.NativeID {
		t.Errorf("repost: %+v %+v", p[2], p[3])
	}
	if p[4].Refs.QuoteOf != "x:1588000000000000000" || p[5].Kind != model.KindQuote || p[5].Refs.QuoteOf != "" {
		t.Errorf("quotes: %+v %+v", p[4].Refs, p[5])
	}
	var codes []string
	for _, r := range c.Rejects() {
		codes = append(codes, r.Code)
	}
	if !slices.Equal(codes, []string{"no_id", "tombstone", "not_a_post", "not_a_post"}) {
		t.Errorf("codes: %v", codes)
	}
}

func TestOthers(t *testing.T) {
	p := read(t, importertest.Case{File: "testdata/others.jsonl"}.Bytes(t)).Posts()
	if p[0].UID() != "telegram:harbour_news/861" || p[0].Hashtags[0] != "Tide" || len(p[0].Links) != 1 || p[0].Counts.Views != model.Known(1200) {
		t.Errorf("telegram: %+v", p[0])
	}
	if p[1].Refs.RepostOf != "telegram:other/5" || p[1].Kind != model.KindMedia {
		t.Errorf("forward: %+v", p[1])
	}
	if p[2].UID() != "reddit:t3_abc1" || p[2].Title != "Late & full" || p[2].Links[0].URL != "https://news.example/r" {
		t.Errorf("submission: %+v", p[2])
	}
	if p[3].Refs.ReplyTo != p[2].UID() || p[3].Text != "no <idea>" || !p[3].Author.IsZero() {
		t.Errorf("comment: %+v", p[3])
	}
}

func TestNestedTooDeep(t *testing.T) {
	open := `{"_type":"snscrape.modules.twitter.Tweet","id":1,"content":"a","quotedTweet":`
	c := read(t, []byte(strings.Repeat(open, 20)+"null"+strings.Repeat("}", 20)))
	if len(c.Posts()) != 9 || len(c.Rejects()) != 1 {
		t.Errorf("%d posts, %v", len(c.Posts()), c.Rejects())
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"tweets", "old", "others"} {
		f.Add(importertest.Case{File: "testdata/" + name + ".jsonl"}.Bytes(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, snscrape.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, snscrape.Format{}, importertest.Case{File: "testdata/tweets.jsonl"}.Bytes(b), 500)
}
