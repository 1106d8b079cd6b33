package warc

import (
	"bytes"
	"regexp"
	"strconv"
	"strings"
)

// An ARC record begins with a line "address IP date type length", in version 2
// with more fields before the length (Internet Archive, ARC File Format, 1996).
// Addresses may hold spaces, so that the fields are counted from the end.
var arcLine = regexp.MustCompile(`^([a-z][a-z0-9+.-]{0,30}:.+?) (\S+) (\d{8,20}) (\S+)((?: \S+){5})? (\S{1,20})\r?$`)

// isARC reports whether an ARC record begins here.
func isARC(b []byte) bool {
	c := byte(0)
	if len(b) > 0 {
		c = b[0]
	}
	if c < 'a' || c > 'z' {
		return false
	}
	return arcLine.Match(firstLine(b))
}

// maxLine is how long the first line of an ARC record may be, in bytes.
const maxLine = 4400

func firstLine(b []byte) []byte {
	b = b[:min(len(b), maxLine)]
	if i := bytes.IndexByte(b, '\n'); i >= 0 {
		return b[:i]
	}
	return nil
}

// arc reads the head of an ARC record.
func (s *scanner) arc(rec *record, w []byte) {
	l := firstLine(w)
	m := arcLine.FindSubmatch(l)
	rec.block = rec.from + int64(len(l)) + 1
	rec.kind, rec.uri, rec.date, rec.contentType = "arc", string(m[1]), string(m[3]), string(m[4])
	if strings.HasPrefix(rec.uri, "filedesc:") {
		rec.kind = "filedesc"
	}
	size, err := strconv.ParseInt(string(m[6]), 10, 64)
	if err != nil || size < 0 {
		rec.fail("bad_length", "its length "+strconv.Quote(string(m[6]))+" is no number")
		return
	}
	rec.size = size
}
