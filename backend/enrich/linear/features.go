package linear

import (
	"math"
	"unicode"
	"unicode/utf8"
)

// Feature is one feature of a text: its number, its value and the token it is
// told by (−1: the text as a whole).
type Feature struct {
	Hash  uint32
	Value float32
	Token int32
}

// Options say which features a model reads.
type Options struct {
	Negations map[string]bool // words that negate up to the next stop
	Scale     [2]float32      // of words and of characters; 1 when 0
	Salt      uint32          // of one more copy of each word's feature; 0: none
}

// The lengths of character n-grams.
const (
	charsLeast = 2
	charsMost  = 5
)

// Set collects the features of a text. It is reused between texts and not safe
// for parallel use.
type Set struct {
	Features []Feature
	seen     []uint64 // open addressing: turn << 32 | hash
	turn     uint64
	words    []uint32 // hash per token, of its shortened form
}

// Read makes the features of d: per group (words, characters) every feature
// counts once and the group has length 1.
func (s *Set) Read(d *Doc, o Options) {
	s.Features = s.Features[:0]
	s.begin(len(d.tokens)*6 + len(d.runes)*(charsMost-charsLeast+1) + 16)
	s.readWords(d, o)
	s.level(0, scale(o.Scale[0]))
	from := len(s.Features)
	s.readChars(d)
	s.level(from, scale(o.Scale[1]))
}

func scale(x float32) float64 {
	if x == 0 {
		return 1
	}
	return float64(x)
}

// Add adds a dense feature by its name.
func (s *Set) Add(name string, value float32) {
	if value != 0 {
		s.Features = append(s.Features, Feature{Hash: hashString(name), Value: value, Token: -1})
	}
}

// begin empties the set of features seen, with room for n.
func (s *Set) begin(n int) {
	want := 1024
	for want < 2*n {
		want *= 2
	}
	if len(s.seen) < want {
		s.seen, s.turn = make([]uint64, want), 0
	}
	s.turn++
	if s.turn == 1<<32 {
		clear(s.seen)
		s.turn = 1
	}
}

// once adds a feature unless the text had it before.
func (s *Set) once(h uint32, token int) {
	key := s.turn<<32 | uint64(h)
	mask := uint32(len(s.seen) - 1)
	i := h & mask
	for s.seen[i]>>32 == s.turn {
		if s.seen[i] == key {
			return
		}
		i = (i + 1) & mask
	}
	s.seen[i] = key
	s.Features = append(s.Features, Feature{Hash: h, Token: int32(token)})
}

// level gives the features from index from on a common value, so that their
// length is size.
func (s *Set) level(from int, size float64) {
	n := len(s.Features) - from
	if n == 0 {
		return
	}
	v := float32(size / math.Sqrt(float64(n)))
	for i := from; i < len(s.Features); i++ {
		s.Features[i].Value = v
	}
}

// readWords adds words, pairs, negated words and how words are written.
func (s *Set) readWords(d *Doc, o Options) {
	s.words = s.words[:0]
	negated := false
	var name [64]byte
	for i, t := range d.tokens {
		h := hashRunes(d.runes[t.from:t.to])
		s.words = append(s.words, h)
		s.once(h, i)
		if o.Salt != 0 {
			s.once(mix(h^o.Salt), i)
		}
		switch t.kind {
		case kindTag:
			s.once(hashRunes(d.runes[t.from+1:t.to]), i)
		case kindStop:
			negated = false
		}
		if negated {
			s.once(mix(h^saltNegated), i)
		}
		if t.kind == kindWord && o.Negations[string(appendShort(name[:0], d.runes[t.from:t.to]))] {
			negated = true
		}
		if t.upper {
			s.once(saltUpper, i)
			s.once(mix(h^saltUpper), i)
		}
		if t.long {
			s.once(saltLong, i)
		}
		if i > 0 {
			s.once(mix(s.words[i-1]*0x9e3779b1+h), i)
		}
	}
}

// Salts keep features of different meaning apart.
const (
	saltNegated = 0x5bd1e995
	saltUpper   = 0x1b873593
	saltLong    = 0x38b34ae5
	saltChars   = 0x811c9dc5 ^ 0x63
)

// appendShort appends the letters as UTF-8, at most 32 of them, so that a
// lookup costs no allocation.
func appendShort(b []byte, r []rune) []byte {
	for _, c := range r[:min(len(r), 15)] {
		b = utf8.AppendRune(b, c)
	}
	return b
}

// readChars adds the character n-grams, across the borders of words.
func (s *Set) readChars(d *Doc) {
	r := d.runes
	for i := range r {
		h := uint32(saltChars)
		token := d.owner[i]
		for n := 1; n <= charsMost && i+n <= len(r); n++ {
			c := uint32(r[i+n-1])
			h = (h ^ c&0xff) * prime
			h = (h ^ c>>8) * prime
			if token < 0 {
				token = d.owner[i+n-1]
			}
			if n >= charsLeast {
				s.once(mix(h^uint32(n)*0x9e3779b1), int(token))
			}
		}
	}
}

const prime = 0x01000193 // FNV-1a

// hashRunes hashes a word; a character more than twice in a row counts twice.
func hashRunes(r []rune) uint32 {
	h := uint32(0x811c9dc5)
	for i, c := range r {
		if i >= 2 && r[i-1] == c && r[i-2] == c && unicode.IsLetter(c) {
			continue
		}
		h = (h ^ uint32(c)&0xff) * prime
		h = (h ^ uint32(c)>>8) * prime
	}
	return mix(h ^ 0x1f)
}

func hashString(s string) uint32 {
	h := uint32(0x811c9dc5)
	for i := range len(s) {
		h = (h ^ uint32(s[i])) * prime
	}
	return mix(h ^ 0x2f)
}

// mix spreads a hash over its 32 bits (Wang 2007, as in many hash tables).
func mix(h uint32) uint32 {
	h ^= h >> 15
	h *= 0x2c1b3c6d
	h ^= h >> 12
	h *= 0x297a2d39
	return h ^ h>>15
}
