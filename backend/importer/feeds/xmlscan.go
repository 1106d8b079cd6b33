package feeds

import (
	"bytes"
	"encoding/xml"
	"errors"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"vedette/backend/model"
)

// maxDepth is how deep a feed's elements may nest. Feeds embed whole pages of
// XHTML, rarely deeper than 50.
const maxDepth = 256

// plainProlog returns the document with its DOCTYPE and the character set of its
// declaration blanked out, each byte in its place. A DOCTYPE that declares
// entities is refused: no feed needs one, and they are how a small file becomes
// a large one.
func plainProlog(doc []byte) ([]byte, error) {
	out := bytes.Clone(doc)
	blankIllegal(out)
	if m := declared.FindSubmatchIndex(out[:min(len(out), 512)]); m != nil {
		// The text is UTF-8 now, whatever it was declared to be.
		blank(out[bytes.LastIndex(out[:m[2]], []byte("encoding")) : m[3]+1])
	}
	for i := 0; ; {
		k := bytes.Index(out[i:], []byte("<!"))
		if k < 0 {
			return out, nil
		}
		i += k
		if rest := out[i:]; bytes.HasPrefix(rest, []byte("<!--")) || bytes.HasPrefix(rest, []byte("<![CDATA[")) {
			end := "-->"
			if rest[2] == '[' {
				end = "]]>"
			}
			j := bytes.Index(rest, []byte(end))
			if j < 0 {
				return out, nil // an unclosed comment: for the parser to complain about
			}
			i += j + 3
			continue
		}
		n, err := directive(out[i:])
		if err != nil {
			return nil, err
		}
		blank(out[i : i+n])
		i += max(n, 2)
	}
}

// blank overwrites with spaces; line breaks stay.
func blank(b []byte) {
	for i := range b {
		if b[i] != '\n' {
			b[i] = ' '
		}
	}
}

// blankIllegal overwrites what XML does not allow (control characters, U+FFFE,
// U+FFFF, broken UTF-8), which feeds contain all the same.
func blankIllegal(b []byte) {
	for i := 0; i < len(b); {
		if c := b[i]; c < utf8.RuneSelf {
			if c < ' ' && c != '\t' && c != '\n' && c != '\r' {
				b[i] = ' '
			}
			i++
			continue
		}
		r, n := utf8.DecodeRune(b[i:])
		if r == utf8.RuneError && n == 1 || r == 0xFFFE || r == 0xFFFF {
			blank(b[i : i+n])
		}
		i += n
	}
}

// directive returns the length of a DOCTYPE at the beginning of b, 0 for
// anything else, and a fault when it declares something.
func directive(b []byte) (int, error) {
	if len(b) < 9 || !strings.EqualFold(string(b[:9]), "<!DOCTYPE") {
		if len(b) >= 8 && strings.EqualFold(string(b[:8]), "<!ENTITY") {
			return 0, entityFault()
		}
		return 0, nil
	}
	quote := byte(0)
	for i := 9; i < len(b); i++ {
		switch c := b[i]; {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '[':
			end := bytes.IndexByte(b[i:], ']')
			if end < 0 || bytes.Contains(bytes.ToUpper(b[i:i+end]), []byte("<!ENTITY")) {
				return 0, entityFault()
			}
			i += end
		case c == '>':
			return i + 1, nil
		}
	}
	return len(b), nil
}

func entityFault() error {
	return &model.Fault{Code: "feed_entities", Params: map[string]string{
		"message": "The feed declares entities of its own, which no feed needs; it is not read",
	}}
}

// layout is where the items of a document are, and what stands around them.
type layout struct {
	items  []span
	broken bool // the document ends before its root does, or cannot be followed throughout
	head   int  // where the first item begins, or the root's content ends
	open   []string
	tags   []byte // the start tags of what is open there
}

// span is an item's place in the text. cut: the document ends inside of it.
// broken: its markup cannot be followed to its end.
type span struct {
	from, to    int
	cut, broken bool
}

// maxTags is how large the start tags of root and channel may be for items to be
// read one by one; it keeps that linear.
const maxTags = 16 << 10

// withoutItems returns the document up to its first item, closed.
func (l *layout) withoutItems(doc []byte) []byte { return l.closed(doc[:l.head], nil) }

// alone returns a document that has one item only, without what precedes it.
func (l *layout) alone(item []byte) []byte { return l.closed(l.tags, item) }

func (l *layout) closed(head, item []byte) []byte {
	var b bytes.Buffer
	b.Grow(len(head) + len(item) + 64)
	b.Write(head)
	b.Write(item)
	for i := len(l.open) - 1; i >= 0; i-- {
		fmt.Fprintf(&b, "</%s>", l.open[i])
	}
	return b.Bytes()
}

// scanner follows the tags of a feed.
type scanner struct {
	doc    []byte
	dec    *xml.Decoder
	base   int // where dec began in doc
	layout layout
	stack  []string
	tags   []byte // start tags of the root and of what is open in it
	ends   []int  // how much of tags belongs to each
	inside int    // depth of the item that is open, −1 outside of items
	of     items
}

// items tells what the items of a kind of document are.
type items struct {
	// opens reports whether a start tag opens an item below the open elements.
	opens func(n xml.Name, stack []string) bool
	// tags are how the start tags of items begin.
	tags []string
}

// feedItems are those of feeds: <item> below <channel> or the root, <entry> below
// <feed>.
var feedItems = items{opens: isItem, tags: []string{"<item", "<entry"}}

