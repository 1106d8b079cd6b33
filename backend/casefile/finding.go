package casefile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// Finding is one thing that is not as it should be. Code is stable; Object
// names the row or file; Message is one English sentence.
type Finding struct {
	Code    string            `json:"code"`
	Object  string            `json:"object"`
	Message string            `json:"message"`
	Params  map[string]string `json:"params,omitempty"`
}

// Codes of findings about the checkpoint kept outside the case.
const (
	FindLost          = "records_lost"
	FindMismatch      = "checkpoint_mismatch"
	FindCheckpointBad = "checkpoint_unreadable"
	FindRecordedLoss  = "recorded_loss"
	FindLogTruncated  = "log_truncated"
)

// badCheckpoint is the finding that the kept checkpoint cannot be used.
func badCheckpoint(err error) Finding {
	return Finding{
		Code: FindCheckpointBad, Object: "checkpoint",
		Message: "the checkpoint kept outside the case cannot be used: " + err.Error(),
	}
}

// compareCheckpoint compares a case's log with a checkpoint kept elsewhere.
// The log may be longer than the checkpoint says (a crash between the two), and
// then its beginning must have the root that was signed; it must not be shorter.
func compareCheckpoint(ctx context.Context, db queryer, dir string, cp *custody.Checkpoint, caseID string, l *custody.Log) ([]Finding, error) {
	size := l.Tree.Size()
	params := map[string]string{
		"case_size": fmt.Sprint(size), "checkpoint_size": fmt.Sprint(cp.Size),
		"checkpoint_time": cp.Time.Format(custody.TimeLayout),
	}
	if cp.Case != caseID {
		params["checkpoint_case"] = cp.Case
		return []Finding{{Code: FindMismatch, Object: "checkpoint", Params: params, Message: "the checkpoint is of another case"}}, nil
	}
	if cp.Size > size {
		f, err := explainLoss(ctx, db, dir, cp, size)
		f.Params = params
		return []Finding{f}, err
	}
	root, head := l.Tree.Root(), l.Head
	if cp.Size < size {
		var err error
		root, head, err = rootAt(ctx, db, cp.Size)
		var bad *model.Fault
		if errors.As(err, &bad) {
			root = model.Hash{} // cannot be what was signed
		} else if err != nil {
			return nil, err
		}
	}
	if root != cp.Root || head != cp.Head {
		return []Finding{{
			Code: FindMismatch, Object: fmt.Sprintf("log:%d", cp.Size), Params: params,
			Message: fmt.Sprintf("the first %d custody records are not those that the checkpoint of %s was made of: "+
				"the case was rewritten, or another copy of it has been continued", cp.Size, params["checkpoint_time"]),
		}}, nil
	}
	return nil, nil
}

// explainLoss says what the absence of acknowledged records looks like, as far
// as it can be told: rows that outlived their custody records were left by
// somebody who cut the log; containers that no row names outlived a database
// that lost its write-ahead log or was put back; else the whole folder is older.
func explainLoss(ctx context.Context, db queryer, dir string, cp *custody.Checkpoint, size int64) (Finding, error) {
	lost := fmt.Sprintf("the case has %d custody records, but %d were acknowledged by %s: the last %d are missing",
		size, cp.Size, cp.Time.Format("2006-01-02 15:04:05 UTC"), cp.Size-size)
	var beyond int64
	err := queryRows(ctx, db, 1, func(r *row) error { beyond = r.num(); return nil },
		"SELECT max((SELECT coalesce(max(log), 0) FROM sightings), (SELECT coalesce(max(log), 0) FROM chunks), "+
			"(SELECT coalesce(max(log), 0) FROM batches), (SELECT coalesce(max(log), 0) FROM objects), "+
			"(SELECT coalesce(max(log), 0) FROM runs), (SELECT coalesce(max(log), 0) FROM requests))")
	if err != nil {
		return Finding{}, err
	}
	if beyond > size {
		return Finding{Code: FindLogTruncated, Object: fmt.Sprintf("log:%d", size+1), Message: lost +
			"; rows that they cover are still there, so the end of the log was cut off inside the case"}, nil
	}
	orphans, err := unnamedContainers(ctx, db, dir)
	if err != nil {
		return Finding{}, err
	}
	if len(orphans) > 0 {
		return Finding{Code: FindLost, Object: fmt.Sprintf("log:%d", size+1), Message: lost + fmt.Sprintf(
			"; %d original files in the folder are unknown to the database, so the database is older than the folder: "+
				"its write-ahead log (case.db-wal) was lost, or an older copy of it was put back", len(orphans))}, nil
	}
	return Finding{Code: FindLost, Object: fmt.Sprintf("log:%d", size+1), Message: lost +
		"; nothing in the folder is newer, so either its write-ahead log (case.db-wal) was lost, the end was removed with all its traces, " +
		"or this is an older copy of the case"}, nil
}

// unnamedContainers lists files in the container folder that no row names.
func unnamedContainers(ctx context.Context, db queryer, dir string) ([]string, error) {
	list, err := os.ReadDir(filepath.Join(dir, containerFolder))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("list containers: %w", err)
	}
	named := map[string]bool{}
	err = queryRows(ctx, db, 1, func(r *row) error { named[r.some()] = true; return nil }, "SELECT sha256 FROM containers")
	if err != nil {
		return nil, err
	}
	var out []string
	for _, e := range list {
		if isHash(e.Name()) && !named[e.Name()] {
			out = append(out, e.Name())
		}
	}
	return out, nil
}
