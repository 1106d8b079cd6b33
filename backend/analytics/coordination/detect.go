package coordination

import (
	"cmp"
	"context"
	"slices"
)

// Edge joins two accounts that shared the same within the window, A before B in
// the order of their ids (equal for a loop). Weight is the number of pairs,
// MeanDelta their mean in seconds; Older and Newer count the distinct contents on
// each side of the pairs, Symmetry is the smaller over the larger. Above is
// whether the weight is above the threshold.
type Edge struct {
	A, B         uint32
	Weight       int64
	MeanDelta    float64
	Older, Newer int64
	Symmetry     float64
	Above        bool
}

// Network is what a detection found. Edges are in the order of their accounts'
// ids. Threshold is the quantile of the weights that an edge of the sub-graph
// exceeds, 0 without edges; DuplicateRows counts rows that are there before.
type Network struct {
	Params                Params
	Rows, DuplicateRows   int64
	Pairs                 int64
	Vertices              int
	Edges                 []Edge
	MaxWeight             int64
	Threshold             float64
	SubVertices, SubEdges int
}

// Detect finds the coordinated network. It walks the shares twice or, when many
// pairs remain, once more for every maxHeld of them.
func Detect(ctx context.Context, s *Shares, p Params, progress Progress) (Network, error) {
	if err := p.check(); err != nil {
		return Network{}, err
	}
	w := newWalker(s, p)
	if err := w.sort(ctx); err != nil {
		return Network{}, err
	}
	n, err := w.network(ctx, progress)
	if err != nil {
		return Network{}, err
	}
	n.Rows, n.DuplicateRows = int64(s.Len()), duplicates(s)
	return n, nil
}

// network detects over sorted rows.
func (w *walker) network(ctx context.Context, progress Progress) (Network, error) {
	work := w.candidates()
	if work > MaxPairs {
		return Network{}, tooMany("too_many_pairs", work, MaxPairs, "pairs of shares within the time window")
	}
	m := meter{total: 2 * work, tell: progress}
	pairs, err := w.filter(ctx, m.tick)
	if err != nil {
		return Network{}, err
	}
	passes := max(1, (pairs+w.held-1)/w.held)
	m.total = (1 + passes) * work
	n := Network{Params: w.p}
	for pass := range passes {
		if err := w.collect(ctx, &n, uint64(pass), uint64(passes), &m); err != nil {
			return Network{}, err
		}
	}
	w.finish(&n)
	m.end()
	return n, nil
}

// meter adds up progress.
type meter struct {
	done, total int64
	tell        Progress
}

func (m *meter) tick(n int64) {
	m.done += n
	if m.tell != nil {
		m.tell(min(m.done, m.total), m.total)
	}
}

func (m *meter) end() {
	if m.tell != nil {
		m.tell(m.total, m.total)
	}
}

// held is a pair while its edge is made.
type held struct {
	key          uint64 // the two accounts, the smaller number above
	older, newer uint32
	delta        int64
}

func edgeKey(a, b uint32) uint64 { return uint64(min(a, b))<<32 | uint64(max(a, b)) }

// collect makes the edges whose key falls to this pass.
func (w *walker) collect(ctx context.Context, n *Network, pass, passes uint64, m *meter) error {
	s := w.s
	var list []held
	err := w.each(ctx, m.tick, func(a, b uint32) {
		key := edgeKey(s.account[a], s.account[b])
		if passes > 1 && mix(key)%passes != pass {
			return
		}
		list = append(list, held{key, s.content[a], s.content[b], w.at[b] - w.at[a]})
	})
	if err != nil {
		return err
	}
	slices.SortFunc(list, func(x, y held) int { return cmp.Or(cmp.Compare(x.key, y.key), cmp.Compare(x.older, y.older)) })
	n.Pairs += int64(len(list))
	for i := 0; i < len(list); {
		j := i + 1
		for j < len(list) && list[j].key == list[i].key {
			j++
		}
		n.Edges = append(n.Edges, makeEdge(list[i:j]))
		i = j
	}
	if len(n.Edges) > MaxEdges {
		return tooMany("too_many_edges", int64(len(n.Edges)), MaxEdges, "pairs of accounts")
	}
	return nil
}

// mix spreads keys over the passes (the finaliser of MurmurHash3).
func mix(k uint64) uint64 {
	k ^= k >> 33
	k *= 0xff51afd7ed558ccd
	k ^= k >> 33
	k *= 0xc4ceb9fe1a85ec53
	return k ^ k>>33
}

// makeEdge sums the pairs of two accounts, which are in order of older.
func makeEdge(pairs []held) Edge {
	e := Edge{A: uint32(pairs[0].key >> 32), B: uint32(pairs[0].key), Weight: int64(len(pairs))}
	var sum int64
	for i, p := range pairs {
		sum += p.delta
		if i == 0 || p.older != pairs[i-1].older {
			e.Older++
		}
	}
	slices.SortFunc(pairs, func(x, y held) int { return cmp.Compare(x.newer, y.newer) })
	for i, p := range pairs {
		if i == 0 || p.newer != pairs[i-1].newer {
			e.Newer++
		}
	}
	e.MeanDelta = float64(sum) / Micros / float64(e.Weight)
	e.Symmetry = float64(min(e.Older, e.Newer)) / float64(max(e.Older, e.Newer))
	return e
}

// finish orders the edges, finds the threshold and marks the sub-graph.
func (w *walker) finish(n *Network) {
	rank := w.s.ranks()
	weights := make([]float64, len(n.Edges))
	for i := range n.Edges {
		e := &n.Edges[i]
		if rank[e.A] > rank[e.B] {
			e.A, e.B = e.B, e.A
		}
		weights[i] = float64(e.Weight)
		n.MaxWeight = max(n.MaxWeight, e.Weight)
	}
	slices.SortFunc(n.Edges, func(x, y Edge) int {
		return cmp.Or(cmp.Compare(rank[x.A], rank[y.A]), cmp.Compare(rank[x.B], rank[y.B]))
	})
	slices.Sort(weights)
	n.Threshold = Quantile(weights, n.Params.EdgeWeight)
	all, sub := newBits(w.s.accounts.Len()), newBits(w.s.accounts.Len())
	count := func(b bits, n *int, a uint32) {
		if !b.has(a) {
			b.set(a)
			*n++
		}
	}
	for i := range n.Edges {
		e := &n.Edges[i]
		if e.Above = float64(e.Weight) > n.Threshold; n.Params.LeastWeight > 0 {
			e.Above = e.Weight >= n.Params.LeastWeight
		}
		count(all, &n.Vertices, e.A)
		count(all, &n.Vertices, e.B)
		if e.Above {
			n.SubEdges++
			count(sub, &n.SubVertices, e.A)
			count(sub, &n.SubVertices, e.B)
		}
	}
}

// ranks gives each account's place in the byte order of ids.
func (s *Shares) ranks() []uint32 {
	order := make([]uint32, s.accounts.Len())
	ids := make([]string, len(order))
	for i := range order {
		order[i], ids[i] = uint32(i), s.accounts.Value(uint32(i))
	}
	slices.SortFunc(order, func(a, b uint32) int { return cmp.Compare(ids[a], ids[b]) })
	rank := make([]uint32, len(order))
	for i, a := range order {
		rank[a] = uint32(i)
	}
	return rank
}
