package workspace

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// methodLine is a row of a method that reads texts: JSON with an id (text or
// number), a text and, for enrich, perhaps a topic.
type methodLine struct {
	ID    json.RawMessage `json:"id"`
	Text  *string         `json:"text"`
	Topic string          `json:"topic"`
}

// maxMethodLine is the longest line that a method reads, in bytes.
const maxMethodLine = 16 << 20

// eachLine calls fn with every row of a table of JSON lines; empty lines are
// passed over. A line that is no such row ends the reading with its number.
func eachLine(ctx context.Context, in io.Reader, fn func(methodLine) error) error {
	s := bufio.NewScanner(in)
	s.Buffer(make([]byte, 0, 1<<20), maxMethodLine)
	n := 0
	for s.Scan() {
		n++
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read the table: %w", err)
		}
		line := bytes.TrimSpace(bytes.TrimPrefix(s.Bytes(), []byte("\ufeff")))
		if len(line) == 0 {
			continue
		}
		var row methodLine
		if err := json.Unmarshal(line, &row); err != nil {
			return tableFault("Line %d is no JSON object of this kind: %v.", n, err)
		}
		if len(row.ID) == 0 || row.ID[0] == 'n' || row.ID[0] == '{' || row.ID[0] == '[' || row.Text == nil {
			return tableFault(`Line %d needs an "id" and a "text".`, n)
		}
		if err := fn(row); err != nil {
			return err
		}
	}
	if errors.Is(s.Err(), bufio.ErrTooLong) {
		return tableFault("Line %d is longer than %d MB.", n+1, maxMethodLine>>20)
	}
	if s.Err() != nil {
		return fmt.Errorf("read the table: %w", s.Err())
	}
	return nil
}

// lineWriter writes JSON lines.
type lineWriter struct {
	b *bufio.Writer
	e *json.Encoder
}

func newLineWriter(out io.Writer) *lineWriter {
	w := &lineWriter{b: bufio.NewWriterSize(out, 1<<16)}
	w.e = json.NewEncoder(w.b)
	w.e.SetEscapeHTML(false)
	return w
}

func (w *lineWriter) write(row any) error {
	if err := w.e.Encode(row); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}

func (w *lineWriter) flush() error {
	if err := w.b.Flush(); err != nil {
		return fmt.Errorf("write the table: %w", err)
	}
	return nil
}
