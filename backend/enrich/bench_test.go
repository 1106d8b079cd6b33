package enrich

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"vedette/backend/model"
)

// benchTexts gives real tweets where they are at hand, else a few made up.
func benchTexts(b *testing.B) []string {
	b.Helper()
	wd, err := os.Getwd()
	if err != nil {
		b.Fatal(err)
	}
	var texts []string
	for _, l := range []string{"english", "german", "spanish", "arabic"} {
		path := filepath.Join(wd, "..", "..", "..", "shared", "data", "labelled", "sentiment-xlmt", l, "train_text.txt")
		if _, err := os.Stat(path); errors.Is(err, fs.ErrNotExist) {
			return []string{"I really love this #product from @acme, it is not bad at all https://acme.example/x?utm_source=y :)", "Das ist ein langer deutscher Satz über #nichts"}
		}
		texts = append(texts, readLines(b, path)...)
	}
	return texts
}

func BenchmarkDetect(b *testing.B) {
	e, texts := newEngine(b), benchTexts(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		e.detect(texts[i%len(texts)], "")
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}

func BenchmarkSentiment(b *testing.B) {
	e, texts := newEngine(b), benchTexts(b)
	texts = texts[:len(texts)/4]
	var v vaderText
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		v.vaderScore(e.lexicon, texts[i%len(texts)])
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}

func BenchmarkEnrich(b *testing.B) {
	e, texts := newEngine(b), benchTexts(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		e.Enrich(&model.Post{Platform: "x", Text: texts[i%len(texts)]})
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}

// BenchmarkHostile takes texts of 1 MB.
func BenchmarkHostile(b *testing.B) {
	e := newEngine(b)
	for name, text := range hostile(1 << 20) {
		b.Run(name, func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				e.Enrich(&model.Post{Text: text})
			}
		})
	}
}

func BenchmarkNew(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		newEngine(b)
	}
}
