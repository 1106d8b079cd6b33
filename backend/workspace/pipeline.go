package workspace

import (
	"context"
	"fmt"
	"runtime"

	"golang.org/x/sync/errgroup"
	"golang.org/x/sync/semaphore"

	"vedette/backend/casefile"
	"vedette/backend/custody"
	"vedette/backend/enrich"
	"vedette/backend/importer"
	"vedette/backend/model"
)

// The pipeline's sizes: records go to the workers in small chunks that keep both
// cores busy, and to the case in transactions as large as measured to pay.
const (
	chunkRecords = 512
	chunkBytes   = 4 << 20
	txRecords    = 10_000
	txBytes      = 32 << 20
	chunksAhead  = 8 // bounds the number of chunks between reader and writer
	// bytesAhead bounds their bytes: what one transaction waits for, and the
	// largest record beside it.
	bytesAhead = txBytes + importer.DefaultMaxRecord + chunkBytes
)

// chunk is a run of records on its way from the reader to the case.
type chunk struct {
	records []model.Record
	items   []model.Item
	bytes   int
	held    int64 // of the pipeline's room, until it is stored
	offset  int64 // of the reader behind the last record
	ready   chan struct{}
}

// pipeline carries one batch's records: read in order, hashed and enriched in
// parallel, stored in order.
type pipeline struct {
	s       *Session
	batch   model.Batch
	version string
	engine  *enrich.Engine // nil: do not enrich
	meter   *meter

	// reader side (importer.Sink)
	ctx     context.Context //nolint:containedctx // the importer's sink has no context of its own
	seq     int64
	skip    int64
	offset  int64
	cur     *chunk
	work    chan *chunk
	ordered chan *chunk
	room    *semaphore.Weighted
	unknown map[string]int64
	assumed map[string]string
	profile string
}

// readBatch reads the file's records from where the batch stands to its end.
// When the context ends the batch stays open, to be resumed.
func (s *Session) readBatch(ctx context.Context, b model.Batch, format importer.Format, file importer.File, o importer.Options, opts readOptions, progress ProgressFunc) (model.Batch, error) {
	s.setActive(b.ID, true)
	defer s.setActive(b.ID, false)
	var engine *enrich.Engine
	if !opts.NoEnrich {
		var err error
		if engine, err = s.desk.engine(); err != nil {
			return b, err
		}
	}
	g, gctx := errgroup.WithContext(ctx)
	p := &pipeline{
		s: s, batch: b, version: b.Format + "/" + b.Version, engine: engine, ctx: gctx, skip: b.Read,
		meter: newMeter(progress, s.desk.opt.Now, "import", "records", b.File, "bytes", file.Size),
		work:  make(chan *chunk, chunksAhead), ordered: make(chan *chunk, chunksAhead),
		room: semaphore.NewWeighted(bytesAhead), unknown: map[string]int64{}, assumed: map[string]string{},
	}
	var sink importer.Sink = p
	if opts.RetryOf != 0 {
		again, err := s.rejectedOf(ctx, opts.RetryOf)
		if err != nil {
			return b, err
		}
		sink = &retrySink{p, again}
	}
	var readErr error
	g.Go(func() error {
		defer close(p.work)
		defer close(p.ordered)
		readErr = format.Read(gctx, file, o, sink)
		return p.flush()
	})
	for range max(1, runtime.GOMAXPROCS(0)) {
		g.Go(func() error { return p.commitChunks() })
	}
	g.Go(func() error { return p.store() })
	if err := g.Wait(); err != nil {
		return s.batchNow(ctx, b, err)
	}
	if err := ctx.Err(); err != nil {
		return s.batchNow(ctx, b, fmt.Errorf("stopped, to be resumed: %w", err))
	}
	return s.finish(ctx, p, readErr)
}

// batchNow returns the batch as it stands in the case beside the error that
// stopped it, so that the caller can say how far it came.
func (s *Session) batchNow(ctx context.Context, b model.Batch, cause error) (model.Batch, error) {
	now, err := s.c.Batch(context.WithoutCancel(ctx), b.ID)
	if err != nil {
		return b, cause
	}
	return now, cause
}

// finish closes the batch with its reconciliation. An importer that gave up
// (not: rejected records) leaves a failed batch with what was read before.
func (s *Session) finish(ctx context.Context, p *pipeline, readErr error) (model.Batch, error) {
	b := p.batch
	b.State, b.Unknown, b.Assumed, b.Profile = model.BatchDone, p.unknown, p.assumed, p.profile
	if readErr != nil {
		b.State, b.Error = model.BatchFailed, readErr.Error()
	}
	s.write.Lock()
	defer s.write.Unlock()
	b, err := s.c.FinishBatch(ctx, b)
	if err != nil {
		return b, fmt.Errorf("finish batch: %w", err)
	}
	if b.Read != b.Accepted+b.Duplicate+b.Rejected || b.Read != max(p.seq, p.skip) {
		return b, fmt.Errorf("reconcile %s: read %d, but %d accepted + %d duplicate + %d rejected", b.File, p.seq, b.Accepted, b.Duplicate, b.Rejected)
	}
	p.meter.end(p.offset)
	return b, nil
}

