package exercise

import (
	"math/rand/v2"
	"strings"
	"unicode"
	"unicode/utf8"
)

// assemble joins clauses to a text in the author's manner. Clauses begin in
// lower case unless their first word is a name.
func assemble(parts []string, a *account, r *rand.Rand) string {
	s := a.style
	var sents []string
	for _, p := range parts {
		p = strings.TrimSpace(p)
		if p == "" {
			continue
		}
		if n := len(sents) - 1; n >= 0 && !closed(sents[n], a.lang) && fusible(p) && r.Float64() < s.comma {
			sents[n] += fuse(a.lang, r) + p
			continue
		}
		sents = append(sents, p)
	}
	var b strings.Builder
	for i, p := range sents {
		if !s.lower {
			p = capitalise(p)
		}
		b.WriteString(p)
		last := i == len(sents)-1
		if !closed(p, a.lang) && (!last || r.Float64() < s.lastDot) {
			b.WriteString(s.ender)
		}
		if !last {
			b.WriteString(gap(s, a.lang))
		}
	}
	return b.String()
}

// gap is what stands between two sentences.
func gap(s style, lang string) string {
	switch {
	case s.breaks, s.ender == "":
		return "\n"
	case lang == "ja":
		return ""
	}
	return " "
}

func fuse(lang string, r *rand.Rand) string {
	if lang == "ar" {
		return "، "
	}
	return pickOne(r, []string{", ", " - ", ", ", "; "})
}

// fusible reports whether a clause can continue a sentence.
func fusible(p string) bool {
	return !strings.Contains(p, "\n") && !strings.HasPrefix(p, "¿") && !strings.HasPrefix(p, "¡") && utf8.RuneCountInString(p) < 90
}

// closed reports whether a clause brings its own ending.
func closed(p, lang string) bool {
	c, _ := utf8.DecodeLastRuneInString(p)
	if strings.ContainsRune(".!?…。！？؟:", c) {
		return true
	}
	return lang == "ja" && (strings.HasSuffix(p, "笑") || strings.HasSuffix(p, "w") || strings.HasSuffix(p, "）") || strings.HasSuffix(p, "〜"))
}

func capitalise(p string) string {
	c, n := utf8.DecodeRuneInString(p)
	if c == '¿' || c == '¡' {
		return p[:n] + capitalise(p[n:])
	}
	return string(unicode.ToUpper(c)) + p[n:]
}

// splitSentences cuts a text where readers see a sentence end.
func splitSentences(text string) []string {
	return strings.FieldsFunc(text, func(c rune) bool { return strings.ContainsRune(".!?…。！？؟\n", c) })
}

// sentenceKey is a sentence without case, spacing, punctuation and emoji.
func sentenceKey(s string) string {
	var b strings.Builder
	for _, c := range s {
		if unicode.IsLetter(c) || unicode.IsDigit(c) {
			b.WriteRune(unicode.ToLower(c))
		}
	}
	return b.String()
}
