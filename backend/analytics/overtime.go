package analytics

import (
	"context"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// VolumeParams are the parameters of Volume.
type VolumeParams = BucketParams

// Volume counts the posts of a selection (nil: every visible post) per bucket of
// time. The points and the undated posts add up to the total.
func Volume(ctx context.Context, v *columns.View, sel *roaring.Bitmap, p VolumeParams) (model.VolumeResult, error) {
	sel = chosen(v, sel)
	first, last, dated := v.Span(sel)
	t, err := cut(first, last, dated, p)
	if err != nil {
		return model.VolumeResult{}, err
	}
	r := model.VolumeResult{Unit: t.unit, Zone: t.zone, Total: int64(sel.GetCardinality()), Points: make([]model.VolumePoint, t.buckets())}
	r.Undated = r.Total - dated
	if err := ctx.Err(); err != nil {
		return model.VolumeResult{}, err
	}
	if dated > 0 {
		counts, _ := v.Histogram(sel, t.bounds)
		for i, n := range counts {
			r.Points[i] = model.VolumePoint{T: t.bounds[i], N: int64(n)}
		}
	}
	return r, ctx.Err()
}

// SentimentParams are the parameters of Sentiment.
type SentimentParams = BucketParams

// scoreUnit is the resolution in which sentiment is added up, so that sums are
// exact in whole numbers.
const scoreUnit = 1e6

// Sentiment counts the polarities of a selection (nil: every visible post) per
// bucket of time, with the mean score of the posts whose polarity is known. Posts
// that were not enriched count as unknown; undated posts are in the total only.
func Sentiment(ctx context.Context, v *columns.View, sel *roaring.Bitmap, p SentimentParams) (model.SentimentResult, error) {
	sel = chosen(v, sel)
	first, last, dated := v.Span(sel)
	t, err := cut(first, last, dated, p)
	if err != nil {
		return model.SentimentResult{}, err
	}
	if err := ctx.Err(); err != nil {
		return model.SentimentResult{}, err
	}
	r := model.SentimentResult{Unit: t.unit, Zone: t.zone, Points: make([]model.SentimentPoint, t.buckets())}
	classes, f := polarities(v)
	type cell struct {
		n          [4]int64
		sum, known int64
	}
	cells := make([]cell, t.buckets()+1) // the last one for undated posts
	buckets := columns.NewBuckets(t.bounds)
	v.Walk(sel, func(ords []uint32) {
		for _, o := range ords {
			i := buckets.Of(v.Time(o))
			if i < 0 {
				i = len(cells) - 1
			}
			c := &cells[i]
			c.n[classes[f.Of(o)]]++
			if s, ok := v.Sentiment(o); ok {
				c.sum += microScore(s)
				c.known++
			}
		}
	})
	for i, c := range cells {
		addPolarities(&r.Total, c.n)
		if i == len(r.Points) {
			break
		}
		pt := &r.Points[i]
		pt.T = t.bounds[i]
		addPolarities(&pt.PolarityCounts, c.n)
		if c.known > 0 {
			mean := float64(c.sum) / scoreUnit / float64(c.known)
			pt.Mean = &mean
		}
	}
	return r, ctx.Err()
}

// microScore is a score in units of scoreUnit.
func microScore(s float64) int64 { return int64(math.Round(s * scoreUnit)) }

// Order of the classes that polarities gives.
const (
	classNegative = iota
	classNeutral
	classPositive
	classUnknown
)

// polarities maps the codes of the facet "polarity" to classes.
func polarities(v *columns.View) ([]int, columns.Facet) {
	f, _ := v.Facet("polarity") // always there
	classes := make([]int, f.Cardinality())
	for c := range classes {
		switch model.Polarity(f.Value(uint32(c))) {
		case model.PolarityNegative:
			classes[c] = classNegative
		case model.PolarityNeutral:
			classes[c] = classNeutral
		case model.PolarityPositive:
			classes[c] = classPositive
		default:
			classes[c] = classUnknown
		}
	}
	return classes, f
}

func addPolarities(to *model.PolarityCounts, n [4]int64) {
	to.Negative += n[classNegative]
	to.Neutral += n[classNeutral]
	to.Positive += n[classPositive]
	to.Unknown += n[classUnknown]
}

// polarityCounts counts the polarities of a set of posts.
func polarityCounts(v *columns.View, posts *roaring.Bitmap) model.PolarityCounts {
	classes, f := polarities(v)
	var n [4]int64
	for c, k := range f.Counts(posts) {
		n[classes[c]] += int64(k)
	}
	var out model.PolarityCounts
	addPolarities(&out, n)
	return out
}

// chosen is the selection, every visible post when it is nil.
func chosen(v *columns.View, sel *roaring.Bitmap) *roaring.Bitmap {
	if sel == nil {
		return v.Visible()
	}
	return sel
}
