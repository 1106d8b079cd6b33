package export

import (
	"bufio"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/xuri/excelize/v2"

	"vedette/backend/model"
)

// CSV writes the posts as comma-separated values (RFC 4180) in UTF-8 with a
// byte order mark, by which spreadsheets know the encoding. Text that could be
// taken for a formula is preceded by an apostrophe; JSONL has it as it was.
func CSV(w io.Writer, posts iter.Seq2[model.PostView, error], o Options) (Stats, error) {
	out := bufio.NewWriterSize(&counter{w: w}, 1<<16)
	if _, err := out.WriteString("\ufeff"); err != nil {
		return Stats{}, fmt.Errorf("write CSV: %w", err)
	}
	c := csv.NewWriter(out)
	c.UseCRLF = true
	if err := c.Write(columns[:]); err != nil {
		return Stats{}, fmt.Errorf("write CSV: %w", err)
	}
	record := make([]string, len(columns))
	s, err := each(posts, o, func(p *model.PostView) error {
		for i, v := range row(p) {
			record[i] = v.text
			if !v.number {
				record[i] = safe(v.text)
			}
		}
		if err := c.Write(record); err != nil {
			return fmt.Errorf("write record: %w", err)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	c.Flush()
	if err := c.Error(); err != nil {
		return s, fmt.Errorf("write CSV: %w", err)
	}
	if err := out.Flush(); err != nil {
		return s, fmt.Errorf("write CSV: %w", err)
	}
	return s, nil
}

// JSONL writes each post as one line of JSON: the stable form of the command
// line, with the exact text and without escaping for HTML.
func JSONL(w io.Writer, posts iter.Seq2[model.PostView, error], o Options) (Stats, error) {
	out := bufio.NewWriterSize(&counter{w: w}, 1<<16)
	enc := json.NewEncoder(out)
	enc.SetEscapeHTML(false)
	s, err := each(posts, o, func(p *model.PostView) error {
		if err := enc.Encode(p); err != nil {
			return fmt.Errorf("encode post: %w", err)
		}
		return nil
	})
	if err != nil {
		return s, err
	}
	if err := out.Flush(); err != nil {
		return s, fmt.Errorf("write JSON lines: %w", err)
	}
	return s, nil
}

// Excel's limits: rows of a sheet, and characters (UTF-16 units) of a cell.
const (
	maxRows = 1 << 20
	maxCell = 32767
)

// newBook is an empty workbook that names this program; the library's own would
// name the library's author as the creator of the evidence.
func newBook() (*excelize.File, error) {
	book := excelize.NewFile()
	if err := book.SetDocProps(&excelize.DocProperties{Creator: "Vedette", LastModifiedBy: "Vedette"}); err != nil {
		return nil, errors.Join(fmt.Errorf("describe workbook: %w", err), book.Close())
	}
	if err := book.SetAppProps(&excelize.AppProperties{Application: "Vedette"}); err != nil {
		return nil, errors.Join(fmt.Errorf("describe workbook: %w", err), book.Close())
	}
	return book, nil
}

// XLSX writes the posts as a workbook, streaming, with a frozen heading. A
// sheet holds 1,048,575 posts; more go to further sheets. Text longer than
// Excel's 32,767 characters ends in "…"; JSONL has all of it.
func XLSX(w io.Writer, posts iter.Seq2[model.PostView, error], o Options) (s Stats, err error) {
	book, err := newBook()
	if err != nil {
		return Stats{}, err
	}
	defer func() {
		if cerr := book.Close(); cerr != nil && err == nil {
			err = fmt.Errorf("close workbook: %w", cerr)
		}
	}()
	x := &sheets{book: book}
	if err := x.next(); err != nil {
		return Stats{}, err
	}
	if s, err = each(posts, o, x.write); err != nil {
		return s, err
	}
	if err := x.flush(); err != nil {
		return s, err
	}
	if err := book.Write(&counter{w: w}); err != nil {
		return s, fmt.Errorf("write workbook: %w", err)
	}
	return s, nil
}

// sheets streams rows into one sheet after another.
type sheets struct {
	book  *excelize.File
	sw    *excelize.StreamWriter
	count int
	row   int
}

// next starts a sheet with its headings.
func (x *sheets) next() error {
	if err := x.flush(); err != nil {
		return err
	}
	x.count++
	name := "posts"
	if x.count == 1 {
		if err := x.book.SetSheetName("Sheet1", name); err != nil {
			return fmt.Errorf("name sheet: %w", err)
		}
	} else {
		name += " " + strconv.Itoa(x.count)
		if _, err := x.book.NewSheet(name); err != nil {
			return fmt.Errorf("add sheet: %w", err)
		}
	}
	sw, err := x.book.NewStreamWriter(name)
	if err != nil {
		return fmt.Errorf("open sheet: %w", err)
	}
	x.sw, x.row = sw, 1
	if err := sw.SetPanes(&excelize.Panes{Freeze: true, YSplit: 1, TopLeftCell: "A2", ActivePane: "bottomLeft"}); err != nil {
		return fmt.Errorf("freeze headings: %w", err)
	}
	bold, err := x.book.NewStyle(&excelize.Style{Font: &excelize.Font{Bold: true}})
	if err != nil {
		return fmt.Errorf("make style: %w", err)
	}
	head := make([]any, len(columns))
	for i, c := range columns {
		head[i] = excelize.Cell{StyleID: bold, Value: c}
	}
	return wrap(sw.SetRow("A1", head))
}

// write adds a post.
func (x *sheets) write(p *model.PostView) error {
	if x.row == maxRows {
		if err := x.next(); err != nil {
			return err
		}
	}
	x.row++
	cells := row(p)
	values := make([]any, len(cells))
	for i, c := range cells {
		switch {
		case c.text == "":
			values[i] = nil
		case c.number:
			v, err := strconv.ParseFloat(c.text, 64)
			if err != nil {
				return fmt.Errorf("number %q: %w", c.text, err)
			}
			values[i] = v
		default:
			values[i] = sheetText(c.text)
		}
	}
	return wrap(x.sw.SetRow("A"+strconv.Itoa(x.row), values))
}

// flush ends the current sheet.
func (x *sheets) flush() error {
	if x.sw == nil {
		return nil
	}
	return wrap(x.sw.Flush())
}

func wrap(err error) error {
	if err != nil {
		return fmt.Errorf("write sheet: %w", err)
	}
	return nil
}

// sheetText makes text fit a cell: no formula, no control that XML forbids,
// not longer than Excel takes.
func sheetText(s string) string {
	s = safe(strings.Map(func(r rune) rune {
		if r < ' ' && r != '\t' && r != '\n' && r != '\r' || r == 0xFFFE || r == 0xFFFF || r == utf8.RuneError {
			return '\uFFFD'
		}
		return r
	}, s))
	units := 0
	for i, r := range s {
		n := 1
		if r > 0xFFFF {
			n = 2
		}
		if units+n > maxCell-1 && len(s)-i > 1 {
			return s[:i] + "…"
		}
		units += n
	}
	return s
}
