package columns

import (
	"errors"
	"hash/maphash"
	"math"
	"sync/atomic"
	"unsafe"
)

// errTooMuchText is returned when a dictionary's strings pass 4 GB.
var errTooMuchText = errors.New("dictionary is full: 4 GB of text")

// dict numbers strings from 0 in the order of their first appearance. Strings
// stand one behind the other in one block of bytes that only grows, and are
// found through an open-addressed table of codes; so an entry costs its bytes
// and about twelve more. The writer fills slots atomically, and a reader only
// believes codes that its view knows.
type dict struct {
	seed  maphash.Seed
	text  []byte
	ends  []uint32
	slots []uint32 // code + 1; 0 is free; a power of two long
}

func newDict() *dict {
	return &dict{seed: maphash.MakeSeed(), slots: make([]uint32, 16)}
}

// code gives the code of s and adds it when it is new.
func (d *dict) code(s string) (uint32, error) {
	v := d.view()
	if c, ok := v.find(s); ok {
		return c, nil
	}
	if uint64(len(d.text))+uint64(len(s)) > math.MaxUint32 {
		return 0, errTooMuchText
	}
	d.text = append(d.text, s...)
	d.ends = append(d.ends, uint32(len(d.text)))
	if 4*len(d.ends) > 3*len(d.slots) {
		d.rehash(2 * len(d.slots))
	} else {
		d.insert(d.slots, uint32(len(d.ends)-1))
	}
	return uint32(len(d.ends) - 1), nil
}

func (d *dict) rehash(size int) {
	slots := make([]uint32, size)
	for c := range d.ends {
		d.insert(slots, uint32(c))
	}
	d.slots = slots
}

func (d *dict) insert(slots []uint32, code uint32) {
	v := d.view()
	mask := uint64(len(slots) - 1)
	for i := maphash.String(d.seed, v.value(code)) & mask; ; i = (i + 1) & mask {
		if slots[i] == 0 {
			atomic.StoreUint32(&slots[i], code+1)
			return
		}
	}
}

// view gives the dictionary as it is now.
func (d *dict) view() dictView {
	return dictView{seed: d.seed, text: d.text, ends: d.ends, slots: d.slots}
}

// dictView is an immutable view of a dict.
type dictView struct {
	seed  maphash.Seed
	text  []byte
	ends  []uint32
	slots []uint32
}

func (v *dictView) len() int { return len(v.ends) }

// value gives the string of a code; it shares the dictionary's bytes, which
// never change.
func (v *dictView) value(code uint32) string {
	var start uint32
	if code > 0 {
		start = v.ends[code-1]
	}
	n := v.ends[code] - start
	if n == 0 {
		return ""
	}
	return unsafe.String(&v.text[start], int(n))
}

// find gives the code of s if the view has it.
func (v *dictView) find(s string) (uint32, bool) {
	mask := uint64(len(v.slots) - 1)
	for i := maphash.String(v.seed, s) & mask; ; i = (i + 1) & mask {
		c := atomic.LoadUint32(&v.slots[i])
		if c == 0 {
			return 0, false
		}
		// A code that the view does not know was added later; go on.
		if int(c) <= len(v.ends) && v.value(c-1) == s {
			return c - 1, true
		}
	}
}
