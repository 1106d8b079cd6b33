package importertest

import (
	"os"
	"path/filepath"
	"testing"

	"vedette/backend/importer"
)

// Case is one sample that a format must read. Exactly one of File and Data is
// given; File is relative to the test's folder. Samples should be small: each is
// read several hundred times.
type Case struct {
	Name     string
	File     string
	Data     []byte
	Options  importer.Options
	Accepted int
	Rejected int
	// Golden names a file with the first, middle and last post; empty for none.
	Golden string
	// Binary says that the file is not text: it is not tried in UTF-16.
	Binary bool
	// Refused expects Detect to recognise the file and refuse it; the sentence
	// must contain this text. Nothing else is then checked.
	Refused string
	// Path is the file's name where a format looks at it: the path in its archive.
	Path string
	// Beside are the files that lie beside the sample, by relative path.
	Beside map[string][]byte
	// Partial says that records do not stand on their own (for example cells
	// that need a header), so a truncated file need not keep earlier records.
	Partial bool
}

// Run checks a format against the whole suite over the cases.
func Run(t *testing.T, f importer.Format, cases []Case) {
	t.Helper()
	for _, c := range cases {
		t.Run(c.Name, func(t *testing.T) {
			data := c.Bytes(t)
			if c.Refused != "" {
				refused(t, f, c, data)
				return
			}
			got := checkCase(t, f, c, data)
			t.Run("truncated", func(t *testing.T) { truncated(t, f, c, data, got) })
			t.Run("damaged", func(t *testing.T) { damaged(t, f, c, data) })
			t.Run("limits", func(t *testing.T) { limits(t, f, c, data) })
			t.Run("stopped", func(t *testing.T) { stopped(t, f, c, data, got) })
			t.Run("at once", func(t *testing.T) { atOnce(t, f, c, data, got) })
			if !c.Binary {
				t.Run("utf-16", func(t *testing.T) { wide(t, f, c, data, got) })
			}
		})
	}
	t.Run("hostile", func(t *testing.T) { hostile(t, f) })
}

// of makes the sample, or a broken form of it, a file with others beside it.
func (c Case) of(data []byte) importer.File {
	file := FileOf(c.Name, data)
	if c.Path != "" {
		file.Name = c.Path
	}
	if c.Beside != nil {
		file.Beside = func(path string) (importer.File, bool) {
			b, ok := c.Beside[path]
			return FileOf(path, b), ok
		}
	}
	return file
}

// Bytes returns the sample.
func (c Case) Bytes(t testing.TB) []byte {
	t.Helper()
	if c.File == "" {
		return c.Data
	}
	b, err := os.ReadFile(filepath.FromSlash(c.File))
	if err != nil {
		t.Fatalf("read sample: %v", err)
	}
	return b
}
