package app

import (
	"context"
	"encoding/json"
	"fmt"
	"net/url"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"vedette/backend/importer/table"
	"vedette/backend/workspace"
)

// TestMappingOffersFieldsThatThereAre holds the page's list of fields to those that
// a profile may map.
func TestMappingOffersFieldsThatThereAre(t *testing.T) {
	source, err := os.ReadFile("../frontend/src/features/listen/mapping.ts")
	if err != nil {
		t.Fatal(err)
	}
	list := regexp.MustCompile(`(?s)export const FIELDS = \{(.*?)\}`).FindStringSubmatch(string(source))
	fields := regexp.MustCompile(`(?m)^  '?([\w.]+)'?: '`).FindAllStringSubmatch(list[1], -1)
	if len(fields) < 40 {
		t.Fatalf("found %d fields", len(fields))
	}
	for _, f := range fields {
		one := fmt.Sprintf(`{"name":"n","platform":"web","fields":{"text":"a",%q:"a"}}`, f[1])
		if _, err := table.ParseProfile([]byte(one)); err != nil {
			t.Errorf("%s: %v", f[1], err)
		}
	}
}

// chosenFile is a file that the user has chosen in the dialog.
func chosenFile(t *testing.T, h *host, name, data string) *Files {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	f, err := h.chosen([]string{path})
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestMappingThroughTheWindow(t *testing.T) {
	h, sh := withPosts(t, "text")
	l := &ListenService{h}
	files := chosenFile(t, h, "harbour.csv", "ref,when,said\nh1,03/04/2025 10:00,The ferry is late this morning\nh2,04/04/2025 10:00,No ferry at all this morning\n")
	g, err := l.GuessProfile(files.Token, 0, ImportOptions{})
	if err != nil || len(g.Columns) != 3 {
		t.Fatalf("%+v, %v", g, err)
	}
	if _, err := l.GuessProfile(files.Token, 7, ImportOptions{}); problem(err).Code != "file_not_found" {
		t.Errorf("a file that was not chosen: %v", err)
	}
	if _, err := l.GuessProfile("none", 0, ImportOptions{}); problem(err).Code != "bad_token" {
		t.Errorf("a token that was not issued: %v", err)
	}
	b, err := json.Marshal(g)
	if err != nil || !strings.Contains(string(b), `"profile":{"name":"harbour"`) {
		t.Errorf("the page receives %s, %v", b, err)
	}
	if _, err := l.TryProfile(files.Token, 0, ImportOptions{Profile: `{"name":"x"}`}); problem(err).Code != "profile_invalid" {
		t.Errorf("a profile that is none: %v", err)
	}
	trial, err := l.TryProfile(files.Token, 0, ImportOptions{Profile: string(g.Profile)})
	if err != nil || trial.Accepted != 2 || len(trial.Posts) != 2 {
		t.Errorf("%+v, %v", trial, err)
	}
	saved, err := l.SaveProfile(string(g.Profile))
	if err != nil || saved.Label != "harbour/1" {
		t.Fatalf("%+v, %v", saved, err)
	}
	look, err := l.Inspect(files.Token, ImportOptions{})
	if err != nil || look.Files[0].Profile != "harbour/1" || look.Files[0].Dates == nil || look.Overview.Records != 2 {
		t.Errorf("%+v, %v", look, err)
	}
	sh.choice = filepath.Join(t.TempDir(), "given")
	if name, err := l.ExportProfile("harbour", "Export"); err != nil || name != "given.json" {
		t.Errorf("exported %q, %v", name, err)
	}
	if err := l.RemoveProfile("harbour"); err != nil {
		t.Error(err)
	}
	sh.choice += ".json"
	given, err := l.OpenProfile("Open")
	if err != nil || !strings.Contains(given, `"name": "harbour"`) {
		t.Errorf("opened %q, %v", given, err)
	}
	all, err := l.Profiles()
	if err != nil || len(all) == 0 || all[0].File != "" {
		t.Errorf("%d profiles, %v", len(all), err)
	}
}

func TestRejectsThroughTheWindow(t *testing.T) {
	h, sh := screens(t)
	l := &ListenService{h}
	files := chosenFile(t, h, "posts.jsonl", `{"id":"t3_b1","name":"t3_b1","author":"Cox","title":"Bridge","selftext":"open again","subreddit":"rowing","subreddit_id":"t5_1","created_utc":1675242000,"permalink":"/r/rowing/comments/b1/x/"}`+"\n{broken \xff\n")
	var res workspace.ImportResult
	err := h.withCase(func(ctx context.Context, s *workspace.Session) error {
		paths, err := h.tokens.all(files.Token)
		if err == nil {
			res, err = s.Import(ctx, workspace.ImportRequest{Paths: paths, Format: "reddit"}, nil)
		}
		return err
	})
	if err != nil || res.Batches[0].Rejected != 1 {
		t.Fatalf("%+v, %v", res, err)
	}
	batch := res.Batches[0].ID
	raw := get(t, h, "/data/reject", url.Values{"batch": {fmt.Sprint(batch)}, "seq": {"1"}, "limit": {"100"}})
	if string(raw.body) != "{broken \xff\n" || raw.header.Get("X-Vedette-Size") != "10" || raw.header.Get("X-Vedette-Exact") != "true" {
		t.Errorf("%q %v", raw.body, raw.header)
	}
	if none := get(t, h, "/data/reject", url.Values{"batch": {"99"}}); none.header.Get("X-Vedette-Problem") == "" {
		t.Errorf("a batch that is not there gives %q", none.body)
	}
	out := filepath.Join(t.TempDir(), "rejects.jsonl")
	sh.answers = [][]string{{out}}
	id, err := l.ExportRejects(batch, "Export")
	if j := sh.done(t, id, err); j.State != workspace.JobDone {
		t.Errorf("the export %+v", j)
	}
	if b, err := os.ReadFile(out); err != nil || !strings.Contains(string(b), `"raw_base64"`) {
		t.Errorf("exported %s, %v", b, err)
	}
	id, err = l.Retry(batch, ImportOptions{})
	sh.done(t, id, err)
	list, err := l.Batches()
	if last := list[len(list)-1]; err != nil || last.Read != 1 || last.Rejected != 1 || last.Accepted != 0 {
		t.Errorf("read again %+v, %v", last, err)
	}
}
