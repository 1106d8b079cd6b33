package xlsx

import (
	"errors"
	"fmt"
	"io"
	"strconv"
)

// Row is one row of a sheet. Num counts from 1 as the sheet shows it. Cells are
// texts, without the empty ones at the end. Problem is set when the row is too
// large to be read, and is then a sentence; nothing follows such a row.
type Row struct {
	Num     int64
	Cells   []string
	Problem string
}

// Rows reads a sheet from its beginning.
type Rows struct {
	// Merged counts the merged ranges that span several rows: their value is read
	// for every row of them, in their first column.
	Merged int
	// Errors counts cells that hold an error such as #N/A; they are read as empty.
	Errors int64

	b      *Book
	rc     io.ReadCloser
	s      *scanner
	num    int64
	merges []merge
	active []merge
	ended  bool
}

// Rows starts reading a sheet. Close must be called.
func (b *Book) Rows(sheet Sheet) (*Rows, error) {
	f := b.parts[sheet.part]
	merges, err := b.merges(sheet.part)
	if err != nil {
		return nil, brokenBook("the sheet "+strconv.Quote(sheet.Name)+" cannot be read", err)
	}
	rc, err := f.Open()
	if err != nil {
		return nil, brokenBook("the sheet "+strconv.Quote(sheet.Name)+" cannot be unpacked", err)
	}
	return &Rows{b: b, rc: rc, s: newScanner(rc, b.limit), merges: merges, Merged: len(merges)}, nil
}

// Close ends the reading.
func (r *Rows) Close() error {
	if err := r.rc.Close(); err != nil {
		return fmt.Errorf("close sheet: %w", err)
	}
	return nil
}

// Next returns the next row that has a filled cell, or io.EOF.
func (r *Rows) Next() (Row, error) {
	for !r.ended {
		t, err := r.s.next()
		if err != nil {
			r.ended = true
			if errors.Is(err, io.EOF) {
				return Row{}, io.EOF
			}
			return Row{}, brokenBook(fmt.Sprintf("the sheet breaks off after row %d", r.num), err)
		}
		switch {
		case t.name == "sheetData" && t.kind == tokenEnd:
			r.ended = true
		case t.name != "row" || t.kind != tokenStart:
			continue
		default:
			row, err := r.row(t)
			if err != nil || len(row.Cells) > 0 || row.Problem != "" {
				return row, err
			}
		}
	}
	return Row{}, io.EOF
}

// row reads one row.
func (r *Rows) row(t token) (Row, error) {
	r.num++
	if n, err := strconv.ParseInt(t.attrs["r"], 10, 64); err == nil && n >= r.num && n <= maxRow {
		r.num = n
	}
	out := Row{Num: r.num}
	r.s.spent = 0
	col := 0
	for {
		t, err := r.s.next()
		if err == nil && r.s.spent > 8*int64(r.b.limit) {
			err = errTooLong
		}
		if errors.Is(err, errTooLong) {
			r.ended = true
			out.Cells, out.Problem = nil, fmt.Sprintf("Row %d is larger than a record may be; the sheet was not read on.", r.num)
			return out, nil
		}
		if err != nil {
			r.ended = true
			return out, brokenBook(fmt.Sprintf("the sheet breaks off in row %d", r.num), broken(err))
		}
		switch {
		case t.kind == tokenEnd && t.name == "row":
			out.Cells = r.fill(out)
			return out, nil
		case t.kind == tokenStart && t.name == "c":
			if at := columnOf(t.attrs["r"]); at >= col {
				col = at
			}
			v, err := r.cell(t)
			if err != nil {
				return r.badCell(out, err)
			}
			if v != "" && col < maxColumns {
				for len(out.Cells) < col {
					out.Cells = append(out.Cells, "")
				}
				out.Cells = append(out.Cells, v)
			}
			col++
		}
	}
}

// badCell ends a row in whose cell the reading stopped.
func (r *Rows) badCell(out Row, err error) (Row, error) {
	r.ended = true
	if errors.Is(err, errTooLong) {
		out.Cells, out.Problem = nil, fmt.Sprintf("Row %d is larger than a record may be; the sheet was not read on.", r.num)
		return out, nil
	}
	return out, brokenBook(fmt.Sprintf("the sheet breaks off in row %d", r.num), broken(err))
}

// cell reads one cell as text.
func (r *Rows) cell(c token) (string, error) {
	var v, in rich // the value, and a text that is in the cell itself
	inV := false
	for {
		t, err := r.s.next()
		if err != nil {
			return "", err
		}
		switch {
		case t.kind == tokenEnd && t.name == "c":
			return r.value(c, v.text.String(), in.text.String()), nil
		case t.name == "v":
			inV = t.kind == tokenStart
		case inV && t.kind == tokenText:
			v.text.WriteString(t.text)
		default:
			in.token(t)
		}
		if v.text.Len()+in.text.Len() > r.b.limit {
			return "", errTooLong
		}
	}
}

// value makes text of what a cell holds.
func (r *Rows) value(c token, v, in string) string {
	switch c.attrs["t"] {
	case "s":
		i, err := strconv.Atoi(v)
		if s, ok := r.b.shared.text(i); ok && err == nil {
			return s
		}
		r.Errors++
		return ""
	case "inlineStr":
		return unescapeX(in)
	case "str":
		return unescapeX(v)
	case "b":
		if v == "1" {
			return "true"
		}
		return "false"
	case "e":
		r.Errors++
		return ""
	case "d":
		return v
	}
	if style, err := strconv.Atoi(c.attrs["s"]); err == nil && style >= 0 && style < len(r.b.dates) && r.b.dates[style] != noDate {
		if s, ok := r.b.date(v, r.b.dates[style]); ok {
			return s
		}
	}
	return number(v)
}

// columnOf reads the letters of a reference ("AB12") as a number from 0, or −1.
func columnOf(ref string) int {
	n := 0
	for i := range len(ref) {
		c := ref[i] &^ 0x20
		if c < 'A' || c > 'Z' || i > 2 {
			break
		}
		n = n*26 + int(c-'A') + 1
	}
	return n - 1
}
