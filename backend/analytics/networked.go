package analytics

import (
	"cmp"
	"context"
	"fmt"
	"slices"

	"vedette/backend/analytics/graph"
	"vedette/backend/analytics/influence"
	"vedette/backend/columns"
	"vedette/backend/model"
)

// communities finds the communities of a network, n of them, with at most n
// members each.
func communities(ctx context.Context, in Inputs, kind string, resolution float64, seed uint64, n int) (model.CommunitiesResult, error) {
	net, err := in.build(ctx, kind)
	if err != nil {
		return model.CommunitiesResult{}, err
	}
	g, err := graph.New(net.accounts.Len(), net.edges)
	if err != nil {
		return model.CommunitiesResult{}, fmt.Errorf("make the network: %w", err)
	}
	u := g.Undirected()
	p, err := u.Communities(ctx, resolution, seed)
	if err != nil {
		return model.CommunitiesResult{}, fmt.Errorf("find communities: %w", err)
	}
	rank, err := g.PageRank(ctx, graph.DefaultDamping, graph.DefaultTolerance)
	if err != nil {
		return model.CommunitiesResult{}, fmt.Errorf("rank: %w", err)
	}
	r := model.CommunitiesResult{
		Network: kind, Seed: seed, Resolution: resolution, Nodes: g.Nodes(), Edges: g.Edges(), Unresolved: net.unresolved,
		Modularity: p.Modularity, Count: len(p.Sizes), Communities: []model.Community{},
	}
	inside, all := weights(u, p)
	for k := range min(n, len(p.Sizes)) {
		c := model.Community{ID: k, Size: p.Sizes[k], Members: []model.Party{}}
		if all[k] > 0 {
			c.Inside = inside[k] / all[k]
		}
		r.Communities = append(r.Communities, c)
	}
	for _, a := range byRank(rank) {
		if k := int(p.Of[a]); k < len(r.Communities) && len(r.Communities[k].Members) < n {
			r.Communities[k].Members = append(r.Communities[k].Members, in.party(net.accounts.Value(a)))
		}
	}
	return r, ctx.Err()
}

// weights sums each community's weight, and the part of it that stays inside.
func weights(u *graph.Graph, p graph.Partition) (inside, all []float64) {
	inside, all = make([]float64, len(p.Sizes)), make([]float64, len(p.Sizes))
	for a := range u.Nodes() {
		to, w := u.Neighbours(uint32(a))
		for i, b := range to {
			all[p.Of[a]] += w[i]
			if p.Of[b] == p.Of[a] {
				inside[p.Of[a]] += w[i]
			}
		}
	}
	return inside, all
}

// byRank orders nodes by rank; of equal ones the one that was seen first.
func byRank(rank []float64) []uint32 {
	out := make([]uint32, len(rank))
	for i := range out {
		out[i] = uint32(i)
	}
	slices.SortStableFunc(out, func(a, b uint32) int { return cmp.Compare(rank[b], rank[a]) })
	return out
}

// How many accounts are early, and by how many an object must be taken up.
const (
	earlyAccounts = 3
	leastTakers   = 5
)

// uptake is how an account's posts were taken up.
type uptake struct {
	posts, engagement, reposts int64
	each                       []int64
	followers                  model.Count
	seen                       int64
}

// influencers ranks the accounts of a network, by PageRank.
func influencers(ctx context.Context, in Inputs, kind string, samples int, seed uint64, n int) (model.InfluenceResult, error) {
	net, err := in.build(ctx, kind)
	if err != nil {
		return model.InfluenceResult{}, err
	}
	g, err := graph.New(net.accounts.Len(), net.edges)
	if err != nil {
		return model.InfluenceResult{}, fmt.Errorf("make the network: %w", err)
	}
	rank, err := g.PageRank(ctx, graph.DefaultDamping, graph.DefaultTolerance)
	if err != nil {
		return model.InfluenceResult{}, fmt.Errorf("rank: %w", err)
	}
	u := g.Undirected()
	between, sampled, err := u.Betweenness(ctx, samples, seed, nil)
	if err != nil {
		return model.InfluenceResult{}, fmt.Errorf("follow paths: %w", err)
	}
	strength, cores := g.InStrength(), u.Cores()
	taken, first, err := in.uptake(ctx, net)
	if err != nil {
		return model.InfluenceResult{}, err
	}
	r := model.InfluenceResult{Network: kind, Seed: seed, Accounts: g.Nodes(), Edges: g.Edges(), Sampled: sampled, Rows: []model.InfluenceRow{}}
	order := byRank(rank)
	for _, a := range order[:min(n, len(order))] {
		t, f := &taken[a], first[a]
		r.Rows = append(r.Rows, model.InfluenceRow{
			Party: in.party(net.accounts.Value(a)), Posts: t.posts, Engagement: t.engagement, HIndex: influence.HIndex(t.each),
			Reposts: t.reposts, Amplification: influence.Amplification(t.reposts, t.posts), Followers: t.followers,
			PageRank: rank[a], InStrength: strength[a], Core: cores[a], Betweenness: between[a],
			EarlyObjects: f.Objects, FirstObjects: f.First, Takers: f.Takers,
		})
	}
	return r, ctx.Err()
}

// uptake counts what became of each account's own posts (reposts are others'), and
// who used links and hashtags first.
func (in *Inputs) uptake(ctx context.Context, net *network) ([]uptake, map[uint32]influence.First, error) {
	taken := make([]uptake, net.accounts.Len())
	objects := map[string]uint32{}
	var uses []influence.Use
	err := in.each(ctx, func(ord uint32, p *model.Post) error {
		a, ok := net.accounts.Find(p.Author.UID())
		if !ok {
			return nil
		}
		at := in.View.Time(ord)
		t := &taken[a]
		if n, ok := in.View.Number(columns.Followers, ord); ok && (t.followers.IsZero() || at >= t.seen) {
			t.followers, t.seen = model.Known(n), at
		}
		if at != columns.MissingTime {
			for _, o := range append(tagsOf(in.View, ord), linksOf(p, false)...) {
				c, ok := objects[o]
				if !ok {
					c = uint32(len(objects))
					objects[o] = c
				}
				uses = append(uses, influence.Use{Object: c, Account: a, At: at})
			}
		}
		if p.Refs.RepostOf != "" {
			return nil
		}
		t.posts++
		if n, ok := in.View.Number(columns.Engagement, ord); ok {
			t.engagement = addCapped(t.engagement, n)
			t.each = append(t.each, n)
		}
		if n, ok := in.View.Number(columns.Shares, ord); ok {
			t.reposts = addCapped(t.reposts, n)
		}
		return nil
	})
	if err != nil {
		return nil, nil, err
	}
	first := map[uint32]influence.First{}
	for _, f := range influence.FirstMovers(uses, earlyAccounts, leastTakers) {
		first[f.Account] = f
	}
	return taken, first, nil
}
