package text

import (
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"
)

// maxHTML bounds the work on one piece of HTML: beyond it the rest is left out.
const maxHTML = 8 << 20

// PlainHTML makes plain text of HTML: tags go, entities are decoded, blocks and
// <br> become line breaks, list items begin with "• ", and white space is
// collapsed as a browser would. Scripts, styles and comments leave nothing. The
// text of a link stays, its address does not. It reads at most 8 MiB.
func PlainHTML(s string) string {
	if strings.IndexByte(s, '<') < 0 {
		return strings.TrimSpace(Clean(Unescape(s)))
	}
	if len(s) > maxHTML {
		s = s[:maxHTML]
	}
	z := html.NewTokenizer(strings.NewReader(s))
	var w plainWriter
	skip := atom.Atom(0)
	for {
		switch z.Next() {
		case html.ErrorToken:
			return w.finish()
		case html.TextToken:
			if skip == 0 {
				w.text(string(z.Text()))
			}
		case html.StartTagToken, html.SelfClosingTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if skip == 0 && hidden(a) {
				skip = a
			}
			w.open(a)
		case html.EndTagToken:
			name, _ := z.TagName()
			a := atom.Lookup(name)
			if a == skip {
				skip = 0
			}
			w.close(a)
		}
	}
}

// hidden tells elements whose text is not for reading.
func hidden(a atom.Atom) bool {
	return a == atom.Script || a == atom.Style || a == atom.Template || a == atom.Noscript || a == atom.Title
}

// plainWriter collects text with pending breaks, so that neither leading nor
// repeated ones are written.
type plainWriter struct {
	b      strings.Builder
	breaks int // line breaks owed before the next text
	space  bool
	pre    int
}

func (w *plainWriter) open(a atom.Atom) {
	switch {
	case a == atom.Br:
		w.breaks++
	case a == atom.Li:
		w.owe(1)
		w.text("• ")
	case a == atom.Pre:
		w.pre++
		w.owe(2)
	case paragraph(a):
		w.owe(2)
	case block(a):
		w.owe(1)
	}
}

func (w *plainWriter) close(a atom.Atom) {
	switch {
	case a == atom.Pre:
		w.pre = max(0, w.pre-1)
		w.owe(2)
	case a == atom.Td || a == atom.Th:
		w.space = true
	case paragraph(a):
		w.owe(2)
	case block(a) || a == atom.Li:
		w.owe(1)
	}
}

// owe asks for at least n line breaks before the next text.
func (w *plainWriter) owe(n int) { w.breaks = max(w.breaks, n) }

func (w *plainWriter) text(s string) {
	if w.pre > 0 {
		w.settle()
		w.b.WriteString(s)
		return
	}
	for i, f := range strings.FieldsFunc(s, isSpace) {
		if i > 0 || isSpace(firstRune(s)) {
			w.space = true
		}
		w.settle()
		w.b.WriteString(f)
	}
	if s != "" && isSpace(rune(s[len(s)-1])) {
		w.space = true
	}
}

// settle writes the breaks or the space that are owed.
func (w *plainWriter) settle() {
	if w.b.Len() > 0 {
		if w.breaks > 0 {
			w.b.WriteString(strings.Repeat("\n", min(w.breaks, 2)))
		} else if w.space {
			w.b.WriteByte(' ')
		}
	}
	w.breaks, w.space = 0, false
}

func (w *plainWriter) finish() string { return strings.TrimSpace(Clean(w.b.String())) }

// isSpace is HTML's white space: a no-break space is text.
func isSpace(r rune) bool { return r == ' ' || r == '\n' || r == '\t' || r == '\r' || r == '\f' }

func firstRune(s string) rune {
	for _, r := range s {
		return r
	}
	return 0
}

func paragraph(a atom.Atom) bool {
	switch a {
	case atom.P, atom.Blockquote, atom.H1, atom.H2, atom.H3, atom.H4, atom.H5, atom.H6, atom.Ul, atom.Ol, atom.Table, atom.Hr:
		return true
	}
	return false
}

func block(a atom.Atom) bool {
	switch a {
	case atom.Div, atom.Section, atom.Article, atom.Header, atom.Footer, atom.Aside, atom.Main, atom.Nav,
		atom.Tr, atom.Dl, atom.Dt, atom.Dd, atom.Figure, atom.Figcaption, atom.Address, atom.Details, atom.Summary:
		return true
	}
	return false
}
