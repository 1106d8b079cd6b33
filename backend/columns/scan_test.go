package columns

import (
	"cmp"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/model"
)

// TestScans compares ranges, bitmaps, counts, sums and filters with the rows,
// over more than one chunk.
func TestScans(t *testing.T) {
	rng := rand.New(rand.NewPCG(7, 8))
	rows := randomRows(rng, 1, chunkSize+3000)
	v := filled(t, rows).View()
	same := func(what string, got *roaring.Bitmap, keep func(r *model.FacetRow) bool) {
		t.Helper()
		want := roaring.New()
		for i := range rows {
			if keep(&rows[i]) {
				want.Add(uint32(i))
			}
		}
		if !got.Equals(want) {
			t.Errorf("%s: %d posts, want %d", what, got.GetCardinality(), want.GetCardinality())
		}
	}
	for _, r := range [][2]int64{{testStart + 86400, testStart + 10*86400}, {math.MinInt64, testStart}, {testStart, math.MaxInt64}, {-1 << 40, 1 << 40}, {5, 5}, {9, 3}, {math.MinInt64, math.MinInt64}} {
		same("time", v.TimeRange(r[0], r[1]), func(p *model.FacetRow) bool {
			return p.Time != model.MissingTime && p.Time >= r[0] && p.Time < r[1]
		})
	}
	same("dated", v.Dated(), func(p *model.FacetRow) bool { return p.Time != model.MissingTime })
	for _, r := range [][2]int64{{10, 100}, {-1 << 41, 0}, {1 << 40, 1<<40 + 2}, {math.MinInt64, math.MaxInt64}, {math.MinInt64, math.MinInt64}, {math.MaxInt64, math.MaxInt64}, {7, 3}} {
		same("likes", v.NumberRange(Likes, r[0], r[1]), func(p *model.FacetRow) bool {
			n, ok := p.Counts.Likes.Value()
			return ok && n >= r[0] && n <= r[1]
		})
		same("engagement", v.NumberRange(Engagement, r[0], r[1]), func(p *model.FacetRow) bool {
			n, ok := p.Counts.Engagement()
			return ok && n >= r[0] && n <= r[1]
		})
	}
	same("sentiment", v.SentimentRange(-0.3, 0.5, true, false), func(p *model.FacetRow) bool {
		return p.Polarity != "" && p.Polarity != model.PolarityUnknown && p.Sentiment > -0.3 && p.Sentiment <= 0.5
	})
	filter, err := v.Filter(model.Selection{
		Include: map[string][]string{"platform": {"x", "reddit", "nowhere"}, "hashtag": {"tag1", "tag2"}},
		Exclude: map[string][]string{"lang": {"ja"}, "label": {"alpha"}},
		From:    time.Unix(testStart, 1).UTC(), To: time.Unix(testStart+40*86400, 0).UTC(),
	})
	if err != nil {
		t.Fatal(err)
	}
	same("filter", filter, func(p *model.FacetRow) bool {
		return !p.Withdrawn && p.Platform != "mastodon" && (slices.Contains(p.Hashtags, "tag1") || slices.Contains(p.Hashtags, "tag2")) &&
			p.Lang != "ja" && !slices.Contains(p.Marks.Labels, "alpha") && p.Time > testStart && p.Time < testStart+40*86400
	})
	if _, err := v.Filter(model.Selection{Exclude: map[string][]string{"colour": {"red"}}}); err == nil {
		t.Error("an unknown facet was accepted")
	}
}

func TestAggregates(t *testing.T) {
	rng := rand.New(rand.NewPCG(9, 10))
	rows := randomRows(rng, 1, chunkSize+3000)
	v := filled(t, rows).View()
	sel := v.TimeRange(testStart, testStart+30*86400)
	many := v.CountMany(sel, FacetNames()...)
	for _, name := range FacetNames() {
		f, _ := v.Facet(name)
		want, sum := make(map[string]uint32), make(map[string]int64)
		sel.Iterate(func(o uint32) bool {
			for _, s := range values(&rows[o], name) {
				want[s]++
				n, _ := rows[o].Counts.Likes.Value()
				sum[s] += n
			}
			return true
		})
		sums, _ := f.Sum(sel, Likes)
		for c, n := range many[name] {
			if s := f.Value(uint32(c)); n != want[s] || sums[c] != sum[s] {
				t.Fatalf("%s %q: %d posts, %d likes, want %d, %d", name, s, n, sums[c], want[s], sum[s])
			}
		}
		delete(want, "")
		real := 0
		for _, n := range want {
			if n > 0 {
				real++
			}
		}
		if f.Distinct(sel) != real {
			t.Errorf("%s: %d distinct, want %d", name, f.Distinct(sel), real)
		}
		top := f.Top(sel, 5)
		for i, c := range top {
			if c.Count != want[f.Value(c.Code)] || i > 0 && top[i-1].Count < c.Count {
				t.Errorf("%s: top %v", name, top)
			}
		}
	}
}

