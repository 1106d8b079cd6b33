// Package webpage reads single web pages: HTML as a browser, SingleFile or a
// download saved it. A page is one record and one post: the article on it, who
// wrote it and when, and where it was. Formats that hold pages (MHTML, HAR, WARC)
// read them with Post.
//
// Identity: platform "web" and the address that the page gives as its own
// (canonical), normalised; else where it was saved from; else a hash of its title
// and text. An author's id is "host/name", a site's is its host.
package webpage

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Format reads web pages.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "web-page" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. Formats for pages of one platform are surer.
func (Format) Detect(h importer.Head) importer.Match {
	why := sniff(h.Text)
	switch {
	case why == "":
		return importer.Match{Why: "it does not begin as a web page does"}
	case bytes.Contains(h.Text[:min(len(h.Text), headBytes)], []byte("SingleFile")):
		return importer.Match{Score: 55, Why: "the comment of SingleFile"}
	}
	return importer.Match{Score: 50, Why: why}
}

// headKept is how many bytes of a page that is too long are kept.
const headKept = 64 << 10

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read page: %w", context.Cause(ctx))
	}
	if f.Size == 0 {
		return nil
	}
	r := model.Record{Locator: model.Locator{Length: f.Size}}
	limit := o.RecordLimit()
	if f.Size > limit {
		r.Locator.Length = min(headKept, f.Size)
		r.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf(
			"The page is %d bytes long; the limit is %d. Its first %d bytes are kept.", f.Size, limit, r.Locator.Length)}
	}
	r.Raw = make([]byte, r.Locator.Length)
	if n, err := f.R.ReadAt(r.Raw, 0); n < len(r.Raw) || (err != nil && !errors.Is(err, io.EOF)) {
		return fmt.Errorf("read page %s: %w", f.Name, err)
	}
	var t Tally
	if r.Reject == nil {
		p, notes, err := Post(Source{Doc: r.Raw}, o)
		if err != nil {
			return fmt.Errorf("read page %s: %w", f.Name, err)
		}
		r.Post = p
		t.Add(notes)
	}
	if err := s.Record(r); err != nil {
		return fmt.Errorf("keep page: %w", err)
	}
	t.Tell(s)
	s.Offset(f.Size)
	return nil
}
