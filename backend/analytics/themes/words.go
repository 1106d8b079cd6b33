package themes

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// StopWords are the words of each language that carry no theme.
type StopWords map[string]map[string]bool

// ReadStopWords reads a list with a language a line: its ISO 639-1 code, a tab,
// and its words, a space between.
func ReadStopWords(b []byte) StopWords {
	out := StopWords{}
	for line := range strings.Lines(string(b)) {
		lang, words, ok := strings.Cut(strings.TrimSpace(line), "\t")
		if !ok {
			continue
		}
		set := map[string]bool{}
		for _, w := range strings.Fields(words) {
			set[w] = true
		}
		out[lang] = set
	}
	return out
}

// longest is the longest word in bytes; what is longer is no word.
const longest = 60

// Words splits a text into lower-case words without links, mentions and numbers;
// hashtags are words. Chinese, Japanese and Thai, which do not part words, give
// pairs of characters. stop is the set of words that are left out; they still
// stand between others, so that "" marks their place.
func Words(text string, stop map[string]bool, fn func(word string)) {
	for _, field := range strings.Fields(text) {
		if strings.HasPrefix(field, "@") || strings.Contains(field, "://") || strings.HasPrefix(field, "www.") {
			fn("")
			continue
		}
		for len(field) > 0 {
			r, size := utf8.DecodeRuneInString(field)
			switch {
			case joined(r):
				n := prefix(field, joined)
				pairs(field[:n], stop, fn)
				field = field[n:]
			case letter(r):
				n := prefix(field, letter)
				word(field[:n], stop, fn)
				field = field[n:]
			default:
				if r != '#' && r != '-' && r != '_' {
					fn("")
				}
				field = field[size:]
			}
		}
	}
	fn("")
}

// word hands over one word, or its place.
func word(s string, stop map[string]bool, fn func(string)) {
	s = strings.Trim(strings.ToLower(s), "'’")
	s = strings.TrimSuffix(strings.TrimSuffix(s, "'s"), "’s")
	if len(s) > longest || utf8.RuneCountInString(s) < 2 || stop[s] || passing(s) || number(s) {
		s = ""
	}
	fn(s)
}

// passing marks that a post is passed on, in any language.
func passing(s string) bool { return s == "rt" || s == "via" || s == "amp" }

func number(s string) bool {
	return strings.IndexFunc(s, unicode.IsLetter) < 0
}

// pairs hands over every two characters that stand beside each other, or a single
// one.
func pairs(s string, stop map[string]bool, fn func(string)) {
	r := []rune(s)
	if len(r) == 1 {
		fn("")
	}
	for i := 0; i+1 < len(r); i++ {
		if p := string(r[i : i+2]); stop[p] || stop[string(r[i])] || stop[string(r[i+1])] {
			fn("")
		} else {
			fn(p)
		}
	}
}

func prefix(s string, in func(rune) bool) int {
	if n := strings.IndexFunc(s, func(r rune) bool { return !in(r) }); n >= 0 {
		return n
	}
	return len(s)
}

// joined are the scripts that do not part words.
func joined(r rune) bool {
	return r >= 0x0E00 && unicode.In(r, unicode.Han, unicode.Hiragana, unicode.Katakana, unicode.Thai, unicode.Lao, unicode.Khmer, unicode.Myanmar)
}

func letter(r rune) bool {
	return !joined(r) && (unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) || r == '\'' || r == '’')
}
