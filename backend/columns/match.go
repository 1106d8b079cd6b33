package columns

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// pattern is a wildcard pattern: * any text, ? one character, case ignored.
type pattern struct {
	runes []rune
	plain bool   // no wildcard
	text  string // the pattern as given
}

func newPattern(s string) pattern {
	p := pattern{text: s, plain: !strings.ContainsAny(s, "*?")}
	for _, r := range s {
		p.runes = append(p.runes, foldRune(r))
	}
	return p
}

// foldRune maps the runes that differ in case only onto one of them.
func foldRune(r rune) rune {
	if r < utf8.RuneSelf {
		if 'A' <= r && r <= 'Z' {
			r += 'a' - 'A'
		}
		return r
	}
	return unicode.ToLower(unicode.ToUpper(r))
}

// match reports whether the whole of s fits; it goes back to the last * only,
// so it takes at most len(pattern) × len(s) steps.
func (p pattern) match(s string) bool {
	if p.plain {
		return strings.EqualFold(p.text, s)
	}
	i, pi := 0, 0
	star, mark := -1, 0
	for i < len(s) {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case pi < len(p.runes) && p.runes[pi] == '*':
			star, mark = pi, i
			pi++
			continue
		case pi < len(p.runes) && (p.runes[pi] == '?' || p.runes[pi] == foldRune(r)):
			pi++
			i += n
			continue
		case star < 0:
			return false
		}
		_, n = utf8.DecodeRuneInString(s[mark:])
		mark += n
		i, pi = mark, star+1
	}
	for pi < len(p.runes) && p.runes[pi] == '*' {
		pi++
	}
	return pi == len(p.runes)
}
