package workspace

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"sync/atomic"
	"time"

	"vedette/backend/casefile"
	"vedette/backend/columns"
	"vedette/backend/model"
)

// Session is one open case with its columns and its text index. Its methods may
// be called from several goroutines; those that change the case wait for each
// other, reading ones do not wait.
type Session struct {
	desk   *Desk
	c      *casefile.Case
	table  atomic.Pointer[columns.Table]
	cached string // stamp of the column cache on disk, empty when it does not fit
	index  *indexer
	write  sync.Mutex // one change at a time
	behind bool       // the columns may lack something of the case; under write

	zoneNow atomic.Pointer[time.Location]

	activeMu sync.Mutex
	active   map[int64]bool // batches that are being read in this session

	jobs    *jobs
	history history
}

// newSession loads the columns and opens the index of a case. The case stays
// open when it fails; the caller closes it.
func newSession(ctx context.Context, d *Desk, c *casefile.Case) (*Session, error) {
	table, cached, err := loadColumns(ctx, c)
	if err != nil {
		return nil, err
	}
	work, err := newJobs(ctx, d, c)
	if err != nil {
		return nil, err
	}
	s := &Session{desk: d, c: c, cached: cached, active: map[int64]bool{}, jobs: work}
	s.table.Store(table)
	s.index = newIndexer(c)
	s.index.start()
	return s, nil
}

// Close stops jobs and background work, keeps what makes the next opening fast,
// and closes the case.
func (s *Session) Close() error {
	err := s.jobs.stop() // before the lock: jobs that change the case wait for it
	s.write.Lock()
	defer s.write.Unlock()
	err = errors.Join(err, s.index.stop())
	if !s.c.ReadOnly() && !s.behind {
		err = errors.Join(err, saveColumns(s.c, s.table.Load(), s.cached))
	}
	return errors.Join(err, s.c.Close())
}

// Meta returns the case's description.
func (s *Session) Meta() model.CaseMeta { return s.c.Meta() }

// Dir returns the case's folder.
func (s *Session) Dir() string { return s.c.Dir() }

// ReadOnly reports whether the session may change the case.
func (s *Session) ReadOnly() bool { return s.c.ReadOnly() }

// view returns the columns as they are now; it does not change under the reader.
func (s *Session) view() *columns.View { return s.table.Load().View() }

// UpdateMeta changes the case's description; id and creation stay. The change
// is logged.
func (s *Session) UpdateMeta(ctx context.Context, m model.CaseMeta) error {
	if err := checkMeta(&m); err != nil {
		return err
	}
	s.write.Lock()
	defer s.write.Unlock()
	old := s.c.Meta()
	m.ID, m.Created = old.ID, old.Created
	if err := s.c.UpdateMeta(ctx, m); err != nil {
		return fmt.Errorf("change case settings: %w", err)
	}
	return nil
}

// Info counts what is in the case.
func (s *Session) Info(ctx context.Context) (Info, error) {
	n, err := s.c.Counts(ctx)
	if err != nil {
		return Info{}, fmt.Errorf("count the case: %w", err)
	}
	head, err := s.custodyHead(ctx)
	if err != nil {
		return Info{}, err
	}
	interrupted, err := s.interrupted(ctx)
	if err != nil {
		return Info{}, err
	}
	return Info{
		Meta: s.c.Meta(), Dir: s.c.Dir(), ReadOnly: s.c.ReadOnly(),
		Posts: n.Posts, Accounts: n.Accounts, Batches: n.Batches, Bytes: n.Bytes,
		ByPlatform: n.ByPlatform, ByType: n.ByType, ByLang: n.ByLang,
		Custody: head, Indexed: s.index.watermark(), Interrupted: int64(len(interrupted)),
	}, nil
}
