package columns

import (
	"maps"
	"math"
)

// A number is kept as its distance from the column's base in four bytes. Three
// keys are reserved: missing, and one each for values below and above what
// fits, whose exact values are in a map. Keys are in the order of the values.
const (
	keyMissing = math.MinInt32
	keyLow     = math.MinInt32 + 1
	keyHigh    = math.MaxInt32
	keyMin     = math.MinInt32 + 2
	keyMax     = math.MaxInt32 - 1
	// noNumber is how a missing number is handed around inside the package.
	noNumber = math.MinInt64
	// timeBase (2004-01-10) makes the years 1935 to 2072 fit.
	timeBase = 1 << 30
	// sentimentUnit is the quantum of stored sentiment: 1e-9, that of results.
	sentimentUnit = 1e9
)

// numberColumn is a column of numbers that may be missing.
type numberColumn struct {
	base      int64
	keys      array[int32]
	out       map[uint32]int64 // values that do not fit, by ordinal
	outShared bool
}

// keyOf gives the key of v, and whether the key alone gives v back.
func keyOf(v, base int64) (int32, bool) {
	switch {
	case v == noNumber:
		return keyMissing, true
	case v < base+keyMin:
		return keyLow, false
	case v > base+keyMax:
		return keyHigh, false
	}
	return int32(v - base), true
}

func (c *numberColumn) append(i uint32, v int64) {
	key, fits := keyOf(v, c.base)
	c.keys.append(key)
	if !fits {
		c.putOut(i, v)
	}
}

func (c *numberColumn) set(i uint32, v int64) {
	key, fits := keyOf(v, c.base)
	if old := c.keys.get(i); old != key {
		c.keys.set(i, key)
	} else if fits {
		return
	}
	if _, had := c.out[i]; had || !fits {
		c.ownOut()
		delete(c.out, i)
		if !fits {
			c.putOut(i, v)
		}
	}
}

func (c *numberColumn) ownOut() {
	if c.outShared {
		c.out, c.outShared = maps.Clone(c.out), false
	}
}

func (c *numberColumn) putOut(i uint32, v int64) {
	c.ownOut()
	if c.out == nil {
		c.out = make(map[uint32]int64)
	}
	c.out[i] = v
}

func (c *numberColumn) publish() numbers {
	c.outShared = true
	return numbers{base: c.base, chunks: c.keys.publish(), out: c.out}
}

// numbers is the immutable view of a numberColumn.
type numbers struct {
	base   int64
	chunks [][]int32
	out    map[uint32]int64
}

// get gives the number at ord, noNumber when it is missing.
func (n *numbers) get(ord uint32) int64 {
	switch k := n.chunks[ord>>chunkBits][ord&chunkMask]; k {
	case keyMissing:
		return noNumber
	case keyLow, keyHigh:
		return n.out[ord]
	default:
		return n.base + int64(k)
	}
}

// load puts the numbers at ords into dst, which is as long.
func (n *numbers) load(ords []uint32, dst []int64) {
	for i, o := range ords {
		k := n.chunks[o>>chunkBits][o&chunkMask]
		if k > keyLow && k < keyHigh {
			dst[i] = n.base + int64(k)
		} else {
			dst[i] = n.get(o)
		}
	}
}

// mark sets in d every ordinal whose number is within [lo, hi].
func (n *numbers) mark(d dense, lo, hi int64) {
	if lo > hi {
		return
	}
	lo, hi = max(lo, noNumber+1), max(hi, noNumber+1)
	klo, khi := int64(keyMin), int64(keyMax)
	if lo > n.base+keyMin {
		klo = min(lo-n.base, keyMax+1)
	}
	if hi < n.base+keyMax {
		khi = max(hi, n.base+keyMin-1) - n.base
	}
	if klo <= khi {
		for c, chunk := range n.chunks {
			markRange(d[c*chunkSize/64:], chunk, int32(klo), int32(khi))
		}
	}
	for ord, v := range n.out {
		if v >= lo && v <= hi {
			d.set(ord)
		}
	}
}

// markRange sets the bits of the keys within [lo, hi].
func markRange(d dense, keys []int32, lo, hi int32) {
	span := uint32(hi) - uint32(lo)
	for w := 0; w*64 < len(keys); w++ {
		part := keys[w*64 : min(w*64+64, len(keys))]
		var word uint64
		for i, k := range part {
			if uint32(k)-uint32(lo) <= span {
				word |= 1 << uint(i)
			}
		}
		d[w] |= word
	}
}
