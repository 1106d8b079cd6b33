package workspace

import (
	"cmp"
	"context"
	"errors"
	"fmt"
	"os"
	"slices"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/model"
)

// Bounds of an inspection: files read, posts and rejections shown of each, and
// records looked at to estimate how many there are.
const (
	inspectFiles   = 100
	inspectShown   = 5
	inspectRecords = 1000
	inspectTried   = 5
	inspectBytes   = 16 << 20 // of each member of an archive
)

// Inspection is what an import would find. Nothing was stored. More is how many
// further files were not looked at.
type Inspection struct {
	Files   []FileInspection `json:"files"`
	Skipped []SkippedFile    `json:"skipped"`
	More    int              `json:"more"`
}

// FileInspection is one file as an import would read it. Confidence is 0 to 100
// with Why; Code and Reason say why it would not be read, with Columns when it is
// a table that needs a mapping. Posts are the first ones, without ids of the
// case; Records is their estimated number, which is Exact when the whole file
// was read. Unknown and Assumed are of what was read.
type FileInspection struct {
	File       string            `json:"file"`
	Size       int64             `json:"size"` // bytes
	Format     string            `json:"format"`
	Version    string            `json:"version"`
	Profile    string            `json:"profile"`
	Confidence int               `json:"confidence"`
	Why        string            `json:"why"`
	Code       string            `json:"code"`
	Reason     string            `json:"reason"`
	Columns    []string          `json:"columns"`
	Tried      []Tried           `json:"tried"`
	Posts      []model.PostView  `json:"posts"`
	Rejects    []model.Reject    `json:"rejects"`
	Read       int64             `json:"read"`
	Rejected   int64             `json:"rejected"`
	Records    int64             `json:"records"`
	Exact      bool              `json:"exact"`
	Unknown    map[string]int64  `json:"unknown_fields"`
	Assumed    map[string]string `json:"assumed"`
}

// Tried is a format's answer about a file.
type Tried struct {
	Format string `json:"format"`
	Score  int    `json:"score"`
	Why    string `json:"why"`
}

// Inspect looks at files and folders as Import with the same request would read
// them, and stores nothing. What is wrong with a file is in its entry.
func (s *Session) Inspect(ctx context.Context, req ImportRequest) (Inspection, error) {
	out := Inspection{Files: []FileInspection{}, Skipped: []SkippedFile{}}
	o, err := readOptions{
		Format: req.Format, Profile: req.Profile, Zone: req.Zone, DateOrder: req.DateOrder,
		Encoding: req.Encoding, IncludePrivate: req.IncludePrivate,
	}.importerOptions()
	if err != nil {
		return out, err
	}
	in, err := s.expand(req.Paths)
	if err != nil {
		return out, err
	}
	out.Skipped = append(out.Skipped, in.skipped...)
	for i, f := range in.files {
		if i == inspectFiles {
			out.More = len(in.files) - i
			break
		}
		x, err := s.inspectFile(ctx, f, o)
		if err != nil {
			return out, err
		}
		out.Files = append(out.Files, x)
	}
	return out, nil
}

