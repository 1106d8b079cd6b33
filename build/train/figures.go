package main

import (
	"fmt"
	"math"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"vedette/assets"
	"vedette/backend/enrich"
	"vedette/backend/model"
)

func languageFigures(e *enrich.Engine, data string) ([]figure, error) {
	sum, n := 0.0, 0.0
	for _, l := range xlmt {
		if l[1] == "hi" { // in Latin letters and mixed with English
			continue
		}
		texts, err := pairs(filepath.Join(data, "sentiment-xlmt", l[0]), "val")
		if err != nil {
			return nil, err
		}
		sum += languageAccuracy(e, texts, l[1])
		n++
	}
	out := []figure{{"language of tweets", "XLM-T val, 7 languages, accuracy", sum / n, "whatlanggo .881"}}
	files, err := filepath.Glob(filepath.Join(data, "langid", "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("find sentences: %w", err)
	}
	var known, more []float64
	for _, f := range files {
		lang := strings.TrimSuffix(filepath.Base(f), ".txt")
		lines, err := readLines(f)
		if err != nil {
			return nil, err
		}
		var texts []text
		for _, l := range lines {
			if l = strings.TrimSpace(l); l != "" {
				texts = append(texts, text{text: l})
			}
		}
		want := lang
		if lang == "nb" || lang == "nn" {
			want = "no"
		}
		if slices.Contains(moreLanguages, lang) || lang == "bs" {
			more = append(more, languageAccuracy(e, texts, want))
		} else {
			known = append(known, languageAccuracy(e, texts, want))
		}
	}
	return append(
		out,
		figure{"language of sentences", fmt.Sprintf("lingua-go, %d languages, accuracy", len(known)), mean(known), "whatlanggo .881"},
		figure{"language, further ones", fmt.Sprintf("lingua-go, %d languages, trained on", len(more)), mean(more), ""},
	), nil
}

func mean(x []float64) float64 {
	sum := 0.0
	for _, v := range x {
		sum += v
	}
	return sum / max(float64(len(x)), 1)
}

func languageAccuracy(e *enrich.Engine, texts []text, want string) float64 {
	right := 0.0
	for _, t := range texts {
		if lang, _ := e.Language(t.text); lang == want {
			right++
		}
	}
	return right / max(float64(len(texts)), 1)
}

// polarity measures three classes; unknown is wrong.
func polarity(e *enrich.Engine, texts []text) scores {
	truth, got := make([]int, len(texts)), make([]int, len(texts))
	for i, t := range texts {
		truth[i], got[i] = t.class, -1
		if c, ok := polarities[string(e.Enrich(&model.Post{Text: t.text}).Polarity)]; ok {
			got[i] = c
		}
	}
	return measure(truth, got, 3)
}

func englishFigures(e *enrich.Engine, data string) ([]figure, error) {
	texts, err := semeval(data, heldSemEval...)
	if err != nil {
		return nil, err
	}
	lexicon, err := enrich.New(enrich.Models{Lang: assets.LangTable, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames})
	if err != nil {
		return nil, fmt.Errorf("load word list: %w", err)
	}
	base := polarity(lexicon, texts)
	return []figure{{"sentiment, English", "SemEval 2013-2015 tests, macro-recall", polarity(e, texts).recall, fmt.Sprintf("VADER %.3f", base.recall)}}, nil
}

func foreignFigures(e *enrich.Engine, data string) ([]figure, error) {
	var out []figure
	var all []float64
	for _, l := range xlmt {
		texts, err := pairs(filepath.Join(data, "sentiment-xlmt", l[0]), "val")
		if err != nil {
			return nil, err
		}
		f1 := polarity(e, texts).f1
		all = append(all, f1)
		out = append(out, figure{"sentiment, " + l[1], "XLM-T val, macro-F1", f1, ""})
	}
	return append([]figure{{"sentiment, 8 languages", "XLM-T val, mean macro-F1", mean(all), "VADER .391 (test)"}}, out...), nil
}

func topicFigures(e *enrich.Engine, data string) ([]figure, error) {
	texts, err := topics(data, heldTopics)
	if err != nil {
		return nil, err
	}
	truth, got := make([]int, len(texts)), make([]int, len(texts))
	for i, t := range texts {
		truth[i], got[i] = t.class, -1
		switch e.Towards(t.text, t.topic).Polarity {
		case model.PolarityNegative:
			got[i] = 0
		case model.PolarityPositive:
			got[i] = 1
		}
	}
	return []figure{{"sentiment towards a subject", "SemEval 2015 test, 2 classes, macro-recall", measure(truth, got, 2).recall, "VADER .728 (2017)"}}, nil
}

// presence is the F1 of each emotion being present; a text that gets none is
// without any.
func presence(e *enrich.Engine, texts []text, names []string) []float64 {
	score, truth := make([][]float64, len(names)), make([][]bool, len(names))
	for _, t := range texts {
		value := map[string]float64{}
		for _, x := range e.Understand(t.text).Emotions {
			value[x.Name] = x.Value
		}
		for c, name := range names {
			score[c] = append(score[c], value[name])
			truth[c] = append(truth[c], t.labels>>c&1 != 0)
		}
	}
	out := make([]float64, len(names))
	for c := range out {
		out[c] = f1At(score[c], truth[c], 0.5)
	}
	return out
}

func emotionFigures(e *enrich.Engine, data string) ([]figure, error) {
	texts, err := tsv(filepath.Join(data, "goemotions", "ekman", "dev.tsv"), ekman)
	if err != nil {
		return nil, err
	}
	f1 := presence(e, texts, emotionNames)
	out := []figure{{"emotions", "GoEmotions dev, Ekman, macro-F1", mean(f1), "BERT .624 (test)"}}
	for c, name := range emotionNames {
		out = append(out, figure{"emotions, " + name, "GoEmotions dev, F1", f1[c], ""})
	}
	held, err := xedEnglish(data, xedOutlook, true)
	if err != nil {
		return nil, err
	}
	for c, f := range presence(e, held, []string{"trust", "anticipation"}) {
		out = append(out, figure{"emotions, " + []string{"trust", "anticipation"}[c], "XED English, every tenth, F1", f, ""})
	}
	return out, nil
}

func offenceFigures(e *enrich.Engine, data string) ([]figure, error) {
	texts, err := pairs(filepath.Join(data, "offensive-olid"), "val")
	if err != nil {
		return nil, err
	}
	truth, got := make([]int, len(texts)), make([]int, len(texts))
	for i, t := range texts {
		truth[i] = t.class
		if e.Understand(t.text).Offensive >= 0.5 {
			got[i] = 1
		}
	}
	return []figure{{"offence", "OLID val, macro-F1", measure(truth, got, 2).f1, "FastText .734, SVM .523"}}, nil
}

// vaderFigures compares the word list alone with what people said.
func vaderFigures(_ *enrich.Engine, data string) ([]figure, error) {
	e, err := enrich.New(enrich.Models{Lang: assets.LangTable, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames})
	if err != nil {
		return nil, fmt.Errorf("load word list: %w", err)
	}
	lines, err := readLines(filepath.Join(data, "vader", "tweets_GroundTruth.txt"))
	if err != nil {
		return nil, err
	}
	var x, y []float64
	for _, l := range lines {
		f := strings.SplitN(l, "\t", 3)
		if len(f) < 3 {
			continue
		}
		if v, err := strconv.ParseFloat(f[1], 64); err == nil {
			x, y = append(x, e.VADER(f[2])), append(y, v)
		}
	}
	return []figure{{"VADER, as ported", "4,200 rated tweets, Pearson", pearson(x, y), "govader .873"}}, nil
}

func pearson(a, b []float64) float64 {
	ma, mb := mean(a), mean(b)
	var ab, aa, bb float64
	for i := range a {
		ab += (a[i] - ma) * (b[i] - mb)
		aa += (a[i] - ma) * (a[i] - ma)
		bb += (b[i] - mb) * (b[i] - mb)
	}
	return ab / max(math.Sqrt(aa*bb), 1e-12)
}
