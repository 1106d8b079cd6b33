package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"

	"vedette/backend/importer"
	"vedette/backend/importer/formats"
	"vedette/backend/model"
)

// Import reads files and folders into the case, one batch a file. Evidence is
// stored before it is parsed. A file that nothing recognises becomes a batch
// without a format; a record that cannot be read becomes a counted rejection;
// what is no file, or cannot be read at all, is skipped and told.
// The error is for what stops the import as a whole; the batches done so far
// are in the result. A cancelled import is resumed by importing the file again.
func (s *Session) Import(ctx context.Context, req ImportRequest, progress ProgressFunc) (ImportResult, error) {
	var res ImportResult
	opts := readOptionsOf(req)
	if _, err := opts.importerOptions(); err != nil {
		return res, err
	}
	src, err := checkSource(req.Source)
	if err != nil {
		return res, err
	}
	in, err := s.expand(req.Paths)
	if err != nil {
		return res, err
	}
	res.Skipped = in.skipped
	if req.NoIndex {
		s.index.hold(true)
		defer s.index.hold(false)
	}
	for _, f := range in.files {
		b, skipped, err := s.importFile(ctx, f, src, opts, progress)
		if b.ID != 0 {
			res.Batches = append(res.Batches, b)
		}
		if err != nil {
			return res, fmt.Errorf("import %s: %w", f.name, err)
		}
		if skipped != nil {
			res.Skipped = append(res.Skipped, *skipped)
		}
	}
	if req.NoIndex {
		return res, nil
	}
	s.index.poke()
	if req.NoWait {
		return res, nil
	}
	return res, s.waitIndexed(ctx, progress)
}

