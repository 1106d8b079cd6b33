package columns

import "errors"

// A row's codes stand one behind the other in its chunk; the last one carries
// lastBit. noCodes is the start of a row without any.
const (
	lastBit  = 1 << 31
	codeMask = lastBit - 1
	noCodes  = ^uint32(0)
)

// errTooManyValues is returned when a multi-valued facet passes 2^31 values.
var errTooManyValues = errors.New("facet is full: 2^31 values")

// multiChunk holds the codes of 65,536 rows: starts[row] is where the row's
// codes begin in values. A changed row's codes are appended and its start moved.
type multiChunk struct {
	starts []uint32
	values []uint32
}

// each calls fn for every code of a row.
func (c *multiChunk) each(row uint32, fn func(code uint32)) {
	i := c.starts[row]
	if i == noCodes {
		return
	}
	for {
		v := c.values[i]
		fn(v & codeMask)
		if v&lastBit != 0 {
			return
		}
		i++
	}
}

// put writes codes behind the values and gives their start.
func (c *multiChunk) put(codes []uint32) uint32 {
	if len(codes) == 0 {
		return noCodes
	}
	start := uint32(len(c.values))
	c.values = append(c.values, codes...)
	c.values[len(c.values)-1] |= lastBit
	return start
}

// multiColumn is a multi-valued column of dictionary codes.
type multiColumn struct {
	chunks []multiChunk
	shared []bool
	dead   []int // values that no row points to any more, per chunk
}

func (m *multiColumn) append(codes []uint32) {
	last := len(m.chunks) - 1
	if last < 0 || len(m.chunks[last].starts) == chunkSize {
		m.chunks = append(m.chunks, multiChunk{starts: make([]uint32, 0, firstChunk)})
		m.shared, m.dead = append(m.shared, false), append(m.dead, 0)
		last++
	}
	c := &m.chunks[last]
	if n := len(c.starts); n == cap(c.starts) {
		grown := make([]uint32, n, min(2*n, chunkSize))
		copy(grown, c.starts)
		c.starts, m.shared[last] = grown, false
	}
	c.starts = append(c.starts, c.put(codes))
}

func (m *multiColumn) set(i uint32, codes []uint32) {
	k, row := i>>chunkBits, i&chunkMask
	c := &m.chunks[k]
	if c.same(row, codes) {
		return
	}
	if m.shared[k] {
		starts := make([]uint32, len(c.starts), cap(c.starts))
		copy(starts, c.starts)
		c.starts, m.shared[k] = starts, false
	}
	c.each(row, func(uint32) { m.dead[k]++ })
	c.starts[row] = c.put(codes)
	if m.dead[k] > firstChunk && 2*m.dead[k] > len(c.values) {
		m.compact(k)
	}
}

func (c *multiChunk) same(row uint32, codes []uint32) bool {
	i, equal := 0, true
	c.each(row, func(code uint32) {
		equal = equal && i < len(codes) && codes[i] == code
		i++
	})
	return equal && i == len(codes)
}

// compact rewrites a chunk without its dead values.
func (m *multiColumn) compact(k uint32) {
	old := m.chunks[k]
	c := multiChunk{
		starts: make([]uint32, 0, cap(old.starts)),
		values: make([]uint32, 0, len(old.values)-m.dead[k]),
	}
	var row []uint32
	for i := range old.starts {
		row = row[:0]
		old.each(uint32(i), func(code uint32) { row = append(row, code) })
		c.starts = append(c.starts, c.put(row))
	}
	m.chunks[k], m.shared[k], m.dead[k] = c, false, 0
}

func (m *multiColumn) publish() []multiChunk {
	for i := range m.shared {
		m.shared[i] = true
	}
	return append([]multiChunk(nil), m.chunks...)
}
