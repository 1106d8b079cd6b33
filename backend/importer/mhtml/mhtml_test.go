package mhtml_test

import (
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/mhtml"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, mhtml.Format{}, []importertest.Case{
		{Name: "Blink", File: "testdata/blink.mhtml", Accepted: 1, Binary: true, Golden: "testdata/blink.golden.json"},
		{Name: "older", File: "testdata/old.mht", Accepted: 1, Binary: true, Golden: "testdata/old.golden.json"},
	})
}

func sample(t testing.TB, name string) string {
	t.Helper()
	return string((importertest.Case{File: "testdata/" + name}).Bytes(t))
}

func read(t *testing.T, data string) *importertest.Collected {
	t.Helper()
	c, err := importertest.Read(t.Context(), mhtml.Format{}, "page.mhtml", []byte(data), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(data), c)
	return c
}

func TestBlink(t *testing.T) {
	p := read(t, sample(t, "blink.mhtml")).Posts()[0]
	if p.UID() != "web:https://www.echo.example/kran" || p.Title != "Kran stürzt um" || p.Author.Name != "Westhafen Echo" || p.PlatformLang != "de" {
		t.Errorf("post %+v", p)
	}
	if !strings.Contains(p.Text, "„Wir hörten ein Geräusch wie Donner“") || strings.Contains(p.Text, "advertisement") {
		t.Errorf("text %q", p.Text)
	}
	if want := time.Date(2026, 3, 5, 8, 30, 0, 0, time.UTC); !p.CapturedAt.Time.Equal(want) || p.CapturedAt.Zone != model.ZoneStated {
		t.Errorf("captured %+v", p.CapturedAt)
	}
}

func TestOlder(t *testing.T) {
	p := read(t, sample(t, "old.mht")).Posts()[0]
	if p.URL != "http://tea.example/menu.htm" || p.Text != "Café au lait" || p.Title != "Tea" {
		t.Errorf("post %+v", p)
	}
}

func TestBrokenFiles(t *testing.T) {
	blink := sample(t, "blink.mhtml")
	cut := func(at string) string { return blink[:strings.Index(blink, at)] }
	for name, c := range map[string]struct{ data, want string }{
		"cut in the page":       {cut("Donner"), "truncated"},
		"cut behind the page":   {cut("iVBOR"), ""},
		"no page":               {strings.ReplaceAll(blink, "Content-Type: text/html", "Content-Type: image/gif"), "no_page"},
		"no boundary":           {strings.Replace(blink, "boundary=", "b=", 1), "bad_header"},
		"no head":               {"\x00\x01", "bad_header"},
		"bad transfer encoding": {strings.Replace(sample(t, "old.mht"), "PGh0", "!!!!", 1), "bad_encoding"},
	} {
		got := read(t, c.data)
		switch {
		case c.want == "" && len(got.Posts()) != 1:
			t.Errorf("%s: rejected %+v", name, got.Rejects()[0])
		case c.want != "" && (len(got.Rejects()) != 1 || got.Rejects()[0].Code != c.want):
			t.Errorf("%s: %+v, want %s", name, got.Rejects(), c.want)
		}
	}
}

func TestDetect(t *testing.T) {
	for name, c := range map[string]struct {
		data string
		want bool
	}{
		"blink": {sample(t, "blink.mhtml"), true}, "older": {sample(t, "old.mht"), true},
		"mail":  {"From: a@b.example\nTo: c@d.example\nContent-Type: multipart/related; boundary=x\n\n--x\nContent-Location: http://a.example\n", false},
		"plain": {"From: a@b.example\nTo: c@d.example\n\nHello", false}, "text": {"nothing", false},
	} {
		if m := (mhtml.Format{}).Detect(importer.Head{Bytes: []byte(c.data), Text: []byte(c.data)}); (m.Score > 0) != c.want {
			t.Errorf("%s: %+v", name, m)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(sample(f, "blink.mhtml")))
	f.Add([]byte(sample(f, "old.mht")))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, mhtml.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, mhtml.Format{}, []byte(sample(b, "blink.mhtml")), 1)
}
