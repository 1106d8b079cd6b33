package table

import (
	"testing"
	"time"

	"vedette/backend/model"
)

func TestCounts(t *testing.T) {
	for _, c := range []struct {
		in, decimal string
		want        int64
		ok          bool
	}{
		{"12", "", 12, true},
		{"-3", "", -3, true},
		{"1,234,567", "", 1234567, true},
		{"1.234.567", ",", 1234567, true},
		{"1 234", "", 1234, true},
		{"1\u00a0234", "", 1234, true},
		{"1'234", "", 1234, true},
		{"1’234", "", 1234, true},
		{"12.0", "", 12, true},
		{"1.2K", "", 1200, true},
		{"3,4M", ",", 3400000, true},
		{"2 B", "", 2000000000, true},
		{"9007199254740993", "", 9007199254740993, true},
		{"1,23", "", 0, false},
		{"1.5", "", 0, false},
		{"", "", 0, false},
		{"many", "", 0, false},
		{"1e9", "", 0, false},
		{"--1", "", 0, false},
		{"NaN", "", 0, false},
		{"12,3456", "", 0, false},
		{"1234,567", "", 0, false},
		{"K", "", 0, false},
	} {
		n, ok := parseCount(c.in, c.decimal)
		if v, _ := n.Value(); ok != c.ok || v != c.want {
			t.Errorf("parseCount(%q, %q) = %d, %v", c.in, c.decimal, v, ok)
		}
	}
}

func TestDates(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		in, as, order string
		layouts       []string
		want          string // RFC 3339 in UTC; "" when it cannot be read
		zone          model.ZoneBasis
	}{
		{"2024-01-31T10:00:00Z", "", "", nil, "2024-01-31T10:00:00Z", model.ZoneStated},
		{"2024-01-31T10:00:00.5+02:00", "", "", nil, "2024-01-31T08:00:00.5Z", model.ZoneStated},
		{"2024-01-31 10:00:00", "", "", nil, "2024-01-31T09:00:00Z", model.ZoneChosen},
		{"2024-07-31 10:00", "", "", nil, "2024-07-31T08:00:00Z", model.ZoneChosen},
		{"2024-01-31 10:00:00 UTC", "", "", nil, "2024-01-31T10:00:00Z", model.ZoneStated},
		{"2024-01-31 10:00:00 -0500", "", "", nil, "2024-01-31T15:00:00Z", model.ZoneStated},
		{"2024-01-31", "", "", nil, "2024-01-30T23:00:00Z", model.ZoneChosen},
		{"31.1.2024, 15:04", "", "", nil, "2024-01-31T14:04:00Z", model.ZoneChosen},
		{"1/2/2024", "", "mdy", nil, "2024-01-01T23:00:00Z", model.ZoneChosen},
		{"1/2/2024", "", "dmy", nil, "2024-01-31T23:00:00Z", model.ZoneChosen},
		{"1/2/24 3:04 pm", "", "mdy", nil, "2024-01-02T14:04:00Z", model.ZoneChosen},
		{"1/2/24 12:04 AM", "", "mdy", nil, "2024-01-01T23:04:00Z", model.ZoneChosen},
		{"1/2/24 3:04\u202fPM", "", "mdy", nil, "2024-01-02T14:04:00Z", model.ZoneChosen},
		{"Wed Oct 10 20:19:24 +0000 2018", "", "", nil, "2018-10-10T20:19:24Z", model.ZoneStated},
		{"Jan 2, 2024", "", "", nil, "2024-01-01T23:00:00Z", model.ZoneChosen},
		{"2 January 2024", "", "", nil, "2024-01-01T23:00:00Z", model.ZoneChosen},
		{"1704283500", "", "", nil, "2024-01-03T12:05:00Z", model.ZoneStated},
		{"1704283500123", "", "", nil, "2024-01-03T12:05:00.123Z", model.ZoneStated},
		{"1704283500.25", "unix", "", nil, "2024-01-03T12:05:00.25Z", model.ZoneStated},
		{"0", "unix", "", nil, "1970-01-01T00:00:00Z", model.ZoneStated},
		{"18.01.11", "layout", "", []string{"2006", "06.02.01"}, "2018-10-31T23:00:00Z", model.ZoneChosen},
		{"31/4/2024", "", "dmy", nil, "", ""},
		{"13/13/2024", "", "", nil, "", ""},
		{"yesterday", "", "", nil, "", ""},
		{"12", "", "", nil, "", ""},
		{"2024-01-31 10:00:00 IST", "", "", nil, "", ""},
		{"1e400", "unix", "", nil, "", ""},
		{"NaN", "unix", "", nil, "", ""},
		{"2024-1-2-3", "", "", nil, "", ""},
	} {
		in, ok := clock{zone: oslo, basis: model.ZoneChosen, order: c.order}.read(c.in, c.as, c.layouts)
		got := ""
		if ok {
			got = in.Time.Format(time.RFC3339Nano)
		}
		if got != c.want || in.Zone != c.zone || in.Original != c.in || ok && in.Time.Location() != time.UTC {
			t.Errorf("%q (%s %s): %q %s, want %q %s", c.in, c.as, c.order, got, in.Zone, c.want, c.zone)
		}
	}
}

func FuzzValues(f *testing.F) {
	for _, s := range []string{"1/2/24 3:04 PM", "1.234,5K", "2024-01-31T10:00:00Z", "1704283500.25"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		in, ok := clock{zone: time.UTC, basis: model.ZoneAssumed}.read(s, "", nil)
		if ok == in.Time.IsZero() || in.Original != s {
			t.Fatalf("%q: %+v %v", s, in, ok)
		}
		parseCount(s, ".")
		parseCount(s, ",")
		evidence(s)
	})
}
