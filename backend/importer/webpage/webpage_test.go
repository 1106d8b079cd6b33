package webpage_test

import (
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/webpage"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, webpage.Format{}, []importertest.Case{
		{Name: "SingleFile", File: "testdata/singlefile.html", Accepted: 1, Golden: "testdata/singlefile.golden.json"},
		{Name: "browser, Latin 2", File: "testdata/browser.html", Accepted: 1, Golden: "testdata/browser.golden.json", Binary: true},
		{Name: "no article", File: "testdata/list.html", Accepted: 1, Golden: "testdata/list.golden.json"},
		{Name: "picture only", Data: []byte("<html><body><img src=x></body></html>"), Accepted: 1},
	})
}

// read reads one page.
func read(t *testing.T, data []byte, o importer.Options) (*model.Post, *importertest.Collected) {
	t.Helper()
	c, err := importertest.Read(t.Context(), webpage.Format{}, "page.html", data, o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, c)
	if len(c.Posts()) != 1 {
		t.Fatalf("%d posts", len(c.Posts()))
	}
	return c.Posts()[0], c
}

func sample(t testing.TB, name string) []byte {
	t.Helper()
	return (importertest.Case{File: "testdata/" + name}).Bytes(t)
}

func TestSingleFile(t *testing.T) {
	p, c := read(t, sample(t, "singlefile.html"), importer.Options{})
	if p.UID() != "web:https://www.echo.example/2026/03/crane" || p.PageType != model.PageNews || p.Kind != model.KindArticle || p.PlatformLang != "en-GB" {
		t.Errorf("post %+v", p)
	}
	if want := time.Date(2026, 3, 5, 8, 30, 0, 0, time.UTC); !p.CapturedAt.Time.Equal(want) || p.CapturedAt.Zone != model.ZoneStated {
		t.Errorf("captured %+v", p.CapturedAt)
	}
	if p.Created.Zone != model.ZoneStated || p.Edited.Time.IsZero() || c.Assumed["dates_from"] != "json-ld 1" || c.Assumed["saved_by"] != "SingleFile 1" {
		t.Errorf("created %+v, edited %+v, assumed %v", p.Created, p.Edited, c.Assumed)
	}
	if p.Author.NativeID != "echo.example/ida bergström" || p.Author.Name != "Ida Bergström" {
		t.Errorf("author %+v", p.Author)
	}
	if strings.Contains(p.Text, "Most read") || !strings.Contains(p.Text, "saw & heard") {
		t.Errorf("text %q", p.Text)
	}
}

func TestBrowserPage(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Warsaw")
	if err != nil {
		t.Fatal(err)
	}
	p, c := read(t, sample(t, "browser.html"), importer.Options{Zone: zone})
	if p.URL != "http://blog.kettle.example/tea.html" || p.PageType != model.PageBlog || p.Author.Name != "Ewa Nowak" || !strings.Contains(p.Text, "żeby nie czekać") {
		t.Errorf("post %+v", p)
	}
	if want := time.Date(2025, 11, 1, 23, 0, 0, 0, time.UTC); !p.Created.Time.Equal(want) || p.Created.Zone != model.ZoneChosen {
		t.Errorf("created %+v", p.Created)
	}
	if c.Assumed["saved_by"] != "a browser 1" || c.Assumed["zone"] != "" {
		t.Errorf("assumed %v", c.Assumed)
	}
	if p, c = read(t, sample(t, "browser.html"), importer.Options{}); p.Created.Zone != model.ZoneAssumed || c.Assumed["zone"] != "UTC" {
		t.Errorf("created %+v, assumed %v", p.Created, c.Assumed)
	}
}

