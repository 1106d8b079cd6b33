package graph

import (
	"context"
	"errors"
	"math"
	"math/rand/v2"
	"reflect"
	"slices"
	"testing"
)

func must(t testing.TB, n int, edges []Edge) *Graph {
	t.Helper()
	g, err := New(n, edges)
	if err != nil {
		t.Fatal(err)
	}
	return g
}

// planted has communities of nodes with heavy-tailed degrees; mix of the edges
// lead anywhere.
func planted(n, m, communities int, mix float64, seed uint64) []Edge {
	rng := rand.New(rand.NewPCG(seed, 2))
	size := n / communities
	out := make([]Edge, 0, m)
	for len(out) < m {
		c := rng.IntN(communities)
		pick := func() uint32 {
			x := rng.Float64()
			return uint32(int(x*x*float64(size))*communities + c)
		}
		a, b := pick(), pick()
		if rng.Float64() < mix {
			b = uint32(rng.IntN(n))
		}
		if a != b {
			out = append(out, Edge{a, b, 1})
		}
	}
	return out
}

func TestParallelEdgesAndDirections(t *testing.T) {
	g := must(t, 3, []Edge{{2, 0, 1}, {0, 1, 1}, {0, 1, 2}, {1, 0, 5}, {1, 1, 4}})
	to, w := g.Neighbours(0)
	if !slices.Equal(to, []uint32{1}) || !slices.Equal(w, []float64{3}) || g.Edges() != 4 {
		t.Errorf("%v %v, %d edges", to, w, g.Edges())
	}
	u := g.Undirected()
	to, w = u.Neighbours(1)
	if !slices.Equal(to, []uint32{0, 1}) || !slices.Equal(w, []float64{8, 4}) {
		t.Errorf("undirected: %v %v", to, w)
	}
	to, _ = u.Neighbours(0)
	if !slices.Equal(to, []uint32{1, 2}) || !slices.Equal(g.InStrength(), []float64{6, 7, 0}) {
		t.Errorf("%v, in-strength %v", to, g.InStrength())
	}
	for _, bad := range []Edge{{0, 3, 1}, {0, 1, 0}, {0, 1, math.NaN()}, {0, 1, math.Inf(1)}} {
		if _, err := New(3, []Edge{bad}); err == nil {
			t.Errorf("%+v is taken", bad)
		}
	}
}

func TestPageRank(t *testing.T) {
	g := must(t, 4, []Edge{{0, 1, 1}, {1, 2, 1}, {2, 0, 1}, {3, 2, 1}})
	r, err := g.PageRank(context.Background(), DefaultDamping, 1e-12)
	if err != nil {
		t.Fatal(err)
	}
	// From the equations: r3 = .0375; the others by substitution.
	for a, want := range []float64{0.3206170, 0.3100244, 0.3318583, 0.0375} {
		d := .85
		from := []float64{d * r[2], d * r[0], d * (r[1] + r[3]), 0}[a]
		if math.Abs(r[a]-.0375-from) > 1e-9 || math.Abs(r[a]-want) > 2e-2 {
			t.Errorf("rank of %d is %g", a, r[a])
		}
	}
	sum := 0.0
	dangling := must(t, 3, []Edge{{0, 1, 3}, {0, 2, 1}})
	r, _ = dangling.PageRank(context.Background(), DefaultDamping, 1e-12)
	for _, x := range r {
		sum += x
	}
	if math.Abs(sum-1) > 1e-9 || r[1] <= r[2] {
		t.Errorf("ranks %v", r)
	}
}

func TestCores(t *testing.T) {
	// A clique of four, a triangle on it, a tail and a lone node.
	var edges []Edge
	for _, p := range [][2]uint32{{0, 1}, {0, 2}, {0, 3}, {1, 2}, {1, 3}, {2, 3}, {3, 4}, {3, 5}, {4, 5}, {5, 6}, {6, 6}} {
		edges = append(edges, Edge{p[0], p[1], 1})
	}
	if got := must(t, 8, edges).Undirected().Cores(); !slices.Equal(got, []uint32{3, 3, 3, 3, 2, 2, 1, 0}) {
		t.Errorf("%v", got)
	}
}

// throughAll counts shortest paths by trying every pair.
func throughAll(g *Graph) []float64 {
	n := g.Nodes()
	dist, count := make([][]float64, n), make([][]float64, n)
	for a := range n {
		dist[a], count[a] = make([]float64, n), make([]float64, n)
		for i := range dist[a] {
			dist[a][i] = math.Inf(1)
		}
		dist[a][a], count[a][a] = 0, 1
		for queue := []uint32{uint32(a)}; len(queue) > 0; queue = queue[1:] {
			v := queue[0]
			for _, w := range g.to[g.off[v]:g.off[v+1]] {
				if math.IsInf(dist[a][w], 1) {
					dist[a][w] = dist[a][v] + 1
					queue = append(queue, w)
				}
				if dist[a][w] == dist[a][v]+1 {
					count[a][w] += count[a][v]
				}
			}
		}
	}
	out := make([]float64, n)
	for s := range n {
		for e := range n {
			for v := range n {
				if s != e && v != s && v != e && dist[s][v]+dist[v][e] == dist[s][e] && !math.IsInf(dist[s][e], 1) {
					out[v] += count[s][v] * count[v][e] / count[s][e]
				}
			}
		}
	}
	return out
}

