package pages

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// maxIndex is how many ids an Index keeps; it bounds the memory.
const maxIndex = 1 << 18

// Index maps the ids that a server gave to its copies of posts to the identities
// that these have everywhere, as far as a file holds both.
type Index map[string]string

// Add notes an id. Of double ones the first stays; when the index is full, the
// id is left out.
func (x Index) Add(id, identity string) {
	if _, there := x[id]; there || id == "" || identity == "" || len(x) >= maxIndex {
		return
	}
	x[id] = identity
}

// Scan reads a file once, before it is read for its posts, and shows note every
// well-formed record in order.
func (s Shape) Scan(ctx context.Context, f importer.File, o importer.Options, note func(v jsonscan.Value), large ...string) error {
	s.Page = nil
	s.Read = func(v jsonscan.Value, _ *importer.Batch) { note(v) }
	o.Workers = -1 // in the order of the file, so that a full index is always the same
	if err := (importer.JSON{Unit: s.Unit, Large: s.Large(large...)}).Read(ctx, f, o, nothing{}); err != nil {
		return fmt.Errorf("look through %s: %w", f.Name, err)
	}
	return nil
}

// nothing is a sink that keeps nothing.
type nothing struct{}

// Record implements importer.Sink.
func (nothing) Record(model.Record) error { return nil }

// Unknown implements importer.Sink.
func (nothing) Unknown(string) {}

// Assume implements importer.Sink.
func (nothing) Assume(string, string) {}

// Offset implements importer.Sink.
func (nothing) Offset(int64) {}
