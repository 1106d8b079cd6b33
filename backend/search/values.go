package search

import (
	"math"
	"slices"
	"strings"
)

// build makes the leaf for field:value; start is where the term begins.
func (p *parser) build(f *field, v value, start int) (node, error) {
	l := leaf{pos: start, len: v.end - start, text: f.name + ":" + v.canonical()}
	switch f.kind {
	case kindText:
		return p.text(v, start, true)
	case kindTime:
		return p.time(f, v, l)
	case kindNumber:
		lo, hi, err := p.whole(f, v, l)
		return numberNode{l, f.metric, lo, hi}, err
	case kindOrdinal:
		if err := p.choice(f, v, l, true); err != nil {
			return nil, err
		}
		lo, hi, err := p.whole(f, v, l)
		return ordinalNode{l, f.facet, lo, hi}, err
	case kindSentiment:
		if isScore(v.text) {
			return p.score(f, v, l)
		}
		fallthrough
	case kindChoice, kindHas, kindStarred:
		if err := p.choice(f, v, l, false); err != nil {
			return nil, err
		}
		return facetNode{l, f.facet, v.text}, nil
	default:
		return p.named(f, v, l)
	}
}

// named makes the leaf of a field that takes any name.
func (p *parser) named(f *field, v value, l leaf) (node, error) {
	if strings.TrimSpace(v.text) == "" {
		return nil, p.fail(l.pos, l.len, CodeMissingValue, "field", f.name)
	}
	switch f.kind {
	case kindSubject:
		return subjectNode{l, v.text}, nil
	case kindThread:
		return threadNode{l, strings.TrimSpace(v.text)}, nil
	default:
		return facetNode{l, f.facet, v.text}, nil
	}
}

// canonical is the value as the canonical text writes it.
func (v value) canonical() string {
	if v.quoted {
		return quote(v.text)
	}
	return v.text
}

// choice checks a value against a field's list; wildcards stand for themselves,
// and numbers may be compared.
func (p *parser) choice(f *field, v value, l leaf, compared bool) error {
	text := strings.ToLower(v.text)
	if f.choices == nil || slices.Contains(f.choices, text) || strings.ContainsAny(text, "*?") && !compared ||
		compared && strings.ContainsAny(text, "<>=.") {
		return nil
	}
	e := p.fail(l.pos, l.len, CodeBadValue, "field", f.name, "value", v.text, "allowed", strings.Join(f.choices, ", "))
	if s := nearest(text, f.choices); s != "" {
		e.Suggestion = p.instead(f, l, s)
	}
	return e
}

// instead is another value in the place of a leaf, which in a group is the
// value alone.
func (p *parser) instead(f *field, l leaf, value string) string {
	if strings.HasPrefix(strings.ToLower(p.q[l.pos:]), f.name+":") {
		return f.name + ":" + value
	}
	return value
}

// text makes the leaf for words. named says that the field was written.
func (p *parser) text(v value, start int, named bool) (node, error) {
	l := leaf{pos: start, len: v.end - start, text: v.canonical()}
	// A word that would be read otherwise on its own needs its quotation marks.
	if named && !v.quoted {
		l.text = "text:" + v.text
	}
	parts := textParts(v.text)
	if len(parts) == 0 {
		return nil, p.fail(l.pos, l.len, CodeNoWord, "value", v.text)
	}
	return &textNode{l, parts}, nil
}

// textParts cuts a word or phrase into parts. A pattern without any letter or
// digit is no part, and a question mark at either end of a word is punctuation.
func textParts(text string) []part {
	t := tokenizer{text: text, wild: true}
	var parts []part
	for t.next() {
		term := strings.Trim(string(t.term), "?")
		switch bare := strings.Trim(term, "*?"); {
		case bare == "":
			continue
		case strings.ContainsAny(term, "*?"):
			parts = append(parts, part{squeezeStars(term), true})
		default:
			parts = append(parts, part{term, false})
		}
	}
	return parts
}

// squeezeStars makes several stars in a row one.
func squeezeStars(s string) string {
	for strings.Contains(s, "**") {
		s = strings.ReplaceAll(s, "**", "*")
	}
	return s
}

