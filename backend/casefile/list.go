package casefile

import (
	"errors"
	"strconv"
	"unicode/utf16"
	"unicode/utf8"
)

// Lists of texts are kept as JSON arrays of arrays (or of strings, when the
// width is 1), so that other programs can read them. Bytes that are no UTF-8
// are written as lone surrogates \udc80 to \udcff, as Python does, and read
// back as they were: a case keeps what a source gave, byte by byte.

var errList = errors.New("not a list")

const hexDigits = "0123456789abcdef"

// putList encodes n elements of the given width; no elements are NULL.
func putList(n, width int, at func(i, j int) string) any {
	if n == 0 {
		return nil
	}
	b := make([]byte, 0, 16+n*width*24)
	b = append(b, '[')
	for i := range n {
		if i > 0 {
			b = append(b, ',')
		}
		if width > 1 {
			b = append(b, '[')
		}
		for j := range width {
			if j > 0 {
				b = append(b, ',')
			}
			b = appendQuoted(b, at(i, j))
		}
		if width > 1 {
			b = append(b, ']')
		}
	}
	return string(append(b, ']'))
}

func appendQuoted(b []byte, s string) []byte {
	b = append(b, '"')
	for i := 0; i < len(s); {
		c := s[i]
		if c < utf8.RuneSelf {
			switch {
			case c == '"' || c == '\\':
				b = append(b, '\\', c)
			case c < 0x20 || c == 0x7f:
				b = append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
			default:
				b = append(b, c)
			}
			i++
			continue
		}
		r, size := utf8.DecodeRuneInString(s[i:])
		if r == utf8.RuneError && size == 1 {
			b = append(b, '\\', 'u', 'd', 'c', hexDigits[c>>4], hexDigits[c&15])
		} else {
			b = append(b, s[i:i+size]...)
		}
		i += size
	}
	return append(b, '"')
}

// getList reads what putList wrote and calls add for every element.
func getList(s string, width int, add func(v []string)) error {
	return getWider(s, width, width, add)
}

// getWider is getList for elements that grew: add gets most values, of which
// those behind the first width are empty where they are not there.
func getWider(s string, width, most int, add func(v []string)) error {
	if s == "" {
		return nil
	}
	p := listParser{s: s}
	vals := make([]string, most)
	for first := true; p.err == nil; first = false {
		if first {
			p.want('[')
		} else if p.have(']') {
			break
		} else {
			p.want(',')
		}
		if width > 1 {
			p.want('[')
		}
		for j := range width {
			if j > 0 {
				p.want(',')
			}
			vals[j] = p.quoted()
		}
		for j := width; j < most; j++ {
			vals[j] = ""
			if p.have(',') {
				vals[j] = p.quoted()
			}
		}
		if width > 1 {
			p.want(']')
		}
		if p.err == nil {
			add(vals)
		}
	}
	if p.err == nil && p.i != len(s) {
		p.err = errList
	}
	return p.err
}

type listParser struct {
	s   string
	i   int
	err error
}

func (p *listParser) have(c byte) bool {
	if p.err == nil && p.i < len(p.s) && p.s[p.i] == c {
		p.i++
		return true
	}
	return false
}

func (p *listParser) want(c byte) {
	if !p.have(c) && p.err == nil {
		p.err = errList
	}
}

func (p *listParser) quoted() string {
	p.want('"')
	start := p.i
	for p.err == nil && p.i < len(p.s) && p.s[p.i] != '"' && p.s[p.i] != '\\' {
		p.i++
	}
	if p.have('"') { // the common case: nothing escaped
		return p.s[start : p.i-1]
	}
	b := []byte(p.s[start:p.i])
	for p.err == nil && !p.have('"') {
		switch {
		case p.i >= len(p.s):
			p.err = errList
		case p.s[p.i] == '\\':
			b = p.escape(b)
		default:
			b = append(b, p.s[p.i])
			p.i++
		}
	}
	return string(b)
}

func (p *listParser) escape(b []byte) []byte {
	p.i++
	switch {
	case p.i >= len(p.s):
		p.err = errList
		return b
	case p.s[p.i] == '"' || p.s[p.i] == '\\':
		b = append(b, p.s[p.i])
		p.i++
		return b
	case p.s[p.i] != 'u' || p.i+5 > len(p.s):
		p.err = errList
		return b
	}
	n, err := strconv.ParseUint(p.s[p.i+1:p.i+5], 16, 16)
	if err != nil {
		p.err = errList
		return b
	}
	p.i += 5
	switch r := rune(n); {
	case r >= 0xdc80 && r <= 0xdcff:
		return append(b, byte(r))
	case utf16.IsSurrogate(r):
		p.err = errList
		return b
	default:
		return utf8.AppendRune(b, r)
	}
}
