package warc

import (
	"bufio"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/internal/archive"
)

// Unpacking is bounded: freeBytes always, and above that maxRatio times the size
// of the packed file. maxBreaks bounds how often reading is taken up again.
const (
	freeBytes = 64 << 20
	maxRatio  = 250
	maxBreaks = 1000
)

// broken is a place where a packed file cannot be unpacked.
type broken struct {
	at   int64 // in the unpacked bytes: what comes behind is from the next good member
	from int64 // where the member began, in the unpacked bytes
	// checksum says that the member was unpacked whole but is not what was packed.
	checksum     bool
	packed, next int64 // the damaged member in the packed file, and where reading goes on
	reason       string
}

// unpacker unpacks the members of a gzip file as one stream. Behind a damaged
// member it goes on with the next one that begins with a record.
type unpacker struct {
	ctx    context.Context
	file   importer.File
	in     *counter
	z      *gzip.Reader
	start  int64 // of the member in the packed file
	from   int64 // of the member in the unpacked bytes
	total  int64
	breaks []broken
	done   bool
}

func newUnpacker(ctx context.Context, f importer.File) *unpacker { return &unpacker{ctx: ctx, file: f} }

// counter counts the bytes that are used of a file.
type counter struct {
	*bufio.Reader
	n int64
}

// Read implements io.Reader.
func (c *counter) Read(p []byte) (int, error) {
	n, err := c.Reader.Read(p)
	c.n += int64(n)
	return n, err //nolint:wrapcheck // a reader hands its errors on as they are
}

// ReadByte implements io.ByteReader, so that no byte behind a member is taken.
func (c *counter) ReadByte() (byte, error) {
	b, err := c.Reader.ReadByte()
	if err == nil {
		c.n++
	}
	return b, err //nolint:wrapcheck // as above
}

// Read implements io.Reader.
func (u *unpacker) Read(p []byte) (int, error) {
	for {
		if u.done || u.ctx.Err() != nil {
			return 0, u.end()
		}
		if u.z == nil && !u.open() {
			continue
		}
		n, err := u.z.Read(p)
		u.total += int64(n)
		if u.total > freeBytes && u.total/maxRatio > u.file.Size {
			u.breakOff(archive.ErrBomb)
			u.done = true
			return 0, io.EOF
		}
		switch {
		case errors.Is(err, io.EOF):
			u.start, u.from = u.in.n, u.total
			u.z = nil
			if n > 0 {
				return n, nil
			}
		case err != nil:
			u.breakOff(err)
			if n > 0 {
				return n, nil
			}
		default:
			return n, nil
		}
	}
}

func (u *unpacker) end() error {
	if u.ctx.Err() != nil {
		return fmt.Errorf("unpack: %w", context.Cause(u.ctx))
	}
	return io.EOF
}

// open begins the next member; it reports whether there is one to read.
func (u *unpacker) open() bool {
	if u.in == nil {
		u.seek(u.start)
	}
	if u.start >= u.file.Size {
		u.done = true
		return false
	}
	z, err := gzip.NewReader(u.in)
	if err != nil {
		u.breakOff(err)
		return false
	}
	z.Multistream(false)
	u.z = z
	return true
}

// seek goes on at a place in the packed file.
func (u *unpacker) seek(at int64) {
	u.in = &counter{Reader: bufio.NewReaderSize(io.NewSectionReader(u.file.R, at, u.file.Size-at), 64<<10), n: at}
	u.start, u.from, u.z = at, u.total, nil
}

// breakOff notes that the member is damaged and finds the next one.
func (u *unpacker) breakOff(err error) {
	b := broken{at: u.total, from: u.from, packed: u.start, checksum: errors.Is(err, gzip.ErrChecksum), reason: reasonOf(err)}
	from := u.start + 1
	if b.checksum {
		from = u.in.n // the member was read to its end
	}
	b.next = u.file.Size
	if len(u.breaks) < maxBreaks {
		b.next = u.find(from)
	}
	u.breaks = append(u.breaks, b)
	if u.done = b.next >= u.file.Size; !u.done {
		u.seek(b.next)
	}
}

func reasonOf(err error) string {
	switch {
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		return "the file ends inside of it"
	case errors.Is(err, gzip.ErrChecksum):
		return "its checksum is wrong"
	case errors.Is(err, gzip.ErrHeader):
		return "it does not begin as gzip does"
	case errors.Is(err, archive.ErrBomb):
		return archive.ErrBomb.Error()
	}
	return "its packed bytes are damaged"
}

// find looks for the next member that begins with a record.
func (u *unpacker) find(from int64) int64 {
	const step = 64 << 10
	buf := make([]byte, step+3)
	var z gzip.Reader
	for at := from; at < u.file.Size && u.ctx.Err() == nil; at += step {
		n, err := u.file.R.ReadAt(buf, at)
		if err != nil && !errors.Is(err, io.EOF) {
			break
		}
		for i := 0; i+3 < n && i < step; i++ {
			if buf[i] == 0x1f && buf[i+1] == 0x8b && buf[i+2] == 8 && buf[i+3]&0xe0 == 0 && u.begins(&z, at+int64(i)) {
				return at + int64(i)
			}
		}
	}
	return u.file.Size
}

// begins reports whether the member at a place begins with a record.
func (u *unpacker) begins(z *gzip.Reader, at int64) bool {
	if z.Reset(io.NewSectionReader(u.file.R, at, u.file.Size-at)) != nil {
		return false
	}
	head := make([]byte, 512)
	n, err := io.ReadFull(z, head)
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) {
		return false
	}
	return isWARC(head[:n]) || isARC(head[:n])
}
