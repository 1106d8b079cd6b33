package enrich

import (
	"math"
	"strings"
	"unicode"
	"unicode/utf8"

	"vedette/backend/enrich/linear"
	"vedette/backend/model"
)

// emotionNames are the classes of the emotion model: Ekman's six and neutral.
var emotionNames = []string{"anger", "disgust", "fear", "joy", "neutral", "sadness", "surprise"}

// outlookNames are the two of Plutchik's eight that Ekman's six lack.
var outlookNames = []string{"trust", "anticipation"}

// present is the value from which an emotion or an offence counts as present.
const present = 0.5

// Emotion is how strongly a text shows an emotion, 0..1; present from 0.5 on.
type Emotion struct {
	Name  string  `json:"name"`
	Value float64 `json:"value"`
}

// Concern is a worry about a theme, with the sentence that says it. Offsets are
// bytes in the text.
type Concern struct {
	Theme    string   `json:"theme"` // of the taxonomy
	Words    []string `json:"words"` // that point to the theme
	Sentence string   `json:"sentence"`
	Start    int      `json:"start"`
	End      int      `json:"end"`
	// Worry is why the sentence reads as worried: "fear", "negative" or the words.
	Worry string `json:"worry"`
}

// Threat is a phrase that may be a threat; whether it is one, only a person can tell.
type Threat struct {
	Kind  string `json:"kind"` // of the list of threat words
	Words string `json:"words"`
	Start int    `json:"start"`
	End   int    `json:"end"`
}

// Insight is what a closer reading of one text gives beside its Enrichment.
type Insight struct {
	Lang           string
	LangConfidence float64
	LangSecond     string
	Polarity       model.Polarity
	Sentiment      float64
	Confidence     float64 // that the polarity is right, 0..1, as calibrated
	Reasons        []model.WordReason

	// Emotions are nil where the language has no model.
	Emotions []Emotion
	// Offensive is 0..1, possible from 0.5 on; meaningful when OffenceKnown.
	Offensive    float64
	OffenceKnown bool
	Offence      []model.WordReason // when possible

	Concerns []Concern
	Threats  []Threat
	Entities []Entity
}

// Understand reads one text closely. It costs about five times an Enrich.
func (e *Engine) Understand(text string) Insight {
	r := e.reader()
	defer e.give(r, text)
	g := e.language(r, text, "")
	out := Insight{Lang: g.lang, LangConfidence: g.confidence, LangSecond: g.second}
	lang := e.readAs(g)
	j := e.judge(r, lang, text)
	out.Polarity, out.Sentiment, out.Confidence, out.Reasons = j.polarity, j.score, j.confidence, j.reasons
	if lang == "en" {
		e.feel(r, text, &out)
	}
	out.Threats = e.threatsIn(text)
	out.Concerns = e.concerns(r, lang, text)
	out.Entities = Entities(text)
	return out
}

// feel adds emotions and offence of an English text.
func (e *Engine) feel(r *Reader, text string, out *Insight) {
	f := r.Features("en", text)
	if e.emotions != nil {
		var s [8]float32
		e.emotions.Scores(f, s[:])
		for i, name := range emotionNames {
			out.Emotions = append(out.Emotions, Emotion{name, logistic(s[i])})
		}
	}
	if e.outlook != nil && out.Emotions != nil {
		var s [2]float32
		e.outlook.Scores(f, s[:])
		for i, name := range outlookNames {
			out.Emotions = append(out.Emotions, Emotion{name, logistic(s[i])})
		}
	}
	if e.offence != nil {
		var s [2]float32
		e.offence.Scores(f, s[:])
		linear.Softmax(s[:])
		out.Offensive, out.OffenceKnown = round4(float64(s[1])), true
		if out.Offensive >= present {
			out.Offence = r.reasons(text, f, func(x linear.Feature) float32 { return max(0, e.offence.Margin(x, 1, 0)) })
		}
	}
}

func logistic(x float32) float64 { return round4(1 / (1 + math.Exp(-float64(x)))) }

// Towards is the sentiment of a text towards a subject that it names.
type Towards struct {
	Polarity  model.Polarity // negative or positive; unknown where there is no model
	Sentiment float64        // −1..1
	Named     bool           // the text names the subject
	Reasons   []model.WordReason
}

