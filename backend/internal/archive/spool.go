package archive

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"os"
)

// memorySpool is how many bytes of a member are held in memory before a file is
// made of it.
const memorySpool = 16 << 20

// Spool is a stream made readable at any offset. It is safe for concurrent use.
type Spool struct {
	io.ReaderAt
	size int64
	file *os.File
}

// NewSpool reads a stream to its end: into memory, or when it is longer into a
// file without a name in dir. What was read before an error is in the spool,
// which is returned beside the error.
func NewSpool(r io.Reader, dir string) (*Spool, error) {
	var b bytes.Buffer
	n, err := io.CopyN(&b, r, memorySpool+1)
	if err != nil {
		if errors.Is(err, io.EOF) {
			err = nil
		}
		return &Spool{ReaderAt: bytes.NewReader(b.Bytes()), size: n}, err
	}
	f, err := os.CreateTemp(dir, "unpacked-*")
	if err != nil {
		return &Spool{ReaderAt: bytes.NewReader(nil)}, fmt.Errorf("make room for unpacking: %w", err)
	}
	_ = os.Remove(f.Name()) // where an open file cannot be removed, Close does it
	s := &Spool{ReaderAt: f, file: f}
	if _, err := f.Write(b.Bytes()); err != nil {
		return s, fmt.Errorf("unpack: %w", err)
	}
	b = bytes.Buffer{}
	s.size = n
	more, err := io.Copy(f, r)
	s.size += more
	if err != nil {
		return s, fmt.Errorf("unpack: %w", err)
	}
	return s, nil
}

// Size is the number of bytes.
func (s *Spool) Size() int64 { return s.size }

// Close gives back the room.
func (s *Spool) Close() error {
	if s.file == nil {
		return nil
	}
	name := s.file.Name()
	err := s.file.Close()
	if rm := os.Remove(name); rm != nil && !errors.Is(rm, os.ErrNotExist) {
		err = errors.Join(err, rm)
	}
	if err != nil {
		return fmt.Errorf("give back room: %w", err)
	}
	return nil
}
