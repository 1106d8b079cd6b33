package warc

import (
	"context"
	"errors"
	"fmt"
	"io"
	"strings"
	"sync"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/webpage"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// source is an unpacked archive. Records that end at or before exact are byte
// ranges of member, others are not.
type source struct {
	r      io.ReaderAt
	size   int64
	member string
	exact  int64
	breaks []broken
	// packed is the file that this was unpacked from, and within its path in an
	// archive.
	packed importer.File
	within string
}

// reader is one reading of one or more archives.
type reader struct {
	ctx  context.Context
	o    importer.Options
	s    importer.Sink
	pipe *importer.Pipeline

	mu    sync.Mutex
	tally webpage.Tally
	kinds map[string]int // records that are no pages, by what they are
}

func newReader(ctx context.Context, o importer.Options, s importer.Sink) *reader {
	return &reader{ctx: ctx, o: o, s: s, pipe: importer.NewPipeline(ctx, s, o), kinds: map[string]int{}}
}

// close waits for everything that was read and tells what was assumed.
func (r *reader) close(err error) error {
	if closed := r.pipe.Close(); closed != nil && (err == nil || err.Error() != closed.Error()) {
		err = errors.Join(err, closed)
	}
	if err != nil {
		return err
	}
	r.tally.Tell(r.s)
	if len(r.kinds) > 0 {
		r.s.Assume("no_pages", webpage.Counted(r.kinds))
	}
	return nil
}

// wait lets the workers finish with a file before its room is given back.
func (r *reader) wait(err error) error {
	closed := r.pipe.Close()
	r.pipe = importer.NewPipeline(r.ctx, r.s, r.o)
	if err != nil || closed == nil {
		return err
	}
	return fmt.Errorf("read archive: %w", closed)
}

// passed counts a record that is no page.
func (r *reader) passed(what string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if len(r.kinds) >= 1000 {
		what = "others"
	}
	r.kinds[text.Clip(text.Clean(what), 80)]++
}

// scan reads an unpacked archive. Damage parts it: no record reaches across.
func (r *reader) scan(src source, from, to int64) error {
	at := int64(0)
	n := 0
	for i := 0; i <= len(src.breaks); i++ {
		end, why := src.size, broken{}
		if i < len(src.breaks) {
			why = src.breaks[i]
			end = why.at
		}
		sc := newScanner(src.r, end)
		for {
			rec, ok := sc.next(at)
			if sc.err != nil {
				return fmt.Errorf("read archive: %w", sc.err)
			}
			if !ok {
				break
			}
			at = rec.to
			if why.checksum && rec.to > why.from && rec.code == "" {
				rec.fail("bad_checksum", "what it was unpacked from has a wrong checksum")
			}
			n++
			done := from
			if src.size > 0 {
				done += int64(float64(at) / float64(src.size) * float64(to-from))
			}
			if err := r.submit(src, rec, n, done); err != nil {
				return err
			}
		}
		at = end
		if i < len(src.breaks) {
			if err := r.damage(src, why); err != nil {
				return err
			}
		}
	}
	return nil
}

// submit hands a record to the workers.
func (r *reader) submit(src source, rec record, n int, done int64) error {
	size := min(rec.to-rec.from, r.o.RecordLimit()) + 64
	err := r.pipe.Submit(size, done, func(b *importer.Batch) {
		if err := r.record(src, rec, n, b); err != nil {
			b.Fail(err)
		}
	})
	if err != nil {
		return fmt.Errorf("read archive: %w", err)
	}
	return nil
}

// headKept is how many bytes of a rejected record are kept.
const headKept = 64 << 10

// record makes of a record a post, a rejection, or a count.
func (r *reader) record(src source, rec record, n int, b *importer.Batch) error {
	if rec.code == "" && rec.to-rec.from > r.o.RecordLimit() && mayBePage(rec) {
		rec.fail(importer.RejectTooLong, fmt.Sprintf("it is %d bytes long; the limit is %d", rec.to-rec.from, r.o.RecordLimit()))
	}
	if rec.code != "" {
		return reject(src, rec, n, b)
	}
	if !mayBePage(rec) {
		r.passed(nameOf(rec))
		return nil
	}
	raw, err := bytesAt(src.r, rec.from, rec.to-rec.from)
	if err != nil {
		return err
	}
	block := raw[rec.block-rec.from:]
	block = block[:min(int64(len(block)), rec.size)]
	page, what, rej := r.page(rec, block)
	switch {
	case rej != nil:
		rec.fail(rej.Code, rej.Reason)
		return reject(src, rec, n, b)
	case page == nil:
		r.passed(what)
		return nil
	case mismatch(block, rec.digest):
		rec.fail("digest_mismatch", "its bytes are not those that its digest was made of")
		return reject(src, rec, n, b)
	}
	p, notes, err := webpage.Post(*page, r.o)
	if err != nil {
		return err //nolint:wrapcheck // it names the character set that was forced
	}
	r.mu.Lock()
	r.tally.Add(notes)
	r.mu.Unlock()
	b.Record(model.Record{Post: p, Raw: raw, Locator: src.locate(rec.from, int64(len(raw)), n)})
	return nil
}

// mayBePage reports whether a record can hold a page, by its head.
func mayBePage(rec record) bool {
	switch rec.kind {
	case "response":
		return strings.HasPrefix(rec.contentType, "application/http") || webpage.IsHTML(rec.contentType, nil)
	case "resource":
		return rec.contentType == "" || webpage.IsHTML(rec.contentType, nil)
	case "arc":
		return true
	}
	return false
}

func nameOf(rec record) string {
	if rec.kind == "response" || rec.kind == "resource" {
		kind, _, _ := strings.Cut(rec.contentType, ";")
		return rec.kind + " " + kind
	}
	return rec.kind
}

// page takes the page out of a record; or says what it holds instead, or why it
// cannot be read.
func (r *reader) page(rec record, block []byte) (*webpage.Source, string, *model.Reject) {
	src := &webpage.Source{URL: rec.uri, ContentType: rec.contentType, Doc: block, Captured: captured(rec)}
	isHTTP := rec.kind == "response" && strings.HasPrefix(rec.contentType, "application/http") || rec.kind == "arc" && strings.HasPrefix(string(block[:min(len(block), 5)]), "HTTP/")
	if isHTTP {
		resp, err := readResponse(block)
		if err != nil {
			return nil, "", &model.Reject{Code: "bad_http", Reason: err.Error()}
		}
		src.ContentType = resp.header.Get("Content-Type")
		if resp.status < 200 || resp.status > 299 {
			return nil, fmt.Sprintf("status %d", resp.status), nil
		}
		body, err := decode(resp.body, resp.header.Get("Content-Encoding"), r.o.RecordLimit())
		switch {
		case err == nil:
			src.Doc = body
		case webpage.IsHTML(src.ContentType, nil) && errors.Is(err, errTooLong):
			return nil, "", &model.Reject{Code: importer.RejectTooLong, Reason: err.Error()}
		case webpage.IsHTML(src.ContentType, nil):
			return nil, "", &model.Reject{Code: "bad_encoding", Reason: err.Error()}
		default:
			return nil, kindOf(src.ContentType), nil
		}
	}
	if !webpage.IsHTML(src.ContentType, src.Doc) {
		return nil, kindOf(src.ContentType), nil
	}
	if len(strings.TrimSpace(string(src.Doc[:min(len(src.Doc), 4096)]))) == 0 {
		return nil, "empty response", nil
	}
	return src, "", nil
}

func kindOf(contentType string) string {
	kind, _, _ := strings.Cut(strings.ToLower(strings.TrimSpace(contentType)), ";")
	if kind = strings.TrimSpace(kind); kind == "" {
		return "no type"
	}
	return kind
}

// captured is when the record was archived; ARC dates are of UTC.
func captured(rec record) model.Instant {
	if rec.kind != "arc" {
		return importer.Stated(text.Clean(rec.date))
	}
	i := model.Instant{Original: rec.date}
	if len(rec.date) >= 14 {
		if t, err := time.Parse("20060102150405", rec.date[:14]); err == nil {
			i.Time, i.Zone = t, model.ZoneStated
		}
	}
	return i
}

// locate says where n bytes are: in the file or its member, or which record it is.
func (src source) locate(at, n int64, number int) model.Locator {
	if at+n <= src.exact {
		return model.Locator{Member: src.member, Offset: at, Length: n}
	}
	return model.Locator{Item: fmt.Sprintf("record %d behind damage", number)}
}

// reject rejects a record. Of a long one its first bytes are kept.
func reject(src source, rec record, n int, b *importer.Batch) error {
	kept := min(rec.to-rec.from, headKept)
	raw, err := bytesAt(src.r, rec.from, kept)
	if err != nil {
		return err
	}
	reason := fmt.Sprintf("Record %d", n)
	if rec.uri != "" {
		reason += fmt.Sprintf(" (%s)", text.Clip(rec.uri, 200))
	}
	reason += " cannot be read: " + rec.reason + "."
	if kept < rec.to-rec.from {
		reason += fmt.Sprintf(" Its first %d of %d bytes are kept.", kept, rec.to-rec.from)
	}
	b.Record(model.Record{
		Reject: &model.Reject{Code: rec.code, Reason: text.Clean(reason)}, Raw: raw, Locator: src.locate(rec.from, kept, n),
	})
	return nil
}

// damage rejects a damaged member of a packed file, with its packed bytes.
func (r *reader) damage(src source, d broken) error {
	length := d.next - d.packed
	kept := min(length, headKept)
	err := r.pipe.Submit(kept, 0, func(b *importer.Batch) {
		raw, err := bytesAt(src.packed.R, d.packed, kept)
		if err != nil {
			b.Fail(err)
			return
		}
		b.Record(model.Record{
			Reject: &model.Reject{Code: "damaged_member", Reason: fmt.Sprintf(
				"The packed member at byte %d cannot be unpacked: %s. Of its %d bytes up to the next readable member the first %d are kept.", d.packed, d.reason, length, kept)},
			Raw: raw, Locator: model.Locator{Member: src.within, Offset: d.packed, Length: kept},
		})
	})
	if err != nil {
		return fmt.Errorf("read archive: %w", err)
	}
	return nil
}

func bytesAt(r io.ReaderAt, at, n int64) ([]byte, error) {
	raw := make([]byte, n)
	if k, err := r.ReadAt(raw, at); int64(k) < n && err != nil {
		return nil, fmt.Errorf("read record at byte %d: %w", at, err)
	}
	return raw, nil
}
