package columns

import (
	"cmp"
	"runtime"
	"slices"
	"sync"

	"github.com/RoaringBitmap/roaring/v2"
)

// walkStep is how many ordinals are handed out at once.
const walkStep = 4096

// walk calls fn with the ordinals of sel in ascending order, some at a time; a
// nil selection is every post. fn must not keep the slice.
func (v *View) walk(sel *roaring.Bitmap, fn func(ords []uint32)) {
	buf := make([]uint32, walkStep)
	if sel == nil {
		for start := 0; start < v.n; start += walkStep {
			part := buf[:min(walkStep, v.n-start)]
			for i := range part {
				part[i] = uint32(start + i)
			}
			fn(part)
		}
		return
	}
	it := sel.ManyIterator()
	for n := it.NextMany(buf); n > 0; n = it.NextMany(buf) {
		fn(buf[:n])
	}
}

// Walk calls fn with the ordinals of a selection in ascending order, up to 4,096
// at a time; nil is every visible post. fn must not keep or change the slice.
func (v *View) Walk(sel *roaring.Bitmap, fn func(ords []uint32)) { v.walk(v.whole(sel), fn) }

// whole turns a selection of every post into nil, for which scans are simpler,
// and nil, which outside of the package is every visible post, into that.
func (v *View) whole(sel *roaring.Bitmap) *roaring.Bitmap {
	if sel == nil {
		sel = v.visible
	}
	if sel.GetCardinality() == uint64(v.n) {
		return nil
	}
	return sel
}

// Counts gives, per code, how many posts of the selection have it; nil is every
// visible post. The result is Cardinality long.
func (f Facet) Counts(sel *roaring.Bitmap) []uint32 {
	out := make([]uint32, f.Cardinality())
	sel = f.view.whole(sel)
	switch {
	case f.sets != nil:
		for i, s := range f.sets {
			if sel == nil {
				out[i] = uint32(s.GetCardinality())
			} else {
				out[i] = uint32(sel.AndCardinality(s))
			}
		}
	case f.single != nil:
		countSingle(f.view, f.single, sel, out)
	default:
		countMulti(f.view, f.multi, sel, out)
	}
	return out
}

func countSingle(v *View, chunks []codes, sel *roaring.Bitmap, out []uint32) {
	if sel == nil {
		for i := range chunks {
			switch c := &chunks[i]; c.width {
			case 1:
				countAll(c.w8, out)
			case 2:
				countAll(c.w16, out)
			default:
				countAll(c.w32, out)
			}
		}
		return
	}
	v.walk(sel, func(ords []uint32) {
		eachChunk(ords, func(k uint32, part []uint32) {
			switch c := &chunks[k]; c.width {
			case 1:
				countSome(c.w8, part, out)
			case 2:
				countSome(c.w16, part, out)
			default:
				countSome(c.w32, part, out)
			}
		})
	})
}

// eachChunk cuts ascending ordinals where their chunk changes.
func eachChunk(ords []uint32, fn func(chunk uint32, part []uint32)) {
	for len(ords) > 0 {
		k, n := ords[0]>>chunkBits, len(ords)
		if ords[n-1]>>chunkBits != k {
			n, _ = slices.BinarySearch(ords, (k+1)<<chunkBits)
		}
		fn(k, ords[:n])
		ords = ords[n:]
	}
}

func countAll[T uint8 | uint16 | uint32](codes []T, out []uint32) {
	for _, c := range codes {
		out[c]++
	}
}

func countSome[T uint8 | uint16 | uint32](codes []T, ords, out []uint32) {
	for _, o := range ords {
		out[codes[o&chunkMask]]++
	}
}

func countMulti(v *View, chunks []multiChunk, sel *roaring.Bitmap, out []uint32) {
	v.walk(sel, func(ords []uint32) {
		for _, o := range ords {
			c := &chunks[o>>chunkBits]
			i := c.starts[o&chunkMask]
			if i == noCodes {
				continue
			}
			for {
				x := c.values[i]
				out[x&codeMask]++
				if x&lastBit != 0 {
					break
				}
				i++
			}
		}
	})
}

// CountMany gives Counts for several facets by name, on as many goroutines as
// there are processors; an unknown name has no entry.
func (v *View) CountMany(sel *roaring.Bitmap, names ...string) map[string][]uint32 {
	out := make(map[string][]uint32, len(names))
	var mu sync.Mutex
	todo := make([]func(), 0, len(names))
	for _, name := range names {
		if f, ok := v.Facet(name); ok {
			todo = append(todo, func() {
				counts := f.Counts(sel)
				mu.Lock()
				out[name] = counts
				mu.Unlock()
			})
		}
	}
	Parallel(todo...)
	return out
}

// Parallel runs the functions on as many goroutines as there are processors and
// waits for them: the charts of a dashboard, say.
func Parallel(todo ...func()) {
	var wg sync.WaitGroup
	next := make(chan func(), len(todo))
	for _, fn := range todo {
		next <- fn
	}
	close(next)
	for range min(runtime.GOMAXPROCS(0), len(todo)) {
		wg.Go(func() {
			for fn := range next {
				fn()
			}
		})
	}
	wg.Wait()
}

// CodeCount is a facet's code and how many posts have it.
type CodeCount struct {
	Code  uint32
	Count uint32
}

// Top gives the k most frequent values of the selection, most first, values of
// equal count in the order of their codes; the missing value "" is left out.
func (f Facet) Top(sel *roaring.Bitmap, k int) []CodeCount {
	return f.TopOf(f.Counts(sel), k)
}

// TopOf is Top for counts that are at hand.
func (f Facet) TopOf(counts []uint32, k int) []CodeCount {
	missing := -1
	if c, ok := f.Code(""); ok {
		missing = int(c)
	}
	var all []CodeCount
	for c, n := range counts {
		if n > 0 && c != missing {
			all = append(all, CodeCount{uint32(c), n})
		}
	}
	return topK(all, k, func(a, b CodeCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Code, b.Code))
	})
}

// Distinct is how many values the selection has; the missing value "" does not count.
func (f Facet) Distinct(sel *roaring.Bitmap) int {
	missing := -1
	if c, ok := f.Code(""); ok {
		missing = int(c)
	}
	n := 0
	for c, count := range f.Counts(sel) {
		if count > 0 && c != missing {
			n++
		}
	}
	return n
}

// Sum adds up a metric per value of a facet over the selection (nil: every
// visible post), and counts the posts where it is known.
func (f Facet) Sum(sel *roaring.Bitmap, m Metric) (sum []int64, known []uint32) {
	sum, known = make([]int64, f.Cardinality()), make([]uint32, f.Cardinality())
	nums := make([]int64, walkStep)
	f.view.walk(f.view.whole(sel), func(ords []uint32) {
		f.view.loadMetric(m, ords, nums)
		for i, o := range ords {
			if x := nums[i]; x != noNumber {
				if f.single != nil {
					c := f.single[o>>chunkBits].get(o & chunkMask)
					sum[c] += x
					known[c]++
					continue
				}
				f.Each(o, func(c uint32) {
					sum[c] += x
					known[c]++
				})
			}
		}
	})
	return sum, known
}

func (v *View) loadMetric(m Metric, ords []uint32, dst []int64) {
	if m != Engagement {
		v.numbers[m].load(ords, dst)
		return
	}
	for i, o := range ords {
		dst[i] = v.metric(Engagement, o)
	}
}
