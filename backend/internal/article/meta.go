package article

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// meta is what stands in a page's head, and marked up in its body.
type meta struct {
	named     map[string]string // name, property, itemprop or http-equiv, lower-case → first content
	title     string
	lang      string
	canonical string
	base      string
	ld        linked
	// times are the dates of <time> elements that say they are the publication or
	// the last change.
	times map[string]string
}

// first is the content of a meta element.
func (m *meta) first(name string) string { return m.named[name] }

// collect walks the tree once. It follows pointers, not calls, so that depth
// costs nothing.
func collect(root *html.Node) *meta {
	m := &meta{named: map[string]string{}, times: map[string]string{}}
	for n := range root.Descendants() {
		if n.Type == html.ElementNode {
			m.element(n)
		}
	}
	return m
}

func (m *meta) element(n *html.Node) {
	switch n.DataAtom {
	case atom.Html:
		m.lang = firstOf(m.lang, attr(n, "lang"), attr(n, "xml:lang"))
	case atom.Title:
		if m.title == "" && n.Namespace == "" {
			m.title = line(textOf(n))
		}
	case atom.Base:
		m.base = firstOf(m.base, attr(n, "href"))
	case atom.Link:
		if hasWord(attr(n, "rel"), "canonical") {
			m.canonical = firstOf(m.canonical, attr(n, "href"))
		}
	case atom.Meta:
		m.metaElement(n)
	case atom.Script:
		kind, _, _ := strings.Cut(strings.ToLower(attr(n, "type")), ";")
		if strings.TrimSpace(kind) == "application/ld+json" && n.FirstChild != nil {
			m.ld.read(n.FirstChild.Data)
		}
	case atom.Time:
		m.timeElement(n)
	}
}

func (m *meta) metaElement(n *html.Node) {
	content := strings.TrimSpace(attr(n, "content"))
	if content == "" {
		return
	}
	for _, key := range []string{"property", "name", "itemprop", "http-equiv"} {
		for _, name := range strings.Fields(strings.ToLower(attr(n, key))) {
			if _, ok := m.named[name]; !ok {
				m.named[name] = content
			}
		}
	}
}

func (m *meta) timeElement(n *html.Node) {
	when := strings.TrimSpace(attr(n, "datetime"))
	if when == "" {
		return
	}
	class := strings.ToLower(attr(n, "itemprop") + " " + attr(n, "class"))
	kind := ""
	switch {
	case strings.Contains(class, "datemodified") || hasWord(class, "updated"):
		kind = "modified"
	case hasAttr(n, "pubdate") || strings.Contains(class, "datepublished") || hasWord(class, "published") || hasWord(class, "entry-date"):
		kind = "published"
	default:
		return
	}
	if m.times[kind] == "" {
		m.times[kind] = when
	}
}

func attr(n *html.Node, name string) string {
	for _, a := range n.Attr {
		if a.Key == name && a.Namespace == "" {
			return a.Val
		}
	}
	return ""
}

func hasAttr(n *html.Node, name string) bool {
	for _, a := range n.Attr {
		if a.Key == name {
			return true
		}
	}
	return false
}

func hasWord(list, word string) bool {
	for _, f := range strings.Fields(list) {
		if strings.EqualFold(f, word) {
			return true
		}
	}
	return false
}

// textOf is all text below a node.
func textOf(n *html.Node) string {
	var b strings.Builder
	for c := range n.Descendants() {
		if c.Type == html.TextNode {
			b.WriteString(c.Data)
		}
	}
	return b.String()
}
