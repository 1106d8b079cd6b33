package enrich

import (
	"fmt"
	"strings"

	"vedette/backend/enrich/linear"
)

// Reader makes the features that the linear models read. The command that
// trains them uses the same code. It is not safe for parallel use.
type Reader struct {
	lexicon *lexicon
	doc     linear.Doc
	set     linear.Set
	vader   vaderText
	parts   []float32 // per token of doc, while reasons are weighed
}

// NewReader makes a reader from VADER's word list and the names of emoji.
func NewReader(vader, emoji []byte) (*Reader, error) {
	l, err := parseLexicon(vader, emoji)
	if err != nil {
		return nil, fmt.Errorf("load sentiment lexicon: %w", err)
	}
	return &Reader{lexicon: l}, nil
}

// negations lists, per language, words that turn what follows round.
var negations = func() map[string]map[string]bool {
	out := map[string]map[string]bool{}
	for lang, list := range map[string]string{
		"en": "not no never cannot without none nobody nothing neither nor dont cant wont didnt doesnt isnt aint don't can't won't didn't doesn't isn't ain't aren't wasn't weren't couldn't shouldn't wouldn't haven't hasn't hadn't",
		"ar": "لا ما لم لن ليس ليست مش مو غير بدون ماهو",
		"de": "nicht kein keine keinen keiner keinem nie niemals ohne nichts",
		"es": "no nunca sin ni nada nadie ningún ninguna tampoco jamás",
		"fr": "pas jamais sans ni rien aucun aucune plus non",
		"hi": "not no never nahi nahin nhi mat na nai bina नहीं मत न ना बिना dont don't cant can't",
		"it": "non mai senza né niente nessuno nessuna nulla neanche",
		"pt": "não nao nunca sem nem nada ninguém nenhum nenhuma jamais",
	} {
		out[lang] = map[string]bool{}
		for _, w := range strings.Fields(list) {
			out[lang][w] = true
		}
	}
	return out
}()

// Features makes the features of a text in a language; they hold until the next
// call. English has VADER's view of the text among them.
func (r *Reader) Features(lang, text string) []linear.Feature {
	r.doc.Read(text)
	r.set.Read(&r.doc, linear.Options{Negations: negations[lang]})
	if lang == "en" {
		r.addVADER(text)
	}
	return r.set.Features
}

// addVADER adds what the word list and its rules make of the text.
func (r *Reader) addVADER(text string) {
	compound := r.vader.vaderScore(r.lexicon, text[:min(len(text), linear.MaxBytes)])
	var plus, minus, high, low, last float64
	for _, x := range r.vader.score {
		switch {
		case x > 0:
			plus += x
			high = max(high, x)
			last = x
		case x < 0:
			minus -= x
			low = max(low, -x)
			last = x
		}
	}
	r.set.Add("vader", float32(compound))
	switch {
	case compound >= polarityEdge:
		r.set.Add("vader+", 0.5)
	case compound <= -polarityEdge:
		r.set.Add("vader-", 0.5)
	default:
		r.set.Add("vader0", 0.5)
	}
	squash := func(x float64) float32 { return float32(x / (x + 3)) }
	r.set.Add("plus", squash(plus))
	r.set.Add("minus", squash(minus))
	r.set.Add("high", float32(high/4))
	r.set.Add("low", float32(low/4))
	r.set.Add("last", float32(last/4))
}

// window is how many words on either side of a subject's mention are read as
// said of it.
const window = 6

// TopicFeatures makes the features of an English text and a subject: those of
// the text, and once more the words near the subject's mentions. named is false
// when the text does not name the subject.
func (r *Reader) TopicFeatures(text, topic string) (features []linear.Feature, named bool) {
	r.Features("en", text)
	named = r.set.Near(&r.doc, topic, window)
	return r.set.Features, named
}
