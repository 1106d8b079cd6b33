package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"syscall"
	"time"

	"gonum.org/v1/gonum/graph/community"
	gonet "gonum.org/v1/gonum/graph/network"
	"gonum.org/v1/gonum/graph/simple"

	"vedette/backend/analytics/graph"
)

// planted draws m edges among n accounts in twenty communities with heavy-tailed
// degrees; a quarter of the edges lead anywhere.
func planted(n, m int) []graph.Edge {
	const groups, mix = 20, .25
	rng := rand.New(rand.NewPCG(1, 2))
	out := make([]graph.Edge, 0, m)
	for len(out) < m {
		c := rng.IntN(groups)
		pick := func() uint32 {
			x := rng.Float64()
			return uint32(int(x*x*float64(n/groups))*groups + c)
		}
		from, to := pick(), pick()
		if rng.Float64() < mix {
			to = uint32(rng.IntN(n))
		}
		if from != to {
			out = append(out, graph.Edge{From: from, To: to, Weight: 1})
		}
	}
	return out
}

// spent is the processor time that the process has taken.
func spent() time.Duration {
	var r syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &r); err != nil {
		return 0
	}
	return time.Duration(r.Utime.Nano() + r.Stime.Nano())
}

// networks measures communities and PageRank beside gonum where gonum finishes,
// and alone at a million edges, in processor time.
func (b *bench) networks(peerEdges int) error {
	edges := planted(peerEdges/5, peerEdges)
	g, err := graph.New(peerEdges/5, edges)
	if err != nil {
		return fmt.Errorf("make the network: %w", err)
	}
	// Ours first: gonum's graph is a load on the garbage collector.
	var ranks, groups []time.Duration
	var p graph.Partition
	u := g.Undirected()
	for range b.rounds {
		began := spent()
		if _, err := g.PageRank(b.ctx, graph.DefaultDamping, graph.DefaultTolerance); err != nil {
			return fmt.Errorf("rank: %w", err)
		}
		ranks = append(ranks, spent()-began)
		began = spent()
		if p, err = u.Communities(b.ctx, graph.DefaultResolution, 1); err != nil {
			return fmt.Errorf("communities: %w", err)
		}
		groups = append(groups, spent()-began)
	}
	ourRank, ourGroups := quantile(ranks, .5), quantile(groups, .5)
	peerRank, peerGroups, peerQ := gonumNetworks(peerEdges/5, edges)
	ratio := func(peer, ours time.Duration) float64 { return float64(peer) / float64(max(ours, 1)) }
	b.add(fmt.Sprintf("PageRank, %d edges", peerEdges), ms(ourRank), "gonum "+ms(peerRank), fmt.Sprintf("%.0f×", ratio(peerRank, ourRank)), "faster", ourRank < peerRank)
	b.add(fmt.Sprintf("communities, %d edges", peerEdges), fmt.Sprintf("%s, modularity %.4f", ms(ourGroups), p.Modularity),
		fmt.Sprintf("gonum %s, %.4f", ms(peerGroups), peerQ), fmt.Sprintf("%.0f×", ratio(peerGroups, ourGroups)), "≥ 1000×, equal modularity",
		ratio(peerGroups, ourGroups) >= 1000 && p.Modularity >= peerQ-.001)
	return b.millionEdges(b.ctx)
}

// gonumNetworks gives the processor time of gonum's PageRank and Louvain, and the
// modularity that it reaches.
func gonumNetworks(n int, edges []graph.Edge) (rank, groups time.Duration, modularity float64) {
	directed, undirected := simple.NewDirectedGraph(), simple.NewWeightedUndirectedGraph(0, 0)
	for i := range n {
		directed.AddNode(simple.Node(i))
		undirected.AddNode(simple.Node(i))
	}
	for _, e := range edges {
		from, to := simple.Node(e.From), simple.Node(e.To)
		directed.SetEdge(simple.Edge{F: from, T: to})
		w := 1.0
		if undirected.HasEdgeBetween(from.ID(), to.ID()) {
			w += undirected.WeightedEdge(from.ID(), to.ID()).Weight()
		}
		undirected.SetWeightedEdge(simple.WeightedEdge{F: from, T: to, W: w})
	}
	began := spent()
	gonet.PageRankSparse(directed, graph.DefaultDamping, graph.DefaultTolerance)
	rank = spent() - began
	began = spent()
	found := community.Modularize(undirected, 1, rand.NewPCG(1, 1)).Communities()
	groups = spent() - began
	return rank, groups, community.Q(undirected, found, 1)
}

// millionEdges measures a network of a million edges, without a peer.
func (b *bench) millionEdges(ctx context.Context) error {
	g, err := graph.New(200_000, planted(200_000, 1_000_000))
	if err != nil {
		return fmt.Errorf("make the network: %w", err)
	}
	u := g.Undirected()
	began := spent()
	if _, err := g.PageRank(ctx, graph.DefaultDamping, graph.DefaultTolerance); err != nil {
		return fmt.Errorf("rank: %w", err)
	}
	d := spent() - began
	b.add("PageRank, 1 M edges", ms(d), "–", "–", "≤ 1 s", d <= time.Second)
	began = spent()
	p, err := u.Communities(ctx, graph.DefaultResolution, 1)
	if err != nil {
		return fmt.Errorf("communities: %w", err)
	}
	d = spent() - began
	b.add("communities, 1 M edges", fmt.Sprintf("%s, modularity %.4f", ms(d), p.Modularity), "–", "–", "≤ 3 s", d <= 3*time.Second)
	return nil
}
