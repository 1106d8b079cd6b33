package analytics

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/assets"
	"vedette/backend/columns"
	"vedette/backend/model"
)

var update = flag.Bool("update", false, "write the golden files anew")

// view makes a view of rows; ids, platform, kind and the like are filled in.
func view(t testing.TB, rows []model.FacetRow) *columns.View {
	t.Helper()
	table := columns.New()
	for i := range rows {
		r := &rows[i]
		r.ID = int64(i + 1)
		if r.Platform == "" {
			r.Platform = "x"
		}
		if r.Type == "" {
			r.Type = model.PageSocial
		}
		if r.Kind == "" {
			r.Kind = model.KindPost
		}
		if r.Time == 0 {
			r.Time = model.MissingTime
		}
	}
	if err := table.Append(rows); err != nil {
		t.Fatal(err)
	}
	return table.View()
}

func at(s string) int64 {
	t, err := time.Parse(time.RFC3339, s)
	if err != nil {
		panic(err)
	}
	return t.Unix()
}

func zone(t testing.TB, name string) *time.Location {
	t.Helper()
	z, err := time.LoadLocation(name)
	if err != nil {
		t.Fatal(err)
	}
	return z
}

func bits(ords ...uint32) *roaring.Bitmap { return roaring.BitmapOf(ords...) }

// randomRows gives n varied posts over the given days, always the same ones.
func randomRows(n, days int, seed uint64) []model.FacetRow {
	r := rand.New(rand.NewPCG(seed, 1))
	start := at("2024-03-01T00:00:00Z")
	platforms := []string{"x", "reddit", "bluesky", "feed"}
	langs := []string{"en", "es", "de", "und", ""}
	polarity := []model.Polarity{model.PolarityNegative, model.PolarityNeutral, model.PolarityPositive, model.PolarityUnknown, ""}
	rows := make([]model.FacetRow, n)
	for i := range rows {
		row := &rows[i]
		row.Time = start + r.Int64N(int64(days)*86400)
		if r.IntN(50) == 0 {
			row.Time = model.MissingTime
		}
		row.Platform = platforms[min(r.IntN(8), 3)]
		row.Lang = langs[r.IntN(len(langs))]
		row.Type = model.PageTypes[r.IntN(len(model.PageTypes))]
		author := min(r.IntN(n), r.IntN(n))
		row.Author = fmt.Sprintf("%s:%d", row.Platform, author)
		row.AuthorHandle = fmt.Sprintf("user%d", author)
		if r.IntN(3) > 0 {
			row.Followers = model.Known(r.Int64N(5000))
			row.Counts = model.Counts{Likes: model.Known(r.Int64N(90)), Comments: model.Known(r.Int64N(9))}
		}
		row.Polarity = polarity[r.IntN(len(polarity))]
		switch row.Polarity {
		case model.PolarityNegative, model.PolarityNeutral, model.PolarityPositive:
			row.Sentiment = float64(r.IntN(20001)-10000) / 10000
		}
		for range r.IntN(3) {
			row.Hashtags = append(row.Hashtags, fmt.Sprintf("tag%d", r.IntN(400)))
		}
		if r.IntN(4) == 0 {
			row.Domains = []string{fmt.Sprintf("site%d.example", r.IntN(60))}
		}
	}
	return rows
}

// golden compares bytes with a file of testdata.
func golden(t *testing.T, name string, got []byte) {
	t.Helper()
	path := filepath.Join("testdata", name)
	if *update {
		if err := os.WriteFile(path, append(got, '\n'), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if string(got)+"\n" != string(want) {
		t.Errorf("%s differs:\n got %s\nwant %s", name, got, want)
	}
}

// faultCode is the code of the Fault in err, "" when there is none.
func faultCode(err error) string {
	var f *model.Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}

func compute(t testing.TB, v *columns.View, sel *roaring.Bitmap, kind string, params map[string]string, subjects ...SubjectPosts) any {
	t.Helper()
	r, err := Compute(context.Background(), model.RunSpec{Kind: kind, Params: params}, Inputs{
		View: v, Selection: sel, Subjects: subjects, Automation: assets.AutomationModel, StopWords: assets.StopWords,
	})
	if err != nil {
		t.Fatalf("%s: %v", kind, err)
	}
	return r
}
