package graph

import (
	"context"
	"math/rand/v2"
	"slices"
)

// level is a graph on which nodes are moved: the accounts, or parts of
// communities as nodes.
type level struct {
	g      *Graph
	degree []float64 // of each node, a loop counting twice
	total  float64   // sum of the degrees
	gamma  float64
	of     []uint32  // community of each node
	weight []float64 // degree of each community
	to     []float64 // scratch: weight from a node to each community
	near   []uint32  // communities of which to is set
}

func newLevel(g *Graph, of []uint32, gamma float64) *level {
	n := g.Nodes()
	l := &level{g: g, gamma: gamma, of: of, degree: make([]float64, n), weight: make([]float64, n), to: make([]float64, n)}
	for a := range n {
		to, w := g.Neighbours(uint32(a))
		for i, b := range to {
			l.degree[a] += w[i]
			if b == uint32(a) {
				l.degree[a] += w[i]
			}
		}
		l.total += l.degree[a]
		l.weight[of[a]] += l.degree[a]
	}
	return l
}

// leiden goes once through all levels, from the partition given.
func (g *Graph) leiden(ctx context.Context, start []uint32, gamma float64, rng *rand.Rand) ([]uint32, error) {
	node := make([]uint32, g.Nodes()) // node of the level that each account is in
	for i := range node {
		node[i] = uint32(i)
	}
	of := slices.Clone(start)
	for at := g; ; {
		l := newLevel(at, of, gamma)
		if l.total == 0 {
			return start, ctx.Err()
		}
		if err := l.move(ctx, rng); err != nil {
			return nil, err
		}
		parts := l.refine(rng)
		count := compact(parts)
		if count == at.Nodes() {
			break
		}
		next := make([]uint32, count) // community of each part
		for i, p := range parts {
			next[p] = l.of[i]
		}
		compact(next)
		at, of = at.joined(parts, count), next
		for i := range node {
			node[i] = parts[node[i]]
		}
	}
	out := make([]uint32, len(node))
	for i := range out {
		out[i] = of[node[i]]
	}
	return out, nil
}

// polished moves single nodes only, from the partition given.
func (g *Graph) polished(ctx context.Context, start []uint32, gamma float64, rng *rand.Rand) ([]uint32, error) {
	l := newLevel(g, slices.Clone(start), gamma)
	if l.total == 0 {
		return start, ctx.Err()
	}
	return l.of, l.move(ctx, rng)
}

// compact numbers the values from 0 in the order of their occurrence.
func compact(x []uint32) int {
	const none = ^uint32(0)
	number := make([]uint32, 0, len(x))
	n := uint32(0)
	for i, v := range x {
		for int(v) >= len(number) {
			number = append(number, none)
		}
		if number[v] == none {
			number[v] = n
			n++
		}
		x[i] = number[v]
	}
	return int(n)
}

// gather sums node a's weights to the communities around it.
func (l *level) gather(a uint32, of []uint32) {
	to, w := l.g.Neighbours(a)
	for i, b := range to {
		if b == a {
			continue
		}
		c := of[b]
		if l.to[c] == 0 {
			l.near = append(l.near, c)
		}
		l.to[c] += w[i]
	}
}

func (l *level) forget() {
	for _, c := range l.near {
		l.to[c] = 0
	}
	l.near = l.near[:0]
}

// move takes node after node to the community around it that gains most, and
// looks again at the neighbours of what moved, until nothing gains.
func (l *level) move(ctx context.Context, rng *rand.Rand) error {
	n := len(l.of)
	queue, waiting := make([]uint32, n), make([]bool, n)
	for i := range queue {
		queue[i], waiting[i] = uint32(i), true
	}
	rng.Shuffle(n, func(i, j int) { queue[i], queue[j] = queue[j], queue[i] })
	for done := 0; len(queue) > 0; done++ {
		if done%(1<<16) == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		a := queue[0]
		queue = queue[1:]
		waiting[a] = false
		own := l.of[a]
		best := l.best(a)
		if best == own {
			continue
		}
		l.of[a] = best
		for _, b := range l.g.to[l.g.off[a]:l.g.off[a+1]] {
			if !waiting[b] && l.of[b] != best {
				waiting[b] = true
				queue = append(queue, b)
			}
		}
	}
	return nil
}

