package analytics

import (
	"context"
	"slices"
	"sync"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// million is a case of a million posts over a year, made once.
var million = sync.OnceValue(func() *columns.View {
	table := columns.New()
	rows := randomRows(1_000_000, 365, 42)
	for i := range rows {
		rows[i].ID = int64(i + 1)
		rows[i].Kind = model.KindPost
	}
	for part := range slices.Chunk(rows, 10_000) {
		if err := table.Append(part); err != nil {
			panic(err)
		}
	}
	return table.View()
})

// dashboard is the twelve charts of a dashboard.
func dashboard(v *columns.View, sel *roaring.Bitmap, subjects []SubjectPosts) []func() error {
	var out []func() error
	for _, c := range []struct {
		kind   string
		params map[string]string
	}{
		{"volume", nil},
		{"volume", map[string]string{"unit": "1h"}},
		{"sentiment", nil},
		{"voice", nil},
		{"accounts", nil},
		{"hashtags", nil},
		{"domains", nil},
		{"types", nil},
		{"languages", nil},
		{"platforms", nil},
		{"countries", nil},
		{"mentions", nil},
	} {
		out = append(out, func() error {
			_, err := Compute(context.Background(), model.RunSpec{Kind: c.kind, Params: c.params}, Inputs{View: v, Selection: sel, Subjects: subjects})
			return err
		})
	}
	return out
}

func benchSubjects(v *columns.View) []SubjectPosts {
	f, _ := v.Facet("lang")
	var out []SubjectPosts
	for _, l := range []string{"en", "es", "de"} {
		c, _ := f.Code(l)
		out = append(out, SubjectPosts{model.Subject{ID: l, Name: l}, f.Bitmap(c)})
	}
	return out
}

// BenchmarkTwelveCharts reports the 95th percentile of a dashboard over a million
// posts, and over half of them.
func BenchmarkTwelveCharts(b *testing.B) {
	v := million()
	half := v.TimeRange(at("2024-03-01T00:00:00Z"), at("2024-09-01T00:00:00Z"))
	for name, sel := range map[string]*roaring.Bitmap{"all": nil, "half": half} {
		b.Run(name, func(b *testing.B) {
			subjects := benchSubjects(v)
			var took []time.Duration
			for b.Loop() {
				start := time.Now()
				todo := make([]func(), 0, 12)
				for _, chart := range dashboard(v, sel, subjects) {
					todo = append(todo, func() {
						if err := chart(); err != nil {
							b.Error(err)
						}
					})
				}
				columns.Parallel(todo...)
				took = append(took, time.Since(start))
			}
			slices.Sort(took)
			b.ReportMetric(float64(took[len(took)*95/100].Microseconds())/1000, "p95-ms")
		})
	}
}

func BenchmarkKinds(b *testing.B) {
	v := million()
	subjects := benchSubjects(v)
	for _, k := range Kinds() {
		b.Run(k.Name, func(b *testing.B) {
			for b.Loop() {
				compute(b, v, nil, k.Name, nil, subjects...)
			}
		})
	}
}
