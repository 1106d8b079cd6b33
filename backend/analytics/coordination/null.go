package coordination

import (
	"cmp"
	"context"
	"fmt"
	"math/rand/v2"
	"slices"

	"vedette/backend/model"
)

// MaxRounds is how many times Null may shuffle.
const MaxRounds = 10_000

// Significance is how likely what was found is when nobody looks at the clock:
// each p is (1 + rounds that reach it) / (1 + rounds), never 0 (Phipson & Smyth,
// Statistical Applications in Genetics and Molecular Biology 9(1), 2010).
type Significance struct {
	Rounds   int
	Seed     uint64
	Pairs    float64   // p of the number of pairs
	Expected float64   // pairs in a round, on average
	Edges    []float64 // p of each edge's weight, in the order of Network.Edges
	Clusters []float64 // p of the pairs among each cluster's accounts, in the order given
	Fastest  float64   // smallest p that this many rounds can give
}

// Null detects again and again after the instants of each account's shares of a
// day (UTC) were shuffled among them: accounts keep what they share and when they
// are awake, but not what they share at the same time. An account with one share
// a day cannot be shuffled, so that p is too large rather than too small. p is
// not corrected for the number of edges and clusters looked at.
//
// Time: a detection a round. The same seed gives the same p.
func Null(ctx context.Context, s *Shares, n Network, clusters []Cluster, rounds int, seed uint64, progress Progress) (Significance, error) {
	if rounds < 1 || rounds > MaxRounds {
		return Significance{}, &model.Fault{Code: "bad_param", Params: map[string]string{
			"name": "rounds", "value": fmt.Sprint(rounds), "message": fmt.Sprintf("A null model has 1 to %d rounds.", MaxRounds),
		}}
	}
	out := Significance{Rounds: rounds, Seed: seed, Edges: make([]float64, len(n.Edges)), Clusters: make([]float64, len(clusters)), Fastest: 1 / float64(1+rounds)}
	found := newTally(s, n, clusters)
	w := newWalker(s, n.Params)
	w.at = make([]int64, s.Len())
	days := accountDays(s)
	var sum int64
	for r := range rounds {
		shuffle(s, w.at, days, rand.New(rand.NewPCG(seed, uint64(r))))
		w.keep = nil
		if err := w.sort(ctx); err != nil {
			return Significance{}, err
		}
		again, err := w.network(ctx, nil)
		if err != nil {
			return Significance{}, err
		}
		sum += again.Pairs
		found.count(again)
		if progress != nil {
			progress(int64(r+1), int64(rounds))
		}
	}
	p := func(reached int) float64 { return float64(1+reached) / float64(1+rounds) }
	out.Expected, out.Pairs = float64(sum)/float64(rounds), p(found.pairs)
	for i, k := range found.edges {
		out.Edges[i] = p(k)
	}
	for i, k := range found.clusters {
		out.Clusters[i] = p(k)
	}
	return out, nil
}

// tally counts the rounds that reach what was found.
type tally struct {
	n               Network
	edge            map[uint64]int // index in n.Edges
	of              []int32        // cluster of each account, −1 without
	inside          []int64        // pairs among the accounts of each cluster
	pairs           int
	edges, clusters []int
}

func newTally(s *Shares, n Network, clusters []Cluster) *tally {
	t := &tally{n: n, edge: make(map[uint64]int, len(n.Edges)), of: make([]int32, s.accounts.Len()), edges: make([]int, len(n.Edges)), clusters: make([]int, len(clusters))}
	for i, e := range n.Edges {
		t.edge[edgeKey(e.A, e.B)] = i
	}
	for i := range t.of {
		t.of[i] = -1
	}
	for k, c := range clusters {
		for _, a := range c.Accounts {
			t.of[a] = int32(k)
		}
	}
	t.inside = t.within(n)
	return t
}

// within sums the weights of the edges whose accounts are of one cluster.
func (t *tally) within(n Network) []int64 {
	out := make([]int64, len(t.clusters))
	for _, e := range n.Edges {
		if k := t.of[e.A]; k >= 0 && k == t.of[e.B] {
			out[k] += e.Weight
		}
	}
	return out
}

func (t *tally) count(again Network) {
	if again.Pairs >= t.n.Pairs {
		t.pairs++
	}
	for _, e := range again.Edges {
		if i, ok := t.edge[edgeKey(e.A, e.B)]; ok && e.Weight >= t.n.Edges[i].Weight {
			t.edges[i]++
		}
	}
	for k, w := range t.within(again) {
		if w >= t.inside[k] {
			t.clusters[k]++
		}
	}
}

// accountDays groups the rows of each account and day of more than one row.
func accountDays(s *Shares) [][]uint32 {
	const day = 86400 * Micros
	order := make([]uint32, s.Len())
	for i := range order {
		order[i] = uint32(i)
	}
	date := func(i uint32) int64 {
		d := s.at[i] / day
		if s.at[i]%day < 0 {
			d--
		}
		return d
	}
	slices.SortFunc(order, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(s.account[a], s.account[b]), cmp.Compare(date(a), date(b)), cmp.Compare(a, b))
	})
	var out [][]uint32
	for i := 0; i < len(order); {
		j := i + 1
		for j < len(order) && s.account[order[j]] == s.account[order[i]] && date(order[j]) == date(order[i]) {
			j++
		}
		if j > i+1 {
			out = append(out, order[i:j])
		}
		i = j
	}
	return out
}

// shuffle permutes the instants within each group.
func shuffle(s *Shares, at []int64, groups [][]uint32, rng *rand.Rand) {
	copy(at, s.at)
	for _, g := range groups {
		rng.Shuffle(len(g), func(i, j int) { at[g[i]], at[g[j]] = at[g[j]], at[g[i]] })
	}
}