// best takes a out of its community and puts its degree where it gains most; its
// own community wins a tie.
func (l *level) best(a uint32) uint32 {
	l.gather(a, l.of)
	own, k := l.of[a], l.degree[a]
	l.weight[own] -= k
	scale := l.gamma * k / l.total
	best, gain := own, l.to[own]-l.weight[own]*scale
	for _, c := range l.near {
		if x := l.to[c] - l.weight[c]*scale; x > gain+1e-12 {
			best, gain = c, x
		}
	}
	l.weight[best] += k
	l.forget()
	return best
}

// refine cuts every community into parts that hang together well: nodes that do
// so join, one after the other, the part of their community that gains most.
func (l *level) refine(rng *rand.Rand) []uint32 {
	n := len(l.of)
	part, weight := make([]uint32, n), slices.Clone(l.degree)
	inside := make([]float64, n) // weight from each part to the rest of its community
	single := make([]bool, n)
	for a := range n {
		part[a], single[a] = uint32(a), true
		to, w := l.g.Neighbours(uint32(a))
		for i, b := range to {
			if b != uint32(a) && l.of[b] == l.of[a] {
				inside[a] += w[i]
			}
		}
	}
	order := make([]uint32, n)
	for i := range order {
		order[i] = uint32(i)
	}
	rng.Shuffle(n, func(i, j int) { order[i], order[j] = order[j], order[i] })
	for _, a := range order {
		all, k := l.weight[l.of[a]], l.degree[a]
		if !single[a] || inside[a] < l.gamma*k*(all-k)/l.total {
			continue
		}
		l.gatherWithin(a, part)
		best, gain := part[a], 0.0
		for _, p := range l.near {
			well := inside[p] >= l.gamma*weight[p]*(all-weight[p])/l.total
			if x := l.to[p] - l.gamma*k*weight[p]/l.total; well && p != part[a] && x > gain {
				best, gain = p, x
			}
		}
		if best != part[a] {
			inside[best] += inside[a] - 2*l.to[best]
			weight[best] += k
			weight[a] -= k
			part[a], single[a], single[best] = best, false, false
		}
		l.forget()
	}
	return part
}

// gatherWithin is gather over the neighbours in a's own community.
func (l *level) gatherWithin(a uint32, part []uint32) {
	to, w := l.g.Neighbours(a)
	for i, b := range to {
		if b == a || l.of[b] != l.of[a] {
			continue
		}
		p := part[b]
		if l.to[p] == 0 {
			l.near = append(l.near, p)
		}
		l.to[p] += w[i]
	}
}

// joined makes the parts into nodes; what lies within a part becomes its loop. The
// neighbours of a part are in the order in which they are met.
func (g *Graph) joined(part []uint32, count int) *Graph {
	first := spread(count, len(part), func(i int) (uint32, uint32, float64) { return part[i], uint32(i), 0 })
	out := &Graph{off: make([]uint32, count+1), to: make([]uint32, 0, len(g.to)), w: make([]float64, 0, len(g.to))}
	sum, near := make([]float64, count), []uint32(nil)
	for p := range count {
		for _, a := range first.to[first.off[p]:first.off[p+1]] {
			to, w := g.Neighbours(a)
			for i, b := range to {
				q, x := part[b], w[i]
				if q == uint32(p) && b != a {
					x /= 2 // seen from both its ends
				}
				if sum[q] == 0 {
					near = append(near, q)
				}
				sum[q] += x
			}
		}
		for _, q := range near {
			out.to, out.w = append(out.to, q), append(out.w, sum[q])
			sum[q] = 0
		}
		near = near[:0]
		out.off[p+1] = uint32(len(out.to))
	}
	return out
}
