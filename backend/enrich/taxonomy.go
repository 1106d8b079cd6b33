package enrich

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// errTaxonomy is the cause of every failure to read a list of themes.
var errTaxonomy = errors.New("damaged list of themes")

// Theme is one entry of a taxonomy: what it is called, and the words that point to it.
type Theme struct {
	ID    string
	Names map[string]string // language → name
}

// taxonomy finds the words of themes in texts, longest first. Words are those of
// every language together: a word that means something else in another language
// belongs into the file with care.
type taxonomy struct {
	themes []Theme
	terms  map[string][]int32 // lower-case words with one space between → themes
	stems  map[string][]int32 // beginnings of words, without their "*"
	first  map[string]int     // first word → most words of a term that begins so
}

const (
	// maxTermWords bounds the words of a term.
	maxTermWords = 6
	// stemLeast is the shortest beginning of a word, in bytes; a shorter one
	// would mean too much.
	stemLeast = 4
	// stemMost is the longest that is looked for.
	stemMost = 40
)

// parseTaxonomy reads a list of themes:
//
//	# a comment
//	[price] en=Price es=Precio
//	en: expensive, too much money, overpric*
//	es: caro, cara, sobreprecio
//
// A term ends in "*" when any ending may follow. No bytes are no themes.
func parseTaxonomy(b []byte) (*taxonomy, error) {
	t := &taxonomy{terms: map[string][]int32{}, stems: map[string][]int32{}, first: map[string]int{}}
	n := 0
	for line := range strings.Lines(string(b)) {
		n++
		line = strings.TrimSpace(line)
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[':
			id, rest, ok := strings.Cut(line[1:], "]")
			if !ok || id == "" {
				return nil, fmt.Errorf("line %d: no name in brackets: %w", n, errTaxonomy)
			}
			th := Theme{ID: id, Names: map[string]string{}}
			for _, f := range strings.Fields(rest) {
				lang, name, ok := strings.Cut(f, "=")
				if !ok {
					return nil, fmt.Errorf("line %d: %q is no lang=name: %w", n, f, errTaxonomy)
				}
				th.Names[lang] = strings.ReplaceAll(name, "_", " ")
			}
			t.themes = append(t.themes, th)
		default:
			_, list, ok := strings.Cut(line, ":")
			if !ok || len(t.themes) == 0 {
				return nil, fmt.Errorf("line %d: no theme or no colon: %w", n, errTaxonomy)
			}
			for _, term := range strings.Split(list, ",") {
				if err := t.add(strings.TrimSpace(term)); err != nil {
					return nil, fmt.Errorf("line %d: %w", n, err)
				}
			}
		}
	}
	return t, nil
}

func (t *taxonomy) add(term string) error {
	w := strings.Fields(strings.ToLower(term))
	if len(w) == 0 || len(w) > maxTermWords {
		return fmt.Errorf("term %q has no words or too many: %w", term, errTaxonomy)
	}
	theme := int32(len(t.themes) - 1)
	term, to := strings.Join(w, " "), t.terms
	if stem, ok := strings.CutSuffix(term, "*"); ok {
		if len(w) > 1 || len(stem) < stemLeast {
			return fmt.Errorf("stem %q is more than a word or too short: %w", term, errTaxonomy)
		}
		term, to = stem, t.stems
	}
	if !slices.Contains(to[term], theme) {
		to[term] = append(to[term], theme)
	}
	t.first[w[0]] = max(t.first[w[0]], len(w))
	return nil
}

// hit is a term found: its themes and where it stands in the text.
type hit struct {
	themes     []int32
	start, end int
}

// span is a word's place in the text.
type span struct{ start, end int }

// split finds the words of a text: letters, marks, digits, inner apostrophes.
func split(text string, to []span) []span {
	start, last := -1, rune(0)
	for i, r := range text {
		inside := unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.Is(unicode.M, r)
		if !inside && start >= 0 && (r == '\'' || r == '’') && unicode.IsLetter(last) {
			next, _ := utf8.DecodeRuneInString(text[i+utf8.RuneLen(r):])
			inside = unicode.IsLetter(next)
		}
		switch {
		case inside && start < 0:
			start = i
		case !inside && start >= 0:
			to = append(to, span{start, i})
			start = -1
		}
		last = r
	}
	if start >= 0 {
		to = append(to, span{start, len(text)})
	}
	return to
}

// find returns the terms in a text, in order, without overlaps.
func (t *taxonomy) find(text string) []hit {
	if len(t.terms)+len(t.stems) == 0 {
		return nil
	}
	words := split(text, nil)
	lower := make([]string, len(words))
	for i, w := range words {
		lower[i] = strings.ReplaceAll(strings.ToLower(text[w.start:min(w.end, w.start+80)]), "’", "'")
	}
	var out []hit
	for i := 0; i < len(words); {
		n, themes := t.at(lower, i)
		if n == 0 {
			i++
			continue
		}
		out = append(out, hit{themes: themes, start: words[i].start, end: words[i+n-1].end})
		i += n
	}
	return out
}

// at is how many words from i on are a term, and its themes.
func (t *taxonomy) at(words []string, i int) (int, []int32) {
	for n := min(t.first[words[i]], len(words)-i); n > 1; n-- {
		if th := t.terms[strings.Join(words[i:i+n], " ")]; th != nil {
			return n, th
		}
	}
	if th := t.terms[words[i]]; th != nil {
		return 1, th
	}
	for end := min(len(words[i]), stemMost); end >= stemLeast; end-- {
		if th := t.stems[words[i][:end]]; th != nil {
			return 1, th
		}
	}
	return 0, nil
}
