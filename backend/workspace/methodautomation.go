package workspace

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"vedette/assets"
	"vedette/backend/analytics/automation"
)

// automationModel reads the shipped model once.
var automationModel = sync.OnceValues(func() (*automation.Model, error) { return automation.Load(assets.AutomationModel) })

// AutomationRow is what the method says of one account: Score is how similar its
// profile is to those of automated accounts, absent when too little is known.
type AutomationRow struct {
	ID           string                    `json:"id"`
	Score        *float64                  `json:"score"`
	Insufficient bool                      `json:"insufficient,omitempty"`
	Features     []automation.Contribution `json:"features"`
}

// fieldsOf gives a field of a row by its name, "" when it is absent.
type fieldsOf func(name string) string

// MethodAutomation scores the account profiles of a table, CSV or JSON lines, and
// writes an AutomationRow a line in its order.
func MethodAutomation(ctx context.Context, in io.Reader, out io.Writer) error {
	model, err := automationModel()
	if err != nil {
		return fmt.Errorf("load the model: %w", err)
	}
	var list []automation.Profile
	var seen []time.Time
	err = eachProfile(ctx, in, func(get fieldsOf) {
		p, last := automation.FromFields(get)
		list, seen = append(list, p), append(seen, last)
	})
	if err != nil {
		return err
	}
	automation.Capture(list, seen)
	w := newLineWriter(out)
	for _, p := range list {
		r := model.Score(p)
		row := AutomationRow{ID: p.ID, Insufficient: !r.Sufficient, Features: r.Features}
		if row.ID == "" {
			row.ID = p.Handle
		}
		if r.Sufficient {
			row.Score = &r.Score
		}
		if row.Features == nil {
			row.Features = []automation.Contribution{}
		}
		if err := w.write(row); err != nil {
			return err
		}
	}
	return w.flush()
}

// eachProfile reads JSON lines when the table begins with a brace, and CSV
// otherwise.
func eachProfile(ctx context.Context, in io.Reader, fn func(fieldsOf)) error {
	b := bufio.NewReaderSize(in, 1<<16)
	head, err := b.Peek(512)
	if err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read the table: %w", err)
	}
	if bytes.HasPrefix(bytes.TrimSpace(bytes.TrimPrefix(head, []byte("\ufeff"))), []byte("{")) {
		return jsonProfiles(ctx, b, fn)
	}
	t, err := openTable(b)
	if err != nil {
		return err
	}
	t.r.LazyQuotes = true // such tables hold other languages' notation
	for ctx.Err() == nil {
		row, err := t.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return err
		}
		fn(func(name string) string {
			if i, ok := t.cols[name]; ok {
				return row[i]
			}
			return ""
		})
	}
	return fmt.Errorf("read the table: %w", ctx.Err())
}

func jsonProfiles(ctx context.Context, in io.Reader, fn func(fieldsOf)) error {
	s := bufio.NewScanner(in)
	s.Buffer(make([]byte, 0, 1<<20), maxMethodLine)
	for n := 1; s.Scan(); n++ {
		if ctx.Err() != nil {
			return fmt.Errorf("read the table: %w", ctx.Err())
		}
		line := bytes.TrimSpace(bytes.TrimPrefix(s.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		var row map[string]json.RawMessage
		if err := json.Unmarshal(line, &row); err != nil {
			return tableFault("Line %d is no JSON object: %v.", n, err)
		}
		fn(jsonFields(row))
	}
	if err := s.Err(); err != nil {
		return tableFault("The table cannot be read: %v.", err)
	}
	return nil
}

// jsonFields gives the fields of an account's object, and of the objects in which
// platforms put its counts.
func jsonFields(row map[string]json.RawMessage) fieldsOf {
	parts := []map[string]json.RawMessage{row}
	for _, name := range []string{"public_metrics", "legacy", "user"} {
		var inner map[string]json.RawMessage
		if json.Unmarshal(row[name], &inner) == nil && inner != nil {
			parts = append(parts, inner)
		}
	}
	return func(name string) string {
		for _, p := range parts {
			raw, ok := p[name]
			if !ok {
				continue
			}
			var s string
			if json.Unmarshal(raw, &s) == nil {
				return s
			}
			return strings.TrimSpace(string(raw))
		}
		return ""
	}
}
