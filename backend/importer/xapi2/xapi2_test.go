package xapi2_test

import (
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/xapi2"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, xapi2.Format{}, []importertest.Case{
		{Name: "pages on lines", File: "testdata/pages.jsonl", Accepted: 8, Golden: "testdata/pages.golden.json"},
		{Name: "one page", File: "testdata/page.json", Accepted: 6, Golden: "testdata/page.golden.json"},
		{Name: "pages one after another", File: "testdata/two-pages.json", Accepted: 4},
		{Name: "stream", File: "testdata/stream.jsonl", Accepted: 3, Rejected: 3, Golden: "testdata/stream.golden.json"},
		{Name: "flattened", File: "testdata/flat.jsonl", Accepted: 4, Golden: "testdata/flat.golden.json"},
		{Name: "flattened array", File: "testdata/array.json", Accepted: 4},
		{Name: "users", Data: []byte(`{"data":[{"id":"1","name":"A","username":"a"}]}`), Refused: "list of users"},
		{Name: "counts", Data: []byte(`{"data":[{"start":"a","end":"b","tweet_count":3}],"meta":{"total_tweet_count":3}}`), Refused: "counts of posts"},
		{Name: "lists", Data: []byte(`{"data":[{"id":"1","name":"L","owner_id":"2","member_count":3}]}`), Refused: "list of lists"},
		{Name: "messages", Data: []byte(`{"data":[{"id":"1","event_type":"MessageCreate","text":"hi","dm_conversation_id":"1-2"}],"meta":{"result_count":1}}`), Refused: "direct messages"},
		{Name: "spaces", Data: []byte(`{"data":[{"id":"1","state":"live","creator_id":"2"}],"meta":{"result_count":1}}`), Refused: "Spaces"},
		{Name: "trends", Data: []byte(`{"data":[{"trend_name":"#x","tweet_count":3}]}`), Refused: "trending"},
		{Name: "inlined post before the end", Data: []byte(`{"referenced_tweets":[{"type":"quoted","id":"1","text":"a","author_id":"2"}],"id":"3","author_id":"4","text":"b"}`), Accepted: 2},
		{Name: "compliance", Data: []byte("\n" + `{"id":"1","action":"delete","created_at":"2019-09-06T17:25:54.667Z","reason":"protected"}`), Refused: "compliance"},
	})
}

