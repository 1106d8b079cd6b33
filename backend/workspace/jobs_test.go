package workspace

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"sync"
	"testing"

	"vedette/backend/model"
)

// watch makes a channel of the states that jobs reach.
func watch(s *Session) <-chan Job {
	ch := make(chan Job, 4096)
	s.OnJob(func(j Job) { ch <- j })
	return ch
}

// ended waits until a job has ended.
func ended(t *testing.T, ch <-chan Job, id string) Job {
	t.Helper()
	for {
		select {
		case j := <-ch:
			if j.ID == id && j.State.ended() {
				return j
			}
		case <-t.Context().Done():
			t.Fatal("the job did not end")
		}
	}
}

func TestJobRunsAndTells(t *testing.T) {
	d := newTestDesk(t)
	s := newTestSession(t, d)
	events := watch(s)
	path := writeLines(t, 0, 60)
	id, err := s.StartJob(JobImport, "posts", func(ctx context.Context, p ProgressFunc) (any, error) {
		return s.Import(ctx, ImportRequest{Paths: []string{path}, Profile: []byte(testProfile)}, p)
	})
	if err != nil {
		t.Fatal(err)
	}
	j := ended(t, events, id)
	res, ok := j.Result.(ImportResult)
	if j.State != JobDone || !ok || res.Batches[0].Accepted != 60 || j.Progress == nil || j.Started.IsZero() || j.Finished.Before(j.Started) {
		t.Fatalf("the job ended as %+v", j)
	}
	bad, err := s.StartJob(JobReport, "report", func(context.Context, ProgressFunc) (any, error) {
		return nil, fmt.Errorf("write: %w", &model.Fault{Code: "disk_full", Params: map[string]string{"message": "the disk is full"}})
	})
	if err != nil {
		t.Fatal(err)
	}
	if j := ended(t, events, bad); j.State != JobFailed || j.Code != "disk_full" || j.Message != "the disk is full" {
		t.Errorf("a job that fails ended as %+v", j)
	}
	broken, err := s.StartJob(JobExport, "export", func(context.Context, ProgressFunc) (any, error) { panic("out of range") })
	if err != nil {
		t.Fatal(err)
	}
	if j := ended(t, events, broken); j.State != JobFailed || j.Message != "the work broke off: out of range" {
		t.Errorf("a job that panics ended as %+v", j)
	}
	closeSession(t, s)
	if _, err := s.StartJob(JobExport, "late", nil); err == nil {
		t.Error("a closed session took a job")
	}
	s, err = d.Open(t.Context(), s.Dir(), false)
	if err != nil {
		t.Fatal(err)
	}
	defer closeSession(t, s)
	list, err := s.Jobs(t.Context())
	if err != nil || len(list) != 3 || list[2].ID != id || list[2].State != JobDone || list[2].Result == nil {
		t.Errorf("after opening again the jobs are %+v, %v", list, err)
	}
}

// TestChangesOfTheCaseTakeTurns: two imports never run together; a queued job is
// cancelled without having begun.
func TestChangesOfTheCaseTakeTurns(t *testing.T) {
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	events := watch(s)
	begun := make(chan struct{})
	block := func(ctx context.Context, _ ProgressFunc) (any, error) {
		close(begun)
		<-ctx.Done()
		return nil, ctx.Err()
	}
	first, err := s.StartJob(JobImport, "first", block)
	if err != nil {
		t.Fatal(err)
	}
	<-begun
	second, err := s.StartJob(JobEnrich, "second", func(context.Context, ProgressFunc) (any, error) {
		t.Error("the second job began beside the first")
		return nil, nil
	})
	if err != nil {
		t.Fatal(err)
	}
	reader, err := s.StartJob(JobAnalyze, "reader", func(context.Context, ProgressFunc) (any, error) { return "ok", nil })
	if err != nil {
		t.Fatal(err)
	}
	if j := ended(t, events, reader); j.State != JobDone {
		t.Errorf("a job that reads ended as %+v", j)
	}
	for _, id := range []string{second, first} {
		if err := s.CancelJob(id); err != nil {
			t.Fatal(err)
		}
		if j := ended(t, events, id); j.State != JobCancelled {
			t.Errorf("cancelled, the job ended as %+v", j)
		}
	}
	var f *model.Fault
	if err := s.CancelJob("none"); !errors.As(err, &f) || f.Code != "job_not_found" {
		t.Errorf("an unknown job gives %v", err)
	}
	if err := s.CancelJob(first); err != nil {
		t.Errorf("cancelling what has ended gives %v", err)
	}
}

