package discourse_test

import (
	"reflect"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/discourse"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, discourse.Format{}, []importertest.Case{
		{Name: "topic", File: "testdata/topic.json", Accepted: 4, Golden: "testdata/topic.golden.json"},
		{Name: "posts, message", File: "testdata/posts.json", Accepted: 3, Golden: "testdata/posts.golden.json"},
		// The topics, which the posts need, stand behind them.
		{Name: "search", File: "testdata/search.json", Accepted: 1, Golden: "testdata/search.golden.json", Partial: true},
		{Name: "from an address", File: "testdata/topic.json", Accepted: 4, Path: "https://Forum.example/t/7.json", Golden: "testdata/hosted.golden.json"},
		{Name: "nothing found", Data: []byte(`{"posts":[],"grouped_search_result":{}}`)},
		{Name: "no number", Data: []byte(`{"latest_posts":[{"cooked":"x","topic_id":1,"post_number":null},{"cooked":"x","topic_id":1,"post_number":2}]}`), Accepted: 1, Rejected: 1},
		{Name: "topics", Data: []byte(`{"users":[],"topic_list":{"topics":[{"id":1}]}}`), Refused: "topics"},
		{Name: "categories", Data: []byte(`{"category_list":{"categories":[]}}`), Refused: "categories"},
		{Name: "accounts", Data: []byte(`{"directory_items":[]}`), Refused: "accounts"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, name, file string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), discourse.Format{}, name, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestTopic(t *testing.T) {
	p, c := posts(t, "topic.json", "testdata/topic.json")
	one := p["t/which-boat/7/1"]
	if one.Title != "Which boat & why?" || one.Text != "Which boat, @kai?" || one.Edited.Time.Hour() != 9 || one.Kind != model.KindPost ||
		one.Counts != (model.Counts{Likes: model.Known(4), Comments: model.Known(1), Views: model.Known(340)}) {
		t.Errorf("first: %+v", one)
	}
	if !reflect.DeepEqual(one.Links, []model.Link{{URL: "https://boats.example/x?a=1&b=2"}}) || one.Author.NativeID != "@ann" || one.Author.Name != "Ann Rower" {
		t.Errorf("first: %+v", one)
	}
	two := p["t/which-boat/7/2"]
	if two.Kind != model.KindComment || two.Refs.ReplyTo != one.UID() || !two.Edited.IsZero() || two.Counts.Likes != model.Known(0) {
		t.Errorf("second: %+v", two)
	}
	if three := p["t/which-boat/7/3"]; three.Refs != (model.Refs{ReplyTo: two.UID(), Thread: one.UID()}) || !three.Counts.Likes.IsZero() {
		t.Errorf("third: %+v", three)
	}
	if p["t/which-boat/7/4"].Kind != model.KindEvent {
		t.Error("what the forum notes is no event")
	}
	if c.Assumed["topic_incomplete"] != "the topic 7 has 6 posts, the file holds 4 of them" || c.Assumed["forum"] == "" || c.Fields["post.novelty"] != 1 {
		t.Errorf("assumed %v, unknown %v", c.Assumed, c.Fields)
	}
	hosted, c := posts(t, "https://forum.example/t/7.json", "testdata/topic.json")
	h := hosted["forum.example/t/which-boat/7/2"]
	if h.URL != "https://forum.example/t/which-boat/7/2" || h.Author.NativeID != "forum.example/u/kai" || c.Assumed["forum"] != "" {
		t.Errorf("from an address: %+v", h)
	}
}

func TestPosts(t *testing.T) {
	p, _ := posts(t, "posts.json", "testdata/posts.json")
	if a := p["t/oars/9/5"]; a.Text != "typed so" || a.Title != "Oars" || a.Refs.ReplyTo != "discourse:t/oars/9/3" || a.Counts.Likes != model.Known(2) {
		t.Errorf("latest: %+v", a)
	}
	if b := p["t/sails/10/1"]; b.Text != "only typed" || b.Title != "Sails & masts" || !b.Counts.Likes.IsZero() {
		t.Errorf("latest: %+v", b)
	}
	found, _ := posts(t, "search.json", "testdata/search.json")
	if s := found["t/which-boat/7/2"]; s.Text != "...the red boat & the bay..." || s.Title != "Which boat & why?" {
		t.Errorf("found: %+v", s)
	}
	if m := p["t/psst/11/1"]; m.Visibility != model.VisibilityDirect || m.Kind != model.KindMessage {
		t.Errorf("message: %+v", m)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/topic.json", "testdata/posts.json", "testdata/search.json"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Add([]byte(`{"topics":[{"id":1,"slug":"\u0000"}],"posts":[{"post_number":1e9,"topic_id":"1","blurb":null}]}`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, discourse.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, discourse.Format{}, (importertest.Case{File: "testdata/posts.json"}).Bytes(b), 3000)
}
