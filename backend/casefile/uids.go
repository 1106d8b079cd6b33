package casefile

import (
	"crypto/sha256"
	"encoding/binary"
	"errors"
)

// uidTable finds the posts that may have a UID. It keeps eight bytes of the
// SHA-256 of every post's UID, in id order, and an open-addressing table of
// ids over them: some 16 bytes a post. A hit must be checked against the row.
type uidTable struct {
	keys  []uint64 // of post id − 1
	slots []uint32 // id, 0 when empty; length is a power of two
}

func newUIDTable() *uidTable { return &uidTable{slots: make([]uint32, 1<<10)} }

// uidKey is the start of the SHA-256 of platform:native. scratch is reused.
func uidKey(scratch []byte, platform, native string) (uint64, []byte) {
	scratch = append(append(append(scratch[:0], platform...), ':'), native...)
	h := sha256.Sum256(scratch)
	return binary.BigEndian.Uint64(h[:8]), scratch
}

func (t *uidTable) len() int64 { return int64(len(t.keys)) }

// add takes the key of the next post.
func (t *uidTable) add(key uint64) {
	t.keys = append(t.keys, key)
	if 3*len(t.keys) > 2*len(t.slots) {
		t.slots = make([]uint32, 2*len(t.slots))
		for i := range t.keys {
			t.place(uint32(i + 1))
		}
		return
	}
	t.place(uint32(len(t.keys)))
}

func (t *uidTable) place(id uint32) {
	mask := uint64(len(t.slots) - 1)
	i := t.keys[id-1] & mask
	for t.slots[i] != 0 {
		i = (i + 1) & mask
	}
	t.slots[i] = id
}

// each calls fn with every post of this key until fn says that it is the one,
// and returns that one's id or 0.
func (t *uidTable) each(key uint64, fn func(id int64) (bool, error)) (int64, error) {
	mask := uint64(len(t.slots) - 1)
	for i := key & mask; t.slots[i] != 0; i = (i + 1) & mask {
		id := t.slots[i]
		if t.keys[id-1] != key {
			continue
		}
		if ok, err := fn(int64(id)); err != nil || ok {
			return int64(id), err
		}
	}
	return 0, nil
}

var errUIDs = errors.New("a chunk's UID keys do not follow on")

// load takes the keys of one chunk: eight bytes for each of its new posts.
func (t *uidTable) load(first, fresh int64, keys []byte) error {
	if first != t.len()+1 || int64(len(keys)) != 8*fresh {
		return damaged(errUIDs)
	}
	for ; len(keys) > 0; keys = keys[8:] {
		t.add(binary.BigEndian.Uint64(keys))
	}
	return nil
}
