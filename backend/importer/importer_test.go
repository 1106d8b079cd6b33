package importer_test

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// lines is a small format: objects with an id.
type lines struct {
	name  string
	match importer.Match
}

func (l lines) Name() string                        { return l.name }
func (lines) Version() string                       { return "1" }
func (l lines) Detect(importer.Head) importer.Match { return l.match }

func (lines) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	return importer.JSON{Unit: func(v jsonscan.Value, b *importer.Batch) {
		if !b.Check(v) {
			return
		}
		id := v.Get("id").Text()
		switch id {
		case "panic":
			panic("a defect")
		case "":
			b.Unknown("odd." + v.Get("odd").Text())
			b.Reject(v, importer.RejectNoID, "There is no id.")
		default:
			b.Post(v, &model.Post{Platform: "test", NativeID: id, Kind: model.KindPost, PageType: model.PageOther, Visibility: model.VisibilityPublic, Text: v.Get("text").Text()})
		}
	}}.Read(ctx, f, o, s)
}

func TestDetect(t *testing.T) {
	weak := lines{"weak", importer.Match{Score: 30, Why: "perhaps"}}
	sure := lines{"sure", importer.Match{Score: 90, Why: "yes"}}
	also := lines{"also", importer.Match{Score: 90, Why: "yes"}}
	not := lines{"not", importer.Match{Score: 99, Why: "no posts", Refuse: "it is a list of users."}}
	none := lines{"none", importer.Match{Why: "no braces"}}
	file := importertest.FileOf("a.json", []byte("{}"))

	got, attempts, err := importer.Detect([]importer.Format{none, weak, sure, also}, file, importer.Options{})
	if err != nil || got.Name() != "sure" || len(attempts) != 4 {
		t.Errorf("got %v, %v, %v", got, attempts, err)
	}
	var fault *model.Fault
	_, _, err = importer.Detect([]importer.Format{sure, not}, file, importer.Options{})
	var refused *importer.Refused
	if !errors.As(err, &refused) || !errors.As(err, &fault) || fault.Code != "not_posts" || !strings.Contains(err.Error(), "list of users") {
		t.Errorf("refused: %v", err)
	}
	_, _, err = importer.Detect([]importer.Format{none}, file, importer.Options{})
	var unknown *importer.Unrecognised
	if !errors.As(err, &unknown) || len(unknown.Attempts) != 1 || !errors.As(err, &fault) || fault.Code != "format_unrecognised" || !strings.Contains(err.Error(), "none (no braces)") {
		t.Errorf("unrecognised: %v", err)
	}
	got, _, err = importer.Detect([]importer.Format{sure, not}, file, importer.Options{Format: "not"})
	if err != nil || got.Name() != "not" {
		t.Errorf("chosen by name: %v %v", got, err)
	}
	for code, o := range map[string]importer.Options{"format_unknown": {Format: "x"}, "encoding_unknown": {Encoding: "x"}} {
		if _, _, err = importer.Detect([]importer.Format{sure}, file, o); !errors.As(err, &fault) || fault.Code != code {
			t.Errorf("%s: %v", code, err)
		}
	}
	if _, _, err = importer.Detect([]importer.Format{sure}, importertest.FileOf("e", nil), importer.Options{}); !errors.As(err, &fault) || fault.Code != "file_empty" {
		t.Errorf("empty: %v", err)
	}
}

func TestOptionsKeepTheirJSON(t *testing.T) {
	zone, err := time.LoadLocation("Europe/Lisbon")
	if err != nil {
		t.Fatal(err)
	}
	o := importer.Options{Zone: zone, DateOrder: "dmy", Encoding: "latin1", MaxRecord: 5, IncludePrivate: true, Format: "x", Workers: 3}
	b, err := json.Marshal(o)
	if err != nil {
		t.Fatal(err)
	}
	var back importer.Options
	if err := json.Unmarshal(b, &back); err != nil {
		t.Fatal(err)
	}
	o.Workers = 0
	if back.Zone.String() != "Europe/Lisbon" || fmt.Sprint(back) != fmt.Sprint(o) {
		t.Errorf("%+v, want %+v", back, o)
	}
	if err := json.Unmarshal([]byte(`{"zone":"Nowhere/Land"}`), &back); err == nil {
		t.Error("an unknown zone is no error")
	}
}

