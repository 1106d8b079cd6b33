package table

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"strings"
)

// CSV as it is found: RFC 4180 with any delimiter, any line ending, line breaks
// in quoted cells, and what spreadsheets accept beyond it. A quote opens a cell
// only at its beginning; text after a closing quote belongs to the cell.

// cell is one cell of a row: a range of the row's bytes, without its quotes.
// doubled says that it holds doubled quotes; loose that text follows the closing
// quote, which then stands at mid.
type cell struct {
	from, to int
	quoted   bool
	doubled  bool
	loose    bool
	mid      int
}

// text returns the cell's value.
func (c cell) text(row []byte) string {
	if c.loose {
		head := cell{from: c.from, to: c.mid, quoted: true, doubled: c.doubled}
		return head.text(row) + string(row[c.mid+1:c.to])
	}
	s := string(row[c.from:c.to])
	if c.doubled {
		s = strings.ReplaceAll(s, `""`, `"`)
	}
	return s
}

// rowState says how a scan of a row ended.
type rowState int

const (
	rowDone     rowState = iota
	rowMore              // the bytes end inside of the row
	rowUnclosed          // … inside of a quoted cell
)

// scanRow finds the first row of b. n is its length without the line break, next
// where the following row begins. final says that nothing comes after b. Cells
// are appended to *cells unless cells is nil.
func scanRow(b []byte, delim byte, final bool, cells *[]cell) (n, next int, st rowState) {
	i := 0
	for {
		c := cell{from: i}
		if i < len(b) && b[i] == '"' {
			end, doubled, ok := closingQuote(b, i+1, final)
			if !ok {
				return 0, 0, rowUnclosed
			}
			c = cell{from: i + 1, to: end, quoted: true, doubled: doubled}
			i = end + 1
			if j := plainEnd(b, i, delim); j > i && len(bytes.TrimSpace(b[i:j])) > 0 {
				c.loose, c.mid, c.to, i = true, end, j, j
			} else {
				i = j
			}
		} else {
			i = plainEnd(b, i, delim)
			c.to = i
		}
		if cells != nil {
			*cells = append(*cells, c)
		}
		switch {
		case i >= len(b):
			if !final {
				return 0, 0, rowMore
			}
			return i, i, rowDone
		case b[i] == delim:
			i++
		case b[i] == '\n':
			return i, i + 1, rowDone
		case i+1 < len(b):
			if b[i+1] == '\n' {
				return i, i + 2, rowDone
			}
			return i, i + 1, rowDone
		case final:
			return i, i + 1, rowDone
		default:
			return 0, 0, rowMore // a line feed may follow the carriage return
		}
	}
}

// closingQuote finds the quote that closes a cell whose text begins at i.
func closingQuote(b []byte, i int, final bool) (end int, doubled, ok bool) {
	for {
		k := bytes.IndexByte(b[i:], '"')
		if k < 0 {
			return 0, doubled, false
		}
		i += k
		switch {
		case i+1 < len(b) && b[i+1] == '"':
			doubled = true
			i += 2
		case i+1 >= len(b) && !final:
			return 0, doubled, false // a second quote may follow
		default:
			return i, doubled, true
		}
	}
}

// plainEnd finds the end of unquoted text: a delimiter, a line break or the end.
func plainEnd(b []byte, i int, delim byte) int {
	for i < len(b) && b[i] != delim && b[i] != '\n' && b[i] != '\r' {
		i++
	}
	return i
}

// row is one row of a table. raw is never overwritten. num counts from 1, blank
// lines and the header included. problem is a rejection's code, or "".
type row struct {
	raw     []byte
	pos     int64 // in the transcoded stream
	num     int64
	last    bool // no line break follows
	problem string
	length  int64 // of a row that is too long, of which raw is the beginning
}

// rowReader reads rows from UTF-8 text of any size.
type rowReader struct {
	r     io.Reader
	delim byte
	limit int64

	buf  []byte // read and not yet returned, from at
	at   int
	pos  int64 // of buf[at] in the stream
	num  int64
	eof  bool
	scan int // rows are looked for only in what grew, see next
}

// blockSize is how much is read at once.
const blockSize = 256 << 10

// keptBytes is how much of a row that is too long is kept.
const keptBytes = 64 << 10

func newRowReader(r io.Reader, base int64, delim byte, limit int64) *rowReader {
	return &rowReader{r: r, delim: delim, limit: limit, pos: base}
}

// next returns the next row that is not blank, or io.EOF.
func (r *rowReader) next() (row, error) {
	for {
		b := r.buf[r.at:]
		if len(b) == 0 && r.eof {
			return row{}, io.EOF
		}
		n, next, st := 0, 0, rowMore
		if len(b) >= r.scan {
			n, next, st = scanRow(b, r.delim, r.eof, nil)
		}
		switch {
		case st == rowDone && int64(n) <= r.limit:
			out := r.take(n, next)
			if len(bytes.TrimSpace(out.raw)) == 0 {
				continue
			}
			return out, nil
		case st == rowDone:
			out := r.take(n, next)
			return tooLong(out, int64(n)), nil
		case int64(len(b)) > r.limit || r.eof:
			// Either a quote that nobody closes, or a row without end: one line is given
			// up, and the next one is a row again.
			return r.giveUp(st)
		}
		r.scan = min(2*len(b), int(min(r.limit, 1<<40))+1)
		if err := r.fill(); err != nil {
			return row{}, err
		}
	}
}

