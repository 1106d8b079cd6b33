package coordination

import (
	"cmp"
	"context"
	"slices"
)

// Setting is one combination of parameters and what it gives.
type Setting struct {
	Params                Params
	Pairs                 int64
	Vertices, Edges       int
	MaxWeight             int64
	Threshold             float64
	SubVertices, SubEdges int
	Components            int
}

// Sensitivity detects with each time window (microseconds) and minimum of
// participation, other parameters as in p, so that one sees whether a finding
// hangs on a threshold. Settings are in order of window, then of participation.
func Sensitivity(ctx context.Context, s *Shares, p Params, windows []int64, participation []int, progress Progress) ([]Setting, error) {
	windows, participation = slices.Clone(windows), slices.Clone(participation)
	slices.Sort(windows)
	slices.Sort(participation)
	windows, participation = slices.Compact(windows), slices.Compact(participation)
	out := make([]Setting, 0, len(windows)*len(participation))
	for _, window := range windows {
		for _, least := range participation {
			q := p
			q.Window, q.MinParticipation = window, least
			if err := q.check(); err != nil {
				return nil, err
			}
			w := newWalker(s, q)
			if err := w.sort(ctx); err != nil {
				return nil, err
			}
			n, err := w.network(ctx, nil)
			if err != nil {
				return nil, err
			}
			_, clusters := components(s, n)
			out = append(out, Setting{q, n.Pairs, n.Vertices, len(n.Edges), n.MaxWeight, n.Threshold, n.SubVertices, n.SubEdges, len(clusters)})
			if progress != nil {
				progress(int64(len(out)), int64(cap(out)))
			}
		}
	}
	return out, nil
}

// Interval is an estimate of the time window from the shares themselves.
type Interval struct {
	Seconds  float64 // the estimate, at least 1
	Objects  int     // shared more than once
	Quickest int     // of those, the ones it rests on
	Second   float64 // seconds to their second share at most
}

// EstimateInterval estimates a time window as CooRnet does: of the objects shared
// more than once it takes the quick ones, with a second share no later than the
// quantile q of all second shares, and for each the seconds from its first share
// until more than the part p of its shares have come; the estimate is the
// quantile p of those. CooRnet's q is .1 and p is .5. Zero Objects: no estimate.
//
// CooRnet goes on to keep edges with a weight of at least the quantile .90.
func EstimateInterval(s *Shares, q, p float64) Interval {
	w := newWalker(s, Params{MinParticipation: 1})
	type object struct{ second, most float64 }
	var list []object
	var seconds []float64
	for k := 0; k+1 < len(w.heads); k++ {
		rows := w.order[w.heads[k]:w.heads[k+1]]
		if len(rows) < 2 {
			continue
		}
		slices.SortFunc(rows, func(a, b uint32) int { return cmp.Compare(s.at[a], s.at[b]) })
		since := func(i int) float64 { return float64(s.at[rows[i]]-s.at[rows[0]]) / Micros }
		i := 0
		for i < len(rows)-1 && float64(i+1)/float64(len(rows)) <= p {
			i++
		}
		list = append(list, object{since(1), since(i)})
		seconds = append(seconds, since(1))
	}
	if len(list) == 0 {
		return Interval{}
	}
	slices.Sort(seconds)
	out := Interval{Objects: len(list), Second: Quantile(seconds, q)}
	var most []float64
	for _, o := range list {
		if o.second <= out.Second {
			most = append(most, o.most)
		}
	}
	slices.Sort(most)
	out.Quickest, out.Seconds = len(most), max(Quantile(most, p), 1)
	return out
}