func TestManyRecordsComeInOrder(t *testing.T) {
	var in bytes.Buffer
	for i := range 20000 {
		fmt.Fprintf(&in, "{\"id\":\"%d\",\"text\":\"%s\"}\n", i, strings.Repeat("x", i%90))
		if i%1000 == 0 {
			fmt.Fprintf(&in, "{\"odd\":\"%d\"}\n", i)
		}
	}
	c, err := importertest.Read(t.Context(), lines{}, "many", in.Bytes(), importer.Options{Workers: 4})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, in.Bytes(), c)
	if len(c.Posts()) != 20000 || len(c.Rejects()) != 20 || c.Done != int64(in.Len()) {
		t.Fatalf("%d posts, %d rejected, %d bytes of %d", len(c.Posts()), len(c.Rejects()), c.Done, in.Len())
	}
	for i, p := range c.Posts() {
		if p.NativeID != fmt.Sprint(i) {
			t.Fatalf("post %d is %s", i, p.NativeID)
		}
	}
}

func TestUnknownFieldsAreBounded(t *testing.T) {
	var in bytes.Buffer
	for i := range 3000 {
		fmt.Fprintf(&in, "{\"odd\":\"%d\"}\n", i)
	}
	c, err := importertest.Read(t.Context(), lines{}, "odd", in.Bytes(), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Fields) != 1001 || c.Fields["(others)"] != 2000 {
		t.Errorf("%d fields told apart, %d others", len(c.Fields), c.Fields["(others)"])
	}
}

func TestPanicInAReaderEndsTheImport(t *testing.T) {
	c, err := importertest.Read(t.Context(), lines{}, "p", []byte("{\"id\":\"1\"}\n{\"id\":\"panic\"}\n{\"id\":\"2\"}\n"), importer.Options{})
	if err == nil || !strings.Contains(err.Error(), "a defect") || len(c.Records) != 1 {
		t.Errorf("%d records, %v", len(c.Records), err)
	}
}

// broken fails to be read behind a place.
type broken struct {
	r  *bytes.Reader
	at int64
}

var errDisk = errors.New("the disk is gone")

func (b broken) ReadAt(p []byte, off int64) (int, error) {
	if off+int64(len(p)) > b.at {
		n, _ := b.r.ReadAt(p[:max(0, b.at-off)], off)
		return n, errDisk
	}
	return b.r.ReadAt(p, off)
}

func TestReadErrorIsNotTakenForTheEnd(t *testing.T) {
	data := bytes.Repeat([]byte("{\"id\":\"1\"}\n"), 100000)
	f := importer.File{Name: "usb", Size: int64(len(data)), R: broken{bytes.NewReader(data), 800000}}
	c := &importertest.Collected{}
	err := lines{}.Read(t.Context(), f, importer.Options{}, c)
	if !errors.Is(err, errDisk) || len(c.Records) == 0 {
		t.Errorf("%d records, %v", len(c.Records), err)
	}
}

