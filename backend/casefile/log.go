package casefile

import (
	"context"
	"errors"
	"fmt"
	"time"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// LogEntry is one record of the custody log. Seq counts from 1. Action is one
// of create, put, remove, container, batch, items, marks, run, request, loss,
// adopt, or "event:" and the name of an event. Object names what it was done to, for
// items with the numbers of what was stored; Payload is its content, as JSON,
// where the record carries one.
type LogEntry struct {
	Seq     int64
	At      time.Time
	Actor   string
	Action  string
	Object  string
	Commit  model.Hash
	Hash    model.Hash
	Payload []byte
}

const (
	logList    = "seq, version, at, actor, action, object, commitment, prev, hash, payload"
	logColumns = 10
)

// logRow is a stored log record, as it is.
type logRow struct {
	custody.Record
	hash    model.Hash
	payload []byte
}

func (r *row) logRow() logRow {
	var l logRow
	l.Seq, l.Version = r.num(), r.num()
	at := r.some()
	var err error
	if l.At, err = time.Parse(custody.TimeLayout, at); err != nil && r.err == nil {
		r.err = fmt.Errorf("custody record %d: %w", l.Seq, err)
	}
	l.Actor, l.Action, l.Object = r.some(), r.some(), r.some()
	l.Commit, l.Prev, l.hash = r.hash(), r.hash(), r.hash()
	l.payload = r.blob()
	return l
}

// LogSize is the number of records in the custody log.
func (c *Case) LogSize() int64 {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.log.Tree.Size()
}

// Log reads custody records after a position, oldest first; 0 begins.
func (c *Case) Log(ctx context.Context, after int64, limit int) ([]LogEntry, error) {
	var out []LogEntry
	err := c.rows(ctx, logColumns, func(r *row) error {
		l := r.logRow()
		out = append(out, LogEntry{
			Seq: l.Seq, At: l.At, Actor: l.Actor, Action: l.Action, Object: l.Object,
			Commit: l.Commit, Hash: l.hash, Payload: l.payload,
		})
		return nil
	}, "SELECT "+logList+" FROM log WHERE seq > ? ORDER BY seq LIMIT ?", after, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("read custody log: %w", err)
	}
	return out, nil
}

// LogEvent writes into the custody log that something was done with the case: a
// report, an export, a view. The record commits to the payload and keeps it.
// It returns the record's position.
func (c *Case) LogEvent(ctx context.Context, action, object string, payload []byte) (int64, error) {
	var seq int64
	err := c.write(ctx, func(t *tx) error {
		var err error
		seq, err = t.log(eventPrefix+action, object, custody.PayloadCommit(payload), payload)
		return err
	})
	if err != nil {
		return seq, fmt.Errorf("log event: %w", err)
	}
	return seq, nil
}

// Checkpoint states where the custody log stands. For a case opened for reading
// it is read again, because another process may be writing.
func (c *Case) Checkpoint(ctx context.Context) (custody.Checkpoint, error) {
	if c.w == nil {
		l, err := loadLog(ctx, c.read)
		if err != nil {
			return custody.Checkpoint{}, fmt.Errorf("read custody log: %w", asFault(err))
		}
		return l.Checkpoint(c.meta.ID, c.opt.Now()), nil
	}
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.log.Checkpoint(c.meta.ID, c.opt.Now()), nil
}

// SignedCheckpoint is Checkpoint signed with the user's key; a
// checkpoint_failed fault when there is no key.
func (c *Case) SignedCheckpoint(ctx context.Context) (custody.SignedCheckpoint, error) {
	cp, err := c.Checkpoint(ctx)
	if err != nil {
		return custody.SignedCheckpoint{}, err
	}
	if c.out.key.IsZero() {
		return custody.SignedCheckpoint{}, fault(CodeCheckpoint, "there is no signing key", nil)
	}
	s, err := custody.SignCheckpoint(cp, c.out.key)
	if err != nil {
		return s, fmt.Errorf("sign checkpoint: %w", err)
	}
	return s, nil
}

// Sign signs bytes with the user's key, as a detached minisign signature.
func (c *Case) Sign(message []byte, comment string) ([]byte, error) {
	if c.out.key.IsZero() {
		return nil, fault(CodeCheckpoint, "there is no signing key", nil)
	}
	b, err := c.out.key.Sign(message, comment)
	if err != nil {
		return nil, fmt.Errorf("sign: %w", err)
	}
	return b, nil
}

// PublicKey is the user's public key as minisign writes it; empty without one.
func (c *Case) PublicKey() string { return c.out.key.Public() }

// loadLog reads the state of the custody log: its size, head and tree edge.
func loadLog(ctx context.Context, db queryer) (custody.Log, error) {
	var l custody.Log
	var n int64
	err := queryRows(ctx, db, logColumns, func(r *row) error {
		last := r.logRow()
		n, l.Head, l.Last = last.Seq, last.hash, last.At
		return nil
	}, "SELECT "+logList+" FROM log ORDER BY seq DESC LIMIT 1")
	if err != nil {
		return l, err
	}
	var edge []model.Hash
	for _, at := range custody.EdgeIndexes(n) {
		err := queryRows(ctx, db, 1, func(r *row) error { edge = append(edge, r.hash()); return nil },
			"SELECT hash FROM nodes WHERE id = ?", at)
		if err != nil {
			return l, err
		}
	}
	if l.Tree, err = custody.LoadTree(n, edge); err != nil {
		return l, damaged(fmt.Errorf("custody log: %w", err))
	}
	return l, nil
}

var errNoTree = errors.New("the custody log's tree is incomplete")

// rootAt recomputes the root and head of the log as it was after size records,
// from the records themselves.
func rootAt(ctx context.Context, db queryer, size int64) (root, head model.Hash, err error) {
	var l custody.Log
	err = queryRows(ctx, db, logColumns, func(r *row) error {
		rec := r.logRow().Record
		enc := rec.Encode()
		l.Tree.Append(enc)
		l.Head = custody.RecordHash(enc)
		return nil
	}, "SELECT "+logList+" FROM log WHERE seq <= ? ORDER BY seq", size)
	if err == nil && l.Tree.Size() != size {
		err = damaged(errNoTree)
	}
	return l.Tree.Root(), l.Head, err
}
