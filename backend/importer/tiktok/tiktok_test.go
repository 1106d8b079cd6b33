package tiktok_test

import (
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/tiktok"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, tiktok.Format{}, []importertest.Case{
		{Name: "new", File: "testdata/new.json", Accepted: 8, Rejected: 2, Options: importer.Options{IncludePrivate: true}, Golden: "testdata/new.golden.json"},
		{Name: "new, without messages", File: "testdata/new.json", Accepted: 6, Rejected: 4},
		{Name: "old", File: "testdata/old.json", Accepted: 2, Golden: "testdata/old.golden.json"},
		{Name: "views only", Data: []byte(`{"Activity":{"Video Browsing History":{"VideoList":[{"Date":"x"}]},"Like List":{}}}`), Refused: "without comments"},
	})
}

// read reads a sample.
func read(t *testing.T, name string, o importer.Options) *importertest.Collected {
	t.Helper()
	data := importertest.Case{File: "testdata/" + name}.Bytes(t)
	c, err := importertest.Read(t.Context(), tiktok.Format{}, name, data, o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	return c
}

func TestNew(t *testing.T) {
	lisbon, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	c := read(t, "new.json", importer.Options{IncludePrivate: true, Zone: lisbon})
	p := c.Posts()
	if x := p[0]; x.Kind != model.KindComment || x.Text != "so late again 🚢" || x.Author.Handle != "ann.tok" || x.Created.Zone != model.ZoneChosen || !strings.HasPrefix(x.NativeID, "comment-") {
		t.Errorf("comment: %+v", x)
	}
	if x := p[1]; x.Text != "" || len(x.Media) != 1 || x.NativeID == p[0].NativeID {
		t.Errorf("picture: %+v", x)
	}
	if x := p[2]; x.UID() != "tiktok:7300000000000000001" || x.Counts.Likes != model.Known(12) || x.Place.Name != "Porto" || x.Visibility != model.VisibilityPublic {
		t.Errorf("video: %+v", x)
	}
	if x := p[3]; x.Visibility != model.VisibilityPrivate || len(x.Media) != 2 || !x.Counts.Likes.IsZero() {
		t.Errorf("private: %+v", x)
	}
	if p[4].Kind != model.KindMedia || p[5].Text != "gone" {
		t.Errorf("untitled and deleted: %+v %+v", p[4], p[5])
	}
	if x := p[6]; x.Visibility != model.VisibilityDirect || x.Author.Handle != "bo" || x.Refs.Thread == "" || x.Refs.Thread != p[7].Refs.Thread {
		t.Errorf("message: %+v", x)
	}
	if c.Fields["video.Mood"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown: %v", c.Fields)
	}
}

func TestOld(t *testing.T) {
	c := read(t, "old.json", importer.Options{})
	p := c.Posts()
	if p[0].Text != "first" || p[0].Author.NativeID != "@ann.tok" || p[1].NativeID != "7300000000000000009" || c.Assumed["zone"] != "UTC" {
		t.Errorf("%+v %+v %v", p[0], p[1], c.Assumed)
	}
}

func TestAboveTheLimit(t *testing.T) {
	data := importertest.Case{File: "testdata/new.json"}.Bytes(t)
	c, err := importertest.Read(t.Context(), tiktok.Format{}, "x", data, importer.Options{MaxRecord: 400, IncludePrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	if p := c.Posts(); len(p) != 8 || p[0].Author.Handle != "ann.tok" {
		t.Errorf("%d posts, %d rejected: %+v", len(p), len(c.Rejects()), c.Rejects())
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"new.json", "old.json"} {
		f.Add(importertest.Case{File: "testdata/" + name}.Bytes(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, tiktok.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, tiktok.Format{}, append(importertest.Case{File: "testdata/new.json"}.Bytes(b), '\n'), 500)
}
