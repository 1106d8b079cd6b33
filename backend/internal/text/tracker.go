package text

import (
	"fmt"
	"io"
	"sort"
	"sync"
)

// trackStep is how many transcoded bytes lie between two remembered places.
const trackStep = 4 << 10

// Tracker transcodes a file to UTF-8 and tells, for any offset in the transcoded
// stream (counted from Base), at which byte of the file it stands. It remembers 16 bytes for every
// 4 KB read, and nothing for UTF-8. Read is for one goroutine; Source may be
// called by others at the same time, for offsets that were read before.
type Tracker struct {
	enc  Encoding
	file io.ReaderAt
	src  *countReader
	r    io.Reader

	mu    sync.Mutex
	out   int64 // transcoded bytes given so far
	at    int64 // their length in the file, mark included
	marks []place
}

type place struct{ out, at int64 }

// NewTracker starts transcoding a file of the given size.
func NewTracker(file io.ReaderAt, size int64, enc Encoding) *Tracker {
	c := &countReader{r: io.NewSectionReader(file, 0, size)}
	return &Tracker{enc: enc, file: file, src: c, r: enc.Reader(c), at: int64(enc.Mark)}
}

// Read implements io.Reader with whole runes where there is room for them.
func (t *Tracker) Read(p []byte) (int, error) {
	if t.enc.IsUTF8() {
		return t.r.Read(p) //nolint:wrapcheck // io.EOF has to stay bare for readers.
	}
	n, err := t.r.Read(p[:min(len(p), trackStep)])
	t.mu.Lock()
	defer t.mu.Unlock()
	whole := n > 0 && p[0]&0xc0 != 0x80
	if whole && (len(t.marks) == 0 || t.out-t.marks[len(t.marks)-1].out >= trackStep) {
		t.marks = append(t.marks, place{out: t.out, at: t.at})
	}
	t.out += int64(n)
	t.at += t.enc.sourceLenPart(p[:n])
	return n, err //nolint:wrapcheck // as above
}

// Base is the offset at which the transcoded stream is taken to begin: behind
// the byte-order mark in UTF-8, so that its offsets are those of the file, and 0
// otherwise.
func (t *Tracker) Base() int64 {
	if t.enc.IsUTF8() {
		return int64(t.enc.Mark)
	}
	return 0
}

// Done is how many bytes of the file were read so far.
func (t *Tracker) Done() int64 { return t.src.n }

// Exact reports whether Source can answer.
func (t *Tracker) Exact() bool { return t.enc.Exact() }

// Source returns the byte of the file at which the transcoded offset stands. The
// offset must be the beginning of a rune.
func (t *Tracker) Source(offset int64) (int64, error) {
	if t.enc.IsUTF8() {
		return offset, nil
	}
	t.mu.Lock()
	i := sort.Search(len(t.marks), func(i int) bool { return t.marks[i].out > offset }) - 1
	var from place
	if i >= 0 {
		from = t.marks[i]
	}
	t.mu.Unlock()
	if i < 0 {
		return int64(t.enc.Mark), nil
	}
	// Between two places lie little more than two steps of transcoded text, and no rune
	// takes more bytes in the file than four.
	buf := make([]byte, (offset-from.out+4)*4)
	n, err := t.file.ReadAt(buf, from.at)
	if n == 0 && err != nil && offset > from.out {
		return 0, fmt.Errorf("read again at byte %d: %w", from.at, err)
	}
	part := Encoding{Name: t.enc.Name, enc: t.enc.enc, width: t.enc.width}
	u := part.Decode(buf[:n])
	return from.at + t.enc.sourceLenPart(u[:min(offset-from.out, int64(len(u)))]), nil
}

// sourceLenPart is SourceLen for text that may begin or end inside a rune: each
// rune is counted by its first byte.
func (e Encoding) sourceLenPart(u []byte) int64 {
	var n int64
	for _, c := range u {
		if c&0xc0 == 0x80 {
			continue
		}
		n += int64(e.width)
		if e.width == 2 && c >= 0xf0 {
			n += 2
		}
	}
	return n
}

// countReader counts what was read.
type countReader struct {
	r io.Reader
	n int64
}

// Read implements io.Reader.
func (c *countReader) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err //nolint:wrapcheck // io.EOF has to stay bare for readers.
}

// UTF8 reports whether the file is UTF-8 already, so that offsets in the stream
// and in the file are the same.
func (t *Tracker) UTF8() bool { return t.enc.IsUTF8() }
