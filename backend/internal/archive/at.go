package archive

import (
	"errors"
	"fmt"
	"io"
)

// At reads a stream at offsets. Going on is cheap, going back opens the stream
// again. It is not safe for concurrent use.
type At struct {
	open func() (io.ReadCloser, error)
	r    io.ReadCloser
	at   int64
}

// NewAt reads at offsets what open gives.
func NewAt(open func() (io.ReadCloser, error)) *At { return &At{open: open} }

// ReadAt implements io.ReaderAt.
func (a *At) ReadAt(p []byte, off int64) (int, error) {
	if a.r == nil || off < a.at {
		if err := a.Close(); err != nil {
			return 0, err
		}
		r, err := a.open()
		if err != nil {
			return 0, err
		}
		a.r, a.at = r, 0
	}
	n, err := io.CopyN(io.Discard, a.r, off-a.at)
	a.at += n
	if err != nil {
		return 0, ended(err)
	}
	k, err := io.ReadFull(a.r, p)
	a.at += int64(k)
	if err != nil {
		return k, ended(err)
	}
	return k, nil
}

// ended tells the end of the stream as io.ReaderAt does.
func ended(err error) error {
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		return io.EOF
	}
	return err
}

// Close ends the stream.
func (a *At) Close() error {
	if a.r == nil {
		return nil
	}
	err := a.r.Close()
	a.r = nil
	if err != nil {
		return fmt.Errorf("close member: %w", err)
	}
	return nil
}
