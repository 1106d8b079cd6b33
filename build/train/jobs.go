package main

import (
	"fmt"
	"path/filepath"
	"slices"

	"vedette/assets"
	"vedette/backend/enrich"
	"vedette/backend/enrich/linear"
)

// job makes the file of one model.
type job struct {
	name string
	make func(data string) ([]byte, error)
}

// nothing is a model that cannot be made from what may be used.
func nothing(string) ([]byte, error) { return nil, nil }

// xlmt are the languages of the XLM-T sets: folder and code.
var xlmt = [][2]string{
	{"arabic", "ar"},
	{"english", "en"},
	{"french", "fr"},
	{"german", "de"},
	{"hindi", "hi"},
	{"italian", "it"},
	{"portuguese", "pt"},
	{"spanish", "es"},
}

// jobs lists the models, the longest to train first. With open the English ones
// are made of GoEmotions, XED and VADER's tweets, and the others left empty.
func jobs(open bool) []job {
	out := []job{{"emotions", trainEmotions}, {"languages", func(data string) ([]byte, error) { return trainLanguages(data, open) }}}
	if open {
		out = append(out, job{"sentiment-en", trainOpenEnglish}, job{"topic", nothing}, job{"offence", nothing})
	} else {
		out = append(out, job{"sentiment-en", trainEnglish}, job{"topic", trainTopic}, job{"offence", trainOffence})
	}
	out = append(out, job{"outlook", trainOutlook})
	for _, l := range xlmt {
		if l[1] == "en" {
			continue
		}
		if open {
			out = append(out, job{"sentiment-" + l[1], nothing})
		} else {
			out = append(out, job{"sentiment-" + l[1], func(data string) ([]byte, error) { return trainForeign(data, l[0], l[1]) }})
		}
	}
	return out
}

// sentimentNames are the classes of a sentiment model.
var sentimentNames = []string{"negative", "neutral", "positive"}

// read makes the examples of texts. features says which features a text has;
// nil: those of its language.
func read(texts []text, lang string, bits uint, features func(*enrich.Reader, text) []linear.Feature) ([]example, error) {
	r, err := enrich.NewReader(assets.VADERLexicon, assets.EmojiNames)
	if err != nil {
		return nil, fmt.Errorf("make features: %w", err)
	}
	if features == nil {
		features = func(r *enrich.Reader, t text) []linear.Feature { return r.Features(lang, t.text) }
	}
	out := make([]example, len(texts))
	for i, t := range texts {
		f := slices.Clone(features(r, t))
		for j := range f {
			f[j].Hash &= 1<<bits - 1
		}
		out[i] = example{features: f, class: t.class, labels: t.labels}
	}
	return out, nil
}

// heldSemEval are the years that no model is trained on.
var heldSemEval = []string{"2013test", "2014test", "2015test"}

// trainSemEval are the others.
var trainSemEval = []string{"2013train", "2013dev", "2015train", "2016train", "2016dev", "2016devtest"}

func trainEnglish(data string) ([]byte, error) {
	held, err := semeval(data, heldSemEval...)
	if err != nil {
		return nil, err
	}
	val, err := pairs(filepath.Join(data, "sentiment-xlmt", "english"), "val")
	if err != nil {
		return nil, err
	}
	texts, err := semeval(data, trainSemEval...)
	if err != nil {
		return nil, err
	}
	more, err := pairs(filepath.Join(data, "sentiment-xlmt", "english"), "train")
	if err != nil {
		return nil, err
	}
	return single("sentiment-en", sentimentNames, without(slices.Concat(texts, more), held, val), nil, recipe{
		classes: 3, bits: 18, epochs: 12, rate: 0.02, decay: 1e-6, balance: 1, average: true,
	}, nil)
}

func trainForeign(data, folder, lang string) ([]byte, error) {
	texts, err := pairs(filepath.Join(data, "sentiment-xlmt", folder), "train")
	if err != nil {
		return nil, err
	}
	return single("sentiment-"+lang, sentimentNames, texts, func(r *enrich.Reader, t text) []linear.Feature { return r.Features(lang, t.text) }, recipe{
		classes: 3, bits: 17, epochs: 10, rate: 0.05, decay: 1e-6, balance: 1, average: true,
	}, nil)
}

// topicFeatures reads a text with its subject.
func topicFeatures(r *enrich.Reader, t text) []linear.Feature {
	f, _ := r.TopicFeatures(t.text, t.topic)
	return f
}

// heldTopics is the year of sentiment towards a subject that is held out.
const heldTopics = "2015test"

func trainTopic(data string) ([]byte, error) {
	held, err := topics(data, heldTopics)
	if err != nil {
		return nil, err
	}
	texts, err := topics(data, "2015train", "2016train", "2016dev", "2016devtest", "2016test")
	if err != nil {
		return nil, err
	}
	heldTexts, err := semeval(data, heldSemEval...)
	if err != nil {
		return nil, err
	}
	general, err := semeval(data, trainSemEval...)
	if err != nil {
		return nil, err
	}
	texts = without(texts, held)
	var polar []text // texts without a subject help as well
	for _, t := range without(general, heldTexts, bare(held), bare(texts)) {
		if t.class != 1 {
			t.class /= 2
			polar = append(polar, t)
		}
	}
	return single("topic", []string{"negative", "positive"}, slices.Concat(texts, polar), topicFeatures, recipe{
		classes: 2, bits: 18, epochs: 6, rate: 0.04, decay: 1e-6, balance: 1, average: true, telling: true,
	}, macroRecall)
}

// bare are texts without their subjects, to compare with texts that have none.
func bare(texts []text) []text {
	out := slices.Clone(texts)
	for i := range out {
		out[i].topic = ""
	}
	return out
}

func trainOffence(data string) ([]byte, error) {
	texts, err := pairs(filepath.Join(data, "offensive-olid"), "train")
	if err != nil {
		return nil, err
	}
	return single("offence", []string{"other", "offensive"}, texts, nil, recipe{
		classes: 2, bits: 18, epochs: 6, rate: 0.08, decay: 1e-6, balance: 0.7, average: true, telling: true,
	}, nil)
}

// single fits, calibrates and packs a model with one class a text. With an aim
// the first class of two is lifted to where it is highest.
func single(name string, classes []string, texts []text, features func(*enrich.Reader, text) []linear.Feature, r recipe, aim func(scores) float64) ([]byte, error) {
	examples, err := read(texts, "en", r.bits, features)
	if err != nil {
		return nil, err
	}
	c := calibrate(examples, r)
	m := fit(examples, r, 1)
	if aim != nil {
		m.bias[0] += c.lift(aim)
	}
	t := c.temperature()
	for i := range m.weights {
		m.weights[i] /= t
	}
	for k := range m.bias {
		m.bias[k] /= t
	}
	return linear.Pack(name, classes, r.bits, m.weights, m.bias), nil
}

func macroRecall(s scores) float64 { return s.recall }
