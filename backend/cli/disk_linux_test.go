package cli

import (
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"vedette/backend/model"
)

// insideEnv marks the test binary that runs in a user namespace of its own.
const insideEnv = "VEDETTE_TEST_INSIDE"

// disk mounts a small file system, in bytes, on a folder.
func disk(t *testing.T, dir string, size int) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", 0, fmt.Sprintf("size=%d", size)); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { unmount(t, dir) })
}

func unmount(t *testing.T, dir string) {
	t.Helper()
	if err := syscall.Unmount(dir, syscall.MNT_DETACH); err != nil && !errors.Is(err, syscall.EINVAL) { // EINVAL: not mounted any more
		t.Error(err)
	}
}

// grow makes a small file system larger.
func grow(t *testing.T, dir string, size int) {
	t.Helper()
	if err := syscall.Mount("tmpfs", dir, "tmpfs", syscall.MS_REMOUNT, fmt.Sprintf("size=%d", size)); err != nil {
		t.Fatal(err)
	}
}

// mayMount reports whether this process can mount file systems.
func mayMount(t *testing.T) bool {
	t.Helper()
	dir := t.TempDir()
	if syscall.Mount("tmpfs", dir, "tmpfs", 0, "size=65536") != nil {
		return false
	}
	unmount(t, dir)
	return true
}

// TestDiskFull fills the disks under a case, its index, its configuration and
// its outputs. Mounting takes rights: without them the test runs itself in a
// user namespace, and where that is not allowed either, only the words are
// tested.
func TestDiskFull(t *testing.T) {
	if !mayMount(t) {
		if os.Getenv(insideEnv) == "" && elsewhere(t) {
			return
		}
		full := &os.PathError{Op: "write", Path: "/x", Err: syscall.ENOSPC}
		if s := sentence(&model.Fault{Code: "disk_full", Params: map[string]string{"message": "the disk is full"}, Err: full}); s != "the disk is full; make room and run the same command again" {
			t.Errorf("a full disk is told as %q", s)
		}
		return
	}
	t.Run("case", diskFullCase)
	t.Run("index", diskFullIndex)
	t.Run("config", diskFullConfig)
	t.Run("outputs", diskFullOutputs)
}

// elsewhere runs this test in a user namespace, and reports whether it could.
func elsewhere(t *testing.T) bool {
	t.Helper()
	cmd := exec.Command(os.Args[0], "-test.run=^TestDiskFull$", "-test.v")
	cmd.Env = append(os.Environ(), insideEnv+"=1")
	cmd.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
		GidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getgid(), Size: 1}},
	}
	out, err := cmd.CombinedOutput()
	if cmd.ProcessState == nil {
		return false // such namespaces are not allowed here
	}
	if err != nil {
		t.Errorf("in a user namespace: %v\n%s", err, out)
	}
	return true
}

