package chats_test

import (
	"io"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/importer/importertest"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

func TestID(t *testing.T) {
	if a, b := chats.ID("ab", "c"), chats.ID("a", "bc"); a == b || len(a) != 32 || a != chats.ID("ab", "c") {
		t.Errorf("ids %s, %s", a, b)
	}
}

func TestMediaType(t *testing.T) {
	for want, in := range map[string][2]string{
		"image": {"image/png", "x.bin"}, "video": {"", "a/b/VID.MP4"}, "audio": {"application/octet-stream", "x.opus"}, "file": {"application/pdf", "x.pdf"},
	} {
		if got := chats.MediaType(in[0], in[1]); got != want {
			t.Errorf("%v: %s, want %s", in, got, want)
		}
	}
}

func TestZone(t *testing.T) {
	if z, basis := chats.Zone(importer.Options{}); z != time.UTC || basis != model.ZoneAssumed {
		t.Errorf("%v %v", z, basis)
	}
	east := time.FixedZone("", 3600)
	if z, basis := chats.Zone(importer.Options{Zone: east}); z != east || basis != model.ZoneChosen {
		t.Errorf("%v %v", z, basis)
	}
}

func TestSum(t *testing.T) {
	v := jsonscan.Value{Raw: []byte(`[{"count":2},{"count":"3"},{}]`)}
	if got := chats.Sum(v, "count"); got != model.Known(5) {
		t.Errorf("%v", got)
	}
	if got := chats.Sum(jsonscan.Value{}, "count"); !got.IsZero() {
		t.Errorf("%v", got)
	}
}

// TestSource reads texts in several character sets and finds the bytes of a piece
// again.
func TestSource(t *testing.T) {
	const text = "one ✓\ntwo 🚢\n"
	for name, data := range map[string][]byte{
		"utf-8": []byte(text), "utf-8 with a mark": []byte("\ufeff" + text), "utf-16": importertest.UTF16(text, true, true),
	} {
		f := importertest.FileOf(name, data)
		src, err := chats.Open(f, importer.Options{}, &importertest.Collected{})
		if err != nil {
			t.Fatal(err)
		}
		b, err := io.ReadAll(src)
		if err != nil || string(b) != text || src.Done() != f.Size {
			t.Fatalf("%s: %q, %v", name, b, err)
		}
		at := len("one ✓\n")
		r, err := src.Record(src.Base()+int64(at), b[at:])
		if err != nil || !r.Locator.HasRange() || string(data[r.Locator.Offset:r.Locator.Offset+r.Locator.Length]) != string(r.Raw) {
			t.Errorf("%s: %+v, %v", name, r.Locator, err)
		}
	}
}

// TestList breaks a list off: what is whole is read, and its end is told.
func TestList(t *testing.T) {
	text := []byte(`{"messages":[{"id":1},{"id":2},{"id":`)
	j := importer.JSON{Unit: func(v jsonscan.Value, b *importer.Batch) {
		chats.List(v, v.Get("messages"), b, func(m jsonscan.Value) {
			b.Post(m, &model.Post{Platform: "x", NativeID: m.Get("id").Text()})
		})
	}}
	c := &importertest.Collected{}
	if err := j.Read(t.Context(), importertest.FileOf("x", text), importer.Options{}, c); err != nil {
		t.Fatal(err)
	}
	if len(c.Posts()) != 2 || len(c.Rejects()) != 1 || c.Rejects()[0].Code != importer.RejectTruncated {
		t.Errorf("%d posts, %+v", len(c.Posts()), c.Rejects())
	}
}

func TestFirst(t *testing.T) {
	v, err := chats.First(importertest.FileOf("x", []byte(`{"name":"a","messages":[`)), importer.Options{})
	if err != nil || v.Get("name").Text() != "a" {
		t.Errorf("%s, %v", v.Raw, err)
	}
}
