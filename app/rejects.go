package app

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"os"
	"path/filepath"

	"vedette/backend/workspace"
)

// Retry reads the rejected records of a batch again, with what the options choose
// anew, in a job; its result is a workspace.ImportResult.
func (l *ListenService) Retry(batch int64, o ImportOptions) (string, error) {
	label := fmt.Sprintf("#%d", batch)
	return l.host.startJob(workspace.JobImport, label, func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		res, err := s.Retry(ctx, batch, o.request(nil), progress)
		return res, wrap("read again", err)
	})
}

// SavedRejects is where rejected records were written to, and how many.
type SavedRejects struct {
	File    string `json:"file"`
	Rejects int64  `json:"rejects"`
}

// ExportRejects asks where to save the rejected records of a batch, or of all (0),
// and writes them in a job, whose id it returns; "" when the user cancels. The
// job's result is a SavedRejects with the file's name only.
func (l *ListenService) ExportRejects(batch int64, dialog string) (string, error) {
	path, err := l.host.savePath(dialog, l.host.caseName(), ".jsonl")
	if err != nil || path == "" {
		return "", err
	}
	return l.host.startJob(workspace.JobExport, filepath.Base(path), func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		n, err := writeRejects(ctx, s, batch, path, progress)
		return SavedRejects{File: filepath.Base(path), Rejects: n}, wrap("export", err)
	})
}

// writeRejects writes to a new file that takes the place of an old one when it is
// complete.
func writeRejects(ctx context.Context, s *workspace.Session, batch int64, path string, progress workspace.ProgressFunc) (int64, error) {
	f, err := os.CreateTemp(filepath.Dir(path), "."+filepath.Base(path)+".*")
	if err != nil {
		return 0, fault("file_not_written", "cannot write "+filepath.Base(path), map[string]string{"file": filepath.Base(path)})
	}
	n, err := s.ExportRejects(ctx, f, batch, progress)
	if err = errors.Join(err, f.Close()); err == nil {
		err = os.Rename(f.Name(), path)
	}
	if err != nil {
		return n, errors.Join(err, os.Remove(f.Name()))
	}
	return n, nil
}

// rejected sends bytes of a rejected record.
func (h *host) rejected(w http.ResponseWriter, r *http.Request) {
	q := r.URL.Query()
	var rec workspace.RawRecord
	err := h.withCase(func(ctx context.Context, s *workspace.Session) error {
		var err error
		rec.Bytes, rec.Exact, err = s.RejectRaw(ctx, whole(q, "batch"), whole(q, "seq"))
		return wrap("read the rejected record", err)
	})
	if err != nil {
		sendProblem(w, err)
		return
	}
	sendWindow(w, q, rec)
}
