package reddit_test

import (
	"fmt"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/reddit"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, reddit.Format{}, []importertest.Case{
		{Name: "thread", File: "testdata/thread.json", Accepted: 5, Golden: "testdata/thread.golden.json"},
		{Name: "listing", File: "testdata/listing.json", Accepted: 5, Rejected: 1, Golden: "testdata/listing.golden.json"},
		{Name: "bare objects", File: "testdata/bare.jsonl", Accepted: 3, Golden: "testdata/bare.golden.json"},
		{Name: "archive", File: "testdata/archive.jsonl", Accepted: 6, Golden: "testdata/archive.golden.json"},
		{Name: "threads on lines", File: "testdata/lines.jsonl", Accepted: 7},
		{Name: "empty listing", Data: []byte(`{"kind":"Listing","data":{"children":[]}}`)},
		{Name: "users", Data: []byte(`{"kind":"Listing","data":{"children":[{"kind":"t2","data":{}}]}}`), Refused: "users"},
		{Name: "subreddits", Data: []byte(`{"kind":"t5","data":{}}`), Refused: "subreddits"},
		{Name: "trophies", Data: []byte(`{"kind":"TrophyList","data":{"trophies":[]}}`), Refused: "trophies"},
		{Name: "answer", Data: []byte(`{"json":{"errors":[],"data":{"id":"x","name":"t3_x","drafts_count":0}}}`), Refused: "answer"},
	})
}

