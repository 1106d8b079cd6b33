package cli

import (
	"bufio"
	"bytes"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"
)

// killLines is a file of n records: some are broken, none occurs twice.
func killLines(t *testing.T, n int) (path string, rejected int) {
	t.Helper()
	var b bytes.Buffer
	for i := range n {
		if i%101 == 7 {
			fmt.Fprintf(&b, "broken %d\n", i)
			rejected++
			continue
		}
		fmt.Fprintf(&b, `{"id":"%d","who":"user%d","at":"2026-02-%02dT10:00:00Z","text":"The kettle number %d is great #kettle","likes":%d}`+"\n", i, i%97, 1+i%28, i, i%50)
	}
	path = filepath.Join(t.TempDir(), "posts.ndjson")
	if err := os.WriteFile(path, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	return path, rejected
}

// caseNow is what a case says of itself.
type caseNow struct{ Posts, Indexed, Interrupted int }

type batchNow struct {
	ID, Read, Accepted, Duplicate, Rejected int
	State                                   string
}

// life is one case whose import is killed again and again.
type life struct {
	*runner
	dir, posts, profile string
	records, rejected   int
	read                int // records that the case had after the last kill
	rng                 *rand.Rand
}

// stages are the functions below which the program is killed, in the order in
// which an import comes by, and how often the clock is read below each at least.
var stages = []struct {
	name, below string
	nth         int
}{
	{"opening", "casefile.Open", 1},
	{"evidence", "StoreContainer", 1},
	{"beginning", "BeginBatch", 1},
	{"first records", "casefile.(*Case).Append", 1},
	{"some records", "pipeline).store", 2},
	{"more records", "casefile.(*Case).Append", 1},
	{"finishing", "FinishBatch", 1},
	{"indexing", "waitIndexed", 1},
	{"closing", "Session).Close", 1},
}

// TestKillImport kills the importing program again and again, at every stage and
// at random moments behind it. After each the case opens and verifies, nothing
// that was there is lost, and in the end it is as if nothing had happened.
func TestKillImport(t *testing.T) {
	var mu sync.Mutex
	at := map[string]int{}
	sizes := []int{30_000, 1500, 1500, 1500, 1500, 1500, 1500, 1500}
	if slow {
		sizes = []int{11_000, 300, 300, 300, 300, 300, 300, 300}
	}
	t.Run("lives", func(t *testing.T) {
		for n, records := range sizes {
			t.Run(fmt.Sprint(n), func(t *testing.T) {
				t.Parallel() // most of the time goes by waiting for the disk
				killImport(t, records, rand.New(rand.NewPCG(11, uint64(n))), func(stage string) {
					mu.Lock()
					defer mu.Unlock()
					at[stage]++
				})
			})
		}
	})
	kills := 0
	for _, s := range stages {
		kills += at[s.name]
		if at[s.name] == 0 {
			t.Errorf("the program was never killed at the stage %q", s.name)
		}
	}
	t.Logf("the program was killed %d times: %v", kills, at)
	if kills < 60 {
		t.Errorf("the program was killed only %d times", kills)
	}
}

func killImport(t *testing.T, records int, rng *rand.Rand, killed func(stage string)) {
	r, _, _, profile := newRunner(t)
	posts, rejected := killLines(t, records)
	l := &life{runner: r, posts: posts, profile: profile, records: records, rejected: rejected, rng: rng}
	l.fresh()
	for _, s := range stages {
		// At once, or up to some milliseconds further.
		after := time.Duration(0)
		if rng.IntN(3) == 0 {
			after = time.Duration(rng.IntN(9000)) * time.Microsecond
		}
		dead, code, out, errs := l.importing(fate{Below: s.below, Nth: s.nth, Do: "kill", After: after})
		if dead {
			killed(s.name)
		} else if code != ExitDone {
			t.Fatalf("%d records, %s: exit %d\n%s%s", records, s.name, code, out, errs)
		}
		if l.check(s.name) {
			l.finish()
			l.fresh()
		}
	}
	l.finish()
}

// fresh begins a case.
func (l *life) fresh() {
	l.t.Helper()
	l.dir, l.read = filepath.Join(l.t.TempDir(), "case"), 0
	l.must(ExitDone, "case", "new", l.dir, "--name", "N", "--owner", "O", "--purpose", "P")
}

// finish imports the file once more, unless that was done: the case must be like
// one whose import was never stopped.
func (l *life) finish() {
	l.t.Helper()
	var all struct{ Batches []batchNow }
	l.object(ExitDone, &all, "batches", l.dir)
	if len(all.Batches) == 0 || all.Batches[0].State == "running" {
		l.must(ExitDone, "import", l.dir, l.posts, "--profile", l.profile)
		l.object(ExitDone, &all, "batches", l.dir)
	}
	b := all.Batches[0]
	if len(all.Batches) != 1 || b.Read != l.records || b.Accepted != l.records-l.rejected || b.Rejected != l.rejected || b.Duplicate != 0 || b.State != "done" {
		l.t.Fatalf("%d records: batches are %+v", l.records, all.Batches)
	}
	l.search(b.Accepted)
	l.must(ExitDone, "verify", l.dir)
}

func (l *life) importing(f fate) (killed bool, code int, out, errs string) {
	l.t.Helper()
	return l.live(f, "import", l.dir, l.posts, "--profile", l.profile)
}

// check looks at the case after a kill, and reports whether its batch is done.
func (l *life) check(stage string) bool {
	l.t.Helper()
	l.must(ExitDone, "verify", l.dir)
	var list struct{ Batches []batchNow }
	l.object(ExitDone, &list, "batches", l.dir)
	if len(list.Batches) == 0 {
		return false
	}
	b := list.Batches[0]
	if len(list.Batches) > 1 || b.Read < l.read || b.Read != b.Accepted+b.Duplicate+b.Rejected || b.Duplicate != 0 {
		l.t.Fatalf("%d records, %s: %+v, %d were read before", l.records, stage, list.Batches, l.read)
	}
	l.read = b.Read
	if l.rng.IntN(3) == 0 {
		l.search(b.Accepted)
	}
	if l.rng.IntN(2) == 0 {
		return b.State != "running"
	}
	var now caseNow
	l.object(ExitDone, &now, "case", "info", l.dir)
	if now.Posts != b.Accepted || (now.Interrupted == 1) != (b.State == "running") {
		l.t.Fatalf("%d records, %s: the case has %+v, the batch %+v", l.records, stage, now, b)
	}
	return b.State != "running"
}

// search finds as many posts as there are, by a word and by everything else.
func (l *life) search(posts int) {
	l.t.Helper()
	for _, q := range []string{"kettle", "kettle OR time:2026"} {
		var page struct{ Total, Unindexed int }
		l.object(ExitDone, &page, "search", l.dir, q, "--limit", "0")
		if page.Total != posts || page.Unindexed != 0 {
			l.t.Fatalf("%d records: %q finds %+v of %d posts", l.records, q, page, posts)
		}
	}
}

// TestKillOutputs kills the making of the index, of enrichments, of reports and
// of exports: the case stays whole, and no half file bears the name.
func TestKillOutputs(t *testing.T) {
	r, dir, _, profile := newRunner(t)
	const records = 1200
	posts, rejected := killLines(t, records)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	r.must(ExitDone, "import", dir, posts, "--profile", profile)
	l := &life{runner: r, dir: dir, records: records}
	outputs := t.TempDir()
	pdf, csv := filepath.Join(outputs, "r.pdf"), filepath.Join(outputs, "p.csv")
	rng := rand.New(rand.NewPCG(5, 5))
	for round := range 3 {
		for _, x := range []struct {
			fate
			args []string
		}{
			{fate{Below: "waitIndexed", Nth: 1 + round%2}, []string{"reindex", dir}},
			{fate{Below: "ReplaceEnrichments", Nth: 1}, []string{"enrich", dir}},
			{fate{Below: "SaveRun", Nth: 1 + 3*round}, []string{"report", dir, "-o", pdf}},
			{fate{Below: "Session).Report", Nth: 12 + round}, []string{"report", dir, "-o", pdf, "--lang", "es"}},
			{fate{Below: "Session).Export", Nth: 1}, []string{"export", dir, "-o", csv}},
		} {
			x.Do, x.After = "kill", time.Duration(rng.IntN(40*round+1))*time.Millisecond
			killed, code, out, errs := r.live(x.fate, x.args...)
			if !killed && code != ExitDone {
				t.Fatalf("%s: exit %d\n%s%s", x.args[0], code, out, errs)
			}
			r.must(ExitDone, "verify", dir)
			l.search(records - rejected)
			whole(t, pdf, "%PDF-", "%%EOF")
			whole(t, csv, "id,", "\n")
		}
	}
	r.must(ExitDone, "report", dir, "-o", pdf)
	r.must(ExitDone, "export", dir, "-o", csv)
	whole(t, pdf, "%PDF-", "%%EOF")
	if b, err := os.ReadFile(csv); err != nil || bytes.Count(b, []byte("x:")) < records-rejected {
		t.Errorf("the export has %d bytes: %v", len(b), err)
	}
}

// whole checks that a file is absent or complete.
func whole(t *testing.T, path, begins, ends string) {
	t.Helper()
	b, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return
	}
	b = bytes.TrimPrefix(b, []byte("\ufeff"))
	if err != nil || !bytes.HasPrefix(b, []byte(begins)) || !bytes.HasSuffix(bytes.TrimRight(b, " \r\n"), []byte(strings.TrimSpace(ends))) {
		t.Errorf("%s is half a file of %d bytes: %v", filepath.Base(path), len(b), err)
	}
}

