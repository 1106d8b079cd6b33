package analytics

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// rankings maps the dimensions that Top takes to facets; sharings those of Share.
func rankings() map[string]string {
	return map[string]string{"accounts": "author", "hashtags": "hashtag", "domains": "domain", "mentions": "mention"}
}

func sharings() map[string]string {
	return map[string]string{
		"types": "type", "languages": "lang", "platforms": "platform",
		"kinds": "kind", "countries": "country", "sources": "source",
	}
}

// MaxRows is how many rows a ranking has at most.
const MaxRows = 10_000

// Top ranks the values of a dimension (accounts, hashtags, domains, mentions) by
// their posts in the selection (nil: every visible post), n rows (1 to MaxRows).
// Ties go to the higher engagement, then to the key in byte order. Posts without
// a value of the dimension are left out.
func Top(ctx context.Context, v *columns.View, sel *roaring.Bitmap, dimension string, n int) (model.RankResult, error) {
	name, ok := rankings()[dimension]
	if !ok {
		return model.RankResult{}, badParam("dimension", dimension, fmt.Sprintf("There is no ranking of %q.", dimension))
	}
	if n < 1 || n > MaxRows {
		return model.RankResult{}, badParam("n", fmt.Sprint(n), fmt.Sprintf("A ranking has 1 to %d rows.", MaxRows))
	}
	f, ok := v.Facet(name)
	if !ok {
		return model.RankResult{}, fmt.Errorf("rank %s: no facet %s", dimension, name)
	}
	sel = chosen(v, sel)
	counts := f.Counts(sel)
	if c, ok := f.Code(""); ok {
		counts[c] = 0
	}
	if err := ctx.Err(); err != nil {
		return model.RankResult{}, err
	}
	sums, known := f.Sum(sel, columns.Engagement)
	r := model.RankResult{Dimension: dimension}
	var codes []uint32
	for c, k := range counts {
		if k > 0 {
			codes = append(codes, uint32(c))
		}
	}
	r.Distinct = int64(len(codes))
	if err := ctx.Err(); err != nil {
		return model.RankResult{}, err
	}
	codes = most(codes, counts, n)
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), cmp.Compare(sums[b], sums[a]), strings.Compare(f.Value(a), f.Value(b)))
	})
	codes = codes[:min(n, len(codes))]
	r.Rows = make([]model.RankRow, len(codes))
	for i, c := range codes {
		r.Rows[i] = model.RankRow{Key: f.Value(c), Label: f.Label(c), Posts: int64(counts[c]), Engagement: sums[c], EngagementKnown: int64(known[c])}
	}
	if dimension == "accounts" {
		describeAccounts(v, sel, f, codes, r.Rows)
	}
	return r, ctx.Err()
}

// most keeps the codes that have as many posts as the n-th, ties included, so
// that only those need sorting.
func most(codes []uint32, counts []uint32, n int) []uint32 {
	if len(codes) <= n {
		return codes
	}
	byCount := map[uint32]int{}
	for _, c := range codes {
		byCount[counts[c]]++
	}
	levels := make([]uint32, 0, len(byCount))
	for k := range byCount {
		levels = append(levels, k)
	}
	slices.Sort(levels)
	edge, have := uint32(1), 0
	for i := len(levels) - 1; i >= 0 && have < n; i-- {
		edge = levels[i]
		have += byCount[edge]
	}
	return slices.DeleteFunc(codes, func(c uint32) bool { return counts[c] < edge })
}

// describeAccounts fills in the platform and the latest known followers.
func describeAccounts(v *columns.View, sel *roaring.Bitmap, f columns.Facet, codes []uint32, rows []model.RankRow) {
	row := make([]int32, f.Cardinality()) // 1 + index in rows
	for i, c := range codes {
		rows[i].Platform, _, _ = strings.Cut(rows[i].Key, ":")
		row[c] = int32(i + 1)
	}
	latest := make([]int64, len(codes))
	v.Walk(sel, func(ords []uint32) {
		for _, o := range ords {
			i := row[f.Of(o)] - 1
			if i < 0 {
				continue
			}
			n, ok := v.Number(columns.Followers, o)
			if t := v.Time(o); ok && (rows[i].Followers.IsZero() || t >= latest[i]) {
				rows[i].Followers, latest[i] = model.Known(n), t
			}
		}
	})
}

// Share splits the selection (nil: every visible post) by a dimension (types,
// languages, platforms, kinds, countries, sources), by number of posts, ties by
// key; posts without a value are the row with key "".
func Share(ctx context.Context, v *columns.View, sel *roaring.Bitmap, dimension string) (model.ShareResult, error) {
	name, ok := sharings()[dimension]
	if !ok {
		return model.ShareResult{}, badParam("dimension", dimension, fmt.Sprintf("Posts cannot be split by %q.", dimension))
	}
	f, ok := v.Facet(name)
	if !ok {
		return model.ShareResult{}, fmt.Errorf("split by %s: no facet %s", dimension, name)
	}
	sel = chosen(v, sel)
	r := model.ShareResult{Dimension: dimension, Total: int64(sel.GetCardinality()), Rows: []model.ShareRow{}}
	for c, n := range f.Counts(sel) {
		if n > 0 {
			r.Rows = append(r.Rows, model.ShareRow{Key: f.Value(uint32(c)), Posts: int64(n), Share: share(int64(n), r.Total)})
		}
	}
	slices.SortFunc(r.Rows, func(a, b model.ShareRow) int {
		return cmp.Or(cmp.Compare(b.Posts, a.Posts), strings.Compare(a.Key, b.Key))
	})
	return r, ctx.Err()
}
