package warc

import (
	"bytes"
	"errors"
	"io"
	"strconv"
	"strings"
)

// maxHead is how long the head of a record may be, in bytes.
const maxHead = 64 << 10

// record is one record of an archive, by its places in the unpacked file.
type record struct {
	from, block, to int64
	// size is the length of the block. It ends before to, where line breaks follow.
	size int64
	// kind is the WARC-Type, lower-case; "arc" for a record of an ARC file, and
	// "filedesc" for the file's own description.
	kind                                 string
	uri, date, contentType, digest, note string
	// code and reason are set when the record is broken.
	code, reason string
}

func (r *record) fail(code, reason string) { r.code, r.reason = code, reason }

// scanner finds records in [0, end) of a file.
type scanner struct {
	r   io.ReaderAt
	end int64
	err error // of reading the file, not of what is in it
	// begins tells where a record of the file's kind begins.
	begins func(b []byte) bool
	buf    []byte
}

// newScanner finds out whether a file is WARC or ARC. A file whose beginning is
// damaged may be either.
func newScanner(r io.ReaderAt, end int64) *scanner {
	s := &scanner{r: r, end: end}
	switch w := s.window(s.blank(0), maxHead); {
	case isWARC(w):
		s.begins = isWARC
	case isARC(w):
		s.begins = isARC
	default:
		s.begins = func(b []byte) bool { return isWARC(b) || isARC(b) }
	}
	return s
}

// window reads up to n bytes at a place; what it returns is valid until the next
// call.
func (s *scanner) window(at int64, n int64) []byte {
	n = max(0, min(n, s.end-at))
	if int64(len(s.buf)) < n {
		s.buf = make([]byte, max(n, maxHead))
	}
	k, err := s.r.ReadAt(s.buf[:n], at)
	if int64(k) < n && s.err == nil && err != nil && !errors.Is(err, io.EOF) {
		s.err = err
	}
	return s.buf[:k]
}

// blank is the place of the first byte behind white space.
func (s *scanner) blank(at int64) int64 {
	for at < s.end {
		w := s.window(at, 4<<10)
		rest := bytes.TrimLeft(w, " \t\r\n")
		at += int64(len(w) - len(rest))
		if len(rest) > 0 || len(w) == 0 {
			break
		}
	}
	return at
}

// next reads the record at a place, or behind white space there. It is not there
// at the end.
func (s *scanner) next(at int64) (record, bool) {
	at = s.blank(at)
	if at >= s.end || s.err != nil {
		return record{}, false
	}
	rec := record{from: at, block: at, to: s.end}
	w := s.window(at, maxHead)
	switch {
	case !s.begins(w):
		rec.fail("not_a_record", "there is something here that is no record")
	case isWARC(w):
		s.warc(&rec, w)
	default:
		s.arc(&rec, w)
	}
	if rec.code != "" {
		rec.to = s.marker(max(rec.block, rec.from+1))
		return rec, true
	}
	s.measure(&rec)
	return rec, true
}

// measure checks that what follows the block is the end or another record, and
// finds the next one when it is not.
func (s *scanner) measure(rec *record) {
	if rec.size > s.end-rec.block {
		if rec.to = s.marker(rec.block); rec.to < s.end {
			rec.fail("bad_length", "its length of "+strconv.FormatInt(rec.size, 10)+" bytes reaches beyond the next record")
		} else {
			rec.fail("truncated", "the file ends before its "+strconv.FormatInt(rec.size, 10)+" bytes do")
		}
		rec.size = rec.to - rec.block
		return
	}
	rec.to = rec.block + rec.size
	behind := s.blank(rec.to)
	if behind >= s.end {
		rec.to = s.end
		return
	}
	if w := s.window(behind, maxHead); !s.begins(w) && !s.closed(rec, behind) {
		rec.to = s.marker(rec.block)
		rec.fail("bad_length", "its length of "+strconv.FormatInt(rec.size, 10)+" bytes does not lead to the next record")
		rec.size = rec.to - rec.block
		return
	}
	rec.to = behind
}

