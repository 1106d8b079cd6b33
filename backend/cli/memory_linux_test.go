//go:build linux && !race

package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestLongTextsInBoundedMemory imports texts that are as long as a record may be
// at all. Memory must not grow with their number.
func TestLongTextsInBoundedMemory(t *testing.T) {
	r, dir, _, _ := newRunner(t)
	path := filepath.Join(t.TempDir(), "long.ndjson")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := f.WriteString(redditLine("first", nil)); err != nil {
		t.Fatal(err)
	}
	body := strings.Repeat("The kettle is great and terrible. ", 40<<20/34)
	for _, id := range []string{"a", "b", "c", "d", "e"} {
		if _, err := f.WriteString(redditLine(id, map[string]any{"body": body})); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Close(); err != nil {
		t.Fatal(err)
	}
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	for _, args := range [][]string{
		{"import", dir, path},
		{"verify", dir},
		{"reindex", dir},
		{"enrich", dir},
		{"search", dir, "kettle", "--limit", "1"},
		{"report", dir, "-o", filepath.Join(t.TempDir(), "r.pdf")},
	} {
		cmd := r.command(fate{}, args...)
		peak := filepath.Join(t.TempDir(), "status")
		cmd.Env = append(cmd.Env, childPeak+"="+peak)
		out, err := cmd.CombinedOutput()
		if err != nil {
			t.Fatalf("%s: %v\n%.2000s", args[0], err, out)
		}
		mb := peakMB(t, peak)
		t.Logf("%s: %d MB", args[0], mb)
		if mb > 1200 {
			t.Errorf("%s took %d MB", args[0], mb)
		}
	}
	var all struct {
		Batches []struct{ Assumed map[string]string }
	}
	r.object(ExitDone, &all, "batches", dir)
	if all.Batches[0].Assumed["long_text"] == "" {
		t.Error("the batch does not say that its texts are long")
	}
}

// peakMB is the most memory that a child held, in MB. It is what the kernel kept
// for the program alone: the usage that a parent is told begins with the
// parent's own.
func peakMB(t *testing.T, status string) int {
	t.Helper()
	b, err := os.ReadFile(status)
	if err != nil {
		t.Fatal(err)
	}
	for line := range strings.Lines(string(b)) {
		var kb int
		if n, _ := fmt.Sscanf(line, "VmHWM: %d kB", &kb); n == 1 {
			return kb >> 10
		}
	}
	t.Fatal("the system does not say how much memory a program took")
	return 0
}
