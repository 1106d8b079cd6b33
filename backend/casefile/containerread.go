package casefile

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"sort"
	"sync"

	"github.com/klauspost/compress/zstd"
)

// Container reads the original bytes of a stored file at any offset. It is safe
// for concurrent use; reading in sequence unpacks every frame once.
type Container struct {
	f     *os.File
	table *seekTable
	dec   *zstd.Decoder

	mu     sync.Mutex
	recent []*frame // last used last
}

// keptFrames is how many unpacked frames a Container remembers: 2 MB.
const keptFrames = 8

type frame struct {
	n    int
	once sync.Once
	data []byte
	err  error
}

// OpenContainer opens a container of the case by the SHA-256 of its original.
func (c *Case) OpenContainer(ctx context.Context, sha256 string) (*Container, error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("open container: %w", err)
	}
	return openContainer(c.dir, sha256)
}

func openContainer(dir, sha256 string) (*Container, error) {
	if !isHash(sha256) {
		return nil, fault(CodeDamaged, "a container has no proper name", nil)
	}
	f, err := os.Open(filepath.Join(dir, containerFolder, sha256))
	if err != nil {
		return nil, fault(CodeDamaged, "an original file is missing from the case: "+sha256, err)
	}
	st, err := f.Stat()
	if err != nil {
		return nil, errors.Join(fmt.Errorf("open container: %w", err), f.Close())
	}
	table, err := readSeekTable(f, st.Size())
	if err != nil {
		return nil, errors.Join(fault(CodeDamaged, "an original file in the case is damaged: "+sha256, err), f.Close())
	}
	dec, err := newDecoder()
	if err != nil {
		return nil, errors.Join(err, f.Close())
	}
	return &Container{f: f, table: table, dec: dec}, nil
}

// newDecoder unpacks frames of at most frameSize bytes and refuses others.
func newDecoder() (*zstd.Decoder, error) {
	dec, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(0), zstd.WithDecoderMaxMemory(2*frameSize))
	if err != nil {
		return nil, fmt.Errorf("make decompressor: %w", err)
	}
	return dec, nil
}

// isHash reports whether s is a SHA-256 digest in lower-case hexadecimal, and so
// a safe file name.
func isHash(s string) bool {
	if len(s) != 64 {
		return false
	}
	for i := range len(s) {
		if (s[i] < '0' || s[i] > '9') && (s[i] < 'a' || s[i] > 'f') {
			return false
		}
	}
	return true
}

// Size is the size of the original in bytes.
func (c *Container) Size() int64 { return c.table.size() }

// Close releases the file.
func (c *Container) Close() error {
	c.dec.Close()
	if err := c.f.Close(); err != nil {
		return fmt.Errorf("close container: %w", err)
	}
	return nil
}

// ReadAt reads original bytes at off, as io.ReaderAt says.
func (c *Container) ReadAt(p []byte, off int64) (int, error) {
	if off < 0 {
		return 0, errors.New("read container: negative offset")
	}
	done := 0
	for done < len(p) {
		at := off + int64(done)
		if at >= c.Size() {
			return done, io.EOF
		}
		i := sort.Search(c.table.frames(), func(i int) bool { return c.table.offsets[i+1] > at })
		data, err := c.frame(i)
		if err != nil {
			return done, err
		}
		done += copy(p[done:], data[at-c.table.offsets[i]:])
	}
	return done, nil
}

// frame returns the unpacked bytes of frame i. Those who ask for the same frame
// at once wait for one unpacking.
func (c *Container) frame(i int) ([]byte, error) {
	f := c.remember(i)
	f.once.Do(func() { f.data, f.err = c.unpack(i) })
	return f.data, f.err
}

func (c *Container) remember(i int) *frame {
	c.mu.Lock()
	defer c.mu.Unlock()
	last := len(c.recent) - 1
	for k := last; k >= 0; k-- {
		if f := c.recent[k]; f.n == i {
			copy(c.recent[k:], c.recent[k+1:])
			c.recent[last] = f
			return f
		}
	}
	f := &frame{n: i}
	if len(c.recent) == keptFrames {
		copy(c.recent, c.recent[1:])
		c.recent[last] = f
	} else {
		c.recent = append(c.recent, f)
	}
	return f
}

func (c *Container) unpack(i int) ([]byte, error) {
	packed := make([]byte, c.table.starts[i+1]-c.table.starts[i])
	if _, err := c.f.ReadAt(packed, c.table.starts[i]); err != nil {
		return nil, fmt.Errorf("read container: %w", err)
	}
	size := int(c.table.offsets[i+1] - c.table.offsets[i])
	data, err := c.dec.DecodeAll(packed, make([]byte, 0, size))
	if err != nil {
		return nil, fault(CodeDamaged, "an original file in the case is damaged", err)
	}
	if len(data) != size {
		return nil, fault(CodeDamaged, "an original file in the case is damaged", errSeekTable)
	}
	return data, nil
}
