package table

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func profileFile(t testing.TB, name string) *Profile {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	p, err := ParseProfile(b)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// formatWithProfile recognises by a profile, as a caller does who was given one.
type formatWithProfile struct{ Format }

func (formatWithProfile) Detect(importer.Head) importer.Match {
	return importer.Match{Score: 100, Why: "chosen"}
}

func TestConformance(t *testing.T) {
	importertest.Run(t, Format{}, []importertest.Case{
		{Name: "reddit-top", File: "testdata/reddit.csv", Accepted: 2, Golden: "testdata/reddit.golden.json", Partial: true},
		{Name: "edges", Data: []byte("Source,Target,Weight\na,b,1\nb,c,2\n"), Refused: "edges"},
		{Name: "accounts", Data: []byte("id,username,followers_count\n1,a,2\n2,b,3\n"), Refused: "accounts"},
	})
	importertest.Run(t, formatWithProfile{}, []importertest.Case{
		{
			Name: "tsv", File: "testdata/harbour.tsv", Accepted: 2, Golden: "testdata/harbour.golden.json", Partial: true,
			Options: importer.Options{Profile: profileFile(t, "testdata/mapping.json")},
		},
		{
			Name: "lines", File: "testdata/lines.jsonl", Accepted: 2, Golden: "testdata/lines.golden.json",
			Options: importer.Options{Profile: profileFile(t, "testdata/lines.mapping.json")},
		},
	})
}

func read(t *testing.T, data string, o importer.Options) *importertest.Collected {
	t.Helper()
	got, err := importertest.Read(t.Context(), Format{}, "t.csv", []byte(data), o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(data), got)
	return got
}

// simple maps columns id, text and when.
func simple(header ...string) importer.Options {
	p := &Profile{Name: "simple", Header: header, Platform: "p", Fields: map[string]importer.Field{"id": {From: []string{"id"}}, "text": {From: []string{"text"}}}}
	for _, h := range header {
		if h == "when" {
			p.Fields["created"] = importer.Field{From: []string{"when"}}
		}
	}
	return importer.Options{Profile: p}
}

func TestMappedFields(t *testing.T) {
	b, err := os.ReadFile("testdata/harbour.tsv")
	if err != nil {
		t.Fatal(err)
	}
	got := read(t, string(b), importer.Options{Profile: profileFile(t, "testdata/mapping.json")})
	one, two := got.Posts()[0], got.Posts()[1]
	if one.UID() != "harbour:n1" || one.Text != "Fog & rain" || one.URL != "https://harbour.example/1" || one.Kind != model.KindPost || two.Kind != model.KindComment {
		t.Errorf("%+v", one)
	}
	// 13/1 proves that the day comes first; Oslo is an hour ahead of UTC.
	if !one.Created.Time.Equal(time.Date(2024, 1, 3, 13, 5, 0, 0, time.UTC)) || one.Created.Zone != model.ZoneChosen {
		t.Errorf("created %+v", one.Created)
	}
	if !two.Created.Time.Equal(time.Date(2024, 1, 13, 13, 5, 0, 0, time.UTC)) || two.Refs.ReplyTo != "harbour:n1" || !two.Counts.Likes.IsZero() {
		t.Errorf("%+v", two)
	}
	if one.Author.UID() != "harbour:@janao" || one.Author.Handle != "JanaO" || fmt.Sprint(one.Hashtags) != "[fog rain]" || one.Counts.Likes != model.Known(1234) {
		t.Errorf("%+v", one)
	}
	if got.Assumed["profile"] != "harbour-monitor/2" || !strings.HasPrefix(got.Assumed["date_order"], "dmy") {
		t.Errorf("assumed %v", got.Assumed)
	}
}

func TestJSONLines(t *testing.T) {
	b, err := os.ReadFile("testdata/lines.jsonl")
	if err != nil {
		t.Fatal(err)
	}
	o := importer.Options{Profile: profileFile(t, "testdata/lines.mapping.json")}
	array := "[" + strings.Replace(strings.TrimSpace(string(b)), "\n", ",\n", 1) + "]"
	for _, data := range []string{string(b), array} {
		got := read(t, data, o)
		one, two := got.Posts()[0], got.Posts()[1]
		if one.NativeID != "9007199254740993" || one.Author.Followers != model.Known(12) || fmt.Sprint(one.Hashtags) != "[fog sea]" || one.Counts.Likes != model.Known(3) {
			t.Errorf("%+v", one)
		}
		if !two.Counts.Likes.IsZero() || !two.Created.Time.Equal(time.Date(2024, 1, 3, 12, 5, 0, 0, time.UTC)) || got.Fields["extra"] != 1 {
			t.Errorf("%+v, unknown %v", two, got.Fields)
		}
	}
}

func TestRaggedAndBrokenRows(t *testing.T) {
	data := strings.Join([]string{
		`id,text,when`,
		`1,fine,2024-01-01`,
		`2,short`,
		``,
		`3,too,many,cells`,
		`4,extra empty,2024-01-01,`,
		`id,text,when`,
		`5`,
		`,no id,2024-01-01`,
		`6,"opened and never closed,2024-01-01`,
		`7,after,2024-01-01`,
		`8,cut`,
	}, "\n")
	got := read(t, data, simple("id", "text", "when"))
	var codes, ids []string
	for _, r := range got.Records {
		if r.Reject != nil {
			codes = append(codes, fmt.Sprintf("%d %s", r.Locator.Row, r.Reject.Code))
		} else {
			ids = append(ids, fmt.Sprintf("%d %s", r.Locator.Row, r.Post.NativeID))
		}
	}
	if s := strings.Join(codes, ", "); s != "5 too_many_cells, 7 repeated_header, 8 too_few_cells, 9 no_id, 10 unclosed_quote, 12 truncated" {
		t.Errorf("rejected %s", s)
	}
	if s := strings.Join(ids, ", "); s != "2 1, 3 2, 6 4, 11 7" {
		t.Errorf("accepted %s", s)
	}
	if !strings.HasPrefix(got.Assumed["short_rows"], "1 rows") {
		t.Errorf("assumed %v", got.Assumed)
	}
}

func TestRowsThatAreTooLong(t *testing.T) {
	long := strings.Repeat("x", 5000)
	data := "id,text\n1,a\n2," + long + "\n3,\"" + long + "\"\n4,b\n"
	o := simple("id", "text")
	o.MaxRecord = 1000
	got := read(t, data, o)
	if len(got.Posts()) != 2 || len(got.Rejects()) != 2 || got.Rejects()[0].Code != "record_too_long" {
		t.Errorf("%d posts, %+v", len(got.Posts()), got.Rejects())
	}
	data = "id,text\n1,a\n2,\"" + strings.Repeat("line\n", 5000) + "\"\n3,b\n"
	got = read(t, data, o)
	if p := got.Posts(); len(p) != 2 || p[1].NativeID != "3" {
		t.Errorf("a quoted cell over the limit: %d posts of %d records", len(p), len(got.Records))
	}
}

func TestDialects(t *testing.T) {
	base := "id,text,when\r\n1,\"a, \"\"b\"\"\nc\",2024-01-01\r\n2,d,2024-01-02\r\n"
	wide := []byte("\xff\xfe")
	for _, r := range base {
		wide = append(wide, byte(r), 0)
	}
	for name, data := range map[string]string{
		"comma": base, "semicolon": strings.ReplaceAll(strings.ReplaceAll(base, "a, ", "a_ "), ",", ";"), "tab": strings.ReplaceAll(strings.ReplaceAll(base, "a, ", "a_ "), ",", "\t"),
		"mark": "\xef\xbb\xbf" + base, "old Mac": strings.ReplaceAll(base, "\r\n", "\r"), "sep": "sep=,\r\n" + base, "utf-16": string(wide),
		"no last break": strings.TrimSuffix(base, "\r\n"), "text after quote": strings.Replace(base, "\nc\"", "\n\"c", 1),
	} {
		got := read(t, data, simple("id", "text", "when"))
		p := got.Posts()
		if len(p) != 2 || len(got.Rejects()) > 0 || !strings.HasSuffix(p[0].Text, " \"b\"\nc") && name != "old Mac" || p[1].Text != "d" {
			t.Errorf("%s: %d posts, %+v", name, len(p), got.Rejects())
			continue
		}
		if !got.Records[0].Locator.HasRange() || got.Records[0].Locator.Row == 0 {
			t.Errorf("%s: locator %+v", name, got.Records[0].Locator)
		}
	}
	sjis := []byte("id,text\n1,\x82\xa0\n")
	o := simple("id", "text")
	o.Encoding = "shift_jis"
	got, err := importertest.Read(t.Context(), Format{}, "t", sjis, o)
	if err != nil || got.Posts()[0].Text != "あ" || got.Records[0].Locator.HasRange() || got.Records[0].Locator.Row != 2 || string(got.Records[0].Raw) != "1,あ" {
		t.Errorf("Shift-JIS: %+v %v", got.Records, err)
	}
}

func TestDetect(t *testing.T) {
	detect := func(data string, o importer.Options) error {
		_, _, err := importer.Detect([]importer.Format{Format{}}, importertest.FileOf("t.csv", []byte(data)), o)
		return err
	}
	var need *importer.NeedsMapping
	if err := detect("id,text\n1,a\n2,b\n", importer.Options{}); !errors.As(err, &need) || fmt.Sprint(need.Columns) != "[id text]" {
		t.Errorf("table: %v", err)
	}
	if err := detect(`{"a":1,"b":{"c":2}}`+"\n"+`{"a":2}`, importer.Options{}); !errors.As(err, &need) || fmt.Sprint(need.Columns) != "[a b.c]" {
		t.Errorf("lines: %v", err)
	}
	if err := detect("id,text\n1,a\n", simple("id", "text")); err != nil {
		t.Errorf("with a profile: %v", err)
	}
	var unknown *importer.Unrecognised
	for _, data := range []string{"Dear all,\nthis is, you see,\na letter.\n", "just words", "<html>", "\x00\x01\x02"} {
		if err := detect(data, importer.Options{}); !errors.As(err, &unknown) {
			t.Errorf("%q: %v", data, err)
		}
	}
	var fault *model.Fault
	_, err := importertest.Read(t.Context(), Format{}, "t", []byte("a,b\n1,2\n"), simple("id", "text"))
	if !errors.As(err, &fault) || fault.Code != "profile_mismatch" {
		t.Errorf("a profile that does not fit: %v", err)
	}
}

func TestIDsFromContentAreStable(t *testing.T) {
	p := &Profile{Name: "n", Platform: "p", Fields: map[string]importer.Field{"text": {From: []string{"text"}}}}
	got := read(t, "text,x\nsame,1\nsame,2\nother,3\n", importer.Options{Profile: p})
	a := got.Posts()
	if a[0].NativeID != a[1].NativeID || a[0].NativeID == a[2].NativeID || got.Assumed["ids_made_from_content"] != "3" || got.Fields["x"] != 3 {
		t.Errorf("%q %q %q, %v, %v", a[0].NativeID, a[1].NativeID, a[2].NativeID, got.Assumed, got.Fields)
	}
}

func TestShippedProfiles(t *testing.T) {
	all := Shipped()
	if len(all) < 3 {
		t.Fatalf("%d profiles", len(all))
	}
	for _, p := range all {
		if p.Note == "" || p.Version < 1 || len(p.Header)+len(p.Required) == 0 {
			t.Errorf("%s: note, version or header is missing", p.Name)
		}
		b, err := json.Marshal(p)
		if err != nil {
			t.Fatal(err)
		}
		again, err := ParseProfile(b)
		if err != nil || fmt.Sprint(*again) != fmt.Sprint(p) {
			t.Errorf("%s does not survive being saved: %v", p.Name, err)
		}
		mapped := strings.Join(p.Ignore, "\n")
		for _, f := range p.Fields {
			mapped += "\n" + strings.Join(columnsOf(f), "\n")
		}
		for _, h := range p.Header {
			if !strings.Contains("\n"+mapped+"\n", "\n"+h+"\n") {
				t.Errorf("%s: column %q is neither mapped nor ignored", p.Name, h)
			}
		}
	}
}

func TestProfileMistakes(t *testing.T) {
	good := `{"name":"n","header":["a"],"platform":"p","fields":{"text":"a"}}`
	if _, err := ParseProfile([]byte(good)); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct{ from, to, says string }{
		{`"name":"n"`, `"name":" "`, "no name"},
		{`"platform":"p",`, ``, "platform"},
		{`{"text":"a"}`, `{}`, "no fields"},
		{`{"text":"a"}`, `{"id":"a"}`, "neither text nor title"},
		{`{"text":"a"}`, `{"text":"b"}`, `"b" is not in the header`},
		{`{"text":"a"}`, `{"text":"a","txet":"a"}`, "no post has a field"},
		{`{"text":"a"}`, `{"text":{"from":"a","const":"b"}}`, "exactly one"},
		{`{"text":"a"}`, `{"text":{"form":"a"}}`, "form"},
		{`{"text":"a"}`, `{"text":{"template":"x{"}}`, "template"},
		{`{"text":"a"}`, `{"text":{"template":"x{c}"}}`, `"c" is not in the header`},
		{`{"text":"a"}`, `{"text":{"from":"a","as":"unix"}}`, "cannot be read as"},
		{`{"text":"a"}`, `{"text":"a","created":{"from":"a","as":"layout"}}`, "no layouts"},
		{`{"text":"a"}`, `{"text":"a","counts.likes":{"from":"a","decimal":"x"}}`, "decimal"},
		{`"name":"n"`, `"name":"n","type":"weblog"`, "weblog"},
		{`"name":"n"`, `"name":"n","kind":"x"`, "kind"},
		{`"name":"n"`, `"name":"n","rows":"x"`, "rows"},
		{`"name":"n"`, `"name":"n","zone":"Mars/One"`, "zone"},
		{`"name":"n"`, `"name":"n","date_order":"myd"`, "date_order"},
		{`"name":"n"`, `"name":"n","nme":"x"`, "nme"},
		{`}}`, `}} {}`, "follows"},
	} {
		_, err := ParseProfile([]byte(strings.Replace(good, c.from, c.to, 1)))
		var f *model.Fault
		if !errors.As(err, &f) || f.Code != "profile_invalid" || !strings.Contains(err.Error(), c.says) {
			t.Errorf("%s: %v, want it to say %q", c.to, err, c.says)
		}
	}
}

func FuzzTable(f *testing.F) {
	for _, name := range []string{"reddit.csv", "harbour.tsv", "lines.jsonl"} {
		f.Add(importertest.Case{File: "testdata/" + name}.Bytes(f))
	}
	f.Add([]byte("id,text,when\n1,\"a\n2,\"\"\"b\"\n\"\"\"\n3"))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, Format{}, data) })
}

