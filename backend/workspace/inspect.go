package workspace

import (
	"cmp"
	"context"
	"errors"
	"math"
	"os"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/model"
)

// Bounds of an inspection: files read, posts and rejections shown of each, and
// records looked at to estimate how many there are.
const (
	inspectFiles   = 100
	inspectMore    = 5000 // that are only recognised
	inspectShown   = 5
	inspectRecords = 1000
	inspectTried   = 5
	inspectBytes   = 16 << 20 // of each member of an archive
)

// Inspection is what an import would find. Nothing was stored. Of many files the
// first are in Files; Overview is of all that were recognised or refused. More is
// how many further files were not looked at.
type Inspection struct {
	Files    []FileInspection `json:"files"`
	Skipped  []SkippedFile    `json:"skipped"`
	More     int              `json:"more"`
	Overview Overview         `json:"overview"`
}

// FileInspection is one file as an import would read it. Confidence is 0 to 100
// with Why; Code and Reason say why it would not be read, with Columns when it is
// a table that needs a mapping. Posts are the first ones, without ids of the
// case; Records is their estimated number, which is Exact when the whole file
// was read. Unknown, Assumed, Kinds, Visibility and the period from First to Last
// (RFC 3339, empty without a dated post) are of what was read. Dates shows what an
// assumed order of day and month decides. Near is a saved profile that a table
// without one resembles.
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
	Kinds      map[string]int64  `json:"kinds"`
	Visibility map[string]int64  `json:"visibility"`
	First      string            `json:"first"`
	Last       string            `json:"last"`
	Dates      *DateReadings     `json:"dates"`
	Near       *NearProfile      `json:"near"`

	because string // the reason of a refusal without the file's name
}

// Tried is a format's answer about a file.
type Tried struct {
	Format string `json:"format"`
	Score  int    `json:"score"`
	Why    string `json:"why"`
}

// depth is how thoroughly files are looked at.
type depth struct {
	files      int // shown each for itself
	recognised int // further ones that are only recognised
	records    int64
	bytes      int64 // of each member of an archive; 0: all
}

// Inspect looks at files and folders as Import with the same request would read
// them, and stores nothing. What is wrong with a file is in its entry.
func (s *Session) Inspect(ctx context.Context, req ImportRequest) (Inspection, error) {
	return s.inspect(ctx, req, depth{inspectFiles, inspectMore, inspectRecords, inspectBytes}, nil)
}

// DryRun reads every record of the files, as Import with the same request would,
// and stores nothing.
func (s *Session) DryRun(ctx context.Context, req ImportRequest, progress ProgressFunc) (Inspection, error) {
	return s.inspect(ctx, req, depth{math.MaxInt, 0, math.MaxInt64, 0}, progress)
}

func (s *Session) inspect(ctx context.Context, req ImportRequest, deep depth, progress ProgressFunc) (Inspection, error) {
	out := Inspection{Files: []FileInspection{}, Skipped: []SkippedFile{}, Overview: newOverview()}
	o, err := readOptionsOf(req).importerOptions()
	if err != nil {
		return out, err
	}
	in, err := s.expand(req.Paths)
	if err != nil {
		return out, err
	}
	out.Skipped = append(out.Skipped, in.skipped...)
	m := newMeter(progress, s.desk.opt.Now, "look", "files", "", "files", int64(len(in.files)))
	for i, f := range in.files {
		if i >= deep.files && i-deep.files >= deep.recognised {
			out.More = len(in.files) - i
			break
		}
		x, err := s.inspectFile(ctx, f, o, deep, i < deep.files)
		if err != nil {
			return out, err
		}
		out.Overview.add(&x)
		if i < deep.files {
			out.Files = append(out.Files, x)
		}
		m.set(int64(i + 1))
	}
	return out, nil
}

// inspectFile looks at one file, and at its records where they are asked for; the
// error is only for a stop.
func (s *Session) inspectFile(ctx context.Context, in inputFile, o importer.Options, deep depth, records bool) (FileInspection, error) {
	x := newInspection(in.name)
	f, err := os.Open(in.path)
	if err != nil {
		x.unreadable(err)
		return x, ctx.Err()
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	info, err := f.Stat()
	if err != nil {
		x.unreadable(err)
		return x, ctx.Err()
	}
	x.Size = info.Size()
	file := importer.File{Name: in.name, Size: x.Size, R: f}
	if in.root != "" {
		near := inFolder(in)
		defer func() { _ = near.Close() }() // opened for reading: nothing to lose
		file.Beside = near.beside
	}
	o.Scratch, o.Look = s.c.Scratch(), deep.bytes
	format := s.recognise(ctx, &x, file, &o)
	if format == nil || !records {
		return x, ctx.Err()
	}
	return s.inspectRecords(ctx, x, format, file, o, deep.records)
}

// recognise finds the format of a file; nil when it would not be read, which its
// entry then says.
func (s *Session) recognise(ctx context.Context, x *FileInspection, file importer.File, o *importer.Options) importer.Format {
	found, err := s.desk.detect(file, o, formats.All())
	x.tried(found.attempts)
	x.Near = found.near
	var why *model.Fault
	if errors.As(err, &why) {
		x.Code, x.Reason, x.because = why.Code, whyRefused(err), why.Params["reason"]
		var table *importer.NeedsMapping
		if errors.As(err, &table) {
			x.Columns = append(x.Columns, table.Columns...)
		}
		return nil
	}
	if err != nil {
		x.unreadable(err)
		return nil
	}
	x.Confidence, x.Why = 100, "chosen"
	for _, a := range found.attempts {
		if a.Format == found.format.Name() {
			x.Confidence, x.Why = a.Score, a.Why
		}
	}
	format, err := importer.Refine(ctx, found.format, file, *o)
	if err != nil {
		x.unreadable(err)
		return nil
	}
	x.Format, x.Version = format.Name(), format.Version()
	return format
}

func newInspection(name string) FileInspection {
	return FileInspection{
		File: name, Posts: []model.PostView{}, Rejects: []model.Reject{}, Columns: []string{}, Tried: []Tried{},
		Unknown: map[string]int64{}, Assumed: map[string]string{}, Kinds: map[string]int64{}, Visibility: map[string]int64{},
	}
}

func (x *FileInspection) unreadable(err error) {
	x.Code, x.Reason = SkipUnreadable, "it cannot be read: "+cause(err)
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
func (s *Session) inspectRecords(ctx context.Context, x FileInspection, format importer.Format, file importer.File, o importer.Options, records int64) (FileInspection, error) {
	engine, err := s.desk.engine()
	if err != nil {
		return x, err
	}
	look := newLook(engine, records, inspectShown)
	look.x = &x
	err = format.Read(ctx, file, o, look)
	if ctx.Err() != nil {
		return x, ctx.Err()
	}
	x.Read, x.Profile = look.read, x.Assumed["profile"]
	delete(x.Assumed, "profile")
	x.First, x.Last = utc(look.first), utc(look.last)
	if strings.Contains(x.Assumed["date_order"], "nothing says") {
		x.Dates = look.dates
	}
	switch {
	case look.enough:
		x.Records = max(x.Read, int64(float64(x.Read)*float64(x.Size)/float64(look.at(x.Size))))
	case err != nil:
		x.Records, x.Code, x.Reason = x.Read, "unreadable_records", whyRefused(err)
		var why *model.Fault
		if x.Read == 0 && errors.As(err, &why) {
			x.Code = why.Code
		}
	default:
		x.Records, x.Exact = x.Read, true
	}
	return x, nil
}
