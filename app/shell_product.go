//go:build !dev

package app

import "net/http"

// newShell is the window's own dialogs; there is no other way to name a path.
func newShell() (shell, http.Handler) { return native{}, http.NotFoundHandler() }
