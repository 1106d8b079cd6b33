package cli

import (
	"bytes"
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"vedette/backend/workspace"
)

// runner runs commands against a configuration folder of its own.
type runner struct {
	t      *testing.T
	config string
	opened string
}

func (r *runner) run(args ...string) (code int, stdout, stderr string) {
	r.t.Helper()
	var out, errs bytes.Buffer
	code = Execute(context.Background(), args, Env{
		In: strings.NewReader(""), Out: &out, Err: &errs, Desk: workspace.DeskOptions{ConfigDir: r.config, Actor: "tester"},
		Window: func(dir string) error { r.opened = dir; return nil },
	})
	return code, out.String(), errs.String()
}

// must runs a command that has to exit with code, and returns what it printed.
func (r *runner) must(code int, args ...string) string {
	r.t.Helper()
	got, out, errs := r.run(args...)
	if got != code {
		r.t.Fatalf("vedette %s: exit %d, want %d\n%s%s", strings.Join(args, " "), got, code, out, errs)
	}
	return out
}

// object runs a command with --json and reads the one object that it prints.
func (r *runner) object(code int, v any, args ...string) {
	r.t.Helper()
	out := r.must(code, append(args, "--json")...)
	dec := json.NewDecoder(strings.NewReader(out))
	if err := dec.Decode(v); err != nil {
		r.t.Fatalf("vedette %s: not JSON: %v\n%s", strings.Join(args, " "), err, out)
	}
	if dec.More() {
		r.t.Fatalf("vedette %s: more than one JSON object", strings.Join(args, " "))
	}
}

const lines = `{"id":"1234567890123456789","who":"ana","at":"2026-02-01T10:00:00Z","text":"The kettle is awful and dangerous #kettle","likes":3}
{"id":"2","who":"bob","at":"2026-02-02T10:00:00Z","text":"Lovely kettle \u001b[31m","likes":9}
this is not JSON
`

const mapping = `{"name":"t","version":1,"rows":"json","header":["id","who","at","text","likes"],"platform":"x","type":"social","kind":"post",
"fields":{"id":"id","author.handle":"who","created":"at","text":"text","counts.likes":"likes"}}`

func newRunner(t *testing.T) (r *runner, dir, posts, profile string) {
	t.Helper()
	r = &runner{t: t, config: t.TempDir()}
	tmp := t.TempDir()
	posts, profile = filepath.Join(tmp, "posts.ndjson"), filepath.Join(tmp, "mapping.json")
	for path, text := range map[string]string{posts: lines, profile: mapping} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return r, filepath.Join(tmp, "case"), posts, profile
}

func TestTheWholeLoop(t *testing.T) {
	r, dir, posts, profile := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")

	var imported struct {
		Batches []struct {
			Format                              *string
			Profile                             *string
			SHA256                              string
			Read, Accepted, Duplicate, Rejected int
			Reasons                             map[string]int
		}
	}
	r.object(ExitAttention, &imported, "import", dir, posts, "--profile", profile, "--strict")
	b := imported.Batches[0]
	if b.Read != 3 || b.Accepted != 2 || b.Rejected != 1 || b.Format == nil || len(b.SHA256) != 64 || len(b.Reasons) != 1 || b.Profile == nil {
		t.Fatalf("import: %+v", b)
	}
	if out := r.must(ExitDone, "rejects", dir); !strings.Contains(out, "1 rejected record(s)") {
		t.Errorf("rejects: %s", out)
	}

	var page struct {
		Total int
		Posts []map[string]any
	}
	r.object(ExitDone, &page, "search", dir, "kettle sentiment:negative")
	if page.Total != 1 || page.Posts[0]["uid"] != "x:1234567890123456789" {
		t.Fatalf("search: %+v", page)
	}
	if _, there := page.Posts[0]["counts"].(map[string]any)["views"]; there {
		t.Error("a missing count is in the JSON")
	}

	raw := r.must(ExitDone, "raw", dir, "x:1234567890123456789")
	if raw != strings.SplitN(lines, "\n", 2)[0] {
		t.Errorf("raw gave other bytes: %q", raw)
	}

	r.must(ExitDone, "subject", "add", dir, "Kettle", "--query", "kettle")
	r.must(ExitDone, "star", dir, "1")
	r.must(ExitDone, "label", dir, "1", "--add", "worry")
	r.must(ExitDone, "note", dir, "1", "--text", "call the owner")
	r.must(ExitDone, "grade", dir, "1", "--grade", "2")
	r.must(ExitDone, "saved", "add", dir, "bad ones", "sentiment:negative")
	if out := r.must(ExitDone, "search", dir, "starred:true label:worry grade:2", "--limit", "0"); !strings.Contains(out, "1 post(s)") {
		t.Errorf("marks are not found: %s", out)
	}

	var run struct {
		Run struct {
			ID         int
			ResultHash string `json:"result_hash"`
		}
		Result map[string]any
	}
	r.object(ExitDone, &run, "analyze", dir, "volume", "--param", "unit=day")
	if run.Run.ID == 0 || run.Run.ResultHash == "" || run.Result["total"] != 2.0 {
		t.Fatalf("analyze: %+v", run)
	}
	r.must(ExitDone, "rerun", dir, "1")
	r.must(ExitDone, "report", dir, "-o", filepath.Join(t.TempDir(), "r.pdf"), "--lang", "es")
	r.must(ExitDone, "export", dir, "-o", filepath.Join(t.TempDir(), "p.csv"))
	r.must(ExitDone, "batches", "withdraw", dir, "1")
	r.must(ExitAttention, "rerun", dir, "1")
	r.must(ExitDone, "batches", "restore", dir, "1")
	r.must(ExitDone, "enrich", dir)
	r.must(ExitDone, "reindex", dir)
	r.must(ExitDone, "rerun", dir, "1")

	var log struct{ Log []struct{ Action string } }
	r.object(ExitDone, &log, "log", dir)
	if len(log.Log) < 12 {
		t.Errorf("the log has only %d records", len(log.Log))
	}
	var v struct {
		OK    bool
		Claim string
	}
	r.object(ExitDone, &v, "verify", dir)
	if !v.OK || v.Claim != "checkpoint" {
		t.Errorf("verify: %+v", v)
	}
	r.must(ExitDone, "window", dir)
	if r.opened != dir {
		t.Errorf("the window was opened on %q", r.opened)
	}
}

