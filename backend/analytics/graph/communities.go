package graph

import (
	"cmp"
	"context"
	"math"
	"math/rand/v2"
	"slices"
)

// Partition says which community each node is in, 0 for the largest (of equally
// large ones that with the lowest node), and how good that is.
type Partition struct {
	Of         []uint32
	Sizes      []int
	Modularity float64 // Newman & Girvan 2004, with the resolution
}

// DefaultResolution gives plain modularity; a larger one gives more and smaller
// communities.
const DefaultResolution = 1.0

// How often Communities begins anew from what it found, and from what gain on. A
// graph of more than manyEdges is gone through once, and its nodes moved once more.
const (
	mostPasses = 6
	leastGain  = 1e-5
	manyEdges  = 100_000 // both directions counted
)

// Communities finds communities of an undirected graph by moving nodes to where
// they raise the modularity most, refining what comes out so that no community
// falls apart, and going on with the parts as nodes (Traag, Waltman & van Eck,
// "From Louvain to Leiden", Scientific Reports 9, 2019; among the refinements the
// best is taken and not a random one). The order of nodes is drawn by seed.
func (g *Graph) Communities(ctx context.Context, resolution float64, seed uint64) (Partition, error) {
	n := g.Nodes()
	of := make([]uint32, n)
	for i := range of {
		of[i] = uint32(i)
	}
	rng := rand.New(rand.NewPCG(seed, 1))
	quality := math.Inf(-1)
	for pass := range mostPasses {
		again := g.leiden
		if pass > 0 && g.Edges() > manyEdges {
			again = g.polished
		}
		found, err := again(ctx, of, resolution, rng)
		if err != nil {
			return Partition{}, err
		}
		now, before := g.Modularity(found, resolution), quality
		if now > quality {
			of, quality = found, now
		}
		if now < before+leastGain {
			break
		}
	}
	p := Partition{Of: of, Modularity: quality}
	p.number()
	return p, nil
}

// number gives the communities their numbers, by size.
func (p *Partition) number() {
	size, first := make([]int, len(p.Of)), make([]int, len(p.Of))
	var all []uint32
	for i, c := range p.Of {
		if size[c]++; size[c] == 1 {
			first[c] = i
			all = append(all, c)
		}
	}
	slices.SortFunc(all, func(a, b uint32) int { return cmp.Or(cmp.Compare(size[b], size[a]), cmp.Compare(first[a], first[b])) })
	place := make([]uint32, len(p.Of))
	for k, c := range all {
		place[c] = uint32(k)
		p.Sizes = append(p.Sizes, size[c])
	}
	for i, c := range p.Of {
		p.Of[i] = place[c]
	}
}

// Modularity is the part of the weight that lies within communities less the part
// that would by chance, of an undirected graph; 0 without edges. of[i] < nodes.
func (g *Graph) Modularity(of []uint32, resolution float64) float64 {
	total := 0.0
	inside, degree := make([]float64, len(of)), make([]float64, len(of))
	for a := range g.Nodes() {
		c := of[a]
		to, w := g.Neighbours(uint32(a))
		for i, b := range to {
			x := w[i]
			if b == uint32(a) {
				x *= 2 // a loop has both its ends here
			}
			total += x
			degree[c] += x
			if of[b] == c {
				inside[c] += x
			}
		}
	}
	if total == 0 {
		return 0
	}
	q := 0.0
	for c := range degree {
		q += inside[c]/total - resolution*(degree[c]/total)*(degree[c]/total)
	}
	return q
}
