package enrich

import "vedette/backend/enrich/linear"

// moreLeast is the probability from which a language of the linear model is
// believed against the n-gram table, which does not know it.
const moreLeast = 0.8

// language finds a text's language: by script and n-grams, and the languages
// that the n-gram table lacks (Hindi in Latin letters among them) by a linear
// model, which says "other" to all that the table knows.
func (e *Engine) language(r *Reader, text, title string) guess {
	g := e.detect(text, title)
	if e.languages == nil || !e.mayBeMore(g) {
		return g
	}
	if text == "" {
		text = title
	}
	var s [maxLangs]float32
	p := s[:len(e.languages.Classes)]
	e.languages.Scores(r.Features("", text), p)
	linear.Softmax(p)
	top := 0
	for c := range p {
		if p[c] > p[top] {
			top = c
		}
	}
	if top == 0 || float64(p[top]) < moreLeast {
		return g
	}
	out := guess{lang: e.languages.Classes[top], second: g.lang, confidence: round4(float64(p[top]))}
	if g.lang == Undetermined {
		out.second = g.second
	}
	return out
}

// sure is the confidence from which the table is believed, unless the language
// is one that it takes a language it lacks for.
const sure = 0.97

// mayBeMore reports whether a guess leaves room for a language that the table
// lacks: Cyrillic letters, or Latin ones and no sure guess.
func (e *Engine) mayBeMore(g guess) bool {
	lang := g.lang
	if lang == Undetermined {
		lang = g.second
	}
	switch lang {
	case "", "el", "he", "hy", "ka", "th", "lo", "km", "my", "si", "bo", "am", "bn", "pa", "gu", "or", "ta", "te", "kn", "ml", "dv", "zh", "ja", "ko":
		return false // told by their letters
	case "nl", "ms", "tl", "yo": // taken for Afrikaans, Indonesian, African languages
		return true
	}
	switch sharedScript(lang) {
	case cyrillic:
		return true
	case latin:
		return g.lang == Undetermined || g.confidence < sure
	}
	return false
}
