package enrich

import (
	"bytes"
	"strings"
	"unicode"
	"unicode/utf8"
)

// asciiPunctuation is Python's string.punctuation.
const asciiPunctuation = "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~"

// token is a word or emoticon: what the rules know of it and where it stands in
// the text (bytes).
type token struct {
	wordInfo
	start, end int
	upper      bool
}

// vaderText is a text split as VADER splits it. It is reused between texts.
type vaderText struct {
	plain  []byte  // emoji replaced by their names
	source []int32 // per byte of plain its offset in the text; unused without emoji
	lower  []byte
	tokens []token
	score  []float64
	caps   bool // some words are in capitals, not all
	marks  [2]int
}

// read splits text. An emoji counts as the words of its name.
func (v *vaderText) read(l *lexicon, text string) {
	v.tokens, v.score = v.tokens[:0], v.score[:0]
	v.marks = [2]int{}
	plain, named := v.expand(l, text)
	uppers := 0
	for i := 0; i < len(plain); {
		r, n := decode(plain[i:])
		if isSpace(r) {
			i += n
			continue
		}
		end := i
		for end < len(plain) {
			r, n := decode(plain[end:])
			if isSpace(r) {
				break
			}
			end += n
		}
		t := v.token(l, plain, i, end)
		if named {
			// An emoji's name maps to where the emoji begins, other bytes to
			// themselves, so the last one may be inside of its character.
			last := int(v.source[t.end-1])
			for last > 0 && !utf8.RuneStart(text[last]) {
				last--
			}
			_, n := utf8.DecodeRuneInString(text[last:])
			t.start, t.end = int(v.source[t.start]), max(last+n, int(v.source[t.end-1])+1)
		}
		if t.upper {
			uppers++
		}
		v.tokens = append(v.tokens, t)
		i = end
	}
	v.caps = uppers > 0 && uppers < len(v.tokens)
}

// expand replaces emoji by their names, with a space before one that follows
// anything else, and counts "!" and "?". named is false when there are no emoji;
// then plain is the text itself.
func (v *vaderText) expand(l *lexicon, text string) (plain []byte, named bool) {
	v.plain, v.source = v.plain[:0], v.source[:0]
	space := true
	for i := 0; i < len(text); {
		r, n := rune(text[i]), 1
		if r >= utf8.RuneSelf {
			r, n = utf8.DecodeRuneInString(text[i:])
		}
		name := ""
		if r > 0x200 { // no emoji below, and most text is
			name = l.emoji[r]
		}
		if name != "" && !named {
			named = true
			for j := range v.plain {
				v.source = append(v.source, int32(j))
			}
		}
		from := len(v.plain)
		if name == "" {
			v.plain = append(v.plain, text[i:i+n]...)
			space = r == ' '
		} else {
			if !space {
				v.plain = append(v.plain, ' ')
			}
			v.plain = append(v.plain, name...)
			space = false
		}
		if named {
			for j := range len(v.plain) - from {
				at := i
				if name == "" {
					at += j
				}
				v.source = append(v.source, int32(at))
			}
		}
		i += n
	}
	v.marks = [2]int{bytes.Count(v.plain, []byte("!")), bytes.Count(v.plain, []byte("?"))}
	return v.plain, named
}

// token takes punctuation off the word plain[start:end], unless two characters
// or fewer would be left (an emoticon), and looks it up.
func (v *vaderText) token(l *lexicon, plain []byte, start, end int) token {
	a, b := start, end
	for a < b && strings.IndexByte(asciiPunctuation, plain[a]) >= 0 {
		a++
	}
	for b > a && strings.IndexByte(asciiPunctuation, plain[b-1]) >= 0 {
		b--
	}
	if b-a > 8 || utf8.RuneCount(plain[a:b]) > 2 {
		start, end = a, b
	}
	t := token{start: start, end: end}
	v.lower = v.lower[:0]
	cased, other := false, false
	for i := start; i < end; {
		c := plain[i]
		if c < utf8.RuneSelf {
			i++
			if 'A' <= c && c <= 'Z' {
				cased = true
				c += 'a' - 'A'
			} else if 'a' <= c && c <= 'z' {
				other = true
			}
			v.lower = append(v.lower, c)
			continue
		}
		r, n := utf8.DecodeRune(plain[i:])
		i += n
		switch {
		case unicode.IsLower(r), unicode.IsTitle(r), unicode.Is(unicode.Other_Lowercase, r):
			other = true
		case unicode.IsUpper(r), unicode.Is(unicode.Other_Uppercase, r):
			cased = true
		}
		v.lower = utf8.AppendRune(v.lower, unicode.ToLower(r))
	}
	t.upper = cased && !other
	if len(v.lower) <= 64 { // longer than every word that the rules know
		t.wordInfo = l.words[string(v.lower)]
	}
	if !t.negates && bytes.Contains(v.lower, []byte("n't")) {
		t.negates = true
	}
	return t
}

func decode(b []byte) (rune, int) {
	if b[0] < utf8.RuneSelf {
		return rune(b[0]), 1
	}
	return utf8.DecodeRune(b)
}

// isSpace is Python's str.isspace.
func isSpace(r rune) bool {
	if r < utf8.RuneSelf {
		return r == ' ' || r >= '\t' && r <= '\r' || r >= 0x1c && r <= 0x1f
	}
	return unicode.IsSpace(r)
}
