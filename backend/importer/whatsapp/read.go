package whatsapp

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/model"
)

// headKept is how many bytes of a message that is too long are kept.
const headKept = 64 << 10

// lines reads lines and knows where they stand.
type lines struct {
	src   *chats.Source
	r     *bufio.Reader
	pos   int64
	limit int64
	buf   []byte
}

func newLines(f importer.File, o importer.Options, s importer.Sink) (*lines, error) {
	src, err := chats.Open(f, o, s)
	if err != nil {
		return nil, fmt.Errorf("open chat: %w", err)
	}
	return &lines{src: src, r: bufio.NewReaderSize(src, 64<<10), pos: src.Base(), limit: o.RecordLimit()}, nil
}

// next returns the next line with its line break, where it begins and how long it
// is. Of a line above the limit only the beginning is returned. The bytes are
// valid until the next call.
func (l *lines) next() (line []byte, at, length int64, err error) {
	l.buf, at = l.buf[:0], l.pos
	for {
		part, err := l.r.ReadSlice('\n')
		l.pos += int64(len(part))
		if room := l.limit + 1 - int64(len(l.buf)); room > 0 {
			l.buf = append(l.buf, part[:min(int64(len(part)), room)]...)
		}
		switch {
		case errors.Is(err, bufio.ErrBufferFull):
			continue
		case err != nil && (!errors.Is(err, io.EOF) || l.pos == at):
			return nil, at, 0, err //nolint:wrapcheck // io.EOF has to stay bare for readers.
		}
		return l.buf, at, l.pos - at, nil
	}
}

// each calls fn for every line of a file.
func each(ctx context.Context, f importer.File, l *lines, fn func(line []byte, at, length int64) error) error {
	for n := 0; ; n++ {
		if n%256 == 0 && ctx.Err() != nil {
			return fmt.Errorf("read chat: %w", context.Cause(ctx))
		}
		line, at, length, err := l.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("read %s: %w", f.Name, err)
		}
		if err := fn(line, at, length); err != nil {
			return err
		}
	}
}

// silent is a sink for the first reading, which only looks at the dates.
type silent struct{ importer.Sink }

// Assume implements importer.Sink.
func (silent) Assume(string, string) {}

// read reads a chat twice: first all of its dates, whose order is decided over
// the whole file, then its messages.
func read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	l, err := newLines(f, o, silent{s})
	if err != nil {
		return err
	}
	var e evidence
	err = each(ctx, f, l, func(line []byte, _, _ int64) error {
		if h, _, ok := cutHead(beginning(line)); ok {
			e.add(&h)
		}
		return nil
	})
	if err != nil {
		return err
	}
	if l, err = newLines(f, o, s); err != nil {
		return err
	}
	c := &chat{ctx: ctx, o: o, s: s, l: l, seen: map[string]int{}}
	if e != (evidence{}) || o.DateOrder != "" {
		c.order = e.order(o, s)
	}
	c.zone, c.basis = chats.Zone(o)
	if err := each(ctx, f, l, c.line); err != nil {
		return err
	}
	if err := c.flush(); err != nil {
		return err
	}
	s.Offset(f.Size)
	return nil
}

// beginning is as much of a line as a head can take.
func beginning(line []byte) string {
	return strings.TrimRight(strings.ToValidUTF8(string(line[:min(len(line), 4*maxHead)]), ""), "\r\n")
}

// chat is a chat while its messages are read.
type chat struct {
	ctx   context.Context
	o     importer.Options
	s     importer.Sink
	l     *lines
	order string
	place

	at   int64 // where the message begins
	size int64
	raw  []byte
	head *head

	day  string
	seen map[string]int // how often a message was seen on the day
}

// line takes one line: the beginning of a message, or more of the one before.
func (c *chat) line(line []byte, at, length int64) error {
	if h, _, ok := cutHead(beginning(line)); ok {
		if err := c.flush(); err != nil {
			return err
		}
		c.head, c.at = &h, at
	} else if c.raw == nil && c.size == 0 {
		c.at = at
	}
	if room := c.l.limit - c.size; room > 0 {
		c.raw = append(c.raw, line[:min(int64(len(line)), room)]...)
	}
	c.size += length
	return nil
}

// flush hands on the message that was read.
func (c *chat) flush() error {
	raw, h, size := c.raw, c.head, c.size
	c.raw, c.head, c.size = nil, nil, 0
	if len(bytes.TrimSpace(raw)) == 0 {
		return nil
	}
	if c.ctx.Err() != nil {
		return fmt.Errorf("read chat: %w", context.Cause(c.ctx))
	}
	long := size > c.l.limit
	if long && len(raw) > headKept {
		raw = raw[:headKept]
	}
	if !long {
		raw = bytes.TrimRight(raw, "\r\n")
	}
	r, err := c.l.src.Record(c.at, raw)
	if err != nil {
		return fmt.Errorf("keep message: %w", err)
	}
	switch {
	case long:
		r.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf(
			"The message at byte %d is %d bytes long; the limit is %d. Its first %d bytes are kept.", c.at, size, c.l.limit, len(raw))}
	case h == nil:
		r.Reject = &model.Reject{Code: importer.RejectNotAPost, Reason: fmt.Sprintf("The text at byte %d stands before the first message.", c.at)}
	default:
		r.Post = c.post(h, string(raw))
	}
	c.s.Offset(c.l.src.Done())
	if err := c.s.Record(r); err != nil {
		return fmt.Errorf("keep the message at byte %d: %w", c.at, err)
	}
	return nil
}
