package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"io"
	"math"
	"slices"
	"time"

	"vedette/backend/analytics"
	"vedette/backend/model"
)

// AlertRow is the detector's answer to one row of a table: Time as it is written
// there. Alert is true where an alert begins; the cool-down keeps it silent after.
type AlertRow struct {
	Time    string              `json:"time"`
	Score   float64             `json:"score"`
	Alert   bool                `json:"alert"`
	Reasons []model.AlertReason `json:"reasons"`
}

// AlertOptions are the parameters of MethodAlerts; zero values give the defaults.
type AlertOptions struct {
	Threshold float64
	CoolDown  time.Duration
}

// counted is one row of the table.
type counted struct {
	text  string
	at    int64 // microseconds
	value float64
	slot  int
}

// MethodAlerts looks for rises in a CSV table with the columns timestamp and value
// (a count). The step is the most frequent distance between rows; a step without
// a row counts nothing, rows of one step add up. It writes an AlertRow a line, in
// the order of the table.
func MethodAlerts(ctx context.Context, in io.Reader, out io.Writer, o AlertOptions) error {
	rows, err := readCounted(in)
	if err != nil || len(rows) == 0 {
		return err
	}
	step, counts, err := grid(rows)
	if err != nil {
		return err
	}
	points, err := analytics.JudgeSeries(ctx, counts, step, analytics.AlertParams{Threshold: o.Threshold, CoolDown: o.CoolDown})
	if err != nil {
		return fmt.Errorf("judge the series: %w", err)
	}
	w := newLineWriter(out)
	said := -1 // an alert is told once, with the first row of its step
	for _, r := range rows {
		p := points[r.slot]
		row := AlertRow{Time: r.text, Score: p.Score, Alert: p.Alert && r.slot != said, Reasons: p.Reasons}
		if p.Alert {
			said = r.slot
		}
		if !p.Judged {
			row.Reasons = []model.AlertReason{{Code: "too_little_history"}}
		}
		if row.Reasons == nil {
			row.Reasons = []model.AlertReason{}
		}
		if err := w.write(row); err != nil {
			return err
		}
	}
	return w.flush()
}

func readCounted(in io.Reader) ([]counted, error) {
	t, err := openTable(in, "timestamp", "value")
	if err != nil {
		return nil, err
	}
	at := t.pick("timestamp", "value")
	var out []counted
	for {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, err
		}
		r := counted{text: row[at[0]]}
		if r.at, err = t.instant("timestamp", row[at[0]]); err != nil {
			return nil, err
		}
		if r.value, err = t.number("value", row[at[1]]); err != nil {
			return nil, err
		}
		if r.value < 0 {
			return nil, tableFault("Line %d: the value %q is negative; values are counts.", t.line, row[at[1]])
		}
		if out = append(out, r); len(out) > analytics.MaxSeriesSteps {
			return nil, tableFault("The table has more than %d rows.", analytics.MaxSeriesSteps)
		}
	}
}

// grid lays the rows on steps of equal length and adds up what falls on one.
func grid(rows []counted) (time.Duration, []uint32, error) {
	times := make([]int64, len(rows))
	for i, r := range rows {
		times[i] = r.at
	}
	slices.Sort(times)
	step := usualStep(times)
	first, last := times[0], times[len(times)-1]
	n := (last-first+step/2)/step + 1
	if n > analytics.MaxSeriesSteps {
		return 0, nil, tableFault("The rows are %v apart at most times, and reach over more than %d such steps.", time.Duration(step)*time.Microsecond, analytics.MaxSeriesSteps)
	}
	sums := make([]float64, n)
	for i := range rows {
		rows[i].slot = int((rows[i].at - first + step/2) / step)
		sums[rows[i].slot] += rows[i].value
	}
	counts := make([]uint32, n)
	for i, x := range sums {
		counts[i] = uint32(min(math.Round(x), math.MaxUint32))
	}
	return time.Duration(step) * time.Microsecond, counts, nil
}

// usualStep is the most frequent distance between sorted instants, in whole
// seconds; of equally frequent ones the shortest, and an hour for a single one.
func usualStep(times []int64) int64 {
	count := map[int64]int{}
	for i := 1; i < len(times); i++ {
		if d := (times[i] - times[i-1] + 500_000) / 1_000_000; d > 0 {
			count[d]++
		}
	}
	best := int64(3600)
	if len(count) > 0 {
		all := make([]int64, 0, len(count))
		for d := range count {
			all = append(all, d)
		}
		best = slices.MinFunc(all, func(a, b int64) int { return cmp.Or(cmp.Compare(count[b], count[a]), cmp.Compare(a, b)) })
	}
	return best * 1_000_000
}
