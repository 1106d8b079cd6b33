package table

import (
	"math"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
)

// clock reads instants. zone is used where a value states none, basis says where
// that zone came from; order is "dmy", "mdy" or "ymd" for numeric dates.
type clock struct {
	zone  *time.Location
	basis model.ZoneBasis
	order string
	names map[string]int // offsets of abbreviations in seconds, beside the ones of zones.go
}

// read reads an instant; ok is false when it cannot, and the original is kept.
func (c clock) read(s, as string, layouts []string) (model.Instant, bool) {
	in := model.Instant{Original: s}
	switch as {
	case "unix", "unix_ms":
		t, ok := epoch(s, as == "unix_ms")
		if ok {
			in.Time, in.Zone = t, model.ZoneStated
		}
		return in, ok
	case "layout":
		for _, l := range layouts {
			t, err := time.ParseInLocation(l, s, c.zone)
			if err == nil && plausible(t) {
				return c.instant(s, t, statesZone(l)), true
			}
		}
		return in, false
	}
	if t, ok := autoEpoch(s); ok {
		in.Time, in.Zone = t, model.ZoneStated
		return in, true
	}
	if t, stated, ok := c.auto(s); ok {
		return c.instant(s, t, stated), true
	}
	return in, false
}

func (c clock) instant(s string, t time.Time, stated bool) model.Instant {
	in := model.Instant{Time: t.UTC(), Original: s, Zone: c.basis}
	if stated {
		in.Zone = model.ZoneStated
	}
	return in
}

func statesZone(layout string) bool {
	return strings.Contains(layout, "-07") || strings.Contains(layout, "Z07") || strings.Contains(layout, "MST")
}

// plausible refuses years that no post has: a wrong layout, not a date.
func plausible(t time.Time) bool { return t.Year() >= 1970 && t.Year() < 2200 }

// epoch reads seconds or milliseconds since 1970, with or without a fraction.
func epoch(s string, milli bool) (time.Time, bool) {
	f, err := strconv.ParseFloat(s, 64)
	if err != nil || math.IsNaN(f) || math.Abs(f) > 1e15 {
		return time.Time{}, false
	}
	if n, err := strconv.ParseInt(s, 10, 64); err == nil { // exact where floats are not
		if milli {
			return check1970(time.UnixMilli(n))
		}
		return check1970(time.Unix(n, 0))
	}
	if milli {
		f /= 1000
	}
	sec, frac := math.Modf(f)
	return check1970(time.Unix(int64(sec), int64(math.Round(frac*1e6))*1000))
}

func check1970(t time.Time) (time.Time, bool) { return t.UTC(), plausible(t) }

// autoEpoch tells seconds, milliseconds and microseconds by their magnitude.
func autoEpoch(s string) (time.Time, bool) {
	whole, _, _ := strings.Cut(s, ".")
	if len(whole) < 9 || strings.Trim(whole, "0123456789") != "" {
		return time.Time{}, false
	}
	switch len(whole) {
	case 9, 10:
		return epoch(s, false)
	case 12, 13:
		return epoch(s, true)
	case 15, 16:
		n, err := strconv.ParseInt(whole, 10, 64)
		if err != nil {
			return time.Time{}, false
		}
		return check1970(time.UnixMicro(n))
	}
	return time.Time{}, false
}

// autoLayouts are the written forms with month names or fixed order, most
// particular first; those of numbers only are read by numeric.
var autoLayouts = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05.999999999 -0700",
	"2006-01-02T15:04:05.999999999-0700",
	"Mon Jan _2 15:04:05 -0700 2006", "Mon Jan _2 15:04:05 MST 2006", "Mon, _2 Jan 2006 15:04:05 -0700", "Mon, _2 Jan 2006 15:04:05 MST", "_2 Jan 2006 15:04:05 -0700",
	"Jan _2, 2006 15:04:05", "Jan _2, 2006 3:04:05 PM", "Jan _2, 2006 3:04 PM", "Jan _2, 2006 15:04", "Jan _2, 2006", "January _2, 2006", "January _2, 2006 3:04 PM",
	"_2 Jan 2006 15:04:05", "_2 Jan 2006 15:04", "_2 Jan 2006", "_2 January 2006", "_2-Jan-2006", "_2-Jan-2006 15:04:05", "_2-Jan-2006 3:04PM", "20060102T150405Z", "20060102",
}

// auto reads what tools commonly write. stated reports that a zone was written.
func (c clock) auto(s string) (t time.Time, stated, ok bool) {
	if len(s) > 64 {
		return t, false, false
	}
	if len(s) >= 20 && s[4] == '-' && s[10] == 'T' { // by far the commonest form, and quick to read
		if t, err := time.Parse(time.RFC3339Nano, s); err == nil {
			return t, true, plausible(t)
		}
	}
	if t, stated, ok = c.numeric(s); ok {
		return t, stated, plausible(t)
	}
	for _, l := range autoLayouts {
		t, err := time.ParseInLocation(l, s, c.zone)
		if err != nil || !plausible(t) {
			continue
		}
		if name, off := t.Zone(); strings.Contains(l, "MST") && off == 0 && name != "UTC" && name != "GMT" {
			return t, false, false // an abbreviation whose offset nobody knows
		}
		return t, statesZone(l) || strings.HasSuffix(l, "Z"), true
	}
	return t, false, false
}

