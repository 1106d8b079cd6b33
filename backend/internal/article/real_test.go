package article

import (
	"compress/gzip"
	"encoding/json"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/html"
)

// realData is a folder of published pages; the test is skipped without it.
func realData(t testing.TB, sub string) string {
	t.Helper()
	root := filepath.FromSlash("../../../../shared/data")
	if _, err := os.Stat(root); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no real data beside the repository")
	}
	return filepath.Join(root, filepath.FromSlash(sub))
}

func readJSON(t testing.TB, name string, into any) {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	if err := json.Unmarshal(b, into); err != nil {
		t.Fatal(err)
	}
}

func gunzip(t testing.TB, name string) []byte {
	t.Helper()
	f, err := os.Open(name)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = f.Close() }()
	z, err := gzip.NewReader(f)
	if err != nil {
		t.Fatal(err)
	}
	b, err := io.ReadAll(z)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

// score adds up precision and recall over pages as the benchmark's evaluate.py
// does: shingles of four words, counted, each page weighing the same; pages
// without truth or without prediction do not count for what they lack.
type score struct {
	precision, recall float64
	np, nr            int
}

func (s *score) add(truth, got string) (precision, recall float64) {
	x, y := counted(truth), counted(got)
	var tp, fp, fn float64
	for k, n := range x {
		tp += float64(min(n, y[k]))
		fn += float64(max(0, n-y[k]))
	}
	for k, n := range y {
		fp += float64(max(0, n-x[k]))
	}
	if tp+fp > 0 {
		precision = tp / (tp + fp)
		s.precision += precision
		s.np++
	}
	if tp+fn > 0 {
		recall = tp / (tp + fn)
		s.recall += recall
		s.nr++
	}
	return precision, recall
}

// result is the mean precision and recall, and their F1.
func (s *score) result() (precision, recall, f1 float64) {
	precision, recall = s.precision/float64(max(1, s.np)), s.recall/float64(max(1, s.nr))
	return precision, recall, 2 * precision * recall / (precision + recall)
}

func counted(s string) map[string]int {
	m := map[string]int{}
	for _, k := range shingles(s) {
		m[k]++
	}
	return m
}

// TestArticleBenchmark holds the text of articles against that which people
// marked, on the pages of the article extraction benchmark.
func TestArticleBenchmark(t *testing.T) {
	dir := realData(t, "web/article-extraction")
	var truth map[string]struct{ ArticleBody, URL string }
	readJSON(t, filepath.Join(dir, "ground-truth.json"), &truth)
	var s score
	var took, longest time.Duration
	for key, want := range truth {
		doc := gunzip(t, filepath.Join(dir, "html", key+".html.gz"))
		start := time.Now()
		p := Extract(doc, want.URL)
		d := time.Since(start)
		took, longest = took+d, max(longest, d)
		s.add(want.ArticleBody, p.Text)
	}
	precision, recall, f1 := s.result()
	t.Logf("%d pages: precision %.4f, recall %.4f, F1 %.4f; %v a page, at most %v", len(truth), precision, recall, f1, took/time.Duration(len(truth)), longest)
	if f1 < 0.97 {
		t.Errorf("F1 %.4f, want at least 0.97", f1)
	}
}

// TestReadabilityPages holds text and metadata against what Readability expects
// of its own test pages, among them ones from right to left and in Chinese.
func TestReadabilityPages(t *testing.T) {
	dir := realData(t, "web/readability-pages")
	pages, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var s score
	for _, e := range pages {
		t.Run(e.Name(), func(t *testing.T) {
			var want struct{ Title, Byline, SiteName, Language string }
			readJSON(t, filepath.Join(dir, e.Name(), "expected-metadata.json"), &want)
			doc, err := os.ReadFile(filepath.Join(dir, e.Name(), "source.html"))
			if err != nil {
				t.Fatal(err)
			}
			expected, err := os.ReadFile(filepath.Join(dir, e.Name(), "expected.html"))
			if err != nil {
				t.Fatal(err)
			}
			p := Extract(doc, "http://fakehost/test/page.html")
			precision, recall := s.add(visible(t, expected), p.Text)
			if precision < 0.9 || recall < 0.6 {
				t.Errorf("text: precision %.3f, recall %.3f", precision, recall)
			}
			if p.Title != line(want.Title) || want.Byline != "" && p.Author != line(want.Byline) {
				t.Errorf("title %q, author %q; want %q, %q", p.Title, p.Author, want.Title, want.Byline)
			}
			if want.SiteName != "" && p.Site != want.SiteName || want.Language != "" && p.Language != want.Language {
				t.Errorf("site %q, language %q; want %q, %q", p.Site, p.Language, want.SiteName, want.Language)
			}
		})
	}
	precision, recall, f1 := s.result()
	t.Logf("precision %.4f, recall %.4f, F1 %.4f", precision, recall, f1)
	if f1 < 0.95 {
		t.Errorf("F1 %.4f, want at least 0.95", f1)
	}
}

// visible is the text of a piece of HTML, blocks apart.
func visible(t *testing.T, doc []byte) string {
	t.Helper()
	root, err := parse(doc)
	if err != nil {
		t.Fatal(err)
	}
	var b strings.Builder
	for n := range root.Descendants() {
		if n.Type == html.TextNode {
			b.WriteString(n.Data)
		} else {
			switch n.Data {
			case "p", "div", "br", "li", "h1", "h2", "h3", "h4", "td", "figure", "figcaption", "blockquote", "ul", "ol", "pre", "section", "tr", "dt", "dd":
				b.WriteString("\n")
			}
		}
	}
	return b.String()
}
