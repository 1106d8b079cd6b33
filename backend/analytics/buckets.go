package analytics

import (
	"fmt"
	"time"

	"vedette/backend/model"
)

// units are the units of time, from the shortest.
var units = [...]struct {
	name    string
	seconds int64 // of the shortest bucket of the unit
	upTo    int64 // longest span in seconds for which the unit is chosen
}{
	{"15m", 900, 1 * 86400},
	{"1h", 3600, 5 * 86400},
	{"3h", 10800, 14 * 86400},
	{"day", 23 * 3600, 183 * 86400},
	{"week", 7*86400 - 3600, 3 * 366 * 86400},
	{"month", 28*86400 - 3600, 1 << 62},
}

// Units lists the units of time of a bucket, from the shortest to the longest.
func Units() []string {
	out := make([]string, len(units))
	for i, u := range units {
		out[i] = u.name
	}
	return out
}

// maxBuckets is how many buckets a result may have.
const maxBuckets = 200_000

// BucketParams says how a selection is cut in time. An empty Unit chooses one
// that gives up to about 180 buckets; a nil Zone is UTC. Days, weeks (from
// Monday) and months begin in Zone; shorter buckets begin at multiples of their
// length in UTC.
type BucketParams struct {
	Unit string
	Zone *time.Location
}

func (p BucketParams) zone() *time.Location {
	if p.Zone == nil {
		return time.UTC
	}
	return p.Zone
}

// AutoUnit chooses the unit for a span of time, in seconds.
func AutoUnit(span int64) string {
	for _, u := range units {
		if span <= u.upTo {
			return u.name
		}
	}
	return "month"
}

// Bounds gives the starts of the buckets that cover [first, last] (Unix seconds)
// and the end of the last one: ascending, at least two. It fails with a Fault
// (bad_param) on an unknown unit, or when there would be too many buckets.
func Bounds(first, last int64, unit string, zone *time.Location) ([]int64, error) {
	for _, u := range units {
		if u.name != unit {
			continue
		}
		if span := uint64(last) - uint64(first); span/uint64(u.seconds) > maxBuckets {
			return nil, badParam("unit", unit, fmt.Sprintf("Buckets of %s are too many for this span of time; choose longer ones.", unit))
		}
		if u.seconds < 23*3600 {
			return evenBounds(first, last, u.seconds), nil
		}
		return calendarBounds(first, last, unit, zone), nil
	}
	return nil, badParam("unit", unit, fmt.Sprintf("There is no unit %q; use 15m, 1h, 3h, day, week or month.", unit))
}

func evenBounds(first, last, seconds int64) []int64 {
	start := floorTo(first, seconds)
	out := make([]int64, 0, (last-start)/seconds+2)
	for t := start; ; t += seconds {
		out = append(out, t)
		if t > last {
			return out
		}
	}
}

// floorTo is the last multiple of step at or before t, also for t < 0.
func floorTo(t, step int64) int64 {
	r := t % step
	if r < 0 {
		r += step
	}
	return t - r
}

func calendarBounds(first, last int64, unit string, zone *time.Location) []int64 {
	y, m, d := time.Unix(first, 0).In(zone).Date()
	dy, dm, dd := 0, 0, 1
	switch unit {
	case "week":
		weekday := time.Date(y, m, d, 12, 0, 0, 0, time.UTC).Weekday()
		d -= (int(weekday) + 6) % 7
		dd = 7
	case "month":
		d, dm, dd = 1, 1, 0
	}
	var out []int64
	for i := 0; ; i++ {
		t := dayStart(y+i*dy, m+time.Month(i*dm), d+i*dd, zone)
		// A day that a zone skipped whole has no bucket of its own.
		if len(out) == 0 || t > out[len(out)-1] {
			out = append(out, t)
		}
		if t > last {
			return out
		}
	}
}

// dayStart is the first instant of a date in a zone, also where the clock skips
// midnight; the date may be out of range like time.Date's.
func dayStart(y int, m time.Month, d int, zone *time.Location) int64 {
	want := time.Date(y, m, d, 12, 0, 0, 0, time.UTC)
	t := time.Date(y, m, d, 0, 0, 0, 0, zone)
	gy, gm, gd := t.Date()
	got := time.Date(gy, gm, gd, 12, 0, 0, 0, time.UTC)
	switch {
	case got.Before(want): // midnight was skipped: the day begins at the change
		if _, end := t.ZoneBounds(); !end.IsZero() {
			return end.Unix()
		}
	case t.Hour() != 0 || t.Minute() != 0:
		if start, _ := t.ZoneBounds(); !start.IsZero() {
			return start.Unix()
		}
	}
	// Where the clock was put back soon after midnight, midnight came twice.
	before := t.Add(-time.Second)
	if by, bm, bd := before.Date(); by == gy && bm == gm && bd == gd {
		hour, minute, second := before.Clock()
		return before.Unix() - int64(hour*3600+minute*60+second)
	}
	return t.Unix()
}

// timeline is a selection cut into buckets.
type timeline struct {
	unit   string
	zone   string
	bounds []int64
}

// cut chooses the unit and the buckets for the posts of a selection that are
// dated; without any there are no buckets.
func cut(first, last, dated int64, p BucketParams) (timeline, error) {
	t := timeline{unit: p.Unit, zone: p.zone().String()}
	if t.unit == "" {
		t.unit = AutoUnit(last - first)
	}
	if dated == 0 {
		first, last = 0, 0
	}
	bounds, err := Bounds(first, last, t.unit, p.zone())
	if err != nil {
		return timeline{}, err
	}
	if dated > 0 {
		t.bounds = bounds
	}
	return t, nil
}

// buckets is how many buckets there are.
func (t timeline) buckets() int { return max(len(t.bounds)-1, 0) }

func badParam(name, value, message string) error {
	return &model.Fault{Code: "bad_param", Params: map[string]string{"param": name, "value": value, "message": message}}
}
