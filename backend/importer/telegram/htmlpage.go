package telegram

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// minToken is the smallest limit for one tag or one run of text, in bytes.
const minToken = 1 << 20

// headKept is how many bytes of a message that is too long are kept.
const headKept = 64 << 10

// maxName is after how many bytes the name of a chat is left off.
const maxName = 400

// page is a page of messages while it is read. Messages are elements
// div.message; only how deep their div elements are nested is followed, so that
// one missing end tag costs one message.
type page struct {
	src   *chats.Source
	o     importer.Options
	s     importer.Sink
	limit int64
	pos   int64

	chatName string
	title    bool // inside of the page's head line
	author   string

	m *htmlMessage
}

// readPage reads a page, token by token.
func readPage(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	src, err := chats.Open(f, o, s)
	if err != nil {
		return fmt.Errorf("open page: %w", err)
	}
	p := &page{src: src, o: o, s: s, limit: o.RecordLimit(), pos: src.Base()}
	z := html.NewTokenizer(src)
	z.SetMaxBuf(int(max(p.limit, minToken)))
	for n := 0; ; n++ {
		if ctx.Err() != nil {
			return fmt.Errorf("read page: %w", context.Cause(ctx))
		}
		if n%1024 == 0 {
			s.Offset(src.Done())
		}
		if kind := z.Next(); kind == html.ErrorToken {
			break
		} else if err := p.token(z, kind); err != nil {
			return err
		}
	}
	err = z.Err()
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, html.ErrBufferExceeded) {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if err := p.end(err); err != nil {
		return err
	}
	s.Offset(f.Size)
	return nil
}

// token takes one token of the page.
func (p *page) token(z *html.Tokenizer, kind html.TokenType) error {
	raw := z.Raw()
	at := p.pos
	p.pos += int64(len(raw))
	switch kind {
	case html.StartTagToken, html.SelfClosingTagToken:
		kept := string(raw) // reading the name changes the bytes
		name, more := z.TagName()
		tag := string(name)
		attrs := map[string]string{}
		for more {
			var k, v []byte
			k, v, more = z.TagAttr()
			if len(attrs) < 32 {
				attrs[string(k)] = text.Clean(string(v))
			}
		}
		return p.open(tag, attrs, at, kept)
	case html.EndTagToken:
		kept := string(raw)
		name, _ := z.TagName()
		return p.close(string(name), kept)
	case html.TextToken:
		p.text(string(raw))
	case html.CommentToken, html.DoctypeToken, html.ErrorToken:
		p.text("")
		if p.m != nil {
			p.m.keep(string(raw), p.limit)
		}
	}
	return nil
}

// open takes a start tag.
func (p *page) open(tag string, attrs map[string]string, at int64, raw string) error {
	classes := strings.Fields(attrs["class"])
	if tag == "div" && has(classes, "message") {
		if err := p.finish(nil); err != nil {
			return err
		}
		p.m = newMessage(at, attrs["id"], classes)
	}
	if p.m == nil {
		p.title = tag == "div" && has(classes, "text", "bold") && p.chatName == ""
		return nil
	}
	p.m.open(tag, classes, attrs, raw, p.limit)
	return nil
}

// close takes an end tag; that of a message's own element ends it.
func (p *page) close(tag, raw string) error {
	p.title = false
	if p.m == nil {
		return nil
	}
	if p.m.close(tag, raw, p.limit) {
		return p.finish(nil)
	}
	return nil
}

// text takes a run of text.
func (p *page) text(raw string) {
	switch {
	case p.m != nil:
		p.m.text(raw, p.limit)
	case p.title && len(p.chatName) < maxName:
		p.chatName = strings.TrimSpace(p.chatName + text.PlainHTML(raw[:min(len(raw), 4*maxName)]))
	}
}

// end finishes the page. A message that the file ends inside of is rejected.
func (p *page) end(err error) error {
	rej := &model.Reject{Code: importer.RejectTruncated, Reason: fmt.Sprintf("The file ends at byte %d inside of a message.", p.pos)}
	if errors.Is(err, html.ErrBufferExceeded) {
		rej = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf("The tag at byte %d is longer than the limit; what follows is not read.", p.pos)}
		if p.m == nil {
			p.m = newMessage(p.pos, "", nil)
			p.m.raw = []byte(rej.Reason)
			return p.record(p.m, model.Record{Locator: model.Locator{Item: fmt.Sprintf("byte %d", p.pos)}, Raw: p.m.raw, Reject: rej})
		}
	}
	return p.finish(rej)
}

// finish hands on the message that is being read, as a rejection when rej is set.
func (p *page) finish(rej *model.Reject) error {
	m := p.m
	if m == nil {
		return nil
	}
	p.m = nil
	if m.size > p.limit && rej == nil {
		rej = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf("The message at byte %d is %d bytes long; the limit is %d. Its first %d bytes are kept.", m.at, m.size, p.limit, len(m.raw))}
	}
	if rej == nil && m.divider() {
		return nil // the day above the messages of that day
	}
	r, err := p.src.Record(m.at, m.raw)
	if err != nil {
		return fmt.Errorf("keep message: %w", err)
	}
	switch {
	case rej != nil:
		r.Reject = rej
	case m.id == "":
		r.Reject = &model.Reject{Code: importer.RejectNoID, Reason: fmt.Sprintf("The message at byte %d has no id.", m.at)}
	default:
		r.Post = p.post(m)
	}
	return p.record(m, r)
}

func (p *page) record(m *htmlMessage, r model.Record) error {
	if err := p.s.Record(r); err != nil {
		return fmt.Errorf("keep the message at byte %d: %w", m.at, err)
	}
	return nil
}

// has reports whether all words are among the classes.
func has(classes []string, words ...string) bool {
	n := 0
	for _, w := range words {
		for _, c := range classes {
			if c == w {
				n++
				break
			}
		}
	}
	return n == len(words)
}
