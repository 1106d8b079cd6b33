// Package jsonscan finds the records of JSON of any size without holding it in
// memory, and says at which byte each one begins and ends. Scanner walks a
// stream: lines, the elements of an array, or values written one after another.
// Walk reaches the elements of arrays inside one large value. Value reads what
// was found without copying, also when its end is missing.
//
// Finding records follows quotes and brackets only; Value.Check says whether one
// is well-formed. So one broken record costs that record and no other. Strings
// may hold control characters and broken UTF-8 (Text repairs them), but no line
// breaks. All work is linear in the input.
package jsonscan

import (
	"bytes"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Value is a JSON value inside a stream. Raw is its bytes, Pos the offset of the
// first one in the stream. Cut is set when the stream ended before the value
// did. The zero Value is an absent one.
type Value struct {
	Raw []byte
	Pos int64
	Cut bool

	index []span // see Indexed
}

// Kind tells what a value is: '{', '[', '"', 't' (true), 'f' (false), 'n'
// (null), '0' (a number), or 0 for anything else, absence included.
func (v Value) Kind() byte {
	if len(v.Raw) == 0 {
		return 0
	}
	switch c := v.Raw[0]; c {
	case '{', '[', '"', 't', 'f', 'n':
		return c
	case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
		return '0'
	}
	return 0
}

// Exists reports whether the value is there and not null.
func (v Value) Exists() bool { k := v.Kind(); return k != 0 && k != 'n' }

// Empty reports whether the value is absent, null, "", [] or {}.
func (v Value) Empty() bool {
	switch v.Kind() {
	case 0, 'n':
		return true
	case '"':
		return len(v.Raw) == 2
	case '{', '[':
		return len(bytes.TrimLeft(v.Raw[1:], " \t\r\n")) <= 1
	}
	return false
}

// Bool returns a boolean and whether the value is one.
func (v Value) Bool() (value, ok bool) {
	k := v.Kind()
	return k == 't', k == 't' || k == 'f'
}

// Text returns the text of a string, or a number as it is written, repaired:
// escapes are decoded, broken UTF-8 and lone surrogates become U+FFFD, NUL is
// taken out. Any other value gives "".
func (v Value) Text() string {
	switch v.Kind() {
	case '"':
		return unquote(v.inner())
	case '0':
		return string(v.Raw)
	}
	return ""
}

// inner returns the bytes between a string's quotes.
func (v Value) inner() []byte {
	b := v.Raw[1:]
	if n := len(b); n > 0 && b[n-1] == '"' && !v.Cut {
		b = b[:n-1]
	}
	return b
}

// Int returns a whole number, written as a number or as a string of digits, and
// whether the value is one that fits.
func (v Value) Int() (int64, bool) {
	b := v.Raw
	if v.Kind() == '"' {
		b = v.inner()
	}
	if len(b) == 0 || len(b) > 20 {
		return 0, false
	}
	n, err := strconv.ParseInt(string(b), 10, 64)
	return n, err == nil
}

// Float returns a number, written as a number or as a string, and whether the
// value is one.
func (v Value) Float() (float64, bool) {
	b := v.Raw
	if v.Kind() == '"' {
		b = v.inner()
	}
	if len(b) == 0 || len(b) > 64 {
		return 0, false
	}
	f, err := strconv.ParseFloat(string(b), 64)
	return f, err == nil
}

// Get returns the value at a path of keys; where a key occurs twice, the last
// one that is filled.
func (v Value) Get(path ...string) Value {
	for _, key := range path {
		var found Value
		for it := v.Object(); it.Next(); {
			if string(it.Key) == key && (found.Raw == nil || !it.Value.Empty()) {
				found = it.Value
			}
		}
		v = found
	}
	return v
}

// Has reports whether an object has any of the keys.
func (v Value) Has(keys ...string) bool {
	for it := v.Object(); it.Next(); {
		for _, k := range keys {
			if string(it.Key) == k {
				return true
			}
		}
	}
	return false
}

// Duplicate returns the first key that an object has twice among its first 64,
// or "".
func (v Value) Duplicate() string {
	var seen [64][]byte
	n := 0
	for it := v.Object(); it.Next() && n < len(seen); n++ {
		for _, k := range seen[:n] {
			if len(k) == len(it.Key) && bytes.Equal(k, it.Key) {
				return string(k)
			}
		}
		seen[n] = it.Key
	}
	return ""
}

// unquote decodes the inside of a JSON string.
func unquote(b []byte) string {
	i := 0
	for i < len(b) && b[i] >= 0x20 && b[i] < utf8.RuneSelf && b[i] != '\\' {
		i++
	}
	if i == len(b) {
		return string(b)
	}
	out := make([]byte, i, len(b)+utf8.UTFMax)
	copy(out, b)
	for i < len(b) {
		switch c := b[i]; {
		case c == '\\':
			var r rune
			r, i = unescape(b, i)
			if r > 0 {
				out = utf8.AppendRune(out, r)
			}
		case c == 0:
			i++
		case c < utf8.RuneSelf:
			out = append(out, c)
			i++
		default:
			r, n := utf8.DecodeRune(b[i:])
			out = utf8.AppendRune(out, r)
			i += n
		}
	}
	return string(out)
}

// unescape decodes the escape at b[i] and returns the rune and where it ends.
func unescape(b []byte, i int) (rune, int) {
	if i+1 >= len(b) {
		return utf8.RuneError, len(b)
	}
	switch c := b[i+1]; c {
	case 'n':
		return '\n', i + 2
	case 't':
		return '\t', i + 2
	case 'r':
		return '\r', i + 2
	case 'b':
		return '\b', i + 2
	case 'f':
		return '\f', i + 2
	case 'u':
		r, ok := hex4(b, i+2)
		if !ok {
			return utf8.RuneError, i + 2
		}
		if !utf16.IsSurrogate(r) {
			return r, i + 6
		}
		if low, ok := hex4(b, i+8); ok && b[i+6] == '\\' && b[i+7] == 'u' {
			if both := utf16.DecodeRune(r, low); both != utf8.RuneError {
				return both, i + 12
			}
		}
		return utf8.RuneError, i + 6
	case '"', '\\', '/':
		return rune(c), i + 2
	}
	return utf8.RuneError, i + 1
}

// hex4 reads four hexadecimal digits at b[i].
func hex4(b []byte, i int) (rune, bool) {
	if i+4 > len(b) {
		return 0, false
	}
	var r rune
	for _, c := range b[i : i+4] {
		switch {
		case c >= '0' && c <= '9':
			c -= '0'
		case c >= 'a' && c <= 'f':
			c -= 'a' - 10
		case c >= 'A' && c <= 'F':
			c -= 'A' - 10
		default:
			return 0, false
		}
		r = r<<4 | rune(c)
	}
	return r, true
}
