package lemmy_test

import (
	"reflect"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/lemmy"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, lemmy.Format{}, []importertest.Case{
		{Name: "posts", File: "testdata/posts.json", Accepted: 3, Golden: "testdata/posts.golden.json"},
		{Name: "comments", File: "testdata/comments.json", Accepted: 4, Rejected: 1, Golden: "testdata/comments.golden.json"},
		{Name: "single post, messages, search", File: "testdata/post.json", Accepted: 3, Golden: "testdata/post.golden.json"},
		{Name: "communities", Data: []byte(`{"communities":[{"community":{"id":1,"actor_id":"https://l.example/c/a"},"counts":{}}]}`), Refused: "communities"},
		{Name: "users", Data: []byte(`{"users":[{"person":{"id":1,"actor_id":"https://l.example/u/a"},"counts":{}}]}`), Refused: "accounts"},
		{Name: "site", Data: []byte(`{"site_view":{"site":{"id":1}},"admins":[]}`), Refused: "server"},
		{Name: "moderation", Data: []byte(`{"removed_posts":[],"locked_posts":[],"removed_comments":[]}`), Refused: "moderators"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, file string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), lemmy.Format{}, file, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestPosts(t *testing.T) {
	p, c := posts(t, "testdata/posts.json")
	boats := p["https://lem.example/post/7"]
	if boats.Title != "A link about boats" || boats.Text != "read **this**" || boats.Counts != (model.Counts{Likes: model.Known(10), Comments: model.Known(3)}) || boats.Edited.Time.Hour() != 1 {
		t.Errorf("post: %+v", boats)
	}
	if a := boats.Author; a.UID() != "lemmy:@kai@far.example" || a.Name != "Kai 海" || !a.DeclaredBot || a.Description != "rows" {
		t.Errorf("author: %+v", a)
	}
	if !reflect.DeepEqual(boats.Links, []model.Link{{URL: "https://news.example/boats", Title: "Boats!"}}) || c.Fields["post.novelty"] != 1 {
		t.Errorf("links: %v, unknown: %v", boats.Links, c.Fields)
	}
	pic := p["https://far.example/post/99"]
	if pic.Media[0] != (model.Media{Type: "image", URL: "https://pics.example/a.PNG", Alt: "waves"}) || pic.Created.Zone != model.ZoneAssumed || pic.Counts.Likes != model.Known(0) {
		t.Errorf("picture: %+v", pic)
	}
	if gone := p["https://lem.example/post/9"]; gone.Kind != model.KindEvent || !gone.Counts.IsZero() {
		t.Errorf("removed: %+v", gone)
	}
}

func TestComments(t *testing.T) {
	p, _ := posts(t, "testdata/comments.json")
	const post = "lemmy:https://lem.example/post/7"
	for id, want := range map[string]string{
		"https://lem.example/comment/12": post, "https://far.example/comment/5000": "lemmy:https://lem.example/comment/12",
		"https://lem.example/comment/35": "lemmy:https://far.example/comment/5000", "https://lem.example/comment/36": "lemmy:https://lem.example/comment/11",
	} {
		if got := p[id].Refs; got != (model.Refs{ReplyTo: want, Thread: post}) {
			t.Errorf("%s: %+v, want %s", id, got, want)
		}
	}
	if p["https://lem.example/comment/36"].Kind != model.KindEvent || p["https://lem.example/comment/12"].Kind != model.KindComment {
		t.Error("kinds")
	}
}

func TestSinglePostAndMessages(t *testing.T) {
	p, _ := posts(t, "testdata/post.json")
	if one := p["https://lem.example/post/7"]; one.Counts != (model.Counts{Likes: model.Known(5), Comments: model.Known(1)}) || one.Created.Time.Year() != 2025 || one.Author.Handle != "kai@far.example" {
		t.Errorf("post: %+v", one)
	}
	m := p["https://far.example/private_message/1"]
	if m.Kind != model.KindMessage || m.Visibility != model.VisibilityDirect || m.Mentions[0].AccountID != "@ann@lem.example" {
		t.Errorf("message: %+v", m)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/posts.json", "testdata/comments.json", "testdata/post.json"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Add([]byte(`{"comments":[{"creator":{},"comment":{"path":".","content":"","id":1,"ap_id":"http:///comment/"}}]}`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, lemmy.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, lemmy.Format{}, (importertest.Case{File: "testdata/posts.json"}).Bytes(b), 3000)
}