// inspectFile looks at one file; the error is only for a stop.
func (s *Session) inspectFile(ctx context.Context, in inputFile, o importer.Options) (FileInspection, error) {
	x := FileInspection{
		File: in.name, Posts: []model.PostView{}, Rejects: []model.Reject{}, Columns: []string{}, Tried: []Tried{},
		Unknown: map[string]int64{}, Assumed: map[string]string{},
	}
	unreadable := func(err error) (FileInspection, error) {
		x.Code, x.Reason = SkipUnreadable, "it cannot be read: "+cause(err)
		return x, ctx.Err()
	}
	f, err := os.Open(in.path)
	if err != nil {
		return unreadable(err)
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	info, err := f.Stat()
	if err != nil {
		return unreadable(err)
	}
	x.Size = info.Size()
	file := importer.File{Name: in.name, Size: x.Size, R: f}
	if in.root != "" {
		near := inFolder(in)
		defer func() { _ = near.Close() }() // opened for reading: nothing to lose
		file.Beside = near.beside
	}
	format, attempts, err := importer.Detect(formats.All(), file, o)
	x.tried(attempts)
	var why *model.Fault
	if errors.As(err, &why) {
		x.Code, x.Reason = why.Code, whyRefused(err)
		var table *importer.NeedsMapping
		if errors.As(err, &table) {
			x.Columns = append(x.Columns, table.Columns...)
		}
		return x, ctx.Err()
	}
	if err != nil {
		return unreadable(err)
	}
	x.Confidence, x.Why = 100, "chosen"
	for _, a := range attempts {
		if a.Format == format.Name() {
			x.Confidence, x.Why = a.Score, a.Why
		}
	}
	o.Scratch, o.Look = s.c.Scratch(), inspectBytes
	if format, err = importer.Refine(ctx, format, file, o); err != nil {
		return unreadable(err)
	}
	x.Format, x.Version = format.Name(), format.Version()
	return s.inspectRecords(ctx, x, format, file, o)
}

// tried keeps the surest answers.
func (x *FileInspection) tried(attempts []importer.Attempt) {
	attempts = slices.Clone(attempts)
	slices.SortStableFunc(attempts, func(a, b importer.Attempt) int { return cmp.Compare(b.Score, a.Score) })
	for _, a := range attempts[:min(inspectTried, len(attempts))] {
		x.Tried = append(x.Tried, Tried{a.Format, a.Score, a.Why})
	}
}

// inspectRecords reads the first records and estimates how many there are.
func (s *Session) inspectRecords(ctx context.Context, x FileInspection, format importer.Format, file importer.File, o importer.Options) (FileInspection, error) {
	engine, err := s.desk.engine()
	if err != nil {
		return x, err
	}
	look := &lookSink{x: &x, view: func(p *model.Post) model.PostView {
		e := engine.Enrich(p)
		return previewPost(p, &e)
	}}
	err = format.Read(ctx, file, o, look)
	if ctx.Err() != nil {
		return x, ctx.Err()
	}
	x.Read, x.Profile = look.read, x.Assumed["profile"]
	delete(x.Assumed, "profile")
	switch {
	case look.enough:
		x.Records = max(x.Read, int64(float64(x.Read)*float64(x.Size)/float64(look.at(x.Size))))
	case err != nil:
		x.Records, x.Code, x.Reason = x.Read, "unreadable_records", whyRefused(err)
	default:
		x.Records, x.Exact = x.Read, true
	}
	return x, nil
}

// errEnough stops a reading that has seen what it came for.
var errEnough = fmt.Errorf("seen enough")

// lookSink is a sink that keeps the first records and stops.
type lookSink struct {
	x      *FileInspection
	view   func(*model.Post) model.PostView
	read   int64
	bytes  int64 // of the records seen
	end    int64 // of the last one in the file, 0 when it is in a member of it
	offset int64 // of the reader, which may be far ahead
	enough bool
}

// at is how much of a file of so many bytes the records seen took, at least 1.
func (l *lookSink) at(size int64) int64 {
	switch {
	case l.end > 0:
		return l.end
	case l.bytes < size: // packed records are larger than their file
		return max(l.bytes, 1)
	}
	return max(l.offset, 1)
}

// Record implements importer.Sink.
func (l *lookSink) Record(r model.Record) error {
	if l.read == inspectRecords {
		l.enough = true
		return errEnough
	}
	l.read++
	l.bytes += int64(len(r.Raw))
	l.end = 0
	if r.Locator.Member == "" && r.Locator.HasRange() {
		l.end = r.Locator.Offset + r.Locator.Length
	}
	switch {
	case r.Reject != nil:
		l.x.Rejected++
		if len(l.x.Rejects) < inspectShown {
			l.x.Rejects = append(l.x.Rejects, *r.Reject)
		}
	case len(l.x.Posts) < inspectShown:
		v := l.view(r.Post)
		v.Locator = r.Locator
		l.x.Posts = append(l.x.Posts, v)
	}
	return nil
}

// Unknown implements importer.Sink.
func (l *lookSink) Unknown(path string) { l.x.Unknown[path]++ }

// Assume implements importer.Sink.
func (l *lookSink) Assume(key, value string) { l.x.Assumed[key] = value }

// Offset implements importer.Sink.
func (l *lookSink) Offset(done int64) { l.offset = done }
