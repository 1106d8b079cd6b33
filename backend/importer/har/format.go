// Package har reads HTTP archives: what a browser's network panel saved, as JSON
// (HAR 1.2). Every answer that is a web page and was saved with its content
// becomes a post. Entries that are no pages, failed, or were saved without their
// content are counted and told, not rejected: nothing of them is broken.
package har

import (
	"context"
	"encoding/base64"
	"fmt"
	"strings"
	"sync"

	"vedette/backend/importer"
	"vedette/backend/importer/webpage"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
)

// Format reads HTTP archives.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "har" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	for _, v := range jsonscan.Sniff(h.Text, 1) {
		log := v.Get("log")
		if log.Kind() == '{' && log.Has("creator", "browser") && log.Has("entries", "pages", "version") {
			return importer.Match{Score: 95, Why: "the log of an HTTP archive"}
		}
	}
	return importer.Match{Why: "no log of an HTTP archive"}
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := &reader{o: o, others: map[string]int{}}
	err := importer.JSON{Unit: r.unit, Large: r.large}.Read(ctx, f, o, s)
	if err != nil {
		return fmt.Errorf("read HTTP archive: %w", err)
	}
	r.tally.Tell(s)
	if len(r.others) > 0 {
		s.Assume("no_pages", webpage.Counted(r.others))
	}
	return nil
}

// reader is one reading of one file.
type reader struct {
	o importer.Options

	mu     sync.Mutex
	tally  webpage.Tally
	others map[string]int // entries that are no pages, by what they are
}

func (r *reader) passed(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.others) >= 1000 {
		what = "others"
	}
	r.others[text.Clip(text.Clean(what), 80)]++
}

func (r *reader) large(l *importer.Large) (bool, error) {
	n, err := l.Records([]string{"log.entries"}, func(_ string, v jsonscan.Value, b *importer.Batch) { r.entry(v, b) })
	if err != nil {
		return n > 0, fmt.Errorf("read entries: %w", err)
	}
	return n > 0, nil
}

// unit reads a whole archive.
func (r *reader) unit(v jsonscan.Value, b *importer.Batch) {
	log := v.Get("log")
	if log.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no HTTP archive.", v.Pos))
		return
	}
	whole := b.Valid(v)
	for it := log.Object(); it.Next(); {
		switch string(it.Key) {
		case "entries", "version", "creator", "browser", "pages", "comment":
		default:
			b.Unknown("log." + string(it.Key))
		}
	}
	before := b.Len()
	for it := log.Get("entries").Array(); it.Next(); {
		r.entry(it.Value, b)
	}
	if !whole {
		b.Rest(v, before)
	}
}

// entry reads one exchange.
func (r *reader) entry(v jsonscan.Value, b *importer.Batch) {
	if !b.Check(v) {
		return
	}
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The entry at byte %d is not an object.", v.Pos))
		return
	}
	content := v.Get("response", "content")
	kind := content.Get("mimeType").Text()
	status, _ := v.Get("response", "status").Int()
	body := content.Get("text").Text()
	switch {
	case status < 200 || status > 299:
		r.passed(fmt.Sprintf("status %d", status))
		return
	case !webpage.IsHTML(kind, []byte(body[:min(len(body), 1024)])):
		short, _, _ := strings.Cut(strings.ToLower(kind), ";")
		r.passed(strings.TrimSpace(short))
		return
	case script(v):
		r.passed("HTML for scripts")
		return
	case body == "":
		r.passed("page saved without its content")
		return
	}
	src := webpage.Source{URL: text.Clean(v.Get("request", "url").Text()), ContentType: "text/html", Doc: []byte(body)}
	if strings.EqualFold(content.Get("encoding").Text(), "base64") {
		doc, err := base64.StdEncoding.DecodeString(strings.Join(strings.Fields(body), ""))
		if err != nil {
			b.Reject(v, "bad_encoding", fmt.Sprintf("The content of the entry at byte %d is not in base 64, as it says.", v.Pos))
			return
		}
		src.Doc, src.ContentType = doc, kind
	}
	src.Captured = importer.Stated(text.Clean(v.Get("startedDateTime").Text()))
	r.page(v, src, b)
}

// script reports whether an entry was fetched by a script, for a part of a page.
func script(v jsonscan.Value) bool {
	switch strings.ToLower(v.Get("_resourceType").Text()) {
	case "", "document", "main_frame", "sub_frame", "navigation":
		return false
	}
	return true
}

func (r *reader) page(v jsonscan.Value, src webpage.Source, b *importer.Batch) {
	// Text in JSON is UTF-8, whatever the analyst says of the file.
	o := r.o
	if src.ContentType == "text/html" {
		o.Encoding = ""
	}
	p, notes, err := webpage.Post(src, o)
	if err != nil {
		b.Fail(fmt.Errorf("read page: %w", err))
		return
	}
	r.mu.Lock()
	r.tally.Add(notes)
	r.mu.Unlock()
	b.Post(v, p)
}
