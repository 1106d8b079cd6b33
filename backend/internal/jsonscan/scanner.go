package jsonscan

import (
	"errors"
	"fmt"
	"io"
)

// Limits that hold when Options does not say otherwise.
const (
	DefaultMaxRecord = 64 << 20
	DefaultMaxDepth  = 512
	firstBlock       = 16 << 10
	blockSize        = 256 << 10
)

// Options are the limits of a scan.
type Options struct {
	// MaxRecord is the largest value in bytes that is held in memory; 0 means
	// DefaultMaxRecord. Larger ones come without bytes, with Large set.
	MaxRecord int64
	// MaxDepth is how deep a value may be nested; 0 means DefaultMaxDepth.
	MaxDepth int
	// Base is the offset of the reader's first byte in the stream.
	Base int64
}

// Problem says what is wrong with an item as a whole.
type Problem string

// Truncated: the stream ended before the value did. Broken: quotes or brackets
// do not match, found out at a line break. NotJSON: text that is no JSON value.
// TooDeep: nested deeper than allowed.
const (
	Truncated Problem = "truncated"
	Broken    Problem = "broken"
	NotJSON   Problem = "not_json"
	TooDeep   Problem = "too_deep"
)

// Item is one top-level value, or what stands where one should be. Length is in
// bytes; Raw is missing when Large. At is where the problem was noticed.
type Item struct {
	Value
	Length  int64
	Large   bool
	Problem Problem
	At      int64
}

// Scanner walks the top-level values of a stream: values separated by white
// space or commas, and the elements of top-level arrays. Item bytes are never
// overwritten; they share blocks of up to 256 KB, and more where one is larger.
type Scanner struct {
	r   io.Reader
	o   Options
	err error // sticky: io.EOF or what reading answered

	buf  []byte
	pos  int
	keep int   // start of the value being read in buf, -1 when none or let go
	base int64 // stream offset of buf[0]

	inArray  bool
	lineHead int64 // offset of the current line's first byte
	blank    bool  // only white space so far on this line
	lines    bool  // values stand one on a line
	single   bool  // the last value was whole, alone and on one line so far

	st nesting
}

// NewScanner starts a scan of r.
func NewScanner(r io.Reader, o Options) *Scanner {
	if o.MaxRecord <= 0 {
		o.MaxRecord = DefaultMaxRecord
	}
	if o.MaxDepth <= 0 {
		o.MaxDepth = DefaultMaxDepth
	}
	return &Scanner{r: r, o: o, keep: -1, base: o.Base, lineHead: o.Base, blank: true}
}

// Offset is how far the scan has come, in bytes of the stream.
func (s *Scanner) Offset() int64 { return s.base + int64(s.pos) }

// more reads further bytes behind pos and reports whether there are any. The
// value being read is moved along, or let go when it outgrows MaxRecord.
func (s *Scanner) more() bool {
	if s.err != nil {
		return false
	}
	if s.keep >= 0 && int64(len(s.buf)-s.keep) > s.o.MaxRecord {
		s.keep = -1
	}
	if len(s.buf) == cap(s.buf) {
		from := s.pos
		if s.keep >= 0 {
			from = s.keep
		}
		held := s.buf[from:]
		size := min(max(firstBlock, 4*cap(s.buf)), blockSize)
		grown := min(2*len(held), len(held)+int(s.o.MaxRecord)/4+blockSize)
		next := make([]byte, len(held), max(size, grown))
		copy(next, held)
		s.base += int64(from)
		s.pos -= from
		if s.keep >= 0 {
			s.keep = 0
		}
		s.buf = next
	}
	for range 100 {
		n, err := s.r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		if err != nil {
			s.err = err
			if !errors.Is(err, io.EOF) {
				s.err = fmt.Errorf("read json: %w", err)
			}
		}
		if n > 0 || err != nil {
			return n > 0
		}
	}
	s.err = io.ErrNoProgress
	return false
}

