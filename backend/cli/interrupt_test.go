//go:build unix

package cli

import (
	"encoding/json"
	"strings"
	"testing"
)

// TestInterrupt stops an import with Ctrl-C: the program says so, the batch can
// be resumed, and importing the file again goes on with it.
func TestInterrupt(t *testing.T) {
	r, dir, _, profile := newRunner(t)
	posts, rejected := killLines(t, 12_000)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	for _, stage := range []string{"StoreContainer", "casefile.(*Case).Append", "pipeline).store"} {
		killed, code, out, errs := r.live(fate{Below: stage, Nth: 2, Do: "interrupt"}, "import", dir, posts, "--profile", profile, "--json")
		if killed || code != ExitFailed || !strings.Contains(errs, stopped) {
			t.Fatalf("interrupted below %s: exit %d\n%s%s", stage, code, out, errs)
		}
		var got struct{ Batches []batchNow }
		if err := json.Unmarshal([]byte(out), &got); err != nil {
			t.Fatalf("interrupted below %s: %v: %s", stage, err, out)
		}
		for _, b := range got.Batches {
			if b.State != "running" || b.Read > 12_000 {
				t.Errorf("interrupted below %s: %+v", stage, b)
			}
		}
		r.must(ExitDone, "verify", dir)
	}
	var now caseNow
	r.object(ExitDone, &now, "case", "info", dir)
	if now.Interrupted != 1 {
		t.Errorf("the case has %+v", now)
	}
	var got struct{ Batches []batchNow }
	r.object(ExitDone, &got, "import", dir, posts, "--profile", profile)
	if b := got.Batches[0]; b.ID != 1 || b.State != "done" || b.Read != 12_000 || b.Rejected != rejected || b.Accepted != 12_000-rejected {
		t.Errorf("resumed: %+v", b)
	}
	r.must(ExitDone, "verify", dir)
}