// TestImportIsResumedAsAJob: an import that closing the case interrupts can be
// resumed by a job of the next session, and nothing is read twice.
func TestImportIsResumedAsAJob(t *testing.T) {
	d := newTestDesk(t)
	s := newTestSession(t, d)
	path := writeLines(t, 0, 25_000)
	stored := make(chan struct{})
	var once sync.Once
	id, err := s.StartJob(JobImport, "posts", func(ctx context.Context, _ ProgressFunc) (any, error) {
		return s.Import(ctx, ImportRequest{Paths: []string{path}, Profile: []byte(testProfile), NoIndex: true}, func(p Progress) {
			if p.Stage == "records" {
				once.Do(func() { close(stored) })
				<-ctx.Done()
			}
		})
	})
	if err != nil {
		t.Fatal(err)
	}
	<-stored
	closeSession(t, s)
	if s, err = d.Open(t.Context(), s.Dir(), false); err != nil {
		t.Fatal(err)
	}
	defer closeSession(t, s)
	list, err := s.Jobs(t.Context())
	if err != nil || len(list) != 1 || list[0].ID != id || list[0].State != JobInterrupted || !list[0].Resumable {
		t.Fatalf("the jobs are %+v, %v", list, err)
	}
	before := s.view().Len()
	if before == 0 || before == 25_000 {
		t.Fatalf("%d posts were stored before the interruption", before)
	}
	events := watch(s)
	again, err := s.ResumeJob(t.Context(), id)
	if err != nil {
		t.Fatal(err)
	}
	if j := ended(t, events, again); j.State != JobDone || j.Label != "posts" {
		t.Fatalf("resumed, the job ended as %+v", j)
	}
	if n := total(t, s, ""); n != 25_000 {
		t.Errorf("%d posts after resuming", n)
	}
	var f *model.Fault
	if _, err := s.ResumeJob(t.Context(), ""); !errors.As(err, &f) || f.Code != "nothing_to_resume" {
		t.Errorf("with nothing left over it gives %v", err)
	}
	if list, err = s.Jobs(t.Context()); err != nil || len(list) != 2 || list[1].Resumable {
		t.Errorf("afterwards the jobs are %+v, %v", list, err)
	}
}

func TestJobsThatWereKilledAreInterrupted(t *testing.T) {
	d := newTestDesk(t)
	s := newTestSession(t, d)
	dir, file := s.Dir(), s.jobs.file
	closeSession(t, s)
	many := `{"id":"a","kind":"import","label":"x","state":"running","created":"2026-01-01T00:00:00Z"}`
	for i := range maxJobs + 50 {
		many += fmt.Sprintf(`,{"id":"b%d","kind":"report","label":"x","state":"done","created":"2026-01-01T00:00:00Z"}`, i)
	}
	if err := os.WriteFile(file, []byte("["+many+"]"), 0o600); err != nil {
		t.Fatal(err)
	}
	look, err := d.Open(t.Context(), dir, true)
	if err != nil {
		t.Fatal(err)
	}
	if list, err := look.Jobs(t.Context()); err != nil || len(list) != maxJobs+50 {
		t.Errorf("a read-only session lists %d jobs, %v", len(list), err)
	}
	closeSession(t, look)
	if s, err = d.Open(t.Context(), dir, false); err != nil {
		t.Fatal(err)
	}
	list, err := s.Jobs(t.Context())
	if err != nil || list[len(list)-1].State != JobInterrupted || list[len(list)-1].Resumable {
		t.Errorf("the job that was killed is %+v, %v", list[len(list)-1], err)
	}
	events := watch(s)
	for _, kind := range []string{JobPreview, JobExport} {
		id, err := s.StartJob(kind, "now", func(context.Context, ProgressFunc) (any, error) { return nil, nil })
		if err != nil {
			t.Fatal(err)
		}
		ended(t, events, id)
	}
	closeSession(t, s)
	kept, err := readJobs(file)
	if err != nil || len(kept) != maxJobs-1 || kept[len(kept)-1].Kind != JobExport {
		t.Errorf("%d jobs were kept, %v", len(kept), err)
	}
	if err := os.WriteFile(file, []byte("{broken"), 0o600); err != nil {
		t.Fatal(err)
	}
	if s, err = d.Open(t.Context(), dir, false); err != nil {
		t.Fatalf("a damaged list of jobs keeps the case shut: %v", err)
	}
	closeSession(t, s)
	if filepath.Base(filepath.Dir(file)) != "jobs" {
		t.Errorf("jobs are kept in %s", file)
	}
}
