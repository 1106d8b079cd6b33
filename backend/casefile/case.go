package casefile

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sync"

	"github.com/google/uuid"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// Case is an open case.
type Case struct {
	dir  string
	opt  Options
	out  *outside
	read *sql.DB
	temp string // folder of a temporary copy, removed on closing

	mu     sync.Mutex // guards everything below, and the writer
	w      *writer    // nil when opened for reading
	lock   *caseLock
	meta   model.CaseMeta
	log    custody.Log
	cache  *ingest // what appending remembers; nil until needed
	closed bool
	found  []Finding // what opening found

	interrupted []int64 // batches found running on opening
}

// folders of a case.
const (
	containerFolder = "containers"
	mediaFolder     = "media"
)

// Create makes a case in dir, which must not exist or be empty. A missing id is
// made; Created is set when it is zero. Faults: case_exists, disk_full,
// case_read_only.
func Create(ctx context.Context, dir string, meta model.CaseMeta, o Options) (*Case, error) {
	o = o.withDefaults()
	c, err := create(ctx, dir, meta, o)
	if err != nil {
		return nil, asFault(err)
	}
	return c, nil
}

func create(ctx context.Context, dir string, meta model.CaseMeta, o Options) (*Case, error) {
	if err := emptyFolder(dir); err != nil {
		return nil, err
	}
	if meta.ID == "" {
		id, err := uuid.NewRandomFromReader(o.Rand)
		if err != nil {
			return nil, fmt.Errorf("make case id: %w", err)
		}
		meta.ID = id.String()
	}
	if meta.Created.IsZero() {
		meta.Created = o.Now()
	}
	meta.Created = meta.Created.UTC()
	for _, d := range []string{dir, filepath.Join(dir, containerFolder), filepath.Join(dir, mediaFolder)} {
		if err := os.MkdirAll(d, 0o700); err != nil {
			return nil, fmt.Errorf("make case folder: %w", err)
		}
	}
	c := &Case{dir: dir, opt: o, meta: meta}
	if err := c.openForWriting(ctx); err != nil {
		return nil, errors.Join(err, c.closeAll())
	}
	body, err := json.Marshal(meta)
	if err != nil {
		return nil, errors.Join(fmt.Errorf("encode case: %w", err), c.closeAll())
	}
	err = c.write(ctx, func(t *tx) error {
		return t.putObject(actCreate, kindMeta, meta.ID, body)
	})
	if err != nil {
		return nil, errors.Join(err, c.closeAll())
	}
	if err := errors.Join(syncFolder(dir), syncFolder(filepath.Dir(dir))); err != nil {
		return nil, errors.Join(err, c.closeAll())
	}
	return c, nil
}

func emptyFolder(dir string) error {
	list, err := os.ReadDir(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return nil
	case err != nil:
		return fault(CodeExists, "the folder for the case cannot be used", err)
	case len(list) > 0:
		return fault(CodeExists, "the folder for the case is not empty", nil)
	}
	return nil
}

// Open opens a case. Faults: case_not_found, case_locked, case_newer_schema,
// case_damaged, disk_full, case_read_only.
func Open(ctx context.Context, dir string, o Options) (*Case, error) {
	o = o.withDefaults()
	if st, err := os.Stat(filepath.Join(dir, dbFile)); err != nil || st.IsDir() {
		return nil, fault(CodeNotFound, fmt.Sprintf("there is no case in %q", dir), err)
	}
	c := &Case{dir: dir, opt: o}
	var err error
	if o.ReadOnly {
		err = c.openForReading(ctx)
	} else {
		err = c.openForWriting(ctx)
	}
	if err == nil {
		err = c.load(ctx)
	}
	if err != nil {
		return nil, asFault(errors.Join(err, c.closeAll()))
	}
	return c, nil
}

func (c *Case) openForWriting(ctx context.Context) error {
	if !writable(c.dir) {
		return fault(CodeReadOnly, "the case folder cannot be written to; open it for reading", nil)
	}
	lock, err := lockCase(c.dir, c.opt.Actor, c.opt.Now())
	if err != nil {
		return err
	}
	c.lock = lock
	if c.out, err = openOutside(c.opt.ConfigDir, c.opt.Rand); err != nil {
		return err
	}
	path := filepath.Join(c.dir, dbFile)
	steps, err := migrations(migrationFiles)
	if err != nil {
		return err
	}
	// A foreign trigger must be seen before anything is written.
	if err := refuseForeign(ctx, path, steps); err != nil {
		return err
	}
	if c.w, err = newWriter(ctx, path); err != nil {
		return err
	}
	if err := migrate(c.w, c.dir, steps); err != nil {
		return err
	}
	c.read = pool(path, openRead)
	return nil
}

