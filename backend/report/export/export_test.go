package export_test

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"errors"
	"iter"
	"reflect"
	"strings"
	"testing"

	"github.com/xuri/excelize/v2"

	"vedette/backend/model"
	"vedette/backend/report/export"
)

var errBroken = errors.New("broken")

func posts(list []model.PostView, err error) iter.Seq2[model.PostView, error] {
	return func(yield func(model.PostView, error) bool) {
		for _, p := range list {
			if !yield(p, nil) {
				return
			}
		}
		if err != nil {
			yield(model.PostView{}, err)
		}
	}
}

func sample() []model.PostView {
	score := -0.25
	return []model.PostView{
		{
			ID: "1", UID: "x:1790000000000000001", Platform: "x", Text: "=HYPERLINK(\"http://example.org\") <b>&\n🧿 日本", Visibility: model.VisibilityPublic,
			Author: model.AuthorView{Handle: "@ana", Name: "+34 600", Followers: model.Known(0)}, Counts: model.Counts{Likes: model.Known(12)}, Sentiment: &score,
			Place: &model.Place{Name: "-Madrid", HasPoint: true, Lat: 40.4, Lon: -3.7}, SHA256: "00ff",
		},
		{ID: "2", UID: "x:2", Text: "secret", Visibility: model.VisibilityDirect},
		{ID: "3", UID: "x:3", Text: " \t=1+1", Title: "\tcmd", Visibility: model.VisibilityUnlisted, Marks: model.Marks{Note: "@sum", Labels: []string{"a", "b"}}},
		{ID: "4", UID: "x:4", Text: "private", Visibility: model.VisibilityPrivate},
	}
}

func TestCSV(t *testing.T) {
	var b bytes.Buffer
	s, err := export.CSV(&b, posts(sample(), nil), export.Options{})
	if err != nil || s != (export.Stats{Posts: 2, Excluded: 2}) {
		t.Fatalf("%+v, %v", s, err)
	}
	text, ok := strings.CutPrefix(b.String(), "\ufeff")
	if !ok {
		t.Error("no byte order mark")
	}
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := cells(rows)
	for _, c := range [][3]string{
		{"1", "id", "1"},
		{"1", "uid", "x:1790000000000000001"},
		{"1", "text", "'=HYPERLINK(\"http://example.org\") <b>&\n🧿 日本"},
		{"1", "author_handle", "'@ana"},
		{"1", "author_name", "'+34 600"},
		{"1", "author_followers", "0"},
		{"1", "likes", "12"},
		{"1", "comments", ""},
		{"1", "views", ""},
		{"1", "engagement", "12"},
		{"1", "sentiment", "-0.25"},
		{"1", "place", "'-Madrid"},
		{"1", "lon", "-3.7"},
		{"2", "text", "' \t=1+1"},
		{"2", "title", "'\tcmd"},
		{"2", "note", "'@sum"},
		{"2", "labels", "a; b"},
		{"2", "engagement", ""},
		{"2", "lat", ""},
	} {
		if got := cell(c[0], c[1]); got != c[2] {
			t.Errorf("row %s %s: got %q, want %q", c[0], c[1], got, c[2])
		}
	}
}

// cells looks values up by row number and heading.
func cells(rows [][]string) func(row, name string) string {
	return func(row, name string) string {
		for i, h := range rows[0] {
			if h == name && i < len(rows[row[0]-'0']) {
				return rows[row[0]-'0'][i]
			}
		}
		return ""
	}
}

func TestJSONL(t *testing.T) {
	var b bytes.Buffer
	s, err := export.JSONL(&b, posts(sample(), nil), export.Options{IncludePrivate: true})
	if err != nil || s != (export.Stats{Posts: 4}) {
		t.Fatalf("%+v, %v", s, err)
	}
	if !strings.Contains(b.String(), "<b>&") {
		t.Error("the text is escaped")
	}
	d := json.NewDecoder(&b)
	for _, want := range sample() {
		var got model.PostView
		if err := d.Decode(&got); err != nil || !reflect.DeepEqual(got, want) {
			t.Errorf("got %+v, %v, want %+v", got, err, want)
		}
	}
}

func TestXLSX(t *testing.T) {
	list := sample()
	list[2].Text = strings.Repeat("🧿", 20000) + "\x00"
	var b bytes.Buffer
	s, err := export.XLSX(&b, posts(list, nil), export.Options{})
	if err != nil || s != (export.Stats{Posts: 2, Excluded: 2}) {
		t.Fatalf("%+v, %v", s, err)
	}
	f, err := excelize.OpenReader(&b)
	if err != nil {
		t.Fatal(err)
	}
	if p, err := f.GetDocProps(); err != nil || p.Creator != "Vedette" || p.LastModifiedBy != "Vedette" {
		t.Errorf("the workbook says of itself %+v, %v", p, err)
	}
	rows, err := f.GetRows("posts")
	if err != nil || len(rows) != 3 {
		t.Fatalf("%d rows, %v", len(rows), err)
	}
	cell := cells(rows)
	for _, c := range [][3]string{
		{"1", "uid", "x:1790000000000000001"},
		{"1", "text", "'=HYPERLINK(\"http://example.org\") <b>&\n🧿 日本"},
		{"1", "likes", "12"},
		{"1", "comments", ""},
		{"1", "author_followers", "0"},
		{"2", "title", "'\tcmd"},
		{"2", "sha256", ""},
	} {
		if got := cell(c[0], c[1]); got != c[2] {
			t.Errorf("row %s %s: got %q, want %q", c[0], c[1], got, c[2])
		}
	}
	if got := cell("2", "text"); !strings.HasSuffix(got, "…") || len([]rune(got)) != 16384 {
		t.Errorf("long text was not cut: %d runes", len([]rune(got)))
	}
	if kind, err := f.GetCellType("posts", "A2"); err != nil || kind != excelize.CellTypeInlineString && kind != excelize.CellTypeSharedString {
		t.Errorf("an id is not text: %v, %v", kind, err)
	}
}

// full refuses to take more than n bytes.
type full struct{ n int }

func (f *full) Write(b []byte) (int, error) {
	if f.n -= len(b); f.n < 0 {
		return 0, errBroken
	}
	return len(b), nil
}

func TestErrorsAreReported(t *testing.T) {
	type write func() (export.Stats, error)
	for name, f := range map[string]write{
		"csv read": func() (export.Stats, error) {
			return export.CSV(&bytes.Buffer{}, posts(sample(), errBroken), export.Options{})
		},
		"xlsx read": func() (export.Stats, error) {
			return export.XLSX(&bytes.Buffer{}, posts(sample(), errBroken), export.Options{})
		},
		"jsonl read": func() (export.Stats, error) {
			return export.JSONL(&bytes.Buffer{}, posts(sample(), errBroken), export.Options{})
		},
		"csv write":   func() (export.Stats, error) { return export.CSV(&full{10}, posts(sample(), nil), export.Options{}) },
		"xlsx write":  func() (export.Stats, error) { return export.XLSX(&full{10}, posts(sample(), nil), export.Options{}) },
		"jsonl write": func() (export.Stats, error) { return export.JSONL(&full{10}, posts(sample(), nil), export.Options{}) },
	} {
		if _, err := f(); !errors.Is(err, errBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}
