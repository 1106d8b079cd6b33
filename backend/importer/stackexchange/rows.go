package stackexchange

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/model"
)

// headKept is how many bytes of a row that is too long are kept, and group how
// many bytes of rows are decoded as one piece of work.
const (
	headKept = 64 << 10
	group    = 128 << 10
)

// row is one element <row …/>: its bytes in UTF-8, their place, and what is wrong
// with them. text is what was kept; size is the whole length.
type row struct {
	pos, size int64
	text      []byte
	problem   string
	why       string
}

// rowReader finds the rows of a dump. Attributes cannot hold a "<", so one ends
// a row whose quotes do not match, and costs no other.
type rowReader struct {
	r     *bufio.Reader
	pos   int64
	limit int64
}

// next returns the next row, or io.EOF.
func (r *rowReader) next() (row, error) {
	for {
		if err := r.seek(); err != nil {
			return row{}, err
		}
		start := r.pos
		head, err := r.r.Peek(5)
		if err != nil && !errors.Is(err, io.EOF) {
			return row{}, fmt.Errorf("read row: %w", err)
		}
		switch {
		case len(head) == 5 && string(head[:4]) == "<row" && bytes.IndexByte([]byte(" \t\r\n/>"), head[4]) >= 0:
			return r.row(start)
		case len(head) < 5 && len(head) > 1 && bytes.HasPrefix([]byte("<row "), head):
			return r.row(start) // the file ends inside of it
		}
		if _, err := r.r.Discard(1); err != nil {
			return row{}, fmt.Errorf("read row: %w", err)
		}
		r.pos++
	}
}

// seek goes to the next "<".
func (r *rowReader) seek() error {
	for {
		b, err := r.r.ReadSlice('<')
		r.pos += int64(len(b))
		switch {
		case err == nil:
			r.pos--
			if err := r.r.UnreadByte(); err != nil {
				return fmt.Errorf("read row: %w", err)
			}
			return nil
		case errors.Is(err, bufio.ErrBufferFull):
		case errors.Is(err, io.EOF):
			return io.EOF
		default:
			return fmt.Errorf("read row: %w", err)
		}
	}
}

// row takes the row that begins here.
func (r *rowReader) row(start int64) (row, error) {
	w := row{pos: start}
	keep := max(r.limit, headKept)
	quote := byte(0)
	for {
		c, err := r.r.ReadByte()
		if errors.Is(err, io.EOF) {
			w.problem, w.why = importer.RejectTruncated, "the file ends inside of it"
			return r.done(w), nil
		}
		if err != nil {
			return w, fmt.Errorf("read row: %w", err)
		}
		if c == '<' && w.size > 0 {
			if err := r.r.UnreadByte(); err != nil {
				return w, fmt.Errorf("read row: %w", err)
			}
			w.problem, w.why = "bad_xml", "its quotes do not match or its end is missing"
			return r.done(w), nil
		}
		w.size++
		r.pos++
		if int64(len(w.text)) < keep {
			w.text = append(w.text, c)
		}
		switch {
		case quote != 0:
			if c == quote {
				quote = 0
			}
		case c == '"' || c == '\'':
			quote = c
		case c == '>':
			return r.done(w), nil
		}
	}
}

// done judges the length of a row.
func (r *rowReader) done(w row) row {
	if w.size > r.limit {
		w.problem = importer.RejectTooLong
		w.text = w.text[:min(len(w.text), headKept)]
		w.why = fmt.Sprintf("it is %d bytes long; the limit is %d, and its first %d bytes are kept", w.size, r.limit, len(w.text))
	}
	return w
}

// readDump reads a dump row by row and decodes groups of them.
func readDump(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	src, err := chats.Open(f, o, s)
	if err != nil {
		return fmt.Errorf("open dump: %w", err)
	}
	d := &dump{site: siteOf(f.Name), names: companion(f)}
	r := &rowReader{r: bufio.NewReaderSize(src, 64<<10), pos: src.Base(), limit: o.RecordLimit()}
	pipe := importer.NewPipeline(ctx, s, o)
	err = feed(r, src, pipe, d)
	closed := pipe.Close()
	if err != nil && closed != nil && err.Error() == closed.Error() {
		closed = nil
	}
	return errors.Join(err, closed)
}

// found is a row with its record, still without what it says.
type found struct {
	row
	rec model.Record
}

// feed hands groups of rows to the pipeline.
func feed(r *rowReader, src *chats.Source, pipe *importer.Pipeline, d *dump) error {
	for {
		var rows []found
		size := int64(0)
		end := false
		for size < group && !end {
			w, err := r.next()
			if errors.Is(err, io.EOF) {
				end = true
				break
			}
			if err != nil {
				return err
			}
			rec, err := src.Record(w.pos, w.text)
			if err != nil {
				return fmt.Errorf("find row: %w", err)
			}
			rows = append(rows, found{row: w, rec: rec})
			size += int64(len(w.text)) + 64
		}
		done := src.Done()
		err := pipe.Submit(size, done, func(b *importer.Batch) {
			for i := range rows {
				d.row(&rows[i], b)
			}
		})
		if err != nil || end {
			return err //nolint:wrapcheck // the pipeline's own words
		}
	}
}
