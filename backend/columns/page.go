package columns

import (
	"cmp"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"
)

// By says what posts are sorted by.
type By int

// The orders. Missing values come last in both directions; posts that are equal
// keep the order of their ids (reversed when descending).
const (
	SortTime By = iota
	SortLikes
	SortComments
	SortShares
	SortViews
	SortFollowers
	SortEngagement
	SortSentiment
	SortID
)

// Sort is an order of posts.
type Sort struct {
	By   By
	Desc bool
}

// Page gives limit ordinals of the selection (nil: every visible post) in the
// order of s, from position offset on. It never sorts the selection: it finds
// the border values of the page by counting and sorts only what lies between.
func (v *View) Page(sel *roaring.Bitmap, s Sort, offset, limit int) []uint32 {
	if sel == nil {
		sel = v.visible
	}
	size := int(sel.GetCardinality())
	if offset < 0 || limit <= 0 || offset >= size {
		return nil
	}
	limit = min(limit, size-offset)
	switch {
	case s.By == SortID:
		return pageID(sel, s.Desc, offset, limit)
	case s.By == SortTime && size >= v.n/16:
		return v.pageTime(sel, s.Desc, offset, limit)
	}
	return v.pageSelect(sel, s, offset, limit)
}

func pageID(sel *roaring.Bitmap, desc bool, offset, limit int) []uint32 {
	out := make([]uint32, 0, limit)
	start := offset
	if desc {
		start = int(sel.GetCardinality()) - offset - limit
	}
	first, err := sel.Select(uint32(start))
	if err != nil { // start is within the selection
		return nil
	}
	it := sel.Iterator()
	it.AdvanceIfNeeded(first)
	for len(out) < limit && it.HasNext() {
		out = append(out, it.Next())
	}
	if desc {
		slices.Reverse(out)
	}
	return out
}

// pageTime walks the posts in the order of time and counts those selected.
func (v *View) pageTime(sel *roaring.Bitmap, desc bool, offset, limit int) []uint32 {
	o := v.order.get(v)
	chosen := newDense(v.n)
	sel.WriteDenseTo(chosen)
	out := make([]uint32, 0, limit)
	scan := func(list []uint32) {
		for i := range list {
			ord := list[i]
			if desc {
				ord = list[len(list)-1-i]
			}
			// The order may be that of a later view.
			if int(ord) >= v.n || !chosen.has(ord) {
				continue
			}
			if offset > 0 {
				offset--
				continue
			}
			if len(out) == limit {
				return
			}
			out = append(out, ord)
		}
	}
	scan(o.dated)
	if len(out) < limit {
		scan(o.undated)
	}
	return out
}

// loader gives the function that loads the numbers that s sorts by.
func (v *View) loader(by By) func(ords []uint32, dst []int64) {
	switch by {
	case SortTime:
		return v.numbers[colTime].load
	case SortSentiment:
		return v.numbers[colSentiment].load
	case SortEngagement:
		return func(ords []uint32, dst []int64) { v.loadMetric(Engagement, ords, dst) }
	default:
		return v.numbers[int(by)-int(SortLikes)].load
	}
}

// ranked is a post with the number that it is sorted by.
type ranked struct {
	number int64
	ord    uint32
}

// pageSelect cuts the selection into what does not fit a key at either end,
// what does, and what is missing; the page is a stretch of these, one behind
// the other.
func (v *View) pageSelect(sel *roaring.Bitmap, s Sort, offset, limit int) []uint32 {
	base := int64(0)
	if s.By == SortTime {
		base = timeBase
	}
	size := int(sel.GetCardinality())
	keys := make([]uint64, 0, size)
	var ends [2][]ranked // lower, higher
	var missing []uint32
	load, nums := v.loader(s.By), make([]int64, walkStep)
	v.walk(sel, func(ords []uint32) {
		load(ords, nums)
		for i, o := range ords {
			switch key, fits := keyOf(nums[i], base); {
			case key == keyMissing:
				missing = append(missing, o)
			case fits:
				keys = append(keys, packKey(key, o, s.Desc))
			case key == keyLow:
				ends[0] = append(ends[0], ranked{nums[i], o})
			default:
				ends[1] = append(ends[1], ranked{nums[i], o})
			}
		}
	})
	for _, e := range ends {
		slices.SortFunc(e, func(a, b ranked) int {
			c := cmp.Or(cmp.Compare(a.number, b.number), cmp.Compare(a.ord, b.ord))
			if s.Desc {
				return -c
			}
			return c
		})
	}
	if s.Desc {
		ends[0], ends[1] = ends[1], ends[0]
		slices.Reverse(missing)
	}
	out := make([]uint32, 0, limit)
	cut := func(n int, take func(from, to int)) {
		from, to := min(offset, n), min(offset+limit-len(out), n)
		offset -= from
		if to > from {
			take(from, to)
		}
	}
	takeRanked := func(e []ranked) {
		cut(len(e), func(from, to int) {
			for _, r := range e[from:to] {
				out = append(out, r.ord)
			}
		})
	}
	takeRanked(ends[0])
	cut(len(keys), func(from, to int) {
		for _, k := range Smallest(keys, from, to) {
			out = append(out, unpackKey(k, s.Desc))
		}
	})
	takeRanked(ends[1])
	cut(len(missing), func(from, to int) { out = append(out, missing[from:to]...) })
	return out
}

