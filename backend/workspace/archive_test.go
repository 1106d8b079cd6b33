package workspace

import (
	"archive/zip"
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"path/filepath"
	"testing"
)

// zipFiles packs files of this machine.
func zipFiles(t *testing.T, names map[string]string) string {
	t.Helper()
	var b bytes.Buffer
	w := zip.NewWriter(&b)
	for name, from := range names {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		f, err := w.Create(name)
		if err == nil {
			_, err = f.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(t.TempDir(), "posts.zip")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestRecordsOfAnArchiveAreEvidence(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	req := ImportRequest{Paths: []string{zipFiles(t, map[string]string{"in/posts.jsonl": writeLines(t, 0, 300)})}, Profile: json.RawMessage(testProfile)}
	look, err := s.Inspect(ctx, req)
	if err != nil || look.Files[0].Format != "table" || look.Files[0].Read != 300 {
		t.Fatalf("%+v, %v", look.Files, err)
	}
	res, err := s.Import(ctx, req, nil)
	if err != nil || res.Batches[0].Accepted != 300 || res.Batches[0].Format != "table" {
		t.Fatalf("%+v, %v", res.Batches, err)
	}
	page := find(t, s, SearchRequest{Limit: 1})
	raw, err := s.Raw(ctx, page.Posts[0].ID, 0)
	if err != nil || !raw.Exact || raw.Locator.Member != "in/posts.jsonl" || !bytes.HasPrefix(raw.Bytes, []byte("{")) {
		t.Errorf("raw: %+v, %v", raw, err)
	}
	v, err := s.Verify(ctx, nil)
	if err != nil || len(v.Findings) != 0 {
		t.Errorf("verify: %+v, %v", v, err)
	}
	left, err := filepath.Glob(filepath.Join(s.c.Scratch(), "unpacked-*"))
	if err != nil || len(left) != 0 {
		t.Errorf("left behind: %v, %v", left, err)
	}
}

func TestFilesBesideOneInAFolder(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	dir := t.TempDir()
	outside := filepath.Join(t.TempDir(), "secret")
	for name, text := range map[string]string{filepath.Join(dir, "a", "one.txt"): "1", filepath.Join(dir, "b", "two.txt"): "22", outside: "no"} {
		if err := os.MkdirAll(filepath.Dir(name), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(name, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(outside, filepath.Join(dir, "a", "link")); err != nil {
		t.Fatal(err)
	}
	n := inFolder(inputFile{path: filepath.Join(dir, "a", "one.txt"), name: "x/a/one.txt", root: dir})
	f, ok := n.beside("../b/two.txt")
	if !ok || f.Size != 2 {
		t.Fatalf("two.txt: %v %v", f, ok)
	}
	if b, err := io.ReadAll(f.Section()); err != nil || string(b) != "22" {
		t.Errorf("%q, %v", b, err)
	}
	for _, bad := range []string{"none", "../../x", outside, "link", "../b", "../../" + filepath.Base(dir) + "/b/two.txt"} {
		if _, ok := n.beside(bad); ok {
			t.Errorf("%q was found", bad)
		}
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
	// What was imported is found again in the case, by the names of then.
	if _, err := s.Import(ctx, ImportRequest{Paths: []string{dir}}, nil); err != nil {
		t.Fatal(err)
	}
	n = s.inCase(ctx, filepath.Base(dir)+"/a/one.txt")
	if f, ok := n.beside("../b/two.txt"); !ok || f.Size != 2 {
		t.Errorf("in the case: %v %v", f, ok)
	}
	if _, ok := n.beside("../b/three.txt"); ok {
		t.Error("three.txt was found")
	}
	if err := n.Close(); err != nil {
		t.Error(err)
	}
}
