package main

import (
	"path/filepath"
	"slices"

	"vedette/backend/enrich/linear"
)

// emotionNames are GoEmotions' classes in Ekman's mapping, in their order.
var emotionNames = []string{"anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise"}

// neutralBit is the label of class neutral.
const neutralBit = 1 << 4

// ekman turns a class number of the GoEmotions files into its bit.
func ekman(n string) uint32 {
	if len(n) != 1 || n[0] < '0' || n[0] > '6' {
		return 0
	}
	return 1 << (n[0] - '0')
}

// xedEkman turns XED's numbers (Plutchik's eight) into bits of Ekman's classes.
func xedEkman(n string) uint32 {
	return map[string]uint32{"1": 1, "3": 2, "4": 4, "5": 8, "6": 32, "7": 64}[n]
}

// xedOutlook are trust and anticipation among XED's numbers.
func xedOutlook(n string) uint32 {
	return map[string]uint32{"8": 1, "2": 2}[n]
}

// xedEnglish reads XED's annotated English and its neutral lines; every tenth
// line is held out.
func xedEnglish(data string, bit func(string) uint32, held bool) ([]text, error) {
	texts, err := tsv(filepath.Join(data, "xed", "en-annotated.tsv"), bit)
	if err != nil {
		return nil, err
	}
	lines, err := readLines(filepath.Join(data, "xed", "neu_en.txt"))
	if err != nil {
		return nil, err
	}
	for _, l := range lines {
		if len(l) > 2 && l[1] == '\t' {
			texts = append(texts, text{text: l[2:]})
		}
	}
	var out []text
	for i, t := range texts {
		if (i%10 == 9) == held {
			out = append(out, t)
		}
	}
	return out, nil
}

func trainEmotions(data string) ([]byte, error) {
	texts, err := tsv(filepath.Join(data, "goemotions", "ekman", "train.tsv"), ekman)
	if err != nil {
		return nil, err
	}
	more, err := xedEnglish(data, xedEkman, false)
	if err != nil {
		return nil, err
	}
	r := recipe{classes: 7, bits: 19, epochs: 6, rate: 0.07, decay: 1e-6, balance: 0.4, average: true, several: true, telling: true}
	examples, err := read(slices.Concat(texts, more), "en", r.bits, nil)
	if err != nil {
		return nil, err
	}
	for i := len(texts); i < len(examples); i++ {
		examples[i].weight = 0.1 // subtitles: other texts, other annotators
		examples[i].mute = neutralBit
	}
	return several("emotions", emotionNames, examples, len(texts), r)
}

func trainOutlook(data string) ([]byte, error) {
	texts, err := xedEnglish(data, xedOutlook, false)
	if err != nil {
		return nil, err
	}
	r := recipe{classes: 2, bits: 17, epochs: 6, rate: 0.1, decay: 1e-6, balance: 0.3, average: true, several: true}
	examples, err := read(texts, "en", r.bits, nil)
	if err != nil {
		return nil, err
	}
	return several("outlook", []string{"trust", "anticipation"}, examples, len(examples), r)
}

// several fits and packs a model with any number of classes a text. Its
// intercepts are moved so that a score of 0, probability 0.5, is where F1 is
// best; only the first own examples count for that.
func several(name string, classes []string, examples []example, own int, r recipe) ([]byte, error) {
	at := edges(examples, r, 3, func(i int) bool { return i < own })
	m := fit(examples, r, 1)
	for c := range m.bias {
		m.bias[c] -= at[c]
	}
	return linear.Pack(name, classes, m.bits, m.weights, m.bias), nil
}
