package table

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync/atomic"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// sheet is one CSV file being read.
type sheet struct {
	file    importer.File
	tracker *text.Tracker
	dialect dialect
	mapper  *mapper
	in      columnsIn
	limit   int64
	short   atomic.Int64
	rows    int64
}

// group is how many bytes of rows are mapped as one piece of work.
const group = 128 << 10

// readCSV reads a table by its profile.
func readCSV(ctx context.Context, f importer.File, h importer.Head, o importer.Options, s importer.Sink) error {
	enc, err := text.Detect(h.Bytes, o.Encoding)
	if err != nil {
		return fmt.Errorf("read table %s: %w", f.Name, err)
	}
	if enc.Basis == text.BasisGuessed {
		s.Assume("encoding", enc.Name)
	}
	b := sniff(h.Text, f.Size <= int64(len(h.Bytes)))
	d, header := b.dialect, b.header
	p := o.Profile
	if p == nil {
		p = byHeader(header)
	}
	if p == nil {
		return &importer.NeedsMapping{Name: f.Name, Columns: header}
	}
	if len(header) == 0 { // one column: nothing to find a delimiter by
		b = tryDelimiter(h.Text, ',', true)
		d, header = b.dialect, b.header
	}
	t := &sheet{file: f, dialect: d, limit: o.RecordLimit()}
	if t.mapper, err = newMapper(p, o); err != nil {
		return err
	}
	if t.in, err = bind(t.mapper, header, s); err != nil {
		return err
	}
	tellPreamble(int64(d.before), s)
	if err := t.inferOrder(ctx, enc); err != nil {
		return err
	}
	t.tracker = text.NewTracker(f.R, f.Size, enc)
	pipe := importer.NewPipeline(ctx, s, o)
	err = errors.Join(t.read(ctx, pipe), pipe.Close())
	if err != nil {
		return fmt.Errorf("read table %s: %w", f.Name, err)
	}
	t.tell(s)
	return nil
}

// rowsOf starts reading the rows of the file, the header first.
func (t *sheet) rowsOf(tr *text.Tracker) (*rowReader, error) {
	if t.dialect.skip > 0 {
		if _, err := io.CopyN(io.Discard, tr, int64(t.dialect.skip)); err != nil {
			return nil, fmt.Errorf("pass over what is before the header: %w", err)
		}
	}
	r := newRowReader(tr, tr.Base()+int64(t.dialect.skip), t.dialect.delim, t.limit)
	r.num = int64(t.dialect.lines)
	if _, err := r.next(); err != nil && !errors.Is(err, io.EOF) {
		return nil, err
	}
	return r, nil
}

