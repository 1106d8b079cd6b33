package graph

import (
	"fmt"
	"math"

	"vedette/backend/model"
)

// MaxEdges bounds a graph: places in it are 32-bit numbers.
const MaxEdges = 1 << 30

// Edge is a directed edge; Weight is positive and finite.
type Edge struct {
	From, To uint32
	Weight   float64
}

// Graph is a directed graph, or an undirected one in which every edge is there in
// both directions (a loop once).
type Graph struct {
	off []uint32 // where the edges of each node begin, and where the last end
	to  []uint32 // ascending for each node
	w   []float64
}

// New makes a graph of n nodes. Edges between the same nodes in the same
// direction become one, with the sum of their weights.
func New(n int, edges []Edge) (*Graph, error) {
	if len(edges) > MaxEdges || n > MaxEdges || n < 0 {
		return nil, badGraph("too_many_edges", fmt.Sprintf("A network has at most %d accounts and connections.", MaxEdges))
	}
	for _, e := range edges {
		if int(e.From) >= n || int(e.To) >= n {
			return nil, badGraph("bad_edge", fmt.Sprintf("An edge from %d to %d is outside of %d nodes.", e.From, e.To, n))
		}
		if !(e.Weight > 0) || math.IsInf(e.Weight, 0) {
			return nil, badGraph("bad_weight", fmt.Sprintf("The weight of an edge is positive and finite, not %g.", e.Weight))
		}
	}
	// Sorted by target first and then, keeping that order, by source.
	byTo := spread(n, len(edges), func(i int) (uint32, uint32, float64) { e := edges[i]; return e.To, e.From, e.Weight })
	return byTo.transposed().merged(), nil
}

func badGraph(code, message string) error {
	return &model.Fault{Code: code, Params: map[string]string{"message": message}}
}

// spread lays edges out by their first node.
func spread(n, m int, edge func(i int) (a, b uint32, w float64)) *Graph {
	g := &Graph{off: make([]uint32, n+1), to: make([]uint32, m), w: make([]float64, m)}
	for i := range m {
		a, _, _ := edge(i)
		g.off[a+1]++
	}
	for i := range n {
		g.off[i+1] += g.off[i]
	}
	next := append([]uint32(nil), g.off[:n]...)
	for i := range m {
		a, b, w := edge(i)
		g.to[next[a]], g.w[next[a]] = b, w
		next[a]++
	}
	return g
}

// transposed turns every edge around; the edges of each node are then ascending.
func (g *Graph) transposed() *Graph {
	n := g.Nodes()
	t := &Graph{off: make([]uint32, n+1), to: make([]uint32, len(g.to)), w: make([]float64, len(g.to))}
	for _, b := range g.to {
		t.off[b+1]++
	}
	for i := range n {
		t.off[i+1] += t.off[i]
	}
	next := append([]uint32(nil), t.off[:n]...)
	for a := range n {
		for i := g.off[a]; i < g.off[a+1]; i++ {
			b := g.to[i]
			t.to[next[b]], t.w[next[b]] = uint32(a), g.w[i]
			next[b]++
		}
	}
	return t
}

// merged joins equal neighbours, which stand beside each other, in place.
func (g *Graph) merged() *Graph {
	out, from := uint32(0), uint32(0)
	for a := range g.Nodes() {
		end, first := g.off[a+1], out
		for i := from; i < end; i++ {
			if out > first && g.to[out-1] == g.to[i] {
				g.w[out-1] += g.w[i]
				continue
			}
			g.to[out], g.w[out] = g.to[i], g.w[i]
			out++
		}
		from, g.off[a+1] = end, out
	}
	g.to, g.w = g.to[:out:out], g.w[:out:out]
	return g
}

// Undirected joins both directions: the weight between two nodes is the sum of
// theirs.
func (g *Graph) Undirected() *Graph {
	t := g.transposed()
	u := &Graph{off: make([]uint32, len(g.off)), to: make([]uint32, 0, 2*len(g.to)), w: make([]float64, 0, 2*len(g.to))}
	for a := range g.Nodes() {
		i, j, iEnd, jEnd := g.off[a], t.off[a], g.off[a+1], t.off[a+1]
		for i < iEnd || j < jEnd {
			switch {
			case j == jEnd || i < iEnd && g.to[i] < t.to[j]:
				u.to, u.w = append(u.to, g.to[i]), append(u.w, g.w[i])
				i++
			case i == iEnd || t.to[j] < g.to[i]:
				u.to, u.w = append(u.to, t.to[j]), append(u.w, t.w[j])
				j++
			default:
				w := g.w[i] + t.w[j]
				if g.to[i] == uint32(a) {
					w = g.w[i] // a loop is its own other direction
				}
				u.to, u.w = append(u.to, g.to[i]), append(u.w, w)
				i, j = i+1, j+1
			}
		}
		u.off[a+1] = uint32(len(u.to))
	}
	return u
}

// Nodes is the number of nodes.
func (g *Graph) Nodes() int { return len(g.off) - 1 }

// Edges is the number of edges; both directions count in an undirected graph.
func (g *Graph) Edges() int { return len(g.to) }

// Neighbours gives the nodes that a's edges lead to, ascending, and their
// weights. The slices are the graph's own.
func (g *Graph) Neighbours(a uint32) (to []uint32, weights []float64) {
	return g.to[g.off[a]:g.off[a+1]], g.w[g.off[a]:g.off[a+1]]
}
