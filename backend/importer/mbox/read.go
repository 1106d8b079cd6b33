package mbox

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// headKept is how many bytes of a message that is too long are kept, and group
// how many bytes of messages are decoded as one piece of work.
const (
	headKept = 64 << 10
	group    = 256 << 10
)

// letter is a message as it stands in the file, with the line "From " when it is
// in a mailbox.
type letter struct {
	at   int64
	size int64
	raw  []byte // the beginning, when size is above the limit
}

// splitter cuts a mailbox into messages.
type splitter struct {
	o    importer.Options
	pipe *importer.Pipeline
	pos  int64

	now     letter
	mailbox bool // the message began with a line "From "
	pending []letter
	held    int64
}

// read reads a file, line by line.
func read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	sp := &splitter{o: o, pipe: importer.NewPipeline(ctx, s, o)}
	err := sp.split(bufio.NewReaderSize(f.Section(), 64<<10))
	if err != nil {
		err = fmt.Errorf("read %s: %w", f.Name, err)
	} else {
		err = errors.Join(sp.finish(), sp.flush())
	}
	closed := sp.pipe.Close()
	if err != nil {
		return err
	}
	return closed //nolint:wrapcheck // it says already that the import stopped.
}

// split reads lines. A message begins at a line "From " with a date, after an
// empty line or at the beginning of the file.
func (sp *splitter) split(r *bufio.Reader) error {
	begin, blank := true, true
	for {
		part, err := r.ReadSlice('\n')
		last := errors.Is(err, io.EOF)
		if begin && blank && sp.starts(part, last) {
			if err := sp.finish(); err != nil {
				return err
			}
			sp.mailbox = true
		}
		if begin {
			blank = len(bytes.TrimRight(part, "\r\n")) == 0
		}
		begin = len(part) > 0 && part[len(part)-1] == '\n'
		sp.keep(part)
		switch {
		case last:
			return nil
		case err != nil && !errors.Is(err, bufio.ErrBufferFull):
			return fmt.Errorf("read a line: %w", err)
		}
	}
}

// starts reports whether a line begins a message. The last line of a file that is
// cut off may be the beginning of such a line.
func (sp *splitter) starts(line []byte, last bool) bool {
	if !bytes.HasPrefix(line, []byte("From ")) {
		return last && len(line) > 0 && sp.mailbox && strings.HasPrefix("From ", string(line))
	}
	return fromLine.Match(line[:min(len(line), 512)]) || last && sp.mailbox
}

// keep adds bytes to the message.
func (sp *splitter) keep(b []byte) {
	if sp.now.size == 0 {
		sp.now.at = sp.pos
	}
	if room := sp.o.RecordLimit() - sp.now.size; room > 0 {
		sp.now.raw = append(sp.now.raw, b[:min(int64(len(b)), room)]...)
	}
	sp.now.size += int64(len(b))
	sp.pos += int64(len(b))
}

// finish puts the message into the current group.
func (sp *splitter) finish() error {
	l := sp.now
	sp.now = letter{}
	if l.size > sp.o.RecordLimit() {
		l.raw = l.raw[:min(len(l.raw), headKept)]
	} else {
		before := len(l.raw)
		trimmed := bytes.TrimLeft(l.raw, "\r\n")
		l.at += int64(before - len(trimmed))
		if l.raw = bytes.TrimRight(trimmed, "\r\n"); len(l.raw) == 0 {
			return nil
		}
	}
	sp.pending = append(sp.pending, l)
	sp.held += int64(len(l.raw)) + 64
	if sp.held < group {
		return nil
	}
	return sp.flush()
}

// flush gives the group to the pipeline.
func (sp *splitter) flush() error {
	letters, held, limit := sp.pending, sp.held, sp.o.RecordLimit()
	sp.pending, sp.held = nil, 0
	o := sp.o
	err := sp.pipe.Submit(held, sp.pos, func(b *importer.Batch) {
		for _, l := range letters {
			b.Record(l.record(limit, o, b))
		}
	})
	if err != nil {
		return fmt.Errorf("hand messages on: %w", err)
	}
	return nil
}

// record reads one message.
func (l *letter) record(limit int64, o importer.Options, b *importer.Batch) model.Record {
	r := model.Record{Locator: model.Locator{Offset: l.at, Length: int64(len(l.raw))}, Raw: l.raw}
	if l.size > limit {
		r.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf(
			"The message at byte %d is %d bytes long; the limit is %d. Its first %d bytes are kept.", l.at, l.size, limit, len(l.raw))}
		return r
	}
	first, text := "", l.raw
	if fromLine.Match(text[:min(len(text), 512)]) {
		line, rest, _ := bytes.Cut(text, []byte("\n"))
		first, text = strings.TrimRight(string(line[:min(len(line), 512)]), "\r"), unquote(rest)
	}
	head, body, _ := cutHeader(text)
	if len(head) == 0 {
		r.Reject = &model.Reject{Code: importer.RejectNotAPost, Reason: fmt.Sprintf("The text at byte %d has no header of a message.", l.at)}
		return r
	}
	r.Post = post(first, head, body, o, b)
	return r
}

// unquote takes one ">" away from lines such as ">From here": mailboxes put it
// there so that they do not look like the beginning of a message.
func unquote(b []byte) []byte {
	if !bytes.Contains(b, []byte(">From ")) {
		return b
	}
	out := make([]byte, 0, len(b))
	for line := range bytes.Lines(b) {
		if rest := bytes.TrimLeft(line, ">"); len(rest) < len(line) && bytes.HasPrefix(rest, []byte("From ")) {
			line = line[1:]
		}
		out = append(out, line...)
	}
	return out
}