// read reads text with the format.
func read(t *testing.T, text string, o importer.Options) *importertest.Collected {
	t.Helper()
	c, err := importertest.Read(t.Context(), xapi2.Format{}, "x.jsonl", []byte(text), o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	return c
}

func TestPage(t *testing.T) {
	c := importertest.Case{File: "testdata/pages.jsonl"}
	p := read(t, string(c.Bytes(t)), importer.Options{}).Posts()
	first := p[0]
	if first.NativeID != "1620000000000000001" || first.Text != "Ferry late & full <again> #Ferry @quiet_one https://t.co/a" {
		t.Errorf("id or text: %s %q", first.NativeID, first.Text)
	}
	if first.Author.Handle != "Harbour_News" || first.Author.Followers != model.Known(5010) || first.Author.Verified == nil || !*first.Author.Verified {
		t.Errorf("author: %+v", first.Author)
	}
	if len(first.Links) != 1 || first.Links[0] != (model.Link{URL: "https://example.org/ferry?x=1", Title: "Ferry & tides"}) {
		t.Errorf("links: %+v", first.Links)
	}
	want := []model.Media{{Type: "image", URL: "https://example.org/p.jpg", Alt: "a ferry"}, {Type: "video", URL: "https://example.org/high.mp4"}}
	if len(first.Media) != 2 || first.Media[0] != want[0] || first.Media[1] != want[1] {
		t.Errorf("media: %+v", first.Media)
	}
	if pl := first.Place; pl.Country != "PT" || !pl.HasPoint || pl.Lat != 41.15 || pl.Lon != -8.61 {
		t.Errorf("place: %+v", pl)
	}
	if first.Counts.Likes != model.Known(0) || first.Counts.Shares != model.Known(3) || first.Counts.Views != model.Known(120) {
		t.Errorf("counts: %+v", first.Counts)
	}
	if first.CapturedAt.Time.IsZero() || first.Created.Zone != model.ZoneStated {
		t.Errorf("instants: %+v %+v", first.CapturedAt, first.Created)
	}
	kinds := []model.Kind{model.KindPost, model.KindRepost, model.KindQuote, model.KindComment, model.KindPost, model.KindPost, model.KindPost, model.KindPost}
	for i, k := range kinds {
		if p[i].Kind != k {
			t.Errorf("post %d is a %s, want %s", i, p[i].Kind, k)
		}
	}
	if r := p[3]; r.Counts.Shares != (model.Count{}) || r.Counts.Likes != model.Known(5) || r.Author.NativeID != "777" || r.URL != "https://x.com/i/status/1620000000000000004" {
		t.Errorf("post with little known: %+v", r)
	}
	if p[4].Text != "The whole long note 🌊 é" || p[4].Hashtags[0] != "Long" {
		t.Errorf("note: %+v", p[4])
	}
	if p[5].Visibility != model.VisibilityPrivate {
		t.Error("the post of a protected account is not private")
	}
}

func TestVersions(t *testing.T) {
	p := read(t, `{"data":[{"id":"1","author_id":"9","text":"a","created_at":"2022-10-03T17:57:01.000Z","edit_history_tweet_ids":["1","2"]},`+
		`{"id":"2","author_id":"9","text":"b","created_at":"2022-10-03T17:57:11.000Z","edit_history_tweet_ids":["1","2"]}]}`, importer.Options{}).Posts()
	if !p[0].Edited.IsZero() || p[1].Edited != p[1].Created || p[1].Edited.IsZero() {
		t.Errorf("edited: %+v %+v", p[0].Edited, p[1].Edited)
	}
}

func TestUnknownFieldsAndDuplicates(t *testing.T) {
	c := read(t, `{"data":[{"id":"1","author_id":"2","text":"a","text":"b","text":"","mood":"x"},{"id":"2","author_id":"2","text":"c","mood":"y"}],"extra":1}`, importer.Options{})
	if c.Fields["mood"] != 2 || c.Fields["page.extra"] != 1 {
		t.Errorf("unknown fields: %v", c.Fields)
	}
	if c.Posts()[0].Text != "b" || !strings.Contains(c.Assumed["duplicate_keys"], "text") {
		t.Errorf("duplicate keys: %q %v", c.Posts()[0].Text, c.Assumed)
	}
}

func TestPageAboveTheLimit(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"data":[`)
	for i := range 50 {
		if i > 0 {
			s.WriteString(",")
		}
		s.WriteString(`{"id":"1` + strings.Repeat("0", i%7) + `","author_id":"2","text":"` + strings.Repeat("x", 30*i) + `"}`)
	}
	s.WriteString(`],"includes":{"users":[{"id":"2","username":"two"}],"tweets":[{"id":"9","author_id":"2","text":"y"}]}}`)
	c := read(t, s.String(), importer.Options{MaxRecord: 1000})
	posts, rejects := c.Posts(), c.Rejects()
	if len(posts)+len(rejects) != 51 || len(rejects) == 0 || rejects[0].Code != importer.RejectTooLong {
		t.Fatalf("%d posts, %d rejected", len(posts), len(rejects))
	}
	if posts[0].Author.Handle != "two" || posts[len(posts)-1].NativeID != "9" {
		t.Errorf("first %+v, last %+v", posts[0], posts[len(posts)-1])
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`{"data":[{"id":"1","text":"a &amp; b","author_id":"2","attachments":{"media_keys":["3_1"]}}],"includes":{"users":[{"id":"2","username":"u"}],"tweets":[{"id":"3","text":"c"}]}}`,
		`{"data":{"id":"1","text":"a","author_id":"2"},"matching_rules":[]}` + "\n" + `{"title":"x","errors":[]}` + "\n" + `{"data":{"id`,
		`[{"id":"1","text":"a","author":{"id":"2"},"referenced_tweets":[{"type":"quoted","id":"4","text":"d"}],"geo":{"coordinates":{"coordinates":[1,2]}}}]`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, xapi2.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	page := (importertest.Case{File: "testdata/flat.jsonl"}).Bytes(b)
	importertest.Bench(b, xapi2.Format{}, page, 5000)
}
