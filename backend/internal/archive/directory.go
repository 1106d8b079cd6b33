package archive

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// checkDirectory refuses a ZIP file whose table of contents would not fit in
// memory. It reads the end record, or that of ZIP64 (APPNOTE 4.3.14 and 4.3.16).
func checkDirectory(r io.ReaderAt, size int64) error {
	tail := make([]byte, min(size, 65557+20))
	if _, err := r.ReadAt(tail, size-int64(len(tail))); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the end of the archive: %w", err)
	}
	end := bytes.LastIndex(tail, []byte("PK\x05\x06"))
	if end < 0 || len(tail) < end+22 {
		return fmt.Errorf("%w: it has no end, as when a download broke off", ErrDamaged)
	}
	dir := uint64(binary.LittleEndian.Uint32(tail[end+12:]))
	if dir == 0xffffffff && end >= 20 && string(tail[end-20:end-16]) == "PK\x06\x07" {
		rec := make([]byte, 56)
		at := binary.LittleEndian.Uint64(tail[end-12:])
		if at > uint64(size) {
			return fmt.Errorf("%w: its table of contents lies outside of it", ErrDamaged)
		}
		if _, err := r.ReadAt(rec, int64(at)); err != nil {
			return fmt.Errorf("%w: %w", ErrDamaged, err)
		}
		dir = binary.LittleEndian.Uint64(rec[40:])
	}
	if dir > maxDirectory {
		return fmt.Errorf("%w: its table of contents alone has %d bytes", ErrTooMany, dir)
	}
	return nil
}
