package app

import (
	"context"
	"net/http"
	"path/filepath"
	"strconv"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// ReportService previews and saves reports and exports.
type ReportService struct{ host *host }

// Preview is a document that the page can fetch from URL as application/pdf
// while it is among the latest few.
type Preview struct {
	URL   string `json:"url"`
	Bytes int    `json:"bytes"`
}

// previewPath is where the data handler answers previews.
const previewPath = "/data/preview"

// Preview makes the report in a job without saving or recording anything; the
// job's result is a Preview.
func (r *ReportService) Preview(req workspace.ReportRequest) (string, error) {
	return r.host.startJob(workspace.JobPreview, req.Title, func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		b, err := s.ReportPreview(ctx, req, progress)
		if err != nil {
			return nil, wrap("preview the report", err)
		}
		token, err := r.host.tokens.keepDocument(b)
		if err != nil {
			return nil, err
		}
		return Preview{URL: previewPath + "?token=" + token, Bytes: len(b)}, nil
	})
}

// Save asks where to save the report and writes it in a job, whose id it
// returns; "" when the user cancels. The job's result is a
// workspace.ReportResult with the file's name only. dialog is the dialog's title.
func (r *ReportService) Save(req workspace.ReportRequest, dialog string) (string, error) {
	path, err := r.host.savePath(dialog, r.host.caseName(), ".pdf")
	if err != nil || path == "" {
		return "", err
	}
	return r.host.startJob(workspace.JobReport, filepath.Base(path), func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		res, err := s.Report(ctx, req, path, progress)
		res.File = filepath.Base(path)
		return res, wrap("save the report", err)
	})
}

// Export asks where to save the posts of a selection and writes them in a job,
// whose id it returns; "" when the user cancels. format is csv, xlsx or jsonl.
// The job's result is a workspace.ExportResult with the file's name only.
func (r *ReportService) Export(sel model.Selection, format string, includePrivate bool, dialog string) (string, error) {
	if format != "csv" && format != "xlsx" && format != "jsonl" {
		return "", fault("bad_export_format", "cannot export to "+strconv.Quote(format)+"; use csv, xlsx or jsonl", map[string]string{"format": format})
	}
	path, err := r.host.savePath(dialog, r.host.caseName(), "."+format)
	if err != nil || path == "" {
		return "", err
	}
	return r.host.startJob(workspace.JobExport, filepath.Base(path), func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		res, err := s.Export(ctx, workspace.ExportRequest{Selection: sel, Path: path, IncludePrivate: includePrivate}, progress)
		res.File = filepath.Base(path)
		return res, wrap("export", err)
	})
}

// caseName is the open case's name, empty without one.
func (h *host) caseName() string {
	h.mu.RLock()
	defer h.mu.RUnlock()
	if h.session == nil {
		return ""
	}
	return h.session.Meta().Name
}

// preview sends a document that the page asked for before.
func (h *host) preview(w http.ResponseWriter, r *http.Request) {
	b, err := h.tokens.document(r.URL.Query().Get("token"))
	if err != nil {
		sendProblem(w, err)
		return
	}
	w.Header().Set("Content-Type", "application/pdf")
	w.Header().Set("Cache-Control", "no-store")
	w.Header().Set("Content-Length", strconv.Itoa(len(b)))
	// The page went away when writing fails; there is nobody to tell.
	_, _ = w.Write(b)
}
