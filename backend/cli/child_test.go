package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"vedette/backend/workspace"
)

// The test binary runs itself as the program. What befalls it is told by the
// environment: when the clock is read for the nth time below a function of the
// given name, it is killed, interrupted or held.
const (
	childConfig = "VEDETTE_TEST_CHILD_CONFIG"
	childFate   = "VEDETTE_TEST_CHILD_FATE"
	// childPeak names a file where the child leaves what the system says of its
	// memory when it ends.
	childPeak = "VEDETTE_TEST_CHILD_PEAK"
)

// fate is what befalls a child.
type fate struct {
	Below string // part of a function's name; empty: nothing happens
	Nth   int
	Do    string        // kill, interrupt or hold
	After time.Duration // a moment more, while the child works on
}

func TestMain(m *testing.M) {
	if config := os.Getenv(childConfig); config != "" {
		var f fate
		if err := json.Unmarshal([]byte(os.Getenv(childFate)), &f); err != nil {
			fmt.Fprintln(os.Stderr, err)
			os.Exit(99)
		}
		code := child(config, &f)
		if peak := os.Getenv(childPeak); peak != "" {
			status, err := os.ReadFile("/proc/self/status")
			if err = errors.Join(err, os.WriteFile(peak, status, 0o600)); err != nil {
				fmt.Fprintln(os.Stderr, err)
				code = 98
			}
		}
		os.Exit(code)
	}
	os.Exit(m.Run())
}

// child is the program as main.go makes it, with a clock that brings its fate.
func child(config string, f *fate) int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	var mu sync.Mutex
	seen := 0
	now := func() time.Time {
		mu.Lock()
		defer mu.Unlock()
		if f.Below != "" && below(f.Below) {
			if seen++; seen == f.Nth {
				f.come()
			}
		}
		return time.Now()
	}
	return Execute(ctx, os.Args[1:], Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Terminal: true, // so that progress is told
		Desk: workspace.DeskOptions{ConfigDir: config, Actor: "child", Now: now},
	})
}

// below reports whether a function of that name is being called.
func below(name string) bool {
	var pcs [64]uintptr
	frames := runtime.CallersFrames(pcs[:runtime.Callers(3, pcs[:])])
	for {
		fr, more := frames.Next()
		if strings.Contains(fr.Function, name) {
			return true
		}
		if !more {
			return false
		}
	}
}

func (f *fate) come() {
	self, err := os.FindProcess(os.Getpid())
	if err != nil {
		panic(err)
	}
	switch f.Do {
	case "kill":
		if f.After == 0 {
			_ = self.Kill()
			select {}
		}
		time.AfterFunc(f.After, func() { _ = self.Kill() })
	case "interrupt":
		_ = self.Signal(os.Interrupt)
	case "hold":
		fmt.Println("held")
		_, _ = io.Copy(io.Discard, os.Stdin)
	}
}

// command makes a child that runs a command.
func (r *runner) command(f fate, args ...string) *exec.Cmd {
	r.t.Helper()
	b, err := json.Marshal(f)
	if err != nil {
		r.t.Fatal(err)
	}
	cmd := exec.Command(os.Args[0], args...)
	// The race detector makes a program wait a second before it ends.
	cmd.Env = append(os.Environ(), childConfig+"="+r.config, childFate+"="+string(b), "GORACE=atexit_sleep_ms=0")
	return cmd
}

// live runs a child to its end, and reports whether it was killed.
func (r *runner) live(f fate, args ...string) (killed bool, code int, stdout, stderr string) {
	r.t.Helper()
	cmd := r.command(f, args...)
	var out, errs bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &errs
	err := cmd.Run()
	var exit *exec.ExitError
	if err != nil && !errors.As(err, &exit) {
		r.t.Fatal(err)
	}
	code = cmd.ProcessState.ExitCode()
	if code == 99 || (code == ExitUsage && f.Do == "kill") {
		r.t.Fatalf("vedette %s: %s", strings.Join(args, " "), errs.String())
	}
	return code == -1, code, out.String(), errs.String()
}
