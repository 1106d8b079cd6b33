package archive

import (
	"errors"
	"fmt"
	"io"
	"strings"
)

// inside separates the path of an archive in an archive from that of its member.
const inside = "!/"

// Inside is the path of a member of the archive that is itself a member.
func Inside(outer, member string) string { return outer + inside + member }

// Open finds a member by its path, in the archive of size bytes in r; a file that
// is one packed stream has only one, whatever the path. Closing it ends the walk through the archive.
// Room for archives in archives is made in dir.
func Open(r io.ReaderAt, size int64, path, dir string) (io.ReadCloser, error) {
	first, rest, nested := strings.Cut(path, inside)
	a, err := New(r, size, "")
	if err != nil {
		return nil, err
	}
	m, err := a.open(first)
	if errors.Is(err, ErrNoMember) && nested { // a name may hold the mark itself
		return a.open(path)
	}
	if err != nil || !nested {
		return m, err
	}
	s, err := NewSpool(m, dir)
	if cerr := m.Close(); err == nil {
		err = cerr
	}
	if err != nil {
		return nil, errors.Join(fmt.Errorf("unpack %s: %w", first, err), s.Close())
	}
	in, err := Open(s, s.Size(), rest, dir)
	if err != nil {
		return nil, errors.Join(err, s.Close())
	}
	return &nestedMember{ReadCloser: in, s: s}, nil
}

type nestedMember struct {
	io.ReadCloser
	s *Spool
}

// Close implements io.Closer.
func (n *nestedMember) Close() error { return errors.Join(n.ReadCloser.Close(), n.s.Close()) }

// open finds a member. In a packed stream all before it is unpacked first.
func (a *Archive) open(path string) (io.ReadCloser, error) {
	if a.kind == ZIP {
		names := namer{}
		for _, f := range a.zip.File {
			if !f.FileInfo().IsDir() && names.path(f.Name) == path {
				r, err := f.Open()
				if err != nil {
					return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
				}
				return r, nil
			}
		}
		return nil, fmt.Errorf("%w: %s", ErrNoMember, path)
	}
	return a.openStream(path)
}

// found ends a walk that has its member.
var errFound = errors.New("found")

// openStream walks to the member in a goroutine of its own, which hands the
// bytes on and ends when the member is closed.
func (a *Archive) openStream(path string) (io.ReadCloser, error) {
	pr, pw := io.Pipe()
	started := make(chan error, 1)
	go func() {
		err := a.Walk(func(m Member, r io.Reader) error {
			if m.Path != path && !m.alone {
				return nil
			}
			started <- nil
			if _, err := io.Copy(pw, r); err != nil {
				return fmt.Errorf("unpack %s: %w", path, err)
			}
			return errFound
		})
		switch {
		case errors.Is(err, errFound):
			err = nil
		case err == nil:
			err = fmt.Errorf("%w: %s", ErrNoMember, path)
		}
		select {
		case started <- err:
		default:
		}
		_ = pw.CloseWithError(err) // it never fails
	}()
	if err := <-started; err != nil {
		return nil, err
	}
	return pr, nil
}
