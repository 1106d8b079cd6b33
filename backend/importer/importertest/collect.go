// Package importertest is the conformance suite that every format passes, and
// the sink in memory that it is written with.
package importertest

import (
	"bytes"
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Collected is what a format handed on for one file.
type Collected struct {
	Records []model.Record
	Fields  map[string]int64 // unknown fields by path
	Assumed map[string]string
	// Done is the last progress told, in bytes.
	Done int64
	// Stop, when positive, makes the sink fail after that many records.
	Stop int
}

// ErrStopped is what a Collected with Stop answers.
var ErrStopped = fmt.Errorf("sink stopped")

// Record implements importer.Sink: it numbers the records.
func (c *Collected) Record(r model.Record) error {
	if c.Stop > 0 && len(c.Records) >= c.Stop {
		return ErrStopped
	}
	r.Seq = int64(len(c.Records))
	r.Locator.Container = "file"
	c.Records = append(c.Records, r)
	return nil
}

// Unknown implements importer.Sink.
func (c *Collected) Unknown(path string) { c.UnknownN(path, 1) }

// UnknownN implements importer.UnknownCounter.
func (c *Collected) UnknownN(path string, n int64) {
	if c.Fields == nil {
		c.Fields = map[string]int64{}
	}
	c.Fields[path] += n
}

// Assume implements importer.Sink.
func (c *Collected) Assume(key, value string) {
	if c.Assumed == nil {
		c.Assumed = map[string]string{}
	}
	c.Assumed[key] = value
}

// Offset implements importer.Sink.
func (c *Collected) Offset(done int64) { c.Done = done }

// Posts returns the accepted posts in order.
func (c *Collected) Posts() []*model.Post {
	var out []*model.Post
	for _, r := range c.Records {
		if r.Post != nil {
			out = append(out, r.Post)
		}
	}
	return out
}

// Rejects returns the rejections in order.
func (c *Collected) Rejects() []*model.Reject {
	var out []*model.Reject
	for _, r := range c.Records {
		if r.Reject != nil {
			out = append(out, r.Reject)
		}
	}
	return out
}

// FileOf makes a File of bytes in memory.
func FileOf(name string, data []byte) importer.File {
	return importer.File{Name: name, Size: int64(len(data)), R: bytes.NewReader(data)}
}

// Read collects everything that a format reads from bytes. What was collected
// is returned also when reading fails.
func Read(ctx context.Context, f importer.Format, name string, data []byte, o importer.Options) (*Collected, error) {
	return ReadFile(ctx, f, FileOf(name, data), o)
}

// ReadFile collects everything that a format reads from a file.
func ReadFile(ctx context.Context, f importer.Format, file importer.File, o importer.Options) (*Collected, error) {
	c := &Collected{}
	if err := f.Read(ctx, file, o, c); err != nil {
		return c, fmt.Errorf("read %s as %s: %w", file.Name, f.Name(), err)
	}
	return c, nil
}