// take cuts a row off the buffer.
func (r *rowReader) take(n, next int) row {
	b := r.buf[r.at:]
	r.num++
	out := row{raw: b[:n:n], pos: r.pos, num: r.num, last: next == n && r.eof}
	r.at += next
	r.pos += int64(next)
	r.scan = 0
	return out
}

func tooLong(out row, n int64) row {
	out.problem, out.length = "record_too_long", n
	out.raw = out.raw[:min(len(out.raw), keptBytes)]
	return out
}

// giveUp rejects the first line of the buffer.
func (r *rowReader) giveUp(st rowState) (row, error) {
	b := r.buf[r.at:]
	n := bytes.IndexAny(b, "\r\n")
	if n >= 0 && int64(n) <= r.limit {
		next := n + 1
		if b[n] == '\r' && next < len(b) && b[next] == '\n' {
			next++
		}
		out := r.take(n, next)
		out.problem = "unclosed_quote"
		return out, nil
	}
	if n < 0 && r.eof && int64(len(b)) <= r.limit {
		out := r.take(len(b), len(b))
		out.problem = "unclosed_quote"
		if st != rowUnclosed {
			out.problem = "truncated"
		}
		return out, nil
	}
	return r.skipLine()
}

// skipLine rejects a line that is too long to be held: its beginning is kept, the
// rest is passed over.
func (r *rowReader) skipLine() (row, error) {
	b := r.buf[r.at:]
	kept := bytes.Clone(b[:min(len(b), keptBytes)])
	out := row{raw: kept, pos: r.pos, num: r.num + 1, problem: "record_too_long"}
	r.num++
	r.scan = 0
	for {
		b = r.buf[r.at:]
		if n := bytes.IndexByte(b, '\n'); n >= 0 {
			out.length += int64(n)
			r.at += n + 1
			r.pos += int64(n) + 1
			// What was kept may reach past the line: that is the next row's.
			out.raw = kept[:min(int64(len(kept)), out.length)]
			return out, nil
		}
		out.length += int64(len(b))
		r.pos += int64(len(b))
		r.at = len(r.buf)
		if r.eof {
			return out, nil
		}
		if err := r.fill(); err != nil {
			return row{}, err
		}
	}
}

// fill reads more into a new block, so that rows handed out stay as they are.
func (r *rowReader) fill() error {
	rest := r.buf[r.at:]
	block := make([]byte, len(rest), max(blockSize, 2*len(rest)))
	copy(block, rest)
	n, err := io.ReadFull(r.r, block[len(rest):cap(block)])
	r.buf, r.at = block[:len(rest)+n], 0
	if errors.Is(err, io.EOF) || errors.Is(err, io.ErrUnexpectedEOF) {
		r.eof = true
		return nil
	}
	if err != nil {
		return fmt.Errorf("read table: %w", err)
	}
	return nil
}

// dialect is how a table is written.
type dialect struct {
	delim byte
	// skip is where the header begins, in bytes of the text: behind a line "sep=;"
	// and rows about the search. lines is how many rows that were, blank ones
	// included; before how many of them say something.
	skip, lines, before int
}

// beginning is what the beginning of a file looks like with one delimiter. rows
// counts the rows below the header, same is the share of them that have as many
// cells as it.
type beginning struct {
	dialect
	header []string
	rows   int
	same   float64
}

// sniff finds the delimiter from the beginning of a file: the one that cuts the
// first rows into the same number of cells, more than one. final says that head
// is the whole file.
func sniff(head []byte, final bool) beginning {
	if line, _, _ := bytes.Cut(head, []byte("\n")); len(line) <= 6 && bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) && len(bytes.TrimSpace(line)) == 5 {
		t := tryDelimiter(head[len(line)+1:], line[4], final)
		t.skip += len(line) + 1
		t.lines++
		return t
	}
	var best beginning
	for _, delim := range []byte(",\t;|") {
		t := tryDelimiter(head, delim, final)
		better := t.same > best.same || t.same == best.same && len(t.header) > len(best.header)
		if len(t.header) > 1 && (better || best.header == nil) {
			best = t
		}
	}
	return best
}

// sniffedRows is how many rows are looked at.
const sniffedRows = 50

// tryDelimiter reads the first rows with a delimiter and finds the header among
// them; it is the first row where none looks like one.
func tryDelimiter(b []byte, delim byte, final bool) beginning {
	type line struct {
		cells []string
		at    int // in b
		num   int // rows before it, blank ones included
	}
	var lines []line
	var rows [][]string
	for at, num := 0, 0; len(rows) < sniffedRows && at < len(b); num++ {
		var cells []cell
		n, next, st := scanRow(b[at:], delim, final, &cells)
		if st != rowDone || len(cells) > maxCells {
			break
		}
		raw := b[at : at+n]
		if len(bytes.TrimSpace(raw)) > 0 {
			rows = append(rows, texts(raw, cells))
			lines = append(lines, line{rows[len(rows)-1], at, num})
		}
		at += next
	}
	if len(rows) == 0 {
		return beginning{dialect: dialect{delim: delim}}
	}
	h := max(0, headerAt(rows))
	t := beginning{dialect: dialect{delim: delim, skip: lines[h].at, lines: lines[h].num, before: h}, header: rows[h], rows: len(rows) - h - 1}
	agree := 0
	for _, r := range rows[h+1:] {
		if len(r) == len(t.header) {
			agree++
		}
	}
	if t.rows > 0 {
		t.same = float64(agree) / float64(t.rows)
	}
	return t
}

// maxCells is how many cells a row may have.
const maxCells = 4096

func texts(line []byte, cells []cell) []string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = strings.TrimSpace(c.text(line))
	}
	return out
}
