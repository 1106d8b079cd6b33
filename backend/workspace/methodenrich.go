package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"runtime"
	"sync"

	"vedette/backend/enrich"
	"vedette/backend/model"
)

// enrichRow is a row that MethodEnrich writes.
type enrichRow struct {
	ID             json.RawMessage    `json:"id"`
	Lang           string             `json:"lang"`
	LangConfidence float64            `json:"lang_confidence"`
	LangSecond     string             `json:"lang_second,omitempty"`
	Sentiment      float64            `json:"sentiment"`
	Polarity       model.Polarity     `json:"polarity"`
	Confidence     float64            `json:"sentiment_confidence,omitempty"`
	Reasons        []model.WordReason `json:"reasons,omitempty"`
	Emotions       map[string]float64 `json:"emotions,omitempty"`
	Offensive      *float64           `json:"offensive,omitempty"`
	OffenceWords   []model.WordReason `json:"offensive_words,omitempty"`
	Concerns       []enrich.Concern   `json:"concerns"`
	Threats        []enrich.Threat    `json:"possible_threats,omitempty"`
	Entities       []enrich.Entity    `json:"entities,omitempty"`
	TopicScore     *float64           `json:"topic_score,omitempty"`
	TopicPolarity  string             `json:"topic_polarity,omitempty"`
}

// enrichChunk is how many rows are understood at a time.
const enrichChunk = 512

// MethodEnrich reads JSON lines {"id","text"[,"topic"]} and writes what is
// understood of each, in the same order. What the language has no model for is
// absent, and its polarity "unknown".
func MethodEnrich(ctx context.Context, in io.Reader, out io.Writer) error {
	engine, err := loadEngine()
	if err != nil {
		return err
	}
	w := newLineWriter(out)
	var rows []methodLine
	flush := func() error {
		for _, r := range understandRows(engine, rows) {
			if err := w.write(r); err != nil {
				return err
			}
		}
		rows = rows[:0]
		return nil
	}
	err = eachLine(ctx, in, func(row methodLine) error {
		rows = append(rows, row)
		if len(rows) == enrichChunk {
			return flush()
		}
		return nil
	})
	if err == nil {
		err = flush()
	}
	if err != nil {
		return fmt.Errorf("enrich the table: %w", err)
	}
	return w.flush()
}

// understandRows understands rows in parallel.
func understandRows(e *enrich.Engine, rows []methodLine) []enrichRow {
	out := make([]enrichRow, len(rows))
	workers := min(runtime.GOMAXPROCS(0), len(rows))
	var wg sync.WaitGroup
	for k := range workers {
		wg.Go(func() {
			for i := k; i < len(rows); i += workers {
				out[i] = understandRow(e, rows[i])
			}
		})
	}
	wg.Wait()
	return out
}

func understandRow(e *enrich.Engine, row methodLine) enrichRow {
	text := head(*row.Text)
	u := e.Understand(text)
	out := enrichRow{
		ID: row.ID, Lang: u.Lang, LangConfidence: u.LangConfidence, LangSecond: u.LangSecond,
		Sentiment: u.Sentiment, Polarity: u.Polarity, Confidence: u.Confidence, Reasons: u.Reasons,
		OffenceWords: u.Offence, Concerns: u.Concerns, Threats: u.Threats, Entities: u.Entities,
	}
	if out.Concerns == nil {
		out.Concerns = []enrich.Concern{}
	}
	if u.OffenceKnown {
		out.Offensive = &u.Offensive
	}
	if len(u.Emotions) > 0 {
		out.Emotions = make(map[string]float64, len(u.Emotions))
		for _, x := range u.Emotions {
			out.Emotions[x.Name] = x.Value
		}
	}
	if row.Topic != "" {
		if t := e.Towards(text, row.Topic); t.Polarity != model.PolarityUnknown {
			out.TopicScore, out.TopicPolarity = &t.Sentiment, string(t.Polarity)
		} else {
			out.TopicPolarity = string(model.PolarityUnknown)
		}
	}
	return out
}
