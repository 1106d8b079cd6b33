package graph

import (
	"context"
	"math"
)

// Defaults of PageRank.
const (
	DefaultDamping   = 0.85
	DefaultTolerance = 1e-8
	mostRounds       = 200
)

// PageRank is how often a walk comes by that follows edges by their weight and,
// one time in 1/(1 − damping), begins anew anywhere; nodes without edges begin
// anew always (Page et al. 1999; Brin & Page 1998). Ranks add up to 1. It stops
// when a round changes the ranks by less than tolerance in total.
func (g *Graph) PageRank(ctx context.Context, damping, tolerance float64) ([]float64, error) {
	n := g.Nodes()
	if n == 0 {
		return []float64{}, ctx.Err()
	}
	share := make([]float64, n) // one over the sum of a node's weights
	for a := range n {
		sum := 0.0
		for _, w := range g.w[g.off[a]:g.off[a+1]] {
			sum += w
		}
		if sum > 0 {
			share[a] = 1 / sum
		}
	}
	rank, next := make([]float64, n), make([]float64, n)
	for i := range rank {
		rank[i] = 1 / float64(n)
	}
	for range mostRounds {
		if ctx.Err() != nil {
			return nil, ctx.Err()
		}
		clear(next)
		lost := g.flow(rank, share, next)
		change, base := 0.0, (1-damping+damping*lost)/float64(n)
		for i := range next {
			next[i] = base + damping*next[i]
			change += math.Abs(next[i] - rank[i])
		}
		rank, next = next, rank
		if change < tolerance {
			break
		}
	}
	return rank, nil
}

// flow sends every node's rank along its edges; lost is that of nodes without any.
func (g *Graph) flow(rank, share, next []float64) (lost float64) {
	for a, r := range rank {
		if share[a] == 0 {
			lost += r
			continue
		}
		r *= share[a]
		to, w := g.Neighbours(uint32(a))
		for i, b := range to {
			next[b] += r * w[i]
		}
	}
	return lost
}

// InStrength is the sum of the weights of the edges that lead to each node.
func (g *Graph) InStrength() []float64 {
	out := make([]float64, g.Nodes())
	for i, b := range g.to {
		out[b] += g.w[i]
	}
	return out
}

// Cores gives each node of an undirected graph the largest k such that it belongs
// to a part in which everyone has k neighbours (Batagelj & Zaveršnik 2003). Loops
// do not count.
func (g *Graph) Cores() []uint32 {
	n := g.Nodes()
	degree, most := make([]uint32, n), uint32(0)
	for a := range n {
		for _, b := range g.to[g.off[a]:g.off[a+1]] {
			if b != uint32(a) {
				degree[a]++
			}
		}
		most = max(most, degree[a])
	}
	start := make([]uint32, most+2) // where each degree begins in order
	for _, d := range degree {
		start[d+1]++
	}
	for d := range most + 1 {
		start[d+1] += start[d]
	}
	order, place := make([]uint32, n), make([]uint32, n)
	next := append([]uint32(nil), start...)
	for a, d := range degree {
		order[next[d]], place[a] = uint32(a), next[d]
		next[d]++
	}
	for i := range order {
		a := order[i]
		for _, b := range g.to[g.off[a]:g.off[a+1]] {
			if b == a || degree[b] <= degree[a] {
				continue
			}
			// b moves to the front of its degree, and so into the next lower one.
			front := start[degree[b]]
			c := order[front]
			order[front], order[place[b]] = b, c
			place[c], place[b] = place[b], front
			start[degree[b]]++
			degree[b]--
		}
	}
	return degree
}
