package columns

// array is a chunked array of values that appends in place and copies a chunk
// that a view shares before it changes a value in it.
type array[T any] struct {
	chunks [][]T
	shared []bool
}

// append adds v at the end.
func (a *array[T]) append(v T) {
	last := len(a.chunks) - 1
	if last < 0 || len(a.chunks[last]) == chunkSize {
		a.chunks = append(a.chunks, make([]T, 0, firstChunk))
		a.shared = append(a.shared, false)
		last++
	}
	c := a.chunks[last]
	if len(c) == cap(c) {
		grown := make([]T, len(c), min(2*cap(c), chunkSize))
		copy(grown, c)
		c, a.shared[last] = grown, false
	}
	a.chunks[last] = append(c, v)
}

// len is the number of values.
func (a *array[T]) len() int {
	if len(a.chunks) == 0 {
		return 0
	}
	return (len(a.chunks)-1)*chunkSize + len(a.chunks[len(a.chunks)-1])
}

// set changes the value at i.
func (a *array[T]) set(i uint32, v T) {
	k := i >> chunkBits
	if a.shared[k] {
		c := make([]T, len(a.chunks[k]), cap(a.chunks[k]))
		copy(c, a.chunks[k])
		a.chunks[k], a.shared[k] = c, false
	}
	a.chunks[k][i&chunkMask] = v
}

// get gives the value at i.
func (a *array[T]) get(i uint32) T { return a.chunks[i>>chunkBits][i&chunkMask] }

// publish gives the chunks as they are now and marks them shared.
func (a *array[T]) publish() [][]T {
	for i := range a.shared {
		a.shared[i] = true
	}
	return append([][]T(nil), a.chunks...)
}

// codes is one chunk of dictionary codes in the narrowest width that fits:
// exactly one of the slices is in use, as width says (1, 2 or 4 bytes).
type codes struct {
	width int
	w8    []uint8
	w16   []uint16
	w32   []uint32
}

func (c *codes) len() int {
	switch c.width {
	case 1:
		return len(c.w8)
	case 2:
		return len(c.w16)
	default:
		return len(c.w32)
	}
}

func (c *codes) get(i uint32) uint32 {
	switch c.width {
	case 1:
		return uint32(c.w8[i])
	case 2:
		return uint32(c.w16[i])
	default:
		return c.w32[i]
	}
}

func widthOf(code uint32) int {
	switch {
	case code <= 0xff:
		return 1
	case code <= 0xffff:
		return 2
	default:
		return 4
	}
}

// copyWide copies the chunk into fresh arrays of the given width and capacity.
func (c *codes) copyWide(width, capacity int) codes {
	n := c.len()
	out := codes{width: width}
	switch width {
	case 1:
		out.w8 = append(make([]uint8, 0, capacity), c.w8...)
	case 2:
		out.w16 = make([]uint16, n, capacity)
		for i := range out.w16 {
			out.w16[i] = uint16(c.get(uint32(i)))
		}
	default:
		out.w32 = make([]uint32, n, capacity)
		for i := range out.w32 {
			out.w32[i] = c.get(uint32(i))
		}
	}
	return out
}

func (c *codes) capacity() int {
	switch c.width {
	case 1:
		return cap(c.w8)
	case 2:
		return cap(c.w16)
	default:
		return cap(c.w32)
	}
}

func (c *codes) put(i, code uint32) {
	switch c.width {
	case 1:
		c.w8[i] = uint8(code)
	case 2:
		c.w16[i] = uint16(code)
	default:
		c.w32[i] = code
	}
}

func (c *codes) push(code uint32) {
	switch c.width {
	case 1:
		c.w8 = append(c.w8, uint8(code))
	case 2:
		c.w16 = append(c.w16, uint16(code))
	default:
		c.w32 = append(c.w32, code)
	}
}

// codeColumn is a single-valued column of dictionary codes.
type codeColumn struct {
	chunks []codes
	shared []bool
}

func (c *codeColumn) append(code uint32) {
	last := len(c.chunks) - 1
	if last < 0 || c.chunks[last].len() == chunkSize {
		c.chunks = append(c.chunks, (&codes{width: 1}).copyWide(widthOf(code), firstChunk))
		c.shared = append(c.shared, false)
		last++
	}
	ch := &c.chunks[last]
	width, capacity := max(ch.width, widthOf(code)), ch.capacity()
	if ch.len() == capacity {
		capacity = min(2*capacity, chunkSize)
	}
	if width != ch.width || capacity != ch.capacity() {
		*ch, c.shared[last] = ch.copyWide(width, capacity), false
	}
	ch.push(code)
}

func (c *codeColumn) set(i, code uint32) {
	k := i >> chunkBits
	ch := &c.chunks[k]
	if width := max(ch.width, widthOf(code)); c.shared[k] || width != ch.width {
		*ch, c.shared[k] = ch.copyWide(width, ch.capacity()), false
	}
	ch.put(i&chunkMask, code)
}

func (c *codeColumn) get(i uint32) uint32 { return c.chunks[i>>chunkBits].get(i & chunkMask) }

func (c *codeColumn) publish() []codes {
	for i := range c.shared {
		c.shared[i] = true
	}
	return append([]codes(nil), c.chunks...)
}
