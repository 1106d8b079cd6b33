package app

import (
	"bytes"
	"context"
	"encoding/json"
	"image"
	"image/png"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (f *fakeShell) ChooseFiles(context.Context, string) ([]string, error) {
	return []string{f.choice}, nil
}

func (f *fakeShell) SaveFile(context.Context, string, string, string) (string, error) {
	return f.choice, nil
}

func (f *fakeShell) OnDrop(context.Context, func([]string)) {}

// scriptShell answers dialogs with queued paths and hands events on, from any
// goroutine.
type scriptShell struct {
	answers [][]string // taken by one goroutine
	saved   []string   // names that save dialogs proposed
	drop    func([]string)
	jobs    chan workspace.Job
	files   chan any
}

func (s *scriptShell) next() []string {
	if len(s.answers) == 0 {
		return nil
	}
	a := s.answers[0]
	s.answers = s.answers[1:]
	return a
}

func (s *scriptShell) one() string {
	if a := s.next(); len(a) > 0 {
		return a[0]
	}
	return ""
}

func (s *scriptShell) ChooseFolder(context.Context, string) (string, error)  { return s.one(), nil }
func (s *scriptShell) ChooseFiles(context.Context, string) ([]string, error) { return s.next(), nil }
func (s *scriptShell) OnDrop(_ context.Context, fn func([]string))           { s.drop = fn }
func (s *scriptShell) SetTitle(context.Context, string)                      {}

func (s *scriptShell) SaveFile(_ context.Context, _, name, _ string) (string, error) {
	s.saved = append(s.saved, name)
	return s.one(), nil
}

func (s *scriptShell) Emit(_ context.Context, event string, data any) {
	switch v := data.(type) {
	case workspace.Job:
		if event == eventJobs {
			s.jobs <- v
		}
	default:
		if event == eventFiles {
			s.files <- v
		}
	}
}

// done waits until a job has ended.
func (s *scriptShell) done(t *testing.T, id string, err error) workspace.Job {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	for {
		select {
		case j := <-s.jobs:
			if j.ID == id && !j.Finished.IsZero() {
				return j
			}
		case <-t.Context().Done():
			t.Fatal("the job did not end")
		}
	}
}

// screens gives a host with an open, empty case.
func screens(t *testing.T) (*host, *scriptShell) {
	t.Helper()
	sh := &scriptShell{jobs: make(chan workspace.Job, 4096), files: make(chan any, 16)}
	h := newHost(Options{Desk: workspace.DeskOptions{
		ConfigDir: t.TempDir(), Actor: "tester", Now: func() time.Time { return time.Date(2025, 3, 1, 9, 0, 0, 0, time.UTC) },
	}}, sh)
	h.start(t.Context())
	h.listenForDrops(t.Context())
	t.Cleanup(func() {
		if err := h.stop(context.Background()); err != nil {
			t.Error(err)
		}
	})
	sh.answers = [][]string{{t.TempDir()}}
	c := &CaseService{h}
	folder, err := c.ChooseFolder("")
	if err != nil {
		t.Fatal(err)
	}
	if _, err := c.Create(folder.Token, form); err != nil {
		t.Fatal(err)
	}
	return h, sh
}

// posts writes a file with three posts, one of which has no id.
func posts(t *testing.T) string {
	t.Helper()
	line := func(id, text string) string {
		return `{"id":"` + id + `","name":"t3_` + id + `","author":"Cox","author_fullname":"t2_c","title":"Bridge","selftext":"` + text +
			`","subreddit":"rowing","subreddit_id":"t5_1","created_utc":1675242000,"score":3,"num_comments":1,"permalink":"/r/rowing/comments/` + id +
			`/x/","url":"https://www.reddit.com/r/rowing/comments/` + id + `/x/"}` + "\n"
	}
	path := filepath.Join(t.TempDir(), "posts.jsonl")
	if err := os.WriteFile(path, []byte(line("a1", "good")+line("a2", "awful")+"{broken\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// imported gives a case with the two posts that can be read.
func imported(t *testing.T) (*host, *scriptShell) {
	t.Helper()
	h, sh := screens(t)
	l := &ListenService{h}
	sh.answers = [][]string{{posts(t)}}
	files, err := l.ChooseFiles("")
	if err != nil {
		t.Fatal(err)
	}
	id, err := l.Import(files.Token, ImportOptions{Source: model.Source{Mode: model.ModeOpen}})
	if j := sh.done(t, id, err); j.State != workspace.JobDone {
		t.Fatalf("the import ended as %+v", j)
	}
	return h, sh
}

func TestListenInspectsAndImports(t *testing.T) {
	h, sh := screens(t)
	l := &ListenService{h}
	if f, err := l.ChooseFiles(""); err != nil || f != nil {
		t.Errorf("a cancelled dialog gives %+v, %v", f, err)
	}
	path := posts(t)
	sh.drop([]string{path})
	files, ok := (<-sh.files).(*Files)
	if !ok || !slices.Equal(files.Names, []string{"posts.jsonl"}) || files.Count != 1 {
		t.Fatalf("dropping a file told %+v", files)
	}
	look, err := l.Inspect(files.Token, ImportOptions{})
	if err != nil || len(look.Files) != 1 || len(look.Files[0].Posts) != 2 || look.Files[0].Rejected != 1 {
		t.Fatalf("inspecting gives %+v, %v", look, err)
	}
	if b, err := l.Batches(); err != nil || len(b) != 0 {
		t.Errorf("inspecting left %+v, %v", b, err)
	}
	if _, err := l.Inspect(path, ImportOptions{}); problem(err).Code != "bad_token" {
		t.Errorf("inspecting a path gives %v", err)
	}
	if _, err := l.Import(path, ImportOptions{}); problem(err).Code != "bad_token" {
		t.Errorf("importing a path gives %v", err)
	}
	id, err := l.Import(files.Token, ImportOptions{Profile: "{"})
	if j := sh.done(t, id, err); j.State != workspace.JobFailed || j.Code != "profile_invalid" {
		t.Errorf("with a broken profile the job ended as %+v", j)
	}
	id, err = l.Import(files.Token, ImportOptions{})
	if j := sh.done(t, id, err); j.State != workspace.JobDone || j.Label != "posts.jsonl" {
		t.Errorf("the import ended as %+v", j)
	}
	page, err := l.Rejects(0, 0, 1)
	if err != nil || len(page.Rejects) != 1 || page.Next == 0 {
		t.Fatalf("rejects are %+v, %v", page, err)
	}
	if page, err = l.Rejects(0, page.Next, 1); err != nil || len(page.Rejects) != 0 || page.Next != 0 {
		t.Errorf("behind them are %+v, %v", page, err)
	}
	jobs, err := (&JobsService{h}).List()
	if err != nil || len(jobs) != 2 || jobs[0].ID != id {
		t.Errorf("the jobs are %+v, %v", jobs, err)
	}
	if _, err := (&JobsService{h}).Resume(""); problem(err).Code != "nothing_to_resume" {
		t.Errorf("resuming gives %v", err)
	}
	if err := (&JobsService{h}).Cancel("none"); problem(err).Code != "job_not_found" {
		t.Errorf("cancelling what is not there gives %v", err)
	}
}

func TestListenKeepsWhatIsWatched(t *testing.T) {
	h, sh := screens(t)
	l := &ListenService{h}
	x, err := l.PutSubject(model.Subject{Name: "Bridge", Query: "bridge"})
	if err != nil || x.ID == "" {
		t.Fatalf("the subject is %+v, %v", x, err)
	}
	if err := l.RemoveSubject(x.ID); err != nil {
		t.Fatal(err)
	}
	if _, err := (&HistoryService{h}).Undo(); err != nil {
		t.Fatal(err)
	}
	if list, err := l.Subjects(); err != nil || len(list) != 1 || list[0] != x {
		t.Errorf("subjects are %+v, %v", list, err)
	}
	c, err := l.PutCollector(model.Collector{URL: "https://example.org/feed", ETag: "mine", LastError: "x", EveryMinutes: -3})
	if err != nil || c.ID == "" || c.ETag != "" || c.LastError != "" || c.EveryMinutes != 0 {
		t.Fatalf("the collector is %+v, %v", c, err)
	}
	c.URL, c.Name = "https://example.org/other", "Other"
	if _, err := l.PutCollector(c); err != nil {
		t.Fatal(err)
	}
	if list, err := l.Collectors(); err != nil || len(list) != 1 || list[0].Name != "Other" || !list[0].Created.Equal(c.Created) {
		t.Errorf("collectors are %+v, %v", list, err)
	}
	if _, err := l.PutCollector(model.Collector{ID: "none", URL: "https://example.org/"}); problem(err).Code != "collector_not_found" {
		t.Errorf("changing a collector that is not there gives %v", err)
	}
	id, err := l.Collect([]string{"none"})
	if j := sh.done(t, id, err); j.Code != "collector_not_found" {
		t.Errorf("running it ended as %+v", j)
	}
	if err := l.RemoveCollector(c.ID); err != nil {
		t.Fatal(err)
	}
	if rows, err := l.Ledger(0, 5000); err != nil || len(rows) != 0 {
		t.Errorf("the ledger is %+v, %v", rows, err)
	}
}

func TestManualPostWithScreenshot(t *testing.T) {
	h, sh := screens(t)
	l := &ListenService{h}
	var b bytes.Buffer
	if err := png.Encode(&b, image.NewGray(image.Rect(0, 0, 4, 4))); err != nil {
		t.Fatal(err)
	}
	shot := filepath.Join(t.TempDir(), "shot.png")
	if err := os.WriteFile(shot, b.Bytes(), 0o600); err != nil {
		t.Fatal(err)
	}
	text := posts(t)
	sh.answers = [][]string{{shot}, {text}, {shot, text}}
	post := workspace.ManualPost{Text: "The bridge is closed", URL: "https://example.org/1", Source: model.Source{Mode: model.ModeOpen}}
	files, err := l.ChooseScreenshot("")
	if err != nil {
		t.Fatal(err)
	}
	if batch, err := l.AddManual(post, files.Token); err != nil || batch.Accepted != 1 {
		t.Fatalf("the batch is %+v, %v", batch, err)
	}
	if files, err = l.ChooseScreenshot(""); err != nil {
		t.Fatal(err)
	}
	if _, err := l.AddManual(post, files.Token); problem(err).Code != "bad_screenshot" {
		t.Errorf("a picture that is none gives %v", err)
	}
	if _, err := l.ChooseScreenshot(""); problem(err).Code != "one_file" {
		t.Errorf("two pictures give %v", err)
	}
	if _, err := l.AddManual(post, shot); problem(err).Code != "bad_token" {
		t.Errorf("a path for a token gives %v", err)
	}
}

func TestSituationAndItsPosts(t *testing.T) {
	h, sh := imported(t)
	v := &SituationService{h}
	got, err := v.Situation(model.Selection{}, "es")
	if err != nil || got.Posts != 2 || got.Lang != "es" || len(got.Panels) == 0 {
		t.Fatalf("the situation is %+v, %v", got, err)
	}
	sel := v.Refine(model.Selection{}, *got.Panels[0].Points[0][0])
	res := get(t, h, "/data/search", searchParams(t, workspace.SearchRequest{Selection: sel}))
	var page RowPage
	if err := json.Unmarshal(res.body, &page); err != nil || page.Total != 2 {
		t.Errorf("behind the first bucket are %+v, %v", page, err)
	}
	id, err := v.Record(model.Selection{})
	if j := sh.done(t, id, err); j.State != workspace.JobDone {
		t.Errorf("recording ended as %+v", j)
	}
	if runs, err := v.Runs(); err != nil || len(runs) != 10 {
		t.Errorf("%d runs, %v", len(runs), err)
	}
	if _, err := v.Situation(model.Selection{Query: "(a"}, "en"); problem(err).Code != "query_unclosed_parenthesis" {
		t.Errorf("a broken query gives %v", err)
	}
}

func TestReportIsPreviewedAndSaved(t *testing.T) {
	h, sh := imported(t)
	r := &ReportService{h}
	id, err := r.Preview(workspace.ReportRequest{Lang: "en"})
	j := sh.done(t, id, err)
	p, ok := j.Result.(Preview)
	if !ok {
		t.Fatalf("the preview ended as %+v", j)
	}
	at, err := url.Parse(p.URL)
	if err != nil {
		t.Fatal(err)
	}
	res := get(t, h, at.Path, at.Query())
	if res.header.Get("Content-Type") != "application/pdf" || len(res.body) != p.Bytes || !bytes.HasPrefix(res.body, []byte("%PDF-")) {
		t.Errorf("the page gets %d bytes of %s", len(res.body), res.header.Get("Content-Type"))
	}
	if res := get(t, h, previewPath, url.Values{"token": {"none"}}); res.header.Get("X-Vedette-Problem") == "" {
		t.Errorf("an unknown document is answered by %v", res.header)
	}
	if id, err := r.Save(workspace.ReportRequest{Lang: "en"}, ""); id != "" || err != nil {
		t.Errorf("a cancelled dialog gives %q, %v", id, err)
	}
	dir := t.TempDir()
	sh.answers = [][]string{{filepath.Join(dir, "report")}, {filepath.Join(dir, "report")}, {filepath.Join(dir, "posts.csv")}}
	id, err = r.Save(workspace.ReportRequest{Lang: "en"}, "")
	if j := sh.done(t, id, err); j.State != workspace.JobDone || j.Label != "report.pdf" {
		t.Errorf("saving ended as %+v", j)
	} else if res, ok := j.Result.(workspace.ReportResult); !ok || res.File != "report.pdf" || res.SHA256 == "" {
		t.Errorf("saving gave %+v", j.Result)
	}
	if _, err := os.Stat(filepath.Join(dir, "report.pdf")); err != nil {
		t.Error(err)
	}
	if !slices.Contains(sh.saved, "river-watch.pdf") {
		t.Errorf("the dialogs proposed %v", sh.saved)
	}
	if _, err := r.Save(workspace.ReportRequest{Lang: "en"}, ""); problem(err).Code != "file_exists" {
		t.Errorf("saving over what the dialog did not ask about gives %v", err)
	}
	id, err = r.Export(model.Selection{}, "csv", false, "")
	if j := sh.done(t, id, err); j.State != workspace.JobDone {
		t.Errorf("the export ended as %+v", j)
	}
	if b, err := os.ReadFile(filepath.Join(dir, "posts.csv")); err != nil || strings.Count(string(b), "Cox") < 2 {
		t.Errorf("the export is %q, %v", b, err)
	}
	if _, err := r.Export(model.Selection{}, "exe", false, ""); problem(err).Code != "bad_export_format" {
		t.Errorf("another format gives %v", err)
	}
}

func TestHistoryOfTheDesk(t *testing.T) {
	h, _ := imported(t)
	e, y, l, c := &ExploreService{h}, &HistoryService{h}, &ListenService{h}, &CaseService{h}
	if err := e.Star([]string{"1", "2"}, true); err != nil {
		t.Fatal(err)
	}
	if _, err := e.SaveSearch(model.SavedSearch{Name: "Mine", Selection: model.Selection{Query: "bridge"}}); err != nil {
		t.Fatal(err)
	}
	if err := l.Withdraw(1, true); err != nil {
		t.Fatal(err)
	}
	other := form
	other.Name = "Renamed"
	if info, err := c.UpdateSettings(other); err != nil || info.Meta.Name != "Renamed" {
		t.Fatalf("the case is %+v, %v", info.Meta, err)
	}
	for _, want := range []string{"case_settings", "batch_withdraw", "saved_search_add", "marks_star"} {
		if act, err := y.Undo(); err != nil || act.Code != want {
			t.Fatalf("undone: %+v, %v; want %s", act, err, want)
		}
	}
	if _, err := y.Undo(); problem(err).Code != "nothing_to_undo" {
		t.Errorf("undoing more gives %v", err)
	}
	if list, err := e.SavedSearches(); err != nil || len(list) != 0 {
		t.Errorf("saved searches are %+v, %v", list, err)
	}
	if d, err := e.Post("1"); err != nil || d.Post.Marks.Starred {
		t.Errorf("the post is %+v, %v", d.Post.Marks, err)
	}
	act, err := y.Redo()
	if err != nil || act.Code != "marks_star" || act.Params["posts"] != "2" {
		t.Errorf("done again: %+v, %v", act, err)
	}
	if got, err := y.History(); err != nil || len(got.Acts) != 4 || got.Redo.Code != "saved_search_add" || got.Undo.Code != "marks_star" {
		t.Errorf("the history is %+v, %v", got, err)
	}
}

// TestOpenCaseIsVerified: verification runs beside the open case.
func TestOpenCaseIsVerified(t *testing.T) {
	h, sh := imported(t)
	id, err := (&JobsService{h}).Verify()
	j := sh.done(t, id, err)
	if v, ok := j.Result.(workspace.Verification); !ok || !v.OK || v.Posts != 2 {
		t.Errorf("verifying ended as %+v", j)
	}
	id, err = (&JobsService{h}).Enrich()
	if j := sh.done(t, id, err); j.State != workspace.JobDone || j.Result != int64(2) {
		t.Errorf("understanding again ended as %+v", j)
	}
	if err := (&CaseService{h}).Close(); err != nil {
		t.Fatal(err)
	}
	if _, err := (&JobsService{h}).Verify(); problem(err).Code != "no_case" {
		t.Errorf("without a case it gives %v", err)
	}
}
