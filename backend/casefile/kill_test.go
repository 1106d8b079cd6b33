package casefile

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
)

// The test binary runs itself as a child that imports into a case and prints
// one line for everything that was acknowledged to it; the parent kills it.
const (
	childCase   = "VEDETTE_TEST_CHILD_CASE"
	childConfig = "VEDETTE_TEST_CHILD_CONFIG"
	childHold   = "VEDETTE_TEST_CHILD_HOLD"
)

func TestMain(m *testing.M) {
	if dir := os.Getenv(childCase); dir != "" {
		if err := child(dir, os.Getenv(childConfig), os.Getenv(childHold) != ""); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(1)
		}
		os.Exit(0)
	}
	os.Exit(m.Run())
}

// killSource is what every child imports: it never ends by itself.
func killSource(n int) *source {
	var s source
	for i := range n {
		switch {
		case i%17 == 5:
			s.line(nil, &model.Reject{Code: "bad_json", Reason: "broken"})
		case i%13 == 7:
			s.line(plainPost(fmt.Sprint(i/2)), nil) // often a duplicate
		default:
			s.line(plainPost(fmt.Sprint(i)), nil)
		}
	}
	return &s
}

const killRecords = 12_000

// child opens a case, resumes the batch that was interrupted or begins one, and
// appends until it is killed.
func child(dir, config string, hold bool) error {
	ctx := context.Background()
	c, err := Open(ctx, dir, Options{Actor: "child", ConfigDir: config})
	if err != nil {
		return err
	}
	fmt.Println("open", c.LogSize())
	if hold {
		_, err := io.Copy(io.Discard, os.Stdin)
		return errors.Join(err, c.Close())
	}
	s := killSource(killRecords)
	running, err := c.Interrupted(ctx)
	if err != nil {
		return err
	}
	var b model.Batch
	if len(running) > 0 {
		b = running[0]
	} else {
		cont, err := c.StoreContainer(ctx, "kill.jsonl", strings.NewReader(string(s.data)), nil)
		if err != nil {
			return err
		}
		b, err = c.BeginBatch(ctx, model.Batch{File: "kill.jsonl", Container: cont.SHA256, Format: "test", Version: "1"})
		if err != nil {
			return err
		}
	}
	for at := int(b.Read); at < len(s.records); {
		n := min(1+(at*7)%40, len(s.records)-at)
		if _, err := c.Append(ctx, b.ID, s.items(b, at, at+n)); err != nil {
			return err
		}
		at += n
		fmt.Println("read", at)
		fmt.Println("log", c.LogSize())
	}
	return c.Close()
}

// killed runs a child, kills it after it acknowledged some lines and a random
// moment more, and returns the last record and log size that it acknowledged.
func (w *world) killed(rng *rand.Rand) (read, log int64) {
	w.t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childCase+"="+w.dir, childConfig+"="+w.config)
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	w.must(err)
	w.must(cmd.Start())
	lines, stop := 0, rng.IntN(7)
	sc := bufio.NewScanner(out)
	for sc.Scan() {
		name, num, _ := strings.Cut(sc.Text(), " ")
		n, err := strconv.ParseInt(num, 10, 64)
		if err != nil {
			continue // cut off by the kill
		}
		switch name {
		case "read":
			read = n
		case "log", "open":
			log = n
		}
		if lines == stop {
			// The kill comes at a moment of its own, while the child works on.
			time.AfterFunc(time.Duration(rng.IntN(8000))*time.Microsecond, func() { _ = cmd.Process.Kill() })
		}
		lines++
	}
	err = cmd.Wait()
	var exit *exec.ExitError
	if !errors.As(err, &exit) || exit.ExitCode() == 1 {
		w.t.Fatalf("the child was not killed: %v", err)
	}
	return read, log
}