func TestFlippedByteIsNamed(t *testing.T) {
	r, dir, posts, profile := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	r.must(ExitDone, "import", dir, posts, "--profile", profile)
	list, err := filepath.Glob(filepath.Join(dir, "containers", "*"))
	if err != nil || len(list) != 1 {
		t.Fatalf("%v: %v", err, list)
	}
	b, err := os.ReadFile(list[0])
	if err != nil {
		t.Fatal(err)
	}
	b[len(b)/2] ^= 4
	if err := os.Chmod(list[0], 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(list[0], b, 0o600); err != nil {
		t.Fatal(err)
	}
	if out := r.must(ExitAttention, "verify", dir); !strings.Contains(out, "NOT VERIFIED") || !strings.Contains(out, "BROKEN") {
		t.Errorf("verify: %s", out)
	}
}

func TestExitCodesAndMessages(t *testing.T) {
	r, dir, posts, _ := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	for _, c := range []struct {
		code int
		says string
		args []string
	}{
		{ExitUsage, "purpose", []string{"case", "new", dir + "2", "--name", "N", "--owner", "O"}},
		{ExitUsage, "unknown command", []string{"nonsense"}},
		{ExitUsage, "unknown flag", []string{"search", dir, "--nonsense"}},
		{ExitUsage, "platform", []string{"search", dir, "platfrom:x"}},
		{ExitUsage, "not a time zone", []string{"import", dir, posts, "--tz", "Mars/Olympus"}},
		{ExitUsage, "A to F", []string{"import", dir, posts, "--reliability", "Z"}},
		{ExitUsage, "must be a number", []string{"rerun", dir, "first"}},
		{ExitUsage, ".pdf", []string{"report", dir}},
		{ExitFailed, "cannot read", []string{"import", dir, posts + ".gone"}},
		{ExitFailed, "", []string{"case", "info", dir + ".gone"}},
		{ExitFailed, "99", []string{"show", dir, "99"}},
		{ExitAttention, "could not be read", []string{"import", dir, posts}},
	} {
		code, out, errs := r.run(c.args...)
		if code != c.code || !strings.Contains(out+errs, c.says) {
			t.Errorf("vedette %s: exit %d (want %d), said %q (want %q)", strings.Join(c.args, " "), code, c.code, out+errs, c.says)
		}
	}
}

func TestHostileTextDoesNotSteerTheTerminal(t *testing.T) {
	r, dir, posts, profile := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	r.must(ExitDone, "import", dir, posts, "--profile", profile)
	for _, args := range [][]string{{"search", dir, "lovely"}, {"show", dir, "2"}} {
		if out := r.must(ExitDone, args...); strings.Contains(out, "\x1b") {
			t.Errorf("vedette %s sends an escape sequence: %q", args[0], out)
		}
	}
}

func TestEveryCommandExplainsItself(t *testing.T) {
	c := &command{}
	for _, cmd := range c.root().Commands() {
		if cmd.Short == "" {
			t.Errorf("%s says nothing about itself", cmd.Name())
		}
	}
}

func TestTheCaseMayStandBeforeTheSubcommand(t *testing.T) {
	r, dir, posts, profile := newRunner(t)
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	r.must(ExitDone, "import", dir, posts, "--profile", profile)
	r.must(ExitDone, "subject", dir, "add", "Kettle", "--query", "kettle")
	if out := r.must(ExitDone, "subject", dir, "list"); !strings.Contains(out, "Kettle") {
		t.Errorf("subject CASE list: %q", out)
	}
	if out := r.must(ExitDone, "batches", dir, "withdraw", "1"); !strings.HasPrefix(out, "Batch 1 is withdrawn") {
		t.Errorf("batches CASE withdraw: %q", out)
	}
	if out := r.must(ExitDone, "batches", "restore", dir, "1"); !strings.HasPrefix(out, "Batch 1 is back") {
		t.Errorf("batches restore CASE: %q", out)
	}
	var versions struct {
		Versions []struct{ Name, Version string }
	}
	r.object(ExitDone, &versions, "version")
	if len(versions.Versions) == 0 || versions.Versions[0].Name != "vedette" {
		t.Errorf("version: %+v", versions)
	}
}
