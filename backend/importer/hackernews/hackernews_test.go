package hackernews_test

import (
	"reflect"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/hackernews"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, hackernews.Format{}, []importertest.Case{
		{Name: "search", File: "testdata/search.json", Accepted: 2, Golden: "testdata/search.golden.json"},
		{Name: "tree", File: "testdata/tree.json", Accepted: 3, Golden: "testdata/tree.golden.json"},
		{Name: "items", File: "testdata/items.jsonl", Accepted: 6, Rejected: 1, Golden: "testdata/items.golden.json"},
		{Name: "empty search", Data: []byte(`{"hits":[],"nbHits":0,"hitsPerPage":20,"page":0}`)},
		{Name: "account", Data: []byte(`{"created":1173923446,"id":"ann","karma":5,"submitted":[1]}`), Refused: "account"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, file string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), hackernews.Format{}, file, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestSearch(t *testing.T) {
	p, c := posts(t, "testdata/search.json")
	if s := p["1001"]; s.Title != "Boats & bays" || s.Counts != (model.Counts{Likes: model.Known(17), Comments: model.Known(2)}) || s.Links[0].URL != "https://boats.example/a?x=1" || s.Refs.Thread != s.UID() || s.Created.Original != "1709280000" {
		t.Errorf("story: %+v", s)
	}
	k := p["1002"]
	if k.Text != "I'd say no.\n\nSee oars" || k.Kind != model.KindComment || k.Refs != (model.Refs{ReplyTo: "hackernews:1001", Thread: "hackernews:1001"}) || !k.Counts.Likes.IsZero() || k.Author.Handle != "Kai" {
		t.Errorf("comment: %+v", k)
	}
	if !reflect.DeepEqual(k.Links, []model.Link{{URL: "https://oars.example/"}}) || !reflect.DeepEqual(c.Fields, map[string]int64{"item.novelty": 1}) {
		t.Errorf("links %v, unknown %v", k.Links, c.Fields)
	}
}

func TestTreeAndItems(t *testing.T) {
	p, _ := posts(t, "testdata/tree.json")
	if s := p["2001"]; s.Text != "Wood or not?" || s.Kind != model.KindPost || s.Title != "Ask: oars?" {
		t.Errorf("story: %+v", s)
	}
	if c := p["2003"]; c.Refs.ReplyTo != "hackernews:2002" || !c.Author.IsZero() || c.Text != "" {
		t.Errorf("comment without an author: %+v", c)
	}
	p, c := posts(t, "testdata/items.jsonl")
	if s := p["3001"]; s.Counts != (model.Counts{Likes: model.Known(11), Comments: model.Known(5)}) || s.URL != "https://news.ycombinator.com/item?id=3001" {
		t.Errorf("story: %+v", s)
	}
	if p["3003"].Kind != model.KindEvent || p["3002"].Text != "Nice > ever" || p["3005"].Refs.ReplyTo != "hackernews:3004" || len(c.Fields) != 0 {
		t.Errorf("items: %+v, unknown %v", p["3003"], c.Fields)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/search.json", "testdata/tree.json", "testdata/items.jsonl"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, hackernews.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, hackernews.Format{}, (importertest.Case{File: "testdata/items.jsonl"}).Bytes(b), 5000)
}
