package enrich

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Constants of VADER (Hutto & Gilbert 2014, vaderSentiment 3.3.2).
const (
	boosterIncrement = 0.293 // a degree adverb before the word
	capsIncrement    = 0.733 // capitals in a text that is not all capitals
	negationScalar   = -0.74 // "not good"
	alpha            = 15.0  // of the final normalisation
	exclamation      = 0.292 // per "!", at most four
	question         = 0.18  // per "?" from two to three
	questionMax      = 0.96  // for more
	polarityEdge     = 0.05  // |score| from which a text is not neutral
)

// special numbers the words that the rules name.
type special uint8

const (
	notSpecial special = iota
	wNo
	wOr
	wNor
	wNever
	wSo
	wThis
	wWithout
	wDoubt
	wLeast
	wAt
	wVery
	wBut
	wKind
	wOf
	wSort
	wJust
	wEnough
	wThe
	wShit
	wBomb
	wBad
	wAss
	wBus
	wStop
	wYeah
	wRight
	wKiss
	wDeath
	wTo
	wDie
	wFor
	wBeating
	wBroken
	wHeart
)

const specialWords = "no or nor never so this without doubt least at very but kind of sort just enough the shit bomb bad ass bus stop yeah right kiss death to die for beating broken heart"

const negationWords = "aint arent cannot cant couldnt darent didnt doesnt ain't aren't can't couldn't daren't didn't doesn't " +
	"dont hadnt hasnt havent isnt mightnt mustnt neither don't hadn't hasn't haven't isn't mightn't mustn't " +
	"neednt needn't never none nope nor not nothing nowhere oughtnt shant shouldnt uhuh wasnt werent " +
	"oughtn't shan't shouldn't uh-uh wasn't weren't without wont wouldnt won't wouldn't rarely seldom despite"

const raisingWords = "absolutely amazingly awfully completely considerable considerably decidedly deeply effing enormous enormously " +
	"entirely especially exceptional exceptionally extreme extremely fabulously flipping flippin frackin fracking " +
	"fricking frickin frigging friggin fully fuckin fucking fuggin fugging greatly hella highly hugely " +
	"incredible incredibly intensely major majorly more most particularly purely quite really remarkably so substantially " +
	"thoroughly total totally tremendous tremendously uber unbelievably unusually utter utterly very"

const loweringWords = "almost barely hardly kinda kindof kind-of less little marginal marginally occasional occasionally partly " +
	"scarce scarcely slight slightly somewhat sorta sortof sort-of"

// idiom is a sequence of two or three words (the third notSpecial) with a
// valence of its own.
type idiom struct {
	a, b, c special
	valence float64
}

var idioms = [...]idiom{
	{wThe, wShit, notSpecial, 3},
	{wThe, wBomb, notSpecial, 3},
	{wBad, wAss, notSpecial, 1.5},
	{wBus, wStop, notSpecial, 0},
	{wYeah, wRight, notSpecial, -2},
	{wKiss, wOf, wDeath, -1.5},
	{wTo, wDie, wFor, 3},
	{wBeating, wHeart, notSpecial, 3.1},
	{wBroken, wHeart, notSpecial, -2.9},
}

// idiomValence looks up the words as an idiom; c is notSpecial for two words.
// A word that the rules do not name is never part of an idiom.
func idiomValence(a, b, c special, three bool) (float64, bool) {
	if a == notSpecial || b == notSpecial || three && c == notSpecial {
		return 0, false
	}
	for _, i := range idioms {
		if i.a == a && i.b == b && i.c == c {
			return i.valence, true
		}
	}
	return 0, false
}

// wordInfo is what the rules know of a lower-cased word.
type wordInfo struct {
	valence float64 // meaningful when rated
	booster float64 // 0: none
	id      special
	rated   bool
	negates bool
}

// errLexicon is the cause of every failure to read the lexicon.
var errLexicon = errors.New("damaged sentiment lexicon")

// lexicon is VADER's word list and rules' words, and emoji as words.
type lexicon struct {
	words map[string]wordInfo
	emoji map[rune]string
}

func parseLexicon(vader, emoji []byte) (*lexicon, error) {
	l := &lexicon{words: make(map[string]wordInfo, 8192), emoji: make(map[rune]string, 2048)}
	for line := range strings.Lines(string(vader)) {
		word, value, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		v, err := strconv.ParseFloat(value, 64)
		if !ok || err != nil {
			return nil, fmt.Errorf("read word %q: %w", word, errLexicon)
		}
		l.words[word] = wordInfo{valence: v, rated: true}
	}
	for line := range strings.Lines(string(emoji)) {
		sign, name, ok := strings.Cut(strings.TrimRight(line, "\r\n"), "\t")
		r, n := utf8.DecodeRuneInString(sign)
		if !ok || n != len(sign) || r == utf8.RuneError {
			return nil, fmt.Errorf("read emoji %q: %w", sign, errLexicon)
		}
		l.emoji[r] = name
	}
	if len(l.words) == 0 || len(l.emoji) == 0 {
		return nil, fmt.Errorf("read empty list: %w", errLexicon)
	}
	l.rules()
	return l, nil
}

// rules adds the words that the rules name.
func (l *lexicon) rules() {
	update := func(list string, change func(i int, w *wordInfo)) {
		for i, word := range strings.Fields(list) {
			w := l.words[word]
			change(i, &w)
			l.words[word] = w
		}
	}
	update(specialWords, func(i int, w *wordInfo) { w.id = special(i + 1) })
	update(negationWords, func(_ int, w *wordInfo) { w.negates = true })
	update(raisingWords, func(_ int, w *wordInfo) { w.booster = boosterIncrement })
	update(loweringWords, func(_ int, w *wordInfo) { w.booster = -boosterIncrement })
}
