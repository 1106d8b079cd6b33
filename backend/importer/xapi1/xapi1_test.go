package xapi1_test

import (
	"slices"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/xapi1"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, xapi1.Format{}, []importertest.Case{
		{Name: "search", File: "testdata/search.json", Accepted: 6, Golden: "testdata/search.golden.json"},
		{Name: "array", File: "testdata/array.json", Accepted: 2},
		{Name: "stream", File: "testdata/stream.jsonl", Accepted: 2, Rejected: 9, Golden: "testdata/stream.golden.json"},
		{Name: "empty search", Data: []byte(`{"statuses":[],"search_metadata":{"count":0}}`)},
		{Name: "users", Data: []byte(`{"users":[{"id":1,"screen_name":"a","followers_count":1}],"next_cursor":0}`), Refused: "list of users"},
		{Name: "one user", Data: []byte(`[{"id_str":"1","screen_name":"a","followers_count":1,"status":{"id":2,"text":"x"}}]`), Refused: "list of users"},
		{Name: "followers", Data: []byte(`{"ids":[1,2,3],"next_cursor":0,"next_cursor_str":"0"}`), Refused: "account ids"},
		{Name: "trends", Data: []byte(`[{"trends":[{"name":"#x"}],"as_of":"2020-01-01T00:00:00Z"}]`), Refused: "trending"},
		{Name: "lists", Data: []byte(`{"id_str":"1","member_count":3,"subscriber_count":0,"slug":"a"}`), Refused: "list of lists"},
	})
}

