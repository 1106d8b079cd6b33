package stackexchange_test

import (
	"reflect"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/stackexchange"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	users := (importertest.Case{File: "testdata/Users.xml"}).Bytes(t)
	importertest.Run(t, stackexchange.Format{}, []importertest.Case{
		{Name: "posts", File: "testdata/Posts.xml", Accepted: 4, Rejected: 2, Golden: "testdata/posts.golden.json", Path: "dump/boats.stackexchange.com/Posts.xml", Beside: map[string][]byte{"Users.xml": users}},
		{Name: "comments", File: "testdata/Comments.xml", Accepted: 2, Golden: "testdata/comments.golden.json"},
		// Items without a link have the site of their neighbours.
		{Name: "items", File: "testdata/items.json", Accepted: 4, Golden: "testdata/items.golden.json"},
		{Name: "empty", Data: []byte(`{"items":[],"has_more":false,"quota_max":300,"quota_remaining":1}`)},
		{Name: "users", Data: users, Refused: "accounts"},
		{Name: "votes", Data: []byte(`<votes><row Id="1" PostId="1" VoteTypeId="2"/></votes>`), Refused: "votes"},
		{Name: "badges", Data: []byte(`<badges><row Id="1" UserId="1" Name="a"/></badges>`), Refused: "badges"},
		{Name: "tags", Data: []byte("<?xml version=\"1.0\"?>\r\n<tags>\r\n  <row Id=\"1\" TagName=\"a\" /></tags>"), Refused: "tags"},
		{Name: "history", Data: []byte(`<posthistory><row Id="1"/></posthistory>`), Refused: "edits"},
		{Name: "api users", Data: []byte(`{"items":[{"account_id":1,"reputation":3}],"has_more":false,"quota_max":1,"quota_remaining":1}`), Refused: "accounts"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, name, file string, beside map[string][]byte) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	f := importertest.FileOf(name, (importertest.Case{File: file}).Bytes(t))
	f.Beside = func(path string) (importer.File, bool) {
		b, ok := beside[path]
		return importertest.FileOf(path, b), ok
	}
	c, err := importertest.ReadFile(t.Context(), stackexchange.Format{}, f, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestDump(t *testing.T) {
	users := (importertest.Case{File: "testdata/Users.xml"}).Bytes(t)
	p, c := posts(t, "boats.stackexchange.com/Posts.xml", "testdata/Posts.xml", map[string][]byte{"Users.xml": users})
	q := p["boats.stackexchange.com/posts/1"]
	if q.Title != "Which boat & why?" || q.Text != "Which boat?\n\na < b" || q.URL != "https://boats.stackexchange.com/q/1" || q.Author.Name != "Ann & Co" || q.Author.NativeID != "boats.stackexchange.com/users/8" {
		t.Errorf("question: %+v", q)
	}
	if !reflect.DeepEqual(q.Hashtags, []string{"boats", "sails-2"}) || q.Counts != (model.Counts{Likes: model.Known(5), Comments: model.Known(1), Views: model.Known(340)}) ||
		q.Created.Zone != model.ZoneAssumed || q.Created.Time.Nanosecond() != 123e6 || q.Edited.Time.Hour() != 9 || q.Links[0].URL != "https://boats.example/?a=1&b=2" {
		t.Errorf("question: %+v", q)
	}
	if a := p["boats.stackexchange.com/posts/2"]; a.Kind != model.KindComment || a.Refs != (model.Refs{ReplyTo: q.UID(), Thread: q.UID()}) || a.Author.Name != "gone user" || !a.Counts.Views.IsZero() {
		t.Errorf("answer: %+v", a)
	}
	if o := p["boats.stackexchange.com/posts/3"]; !reflect.DeepEqual(o.Hashtags, []string{"oars", "wood"}) || o.Counts.Likes != model.Known(-1) {
		t.Errorf("tags between bars: %+v", o)
	}
	if p["boats.stackexchange.com/posts/5"] == nil {
		t.Error("the row behind the broken one is lost")
	}
	if r := c.Rejects(); r[0].Code != "bad_xml" || r[1].Code != importer.RejectNotAPost || c.Fields["row.Novelty"] != 1 || c.Assumed["site"] != "" {
		t.Errorf("rejected %v %v, unknown %v, assumed %v", r[0], r[1], c.Fields, c.Assumed)
	}
	p, c = posts(t, "Comments.xml", "testdata/Comments.xml", nil)
	if x := p["comments/11"]; x.Text != `I'd say "no" <b>` || x.Refs.ReplyTo != "stackexchange:posts/1" || c.Assumed["site"] == "" {
		t.Errorf("comment: %+v", x)
	}
}

func TestItems(t *testing.T) {
	p, c := posts(t, "items.json", "testdata/items.json", nil)
	const site = "boats.stackexchange.com/"
	q, a, x := p[site+"posts/1"], p[site+"posts/2"], p[site+"comments/11"]
	if q.Title != "Which boat & why?" || q.Text != "Which boat?" || q.Counts.Comments != model.Known(1) || q.Edited.Time.Unix() != 1709280500 || q.Author.Name != "Ann & Co" {
		t.Errorf("question: %+v", q)
	}
	if a.Refs.ReplyTo != q.UID() || a.Author.NativeID != "@user12" || x.Text != "I'd say no" || x.Refs.ReplyTo != q.UID() {
		t.Errorf("answer: %+v, comment: %+v", a, x)
	}
	if c.Assumed["body"] == "" || c.Fields["item.novelty"] != 1 {
		t.Errorf("assumed %v, unknown %v", c.Assumed, c.Fields)
	}
}

func TestLongRow(t *testing.T) {
	data := `<posts><row Id="1" PostTypeId="1" Body="` + strings.Repeat("x", 200<<10) + `"/><row Id="2" PostTypeId="1" Body="y"/></posts>`
	c, err := importertest.Read(t.Context(), stackexchange.Format{}, "Posts.xml", []byte(data), importer.Options{MaxRecord: 1000})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(data), c)
	if r := c.Rejects(); len(r) != 1 || r[0].Code != importer.RejectTooLong || len(c.Posts()) != 1 {
		t.Errorf("%d posts, rejected %v", len(c.Posts()), r)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/Posts.xml", "testdata/Comments.xml", "testdata/items.json"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Add([]byte(`<posts><row Id="1" PostTypeId='2' ParentId="<row Id=""/><row/><row`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, stackexchange.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, stackexchange.Format{}, (importertest.Case{File: "testdata/Posts.xml"}).Bytes(b), 5000)
}
