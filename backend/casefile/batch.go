package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"

	"vedette/backend/custody"
	"vedette/backend/model"
)

const kindBatch = "batch"

// BeginBatch logs the beginning of an import or collection. ID is assigned,
// State is running, Started is set when zero; counts are cleared.
func (c *Case) BeginBatch(ctx context.Context, b model.Batch) (model.Batch, error) {
	err := c.write(ctx, func(t *tx) error {
		err := t.w.query(1, func(r *row) error { b.ID = r.num() + 1; return nil }, "SELECT coalesce(max(id), 0) FROM batches")
		if err != nil {
			return err
		}
		b.State, b.Withdrawn = model.BatchRunning, false
		b.Read, b.Accepted, b.Duplicate, b.Rejected, b.Reasons = 0, 0, 0, 0, nil
		if b.Started.IsZero() {
			b.Started = c.opt.Now()
		}
		b.Started = b.Started.UTC()
		if b.Source.Mode == "" {
			b.Source.Mode = model.ModeUnstated
		}
		if b.Source.Reliability == "" {
			b.Source.Reliability = "F"
		}
		return t.putBatch(&b)
	})
	if err != nil {
		return model.Batch{}, fmt.Errorf("begin batch: %w", err)
	}
	return b, nil
}

func (t *tx) putBatch(b *model.Batch) error {
	body, err := json.Marshal(b)
	if err != nil {
		return fmt.Errorf("encode batch: %w", err)
	}
	id := strconv.FormatInt(b.ID, 10)
	seq, err := t.log(actBatch, objectName(kindBatch, id), custody.PayloadCommit(body), body)
	if err != nil {
		return err
	}
	return t.w.exec("INSERT INTO batches (id, state, source, mode, withdrawn, log, body) VALUES (?,?,?,?,?,?,?) "+
		"ON CONFLICT (id) DO UPDATE SET state = excluded.state, source = excluded.source, mode = excluded.mode, "+
		"withdrawn = excluded.withdrawn, log = excluded.log, body = excluded.body",
		b.ID, string(b.State), putText(b.Source.Name), putText(string(b.Source.Mode)), boolInt(b.Withdrawn), seq, body)
}

func boolInt(b bool) int64 {
	if b {
		return 1
	}
	return 0
}

// FinishBatch logs the end of a batch. Counts and reasons are taken from the
// rows, whatever b says; State, Unknown, Assumed, Error, Profile and Options are
// b's, and a running state becomes done. Format and Version stay: they are part
// of every commitment.
func (c *Case) FinishBatch(ctx context.Context, b model.Batch) (model.Batch, error) {
	var out model.Batch
	err := c.write(ctx, func(t *tx) error {
		have, err := t.batch(b.ID)
		if err != nil {
			return err
		}
		out = have
		out.State, out.Unknown, out.Assumed, out.Error = b.State, b.Unknown, b.Assumed, b.Error
		if out.State == "" || out.State == model.BatchRunning {
			out.State = model.BatchDone
		}
		out.Profile, out.Options = b.Profile, b.Options
		out.Finished = b.Finished.UTC()
		if b.Finished.IsZero() {
			out.Finished = c.opt.Now().UTC()
		}
		if out.Reasons, err = t.reasons(b.ID); err != nil {
			return err
		}
		if err := t.putBatch(&out); err != nil {
			return err
		}
		t.after(func() { c.forgetBatch(b.ID) })
		return nil
	})
	if err != nil {
		return model.Batch{}, fmt.Errorf("finish batch %d: %w", b.ID, err)
	}
	return out, nil
}

// batch reads a batch with its counts as they are in this transaction.
func (t *tx) batch(id int64) (model.Batch, error) {
	var b *model.Batch
	err := t.w.query(batchColumns, func(r *row) error {
		var err error
		b, err = readBatch(r)
		return err
	}, selectBatch+" WHERE b.id = ?", id)
	if err == nil && b == nil {
		err = fault(CodeNotFound, "there is no such batch", nil)
	}
	if err != nil {
		return model.Batch{}, err
	}
	return *b, nil
}

func (t *tx) reasons(batch int64) (map[string]int64, error) {
	var out map[string]int64
	err := t.w.query(2, func(r *row) error {
		if out == nil {
			out = map[string]int64{}
		}
		code := r.text()
		out[code] = r.num()
		return nil
	}, "SELECT code, count(*) FROM rejects WHERE batch = ? GROUP BY code", batch)
	return out, err
}

// A running batch has no counts in its body yet; they are those of its chunks.
// count - fresh are duplicates and rejections; the latter have kind 2.
const (
	selectBatch = "SELECT b.body, " +
		"(SELECT coalesce(sum(count), 0) FROM chunks c WHERE c.batch = b.id), " +
		"(SELECT coalesce(sum(fresh), 0) FROM chunks c WHERE c.batch = b.id), " +
		"(SELECT count(*) FROM rejects r WHERE r.batch = b.id) FROM batches b"
	batchColumns = 4
)

