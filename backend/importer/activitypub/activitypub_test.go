package activitypub_test

import (
	"reflect"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/activitypub"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	actor := (importertest.Case{File: "testdata/actor.json"}).Bytes(t)
	importertest.Run(t, activitypub.Format{}, []importertest.Case{
		{Name: "outbox", File: "testdata/outbox.json", Accepted: 6, Rejected: 1, Golden: "testdata/outbox.golden.json", Path: "export/outbox.json", Beside: map[string][]byte{"actor.json": actor}},
		{Name: "objects", File: "testdata/objects.jsonl", Accepted: 8, Rejected: 2, Golden: "testdata/objects.golden.json"},
		{Name: "page", Data: []byte(`{"@context":"https://www.w3.org/ns/activitystreams","type":"OrderedCollectionPage","id":"x","next":"y","partOf":"z","totalItems":900,"orderedItems":[{"type":"Note","id":"https://a.example/1","to":"as:Public","content":"a"}]}`), Accepted: 1},
		{Name: "first page inside", Data: []byte(`{"type":"OrderedCollection","id":"x","first":{"type":"OrderedCollectionPage","orderedItems":[{"type":["Note"],"id":"https://a.example/1","cc":"Public","content":"a"}]}}`), Accepted: 1},
		{Name: "empty outbox", Data: []byte(`{"type":"OrderedCollection","id":"outbox.json","totalItems":0,"orderedItems":[]}`)},
		{Name: "actor", Data: actor, Refused: "account"},
		{Name: "likes", Data: []byte(`{"@context":"https://www.w3.org/ns/activitystreams","id":"likes.json","type":"OrderedCollection","orderedItems":["https://a.example/1"]}`), Refused: "likes"},
		{Name: "address only", Data: []byte(`{"id":"https://a.example/outbox","type":"OrderedCollection","totalItems":5,"first":"https://a.example/outbox?page=1"}`), Refused: "address"},
	})
}

// read reads a sample and gives its posts by native id.
func read(t *testing.T, c importertest.Case) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := c.Bytes(t)
	file := importertest.FileOf(c.File, data)
	file.Beside = func(path string) (importer.File, bool) {
		b, ok := c.Beside[path]
		return importertest.FileOf(path, b), ok
	}
	got, err := importertest.ReadFile(t.Context(), activitypub.Format{}, file, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range got.Posts() {
		out[p.NativeID] = p
	}
	return out, got
}

func TestOutbox(t *testing.T) {
	actor := (importertest.Case{File: "testdata/actor.json"}).Bytes(t)
	p, c := read(t, importertest.Case{File: "testdata/outbox.json", Beside: map[string][]byte{"actor.json": actor}})
	const base = "https://harbour.example/users/ann/statuses/"
	one := p[base+"1"]
	if one.Text != "Look here @kai" || one.Title != "Storm & rain" || one.PlatformLang != "gl" || one.Platform != "mastodon" || one.URL != "https://harbour.example/@ann/1" {
		t.Errorf("note: %+v", one)
	}
	if !reflect.DeepEqual(one.Links, []model.Link{{URL: "https://news.example/a?x=1&y=2"}}) || !reflect.DeepEqual(one.Hashtags, []string{"storm"}) ||
		!reflect.DeepEqual(one.Mentions, []model.Mention{{Handle: "kai@far.example", AccountID: "@kai@far.example"}}) || one.Media[0].Alt != "a wave" {
		t.Errorf("note: %+v", one)
	}
	if one.Author.Name != "Ann Rower" || one.Author.Handle != "Ann@harbour.example" || one.Author.NativeID != "@ann@harbour.example" || one.Author.Description != "I row." {
		t.Errorf("author: %+v", one.Author)
	}
	if !one.Counts.IsZero() {
		t.Errorf("counts that are not there: %+v", one.Counts)
	}
	for id, want := range map[string]model.Visibility{
		"1": model.VisibilityPublic, "3": model.VisibilityUnlisted, "4": model.VisibilityPrivate, "5": model.VisibilityDirect,
	} {
		if got := p[base+id].Visibility; got != want {
			t.Errorf("%s is %s, want %s", id, got, want)
		}
	}
	if r := p[base+"2/activity"]; r.Kind != model.KindRepost || r.Refs.RepostOf != "mastodon:https://far.example/users/kai/statuses/99" || r.Author.Name != "Ann Rower" {
		t.Errorf("repost: %+v", r)
	}
	if r := p[base+"3"]; r.Refs.ReplyTo != "lemmy:https://lem.example/post/7" || r.Kind != model.KindComment {
		t.Errorf("reply: %+v", r)
	}
	if q := p[base+"6"]; q.Text != "Which?\n• red\n• blue" || q.Edited.Time.Hour() != 1 {
		t.Errorf("question: %+v", q)
	}
	if c.Assumed["ordered_items"] == "" || c.Assumed["total_items"] != "the collection says 9 items and holds 7" {
		t.Errorf("assumed: %v", c.Assumed)
	}
	if c.Fields["object.novelty"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown: %v", c.Fields)
	}
	alone, _ := read(t, importertest.Case{File: "testdata/outbox.json"})
	if a := alone[base+"1"].Author; a.Name != "" || a.Handle != "ann@harbour.example" || a.NativeID != "@ann@harbour.example" {
		t.Errorf("author without actor.json: %+v", a)
	}
}

