// Package warc reads web archives: WARC and the older ARC, plain or packed with
// gzip record by record or as a whole, and WACZ. Every response or resource that
// is a web page becomes a post; records of other kinds are counted and told.
//
// Records of a plain file are byte ranges of it. Those of a packed file are byte
// ranges of what it unpacks to, as far as it unpacks without damage; behind
// damage, they are items with their own bytes.
//
// A record is rejected when it breaks off (truncated), its length is wrong
// (bad_length), its head or that of its HTTP response cannot be read (bad_header,
// bad_http), its bytes are not those that were archived (digest_mismatch,
// bad_checksum), its content cannot be unpacked (bad_encoding) or is too long.
package warc

import (
	"bytes"
	"compress/gzip"
	"context"
	"errors"
	"fmt"
	"io"
	"path"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/archive"
)

// Format reads WARC and ARC files.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "warc" }

// Version implements importer.Format.
func (Format) Version() string { return version }

const version = "1"

// Detect implements importer.Format. It is surer than the frame that unpacks
// files of any kind.
func (Format) Detect(h importer.Head) importer.Match {
	head, packed := h.Bytes, ""
	if archive.Sniff(head) == archive.Gzip {
		head, packed = unpackedHead(head), ", packed with gzip"
	}
	switch {
	case isWARC(head):
		return importer.Match{Score: 95, Why: "the mark of a WARC record" + packed}
	case bytes.HasPrefix(head, []byte("filedesc://")):
		return importer.Match{Score: 95, Why: "the file description of ARC" + packed}
	}
	return importer.Match{Why: "it begins with neither a WARC record nor the description of an ARC file"}
}

// unpackedHead unpacks the first bytes of a gzip file.
func unpackedHead(packed []byte) []byte {
	z, err := gzip.NewReader(bytes.NewReader(packed))
	if err != nil {
		return nil
	}
	head := make([]byte, 64)
	n, err := io.ReadFull(z, head)
	if err != nil && n == 0 {
		return nil
	}
	return head[:n]
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := newReader(ctx, o, s)
	err := r.file(f, "", 0, f.Size)
	return r.close(err)
}

// file reads one file. member is its path in an archive; from and to are the part
// of the progress that it is, in bytes.
func (r *reader) file(f importer.File, member string, from, to int64) error {
	head := make([]byte, min(f.Size, 4))
	if n, err := f.R.ReadAt(head, 0); n < len(head) || err != nil && !errors.Is(err, io.EOF) {
		return fmt.Errorf("read %s: %w", f.Name, err)
	}
	if archive.Sniff(head) != archive.Gzip {
		src := source{r: f.R, size: f.Size, member: member, exact: f.Size}
		return r.scan(src, from, to)
	}
	z := newUnpacker(r.ctx, f)
	spool, err := archive.NewSpool(z, r.o.Scratch)
	defer func() { _ = spool.Close() }() // room that is given back; the records are what counts
	if err != nil {
		return fmt.Errorf("unpack %s: %w", f.Name, err)
	}
	inner := strings.TrimSuffix(path.Base(f.Name), ".gz")
	if member != "" {
		inner = archive.Inside(member, inner)
	}
	src := source{r: spool, size: spool.Size(), member: inner, exact: spool.Size(), breaks: z.breaks, packed: f, within: member}
	if len(z.breaks) > 0 {
		src.exact = z.breaks[0].at
	}
	return r.wait(r.scan(src, from, to))
}