// posts reads text and gives its posts by native id.
func posts(t *testing.T, text string) map[string]*model.Post {
	t.Helper()
	c, err := importertest.Read(t.Context(), reddit.Format{}, "r.json", []byte(text), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out
}

func TestThread(t *testing.T) {
	p := posts(t, string((importertest.Case{File: "testdata/thread.json"}).Bytes(t)))
	boat := p["t3_boat"]
	if boat.Title != "Which boat & why?" || boat.Text != "Ask > tell é" || boat.PageType != model.PageForum || boat.Kind != model.KindPost {
		t.Errorf("post: %+v", boat)
	}
	if boat.Edited.Time.Unix() != 1675243000 || boat.Created.Time.Unix() != 1675242000 || boat.Counts.Comments != model.Known(3) {
		t.Errorf("post: %+v", boat)
	}
	a, b, d, e := p["t1_a"], p["t1_b"], p["t1_d"], p["t1_e"]
	if a.Text != "Four > two" || a.Refs != (model.Refs{ReplyTo: "reddit:t3_boat", Thread: "reddit:t3_boat"}) || a.Author.NativeID != "t2_a" {
		t.Errorf("comment: %+v", a)
	}
	if !b.Author.IsZero() || b.Refs.ReplyTo != "reddit:t1_a" || b.Edited.Time.Unix() != 1675246000 {
		t.Errorf("comment of a deleted account: %+v", b)
	}
	if d.Created.Time.Unix() != 1675245700 || d.Created.Original != "1675245700" {
		t.Errorf("instant in a string: %+v", d.Created)
	}
	if !e.Counts.Likes.IsZero() || a.Counts.Likes != model.Known(4) {
		t.Errorf("hidden score: %+v", e.Counts)
	}
}

func TestListing(t *testing.T) {
	p := posts(t, string((importertest.Case{File: "testdata/listing.json"}).Bytes(t)))
	link := p["t3_link"]
	if len(link.Links) != 1 || link.Links[0].URL != "https://example.org/p.jpg?a=1&amp;b=2" || link.Media[0].Type != "image" || !link.Counts.Likes.IsZero() || link.Author.NativeID != "@cox" {
		t.Errorf("link: %+v", link)
	}
	if g := p["t3_gal"]; len(g.Media) != 1 || g.Media[0].URL != "https://preview.example/1.jpg?w=1&h=2" || g.Edited.Original != "true" {
		t.Errorf("gallery: %+v", g)
	}
	if c := p["t3_crs"]; c.Refs.RepostOf != "reddit:t3_src" || c.Kind != model.KindRepost || c.Visibility != model.VisibilityPrivate || p["t3_src"] == nil {
		t.Errorf("crosspost: %+v", c)
	}
	if m := p["t4_msg"]; m.Kind != model.KindMessage || m.Visibility != model.VisibilityDirect || m.Text != "secret" || m.Mentions[0].Handle != "Rower" {
		t.Errorf("message: %+v", m)
	}
}

func TestArchive(t *testing.T) {
	p := posts(t, string((importertest.Case{File: "testdata/archive.jsonl"}).Bytes(t)))
	boat := p["t3_boat1"]
	if boat.Title != "Boats & bays" || boat.Text != "Tom & Ann say <row>\n> quoted" || boat.Created.Time.Unix() != 1675242000 || boat.CapturedAt.Time.Unix() != 1675300000 {
		t.Errorf("post: %+v", boat)
	}
	if x := p["t3_boat2"]; x.Kind != model.KindPost || x.Text != "" || x.Title != "Still a title" || !x.Author.IsZero() {
		t.Errorf("removed post with a title: %+v", x)
	}
	if c := p["t1_c1"]; c.Text != "1 < 2 &amp; so" || c.Created.Time.Unix() != 1675242002 || c.Edited.Time.Unix() != 1675242100 {
		t.Errorf("comment: %+v", c)
	}
	if c := p["t1_c2"]; c.Kind != model.KindEvent || c.Text != "[deleted]" || c.Refs.ReplyTo != "reddit:t1_c1" {
		t.Errorf("deleted comment: %+v", c)
	}
	if c := p["t1_c3"]; c.Kind != model.KindComment || c.Refs.ReplyTo != "reddit:t1_c1" {
		t.Errorf("parent as a number: %+v", c)
	}
	if c := p["t1_c4"]; c.Refs.ReplyTo != "reddit:t3_c1" {
		t.Errorf("the post as a number: %+v", c)
	}
}

func TestRepliesInRepliesForEver(t *testing.T) {
	const levels = 5000
	text := strings.Repeat(`{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"a","body":"x","replies":`, levels) + `""` + strings.Repeat(`}}]}}`, levels)
	c, err := importertest.Read(t.Context(), reddit.Format{}, "deep.json", []byte(text), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	if r := c.Rejects(); len(r) == 0 || r[0].Code != importer.RejectTooDeep {
		t.Errorf("%d rejected", len(r))
	}
}

func TestLargeListing(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"kind":"Listing","data":{"children":[`)
	for i := range 40 {
		fmt.Fprintf(&s, `{"kind":"t1","data":{"id":"c%d","body":"%s","author":"a"}},`, i, strings.Repeat("y", 20*i))
	}
	s.WriteString(`{"kind":"more","data":{}}]}}`)
	c, err := importertest.Read(t.Context(), reddit.Format{}, "l.json", []byte(s.String()), importer.Options{MaxRecord: 500})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(s.String()), c)
	if len(c.Records) != 40 || len(c.Rejects()) == 0 || len(c.Posts()) == 0 {
		t.Errorf("%d posts, %d rejected", len(c.Posts()), len(c.Rejects()))
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		`[{"kind":"Listing","data":{"children":[{"kind":"t3","data":{"id":"a","title":"t","edited":1.5}}]}},{"kind":"Listing","data":{"children":[{"kind":"t1","data":{"id":"b","body":"x","replies":{"kind":"Listing","data":{"children":[{"kind":"more","data":{}}]}}}}]}}]`,
		`{"id":"a","body":"b","created_utc":"1"}` + "\n" + `{"json":{"data":{"things":[{"kind":"t4","data":{"id":"c"}}]}}}` + "\n" + `{"kind":"t5","data":{`,
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, reddit.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, reddit.Format{}, (importertest.Case{File: "testdata/bare.jsonl"}).Bytes(b), 10000)
}
