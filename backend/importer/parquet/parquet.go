// Package parquet reads the rows of Parquet files one after another, every value
// as text: nested columns are named with dots, repeated ones are lists, instants
// are written as ISO 8601 with a "Z" where the file says that they are in UTC.
package parquet

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"github.com/parquet-go/parquet-go"
)

// Limits on what a file may make of the memory.
const (
	maxColumns = 4096
	batchRows  = 64
)

// Error says why a file cannot be read. Code is "broken", "encrypted" or
// "too_large".
type Error struct {
	Code   string
	Reason string
	Err    error
}

// Error gives the sentence.
func (e *Error) Error() string {
	if e.Err != nil {
		return e.Reason + ": " + e.Err.Error()
	}
	return e.Reason
}

// Unwrap gives the cause.
func (e *Error) Unwrap() error { return e.Err }

func broken(err error) error {
	return &Error{Code: "broken", Reason: "The Parquet file is broken", Err: err}
}

// Row is one row. Cells are by column; Lists holds the elements of the columns
// that are lists, and nil for the others. What is null is empty.
type Row struct {
	Cells []string
	Lists [][]string
}

// File is an open Parquet file. It is for one goroutine.
type File struct {
	// Columns are the names of the leaf columns, in order.
	Columns []string
	// NumRows is how many rows the file says to have.
	NumRows int64

	leaves []leaf
	groups []parquet.RowGroup
	rows   parquet.Rows
	buf    []parquet.Row
	at, n  int
}

// leaf is how one column's values become text.
type leaf struct {
	list bool
	text func(parquet.Value) string
}

// Sniff judges the beginning of a file; an error says why it cannot be read.
func Sniff(head []byte) (isParquet bool, err error) {
	if bytes.HasPrefix(head, []byte("PARE")) {
		return true, &Error{Code: "encrypted", Reason: "The Parquet file is encrypted; it cannot be read without its key"}
	}
	return bytes.HasPrefix(head, []byte("PAR1")), nil
}

// Open reads the description of a file. The library panics on some broken files;
// that is an error here.
func Open(r io.ReaderAt, size int64) (f *File, err error) {
	defer caught(&err)
	p, err := parquet.OpenFile(r, size, parquet.SkipPageIndex(true), parquet.SkipBloomFilters(true))
	if err != nil {
		return nil, broken(err)
	}
	s := p.Schema()
	paths := s.Columns()
	if len(paths) > maxColumns {
		return nil, &Error{Code: "too_large", Reason: fmt.Sprintf("The Parquet file has %d columns; the limit is %d", len(paths), maxColumns)}
	}
	f = &File{NumRows: p.NumRows(), groups: p.RowGroups(), buf: make([]parquet.Row, batchRows)}
	for _, path := range paths {
		c, ok := s.Lookup(path...)
		if !ok {
			return nil, broken(fmt.Errorf("there is no column %s", strings.Join(path, ".")))
		}
		f.Columns = append(f.Columns, nameOf(path, c.MaxRepetitionLevel > 0))
		f.leaves = append(f.leaves, leaf{list: c.MaxRepetitionLevel > 0, text: reader(c.Node.Type())})
	}
	return f, nil
}

// caught turns a panic of the library into an error.
func caught(err *error) {
	if r := recover(); r != nil {
		*err = broken(fmt.Errorf("%v", r))
	}
}

// nameOf names a column with dots. The groups that only wrap the elements of a
// list are left out.
func nameOf(path []string, repeated bool) string {
	if !repeated {
		return strings.Join(path, ".")
	}
	wrappers := []string{"list", "bag", "element", "item", "array", "array_element", "key_value"}
	out := path[:1:1]
	for _, p := range path[1:] {
		if !slices.Contains(wrappers, p) {
			out = append(out, p)
		}
	}
	return strings.Join(out, ".")
}

// Next returns the next row, or io.EOF.
func (f *File) Next() (row Row, err error) {
	defer caught(&err)
	for f.at >= f.n {
		if err := f.more(); err != nil {
			return Row{}, err
		}
	}
	row = Row{Cells: make([]string, len(f.leaves))}
	for _, v := range f.buf[f.at] {
		i := v.Column()
		if i < 0 || i >= len(f.leaves) || v.IsNull() {
			continue
		}
		s := f.leaves[i].text(v)
		if !f.leaves[i].list {
			row.Cells[i] = s
			continue
		}
		if row.Lists == nil {
			row.Lists = make([][]string, len(f.leaves))
		}
		row.Lists[i] = append(row.Lists[i], s)
	}
	f.at++
	return row, nil
}

// more reads the next rows.
func (f *File) more() error {
	for {
		if f.rows == nil {
			if len(f.groups) == 0 {
				return io.EOF
			}
			f.rows, f.groups = f.groups[0].Rows(), f.groups[1:]
		}
		n, err := f.rows.ReadRows(f.buf)
		f.at, f.n = 0, n
		if err != nil && !errors.Is(err, io.EOF) {
			return broken(err)
		}
		if n > 0 {
			return nil
		}
		if err == nil {
			return broken(errors.New("a group of rows gives none"))
		}
		if err := f.Close(); err != nil {
			return err
		}
	}
}

// Close ends the reading.
func (f *File) Close() (err error) {
	defer caught(&err)
	rows := f.rows
	f.rows = nil
	if rows == nil {
		return nil
	}
	if err := rows.Close(); err != nil {
		return broken(err)
	}
	return nil
}