// peek returns the next byte and whether there is one.
func (s *Scanner) peek() (byte, bool) {
	if s.pos == len(s.buf) && !s.more() {
		return 0, false
	}
	return s.buf[s.pos], true
}

// newline notes that the byte at pos, a line break, was passed.
func (s *Scanner) newline() {
	s.lineHead = s.Offset() + 1
	s.blank = true
}

// Next returns the next item, io.EOF after the last one, or an error of the
// reader. A stream that ends inside a top-level array ends with an empty
// Truncated item.
func (s *Scanner) Next() (Item, error) {
	for {
		c, ok := s.peek()
		if !ok {
			return s.end()
		}
		switch {
		case c == '\n':
			s.lines = s.lines || s.single
			s.single = false
			s.newline()
			s.pos++
		case c == ' ' || c == '\t' || c == '\r' || c == ',':
			s.pos++
		case c == 0xef && s.blank:
			if !s.mark() {
				return s.garbage()
			}
		case c == '[' && !s.inArray:
			s.inArray, s.single, s.blank = true, false, false
			s.pos++
		case c == ']' && s.inArray:
			s.inArray, s.blank = false, false
			s.pos++
		case c == '[' || c == '{':
			return s.nested()
		case s.inArray && c != '}' && c != ':' && c != 0:
			return s.scalar()
		default:
			return s.garbage()
		}
	}
}

// mark passes over a UTF-8 byte-order mark.
func (s *Scanner) mark() bool {
	for len(s.buf)-s.pos < 3 && s.more() {
	}
	if len(s.buf)-s.pos < 3 || s.buf[s.pos+1] != 0xbb || s.buf[s.pos+2] != 0xbf {
		return false
	}
	s.pos += 3
	s.lineHead += 3
	return true
}

func (s *Scanner) end() (Item, error) {
	if s.inArray && errors.Is(s.err, io.EOF) {
		s.inArray = false
		return Item{Value: Value{Pos: s.Offset(), Cut: true}, Problem: Truncated, At: s.Offset()}, nil
	}
	return Item{}, s.err
}

// item closes the value that began at start and ends before pos.
func (s *Scanner) item(start int64) Item {
	it := Item{Value: Value{Pos: start}, Length: s.Offset() - start}
	if s.keep < 0 || it.Length > s.o.MaxRecord {
		it.Large = true
	} else {
		it.Raw = s.buf[s.keep:s.pos:s.pos]
	}
	s.keep = -1
	s.blank = false
	return it
}

// garbage takes everything up to the end of the line, and inside an array only
// up to where the next element may begin.
func (s *Scanner) garbage() (Item, error) {
	start := s.Offset()
	s.keep, s.single = s.pos, false
	for {
		c, ok := s.peek()
		if !ok || c == '\n' {
			break
		}
		if s.inArray && s.Offset() > start && (c == ',' || c == '{' || c == '[' || c == ']') {
			break
		}
		s.pos++
	}
	it := s.item(start)
	it.Problem, it.At = NotJSON, start
	return it, nil
}

// scalar takes a string, number or word inside a top-level array.
func (s *Scanner) scalar() (Item, error) {
	start := s.Offset()
	s.keep, s.single = s.pos, false
	c, _ := s.peek()
	if c == '"' {
		return s.str(start)
	}
	for {
		c, ok := s.peek()
		if !ok || class[c] != 0 {
			return s.item(start), nil
		}
		s.pos++
	}
}

func (s *Scanner) str(start int64) (Item, error) {
	s.pos++
	for {
		c, ok := s.peek()
		switch {
		case !ok:
			it := s.item(start)
			it.Cut, it.Problem, it.At = true, Truncated, s.Offset()
			return it, nil
		case c == '\n':
			it := s.item(start)
			it.Problem, it.At = Broken, s.Offset()
			return it, nil
		case c == '\\':
			s.pos++
			if _, ok := s.peek(); ok {
				s.pos++
			}
		case c == '"':
			s.pos++
			return s.item(start), nil
		default:
			s.pos++
		}
	}
}
