package text

import (
	"bytes"
	"fmt"
	"io"
	"unicode/utf8"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/htmlindex"
	"golang.org/x/text/encoding/unicode"
	"golang.org/x/text/transform"
)

// Basis says how a character set is known.
type Basis string

// Mark: a byte-order mark. Content: the bytes are valid in it and, if not plain
// ASCII, could hardly be anything else. Guessed: nothing better fits. Forced:
// the caller said so.
const (
	BasisMark    Basis = "mark"
	BasisContent Basis = "content"
	BasisGuessed Basis = "guessed"
	BasisForced  Basis = "forced"
)

// Encoding is the character set of a file. The zero value is UTF-8.
type Encoding struct {
	// Name is the WHATWG name, for example "utf-8", "utf-16le", "windows-1252".
	Name string
	// Mark is the length of the byte-order mark in bytes.
	Mark  int
	Basis Basis

	width int // bytes per code unit where every rune has a fixed number: 1 or 2; 0 when it varies
	enc   encoding.Encoding
}

// IsUTF8 reports whether the bytes need no transcoding.
func (e Encoding) IsUTF8() bool { return e.enc == nil }

// Detect finds the character set from the beginning of a file. A non-empty
// label (WHATWG, for example "latin1") overrides the content; a byte-order mark
// of the same family is still skipped. The error says that the label is unknown.
func Detect(head []byte, label string) (Encoding, error) {
	byMark, marked := fromMark(head)
	if label != "" {
		e, err := named(label)
		if err != nil {
			return Encoding{}, err
		}
		e.Basis = BasisForced
		if marked && byMark.Name == e.Name {
			e.Mark = byMark.Mark
		}
		return e, nil
	}
	if marked {
		return byMark, nil
	}
	if e, ok := utf16Pattern(head); ok {
		return e, nil
	}
	good, bad := countUTF8(head)
	switch {
	case bad == 0:
		return Encoding{Name: "utf-8", Basis: BasisContent}, nil
	case good >= bad:
		// Some bytes are broken, but the rest could not be UTF-8 by chance.
		return Encoding{Name: "utf-8", Basis: BasisGuessed}, nil
	}
	return guess(head), nil
}

// fromMark recognises a byte-order mark.
func fromMark(b []byte) (Encoding, bool) {
	switch {
	case bytes.HasPrefix(b, []byte("\xef\xbb\xbf")):
		return Encoding{Name: "utf-8", Mark: 3, Basis: BasisMark}, true
	case bytes.HasPrefix(b, []byte("\xff\xfe")):
		return wideEncoding(unicode.LittleEndian, "utf-16le", 2, BasisMark), true
	case bytes.HasPrefix(b, []byte("\xfe\xff")):
		return wideEncoding(unicode.BigEndian, "utf-16be", 2, BasisMark), true
	}
	return Encoding{}, false
}

func wideEncoding(o unicode.Endianness, name string, mark int, basis Basis) Encoding {
	return Encoding{Name: name, Mark: mark, Basis: basis, width: 2, enc: unicode.UTF16(o, unicode.IgnoreBOM)}
}

// utf16Pattern recognises UTF-16 without a mark: text in it that is mostly
// ASCII has a zero in nearly every other byte, always on the same side.
func utf16Pattern(b []byte) (Encoding, bool) {
	n := min(len(b), 4096) &^ 1
	if n < 8 {
		return Encoding{}, false
	}
	var even, odd int
	for i := 0; i < n; i += 2 {
		if b[i] == 0 {
			even++
		}
		if b[i+1] == 0 {
			odd++
		}
	}
	half := n / 2
	switch {
	case odd*10 >= half*6 && even*20 <= half:
		return wideEncoding(unicode.LittleEndian, "utf-16le", 0, BasisGuessed), true
	case even*10 >= half*6 && odd*20 <= half:
		return wideEncoding(unicode.BigEndian, "utf-16be", 0, BasisGuessed), true
	}
	return Encoding{}, false
}

// countUTF8 counts valid multi-byte sequences and broken bytes. A sequence cut
// off by the end is neither.
func countUTF8(b []byte) (good, bad int) {
	for len(b) > 0 {
		if b[0] < utf8.RuneSelf {
			b = b[1:]
			continue
		}
		r, n := utf8.DecodeRune(b)
		switch {
		case r != utf8.RuneError || n > 1:
			good++
		case !utf8.FullRune(b):
			return good, bad
		default:
			bad++
		}
		b = b[n:]
	}
	return good, bad
}

// named looks up a WHATWG label.
func named(label string) (Encoding, error) {
	// Not charset.Lookup, which wraps the set so that a single-byte one can no
	// longer be told.
	enc, err := htmlindex.Get(label)
	if err != nil {
		return Encoding{}, fmt.Errorf("unknown character set %q: %w", label, err)
	}
	name, err := htmlindex.Name(enc)
	if err != nil {
		return Encoding{}, fmt.Errorf("name character set %q: %w", label, err)
	}
	return of(enc, name), nil
}

func of(enc encoding.Encoding, name string) Encoding {
	switch name {
	case "utf-8", "replacement":
		return Encoding{Name: "utf-8"}
	case "utf-16le":
		return wideEncoding(unicode.LittleEndian, name, 0, "")
	case "utf-16be":
		return wideEncoding(unicode.BigEndian, name, 0, "")
	}
	e := Encoding{Name: name, enc: enc}
	if _, ok := enc.(*charmap.Charmap); ok {
		e.width = 1
	}
	return e
}

// Decode transcodes a whole buffer to UTF-8 without its byte-order mark. Broken
// sequences become U+FFFD, except in UTF-8 itself, which is returned as it is
// (Clean repairs its strings). The result may share memory with b.
func (e Encoding) Decode(b []byte) []byte {
	b = b[min(e.Mark, len(b)):]
	if e.enc == nil {
		return b
	}
	out, err := e.enc.NewDecoder().Bytes(b)
	if err != nil {
		// The decoders of x/text replace what is broken; should one ever fail,
		// what it managed to decode stands.
		return out
	}
	return out
}

// Reader transcodes a stream to UTF-8 without its byte-order mark, as Decode does.
func (e Encoding) Reader(r io.Reader) io.Reader {
	if e.Mark > 0 {
		r = &skipReader{r: r, n: e.Mark}
	}
	if e.enc == nil {
		return r
	}
	return transform.NewReader(r, e.enc.NewDecoder())
}

// skipReader drops the first n bytes of r.
type skipReader struct {
	r io.Reader
	n int
}

// Read implements io.Reader.
func (s *skipReader) Read(p []byte) (int, error) {
	if s.n > 0 {
		k, err := io.CopyN(io.Discard, s.r, int64(s.n))
		s.n -= int(k)
		if err != nil {
			return 0, err //nolint:wrapcheck // io.EOF has to stay bare for readers.
		}
	}
	return s.r.Read(p) //nolint:wrapcheck // as above
}

// Exact reports whether SourceLen is exact, that is whether byte ranges of the
// transcoded text can be told as byte ranges of the file.
func (e Encoding) Exact() bool { return e.enc == nil || e.width > 0 }

// SourceLen returns how many bytes of the file the transcoded text u came from.
// u must begin and end between runes.
func (e Encoding) SourceLen(u []byte) int64 {
	if e.enc == nil {
		return int64(len(u))
	}
	var n int64
	for len(u) > 0 {
		size := 1
		if u[0] >= utf8.RuneSelf {
			_, size = utf8.DecodeRune(u)
		}
		n += int64(e.width)
		if e.width == 2 && size == 4 {
			n += 2 // a surrogate pair
		}
		u = u[size:]
	}
	return n
}
