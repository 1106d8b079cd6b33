// Package anchors finds the links in a piece of HTML that somebody posted.
package anchors

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Bounds of the work on one piece of HTML: bytes, links and bytes of one link.
const (
	maxHTML  = 8 << 20
	maxLinks = 1000
	maxURL   = 8 << 10
)

// Anchor is one link: its address and its classes as written, one space between.
type Anchor struct {
	URL   string
	Class string
}

// Has reports whether the link has a class.
func (a Anchor) Has(class string) bool {
	for c := range strings.FieldsSeq(a.Class) {
		if c == class {
			return true
		}
	}
	return false
}

// Of returns the links of a piece of HTML in order, at most 1,000. Addresses are
// those of the web only, entities decoded.
func Of(s string) []Anchor {
	if len(s) > maxHTML {
		s = s[:maxHTML]
	}
	if !strings.Contains(s, "<a") && !strings.Contains(s, "<A") {
		return nil
	}
	var out []Anchor
	z := html.NewTokenizer(strings.NewReader(s))
	for len(out) < maxLinks {
		switch z.Next() {
		case html.ErrorToken:
			return out
		case html.StartTagToken, html.SelfClosingTagToken:
			name, more := z.TagName()
			if atom.Lookup(name) != atom.A {
				continue
			}
			if a := read(z, more); Web(a.URL) {
				out = append(out, a)
			}
		}
	}
	return out
}

// read takes the attributes of a start tag.
func read(z *html.Tokenizer, more bool) Anchor {
	var a Anchor
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "href":
			a.URL = strings.TrimSpace(text.Clean(string(v)))
		case "class":
			a.Class = text.Clean(string(v))
		}
	}
	return a
}

// Web reports whether an address is one of the web, and not too long to keep.
func Web(u string) bool {
	return len(u) <= maxURL && (strings.HasPrefix(u, "https://") || strings.HasPrefix(u, "http://"))
}

// Links returns the links of a piece of HTML that keep accepts, each address
// once. keep may be nil for all.
func Links(s string, keep func(a Anchor) bool) []model.Link {
	var out []model.Link
	seen := map[string]bool{}
	for _, a := range Of(s) {
		if seen[a.URL] || keep != nil && !keep(a) {
			continue
		}
		seen[a.URL] = true
		out = append(out, model.Link{URL: a.URL})
	}
	return out
}

// Host is the host of an address of the web in lower case with its port, "" for
// anything else.
func Host(u string) string {
	_, rest, ok := strings.Cut(u, "://")
	if !ok || !Web(u) {
		return ""
	}
	if i := strings.IndexAny(rest, "/?#\\"); i >= 0 {
		rest = rest[:i]
	}
	if i := strings.LastIndexByte(rest, '@'); i >= 0 {
		rest = rest[i+1:]
	}
	return strings.ToLower(rest)
}
