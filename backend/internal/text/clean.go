package text

import (
	"html"
	"strings"
	"unicode/utf8"
)

// Clean repairs a string for storing: broken UTF-8 becomes U+FFFD and NUL is
// taken out. A clean string is returned as it is.
func Clean(s string) string {
	if !utf8.ValidString(s) {
		s = strings.ToValidUTF8(s, "\uFFFD")
	}
	if strings.IndexByte(s, 0) >= 0 {
		s = strings.ReplaceAll(s, "\x00", "")
	}
	return s
}

// Unescape decodes HTML entities such as "&amp;" once, as platforms escape them
// in otherwise plain text.
func Unescape(s string) string {
	if strings.IndexByte(s, '&') < 0 {
		return s
	}
	return html.UnescapeString(s)
}

// MendLatin1 undoes UTF-8 that was read as Latin-1 and encoded again: when every
// rune is at most U+00FF and the bytes they stand for are valid UTF-8 with at
// least one multi-byte sequence, it returns those bytes; otherwise s.
func MendLatin1(s string) string {
	wide := false
	for _, r := range s {
		if r > 0xff {
			return s
		}
		wide = wide || r >= 0x80
	}
	if !wide {
		return s
	}
	b := make([]byte, 0, len(s))
	for _, r := range s {
		b = append(b, byte(r))
	}
	if !utf8.Valid(b) {
		return s
	}
	return string(b)
}

// Clip shortens a string to at most n bytes for showing, at a rune's edge and
// with an ellipsis.
func Clip(s string, n int) string {
	if len(s) <= n {
		return s
	}
	for n > 0 && !utf8.RuneStart(s[n]) {
		n--
	}
	return s[:n] + "…"
}
