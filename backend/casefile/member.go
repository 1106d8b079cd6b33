package casefile

import (
	"archive/zip"
	"errors"
	"fmt"
	"io"

	"vedette/backend/model"
)

// openMember returns the bytes of a member of an archive, or the container's own
// for an empty path. A member is read as a stream: going on is cheap, going
// back begins again. It is not safe for concurrent use.
func openMember(c *Container, path string) (io.ReaderAt, error) {
	if path == "" {
		return c, nil
	}
	z, err := zip.NewReader(c, c.Size())
	if err != nil {
		return nil, fault(CodeDamaged, "an archive in the case cannot be read", err)
	}
	for _, f := range z.File {
		if f.Name == path {
			return &zipMember{f: f}, nil
		}
	}
	return nil, fault(CodeDamaged, "an archive in the case has no member "+path, nil)
}

type zipMember struct {
	f  *zip.File
	r  io.ReadCloser
	at int64
}

// ReadAt reads unpacked bytes at off, as io.ReaderAt says.
func (m *zipMember) ReadAt(p []byte, off int64) (int, error) {
	if m.r == nil || off < m.at {
		if err := m.Close(); err != nil {
			return 0, err
		}
		r, err := m.f.Open()
		if err != nil {
			return 0, fault(CodeDamaged, "an archive in the case cannot be read", err)
		}
		m.r, m.at = r, 0
	}
	n, err := io.CopyN(io.Discard, m.r, off-m.at)
	m.at += n
	if err != nil {
		return 0, memberError(err)
	}
	k, err := io.ReadFull(m.r, p)
	m.at += int64(k)
	if err != nil {
		return k, memberError(err)
	}
	return k, nil
}

func memberError(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return io.EOF
	}
	return fault(CodeDamaged, "an archive in the case cannot be read", err)
}

// Close ends the stream.
func (m *zipMember) Close() error {
	if m.r == nil {
		return nil
	}
	err := m.r.Close()
	m.r = nil
	if err != nil {
		return fmt.Errorf("close archive member: %w", err)
	}
	return nil
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
