package search

import (
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"
)

// appendFolded appends r lower-cased and without the differences that the
// search ignores; nothing is appended for a mark that does not count.
func appendFolded(b []byte, r rune) []byte {
	switch {
	case 0xff01 <= r && r <= 0xff5e: // full-width ASCII
		r -= 0xfee0
	case 0x0370 <= r && r <= 0x03ff, 0x1f00 <= r && r <= 0x1fff, 0xc0 <= r && r <= 0x24f, 0x1e00 <= r && r <= 0x1eff:
		return appendBase(b, r)
	case 0x0300 <= r && r <= 0x036f, 0x20d0 <= r && r <= 0x20ff, 0x0591 <= r && r <= 0x05c7, 0x064b <= r && r <= 0x065f, r == 0x0670:
		return b // diacritics that follow their letter; Hebrew and Arabic vowels
	}
	switch r {
	case 'Ё', 'ё':
		r = 'е'
	case 'أ', 'إ', 'آ', 'ٱ':
		r = 'ا'
	case 'ى':
		r = 'ي'
	case 'ک':
		r = 'ك'
	case 'ی':
		r = 'ي'
	}
	return utf8.AppendRune(b, unicode.ToLower(r))
}

// appendBase appends a Latin or Greek letter without its diacritics.
func appendBase(b []byte, r rune) []byte {
	r = unicode.ToLower(r)
	switch r {
	case 'ß':
		return append(b, "ss"...)
	case 'æ':
		return append(b, "ae"...)
	case 'œ':
		return append(b, "oe"...)
	case 'ø':
		return append(b, 'o')
	case 'đ', 'ð':
		return append(b, 'd')
	case 'ł':
		return append(b, 'l')
	case 'ı', 'i':
		return append(b, 'i')
	case 'þ':
		return append(b, "th"...)
	case 'ς':
		return utf8.AppendRune(b, 'σ')
	}
	var buf [utf8.UTFMax]byte
	n := utf8.EncodeRune(buf[:], r)
	d := norm.NFD.Properties(buf[:n]).Decomposition()
	if len(d) == 0 {
		return utf8.AppendRune(b, r)
	}
	base, _ := utf8.DecodeRune(d)
	return utf8.AppendRune(b, unicode.ToLower(base))
}