// fuzzFormat reads anything as a table with the columns id and text.
type fuzzFormat struct{ Format }

func (f fuzzFormat) Read(ctx context.Context, file importer.File, o importer.Options, s importer.Sink) error {
	o.Profile = simple().Profile
	return f.Format.Read(ctx, file, o, s)
}

func FuzzRows(f *testing.F) {
	f.Add([]byte("1,\"a\n2,\"\"\"b\"\n\"\"\"\n3"))
	f.Add([]byte("1;2\r3;4\r\n\"5\"x;6"))
	f.Add([]byte("\"" + strings.Repeat("a", 70) + "\n2,b\n3,c\n" + strings.Repeat("d", 70)))
	f.Fuzz(func(t *testing.T, data []byte) {
		importertest.Fuzz(t, fuzzFormat{}, append([]byte("id,text\n"), data...))
		// Every byte that is not white space belongs to exactly one row.
		r := newRowReader(bytes.NewReader(data), 0, ',', 64)
		var at int64
		for {
			rw, err := r.next()
			if err != nil {
				break
			}
			if rw.pos < at {
				t.Fatalf("row at %d begins before %d", rw.pos, at)
			}
			if gap := data[at:rw.pos]; len(bytes.TrimSpace(gap)) > 0 {
				t.Fatalf("the bytes %q are in no row", gap)
			}
			at = rw.pos + max(int64(len(rw.raw)), rw.length)
		}
		if len(bytes.TrimSpace(data[at:])) > 0 {
			t.Fatalf("the bytes %q at the end are in no row", data[at:])
		}
	})
}