func TestCharacterSets(t *testing.T) {
	const text = "{\"id\":\"1\",\"text\":\"caf\u00e9\"}\n{\"id\":\"2\",\"text\":\"\u00e3o, \u00e0s, j\u00e1, p\u00e9, \u00e9\"}\n"
	latin := make([]byte, 0, len(text))
	for _, r := range text {
		latin = append(latin, byte(r))
	}
	for name, in := range map[string][]byte{
		"utf-8 with a mark": []byte("\xef\xbb\xbf" + text), "utf-16le": importertest.UTF16(text, false, true),
		"utf-16be": importertest.UTF16(text, true, true), "windows-1252": latin,
	} {
		c, err := importertest.Read(t.Context(), lines{}, name, in, importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		importertest.CheckRecords(t, in, c)
		if p := c.Posts(); len(p) != 2 || p[0].Text != "café" || p[1].Text != "ão, às, já, pé, é" || !c.Records[1].Locator.HasRange() {
			t.Errorf("%s: %+v", name, c.Records)
		}
		if name == "windows-1252" && c.Assumed["encoding"] != name {
			t.Errorf("the guess was not said: %v", c.Assumed)
		}
	}
}

func TestRecordTooLong(t *testing.T) {
	in := []byte("{\"id\":\"1\"}\n{\"id\":\"2\",\"text\":\"" + strings.Repeat("x", 2<<20) + "\"}\n{\"id\":\"3\"}\n")
	c, err := importertest.Read(t.Context(), lines{}, "long", in, importer.Options{MaxRecord: 1 << 20})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, in, c)
	if len(c.Posts()) != 2 || len(c.Rejects()) != 1 {
		t.Fatalf("%d posts, %d rejected", len(c.Posts()), len(c.Rejects()))
	}
	r := c.Records[1]
	if r.Reject == nil || r.Reject.Code != importer.RejectTooLong || !strings.Contains(r.Reject.Reason, "byte 11 is 2097172 bytes") || len(r.Raw) != 64<<10 {
		t.Errorf("%+v, %d raw bytes", r.Reject, len(r.Raw))
	}
}

func TestInstants(t *testing.T) {
	value := func(s string) jsonscan.Value { return jsonscan.Value{Raw: []byte(s)} }
	for in, want := range map[string]string{
		"1675245600": "2023-02-01T10:00:00Z", "1675245600.25": "2023-02-01T10:00:00.25Z", `"1675245600"`: "2023-02-01T10:00:00Z",
		"1.6752456e9": "2023-02-01T10:00:00Z", "-1.5": "1969-12-31T23:59:58.5Z", "0": "1970-01-01T00:00:00Z",
	} {
		i := importer.Epoch(value(in))
		if got := i.Time.Format(time.RFC3339Nano); got != want || i.Zone != model.ZoneStated {
			t.Errorf("%s: %s %s, want %s", in, got, i.Zone, want)
		}
	}
	for _, in := range []string{"1e300", "99999999999999", `"NaN"`} {
		if i := importer.Epoch(value(in)); !i.Time.IsZero() || i.Zone != "" || i.Original == "" {
			t.Errorf("%s: %+v", in, i)
		}
	}
	for _, in := range []string{"null", "false", `"soon"`, "{}"} {
		if i := importer.Epoch(value(in)); !i.IsZero() {
			t.Errorf("%s: %+v", in, i)
		}
	}
	lisbon := time.FixedZone("", 3600)
	if i := importer.Local("2023-07-21T01:33:51.48", importer.Options{Zone: lisbon}); i.Zone != model.ZoneChosen || i.Time.Hour() != 0 {
		t.Errorf("chosen zone: %+v", i)
	}
	if i := importer.Local("2023-07-21 01:33:51", importer.Options{}); i.Zone != model.ZoneAssumed || i.Time.Hour() != 1 {
		t.Errorf("assumed zone: %+v", i)
	}
	if i := importer.Stated("2023-07-21T01:33:51+02:00"); i.Zone != model.ZoneStated || i.Time.Hour() != 23 {
		t.Errorf("stated zone: %+v", i)
	}
	if i := importer.Stated("late"); i != (model.Instant{Original: "late"}) {
		t.Errorf("unreadable: %+v", i)
	}
}

func BenchmarkJSONLines(b *testing.B) {
	line := []byte(`{"id":"1620000000000000001","text":"` + strings.Repeat("some words ", 35) + `","n":1,"o":{"a":[1,2,3]}}` + "\n")
	importertest.Bench(b, lines{}, line, 100000)
}