func TestPageWithoutArticle(t *testing.T) {
	p, c := read(t, sample(t, "list.html"), importer.Options{})
	if p.Title != "Timetable" || !strings.Contains(p.Text, "Ferry 9:00") || !strings.HasPrefix(p.NativeID, "content-") || p.PageType != model.PageOther {
		t.Errorf("post %+v, assumed %v", p, c.Assumed)
	}
	if p, _ := read(t, []byte("<html><body><img src=x></body></html>"), importer.Options{}); p.Kind != model.KindMedia {
		t.Errorf("kind %q", p.Kind)
	}
	deep := "<html><head><title>Deep</title></head><body>" + strings.Repeat("<div>", 200_000) + "at the bottom"
	if p, c := read(t, []byte(deep), importer.Options{}); p.Text != "at the bottom" || !strings.Contains(c.Assumed["whole_page"], "1 of 1") {
		t.Errorf("text %q, assumed %v", p.Text, c.Assumed)
	}
}

func TestIdentity(t *testing.T) {
	page := func(canonical string) []byte {
		return []byte(`<html><head><link rel="canonical" href="` + canonical + `"></head><body>Short</body></html>`)
	}
	for _, c := range []struct{ canonical, at, want string }{
		{"https://a.example/x#top", "https://a.example/x?utm_source=z", "https://a.example/x"},
		{"/y", "https://a.example/x", "https://a.example/y"},
		{"https://a.example/", "https://a.example/x", "https://a.example/x"},
		{"https://other.example/x", "https://a.example/x", "https://a.example/x"},
		{"https://b.a.example/x", "", "https://b.a.example/x"},
		{"javascript:1", "", "content-"},
	} {
		p, _, err := webpage.Post(webpage.Source{Doc: page(c.canonical), URL: c.at}, importer.Options{})
		if err != nil || p.NativeID != c.want && !strings.HasPrefix(c.want, "content-") || strings.HasPrefix(p.NativeID, "content-") != strings.HasPrefix(c.want, "content-") {
			t.Errorf("%q at %q: %q, %v; want %q", c.canonical, c.at, p.NativeID, err, c.want)
		}
	}
}

func TestCharacterSets(t *testing.T) {
	const russian = "<html><body><p>\xcf\xf0\xe8\xe2\xe5\xf2, \xec\xe8\xf0</p></body></html>"
	for name, c := range map[string]struct{ doc, contentType, forced, want string }{
		"server":           {russian, "text/html; charset=windows-1251", "", "Привет, мир"},
		"page":             {`<meta charset="windows-1251">` + russian, "text/html", "", "Привет, мир"},
		"server over page": {`<meta charset="iso-8859-1">` + russian, "text/html; charset=windows-1251", "", "Привет, мир"},
		"forced":           {russian, "text/html; charset=koi8-r", "windows-1251", "Привет, мир"},
		"valid UTF-8":      {"<html><body>Привет, мир", "text/html; charset=windows-1251", "", "Привет, мир"},
		"Japanese":         {"<html><body>\x1b$B$3$s$K$A$O\x1b(B", "text/html; charset=iso-2022-jp", "", "こんにちは"},
		"broken UTF-8":     {"<html><body>a\xffb", "text/html; charset=utf-8", "", "a\ufffdb"},
	} {
		p, _, err := webpage.Post(webpage.Source{Doc: []byte(c.doc), ContentType: c.contentType}, importer.Options{Encoding: c.forced})
		if err != nil || p.Text != c.want {
			t.Errorf("%s: %q, %v", name, p.Text, err)
		}
	}
}

func TestDetectIsParticular(t *testing.T) {
	for text, page := range map[string]bool{
		"<!DOCTYPE html><p>": true, "\ufeff <!-- x --><html>": true, "<?xml version='1.0'?><html xmlns='x'>": true, "<HTML>": true,
		"<rss version='2.0'>": false, "<?xml version='1.0'?><feed>": false, "<!DOCTYPE svg><svg>": false, "<htmlx>": false, "From a@b.example\n<html>": false, "{}": false, "": false,
	} {
		if m := (webpage.Format{}).Detect(importer.Head{Text: []byte(text)}); (m.Score > 0) != page {
			t.Errorf("%q: %+v", text, m)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add(sample(f, "singlefile.html"))
	f.Add(sample(f, "browser.html"))
	f.Add([]byte("<html><title>x</title><time pubdate datetime='2020-01-01'>"))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, webpage.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, webpage.Format{}, sample(b, "singlefile.html"), 1)
}
