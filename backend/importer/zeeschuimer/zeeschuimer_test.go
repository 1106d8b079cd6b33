package zeeschuimer_test

import (
	"slices"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/zeeschuimer"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, zeeschuimer.Format{}, []importertest.Case{
		{Name: "x", File: "testdata/x.ndjson", Accepted: 9, Rejected: 1, Golden: "testdata/x.golden.json"},
		{Name: "tiktok", File: "testdata/tiktok.ndjson", Accepted: 5, Rejected: 1, Golden: "testdata/tiktok.golden.json"},
		{Name: "others", File: "testdata/others.ndjson", Accepted: 12, Rejected: 3, Golden: "testdata/others.golden.json"},
		{Name: "kept by 4CAT", File: "testdata/4cat.ndjson", Accepted: 1, Golden: "testdata/4cat.golden.json"},
	})
}

// read reads a sample.
func read(t *testing.T, name string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := importertest.Case{File: "testdata/" + name}.Bytes(t)
	c, err := importertest.Read(t.Context(), zeeschuimer.Format{}, name, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	if len(c.Fields) != 0 {
		t.Errorf("unknown fields: %v", c.Fields)
	}
	posts := map[string]*model.Post{}
	for _, p := range c.Posts() {
		if posts[p.UID()] == nil {
			posts[p.UID()] = p
		}
	}
	return posts, c
}

func TestX(t *testing.T) {
	p, c := read(t, "x.ndjson")
	at := func(n string) *model.Post { return p["x:172450000000000000"+n] }
	first := at("1")
	if first.Text != "Ferry & tide #Ferry" || first.Author.Handle != "ann_ferry" || first.Author.Verified == nil || !*first.Author.Verified ||
		first.Counts.Views != model.Known(1234) || first.Links[0].URL != "https://news.example/a" || len(first.Media) != 1 {
		t.Errorf("first: %+v", first)
	}
	if first.CapturedAt.Time != time.UnixMilli(1700000000124).UTC() {
		t.Errorf("captured: %+v", first.CapturedAt)
	}
	note := at("2")
	if note.Text != "A very long note that is cut no longer <here> &notes 🌊" || note.Hashtags[0] != "Long" || note.Refs.ReplyTo != first.UID() || note.Refs.Thread != first.UID() ||
		note.Author.Handle != "bo_quay" || note.Author.Place.Name != "Porto" || note.Visibility != model.VisibilityPrivate {
		t.Errorf("note: %+v", note)
	}
	if at("3").Refs.QuoteOf != first.UID() || at("4").Refs.QuoteOf != "x:1724400000000000000" || at("5").Refs.RepostOf != first.UID() {
		t.Errorf("refs: %+v %+v %+v", at("3").Refs, at("4").Refs, at("5").Refs)
	}
	if a := at("4").Author; a.NativeID != "11" || a.Handle != "" {
		t.Errorf("author by id: %+v", a)
	}
	if at("6").Text != "wrapped once more" || at("7").Author.Handle != "cy" {
		t.Errorf("wrapped and adaptive: %+v %+v", at("6"), at("7"))
	}
	if c.Rejects()[0].Code != "tombstone" {
		t.Errorf("rejects: %+v", c.Rejects()[0])
	}
}

func TestTikTok(t *testing.T) {
	p, _ := read(t, "tiktok.ndjson")
	v := p["tiktok:7300000000000000001"]
	if v.Text != "Tide at night #harbour @bo" || v.Kind != model.KindVideo || v.Counts.Likes != model.Known(1234567) || v.Counts.Views != model.Known(4000321) ||
		v.Author.Followers != model.Known(1200) || v.Hashtags[0] != "harbour" || v.Place.Country != "PT" || v.Created.Time.Unix() != 1700000000 {
		t.Errorf("video: %+v", v)
	}
	if !slices.Equal(v.Mentions, []model.Mention{{Handle: "bo", AccountID: "77"}}) {
		t.Errorf("mentions: %+v", v.Mentions)
	}
	e := p["tiktok:7300000000000000002"]
	if e.Author.Name != "Bo" || e.Author.NativeID != "77" || e.Refs.QuoteOf != v.UID() || e.Created.Time.Unix() != 1700000001 {
		t.Errorf("embedded: %+v", e)
	}
	if x := p["tiktok:7300000000000000003"]; x.Kind != model.KindMedia || len(x.Media) != 2 || !x.Counts.Likes.IsZero() || x.Author.NativeID != "@ann.tok" {
		t.Errorf("pictures: %+v", x)
	}
	c, a := p["tiktok:7301"], p["tiktok:7302"]
	if c.Refs.ReplyTo != v.UID() || c.Kind != model.KindComment || c.PlatformLang != "" || a.Refs.ReplyTo != c.UID() || a.Refs.Thread != v.UID() || a.CapturedAt.IsZero() {
		t.Errorf("comments: %+v %+v", c, a)
	}
}

func TestOthers(t *testing.T) {
	p, c := read(t, "others.ndjson")
	g, i := p["instagram:Cx1"], p["instagram:Cx2"]
	if g.Text != "Boats #sea" || !g.Counts.Likes.IsZero() || g.Counts.Comments != model.Known(4) || len(g.Media) != 2 || g.Media[1].Type != "video" || !g.Place.HasPoint {
		t.Errorf("graph: %+v", g)
	}
	if i.Visibility != model.VisibilityPrivate || !i.Counts.Likes.IsZero() || i.Counts.Comments != model.Known(0) || i.Media[0].URL != "https://img.example/n.jpg" {
		t.Errorf("item: %+v", i)
	}
	if x := p["instagram:179"]; x.Refs.ReplyTo != g.UID() || x.Kind != model.KindComment {
		t.Errorf("comment: %+v", x)
	}
	if x := p["threads:Tx1"]; x.Links[0] != (model.Link{URL: "https://news.example/t", Title: "Tides"}) || x.Refs.QuoteOf != "threads:Tx0" || x.Counts.Shares != model.Known(2) {
		t.Errorf("threads: %+v", x)
	}
	l := p["linkedin:7100000000000000001"]
	if l.Created != (model.Instant{Original: "18h"}) || l.Author.Handle != "in/ann-ferry" || l.Counts.Likes != model.Known(12) || l.Hashtags[0] != "harbour" ||
		l.Mentions[0].Handle != "company/port-co" || l.Media[0].URL != "https://img.example/l.jpg" || l.Links[0].URL != "https://news.example/jobs" {
		t.Errorf("linkedin: %+v", l)
	}
	if x := p["linkedin:7100000000000000002"]; x.Counts.Shares != model.Known(1) || !x.Created.IsZero() {
		t.Errorf("linkedin, older: %+v", x)
	}
	if x := p["9gag:aX1"]; x.Title != "Gulls & chips" || !x.Author.IsZero() || x.Counts.Likes != model.Known(90) {
		t.Errorf("9gag: %+v", x)
	}
	if x := p["pinterest:88"]; x.Created.Time.Unix() != 1700000000 || !p["pinterest:89"].Created.IsZero() {
		t.Errorf("pinterest: %+v", x)
	}
	if x := p["truthsocial:111"]; x.Text != "Hello & bye" || x.Refs.ReplyTo != "truthsocial:110" {
		t.Errorf("truth: %+v", x)
	}
	if p["imgur:im1"].Author.NativeID != "901" || p["douyin:7200"].Hashtags[0] != "港" {
		t.Errorf("imgur, douyin: %+v %+v", p["imgur:im1"], p["douyin:7200"])
	}
	var reasons []string
	for _, r := range c.Rejects() {
		reasons = append(reasons, r.Code)
		if r.Code == "platform_unread" && !strings.Contains(r.Reason, "parler.com") {
			t.Errorf("reason: %s", r.Reason)
		}
	}
	if !slices.Equal(reasons, []string{"advertisement", "platform_unread", "not_a_post"}) {
		t.Errorf("reasons: %v", reasons)
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"x", "tiktok", "others", "4cat"} {
		for _, line := range strings.SplitAfter(string(importertest.Case{File: "testdata/" + name + ".ndjson"}.Bytes(f)), "\n") {
			f.Add([]byte(line))
		}
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, zeeschuimer.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, zeeschuimer.Format{}, importertest.Case{File: "testdata/x.ndjson"}.Bytes(b), 500)
}
