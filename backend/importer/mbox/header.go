package mbox

import (
	"bytes"
	"io"
	"mime"
	"strings"
	"unicode/utf8"

	"vedette/backend/internal/text"
)

// maxFields is how many fields of a header are read, and maxValue after how many
// bytes a folded one is left off.
const (
	maxFields = 500
	maxValue  = 64 << 10
)

// field is one field of a header, unfolded; the name is in small letters.
type field struct{ name, value string }

// header is the header of a message or of a part.
type header []field

// get is the first field of a name that has a value, decoded.
func (h header) get(name string) string {
	for _, f := range h {
		if f.name == name && f.value != "" {
			return decodeWords(f.value)
		}
	}
	return ""
}

// raw is get without decoding, for fields with parameters.
func (h header) raw(name string) string {
	for _, f := range h {
		if f.name == name {
			return f.value
		}
	}
	return ""
}

// cutHeader parts a message into its header and its body. Lines that are no
// fields are passed over, except that the first has to be one. ok reports whether
// the header ends.
func cutHeader(b []byte) (h header, body []byte, ok bool) {
	var folded []byte // of the last field
	kept := false
	settle := func() {
		if kept && len(folded) > 0 {
			h[len(h)-1].value = strings.TrimSpace(string(folded))
		}
		kept, folded = false, folded[:0]
	}
	for len(b) > 0 {
		line, rest, _ := bytes.Cut(b, []byte("\n"))
		line = bytes.TrimRight(line, "\r")
		switch {
		case len(line) == 0:
			settle()
			return h, rest, true
		case line[0] == ' ' || line[0] == '\t':
			if kept && len(folded) < maxValue {
				folded = append(append(folded, ' '), bytes.TrimSpace(line)...)
			}
		default:
			i := bytes.IndexByte(line, ':')
			if i <= 0 || i > 80 || bytes.ContainsAny(line[:i], " \t\x00<>{}\"") {
				if len(h) == 0 {
					return nil, b, false
				}
				break
			}
			settle()
			if kept = len(h) < maxFields; kept {
				h = append(h, field{name: strings.ToLower(string(line[:i]))})
				folded = append(folded, line[i+1:]...)
			}
		}
		b = rest
	}
	settle()
	return h, nil, true
}

// words decodes encoded words such as "=?utf-8?q?caf=C3=A9?=".
var words = mime.WordDecoder{CharsetReader: func(label string, r io.Reader) (io.Reader, error) {
	b, err := io.ReadAll(r)
	if err != nil {
		return nil, err //nolint:wrapcheck // It is a reader in memory.
	}
	return strings.NewReader(decode(b, label)), nil
}}

// decodeWords decodes a field's value. Bytes outside of ASCII that are not UTF-8
// are taken for the likeliest character set.
func decodeWords(s string) string {
	if !utf8.ValidString(s) {
		s = decode([]byte(s), "")
	}
	if strings.Contains(s, "=?") {
		if d, err := words.DecodeHeader(s); err == nil {
			s = d
		}
	}
	return text.Clean(s)
}

// decode brings bytes of a character set into UTF-8. Many mails state a set that
// they are not in: what is valid UTF-8 and stated to be Latin or ASCII is UTF-8.
func decode(b []byte, label string) string {
	label = strings.ToLower(strings.TrimSpace(label))
	switch label {
	case "", "us-ascii", "ascii", "iso-8859-1", "latin1", "windows-1252", "utf-8", "utf8", "unknown-8bit", "x-unknown":
		if utf8.Valid(b) {
			return text.Clean(string(b))
		}
	}
	enc, err := text.Detect(b, label)
	if err != nil || label == "utf-8" || label == "utf8" {
		if enc, err = text.Detect(b, ""); err != nil {
			return text.Clean(string(b))
		}
	}
	return text.Clean(string(enc.Decode(b)))
}
