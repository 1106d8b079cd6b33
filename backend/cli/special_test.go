//go:build unix

package cli

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"syscall"
	"testing"
)

// TestSpecialFiles imports a folder with links, a pipe and what may not be read:
// each is told as skipped, the rest is imported, and nothing blocks.
func TestSpecialFiles(t *testing.T) {
	r, dir, _, _ := newRunner(t)
	folder := filepath.Join(t.TempDir(), "in")
	closed := filepath.Join(folder, "closed")
	if err := os.MkdirAll(closed, 0o700); err != nil {
		t.Fatal(err)
	}
	pipe := filepath.Join(folder, "pipe.ndjson")
	for name, err := range map[string]error{
		"good":  os.WriteFile(filepath.Join(folder, "good.ndjson"), []byte(redditLine("g1", nil)), 0o600),
		"dark":  os.WriteFile(filepath.Join(folder, "dark.ndjson"), []byte(redditLine("g2", nil)), 0o000),
		"pipe":  syscall.Mkfifo(pipe, 0o600),
		"link":  os.Symlink("/etc/passwd", filepath.Join(folder, "link.ndjson")),
		"round": os.Symlink("..", filepath.Join(folder, "round")),
		"gone":  os.Symlink("nowhere", filepath.Join(folder, "gone.ndjson")),
		"shut":  os.Chmod(closed, 0o000),
	} {
		if err != nil {
			t.Fatal(name, err)
		}
	}
	t.Cleanup(func() {
		if err := os.Chmod(closed, 0o700); err != nil {
			t.Error(err)
		}
	})
	want := []string{"link.ndjson symbolic_link", "round symbolic_link", "gone.ndjson symbolic_link", "pipe.ndjson not_a_file"}
	posts := 1
	if os.Geteuid() == 0 {
		posts++ // may read everything
	} else {
		want = append(want, "dark.ndjson unreadable", "closed unreadable")
	}
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	var got struct {
		Batches []batchNow
		Skipped []struct{ File, Code, Reason string }
	}
	r.object(ExitAttention, &got, "import", dir, folder)
	var skipped []string
	for _, x := range got.Skipped {
		skipped = append(skipped, strings.TrimPrefix(x.File, "in/")+" "+x.Code)
		if x.Reason == "" {
			t.Errorf("%s was skipped without a reason", x.File)
		}
	}
	slices.Sort(want)
	slices.Sort(skipped)
	if !slices.Equal(skipped, want) || len(got.Batches) != posts {
		t.Errorf("skipped %q, want %q; %d batches", skipped, want, len(got.Batches))
	}
	for _, path := range []string{pipe, "/dev/zero", "/dev/null"} {
		if code, _, errs := r.run("import", dir, path); code != ExitFailed || !strings.Contains(errs, "not a file") {
			t.Errorf("importing %s: exit %d, %q", path, code, errs)
		}
	}
	if code, _, errs := r.run("import", dir, filepath.Join(folder, "gone.ndjson")); code != ExitFailed || !strings.Contains(errs, "cannot read") {
		t.Errorf("importing a broken link: exit %d, %q", code, errs)
	}
	l := life{runner: r, dir: dir}
	l.search(posts)
}
