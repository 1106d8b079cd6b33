package main

import (
	"bytes"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vedette/backend/enrich/linear"
)

// put writes a file of a made-up folder of labelled texts.
func put(t *testing.T, dir, name, content string) {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(content), 0o600); err != nil {
		t.Fatal(err)
	}
}

func TestReaders(t *testing.T) {
	dir := t.TempDir()
	put(t, dir, "sentiment-semeval/twitter-x-A.tsv", "1\tpositive\t\"A fine day\"\r\n2\tnegative\tNot Available\n3\tneutral\tSo it goes\n4\tother\tx\nbad\n")
	put(t, dir, "sentiment-topic/twitter-x-BD.tsv", "1\tacme\tpositive\tAcme is fine\t\n2\tacme\tneutral\tAcme\n3\tacme\tnegative\tAcme is bad\n")
	put(t, dir, "p/train_text.txt", "one\ntwo\n")
	put(t, dir, "p/train_labels.txt", "0\n2\n")
	put(t, dir, "p/val_text.txt", "one\ntwo\n")
	put(t, dir, "p/val_labels.txt", "0\n")
	put(t, dir, "p/bad_text.txt", "one\n")
	put(t, dir, "p/bad_labels.txt", "9\n")
	put(t, dir, "e.tsv", "a text\t0,2\tid\nno labels\n")
	put(t, dir, "vader/tweets_GroundTruth.txt", "1\t2.5\tgood\n2\t-0.5\tbad\n3\t0.1\tso\nhead\tx\ty\n")

	a, err := semeval(dir, "x")
	if err != nil || len(a) != 2 || a[0].text != "A fine day" || a[0].class != 2 || a[1].class != 1 {
		t.Errorf("%+v %v", a, err)
	}
	b, err := topics(dir, "x")
	if err != nil || len(b) != 2 || b[0].topic != "acme" || b[0].class != 1 || b[1].class != 0 {
		t.Errorf("%+v %v", b, err)
	}
	c, err := pairs(filepath.Join(dir, "p"), "train")
	if err != nil || len(c) != 2 || c[1].class != 2 {
		t.Errorf("%+v %v", c, err)
	}
	for _, split := range []string{"val", "bad", "none"} {
		if _, err := pairs(filepath.Join(dir, "p"), split); err == nil {
			t.Errorf("%s: no error", split)
		}
	}
	d, err := tsv(filepath.Join(dir, "e.tsv"), ekman)
	if err != nil || len(d) != 1 || d[0].labels != 5 {
		t.Errorf("%+v %v", d, err)
	}
	v, err := ratedTweets(dir)
	if err != nil || len(v) != 3 || v[0].class != 2 || v[1].class != 0 || v[2].class != 1 {
		t.Errorf("%+v %v", v, err)
	}
	if got := without([]text{{text: "A, b!"}, {text: "c"}, {text: "C"}, {text: "d"}}, []text{{text: "a B"}}); len(got) != 2 || got[0].text != "c" || got[1].text != "d" {
		t.Errorf("%+v", got)
	}
	if err := ready(filepath.Join(dir, "none")); err == nil || !strings.Contains(err.Error(), "Helsinki-NLP/XED") {
		t.Errorf("an absent folder: %v", err)
	}
}

func TestMeasure(t *testing.T) {
	s := measure([]int{0, 0, 1, 1, 2}, []int{0, 1, 1, 1, -1}, 4)
	if math.Abs(s.accuracy-0.6) > 1e-9 || math.Abs(s.recall-0.5) > 1e-9 || math.Abs(s.f1-(2.0/3+0.8)/3) > 1e-9 {
		t.Errorf("%+v", s)
	}
	if f := f1At([]float64{0.9, 0.5, 0.4, 0.1}, []bool{true, false, true, false}, 0.5); math.Abs(f-0.5) > 1e-9 {
		t.Errorf("F1 %v", f)
	}
	if p := pearson([]float64{1, 2, 3}, []float64{2, 4, 6}); math.Abs(p-1) > 1e-9 {
		t.Errorf("Pearson %v", p)
	}
}

// made-up reviews, told apart by one word each.
func reviews(good, bad []string) []text {
	var out []text
	for i := range 60 {
		frame := []string{"this kettle is ", "what a ", "we found the lamp ", "my aunt says it is "}[i%4]
		out = append(out, text{text: frame + good[i%len(good)], class: 1, labels: 1}, text{text: frame + bad[i%len(bad)], labels: 2})
	}
	return out
}

