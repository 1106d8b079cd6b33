package analytics

import (
	"cmp"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// Families of series that Alerts can watch.
const (
	SeriesAll       = "all"
	SeriesSubjects  = "subjects"
	SeriesPlatforms = "platforms"
	SeriesLanguages = "languages"
)

// Defaults of AlertParams.
const (
	DefaultThreshold = 2.5
	DefaultCoolDown  = 24 * time.Hour
)

// AlertParams are the parameters of Alerts; zero values give the defaults.
type AlertParams struct {
	Unit      string        // 15m, 1h (default), 3h or day
	Threshold float64       // 1 to 100; 2.5 by default
	CoolDown  time.Duration // silence of a series after an alert began: 1 h to 30 days, 24 h by default
	Series    []string      // families to watch; all by default
}

// carried is how many of the posts that carry an alert are named.
const carried = 20

// Alerts looks for rises in a selection (nil: every visible post): of all posts,
// per subject, per platform and per language. A rise is an alert when it is above
// both of the detector's baselines by Threshold, and by more in a series that had
// several such rises in the last four weeks. Windows of a Unit's length are
// judged every twelfth of it; an alert holds the windows that reach what is
// needed and end within CoolDown of the first one's. Alerts are in order of
// time, then of series. A series with too little history (about three days; twelve
// when Unit is day; counted anew after 28 days without posts) is named in TooShort.
func Alerts(ctx context.Context, v *columns.View, sel *roaring.Bitmap, subjects []SubjectPosts, p AlertParams) (model.AlertsResult, error) {
	p, bucket, err := p.complete()
	if err != nil {
		return model.AlertsResult{}, err
	}
	sel = chosen(v, sel)
	r := model.AlertsResult{Unit: p.Unit, Threshold: p.Threshold, Alerts: []model.Alert{}}
	first, last, dated := v.Span(sel)
	if dated == 0 {
		return r, ctx.Err()
	}
	a := newAxis(first, last, bucket)
	want := map[string]bool{}
	for _, s := range p.Series {
		want[s] = true
	}
	if err := ctx.Err(); err != nil {
		return model.AlertsResult{}, err
	}
	all := watch(v, sel, a, subjects, want)
	r.Series = len(all)
	found, judged, err := detect(ctx, v, sel, a, all, p)
	if err != nil {
		return model.AlertsResult{}, err
	}
	told := make([][]model.Alert, len(all))
	todo := make([]func(), len(all))
	for i := range all {
		todo[i] = func() { told[i] = describeAll(ctx, v, a, all[i], found[i], p) }
	}
	columns.Parallel(todo...)
	for i := range all {
		if !judged[i] {
			r.TooShort = append(r.TooShort, all[i].key)
		}
		r.Alerts = append(r.Alerts, told[i]...)
	}
	order := map[string]int{}
	for i := range all {
		order[all[i].key] = i
	}
	slices.SortStableFunc(r.Alerts, func(x, y model.Alert) int {
		return cmp.Or(cmp.Compare(x.Start, y.Start), cmp.Compare(order[x.Series], order[y.Series]))
	})
	return r, ctx.Err()
}

// detect runs the detector over every series. The history of a series is that of
// the whole selection, since no posts about a subject is an observation too; only
// that of a platform is its own, since it may have been collected later.
func detect(ctx context.Context, v *columns.View, sel *roaring.Bitmap, a axis, all []series, p AlertParams) ([][]episode, []bool, error) {
	d := newDetector(a.span, int(a.step))
	whole := a.count(v, sel)
	found, judged := make([][]episode, len(all)), make([]bool, len(all))
	todo := make([]func(), len(all))
	for i := range all {
		todo[i] = func() {
			if ctx.Err() != nil {
				return
			}
			history := whole
			if strings.HasPrefix(all[i].key, "platform:") {
				history = all[i].counts
			}
			found[i], judged[i] = d.episodes(all[i].counts, history, p.Threshold, int(int64(p.CoolDown/time.Second)/a.step))
		}
	}
	columns.Parallel(todo...)
	return found, judged, ctx.Err()
}

// complete fills in defaults and checks ranges; bucket is Unit in seconds.
func (p AlertParams) complete() (q AlertParams, bucket int64, err error) {
	if p.Unit == "" {
		p.Unit = "1h"
	}
	if p.Threshold == 0 {
		p.Threshold = DefaultThreshold
	}
	if p.CoolDown == 0 {
		p.CoolDown = DefaultCoolDown
	}
	if len(p.Series) == 0 {
		p.Series = []string{SeriesAll, SeriesSubjects, SeriesPlatforms, SeriesLanguages}
	}
	switch p.Unit {
	case "15m":
		bucket = 900
	case "1h":
		bucket = 3600
	case "3h":
		bucket = 10800
	case "day":
		bucket = 86400
	default:
		return p, 0, badParam("unit", p.Unit, fmt.Sprintf("Alerts cannot be looked for per %q; use 15m, 1h, 3h or day.", p.Unit))
	}
	if !(p.Threshold >= 1 && p.Threshold <= 100) {
		return p, 0, badParam("threshold", fmt.Sprint(p.Threshold), "A threshold is between 1 and 100.")
	}
	if p.CoolDown < time.Hour || p.CoolDown > 30*24*time.Hour {
		return p, 0, badParam("cooldown", p.CoolDown.String(), "A cool-down is between 1 hour and 30 days.")
	}
	for _, s := range p.Series {
		switch s {
		case SeriesAll, SeriesSubjects, SeriesPlatforms, SeriesLanguages:
		default:
			return p, 0, badParam("series", s, fmt.Sprintf("There are no series %q; use all, subjects, platforms or languages.", s))
		}
	}
	return p, bucket, nil
}

// episode is a rise: the first and last step of the axis that reach what is
// needed, and the one with the highest score.
type episode struct {
	first, last, peak int
	at                judged  // at the peak
	need              float64 // score that was needed at the first step
}

// silentDays is how long nothing may be seen before a history begins anew.
const silentDays = 28

// episodes walks a series and groups the steps that reach what is needed: those
// within silent steps of an episode's first belong to it; a rise that goes on
// longer begins a new one, so that it is not forgotten. A step is judged when
// enough history lies behind it, counted from the first step at which history
// has posts and again from the first after silentDays without any. judged is
// false when no step was.
func (d detector) episodes(counts, history []uint32, threshold float64, silent int) (out []episode, judged bool) {
	d.each(counts, history, threshold, threshold, func(i int, j judgedStep) {
		judged = true
		if !j.alert {
			return
		}
		if n := len(out); n > 0 && i-out[n-1].first < silent {
			e := &out[n-1]
			e.last = i
			if j.score > e.at.score {
				e.peak, e.at = i, j.judged
			}
			return
		}
		out = append(out, episode{first: i, last: i, peak: i, at: j.judged, need: j.need})
	})
	return out, judged
}

// judgedStep is a step with the score that it needed.
type judgedStep struct {
	judged
	need  float64
	alert bool
}

// each judges every step that has enough history. Scores below least, which is at
// most threshold, are upper bounds.
func (d detector) each(counts, history []uint32, threshold, least float64, fn func(i int, j judgedStep)) {
	s, scores := newSums(counts), make([]float64, len(counts))
	var scratch []float64
	begun, seen := -1, 0
	for i := range counts {
		if history[i] > 0 {
			if begun < 0 || i-seen > silentDays*d.day {
				begun = i
			}
			seen = i
		}
		if begun < 0 || i < begun+d.firstJudged() {
			continue
		}
		j := judgedStep{judged: d.judge(s, i, least, &scratch), need: threshold}
		if scores[i] = j.score; j.score >= threshold {
			j.need = d.needed(scores, i, threshold)
			j.alert = j.score >= j.need
		}
		fn(i, j)
	}
}

// describeAll turns the episodes of a series into alerts; when ctx ends it stops.
func describeAll(ctx context.Context, v *columns.View, a axis, s series, found []episode, p AlertParams) []model.Alert {
	if len(found) == 0 || ctx.Err() != nil {
		return nil
	}
	out := make([]model.Alert, 0, len(found))
	history := look(v, a, s)
	for _, e := range found {
		if ctx.Err() != nil {
			return nil
		}
		out = append(out, describe(v, a, s, history, e, p))
	}
	return out
}

// describe turns an episode into an alert with its reasons and posts.
func describe(v *columns.View, a axis, s series, history past, e episode, p AlertParams) model.Alert {
	out := model.Alert{
		Series: s.key, Label: s.label,
		Start: a.begin(e.first), Peak: a.begin(e.peak), End: a.end(e.last),
		Score: e.at.score, Expected: e.at.median,
		Observed: int64(len(history.posts(e.peak-a.span+1, e.peak+1))),
		PostIDs:  []string{},
	}
	sum := sha256.Sum256(fmt.Appendf(nil, "%s\n%s\n%d", s.key, p.Unit, out.Start))
	out.ID = hex.EncodeToString(sum[:8])
	start := e.first - a.span + 1
	c := card{
		view: v, history: history, alert: &out, params: p, episode: e, start: start, detected: a.end(e.first),
		posts:  history.posts(start, e.last+1),
		recent: history.posts(start-int(trailingSeconds/a.step), start),
	}
	out.Posts = int64(len(c.posts))
	set := roaring.BitmapOf(c.posts...)
	for _, o := range v.Page(set, columns.Sort{By: columns.SortEngagement, Desc: true}, 0, carried) {
		out.PostIDs = append(out.PostIDs, strconv.FormatInt(columns.ID(o), 10))
		c.leading = append(c.leading, o)
	}
	out.Reasons = c.reasons()
	return out
}
