package bluesky

import (
	"bufio"
	"context"
	"crypto/sha256"
	"encoding/binary"
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Bounds of a CAR file: its header and a block that is a part of the tree in
// bytes, an address in bytes, and how many blocks are kept in mind.
const (
	maxCARHeader = 64 << 10
	maxNode      = 2 << 20
	maxCID       = 128
	maxBlocks    = 4 << 20
)

// cid is the binary form of a block's address.
type cid string

// matches reports whether the bytes are those that the address stands for. Only
// SHA-256, which repositories use, can be checked; another hash counts as no
// match.
func (c cid) matches(data []byte) bool {
	b := []byte(c)
	if len(b) < 34 || b[len(b)-34] != 0x12 || b[len(b)-33] != 32 {
		return false
	}
	sum := sha256.Sum256(data)
	return string(sum[:]) == string(b[len(b)-32:])
}

// block is where the bytes of a block are.
type block struct{ offset, length int64 }

// car is a CAR file while it is read.
type car struct {
	f       importer.File
	limit   int64
	root    cid
	did     string
	blocks  map[cid]block
	problem []entry // places that are no block
	missing int
}

// index finds the blocks of the file and remembers their places.
func (c *car) index(ctx context.Context) error {
	r := bufio.NewReaderSize(c.f.Section(), 64<<10)
	pos, err := c.header(r)
	if err != nil {
		return err
	}
	for n := 0; ; n++ {
		if n%4096 == 0 && ctx.Err() != nil {
			return fmt.Errorf("find blocks: %w", context.Cause(ctx))
		}
		size, width, err := uvarint(r)
		if errors.Is(err, io.EOF) && width == 0 {
			return nil
		}
		start := pos
		pos += int64(width)
		if err != nil || size > uint64(c.f.Size-pos) || size == 0 {
			c.broken(start, err)
			return nil
		}
		if len(c.blocks) >= maxBlocks {
			return &model.Fault{Code: "file_too_large", Params: map[string]string{
				"message": fmt.Sprintf("The repository has more than %d blocks; it is not read.", maxBlocks),
			}}
		}
		if err := c.block(r, pos, int64(size)); err != nil {
			return err
		}
		pos += int64(size)
	}
}

// broken notes the place from which on the file cannot be followed.
func (c *car) broken(at int64, err error) {
	e := entry{block: block{offset: at, length: min(c.f.Size-at, carHeadKept)}, code: importer.RejectTruncated, why: "is longer than the rest of the file"}
	if err != nil && !errors.Is(err, io.ErrUnexpectedEOF) && !errors.Is(err, io.EOF) {
		e.code, e.why = "bad_car", "has no readable length; the file is not read behind it"
	}
	c.problem = append(c.problem, e)
}

// block takes one block: its address, and the place of its bytes.
func (c *car) block(r *bufio.Reader, pos, size int64) error {
	head, err := r.Peek(int(min(size, maxCID)))
	if err != nil {
		return fmt.Errorf("read block at byte %d: %w", pos, err)
	}
	id, ok := readCID(head)
	if ok {
		at := block{offset: pos + int64(len(id)), length: size - int64(len(id))}
		if _, twice := c.blocks[id]; !twice {
			c.blocks[id] = at
		}
	} else {
		c.problem = append(c.problem, entry{block: block{offset: pos, length: min(size, carHeadKept)}, code: "bad_car", why: "has no readable address"})
	}
	if _, err := io.CopyN(io.Discard, r, size); err != nil {
		return fmt.Errorf("read block at byte %d: %w", pos, err)
	}
	return nil
}

// header reads the header and finds the commit's address in it.
func (c *car) header(r *bufio.Reader) (int64, error) {
	fault := func(why string) error {
		return &model.Fault{Code: "car_unreadable", Params: map[string]string{"message": "The repository cannot be read: " + why + "."}}
	}
	size, width, err := uvarint(r)
	if err != nil || size == 0 || size > maxCARHeader {
		return 0, fault("its header has no readable length")
	}
	b := make([]byte, size)
	if _, err := io.ReadFull(r, b); err != nil {
		return 0, fault("its header is cut off")
	}
	h, err := decode(b)
	if err != nil {
		return 0, fault("its header is broken")
	}
	roots, _ := h["roots"].([]any)
	if len(roots) == 0 {
		return 0, fault("its header names no commit")
	}
	c.root, _ = link(roots[0])
	return int64(width) + int64(size), nil
}

// readCID takes the address at the beginning of b.
func readCID(b []byte) (cid, bool) {
	n := 0
	if len(b) >= 34 && b[0] == 0x12 && b[1] == 32 { // version 0: the bare hash
		return cid(b[:34]), true
	}
	next := func() (uint64, bool) {
		v, w := binary.Uvarint(b[n:])
		if w <= 0 {
			return 0, false
		}
		n += w
		return v, true
	}
	version, ok := next()
	if !ok || version != 1 {
		return "", false
	}
	for range 2 { // the codec and the hash function
		if _, ok := next(); !ok {
			return "", false
		}
	}
	length, ok := next()
	if !ok || length > uint64(len(b)-n) {
		return "", false
	}
	return cid(b[:n+int(length)]), true
}

// uvarint reads a length, and how many bytes it takes.
func uvarint(r *bufio.Reader) (v uint64, width int, err error) {
	for shift := uint(0); ; shift += 7 {
		c, err := r.ReadByte()
		if err != nil {
			if width > 0 && errors.Is(err, io.EOF) {
				err = io.ErrUnexpectedEOF
			}
			return 0, width, err
		}
		width++
		if width > 9 {
			return 0, width, errors.New("a length of more than nine bytes")
		}
		v |= uint64(c&0x7f) << shift
		if c < 0x80 {
			return v, width, nil
		}
	}
}

// bytes reads a range of the file.
func (c *car) bytes(offset, length int64) ([]byte, error) {
	b := make([]byte, length)
	if n, err := c.f.R.ReadAt(b, offset); int64(n) != length {
		return nil, fmt.Errorf("read %d bytes at byte %d: %w", length, offset, err)
	}
	return b, nil
}