// TestKill kills an importing process a hundred times. Nothing that was
// acknowledged may be lost, nothing may be half there, and the import goes on.
func TestKill(t *testing.T) {
	w := newWorld(t)
	w.close()
	rng := rand.New(rand.NewPCG(7, 8))
	var read int64
	for round := range 100 {
		r, log := w.killed(rng)
		read = max(read, r)
		c, err := Open(context.Background(), w.dir, Options{Actor: "parent", ConfigDir: w.config, ReadOnly: round%2 == 0})
		if err != nil {
			t.Fatalf("round %d: %v", round, err)
		}
		if c.LogSize() < log || len(c.Findings()) > 0 {
			t.Fatalf("round %d: log has %d records, %d were acknowledged; findings %+v", round, c.LogSize(), log, c.Findings())
		}
		batches, err := c.Batches(context.Background())
		w.must(err)
		if len(batches) > 1 || (len(batches) == 1 && batches[0].Read < read) {
			t.Fatalf("round %d: batches are %+v; %d records were acknowledged", round, batches, read)
		}
		w.must(c.Close())
		if round%10 == 9 {
			if r := w.verify(); !r.OK {
				t.Fatalf("round %d: findings %+v", round, r.Findings)
			}
		}
	}
	if read == 0 {
		t.Fatal("no child got as far as appending")
	}
	w.finishKilled()
}

// finishKilled resumes the batch one last time and compares the case with one
// that was never interrupted.
func (w *world) finishKilled() {
	w.t.Helper()
	ctx := context.Background()
	w.reopen()
	running, err := w.c.Interrupted(ctx)
	w.must(err)
	if len(running) != 1 {
		w.t.Fatalf("%d batches are interrupted", len(running))
	}
	b := running[0]
	s := killSource(int(b.Read) + 500)
	_, err = w.c.Append(ctx, b.ID, s.items(b, int(b.Read), len(s.records)))
	w.must(err)
	_, err = w.c.FinishBatch(ctx, b)
	w.must(err)
	counts, err := w.c.Counts(ctx)
	w.must(err)
	whole := newWorld(w.t)
	whole.load("kill.jsonl", s, 1000)
	want, err := whole.c.Counts(ctx)
	w.must(err)
	if counts.Posts != want.Posts || counts.Sightings != want.Sightings || counts.Rejects != want.Rejects {
		w.t.Errorf("after kills the case has %+v, without %+v", counts, want)
	}
	w.close()
	w.wantClean()
}

// TestSecondWriter: a second writer is told at once who has the case, a reader
// is let in, and the lock of a killed process is free.
func TestSecondWriter(t *testing.T) {
	w := newWorld(t)
	var s source
	s.line(plainPost("1"), nil)
	w.load("a", &s, 1)
	w.close()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), childCase+"="+w.dir, childConfig+"="+w.config, childHold+"=1")
	_, err := cmd.StdinPipe()
	w.must(err)
	out, err := cmd.StdoutPipe()
	w.must(err)
	w.must(cmd.Start())
	if _, err := bufio.NewReader(out).ReadString('\n'); err != nil {
		t.Fatal(err)
	}
	_, err = Open(context.Background(), w.dir, w.options())
	if faultCode(err) != CodeLocked || !strings.Contains(err.Error(), "child") || !strings.Contains(err.Error(), fmt.Sprint(cmd.Process.Pid)) {
		t.Errorf("a second writer got %v", err)
	}
	o := w.options()
	o.ReadOnly = true
	c, err := Open(context.Background(), w.dir, o)
	w.must(err)
	if v, err := c.Posts(context.Background(), []int64{1}); err != nil || len(v) != 1 {
		t.Errorf("a reader beside the writer got %v, %v", v, err)
	}
	if err := c.ChangeMarks(context.Background(), []int64{1}, MarkChange{}); faultCode(err) != CodeReadOnly {
		t.Errorf("writing through a reader gave %v", err)
	}
	w.must(c.Close())
	w.must(cmd.Process.Kill())
	if err := cmd.Wait(); err == nil {
		t.Error("the child ended by itself")
	}
	if _, err := os.Stat(filepath.Join(w.dir, holderFile)); err != nil {
		t.Errorf("the killed process cleaned up: %v", err)
	}
	w.reopen()
	w.close()
	w.wantClean()
}
