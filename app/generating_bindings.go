//go:build bindings

package app

// generating is true in the build that writes the TypeScript bindings, which
// opens no window.
const generating = true
