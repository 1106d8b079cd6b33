// Package episode groups alerts that rise at the same time, so that one event
// seen in ten series is told once. It is pure.
package episode

import (
	"cmp"
	"slices"

	"vedette/backend/model"
)

// Episode is one rise as it was seen in one or more series. Number is its place
// in time, from 1. Lead is the alert with the highest score, Others are those
// that overlap it, highest score first.
type Episode struct {
	Number int
	Lead   model.Alert
	Others []model.Alert
}

// Group sorts alerts into episodes by a rule that the report states: the alert
// with the highest score opens an episode and takes in every alert whose time
// [Start, End) overlaps its own; then the highest of the rest opens the next,
// until none is left. Overlaps are with the opening alert only, so that a chain
// of neighbours does not run events of different days together. Ties go to the
// earlier start, then to the series and id in byte order. Every alert is in
// exactly one episode. Episodes are in order of the start of their leads.
func Group(alerts []model.Alert) []Episode {
	rest := slices.Clone(alerts)
	slices.SortFunc(rest, stronger)
	var out []Episode
	for len(rest) > 0 {
		e := Episode{Lead: rest[0]}
		var later []model.Alert
		for _, a := range rest[1:] {
			if overlap(e.Lead, a) {
				e.Others = append(e.Others, a)
			} else {
				later = append(later, a)
			}
		}
		out = append(out, e)
		rest = later
	}
	slices.SortStableFunc(out, func(a, b Episode) int { return cmp.Compare(a.Lead.Start, b.Lead.Start) })
	for i := range out {
		out[i].Number = i + 1
	}
	return out
}

// Strongest splits episodes into the n with the highest scores and the rest,
// both in the order in which they came.
func Strongest(all []Episode, n int) (strong, rest []Episode) {
	order := slices.Clone(all)
	slices.SortFunc(order, func(a, b Episode) int { return stronger(a.Lead, b.Lead) })
	chosen := make(map[int]bool)
	for _, e := range order[:min(max(n, 0), len(order))] {
		chosen[e.Number] = true
	}
	for _, e := range all {
		if chosen[e.Number] {
			strong = append(strong, e)
		} else {
			rest = append(rest, e)
		}
	}
	return strong, rest
}

// Has reports whether a series takes part in the episode.
func (e *Episode) Has(series string) bool {
	return e.Lead.Series == series || slices.ContainsFunc(e.Others, func(a model.Alert) bool { return a.Series == series })
}

// End is when the last of the episode's alerts ended, in Unix seconds.
func (e *Episode) End() int64 {
	end := e.Lead.End
	for _, a := range e.Others {
		end = max(end, a.End)
	}
	return end
}

// stronger orders alerts by score, then by time, series and id.
func stronger(a, b model.Alert) int {
	return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(a.Start, b.Start), cmp.Compare(a.Series, b.Series), cmp.Compare(a.ID, b.ID))
}

// overlap reports whether two alerts share an instant; ends are exclusive.
func overlap(a, b model.Alert) bool {
	return a.Start < max(b.End, b.Start+1) && b.Start < max(a.End, a.Start+1)
}
