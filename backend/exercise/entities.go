package exercise

import (
	"unicode"
	"unicode/utf8"
)

// tagSpan is a hashtag in a text: positions in code points and in bytes.
type tagSpan struct {
	start, end         int
	byteStart, byteEnd int
	word               string
}

// findTags finds "#word" at the beginning of a word.
func findTags(text string) []tagSpan {
	var out []tagSpan
	pos, prev := 0, ' '
	for i, c := range text {
		if c == '#' && !unicode.IsLetter(prev) && !unicode.IsDigit(prev) {
			j := i + 1
			for j < len(text) {
				r, size := utf8.DecodeRuneInString(text[j:])
				if !unicode.IsLetter(r) && !unicode.IsDigit(r) && r != '_' && !unicode.IsMark(r) && r != 'ー' {
					break
				}
				j += size
			}
			if j > i+1 {
				out = append(out, tagSpan{start: pos, end: pos + utf8.RuneCountInString(text[i:j]), byteStart: i, byteEnd: j, word: text[i+1 : j]})
			}
		}
		prev = c
		pos++
	}
	return out
}
