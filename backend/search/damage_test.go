package search

import (
	"errors"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
)

// builtIndex makes a closed index of 900 posts in dir.
func builtIndex(t *testing.T, dir string) {
	t.Helper()
	ix, err := CreateIndex(dir)
	if err != nil {
		t.Fatal(err)
	}
	for at := int64(1); at < 900; at += 300 {
		if err := ix.Add(t.Context(), numbered(at, 300)); err != nil {
			t.Fatal(err)
		}
	}
	if err := ix.Close(); err != nil {
		t.Fatal(err)
	}
}

func files(t *testing.T, dir string) []string {
	t.Helper()
	var out []string
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			out = append(out, path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
	return out
}

// TestDamage deletes, cuts and changes every file of an index: it asks to be
// rebuilt, or nothing that it answers has changed (a file may be left over from
// a merge, and Bleve keeps the segments that a merge replaced for a while).
func TestDamage(t *testing.T) {
	rng := rand.New(rand.NewPCG(33, 34))
	damages := map[string]func(b []byte) []byte{
		"empty": func([]byte) []byte { return nil },
		"half":  func(b []byte) []byte { return b[:len(b)/2] },
		"tail":  func(b []byte) []byte { return b[:len(b)-1] },
		"flip": func(b []byte) []byte {
			for range 5 {
				b[rng.IntN(len(b))] ^= 1 << rng.IntN(8)
			}
			return b
		},
		"zero": func(b []byte) []byte { return make([]byte, len(b)) },
	}
	first := t.TempDir()
	builtIndex(t, first)
	for _, path := range files(t, first) {
		name, err := filepath.Rel(first, path)
		if err != nil {
			t.Fatal(err)
		}
		for kind, damage := range damages {
			dir := filepath.Join(t.TempDir(), "index")
			if err := os.CopyFS(dir, os.DirFS(first)); err != nil {
				t.Fatal(err)
			}
			data, err := os.ReadFile(filepath.Join(dir, name))
			if err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(filepath.Join(dir, name), damage(data), 0o600); err != nil {
				t.Fatal(err)
			}
			checkDamaged(t, dir, name+" "+kind, false)
		}
		dir := filepath.Join(t.TempDir(), "index")
		if err := os.CopyFS(dir, os.DirFS(first)); err != nil {
			t.Fatal(err)
		}
		if err := os.Remove(filepath.Join(dir, name)); err != nil {
			t.Fatal(err)
		}
		checkDamaged(t, dir, name+" gone", filepath.Ext(name) != ".zap")
	}
	for kind, damage := range damages {
		dir := filepath.Join(t.TempDir(), "index")
		if err := os.CopyFS(dir, os.DirFS(first)); err != nil {
			t.Fatal(err)
		}
		for _, path := range files(t, dir) {
			data, err := os.ReadFile(path)
			if err != nil {
				t.Fatal(err)
			}
			if filepath.Ext(path) == ".zap" {
				if err := os.WriteFile(path, damage(data), 0o600); err != nil {
					t.Fatal(err)
				}
			}
		}
		checkDamaged(t, dir, "every segment "+kind, true)
	}
	if _, err := OpenIndex(filepath.Join(t.TempDir(), "nowhere")); !errors.Is(err, ErrRebuild) {
		t.Errorf("no index: %v", err)
	}
}

func checkDamaged(t *testing.T, dir, what string, must bool) {
	t.Helper()
	ix, err := OpenIndex(dir)
	if err != nil {
		if !errors.Is(err, ErrRebuild) {
			t.Errorf("%s: %v", what, err)
		}
		return
	}
	if must {
		t.Errorf("%s: it opened", what)
	}
	if ix.Watermark() != 900 {
		t.Errorf("%s: watermark %d", what, ix.Watermark())
	}
	checkNumbered(t, ix)
	if err := ix.Close(); err != nil {
		t.Errorf("%s: %v", what, err)
	}
}
