package workspace

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"syscall"

	"vedette/backend/casefile"
	"vedette/backend/model"
	"vedette/backend/search"
)

// indexer keeps the text index abreast of the case in the background. The index
// is a cache: one that is missing, behind, or broken is made anew.
type indexer struct {
	c    *casefile.Case
	dir  string
	wake chan struct{}

	life   sync.Mutex // one start or stop at a time; guards cancel and done
	cancel context.CancelFunc
	done   chan struct{}

	mu      sync.Mutex
	cond    *sync.Cond
	shared  bool          // a snapshot of an index that somebody else writes
	temp    string        // folder of a private index, removed on stopping
	ix      *search.Index // nil until opened
	err     error         // why it stopped, nil while it runs
	reached int64         // posts that are searchable
	held    bool          // indexing is left for later
}

func newIndexer(c *casefile.Case) *indexer {
	x := &indexer{c: c, dir: filepath.Join(c.Dir(), "index"), wake: make(chan struct{}, 1)}
	x.cond = sync.NewCond(&x.mu)
	return x
}

// start runs the indexer until stop.
func (x *indexer) start() {
	x.life.Lock()
	defer x.life.Unlock()
	x.startLocked()
}

func (x *indexer) startLocked() {
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	x.cancel, x.done = cancel, done
	go func() {
		defer close(done)
		err := x.run(ctx)
		x.mu.Lock()
		defer x.mu.Unlock()
		if err != nil && ctx.Err() == nil {
			x.err = indexFault(err)
		}
		x.cond.Broadcast()
	}()
	x.poke()
}

// stop ends the indexer and closes the index.
func (x *indexer) stop() error {
	x.life.Lock()
	defer x.life.Unlock()
	return x.stopLocked()
}

// again throws the index away and begins anew.
func (x *indexer) again() error {
	x.life.Lock()
	defer x.life.Unlock()
	if err := x.stopLocked(); err != nil {
		return err
	}
	if !x.c.ReadOnly() {
		if err := x.clear(); err != nil {
			return indexFault(err)
		}
	}
	x.mu.Lock()
	x.err, x.reached = nil, 0
	x.mu.Unlock()
	x.startLocked()
	return nil
}

func (x *indexer) stopLocked() error {
	x.cancel()
	<-x.done
	x.mu.Lock()
	defer x.mu.Unlock()
	var err error
	if x.ix != nil {
		err = x.ix.Close()
		x.ix = nil
	}
	if x.temp != "" {
		err = errors.Join(err, os.RemoveAll(x.temp))
		x.temp = ""
	}
	if err != nil {
		return fmt.Errorf("close the index: %w", err)
	}
	return nil
}

// poke says that the case has grown.
func (x *indexer) poke() {
	select {
	case x.wake <- struct{}{}:
	default:
	}
}

// hold leaves new posts for later, or no longer does.
func (x *indexer) hold(on bool) {
	x.mu.Lock()
	defer x.mu.Unlock()
	x.held = on
}

// grown says that the case has n posts now. While it grows the indexer works in
// large steps: every step costs several writes that wait for the disk.
func (x *indexer) grown(n int64) {
	x.mu.Lock()
	waiting := n - x.reached
	x.mu.Unlock()
	if waiting >= indexStep {
		x.poke()
	}
}

// indexStep is how many posts are worth a step of indexing while more come.
const indexStep = 5000

func (x *indexer) run(ctx context.Context) error {
	if err := x.open(); err != nil {
		return err
	}
	for {
		select {
		case <-ctx.Done():
			return nil
		case <-x.wake:
			if err := x.catchUp(ctx); err != nil {
				return err
			}
		}
	}
}

// open opens the index, making it anew when it cannot be used. A read-only
// session leaves the case's index alone, because somebody else may be writing
// it: it reads a snapshot of it, or makes a private one in a temporary folder.
func (x *indexer) open() error {
	var ix *search.Index
	var err error
	shared := false
	if x.c.ReadOnly() {
		if ix, err = search.OpenShared(x.dir, os.TempDir()); err == nil {
			shared = true
		} else {
			ix, err = x.private()
		}
	} else if ix, err = search.OpenIndex(x.dir); errors.Is(err, search.ErrRebuild) {
		ix, err = x.recreate()
	}
	if err != nil {
		return fmt.Errorf("open the index: %w", err)
	}
	x.mu.Lock()
	defer x.mu.Unlock()
	x.ix, x.shared, x.reached = ix, shared, ix.Watermark()
	x.cond.Broadcast()
	return nil
}

