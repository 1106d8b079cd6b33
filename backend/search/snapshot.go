package search

import (
	"encoding/binary"
	"errors"
	"fmt"
	"hash/crc32"
	"io"
	"os"
	"runtime/debug"
	"sync"

	"github.com/blevesearch/bleve/v2/index/scorch"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// segmentMap keeps the ordinals of the documents of each segment, by Bleve's
// segment id: a new batch or a merge costs only what is new.
type segmentMap struct {
	mu sync.Mutex
	of map[uint64][]uint32
}

// snapshot is the index at one moment.
type snapshot struct {
	segments  []segmentView
	docs      uint64
	watermark int64
	tokens    int64
}

// segmentView is one segment: its documents are numbered from 0, and ords says
// which posts they are.
type segmentView struct {
	segment.Segment
	ords []uint32
}

// read calls fn with the index as it is now. Neither a merge nor Close takes it
// away meanwhile; a panic of Bleve is an error that wraps ErrRebuild.
func (ix *Index) read(fn func(*snapshot) error) (err error) {
	ix.open.RLock()
	defer ix.open.RUnlock()
	if err := ix.usable(); err != nil {
		return err
	}
	reader, err := ix.store.Reader()
	if err != nil {
		return fmt.Errorf("read index: %w: %w", ErrRebuild, err)
	}
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("read index: %w: bleve panicked: %v", ErrRebuild, p)
		}
		if e := reader.Close(); e != nil && err == nil {
			err = fmt.Errorf("read index: %w: %w", ErrRebuild, e)
		}
	}()
	root, ok := reader.(*scorch.IndexSnapshot)
	if !ok {
		return fmt.Errorf("read index: bleve gave a %T", reader)
	}
	s := &snapshot{tokens: ix.tokens.Load()}
	if v := root.Internal()[string(watermarkKey)]; len(v) == 8 {
		s.watermark = int64(binary.BigEndian.Uint64(v))
	}
	if err := ix.ordinals.fill(s, root); err != nil {
		return fmt.Errorf("read index: %w: %w", ErrRebuild, err)
	}
	return fn(s)
}

// fill takes over the segments and finds out which posts their documents are.
func (m *segmentMap) fill(s *snapshot, root *scorch.IndexSnapshot) error {
	m.mu.Lock()
	defer m.mu.Unlock()
	current := make(map[uint64][]uint32, len(m.of))
	for _, ss := range root.Segments() {
		seg := ss.Segment()
		ords, ok := m.of[ss.Id()]
		if !ok || uint64(len(ords)) != seg.Count() {
			var err error
			if ords, err = readOrdinals(seg); err != nil {
				return err
			}
		}
		current[ss.Id()] = ords
		s.docs += seg.Count()
		s.segments = append(s.segments, segmentView{seg, ords})
	}
	m.of = current
	return nil
}

func readOrdinals(seg segment.Segment) ([]uint32, error) {
	ords := make([]uint32, seg.Count())
	for i := range ords {
		key, err := seg.DocID(uint64(i))
		if err != nil {
			return nil, fmt.Errorf("read document %d: %w", i, err)
		}
		if len(key) != 4 {
			return nil, fmt.Errorf("document %d has the key %q", i, key)
		}
		ords[i] = binary.BigEndian.Uint32(key)
	}
	return ords, nil
}

// checkFiles recomputes the checksum at the end of each segment file, and
// checks that every post is there once.
func (s *snapshot) checkFiles() error {
	seen := make([]uint64, (s.docs+63)/64)
	for _, seg := range s.segments {
		for _, o := range seg.ords {
			if uint64(o) >= s.docs || seen[o/64]&(1<<(o%64)) != 0 {
				return fmt.Errorf("%w: post %d is not in place", ErrRebuild, o+1)
			}
			seen[o/64] |= 1 << (o % 64)
		}
		if file, ok := seg.Segment.(segment.PersistedSegment); ok {
			if err := checkFile(file.Path()); err != nil {
				return fmt.Errorf("%w: %w", ErrRebuild, err)
			}
		}
	}
	return nil
}

// checkFile compares a file's last four bytes with the CRC-32 of the others.
func checkFile(path string) (err error) {
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("check index file: %w", err)
	}
	defer func() { err = errors.Join(err, f.Close()) }()
	info, err := f.Stat()
	if err != nil {
		return fmt.Errorf("check index file: %w", err)
	}
	body := info.Size() - 4
	if body < 0 {
		return errors.New("check index file: it is cut off")
	}
	sum := crc32.NewIEEE()
	if _, err := io.CopyBuffer(sum, io.LimitReader(f, body), make([]byte, 1<<20)); err != nil {
		return fmt.Errorf("check index file: %w", err)
	}
	var want [4]byte
	if _, err := f.ReadAt(want[:], body); err != nil {
		return fmt.Errorf("check index file: %w", err)
	}
	if binary.BigEndian.Uint32(want[:]) != sum.Sum32() {
		return errors.New("check index file: its checksum is wrong")
	}
	return nil
}
