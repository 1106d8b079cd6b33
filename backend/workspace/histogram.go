package workspace

import (
	"fmt"
	"slices"

	"vedette/backend/analytics"
)

// histogram counts the selection over time, in the finest unit that reads well
// and stays within limit buckets. Empty buckets are counted too.
func (s *Session) histogram(sel selected, limit int) (Histogram, error) {
	h := Histogram{Zone: s.c.Meta().Zone, Starts: []int64{}, Counts: []int64{}}
	first, last, dated := sel.view.Span(sel.posts)
	h.Undated = int64(sel.posts.GetCardinality()) - dated
	if dated == 0 {
		return h, nil
	}
	h.Unit = analytics.AutoUnit(last - first)
	bounds, err := analytics.Bounds(first, last, h.Unit, s.zone())
	for units := analytics.Units(); err == nil && len(bounds) > limit+1; {
		i := slices.Index(units, h.Unit)
		if i+1 >= len(units) {
			break
		}
		h.Unit = units[i+1]
		bounds, err = analytics.Bounds(first, last, h.Unit, s.zone())
	}
	if err != nil {
		return h, fmt.Errorf("cut the time: %w", err)
	}
	counts, _ := sel.view.Histogram(sel.posts, bounds)
	h.Starts, h.End = bounds[:len(bounds)-1], bounds[len(bounds)-1]
	h.Counts = make([]int64, len(counts))
	for i, n := range counts {
		h.Counts[i] = int64(n)
	}
	return h, nil
}