// private makes an empty index that only this session uses.
func (x *indexer) private() (*search.Index, error) {
	dir, err := os.MkdirTemp("", "vedette-index-")
	if err != nil {
		return nil, fmt.Errorf("make a private index: %w", err)
	}
	x.mu.Lock()
	x.temp = dir
	x.mu.Unlock()
	ix, err := search.CreateIndex(dir)
	if err != nil {
		return nil, fmt.Errorf("make a private index: %w", err)
	}
	return ix, nil
}

func (x *indexer) recreate() (*search.Index, error) {
	if err := x.clear(); err != nil {
		return nil, err
	}
	ix, err := search.CreateIndex(x.dir)
	if err != nil {
		return nil, fmt.Errorf("create the index: %w", err)
	}
	return ix, nil
}

// clear removes what is in the index folder; the folder itself stays, for it may
// be on a disk of its own.
func (x *indexer) clear() error {
	list, err := os.ReadDir(x.dir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove the old index: %w", err)
	}
	for _, e := range list {
		if err := os.RemoveAll(filepath.Join(x.dir, e.Name())); err != nil {
			return fmt.Errorf("remove the old index: %w", err)
		}
	}
	return nil
}

// indexFault says what it means that the index could not be written.
func indexFault(err error) error {
	f := &model.Fault{Code: "index_failed", Params: map[string]string{
		"message": "every post is in the case, but the text index that finds them by their words could not be written",
	}, Err: err}
	// Bleve hands on what the system said as text only.
	if isFull(err) || strings.Contains(err.Error(), syscall.ENOSPC.Error()) {
		f.Code = "disk_full"
		f.Params["message"] = "the disk is full: every post is in the case, but not every one can be found by its words"
	}
	return f
}

// catchUp indexes every post above the watermark.
func (x *indexer) catchUp(ctx context.Context) error {
	x.mu.Lock()
	held := x.held
	x.mu.Unlock()
	if held {
		return nil
	}
	if x.isShared() {
		return nil
	}
	err := x.c.Texts(ctx, x.watermark(), func(rows []casefile.TextRow) error {
		docs := make([]search.Doc, len(rows))
		for i, r := range rows {
			docs[i] = search.Doc{ID: r.ID, Text: head(r.Text)}
		}
		if err := x.current().Add(ctx, docs); err != nil {
			return fmt.Errorf("index posts: %w", err)
		}
		x.mu.Lock()
		defer x.mu.Unlock()
		x.reached = x.ix.Watermark()
		x.cond.Broadcast()
		return nil
	})
	if err != nil {
		return fmt.Errorf("index the case: %w", err)
	}
	return nil
}

func (x *indexer) isShared() bool {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.shared
}

// current returns the index, nil while it is not open.
func (x *indexer) current() *search.Index {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.ix
}

// opened returns the index, waiting until it is open.
func (x *indexer) opened(ctx context.Context) (*search.Index, error) {
	stop := x.wakeOn(ctx)
	defer stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.ix == nil && x.err == nil && ctx.Err() == nil {
		x.cond.Wait()
	}
	if x.err != nil {
		return nil, x.err
	}
	if x.ix == nil {
		return nil, fmt.Errorf("wait for the index: %w", ctx.Err())
	}
	return x.ix, nil
}

// wakeOn lets waiters look again when the context ends.
func (x *indexer) wakeOn(ctx context.Context) func() bool {
	return context.AfterFunc(ctx, func() {
		x.mu.Lock()
		defer x.mu.Unlock()
		x.cond.Broadcast()
	})
}

// watermark is the highest post id that is searchable.
func (x *indexer) watermark() int64 {
	x.mu.Lock()
	defer x.mu.Unlock()
	return x.reached
}

// wait blocks until post id is searchable, the indexer fails, or ctx ends. A
// snapshot of somebody else's index does not grow, and is not waited for.
func (x *indexer) wait(ctx context.Context, id int64, progress func(done int64)) error {
	x.poke()
	stop := x.wakeOn(ctx)
	defer stop()
	x.mu.Lock()
	defer x.mu.Unlock()
	for x.reached < id && !x.shared && x.err == nil && ctx.Err() == nil {
		if progress != nil {
			progress(x.reached)
		}
		x.cond.Wait()
	}
	if x.err != nil {
		return x.err
	}
	if x.reached < id && !x.shared {
		return fmt.Errorf("wait for the index: %w", ctx.Err())
	}
	return nil
}
