package bluesky

import (
	"bytes"
	"context"
	"errors"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// CAR reads the repository of an account as Bluesky exports it: content-addressed
// blocks of DAG-CBOR, among them a tree that gives every record its key. Posts
// and reposts are read; likes, follows and other records are counted as what they
// are. A block whose bytes are not what its address says is rejected. It
// implements importer.Format.
//
// Format: https://ipld.io/specs/transport/car/carv1/ and
// https://atproto.com/specs/repository
type CAR struct{}

// Name implements importer.Format.
func (CAR) Name() string { return "bluesky-car" }

// Version implements importer.Format.
func (CAR) Version() string { return "1" }

// Detect implements importer.Format. It looks at the header of the file and at
// the commit, which stands at its beginning.
func (CAR) Detect(h importer.Head) importer.Match {
	head := h.Bytes[:min(len(h.Bytes), 256)]
	switch {
	case len(head) > 11 && head[0] == 0x0a && bytes.Equal(head[1:11], []byte("\xa1gversion\x02")):
		return importer.Match{Score: 80, Why: "a CAR file of version 2", Refuse: "it is a CAR file of version 2; repositories of Bluesky are of version 1."}
	case !bytes.Contains(head, []byte("eroots")) || !bytes.Contains(head, []byte("gversion\x01")):
		return importer.Match{Why: "no header of a CAR file"}
	case bytes.Contains(h.Bytes, []byte("cdid")) && bytes.Contains(h.Bytes, []byte("gversion\x03")):
		return importer.Match{Score: 95, Why: "the repository of an account of Bluesky"}
	case h.Size > int64(len(h.Bytes)):
		return importer.Match{Score: 80, Why: "a CAR file whose commit is not at its beginning"}
	}
	return importer.Match{Score: 80, Why: "a CAR file without a commit", Refuse: "it is a CAR file, but not the repository of an account."}
}

// Read implements importer.Format. A file whose header cannot be read is a fault
// car_unreadable, one with too many blocks file_too_large.
func (CAR) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := readCAR(ctx, f, o, s); err != nil {
		return fmt.Errorf("bluesky-car: %w", err)
	}
	return nil
}

func readCAR(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	c := &car{f: f, limit: o.RecordLimit(), blocks: map[cid]block{}}
	if err := c.index(ctx); err != nil {
		return err
	}
	records := c.records()
	if c.missing > 0 {
		s.Assume("missing_blocks", fmt.Sprintf("%d records or parts of the tree that the repository names are not in the file", c.missing))
	}
	pipe := importer.NewPipeline(ctx, s, o)
	err := c.submit(pipe, records, o)
	closed := pipe.Close()
	if err != nil && closed != nil && err.Error() == closed.Error() {
		closed = nil
	}
	if err = errors.Join(err, closed); err == nil {
		s.Offset(f.Size)
	}
	return err
}

// carGroup is how many bytes of blocks are decoded as one piece of work.
const carGroup = 128 << 10

// submit hands groups of records to the pipeline, in the order of the file.
func (c *car) submit(pipe *importer.Pipeline, records []entry, o importer.Options) error {
	for len(records) > 0 {
		n, size := 0, int64(0)
		for n < len(records) && size < carGroup {
			size += records[n].length + 64
			n++
		}
		group := records[:n]
		records = records[n:]
		last := group[n-1]
		err := pipe.Submit(size, last.offset+last.length, func(b *importer.Batch) {
			for i := range group {
				if err := c.record(&group[i], b, o); err != nil {
					b.Fail(err)
					return
				}
			}
		})
		if err != nil {
			return err //nolint:wrapcheck // the pipeline's own words
		}
	}
	return nil
}

// carHeadKept is how many bytes of a record that is too long are kept.
const carHeadKept = 64 << 10

// record reads one record: the block's bytes are its raw form.
func (c *car) record(e *entry, b *importer.Batch, o importer.Options) error {
	length := e.length
	if e.code == importer.RejectTooLong {
		length = min(length, carHeadKept)
	}
	raw, err := c.bytes(e.offset, length)
	if err != nil {
		return err
	}
	r := model.Record{Raw: raw, Locator: model.Locator{Offset: e.offset, Length: length}}
	if length == 0 {
		r.Locator = model.Locator{Item: fmt.Sprintf("byte %d", e.offset)}
	}
	reject := func(code, why string) {
		r.Reject = &model.Reject{Code: code, Reason: fmt.Sprintf("The block at byte %d %s.", e.offset, why)}
		b.Record(r)
	}
	kind, isPost := readable(e.collection())
	switch {
	case e.code != "":
		reject(e.code, e.why)
	case !e.id.matches(raw):
		reject("hash_mismatch", "is not what its address says: the hash of its bytes differs")
	case e.key == "":
		reject(importer.RejectNoID, "is a record that the tree does not name, so its address is not known")
	case !isPost:
		reject(importer.RejectNotAPost, fmt.Sprintf("is a record of the kind %q, not a post", e.collection()))
	default:
		v, err := recordJSON(raw)
		if err != nil {
			reject("bad_cbor", "cannot be read: "+err.Error())
			return nil
		}
		r.Post = recordOf(kind, "at://"+c.did+"/"+e.key, v, b, o)
		b.Record(r)
	}
	return nil
}
