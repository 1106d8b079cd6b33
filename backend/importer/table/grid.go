package table

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// gridRow is one row of a container whose cells are found without reading text:
// a workbook or a Parquet file. num counts from 1, as the container shows it.
// problem is a rejection's sentence, or "".
type gridRow struct {
	num     int64
	cells   []string
	lists   [][]string // by cell, nil where it is no list
	problem string
}

// grid is an open container: its header, and the rows below it.
type grid interface {
	header() []string
	// next returns the next row, or io.EOF.
	next() (gridRow, error)
	// tell notes what was assumed about the container.
	tell(s importer.Sink)
	close() error
}

// opener opens a container from its beginning.
type opener func(f importer.File, o importer.Options) (grid, error)

// gridReading is one reading of one container.
type gridReading struct {
	mapper *mapper
	in     columnsIn
	limit  int64
	rows   int64
}

// readGrid reads a container by its profile.
func readGrid(ctx context.Context, f importer.File, open opener, o importer.Options, s importer.Sink) error {
	g, err := open(f, o)
	if err != nil {
		return containerFault(f.Name, err)
	}
	defer func() { _ = g.close() }() // opened for reading: nothing to lose
	p := o.Profile
	if p == nil {
		p = byHeader(g.header())
	}
	if p == nil {
		return &importer.NeedsMapping{Name: f.Name, Columns: g.header()}
	}
	r := &gridReading{limit: o.RecordLimit()}
	if r.mapper, err = newMapper(p, o); err != nil {
		return err
	}
	if r.in, err = bind(r.mapper, g.header(), s); err != nil {
		return err
	}
	if err := r.inferOrder(f, open, o); err != nil {
		return err
	}
	pipe := importer.NewPipeline(ctx, s, o)
	err = errors.Join(r.read(ctx, g, f.Size, pipe), pipe.Close())
	if err != nil {
		return fmt.Errorf("read table %s: %w", f.Name, err)
	}
	g.tell(s)
	r.mapper.tell(s)
	r.in.unknown(p, r.rows, s)
	return nil
}

// containerFault says in a sentence why a container cannot be read.
func containerFault(name string, err error) error {
	return &model.Fault{Code: "container_unreadable", Params: map[string]string{
		"file": name, "message": fmt.Sprintf("The file %q cannot be read: %s", name, sentence(err)),
	}, Err: err}
}

// gridGroup is how many rows are mapped as one piece of work.
const gridGroup = 200

// read submits the rows in groups. A container that breaks off gives one more
// rejection.
func (r *gridReading) read(ctx context.Context, g grid, size int64, pipe *importer.Pipeline) error {
	var rows []gridRow
	var held int64
	flush := func() error {
		if len(rows) == 0 {
			return nil
		}
		work, n := rows, held
		rows, held = nil, 0
		return pipe.Submit(n, 0, func(b *importer.Batch) {
			for i := range work {
				r.record(b, &work[i])
			}
		})
	}
	last := int64(0)
	for ctx.Err() == nil {
		rw, err := g.next()
		if errors.Is(err, io.EOF) {
			return errors.Join(flush(), pipe.Submit(0, size, func(*importer.Batch) {}))
		}
		if err != nil {
			rows = append(rows, gridRow{num: last + 1, problem: text.Clean(err.Error() + ".")})
			return flush()
		}
		last = rw.num
		r.rows++
		rows = append(rows, rw)
		held += weight(&rw)
		if len(rows) >= gridGroup || held >= group {
			if err := flush(); err != nil {
				return err
			}
		}
	}
	return fmt.Errorf("read rows: %w", context.Cause(ctx))
}

// weight is about how many bytes of memory a row takes.
func weight(rw *gridRow) int64 {
	n := int64(64)
	for _, c := range rw.cells {
		n += int64(len(c)) + 16
	}
	for _, l := range rw.lists {
		for _, c := range l {
			n += int64(len(c)) + 16
		}
	}
	return n
}

