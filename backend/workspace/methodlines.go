package workspace

import (
	"bufio"
	"encoding/json"
	"fmt"
	"io"
)

// maxMethodLine is the longest line that a method reads, in bytes.
const maxMethodLine = 16 << 20

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
