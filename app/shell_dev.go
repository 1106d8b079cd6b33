//go:build dev

package app

import (
	"context"
	"net/http"
	"slices"
	"sync"
)

// scripted answers dialogs with paths that a browser test queued beforehand,
// since a test cannot reach a native dialog. With nothing queued the dialog
// opens. It exists in development builds only.
type scripted struct {
	native
	mu      sync.Mutex
	answers [][]string
	drop    func(paths []string)
}

// newShell gives the scripted shell and the handler that queues its answers:
// POST /dev/dialog?path=…, with several paths for several files and without one
// for a dialog that is cancelled. POST /dev/drop?path=… drops files.
func newShell() (shell, http.Handler) {
	s := &scripted{}
	return s, http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		paths := slices.DeleteFunc(r.URL.Query()["path"], func(p string) bool { return p == "" })
		s.mu.Lock()
		drop := s.drop
		if r.Method == http.MethodPost && r.URL.Path == "/dev/dialog" {
			s.answers = append(s.answers, paths)
			drop = nil
		}
		s.mu.Unlock()
		switch {
		case r.Method != http.MethodPost || (r.URL.Path != "/dev/dialog" && r.URL.Path != "/dev/drop"):
			http.NotFound(w, r)
			return
		case drop != nil:
			drop(paths)
		}
		w.WriteHeader(http.StatusNoContent)
	})
}

// answer takes the next queued answer.
func (s *scripted) answer() ([]string, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) == 0 {
		return nil, false
	}
	paths := s.answers[0]
	s.answers = s.answers[1:]
	return paths, true
}

func first(paths []string) string {
	if len(paths) == 0 {
		return ""
	}
	return paths[0]
}

func (s *scripted) ChooseFolder(ctx context.Context, title string) (string, error) {
	if paths, ok := s.answer(); ok {
		return first(paths), nil
	}
	return s.native.ChooseFolder(ctx, title)
}

func (s *scripted) ChooseFiles(ctx context.Context, title string) ([]string, error) {
	if paths, ok := s.answer(); ok {
		return paths, nil
	}
	return s.native.ChooseFiles(ctx, title)
}

func (s *scripted) SaveFile(ctx context.Context, title, name, ext string) (string, error) {
	if paths, ok := s.answer(); ok {
		return first(paths), nil
	}
	return s.native.SaveFile(ctx, title, name, ext)
}

func (s *scripted) OnDrop(ctx context.Context, fn func(paths []string)) {
	s.mu.Lock()
	s.drop = fn
	s.mu.Unlock()
	s.native.OnDrop(ctx, fn)
}
