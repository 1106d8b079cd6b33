package search

import (
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"runtime"
	"runtime/debug"
	"sync"
	"sync/atomic"
	"time"

	"github.com/blevesearch/bleve/v2/document"
	"github.com/blevesearch/bleve/v2/index/scorch"
	"github.com/blevesearch/bleve/v2/index/scorch/mergeplan"
	index "github.com/blevesearch/bleve_index_api"
	bolterrors "go.etcd.io/bbolt/errors"
)

const (
	textField = "text"
	// bulkBatch is how many posts go into one segment; larger gains nothing.
	bulkBatch = 5000
	// lockWait is how long opening waits for another process; without a limit
	// Bleve would hang.
	lockWait = "1s"
	// healthEvery is how often a running batch looks whether Bleve has given up.
	healthEvery = 500 * time.Millisecond
)

var watermarkKey = []byte("vedette.watermark")

// Doc is a post's text for the index. IDs count from 1 without gaps.
type Doc struct {
	ID   int64
	Text string
}

// Index is the Bleve index of a case: field text, with positions, nothing
// stored. One goroutine adds at a time; any number search meanwhile.
type Index struct {
	dir      string
	store    *scorch.Scorch
	queue    *index.AnalysisQueue
	words    *analyzer
	writing  sync.Mutex   // held by Add and Optimize
	open     sync.RWMutex // held for reading while the store is in use
	closed   bool
	readOnly bool
	// temporary: dir is a snapshot that Close removes.
	temporary bool
	broken    atomic.Pointer[error]
	state     manifest
	mark      atomic.Int64
	tokens    atomic.Int64
	ordinals  segmentMap
}

// CreateIndex makes an empty index in dir, in place of one that is there.
func CreateIndex(dir string) (*Index, error) {
	if err := os.RemoveAll(storePath(dir)); err != nil {
		return nil, fmt.Errorf("create index: remove the old one: %w", err)
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	m := manifest{Mapping: mappingVersion, Dirty: true}
	if err := m.write(dir); err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	ix, err := openStore(dir, m, false)
	if err != nil {
		return nil, fmt.Errorf("create index: %w", err)
	}
	ix.state.Dirty = false
	if err := ix.state.write(dir); err != nil {
		return nil, errors.Join(fmt.Errorf("create index: %w", err), ix.Close())
	}
	return ix, nil
}

// OpenIndex opens the index in dir. An index that is missing, was being written
// when its process died, is damaged, or was made by other rules for words gives
// an error that wraps ErrRebuild; one that another process has open, ErrInUse.
// An index that is behind the case opens: Add what is above Watermark.
func OpenIndex(dir string) (*Index, error) {
	m, err := readManifest(dir)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if err := checkBolt(dir); err != nil {
		return nil, fmt.Errorf("open index: %w: %w", ErrRebuild, err)
	}
	ix, err := openStore(dir, m, false)
	if err != nil {
		return nil, fmt.Errorf("open index: %w", err)
	}
	if err := ix.check(); err != nil {
		return nil, errors.Join(fmt.Errorf("open index: %w", err), ix.Close())
	}
	return ix, nil
}

func storePath(dir string) string { return filepath.Join(dir, "store") }

// openStore opens Bleve's part; a panic in it is an error.
func openStore(dir string, m manifest, readOnly bool) (ix *Index, err error) {
	queue := index.NewAnalysisQueue(runtime.GOMAXPROCS(0))
	// Bleve reads damaged files through mapped memory: a fault is a panic too.
	defer debug.SetPanicOnFault(debug.SetPanicOnFault(true))
	defer func() {
		if p := recover(); p != nil {
			ix, err = nil, fmt.Errorf("%w: bleve panicked: %v", ErrRebuild, p)
		}
		if err != nil {
			queue.Close()
		}
	}()
	made, err := scorch.NewScorch(scorch.Name, map[string]any{
		"path": storePath(dir), "bolt_timeout": lockWait, "read_only": readOnly,
	}, queue)
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrRebuild, err)
	}
	store, ok := made.(*scorch.Scorch)
	if !ok {
		return nil, fmt.Errorf("bleve gave a %T", made)
	}
	if err := store.Open(); err != nil {
		if errors.Is(err, bolterrors.ErrTimeout) {
			return nil, fmt.Errorf("%w: %w", ErrInUse, err)
		}
		return nil, fmt.Errorf("%w: %w", ErrRebuild, err)
	}
	ix = &Index{dir: dir, store: store, queue: queue, state: m, readOnly: readOnly}
	ix.words = &analyzer{tokens: &ix.tokens}
	ix.mark.Store(m.Watermark)
	ix.tokens.Store(m.Tokens)
	return ix, nil
}

// check compares what Bleve has with the manifest, and the files' checksums
// with their bytes, which Bleve itself never does.
func (ix *Index) check() error {
	return ix.read(ix.checkSnapshot)
}

func (ix *Index) checkSnapshot(s *snapshot) error {
	if s.watermark != ix.state.Watermark || int64(s.docs) != ix.state.Watermark {
		return fmt.Errorf("%w: %d posts, watermark %d, manifest %d", ErrRebuild, s.docs, s.watermark, ix.state.Watermark)
	}
	return s.checkFiles()
}

