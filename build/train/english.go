package main

import (
	"path/filepath"
	"strconv"
	"strings"
)

// trainOpenEnglish makes English sentiment of openly licensed texts: the tweets
// that VADER's authors had rated (MIT), GoEmotions in three groups (Apache-2.0)
// and XED (CC BY).
func trainOpenEnglish(data string) ([]byte, error) {
	texts, err := ratedTweets(data)
	if err != nil {
		return nil, err
	}
	group, err := tsv(filepath.Join(data, "goemotions", "group", "train.tsv"), func(n string) uint32 {
		return map[string]uint32{"1": 1, "2": 2, "3": 4}[n] // 0 is ambiguous
	})
	if err != nil {
		return nil, err
	}
	xed, err := xedEnglish(data, func(n string) uint32 {
		return map[string]uint32{"1": 1, "3": 1, "4": 1, "6": 1, "5": 4, "8": 4, "2": 8, "7": 8}[n]
	}, false)
	if err != nil {
		return nil, err
	}
	for _, t := range append(group, xed...) {
		switch t.labels {
		case 1:
			t.class = 0
		case 2, 0:
			t.class = 1
		case 4:
			t.class = 2
		default:
			continue // of two minds
		}
		texts = append(texts, t)
	}
	return single("sentiment-en", sentimentNames, without(texts), nil, recipe{
		classes: 3, bits: 18, epochs: 8, rate: 0.02, decay: 1e-6, balance: 1, average: true,
	}, nil)
}

// ratedTweets reads VADER's tweets: id, mean rating −4..4, text. From half a
// point on a tweet counts as negative or positive.
func ratedTweets(data string) ([]text, error) {
	lines, err := readLines(filepath.Join(data, "vader", "tweets_GroundTruth.txt"))
	if err != nil {
		return nil, err
	}
	var out []text
	for _, l := range lines {
		f := strings.SplitN(l, "\t", 3)
		if len(f) < 3 {
			continue
		}
		v, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			continue // the sets have a heading here and there
		}
		c := 1
		switch {
		case v <= -0.5:
			c = 0
		case v >= 0.5:
			c = 2
		}
		out = append(out, text{text: f[2], class: c})
	}
	return out, nil
}
