package article

import (
	"net/url"
	"strings"
	"unicode"

	readability "codeberg.org/readeck/go-readability/v2"
	"github.com/markusmobius/go-trafilatura"
	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// body finds the article. whole is the page's <title>, from which Readability
// takes the site's name off when nothing better is stated.
func (p *Page) body(root *html.Node, base *url.URL, whole string) {
	a, content, ok := propose(root, base)
	if t := line(a.Title()); t != whole {
		p.Title = firstOf(t, p.Title)
	}
	p.Author = firstOf(a.Byline(), p.Author)
	p.Site = firstOf(a.SiteName(), p.Site)
	p.Language = firstOf(a.Language(), p.Language)
	p.Description = firstOf(p.Description, a.Excerpt())
	if !ok || content == "" {
		p.Reason = "no article was found on it"
		return
	}
	p.Text = agreed(content, second(root, base))
	p.links(a.Node, base)
}

// propose runs Readability. A panic in it is no article.
func propose(root *html.Node, base *url.URL) (a readability.Article, content string, ok bool) {
	defer func() {
		if recover() != nil {
			a, content, ok = readability.Article{}, "", false
		}
	}()
	parser := readability.NewParser()
	a, err := parser.ParseDocument(root, base)
	if err != nil || a.Node == nil {
		return a, "", false
	}
	var b strings.Builder
	if err := a.RenderText(&b); err != nil {
		return a, "", false
	}
	return a, tidy(b.String()), true
}

// second is the article's text by Trafilatura, "" when it found none.
func second(root *html.Node, base *url.URL) (content string) {
	defer func() {
		if recover() != nil {
			content = ""
		}
	}()
	r, err := trafilatura.ExtractDocument(root, trafilatura.Options{
		OriginalURL: base, ExcludeComments: true, HtmlDateMode: trafilatura.Disabled,
	})
	if err != nil {
		return ""
	}
	return r.ContentText
}

// tidy trims every line and keeps one empty line between blocks.
func tidy(s string) string {
	var out []string
	for l := range strings.Lines(s) {
		l = strings.TrimSpace(l)
		if l == "" && (len(out) == 0 || out[len(out)-1] == "") {
			continue
		}
		out = append(out, l)
	}
	return strings.TrimSpace(strings.Join(out, "\n"))
}

// shingle is how many words in a row are compared.
const shingle = 4

// agreed keeps the lines of a whose words are, for the most part, in b too. When
// they agree on less than half of a, there is nothing to go by, and a stays.
func agreed(a, b string) string {
	known := map[string]bool{}
	for _, s := range shingles(b) {
		known[s] = true
	}
	flat := line(b)
	var out []string
	all, kept := 0, 0
	for l := range strings.Lines(a) {
		l = strings.TrimSpace(l)
		if l == "" {
			out = append(out, "")
			continue
		}
		words := shingles(l)
		found := 0
		for _, s := range words {
			if known[s] {
				found++
			}
		}
		if len(words) == 1 && found == 0 && strings.Contains(flat, line(l)) {
			found = 1 // a line shorter than a shingle
		}
		all += len(words)
		if 2*found >= len(words) {
			kept += len(words)
			out = append(out, l)
		}
	}
	if 2*kept < all {
		return a
	}
	return tidy(strings.Join(out, "\n"))
}

// shingles are the runs of words of a text; one for a shorter text.
func shingles(s string) []string {
	words := strings.FieldsFunc(s, func(r rune) bool {
		return !unicode.IsLetter(r) && !unicode.IsNumber(r) && !unicode.IsMark(r) && r != '_'
	})
	if len(words) == 0 {
		return nil
	}
	out := make([]string, 0, len(words))
	for i := 0; i < max(1, len(words)-shingle+1); i++ {
		out = append(out, strings.Join(words[i:min(i+shingle, len(words))], " "))
	}
	return out
}

// links takes the addresses that the article links to.
func (p *Page) links(node *html.Node, base *url.URL) {
	seen := map[string]bool{"": true}
	for n := range node.Descendants() {
		if n.Type != html.ElementNode || n.DataAtom != atom.A {
			continue
		}
		to := absolute(base, attr(n, "href"))
		if seen[to] || len(to) > 4096 {
			continue
		}
		seen[to] = true
		if p.Links = append(p.Links, to); len(p.Links) == maxLinks {
			return
		}
	}
}
