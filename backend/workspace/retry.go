package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Retry reads the rejected records of a batch again from the evidence, with the
// importers of today and with what the request chooses anew; what it leaves open
// stays as it was chosen then. Only those records are read into the new batch:
// what was accepted is not seen twice. A file that was not recognised at all is
// read whole. The error is a fault with code "nothing_to_retry" when the batch
// has no rejected record.
func (s *Session) Retry(ctx context.Context, batch int64, req ImportRequest, progress ProgressFunc) (ImportResult, error) {
	var res ImportResult
	old, err := s.c.Batch(ctx, batch)
	if err != nil {
		return res, fmt.Errorf("look for batch %d: %w", batch, err)
	}
	opts, err := retryOptions(old, req)
	if err != nil {
		return res, err
	}
	src := old.Source
	if req.Source.Name != "" {
		if src, err = checkSource(req.Source); err != nil {
			return res, err
		}
	}
	switch {
	case old.Format == "":
		opts.RetryOf = 0
	case old.Rejected == 0:
		return res, &model.Fault{Code: "nothing_to_retry", Params: map[string]string{
			"batch": fmt.Sprint(batch), "message": fmt.Sprintf("Batch %d has no rejected record.", batch),
		}}
	}
	b, err := s.importContainer(ctx, evidence{model.Container{SHA256: old.Container}, old.File, s.inCase(ctx, old.File)}, src, opts, progress)
	if b.ID != 0 {
		res.Batches = append(res.Batches, b)
	}
	if err != nil {
		return res, fmt.Errorf("read the rejected records of batch %d again: %w", batch, err)
	}
	return res, s.waitIndexed(ctx, progress)
}

// retryOptions are a batch's options with the request's choices over them.
func retryOptions(old model.Batch, req ImportRequest) (readOptions, error) {
	var o readOptions
	if err := json.Unmarshal([]byte(old.Options), &o); err != nil {
		return o, fmt.Errorf("read the options of batch %d: %w", old.ID, err)
	}
	o.RetryOf = old.ID
	if req.Profile != nil {
		o.Profile = req.Profile
	}
	for _, x := range []struct {
		to   *string
		with string
	}{{&o.Format, req.Format}, {&o.Zone, req.Zone}, {&o.DateOrder, req.DateOrder}, {&o.Encoding, req.Encoding}} {
		if x.with != "" {
			*x.to = x.with
		}
	}
	o.IncludePrivate, o.NoEnrich = o.IncludePrivate || req.IncludePrivate, o.NoEnrich || req.NoEnrich
	if _, err := o.importerOptions(); err != nil {
		return o, err
	}
	return o, nil
}

// spot is where a record begins. Its length may change when it can be read.
type spot struct {
	member, item string
	offset, row  int64
}

func spotOf(l model.Locator) spot {
	switch {
	case l.HasRange():
		return spot{member: l.Member, offset: l.Offset}
	case l.Row > 0:
		return spot{member: l.Member, row: l.Row, offset: -1}
	}
	return spot{member: l.Member, item: l.Item, offset: -1}
}

// wanted are the records that a retry reads.
type wanted struct {
	spots   map[spot]bool
	members []string // archive members that were rejected whole
}

// rejectedOf lists where the rejected records of a batch are.
func (s *Session) rejectedOf(ctx context.Context, batch int64) (*wanted, error) {
	list, err := s.c.Rejects(ctx, batch, 0, math.MaxInt32)
	if err != nil {
		return nil, fmt.Errorf("list the rejected records: %w", err)
	}
	w := &wanted{spots: make(map[spot]bool, len(list))}
	for _, r := range list {
		w.spots[spotOf(r.Locator)] = true
		if m, ok := strings.CutPrefix(r.Locator.Item, "member "); ok && m != "" {
			w.members = append(w.members, m)
		}
	}
	return w, nil
}

func (w *wanted) has(l model.Locator) bool {
	return w.spots[spotOf(l)] || slices.ContainsFunc(w.members, func(m string) bool {
		rest, ok := strings.CutPrefix(l.Member, m)
		return ok && (rest == "" || strings.HasPrefix(rest, "!/"))
	})
}

// retrySink hands on only the records that are read again.
type retrySink struct {
	importer.Sink
	wanted *wanted
}

// Record implements importer.Sink.
func (r *retrySink) Record(x model.Record) error {
	if !r.wanted.has(x.Locator) {
		return nil
	}
	if err := r.Sink.Record(x); err != nil {
		return fmt.Errorf("keep record: %w", err)
	}
	return nil
}

// RejectedRecord is a rejected record with its bytes, as it is exported: Raw
// where they are text, RawBase64 where not.
type RejectedRecord struct {
	model.BatchReject
	Raw       string `json:"raw,omitempty"`
	RawBase64 []byte `json:"raw_base64,omitempty"`
}

// RejectRaw returns the bytes of a rejected record by its batch and its place in
// it (from 0), and whether they are the file's own.
func (s *Session) RejectRaw(ctx context.Context, batch, seq int64) ([]byte, bool, error) {
	b, exact, err := s.c.RejectRaw(ctx, batch, seq)
	if err != nil {
		return nil, false, fmt.Errorf("read rejected record: %w", err)
	}
	return b, exact, nil
}
