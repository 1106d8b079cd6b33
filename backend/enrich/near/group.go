package near

import (
	"context"
	"encoding/binary"
	"fmt"
	"math/bits"
	"slices"
)

// Least is the similarity (Jaccard) from which two texts are near-duplicates.
const Least = 0.5

const (
	bands  = 20
	rows   = 4
	values = bands * rows
	// estimateLeast is the estimated similarity below which a pair is not
	// compared exactly: one and a half standard errors of 80 values under Least.
	estimateLeast = 0.42
	// estimateSure is the estimated similarity from which it need not be: two
	// and a half standard errors above.
	estimateSure = 0.64
	// compared is with how many groups of a key's posts a post is compared.
	compared = 4
)

// Index collects texts and groups them. Per post it keeps 20 keys of four bytes
// and 80 bytes to estimate similarity by; it is not safe for parallel use.
type Index struct {
	keys   [][bands]uint32
	marks  [][values]uint8
	empty  []bool
	reader reader
	mul    [values / 2]uint64
	add    [values / 2]uint64
}

// NewIndex makes an empty index; size is how many texts to expect.
func NewIndex(size int) *Index {
	x := &Index{keys: make([][bands]uint32, 0, size), marks: make([][values]uint8, 0, size), empty: make([]bool, 0, size)}
	state := uint64(0x7665646574746521)
	next := func() uint64 { // splitmix64 (Steele et al. 2014)
		state += 0x9e3779b97f4a7c15
		z := state
		z = (z ^ z>>30) * 0xbf58476d1ce4e5b9
		z = (z ^ z>>27) * 0x94d049bb133111eb
		return z ^ z>>31
	}
	for i := range x.mul {
		x.mul[i], x.add[i] = next()|1, next()
	}
	return x
}

// Len is the number of texts.
func (x *Index) Len() int { return len(x.keys) }

// Add takes the next text.
func (x *Index) Add(text string) {
	set := x.reader.shingles(text)
	var least [values]uint32
	for i := range least {
		least[i] = ^uint32(0)
	}
	for _, h := range set {
		for i := range x.mul {
			v := h*x.mul[i] + x.add[i]
			v ^= v >> 32 // low bits of a product are weak
			lo, hi := uint32(v), uint32(v>>32)
			least[2*i] = min(least[2*i], lo)
			least[2*i+1] = min(least[2*i+1], hi)
		}
	}
	var key [bands]uint32
	var mark [values]uint8
	for b := range key {
		h := uint64(b + 1)
		for r := range rows {
			h = (h ^ uint64(least[b*rows+r])) * 0x9e3779b97f4a7c15
			h ^= h >> 32
		}
		key[b] = uint32(h)
	}
	for i, v := range least {
		mark[i] = uint8((v * 0x9e3779b1) >> 24)
	}
	x.keys, x.marks, x.empty = append(x.keys, key), append(x.marks, mark), append(x.empty, len(set) == 0)
}

// Groups gives every text the number of the first text of its group; text(i)
// returns text i again, for the exact comparison.
func (x *Index) Groups(ctx context.Context, text func(i int) string) ([]int, error) {
	n := len(x.keys)
	g := &grouping{x: x, text: text, parent: make([]int32, n)}
	for i := range g.parent {
		g.parent[i] = int32(i)
	}
	order := make([]uint64, 0, n)
	for b := range bands {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("group texts: %w", err)
		}
		order = order[:0]
		for i := range n {
			if !x.empty[i] {
				order = append(order, uint64(x.keys[i][b])<<32|uint64(i))
			}
		}
		slices.Sort(order)
		for from := 0; from < len(order); {
			to := from + 1
			for to < len(order) && order[to]>>32 == order[from]>>32 {
				to++
			}
			if to-from > 1 {
				g.bucket(order[from:to])
			}
			from = to
		}
	}
	out := make([]int, n)
	for i := range out {
		out[i] = int(g.find(int32(i)))
	}
	return out, nil
}

// grouping is a union-find over texts; a group's root is its first text.
type grouping struct {
	x       *Index
	text    func(int) string
	parent  []int32
	seen    []int32 // a text of each group met in a bucket
	a, b    reader
	overlap overlap
	current int32 // whose set a holds
	held    bool
}

func (g *grouping) find(i int32) int32 {
	for g.parent[i] != i {
		g.parent[i] = g.parent[g.parent[i]]
		i = g.parent[i]
	}
	return i
}

func (g *grouping) join(a, b int32) {
	a, b = g.find(a), g.find(b)
	if a > b {
		a, b = b, a
	}
	g.parent[b] = a
}

// bucket compares the texts of one key with those of groups met before in it.
func (g *grouping) bucket(list []uint64) {
	g.seen = g.seen[:0]
	for _, e := range list {
		i := int32(uint32(e))
		root, known := g.find(i), false
		for _, j := range g.seen {
			other := g.find(j)
			if other == root {
				known = true
				break
			}
			if g.alike(i, j) {
				g.join(i, j)
				known = true
				break
			}
		}
		if !known && len(g.seen) < compared {
			g.seen = append(g.seen, i)
		}
	}
}

// alike reports whether two texts are near-duplicates.
func (g *grouping) alike(i, j int32) bool {
	switch e := estimate(&g.x.marks[i], &g.x.marks[j]); {
	case e < estimateLeast:
		return false
	case e >= estimateSure:
		return true
	}
	if !g.held || g.current != i {
		g.a.shingles(g.text(int(i)))
		g.current, g.held = i, true
	}
	return g.overlap.jaccard(g.a.set, g.b.shingles(g.text(int(j)))) >= Least
}

// estimate is the share of equal marks, less those that are equal by chance.
func estimate(a, b *[values]uint8) float64 {
	same := 0
	for i := 0; i < values; i += 8 {
		d := binary.LittleEndian.Uint64(a[i:]) ^ binary.LittleEndian.Uint64(b[i:]) // a byte is 0 where marks are equal
		const low = 0x7f7f7f7f7f7f7f7f
		d = ((d & low) + low) | d
		same += 8 - bits.OnesCount64(d&^low)
	}
	s := float64(same) / values
	return (s - 1.0/256) / (1 - 1.0/256)
}
