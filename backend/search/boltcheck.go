package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/fnv"
	"os"
	"path/filepath"
)

// The head of a bbolt file: two meta pages, of which the valid one with the
// higher transaction counts (bbolt, internal/common/meta.go).
const (
	boltMagic    = 0xED0CDAED
	boltMetaAt   = 16 // behind the page's header
	boltMetaSize = 64
)

// checkBolt looks whether the file of segments is as long as it says. bbolt maps
// it into memory, where reading behind the end would kill the process.
func checkBolt(dir string) (err error) {
	f, err := os.Open(filepath.Join(storePath(dir), "root.bolt"))
	if err != nil {
		return fmt.Errorf("check list of segments: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("check list of segments: %w", err)
	}
	var newest, pages, pageSize uint64
	for _, at := range boltMetas(f) {
		var m [boltMetaSize]byte
		if _, err := f.ReadAt(m[:], at+boltMetaAt); err != nil {
			continue
		}
		sum := fnv.New64a()
		if _, err := sum.Write(m[:56]); err != nil {
			return fmt.Errorf("check list of segments: %w", err)
		}
		if binary.LittleEndian.Uint32(m[:]) != boltMagic || binary.LittleEndian.Uint64(m[56:]) != sum.Sum64() {
			continue
		}
		if tx := binary.LittleEndian.Uint64(m[48:]); tx >= newest {
			newest, pages, pageSize = tx, binary.LittleEndian.Uint64(m[40:]), uint64(binary.LittleEndian.Uint32(m[8:]))
		}
	}
	if pageSize == 0 || pages > uint64(info.Size())/pageSize {
		return errors.New("the list of segments is damaged or cut off")
	}
	return nil
}

// boltMetas gives where the meta pages are: the second is a page behind the
// first, and a page is as long as the first says, or as the system's are.
func boltMetas(f *os.File) []int64 {
	var m [boltMetaSize]byte
	size := int64(os.Getpagesize())
	if _, err := f.ReadAt(m[:], boltMetaAt); err == nil && binary.LittleEndian.Uint32(m[:]) == boltMagic {
		if s := int64(binary.LittleEndian.Uint32(m[8:])); s >= 512 && s <= 1<<16 {
			size = s
		}
	}
	return []int64{0, size}
}