// closed reports whether a record ends where its length says although no other one
// follows: with the two line breaks that end every WARC record, or before an ARC
// record whose first line is cut off.
func (s *scanner) closed(rec *record, behind int64) bool {
	w := s.window(rec.to, maxHead)
	if rec.kind == "arc" || rec.kind == "filedesc" {
		return rec.to < behind && s.end-behind < maxLine && firstLine(s.window(behind, maxLine)) == nil
	}
	return bytes.HasPrefix(w, []byte("\r\n\r\n")) || bytes.HasPrefix(w, []byte("\n\n"))
}

// marker finds where the next record begins, at a line from a place on, or the
// end.
func (s *scanner) marker(at int64) int64 {
	const step = 64 << 10
	for ; at < s.end && s.err == nil; at += step {
		w := s.window(at, step+2<<10) // a mark may reach into the next step
		for i := 0; i < len(w) && i < step; {
			if (i > 0 && w[i-1] == '\n' || i == 0 && s.lineStart(at)) && s.begins(w[i:]) {
				return at + int64(i)
			}
			k := bytes.IndexByte(w[i:], '\n')
			if k < 0 {
				break
			}
			i += k + 1
		}
	}
	return s.end
}

// lineStart reports whether a line begins at a place.
func (s *scanner) lineStart(at int64) bool {
	if at == 0 {
		return true
	}
	var b [1]byte
	n, err := s.r.ReadAt(b[:], at-1)
	return n == 1 && (err == nil || errors.Is(err, io.EOF)) && b[0] == '\n'
}

// isWARC reports whether a WARC record begins here.
func isWARC(b []byte) bool {
	return len(b) >= 8 && string(b[:5]) == "WARC/" && b[5] >= '0' && b[5] <= '9' && b[6] == '.'
}

// warc reads the head of a WARC record.
func (s *scanner) warc(rec *record, w []byte) {
	end, skip := bytes.Index(w, []byte("\r\n\r\n")), 4
	if lf := bytes.Index(w, []byte("\n\n")); lf >= 0 && (end < 0 || lf < end) {
		end, skip = lf, 2
	}
	if end < 0 {
		if rec.block = rec.from + 8; int64(len(w)) < min(maxHead, s.end-rec.from) || s.end-rec.from <= int64(len(w)) {
			rec.fail("truncated", "the file ends inside of its head")
			return
		}
		rec.fail("bad_header", "its head has no end")
		return
	}
	rec.block = rec.from + int64(end+skip)
	h := headers(w[:end])
	rec.kind = strings.ToLower(h["warc-type"])
	rec.uri = strings.TrimSuffix(strings.TrimPrefix(h["warc-target-uri"], "<"), ">")
	rec.date, rec.contentType, rec.digest = h["warc-date"], h["content-type"], h["warc-block-digest"]
	rec.note = h["warc-truncated"]
	size, err := strconv.ParseInt(h["content-length"], 10, 64)
	switch {
	case err != nil || size < 0:
		rec.fail("bad_length", "its length "+strconv.Quote(h["content-length"])+" is no number")
	case rec.kind == "":
		rec.fail("bad_header", "its head names no type")
	}
	rec.size = size
}

// headers reads the named fields of a head; the first of a name stays. A line
// that begins with white space goes on with the one before.
func headers(head []byte) map[string]string {
	h := map[string]string{}
	last := ""
	for i, l := range strings.Split(string(head), "\n") {
		l = strings.TrimRight(l, "\r")
		if i == 0 || l == "" {
			continue
		}
		if l[0] == ' ' || l[0] == '\t' {
			if last != "" && len(h[last]) < maxHead {
				h[last] += " " + strings.TrimSpace(l)
			}
			continue
		}
		name, value, ok := strings.Cut(l, ":")
		if !ok {
			continue
		}
		name = strings.ToLower(strings.TrimSpace(name))
		if _, there := h[name]; there {
			last = ""
			continue
		}
		h[name], last = strings.TrimSpace(value), name
	}
	return h
}
