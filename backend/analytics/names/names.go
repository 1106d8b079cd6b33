// Package names keeps many distinct strings in little memory and gives each a
// small number: accounts, posts and links of tables with millions of rows.
package names

import "hash/maphash"

// blockSize is how many bytes of text one block holds; a longer string has a
// block of its own.
const blockSize = 1 << 20

// Table numbers strings from 0 in the order in which they were first seen. The
// zero value is an empty table. It takes 17 to 25 bytes a string beside its
// text. One goroutine may write; any number may read between writes.
type Table struct {
	seed   maphash.Seed
	slots  []uint32 // number + 1, 0 for free; a power of two of them
	starts []place
	blocks [][]byte
}

// place is where a string lies.
type place struct{ block, offset, length uint32 }

// Code gives the number of s, a new one when s was not seen before.
func (t *Table) Code(s string) uint32 {
	if len(t.slots) == 0 {
		t.seed = maphash.MakeSeed()
		t.slots = make([]uint32, 1024)
	}
	i := t.slot(s)
	if c := t.slots[i]; c != 0 {
		return c - 1
	}
	t.starts = append(t.starts, t.store(s))
	t.slots[i] = uint32(len(t.starts))
	code := uint32(len(t.starts) - 1)
	if 4*len(t.starts) > 3*len(t.slots) {
		t.grow()
	}
	return code
}

// Find gives the number of s if it was seen.
func (t *Table) Find(s string) (code uint32, ok bool) {
	if len(t.slots) == 0 {
		return 0, false
	}
	c := t.slots[t.slot(s)]
	return c - 1, c != 0
}

// Len is how many strings there are.
func (t *Table) Len() int { return len(t.starts) }

// Value gives the string with a number below Len.
func (t *Table) Value(code uint32) string { return string(t.bytes(code)) }

func (t *Table) bytes(code uint32) []byte {
	p := t.starts[code]
	return t.blocks[p.block][p.offset : p.offset+p.length]
}

// slot is where s is or belongs.
func (t *Table) slot(s string) uint32 {
	mask := uint32(len(t.slots) - 1)
	for i := uint32(maphash.String(t.seed, s)) & mask; ; i = (i + 1) & mask {
		c := t.slots[i]
		if c == 0 || string(t.bytes(c-1)) == s {
			return i
		}
	}
}

// store copies s behind what is kept already.
func (t *Table) store(s string) place {
	last := len(t.blocks) - 1
	if last < 0 || len(t.blocks[last])+len(s) > cap(t.blocks[last]) {
		t.blocks = append(t.blocks, make([]byte, 0, max(blockSize, len(s))))
		last++
	}
	p := place{uint32(last), uint32(len(t.blocks[last])), uint32(len(s))}
	t.blocks[last] = append(t.blocks[last], s...)
	return p
}

// grow doubles the slots.
func (t *Table) grow() {
	t.slots = make([]uint32, 2*len(t.slots))
	mask := uint32(len(t.slots) - 1)
	for c := range t.starts {
		i := uint32(maphash.Bytes(t.seed, t.bytes(uint32(c)))) & mask
		for t.slots[i] != 0 {
			i = (i + 1) & mask
		}
		t.slots[i] = uint32(c) + 1
	}
}
