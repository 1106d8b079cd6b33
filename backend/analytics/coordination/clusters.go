package coordination

import (
	"cmp"
	"context"
	"slices"
)

// Cluster is a connected component of the sub-graph: accounts that are joined,
// directly or through others, by edges above the threshold.
type Cluster struct {
	Accounts    []uint32 // in the order of their ids
	Edges       int
	Weight      int64   // pairs of shares along its edges
	MeanDelta   float64 // seconds between the two shares of a pair, on average
	First, Last int64   // instants of the first and last share in those pairs, microseconds
	Objects     []Shared
	Distinct    int    // objects shared; Objects has the most shared ones
	Proof       []Pair // pairs that prove it, the quickest first
}

// Shared is an object and in how many pairs of a cluster it was shared.
type Shared struct {
	Object uint32
	Pairs  int64
}

// How much of a cluster is listed.
const (
	maxObjects = 20
	maxProof   = 200
)

// Clusters gives the components of a network's sub-graph, the heaviest first,
// with the pairs of shares that prove each. s is what the network was found in.
func Clusters(ctx context.Context, s *Shares, n Network) ([]Cluster, error) {
	of, out := components(s, n)
	if len(out) == 0 {
		return out, ctx.Err()
	}
	above := make(map[uint64]bool, n.SubEdges)
	for _, e := range n.Edges {
		if e.Above {
			above[edgeKey(e.A, e.B)] = true
		}
	}
	objects := make([]map[uint32]int64, len(out))
	sums := make([]int64, len(out))
	err := Pairs(ctx, s, n.Params, func(p Pair) error {
		if !above[edgeKey(p.Account, p.AccountNewer)] {
			return nil
		}
		k := of[p.Account]
		c := &out[k]
		first, last := s.at[p.OlderRow], s.at[p.NewerRow]
		if objects[k] == nil {
			objects[k] = map[uint32]int64{}
			c.First, c.Last = first, last
		}
		c.First, c.Last = min(c.First, first), max(c.Last, last)
		objects[k][p.Object]++
		sums[k] += p.Delta
		c.Proof = append(c.Proof, p)
		if len(c.Proof) >= 2*maxProof {
			c.Proof = quickest(c.Proof)
		}
		return nil
	})
	if err != nil {
		return nil, err
	}
	for k := range out {
		c := &out[k]
		c.Proof = quickest(c.Proof)
		c.MeanDelta = float64(sums[k]) / Micros / float64(c.Weight)
		c.Distinct = len(objects[k])
		c.Objects = mostShared(s, objects[k])
	}
	slices.SortStableFunc(out, func(x, y Cluster) int {
		return cmp.Or(cmp.Compare(y.Weight, x.Weight), cmp.Compare(len(y.Accounts), len(x.Accounts)))
	})
	return out, nil
}

// quickest keeps the maxProof pairs with the shortest time between them; of equal
// ones those that come first.
func quickest(list []Pair) []Pair {
	slices.SortStableFunc(list, func(x, y Pair) int { return cmp.Compare(x.Delta, y.Delta) })
	return list[:min(len(list), maxProof)]
}

func mostShared(s *Shares, counts map[uint32]int64) []Shared {
	out := make([]Shared, 0, len(counts))
	for o, n := range counts {
		out = append(out, Shared{o, n})
	}
	slices.SortFunc(out, func(x, y Shared) int {
		return cmp.Or(cmp.Compare(y.Pairs, x.Pairs), cmp.Compare(s.ids.Value(x.Object), s.ids.Value(y.Object)))
	})
	return slices.Clip(out[:min(len(out), maxObjects)])
}

// components gives each account's cluster (−1 without one) and the clusters, in
// the order of their first account's id, with accounts, edges and weight.
func components(s *Shares, n Network) (of []int32, out []Cluster) {
	root := make([]uint32, s.accounts.Len())
	for i := range root {
		root[i] = uint32(i)
	}
	find := func(a uint32) uint32 {
		for root[a] != a {
			root[a] = root[root[a]]
			a = root[a]
		}
		return a
	}
	for _, e := range n.Edges {
		if e.Above {
			root[find(e.B)] = find(e.A)
		}
	}
	of = make([]int32, len(root))
	for i := range of {
		of[i] = -1
	}
	join := func(a uint32, k int32) {
		if of[a] < 0 {
			of[a] = k
			out[k].Accounts = append(out[k].Accounts, a)
		}
	}
	for _, e := range n.Edges { // in order of ids
		if !e.Above {
			continue
		}
		r := find(e.A)
		if of[r] < 0 {
			out = append(out, Cluster{})
			join(r, int32(len(out)-1))
		}
		k := of[r]
		join(e.A, k)
		join(e.B, k)
		out[k].Edges++
		out[k].Weight += e.Weight
	}
	rank := s.ranks()
	for k := range out {
		slices.SortFunc(out[k].Accounts, func(a, b uint32) int { return cmp.Compare(rank[a], rank[b]) })
	}
	return of, out
}
