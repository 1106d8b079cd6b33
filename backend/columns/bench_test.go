package columns

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"strconv"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/model"
)

// benchRows are rows like those of a real case: one author for three posts, one
// hashtag a post, few odd values.
func benchRows(n int) []model.FacetRow {
	rng := rand.New(rand.NewPCG(23, 24))
	rows := make([]model.FacetRow, n)
	for i := range rows {
		a := rng.IntN(n/3 + 1)
		r := model.FacetRow{
			ID: int64(i + 1), Time: testStart + rng.Int64N(90*86400), Platform: []string{"x", "reddit", "mastodon", "bluesky", "feed"}[rng.IntN(5)],
			Type: model.PageTypes[rng.IntN(3)], Kind: model.Kinds[rng.IntN(4)], Lang: []string{"en", "es", "de", "fr", "ja", "ar"}[rng.IntN(6)],
			Author: "x:1234567" + strconv.Itoa(a), AuthorHandle: "some_user" + strconv.Itoa(a), AuthorName: "Some User " + strconv.Itoa(a),
			Followers: model.Known(rng.Int64N(10000)), Source: "feed", Mode: model.ModeOpen, Batch: 1 + int64(i/10000), Visibility: model.VisibilityPublic,
			Counts: model.Counts{
				Likes: model.Known(int64(rng.ExpFloat64() * 20)), Comments: model.Known(int64(rng.ExpFloat64() * 2)),
				Shares: model.Known(int64(rng.ExpFloat64() * 3)), Views: model.Known(int64(rng.ExpFloat64() * 1000)),
			},
			Polarity: []model.Polarity{model.PolarityNegative, model.PolarityNeutral, model.PolarityPositive}[rng.IntN(3)], Sentiment: rng.Float64()*2 - 1,
			HasMedia: rng.IntN(3) == 0, HasLink: rng.IntN(2) == 0,
		}
		for range rng.IntN(3) {
			r.Hashtags = append(r.Hashtags, "tag"+strconv.Itoa(int(rng.ExpFloat64()*float64(n)/200)))
		}
		if rng.IntN(3) == 0 {
			r.Mentions = []string{"some_user" + strconv.Itoa(rng.IntN(n/3+1))}
		}
		if r.HasLink {
			r.Domains = []string{"site" + strconv.Itoa(rng.IntN(n/100+1)) + ".example"}
		}
		rows[i] = r
	}
	return rows
}

// benchSizes are 200,000 posts, and a million too when VEDETTE_BENCH_LARGE is set.
func benchSizes() []int {
	if os.Getenv("VEDETTE_BENCH_LARGE") != "" {
		return []int{200_000, 1_000_000}
	}
	return []int{200_000}
}

func eachSize(b *testing.B, fn func(b *testing.B, v *View, t *Table)) {
	for _, n := range benchSizes() {
		table := filled(b, benchRows(n))
		v := table.View()
		v.Page(nil, Sort{By: SortTime}, 0, 1)
		b.Run(fmt.Sprintf("posts=%d", n), func(b *testing.B) { fn(b, v, table) })
	}
}

func selections(v *View) map[string]*roaring.Bitmap {
	rng := rand.New(rand.NewPCG(1, 1))
	tenth := roaring.New()
	for o := range uint32(v.Len()) {
		if rng.IntN(10) == 0 {
			tenth.Add(o)
		}
	}
	return map[string]*roaring.Bitmap{"all": v.Visible(), "half": v.TimeRange(testStart, testStart+45*86400), "tenth": tenth}
}

// BenchmarkDashboard is twelve charts over one selection.
func BenchmarkDashboard(b *testing.B) {
	eachSize(b, func(b *testing.B, v *View, _ *Table) {
		var bounds []int64
		for d := range int64(91) {
			bounds = append(bounds, testStart+d*86400)
		}
		for name, sel := range selections(v) {
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					var charts []func()
					for _, f := range []string{"platform", "type", "lang", "author", "hashtag", "mention", "domain", "kind", "source"} {
						facet, _ := v.Facet(f)
						charts = append(charts, func() { facet.Top(sel, 20) })
					}
					author, _ := v.Facet("author")
					polarity, _ := v.Facet("polarity")
					charts = append(charts, func() { v.Histogram(sel, bounds) }, func() { v.HistogramBy(sel, bounds, polarity) }, func() { author.Sum(sel, Engagement) })
					Parallel(charts...)
				}
			})
		}
	})
}

func BenchmarkFacet(b *testing.B) {
	eachSize(b, func(b *testing.B, v *View, _ *Table) {
		sel := selections(v)["half"]
		for _, name := range []string{"platform", "author", "hashtag"} {
			f, _ := v.Facet(name)
			b.Run(name, func(b *testing.B) {
				for b.Loop() {
					f.Top(sel, 20)
				}
			})
		}
	})
}

func BenchmarkPage(b *testing.B) {
	eachSize(b, func(b *testing.B, v *View, _ *Table) {
		for name, sel := range selections(v) {
			deep := int(sel.GetCardinality()) * 9 / 10
			for _, s := range []struct {
				name string
				by   By
			}{{"time", SortTime}, {"engagement", SortEngagement}, {"likes", SortLikes}} {
				b.Run(fmt.Sprintf("%s/%s/first", name, s.name), func(b *testing.B) {
					for b.Loop() {
						v.Page(sel, Sort{s.by, true}, 0, 100)
					}
				})
				b.Run(fmt.Sprintf("%s/%s/deep", name, s.name), func(b *testing.B) {
					for b.Loop() {
						v.Page(sel, Sort{s.by, true}, deep, 100)
					}
				})
			}
		}
	})
}

func BenchmarkSnapshotLoad(b *testing.B) {
	eachSize(b, func(b *testing.B, _ *View, t *Table) {
		data := snapshotOf(b, t, "s")
		b.SetBytes(int64(len(data)))
		for b.Loop() {
			if _, err := ReadSnapshot(bytes.NewReader(data), "s"); err != nil {
				b.Fatal(err)
			}
		}
	})
}

func BenchmarkAppend(b *testing.B) {
	rows := benchRows(100_000)
	for b.Loop() {
		filled(b, rows)
	}
	b.ReportMetric(float64(len(rows)*b.N)/b.Elapsed().Seconds(), "posts/s")
}
