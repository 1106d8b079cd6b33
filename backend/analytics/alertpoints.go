package analytics

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"vedette/backend/model"
)

// SeriesPoint is what the detector says about one step of a series.
type SeriesPoint struct {
	Judged  bool    // false: too little history
	Score   float64 // smaller of the two tests, of the window that ends with the step
	Need    float64 // score that was needed
	Alert   bool    // an alert begins here
	Reasons []model.AlertReason
}

// Limits of JudgeSeries.
const (
	MaxSeriesSteps = 1 << 22
	leastWindow    = time.Hour
)

// JudgeSeries runs the detector of Alerts over a series of counts, one every step
// (1 second to 366 days): with windows of an hour, or of a step when that is
// longer. Threshold and CoolDown of p are used, the rest of it is not. It takes
// about 150 bytes a step.
func JudgeSeries(ctx context.Context, counts []uint32, step time.Duration, p AlertParams) ([]SeriesPoint, error) {
	p.Unit = ""
	p, _, err := p.complete()
	if err != nil {
		return nil, err
	}
	if step < time.Second || step > 366*24*time.Hour {
		return nil, badParam("step", step.String(), "The steps of a series are between a second and a year long.")
	}
	if len(counts) > MaxSeriesSteps {
		return nil, badParam("steps", strconv.Itoa(len(counts)), fmt.Sprintf("A series has at most %d steps.", MaxSeriesSteps))
	}
	span := max(1, int((leastWindow+step/2)/step))
	d := newDetector(span, int(step/time.Second))
	silent := max(1, int(p.CoolDown/step))
	out := make([]SeriesPoint, len(counts))
	last := -silent
	d.each(counts, counts, p.Threshold, 0, func(i int, j judgedStep) {
		if ctx.Err() != nil {
			return
		}
		pt := SeriesPoint{Judged: true, Score: j.score, Need: j.need}
		if j.alert && i-last >= silent {
			pt.Alert, last = true, i
		}
		if j.score >= p.Threshold {
			pt.Reasons = append(d.pointReasons(newWindow(counts, i, span), j), model.AlertReason{
				Code: "needed", Values: map[string]string{"score": decimal(j.need, 2)},
			})
		}
		out[i] = pt
	})
	return out, ctx.Err()
}

// newWindow counts the span steps that end with step i.
func newWindow(counts []uint32, i, span int) int64 {
	var n int64
	for _, c := range counts[i+1-span : i+1] {
		n += int64(c)
	}
	return n
}

// pointReasons are the reasons that need no posts, as in card.reasons.
func (d detector) pointReasons(observed int64, j judgedStep) []model.AlertReason {
	return []model.AlertReason{
		{Code: "rise", Values: map[string]string{
			"observed": strconv.FormatInt(observed, 10), "expected": decimal(j.median, 1), "times": decimal(float64(observed)/max(j.median, 1), 1),
		}},
		{Code: "seasonal", Values: map[string]string{
			"score": decimal(j.seasonal, 1), "median": decimal(j.median, 1), "windows": strconv.Itoa(j.windows),
		}},
		{Code: "trailing", Values: map[string]string{
			"score": decimal(j.tail, 1), "mean": decimal(j.mean, 1), "sd": decimal(j.sd, 1), "windows": strconv.Itoa(j.trailed),
		}},
	}
}