// span is a value as a range: the texts of its ends ("" is open) and whether
// the ends are left out.
type span struct {
	lo, hi         string
	openLo, openHi bool
	ranged         bool
}

// spanOf reads <a <=a >a >=a =a a..b a.. ..b and a.
func spanOf(s string) span {
	switch {
	case strings.HasPrefix(s, "<="):
		return span{hi: s[2:], ranged: true}
	case strings.HasPrefix(s, ">="):
		return span{lo: s[2:], ranged: true}
	case strings.HasPrefix(s, "<"):
		return span{hi: s[1:], openHi: true, ranged: true}
	case strings.HasPrefix(s, ">"):
		return span{lo: s[1:], openLo: true, ranged: true}
	case strings.HasPrefix(s, "="):
		return span{lo: s[1:], hi: s[1:]}
	}
	if lo, hi, ok := strings.Cut(s, ".."); ok {
		return span{lo: lo, hi: hi, ranged: true}
	}
	return span{lo: s, hi: s}
}

// isScore reports whether a sentiment's value is meant as a number.
func isScore(s string) bool { return s != "" && strings.ContainsRune("<>=.+-0123456789", rune(s[0])) }

// whole reads a range of whole numbers as [lo, hi].
func (p *parser) whole(f *field, v value, l leaf) (lo, hi int64, err error) {
	s := spanOf(v.text)
	lo, hi = math.MinInt64, math.MaxInt64
	bad := s.lo == "" && s.hi == ""
	if s.lo != "" {
		n, ok := parseCount(s.lo)
		if lo = n; s.openLo {
			bad = bad || n == math.MaxInt64
			lo++
		}
		bad = bad || !ok
	}
	if s.hi != "" {
		n, ok := parseCount(s.hi)
		if hi = n; s.openHi {
			bad = bad || n == math.MinInt64
			hi--
		}
		bad = bad || !ok
	}
	switch {
	case bad:
		return 0, 0, p.fail(l.pos, l.len, CodeBadNumber, "field", f.name, "value", v.text)
	case lo > hi:
		return 0, 0, p.emptyRange(f, v, l, s)
	}
	return lo, hi, nil
}

// emptyRange suggests the range with its ends swapped.
func (p *parser) emptyRange(f *field, v value, l leaf, s span) error {
	e := p.fail(l.pos, l.len, CodeEmptyRange, "field", f.name, "value", v.text)
	if s.lo != "" && s.hi != "" {
		e.Suggestion = p.instead(f, l, s.hi+".."+s.lo)
	}
	return e
}

// score reads a range of sentiment.
func (p *parser) score(f *field, v value, l leaf) (node, error) {
	s := spanOf(v.text)
	n := scoreNode{leaf: l, lo: -1, hi: 1, openLo: s.openLo, openHi: s.openHi}
	bad := s.lo == "" && s.hi == ""
	var ok bool
	if s.lo != "" {
		n.lo, ok = parseScore(s.lo)
		bad = bad || !ok
	}
	if s.hi != "" {
		n.hi, ok = parseScore(s.hi)
		bad = bad || !ok
	}
	switch {
	case bad:
		return nil, p.fail(l.pos, l.len, CodeBadNumber, "field", f.name, "value", v.text)
	case n.lo > n.hi && s.lo != "" && s.hi != "":
		return nil, p.emptyRange(f, v, l, s)
	}
	return n, nil
}

// time reads a range of time.
func (p *parser) time(f *field, v value, l leaf) (node, error) {
	s := spanOf(v.text)
	n := timeNode{leaf: l}
	bad := s.lo == "" && s.hi == ""
	if s.lo != "" {
		c, ok := parseCivil(s.lo)
		n.from, bad = edge{c, s.openLo}, bad || !ok
	}
	if s.hi != "" {
		c, ok := parseCivil(s.hi)
		n.to, bad = edge{c, !s.openHi}, bad || !ok
	}
	if bad {
		return nil, p.fail(l.pos, l.len, CodeBadTime, "field", f.name, "value", v.text)
	}
	if n.from.civil.unit != unitNone && n.to.civil.unit != unitNone && n.from.civil.fixed == n.to.civil.fixed &&
		n.from.civil.at.After(n.to.civil.at) {
		return nil, p.emptyRange(f, v, l, s)
	}
	return n, nil
}
