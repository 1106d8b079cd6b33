package formats_test

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// TestRecognition keeps which format every real file of X, Reddit and Bluesky is
// taken for, with all formats asked.
func TestRecognition(t *testing.T) {
	dir := filepath.Join(importertest.DataDir(t), "posts")
	got := map[string]string{}
	for _, sub := range []string{"x-api-v2-twarc", "reddit-listing", "bluesky"} {
		walk(t, dir, sub, got)
	}
	importertest.Golden(t, "testdata/recognition.json", got)
}

// walk recognises every file below a folder.
func walk(t *testing.T, dir, sub string, got map[string]string) {
	t.Helper()
	err := filepath.WalkDir(filepath.Join(dir, sub), func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() {
			return err
		}
		data, err := os.ReadFile(path)
		if err != nil {
			return err
		}
		name, err := filepath.Rel(dir, path)
		if err != nil {
			return err
		}
		got[filepath.ToSlash(name)] = recognise(t, name, data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

// recognise gives a format's name, or the code of the fault.
func recognise(t *testing.T, name string, data []byte) string {
	t.Helper()
	f, _, err := importer.Detect(formats.All(), importertest.FileOf(filepath.Base(name), data), importer.Options{})
	if err == nil {
		return f.Name()
	}
	var fault *model.Fault
	if !errors.As(err, &fault) || fault.Params["message"] == "" {
		t.Errorf("%s: %v is no fault with a sentence", name, err)
		return ""
	}
	return "(" + fault.Code + ")"
}

func TestNamesAreDistinct(t *testing.T) {
	seen := map[string]bool{}
	for _, f := range formats.All() {
		if seen[f.Name()] || f.Name() == "" || f.Version() == "" {
			t.Errorf("format %q, version %q", f.Name(), f.Version())
		}
		seen[f.Name()] = true
	}
}
