package columns

import (
	"encoding/binary"
	"math"

	"github.com/RoaringBitmap/roaring/v2"
)

// chunkLengths calls fn with the length of each chunk of n rows.
func (s *snapshotReader) chunkLengths(n int, fn func(length int)) {
	for n > 0 && s.err == nil {
		fn(min(n, chunkSize))
		n -= min(n, chunkSize)
	}
}

// chunkCapacity is the room for a chunk of n rows, so that it can grow.
func chunkCapacity(n int) int {
	c := firstChunk
	for c < n {
		c *= 2
	}
	return c
}

func (s *snapshotReader) dict() *dict {
	d := newDict()
	d.ends = s.words(0)
	if len(d.ends) == 0 {
		if len(s.block()) > 0 {
			s.fail("text without words")
		}
		d.ends = nil
		return d
	}
	total := int(d.ends[len(d.ends)-1])
	for {
		b := s.block()
		d.text = append(d.text, b...)
		if len(b) < maxBlock || s.err != nil {
			break
		}
	}
	var before uint32
	for _, end := range d.ends {
		if end < before || int(end) > len(d.text) {
			s.fail("words do not fit their text")
			return newDict()
		}
		before = end
	}
	if total != len(d.text) {
		s.fail("words do not fit their text")
		return newDict()
	}
	size := len(d.slots)
	for 3*size < 4*len(d.ends) {
		size *= 2
	}
	d.rehash(size)
	return d
}

func (s *snapshotReader) singles(c *codeColumn, cardinality int) {
	s.chunkLengths(s.n, func(length int) {
		b := s.block()
		if len(b) == 0 || len(b)-1 != length*int(b[0]) {
			s.fail("column of the wrong length")
			return
		}
		ch := codes{width: int(b[0])}
		b = b[1:]
		switch ch.width {
		case 1:
			ch.w8 = append(make([]uint8, 0, chunkCapacity(length)), b...)
		case 2:
			ch.w16 = make([]uint16, length, chunkCapacity(length))
			for i := range ch.w16 {
				ch.w16[i] = binary.LittleEndian.Uint16(b[2*i:])
			}
		case 4:
			ch.w32 = make([]uint32, length, chunkCapacity(length))
			for i := range ch.w32 {
				ch.w32[i] = binary.LittleEndian.Uint32(b[4*i:])
			}
		default:
			s.fail("codes of %d bytes", ch.width)
			return
		}
		for i := range uint32(length) {
			if int64(ch.get(i)) >= int64(cardinality) {
				s.fail("a code without a value")
				return
			}
		}
		c.chunks, c.shared = append(c.chunks, ch), append(c.shared, false)
	})
}

func (s *snapshotReader) multis(m *multiColumn, cardinality int) {
	s.chunkLengths(s.n, func(length int) {
		c := multiChunk{starts: s.words(chunkCapacity(length)), values: s.words(0)}
		if len(c.starts) != length {
			s.fail("column of the wrong length")
			return
		}
		// When the last value ends a row, every row ends.
		if n := len(c.values); n > 0 && c.values[n-1]&lastBit == 0 {
			s.fail("a row without an end")
			return
		}
		for _, v := range c.values {
			if int64(v&codeMask) >= int64(cardinality) {
				s.fail("a code without a value")
				return
			}
		}
		live := 0
		for row, i := range c.starts {
			if i == noCodes {
				continue
			}
			if int64(i) >= int64(len(c.values)) {
				s.fail("a row outside of its chunk")
				return
			}
			// Rows of their own never add up to more than there is.
			c.each(uint32(row), func(uint32) { live++ })
			if live > len(c.values) {
				s.fail("rows that overlap")
				return
			}
		}
		m.chunks, m.shared = append(m.chunks, c), append(m.shared, false)
		m.dead = append(m.dead, len(c.values)-live)
	})
}

func (s *snapshotReader) numbers(c *numberColumn) {
	special := 0
	s.chunkLengths(s.n, func(length int) {
		words := s.words(0)
		if len(words) != length {
			s.fail("column of the wrong length")
			return
		}
		keys := make([]int32, length, chunkCapacity(length))
		for i, w := range words {
			keys[i] = int32(w)
			if keys[i] == keyLow || keys[i] == keyHigh {
				special++
			}
		}
		c.keys.chunks, c.keys.shared = append(c.keys.chunks, keys), append(c.keys.shared, false)
	})
	b := s.block()
	if len(b) != special*outEntry {
		s.fail("large numbers do not fit their column")
		return
	}
	for ; len(b) > 0; b = b[outEntry:] {
		ord, v := binary.LittleEndian.Uint32(b), int64(binary.LittleEndian.Uint64(b[4:]))
		if int64(ord) >= int64(s.n) {
			s.fail("a number of no post")
			return
		}
		if key, fits := keyOf(v, c.base); fits || v == math.MinInt64 || c.keys.get(ord) != key {
			s.fail("a large number that is not one")
			return
		}
		c.putOut(ord, v)
	}
	if len(c.out) != special {
		s.fail("large numbers do not fit their column")
	}
}

func (s *snapshotReader) flags() *flags {
	f := newFlags()
	b := s.block()
	if s.err != nil {
		return f
	}
	set := roaring.New()
	if err := set.UnmarshalBinary(b); err != nil {
		s.fail("read set: %w", err)
		return f
	}
	if err := set.Validate(); err != nil && !set.IsEmpty() {
		s.fail("read set: %w", err)
		return f
	}
	if !set.IsEmpty() && int64(set.Maximum()) >= int64(s.n) {
		s.fail("a set with posts that are not there")
		return f
	}
	f.set = set
	return f
}

func (s *snapshotReader) codeArray(a *array[uint32], n, cardinality int) {
	s.chunkLengths(n, func(length int) {
		words := s.words(chunkCapacity(length))
		if len(words) != length {
			s.fail("column of the wrong length")
			return
		}
		for _, w := range words {
			if int64(w) >= int64(cardinality) {
				s.fail("a code without a value")
				return
			}
		}
		a.chunks, a.shared = append(a.chunks, words), append(a.shared, false)
	})
}
