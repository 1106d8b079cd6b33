// Package mhtml reads web pages saved as one MIME file (MHTML, .mht): the page
// itself becomes a post, the pictures and styles beside it stay in the file.
package mhtml

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/mail"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/webpage"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Format reads MHTML files.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "mhtml" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format: a head of a MIME message that a browser
// wrote. Messages that somebody sent have receivers.
func (Format) Detect(h importer.Head) importer.Match {
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(h.Bytes, "\r\n")))
	if err != nil {
		return importer.Match{Why: "it does not begin with the head of a message"}
	}
	kind, _, err := mime.ParseMediaType(msg.Header.Get("Content-Type"))
	switch {
	case err != nil || kind != "multipart/related" && kind != "text/html" && kind != "multipart/alternative":
		return importer.Match{Why: "its head does not say that it is a page with its parts"}
	case msg.Header.Get("Snapshot-Content-Location") != "":
		return importer.Match{Score: 97, Why: "the address of a snapshot in its head"}
	case strings.Contains(strings.ToLower(msg.Header.Get("From")), "saved by"):
		return importer.Match{Score: 97, Why: "the word of a browser that saved it"}
	case strings.Contains(msg.Header.Get("X-MimeOLE"), "MHTML"):
		return importer.Match{Score: 97, Why: "the word of a program that saved it"}
	case msg.Header.Get("To") == "" && msg.Header.Get("Received") == "" && bytes.Contains(h.Bytes, []byte("\nContent-Location: http")):
		return importer.Match{Score: 80, Why: "parts with web addresses, and no receiver"}
	}
	return importer.Match{Why: "it is a message that somebody sent"}
}

// headKept is how many bytes of a rejected file are kept.
const headKept = 64 << 10

// Read implements importer.Format. A file is one record.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("read page: %w", context.Cause(ctx))
	}
	if f.Size == 0 {
		return nil
	}
	limit := o.RecordLimit()
	r := model.Record{Locator: model.Locator{Length: f.Size}}
	if f.Size > limit {
		r.Locator.Length = min(headKept, f.Size)
		r.Reject = &model.Reject{Code: importer.RejectTooLong, Reason: fmt.Sprintf(
			"The page is %d bytes long; the limit is %d. Its first %d bytes are kept.", f.Size, limit, r.Locator.Length)}
	}
	r.Raw = make([]byte, r.Locator.Length)
	if n, err := f.R.ReadAt(r.Raw, 0); n < len(r.Raw) || err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read page %s: %w", f.Name, err)
	}
	var t webpage.Tally
	if r.Reject == nil {
		var err error
		if r.Post, r.Reject, err = read(r.Raw, o, s, &t); err != nil {
			return fmt.Errorf("read page %s: %w", f.Name, err)
		}
	}
	if err := s.Record(r); err != nil {
		return fmt.Errorf("keep page: %w", err)
	}
	t.Tell(s)
	s.Offset(f.Size)
	return nil
}

// read makes a post of a whole file, or says why not.
func read(raw []byte, o importer.Options, s importer.Sink, t *webpage.Tally) (*model.Post, *model.Reject, error) {
	msg, err := mail.ReadMessage(bytes.NewReader(bytes.TrimLeft(raw, "\r\n")))
	if err != nil {
		return nil, &model.Reject{Code: "bad_header", Reason: text.Clean(fmt.Sprintf("The head of the file cannot be read: %v.", err))}, nil
	}
	at := strings.TrimSpace(firstOf(msg.Header.Get("Snapshot-Content-Location"), msg.Header.Get("Content-Location")))
	w := &walker{at: at}
	main, why := w.find(part{header: headerOf(msg.Header), body: msg.Body}, 0)
	if main == nil {
		return nil, why, nil
	}
	if at == "" {
		at = main.location
	}
	src := webpage.Source{Doc: main.doc, ContentType: main.contentType, URL: text.Clean(at), Captured: saved(msg.Header.Get("Date"))}
	p, notes, err := webpage.Post(src, o)
	if err != nil {
		return nil, nil, err //nolint:wrapcheck // wrapped by the caller
	}
	if p.Title == "" {
		p.Title = subject(msg.Header.Get("Subject"))
	}
	t.Add(notes)
	if w.broken != nil {
		s.Assume("file_ends_early", "the parts behind the page cannot be read: "+w.broken.Error())
	}
	return p, nil, nil
}

func firstOf(all ...string) string {
	for _, s := range all {
		if s != "" {
			return s
		}
	}
	return ""
}

// subject decodes the title that the browser put in the head.
func subject(s string) string {
	dec := mime.WordDecoder{CharsetReader: func(label string, r io.Reader) (io.Reader, error) {
		enc, err := text.Detect(nil, label)
		if err != nil {
			return nil, err
		}
		return enc.Reader(r), nil
	}}
	out, err := dec.DecodeHeader(s)
	if err != nil {
		out = s
	}
	return strings.Join(strings.Fields(text.Clean(out)), " ")
}

// saved is when the page was saved. The head of a message states its zone.
func saved(s string) model.Instant {
	s = text.Clean(strings.TrimSpace(s))
	t, err := mail.ParseDate(s)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return model.Instant{Original: s}
	}
	return model.Instant{Time: t.In(time.UTC), Original: s, Zone: model.ZoneStated}
}
