package app

import (
	"context"
	"fmt"

	"github.com/wailsapp/wails/v2/pkg/runtime"
)

// shell is what the services need of the window around the page. The other
// implementation is the one of the tests, which have no window.
type shell interface {
	// ChooseFolder asks for a folder in a native dialog; "" when cancelled.
	ChooseFolder(ctx context.Context, title string) (string, error)
	// ChooseFiles asks for files in a native dialog; none when cancelled.
	ChooseFiles(ctx context.Context, title string) ([]string, error)
	// SaveFile asks where to save a file with an ending such as ".pdf"; "" when
	// cancelled.
	SaveFile(ctx context.Context, title, name, ext string) (string, error)
	// OnDrop calls fn with the paths of what is dropped on the window.
	OnDrop(ctx context.Context, fn func(paths []string))
	SetTitle(ctx context.Context, title string)
	Emit(ctx context.Context, event string, data any)
}

// native is the shell of a real window.
type native struct{}

func (native) ChooseFolder(ctx context.Context, title string) (string, error) {
	path, err := runtime.OpenDirectoryDialog(ctx, runtime.OpenDialogOptions{Title: title, CanCreateDirectories: true})
	if err != nil {
		return "", fmt.Errorf("open the folder dialog: %w", err)
	}
	return path, nil
}

func (native) ChooseFiles(ctx context.Context, title string) ([]string, error) {
	paths, err := runtime.OpenMultipleFilesDialog(ctx, runtime.OpenDialogOptions{Title: title})
	if err != nil {
		return nil, fmt.Errorf("open the file dialog: %w", err)
	}
	return paths, nil
}

func (native) SaveFile(ctx context.Context, title, name, ext string) (string, error) {
	path, err := runtime.SaveFileDialog(ctx, runtime.SaveDialogOptions{
		Title: title, DefaultFilename: name, CanCreateDirectories: true,
		Filters: []runtime.FileFilter{{DisplayName: "*" + ext, Pattern: "*" + ext}},
	})
	if err != nil {
		return "", fmt.Errorf("open the save dialog: %w", err)
	}
	return path, nil
}

func (native) OnDrop(ctx context.Context, fn func(paths []string)) {
	runtime.OnFileDrop(ctx, func(_, _ int, paths []string) { fn(paths) })
}

func (native) SetTitle(ctx context.Context, title string) { runtime.WindowSetTitle(ctx, title) }

func (native) Emit(ctx context.Context, event string, data any) {
	runtime.EventsEmit(ctx, event, data)
}