// TestTwoPrograms: beside a program that imports, a second writer is told who
// holds the case, readers read, and a lock whose holder was killed is free.
func TestTwoPrograms(t *testing.T) {
	r, dir, first, profile := newRunner(t)
	posts, rejected := killLines(t, 500)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	r.must(ExitAttention, "import", dir, first, "--profile", profile, "--strict")
	cmd := r.command(fate{Below: "casefile.(*Case).Append", Nth: 1, Do: "hold"}, "import", dir, posts, "--profile", profile)
	in, err := cmd.StdinPipe()
	if err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || line != "held\n" {
		t.Fatalf("the child said %q: %v", line, err)
	}
	holder := fmt.Sprintf("process %d", cmd.Process.Pid)
	for _, args := range [][]string{{"import", dir, posts}, {"star", dir, "1"}, {"reindex", dir}, {"export", dir, "-o", filepath.Join(t.TempDir(), "x.csv")}} {
		code, _, errs := r.run(args...)
		if code != ExitFailed || !strings.Contains(errs, holder) || !strings.Contains(errs, "child") {
			t.Errorf("%s beside a writer: exit %d, %q", args[0], code, errs)
		}
	}
	var now caseNow
	r.object(ExitDone, &now, "case", "info", dir)
	var page struct{ Total int }
	r.object(ExitDone, &page, "search", dir, "kettle")
	if now.Posts != 2 || page.Total != 2 {
		t.Errorf("a reader sees %+v and finds %d", now, page.Total)
	}
	for _, args := range [][]string{{"show", dir, "1"}, {"raw", dir, "1"}, {"batches", dir}, {"rejects", dir}, {"log", dir}, {"runs", dir}, {"verify", dir}} {
		r.must(ExitDone, args...)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait() // it was killed
	_ = in.Close()
	var got struct{ Batches []batchNow }
	r.object(ExitDone, &got, "import", dir, posts, "--profile", profile)
	if b := got.Batches[0]; b.Read != 500 || b.Rejected != rejected || b.Accepted+b.Duplicate != 500-rejected {
		t.Errorf("after the holder was killed: %+v", b)
	}
	r.must(ExitDone, "verify", dir)
}
