// Package archive reads ZIP, tar, gzip, zstd and bzip2 as one thing: an ordered
// list of members, each a stream of bytes with a path of its own. It never
// writes a member under its name, bounds what is unpacked, and says what is
// wrong with a member without giving up the others.
package archive

import "bytes"

// Kind is how an archive is packed.
type Kind string

// The kinds that can be read. A gzip, zstd or bzip2 file holds one member, or
// the members of the tar file in it.
const (
	None  Kind = ""
	ZIP   Kind = "zip"
	Tar   Kind = "tar"
	Gzip  Kind = "gzip"
	Zstd  Kind = "zstd"
	Bzip2 Kind = "bzip2"
)

// Unreadable kinds are recognised so that they can be named.
const (
	SevenZip Kind = "7z"
	RAR      Kind = "rar"
	XZ       Kind = "xz"
)

// Readable reports whether members of the kind can be read.
func (k Kind) Readable() bool {
	switch k {
	case ZIP, Tar, Gzip, Zstd, Bzip2:
		return true
	}
	return false
}

// Sniff tells the kind by the first bytes of a file; 512 are enough.
func Sniff(head []byte) Kind {
	for _, m := range []struct {
		magic string
		kind  Kind
	}{
		{"PK\x03\x04", ZIP},
		{"PK\x05\x06", ZIP},
		{"\x1f\x8b\x08", Gzip},
		{"\x28\xb5\x2f\xfd", Zstd},
		{"7z\xbc\xaf\x27\x1c", SevenZip},
		{"Rar!\x1a\x07", RAR},
		{"\xfd7zXZ\x00", XZ},
	} {
		if bytes.HasPrefix(head, []byte(m.magic)) {
			return m.kind
		}
	}
	// A zstd file may begin with a frame to skip: 0x184D2A5? and its length.
	if len(head) >= 4 && head[0]&0xf0 == 0x50 && head[1] == 0x2a && head[2] == 0x4d && head[3] == 0x18 {
		return Zstd
	}
	if len(head) >= 10 && string(head[:3]) == "BZh" && head[3] >= '1' && head[3] <= '9' && string(head[4:10]) == "1AY&SY" {
		return Bzip2
	}
	if isTar(head) {
		return Tar
	}
	return None
}

// isTar checks the checksum of a tar header, which older files have without any
// magic.
func isTar(head []byte) bool {
	if len(head) < 512 || head[0] == 0 {
		return false
	}
	var want, sum int64
	field := bytes.Trim(head[148:156], " \x00")
	if len(field) == 0 {
		return false
	}
	for _, c := range field {
		if c < '0' || c > '7' {
			return false
		}
		want = want<<3 | int64(c-'0')
	}
	for i, c := range head[:512] {
		if i >= 148 && i < 156 {
			c = ' '
		}
		sum += int64(c)
	}
	return sum == want
}
