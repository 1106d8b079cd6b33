package enrich

import (
	"fmt"
	"strings"
	"sync"

	"vedette/backend/enrich/linear"
	"vedette/backend/model"
)

// engineVersion is raised whenever the same post gets another Enrichment.
const engineVersion = "enrich/2"

// Models are the tables that enrichment reads, as package assets embeds them. A
// linear model that is missing or empty is a capability that there is not.
type Models struct {
	Lang  []byte // language n-grams, written by assets/models/gen
	VADER []byte // sentiment lexicon: word, tab, mean valence −4..4
	Emoji []byte // emoji, tab, its English name
	// Linear are the linear models by name: "sentiment-en" and the like (negative,
	// neutral, positive), "topic" (English, towards a subject: negative, positive),
	// "emotions", "outlook", "offence" (English), "languages" (other, codes).
	Linear  map[string][]byte
	Themes  []byte // taxonomy of concerns
	Threats []byte // words that may be a threat
	Name    string // of the linear models, for Version
}

// Engine enriches posts. It is immutable after New and safe for parallel use.
type Engine struct {
	table     *langTable
	scripts   []script // per language of the table
	lexicon   *lexicon
	version   string
	sentiment map[string]*linear.Model
	topic     *linear.Model
	emotions  *linear.Model
	outlook   *linear.Model
	offence   *linear.Model
	languages *linear.Model
	themes    *taxonomy
	threats   *taxonomy
	readers   sync.Pool // of *Reader
}

// keepBytes is the largest text whose working memory is kept for the next one.
const keepBytes = 1 << 16

// New reads the tables. It fails only when one of them is damaged, or one of the
// first three missing.
func New(m Models) (*Engine, error) {
	t, err := parseTable(m.Lang)
	if err != nil {
		return nil, fmt.Errorf("load language table: %w", err)
	}
	l, err := parseLexicon(m.VADER, m.Emoji)
	if err != nil {
		return nil, fmt.Errorf("load sentiment lexicon: %w", err)
	}
	e := &Engine{table: t, lexicon: l, version: engineVersion + " " + t.version + " vader/1"}
	for _, lang := range t.langs {
		e.scripts = append(e.scripts, sharedScript(lang))
	}
	if err := e.load(m); err != nil {
		return nil, err
	}
	if m.Name != "" {
		e.version += " " + m.Name
	}
	e.readers.New = func() any { return &Reader{lexicon: l} }
	return e, nil
}

// load reads the linear models and the word lists.
func (e *Engine) load(m Models) error {
	var err error
	if e.sentiment, err = readSentiment(m.Linear); err != nil {
		return err
	}
	for _, x := range []struct {
		name    string
		classes int // 0: as many as there are
		to      **linear.Model
	}{
		{"topic", 2, &e.topic},
		{"emotions", len(emotionNames), &e.emotions},
		{"outlook", len(outlookNames), &e.outlook},
		{"offence", 2, &e.offence},
		{"languages", 0, &e.languages},
	} {
		if *x.to, err = readModel(m.Linear[x.name], x.classes); err != nil {
			return fmt.Errorf("load model %s: %w", x.name, err)
		}
	}
	if e.themes, err = parseTaxonomy(m.Themes); err != nil {
		return fmt.Errorf("load themes: %w", err)
	}
	if e.threats, err = parseTaxonomy(m.Threats); err != nil {
		return fmt.Errorf("load threat words: %w", err)
	}
	return nil
}

// Version names the engine and its tables, for example
// "enrich/2 eld/2.1.0 vader/1 linear/1". Posts enriched by another version are stale.
func (e *Engine) Version() string { return e.version }

// Enrich understands one post; p is not changed. A service message (KindEvent)
// gets no language and no sentiment. Sentiment is given for the languages that
// there is a model for, in any other polarity is unknown. A post without text is
// judged by its title; the words given as reasons then have no offsets.
func (e *Engine) Enrich(p *model.Post) model.Enrichment {
	f := collect(p)
	out := model.Enrichment{
		Version:  e.version,
		Lang:     Undetermined,
		Polarity: model.PolarityUnknown,
		Hashtags: f.hashtags.items,
		Mentions: f.mentions.items,
		Links:    f.links,
	}
	if p.Kind == model.KindEvent {
		return out
	}
	text, own := p.Text, true
	if strings.TrimSpace(text) == "" {
		text, own = p.Title, false
	}
	r := e.reader()
	g := e.language(r, p.Text, p.Title)
	out.Lang, out.LangConfidence, out.LangSecond = g.lang, g.confidence, g.second
	if j := e.judge(r, e.readAs(g), text); j.polarity != model.PolarityUnknown {
		out.Polarity, out.Sentiment, out.Reasons = j.polarity, j.score, j.reasons
		if !own {
			for i := range out.Reasons {
				out.Reasons[i].Start, out.Reasons[i].End = 0, 0
			}
		}
	}
	e.give(r, text)
	return out
}

// reader takes a reader from the pool.
func (e *Engine) reader() *Reader {
	r, ok := e.readers.Get().(*Reader)
	if !ok {
		r = &Reader{lexicon: e.lexicon}
	}
	return r
}

// give puts a reader back unless the text made it large.
func (e *Engine) give(r *Reader, text string) {
	if len(text) <= keepBytes {
		e.readers.Put(r)
	}
}

// unsure is the confidence below which the second guess of a language counts as well.
const unsure = 0.5

// readAs is the language by whose models a text is read: the guess, or where that
// has none and is not sure, the second one.
func (e *Engine) readAs(g guess) string {
	if g.lang != "en" && e.sentiment[g.lang] == nil && g.confidence < unsure && (g.second == "en" || e.sentiment[g.second] != nil) {
		return g.second
	}
	return g.lang
}

// judge gives the sentiment of a text in a language. English without a model of
// its own is judged by VADER alone.
func (e *Engine) judge(r *Reader, lang, text string) judgement {
	if m := e.sentiment[lang]; m != nil {
		return r.sentiment(m, lang, text)
	}
	if lang != "en" {
		return judgement{polarity: model.PolarityUnknown}
	}
	score := r.vader.vaderScore(e.lexicon, text)
	return judgement{score: score, polarity: polarityOf(score), reasons: r.vader.reasons(text, true)}
}