func (c *Case) openForReading(ctx context.Context) error {
	var err error
	if c.out, err = readOutside(c.opt.ConfigDir); err != nil {
		return err
	}
	if c.read, c.temp, err = openReaders(c.dir); err != nil {
		return err
	}
	steps, err := migrations(migrationFiles)
	if err != nil {
		return err
	}
	return checkReadable(ctx, c.read, steps)
}

// load reads the case's metadata and the state of its custody log, and compares
// the log with the checkpoint kept outside.
func (c *Case) load(ctx context.Context) error {
	var body []byte
	err := c.read.QueryRowContext(ctx, "SELECT body FROM objects WHERE kind = ?", kindMeta).Scan(&body)
	if err != nil {
		return fault(CodeDamaged, "the case has no metadata", err)
	}
	if err := json.Unmarshal(body, &c.meta); err != nil {
		return fault(CodeDamaged, "the case's metadata cannot be read", err)
	}
	// The checkpoint is read first: beside a writer at work, the log is then
	// never behind it.
	outside, bad := c.out.read(c.meta.ID)
	if c.log, err = loadLog(ctx, c.read); err != nil {
		return err
	}
	switch {
	case bad != nil:
		c.found = []Finding{badCheckpoint(bad)}
	case outside != nil:
		c.found, err = compareCheckpoint(ctx, c.read, c.dir, &outside.Checkpoint, c.meta.ID, &c.log)
		if err != nil {
			return err
		}
	}
	if c.w == nil {
		return nil
	}
	if c.interrupted, err = c.running(ctx); err != nil {
		return err
	}
	return c.afterOpening(ctx, outside != nil && len(c.found) == 0)
}

// adopt writes down that nothing here vouched for the records so far. Without
// it, the checkpoint that follows would turn a case that was cut short, and
// whose checkpoint was removed, into one that equals its checkpoint.
func (c *Case) adopt(ctx context.Context) error {
	return c.write(ctx, func(t *tx) error {
		_, err := t.log(actAdopt, "case", custody.PayloadCommit(nil), nil)
		return err
	})
}

// afterOpening writes down a loss that opening found, so that going on cannot
// hide it, and sweeps what an interrupted import left in the container folder.
// Containers that the database does not name go only when a checkpoint vouches
// that no record is missing: else they may be all that is left of a loss.
func (c *Case) afterOpening(ctx context.Context, vouched bool) error {
	if err := c.sweep(ctx, vouched); err != nil {
		return err
	}
	if len(c.found) == 0 && !vouched && c.out.dir != "" {
		return c.adopt(ctx)
	}
	if len(c.found) == 0 {
		return c.out.write(c.log.Checkpoint(c.meta.ID, c.opt.Now()))
	}
	payload, err := json.Marshal(c.found)
	if err != nil {
		return fmt.Errorf("encode findings: %w", err)
	}
	return c.write(ctx, func(t *tx) error {
		_, err := t.log(actLoss, "case", custody.PayloadCommit(payload), payload)
		return err
	})
}

// Close ends all use of the case. It may be called more than once.
func (c *Case) Close() error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return nil
	}
	c.closed = true
	return c.closeAll()
}

func (c *Case) closeAll() error {
	var errs []error
	if c.read != nil {
		errs = append(errs, c.read.Close())
	}
	if c.w != nil {
		errs = append(errs, c.w.close())
	}
	if c.lock != nil {
		errs = append(errs, c.lock.release())
	}
	if c.temp != "" {
		errs = append(errs, os.RemoveAll(c.temp))
	}
	if err := errors.Join(errs...); err != nil {
		return fmt.Errorf("close case: %w", err)
	}
	return nil
}

// Dir is the case folder.
func (c *Case) Dir() string { return c.dir }

// Scratch is the folder inside of the case where room may be made for what is
// being unpacked. Whoever makes files there removes them.
func (c *Case) Scratch() string { return filepath.Join(c.dir, containerFolder) }

// ReadOnly reports whether the case was opened for reading.
func (c *Case) ReadOnly() bool { return c.opt.ReadOnly }

// Meta is the case's metadata.
func (c *Case) Meta() model.CaseMeta {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.meta
}

// Findings are what opening found: differences between the case and the
// checkpoint kept outside. Empty is well.
func (c *Case) Findings() []Finding { return append([]Finding(nil), c.found...) }

// UpdateMeta replaces the case's metadata, logged. ID and Created stay.
func (c *Case) UpdateMeta(ctx context.Context, meta model.CaseMeta) error {
	return c.write(ctx, func(t *tx) error {
		meta.ID, meta.Created = c.meta.ID, c.meta.Created
		body, err := json.Marshal(meta)
		if err != nil {
			return fmt.Errorf("encode case: %w", err)
		}
		if err := t.putObject(actPut, kindMeta, meta.ID, body); err != nil {
			return err
		}
		t.after(func() { c.meta = meta })
		return nil
	})
}
