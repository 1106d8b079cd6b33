package cli

import (
	"archive/zip"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestRejectedRecordsAreReadAgain puts a table that nothing knows beside posts,
// and reads it when its mapping is there.
func TestRejectedRecordsAreReadAgain(t *testing.T) {
	r, dir, posts, profile := newRunner(t)
	path := filepath.Join(t.TempDir(), "all.zip")
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	w := zip.NewWriter(f)
	for name, from := range map[string]string{"posts.ndjson": posts} {
		data, err := os.ReadFile(from)
		if err != nil {
			t.Fatal(err)
		}
		x, err := w.Create(name)
		if err == nil {
			_, err = x.Write(data)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	x, err := w.Create("more/comments.ndjson")
	if err == nil {
		_, err = x.Write([]byte(redditLine("c1", nil)))
	}
	if err != nil || w.Close() != nil || f.Close() != nil {
		t.Fatal(err)
	}
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	var first struct{ Batches []batchNow }
	r.object(ExitDone, &first, "import", dir, path)
	if b := first.Batches[0]; b.Accepted != 1 || b.Rejected != 1 {
		t.Fatalf("%+v", b)
	}
	if out := r.must(ExitDone, "rejects", dir); !strings.Contains(out, "member posts.ndjson") {
		t.Errorf("rejects: %s", out)
	}
	if out := r.must(ExitDone, "rejects", "raw", dir, "1", "1"); !strings.Contains(out, "posts.ndjson") {
		t.Errorf("raw: %s", out)
	}
	var again struct{ Batches []batchNow }
	r.object(ExitDone, &again, "import", dir, "--retry", "1", "--profile", profile)
	if b := again.Batches[0]; b.ID != 2 || b.Accepted == 0 || b.Duplicate != 0 || b.Read != b.Accepted+b.Rejected {
		t.Errorf("%+v", b)
	}
	if out := r.must(ExitFailed, "import", dir, "--retry", "7"); out != "" {
		t.Errorf("a batch that is not there: %s", out)
	}
	r.must(ExitDone, "verify", dir)

	file := filepath.Join(t.TempDir(), "rejects.ndjson")
	var exported struct{ Rejects int }
	r.object(ExitDone, &exported, "rejects", "export", dir, file, "--batch", "2")
	b, err := os.ReadFile(file)
	if err != nil || exported.Rejects != strings.Count(string(b), "\n") || exported.Rejects == 0 {
		t.Fatalf("%+v: %s, %v", exported, b, err)
	}
	var one struct {
		Code, Reason, Raw string
		Locator           struct{ Member string }
	}
	if err := json.Unmarshal([]byte(strings.SplitN(string(b), "\n", 2)[0]), &one); err != nil || one.Code == "" || one.Raw == "" || one.Locator.Member != "posts.ndjson" {
		t.Errorf("%+v, %v", one, err)
	}
	r.must(ExitFailed, "rejects", "export", dir, file)
}
