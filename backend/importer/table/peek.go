package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
)

// Sample is the beginning of a table: what a person maps its columns by.
type Sample struct {
	// Container is "text" (CSV, TSV and the like), "workbook", "parquet" or "json".
	Container string   `json:"container"`
	Columns   []string `json:"columns"`
	// Rows are the first rows, each with as many cells as there are columns; lists
	// are joined by "; ".
	Rows [][]string `json:"rows"`

	records []gridRow
}

// maxPeek is how many rows a sample may have.
const maxPeek = 1000

// Peek reads the header and the first n rows of a table, whatever it is kept in.
// The error is a *model.Fault when the file cannot be read, and
// *importer.Unrecognised when it is no table.
func Peek(f importer.File, o importer.Options, n int) (Sample, error) {
	n = min(max(n, 1), maxPeek)
	what, open, err := containerOf(f)
	if err != nil {
		return Sample{}, containerFault(f.Name, err)
	}
	var s Sample
	if open != nil {
		s, err = peekGrid(f, open, o, n)
		s.Container = strings.TrimPrefix(strings.ToLower(strings.TrimSuffix(what, " file")), "a ")
	} else {
		s, err = peekPlain(f, o, n)
	}
	if err != nil {
		return s, err
	}
	if len(s.Columns) == 0 {
		return s, &importer.Unrecognised{Name: f.Name, Empty: f.Size == 0, Attempts: []importer.Attempt{{Format: Name, Match: importer.Match{Why: "no header with rows below it"}}}}
	}
	for i := range s.records {
		s.Rows = append(s.Rows, s.records[i].texts(len(s.Columns)))
	}
	return s, nil
}

// texts gives the cells of the columns, with lists joined.
func (r *gridRow) texts(n int) []string {
	out := make([]string, n)
	for i := range min(n, len(r.cells)) {
		out[i] = r.cells[i]
		if i < len(r.lists) && r.lists[i] != nil {
			out[i] = strings.Join(r.lists[i], "; ")
		}
	}
	return out
}

func peekGrid(f importer.File, open opener, o importer.Options, n int) (Sample, error) {
	g, err := open(f, o)
	if err != nil {
		return Sample{}, containerFault(f.Name, err)
	}
	defer func() { _ = g.close() }() // opened for reading: nothing to lose
	s := Sample{Columns: g.header()}
	for len(s.records) < n {
		r, err := g.next()
		if err != nil || r.problem != "" {
			break // what is wrong is told when the table is read
		}
		s.records = append(s.records, r)
	}
	return s, nil
}

// peekPlain reads the beginning of text: rows, or objects.
func peekPlain(f importer.File, o importer.Options, n int) (Sample, error) {
	h, err := importer.ReadHead(f, o)
	if err != nil {
		return Sample{}, fmt.Errorf("peek at table: %w", err)
	}
	if t := bytes.TrimSpace(h.Text); len(t) > 0 && (t[0] == '{' || t[0] == '[') {
		return peekJSON(h, n), nil
	}
	return peekText(f, h, o, n)
}

// peekJSON reads the objects at the beginning of a file.
func peekJSON(h importer.Head, n int) Sample {
	s := Sample{Container: "json"}
	values := jsonscan.Sniff(h.Text, n)
	for _, v := range values {
		for _, c := range members(v, "", 2) {
			if len(s.Columns) < 200 && !slices.Contains(s.Columns, c) {
				s.Columns = append(s.Columns, c)
			}
		}
	}
	paths := make([][]string, len(s.Columns))
	for i, c := range s.Columns {
		paths[i] = strings.Split(c, ".")
	}
	for k, v := range values {
		if v.Kind() != '{' || v.Cut {
			continue
		}
		r := &jsonRecord{v: v, paths: paths}
		row := gridRow{num: int64(k + 1), cells: make([]string, len(paths)), lists: make([][]string, len(paths))}
		for i := range paths {
			row.cells[i], row.lists[i] = r.cell(i), r.list(i)
		}
		s.records = append(s.records, row)
	}
	return s
}

func peekText(f importer.File, h importer.Head, o importer.Options, n int) (Sample, error) {
	enc, err := text.Detect(h.Bytes, o.Encoding)
	if err != nil {
		return Sample{}, fmt.Errorf("peek at table %s: %w", f.Name, err)
	}
	b := sniff(h.Text, f.Size <= int64(len(h.Bytes)))
	if len(b.header) == 0 {
		b = tryDelimiter(h.Text, ',', true)
	}
	s := Sample{Container: "text", Columns: b.header}
	t := &sheet{file: f, dialect: b.dialect, limit: o.RecordLimit()}
	r, err := t.rowsOf(text.NewTracker(f.R, f.Size, enc))
	if err != nil {
		return s, err
	}
	var cells []cell
	for len(s.records) < n {
		rw, err := r.next()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return s, err
		}
		cells = cells[:0]
		if _, _, st := scanRow(rw.raw, b.delim, true, &cells); st != rowDone || rw.problem != "" {
			continue
		}
		row := gridRow{num: rw.num}
		for _, c := range cells {
			row.cells = append(row.cells, c.text(rw.raw))
		}
		s.records = append(s.records, row)
	}
	return s, nil
}
