package enrich

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// Limits on how much of a text is scored, in bytes of its lower-cased words:
// stop at the first word's end after cutAfter, in any case after cutForced.
const (
	cutAfter  = 350
	cutForced = 380
)

// words is the part of a text that tells its language: lower-case words
// separated by one space, without links, mentions, numbers and "#", and how many
// letters each script has.
type words struct {
	buf     [cutForced + 8]byte
	n       int
	scripts [numScripts]int
	sep     bool // something other than a quote since the last letter
	quotes  int  // quotes since then
	quote   rune
	last    rune // the last letter, and how often in a row
	run     int
	full    bool
}

// read fills w from text. Words keep an apostrophe inside or before them, as the
// table's n-grams were counted.
func (w *words) read(text string) {
	for i := 0; i < len(text) && !w.full; {
		if n := skipNoise(text, i); n > 0 {
			w.sep, w.quotes = true, 0
			i += n
			continue
		}
		c := text[i]
		if c < utf8.RuneSelf {
			i++
			w.add(rune(c))
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		i += n
		w.add(r)
	}
}

// add takes one code point: a letter of the basic plane, a quote or a separator.
func (w *words) add(r rune) {
	switch {
	case r == '\'' || r == '`' || r == '’':
		if r != w.quote {
			w.quotes = 0
		}
		w.quote = r
		w.quotes++
	case r < utf8.RuneSelf:
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		if r < 'a' || r > 'z' {
			w.sep, w.quotes = true, 0
			return
		}
		w.scripts[latin]++
		w.letter(r)
	case r >= 0xfb00 && r <= 0xffdc && unicode.IsLetter(r): // letters as they are shaped or widened
		for _, plain := range norm.NFKC.String(string(r)) {
			if plain < 0xfb00 {
				w.add(plain)
			}
		}
	case r < 0x10000 && unicode.IsLetter(r):
		w.scripts[scriptOf(r)]++
		if r == 'İ' { // lower-cased as two code points, as the table's words were
			w.letter('i')
			r = '̇'
		}
		w.letter(unicode.ToLower(r))
	default:
		w.sep, w.quotes = true, 0
	}
}

// letter writes what separates r from the letter before it, then r.
func (w *words) letter(r rune) {
	if w.sep && w.n > 0 {
		if w.n > cutAfter {
			w.full = true
			return
		}
		w.buf[w.n] = ' '
		w.n++
	}
	w.run++
	if r != w.last || w.sep {
		w.last, w.run = r, 1
	}
	w.sep = false
	if w.run > 2 { // "soooo": no word has a letter three times in a row
		return
	}
	for ; w.quotes > 0 && w.n <= cutForced; w.quotes-- {
		w.n += utf8.EncodeRune(w.buf[w.n:], w.quote)
	}
	if w.n <= cutForced {
		w.n += utf8.EncodeRune(w.buf[w.n:], r)
	}
	w.full = w.n > cutForced
}

// skipNoise returns the length of a link, mention, entity, number or retweet
// mark at text[i:], which says nothing about the language; 0 when there is none.
func skipNoise(text string, i int) int {
	c := text[i]
	switch {
	case c == '@':
		return mentionLen(text[i:])
	case c == '&':
		return entityLen(text[i:])
	case i > 0 && isWordByte(text[i-1]):
		return 0
	case c == 'h' || c == 'H' || c == 'w' || c == 'W':
		if hasPrefixFold(text[i:], "http://") || hasPrefixFold(text[i:], "https://") || hasPrefixFold(text[i:], "www.") {
			return untilSpace(text[i:])
		}
		return loneWord(text[i:], "http")
	case c == 'R':
		return loneWord(text[i:], "RT")
	}
	return 0
}

func mentionLen(s string) int {
	n := 1
	for n < len(s) && (isWordByte(s[n]) || (s[n] == '.' || s[n] == '-' || s[n] == '@') && n+1 < len(s) && isWordByte(s[n+1])) {
		n++
	}
	if n == 1 {
		return 0
	}
	return n
}

// entityLen is the length of a character reference such as "&amp;" left in text.
func entityLen(s string) int {
	for n := 1; n < len(s) && n < 10; n++ {
		if s[n] == ';' && n > 1 {
			return n + 1
		}
		if !isWordByte(s[n]) && s[n] != '#' {
			return 0
		}
	}
	return 0
}

func loneWord(s, word string) int {
	if !strings.HasPrefix(s, word) || len(s) > len(word) && isWordByte(s[len(word)]) {
		return 0
	}
	return len(word)
}

func untilSpace(s string) int {
	for i, r := range s {
		if unicode.IsSpace(r) {
			return i
		}
	}
	return len(s)
}

func hasPrefixFold(s, prefix string) bool {
	return len(s) >= len(prefix) && strings.EqualFold(s[:len(prefix)], prefix)
}

// isWordByte reports whether b is an ASCII letter, digit or "_".
func isWordByte(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9' || b == '_'
}

// unlaugh takes out words that are laughter in every language, unless nothing
// else is there.
func (w *words) unlaugh() {
	kept := 0
	for start := 0; start < w.n; {
		end := start
		for end < w.n && w.buf[end] != ' ' {
			end++
		}
		if end > start && !laughter(w.buf[start:end]) {
			if kept > 0 {
				w.buf[kept] = ' '
				kept++
			}
			kept += copy(w.buf[kept:], w.buf[start:end]) // never behind where it is read
		}
		start = end + 1
	}
	if kept > 0 {
		w.n = kept
	}
}

// laughter reports whether a word is "haha", "jeje", "kkk", "lol" and the like.
func laughter(word []byte) bool {
	switch string(word) {
	case "lol", "lmao", "xd", "kk", "rsrs", "wkwk":
		return true
	}
	if len(word) < 4 {
		return false
	}
	breath, vowel := byte(0), byte(0)
	for _, c := range word {
		switch c {
		case 'h', 'j':
			if breath != 0 && breath != c {
				return false
			}
			breath = c
		case 'a', 'e', 'i', 'o', 'u':
			if vowel != 0 && vowel != c {
				return false
			}
			vowel = c
		default:
			return false
		}
	}
	return breath != 0 && vowel != 0 && bytes.Count(word, []byte{breath}) > 1
}

// arabicOnly reports whether a text in Arabic letters has some that Persian
// writes otherwise and none that Arabic lacks.
func arabicOnly(buf []byte) bool {
	own := false
	for _, r := range string(buf) {
		switch r {
		case 'پ', 'چ', 'ژ', 'گ', 'ک', 'ی':
			return false
		case 'ي', 'ك', 'ة', 'ى', 'أ', 'إ':
			own = true
		}
	}
	return own
}
