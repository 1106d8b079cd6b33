package analytics

import (
	"cmp"
	"slices"
	"strconv"
	"strings"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// card explains one alert from its posts and those of the same series before it.
type card struct {
	view     *columns.View
	history  past
	alert    *model.Alert
	params   AlertParams
	episode  episode
	start    int      // first step of the alert
	detected int64    // end of the first window at or above the threshold
	posts    []uint32 // of the alert
	leading  []uint32 // those that the alert names
	recent   []uint32 // of the series in the three days before
}

// Codes of AlertReason and their values:
//
//	rise       observed posts in the unit at the peak, expected, times
//	seasonal   score, median and windows of the same time on earlier days
//	trailing   score, mean and sd and windows just before
//	since      start, detected and end, Unix seconds, and needed, the score that
//	           this series had to reach
//	carried    posts, authors, engagement and top_share, the part of the
//	           engagement that the twenty named posts have
//	new_accounts  share of the authors without an earlier post in the series,
//	           new, authors
//	concentration  account with the most posts, and its share of them
//	platforms  count, names with their shares, and before, how many there were
//	sentiment  now, before, shift (means), known_now, known_before
//	new_hashtags   hashtags of at least three posts that were not there before
func (c card) reasons() []model.AlertReason {
	e, a := c.episode, c.alert
	out := []model.AlertReason{
		{Code: "rise", Values: map[string]string{
			"observed": strconv.FormatInt(a.Observed, 10), "expected": decimal(a.Expected, 1), "unit": c.params.Unit,
			"times": decimal(float64(a.Observed)/max(a.Expected, 1), 1),
		}},
		{Code: "seasonal", Values: map[string]string{
			"score": decimal(e.at.seasonal, 1), "median": decimal(e.at.median, 1), "windows": strconv.Itoa(e.at.windows),
		}},
		{Code: "trailing", Values: map[string]string{
			"score": decimal(e.at.tail, 1), "mean": decimal(e.at.mean, 1), "sd": decimal(e.at.sd, 1), "windows": strconv.Itoa(e.at.trailed),
		}},
		{Code: "since", Values: map[string]string{
			"start": strconv.FormatInt(a.Start, 10), "detected": strconv.FormatInt(c.detected, 10), "end": strconv.FormatInt(a.End, 10),
			"needed": decimal(e.need, 2),
		}},
	}
	out = append(out, c.authors()...)
	for _, r := range []model.AlertReason{c.platforms(), c.sentiment(), c.hashtags()} {
		if r.Code != "" {
			out = append(out, r)
		}
	}
	return out
}

// authors says who carries the alert.
func (c card) authors() []model.AlertReason {
	f, _ := c.view.Facet("author")
	now := map[uint32]int64{}
	for _, o := range c.posts {
		now[f.Of(o)]++
	}
	if code, ok := f.Code(""); ok {
		delete(now, code)
	}
	engagement, top := c.engagement(c.posts), c.engagement(c.leading)
	out := []model.AlertReason{{Code: "carried", Values: map[string]string{
		"posts": strconv.FormatInt(c.alert.Posts, 10), "authors": strconv.Itoa(len(now)),
		"engagement": strconv.FormatInt(engagement, 10), "top_share": decimal(share(top, engagement), 3),
	}}}
	if len(now) == 0 {
		return out
	}
	fresh := 0
	var most uint32
	var posts int64
	for code, n := range now {
		if int(c.history.authors[code]) >= c.start {
			fresh++
		}
		if n > posts || n == posts && f.Value(code) < f.Value(most) {
			most, posts = code, n
		}
	}
	out = append(out, model.AlertReason{Code: "new_accounts", Values: map[string]string{
		"share": decimal(float64(fresh)/float64(len(now)), 3), "new": strconv.Itoa(fresh), "authors": strconv.Itoa(len(now)),
	}})
	if posts < 2 {
		return out
	}
	return append(out, model.AlertReason{Code: "concentration", Values: map[string]string{
		"account": f.Label(most), "key": f.Value(most), "posts": strconv.FormatInt(posts, 10), "share": decimal(share(posts, c.alert.Posts), 3),
	}})
}

func (c card) engagement(posts []uint32) int64 {
	var sum int64
	for _, o := range posts {
		if n, ok := c.view.Number(columns.Engagement, o); ok {
			sum = addCapped(sum, n)
		}
	}
	return sum
}

// platforms says how far the alert spread.
func (c card) platforms() model.AlertReason {
	f, _ := c.view.Facet("platform")
	counts := make([]int64, f.Cardinality())
	for _, o := range c.posts {
		counts[f.Of(o)]++
	}
	var codes []uint32
	before := 0
	for i := range counts {
		if f.Value(uint32(i)) == "" {
			continue
		}
		if counts[i] > 0 {
			codes = append(codes, uint32(i))
		}
		if int(c.history.platform[i]) < c.start {
			before++
		}
	}
	if len(codes) == 0 {
		return model.AlertReason{}
	}
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(f.Value(a), f.Value(b)))
	})
	var names []string
	for _, code := range codes[:min(len(codes), 5)] {
		names = append(names, f.Value(code)+" "+decimal(100*share(counts[code], c.alert.Posts), 0)+"%")
	}
	return model.AlertReason{Code: "platforms", Values: map[string]string{
		"count": strconv.Itoa(len(codes)), "names": strings.Join(names, ", "), "before": strconv.Itoa(before),
	}}
}

