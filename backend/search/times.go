package search

import (
	"strconv"
	"strings"
	"time"
)

// unit is the precision of a civil time.
type unit int

const (
	unitNone unit = iota
	unitYear
	unitMonth
	unitDay
	unitMinute
	unitSecond
)

// civil is a date or time as written: the whole of a unit. Without an offset it
// is in the zone of whoever asks.
type civil struct {
	at     time.Time // the fields, in UTC
	unit   unit
	fixed  bool // an offset was written
	offset int  // seconds east of UTC
}

// layouts are the forms of a civil time.
var layouts = []struct {
	layout string
	unit   unit
}{
	{"2006", unitYear},
	{"2006-01", unitMonth},
	{"2006-01-02", unitDay},
	{"2006-01-02T15:04", unitMinute},
	{"2006-01-02T15:04:05", unitSecond},
}

// parseCivil reads 2024, 2024-01, 2024-01-31, 2024-01-31T14:05 or with seconds,
// the latter two with Z or ±hh:mm if wanted; a blank may stand for the T.
func parseCivil(s string) (civil, bool) {
	s = strings.Replace(strings.ToUpper(s), " ", "T", 1)
	var c civil
	if t := strings.IndexByte(s, 'T'); t > 0 {
		rest := s[t:]
		if strings.HasSuffix(rest, "Z") {
			c.fixed, s = true, s[:len(s)-1]
		} else if i := strings.LastIndexAny(rest, "+-"); i > 0 {
			o, err := time.Parse("-07:00", rest[i:])
			if err != nil {
				return civil{}, false
			}
			_, c.offset = o.Zone()
			c.fixed, s = true, s[:t+i]
		}
	}
	for _, l := range layouts {
		if len(s) != len(l.layout) {
			continue
		}
		at, err := time.Parse(l.layout, s)
		if err != nil {
			return civil{}, false
		}
		c.at, c.unit = at, l.unit
		return c, true
	}
	return civil{}, false
}

func (c civil) unix(y int, m time.Month, d, h, min, s int, zone *time.Location) int64 {
	if c.fixed {
		return time.Date(y, m, d, h, min, s, 0, time.UTC).Unix() - int64(c.offset)
	}
	return time.Date(y, m, d, h, min, s, 0, zone).Unix()
}

// begin is the first second of the unit.
func (c civil) begin(zone *time.Location) int64 {
	t := c.at
	return c.unix(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), zone)
}

// after is the first second behind the unit.
func (c civil) after(zone *time.Location) int64 {
	t := c.at
	switch c.unit {
	case unitYear:
		return c.unix(t.Year()+1, 1, 1, 0, 0, 0, zone)
	case unitMonth:
		return c.unix(t.Year(), t.Month()+1, 1, 0, 0, 0, zone)
	case unitDay:
		return c.unix(t.Year(), t.Month(), t.Day()+1, 0, 0, 0, zone)
	case unitMinute:
		return c.begin(zone) + 60
	default:
		return c.begin(zone) + 1
	}
}

// parseCount reads a whole number, also with k or m behind it (1.5k).
func parseCount(s string) (int64, bool) {
	var factor float64
	switch {
	case strings.HasSuffix(s, "k"), strings.HasSuffix(s, "K"):
		factor = 1e3
	case strings.HasSuffix(s, "m"), strings.HasSuffix(s, "M"):
		factor = 1e6
	default:
		n, err := strconv.ParseInt(s, 10, 64)
		return n, err == nil
	}
	f, ok := parseScore(s[:len(s)-1])
	if !ok || f*factor > 1e15 || f*factor < -1e15 {
		return 0, false
	}
	return int64(f * factor), true
}

// parseScore reads a decimal number.
func parseScore(s string) (float64, bool) {
	for i := range len(s) {
		if c := s[i]; (c < '0' || c > '9') && c != '.' && (c != '-' && c != '+' || i > 0) {
			return 0, false
		}
	}
	f, err := strconv.ParseFloat(s, 64)
	return f, err == nil
}
