package columns

import (
	"cmp"
	"slices"
	"sync"
)

// orderCache keeps the posts in the order of time, shared by the views of a
// table: times never change, so that a later view only merges what is new.
type orderCache struct {
	mu   sync.Mutex
	last *order
}

// order is the posts of a table in ascending order of time, then id.
type order struct {
	n       int
	dated   []uint32
	undated []uint32
}

// get gives an order that covers at least the view.
func (c *orderCache) get(v *View) *order {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.last == nil {
		c.last = new(order)
	}
	if c.last.n < v.n {
		c.last = c.last.extend(v)
	}
	return c.last
}

// extend sorts the posts that came after o and merges them in.
func (o *order) extend(v *View) *order {
	times := &v.numbers[colTime]
	var dated []ranked
	out := &order{n: v.n, undated: slices.Clip(o.undated)}
	dated = make([]ranked, 0, v.n-o.n)
	for ord := uint32(o.n); int(ord) < v.n; ord++ {
		if t := times.get(ord); t == noNumber {
			out.undated = append(out.undated, ord)
		} else {
			dated = append(dated, ranked{t, ord})
		}
	}
	sortRanked(dated)
	out.dated = make([]uint32, 0, len(o.dated)+len(dated))
	rest := o.dated
	for _, r := range dated {
		n := 0
		if len(rest) > 0 && times.get(rest[len(rest)-1]) <= r.number {
			n = len(rest)
		} else {
			for n < len(rest) && times.get(rest[n]) <= r.number {
				n++
			}
		}
		out.dated = append(append(out.dated, rest[:n]...), r.ord)
		rest = rest[n:]
	}
	out.dated = append(out.dated, rest...)
	return out
}

// sortRanked sorts by number, then ordinal; posts come in id order, so that a
// stable radix sort over the numbers is enough.
func sortRanked(r []ranked) {
	if slices.IsSortedFunc(r, func(a, b ranked) int { return cmp.Compare(a.number, b.number) }) {
		return
	}
	lo, hi := r[0].number, r[0].number
	for _, x := range r {
		lo, hi = min(lo, x.number), max(hi, x.number)
	}
	from, to := r, make([]ranked, len(r))
	for shift := uint(0); shift < 64 && (shift == 0 || uint64(hi-lo)>>shift > 0); shift += 16 {
		var hist [chunkSize]int32
		for _, x := range from {
			hist[uint64(x.number-lo)>>shift&chunkMask]++
		}
		pos := int32(0)
		for i, n := range hist {
			hist[i] = pos
			pos += n
		}
		for _, x := range from {
			b := uint64(x.number-lo) >> shift & chunkMask
			to[hist[b]] = x
			hist[b]++
		}
		from, to = to, from
	}
	if len(r) > 0 && &from[0] != &r[0] {
		copy(r, from)
	}
}
