package casefile

import (
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"strconv"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// Kinds of numbered row in the custody log.
const (
	kindRun     = "run"
	kindRequest = "request"
)

// SaveRun stores an analysis and its result, logged. ID is assigned, At is set
// when zero. ResultHash, when set, must be that of Result.
func (c *Case) SaveRun(ctx context.Context, run model.Run) (model.Run, error) {
	sum := sha256.Sum256(run.Result)
	switch hash := hex.EncodeToString(sum[:]); run.ResultHash {
	case "":
		run.ResultHash = hash
	case hash:
	default:
		return model.Run{}, fmt.Errorf("save run: the result's hash is %s, not %s", hash, run.ResultHash)
	}
	err := c.write(ctx, func(t *tx) error {
		err := t.w.query(1, func(r *row) error { run.ID = r.num() + 1; return nil }, "SELECT coalesce(max(id), 0) FROM runs")
		if err != nil {
			return err
		}
		if run.At.IsZero() {
			run.At = c.opt.Now()
		}
		run.At = run.At.UTC()
		seq, body, err := t.logRow(actRun, kindRun, run.ID, &run)
		if err != nil {
			return err
		}
		result := []byte(run.Result)
		if result == nil {
			result = []byte{}
		}
		return t.w.exec("INSERT INTO runs (id, log, body, result) VALUES (?,?,?,?)", run.ID, seq, body, result)
	})
	if err != nil {
		return model.Run{}, fmt.Errorf("save run: %w", err)
	}
	return run, nil
}

// logRow logs a numbered row by its JSON.
func (t *tx) logRow(action, kind string, id int64, v any) (seq int64, body []byte, err error) {
	if body, err = json.Marshal(v); err != nil {
		return 0, nil, fmt.Errorf("encode %s: %w", kind, err)
	}
	seq, err = t.log(action, objectName(kind, strconv.FormatInt(id, 10)), custody.PayloadCommit(body), body)
	return seq, body, err
}

// Runs lists the recorded analyses, oldest first, without their results.
func (c *Case) Runs(ctx context.Context) ([]model.Run, error) {
	var out []model.Run
	err := c.rows(ctx, 1, func(r *row) error {
		var run model.Run
		if err := json.Unmarshal(r.blob(), &run); err != nil {
			return damaged(err)
		}
		out = append(out, run)
		return nil
	}, "SELECT body FROM runs ORDER BY id")
	if err != nil {
		return nil, fmt.Errorf("list runs: %w", err)
	}
	return out, nil
}

// Run returns one recorded analysis with its result.
func (c *Case) Run(ctx context.Context, id int64) (model.Run, error) {
	var run model.Run
	err := c.rows(ctx, 2, func(r *row) error {
		if err := json.Unmarshal(r.blob(), &run); err != nil {
			return damaged(err)
		}
		run.Result = r.blob()
		return nil
	}, "SELECT body, result FROM runs WHERE id = ?", id)
	if err == nil && run.ID == 0 {
		err = fault(CodeNotFound, "there is no such run", nil)
	}
	if err != nil {
		return model.Run{}, fmt.Errorf("read run %d: %w", id, err)
	}
	return run, nil
}

// AppendRequest writes one row of the network ledger, logged. ID is assigned.
func (c *Case) AppendRequest(ctx context.Context, q model.Request) error {
	err := c.write(ctx, func(t *tx) error {
		err := t.w.query(1, func(r *row) error { q.ID = r.num() + 1; return nil }, "SELECT coalesce(max(id), 0) FROM requests")
		if err != nil {
			return err
		}
		seq, body, err := t.logRow(actRequest, kindRequest, q.ID, &q)
		if err != nil {
			return err
		}
		return t.w.exec("INSERT INTO requests (id, log, body) VALUES (?,?,?)", q.ID, seq, body)
	})
	if err != nil {
		return fmt.Errorf("write the network ledger: %w", err)
	}
	return nil
}

// Requests reads the network ledger after an id, oldest first; 0 begins.
func (c *Case) Requests(ctx context.Context, after int64, limit int) ([]model.Request, error) {
	var out []model.Request
	err := c.rows(ctx, 1, func(r *row) error {
		var q model.Request
		if err := json.Unmarshal(r.blob(), &q); err != nil {
			return damaged(err)
		}
		out = append(out, q)
		return nil
	}, "SELECT body FROM requests WHERE id > ? ORDER BY id LIMIT ?", after, int64(limit))
	if err != nil {
		return nil, fmt.Errorf("read the network ledger: %w", err)
	}
	return out, nil
}
