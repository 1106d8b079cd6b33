package coordination

import (
	"context"
	"errors"
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strconv"
	"testing"

	"vedette/backend/model"
)

// plainRow is a share as the literal definition reads it.
type plainRow struct {
	object, account, content string
	at                       int64
}

func randomRows(seed uint64, n int) []plainRow {
	rng := rand.New(rand.NewPCG(seed, 1))
	out := make([]plainRow, n)
	for i := range out {
		out[i] = plainRow{
			object: "o" + strconv.Itoa(rng.IntN(n/12+1)), account: "a" + strconv.Itoa(rng.IntN(n/6+1)),
			content: "c" + strconv.Itoa(rng.IntN(n)), at: rng.Int64N(300),
		}
		if rng.IntN(20) == 0 {
			out[i].object = out[rng.IntN(i+1)].content // an object that is a content
		}
		if i > 0 && rng.IntN(15) == 0 {
			out[i] = out[rng.IntN(i)]
		}
	}
	return out
}

func shares(rows []plainRow) *Shares {
	s := &Shares{}
	for _, r := range rows {
		s.Add(r.object, r.account, r.content, r.at*Micros)
	}
	return s
}

// literal is the definition word by word, with every pair of rows.
func literal(rows []plainRow, window int64, least int, loops bool) []string {
	count := map[string]int{}
	var order []string
	for _, r := range rows {
		if count[r.account]++; count[r.account] == 1 {
			order = append(order, r.account)
		}
	}
	var kept []plainRow // by account, as they occur
	for _, a := range order {
		for _, r := range rows {
			if r.account == a && count[a] >= least {
				kept = append(kept, r)
			}
		}
	}
	type pair struct{ a, b plainRow }
	var pairs []pair
	ids := map[string]bool{}
	for i, a := range kept {
		for _, b := range kept[i+1:] {
			if a.object != b.object || max(a.at-b.at, b.at-a.at) > window {
				continue
			}
			if !loops && (a.object == a.content || a.object == b.content || a.content == b.content || a.account == b.account) {
				continue
			}
			if a.at > b.at {
				pairs = append(pairs, pair{b, a})
			} else {
				pairs = append(pairs, pair{a, b})
			}
			ids[a.content], ids[b.content] = true, true
		}
	}
	again := map[string]int{}
	for _, r := range kept {
		if ids[r.content] {
			again[r.account]++
		}
	}
	keep := map[string]bool{}
	for _, r := range kept {
		if ids[r.content] && again[r.account] >= least {
			keep[r.content] = true
		}
	}
	var out []string
	for _, p := range pairs {
		if keep[p.a.content] || keep[p.b.content] {
			out = append(out, fmt.Sprint(p.a.object, p.a.content, p.b.content, p.a.account, p.b.account, p.b.at-p.a.at))
		}
	}
	slices.Sort(out)
	return out
}

func TestDetectIsTheDefinition(t *testing.T) {
	total := 0
	for seed := range uint64(60) {
		rows := randomRows(seed, 20+int(seed)*5)
		s := shares(rows)
		p := Params{Window: int64(seed%7) * 9 * Micros, MinParticipation: 1 + int(seed%4), EdgeWeight: .5, KeepLoops: seed%3 == 0}
		want := literal(rows, p.Window/Micros, p.MinParticipation, p.KeepLoops)
		var got []string
		if err := Pairs(context.Background(), s, p, func(x Pair) error {
			got = append(got, fmt.Sprint(s.ID(x.Object), s.ID(x.Content), s.ID(x.ContentNewer), s.Account(x.Account), s.Account(x.AccountNewer), x.Delta/Micros))
			return nil
		}); err != nil {
			t.Fatal(err)
		}
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Fatalf("seed %d: %d pairs, want %d", seed, len(got), len(want))
		}
		total += len(got)
		n, err := Detect(context.Background(), s, p, nil)
		if err != nil || n.Pairs != int64(len(want)) {
			t.Fatalf("seed %d: %v, %d pairs", seed, err, n.Pairs)
		}
		w := newWalker(s, p)
		w.held = 3
		if err := w.sort(context.Background()); err != nil {
			t.Fatal(err)
		}
		parts, err := w.network(context.Background(), nil)
		if err != nil {
			t.Fatal(err)
		}
		parts.Rows, parts.DuplicateRows = n.Rows, n.DuplicateRows
		if !reflect.DeepEqual(parts, n) {
			t.Fatalf("seed %d: another network in passes of three pairs", seed)
		}
	}
	if total < 1000 {
		t.Errorf("only %d pairs were compared", total)
	}
}

