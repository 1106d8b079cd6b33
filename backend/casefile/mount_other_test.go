//go:build !linux

package casefile

import "testing"

// mountSmall reports that no file system could be mounted.
func mountSmall(*testing.T, *world) bool { return false }

// freeze makes a folder read-only by its permissions.
func freeze(t *testing.T, dir string) {
	t.Helper()
	chmodAll(t, dir, 0o500, 0o400)
	t.Cleanup(func() { chmodAll(t, dir, 0o700, 0o600) })
}
