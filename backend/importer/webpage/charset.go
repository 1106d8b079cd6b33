package webpage

import (
	"bytes"
	"mime"
	"regexp"
	"strings"

	"vedette/backend/internal/text"
)

// metaCharset finds the character set that a page states in its head.
var metaCharset = regexp.MustCompile(`(?i)<meta[^>]{1,400}?charset\s*=\s*["']?\s*([a-z0-9_:.-]{1,40})`)

// headBytes is how far into a page its character set and marks are looked for.
const headBytes = 8 << 10

// decode gives a page in UTF-8, repaired, and how its character set is known: a
// forced one, a byte-order mark, UTF-8 that is valid, what the server said, what
// the page says, and else a guess, in this order.
func decode(raw []byte, contentType, forced string) ([]byte, text.Encoding, error) {
	enc, err := text.Detect(raw, forced)
	if err != nil {
		return nil, enc, err
	}
	if enc.Basis == text.BasisGuessed || enc.Basis == text.BasisContent && bytes.IndexByte(raw, 0x1b) >= 0 {
		for _, label := range []string{charsetOf(contentType), stated(raw)} {
			if label == "" || strings.HasPrefix(strings.ToLower(label), "utf-16") {
				continue
			}
			if by, err := text.Detect(raw, label); err == nil {
				by.Basis = text.BasisContent
				enc = by
				break
			}
		}
	}
	return []byte(text.Clean(string(enc.Decode(raw)))), enc, nil
}

func stated(raw []byte) string {
	if m := metaCharset.FindSubmatch(raw[:min(len(raw), headBytes)]); m != nil {
		return string(m[1])
	}
	return ""
}

// charsetOf is the character set in a content type.
func charsetOf(contentType string) string {
	_, params, err := mime.ParseMediaType(contentType)
	if err != nil {
		return ""
	}
	return params["charset"]
}