// Record implements importer.Sink.
func (p *pipeline) Record(r model.Record) error {
	r.Seq = p.seq
	p.seq++
	if r.Post != nil && isLong(r.Post) {
		p.Assume("long_text", "of texts above 1 MB the first MB is searched and understood")
	}
	if r.Seq < p.skip {
		return p.ctx.Err()
	}
	r.Locator.Container = p.batch.Container
	if p.cur == nil {
		p.cur = &chunk{records: make([]model.Record, 0, chunkRecords), ready: make(chan struct{})}
	}
	p.cur.records = append(p.cur.records, r)
	p.cur.bytes += len(r.Raw)
	if len(p.cur.records) >= chunkRecords || p.cur.bytes >= chunkBytes {
		return p.flush()
	}
	return nil
}

// Unknown implements importer.Sink.
func (p *pipeline) Unknown(path string) { p.unknown[path]++ }

// Assume implements importer.Sink. The profile that a table matched is not an
// assumption but a fact of the batch.
func (p *pipeline) Assume(key, value string) {
	if key == "profile" {
		p.profile = value
		return
	}
	p.assumed[key] = value
}

// Offset implements importer.Sink.
func (p *pipeline) Offset(done int64) { p.offset = done }

// flush hands the current chunk on, to the workers and, in order, to the case.
func (p *pipeline) flush() error {
	c := p.cur
	if c == nil {
		return nil
	}
	p.cur, c.offset = nil, p.offset
	c.held = min(int64(c.bytes), importer.DefaultMaxRecord+chunkBytes)
	if err := p.room.Acquire(p.ctx, c.held); err != nil {
		return fmt.Errorf("wait for room: %w", err)
	}
	for _, ch := range [...]chan *chunk{p.ordered, p.work} {
		select {
		case ch <- c:
		case <-p.ctx.Done():
			return p.ctx.Err()
		}
	}
	return nil
}

// commitChunks hashes and enriches chunks until there are no more.
func (p *pipeline) commitChunks() error {
	for c := range p.work {
		salts := make([]byte, 32*len(c.records))
		if _, err := p.s.desk.randRead(salts); err != nil {
			return err
		}
		c.items = make([]model.Item, len(c.records))
		for i := range c.records {
			r := &c.records[i]
			it := custody.CommitItem(r, p.version, [32]byte(salts[32*i:]))
			if r.Post != nil && p.engine != nil {
				e := understand(p.engine, r.Post)
				it.Enriched = &e
			}
			if r.Locator.HasRange() {
				it.Raw = nil // its bytes are in the container
			}
			c.items[i] = it
		}
		c.records = nil
		close(c.ready)
	}
	return nil
}

// store appends chunks to the case in order, many to a transaction.
func (p *pipeline) store() error {
	var pending []model.Item
	var size int
	var held, offset int64
	for c := range p.ordered {
		select {
		case <-c.ready:
		case <-p.ctx.Done():
			return p.ctx.Err()
		}
		pending, size, offset = append(pending, c.items...), size+c.bytes, c.offset
		held, c.items = held+c.held, nil
		if len(pending)+chunkRecords > txRecords || size >= txBytes {
			if err := p.s.appendItems(p.ctx, p.batch.ID, pending); err != nil {
				return err
			}
			p.meter.set(offset)
			p.room.Release(held)
			clear(pending) // its texts are stored
			pending, size, held = pending[:0], 0, 0
		}
	}
	if len(pending) == 0 {
		return nil
	}
	return p.s.appendItems(p.ctx, p.batch.ID, pending)
}

// appendItems commits items to the case and then shows them in the columns.
func (s *Session) appendItems(ctx context.Context, batch int64, items []model.Item) error {
	s.write.Lock()
	defer s.write.Unlock()
	done, err := s.c.Append(ctx, batch, items)
	if err == nil {
		// What is committed is shown, also when the import was stopped meanwhile.
		err = s.showItems(context.WithoutCancel(ctx), done)
	} else {
		err = fmt.Errorf("store records: %w", err)
	}
	s.behind = s.behind || err != nil
	return err
}

func (s *Session) showItems(ctx context.Context, done casefile.Appended) error {
	people := latest{}
	err := s.c.FacetRows(ctx, int64(s.view().Len()), func(rows []model.FacetRow) error {
		people.of(rows)
		return s.table.Load().Append(rows)
	})
	if err != nil {
		return fmt.Errorf("show new posts: %w", err)
	}
	if err := s.refreshCounts(ctx, done.IDs, done.New, people); err != nil {
		return err
	}
	if err := people.show(s.table.Load()); err != nil {
		return err
	}
	s.index.grown(int64(s.view().Len()))
	return nil
}

// refreshCounts shows the latest counts of posts that were seen again, and
// notes their authors.
func (s *Session) refreshCounts(ctx context.Context, ids []int64, fresh []bool, people latest) error {
	var again []int64
	for i, id := range ids {
		if id != 0 && !fresh[i] {
			again = append(again, id)
		}
	}
	if len(again) == 0 {
		return nil
	}
	rows, err := s.c.FacetRowsOf(ctx, again)
	if err != nil {
		return fmt.Errorf("read counts: %w", err)
	}
	people.of(rows)
	for i := range rows {
		if err := s.table.Load().UpdateCounts(rows[i].ID, rows[i].Counts, rows[i].Followers); err != nil {
			return fmt.Errorf("show counts: %w", err)
		}
	}
	return nil
}
