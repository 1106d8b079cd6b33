package casefile

import (
	"errors"
	"io"

	"vedette/backend/internal/archive"
	"vedette/backend/model"
)

// openMember returns the bytes of a member of an archive, or the container's own
// for an empty path. A member is read as a stream: going on is cheap, going
// back begins again. It is not safe for concurrent use. Room for archives inside
// of archives is made in dir.
func openMember(c *Container, path, dir string) (io.ReaderAt, error) {
	if path == "" {
		return c, nil
	}
	open := func() (io.ReadCloser, error) { return archive.Open(c, c.Size(), path, dir) }
	first, err := open()
	if err != nil {
		return nil, fault(CodeDamaged, "an archive in the case cannot be read: member "+path, err)
	}
	return &member{archive.NewAt(func() (io.ReadCloser, error) {
		if first == nil {
			return open()
		}
		r := first
		first = nil
		return r, nil
	})}, nil
}

// member tells what is wrong with an archive as the case does.
type member struct{ *archive.At }

// ReadAt implements io.ReaderAt.
func (m *member) ReadAt(p []byte, off int64) (int, error) {
	n, err := m.At.ReadAt(p, off)
	if err != nil && !errors.Is(err, io.EOF) {
		err = fault(CodeDamaged, "an archive in the case cannot be read", err)
	}
	return n, err
}

// readSection reads the byte range of a locator.
func readSection(r io.ReaderAt, l *model.Locator) ([]byte, error) {
	if l.Offset < 0 || l.Length < 0 || l.Length > maxRange {
		return nil, fault(CodeDamaged, "a record's place in its original is impossible", nil)
	}
	b := make([]byte, l.Length)
	if n, err := r.ReadAt(b, l.Offset); n < len(b) {
		return nil, fault(CodeDamaged, "a record lies outside its original", err)
	}
	return b, nil
}