// importFile takes one file in as evidence and reads its records. A file that
// cannot be read is skipped; the error is for what is wrong with the case.
func (s *Session) importFile(ctx context.Context, in inputFile, src model.Source, opts readOptions, progress ProgressFunc) (model.Batch, *SkippedFile, error) {
	unreadable := func(err error) *SkippedFile {
		return &SkippedFile{File: in.name, Code: SkipUnreadable, Reason: "it cannot be read: " + cause(err)}
	}
	f, err := os.Open(in.path)
	if err != nil {
		return model.Batch{}, unreadable(err), nil
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	info, err := f.Stat()
	if err != nil {
		return model.Batch{}, unreadable(err), nil
	}
	m := newMeter(progress, s.desk.opt.Now, "import", "evidence", in.name, "bytes", info.Size())
	from := &sourceReader{r: f}
	kept, err := s.c.StoreContainer(ctx, in.name, from, m.set)
	if from.err != nil {
		return model.Batch{}, unreadable(from.err), nil
	}
	if err != nil {
		return model.Batch{}, nil, fmt.Errorf("keep the evidence: %w", err)
	}
	m.end(kept.Size)
	var near *neighbours
	if in.root != "" {
		near = inFolder(in)
	}
	b, err := s.importContainer(ctx, evidence{kept, in.name, near}, src, opts, progress)
	return b, nil, err
}

// evidence is a file that is already in the case: its container, its name, and
// how files beside it are found, if there are any.
type evidence struct {
	kept model.Container
	name string
	near *neighbours
}

// importContainer reads the records of evidence.
func (s *Session) importContainer(ctx context.Context, from evidence, src model.Source, opts readOptions, progress ProgressFunc) (model.Batch, error) {
	choice, err := opts.importerOptions()
	if err != nil {
		return model.Batch{}, err
	}
	r, err := s.c.OpenContainer(ctx, from.kept.SHA256)
	if err != nil {
		return model.Batch{}, fmt.Errorf("open the evidence: %w", err)
	}
	defer func() { _ = r.Close() }() // opened for reading: nothing to lose
	file := importer.File{Name: from.name, Size: r.Size(), R: r}
	if near := from.near; near != nil {
		defer func() { _ = near.Close() }() // opened for reading: nothing to lose
		file.Beside = near.beside
	}
	found, err := s.desk.detect(file, &choice, formats.All())
	var why *model.Fault // nothing knows it, it holds no posts, or it needs a mapping
	if errors.As(err, &why) {
		return s.refuse(ctx, from.kept, from.name, src, opts, err)
	}
	if err != nil {
		return model.Batch{}, err
	}
	if found.profile != nil {
		opts.Profile = found.profile // the batch keeps what it was read by
	}
	choice.Scratch = s.c.Scratch()
	format, err := importer.Refine(ctx, found.format, file, choice)
	if err != nil {
		return model.Batch{}, fmt.Errorf("recognise the format: %w", err)
	}
	b, err := s.batchFor(ctx, from.kept, from.name, src, opts, format)
	if err != nil {
		return b, err
	}
	return s.readBatch(ctx, b, format, file, choice, opts, progress)
}

// refuse records a file that nothing recognised: the evidence is kept, and the
// batch says what was tried.
func (s *Session) refuse(ctx context.Context, kept model.Container, name string, src model.Source, opts readOptions, why error) (model.Batch, error) {
	s.write.Lock()
	defer s.write.Unlock()
	b, err := s.c.BeginBatch(ctx, newBatch(kept, name, src, opts))
	if err != nil {
		return model.Batch{}, fmt.Errorf("begin batch: %w", err)
	}
	b.State, b.Error = model.BatchFailed, whyRefused(why)
	b, err = s.c.FinishBatch(ctx, b)
	if err != nil {
		return b, fmt.Errorf("finish batch: %w", err)
	}
	return b, nil
}

// whyRefused is a fault's own sentence, without the chain of causes behind it.
func whyRefused(err error) string {
	var f *model.Fault
	if errors.As(err, &f) && f.Params["message"] != "" {
		return f.Params["message"]
	}
	return err.Error()
}

func newBatch(kept model.Container, name string, src model.Source, opts readOptions) model.Batch {
	raw, err := json.Marshal(opts)
	if err != nil { // plain strings and flags always marshal
		raw = []byte("{}")
	}
	return model.Batch{State: model.BatchRunning, File: name, Container: kept.SHA256, Options: string(raw), Source: src}
}

// batchFor finds the interrupted batch of the same file read in the same way,
// or begins a new one.
func (s *Session) batchFor(ctx context.Context, kept model.Container, name string, src model.Source, opts readOptions, format importer.Format) (model.Batch, error) {
	b := newBatch(kept, name, src, opts)
	b.Format, b.Version = format.Name(), format.Version()
	open, err := s.interrupted(ctx)
	if err != nil {
		return b, err
	}
	for _, o := range open {
		if o.Container == b.Container && o.Format == b.Format && o.Version == b.Version && o.Options == b.Options && o.Source == b.Source {
			return o, nil
		}
	}
	s.write.Lock()
	defer s.write.Unlock()
	b, err = s.c.BeginBatch(ctx, b)
	if err != nil {
		return b, fmt.Errorf("begin batch: %w", err)
	}
	return b, nil
}

// interrupted lists the imports that stopped before their end: those that are
// still running in the case, but not in this session. A read-only session
// cannot tell them from what another process is reading, and lists none.
func (s *Session) interrupted(ctx context.Context) ([]model.Batch, error) {
	if s.c.ReadOnly() {
		return nil, nil
	}
	all, err := s.c.Batches(ctx)
	if err != nil {
		return nil, fmt.Errorf("list interrupted imports: %w", err)
	}
	s.activeMu.Lock()
	defer s.activeMu.Unlock()
	var out []model.Batch
	for _, b := range all {
		if b.State == model.BatchRunning && !s.active[b.ID] {
			out = append(out, b)
		}
	}
	return out, nil
}

// setActive says that a batch is being read in this session, or no longer.
func (s *Session) setActive(batch int64, on bool) {
	s.activeMu.Lock()
	defer s.activeMu.Unlock()
	if on {
		s.active[batch] = true
		return
	}
	delete(s.active, batch)
}

// Resume reads on where interrupted imports stopped, from the evidence in the
// case. A batch whose importer has since changed cannot be continued record by
// record; it is closed with what it had, and read again as a new batch.
func (s *Session) Resume(ctx context.Context, progress ProgressFunc) (ImportResult, error) {
	var res ImportResult
	open, err := s.interrupted(ctx)
	if err != nil {
		return res, err
	}
	for _, b := range open {
		var opts readOptions
		if err := json.Unmarshal([]byte(b.Options), &opts); err != nil {
			return res, fmt.Errorf("read the options of batch %d: %w", b.ID, err)
		}
		done, err := s.importContainer(ctx, evidence{model.Container{SHA256: b.Container}, b.File, s.inCase(ctx, b.File)}, b.Source, opts, progress)
		if err != nil {
			return res, fmt.Errorf("resume %s: %w", b.File, err)
		}
		res.Batches = append(res.Batches, done)
		if done.ID != b.ID {
			if err := s.closeBatch(ctx, b); err != nil {
				return res, err
			}
		}
	}
	return res, s.waitIndexed(ctx, progress)
}

func (s *Session) closeBatch(ctx context.Context, b model.Batch) error {
	s.write.Lock()
	defer s.write.Unlock()
	b.State, b.Error = model.BatchCancelled, "read again as a new batch, because the importer has changed"
	if _, err := s.c.FinishBatch(ctx, b); err != nil {
		return fmt.Errorf("close batch %d: %w", b.ID, err)
	}
	return nil
}

// Batches lists every import and collection.
func (s *Session) Batches(ctx context.Context) ([]model.Batch, error) {
	b, err := s.c.Batches(ctx)
	if err != nil {
		return nil, fmt.Errorf("list batches: %w", err)
	}
	return b, nil
}

// HasBatch is nil when the case has the batch, and else a fault.
func (s *Session) HasBatch(ctx context.Context, batch int64) error {
	if _, err := s.c.Batch(ctx, batch); err != nil {
		return fmt.Errorf("look for batch %d: %w", batch, err)
	}
	return nil
}

// Withdraw takes a batch's posts out of view and analysis, or puts them back.
func (s *Session) Withdraw(ctx context.Context, batch int64, withdrawn bool) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.c.Withdraw(ctx, batch, withdrawn); err != nil {
		return fmt.Errorf("withdraw batch %d: %w", batch, err)
	}
	// A post that another batch saw too moves to that batch: read them all anew.
	table, _, err := loadColumns(ctx, s.c)
	if err != nil {
		return err
	}
	s.table.Store(table)
	return nil
}

// Rejects lists rejected records, of one batch or (0) of all, by key.
func (s *Session) Rejects(ctx context.Context, batch, after int64, limit int) ([]model.BatchReject, error) {
	r, err := s.c.Rejects(ctx, batch, after, limit)
	if err != nil {
		return nil, fmt.Errorf("list rejects: %w", err)
	}
	return r, nil
}

// waitIndexed waits until every post of the case is searchable.
func (s *Session) waitIndexed(ctx context.Context, progress ProgressFunc) error {
	total := int64(s.view().Len())
	m := newMeter(progress, s.desk.opt.Now, "index", "posts", "", "posts", total)
	m.base = s.index.watermark()
	return s.index.wait(ctx, total, m.set)
}