// read reads a sample with the format.
func read(t *testing.T, text string) *importertest.Collected {
	t.Helper()
	c, err := importertest.Read(t.Context(), xapi1.Format{}, "x.jsonl", []byte(text), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	return c
}

func TestSearch(t *testing.T) {
	c := read(t, string(importertest.Case{File: "testdata/search.json"}.Bytes(t)))
	p := c.Posts()
	first := p[0]
	if first.NativeID != "1050118621198921728" || first.Text != "Ferry late & full <again> #Ferry @quiet_quay https://t.co/a https://t.co/p" {
		t.Errorf("id or text: %s %q", first.NativeID, first.Text)
	}
	if len(first.Links) != 1 || first.Links[0] != (model.Link{URL: "https://news.example/ferry-late", Title: "Ferry & tides"}) {
		t.Errorf("links: %+v", first.Links)
	}
	media := []model.Media{{Type: "image", URL: "https://img.example/first.jpg", Alt: "a ferry"}, {Type: "video", URL: "https://v.example/high.mp4"}}
	if !slices.Equal(first.Media, media) {
		t.Errorf("media: %+v", first.Media)
	}
	if pl := first.Place; pl.Country != "PT" || !pl.HasPoint || pl.Lat != 41.15 || pl.Lon != -8.61 || pl.Name != "Porto, Portugal" {
		t.Errorf("place: %+v", pl)
	}
	if a := first.Author; a.Place.Name != "Porto & around" || a.Description != "Ships <3" || a.Followers != model.Known(510) || a.Created.Time.Year() != 2006 {
		t.Errorf("author: %+v", a)
	}
	kinds := []model.Kind{model.KindPost, model.KindComment, model.KindRepost, model.KindQuote, model.KindPost, model.KindMedia}
	for i, k := range kinds {
		if p[i].Kind != k {
			t.Errorf("post %d is a %s, want %s", i, p[i].Kind, k)
		}
	}
	if p[1].Visibility != model.VisibilityPrivate || p[1].Mentions[0].AccountID != "1000000000000000011" || p[1].Counts.Likes != model.Known(0) {
		t.Errorf("reply: %+v", p[1])
	}
	if p[2].Refs != (model.Refs{RepostOf: "x:1050118621198921731"}) || p[3].Refs != (model.Refs{QuoteOf: "x:1050118621198921728"}) {
		t.Errorf("refs: %+v %+v", p[2].Refs, p[3].Refs)
	}
	if !p[5].Counts.IsZero() || len(p[5].Media) != 1 {
		t.Errorf("without counts: %+v", p[5])
	}
	if len(c.Fields) != 0 {
		t.Errorf("unknown fields: %v", c.Fields)
	}
}

func TestStream(t *testing.T) {
	c := read(t, string(importertest.Case{File: "testdata/stream.jsonl"}.Bytes(t)))
	p := c.Posts()
	if p[0].Text != "A long one about the tide that goes on until it is cut & then some 🌊 #Tide" || p[0].Hashtags[0] != "Tide" ||
		p[0].Media[0] != (model.Media{Type: "video", URL: "https://v.example/g.mp4"}) || p[0].Counts.Comments != model.Known(5) {
		t.Errorf("extended: %+v", p[0])
	}
	if p[1].NativeID != "20" {
		t.Errorf("number as id: %s", p[1].NativeID)
	}
	var codes []string
	for _, r := range c.Rejects() {
		codes = append(codes, r.Code)
	}
	want := []string{"stream_notice", "stream_notice", "stream_notice", "stream_notice", "no_id", "no_id", "not_a_post", "api_error", "truncated"}
	if !slices.Equal(codes, want) {
		t.Errorf("codes: %v", codes)
	}
	if r := c.Rejects()[4].Reason; !strings.Contains(r, "1.0501186211989217e+18") || !strings.Contains(r, "rounded") {
		t.Errorf("rounded id: %s", r)
	}
}

func TestGeoWithLatitudeFirst(t *testing.T) {
	c := read(t, `{"id_str":"5","text":"here","user":{"screen_name":"A"},"geo":{"type":"Point","coordinates":[41.15,-8.61]}}`)
	if p := c.Posts()[0]; p.Place.Lat != 41.15 || p.Place.Lon != -8.61 || p.Author.NativeID != "@a" {
		t.Errorf("post: %+v", p)
	}
}

func TestNestedTooDeep(t *testing.T) {
	s := strings.Repeat(`{"id_str":"1","text":"a","quoted_status":`, 20) + `{"id_str":"2","text":"b"}` + strings.Repeat("}", 20)
	c := read(t, s)
	if n := len(c.Posts()); n != 9 || len(c.Rejects()) != 1 || c.Rejects()[0].Code != importer.RejectTooDeep {
		t.Errorf("%d posts, %v", n, c.Rejects())
	}
}

func TestPageAboveTheLimit(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"statuses":[`)
	for i := range 50 {
		if i > 0 {
			s.WriteString(",")
		}
		s.WriteString(`{"id_str":"1` + strings.Repeat("0", i%7) + `","text":"` + strings.Repeat("x", 30*i) + `"}`)
	}
	s.WriteString(`],"search_metadata":{}}`)
	c, err := importertest.Read(t.Context(), xapi1.Format{}, "x.json", []byte(s.String()), importer.Options{MaxRecord: 1000})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Records) != 50 || len(c.Rejects()) == 0 || c.Rejects()[0].Code != importer.RejectTooLong {
		t.Errorf("%d records, %v", len(c.Records), c.Rejects())
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"statuses":[{"id_str":"1","full_text":"a &amp; b","user":{"id_str":"2","screen_name":"u"},"retweeted_status":{"id_str":"3","text":"c"}}],"search_metadata":{}}`,
		`{"id":5,"text":"a","extended_tweet":{"full_text":"abc","entities":{"urls":[{"url":"x"}]}},"geo":{"coordinates":[1,2]}}` + "\n" + `{"delete":{"status":{"id_str":"1"}}}` + "\n" + `{"id_str":"`,
		`[{"id_str":"1","text":"a","extended_entities":{"media":[{"type":"video","video_info":{"variants":[{"bitrate":1,"url":"v"}]}}]}}]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, xapi1.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	page := (importertest.Case{File: "testdata/search.json"}).Bytes(b)
	importertest.Bench(b, xapi1.Format{}, append(page, '\n'), 1000)
}
