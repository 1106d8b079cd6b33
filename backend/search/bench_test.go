package search

import (
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// benchTexts makes posts of about 60 words whose frequencies follow Zipf's law.
func benchTexts(n int) []Doc {
	rng := rand.New(rand.NewPCG(41, 42))
	words := rand.NewZipf(rng, 1.1, 4, 80_000)
	docs := make([]Doc, n)
	var b strings.Builder
	for i := range docs {
		b.Reset()
		for range 20 + rng.IntN(80) {
			b.WriteString(benchWord(words.Uint64()))
			b.WriteByte(' ')
		}
		docs[i] = Doc{int64(i + 1), b.String()}
	}
	return docs
}

// benchWord spells a rank; the letters differ from rank to rank.
func benchWord(rank uint64) string {
	const consonants, vowels = "bdfgklmnprst", "aeiou"
	var b []byte
	for x := rank*7 + 11; x > 0; x /= 60 {
		b = append(b, consonants[x%12], vowels[x/12%5])
	}
	return string(b)
}

func benchCase(b *testing.B, n int) (*Index, *columns.View) {
	b.Helper()
	rng := rand.New(rand.NewPCG(43, 44))
	rows := make([]model.FacetRow, n)
	for i := range rows {
		rows[i] = model.FacetRow{
			ID: int64(i + 1), Time: 1_700_000_000 + rng.Int64N(90*86400), Platform: []string{"x", "reddit", "bluesky"}[rng.IntN(3)],
			Author: "x:" + strconv.Itoa(rng.IntN(n/3)), Lang: []string{"en", "es", "de"}[rng.IntN(3)],
		}
	}
	table := columns.New()
	if err := table.Append(rows); err != nil {
		b.Fatal(err)
	}
	// An index kept from one run to the next saves building it again.
	dir := os.Getenv("VEDETTE_BENCH_INDEX")
	if dir == "" {
		dir = b.TempDir()
	} else {
		dir = filepath.Join(dir, strconv.Itoa(n))
	}
	ix, err := OpenIndex(dir)
	if err != nil {
		if ix, err = CreateIndex(dir); err != nil {
			b.Fatal(err)
		}
		start := time.Now()
		if err := ix.Add(b.Context(), benchTexts(n)); err != nil {
			b.Fatal(err)
		}
		b.Logf("%d posts indexed, %.0f a second", n, float64(n)/time.Since(start).Seconds())
	}
	b.Cleanup(func() {
		if err := ix.Close(); err != nil {
			b.Error(err)
		}
	})
	return ix, table.View()
}

// BenchmarkSearch measures kinds of queries; p95 is over the different queries
// of a kind. A million posts are measured when VEDETTE_BENCH_LARGE is set.
func BenchmarkSearch(b *testing.B) {
	sizes := []int{200_000}
	if os.Getenv("VEDETTE_BENCH_LARGE") != "" {
		sizes = append(sizes, 1_000_000)
	}
	for _, n := range sizes {
		ix, v := benchCase(b, n)
		v.Page(nil, columns.Sort{By: columns.SortTime}, 0, 1)
		author, _ := v.Facet("author")
		var days []int64
		for d := range int64(91) {
			days = append(days, 1_700_000_000+d*86400)
		}
		term := func(i int) string { return benchWord(uint64(5 + i*i/3)) }
		pair := func(i int) string { return benchWord(uint64(i%9)) + " " + benchWord(uint64(i%7)) }
		for _, kind := range []struct {
			name  string
			query func(i int) string
			then  func(r Result)
		}{
			{"term", term, func(Result) {}},
			{"ranked", term, func(r Result) {
				if _, err := r.Relevance(b.Context(), r.Bitmap, 0, 20); err != nil {
					b.Fatal(err)
				}
			}},
			{"date", term, func(r Result) { v.Page(r.Bitmap, columns.Sort{By: columns.SortTime, Desc: true}, 0, 100) }},
			{"facets", term, func(r Result) {
				author.Top(r.Bitmap, 10)
				v.Histogram(r.Bitmap, days)
			}},
			{"filter", func(i int) string { return term(i) + " platform:x time:2023-12" }, func(Result) {}},
			{"phrase", func(i int) string { return `"` + pair(i) + `"` }, func(Result) {}},
			{"prefix", func(i int) string { return benchWord(uint64(40 + i))[:4] + "*" }, func(Result) {}},
			{"inner", func(i int) string { return "*" + benchWord(uint64(900 + i))[1:4] + "*" }, func(Result) {}},
		} {
			b.Run(fmt.Sprintf("posts=%d/%s", n, kind.name), func(b *testing.B) {
				var took []float64
				for i := 0; b.Loop(); i++ {
					start := time.Now()
					q, err := Parse(kind.query(i % 100))
					if err != nil {
						b.Fatal(err)
					}
					r, err := q.Select(b.Context(), ix, v, Env{})
					if err != nil {
						b.Fatal(err)
					}
					kind.then(r)
					took = append(took, float64(time.Since(start).Microseconds())/1000)
				}
				slices.Sort(took)
				b.ReportMetric(took[len(took)*95/100], "p95-ms")
				b.ReportMetric(took[len(took)/2], "p50-ms")
			})
		}
	}
}

func BenchmarkTokenize(b *testing.B) {
	text := strings.Repeat("The café in Straße was flooded, says @maria: #storm hits 東京 today 😀. ", 6)
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		t := tokenizer{text: text}
		for t.next() {
		}
	}
}
