package graph

import (
	"context"
	"math/rand/v2"
)

// Betweenness is how many shortest paths lead over each node, edges counting one
// step each (Brandes 2001). Only the paths from samples nodes are followed, drawn
// by seed, and scaled up (Brandes & Pich 2007); with as many samples as nodes, or
// more, it is exact. Every path counts from both its ends in an undirected graph.
// sampled is how many nodes were followed. Progress may be nil.
func (g *Graph) Betweenness(ctx context.Context, samples int, seed uint64, progress func(done, total int64)) (scores []float64, sampled int, err error) {
	n := g.Nodes()
	scores = make([]float64, n)
	from := make([]uint32, n)
	for i := range from {
		from[i] = uint32(i)
	}
	if samples = max(samples, 0); samples < n {
		rng := rand.New(rand.NewPCG(seed, 0))
		for i := range samples {
			j := i + rng.IntN(n-i)
			from[i], from[j] = from[j], from[i]
		}
		from = from[:samples]
	}
	p := paths{g: g, nodes: make([]reached, n), order: make([]uint32, 0, n)}
	for i := range p.nodes {
		p.nodes[i].steps = -1
	}
	for i, a := range from {
		if ctx.Err() != nil {
			return nil, 0, ctx.Err()
		}
		p.follow(a, scores)
		if progress != nil {
			progress(int64(i+1), int64(len(from)))
		}
	}
	if len(from) > 0 {
		scale := float64(n) / float64(len(from))
		for i := range scores {
			scores[i] *= scale
		}
	}
	return scores, len(from), nil
}

// paths are the shortest paths from one node.
type paths struct {
	g     *Graph
	nodes []reached
	order []uint32 // nodes as they are reached
	next  []uint32 // for each of order, the nodes one step further
	ends  []uint32 // where those end in next
}

// reached is how a node lies on the paths.
type reached struct {
	count float64 // of paths to it
	part  float64 // (1 + what it contributes) / count
	steps int32   // from the node; −1 not reached
}

// follow adds to scores what the shortest paths from a contribute.
func (p *paths) follow(a uint32, scores []float64) {
	nodes := p.nodes
	p.order, p.next, p.ends = append(p.order[:0], a), p.next[:0], p.ends[:0]
	nodes[a] = reached{count: 1}
	for i := 0; i < len(p.order); i++ {
		v := p.order[i]
		d, count := nodes[v].steps+1, nodes[v].count
		for _, w := range p.g.to[p.g.off[v]:p.g.off[v+1]] {
			x := &nodes[w]
			if x.steps < 0 {
				x.steps = d
				p.order = append(p.order, w)
			}
			if x.steps == d {
				x.count += count
				p.next = append(p.next, w)
			}
		}
		p.ends = append(p.ends, uint32(len(p.next)))
	}
	for i := len(p.order) - 1; i >= 0; i-- {
		v, from, sum := p.order[i], uint32(0), 0.0
		if i > 0 {
			from = p.ends[i-1]
		}
		for _, w := range p.next[from:p.ends[i]] {
			sum += nodes[w].part
		}
		dependency := nodes[v].count * sum
		nodes[v].part = (1 + dependency) / nodes[v].count
		if v != a {
			scores[v] += dependency
		}
	}
	for _, v := range p.order {
		nodes[v] = reached{steps: -1}
	}
}