func TestBetweenness(t *testing.T) {
	for seed := range uint64(5) {
		g := must(t, 40, planted(40, 90, 4, .3, seed))
		for _, x := range []*Graph{g, g.Undirected()} {
			want := throughAll(x)
			got, sampled, err := x.Betweenness(context.Background(), 40, 1, nil)
			if err != nil || sampled != 40 {
				t.Fatal(err, sampled)
			}
			for i := range want {
				if math.Abs(got[i]-want[i]) > 1e-9 {
					t.Fatalf("seed %d, node %d: %g, want %g", seed, i, got[i], want[i])
				}
			}
		}
	}
	g := must(t, 300, planted(300, 1500, 5, .2, 1)).Undirected()
	all, _, _ := g.Betweenness(context.Background(), 300, 1, nil)
	some, sampled, _ := g.Betweenness(context.Background(), 100, 1, nil)
	sumAll, sumSome := 0.0, 0.0
	for i := range all {
		sumAll, sumSome = sumAll+all[i], sumSome+some[i]
	}
	if sampled != 100 || math.Abs(sumSome/sumAll-1) > .1 {
		t.Errorf("%d sampled, %g of %g", sampled, sumSome, sumAll)
	}
}

func TestCommunitiesFindWhatIsPlanted(t *testing.T) {
	const n, k = 2000, 10
	g := must(t, n, planted(n, 16_000, k, .15, 3)).Undirected()
	p, err := g.Communities(context.Background(), DefaultResolution, 7)
	if err != nil {
		t.Fatal(err)
	}
	truth := make([]uint32, n)
	for i := range truth {
		truth[i] = uint32(i % k)
	}
	if want := g.Modularity(truth, 1); p.Modularity < want-.005 {
		t.Errorf("modularity %.4f, planted %.4f", p.Modularity, want)
	}
	if !slices.IsSortedFunc(p.Sizes, func(a, b int) int { return b - a }) {
		t.Errorf("sizes %v", p.Sizes)
	}
	again, _ := g.Communities(context.Background(), DefaultResolution, 7)
	if !reflect.DeepEqual(p, again) {
		t.Error("the same seed gives other communities")
	}
	// Every community hangs together.
	for c, size := range p.Sizes {
		first := slices.Index(p.Of, uint32(c))
		seen := map[uint32]bool{uint32(first): true}
		for queue := []uint32{uint32(first)}; len(queue) > 0; queue = queue[1:] {
			to, _ := g.Neighbours(queue[0])
			for _, b := range to {
				if p.Of[b] == uint32(c) && !seen[b] {
					seen[b] = true
					queue = append(queue, b)
				}
			}
		}
		if len(seen) != size {
			t.Errorf("community %d: %d of %d hang together", c, len(seen), size)
		}
	}
}

func TestTwoTriangles(t *testing.T) {
	g := must(t, 7, []Edge{{0, 1, 1}, {1, 2, 1}, {2, 0, 1}, {3, 4, 1}, {4, 5, 1}, {5, 3, 1}, {2, 3, 1}}).Undirected()
	p, err := g.Communities(context.Background(), DefaultResolution, 1)
	if err != nil || !slices.Equal(p.Of, []uint32{0, 0, 0, 1, 1, 1, 2}) || math.Abs(p.Modularity-(6.0/7-.5)) > 1e-12 {
		t.Errorf("%v, %+v", err, p)
	}
	loops := must(t, 2, []Edge{{0, 0, 2}, {0, 1, 1}}).Undirected()
	if q := loops.Modularity([]uint32{0, 1}, 1); math.Abs(q-(4.0/6-26.0/36)) > 1e-12 {
		t.Errorf("with a loop: %g", q)
	}
	empty, err := must(t, 3, nil).Undirected().Communities(context.Background(), 1, 1)
	if err != nil || len(empty.Sizes) != 3 || empty.Modularity != 0 {
		t.Errorf("without edges: %+v, %v", empty, err)
	}
}

func TestCancel(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	g := must(t, 100, planted(100, 500, 4, .2, 1)).Undirected()
	_, err1 := g.Communities(ctx, 1, 1)
	_, _, err2 := g.Betweenness(ctx, 10, 1, nil)
	_, err3 := g.PageRank(ctx, .85, 1e-8)
	for _, err := range []error{err1, err2, err3} {
		if !errors.Is(err, context.Canceled) {
			t.Errorf("%v", err)
		}
	}
}

func million(b *testing.B) (*Graph, *Graph) {
	g := must(b, 200_000, planted(200_000, 1_000_000, 20, .25, 1))
	return g, g.Undirected()
}

func BenchmarkPageRankMillion(b *testing.B) {
	g, _ := million(b)
	for b.Loop() {
		if _, err := g.PageRank(context.Background(), DefaultDamping, DefaultTolerance); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkCommunitiesMillion(b *testing.B) {
	_, u := million(b)
	for b.Loop() {
		p, err := u.Communities(context.Background(), DefaultResolution, 1)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(p.Modularity, "modularity")
		b.ReportMetric(float64(len(p.Sizes)), "communities")
	}
}

func BenchmarkBetweennessMillion(b *testing.B) {
	_, u := million(b)
	for b.Loop() {
		if _, _, err := u.Betweenness(context.Background(), 256, 1, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkBuildMillion(b *testing.B) {
	edges := planted(200_000, 1_000_000, 20, .25, 1)
	for b.Loop() {
		must(b, 200_000, edges).Undirected()
	}
}
