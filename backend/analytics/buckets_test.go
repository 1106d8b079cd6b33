package analytics

import (
	"math"
	"slices"
	"testing"
	"time"
)

func TestBounds(t *testing.T) {
	for _, c := range []struct {
		name, unit, zone, first, last string
		want                          []string
	}{
		{
			"hours are UTC hours", "1h", "Asia/Kolkata", "2024-01-01T10:20:00Z", "2024-01-01T11:00:00Z",
			[]string{"2024-01-01T10:00:00Z", "2024-01-01T11:00:00Z", "2024-01-01T12:00:00Z"},
		},
		{
			"a quarter", "15m", "UTC", "1969-12-31T23:50:00Z", "1970-01-01T00:00:00Z",
			[]string{"1969-12-31T23:45:00Z", "1970-01-01T00:00:00Z", "1970-01-01T00:15:00Z"},
		},
		{
			"spring: a day of 23 hours", "day", "Europe/Madrid", "2024-03-30T12:00:00Z", "2024-03-31T12:00:00Z",
			[]string{"2024-03-29T23:00:00Z", "2024-03-30T23:00:00Z", "2024-03-31T22:00:00Z"},
		},
		{
			"autumn: a day of 25 hours", "day", "Europe/Madrid", "2024-10-27T10:00:00Z", "2024-10-27T10:00:00Z",
			[]string{"2024-10-26T22:00:00Z", "2024-10-27T23:00:00Z"},
		},
		{
			"midnight is skipped", "day", "America/Sao_Paulo", "2018-11-03T12:00:00Z", "2018-11-04T12:00:00Z",
			[]string{"2018-11-03T03:00:00Z", "2018-11-04T03:00:00Z", "2018-11-05T02:00:00Z"},
		},
		{
			"a date is skipped", "day", "Pacific/Apia", "2011-12-29T20:00:00Z", "2011-12-30T12:00:00Z",
			[]string{"2011-12-29T10:00:00Z", "2011-12-30T10:00:00Z", "2011-12-31T10:00:00Z"},
		},
		{
			"weeks begin on Monday", "week", "UTC", "2024-05-12T23:59:59Z", "2024-05-13T00:00:00Z",
			[]string{"2024-05-06T00:00:00Z", "2024-05-13T00:00:00Z", "2024-05-20T00:00:00Z"},
		},
		{
			"months", "month", "America/New_York", "2024-02-01T04:00:00Z", "2024-03-31T00:00:00Z",
			[]string{"2024-01-01T05:00:00Z", "2024-02-01T05:00:00Z", "2024-03-01T05:00:00Z", "2024-04-01T04:00:00Z"},
		},
	} {
		got, err := Bounds(at(c.first), at(c.last), c.unit, zone(t, c.zone))
		if err != nil {
			t.Errorf("%s: %v", c.name, err)
			continue
		}
		var text []string
		for _, b := range got {
			text = append(text, time.Unix(b, 0).UTC().Format(time.RFC3339))
		}
		if !slices.Equal(text, c.want) {
			t.Errorf("%s: %v, want %v", c.name, text, c.want)
		}
	}
}

// In every zone days cover the span without gap or overlap and begin the date.
func TestDaysBeginTheDate(t *testing.T) {
	for _, name := range []string{"UTC", "Europe/Lisbon", "America/Havana", "Asia/Beirut", "Africa/Cairo", "Asia/Tehran", "Australia/Lord_Howe", "America/Asuncion", "Asia/Gaza"} {
		z := zone(t, name)
		bounds, err := Bounds(at("2005-01-01T00:00:00Z"), at("2023-12-31T00:00:00Z"), "day", z)
		if err != nil {
			t.Fatal(err)
		}
		for i, b := range bounds[:len(bounds)-1] {
			if h := bounds[i+1] - b; h < 22*3600 || h > 26*3600 {
				t.Errorf("%s: a day of %d s from %v", name, h, time.Unix(b, 0).In(z))
			}
			day, before := time.Unix(b, 0).In(z).YearDay(), time.Unix(b-1, 0).In(z).YearDay()
			if day == before {
				t.Errorf("%s: %v does not begin its date", name, time.Unix(b, 0).In(z))
			}
		}
	}
}

func TestBoundsRefuse(t *testing.T) {
	for _, c := range []struct {
		first, last int64
		unit        string
	}{{0, 1, "minute"}, {0, 1, ""}, {0, 1 << 40, "15m"}, {math.MinInt64 + 1, math.MaxInt64, "month"}} {
		if _, err := Bounds(c.first, c.last, c.unit, time.UTC); faultCode(err) != "bad_param" {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestAutoUnit(t *testing.T) {
	for span, want := range map[int64]string{0: "15m", 86400: "15m", 86401: "1h", 6 * 86400: "3h", 30 * 86400: "day", 400 * 86400: "week", 4000 * 86400: "month"} {
		if got := AutoUnit(span); got != want {
			t.Errorf("%d s: %s, want %s", span, got, want)
		}
	}
}
