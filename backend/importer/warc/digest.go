package warc

import (
	"bytes"
	"crypto/md5" // archives are checked with what they were made with, md5 and sha1 included
	"crypto/sha1"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base32"
	"encoding/base64"
	"encoding/hex"
	"hash"
	"strings"
)

// mismatch reports whether a block is not the one that its digest was made of. A
// digest that cannot be read, or is of an unknown kind, says nothing.
func mismatch(block []byte, digest string) bool {
	name, value, ok := strings.Cut(digest, ":")
	if !ok {
		return false
	}
	var h hash.Hash
	switch strings.ToLower(strings.ReplaceAll(name, "-", "")) {
	case "sha1":
		h = sha1.New()
	case "sha256":
		h = sha256.New()
	case "sha512":
		h = sha512.New()
	case "md5":
		h = md5.New()
	default:
		return false
	}
	want := decodings(value, h.Size())
	if len(want) == 0 {
		return false
	}
	h.Write(block)
	sum := h.Sum(nil)
	for _, w := range want {
		if bytes.Equal(w, sum) {
			return false
		}
	}
	return true
}

// decodings are the digests of a size that a value can mean: programs write them
// in base 32, 16 and 64.
func decodings(value string, size int) [][]byte {
	value = strings.TrimSpace(value)
	var out [][]byte
	add := func(b []byte, err error) {
		if err == nil && len(b) == size {
			out = append(out, b)
		}
	}
	add(base32.StdEncoding.WithPadding(base32.NoPadding).DecodeString(strings.ToUpper(strings.TrimRight(value, "="))))
	add(hex.DecodeString(value))
	add(base64.RawStdEncoding.DecodeString(strings.TrimRight(value, "=")))
	add(base64.RawURLEncoding.DecodeString(strings.TrimRight(value, "=")))
	return out
}
