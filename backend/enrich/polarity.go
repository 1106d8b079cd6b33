package enrich

import (
	"fmt"
	"slices"
	"strings"

	"vedette/backend/enrich/linear"
	"vedette/backend/model"
)

// sentimentClasses are the classes of a sentiment model, in its order.
const (
	classNegative = 0
	classNeutral  = 1
	classPositive = 2
)

// readSentiment loads the sentiment models among files, one a language.
func readSentiment(files map[string][]byte) (map[string]*linear.Model, error) {
	out := map[string]*linear.Model{}
	for name, file := range files {
		lang, ok := strings.CutPrefix(name, "sentiment-")
		if !ok {
			continue
		}
		m, err := readModel(file, 3)
		if err != nil {
			return nil, fmt.Errorf("load model %s: %w", name, err)
		}
		if m != nil {
			out[lang] = m
		}
	}
	return out, nil
}

// readModel loads a model of so many classes (0: as many as there are); no
// bytes are no model.
func readModel(b []byte, classes int) (*linear.Model, error) {
	if len(b) == 0 {
		return nil, nil
	}
	m, err := linear.Load(b)
	if err != nil {
		return nil, fmt.Errorf("read model: %w", err)
	}
	if classes > 0 && len(m.Classes) != classes {
		return nil, fmt.Errorf("read model: %d classes, not %d", len(m.Classes), classes)
	}
	return m, nil
}

// judgement is what a text says of itself as a whole.
type judgement struct {
	score    float64 // −1..1: probability of positive less that of negative
	polarity model.Polarity
	// confidence is the probability of the polarity.
	confidence float64
	reasons    []model.WordReason
}

// sentiment judges a text in a language for which there is a model.
func (r *Reader) sentiment(m *linear.Model, lang, text string) judgement {
	f := r.Features(lang, text)
	var s [3]float32
	m.Scores(f, s[:])
	linear.Softmax(s[:])
	j := judgement{score: round4(float64(s[classPositive]) - float64(s[classNegative])), polarity: model.PolarityNeutral}
	switch {
	case s[classPositive] > s[classNeutral] && s[classPositive] > s[classNegative]:
		j.polarity = model.PolarityPositive
	case s[classNegative] > s[classNeutral] && s[classNegative] >= s[classPositive]:
		j.polarity = model.PolarityNegative
	}
	j.confidence = round4(float64(max(s[0], s[1], s[2])))
	j.reasons = r.reasons(text, f, func(x linear.Feature) float32 { return m.Margin(x, classPositive, classNegative) })
	return j
}

// reasonLeast is the smallest part of a score that makes a word a reason, as a
// share of the strongest word's.
const reasonLeast = 0.15

// reasons lists the words that moved a score, in order of the text. A word's
// weight is the sum of what its features did: itself, its letters, its pairs.
// What the text as a whole did (the word list's view) is no word's.
func (r *Reader) reasons(text string, f []linear.Feature, weight func(linear.Feature) float32) []model.WordReason {
	r.parts = r.parts[:0]
	for range r.doc.Tokens() {
		r.parts = append(r.parts, 0)
	}
	for _, x := range f {
		if x.Token >= 0 {
			r.parts[x.Token] += weight(x)
		}
	}
	top := float32(0)
	for _, w := range r.parts {
		top = max(top, abs(w))
	}
	if top < 0.01 {
		return nil
	}
	edge := top * reasonLeast
	if n := len(r.parts); n > maxReasons {
		sorted := make([]float32, n)
		for i, w := range r.parts {
			sorted[i] = abs(w)
		}
		slices.Sort(sorted)
		edge = max(edge, sorted[n-maxReasons])
	}
	var out []model.WordReason
	for i, w := range r.parts {
		if abs(w) < edge || len(out) == maxReasons || !r.doc.Word(i) {
			continue
		}
		start, end := r.doc.Span(i)
		out = append(out, model.WordReason{Word: text[start:end], Weight: round4(float64(w)), Start: start, End: end})
	}
	return out
}

func abs(x float32) float32 {
	if x < 0 {
		return -x
	}
	return x
}
