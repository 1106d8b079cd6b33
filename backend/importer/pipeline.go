package importer

import (
	"context"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"

	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// Batch collects what one piece of work found, to be handed to the sink in the
// order in which the pieces were submitted. It is for one goroutine.
type Batch struct {
	records []model.Record
	unknown map[string]int64
	assumed map[string]string
	done    int64
	src     source
	err     error
	checker jsonscan.Checker
}

// Record adds a record that is complete but for Seq and Locator.Container.
func (b *Batch) Record(r model.Record) { b.records = append(b.records, r) }

// Unknown counts one occurrence of a field that the format does not know, by its
// path; of a long one the first 200 bytes are told.
func (b *Batch) Unknown(path string) {
	if len(path) > 200 {
		path = strings.ToValidUTF8(path[:200], "")
	}
	if b.unknown == nil {
		b.unknown = map[string]int64{}
	}
	b.unknown[path]++
}

// Assume notes something that was assumed.
func (b *Batch) Assume(key, value string) {
	if b.assumed == nil {
		b.assumed = map[string]string{}
	}
	b.assumed[key] = value
}

// Fail makes reading stop with an error after what the batch holds.
func (b *Batch) Fail(err error) { b.err = errors.Join(b.err, err) }

// inFlight is how many bytes may wait to be decoded or handed on before
// submitting blocks. One piece of work alone may be larger.
const inFlight = 64 << 20

// Pipeline decodes records on all processors and hands them to a sink in the
// order in which they were submitted. Submit and Close are for one
// goroutine; the sink is called from another one.
type Pipeline struct {
	ctx    context.Context
	cancel context.CancelCauseFunc
	work   chan *job
	order  chan *job
	wg     sync.WaitGroup

	mu   sync.Mutex
	cond *sync.Cond
	held int64

	// paths are the unknown fields told so far, for emit alone.
	paths map[string]struct{}
	// inline, when set, is the sink of a pipeline without goroutines.
	inline Sink
}

type job struct {
	fn    func(b *Batch)
	size  int64
	batch Batch
	ready chan struct{}
}

// NewPipeline starts the workers. Options.Workers says how many; Close must be
// called to stop them.
func NewPipeline(ctx context.Context, s Sink, o Options) *Pipeline {
	workers := max(o.Workers, 0)
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	ctx, cancel := context.WithCancelCause(ctx)
	p := &Pipeline{ctx: ctx, cancel: cancel, work: make(chan *job, workers), order: make(chan *job, 4*workers), paths: map[string]struct{}{}}
	p.cond = sync.NewCond(&p.mu)
	if o.Workers < 0 {
		p.inline = s
		return p
	}
	p.wg.Add(workers + 1)
	for range workers {
		go p.decode()
	}
	go p.emit(s)
	return p
}

// Submit adds a piece of work over size bytes; done is how far the file has been
// read with it. It blocks while too much is waiting, and returns the reason when
// the pipeline has stopped.
func (p *Pipeline) Submit(size, done int64, fn func(b *Batch)) error {
	if p.inline != nil {
		return p.now(done, fn)
	}
	p.mu.Lock()
	for p.held > 0 && p.held+size > inFlight && p.ctx.Err() == nil {
		p.cond.Wait()
	}
	p.held += size
	p.mu.Unlock()
	j := &job{fn: fn, size: size, ready: make(chan struct{})}
	j.batch.done = done
	if p.ctx.Err() != nil {
		p.release(j)
		return p.cause()
	}
	select {
	case p.order <- j:
		p.work <- j
		return nil
	case <-p.ctx.Done():
		p.release(j)
		return p.cause()
	}
}

// now decodes and hands on a piece at once.
func (p *Pipeline) now(done int64, fn func(b *Batch)) error {
	j := &job{fn: fn}
	j.batch.done = done
	if p.ctx.Err() == nil {
		run(j)
		if err := p.hand(p.inline, &j.batch); err != nil {
			p.cancel(err)
		}
	}
	return p.cause()
}

// Close waits for everything submitted, stops the workers and returns why the
// pipeline stopped early, if it did.
func (p *Pipeline) Close() error {
	close(p.order)
	close(p.work)
	p.wg.Wait()
	err := p.cause()
	p.cancel(nil)
	return err
}

// cause is why the pipeline stopped early: what the sink or the context said.
func (p *Pipeline) cause() error {
	if p.ctx.Err() == nil {
		return nil
	}
	return fmt.Errorf("import stopped: %w", context.Cause(p.ctx))
}

func (p *Pipeline) release(j *job) {
	p.mu.Lock()
	p.held -= j.size
	p.mu.Unlock()
	p.cond.Broadcast()
}

func (p *Pipeline) decode() {
	defer p.wg.Done()
	for j := range p.work {
		if p.ctx.Err() == nil {
			run(j)
		}
		close(j.ready)
	}
}

// run decodes one piece. A panic in a reader is a defect; it ends the import
// with an error instead of the program.
func run(j *job) {
	defer func() {
		if r := recover(); r != nil {
			j.batch.Fail(fmt.Errorf("decode records: panic: %v", r))
		}
	}()
	j.fn(&j.batch)
}

// emit hands batches to the sink in order. After an error it only empties the
// queue.
func (p *Pipeline) emit(s Sink) {
	defer p.wg.Done()
	for j := range p.order {
		<-j.ready
		if p.ctx.Err() == nil {
			if err := p.hand(s, &j.batch); err != nil {
				p.cancel(err)
			}
		}
		j.batch = Batch{}
		p.release(j)
	}
}

func (p *Pipeline) hand(s Sink, b *Batch) error {
	for i := range b.records {
		if err := p.ctx.Err(); err != nil {
			return fmt.Errorf("read on: %w", context.Cause(p.ctx))
		}
		if err := s.Record(b.records[i]); err != nil {
			return fmt.Errorf("keep record: %w", err)
		}
	}
	many, _ := s.(UnknownCounter)
	for path, n := range b.unknown {
		path = p.bounded(path)
		if many != nil {
			many.UnknownN(path, n)
			continue
		}
		for range n {
			s.Unknown(path)
		}
	}
	for k, v := range b.assumed {
		s.Assume(k, v)
	}
	if b.done > 0 {
		s.Offset(b.done)
	}
	return b.err
}

// maxPaths bounds how many unknown fields are told apart, so that a hostile file
// cannot fill the memory with names.
const maxPaths = 1000

// bounded returns the path, or "(others)" when too many were told apart before.
func (p *Pipeline) bounded(path string) string {
	if _, ok := p.paths[path]; ok {
		return path
	}
	if len(p.paths) >= maxPaths {
		return "(others)"
	}
	p.paths[path] = struct{}{}
	return path
}
