package archive

import (
	"errors"
	"fmt"
	"io"
)

// The errors of an archive that was made to hurt or cannot be read. They are
// wrapped with what is known about the place.
var (
	ErrBomb      = errors.New("it unpacks to far more than such a file holds")
	ErrEncrypted = errors.New("it is encrypted")
	ErrTooMany   = errors.New("it has too many members")
	ErrDamaged   = errors.New("it is damaged")
	ErrNoMember  = errors.New("there is no such member")
)

// The bounds of unpacking. Text rarely packs to less than a fiftieth; what packs
// better than maxRatio, above a size that does no harm, was made to fill disks.
const (
	maxRatio   = 250
	freeBytes  = 64 << 20
	maxMembers = 200_000
	// maxDirectory bounds the table of contents of a ZIP file, which is held in
	// memory, in bytes.
	maxDirectory = 48 << 20
	// maxWindow is the largest zstd window: archives of whole months are packed
	// with windows of 2 GB, of which only as much is held as was unpacked.
	maxWindow = 1 << 31
)

// guard counts what is unpacked from an archive of size bytes.
type guard struct {
	size  int64
	total int64
}

// reader bounds a stream that is unpacked.
func (g *guard) reader(r io.Reader) io.Reader { return &guarded{g: g, r: r} }

type guarded struct {
	g *guard
	r io.Reader
}

// Read implements io.Reader.
func (x *guarded) Read(p []byte) (int, error) {
	n, err := x.r.Read(p)
	x.g.total += int64(n)
	if x.g.total > freeBytes && x.g.total/maxRatio > x.g.size {
		return 0, fmt.Errorf("%w: more than %d bytes from %d", ErrBomb, x.g.total, x.g.size)
	}
	return n, err //nolint:wrapcheck // a reader hands its errors on as they are
}

// Limit ends a stream with an error after n bytes.
func Limit(r io.Reader, n int64) io.Reader { return &limited{r: r, left: n} }

type limited struct {
	r    io.Reader
	left int64
}

// Read implements io.Reader.
func (l *limited) Read(p []byte) (int, error) {
	n, err := l.r.Read(p)
	if l.left -= int64(n); l.left < 0 {
		return 0, fmt.Errorf("%w: too large to be held", ErrTooMany)
	}
	return n, err //nolint:wrapcheck // a reader hands its errors on as they are
}
