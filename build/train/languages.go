package main

import (
	"fmt"
	"path/filepath"
	"slices"
	"strings"
	"unicode"

	"vedette/assets"
	"vedette/backend/enrich"
	"vedette/backend/enrich/linear"
)

// moreLanguages are the languages that the n-gram table lacks and the linear
// model knows, beside "other" and Hindi in Latin letters.
var moreLanguages = []string{"af", "cy", "eo", "ga", "id", "kk", "la", "lg", "mi", "mk", "mn", "sn", "so", "st", "sw", "tn", "ts", "xh", "zu"}

// languageClasses are the model's classes.
var languageClasses = append([]string{"other", "hi"}, moreLanguages...)

// sentencesOf reads the sentences of a language; those of a language of the
// model's own again in parts, as posts are shorter than sentences.
func sentencesOf(path string, class int) ([]text, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, l := range lines {
		if l = strings.TrimSpace(l); l == "" {
			continue
		}
		out = append(out, text{text: l, class: class})
		if w := strings.Fields(l); class > 0 && len(w) > 8 {
			out = append(out, text{text: strings.Join(w[:len(w)/3], " "), class: class}, text{text: strings.Join(w[len(w)/2:], " "), class: class})
		}
	}
	return out, nil
}

// tweetsOfEach bounds the tweets and comments of a language that the table knows.
const tweetsOfEach = 1000

// languageTexts collects the examples: sentences of every language written in
// Latin or Cyrillic letters, comments, and, unless open, tweets.
func languageTexts(data string, open bool) ([]text, error) {
	files, err := filepath.Glob(filepath.Join(data, "langid", "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("find sentences: %w", err)
	}
	var out []text
	for _, f := range files {
		lang := strings.TrimSuffix(filepath.Base(f), ".txt")
		texts, err := sentencesOf(f, max(slices.Index(languageClasses, lang), 0))
		if err != nil {
			return nil, err
		}
		if len(texts) > 0 && latinOrCyrillic(texts[0].text) {
			out = append(out, texts...)
		}
	}
	comments, err := tsv(filepath.Join(data, "goemotions", "ekman", "train.tsv"), ekman)
	if err != nil {
		return nil, err
	}
	out = append(out, comments[:min(len(comments), 3*tweetsOfEach)]...)
	for _, l := range xlmt {
		if l[1] == "ar" || open {
			continue
		}
		texts, err := pairs(filepath.Join(data, "sentiment-xlmt", l[0]), "train")
		if err != nil {
			return nil, err
		}
		class := max(slices.Index(languageClasses, l[1]), 0)
		if class == 0 {
			texts = texts[:min(len(texts), tweetsOfEach)]
		} else if texts, err = notEnglish(texts); err != nil {
			return nil, err
		}
		for _, t := range texts {
			out = append(out, text{text: t.text, class: class})
		}
	}
	return out, nil
}

// notEnglish drops the texts that the n-gram table takes for English: many of
// the Hindi set are.
func notEnglish(texts []text) ([]text, error) {
	e, err := enrich.New(enrich.Models{Lang: assets.LangTable, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames})
	if err != nil {
		return nil, fmt.Errorf("load the language table: %w", err)
	}
	var out []text
	for _, t := range texts {
		if lang, confidence := e.Language(t.text); lang != "en" && confidence > 0 {
			out = append(out, t)
		}
	}
	return out, nil
}

func latinOrCyrillic(s string) bool {
	for _, r := range s {
		if unicode.IsLetter(r) {
			return unicode.Is(unicode.Latin, r) || unicode.Is(unicode.Cyrillic, r)
		}
	}
	return false
}

func trainLanguages(data string, open bool) ([]byte, error) {
	texts, err := languageTexts(data, open)
	if err != nil {
		return nil, err
	}
	return single("languages", languageClasses, texts, func(r *enrich.Reader, t text) []linear.Feature { return r.Features("", t.text) }, recipe{
		classes: len(languageClasses), bits: 15, epochs: 5, rate: 0.05, decay: 1e-6, balance: 0.2, average: true,
	}, nil)
}
