package archive

import (
	"archive/tar"
	"archive/zip"
	"bufio"
	"bytes"
	"compress/bzip2"
	"compress/gzip"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"github.com/klauspost/compress/zstd"
)

// Archive is a file with members. It is for one goroutine at a time.
type Archive struct {
	kind  Kind
	r     io.ReaderAt
	size  int64
	name  string
	zip   *zip.Reader
	guard guard
}

// Member is one file in an archive. Path tells it from every other member: its
// name as packed, with "#2" and so on behind it when the name occurs again. It is
// never a path on this machine.
type Member struct {
	Path string
	// Packed is how many bytes of the archive were read when it ends; for
	// progress.
	Packed int64
	// Skip says why there is nothing to read, for people: it is a link, or
	// encrypted. Empty for a member that can be opened.
	Skip string
	// alone says that the file is this member and nothing else: it has no name of
	// its own.
	alone bool
}

// New opens the archive in r, of size bytes; name is its file's name.
func New(r io.ReaderAt, size int64, name string) (*Archive, error) {
	head := make([]byte, min(size, 512))
	if _, err := r.ReadAt(head, 0); err != nil && !errors.Is(err, io.EOF) {
		return nil, fmt.Errorf("read %s: %w", name, err)
	}
	a := &Archive{kind: Sniff(head), r: r, size: size, name: name, guard: guard{size: size}}
	if !a.kind.Readable() {
		return nil, fmt.Errorf("%s is no archive that can be read: %w", name, ErrDamaged)
	}
	if a.kind != ZIP {
		return a, nil
	}
	if err := checkDirectory(r, size); err != nil {
		return nil, err
	}
	z, err := zip.NewReader(r, size)
	if err != nil && !errors.Is(err, zip.ErrInsecurePath) {
		return nil, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if len(z.File) > maxMembers {
		return nil, fmt.Errorf("%w: %d", ErrTooMany, len(z.File))
	}
	a.zip = z
	return a, nil
}

// Kind is how the archive is packed.
func (a *Archive) Kind() Kind { return a.kind }

// Walk calls fn for every member in the order of the archive. The stream ends
// with the call; it fails where the member is damaged. An error of fn ends the
// walk and is returned.
func (a *Archive) Walk(fn func(m Member, r io.Reader) error) error {
	a.guard.total = 0
	if a.kind == ZIP {
		return a.walkZIP(fn)
	}
	in := &counted{r: io.NewSectionReader(a.r, 0, a.size)}
	stream, closer, err := unpack(a.kind, in)
	if err != nil {
		return err
	}
	defer closer()
	b := bufio.NewReaderSize(a.guard.reader(stream), 64<<10)
	if head, err := b.Peek(512); a.kind != Tar && (len(head) < 512 || Sniff(head) != Tar) {
		if len(head) == 0 && err != nil && !errors.Is(err, io.EOF) {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return fn(Member{Path: alone(a.name, a.kind), Packed: a.size, alone: true}, b)
	}
	return a.walkTar(b, in, fn)
}

// unpack opens the stream of a packed file.
func unpack(k Kind, r io.Reader) (io.Reader, func(), error) {
	nothing := func() {}
	switch k {
	case Gzip:
		z, err := gzip.NewReader(r)
		if err != nil {
			return nil, nothing, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return z, nothing, nil
	case Zstd:
		z, err := zstd.NewReader(r, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true), zstd.WithDecoderMaxWindow(maxWindow), zstd.WithDecoderMaxMemory(1<<62))
		if err != nil {
			return nil, nothing, fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		return z, z.Close, nil
	case Bzip2:
		return bzip2.NewReader(r), nothing, nil
	}
	return r, nothing, nil
}

// alone names the single member of a packed file after the file.
func alone(name string, k Kind) string {
	base := path.Base(name)
	ext := map[Kind]string{Gzip: ".gz", Zstd: ".zst", Bzip2: ".bz2"}[k]
	if short := strings.TrimSuffix(base, ext); short != base && short != "" {
		return short
	}
	return base
}

func (a *Archive) walkZIP(fn func(Member, io.Reader) error) error {
	names := namer{}
	for _, f := range a.zip.File {
		if f.FileInfo().IsDir() {
			continue
		}
		m := Member{Path: names.path(f.Name)}
		if at, err := f.DataOffset(); err == nil {
			m.Packed = min(at+int64(min(f.CompressedSize64, 1<<62)), a.size)
		}
		switch {
		case f.Flags&1 != 0:
			m.Skip = ErrEncrypted.Error()
		case !f.Mode().IsRegular():
			m.Skip = "it is a link or something special, not a file"
		}
		r, err := a.openZIP(f, m.Skip)
		if err != nil {
			r = io.NopCloser(failing{fmt.Errorf("%w: %w", ErrDamaged, err)})
		}
		err = fn(m, a.guard.reader(r))
		if cerr := r.Close(); err == nil && cerr != nil && !errors.Is(cerr, zip.ErrChecksum) {
			err = fmt.Errorf("close %s: %w", m.Path, cerr)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (a *Archive) openZIP(f *zip.File, skip string) (io.ReadCloser, error) {
	if skip != "" {
		return io.NopCloser(bytes.NewReader(nil)), nil
	}
	return f.Open() //nolint:wrapcheck // wrapped by the caller
}

func (a *Archive) walkTar(r io.Reader, in *counted, fn func(Member, io.Reader) error) error {
	names := namer{}
	t := tar.NewReader(r)
	holes := guard{size: a.size} // a sparse member unpacks to more than was read
	for n := 0; ; n++ {
		h, err := t.Next()
		switch {
		case errors.Is(err, io.EOF):
			return nil
		case errors.Is(err, tar.ErrInsecurePath): // names are never paths here
		case errors.Is(err, ErrBomb):
			return err //nolint:wrapcheck // it says everything
		case err != nil:
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		case n >= maxMembers:
			return fmt.Errorf("%w: %d", ErrTooMany, n)
		}
		if h.Typeflag == tar.TypeDir || h.Typeflag == tar.TypeXGlobalHeader {
			continue
		}
		m := Member{Path: names.path(h.Name), Packed: min(in.n, a.size)}
		if h.Typeflag != tar.TypeReg && h.Typeflag != tar.TypeRegA && h.Typeflag != tar.TypeGNUSparse { //nolint:staticcheck // old files have the old flag
			m.Skip = "it is a link or something special, not a file"
		}
		if err := fn(m, holes.reader(t)); err != nil {
			return err
		}
	}
}

// namer makes names distinct.
type namer map[string]int

func (n namer) path(name string) string {
	name = strings.ReplaceAll(strings.ToValidUTF8(name, "\uFFFD"), "\x00", "\uFFFD")
	n[name]++
	if k := n[name]; k > 1 {
		return n.path(fmt.Sprintf("%s#%d", name, k))
	}
	return name
}

// counted counts the bytes that were read.
type counted struct {
	r io.Reader
	n int64
}

// Read implements io.Reader.
func (c *counted) Read(p []byte) (int, error) {
	n, err := c.r.Read(p)
	c.n += int64(n)
	return n, err //nolint:wrapcheck // a reader hands its errors on as they are
}

// failing is a stream that cannot be read.
type failing struct{ err error }

// Read implements io.Reader.
func (f failing) Read([]byte) (int, error) { return 0, f.err }
