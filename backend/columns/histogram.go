package columns

import (
	"math"
	"math/bits"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// Buckets finds the bucket of an instant among ascending bounds. Bucket i is
// [bounds[i], bounds[i+1]).
type Buckets struct {
	bounds []int64
	shift  uint
	cells  []int32 // first bucket that begins in or before a cell of 2^shift seconds
}

// maxCells bounds the table of cells; longer spans search instead.
const maxCells = 1 << 16

// NewBuckets prepares bounds in Unix seconds: ascending, at least two.
func NewBuckets(bounds []int64) *Buckets {
	b := &Buckets{bounds: bounds}
	if len(bounds) < 2 {
		return b
	}
	narrow := int64(math.MaxInt64)
	for i := 1; i < len(bounds); i++ {
		narrow = min(narrow, max(1, bounds[i]-bounds[i-1]))
	}
	b.shift = uint(bits.Len64(uint64(narrow)) - 1)
	span := uint64(bounds[len(bounds)-1] - bounds[0])
	if span>>b.shift >= maxCells {
		return b
	}
	b.cells = make([]int32, span>>b.shift+1)
	bucket := int32(0)
	for i := range b.cells {
		start := bounds[0] + int64(i)<<b.shift
		for int(bucket) < len(bounds)-2 && bounds[bucket+1] <= start {
			bucket++
		}
		b.cells[i] = bucket
	}
	return b
}

// Len is the number of buckets.
func (b *Buckets) Len() int { return max(0, len(b.bounds)-1) }

// Of gives the bucket of an instant, −1 when it is undated or outside.
func (b *Buckets) Of(t int64) int {
	n := len(b.bounds)
	if n < 2 || t < b.bounds[0] || t >= b.bounds[n-1] {
		return -1
	}
	if b.cells == nil {
		i, found := slices.BinarySearch(b.bounds, t)
		if !found {
			i--
		}
		return i
	}
	i := int(b.cells[uint64(t-b.bounds[0])>>b.shift])
	// No bucket is narrower than a cell, so at most one begins inside it.
	if b.bounds[i+1] <= t {
		i++
	}
	return i
}

// Histogram counts the posts of a selection (nil: every visible post) per
// bucket, and those that are undated. Bucket i is [bounds[i], bounds[i+1]) in
// Unix seconds, bounds ascending; posts outside of all are in none.
func (v *View) Histogram(sel *roaring.Bitmap, bounds []int64) (counts []uint32, undated int64) {
	b := NewBuckets(bounds)
	counts = make([]uint32, b.Len())
	times := make([]int64, walkStep)
	v.walk(v.whole(sel), func(ords []uint32) {
		v.numbers[colTime].load(ords, times)
		for _, t := range times[:len(ords)] {
			if i := b.Of(t); i >= 0 {
				counts[i]++
			} else if t == MissingTime {
				undated++
			}
		}
	})
	return counts, undated
}

// HistogramBy counts the posts of a selection per bucket and code of a facet:
// counts[bucket][code].
func (v *View) HistogramBy(sel *roaring.Bitmap, bounds []int64, f Facet) [][]uint32 {
	b := NewBuckets(bounds)
	counts := make([][]uint32, b.Len())
	for i := range counts {
		counts[i] = make([]uint32, f.Cardinality())
	}
	times := make([]int64, walkStep)
	v.walk(v.whole(sel), func(ords []uint32) {
		v.numbers[colTime].load(ords, times)
		for j, o := range ords {
			i := b.Of(times[j])
			if i < 0 {
				continue
			}
			if f.single != nil {
				counts[i][f.Of(o)]++
			} else {
				f.Each(o, func(c uint32) { counts[i][c]++ })
			}
		}
	})
	return counts
}

// Span gives the first and last instant of a selection (nil: every visible
// post), and how many of its posts are dated; when none is, both are 0.
func (v *View) Span(sel *roaring.Bitmap) (first, last int64, dated int64) {
	first, last = math.MaxInt64, math.MinInt64
	times := make([]int64, walkStep)
	v.walk(v.whole(sel), func(ords []uint32) {
		v.numbers[colTime].load(ords, times)
		for _, t := range times[:len(ords)] {
			if t != MissingTime {
				first, last = min(first, t), max(last, t)
				dated++
			}
		}
	})
	if dated == 0 {
		return 0, 0, 0
	}
	return first, last, dated
}
