package enrich

import "math"

// Undetermined is the language of a text that gives too little to judge by.
const Undetermined = "und"

// leastConfidence is the confidence below which a text is undetermined: of the
// labelled tweets there, three in four are guessed wrong.
const leastConfidence = 0.1

// guess is what the language scorer found: ISO 639-1 codes, confidence 0..1.
type guess struct {
	lang, second string // second: the next best, the best when lang is undetermined
	confidence   float64
}

// detect scores the text's n-grams per language and sums them. Words are cut
// into n-grams of 4 bytes in steps of 3, the first with a leading space and the
// last with a trailing one; each n-gram counts once. (Method and table: the
// "eld" language detector 2.1.0, Apache-2.0; scripts and confidence are ours.)
// A short text is judged together with its title.
func (e *Engine) detect(text, title string) guess {
	var w words
	w.read(text)
	if title != "" && !w.full {
		w.sep = true
		w.read(title)
	}
	s, share := dominant(&w.scripts)
	if s == otherScript {
		return guess{lang: Undetermined}
	}
	if l := scriptLang(s); l != "" {
		return guess{lang: l, confidence: share}
	}
	if s == cyrillic {
		if l := cyrillicLang(w.buf[:w.n]); l != "" {
			return guess{lang: l, confidence: share}
		}
	}
	w.unlaugh()
	var scores [maxLangs]int32
	n := e.table.score(w.buf[:w.n], &scores)
	g := e.rank(&scores, n, s)
	if g.lang == "fa" && g.second == "ar" && arabicOnly(w.buf[:w.n]) {
		g.lang, g.second = "ar", "fa"
	}
	return g
}

// score adds up the scores of the words' n-grams and returns how many different
// n-grams there are.
func (t *langTable) score(buf []byte, scores *[maxLangs]int32) int {
	var seen [512]uint64 // at most one n-gram per two bytes of buf
	distinct := 0
	for start := 0; start < len(buf); {
		end := start
		for end < len(buf) && buf[end] != ' ' {
			end++
		}
		word := buf[start:end]
		start = end + 1
		if len(word) == 0 {
			continue
		}
		n := min(len(word), 70)
		j := 0
		for ; j+4 < n; j += 3 {
			distinct += t.once(ngram(word[j:j+4], j == 0, false), &seen, scores)
		}
		if len(word) > 70 { // its last n-gram is in no table
			distinct++
			continue
		}
		distinct += t.once(ngram(word[max(n-4, 0):], j == 0, true), &seen, scores)
	}
	return distinct
}

// once adds an n-gram's scores the first time it occurs and returns 1 then.
func (t *langTable) once(key uint64, seen *[512]uint64, scores *[maxLangs]int32) int {
	i := hashKey(key) >> 55
	for seen[i] != 0 {
		if seen[i] == key {
			return 0
		}
		i = (i + 1) & 511
	}
	seen[i] = key
	for _, p := range t.get(key) {
		scores[p[0]] += int32(p[1]) + scoreBase
	}
	return 1
}

// ngram packs up to four bytes and the word's edges into a key of the table.
func ngram(b []byte, first, last bool) uint64 {
	var k uint64
	var at uint
	if first {
		k, at = ' ', 8
	}
	for _, c := range b {
		k |= uint64(c) << at
		at += 8
	}
	if last {
		k |= ' ' << at
	}
	return k
}

// rank picks the two best languages of the script.
func (e *Engine) rank(scores *[maxLangs]int32, n int, s script) guess {
	best, second := -1, -1
	for l := range e.table.langs {
		if e.scripts[l] != s || scores[l] <= 0 {
			continue
		}
		switch {
		case best < 0 || scores[l] > scores[best]:
			best, second = l, best
		case second < 0 || scores[l] > scores[second]:
			second = l
		}
	}
	if best < 0 || n == 0 {
		return guess{lang: Undetermined}
	}
	g := guess{lang: e.table.langs[best]}
	rest := int32(0)
	if second >= 0 {
		g.second, rest = e.table.langs[second], scores[second]
	}
	g.confidence = confidence(scores[best], rest, n)
	if g.confidence < leastConfidence {
		return guess{lang: Undetermined, second: g.lang, confidence: g.confidence}
	}
	return g
}

// confidence maps the lead of the best language over the second, in scores per
// n-gram and grown with the square root of their number, to 0..1.
func confidence(best, second int32, n int) float64 {
	lead := float64(best-second) / float64(n) * math.Sqrt(float64(n))
	return 1 - math.Exp(-lead/20)
}
