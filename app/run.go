package app

import (
	"context"
	_ "embed"
	"errors"
	"fmt"
	"io/fs"
	"net/http"
	"os"
	"runtime"

	"github.com/wailsapp/wails/v2"
	"github.com/wailsapp/wails/v2/pkg/options"
	"github.com/wailsapp/wails/v2/pkg/options/assetserver"
	"github.com/wailsapp/wails/v2/pkg/options/linux"
)

// icon is the window's icon (PNG, 256 px).
//
//go:embed icon.png
var icon []byte

// ErrNoDisplay says that there is no screen to open a window on.
var ErrNoDisplay = errors.New("no display: the window needs DISPLAY or WAYLAND_DISPLAY; every subcommand works without one (vedette --help)")

// services are bound to the page. The test of the bound methods holds an
// allow-list of everything that they offer.
func (h *host) services() []any {
	return []any{
		&CaseService{h}, &ExploreService{h}, &HistoryService{h}, &JobsService{h}, &ListenService{h},
		&ReportService{h}, &SituationService{h}, &SystemService{h},
	}
}

// Run opens the window and returns when it is closed. page is the built page,
// with index.html at its root.
func Run(page fs.FS, o Options) error {
	if !hasDisplay(runtime.GOOS, os.Getenv) {
		return ErrNoDisplay
	}
	sh, dev := newShell()
	h := newHost(o, sh)
	var closing error
	err := wails.Run(&options.App{
		Title:     product,
		Width:     1360,
		Height:    860,
		MinWidth:  960,
		MinHeight: 600,
		// What is seen before the page has painted; between the two themes' grounds.
		BackgroundColour: options.NewRGB(0x1a, 0x20, 0x26),
		AssetServer: &assetserver.Options{
			Assets:     page,
			Handler:    h.dataHandler(dev),
			Middleware: func(next http.Handler) http.Handler { return secure(next) },
		},
		Bind:           h.services(),
		ErrorFormatter: func(err error) any { return problem(err).text() },
		// A file that is dropped on the window is offered for import. The web view
		// must not open it: on Linux the page sees to that, because GTK then takes no
		// drop at all; elsewhere it is switched off.
		DragAndDrop: &options.DragAndDrop{EnableFileDrop: true, DisableWebViewDrop: runtime.GOOS != "linux"},
		OnStartup: func(ctx context.Context) {
			h.start(ctx)
			h.listenForDrops(ctx)
		},
		OnShutdown: func(ctx context.Context) { closing = h.stop(ctx) },
		Linux: &linux.Options{
			Icon:        icon,
			ProgramName: "vedette",
			// A list and small charts gain nothing from the GPU, and its drivers
			// are the usual cause of blank WebKitGTK windows.
			WebviewGpuPolicy: linux.WebviewGpuPolicyNever,
		},
	})
	if err := errors.Join(err, closing); err != nil {
		return fmt.Errorf("run the window: %w", err)
	}
	return nil
}

// hasDisplay reports whether a window can be opened: on Linux GTK panics
// without a display, so it is asked for first.
func hasDisplay(goos string, getenv func(string) string) bool {
	return generating || goos != "linux" || getenv("DISPLAY") != "" || getenv("WAYLAND_DISPLAY") != ""
}

// context is the window's; it is the background before the window has started.
func (h *host) context() context.Context {
	h.mu.RLock()
	defer h.mu.RUnlock()
	return h.ctx
}
