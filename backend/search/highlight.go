package search

import (
	"cmp"
	"slices"
)

// Span is a range of bytes in a text.
type Span struct {
	Start int `json:"start"`
	End   int `json:"end"`
}

// Highlights gives where a query's words stand in a text: ascending, apart from
// each other, a phrase as one span. Words under NOT and in subjects are not shown.
func Highlights(q *Query, text string) []Span {
	leaves := textLeaves(q.root, nil)
	if len(leaves) == 0 {
		return nil
	}
	words := wordsOf(text)
	var spans []Span
	for _, l := range leaves {
		for i := 0; i+len(l.parts) <= len(words.ends); i++ {
			if words.fit(i, l.parts) {
				spans = append(spans, Span{words.spans[i].Start, words.spans[i+len(l.parts)-1].End})
			}
		}
	}
	slices.SortFunc(spans, func(a, b Span) int { return cmp.Or(cmp.Compare(a.Start, b.Start), cmp.Compare(a.End, b.End)) })
	out := spans[:0]
	for _, s := range spans {
		if n := len(out); n > 0 && s.Start < out[n-1].End {
			out[n-1].End = max(out[n-1].End, s.End)
		} else {
			out = append(out, s)
		}
	}
	return out
}

// wordList is a text's terms, one behind the other, and where they stand.
type wordList struct {
	terms []byte
	ends  []int
	spans []Span
}

func wordsOf(text string) wordList {
	var w wordList
	t := tokenizer{text: text}
	for t.next() {
		w.terms = append(w.terms, t.term...)
		w.ends = append(w.ends, len(w.terms))
		w.spans = append(w.spans, Span{t.start, t.end})
	}
	return w
}

func (w *wordList) term(i int) string {
	start := 0
	if i > 0 {
		start = w.ends[i-1]
	}
	return string(w.terms[start:w.ends[i]])
}

// fit reports whether the parts stand at word i and after.
func (w *wordList) fit(i int, parts []part) bool {
	for k, p := range parts {
		if !p.fits(w.term(i + k)) {
			return false
		}
	}
	return true
}