// bulky is a file of n records of some 4 KB.
func bulky(t *testing.T, n int) string {
	t.Helper()
	var b strings.Builder
	for i := range n {
		b.WriteString(redditLine(fmt.Sprint("b", i), map[string]any{"body": strings.Repeat(fmt.Sprintf("kettle %d ", i), 400)}))
	}
	path := filepath.Join(t.TempDir(), "bulky.ndjson")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// fails runs a command that a full disk stops, and checks what it says.
func (r *runner) fails(says string, args ...string) {
	r.t.Helper()
	code, out, errs := r.run(args...)
	if code != ExitFailed || !strings.Contains(errs, says) || strings.Contains(errs, "panic") {
		r.t.Errorf("vedette %s: exit %d, want it to say %q\n%s%s", args[0], code, says, out, errs)
	}
	r.t.Logf("vedette %s: %s", args[0], strings.TrimSpace(errs))
}

func diskFullCase(t *testing.T) {
	const n = 8000
	r, _, _, _ := newRunner(t)
	small := t.TempDir()
	disk(t, small, 24<<20)
	dir := filepath.Join(small, "case")
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	posts := bulky(t, n)
	for range 2 {
		r.fails("the disk is full", "import", dir, posts, "--no-enrich")
		r.must(ExitDone, "verify", dir)
		r.must(ExitDone, "case", "info", dir)
		r.must(ExitDone, "batches", dir)
	}
	noise := filepath.Join(t.TempDir(), "noise.bin")
	b := make([]byte, 32<<20)
	for i := range b {
		b[i] = byte(rand.N(256))
	}
	if err := os.WriteFile(noise, b, 0o600); err != nil {
		t.Fatal(err)
	}
	r.fails("the disk is full", "import", dir, noise)
	r.must(ExitDone, "verify", dir)
	list, err := os.ReadDir(filepath.Join(dir, "containers"))
	if err != nil || len(list) != 1 {
		t.Errorf("the container folder has %d files: %v", len(list), err)
	}
	grow(t, small, 400<<20)
	var got struct{ Batches []batchNow }
	r.object(ExitDone, &got, "import", dir, posts, "--no-enrich")
	if b := got.Batches[0]; b.ID != 1 || b.State != "done" || b.Accepted != n || b.Duplicate != 0 {
		t.Errorf("with room again: %+v", b)
	}
	l := life{runner: r, dir: dir}
	l.search(n)
	r.must(ExitDone, "verify", dir)
}

func diskFullIndex(t *testing.T) {
	const n = 4000
	r, dir, _, _ := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	index := filepath.Join(dir, "index")
	disk(t, index, 256<<10)
	posts := bulky(t, n)
	r.fails("not every one can be found by its words", "import", dir, posts)
	var all struct{ Batches []batchNow }
	r.object(ExitDone, &all, "batches", dir)
	if len(all.Batches) != 1 || all.Batches[0].Accepted != n || all.Batches[0].State != "done" {
		t.Errorf("without an index the batches are %+v", all.Batches)
	}
	r.must(ExitDone, "verify", dir)
	unmount(t, index)
	l := life{runner: r, dir: dir}
	l.search(n)
}

func diskFullConfig(t *testing.T) {
	const n = 200
	r, dir, _, _ := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	posts := bulky(t, n)
	home := r.config
	r.config = t.TempDir()
	disk(t, r.config, 64<<10)
	if err := os.CopyFS(r.config, os.DirFS(home)); err != nil {
		t.Fatal(err)
	}
	fill(t, r.config)
	r.fails("checkpoint could not be written", "import", dir, posts)
	grow(t, r.config, 8<<20)
	r.must(ExitDone, "verify", dir)
	r.must(ExitDone, "import", dir, posts)
	l := life{runner: r, dir: dir}
	l.search(n)
}

func diskFullOutputs(t *testing.T) {
	r, dir, _, _ := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	r.must(ExitDone, "import", dir, bulky(t, 500))
	small := t.TempDir()
	disk(t, small, 16<<10)
	for _, name := range []string{"x.csv", "x.jsonl", "x.xlsx"} {
		r.fails("the disk is full", "export", dir, "-o", filepath.Join(small, name))
	}
	r.fails("the disk is full", "report", dir, "-o", filepath.Join(small, "x.pdf"))
	if list, err := os.ReadDir(small); err != nil || len(list) > 0 {
		t.Errorf("on the full disk there are %v: %v", list, err)
	}
	r.must(ExitDone, "verify", dir)
}

// fill writes until a disk takes no more.
func fill(t *testing.T, dir string) {
	t.Helper()
	for size := 64 << 10; size > 0; {
		f, err := os.OpenFile(filepath.Join(dir, "ballast"), os.O_WRONLY|os.O_CREATE|os.O_APPEND, 0o600)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := f.Write(make([]byte, size)); err != nil {
			size /= 2
		}
		if err := f.Close(); err != nil {
			t.Fatal(err)
		}
	}
}
