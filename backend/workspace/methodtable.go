package workspace

import (
	"bufio"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"math"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
)

// methodTable reads a CSV table of a method by the names of its columns, which
// may stand in any order, beside others.
type methodTable struct {
	r      *csv.Reader
	header []string
	cols   map[string]int
	line   int
}

func tableFault(format string, args ...any) error {
	return &model.Fault{Code: "bad_table", Params: map[string]string{"message": fmt.Sprintf(format, args...)}}
}

// openTable reads the header and makes sure of the columns needed.
func openTable(in io.Reader, needed ...string) (*methodTable, error) {
	b := bufio.NewReaderSize(in, 1<<20)
	if mark, err := b.Peek(3); err == nil && string(mark) == "\ufeff" {
		_, _ = b.Discard(3) // three bytes that were just seen
	}
	t := &methodTable{r: csv.NewReader(b), cols: map[string]int{}}
	t.r.ReuseRecord = true
	head, err := t.r.Read()
	if errors.Is(err, io.EOF) {
		return nil, tableFault("The table is empty; its first line names the columns %s.", strings.Join(needed, ", "))
	}
	if err != nil {
		return nil, tableFault("The table's first line cannot be read: %v.", err)
	}
	for i, name := range head {
		name = strings.TrimSpace(name)
		t.header = append(t.header, name)
		if _, twice := t.cols[name]; !twice {
			t.cols[name] = i
		}
	}
	for _, name := range needed {
		if _, ok := t.cols[name]; !ok {
			return nil, tableFault("The table has no column %q; it has %s.", name, strings.Join(t.header, ", "))
		}
	}
	return t, nil
}

// next reads a row, valid until the next one; io.EOF after the last.
func (t *methodTable) next() ([]string, error) {
	row, err := t.r.Read()
	if errors.Is(err, io.EOF) {
		return nil, io.EOF
	}
	if err != nil {
		return nil, tableFault("The table cannot be read: %v.", err)
	}
	t.line, _ = t.r.FieldPos(0)
	return row, nil
}

// pick gives the places of the columns named.
func (t *methodTable) pick(names ...string) []int {
	out := make([]int, len(names))
	for i, n := range names {
		out[i] = t.cols[n]
	}
	return out
}

// number reads a finite number.
func (t *methodTable) number(column, s string) (float64, error) {
	x, err := strconv.ParseFloat(strings.TrimSpace(s), 64)
	if err != nil || math.IsNaN(x) || math.IsInf(x, 0) {
		return 0, tableFault("Line %d: %s %q is not a number.", t.line, column, s)
	}
	return x, nil
}

// instantLayouts are the ways of writing an instant that methods read beside
// Unix seconds; those without a zone are UTC.
func instantLayouts() []string {
	return []string{time.RFC3339Nano, "2006-01-02T15:04:05", time.DateTime, "2006-01-02 15:04", time.DateOnly, "2006-01-02 15:04:05Z07:00"}
}

// instant reads Unix seconds or a written date as microseconds since 1970.
func (t *methodTable) instant(column, s string) (int64, error) {
	s = strings.TrimSpace(s)
	if n, err := strconv.ParseInt(s, 10, 64); err == nil && n > -1<<43 && n < 1<<43 {
		return n * 1_000_000, nil
	}
	if x, err := strconv.ParseFloat(s, 64); err == nil && math.Abs(x) < 1<<43 {
		return int64(math.Round(x * 1_000_000)), nil
	}
	for _, layout := range instantLayouts() {
		if at, err := time.Parse(layout, s); err == nil && at.Year() > 0 && at.Year() < 10_000 {
			return at.UnixMicro(), nil
		}
	}
	return 0, tableFault("Line %d: %s %q is not a time; write Unix seconds or 2024-01-31T12:00:00Z.", t.line, column, s)
}