// Towards judges an English text, or one whose language is undetermined, by how
// it speaks of a subject: negative or positive, the better of the two.
func (e *Engine) Towards(text, subject string) Towards {
	r := e.reader()
	defer e.give(r, text)
	g := e.language(r, text, "")
	out := Towards{Polarity: model.PolarityUnknown}
	if lang := e.readAs(g); e.topic == nil || lang != "en" && lang != Undetermined {
		return out
	}
	f, named := r.TopicFeatures(text, subject)
	out.Named = named
	var s [2]float32
	e.topic.Scores(f, s[:])
	linear.Softmax(s[:])
	out.Sentiment = round4(float64(s[1]) - float64(s[0]))
	out.Polarity = model.PolarityPositive
	if s[0] > s[1] {
		out.Polarity = model.PolarityNegative
	}
	out.Reasons = r.reasons(text, f, func(x linear.Feature) float32 { return e.topic.Margin(x, 1, 0) })
	return out
}

func (e *Engine) threatsIn(text string) []Threat {
	var out []Threat
	for _, h := range e.threats.find(text) {
		for _, th := range h.themes {
			out = append(out, Threat{Kind: e.threats.themes[th].ID, Words: text[h.start:h.end], Start: h.start, End: h.end})
		}
		if len(out) >= maxTags {
			break
		}
	}
	return out
}

// worryTheme is the entry of the taxonomy whose words say that somebody worries.
const worryTheme = "worry"

// worryLeast is the sentiment from which down a sentence reads as worried.
const worryLeast = -0.35

// maxConcerns bounds the concerns of a text.
const maxConcerns = 20

// concerns finds the sentences that name a theme and worry: by words that say
// so, by fear, or by a clearly negative sentiment.
func (e *Engine) concerns(r *Reader, lang, text string) []Concern {
	var out []Concern
	hits := e.themes.find(text)
	for _, s := range sentences(text) {
		var here []hit
		for len(hits) > 0 && hits[0].start < s.end {
			here, hits = append(here, hits[0]), hits[1:]
		}
		if len(here) == 0 || len(out) >= maxConcerns {
			continue
		}
		words, worry := map[string][]string{}, ""
		var order []string
		for _, h := range here {
			for _, th := range h.themes {
				id, word := e.themes.themes[th].ID, text[h.start:h.end]
				if id == worryTheme {
					worry = word
					continue
				}
				if words[id] == nil {
					order = append(order, id)
				}
				words[id] = append(words[id], word)
			}
		}
		if len(order) == 0 {
			continue
		}
		sentence := text[s.start:s.end]
		if worry == "" {
			if worry = e.worried(r, lang, sentence); worry == "" {
				continue
			}
		}
		for _, id := range order {
			out = append(out, Concern{Theme: id, Words: words[id], Sentence: sentence, Start: s.start, End: s.end, Worry: worry})
		}
	}
	return out
}

// worried says by which model a sentence reads as worried, "" when it does not.
func (e *Engine) worried(r *Reader, lang, sentence string) string {
	j := e.judge(r, lang, sentence)
	if j.polarity == model.PolarityNegative && j.score <= worryLeast {
		return "negative"
	}
	if lang == "en" && e.emotions != nil {
		var s [8]float32
		e.emotions.Scores(r.Features("en", sentence), s[:])
		if logistic(s[2]) >= present {
			return "fear"
		}
	}
	return ""
}

// maxSentence bounds a sentence, in bytes; a longer one is cut.
const maxSentence = 1000

// sentences cuts a text after ".", "!", "?", their relatives in other scripts
// and line ends, when white space or the end follows.
func sentences(text string) []span {
	var out []span
	start := 0
	put := func(end int) {
		s := strings.TrimSpace(text[start:end])
		if s != "" {
			at := start + strings.Index(text[start:end], s)
			out = append(out, span{at, at + len(s)})
		}
		start = end
	}
	for i, r := range text {
		end := i + utf8.RuneLen(r)
		if r == utf8.RuneError {
			end = i + 1
			if strings.HasPrefix(text[i:], "\ufffd") {
				end = i + 3
			}
		}
		switch {
		case r == '\n', r == '。', r == '！', r == '？', r == '।', r == '؟', end-start >= maxSentence:
			put(end)
		case r == '.' || r == '!' || r == '?' || r == '…':
			next, _ := utf8.DecodeRuneInString(text[end:])
			if end == len(text) || unicode.IsSpace(next) {
				put(end)
			}
		}
	}
	put(len(text))
	return out
}

// Language gives the language of a text (ISO 639-1, "und") and its confidence.
func (e *Engine) Language(text string) (lang string, confidence float64) {
	r := e.reader()
	defer e.give(r, text)
	g := e.language(r, text, "")
	return g.lang, g.confidence
}

// VADER is what the word list and its rules alone make of an English text, −1..1.
func (e *Engine) VADER(text string) float64 {
	r := e.reader()
	defer e.give(r, text)
	return r.vader.vaderScore(e.lexicon, text)
}
