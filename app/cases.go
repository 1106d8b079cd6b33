package app

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"unicode"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// CaseService makes, opens and closes cases.
type CaseService struct{ host *host }

// Folder is a folder that the user chose. Token stands for it in later calls;
// Path is for reading only.
type Folder struct {
	Token  string `json:"token"`
	Path   string `json:"path"`
	IsCase bool   `json:"is_case"`
}

// NewCase is what the form for a new case says. Name, Owner and Purpose are
// needed; RetainUntil is YYYY-MM-DD or empty.
type NewCase struct {
	Name        string          `json:"name"`
	Owner       string          `json:"owner"`
	Purpose     string          `json:"purpose"`
	Basis       string          `json:"basis"`
	TLP         model.TLP       `json:"tlp"`
	Yardstick   model.Yardstick `json:"yardstick"`
	Zone        string          `json:"zone"`
	RetainUntil string          `json:"retain_until"`
}

// meta is the description of a case that the form gives.
func (f NewCase) meta() model.CaseMeta {
	return model.CaseMeta{
		Name: strings.TrimSpace(f.Name), Owner: strings.TrimSpace(f.Owner), Purpose: strings.TrimSpace(f.Purpose),
		Basis: strings.TrimSpace(f.Basis), TLP: f.TLP, Yardstick: f.Yardstick, Zone: f.Zone, RetainUntil: f.RetainUntil,
	}
}

// Current describes the open case; nil when none is open. The first call after
// a start that failed gives its error.
func (c *CaseService) Current() (*workspace.Info, error) {
	if err := c.host.takeFailure(); err != nil {
		return nil, err
	}
	c.host.mu.RLock()
	defer c.host.mu.RUnlock()
	if c.host.session == nil {
		return nil, nil
	}
	info, err := describe(c.host.ctx, c.host.session)
	if err != nil {
		return nil, err
	}
	return &info, nil
}

// takeFailure returns why the start failed, once.
func (h *host) takeFailure() error {
	h.mu.Lock()
	defer h.mu.Unlock()
	err := h.failed
	if h.desk != nil {
		h.failed = nil
	}
	return err
}

// Recent lists the cases opened on this machine, latest first.
func (c *CaseService) Recent() ([]workspace.RecentCase, error) {
	list := []workspace.RecentCase{}
	err := c.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		got, err := d.Recent()
		list = append(list, got...)
		return wrap("list recent cases", err)
	})
	return list, err
}

// Forget takes a case off the list of recent ones; the case stays.
func (c *CaseService) Forget(id string) error {
	return c.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		return wrap("forget case", d.Forget(id))
	})
}

// ChooseFolder asks for a folder in the system's dialog, whose title the page
// gives in its language; nil when the user cancels.
func (c *CaseService) ChooseFolder(title string) (*Folder, error) {
	path, err := c.host.shell.ChooseFolder(c.host.context(), title)
	if err != nil {
		return nil, wrap("choose a folder", err)
	}
	if path == "" {
		return nil, nil
	}
	token, err := c.host.tokens.issue(path)
	if err != nil {
		return nil, err
	}
	_, missing := os.Stat(filepath.Join(path, "case.db"))
	return &Folder{Token: token, Path: path, IsCase: missing == nil}, nil
}

// Create makes a case in a folder of its own inside the chosen one, and opens it.
func (c *CaseService) Create(token string, form NewCase) (workspace.Info, error) {
	parent, err := c.host.tokens.path(token)
	if err != nil {
		return workspace.Info{}, err
	}
	name := folderName(form.Name)
	dir := filepath.Join(parent, name)
	if entries, err := os.ReadDir(dir); err == nil && len(entries) > 0 {
		return workspace.Info{}, fault("folder_not_empty", fmt.Sprintf("the folder already holds %q", name), map[string]string{"name": name})
	}
	meta := form.meta()
	return c.host.exchange(func(ctx context.Context, d *workspace.Desk) (*workspace.Session, error) {
		s, err := d.Create(ctx, dir, meta)
		return s, wrap("create case", err)
	})
}

// Open opens the case in the chosen folder; readOnly works while somebody else
// holds it.
func (c *CaseService) Open(token string, readOnly bool) (workspace.Info, error) {
	dir, err := c.host.tokens.path(token)
	if err != nil {
		return workspace.Info{}, err
	}
	return c.open(dir, readOnly)
}

// OpenRecent opens a case of the recent list by its id.
func (c *CaseService) OpenRecent(id string, readOnly bool) (workspace.Info, error) {
	var dir string
	err := c.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		list, err := d.Recent()
		for _, r := range list {
			if r.ID == id {
				dir = r.Dir
			}
		}
		return wrap("list recent cases", err)
	})
	if err != nil {
		return workspace.Info{}, err
	}
	if dir == "" {
		return workspace.Info{}, fault("case_not_found", "the case is not in the list of recent ones", nil)
	}
	return c.open(dir, readOnly)
}

func (c *CaseService) open(dir string, readOnly bool) (workspace.Info, error) {
	return c.host.exchange(func(ctx context.Context, d *workspace.Desk) (*workspace.Session, error) {
		s, err := d.Open(ctx, dir, readOnly)
		return s, wrap("open case", err)
	})
}

// OpenExample makes the bundled training case, unless it is there already, and
// opens it. Making it takes some seconds and tells its progress.
func (c *CaseService) OpenExample() (workspace.Info, error) {
	dir, err := c.host.configDir()
	if err != nil {
		return workspace.Info{}, err
	}
	return c.host.exchange(func(ctx context.Context, d *workspace.Desk) (*workspace.Session, error) {
		demo, err := d.Demo(ctx, filepath.Join(dir, "example"), c.host.progress(ctx))
		if err != nil {
			return nil, wrap("make the example", err)
		}
		s, err := d.Open(ctx, demo.Case, false)
		return s, wrap("open the example", err)
	})
}

// Close closes the open case, if any.
func (c *CaseService) Close() error {
	c.host.mu.Lock()
	defer c.host.mu.Unlock()
	return c.host.closeSession()
}

// wrap adds what was done to an error; nil stays nil.
func wrap(what string, err error) error {
	if err == nil {
		return nil
	}
	return fmt.Errorf("%s: %w", what, err)
}

// maxFolderName bounds a folder's name in runes: short enough for any file
// system, whatever the case is called.
const maxFolderName = 60

// reservedNames are device names that Windows refuses as folders.
const reservedNames = " con prn aux nul com1 com2 com3 com4 com5 com6 com7 com8 com9 lpt1 lpt2 lpt3 lpt4 lpt5 lpt6 lpt7 lpt8 lpt9 "

// folderName makes a name for a case's folder: lower-case letters, digits and
// single hyphens, nothing that a file system or a shell treats specially.
func folderName(name string) string {
	var b strings.Builder
	hyphen := false
	n := 0
	for _, r := range strings.ToLower(name) {
		if !unicode.IsLetter(r) && !unicode.IsDigit(r) {
			hyphen = b.Len() > 0
			continue
		}
		if hyphen {
			b.WriteByte('-')
			hyphen = false
			n++
		}
		b.WriteRune(r)
		if n++; n >= maxFolderName {
			break
		}
	}
	out := b.String()
	if out == "" || strings.Contains(reservedNames, " "+out+" ") {
		return strings.TrimSuffix("case-"+out, "-")
	}
	return out
}
