package exercise

import (
	"bytes"
	"context"
	"io"
	"path"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// memFile is a file in memory that counts what is written to it.
type memFile struct{ bytes.Buffer }

func (*memFile) Close() error { return nil }

// exported writes a scenario to memory, keeping the order of the files.
func exported(t *testing.T, s *Scenario) (names []string, files map[string][]byte) {
	t.Helper()
	open := map[string]*memFile{}
	err := s.WriteExports(func(name string) (io.WriteCloser, error) {
		names = append(names, name)
		open[name] = &memFile{}
		return open[name], nil
	})
	if err != nil {
		t.Fatal(err)
	}
	files = map[string][]byte{}
	for name, f := range open {
		files[name] = f.Bytes()
	}
	return names, files
}

// TestImport reads the exports back through the importers: each file is
// recognised as what it is, nothing is rejected or unknown, and every post is
// the one that the answer sheet describes.
//
// A feed does not say what answers what, so that a forum's comments are posts.
func TestImport(t *testing.T) {
	s := generate(t, 1)
	exports, err := s.Exports()
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]*model.Post{}
	for _, e := range exports {
		if e.Format == "" {
			continue
		}
		for _, r := range readBack(t, e) {
			if r.Reject != nil {
				t.Fatalf("%s: rejected: %v", e.Name, *r.Reject)
			}
			if got[r.Post.UID()] == nil {
				got[r.Post.UID()] = r.Post
			}
		}
	}
	if len(got) != len(s.Truth.Posts) {
		t.Errorf("%d posts imported, the answer sheet has %d", len(got), len(s.Truth.Posts))
	}
	bad := 0
	for _, want := range s.Truth.Posts {
		p := got[want.UID]
		switch {
		case p == nil:
			t.Errorf("%s was not imported", want.UID)
			bad++
		case p.Author.UID() != want.Author:
			t.Errorf("%s: author %s, want %s", want.UID, p.Author.UID(), want.Author)
			bad++
		case !p.Created.Time.Truncate(time.Second).Equal(want.At):
			t.Errorf("%s: created %s, want %s", want.UID, p.Created.Time, want.At)
			bad++
		case string(p.Kind) != want.Kind && (p.PageType != model.PageForum || want.Kind != "comment"):
			t.Errorf("%s: kind %s, want %s", want.UID, p.Kind, want.Kind)
			bad++
		}
		if bad > 20 {
			t.Fatal("too many differences")
		}
	}
}

// readBack reads one export with the importer that recognises it.
func readBack(t *testing.T, e Export) []model.Record {
	t.Helper()
	f := importer.File{Name: path.Base(e.Name), Size: int64(len(e.data)), R: bytes.NewReader(e.data)}
	format, _, err := importer.Detect(formats.All(), f, importer.Options{})
	if err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	if format.Name() != e.Format {
		t.Errorf("%s is read as %s, want %s", e.Name, format.Name(), e.Format)
	}
	sink := &importertest.Collected{}
	if err := format.Read(context.Background(), f, importer.Options{}, sink); err != nil {
		t.Fatalf("%s: %v", e.Name, err)
	}
	if delete(sink.Assumed, "page_type"); len(sink.Fields) > 0 || len(sink.Assumed) > 0 {
		t.Errorf("%s: unknown %v, assumed %v", e.Name, sink.Fields, sink.Assumed)
	}
	if len(sink.Records) != e.Records {
		t.Errorf("%s: %d records, want %d", e.Name, len(sink.Records), e.Records)
	}
	return sink.Records
}
