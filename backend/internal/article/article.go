// Package article reads web pages: the text of the article on a page without
// menus, advertisements and lists of other articles, and what the page says of
// itself. It fetches nothing, keeps no state, and the same page always gives the
// same answer: nothing in it looks at the clock.
//
// The text is what two extractors of different kinds agree on: Mozilla's
// Readability proposes, and a paragraph stays when Trafilatura found it too.
package article

import (
	"bytes"
	"net/url"
	"strings"

	"golang.org/x/net/html"
)

// What is beyond these limits is not searched for an article, so that no page
// takes long: maxTags bounds the tags of a page, maxBytes its size without
// embedded files.
const (
	maxTags  = 60_000
	maxBytes = 8 << 20
	maxLinks = 500
)

// Page is what a web page says. Empty fields were not stated.
type Page struct {
	// Text is the article's text, blocks separated by line breaks; empty when no
	// article was found (Reason then says why).
	Text   string
	Reason string

	Title       string
	Author      string
	Site        string // name of the site
	Language    string // BCP 47, as stated
	Description string
	// Canonical is the absolute address that the page gives as its own.
	Canonical string
	Published Date
	Modified  Date
	// Image is the absolute address of the picture that stands for the page.
	Image string
	// Links are the distinct absolute web addresses that the article links to, in
	// order, at most 500.
	Links []string
	// OpenGraph is the page's og:type, Schema the type of its schema.org article,
	// Generator the program that it names. All are as written.
	OpenGraph, Schema, Generator string
}

// Extract reads a page, given as UTF-8. address is where it was, "" when that is
// not known; it makes links absolute.
func Extract(doc []byte, address string) Page {
	var p Page
	doc = WithoutFiles(doc)
	if len(doc) > maxBytes || bytes.Count(doc, []byte("<")) > maxTags {
		p.Reason = "it is too large"
		return p
	}
	root, err := parse(doc)
	if err != nil {
		p.Reason = "its elements are nested too deeply"
		return p
	}
	m := collect(root)
	base := baseOf(m, address)
	p.describe(m, base)
	p.dates(m, root, address)
	p.body(root, base, m.title)
	return p
}

// WithoutFiles returns a page without the files that are embedded in it as data:
// addresses in base64, as saved pages have them. It returns doc itself when there
// are none.
func WithoutFiles(doc []byte) []byte {
	mark := []byte(";base64,")
	i := bytes.Index(doc, mark)
	if i < 0 {
		return doc
	}
	out := make([]byte, 0, len(doc))
	for ; i >= 0; i = bytes.Index(doc, mark) {
		i += len(mark)
		out = append(out, doc[:i]...)
		doc = bytes.TrimLeft(doc[i:], base64Letters)
	}
	return append(out, doc...)
}

const base64Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/=-_"

// describe sets what the page says of itself.
func (p *Page) describe(m *meta, base *url.URL) {
	p.OpenGraph, p.Generator = m.first("og:type"), m.first("generator")
	p.Schema = m.ld.kind
	p.Language = firstOf(m.lang, m.first("content-language"), m.ld.language)
	p.Canonical = absolute(base, firstOf(m.canonical, m.first("og:url")))
	p.Image = absolute(base, firstOf(m.first("og:image"), m.first("og:image:url"), m.first("twitter:image"), m.ld.image))
	p.Site = firstOf(m.first("og:site_name"), m.ld.publisher, m.first("application-name"))
	p.Author = firstOf(m.ld.author, m.first("author"), m.first("article:author"), m.first("dc.creator"), m.first("dcterms.creator"),
		m.first("parsely-author"), m.first("sailthru.author"), m.first("byl"))
	if strings.Contains(p.Author, "://") {
		p.Author = "" // the address of a profile, not a name
	}
	p.Description = firstOf(m.first("og:description"), m.first("description"), m.first("twitter:description"))
	p.Title = firstOf(m.first("og:title"), m.ld.headline, m.first("twitter:title"), m.title)
}

// baseOf is what relative addresses of the page are relative to.
func baseOf(m *meta, address string) *url.URL {
	base, err := url.Parse(address)
	if err != nil {
		base = &url.URL{}
	}
	if m.base != "" {
		if u, err := base.Parse(m.base); err == nil {
			return u
		}
	}
	return base
}

// absolute resolves an address of the page; only addresses of the web are kept.
func absolute(base *url.URL, s string) string {
	s = strings.TrimSpace(s)
	if s == "" {
		return ""
	}
	u, err := base.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return u.String()
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s = line(s); s != "" {
			return s
		}
	}
	return ""
}

// line is a text on one line.
func line(s string) string { return strings.Join(strings.Fields(s), " ") }

// parse builds the tree of a page; it refuses what is nested more than 512 deep.
func parse(doc []byte) (*html.Node, error) {
	return html.Parse(bytes.NewReader(doc)) //nolint:wrapcheck // the caller tells it in its own words.
}
