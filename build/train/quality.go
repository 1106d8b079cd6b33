package main

import (
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"vedette/assets"
	"vedette/backend/enrich"
)

// figure is one measured line of the table.
type figure struct {
	name, split string
	value       float64
	baseline    string // what others get there, or on the public test
}

// tolerance is how far a figure may fall below the recorded one.
const tolerance = 0.01

// recordedFile holds the recorded figures, beside the models: name, tab, figure.
const recordedFile = "quality.txt"

// engineOf loads an engine with the models of a folder.
func engineOf(models string) (*enrich.Engine, error) {
	files, err := filepath.Glob(filepath.Join(models, "*.linear"))
	if err != nil {
		return nil, fmt.Errorf("find models: %w", err)
	}
	m := enrich.Models{Lang: assets.LangTable, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames, Linear: map[string][]byte{}}
	for _, f := range files {
		b, err := os.ReadFile(f)
		if err != nil {
			return nil, fmt.Errorf("read model: %w", err)
		}
		m.Linear[strings.TrimSuffix(filepath.Base(f), ".linear")] = b
	}
	e, err := enrich.New(m)
	if err != nil {
		return nil, fmt.Errorf("load models: %w", err)
	}
	return e, nil
}

// printQuality measures the models of a folder on texts that they were not
// trained on, through the engine as posts go through it, and prints a table. It
// fails when a figure fell.
func printQuality(w io.Writer, data, models string, record bool) error {
	e, err := engineOf(models)
	if err != nil {
		return err
	}
	recorded, err := readRecorded(filepath.Join(models, recordedFile))
	if err != nil && !record {
		return err
	}
	fmt.Fprintf(w, "%-32s %-44s %8s %8s  %s\n", "capability", "split", "ours", "recorded", "baseline")
	var lines, fell []string
	for _, measure := range []func(*enrich.Engine, string) ([]figure, error){
		languageFigures, englishFigures, foreignFigures, topicFigures, emotionFigures, offenceFigures, vaderFigures, speedFigures,
	} {
		figures, err := measure(e, data)
		if err != nil {
			return err
		}
		for _, f := range figures {
			was, known := recorded[f.name]
			note := ""
			if known && f.value < was-tolerance {
				fell = append(fell, f.name)
				note = "  FELL"
			}
			fmt.Fprintf(w, "%-32s %-44s %8s %8s  %s%s\n", f.name, f.split, number(f.value), number(was), f.baseline, note)
			if f.split != speedSplit {
				lines = append(lines, fmt.Sprintf("%s\t%s", f.name, number(f.value)))
			}
		}
	}
	if record {
		if err := os.WriteFile(filepath.Join(models, recordedFile), []byte(strings.Join(lines, "\n")+"\n"), 0o644); err != nil { //nolint:gosec // figures are public
			return fmt.Errorf("record figures: %w", err)
		}
		return nil
	}
	if len(fell) > 0 {
		return fmt.Errorf("fell by more than %.2f: %s", tolerance, strings.Join(fell, ", "))
	}
	return nil
}

func number(x float64) string {
	switch {
	case x == 0:
		return "-"
	case x > 10:
		return strconv.Itoa(int(x))
	}
	return strconv.FormatFloat(x, 'f', 4, 64)
}

func readRecorded(path string) (map[string]float64, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	out := map[string]float64{}
	for _, l := range lines {
		name, v, _ := strings.Cut(l, "\t")
		x, err := strconv.ParseFloat(v, 64)
		if err != nil {
			continue // "-": there was none
		}
		out[name] = x
	}
	return out, nil
}

// speedSplit names figures that depend on the machine and are not compared.
const speedSplit = "posts a second and core, not compared"

// speedFigures measures one core on tweets in four languages.
func speedFigures(e *enrich.Engine, data string) ([]figure, error) {
	var texts []text
	for _, l := range []string{"english", "german", "spanish", "arabic"} {
		t, err := pairs(filepath.Join(data, "sentiment-xlmt", l), "train")
		if err != nil {
			return nil, err
		}
		texts = append(texts, t...)
	}
	rate := func(fn func(string)) float64 {
		began := time.Now()
		for _, t := range texts {
			fn(t.text)
		}
		return float64(len(texts)) / time.Since(began).Seconds()
	}
	return []figure{
		{"speed, closer reading", speedSplit, rate(func(s string) { e.Understand(s) }), ""},
		{"speed, language", speedSplit, rate(func(s string) { e.Language(s) }), "lingua-go 185-641"},
	}, nil
}
