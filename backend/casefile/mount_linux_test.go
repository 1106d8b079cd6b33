package casefile

import (
	"os"
	"path/filepath"
	"testing"

	"golang.org/x/sys/unix"
)

// mountSmall moves the case to a file system of 16 MB and reports whether it
// could; a file "ballast" takes some of the room.
func mountSmall(t *testing.T, w *world) bool {
	t.Helper()
	if !mayMount() {
		return false
	}
	mount := t.TempDir()
	if unix.Mount("tmpfs", mount, "tmpfs", 0, "size=16m") != nil {
		return false
	}
	t.Cleanup(func() {
		w.close()
		w.must(unix.Unmount(mount, 0))
	})
	to := filepath.Join(mount, "case")
	w.must(os.CopyFS(to, os.DirFS(w.dir)))
	w.must(os.WriteFile(filepath.Join(to, "ballast"), make([]byte, 8<<20), 0o600))
	w.dir = to
	return true
}

// freeze makes a folder read-only: by a mount when the test may, which stops
// even root, and else by its permissions.
func freeze(t *testing.T, dir string) {
	t.Helper()
	if mayMount() && unix.Mount(dir, dir, "", unix.MS_BIND, "") == nil {
		t.Cleanup(func() {
			if err := unix.Unmount(dir, 0); err != nil {
				t.Error(err)
			}
		})
		if err := unix.Mount("", dir, "", unix.MS_BIND|unix.MS_REMOUNT|unix.MS_RDONLY, ""); err != nil {
			t.Fatal(err)
		}
		return
	}
	chmodAll(t, dir, 0o500, 0o400)
	t.Cleanup(func() { chmodAll(t, dir, 0o700, 0o600) })
}
