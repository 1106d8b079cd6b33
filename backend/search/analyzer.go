package search

import (
	"sync/atomic"

	"github.com/blevesearch/bleve/v2/analysis"
)

// analyzer is the tokenizer as Bleve calls it. It counts tokens, for the
// average length that ranking needs. Byte offsets are not indexed: highlighting
// walks over the text again.
type analyzer struct{ tokens *atomic.Int64 }

// Analyze cuts a text into tokens; they share two blocks of memory.
func (a *analyzer) Analyze(text []byte) analysis.TokenStream {
	t := tokenizer{text: string(text)}
	terms := make([]byte, 0, len(text)+16)
	ends := make([]int, 0, len(text)/5+4)
	for t.next() {
		terms = append(terms, t.term...)
		ends = append(ends, len(terms))
	}
	tokens := make([]analysis.Token, len(ends))
	stream := make(analysis.TokenStream, len(ends))
	start := 0
	for i, end := range ends {
		tokens[i] = analysis.Token{Term: terms[start:end:end], Position: i + 1}
		stream[i] = &tokens[i]
		start = end
	}
	a.tokens.Add(int64(len(ends)))
	return stream
}
