package enrich

import (
	"fmt"
	"strings"
	"sync"

	"vedette/backend/model"
)

// Models are the tables that enrichment reads, as package assets embeds them.
type Models struct {
	Lang  []byte // language n-grams, written by assets/models/gen
	VADER []byte // sentiment lexicon: word, tab, mean valence −4..4
	Emoji []byte // emoji, tab, its English name
}

// Engine enriches posts. It is immutable after New and safe for parallel use.
type Engine struct {
	table   *langTable
	scripts []script // per language of the table
	lexicon *lexicon
	version string
	texts   sync.Pool // of *vaderText
}

// keepBytes is the largest text whose working memory is kept for the next one.
const keepBytes = 1 << 16

// New reads the tables. It fails only when one of them is damaged or missing.
func New(m Models) (*Engine, error) {
	t, err := parseTable(m.Lang)
	if err != nil {
		return nil, fmt.Errorf("load language table: %w", err)
	}
	l, err := parseLexicon(m.VADER, m.Emoji)
	if err != nil {
		return nil, fmt.Errorf("load sentiment lexicon: %w", err)
	}
	e := &Engine{table: t, lexicon: l, version: "enrich/1 " + t.version + " vader/1"}
	for _, lang := range t.langs {
		e.scripts = append(e.scripts, sharedScript(lang))
	}
	e.texts.New = func() any { return new(vaderText) }
	return e, nil
}

// Version names the engine and its tables, for example
// "enrich/1 eld/2.1.0 vader/1". Posts enriched by another version are stale.
func (e *Engine) Version() string { return e.version }

// Enrich understands one post; p is not changed. A service message (KindEvent)
// gets no language and no sentiment. Sentiment is given for English only, in any
// other language polarity is unknown. A post without text is judged by its
// title; the words given as reasons then have no offsets.
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
	g := e.detect(p.Text, p.Title)
	out.Lang, out.LangConfidence, out.LangSecond = g.lang, g.confidence, g.second
	if g.lang == "en" {
		text, own := p.Text, true
		if strings.TrimSpace(text) == "" {
			text, own = p.Title, false
		}
		v, ok := e.texts.Get().(*vaderText)
		if !ok {
			v = new(vaderText)
		}
		out.Sentiment = v.vaderScore(e.lexicon, text)
		out.Polarity = polarityOf(out.Sentiment)
		out.Reasons = v.reasons(text, own)
		if len(text) <= keepBytes {
			e.texts.Put(v)
		}
	}
	return out
}
