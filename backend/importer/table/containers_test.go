package table

import (
	"bytes"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/parquet-go/parquet-go"
	"github.com/xuri/excelize/v2"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

// harbourBook is a workbook with a cover sheet, rows before the header, dates by
// number format, and an id whose digits were lost.
func harbourBook(t testing.TB) []byte {
	t.Helper()
	f := excelize.NewFile()
	must := func(err error) {
		t.Helper()
		if err != nil {
			t.Fatal(err)
		}
	}
	must(f.SetCellValue("Sheet1", "A1", "A cover"))
	_, err := f.NewSheet("Posts")
	must(err)
	_, err = f.NewSheet("Notes")
	must(err)
	rows := [][]any{
		{"Harbour monitor, January"},
		{"id", "text", "when", "likes"},
		{"9007199254740993", "Fog & rain", 45322.5, 3},
		{"2", "Ships wait", "31.01.2024 14:00", "1,234"},
		{1.2345678901234568e18, "A number for an id", 45323, nil},
		{"Total", nil, nil, 1237},
	}
	for i, r := range rows {
		must(f.SetSheetRow("Posts", fmt.Sprintf("A%d", i+1), &r))
	}
	style, err := f.NewStyle(&excelize.Style{NumFmt: 22})
	must(err)
	must(f.SetCellStyle("Posts", "C3", "C5", style))
	var b bytes.Buffer
	must(f.Write(&b))
	return b.Bytes()
}

func bookOptions() importer.Options {
	o := simple("id", "text", "when")
	o.Profile.Header = nil
	o.Profile.Fields["counts.likes"] = importer.Field{From: []string{"likes"}}
	return o
}

func TestBook(t *testing.T) {
	data := harbourBook(t)
	o := bookOptions()
	importertest.Run(t, formatWithProfile{}, []importertest.Case{{Name: "book", Data: data, Accepted: 3, Rejected: 1, Options: o, Binary: true, Partial: true}})
	got := read(t, string(data), o)
	p := got.Posts()
	if p[0].UID() != "p:9007199254740993" || !p[0].Created.Time.Equal(time.Date(2024, 1, 31, 12, 0, 0, 0, time.UTC)) || p[0].Counts.Likes != model.Known(3) {
		t.Errorf("%+v", p[0])
	}
	if !p[1].Created.Time.Equal(time.Date(2024, 1, 31, 14, 0, 0, 0, time.UTC)) || p[1].Counts.Likes != model.Known(1234) || !strings.HasPrefix(p[2].NativeID, "content-") || !p[2].Counts.Likes.IsZero() {
		t.Errorf("%+v %+v", p[1], p[2])
	}
	if a := got.Assumed; a["sheet"] != "Posts" || a["other_sheets"] != "not read: Sheet1, Notes" || a["ids_with_lost_digits"] != "1" || a["preamble"] == "" {
		t.Errorf("assumed %v", a)
	}
	r := got.Records[0]
	if r.Locator.Row != 3 || r.Locator.HasRange() || string(r.Raw) != `{"id":"9007199254740993","text":"Fog & rain","when":"2024-01-31 12:00:00","likes":"3"}` {
		t.Errorf("%+v %s", r.Locator, r.Raw)
	}
	if got.Rejects()[0].Code != "totals_row" {
		t.Errorf("%+v", got.Rejects())
	}
}

func TestBooksAreRecognised(t *testing.T) {
	var need *importer.NeedsMapping
	_, _, err := importer.Detect([]importer.Format{Format{}}, importertest.FileOf("b.xlsx", harbourBook(t)), importer.Options{})
	if !errors.As(err, &need) || fmt.Sprint(need.Columns) != "[id text when likes]" {
		t.Errorf("%v", err)
	}
	f := excelize.NewFile()
	for i, r := range [][]any{{"Source", "Target"}, {"a", "b"}} {
		if err := f.SetSheetRow("Sheet1", fmt.Sprintf("A%d", i+1), &r); err != nil {
			t.Fatal(err)
		}
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	var refused *importer.Refused
	if _, _, err = importer.Detect([]importer.Format{Format{}}, importertest.FileOf("b.xlsx", b.Bytes()), importer.Options{}); !errors.As(err, &refused) || !strings.Contains(refused.Reason, "edges") {
		t.Errorf("%v", err)
	}
}

func TestRealBooks(t *testing.T) {
	for _, name := range realData(t, "tables/*.xlsx") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		_, _, err = importer.Detect([]importer.Format{Format{}}, importertest.FileOf(filepath.Base(name), data), importer.Options{})
		var refused *importer.Refused
		var need *importer.NeedsMapping
		if !errors.As(err, &refused) && !errors.As(err, &need) {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
		if strings.HasPrefix(filepath.Base(name), "encrypt") && (refused == nil || !strings.Contains(refused.Reason, "password")) {
			t.Errorf("%s: %v", filepath.Base(name), err)
		}
		var fault *model.Fault
		if _, err := importertest.Read(t.Context(), Format{}, name, data, importer.Options{}); !errors.As(err, &fault) || fault.Params["message"] == "" {
			t.Errorf("%s: read without a mapping: %v", filepath.Base(name), err)
		}
	}
}

type parquetPost struct {
	URI    string   `parquet:"uri"`
	Text   string   `parquet:"text"`
	Langs  []string `parquet:"langs,list"`
	Likes  *int64   `parquet:"likes,optional"`
	Author struct {
		Handle string `parquet:"handle"`
	} `parquet:"author"`
	At time.Time `parquet:"at,timestamp(microsecond)"`
}

func TestParquet(t *testing.T) {
	three := int64(3)
	rows := []parquetPost{
		{URI: "at://did:plc:a/app.bsky.feed.post/1", Text: "Fog", Langs: []string{"en", "no"}, Likes: &three, At: time.Date(2024, 1, 31, 10, 0, 0, 5000, time.UTC)},
		{URI: "at://did:plc:a/app.bsky.feed.post/2", Text: "Rain", At: time.Date(2024, 1, 31, 11, 0, 0, 0, time.UTC)},
	}
	rows[0].Author.Handle = "jana.example"
	var b bytes.Buffer
	w := parquet.NewGenericWriter[parquetPost](&b)
	if _, err := w.Write(rows); err != nil {
		t.Fatal(err)
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	p := &Profile{Name: "n", Platform: "bluesky", Type: model.PageSocial, Fields: map[string]importer.Field{
		"id": {From: []string{"uri"}}, "text": {From: []string{"text"}}, "created": {From: []string{"at"}}, "author.handle": {From: []string{"author.handle"}},
		"counts.likes": {From: []string{"likes"}}, "hashtags": {From: []string{"langs"}},
	}}
	o := importer.Options{Profile: p}
	importertest.Run(t, formatWithProfile{}, []importertest.Case{{Name: "parquet", Data: b.Bytes(), Accepted: 2, Options: o, Binary: true, Partial: true}})
	got := read(t, b.String(), o)
	one, two := got.Posts()[0], got.Posts()[1]
	if one.URL != "https://bsky.app/profile/jana.example/post/1" || one.Author.UID() != "bluesky:did:plc:a" || len(one.Hashtags) != 2 || one.Counts.Likes != model.Known(3) || one.Created.Zone != model.ZoneStated {
		t.Errorf("%+v", one)
	}
	if !two.Counts.Likes.IsZero() || two.Author.NativeID != "did:plc:a" || two.URL != "https://bsky.app/profile/did:plc:a/post/2" {
		t.Errorf("%+v", two)
	}
	if r := got.Records[0]; r.Locator.Row != 1 || !strings.HasPrefix(string(r.Raw), `{"uri":"at://did:plc:a/app.bsky.feed.post/1","text":"Fog","langs":["en","no"],"likes":"3","author.handle":`) {
		t.Errorf("%+v %s", r.Locator, r.Raw)
	}
}

func TestRealParquet(t *testing.T) {
	want := map[string]struct {
		profile string
		rows    int
	}{"posts.parquet": {"bluesky-posts/1", 8959}, "archive.parquet": {"bluesky-archive/1", 1413}, "corpus.parquet": {"bluesky-corpus/1", 498}, "feed_posts.parquet": {"bluesky-feeds/1", 749}}
	for _, name := range realData(t, "posts/bluesky-datascience/*/data/*.parquet") {
		data, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		w := want[filepath.Base(name)]
		got := read(t, string(data), importer.Options{})
		if len(got.Posts()) != w.rows || len(got.Rejects()) > 0 || got.Assumed["profile"] != w.profile || len(got.Fields) > 0 {
			t.Errorf("%s: %d posts, %d rejected, %v, unknown %v", filepath.Base(name), len(got.Posts()), len(got.Rejects()), got.Assumed, got.Fields)
		}
		for _, p := range got.Posts() {
			if !strings.HasPrefix(p.NativeID, "at://") || p.Author.NativeID == "" || p.Created.Zone != model.ZoneStated || p.URL == "" || p.Kind == model.KindPost && p.Text == "" {
				t.Fatalf("%s: %+v", filepath.Base(name), p)
			}
		}
	}
}
