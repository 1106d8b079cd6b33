package linear

import (
	"slices"
	"strings"
	"unicode"
)

// Salts of what stands near a subject.
const (
	saltBefore = 0x6c62272e
	saltAfter  = 0x07bb0142
)

// Near adds, as a third group of features, the words up to width tokens before
// and after each mention of a subject. A mention is the subject's words in a row,
// in any case, or written together as a hashtag. It reports whether there is one.
func (s *Set) Near(d *Doc, subject string, width int) (named bool) {
	var want [][]rune
	for _, w := range strings.FieldsFunc(strings.ToLower(subject), func(r rune) bool { return !letter(r) && !unicode.IsDigit(r) }) {
		want = append(want, []rune(w))
	}
	if len(want) == 0 {
		return false
	}
	from := len(s.Features)
	joined := slices.Concat(want...)
	for i := range d.tokens {
		n := d.mention(i, want, joined)
		if n == 0 {
			continue
		}
		named = true
		for j := max(0, i-width); j < min(len(d.tokens), i+n+width); j++ {
			switch {
			case j < i:
				s.once(mix(s.words[j]^saltBefore), j)
			case j >= i+n:
				s.once(mix(s.words[j]^saltAfter), j)
			}
		}
	}
	s.level(from, 1)
	return named
}

// mention is how many tokens from i on name the subject, 0 when they do not.
func (d *Doc) mention(i int, want [][]rune, joined []rune) int {
	first := d.bare(i)
	if slices.Equal(first, joined) {
		return 1
	}
	n := 0
	for i+n < len(d.tokens) && n < len(want) && slices.Equal(d.bare(i+n), want[n]) {
		n++
	}
	if n < len(want) {
		return 0
	}
	return n
}

// bare is a token's characters without the sign of a hashtag and a "'s".
func (d *Doc) bare(i int) []rune {
	t := d.tokens[i]
	r := d.runes[t.from:t.to]
	if t.kind == kindTag {
		r = r[1:]
	}
	if n := len(r); n > 2 && r[n-1] == 's' && r[n-2] == '\'' {
		r = r[:n-2]
	}
	return r
}
