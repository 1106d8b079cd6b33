package feeds

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

const plainMap = `<?xml version="1.0"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"><url><loc>https://a.example/1</loc></url><url><loc>https://a.example/2</loc></url></urlset>`

func TestSitemaps(t *testing.T) {
	importertest.Run(t, Sitemap{}, []importertest.Case{
		{Name: "news and videos", File: "testdata/news.sitemap.xml", Accepted: 3, Rejected: 1, Golden: "testdata/news.golden.json", Partial: true},
		{Name: "addresses", Data: []byte(plainMap), Refused: "a list of the addresses of a site's pages (2 addresses)"},
		{Name: "index", Data: []byte(`<sitemapindex><sitemap><loc>https://a.example/1.xml</loc></sitemap></sitemapindex>`), Refused: "an index of sitemaps (1 sitemap)"},
		{Name: "text", Data: []byte("\ufeffhttps://a.example/1\r\nhttps://a.example/2\r\n"), Refused: "a list of web addresses"},
		{Name: "robots", Data: []byte("# hello\nUser-agent: *\nDisallow: /x\n\nSitemap: https://a.example/s.xml\n"), Refused: "robots.txt"},
	})
}

func TestNewsOfASitemap(t *testing.T) {
	c := importertest.Case{File: "testdata/news.sitemap.xml"}
	got, err := importertest.Read(t.Context(), Sitemap{}, "s.xml", c.Bytes(t), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	news, film, short := got.Posts()[0], got.Posts()[1], got.Posts()[2]
	if news.UID() != "feed:https://www.echo.example/2026/crane" || news.Title != "Crane & quay: what happened" || news.PlatformLang != "en" || news.Author.UID() != "feed:echo.example" {
		t.Errorf("news %+v", news)
	}
	if news.Created.Zone != model.ZoneStated || news.Edited.IsZero() || len(news.Media) != 1 {
		t.Errorf("news %+v", news)
	}
	if film.Kind != model.KindVideo || film.Text != "Seen from the mole." || film.Counts.Views != model.Known(1234) || film.Created.Zone != model.ZoneAssumed || film.Author.UID() != "feed:echo.example/ida" || len(film.Media) != 2 {
		t.Errorf("video %+v", film)
	}
	if !short.Created.IsZero() || got.Assumed["addresses_only"] != "1" || got.Rejects()[0].Code != importer.RejectNoID {
		t.Errorf("short %+v, assumed %v", short, got.Assumed)
	}
}

func TestNewsBehindTheBeginning(t *testing.T) {
	s := `<urlset xmlns:n="http://www.google.com/schemas/sitemap-news/0.9">` + strings.Repeat("<url><loc>https://a.example/page</loc></url>\n", 10_000) +
		`<url><loc>https://a.example/news</loc><n:news><n:title>Late</n:title></n:news></url></urlset>`
	f := importertest.FileOf("s.xml", []byte(s))
	if _, _, err := importer.Detect([]importer.Format{Sitemap{}}, f, importer.Options{}); err != nil {
		t.Fatal(err)
	}
	got, err := importertest.ReadFile(t.Context(), Sitemap{}, f, importer.Options{})
	if err != nil || len(got.Posts()) != 1 || got.Assumed["addresses_only"] != "10000" {
		t.Errorf("%d posts, %v, %v", len(got.Posts()), got.Assumed, err)
	}
}

const list = `<?xml version="1.0" encoding="ISO-8859-1"?><opml version="2.0"><head><title>Mine</title></head><body>
<outline text="News"><outline type="rss" text="Echo" title="Westhaven &amp; Echo" xmlUrl="https://echo.example/feed" htmlUrl="https://echo.example/"/>
<outline text="Local"><outline text="Tea" xmlUrl="https://tea.example/rss"/></outline></outline>
<outline text="Twice" xmlUrl="https://tea.example/rss"/><outline text="No feed" xmlUrl="javascript:1"/></body></opml>`

func TestLists(t *testing.T) {
	importertest.Run(t, OPML{}, []importertest.Case{
		{Name: "list", Data: []byte(list), Refused: "the addresses of 2 feeds, not their articles. The feeds can be watched"},
	})
	got := Listed([]byte(list))
	want := []ListedFeed{
		{Title: "Westhaven & Echo", URL: "https://echo.example/feed", Site: "https://echo.example/", Folder: []string{"News"}},
		{Title: "Tea", URL: "https://tea.example/rss", Folder: []string{"News", "Local"}},
	}
	if fmt.Sprint(got) != fmt.Sprint(want) {
		t.Errorf("%+v", got)
	}
	if n := len(Listed([]byte(strings.Repeat("<outline>", 100_000)))); n != 0 {
		t.Errorf("%d feeds in a deep list", n)
	}
}

// TestPublishedSitemaps keeps what every sitemap, robots.txt and feed of a
// crawler's tests is taken for, with all formats of this package asked.
func TestPublishedSitemaps(t *testing.T) {
	root := realData(t, "web/sitemaps-robots")
	got := map[string]string{}
	err := filepath.WalkDir(root, func(name string, e os.DirEntry, err error) error {
		if err != nil || e.IsDir() || strings.HasSuffix(name, ".gz") {
			return err
		}
		data, err := os.ReadFile(name)
		if err != nil {
			return err
		}
		rel, err := filepath.Rel(root, name)
		if err != nil {
			return err
		}
		got[filepath.ToSlash(rel)] = became(t, filepath.Base(name), data)
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	importertest.Golden(t, "testdata/sitemaps.golden.json", got)
}

// became is what a file is taken for, and how much of it was read.
func became(t *testing.T, name string, data []byte) string {
	t.Helper()
	f := importertest.FileOf(name, data)
	x, _, err := importer.Detect([]importer.Format{Format{}, Sitemap{}, OPML{}}, f, importer.Options{})
	if err != nil {
		return strings.Split(err.Error(), " Tried:")[0]
	}
	c, err := importertest.ReadFile(t.Context(), x, f, importer.Options{})
	if err != nil {
		return x.Name() + ": " + err.Error()
	}
	importertest.CheckRecords(t, data, c)
	return fmt.Sprintf("%s: %d posts, %d rejected, addresses only: %s", x.Name(), len(c.Posts()), len(c.Rejects()), c.Assumed["addresses_only"])
}

func FuzzSitemap(f *testing.F) {
	f.Add([]byte(plainMap))
	f.Add((importertest.Case{File: "testdata/news.sitemap.xml"}).Bytes(f))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, Sitemap{}, data) })
}

func FuzzListed(f *testing.F) {
	f.Add([]byte(list))
	f.Fuzz(func(t *testing.T, data []byte) {
		for _, x := range Listed(data) {
			if x.URL == "" {
				t.Error("a feed without an address")
			}
		}
		importertest.Fuzz(t, OPML{}, data)
	})
}