// trailingSeconds is how far back the alert's sentiment is compared.
const trailingSeconds = 3 * 86400

// sentiment compares the alert's mean score with that of the three days before;
// nothing when either has fewer than five posts of known polarity.
func (c card) sentiment() model.AlertReason {
	now, n := c.mean(c.posts)
	before, m := c.mean(c.recent)
	if n < 5 || m < 5 {
		return model.AlertReason{}
	}
	return model.AlertReason{Code: "sentiment", Values: map[string]string{
		"now": decimal(now, 2), "before": decimal(before, 2), "shift": decimal(now-before, 2),
		"known_now": strconv.FormatInt(n, 10), "known_before": strconv.FormatInt(m, 10),
	}}
}

func (c card) mean(posts []uint32) (mean float64, n int64) {
	var sum int64
	for _, o := range posts {
		if s, ok := c.view.Sentiment(o); ok {
			sum += microScore(s)
			n++
		}
	}
	if n == 0 {
		return 0, 0
	}
	return float64(sum) / scoreUnit / float64(n), n
}

// hashtags names what is new: hashtags of at least three of the alert's posts
// that the series did not have before.
func (c card) hashtags() model.AlertReason {
	f, _ := c.view.Facet("hashtag")
	counts := map[uint32]int{}
	for _, o := range c.posts {
		f.Each(o, func(code uint32) {
			if int(c.history.hashtags[code]) >= c.start {
				counts[code]++
			}
		})
	}
	var codes []uint32
	for code, n := range counts {
		if n >= 3 && f.Value(code) != "" {
			codes = append(codes, code)
		}
	}
	if len(codes) == 0 {
		return model.AlertReason{}
	}
	slices.SortFunc(codes, func(a, b uint32) int {
		return cmp.Or(cmp.Compare(counts[b], counts[a]), strings.Compare(f.Value(a), f.Value(b)))
	})
	var tags []string
	for _, code := range codes[:min(len(codes), 5)] {
		tags = append(tags, f.Label(code))
	}
	return model.AlertReason{Code: "new_hashtags", Values: map[string]string{"hashtags": strings.Join(tags, " "), "count": strconv.Itoa(len(codes))}}
}

// decimal writes a number with at most places decimals, without trailing zeros.
func decimal(x float64, places int) string {
	s := strconv.FormatFloat(x, 'f', places, 64)
	if strings.Contains(s, ".") {
		s = strings.TrimSuffix(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}
