package near

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// tweets are public tweets of six words and more; the tests are skipped only
// where the folder of public data is absent.
func tweets(t testing.TB) []string {
	t.Helper()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(wd, "..", "..", "..", "..", "shared", "data", "labelled")
	var out []string
	seen := map[string]bool{}
	for _, name := range []string{"offensive-olid/train_text.txt", "sentiment-xlmt/english/train_text.txt", "sentiment-xlmt/spanish/train_text.txt", "sentiment-xlmt/french/train_text.txt", "sentiment-xlmt/arabic/train_text.txt"} {
		b, err := os.ReadFile(filepath.Join(dir, name))
		if errors.Is(err, fs.ErrNotExist) {
			t.Skip("no ../shared/data beside the repository")
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, l := range strings.Split(string(b), "\n") {
			l = strings.TrimSpace(l)
			var r reader
			r.normalise(l)
			if len(r.runes) >= 30 && len(strings.Fields(l)) >= 6 && !seen[string(r.runes)] {
				seen[string(r.runes)] = true
				out = append(out, l)
			}
		}
	}
	return out
}

// edits are what copies look like, from light to heavy.
func edit(s string, level int, vocabulary []string, r *rand.Rand) string {
	w := strings.Fields(s)
	change := func(n int) {
		for range n {
			w[r.IntN(len(w))] = vocabulary[r.IntN(len(vocabulary))]
		}
	}
	switch level {
	case 0: // another retweet mark, link, case, punctuation
		return fmt.Sprintf("RT @bot%d: %s!! https://t.co/%d", r.IntN(1000), strings.ToUpper(s[:1])+s[1:], r.IntN(1e9))
	case 1: // one word replaced
		change(1)
	case 2: // 15 % of the words, and a hashtag
		change(max(1, len(w)*15/100))
		w = append(w, "#"+vocabulary[r.IntN(len(vocabulary))])
	}
	return strings.Join(w, " ")
}

func TestRecallAndFalsePairs(t *testing.T) {
	base := tweets(t)
	vocabulary := strings.Fields(strings.Join(base[:3000], " "))
	r := rand.New(rand.NewPCG(7, 9))
	originals := base[:4000]
	for level, least := range []float64{0.99, 0.98, 0.94} {
		texts := append([]string{}, originals...)
		for _, s := range originals {
			texts = append(texts, edit(s, level, vocabulary, r))
		}
		got, found := groups(t, texts...), 0
		for i := range originals {
			if got[i] == got[i+len(originals)] {
				found++
			}
		}
		recall := float64(found) / float64(len(originals))
		if t.Logf("edits %d: recall %.4f", level, recall); recall < least {
			t.Errorf("edits %d: recall %.4f, want %.2f", level, recall, least)
		}
	}
	others := base[4000:]
	pairs := 0.0
	size := map[int]int{}
	for _, g := range groups(t, others...) {
		size[g]++
	}
	for _, n := range size {
		pairs += float64(n*(n-1)) / 2
	}
	n := float64(len(others))
	if share := pairs / (n * (n - 1) / 2); share > 5e-5 {
		t.Errorf("%.2g of random pairs are grouped, want 5e-5", share)
	} else {
		t.Logf("random pairs grouped: %.2g of %.0f texts, some of them true copies", share, n)
	}
}

// BenchmarkMillion groups a million texts, one in ten a copy of another.
func BenchmarkMillion(b *testing.B) {
	base := tweets(b)
	vocabulary := strings.Fields(strings.Join(base[:3000], " "))
	r := rand.New(rand.NewPCG(1, 2))
	const n = 1_000_000
	texts := make([]string, n)
	bytes := 0
	for i := range texts {
		if i%10 == 9 {
			texts[i] = edit(texts[i-9], i/10%3, vocabulary, r)
		} else {
			x, y := strings.Fields(base[(i*7919)%len(base)]), strings.Fields(base[(i*104729+i/len(base)*31+17)%len(base)])
			texts[i] = strings.Join(x[:len(x)/2+1], " ") + " " + strings.Join(y[len(y)/2:], " ") + fmt.Sprint(" n", i)
		}
		bytes += len(texts[i])
	}
	for b.Loop() {
		x := NewIndex(n)
		for _, s := range texts {
			x.Add(s)
		}
		g, err := x.Groups(context.Background(), func(i int) string { return texts[i] })
		if err != nil {
			b.Fatal(err)
		}
		found := 0
		for i := 9; i < n; i += 10 {
			if g[i] == g[i-9] {
				found++
			}
		}
		b.ReportMetric(float64(found)/(n/10), "recall")
		b.ReportMetric(float64(bytes)/n, "bytes/text")
	}
}