// numeric reads "2024-01-31 15:04:05", "31.1.2024, 15:04", "1/31/24 3:04 PM" and
// the like, with an optional zone after the time.
func (c clock) numeric(s string) (t time.Time, stated, ok bool) {
	nums, sep, rest, ok := dateParts(s)
	if !ok {
		return t, false, false
	}
	order := c.order
	switch {
	case nums[0].width == 4:
		order = "ymd"
	case nums[2].width == 4 && order == "ymd", order == "" && sep == '.':
		order = "dmy"
	case order == "":
		order = "dmy"
	}
	var y, m, d int
	switch order {
	case "ymd":
		y, m, d = nums[0].n, nums[1].n, nums[2].n
	case "mdy":
		m, d, y = nums[0].n, nums[1].n, nums[2].n
	default:
		d, m, y = nums[0].n, nums[1].n, nums[2].n
	}
	if y < 100 {
		y += 2000
	}
	hms, zone, stated, ok := c.timeOfDay(rest)
	if !ok || m < 1 || m > 12 || d < 1 || d > 31 {
		return t, false, false
	}
	t = time.Date(y, time.Month(m), d, 0, 0, 0, 0, zone)
	if t.Day() != d {
		return t, false, false // 31 April
	}
	h, mi, sec := int(hms/time.Hour), int(hms/time.Minute)%60, int(hms/time.Second)%60
	return time.Date(y, time.Month(m), d, h, mi, sec, int(hms%time.Second), zone), stated, true
}

// part is one number of a date, with how many digits it was written.
type part struct{ n, width int }

// dateParts cuts the three numbers off the beginning of a date. Both separators
// must be the same.
func dateParts(s string) (nums [3]part, sep byte, rest string, ok bool) {
	for i := range 3 {
		w := 0
		for w < len(s) && w < 5 && s[w] >= '0' && s[w] <= '9' {
			nums[i].n = nums[i].n*10 + int(s[w]-'0')
			w++
		}
		nums[i].width = w
		if w == 0 || w == 3 || w == 5 || w == 4 && i == 1 {
			return nums, sep, s, false
		}
		s = s[w:]
		if i == 2 {
			return nums, sep, s, true
		}
		if s == "" || !strings.ContainsRune("-/.", rune(s[0])) || i == 1 && s[0] != sep {
			return nums, sep, s, false
		}
		sep, s = s[0], s[1:]
	}
	return nums, sep, s, true
}

// timeOfDay reads what follows a date: nothing, or a time with an optional zone.
func (c clock) timeOfDay(s string) (d time.Duration, z *time.Location, stated, ok bool) {
	zone := c.zone
	s = strings.NewReplacer("\u202F", " ", "\u00A0", " ").Replace(s)
	s = strings.TrimLeft(s, " ,T")
	if s == "" {
		return 0, zone, false, true
	}
	if rest, offset, ok := c.abbreviation(s); ok {
		named := clock{zone: time.FixedZone("", offset)}
		d, z, _, ok = named.timeOfDay(rest)
		return d, z, true, ok
	}
	for _, l := range []string{"15:04:05", "15:04:05 PM", "15:04:05PM", "15:04", "15:04 PM", "15:04PM"} {
		for _, suffix := range []string{"", "Z07:00", " Z07:00", "-0700", " -0700", " MST"} {
			layout := l
			if strings.Contains(l, "PM") {
				layout = strings.Replace(l, "15", "3", 1)
			}
			t, err := time.Parse(layout+suffix, strings.ToUpper(s))
			if err != nil {
				continue
			}
			name, off := t.Zone()
			if suffix == " MST" && off == 0 && name != "UTC" && name != "GMT" {
				return 0, zone, false, false // an abbreviation whose offset nobody knows
			}
			if suffix != "" {
				zone = time.FixedZone("", off)
			}
			return time.Duration(t.Hour())*time.Hour + time.Duration(t.Minute())*time.Minute + time.Duration(t.Second())*time.Second +
				time.Duration(t.Nanosecond()), zone, suffix != "", true
		}
	}
	return 0, zone, false, false
}

// evidence says what a numeric date proves about the order of day and month:
// "dmy", "mdy", "either" for 1/2/2024, or "" when it is not such a date.
func evidence(s string) string {
	nums, _, _, ok := dateParts(s)
	switch {
	case !ok || nums[0].width == 4:
		return ""
	case nums[0].n > 12 && nums[1].n <= 12 && nums[0].n <= 31:
		return "dmy"
	case nums[1].n > 12 && nums[0].n <= 12 && nums[1].n <= 31:
		return "mdy"
	}
	return "either"
}