func TestObjects(t *testing.T) {
	p, c := read(t, importertest.Case{File: "testdata/objects.jsonl"})
	if m := p["https://mk.example/notes/9abc"]; m.Author.Handle != "" || m.Author.NativeID != "https://mk.example/users/9xyz" || m.Kind != model.KindQuote || m.Refs.QuoteOf != "mastodon:https://mk.example/notes/8" || m.Visibility != model.VisibilityPrivate {
		t.Errorf("Misskey: %+v", m)
	}
	if l := p["https://lem.example/post/7"]; l.Platform != "lemmy" || l.PageType != model.PageForum || l.Title != "A link about boats" || l.Text != "read this" || l.Links[0].URL != "https://news.example/boats" || l.Author.UID() != "lemmy:@kai@lem.example" {
		t.Errorf("Lemmy: %+v", l)
	}
	v := p["https://tube.example/videos/watch/aaaa-bbbb"]
	if v.Kind != model.KindVideo || v.Text != "a **launch** <b>" || v.Counts != (model.Counts{Views: model.Known(42)}) || v.URL != "https://tube.example/w/short" || v.Author.Handle != "joa@tube.example" || v.PlatformLang != "pt" ||
		!reflect.DeepEqual(v.Media, []model.Media{{Type: "video", URL: "https://tube.example/static/a.mp4"}}) {
		t.Errorf("PeerTube: %+v", v)
	}
	if a := p["https://blog.example/?p=12"]; a.Kind != model.KindArticle || a.PageType != model.PageBlog || a.Title != "Why boats & bays" || a.Text != "A long text." || a.Counts.Likes != model.Known(3) || a.Author.NativeID != "https://blog.example/?author=1" {
		t.Errorf("WordPress: %+v", a)
	}
	if o := p["https://pl.example/objects/1"]; o.Created.Zone != model.ZoneAssumed || o.Place.Name != "Vigo" || !o.Place.HasPoint || o.Author.Handle != "mo@pl.example" {
		t.Errorf("Pleroma: %+v", o)
	}
	if g, n := p["https://lem.example/activities/announce/1"], p["https://lem.example/comment/9"]; g.Refs.RepostOf != n.UID() || n.Refs.ReplyTo != "lemmy:https://lem.example/post/7" || g.Author.Handle != "boats@lem.example" {
		t.Errorf("passed on by a group: %+v, %+v", g, n)
	}
	if d := p["https://pl.example/activities/2"]; d.Kind != model.KindEvent || d.Refs.Thread != "mastodon:https://pl.example/objects/1" {
		t.Errorf("deleted: %+v", d)
	}
	if len(c.Fields) != 0 {
		t.Errorf("unknown: %v", c.Fields)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/outbox.json", "testdata/objects.jsonl", "testdata/actor.json"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Add([]byte(`{"type":"Announce","actor":[{"type":"Person"}],"object":{"type":"Announce","actor":"","object":{"type":"Note","id":"\u0000","tag":{"type":"Mention"},"url":[[[]]]`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, activitypub.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, activitypub.Format{}, (importertest.Case{File: "testdata/objects.jsonl"}).Bytes(b), 3000)
}