// scanItems finds the items of a document. It follows tags only, as forgiving as
// feeds need it; behind markup that it cannot follow it goes on with the next
// item.
func scanItems(doc []byte, of items) (*layout, error) {
	s := &scanner{doc: doc, inside: -1, layout: layout{head: -1}, of: of}
	s.start(0)
	for {
		at := s.offset()
		tok, err := s.dec.RawToken()
		switch {
		case errors.Is(err, io.EOF):
			return s.end(len(doc), err)
		case err != nil:
			next := s.resume(at)
			if next < 0 {
				return s.end(at, err)
			}
			continue
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if len(s.stack) >= maxDepth {
				return nil, fmt.Errorf("elements are nested deeper than %d", maxDepth)
			}
			s.opened(t.Name, at)
		case xml.EndElement:
			s.closed(qualified(t.Name), at)
		}
	}
}

// start puts a new decoder at a place of the document.
func (s *scanner) start(at int) {
	s.base = at
	s.dec = xml.NewDecoder(bytes.NewReader(s.doc[at:]))
	s.dec.Strict = false
	s.dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
}

func (s *scanner) offset() int { return s.base + int(s.dec.InputOffset()) }

// resume goes on at the next item behind broken markup at a place, and gives up
// the item that is open there. It returns −1 when there is none.
func (s *scanner) resume(at int) int {
	l := &s.layout
	l.broken = true
	if len(l.items) == 0 {
		return -1
	}
	from := max(at, l.items[len(l.items)-1].from) + 1
	if from >= len(s.doc) {
		return -1
	}
	next := s.of.next(s.doc, from)
	if next < 0 {
		return -1
	}
	if s.inside >= 0 {
		last := &l.items[len(l.items)-1]
		last.to, last.broken = next, true
	}
	s.stack, s.inside = append(s.stack[:0], l.open...), -1
	s.start(next)
	return next
}

// next finds what looks like the start tag of an item, or −1. It looks at
// each byte once, however many items are broken.
func (x items) next(doc []byte, from int) int {
	for {
		k := bytes.IndexByte(doc[from:], '<')
		if k < 0 {
			return -1
		}
		from += k
		for _, tag := range x.tags {
			if bytes.HasPrefix(doc[from:], []byte(tag)) {
				return from
			}
		}
		from++
	}
}

// opened follows a start tag that begins at a place.
func (s *scanner) opened(n xml.Name, at int) {
	l := &s.layout
	if s.inside < 0 && s.of.opens(n, s.stack) {
		s.begin(s.stack, s.tags, at)
		l.items = append(l.items, span{from: at, to: -1})
		s.inside = len(s.stack)
	}
	if s.inside < 0 && l.head < 0 {
		s.tags = append(s.tags, s.doc[at:s.offset()]...)
		s.ends = append(s.ends, len(s.tags))
	}
	s.stack = append(s.stack, qualified(n))
}

// closed follows an end tag that begins at a place. One that closes nothing is
// passed over, and so is one inside of an item that would close what the item
// stands in.
func (s *scanner) closed(name string, at int) {
	l := &s.layout
	k := len(s.stack) - 1
	for k >= 0 && s.stack[k] != name {
		k--
	}
	if k < 0 || s.inside >= 0 && k < s.inside {
		return
	}
	if k == 0 {
		s.begin(s.stack[:1], s.tags[:s.ends[0]], at)
	}
	s.stack = s.stack[:k]
	if l.head < 0 {
		s.ends = s.ends[:k]
		s.tags = s.tags[:append([]int{0}, s.ends...)[k]]
	}
	if k == s.inside {
		l.items[len(l.items)-1].to = s.offset()
		s.inside = -1
	}
}

// begin notes what stands before the first item.
func (s *scanner) begin(stack []string, tags []byte, at int) {
	if l := &s.layout; l.head < 0 {
		l.head, l.open, l.tags = at, append([]string(nil), stack...), bytes.Clone(tags)
	}
}

// end closes what the end of the document, or of what can be followed, left open.
func (s *scanner) end(at int, err error) (*layout, error) {
	l := &s.layout
	if len(s.stack) == 0 && l.head < 0 {
		return nil, fmt.Errorf("find the root element: %w", err)
	}
	l.broken = l.broken || len(s.stack) > 0
	if s.inside >= 0 {
		last := &l.items[len(l.items)-1]
		last.to, last.cut = len(s.doc), true
	}
	if len(s.stack) > 0 {
		s.begin(s.stack, s.tags, min(at, len(s.doc)))
	}
	return l, nil
}

func qualified(n xml.Name) string {
	if n.Space == "" {
		return n.Local
	}
	return n.Space + ":" + n.Local
}

// isItem reports whether a start tag opens an item of the feed.
func isItem(n xml.Name, stack []string) bool {
	switch strings.ToLower(n.Local) {
	case "item":
		return len(stack) == 1 || len(stack) == 2 && local(stack[1]) == "channel" && local(stack[0]) != "feed"
	case "entry":
		return len(stack) == 1 && local(stack[0]) == "feed"
	}
	return false
}

func local(name string) string {
	if i := strings.LastIndexByte(name, ':'); i >= 0 {
		name = name[i+1:]
	}
	return strings.ToLower(name)
}

// rootOf returns the prefix (with its colon) and the lower-case local name of
// the first element.
func rootOf(t []byte) (space, name string) {
	dec := xml.NewDecoder(bytes.NewReader(t))
	dec.Strict = false
	dec.CharsetReader = func(_ string, r io.Reader) (io.Reader, error) { return r, nil }
	for range 1000 {
		tok, err := dec.RawToken()
		if err != nil {
			return "", ""
		}
		if s, ok := tok.(xml.StartElement); ok {
			if s.Name.Space != "" {
				space = s.Name.Space + ":"
			}
			return space, strings.ToLower(s.Name.Local)
		}
	}
	return "", ""
}
