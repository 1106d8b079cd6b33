package app

import (
	"context"
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// Files are files or folders that the user chose or dropped on the window. Token
// stands for them in later calls; Names are for reading only, at most
// maxNames of Count.
type Files struct {
	Token string   `json:"token"`
	Names []string `json:"names"`
	Count int      `json:"count"`
}

// maxNames bounds the names told of a choice.
const maxNames = 50

// eventFiles tells the page of files that were dropped on the window.
const eventFiles = "files" // Files

// chosen issues a token for chosen paths; nil for none.
func (h *host) chosen(paths []string) (*Files, error) {
	if len(paths) == 0 {
		return nil, nil
	}
	token, err := h.tokens.issue(paths...)
	if err != nil {
		return nil, err
	}
	f := &Files{Token: token, Names: []string{}, Count: len(paths)}
	for _, p := range paths[:min(len(paths), maxNames)] {
		f.Names = append(f.Names, strings.ToValidUTF8(filepath.Base(p), "\uFFFD"))
	}
	return f, nil
}

// listenForDrops tells the page of files that are dropped on the window.
func (h *host) listenForDrops(ctx context.Context) {
	h.shell.OnDrop(ctx, func(paths []string) {
		f, err := h.chosen(paths)
		switch {
		case err != nil:
			h.shell.Emit(ctx, eventFiles, problem(err))
		case f != nil:
			h.shell.Emit(ctx, eventFiles, f)
		}
	})
}

// savePath asks where to save a file with an ending such as ".pdf"; "" when the
// user cancels. The dialog asks before it replaces a file, but not one whose name
// only comes about by adding the ending: that is a fault "file_exists".
func (h *host) savePath(title, name, ext string) (string, error) {
	path, err := h.shell.SaveFile(h.context(), title, folderName(name)+ext, ext)
	if err != nil || path == "" {
		return "", wrap("choose where to save", err)
	}
	if strings.EqualFold(filepath.Ext(path), ext) {
		return path, nil
	}
	path += ext
	if _, err := os.Lstat(path); !errors.Is(err, fs.ErrNotExist) {
		base := filepath.Base(path)
		return "", fault("file_exists", "there is a file called "+base+" already", map[string]string{"file": base})
	}
	return path, nil
}
