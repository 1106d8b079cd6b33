package casefile

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
)

// seekTable lists the frames of a container. On disk it is the seek table of
// zstd's seekable format (facebook/zstd, contrib/seekable_format): a skippable
// frame at the end with the packed and original size of every frame.
type seekTable struct {
	starts  []int64 // where frame i begins in the file; one more than frames
	offsets []int64 // where frame i begins in the original; one more than frames
}

const (
	skippableMagic = 0x184D2A5E
	seekableMagic  = 0x8F92EAB1
	seekFooterSize = 9
	skippableSize  = 8
	seekEntrySize  = 8
)

var errSeekTable = errors.New("the container's seek table is damaged")

func (t *seekTable) add(packed, original int) {
	if len(t.starts) == 0 {
		t.starts, t.offsets = append(t.starts, 0), append(t.offsets, 0)
	}
	t.starts = append(t.starts, t.packed()+int64(packed))
	t.offsets = append(t.offsets, t.size()+int64(original))
}

func (t *seekTable) frames() int { return max(0, len(t.starts)-1) }

// packed is the size of all frames in the file.
func (t *seekTable) packed() int64 {
	if len(t.starts) == 0 {
		return 0
	}
	return t.starts[len(t.starts)-1]
}

// size is the size of the original.
func (t *seekTable) size() int64 {
	if len(t.offsets) == 0 {
		return 0
	}
	return t.offsets[len(t.offsets)-1]
}

func (t *seekTable) encode() ([]byte, error) {
	n := t.frames()
	content := int64(n)*seekEntrySize + seekFooterSize
	if content > math.MaxUint32 {
		return nil, errors.New("the file is too large for one container")
	}
	b := make([]byte, 0, skippableSize+content)
	b = binary.LittleEndian.AppendUint32(b, skippableMagic)
	b = binary.LittleEndian.AppendUint32(b, uint32(content))
	for i := range n {
		b = binary.LittleEndian.AppendUint32(b, uint32(t.starts[i+1]-t.starts[i]))
		b = binary.LittleEndian.AppendUint32(b, uint32(t.offsets[i+1]-t.offsets[i]))
	}
	b = binary.LittleEndian.AppendUint32(b, uint32(n))
	b = append(b, 0) // no checksums here: every frame has its own
	return binary.LittleEndian.AppendUint32(b, seekableMagic), nil
}

// readSeekTable reads the table at the end of a file of the given size. Frames
// have no more than frameSize bytes, so that a hostile table cannot make the
// reader allocate without bound.
func readSeekTable(r io.ReaderAt, size int64) (*seekTable, error) {
	var foot [seekFooterSize]byte
	if size < skippableSize+seekFooterSize {
		return nil, errSeekTable
	}
	if _, err := r.ReadAt(foot[:], size-seekFooterSize); err != nil {
		return nil, fmt.Errorf("read container: %w", err)
	}
	n := int64(binary.LittleEndian.Uint32(foot[:]))
	content := n*seekEntrySize + seekFooterSize
	if foot[4] != 0 || binary.LittleEndian.Uint32(foot[5:]) != seekableMagic || content+skippableSize > size {
		return nil, errSeekTable
	}
	b := make([]byte, skippableSize+content)
	if _, err := r.ReadAt(b, size-int64(len(b))); err != nil {
		return nil, fmt.Errorf("read container: %w", err)
	}
	if binary.LittleEndian.Uint32(b) != skippableMagic || int64(binary.LittleEndian.Uint32(b[4:])) != content {
		return nil, errSeekTable
	}
	var t seekTable
	for e := b[skippableSize : skippableSize+n*seekEntrySize]; len(e) > 0; e = e[seekEntrySize:] {
		packed, original := binary.LittleEndian.Uint32(e), binary.LittleEndian.Uint32(e[4:])
		if packed == 0 || original == 0 || original > frameSize || packed > 2*frameSize {
			return nil, errSeekTable
		}
		t.add(int(packed), int(original))
	}
	if t.packed()+int64(len(b)) != size {
		return nil, errSeekTable
	}
	return &t, nil
}
