package har_test

import (
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/har"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, har.Format{}, []importertest.Case{
		{Name: "session", File: "testdata/session.har", Accepted: 2, Rejected: 1, Golden: "testdata/session.golden.json"},
		{Name: "nothing", Data: []byte(`{"log":{"version":"1.2","creator":{},"entries":[]}}`)},
	})
}

func sample(t testing.TB) []byte {
	t.Helper()
	return (importertest.Case{File: "testdata/session.har"}).Bytes(t)
}

func TestSession(t *testing.T) {
	c, err := importertest.Read(t.Context(), har.Format{}, "session.har", sample(t), importer.Options{Encoding: "utf-8"})
	if err != nil {
		t.Fatal(err)
	}
	p, tea := c.Posts()[0], c.Posts()[1]
	if p.UID() != "web:https://www.echo.example/crane" || p.Author.Name != "Ida Bergström" || !strings.Contains(p.Text, "“We heard") {
		t.Errorf("post %+v", p)
	}
	if want := time.Date(2026, 3, 5, 8, 30, 0, 250e6, time.UTC); !p.CapturedAt.Time.Equal(want) || p.CapturedAt.Zone != model.ZoneStated {
		t.Errorf("captured %+v", p.CapturedAt)
	}
	if tea.URL != "https://tea.example/" {
		t.Errorf("post %+v", tea)
	}
	if got := c.Assumed["no_pages"]; got != "HTML for scripts 1, application/javascript 1, page saved without its content 1, status 301 1" {
		t.Errorf("told %q", got)
	}
}

func TestLatinContent(t *testing.T) {
	c, err := importertest.Read(t.Context(), har.Format{}, "session.har", sample(t), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if p := c.Posts()[1]; p.Title != "Cafés" || p.Text != "Café au lait" {
		t.Errorf("title %q, text %q", p.Title, p.Text)
	}
}

// TestLargeArchive reads an archive that is larger than a record may be, entry by
// entry.
func TestLargeArchive(t *testing.T) {
	c, err := importertest.Read(t.Context(), har.Format{}, "session.har", sample(t), importer.Options{MaxRecord: 2000})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Posts()) != 2 || len(c.Rejects()) != 1 {
		t.Errorf("%d posts, %d rejected", len(c.Posts()), len(c.Rejects()))
	}
}

func TestDetect(t *testing.T) {
	for s, want := range map[string]bool{
		`{"log":{"version":"1.2","creator":{"name":"x"},"pages":[`: true, `{"log":"x"}`: false, `{"log":{"level":1}}`: false, `[]`: false, `<html>`: false,
	} {
		if m := (har.Format{}).Detect(importer.Head{Text: []byte(s)}); (m.Score > 0) != want {
			t.Errorf("%s: %+v", s, m)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample(f))
	f.Add([]byte(`{"log":{"creator":{},"entries":[{"response":{"status":200,"content":{"mimeType":"text/html","text":"<p>x"}}}]}}`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, har.Format{}, data) })
}

func BenchmarkRead(b *testing.B) { importertest.Bench(b, har.Format{}, sample(b), 20) }