func readBatch(r *row) (*model.Batch, error) {
	var b model.Batch
	if err := json.Unmarshal(r.blob(), &b); err != nil {
		return nil, damaged(err)
	}
	b.Read, b.Accepted, b.Rejected = r.num(), r.num(), r.num()
	b.Duplicate = b.Read - b.Accepted - b.Rejected
	return &b, nil
}

// Batches lists every import and collection in the order in which they began.
func (c *Case) Batches(ctx context.Context) ([]model.Batch, error) {
	var out []model.Batch
	err := c.rows(ctx, batchColumns, func(r *row) error {
		b, err := readBatch(r)
		if err == nil {
			out = append(out, *b)
		}
		return err
	}, selectBatch+" ORDER BY b.id")
	if err != nil {
		return nil, fmt.Errorf("list batches: %w", err)
	}
	return out, nil
}

// Batch returns one batch; a case_not_found fault when there is none.
func (c *Case) Batch(ctx context.Context, id int64) (model.Batch, error) {
	var b *model.Batch
	err := c.rows(ctx, batchColumns, func(r *row) error {
		var err error
		b, err = readBatch(r)
		return err
	}, selectBatch+" WHERE b.id = ?", id)
	if err == nil && b == nil {
		err = fault(CodeNotFound, "there is no such batch", nil)
	}
	if err != nil {
		return model.Batch{}, fmt.Errorf("read batch %d: %w", id, err)
	}
	return *b, nil
}

// Interrupted lists the batches that were running when the case was opened and
// have not been finished since. To resume one, read its container again with
// the same options and skip the records with Seq < Read.
func (c *Case) Interrupted(ctx context.Context) ([]model.Batch, error) {
	c.mu.Lock()
	ids := append([]int64(nil), c.interrupted...)
	c.mu.Unlock()
	var out []model.Batch
	for _, id := range ids {
		b, err := c.Batch(ctx, id)
		if err != nil {
			return nil, err
		}
		if b.State == model.BatchRunning {
			out = append(out, b)
		}
	}
	return out, nil
}

func (c *Case) running(ctx context.Context) ([]int64, error) {
	var out []int64
	err := c.rows(ctx, 1, func(r *row) error { out = append(out, r.num()); return nil },
		"SELECT id FROM batches WHERE state = ? ORDER BY id", string(model.BatchRunning))
	return out, err
}

// Withdraw takes the posts of a batch out of view and analysis, or brings them
// back. Nothing is deleted. Logged; no change is not.
func (c *Case) Withdraw(ctx context.Context, batch int64, withdrawn bool) error {
	err := c.write(ctx, func(t *tx) error {
		b, err := t.batch(batch)
		if err != nil || b.Withdrawn == withdrawn {
			return err
		}
		b.Withdrawn = withdrawn
		return t.putBatch(&b)
	})
	if err != nil {
		return fmt.Errorf("withdraw batch %d: %w", batch, err)
	}
	return nil
}

// Rejects lists rejected records in the order in which they were read, of one
// batch or, for 0, of all. after is the Item of the last one seen, 0 to begin.
func (c *Case) Rejects(ctx context.Context, batch, after int64, limit int) ([]model.BatchReject, error) {
	where, args := "r.id > ?", []any{after}
	if batch != 0 {
		where, args = "r.batch = ? AND r.id > ?", []any{batch, after}
	}
	var out []model.BatchReject
	err := c.rows(ctx, 12, func(r *row) error {
		var b struct {
			File string `json:"file"`
		}
		x := model.BatchReject{Item: r.num(), Batch: r.num(), Seq: r.num()}
		if err := json.Unmarshal(r.blob(), &b); err != nil {
			return damaged(err)
		}
		x.File = b.File
		x.Locator = r.locator()
		x.Code, x.Reason = r.text(), r.text()
		out = append(out, x)
		return nil
	}, "SELECT r.id, r.batch, r.seq, b.body, c.sha256, m.path, r.start, r.length, r.line, r.item, r.code, r.reason FROM rejects r "+
		"JOIN batches b ON b.id = r.batch LEFT JOIN containers c ON c.id = r.container "+
		"LEFT JOIN members m ON m.id = r.member WHERE "+where+" ORDER BY r.id LIMIT ?", append(args, int64(limit))...)
	if err != nil {
		return nil, fmt.Errorf("list rejects: %w", err)
	}
	return out, nil
}

// locator reads container, member, start, length, line, item.
func (r *row) locator() model.Locator {
	return model.Locator{
		Container: r.text(), Member: r.text(), Offset: r.opt(), Length: r.opt(), Row: r.opt(), Item: r.text(),
	}
}
