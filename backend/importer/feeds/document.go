package feeds

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"

	"github.com/mmcdole/gofeed"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// document is a feed being read: its bytes, their text in UTF-8, what the feed
// says of itself, and its items with their places in the text.
type document struct {
	file importer.File
	text []byte
	src  *text.Tracker

	feed  *gofeed.Feed
	items []item
}

// item is one item of a feed. parsed is nil when it could not be read, and then
// problem says why.
type item struct {
	from, to int // in document.text
	parsed   *gofeed.Item
	problem  string
	cut      bool // the document ends inside of it
}

func unreadable(err error) error {
	return &model.Fault{Code: "feed_unreadable", Params: map[string]string{"message": "The feed cannot be read"}, Err: err}
}

// parse runs gofeed over a whole document. A panic in it is an error like others.
func parse(doc []byte) (feed *gofeed.Feed, err error) {
	defer func() {
		if r := recover(); r != nil {
			feed, err = nil, fmt.Errorf("parse feed: panic: %v", r)
		}
	}()
	feed, err = gofeed.NewParser().Parse(bytes.NewReader(doc))
	if err != nil {
		return nil, fmt.Errorf("parse feed: %w", err)
	}
	return feed, nil
}

// parseXML finds the items and reads them. When the document as a whole cannot
// be read, or not all of its items were, each item is read on its own inside of
// the document's beginning.
func (d *document) parseXML() error {
	doc, err := plainProlog(d.text)
	if err != nil {
		return err
	}
	l, err := scanItems(doc, feedItems)
	if err != nil {
		return unreadable(err)
	}
	for _, r := range l.items {
		it := item{from: r.from, to: r.to, cut: r.cut}
		switch {
		case r.cut:
			it.problem = "the file ends inside of it"
		case r.broken:
			it.problem = "its markup is broken"
		}
		d.items = append(d.items, it)
	}
	feed, err := parse(doc)
	if err == nil && len(feed.Items) == len(d.items) && !l.broken {
		d.feed = feed
		for i := range d.items {
			d.items[i].parsed = feed.Items[i]
		}
		return nil
	}
	if feed == nil {
		if feed, err = parse(l.withoutItems(doc)); err != nil {
			return unreadable(err)
		}
	}
	d.feed = feed
	for i := range d.items {
		it := &d.items[i]
		if it.problem != "" {
			continue
		}
		if len(l.tags) > maxTags {
			it.problem = "the feed is damaged and its root element too large to read items one by one"
			continue
		}
		one, err := parse(l.alone(doc[it.from:it.to]))
		switch {
		case err != nil:
			it.problem = err.Error()
		case len(one.Items) != 1:
			it.problem = fmt.Sprintf("it reads as %d items", len(one.Items))
		default:
			it.parsed = one.Items[0]
		}
	}
	return nil
}

// parseJSON finds and reads the items of a JSON Feed.
func (d *document) parseJSON() error {
	base := jsonscan.Options{MaxRecord: maxFeed}
	err := jsonscan.Walk(bytes.NewReader(d.text), base, []string{"items"}, func(_ int, v jsonscan.Item) error {
		it := item{from: int(v.Pos), to: int(v.Pos + v.Length), problem: string(v.Problem), cut: v.Problem == jsonscan.Truncated}
		if it.problem == "" {
			if err := v.Check(0); err != nil {
				it.problem = err.Error()
			}
		}
		d.items = append(d.items, it)
		return nil
	})
	var syntax *jsonscan.SyntaxError
	if err != nil && !errors.As(err, &syntax) {
		return unreadable(err)
	}
	if v := (jsonscan.Value{Raw: bytes.TrimSpace(d.text)}); !v.Has("items") && !v.Has("version") {
		return unreadable(errors.New("it is JSON with neither version nor items"))
	}
	feed, ferr := parse(d.text)
	if ferr == nil && err == nil && len(feed.Items) == len(d.items) {
		d.feed = feed
		for i := range d.items {
			d.items[i].parsed, d.items[i].problem = feed.Items[i], ""
		}
		return nil
	}
	return d.parseJSONApart(feed)
}

// parseJSONApart reads each item of a JSON Feed on its own.
func (d *document) parseJSONApart(feed *gofeed.Feed) error {
	const version = `{"version":"https://jsonfeed.org/version/1.1","items":[`
	if feed == nil {
		head := map[string]json.RawMessage{"items": json.RawMessage("[]")}
		v := jsonscan.Value{Raw: bytes.TrimSpace(d.text)}
		for fs := v.Object(); fs.Next(); {
			if k := string(fs.Key); k != "items" && json.Valid(fs.Value.Raw) {
				head[k] = fs.Value.Raw
			}
		}
		b, err := json.Marshal(head)
		if err != nil {
			return unreadable(err)
		}
		if feed, err = parse(b); err != nil {
			return unreadable(err)
		}
	}
	d.feed = feed
	for i := range d.items {
		it := &d.items[i]
		if it.problem != "" {
			continue
		}
		one, err := parse([]byte(version + string(d.text[it.from:it.to]) + "]}"))
		switch {
		case err != nil:
			it.problem = err.Error()
		case len(one.Items) != 1:
			it.problem = "it is not an item"
		default:
			it.parsed = one.Items[0]
		}
	}
	return nil
}

// emit hands the items on in the order of the file.
func (d *document) emit(ctx context.Context, o importer.Options, s importer.Sink) error {
	m := newMapper(d, o)
	for i, it := range d.items {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read feed: %w", context.Cause(ctx))
		}
		rec, err := d.record(i, it)
		if err != nil {
			return err
		}
		switch {
		case it.parsed != nil:
			rec.Post = m.post(it.parsed, s)
		default:
			code := "unreadable_item"
			if it.cut {
				code = "truncated"
			}
			rec.Reject = &model.Reject{Code: code, Reason: text.Clean(fmt.Sprintf("Item %d cannot be read: %s.", i+1, it.problem))}
		}
		if err := s.Record(rec); err != nil {
			return fmt.Errorf("keep item %d: %w", i+1, err)
		}
	}
	m.tell(s)
	return nil
}

// record makes the record of an item: its byte range where the character set
// allows it, else its number and its text.
func (d *document) record(i int, it item) (model.Record, error) {
	base := d.src.Base()
	rec := model.Record{Raw: bytes.Clone(d.text[it.from:it.to])}
	switch {
	case d.src.UTF8():
		rec.Locator = model.Locator{Offset: base + int64(it.from), Length: int64(it.to - it.from)}
		return rec, nil
	case !d.src.Exact():
		rec.Locator = model.Locator{Item: fmt.Sprintf("item[%d]", i+1)}
		return rec, nil
	}
	from, err := d.src.Source(base + int64(it.from))
	to, err2 := d.src.Source(base + int64(it.to))
	if err = errors.Join(err, err2); err != nil {
		return rec, fmt.Errorf("find item %d: %w", i+1, err)
	}
	rec.Raw = make([]byte, max(0, min(to, d.file.Size)-from))
	if _, err := d.file.R.ReadAt(rec.Raw, from); err != nil && !errors.Is(err, io.EOF) {
		return rec, fmt.Errorf("read item %d: %w", i+1, err)
	}
	rec.Locator = model.Locator{Offset: from, Length: int64(len(rec.Raw))}
	return rec, nil
}
