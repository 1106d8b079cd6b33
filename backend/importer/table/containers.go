package table

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/parquet"
	"vedette/backend/importer/xlsx"
)

// container tells by its first bytes what holds a table, and how it is opened;
// nil for text. An error is a sentence that says why it cannot be read.
func container(head []byte) (what string, open opener, err error) {
	if is, err := xlsx.Sniff(head); is {
		return "a workbook", openBook, closed(err)
	}
	if is, err := parquet.Sniff(head); is {
		return "a Parquet file", openParquet, closed(err)
	}
	return "", nil, nil
}

// closed says of a container in words that it cannot be opened.
func closed(err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("it cannot be opened: %w", err)
}

// containerOf is container for a file. It reads no text, and guesses at no
// character set.
func containerOf(f importer.File) (what string, open opener, err error) {
	head := make([]byte, min(f.Size, importer.HeadSize))
	n, err := f.R.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return "", nil, fmt.Errorf("read the beginning of %s: %w", f.Name, err)
	}
	return container(head[:n])
}

// errNoBook says that a ZIP is no workbook.
var errNoBook = errors.New("the ZIP file is no workbook")

// detectContainer judges a workbook or a Parquet file; what it is for another
// format when it is a ZIP of something else.
func detectContainer(h importer.Head) (m importer.Match, is bool) {
	what, open, err := container(h.Bytes)
	if open == nil {
		return m, false
	}
	if err != nil {
		return importer.Match{Score: 95, Why: what + " that cannot be read", Refuse: sentence(err)}, true
	}
	if h.R == nil {
		return importer.Match{Score: scoreUnknownBook, Why: what}, true
	}
	f := importer.File{Name: h.Name, Size: h.Size, R: h.R}
	g, err := open(f, importer.Options{})
	switch {
	case errors.Is(err, errNoBook):
		return m, false
	case err != nil:
		return importer.Match{Score: 95, Why: what + " that cannot be read", Refuse: sentence(err)}, true
	}
	defer func() { _ = g.close() }() // opened for reading: nothing to lose
	return judge(g.header(), what, scoreUnknownBook), true
}

// sentence is what an error says of a container, for people.
func sentence(err error) string {
	var book *xlsx.Error
	var file *parquet.Error
	switch {
	case errors.As(err, &book):
		return book.Error() + "."
	case errors.As(err, &file):
		return file.Error() + "."
	}
	s := err.Error()
	return strings.ToUpper(s[:1]) + s[1:] + "."
}

// bookGrid is a sheet of a workbook.
type bookGrid struct {
	rows     *xlsx.Rows
	names    []string
	waiting  []xlsx.Row // read while the header was looked for
	preamble int64
	sheet    string
	others   []string
}

// openBook opens the first sheet that has a header, shown ones before hidden ones.
func openBook(f importer.File, o importer.Options) (grid, error) {
	b, ok, err := xlsx.Open(f.R, f.Size, o.RecordLimit())
	if err != nil {
		return nil, fmt.Errorf("open workbook: %w", err)
	}
	if !ok {
		return nil, errNoBook
	}
	var best *bookGrid
	var failed error
	for _, hidden := range []bool{false, true} {
		for _, s := range b.Sheets {
			if s.Hidden != hidden || best != nil {
				continue
			}
			g, err := openSheet(b, s)
			if err != nil {
				failed = errors.Join(failed, err)
				continue
			}
			best = g
		}
	}
	switch {
	case best == nil && failed != nil:
		return nil, failed
	case best == nil:
		return nil, errors.New("no sheet of the workbook has a header with rows below it")
	}
	for _, s := range b.Sheets {
		if s.Name != best.sheet {
			best.others = append(best.others, s.Name)
		}
	}
	return best, nil
}

// openSheet looks for a header in the first rows of a sheet; nil when it has none.
func openSheet(b *xlsx.Book, s xlsx.Sheet) (*bookGrid, error) {
	rows, err := b.Rows(s)
	if err != nil {
		return nil, fmt.Errorf("open sheet: %w", err)
	}
	g := &bookGrid{rows: rows, sheet: s.Name}
	var first [][]string
	for len(first) < sniffedRows {
		r, err := rows.Next()
		if errors.Is(err, io.EOF) || r.Problem != "" {
			break
		}
		if err != nil && len(first) < 2 {
			return nil, errors.Join(fmt.Errorf("read sheet: %w", err), g.close())
		}
		if err != nil {
			break // the rows that can be read are read; the end is told then
		}
		g.waiting = append(g.waiting, r)
		trimmed := make([]string, len(r.Cells))
		for i, c := range r.Cells {
			trimmed[i] = strings.TrimSpace(c)
		}
		first = append(first, trimmed)
	}
	h := headerAt(first)
	if h < 0 || h == len(first)-1 {
		return nil, g.close()
	}
	g.names, g.waiting, g.preamble = first[h], g.waiting[h+1:], int64(h)
	return g, nil
}

func (g *bookGrid) header() []string { return g.names }

func (g *bookGrid) next() (gridRow, error) {
	if len(g.waiting) > 0 {
		r := g.waiting[0]
		g.waiting = g.waiting[1:]
		return gridRow{num: r.Num, cells: r.Cells}, nil
	}
	r, err := g.rows.Next()
	if err != nil {
		return gridRow{}, wrapEnd(err)
	}
	return gridRow{num: r.Num, cells: r.Cells, problem: r.Problem}, nil
}

// wrapEnd keeps io.EOF as it is.
func wrapEnd(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("read rows: %w", err)
}

func (g *bookGrid) tell(s importer.Sink) {
	s.Assume("sheet", g.sheet)
	if len(g.others) > 0 {
		s.Assume("other_sheets", "not read: "+strings.Join(g.others, ", "))
	}
	if g.rows.Merged > 0 {
		s.Assume("merged_cells", fmt.Sprintf("%d merged ranges over several rows: their value was read for every row", g.rows.Merged))
	}
	if g.rows.Errors > 0 {
		s.Assume("error_cells", fmt.Sprintf("%d cells with an error such as #N/A were read as empty", g.rows.Errors))
	}
	tellPreamble(g.preamble, s)
}

func (g *bookGrid) close() error {
	if err := g.rows.Close(); err != nil {
		return fmt.Errorf("close workbook: %w", err)
	}
	return nil
}

// parquetGrid is a Parquet file.
type parquetGrid struct {
	file *parquet.File
	num  int64
}

func openParquet(f importer.File, _ importer.Options) (grid, error) {
	p, err := parquet.Open(f.R, f.Size)
	if err != nil {
		return nil, fmt.Errorf("open Parquet: %w", err)
	}
	return &parquetGrid{file: p}, nil
}

func (g *parquetGrid) header() []string { return g.file.Columns }

func (g *parquetGrid) next() (gridRow, error) {
	r, err := g.file.Next()
	if err != nil {
		return gridRow{}, wrapEnd(err)
	}
	g.num++
	return gridRow{num: g.num, cells: r.Cells, lists: r.Lists}, nil
}

func (g *parquetGrid) tell(importer.Sink) {}

func (g *parquetGrid) close() error {
	if err := g.file.Close(); err != nil {
		return fmt.Errorf("close Parquet: %w", err)
	}
	return nil
}
