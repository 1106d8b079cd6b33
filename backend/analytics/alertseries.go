package analytics

import (
	"cmp"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
)

// Limits on the work of the detector.
const (
	maxSteps  = 1 << 18 // steps of the common time axis
	maxValues = 20      // platforms, and languages, with a series of their own
	fewPosts  = 20      // a platform or language with fewer has none
)

// axis is the time axis that all series share: steps of step seconds from start.
type axis struct {
	start int64
	step  int64
	steps int
	span  int // steps in a bucket
}

// newAxis covers [first, last]. A bucket has twelve steps, fewer when the axis
// would get too long; what is still too long loses its beginning.
func newAxis(first, last, bucket int64) axis {
	a := axis{}
	for _, span := range []int{12, 4, 1} {
		a.span, a.step = span, bucket/int64(span)
		a.start = floorTo(first, a.step)
		n := (uint64(last)-uint64(a.start))/uint64(a.step) + 1
		if n <= maxSteps {
			a.steps = int(n)
			return a
		}
	}
	a.steps = maxSteps
	a.start = floorTo(last, a.step) - (maxSteps-1)*a.step
	return a
}

// at is the step of an instant, −1 outside of the axis.
func (a axis) at(t int64) int {
	if t < a.start {
		return -1
	}
	if i := uint64(t-a.start) / uint64(a.step); i < uint64(a.steps) {
		return int(i)
	}
	return -1
}

// count gives the posts per step.
func (a axis) count(v *columns.View, posts *roaring.Bitmap) []uint32 {
	counts := make([]uint32, a.steps)
	v.Walk(posts, func(ords []uint32) {
		for _, o := range ords {
			if k := a.at(v.Time(o)); k >= 0 {
				counts[k]++
			}
		}
	})
	return counts
}

// begin and end are the instants at which the window ending with step i begins
// and ends.
func (a axis) begin(i int) int64 { return a.end(i) - int64(a.span)*a.step }
func (a axis) end(i int) int64   { return a.start + int64(i+1)*a.step }

// series is what the detector watches: counts per step of the axis.
type series struct {
	key, label string
	posts      *roaring.Bitmap
	counts     []uint32
}

// watch builds the series asked for, in a fixed order: all posts, subjects in the
// order given, platforms and languages by their number of posts.
func watch(v *columns.View, sel *roaring.Bitmap, a axis, subjects []SubjectPosts, want map[string]bool) []series {
	var out []series
	if want[SeriesAll] {
		out = append(out, series{key: "all", label: "All posts", posts: sel})
	}
	if want[SeriesSubjects] {
		for _, s := range subjects {
			posts := roaring.New()
			if s.Posts != nil {
				posts = roaring.And(sel, s.Posts)
			}
			out = append(out, series{key: "subject:" + s.Subject.ID, label: s.Subject.Name, posts: posts})
		}
	}
	if want[SeriesPlatforms] {
		out = append(out, watchFacet(v, sel, "platform", "platform:")...)
	}
	if want[SeriesLanguages] {
		out = append(out, watchFacet(v, sel, "lang", "lang:")...)
	}
	todo := make([]func(), len(out))
	for i := range out {
		s := &out[i]
		todo[i] = func() { s.counts = a.count(v, s.posts) }
	}
	columns.Parallel(todo...)
	return out
}

// watchFacet gives the series of a facet's most frequent values. With one value
// only there is none: it would be the series of all posts again.
func watchFacet(v *columns.View, sel *roaring.Bitmap, facet, prefix string) []series {
	f, ok := v.Facet(facet)
	if !ok {
		return nil
	}
	counts := f.Counts(sel)
	var codes []uint32
	for c, n := range counts {
		if n >= fewPosts && f.Value(uint32(c)) != "" && f.Value(uint32(c)) != "und" {
			codes = append(codes, uint32(c))
		}
	}
	if len(codes) < 2 {
		return nil
	}
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(f.Value(a), f.Value(b)))
	})
	codes = codes[:min(len(codes), maxValues)]
	out := make([]series, len(codes))
	for i, c := range codes {
		posts := f.Bitmap(c).Clone()
		posts.And(sel)
		out[i] = series{key: prefix + f.Value(c), label: f.Value(c), posts: posts}
	}
	return out
}

// past is a series laid out for explaining its alerts: its dated posts by step,
// and the step at which each author, hashtag and platform first occurs in it
// (−1: before the axis; never: not at all).
type past struct {
	order                       []uint32 // ordinals by step, ascending within a step
	before                      []int64  // before[i] counts the posts of the steps before i
	authors, hashtags, platform []int32
}

// never is the first step of a value that does not occur.
const never = 1<<31 - 1

// look lays a series out, in one pass over its posts.
func look(v *columns.View, a axis, s series) past {
	p := past{before: newSums(s.counts).total}
	p.order = make([]uint32, p.before[len(p.before)-1])
	next := append([]int64(nil), p.before...)
	author, _ := v.Facet("author")
	hashtag, _ := v.Facet("hashtag")
	platform, _ := v.Facet("platform")
	p.authors, p.hashtags, p.platform = firsts(author), firsts(hashtag), firsts(platform)
	v.Walk(s.posts, func(ords []uint32) {
		for _, o := range ords {
			t := v.Time(o)
			if t == columns.MissingTime {
				continue
			}
			k := a.at(t)
			if k >= 0 {
				p.order[next[k]] = o
				next[k]++
			}
			earlier(p.authors, author.Of(o), k)
			earlier(p.platform, platform.Of(o), k)
			hashtag.Each(o, func(c uint32) { earlier(p.hashtags, c, k) })
		}
	})
	return p
}

func firsts(f columns.Facet) []int32 {
	out := make([]int32, f.Cardinality())
	for i := range out {
		out[i] = never
	}
	return out
}

func earlier(first []int32, code uint32, step int) { first[code] = min(first[code], int32(step)) }

// posts gives the posts of the steps [from, to).
func (p past) posts(from, to int) []uint32 { return p.order[p.before[max(from, 0)]:p.before[to]] }