// Watermark is the highest post id that can be found; all below can be too.
func (ix *Index) Watermark() int64 { return ix.mark.Load() }

// Close releases the index. It waits for searches under way.
func (ix *Index) Close() (err error) {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	ix.open.Lock()
	defer ix.open.Unlock()
	if ix.closed {
		return nil
	}
	ix.closed = true
	defer func() {
		if p := recover(); p != nil {
			err = fmt.Errorf("close index: %w: bleve panicked: %v", ErrRebuild, p)
		}
	}()
	ix.queue.Close()
	err = ix.store.Close()
	if ix.temporary {
		err = errors.Join(err, os.RemoveAll(ix.dir))
	}
	if err != nil {
		return fmt.Errorf("close index: %w", err)
	}
	return nil
}

// Add makes posts searchable. IDs ascend without gaps from Watermark + 1;
// posts at or below it are passed over. When Add returns without an error they
// are on disk and can be found. It stops between batches when ctx is done; an
// error that wraps ErrRebuild means that the index is lost.
func (ix *Index) Add(ctx context.Context, docs []Doc) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	for len(docs) > 0 && docs[0].ID <= ix.state.Watermark {
		docs = docs[1:]
	}
	if len(docs) == 0 {
		return nil
	}
	for i, d := range docs {
		if want := ix.state.Watermark + int64(i) + 1; d.ID != want {
			return fmt.Errorf("index posts: got id %d, expected %d", d.ID, want)
		}
	}
	if err := ix.writable(); err != nil {
		return err
	}
	if err := ix.setDirty(true); err != nil {
		return err
	}
	for len(docs) > 0 && ctx.Err() == nil {
		n := min(bulkBatch, len(docs))
		if err := ix.batch(docs[:n]); err != nil {
			return ix.give(err)
		}
		docs = docs[n:]
	}
	if err := ix.setDirty(false); err != nil {
		return err
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("index posts: %w", err)
	}
	return nil
}

// usable reports why the index cannot be used, if so.
func (ix *Index) usable() error {
	if e := ix.broken.Load(); e != nil {
		return *e
	}
	if ix.closed {
		return fmt.Errorf("index %w", os.ErrClosed)
	}
	return nil
}

// writable reports why the index cannot be written to, if so.
func (ix *Index) writable() error {
	if ix.readOnly {
		return fmt.Errorf("index posts: %w", ErrInUse)
	}
	return ix.usable()
}

// give marks the index as lost; the flag on disk stays set.
func (ix *Index) give(err error) error {
	err = fmt.Errorf("index posts: %w: %w", ErrRebuild, err)
	ix.broken.Store(&err)
	return err
}

func (ix *Index) setDirty(dirty bool) error {
	ix.state.Dirty = dirty
	if err := ix.state.write(ix.dir); err != nil {
		return fmt.Errorf("index posts: %w", err)
	}
	return nil
}

// batch writes one segment and waits until it is on disk.
func (ix *Index) batch(docs []Doc) error {
	b := index.NewBatch()
	for _, d := range docs {
		doc := document.NewDocument(docKey(d.ID))
		doc.AddField(document.NewTextFieldCustom(textField, nil, []byte(d.Text), index.IndexField|index.IncludeTermVectors, ix.words))
		b.Update(doc)
	}
	last := docs[len(docs)-1].ID
	b.SetInternal(watermarkKey, binary.BigEndian.AppendUint64(nil, uint64(last)))
	if err := ix.run(func() error { return ix.store.Batch(b) }); err != nil {
		return err
	}
	ix.state.Watermark, ix.state.Tokens = last, ix.tokens.Load()
	ix.mark.Store(last)
	return nil
}

// run calls into Bleve. A panic is an error; so is one in Bleve's background
// work, after which the call itself would wait for ever.
func (ix *Index) run(work func() error) error {
	before := ix.failures()
	done := make(chan error, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				done <- fmt.Errorf("bleve panicked: %v", p)
			}
		}()
		done <- work()
	}()
	tick := time.NewTicker(healthEvery)
	defer tick.Stop()
	for {
		select {
		case err := <-done:
			return err
		case <-tick.C:
			if ix.failures() > before {
				return errors.New("bleve failed in the background")
			}
		}
	}
}

// failures counts the errors of Bleve's background work.
func (ix *Index) failures() uint64 {
	n, _ := ix.store.StatsMap()["TotOnErrors"].(uint64)
	return n
}

// Optimize merges the index into one segment; worth it after a first import.
func (ix *Index) Optimize(ctx context.Context) error {
	ix.writing.Lock()
	defer ix.writing.Unlock()
	if err := ix.writable(); err != nil {
		return err
	}
	err := ix.run(func() error { return ix.store.ForceMerge(ctx, &mergeplan.SingleSegmentMergePlanOptions) })
	if err != nil && ctx.Err() == nil {
		return ix.give(err)
	}
	if err != nil {
		return fmt.Errorf("merge index: %w", err)
	}
	return nil
}

// docKey is a post's key in Bleve: its ordinal in four bytes.
func docKey(id int64) string {
	return string(binary.BigEndian.AppendUint32(nil, uint32(id-1)))
}