func TestTrainingIsRightAndAlwaysTheSame(t *testing.T) {
	texts := reviews([]string{"splendid", "lovely thing", "delightful"}, []string{"dreadful", "rotten thing", "shabby"})
	r := recipe{classes: 2, bits: 12, epochs: 5, rate: 0.1, decay: 1e-6, balance: 1, average: true}
	a, err := single("test", []string{"bad", "good"}, texts, nil, r, macroRecall)
	if err != nil {
		t.Fatal(err)
	}
	b, err := single("test", []string{"bad", "good"}, texts, nil, r, macroRecall)
	if err != nil || !bytes.Equal(a, b) {
		t.Errorf("the second training gave other bytes: %v", err)
	}
	m, err := linear.Load(a)
	if err != nil {
		t.Fatal(err)
	}
	asked, err := read([]text{{text: "a splendid, lovely lamp"}, {text: "rotten and shabby"}}, "en", r.bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	var s [2]float32
	for i, want := range []int{1, 0} {
		if m.Scores(asked[i].features, s[:]); best(s[:]) != want {
			t.Errorf("text %d: %v", i, s)
		}
	}
}

func TestSeveralClassesAText(t *testing.T) {
	texts := reviews([]string{"splendid", "lovely"}, []string{"dreadful", "rotten"})
	texts = append(texts, text{text: "a splendid but dreadful thing", labels: 3})
	r := recipe{classes: 2, bits: 12, epochs: 5, rate: 0.1, balance: 0.5, average: true, several: true}
	examples, err := read(texts, "en", r.bits, nil)
	if err != nil {
		t.Fatal(err)
	}
	examples[0].mute, examples[1].weight = 2, 0.5
	b, err := several("test", []string{"good", "bad"}, examples, len(examples), r)
	if err != nil {
		t.Fatal(err)
	}
	m, err := linear.Load(b)
	if err != nil {
		t.Fatal(err)
	}
	var s [2]float32
	right := 0
	for _, x := range examples {
		m.Scores(x.features, s[:])
		for c := range s {
			if (s[c] >= 0) == (x.labels>>c&1 != 0) {
				right++
			}
		}
	}
	if share := float64(right) / float64(2*len(examples)); share < 0.95 {
		t.Errorf("%.2f right on what was learnt", share)
	}
}

func TestOpenJobsAreTheSameModels(t *testing.T) {
	names := func(open bool) []string {
		var out []string
		for _, j := range jobs(open) {
			out = append(out, j.name)
		}
		slices.Sort(out)
		return out
	}
	if a, b := names(false), names(true); !slices.Equal(a, b) || len(a) != 13 {
		t.Errorf("%q and %q", a, b)
	}
}

func TestTrainAllWritesAndFails(t *testing.T) {
	dir, out := t.TempDir(), t.TempDir()
	if err := trainAll(dir, out, "topic", true, 1); err != nil {
		t.Errorf("a model that is left out: %v", err)
	}
	if b, err := os.ReadFile(filepath.Join(out, "topic.linear")); err != nil || len(b) != 0 {
		t.Errorf("%d bytes, %v", len(b), err)
	}
	if err := trainAll(dir, out, "topic", false, 1); err == nil || !strings.Contains(err.Error(), "topic") {
		t.Errorf("without texts: %v", err)
	}
	if _, err := engineOf(out); err != nil {
		t.Errorf("an engine without models: %v", err)
	}
}

// TestRecordedFigures: the shipped models are those whose figures are recorded.
func TestRecordedFigures(t *testing.T) {
	got, err := readRecorded(filepath.Join("..", "..", "assets", "models", recordedFile))
	if err != nil {
		t.Fatal(err)
	}
	for name, least := range map[string]float64{
		"language of tweets": 0.97, "language of sentences": 0.98, "sentiment, English": 0.63, "sentiment, 8 languages": 0.56,
		"emotions": 0.53, "offence": 0.70, "VADER, as ported": 0.87,
	} {
		if got[name] < least {
			t.Errorf("%s: %.4f recorded, want %.2f", name, got[name], least)
		}
	}
}
