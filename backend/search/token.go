package search

import (
	"unicode"
	"unicode/utf8"
)

// maxTerm bounds a term's bytes; what is longer is cut, in texts and queries alike.
const maxTerm = 120

// tokenizer walks over the words of a text in one pass. wild makes * and ? part
// of words, for queries.
type tokenizer struct {
	text string
	wild bool
	at   int
	term []byte
	// start and end are the byte range of the current word.
	start, end int
}

// class says what a rune does in a text.
type class uint8

const (
	classBreak  class = iota // separates words
	classWord                // belongs to a word
	classSingle              // is a word of its own
	classMark                // belongs to whatever came before
	classSkip                // is as if it were not there
	classFlag                // is half of a flag
)

// next moves to the next word and reports whether there is one. The term is
// valid until the next call.
func (t *tokenizer) next() bool {
	t.term = t.term[:0]
	kind := classBreak
	for t.at < len(t.text) {
		r, n := rune(t.text[t.at]), 1
		var c class
		if r < utf8.RuneSelf {
			c = t.classASCII(r)
		} else {
			r, n = utf8.DecodeRuneInString(t.text[t.at:])
			c = classOf(r, n)
		}
		switch {
		case kind == classBreak && (c == classBreak || c == classMark || c == classSkip):
			t.at += n
			continue
		case kind == classBreak:
			kind, t.start = c, t.at
		case c == classSkip:
			t.at += n
			continue
		case c == classMark, c == classWord && kind == classWord:
		case c == classFlag && kind == classFlag:
			kind = classSingle // a flag is complete
		default:
			return true
		}
		t.add(r)
		t.at += n
		t.end = t.at
	}
	return kind != classBreak
}

func (t *tokenizer) classASCII(r rune) class {
	switch {
	case 'a' <= r && r <= 'z', 'A' <= r && r <= 'Z', '0' <= r && r <= '9':
		return classWord
	case t.wild && (r == '*' || r == '?'):
		return classWord
	}
	return classBreak
}

// add appends the folded rune to the term.
func (t *tokenizer) add(r rune) {
	if len(t.term) >= maxTerm {
		return
	}
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		t.term = append(t.term, byte(r))
		return
	}
	t.term = appendFolded(t.term, r)
}

// classOf classifies a rune above ASCII; n is its length in bytes.
func classOf(r rune, n int) class {
	switch {
	case r == utf8.RuneError && n == 1:
		return classBreak
	case r == 0xad, r == 0x640, 0x200b <= r && r <= 0x200d, r == 0x2060, r == 0xfeff,
		0xfe00 <= r && r <= 0xfe0f, 0x1f3fb <= r && r <= 0x1f3ff:
		// Soft hyphen, tatweel, joiners, variation selectors, skin tones.
		return classSkip
	case 0x1f1e6 <= r && r <= 0x1f1ff:
		return classFlag
	case isEmoji(r), isUnspaced(r):
		if unicode.Is(unicode.M, r) {
			return classMark
		}
		return classSingle
	case unicode.Is(unicode.M, r):
		return classMark
	case unicode.IsLetter(r), unicode.IsDigit(r), unicode.Is(unicode.Nl, r):
		return classWord
	}
	return classBreak
}

// isEmoji reports whether a rune is a pictograph.
func isEmoji(r rune) bool {
	return 0x1f000 <= r && r <= 0x1faff || 0x2600 <= r && r <= 0x27bf || 0x2300 <= r && r <= 0x23ff ||
		0x2b00 <= r && r <= 0x2bff || r == 0x3030 || r == 0x303d
}

// isUnspaced reports whether a rune belongs to a script that is written without
// spaces, or, for Hangul, whose words carry their particles with them.
func isUnspaced(r rune) bool {
	switch {
	case r < 0x0e00:
		return false
	case r <= 0x0eff: // Thai, Lao
		return unicode.IsLetter(r) || unicode.Is(unicode.M, r)
	case 0x1000 <= r && r <= 0x109f, 0x1780 <= r && r <= 0x17ff: // Burmese, Khmer
		return unicode.IsLetter(r) || unicode.Is(unicode.M, r)
	case r < 0x1100:
		return false
	}
	return r <= 0x11ff || // Hangul Jamo
		r == 0x3005 || r == 0x3007 || 0x3041 <= r && r <= 0x30ff && r != 0x30fb || 0x3100 <= r && r <= 0x31ff ||
		0x3400 <= r && r <= 0x4dbf || 0x4e00 <= r && r <= 0x9fff || 0xac00 <= r && r <= 0xd7a3 ||
		0xf900 <= r && r <= 0xfaff || 0xff66 <= r && r <= 0xff9f || 0x20000 <= r && r <= 0x3ffff
}
