package phpbb

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/model"
)

// Bounds: the smallest limit of one tag or run of text, what is kept of a post
// that is too long, and how much of the page before its first post is looked at,
// in bytes.
const (
	minToken = 1 << 20
	headKept = 64 << 10
	maxTop   = 1 << 20
)

// page is a page while it is read. A post is a div.post; only how deep its div
// elements are nested is followed, so that a missing end tag costs one post.
type page struct {
	src   *chats.Source
	o     importer.Options
	s     importer.Sink
	limit int64
	pos   int64

	top   []byte // the page before its first post
	topic topic
	count int
	cur   *part
}

// part is a post while its end is looked for.
type part struct {
	at, size int64
	number   string
	raw      []byte
	depth    int
}

// read reads a page, token by token.
func read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
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
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if err := p.token(z, kind); err != nil {
			return err
		}
	}
	err = z.Err()
	if err != nil && !errors.Is(err, io.EOF) && !errors.Is(err, html.ErrBufferExceeded) {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if err := p.finish(&model.Reject{Code: importer.RejectTruncated, Reason: "the file ends inside of it"}); err != nil {
		return err
	}
	if errors.Is(err, html.ErrBufferExceeded) {
		if err := p.rest(); err != nil {
			return err
		}
	}
	s.Offset(f.Size)
	return nil
}

// rest rejects a page from the place on where it cannot be followed any more.
func (p *page) rest() error {
	r := model.Record{Locator: model.Locator{Item: fmt.Sprintf("byte %d", p.pos)}, Reject: &model.Reject{
		Code: importer.RejectTooLong, Reason: fmt.Sprintf("What begins at byte %d is one tag or text longer than the limit of %d bytes; the page is not read behind it.", p.pos, max(p.limit, minToken)),
	}}
	if err := p.s.Record(r); err != nil {
		return fmt.Errorf("keep rejection: %w", err)
	}
	return nil
}

// token takes one token of the page.
func (p *page) token(z *html.Tokenizer, kind html.TokenType) error {
	raw := z.Raw()
	at := p.pos
	p.pos += int64(len(raw))
	kept := string(raw) // reading the name changes the bytes
	switch kind {
	case html.StartTagToken:
		name, more := z.TagName()
		if atom.Lookup(name) != atom.Div {
			break
		}
		if number, ok := postID(z, more); ok {
			if err := p.finish(nil); err != nil {
				return err
			}
			p.begin(at, number)
		}
		if p.cur != nil {
			p.cur.depth++
		}
	case html.EndTagToken:
		name, _ := z.TagName()
		switch a := atom.Lookup(name); {
		case p.cur == nil:
		case a == atom.Body || a == atom.Html:
			return p.finish(nil) // end tags are missing, the page is not
		case a == atom.Div:
			if p.cur.depth--; p.cur.depth == 0 {
				p.keep(kept)
				return p.finish(nil)
			}
		}
	}
	p.keep(kept)
	return nil
}

// postID reports whether a div is a post, and gives its number. Styles also use
// the class for parts of the page that are none; those have no number.
func postID(z *html.Tokenizer, more bool) (number string, post bool) {
	for more {
		var k, v []byte
		k, v, more = z.TagAttr()
		switch string(k) {
		case "id":
			number = strings.TrimPrefix(string(v), "p")
			if number == string(v) || len(number) > 18 || strings.Trim(number, "0123456789") != "" {
				number = ""
			}
		case "class":
			for c := range strings.FieldsSeq(string(v)) {
				post = post || c == "post"
			}
		}
	}
	return number, post && number != ""
}

// keep adds to the post that is open, or to the page before the first one.
func (p *page) keep(raw string) {
	if p.cur == nil {
		if p.count == 0 && len(p.top)+len(raw) <= maxTop {
			p.top = append(p.top, raw...)
		}
		return
	}
	p.cur.size += int64(len(raw))
	if room := int64(max(p.limit, headKept)) - int64(len(p.cur.raw)); room > 0 {
		p.cur.raw = append(p.cur.raw, raw[:min(int64(len(raw)), room)]...)
	}
}

// begin opens a post.
func (p *page) begin(at int64, number string) {
	if p.count == 0 {
		p.topic = readTopic(p.top)
		p.top = nil
		if !p.topic.addressed {
			p.s.Assume("forum", "the page does not say its address; the name of the board stands for it")
		}
	}
	p.count++
	p.cur = &part{at: at, number: number}
}

// finish hands the open post on. cut is why it is not whole.
func (p *page) finish(cut *model.Reject) error {
	c := p.cur
	if c == nil {
		return nil
	}
	p.cur = nil
	reject := cut
	if c.size > p.limit {
		c.raw = c.raw[:min(len(c.raw), headKept)]
		reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf("it is %d bytes long, the limit is %d, and its first %d bytes are kept", c.size, p.limit, len(c.raw))}
	}
	r, err := p.src.Record(c.at, c.raw)
	if err != nil {
		return fmt.Errorf("find post: %w", err)
	}
	if reject != nil {
		r.Reject = &model.Reject{Code: reject.Code, Reason: fmt.Sprintf("The post at byte %d cannot be read: %s.", c.at, reject.Reason)}
	} else if r.Post, err = p.post(c); err != nil {
		return err
	}
	if err := p.s.Record(r); err != nil {
		return fmt.Errorf("keep post: %w", err)
	}
	return nil
}
