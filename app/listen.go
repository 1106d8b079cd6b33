package app

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// ListenService brings posts into the case and says what is watched.
type ListenService struct{ host *host }

// ImportOptions are the choices of an import. Profile is the JSON of a mapping
// profile or empty; the others as in workspace.ImportRequest.
type ImportOptions struct {
	Source         model.Source `json:"source"`
	Profile        string       `json:"profile"`
	Format         string       `json:"format"`
	Zone           string       `json:"zone"`
	DateOrder      string       `json:"date_order"`
	Encoding       string       `json:"encoding"`
	IncludePrivate bool         `json:"include_private"`
}

func (o ImportOptions) request(paths []string) workspace.ImportRequest {
	req := workspace.ImportRequest{
		Paths: paths, Source: o.Source, Format: o.Format, Zone: o.Zone, DateOrder: o.DateOrder,
		Encoding: o.Encoding, IncludePrivate: o.IncludePrivate,
	}
	if strings.TrimSpace(o.Profile) != "" {
		req.Profile = json.RawMessage(o.Profile)
	}
	return req
}

// ChooseFiles asks for files in the system's dialog, whose title the page gives;
// nil when the user cancels. Files that are dropped on the window come as the
// event "files".
func (l *ListenService) ChooseFiles(title string) (*Files, error) {
	paths, err := l.host.shell.ChooseFiles(l.host.context(), title)
	if err != nil {
		return nil, wrap("choose files", err)
	}
	return l.host.chosen(paths)
}

// ChooseFolder asks for a folder to import; nil when the user cancels.
func (l *ListenService) ChooseFolder(title string) (*Files, error) {
	path, err := l.host.shell.ChooseFolder(l.host.context(), title)
	if err != nil || path == "" {
		return nil, wrap("choose a folder", err)
	}
	return l.host.chosen([]string{path})
}

// Inspect looks at chosen files as Import would read them; nothing is stored.
func (l *ListenService) Inspect(token string, o ImportOptions) (workspace.Inspection, error) {
	var out workspace.Inspection
	paths, err := l.host.tokens.all(token)
	if err != nil {
		return out, err
	}
	err = l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Inspect(ctx, o.request(paths))
		out = got
		return wrap("look at the files", err)
	})
	return out, err
}

// Import reads chosen files into the case in a job; its result is a
// workspace.ImportResult.
func (l *ListenService) Import(token string, o ImportOptions) (string, error) {
	paths, err := l.host.tokens.all(token)
	if err != nil {
		return "", err
	}
	label := filepath.Base(paths[0])
	if len(paths) > 1 {
		label = fmt.Sprintf("%s +%d", label, len(paths)-1)
	}
	return l.host.startJob(workspace.JobImport, label, func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		res, err := s.Import(ctx, o.request(paths), progress)
		return res, wrap("import", err)
	})
}

// Batches lists every import and collection, oldest first.
func (l *ListenService) Batches() ([]model.Batch, error) {
	list := []model.Batch{}
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Batches(ctx)
		list = append(list, got...)
		return wrap("list batches", err)
	})
	return list, err
}

// RejectPage is a page of rejected records; Next is what to ask after, 0 on the
// last page.
type RejectPage struct {
	Rejects []model.BatchReject `json:"rejects"`
	Next    int64               `json:"next"`
}

// Rejects lists rejected records of one batch, or of all (0), after a place (0
// begins), at most 1,000 at once.
func (l *ListenService) Rejects(batch, after int64, limit int) (RejectPage, error) {
	page := RejectPage{Rejects: []model.BatchReject{}}
	limit = min(max(limit, 1), maxLines)
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Rejects(ctx, batch, after, limit)
		page.Rejects = append(page.Rejects, got...)
		if len(got) == limit {
			page.Next = got[limit-1].Item
		}
		return wrap("list rejects", err)
	})
	return page, err
}

// maxLines bounds a page of rejects or of the ledger.
const maxLines = 1000

// Withdraw takes a batch's posts out of view and analysis, or puts them back. It
// can be undone.
func (l *ListenService) Withdraw(batch int64, withdrawn bool) error {
	return l.host.acts("withdraw batch", func(ctx context.Context, a workspace.Acts) error { return a.Withdraw(ctx, batch, withdrawn) })
}

// ChooseScreenshot asks for a picture for AddManual; nil when the user cancels.
func (l *ListenService) ChooseScreenshot(title string) (*Files, error) {
	f, err := l.ChooseFiles(title)
	if err != nil || f == nil {
		return nil, err
	}
	if f.Count != 1 {
		return nil, fault("one_file", "choose one picture", nil)
	}
	return f, nil
}

// maxPicture bounds what is read of a screenshot; the workspace decides whether
// it is one.
const maxPicture = 64 << 20

// AddManual takes one typed-in post into the case. screenshot is the token of a
// chosen picture, or empty.
func (l *ListenService) AddManual(post workspace.ManualPost, screenshot string) (model.Batch, error) {
	var b model.Batch
	if screenshot != "" {
		path, err := l.host.tokens.path(screenshot)
		if err != nil {
			return b, err
		}
		if post.Screenshot, err = readPicture(path); err != nil {
			return b, err
		}
		post.ShotName = filepath.Base(path)
	}
	err := l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		var err error
		b, err = s.AddManual(ctx, post)
		return wrap("add post", err)
	})
	return b, err
}

// readPicture reads a chosen file, a byte more than the limit at most, so that
// the workspace sees that it is too large.
func readPicture(path string) ([]byte, error) {
	unreadable := func(err error) error {
		name := filepath.Base(path)
		return &model.Fault{Code: "file_not_found", Params: map[string]string{"file": name, "message": fmt.Sprintf("cannot read %q", name)}, Err: err}
	}
	f, err := os.Open(path)
	if err != nil {
		return nil, unreadable(err)
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	b, err := io.ReadAll(io.LimitReader(f, maxPicture))
	if err != nil {
		return nil, unreadable(err)
	}
	return b, nil
}
