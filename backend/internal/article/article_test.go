package article

import (
	"fmt"
	"strings"
	"testing"
	"time"
)

const paragraph = "The harbour of Westhaven was closed on Tuesday after a crane fell onto the quay, and nobody was hurt when it came down. "

// page is a small news page about which everything is known.
func page() string {
	return `<!DOCTYPE html><html lang="en-GB"><head><title>Crane falls in harbour | Westhaven Echo</title>
<meta property="og:type" content="article"><meta property="og:site_name" content="Westhaven Echo">
<meta name="generator" content="WordPress 6.2"><link rel="canonical" href="/2026/03/crane">
<meta property="article:published_time" content="2026-03-03"><meta property="article:modified_time" content="2026-03-04T08:00:00+01:00">
<script type="application/ld+json">{"@context":"https://schema.org","@graph":[{"@type":"WebSite","name":"Echo"},{"@type":["NewsArticle"],
"headline":"Crane falls in harbour","datePublished":"2026-03-03T17:05:00+01:00","author":[{"@type":"Person","name":"Ida &amp; Berg"},"Tom Wood"],"publisher":{"name":"Echo"}}]}</script>
</head><body><nav><ul><li><a href="/a">Home</a><li><a href="/b">Sport</a></ul></nav><article><h1>Crane falls in harbour</h1>
<p>` + strings.Repeat(paragraph, 3) + `</p><p>` + strings.Repeat("The owner said that <a href='/owner'>the company</a> would rebuild it within a year, at a cost of two million. ", 3) +
		`</p><p>` + strings.Repeat(paragraph, 2) + `<a href="https://other.example/x#y">Other</a><a href="javascript:alert(1)">No</a></p></article>
<aside><h3>Most read</h3><a href="/c">Ten things to know about cranes</a></aside><footer>Imprint</footer></body></html>`
}

func TestExtract(t *testing.T) {
	p := Extract([]byte(page()), "https://echo.example/x?y=1")
	if p.Title != "Crane falls in harbour" || p.Author != "Ida & Berg, Tom Wood" || p.Site != "Westhaven Echo" || p.Language != "en-GB" {
		t.Errorf("title %q, author %q, site %q, language %q", p.Title, p.Author, p.Site, p.Language)
	}
	if p.Canonical != "https://echo.example/2026/03/crane" || p.Schema != "NewsArticle" || p.OpenGraph != "article" || p.Generator != "WordPress 6.2" {
		t.Errorf("canonical %q, schema %q, type %q, generator %q", p.Canonical, p.Schema, p.OpenGraph, p.Generator)
	}
	if want := time.Date(2026, 3, 3, 16, 5, 0, 0, time.UTC); !p.Published.Time.Equal(want) || !p.Published.Zoned || p.Published.From != "json-ld" {
		t.Errorf("published %+v", p.Published)
	}
	if want := time.Date(2026, 3, 4, 7, 0, 0, 0, time.UTC); !p.Modified.Time.Equal(want) || p.Modified.From != "meta" {
		t.Errorf("modified %+v", p.Modified)
	}
	if !strings.HasPrefix(p.Text, "The harbour of Westhaven") || strings.Contains(p.Text, "Most read") || strings.Contains(p.Text, "Sport") {
		t.Errorf("text %q", p.Text)
	}
	if fmt.Sprint(p.Links) != "[https://echo.example/owner https://other.example/x#y]" {
		t.Errorf("links %v", p.Links)
	}
}

