package main

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"
)

// text is one labelled text.
type text struct {
	text   string
	topic  string
	class  int
	labels uint32
}

// readLines reads a file's lines as they are, without the line ends.
func readLines(path string) ([]string, error) {
	b, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("read data: %w", err)
	}
	lines := strings.Split(strings.ReplaceAll(string(b), "\r\n", "\n"), "\n")
	for len(lines) > 0 && lines[len(lines)-1] == "" {
		lines = lines[:len(lines)-1]
	}
	return lines, nil
}

// polarities are the classes of sentiment, in the order of the models.
var polarities = map[string]int{"negative": 0, "neutral": 1, "positive": 2}

// semeval reads SemEval files of three classes: id, class, text.
func semeval(dir string, names ...string) ([]text, error) {
	var out []text
	for _, name := range names {
		lines, err := readLines(filepath.Join(dir, "sentiment-semeval", "twitter-"+name+"-A.tsv"))
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			f := strings.SplitN(l, "\t", 3)
			if len(f) < 3 || f[2] == "Not Available" {
				continue
			}
			if c, ok := polarities[f[1]]; ok {
				out = append(out, text{text: unquote(f[2]), class: c})
			}
		}
	}
	return out, nil
}

// topics reads SemEval files of sentiment towards a topic: id, topic, class,
// text. Neutral ones are left out.
func topics(dir string, names ...string) ([]text, error) {
	var out []text
	for _, name := range names {
		lines, err := readLines(filepath.Join(dir, "sentiment-topic", "twitter-"+name+"-BD.tsv"))
		if err != nil {
			return nil, err
		}
		for _, l := range lines {
			f := strings.Split(l, "\t")
			if len(f) < 4 || strings.TrimSpace(f[3]) == "Not Available" {
				continue
			}
			switch f[2] {
			case "negative":
				out = append(out, text{text: unquote(f[3]), topic: f[1]})
			case "positive":
				out = append(out, text{text: unquote(f[3]), topic: f[1], class: 1})
			}
		}
	}
	return out, nil
}

// unquote takes off the quotation marks that some of the files put around a text.
func unquote(s string) string {
	return strings.Trim(strings.ReplaceAll(strings.ReplaceAll(s, `\"`, `"`), `""`, `"`), "\" ")
}

// pairs reads a file of texts and one of classes, as tweeteval and xlm-t have them.
func pairs(dir, split string) ([]text, error) {
	texts, err := readLines(filepath.Join(dir, split+"_text.txt"))
	if err != nil {
		return nil, err
	}
	labels, err := readLines(filepath.Join(dir, split+"_labels.txt"))
	if err != nil {
		return nil, err
	}
	if len(texts) != len(labels) {
		return nil, fmt.Errorf("read %s %s: %d texts and %d labels", dir, split, len(texts), len(labels))
	}
	out := make([]text, len(texts))
	for i := range texts {
		c := strings.TrimSpace(labels[i])
		if len(c) != 1 || c[0] < '0' || c[0] > '2' {
			return nil, fmt.Errorf("read %s %s: label %q", dir, split, c)
		}
		out[i] = text{text: texts[i], class: int(c[0] - '0')}
	}
	return out, nil
}

// tsv reads texts with a list of class numbers, text first, as GoEmotions and
// XED have them; bit turns a number into a bit of labels.
func tsv(path string, bit func(string) uint32) ([]text, error) {
	lines, err := readLines(path)
	if err != nil {
		return nil, err
	}
	var out []text
	for _, l := range lines {
		f := strings.Split(l, "\t")
		if len(f) < 2 {
			continue
		}
		t := text{text: f[0]}
		for _, n := range strings.Split(f[1], ",") {
			t.labels |= bit(strings.TrimSpace(n))
		}
		out = append(out, t)
	}
	return out, nil
}

// key is what two copies of a text have in common: letters and digits.
func key(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(s) {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			b.WriteRune(r)
		}
	}
	return b.String()
}

// without drops texts that occur before or in one of the lists to leave out.
func without(texts []text, leave ...[]text) []text {
	seen := map[string]bool{}
	for _, l := range leave {
		for _, t := range l {
			seen[key(t.text)+"\n"+t.topic] = true
		}
	}
	var out []text
	for _, t := range texts {
		k := key(t.text) + "\n" + t.topic
		if !seen[k] {
			seen[k] = true
			out = append(out, t)
		}
	}
	return out
}