// record maps one row.
func (r *gridReading) record(b *importer.Batch, rw *gridRow) {
	rec := model.Record{Raw: r.canonical(rw), Locator: model.Locator{Row: rw.num}}
	cell := func(i int) string { return rw.cells[i] }
	switch n := len(rw.cells); {
	case rw.problem != "":
		rec.Raw = []byte(rw.problem)
		rec.Reject = &model.Reject{Code: importer.RejectTruncated, Reason: rw.problem}
	case int64(len(rec.Raw)) > r.limit:
		rec.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf("Row %d is %d bytes long; the limit is %d.", rw.num, len(rec.Raw), r.limit)}
		rec.Raw = rec.Raw[:min(len(rec.Raw), keptBytes)]
	case rw.lists == nil && isTotals(max(n, len(r.in.header)), func(i int) string {
		if i >= n {
			return ""
		}
		return cell(i)
	}):
		rec.Reject = &model.Reject{Code: "totals_row", Reason: fmt.Sprintf("Row %d sums up the table; it is not a post.", rw.num)}
	case r.repeats(rw):
		rec.Reject = &model.Reject{Code: "repeated_header", Reason: fmt.Sprintf("Row %d repeats the header.", rw.num)}
	default:
		for i := len(r.in.header); i < n; i++ {
			if rw.cells[i] != "" {
				b.Unknown(fmt.Sprintf("(column %d)", i+1))
			}
		}
		rec.Post, rec.Reject = r.mapper.post(gridRecord{row: rw, in: &r.in})
		if rec.Reject != nil {
			rec.Reject.Reason = strings.Replace(rec.Reject.Reason, "The row", fmt.Sprintf("Row %d", rw.num), 1)
		}
	}
	b.Record(rec)
}

// repeats reports whether a row is the header once more.
func (r *gridReading) repeats(rw *gridRow) bool {
	if rw.lists != nil || len(rw.cells) < len(r.in.header) {
		return false
	}
	for i, h := range r.in.header {
		if strings.TrimSpace(rw.cells[i]) != h {
			return false
		}
	}
	return true
}

// canonical is the row as a JSON object of its filled cells, in the order of the
// columns: what the evidence keeps for it.
func (r *gridReading) canonical(rw *gridRow) []byte {
	out := []byte{'{'}
	add := func(i int, v any) {
		name := fmt.Sprintf("(column %d)", i+1)
		if i < len(r.in.header) && r.in.header[i] != "" {
			name = r.in.header[i]
		}
		if len(out) > 1 {
			out = append(out, ',')
		}
		out = appendJSON(append(appendJSON(out, name), ':'), v)
	}
	for i, c := range rw.cells {
		switch {
		case i < len(rw.lists) && rw.lists[i] != nil:
			add(i, rw.lists[i])
		case c != "":
			add(i, c)
		}
	}
	return append(out, '}')
}

func appendJSON(b []byte, v any) []byte {
	var w strings.Builder
	e := json.NewEncoder(&w)
	e.SetEscapeHTML(false)
	if err := e.Encode(v); err != nil {
		return append(b, "null"...) // texts and lists of texts can always be written
	}
	return append(b, strings.TrimSuffix(w.String(), "\n")...)
}

// gridRecord is a row seen through the mapper's columns.
type gridRecord struct {
	row *gridRow
	in  *columnsIn
}

func (r gridRecord) cell(col int) string {
	i := r.in.index[col]
	if i < 0 || i >= len(r.row.cells) {
		return ""
	}
	if i < len(r.row.lists) && len(r.row.lists[i]) > 0 {
		return r.row.lists[i][0]
	}
	return r.row.cells[i]
}

func (r gridRecord) list(col int) []string {
	if i := r.in.index[col]; i >= 0 && i < len(r.row.lists) {
		return r.row.lists[i]
	}
	return nil
}

// orderRows is how many rows are looked at for the order of day and month: dates
// in such containers are mostly typed, and need none.
const orderRows = 5000

// inferOrder reads dates until one of them proves whether day or month comes
// first.
func (r *gridReading) inferOrder(f importer.File, open opener, o importer.Options) error {
	if r.mapper.clock.order != "" || len(r.mapper.dateColumns) == 0 {
		return nil
	}
	g, err := open(f, o)
	if err != nil {
		return containerFault(f.Name, err)
	}
	defer func() { _ = g.close() }() // opened for reading: nothing to lose
	for range orderRows {
		rw, err := g.next()
		if err != nil {
			break // what is wrong is told when the rows are read
		}
		for _, col := range r.mapper.dateColumns {
			if e := evidence(gridRecord{row: &rw, in: &r.in}.cell(col)); e == "dmy" || e == "mdy" {
				r.mapper.clock.order, r.mapper.inferred = e, "inferred from the column"
				return nil
			}
		}
	}
	return nil
}