func TestDuplicateRowsAreCountedAndKept(t *testing.T) {
	rows := []plainRow{{"u", "ann", "1", 0}, {"u", "ann", "1", 0}, {"u", "bob", "2", 5}, {"u", "ann", "1", 1}}
	n, err := Detect(context.Background(), shares(rows), Params{Window: 10 * Micros, MinParticipation: 1, EdgeWeight: .5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if n.Rows != 4 || n.DuplicateRows != 1 || n.Pairs != 3 || len(n.Edges) != 1 || n.Edges[0].Older != 1 {
		t.Errorf("%+v", n)
	}
}

func TestEmptyAndBadParameters(t *testing.T) {
	n, err := Detect(context.Background(), &Shares{}, Defaults(), nil)
	if err != nil || n.Pairs != 0 || n.Threshold != 0 || len(n.Edges) != 0 {
		t.Errorf("%+v, %v", n, err)
	}
	for _, p := range []Params{{Window: -1, MinParticipation: 2}, {Window: 1}, {Window: 1, MinParticipation: 2, EdgeWeight: 1.5}, {MinParticipation: 2, LeastWeight: -1}} {
		var f *model.Fault
		if _, err := Detect(context.Background(), &Shares{}, p, nil); !errors.As(err, &f) || f.Code != "bad_param" {
			t.Errorf("%+v: %v", p, err)
		}
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if _, err := Detect(ctx, shares(randomRows(1, 100)), Defaults(), nil); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
}

// planted has three accounts that share the same links within seconds, and fifty
// that share links whenever they like.
func planted() *Shares {
	rng := rand.New(rand.NewPCG(7, 7))
	var rows []plainRow
	post := 0
	add := func(object, account string, at int64) {
		post++
		rows = append(rows, plainRow{object, account, "p" + strconv.Itoa(post), at})
	}
	for k := range int64(12) {
		at := k*7000 + rng.Int64N(3000)
		for i, a := range []string{"ring-1", "ring-2", "ring-3"} {
			add("link"+strconv.Itoa(int(k)), a, at+int64(i)*2)
			add("other"+strconv.Itoa(rng.IntN(400)), a, rng.Int64N(86400))
		}
	}
	for i := range 50 {
		for range 30 {
			add("link"+strconv.Itoa(rng.IntN(60)), "free-"+strconv.Itoa(i), rng.Int64N(86400))
		}
	}
	return shares(rows)
}

func TestClustersAndTheirProof(t *testing.T) {
	s := planted()
	n, err := Detect(context.Background(), s, Params{Window: 60 * Micros, MinParticipation: 2, EdgeWeight: .5}, nil)
	if err != nil {
		t.Fatal(err)
	}
	clusters, err := Clusters(context.Background(), s, n)
	if err != nil || len(clusters) == 0 {
		t.Fatalf("%v, %d clusters", err, len(clusters))
	}
	c := clusters[0]
	if len(c.Accounts) != 3 || s.Account(c.Accounts[0]) != "ring-1" || c.Weight < 36 || c.Distinct < 12 || int64(len(c.Proof)) != c.Weight || c.MeanDelta > 5 {
		t.Errorf("%+v", c)
	}
	if int64(len(c.Proof)) == 0 || c.Proof[0].Delta > c.Proof[len(c.Proof)-1].Delta || c.First >= c.Last {
		t.Error("the proof is not in order")
	}

	sig, err := Null(context.Background(), s, n, clusters, 99, 5, nil)
	if err != nil {
		t.Fatal(err)
	}
	if sig.Clusters[0] != .01 || sig.Pairs != .01 || sig.Expected >= float64(n.Pairs) {
		t.Errorf("p of the ring %g, of all pairs %g, expected %g of %d", sig.Clusters[0], sig.Pairs, sig.Expected, n.Pairs)
	}
	for i, e := range n.Edges {
		if s.Account(e.A)[0] == 'f' && e.Weight == 1 && sig.Edges[i] <= .01 {
			t.Errorf("chance edge %s %s has p %g", s.Account(e.A), s.Account(e.B), sig.Edges[i])
		}
	}
	again, err := Null(context.Background(), s, n, clusters, 99, 5, nil)
	if err != nil || !reflect.DeepEqual(sig, again) {
		t.Error("the same seed gives another p")
	}
}

func TestSensitivityAndInterval(t *testing.T) {
	s := planted()
	list, err := Sensitivity(context.Background(), s, Defaults(), []int64{60 * Micros, 5 * Micros, 5 * Micros}, []int{5, 2}, nil)
	if err != nil || len(list) != 4 {
		t.Fatalf("%v, %d settings", err, len(list))
	}
	if list[0].Params.Window != 5*Micros || list[0].Params.MinParticipation != 2 || list[2].Pairs <= list[0].Pairs {
		t.Errorf("%+v", list)
	}
	var x Shares
	if got := EstimateInterval(&x, .1, .5); got != (Interval{}) {
		t.Errorf("without shares: %+v", got)
	}
	for i, at := range []int64{0, 4, 10, 30, 100} { // half of five shares is exceeded at the third
		x.Add("fast", "a", "f"+strconv.Itoa(i), at*Micros)
	}
	for i, at := range []int64{0, 500, 600} {
		x.Add("slow", "b", "s"+strconv.Itoa(i), at*Micros)
	}
	x.Add("once", "c", "o", 0)
	if got := EstimateInterval(&x, .1, .5); got.Seconds != 10 || got.Objects != 2 || got.Quickest != 1 {
		t.Errorf("%+v", got)
	}
}

func TestQuantile(t *testing.T) {
	for _, c := range []struct {
		x    []float64
		p, q float64
	}{{nil, .5, 0}, {[]float64{3}, .9, 3}, {[]float64{1, 2}, .5, 1.5}, {[]float64{1, 2, 3, 4}, .5, 2.5}, {[]float64{1, 2, 3, 10}, .95, 8.95}, {[]float64{1, 5}, 1, 5}} {
		if got := Quantile(c.x, c.p); got-c.q > 1e-12 || c.q-got > 1e-12 {
			t.Errorf("quantile %g of %v is %g, want %g", c.p, c.x, got, c.q)
		}
	}
}