// packKey puts key and ordinal into one number whose ascending order is the
// page's order.
func packKey(key int32, ord uint32, desc bool) uint64 {
	k := uint64(uint32(key)^1<<31)<<32 | uint64(ord)
	if desc {
		return ^k
	}
	return k
}

func unpackKey(k uint64, desc bool) uint32 {
	if desc {
		k = ^k
	}
	return uint32(k)
}

// Smallest gives the keys of ranks [from, to) in order, 0 ≤ from < to ≤ len(keys);
// it may reorder keys. Two counting passes
// narrow the keys down by their upper 16 and next 16 bits; the rest is sorted
// when it is small and partitioned when it is not.
func Smallest(keys []uint64, from, to int) []uint64 {
	for _, shift := range [...]uint{48, 32} {
		if len(keys) <= 4*(to-from)+chunkSize/16 {
			break
		}
		hist := make([]int, chunkSize)
		for _, k := range keys {
			hist[k>>shift&chunkMask]++
		}
		lo, before := 0, 0
		for before+hist[lo] <= from {
			before += hist[lo]
			lo++
		}
		hi, through := lo, before+hist[lo]
		for through < to {
			hi++
			through += hist[hi]
		}
		kept := make([]uint64, 0, through-before)
		for _, k := range keys {
			if b := int(k >> shift & chunkMask); b >= lo && b <= hi {
				kept = append(kept, k)
			}
		}
		keys, from, to = kept, from-before, to-before
		if lo != hi {
			break // the next bits alone no longer order the keys
		}
	}
	if len(keys) > 4*(to-from)+chunkSize/16 {
		partition(keys, from)
		partition(keys[from:], to-from-1)
	} else {
		slices.Sort(keys)
	}
	out := keys[from:to]
	slices.Sort(out)
	return out
}

// partition moves the k smallest keys to the front (Hoare's selection).
func partition(keys []uint64, k int) {
	lo, hi := 0, len(keys)-1
	for lo < hi {
		p := keys[lo+(hi-lo)/2]
		i, j := lo, hi
		for i <= j {
			for keys[i] < p {
				i++
			}
			for keys[j] > p {
				j--
			}
			if i <= j {
				keys[i], keys[j] = keys[j], keys[i]
				i++
				j--
			}
		}
		switch {
		case k <= j:
			hi = j
		case k >= i:
			lo = i
		default:
			return
		}
	}
}

// topK gives the first k of all in the order of compare.
func topK[T any](all []T, k int, compare func(a, b T) int) []T {
	if k <= 0 {
		return nil
	}
	if len(all) > 8*k {
		all = boundedTop(all, k, compare)
	}
	slices.SortFunc(all, compare)
	return all[:min(k, len(all))]
}

// boundedTop keeps the best k by sorting a buffer of 4k whenever it is full.
func boundedTop[T any](all []T, k int, compare func(a, b T) int) []T {
	buf := make([]T, 0, 4*k)
	for _, x := range all {
		if len(buf) >= k && compare(x, buf[k-1]) >= 0 {
			continue // buf[k-1] bounds the result from above once it was sorted
		}
		buf = append(buf, x)
		if len(buf) == k || len(buf) == cap(buf) {
			slices.SortFunc(buf, compare)
			buf = buf[:min(k, len(buf))]
		}
	}
	return buf
}
