package near

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

const (
	// shingle is the length of a run of characters.
	shingle = 4
	// maxRunes is how much of a text is compared, in letters and digits.
	maxRunes = 10_000
)

// reader turns texts into sets of hashed runs. It is reused between texts.
type reader struct {
	runes []rune
	set   []uint64
}

// shingles returns the hashed runs of a text, with repetitions. Links, mentions,
// "RT", punctuation and case do not count. A text without letters is its whole
// self; nothing but white space gives nothing.
func (r *reader) shingles(text string) []uint64 {
	r.normalise(text)
	r.set = r.set[:0]
	if len(r.runes) == 0 {
		if text = strings.TrimSpace(text); text != "" {
			for _, c := range text[:min(len(text), maxRunes)] {
				r.runes = append(r.runes, c)
			}
			r.set = append(r.set, hash(r.runes))
		}
		return r.set
	}
	if len(r.runes) < shingle {
		r.set = append(r.set, hash(r.runes))
		return r.set
	}
	for i := 0; i+shingle <= len(r.runes); i++ {
		r.set = append(r.set, hash(r.runes[i:i+shingle]))
	}
	return r.set
}

// normalise keeps letters, marks and digits in lower case and one space between words.
func (r *reader) normalise(text string) {
	r.runes = r.runes[:0]
	start := true // of a word
	for i := 0; i < len(text) && len(r.runes) < maxRunes; {
		if start && skipped(text[i:]) {
			end := strings.IndexFunc(text[i:], unicode.IsSpace)
			if end < 0 {
				break
			}
			i += end
		}
		c, n := rune(text[i]), 1
		if c >= utf8.RuneSelf {
			c, n = utf8.DecodeRuneInString(text[i:])
		}
		i += n
		start = r.add(c)
	}
	if n := len(r.runes); n > 0 && r.runes[n-1] == ' ' {
		r.runes = r.runes[:n-1]
	}
}

// add takes one character and reports whether it is white space.
func (r *reader) add(c rune) bool {
	switch {
	case 'a' <= c && c <= 'z', '0' <= c && c <= '9':
		r.runes = append(r.runes, c)
	case 'A' <= c && c <= 'Z':
		r.runes = append(r.runes, c+'a'-'A')
	case c == ' ' || unicode.IsSpace(c):
		if n := len(r.runes); n > 0 && r.runes[n-1] != ' ' {
			r.runes = append(r.runes, ' ')
		}
		return true
	case c < utf8.RuneSelf: // punctuation
	case unicode.IsLetter(c), unicode.IsDigit(c), unicode.Is(unicode.M, c):
		r.runes = append(r.runes, unicode.ToLower(c))
	}
	return false
}

// skipped reports whether a word says nothing about the text: a mention, a link
// or a retweet mark.
func skipped(s string) bool {
	switch s[0] {
	case '@':
		return true
	case 'h':
		return strings.HasPrefix(s, "http://") || strings.HasPrefix(s, "https://")
	case 'w':
		return strings.HasPrefix(s, "www.")
	case 'R':
		return strings.HasPrefix(s, "RT ")
	}
	return false
}

// hash is FNV-1a over code points with a multiplicative finish.
func hash(r []rune) uint64 {
	h := uint64(14695981039346656037)
	for _, c := range r {
		h = (h ^ uint64(c)) * 1099511628211
	}
	h ^= h >> 31
	h *= 0x9e3779b97f4a7c15
	return h ^ h>>29
}

// overlap compares two sets given with repetitions. It is reused between pairs.
type overlap struct {
	slots []slot
	turn  uint32
}

// slot holds one hashed run: in which pair it was met, and in which of the two
// sets (bit 1 the first, bit 2 the second).
type slot struct {
	hash uint64
	turn uint32
	in   uint32
}

// jaccard is the share that two sets have in common, in steps linear in their sizes.
func (o *overlap) jaccard(a, b []uint64) float64 {
	if len(a) == 0 || len(b) == 0 {
		return 0
	}
	size := 256
	for size < 2*(len(a)+len(b)) {
		size *= 2
	}
	if len(o.slots) < size {
		o.slots, o.turn = make([]slot, size), 0
	}
	if o.turn++; o.turn == 0 { // after 2^32 pairs
		clear(o.slots)
		o.turn = 1
	}
	all, both := 0, 0
	for bit, set := range [2][]uint64{a, b} {
		mark := uint32(1) << bit
		for _, h := range set {
			s := o.find(h)
			switch {
			case s.turn != o.turn:
				*s = slot{hash: h, turn: o.turn, in: mark}
				all++
			case s.in|mark != s.in:
				s.in |= mark
				both++
			}
		}
	}
	return float64(both) / float64(all)
}

// find is the slot of a hash in this pair, or the free one where it belongs.
func (o *overlap) find(h uint64) *slot {
	mask := uint64(len(o.slots) - 1)
	i := h & mask
	for o.slots[i].turn == o.turn && o.slots[i].hash != h {
		i = (i + 1) & mask
	}
	return &o.slots[i]
}
