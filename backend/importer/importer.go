// Package importer is the frame that every reader of outside files hangs in:
// what a file is, how a reader recognises it, and where its records go. It
// stores nothing and opens no connection. Each format lives in a package of its
// own below this one and passes the conformance suite of importertest.
//
// Rules that hold for every format:
//   - every record read is handed on exactly once, as a post or as a rejection
//     with a stable code and a sentence that names the place;
//   - a record that is a byte range of the file says which, and its Raw is those
//     bytes exactly;
//   - records come in the order of the file, and reading the same file again
//     with the same options gives the same records in the same order;
//   - what cannot be read never stops the rest from being read.
package importer

import (
	"context"
	"errors"
	"fmt"
	"io"

	"vedette/backend/model"
)

// File is one outside file. R must allow concurrent ReadAt. Name is a base name,
// the path in its archive or folder with slashes, or a URL, and is only ever a
// hint; Size is in bytes.
type File struct {
	Name string
	Size int64
	R    io.ReaderAt
	// Beside finds another file of the same archive or folder, by its path
	// relative to the folder of this one: "account.js", "../users.json". Nil for
	// a file that stands alone. What it returns is valid while this file is.
	Beside func(path string) (File, bool)
}

// Companion reads a file beside this one, which must not be larger than limit
// bytes. It is not there when the file stands alone or cannot be read.
func (f File) Companion(path string, limit int64) ([]byte, bool) {
	if f.Beside == nil {
		return nil, false
	}
	c, ok := f.Beside(path)
	if !ok || c.Size > limit {
		return nil, false
	}
	b := make([]byte, c.Size)
	if n, err := c.R.ReadAt(b, 0); int64(n) != c.Size || (err != nil && !errors.Is(err, io.EOF)) {
		return nil, false
	}
	return b, true
}

// Section returns a reader over the whole file.
func (f File) Section() *io.SectionReader { return io.NewSectionReader(f.R, 0, f.Size) }

// HeadSize is how many bytes of a file a format sees when it is asked whether
// it recognises it.
const HeadSize = 256 << 10

// Head is the beginning of a file. Bytes are as stored, at most HeadSize; Text
// is the same transcoded to UTF-8 without a byte-order mark.
type Head struct {
	Name  string
	Size  int64 // of the whole file, in bytes
	Bytes []byte
	Text  []byte
	// R is the whole file, for formats whose directory is at its end (workbooks,
	// Parquet). Nil in tests that have only a beginning.
	R io.ReaderAt
}

// Match is a format's answer to a Head. Score is 0 (not mine) to 100 (certain).
// Why is a short English phrase naming what was or was not found. Refuse is set
// when the file is recognised but holds no posts: a sentence saying what it is.
// Columns is set when the file is a table that needs a mapping profile first.
type Match struct {
	Score   int      `json:"score"`
	Why     string   `json:"why"`
	Refuse  string   `json:"refuse,omitempty"`
	Columns []string `json:"columns,omitempty"`
}

// Format reads one kind of file. A Format is stateless and safe for concurrent
// use.
type Format interface {
	// Name is stable, lower-case, and part of every commitment.
	Name() string
	// Version changes whenever the same bytes would give different posts.
	Version() string
	// Detect judges a file by its content, never by its name alone.
	Detect(h Head) Match
	// Read hands every record of the file to the sink, in order. It returns an
	// error only when reading itself fails, the sink fails or ctx is done; what
	// is wrong with records is told by rejections. All calls to the sink are
	// made by one goroutine at a time.
	Read(ctx context.Context, f File, o Options, s Sink) error
}

// Refiner is a Format that becomes another one when it has seen the whole file:
// an archive of one kind of posts. The result reads that file alone.
type Refiner interface {
	Refine(ctx context.Context, f File, o Options) (Format, error)
}

// Refine gives the format that reads the file: the one that was detected, or what
// it becomes.
func Refine(ctx context.Context, x Format, f File, o Options) (Format, error) {
	r, ok := x.(Refiner)
	if !ok {
		return x, nil
	}
	y, err := r.Refine(ctx, f, o)
	if err != nil {
		return nil, fmt.Errorf("look into %s: %w", f.Name, err)
	}
	return y, nil
}

// Sink receives what a format reads.
type Sink interface {
	// Record takes one record. Seq and Locator.Container are filled by the sink.
	// An error stops the reading and is returned by Read.
	Record(r model.Record) error
	// Unknown counts one occurrence of a field that the format does not know.
	Unknown(path string)
	// Assume notes something that was assumed where a person could have been
	// asked. The last value for a key stays.
	Assume(key, value string)
	// Offset tells how many bytes of the file are done, for progress.
	Offset(done int64)
}

// UnknownCounter is implemented by sinks that take many occurrences of an
// unknown field at once.
type UnknownCounter interface {
	// UnknownN counts n occurrences of the field.
	UnknownN(path string, n int64)
}
