package whatsapp_test

import (
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/whatsapp"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	c := func(name string, accepted int) importertest.Case {
		return importertest.Case{
			Name: name, File: "testdata/" + name + ".txt", Accepted: accepted, Golden: "testdata/" + name + ".golden.json",
			Partial: true, // the order of day and month is found over the whole file
		}
	}
	importertest.Run(t, whatsapp.Format{}, []importertest.Case{c("us12", 10), c("de", 6), c("ios", 6), c("short", 2), c("year", 4), c("either", 3)})
}

// messages reads a chat and returns its posts in order.
func messages(t *testing.T, text string, o importer.Options) ([]*model.Post, *importertest.Collected) {
	t.Helper()
	c, err := importertest.Read(t.Context(), whatsapp.Format{}, "WhatsApp Chat with Ada.txt", []byte(text), o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	return c.Posts(), c
}

func sample(t *testing.T, name string) string {
	t.Helper()
	return string((importertest.Case{File: "testdata/" + name + ".txt"}).Bytes(t))
}

func TestTwelveHours(t *testing.T) {
	p, c := messages(t, sample(t, "us12"), importer.Options{})
	if !strings.HasPrefix(c.Assumed["date_order"], "mdy (the dates") || c.Assumed["zone"] != "UTC" {
		t.Errorf("assumed %v", c.Assumed)
	}
	if p[0].Kind != model.KindEvent || !p[0].Author.IsZero() || p[1].Kind != model.KindEvent || p[1].Text != `Ada Quay created group "Ferry: the crew"` {
		t.Errorf("events: %+v, %+v", p[0], p[1])
	}
	if p[2].Text != "The ferry is late again.\n\nSecond paragraph: sorry." || p[2].Author.Name != "Ada Quay" || p[2].Visibility != model.VisibilityPrivate {
		t.Errorf("more than one line: %+v", p[2])
	}
	if p[3].Kind != model.KindMedia || p[3].Author.NativeID != "+4915100001234" || !p[3].Created.Time.Equal(time.Date(2024, 1, 13, 0, 5, 0, 0, time.UTC)) || p[3].Created.Zone != model.ZoneAssumed {
		t.Errorf("media: %+v", p[3])
	}
	if p[4].Kind != model.KindMessage || p[4].Text != "What a view" || p[4].Media[0] != (model.Media{Type: "image", Alt: "IMG-20240113-WA0001.jpg"}) || p[4].Created.Time.Hour() != 12 {
		t.Errorf("attached: %+v", p[4])
	}
	if p[5].NativeID == p[6].NativeID || p[5].Text != p[6].Text {
		t.Errorf("the same said twice: %+v, %+v", p[5], p[6])
	}
	if p[7].Kind != model.KindEvent || p[7].Author.Name != "Ada Quay" {
		t.Errorf("deleted: %+v", p[7])
	}
	if p[8].Text != "Berth 5, not 4" || p[8].Edited.Original != "This message was edited" || p[9].Kind != model.KindMedia {
		t.Errorf("edited: %+v; %+v", p[8], p[9])
	}
}

func TestGerman(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Berlin")
	if err != nil {
		t.Fatal(err)
	}
	p, c := messages(t, sample(t, "de"), importer.Options{Zone: zone})
	if !p[1].Created.Time.Equal(time.Date(2016, 4, 15, 13, 4, 0, 0, time.UTC)) || p[1].Created.Zone != model.ZoneChosen || p[1].Created.Original != "15.04.2016, 15:04" {
		t.Errorf("instant: %+v", p[1].Created)
	}
	if p[2].Kind != model.KindMedia || p[3].Kind != model.KindEvent || p[4].Kind != model.KindEvent || p[5].Media[0].Alt != "Plan.pdf" || p[5].Kind != model.KindMedia {
		t.Errorf("%+v", p)
	}
	if _, ok := c.Assumed["zone"]; ok {
		t.Errorf("assumed %v", c.Assumed)
	}
}

func TestPhoneOfApple(t *testing.T) {
	p, c := messages(t, sample(t, "ios"), importer.Options{})
	if p[0].Kind != model.KindEvent || p[1].Author.Name != "Ada" || p[1].Text != "Happy new year 🎆" || p[2].Kind != model.KindMedia || p[2].Media[0].Type != "image" {
		t.Errorf("%+v %+v %+v", p[0], p[1], p[2])
	}
	if p[3].Media[0].Alt != "00000012-PHOTO-2020-01-01-12-01-30.jpg" || p[4].Text != "Thanks @Bo Pier!" || p[4].Mentions[0].Handle != "Bo Pier" {
		t.Errorf("%+v %+v", p[3], p[4])
	}
	if x := p[5]; x.Place.Lat != 53.54 || x.Kind != model.KindMessage || x.Created.Time.Second() != 0 || p[1].Created.Time.Second() != 5 {
		t.Errorf("place: %+v", x)
	}
	if _, ok := c.Assumed["date_order"]; ok {
		t.Errorf("assumed %v", c.Assumed)
	}
}

func TestOrderOfDayAndMonth(t *testing.T) {
	for name, c := range map[string]struct {
		text, option, assumed, first string
	}{
		"nothing says":       {sample(t, "either"), "", "dmy (nothing", "2021-01-01"},
		"day above 12":       {"1/2/21, 12:00 - A: x\n13/2/21, 12:00 - A: y\n", "", "dmy (the dates", "2021-02-01"},
		"month second":       {"1/2/21, 12:00 - A: x\n2/13/21, 12:00 - A: y\n", "", "mdy (the dates", "2021-01-02"},
		"messages run":       {"12/1/21, 12:00 - A: x\n1/2/21, 12:00 - A: y\n", "", "dmy (only so", "2021-01-12"},
		"the analyst says":   {sample(t, "either"), "mdy", "", "2021-01-01"},
		"analyst on second":  {"2/1/21, 12:00 - A: x\n", "mdy", "", "2021-02-01"},
		"american":           {"1/2/21, 9:00 AM - A: x\n", "", "mdy (nothing", "2021-01-02"},
		"year first, short":  {"[20-12-31 02:22:56] A: x\n[21-01-01 02:22:56] A: y\n", "", "ymd (the dates", "2020-12-31"},
		"day, month, year":   {sample(t, "short"), "", "dmy (nothing", "2020-01-15"},
		"year of four":       {sample(t, "year"), "mdy", "", "2019-10-20"},
		"arabic digits":      {"١٣/١/٢٠٢٣، ٣:٠٤ م - A: x\n", "", "dmy (the dates", "2023-01-13"},
		"old phone of apple": {"13/04/2016, 15:04:10: A: x\n", "", "dmy (the dates", "2016-04-13"},
		"dots in the time":   {"13.4.2016 klo 15.04 - A: x\n13.4.2016, 15.04 - A: y\n", "", "dmy (the dates", "2016-04-13"},
	} {
		p, got := messages(t, c.text, importer.Options{DateOrder: c.option})
		if len(p) == 0 || p[0].Created.Time.Format(time.DateOnly) != c.first || !strings.HasPrefix(got.Assumed["date_order"], c.assumed) || (c.assumed == "") != (got.Assumed["date_order"] == "") {
			t.Errorf("%s: %d posts, assumed %q, %+v", name, len(p), got.Assumed["date_order"], p)
		}
	}
}

// TestIDsStay reads a chat again after messages were added in front: the ids of
// the others stay.
func TestIDsStay(t *testing.T) {
	p, _ := messages(t, sample(t, "us12"), importer.Options{})
	q, _ := messages(t, "1/4/24, 8:00\u202fAM - Ada Quay: ok\n"+sample(t, "us12"), importer.Options{DateOrder: "mdy"})
	for i := range p {
		if p[i].NativeID != q[i+1].NativeID {
			t.Errorf("message %d: %s, then %s", i, p[i].NativeID, q[i+1].NativeID)
		}
	}
}

func TestNotAChat(t *testing.T) {
	for _, s := range []string{
		"2024-01-01 12:00:00: INFO: started\n", "2024-01-01 12:00:00,123 - app - INFO - x\n", "Dear all,\n1/1/21, 12:00 - Ada: one\n",
		"date,time,text\n01/02/2024,12:00,hello\n", "[2024-01-01 12:00:00] <ada> hello: you\n", "1/2/3\n",
	} {
		h, err := importer.ReadHead(importertest.FileOf("x.txt", []byte(s)), importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if m := (whatsapp.Format{}).Detect(h); m.Score > 40 {
			t.Errorf("%q: %+v", s, m)
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, s := range []string{
		"1/1/21, 12:00 - Ada: one\nmore\n13/1/21, 12:00 - \"x: y\n", "\u200e[15-01-20 02:22:56] A: \u200eimage omitted", "15.04.2016, 3:04\u202fPM - A: x (file attached)",
	} {
		f.Add([]byte(s))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, whatsapp.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, whatsapp.Format{}, (importertest.Case{File: "testdata/us12.txt"}).Bytes(b), 2000)
}
