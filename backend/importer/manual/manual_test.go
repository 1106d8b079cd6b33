package manual

import (
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestConformance(t *testing.T) {
	importertest.Run(t, Format{}, []importertest.Case{
		{Name: "capture", File: "testdata/capture.json", Accepted: 1, Partial: true},
		{Name: "nothing in it", Data: []byte(`{"vedette_capture":1,"text":" ","url":""}`), Rejected: 1, Partial: true},
		{Name: "no such time", Data: []byte(`{"vedette_capture":1,"text":"a","url":"","time":"yesterday"}`), Rejected: 1, Partial: true},
		{Name: "no such zone", Data: []byte(`{"vedette_capture":1,"text":"a","url":"","time":"2026-01-01 10:00","zone":"Mars"}`), Rejected: 1, Partial: true},
	})
}

func TestWhatIsLeftOutStaysUnknown(t *testing.T) {
	p, rej := parse([]byte(`{"vedette_capture":1,"text":"hello","url":""}`), importer.Options{})
	if rej != nil {
		t.Fatal(rej)
	}
	if !p.Author.IsZero() || !p.Created.IsZero() || !p.Counts.IsZero() || p.Platform != "manual" || p.PageType != model.PageOther {
		t.Errorf("something was invented: %+v", p)
	}
}

func TestTimesSayHowTheirZoneIsKnown(t *testing.T) {
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		capture Capture
		zone    *time.Location
		want    string
		basis   model.ZoneBasis
	}{
		{Capture{Time: "2026-07-01T10:00:00+02:00"}, nil, "2026-07-01T08:00:00Z", model.ZoneStated},
		{Capture{Time: "2026-07-01 10:00", Zone: "Asia/Tokyo"}, madrid, "2026-07-01T01:00:00Z", model.ZoneChosen},
		{Capture{Time: "2026-07-01 10:00"}, madrid, "2026-07-01T08:00:00Z", model.ZoneChosen},
		{Capture{Time: "2026-07-01"}, nil, "2026-07-01T00:00:00Z", model.ZoneAssumed},
	} {
		got, ok := instant(&c.capture, importer.Options{Zone: c.zone})
		if !ok || got.Time.Format(time.RFC3339) != c.want || got.Zone != c.basis || got.Original != c.capture.Time {
			t.Errorf("%+v: got %+v, %v", c.capture, got, ok)
		}
	}
}

func TestTheSamePageIsTheSamePost(t *testing.T) {
	a := identity(&Capture{URL: "https://x.example/1#a", Text: "one"})
	b := identity(&Capture{URL: "https://x.example/1", Text: "two"})
	if a != b {
		t.Errorf("%q and %q", a, b)
	}
	if identity(&Capture{Text: "one"}) == identity(&Capture{Text: "two"}) {
		t.Error("two texts without an address are one post")
	}
}

func FuzzCapture(f *testing.F) {
	f.Add([]byte(`{"vedette_capture":1,"text":"a","url":"","time":"2026-01-01 10:00","screenshot":{"bytes":"aGk="}}`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, Format{}, data) })
}
