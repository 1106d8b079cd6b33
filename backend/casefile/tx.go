package casefile

import (
	"context"
	"errors"
	"fmt"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// Actions of the custody log.
const (
	actCreate    = "create"    // the case
	actPut       = "put"       // an object's new content
	actRemove    = "remove"    // an object
	actContainer = "container" // an original file was taken into the case
	actBatch     = "batch"     // an import began, ended, was withdrawn or restored
	actItems     = "items"     // a chunk of records
	actMarks     = "marks"
	actRun       = "run"
	actRequest   = "request"
	actLoss      = "loss" // opening found that acknowledged records are gone
	// actAdopt: the case was opened for writing where no checkpoint of it was kept
	actAdopt    = "adopt"
	eventPrefix = "event:"
)

// tx is one write transaction: rows, the custody records that cover them, and
// what is to happen in memory once both are on disk.
type tx struct {
	c      *Case
	w      *writer
	ctx    context.Context
	state  custody.Log
	logged bool
	then   []func()
}

// write runs fn in a transaction. After the commit the new checkpoint is
// written outside the case, and only then does write return. When fn or the
// commit fails, nothing of it remains, on disk or in memory.
func (c *Case) write(ctx context.Context, fn func(t *tx) error) error {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.closed {
		return errors.New("the case is closed")
	}
	if c.w == nil {
		return fault(CodeReadOnly, "the case was opened for reading", nil)
	}
	if err := ctx.Err(); err != nil {
		return fmt.Errorf("write to case: %w", err)
	}
	t := &tx{c: c, w: c.w, ctx: ctx, state: c.log.Clone()}
	if err := t.run(fn); err != nil {
		c.cache = nil // it may hold rows that were rolled back
		return asFault(err)
	}
	c.log = t.state
	for _, f := range t.then {
		f()
	}
	if !t.logged {
		return nil
	}
	return c.out.write(c.log.Checkpoint(c.meta.ID, c.opt.Now()))
}

func (t *tx) run(fn func(t *tx) error) (err error) {
	if err := t.w.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, t.w.rollback())
		}
	}()
	if err := fn(t); err != nil {
		return err
	}
	return t.w.exec("COMMIT")
}

// after has f run once the transaction is committed.
func (t *tx) after(f func()) { t.then = append(t.then, f) }

// nextSeq is the position that the next record of this transaction will have.
func (t *tx) nextSeq() int64 { return t.state.Tree.Size() + 1 }

// log appends a record to the custody log and returns its position.
func (t *tx) log(action, object string, commit model.Hash, payload []byte) (int64, error) {
	e := t.state.Append(t.c.opt.Now(), t.c.opt.Actor, action, object, commit)
	r := &e.Record
	err := t.w.exec("INSERT INTO log VALUES (?,?,?,?,?,?,?,?,?,?)",
		r.Seq, r.Version, r.At.Format(custody.TimeLayout), r.Actor, r.Action, r.Object,
		r.Commit[:], r.Prev[:], e.Hash[:], putBytes(payload))
	for i := 0; err == nil && i < len(e.Nodes); i++ {
		err = t.w.exec("INSERT INTO nodes VALUES (?,?)", e.NodeAt+int64(i), e.Nodes[i][:])
	}
	if err != nil {
		return 0, fmt.Errorf("append to the custody log: %w", err)
	}
	t.logged = true
	return r.Seq, nil
}

// putObject logs an object's new content and stores it.
func (t *tx) putObject(action, kind, id string, body []byte) error {
	seq, err := t.log(action, objectName(kind, id), custody.PayloadCommit(body), body)
	if err != nil {
		return err
	}
	return t.w.exec("INSERT INTO objects (kind, id, log, body) VALUES (?,?,?,?) "+
		"ON CONFLICT (kind, id) DO UPDATE SET log = excluded.log, body = excluded.body", kind, id, seq, body)
}

// removeObject logs that an object is gone and deletes it.
func (t *tx) removeObject(kind, id string) error {
	if _, err := t.log(actRemove, objectName(kind, id), custody.PayloadCommit(nil), nil); err != nil {
		return err
	}
	return t.w.exec("DELETE FROM objects WHERE kind = ? AND id = ?", kind, id)
}

func objectName(kind, id string) string { return kind + ":" + id }