func TestDates(t *testing.T) {
	for in, want := range map[string]string{
		"2026-03-03T17:05:00+01:00":                      "2026-03-03T16:05:00Z zoned",
		"2026-03-03T17:05:00.250Z":                       "2026-03-03T17:05:00.25Z zoned",
		"2026-03-03T17:05+0100":                          "2026-03-03T16:05:00Z zoned",
		"2026-03-03 17:05:00 +0100":                      "2026-03-03T16:05:00Z zoned",
		"Tue, 03 Mar 2026 17:05:00 GMT":                  "2026-03-03T17:05:00Z zoned",
		"Tue Mar 03 2026 17:05:00 GMT+0100 (Central ET)": "2026-03-03T16:05:00Z zoned",
		"2026-03-03T17:05:00":                            "2026-03-03T17:05:00Z",
		"March 3, 2026 5:05 PM":                          "2026-03-03T17:05:00Z",
		"2026-03-03":                                     "2026-03-03T00:00:00Z day",
		"3 March 2026":                                   "2026-03-03T00:00:00Z day",
		"yesterday":                                      "",
		"2026-13-45":                                     "",
	} {
		d := ParseDate(in)
		got := ""
		if !d.Time.IsZero() {
			got = d.Time.Format(time.RFC3339Nano)
		}
		if d.Zoned {
			got += " zoned"
		}
		if d.Day {
			got += " day"
		}
		if got != want || d.Original != in {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

func TestDateFromAddress(t *testing.T) {
	body := `<html><body><article><p>` + strings.Repeat(paragraph, 5) + `</p></article></body></html>`
	p := Extract([]byte(body), "https://echo.example/2026/03/05/crane.html")
	if p.Published.Time.Format(time.DateOnly) != "2026-03-05" || p.Published.From != "text" || p.Published.Zoned {
		t.Errorf("published %+v", p.Published)
	}
}

func TestWithoutFiles(t *testing.T) {
	for in, want := range map[string]string{
		"plain": "plain",
		`<img src="data:image/png;base64,AAAA+/=="><p>x`: `<img src="data:image/png;base64,"><p>x`,
		`a;base64,QQ;base64,QQ b;base64,`:                `a;base64,;base64, b;base64,`,
	} {
		if got := string(WithoutFiles([]byte(in))); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}

// TestHostilePagesEnd reads pages that were made to take long. None may take much
// longer than an ordinary one of the same size, whatever the machine.
func TestHostilePagesEnd(t *testing.T) {
	const n = 1 << 20
	timed := func(s string) (time.Duration, Page) {
		start := time.Now()
		p := Extract([]byte("<html><body>"+s), "https://h.example/")
		return time.Since(start), p
	}
	ordinary, p := timed("<article>" + strings.Repeat("<p>"+paragraph+"</p>\n", n/(len(paragraph)+8)) + "</article>")
	if len(p.Text) < n/2 {
		t.Fatalf("of an ordinary page only %d bytes of text", len(p.Text))
	}
	fill := func(s string) string { return strings.Repeat(s, n/len(s)) }
	half := func(a, b string) string { return strings.Repeat(a, 12000) + "x" + strings.Repeat(b, 12000) }
	for name, s := range map[string]string{
		"deep": fill("<div>"), "deep closed": half("<div>", "</div>"), "links": fill("<a>"), "bold": fill("<b>"), "tables": fill("<table><tr><td>"),
		"mixed": fill("<p><b><i>"), "paragraphs": strings.Repeat("<p>some words, and some more of them, in here</p>", 20000), "flat": strings.Repeat("<div><p>a, b, c, d, e, f</p></div>", 14000),
		"words": "<p>" + fill("long, "), "one word": "<p>" + fill("x"), "spans": strings.Repeat("<span>a</span>", 29000), "nested lists": strings.Repeat("<ul><li>a ", 250),
		"attributes": "<p " + fill("a=1 ") + ">", "entities": fill("&amp;"), "comments": fill("<!--"), "scripts": fill("<script>x"), "breaks": strings.Repeat("<br>", 50000),
		"ladder": strings.Repeat(strings.Repeat("<div>", 200)+"text, text"+strings.Repeat("</div>", 200), 140), "dates": "<p>" + fill("2020-01-02 12 March 2021 "),
		"linked": `<script type="application/ld+json">` + fill("[") + `</script>`, "times": strings.Repeat(`<time datetime="x" class="published">`, 28000),
		"select": fill("<select><option>"), "form": fill("<form><input>"), "svg": fill("<svg><p>"), "list": strings.Repeat("<li>2020-01-02 <a href=x>link</a>", 20000),
	} {
		t.Run(name, func(t *testing.T) {
			d, p := timed(s)
			if d > 20*ordinary {
				t.Errorf("took %v, an ordinary page %v", d, ordinary)
			}
			t.Logf("%v, %d bytes of text, %s", d.Round(time.Millisecond), len(p.Text), p.Reason)
		})
	}
}

func FuzzExtract(f *testing.F) {
	f.Add(page(), "https://echo.example/")
	f.Add("<p>x<time pubdate datetime=2020>", "")
	f.Add(`<script type="application/ld+json">{"@type":"Article","author":[["x"]]}</script>`, "::")
	f.Fuzz(func(t *testing.T, doc, address string) {
		a, b := Extract([]byte(doc), address), Extract([]byte(doc), address)
		if fmt.Sprint(a) != fmt.Sprint(b) {
			t.Error("a second reading differs")
		}
	})
}

func BenchmarkExtract(b *testing.B) {
	doc := []byte(page())
	b.SetBytes(int64(len(doc)))
	for b.Loop() {
		Extract(doc, "https://echo.example/x")
	}
}