func FuzzProfile(f *testing.F) {
	f.Add([]byte(`{"name":"n","header":["a"],"platform":"p","fields":{"text":"a","url":{"template":"x{a}{{"}}}`), "a\n1\n")
	f.Fuzz(func(t *testing.T, profile []byte, data string) {
		p, err := ParseProfile(profile)
		if err != nil {
			return
		}
		got, err := importertest.Read(t.Context(), Format{}, "f", []byte(data), importer.Options{Profile: p, MaxRecord: 4096})
		if err == nil {
			importertest.CheckRecords(t, []byte(data), got)
		}
	})
}

func BenchmarkReddit(b *testing.B) {
	p := Shipped()
	data := importertest.Case{File: "testdata/reddit.csv"}.Bytes(b)
	header, rows, _ := bytes.Cut(data, []byte("\n"))
	big := append(append(bytes.Clone(header), '\n'), bytes.Repeat(rows, 20_000)...)
	b.SetBytes(int64(len(big)))
	b.ReportAllocs()
	n := 0
	for b.Loop() {
		c, err := importertest.Read(b.Context(), Format{}, "bench", big, importer.Options{})
		if err != nil || len(p) == 0 {
			b.Fatal(err)
		}
		n += len(c.Records)
	}
	b.ReportMetric(float64(n)/b.Elapsed().Seconds(), "records/s")
}
