package xlsx

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
)

// merge is a merged range over several rows, by its first column.
type merge struct {
	from, to int64
	col      int
	value    string
}

// merges lists the merged ranges of a sheet that span several rows, by their
// first row; the file has them behind its rows.
func (b *Book) merges(part string) ([]merge, error) {
	rc, err := b.parts[part].Open()
	if err != nil {
		return nil, fmt.Errorf("open %s: %w", part, err)
	}
	defer func() { _ = rc.Close() }() // opened for reading: nothing to lose
	rest, err := skipTo(rc, []byte("<mergeCells"))
	if rest == nil || err != nil {
		return nil, nil // what is wrong with the sheet is found when its rows are read
	}
	var out []merge
	s := newScanner(rest, b.limit)
	for len(out) < maxMerges {
		t, err := s.next()
		if err != nil || t.kind == tokenEnd && t.name == "mergeCells" {
			break
		}
		if t.kind != tokenStart || t.name != "mergeCell" {
			continue
		}
		from, to, _ := strings.Cut(t.attrs["ref"], ":")
		m := merge{from: rowOf(from), to: rowOf(to), col: columnOf(from)}
		if m.from > 0 && m.to > m.from && m.to <= maxRow && m.col >= 0 {
			out = append(out, m)
		}
	}
	slices.SortStableFunc(out, func(a, b merge) int { return cmp.Compare(a.from, b.from) })
	return out, nil
}

// rowOf reads the number of a reference ("AB12"), or 0.
func rowOf(ref string) int64 {
	n, err := strconv.ParseInt(strings.TrimLeft(ref, "ABCDEFGHIJKLMNOPQRSTUVWXYZ$"), 10, 64)
	if err != nil {
		return 0
	}
	return n
}

// skipTo reads up to a word and returns what follows it, or nil when it never
// comes.
func skipTo(r io.Reader, word []byte) (io.Reader, error) {
	buf := make([]byte, 0, 128<<10)
	for {
		n, err := r.Read(buf[len(buf):cap(buf)])
		buf = buf[:len(buf)+n]
		if i := bytes.Index(buf, word); i >= 0 {
			return io.MultiReader(bytes.NewReader(buf[i+len(word):]), r), nil
		}
		if keep := len(word) - 1; len(buf) > keep {
			buf = append(buf[:0], buf[len(buf)-keep:]...)
		}
		if errors.Is(err, io.EOF) {
			return nil, nil
		}
		if err != nil {
			return nil, fmt.Errorf("unpack: %w", err)
		}
	}
}

// maxActive is how many merged ranges may lie beside each other.
const maxActive = 1000

// fill gives the cells of merged ranges their value: that of the first row.
func (r *Rows) fill(row Row) []string {
	for len(r.merges) > 0 && r.merges[0].from <= row.Num {
		m := r.merges[0]
		r.merges = r.merges[1:]
		if m.from == row.Num && m.col < len(row.Cells) && len(r.active) < maxActive {
			m.value = row.Cells[m.col]
			r.active = append(r.active, m)
		}
	}
	if len(r.active) == 0 || len(row.Cells) == 0 {
		return row.Cells
	}
	r.active = slices.DeleteFunc(r.active, func(m merge) bool { return m.to < row.Num })
	for _, m := range r.active {
		for len(row.Cells) <= m.col {
			row.Cells = append(row.Cells, "")
		}
		if row.Cells[m.col] == "" {
			row.Cells[m.col] = m.value
		}
	}
	return row.Cells
}