func TestHistogram(t *testing.T) {
	rng := rand.New(rand.NewPCG(11, 12))
	rows := randomRows(rng, 1, 5000)
	v := filled(t, rows).View()
	for _, bounds := range [][]int64{
		{testStart, testStart + 86400, testStart + 90000, testStart + 10*86400, testStart + 90*86400},
		{-1 << 50, testStart, testStart + 1, 1 << 50},
		{testStart},
		nil,
		{testStart, testStart + 86400},
	} {
		counts, undated := v.Histogram(v.Visible(), bounds)
		by := v.HistogramBy(nil, bounds, mustFacet(t, v, "platform"))
		want, missing := make([]uint32, max(0, len(bounds)-1)), int64(0)
		for i := range rows {
			if rows[i].Withdrawn {
				continue
			}
			if rows[i].Time == model.MissingTime {
				missing++
			}
			for b := range want {
				if rows[i].Time >= bounds[b] && rows[i].Time < bounds[b+1] {
					want[b]++
				}
			}
		}
		if !slices.Equal(counts, want) || undated != missing {
			t.Errorf("bounds %v: %v, undated %d, want %v, %d", bounds, counts, undated, want, missing)
		}
		for b := range by {
			if by[b][0]+by[b][1]+by[b][2] != want[b] {
				t.Errorf("bounds %v bucket %d: %v", bounds, b, by[b])
			}
		}
	}
	first, last, dated := v.Span(nil)
	if first != -1<<40 || last != 1<<40 || dated == 0 {
		t.Errorf("span %d %d %d", first, last, dated)
	}
}

func mustFacet(t testing.TB, v *View, name string) Facet {
	t.Helper()
	f, ok := v.Facet(name)
	if !ok {
		t.Fatalf("no facet %s", name)
	}
	return f
}

// TestPage compares pages with a full sort, in every order, over selections of
// every size, at every depth.
func TestPage(t *testing.T) {
	rng := rand.New(rand.NewPCG(13, 14))
	rows := randomRows(rng, 1, 12000)
	table := filled(t, rows[:7000])
	table.View().Page(nil, Sort{By: SortTime}, 0, 1) // an order that later has to be extended
	early := table.View()
	if err := table.Append(rows[7000:]); err != nil {
		t.Fatal(err)
	}
	v := table.View()
	v.Page(nil, Sort{By: SortTime}, 0, 1)
	small := roaring.New()
	for range 300 {
		small.Add(uint32(rng.IntN(7000)))
	}
	for _, c := range []struct {
		view *View
		sel  *roaring.Bitmap
	}{{v, nil}, {v, rangeBitmap(len(rows))}, {v, small}, {early, nil}, {early, small}} {
		for by := SortTime; by <= SortID; by++ {
			for _, desc := range []bool{false, true} {
				s := Sort{by, desc}
				want := fullSort(c.view, c.sel, s)
				for _, at := range [][2]int{{0, 50}, {0, 1}, {len(want) / 2, 100}, {len(want) - 30, 100}, {1, len(want)}, {len(want), 5}, {0, 0}, {-1, 5}} {
					var part []uint32
					if at[0] >= 0 && at[0] < len(want) {
						part = want[at[0]:min(at[0]+at[1], len(want))]
					}
					if got := c.view.Page(c.sel, s, at[0], at[1]); !slices.Equal(got, part) {
						t.Fatalf("sort %+v page %v of %d:\n got %v\nwant %v", s, at, len(want), got, part)
					}
				}
			}
		}
	}
}

func fullSort(v *View, sel *roaring.Bitmap, s Sort) []uint32 {
	if sel == nil {
		sel = v.Visible()
	}
	number := func(o uint32) int64 {
		var out [1]int64
		if s.By == SortID {
			return int64(o)
		}
		v.loader(s.By)([]uint32{o}, out[:])
		return out[0]
	}
	all := sel.ToArray()
	slices.SortFunc(all, func(a, b uint32) int {
		x, y := number(a), number(b)
		if (x == noNumber) != (y == noNumber) {
			return cmp.Compare(b2i(x == noNumber), b2i(y == noNumber))
		}
		c := cmp.Or(cmp.Compare(x, y), cmp.Compare(a, b))
		if s.Desc {
			return -c
		}
		return c
	})
	return all
}

func b2i(b bool) int {
	if b {
		return 1
	}
	return 0
}
