package workspace

import (
	"unicode/utf8"

	"vedette/backend/enrich"
	"vedette/backend/model"
)

// longText is how many bytes of a text are indexed and understood. No post that
// a person wrote is as long; a file made to hurt may hold texts of 64 MB, whose
// words would not fit into memory. The text itself is kept, shown and exported
// whole, and a batch that has such texts says so among what it assumed.
const longText = 1 << 20

// head is at most the first longText bytes of a text, whole characters.
func head(s string) string { return prefix(s, longText) }

// prefix is at most the first n bytes of a text, whole characters.
func prefix(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n]
}

// isLong reports whether a post has more than is indexed and understood.
func isLong(p *model.Post) bool { return len(p.Title) > longText || len(p.Text) > longText }

// understand enriches a post by the beginning of its text.
func understand(e *enrich.Engine, p *model.Post) model.Enrichment {
	if !isLong(p) {
		return e.Enrich(p)
	}
	short := *p
	short.Title, short.Text = head(p.Title), head(p.Text)
	return e.Enrich(&short)
}