// read splits the file into rows and submits them in groups.
func (t *sheet) read(ctx context.Context, pipe *importer.Pipeline) error {
	r, err := t.rowsOf(t.tracker)
	if err != nil {
		return err
	}
	var rows []row
	size := int64(0)
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		work, n := rows, size
		rows, size = nil, 0
		return pipe.Submit(n, t.tracker.Done(), func(b *importer.Batch) {
			var cells []cell
			for _, rw := range work {
				cells = t.record(b, rw, cells[:0])
			}
		})
	}
	for ctx.Err() == nil {
		rw, err := r.next()
		if errors.Is(err, io.EOF) {
			return flush()
		}
		if err != nil {
			return errors.Join(flush(), err)
		}
		t.rows++
		rows = append(rows, rw)
		if size += int64(len(rw.raw)) + 64; size >= group {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("read rows: %w", context.Cause(ctx))
}

// record maps one row. cells is scratch space.
func (t *sheet) record(b *importer.Batch, rw row, cells []cell) []cell {
	rec := model.Record{Raw: rw.raw, Locator: model.Locator{Offset: rw.pos, Length: int64(len(rw.raw)), Row: rw.num}}
	if err := t.locate(&rec, rw); err != nil {
		b.Fail(err)
		return cells
	}
	if rw.problem == "" {
		if _, _, st := scanRow(rw.raw, t.dialect.delim, true, &cells); st != rowDone {
			rw.problem = "unclosed_quote"
		}
	}
	if rec.Reject = t.reject(rw, cells); rec.Reject == nil {
		rec.Post, rec.Reject = t.mapper.post(&csvRecord{sheet: t, raw: rw.raw, cells: cells})
	}
	b.Record(rec)
	return cells
}

// reject says why a row cannot be mapped at all.
func (t *sheet) reject(rw row, cells []cell) *model.Reject {
	r := func(code, format string, a ...any) *model.Reject {
		return &model.Reject{Code: code, Reason: fmt.Sprintf("Row %d ", rw.num) + fmt.Sprintf(format, a...)}
	}
	switch rw.problem {
	case "record_too_long":
		return r(rw.problem, "is %d bytes long; the limit is %d. Its first %d bytes are kept.", rw.length, t.limit, len(rw.raw))
	case "unclosed_quote":
		return r(rw.problem, "opens a quote that is not closed; reading went on with the next line.")
	case "truncated":
		return r(rw.problem, "ends before it is complete.")
	}
	switch n := len(cells); {
	case isTotals(n, func(i int) string { return cells[i].text(rw.raw) }):
		return r("totals_row", "sums up the table; it is not a post.")
	case n > len(t.in.header):
		for _, c := range cells[len(t.in.header):] {
			if c.text(rw.raw) != "" {
				return r("too_many_cells", "has %d cells, the header %d.", n, len(t.in.header))
			}
		}
	case n < len(t.in.header) && rw.last:
		return r("truncated", "is the last one and has %d of %d cells.", n, len(t.in.header))
	case n < len(t.in.header) && n == 1:
		return r("too_few_cells", "has one cell, the header %d.", len(t.in.header))
	case n < len(t.in.header):
		t.short.Add(1)
	case n == len(t.in.header) && t.repeats(rw.raw, cells):
		return r("repeated_header", "repeats the header.")
	}
	return nil
}

// repeats reports whether a row is the header once more, as in tables that were
// put together.
func (t *sheet) repeats(raw []byte, cells []cell) bool {
	for i, c := range cells {
		if c.to-c.from < len(t.in.header[i]) || strings.TrimSpace(c.text(raw)) != t.in.header[i] {
			return false
		}
	}
	return true
}

// locate turns the row's place in the text into its place in the file. Where the
// character set does not allow that, the row has its number and its text.
func (t *sheet) locate(rec *model.Record, rw row) error {
	if t.tracker.UTF8() {
		return nil
	}
	if !t.tracker.Exact() {
		rec.Locator = model.Locator{Row: rw.num}
		return nil
	}
	from, err := t.tracker.Source(rw.pos)
	if err != nil {
		return fmt.Errorf("find row %d: %w", rw.num, err)
	}
	to, err := t.tracker.Source(rw.pos + int64(len(rw.raw)))
	if err != nil {
		return fmt.Errorf("find the end of row %d: %w", rw.num, err)
	}
	to = min(to, t.file.Size)
	raw := make([]byte, max(0, to-from))
	if _, err := t.file.R.ReadAt(raw, from); err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read row %d: %w", rw.num, err)
	}
	rec.Raw, rec.Locator.Offset, rec.Locator.Length = raw, from, to-from
	return nil
}

// csvRecord is a row seen through the mapper's columns.
type csvRecord struct {
	sheet *sheet
	raw   []byte
	cells []cell
}

func (r *csvRecord) cell(col int) string {
	i := r.sheet.in.index[col]
	if i < 0 || i >= len(r.cells) {
		return ""
	}
	return r.cells[i].text(r.raw)
}

func (r *csvRecord) list(int) []string { return nil }

// inferOrder reads the table's dates until one of them proves whether day or
// month comes first. Tables whose dates are not of that kind are left at once.
func (t *sheet) inferOrder(ctx context.Context, enc text.Encoding) error {
	if t.mapper.clock.order != "" || len(t.mapper.dateColumns) == 0 {
		return nil
	}
	r, err := t.rowsOf(text.NewTracker(t.file.R, t.file.Size, enc))
	if err != nil {
		return err
	}
	var cells []cell
	other, either := 0, 0
	for ctx.Err() == nil {
		rw, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return err
		}
		cells = cells[:0]
		if _, _, st := scanRow(rw.raw, t.dialect.delim, true, &cells); st != rowDone {
			continue
		}
		rec := csvRecord{sheet: t, raw: rw.raw, cells: cells}
		for _, col := range t.mapper.dateColumns {
			switch e := evidence(rec.cell(col)); e {
			case "dmy", "mdy":
				t.mapper.clock.order, t.mapper.inferred = e, "inferred from the whole column"
				return nil
			case "either":
				either++
			default:
				other++
			}
		}
		if other >= 100 && either == 0 {
			break
		}
	}
	return nil
}

// tell notes what was assumed, and which columns were left.
func (t *sheet) tell(s importer.Sink) {
	t.mapper.tell(s)
	if n := t.short.Load(); n > 0 {
		s.Assume("short_rows", fmt.Sprintf("%d rows had fewer cells than the header; the missing ones were read as empty", n))
	}
	t.in.unknown(t.mapper.profile, t.rows, s)
}

// tellPreamble notes how many rows stand before the header.
func tellPreamble(rows int64, s importer.Sink) {
	if rows > 0 {
		s.Assume("preamble", fmt.Sprintf("%d rows before the header were passed over", rows))
	}
}
