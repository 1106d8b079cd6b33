package xlsx

import (
	"bufio"
	"bytes"
	"errors"
	"fmt"
	"io"
	"strconv"
	"strings"

	"vedette/backend/internal/text"
)

// kind says what a token is.
type kind int

const (
	tokenStart kind = iota // <a …> and <a …/>, which is followed by its end
	tokenEnd
	tokenText
)

// token is a piece of XML. name is without prefix; attrs and text are decoded.
type token struct {
	kind  kind
	name  string
	attrs map[string]string
	text  string
}

// errTooLong says that one token, or what a caller summed up, is larger than a
// record may be.
var errTooLong = errors.New("it is larger than a record may be")

// scanner reads the XML of a workbook's part as a stream: elements, attributes
// and text, without namespaces. It expands no entities but the five of XML.
type scanner struct {
	r     *bufio.Reader
	limit int // bytes of one token
	open  string
	spent int64 // bytes read since the caller set it to 0
}

func newScanner(r io.Reader, limit int) *scanner {
	return &scanner{r: bufio.NewReaderSize(r, 64<<10), limit: limit}
}

// next returns the next token, or io.EOF.
func (s *scanner) next() (token, error) {
	if s.open != "" {
		name := s.open
		s.open = ""
		return token{kind: tokenEnd, name: name}, nil
	}
	for {
		c, err := s.r.ReadByte()
		if err != nil {
			return token{}, eof(err)
		}
		s.spent++
		if c != '<' {
			if err := s.r.UnreadByte(); err != nil {
				return token{}, fmt.Errorf("read XML: %w", err)
			}
			s.spent--
			b, err := s.until('<', true)
			if err != nil && (!errors.Is(err, io.EOF) || len(b) == 0) {
				return token{}, err
			}
			return token{kind: tokenText, text: decode(b)}, nil
		}
		b, err := s.until('>', false)
		if err != nil {
			return token{}, broken(err)
		}
		switch {
		case bytes.HasPrefix(b, []byte("?")):
			continue
		case bytes.HasPrefix(b, []byte("!--")):
			err = s.rest(b[3:], "--")
		case bytes.HasPrefix(b, []byte("![CDATA[")):
			return s.cdata(b[8:])
		case bytes.HasPrefix(b, []byte("!")):
			return token{}, errors.New("its XML declares a document type")
		case bytes.HasPrefix(b, []byte("/")):
			return token{kind: tokenEnd, name: local(strings.TrimSpace(string(b[1:])))}, nil
		default:
			return s.start(b)
		}
		if err != nil {
			return token{}, broken(err)
		}
	}
}

func eof(err error) error {
	if errors.Is(err, io.EOF) {
		return io.EOF
	}
	return fmt.Errorf("read XML: %w", err)
}

func broken(err error) error {
	if errors.Is(err, io.EOF) {
		return io.ErrUnexpectedEOF
	}
	return err
}

// until reads up to a byte; keep leaves it for the next token. The bytes are
// valid until the next read only when they fit the buffer, so they are copied.
func (s *scanner) until(stop byte, keep bool) ([]byte, error) {
	var out []byte
	for {
		part, err := s.r.ReadSlice(stop)
		s.spent += int64(len(part))
		out = append(out, part...)
		if len(out) > s.limit {
			return nil, errTooLong
		}
		if errors.Is(err, bufio.ErrBufferFull) {
			continue
		}
		if err != nil {
			return out, eof(err)
		}
		if keep {
			if err := s.r.UnreadByte(); err != nil {
				return nil, fmt.Errorf("read XML: %w", err)
			}
			s.spent--
		}
		return out[:len(out)-1], nil
	}
}

// rest passes over what ends with end and ">", of which b was read.
func (s *scanner) rest(b []byte, end string) error {
	for !bytes.HasSuffix(b, []byte(end)) {
		more, err := s.until('>', false)
		if err != nil {
			return err
		}
		b = append([]byte(">"), more...)
	}
	return nil
}

// cdata reads a CDATA section as text.
func (s *scanner) cdata(b []byte) (token, error) {
	out := bytes.Clone(b)
	for !bytes.HasSuffix(out, []byte("]]")) {
		more, err := s.until('>', false)
		if err != nil {
			return token{}, broken(err)
		}
		out = append(append(out, '>'), more...)
		if len(out) > s.limit {
			return token{}, errTooLong
		}
	}
	return token{kind: tokenText, text: text.Clean(string(out[:len(out)-2]))}, nil
}

// start reads the inside of a start tag.
func (s *scanner) start(b []byte) (token, error) {
	empty := bytes.HasSuffix(b, []byte("/"))
	b = bytes.TrimSuffix(b, []byte("/"))
	n := bytes.IndexAny(b, " \t\r\n")
	if n < 0 {
		n = len(b)
	}
	t := token{kind: tokenStart, name: local(string(b[:n]))}
	if t.name == "" {
		return t, errors.New("its XML has a tag without a name")
	}
	for b = bytes.TrimLeft(b[n:], " \t\r\n"); len(b) > 0; b = bytes.TrimLeft(b, " \t\r\n") {
		name, rest, ok := bytes.Cut(b, []byte("="))
		rest = bytes.TrimLeft(rest, " \t\r\n")
		if !ok || len(rest) == 0 || rest[0] != '"' && rest[0] != '\'' {
			return t, errors.New("its XML has a tag that cannot be read")
		}
		end := bytes.IndexByte(rest[1:], rest[0])
		if end < 0 {
			return t, errors.New("its XML has a \">\" in an attribute")
		}
		if t.attrs == nil {
			t.attrs = map[string]string{}
		}
		t.attrs[local(string(bytes.TrimSpace(name)))] = decode(rest[1 : 1+end])
		b = rest[end+2:]
	}
	if empty {
		s.open = t.name
	}
	return t, nil
}

// local cuts the prefix off a name.
func local(s string) string {
	if i := strings.LastIndexByte(s, ':'); i >= 0 {
		return s[i+1:]
	}
	return s
}

var entities = strings.NewReplacer("&lt;", "<", "&gt;", ">", "&quot;", `"`, "&apos;", "'", "&amp;", "&")

// decode resolves entities and repairs the text.
func decode(b []byte) string {
	s := string(b)
	if !strings.Contains(s, "&") {
		return text.Clean(s)
	}
	if !strings.Contains(s, "&#") {
		return text.Clean(entities.Replace(s))
	}
	var out strings.Builder
	for {
		before, after, ok := strings.Cut(s, "&#")
		out.WriteString(entities.Replace(before))
		if !ok {
			return text.Clean(out.String())
		}
		num, rest, closed := strings.Cut(after[:min(len(after), 10)], ";")
		base := 10
		if strings.HasPrefix(num, "x") {
			num, base = num[1:], 16
		}
		r, err := strconv.ParseInt(num, base, 32)
		if !closed || err != nil {
			out.WriteString("&#")
			s = after
			continue
		}
		out.WriteRune(rune(r))
		s = rest + after[min(len(after), 10):]
	}
}
