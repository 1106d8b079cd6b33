package columns

import (
	"bufio"
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"maps"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// A snapshot is a magic word, the number of posts, and blocks: length, CRC-32C,
// bytes, all little-endian. The first block is the stamp; then come the columns
// in the order of the constants. An empty block ends the file.
const (
	snapshotMagic = "vedcol02"
	// maxBlock bounds what a damaged length can make the reader allocate.
	maxBlock = 1 << 30
	// outEntry is the size of a number that does not fit its key.
	outEntry = 12
)

var castagnoli = crc32.MakeTable(crc32.Castagnoli)

// ErrSnapshot says that a snapshot is of another state of the case or damaged;
// the table has to be filled from the case.
var ErrSnapshot = errors.New("column snapshot cannot be used")

// WriteSnapshot writes the table as it is now. Stamp names the state of the case
// that it belongs to.
func (t *Table) WriteSnapshot(w io.Writer, stamp string) error {
	v := t.View()
	s := &snapshotWriter{w: bufio.NewWriterSize(w, 1<<18)}
	s.raw([]byte(snapshotMagic))
	s.raw(binary.LittleEndian.AppendUint64(nil, uint64(v.n)))
	s.block([]byte(stamp))
	for i := range v.singles {
		s.dict(v.dicts[i])
		for k := range v.singles[i] {
			s.codes(&v.singles[i][k])
		}
	}
	for i := range v.multis {
		s.dict(v.tags[i])
		for k := range v.multis[i] {
			s.multi(&v.multis[i][k])
		}
	}
	for i := range v.numbers {
		for _, c := range v.numbers[i].chunks {
			s.words(len(c), func(i int) uint32 { return uint32(c[i]) })
		}
		s.outliers(v.numbers[i].out)
	}
	for _, b := range v.sets {
		s.bitmap(b)
	}
	s.dict(v.names)
	for _, b := range v.labels {
		s.bitmap(b)
	}
	s.dict(v.people)
	for _, column := range [][][]uint32{v.handles, v.display} {
		for _, c := range column {
			s.words(len(c), func(i int) uint32 { return c[i] })
		}
	}
	s.block(nil)
	if s.err == nil {
		s.err = s.w.Flush()
	}
	if s.err != nil {
		return fmt.Errorf("write column snapshot: %w", s.err)
	}
	return nil
}

// snapshotWriter writes blocks and keeps the first error.
type snapshotWriter struct {
	w   *bufio.Writer
	buf []byte
	err error
}

func (s *snapshotWriter) raw(b []byte) {
	if s.err == nil {
		_, s.err = s.w.Write(b)
	}
}

func (s *snapshotWriter) block(b []byte) {
	if len(b) > maxBlock && s.err == nil {
		s.err = fmt.Errorf("block of %d bytes", len(b))
	}
	head := binary.LittleEndian.AppendUint32(nil, uint32(len(b)))
	s.raw(binary.LittleEndian.AppendUint32(head, crc32.Checksum(b, castagnoli)))
	s.raw(b)
}

func (s *snapshotWriter) words(n int, at func(i int) uint32) {
	s.buf = s.buf[:0]
	for i := range n {
		s.buf = binary.LittleEndian.AppendUint32(s.buf, at(i))
	}
	s.block(s.buf)
}

func (s *snapshotWriter) dict(d dictView) {
	s.words(len(d.ends), func(i int) uint32 { return d.ends[i] })
	for text := d.text; ; text = text[maxBlock:] {
		if len(text) < maxBlock {
			s.block(text)
			return
		}
		s.block(text[:maxBlock])
	}
}

func (s *snapshotWriter) codes(c *codes) {
	s.buf = append(s.buf[:0], byte(c.width))
	switch c.width {
	case 1:
		s.buf = append(s.buf, c.w8...)
	case 2:
		for _, x := range c.w16 {
			s.buf = binary.LittleEndian.AppendUint16(s.buf, x)
		}
	default:
		for _, x := range c.w32 {
			s.buf = binary.LittleEndian.AppendUint32(s.buf, x)
		}
	}
	s.block(s.buf)
}

func (s *snapshotWriter) multi(c *multiChunk) {
	s.words(len(c.starts), func(i int) uint32 { return c.starts[i] })
	s.words(len(c.values), func(i int) uint32 { return c.values[i] })
}

func (s *snapshotWriter) outliers(out map[uint32]int64) {
	s.buf = s.buf[:0]
	for _, ord := range slices.Sorted(maps.Keys(out)) {
		s.buf = binary.LittleEndian.AppendUint32(s.buf, ord)
		s.buf = binary.LittleEndian.AppendUint64(s.buf, uint64(out[ord]))
	}
	s.block(s.buf)
}

func (s *snapshotWriter) bitmap(b *roaring.Bitmap) {
	bytes, err := b.ToBytes()
	if err != nil && s.err == nil {
		s.err = err
	}
	s.block(bytes)
}

// ReadSnapshot reads a table that WriteSnapshot wrote with the same stamp. Any
// other stamp, a damaged or cut file, or one whose parts do not fit together,
// gives an error that wraps ErrSnapshot.
func ReadSnapshot(r io.Reader, stamp string) (*Table, error) {
	s := &snapshotReader{r: bufio.NewReaderSize(r, 1<<18)}
	t, err := s.table(stamp)
	if err != nil {
		return nil, fmt.Errorf("read column snapshot: %w: %w", ErrSnapshot, err)
	}
	return t, nil
}

// snapshotReader reads and checks blocks and keeps the first error.
type snapshotReader struct {
	r   *bufio.Reader
	buf []byte
	n   int // posts
	err error
}

func (s *snapshotReader) fail(format string, args ...any) {
	if s.err == nil {
		s.err = fmt.Errorf(format, args...)
	}
}

func (s *snapshotReader) table(stamp string) (*Table, error) {
	head := make([]byte, len(snapshotMagic)+8)
	if _, err := io.ReadFull(s.r, head); err != nil {
		return nil, fmt.Errorf("read header: %w", err)
	}
	if string(head[:len(snapshotMagic)]) != snapshotMagic {
		return nil, errors.New("it is not a column snapshot of this version")
	}
	n := binary.LittleEndian.Uint64(head[len(snapshotMagic):])
	if n > math.MaxInt32 {
		return nil, fmt.Errorf("%d posts", n)
	}
	s.n = int(n)
	if got := s.block(); s.err == nil && string(got) != stamp {
		return nil, errors.New("it is of another state of the case")
	}
	t := New()
	t.n = s.n
	for i := range t.singles {
		t.dicts[i] = s.dict()
		s.singles(&t.singles[i], len(t.dicts[i].ends))
	}
	for i := range t.multis {
		t.tags[i] = s.dict()
		s.multis(&t.multis[i], len(t.tags[i].ends))
	}
	for i := range t.numbers {
		s.numbers(&t.numbers[i])
	}
	for i := range t.sets {
		t.sets[i] = s.flags()
	}
	t.names = s.dict()
	for range t.names.ends {
		t.labels = append(t.labels, s.flags())
	}
	t.people = s.dict()
	authors := len(t.dicts[colAuthor].ends)
	s.codeArray(&t.handles, authors, len(t.people.ends))
	s.codeArray(&t.display, authors, len(t.people.ends))
	if end := s.block(); s.err == nil && len(end) > 0 {
		s.fail("there is more than a table")
	}
	return t, s.err
}

// block reads a block; its bytes are valid until the next.
func (s *snapshotReader) block() []byte {
	if s.err != nil {
		return nil
	}
	var head [8]byte
	if _, err := io.ReadFull(s.r, head[:]); err != nil {
		s.fail("read block: %w", err)
		return nil
	}
	size := int(binary.LittleEndian.Uint32(head[:4]))
	if size > maxBlock {
		s.fail("block of %d bytes", size)
		return nil
	}
	if size <= 1<<20 {
		if cap(s.buf) < size {
			s.buf = make([]byte, size)
		}
		s.buf = s.buf[:size]
		if _, err := io.ReadFull(s.r, s.buf); err != nil {
			s.fail("read block: %w", err)
			return nil
		}
	} else {
		// The length may be wrong: memory grows with what is really there.
		b := bytes.NewBuffer(s.buf[:0])
		if _, err := io.CopyN(b, s.r, int64(size)); err != nil {
			s.fail("read block: %w", err)
			return nil
		}
		s.buf = b.Bytes()
	}
	if crc32.Checksum(s.buf, castagnoli) != binary.LittleEndian.Uint32(head[4:]) {
		s.fail("a checksum is wrong")
		return nil
	}
	return s.buf
}

// words reads a block of four-byte numbers into an array of the given capacity
// or more.
func (s *snapshotReader) words(capacity int) []uint32 {
	b := s.block()
	if len(b)%4 != 0 {
		s.fail("block of %d bytes", len(b))
	}
	out := make([]uint32, len(b)/4, max(capacity, len(b)/4))
	for i := range out {
		out[i] = binary.LittleEndian.Uint32(b[4*i:])
	}
	return out
}
