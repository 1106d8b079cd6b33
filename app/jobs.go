package app

import (
	"context"

	"vedette/backend/workspace"
)

// eventJobs tells the page of every change of a job, and of progress at most ten
// times a second.
const eventJobs = "jobs" // a workspace.Job

// JobsService lists and steers the long pieces of work of the open case.
type JobsService struct{ host *host }

// jobFunc is work of a job on the open case.
type jobFunc func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error)

// startJob begins work in the background and returns the job's id. Closing the
// case ends it.
func (h *host) startJob(kind, label string, work jobFunc) (string, error) {
	var id string
	err := h.withCase(func(ctx context.Context, s *workspace.Session) error {
		h.tellJobs(ctx, s)
		var err error
		id, err = s.StartJob(kind, label, func(ctx context.Context, progress workspace.ProgressFunc) (any, error) {
			return work(ctx, s, progress)
		})
		return wrap("start the job", err)
	})
	return id, err
}

// tellJobs makes the page hear of the session's jobs. The listener must not ask
// the host for anything: it is called while the case is being closed, too.
func (h *host) tellJobs(ctx context.Context, s *workspace.Session) {
	s.OnJob(func(j workspace.Job) { h.shell.Emit(ctx, eventJobs, j) })
}

// List gives the jobs of the case, latest first, with those of earlier sessions.
func (j *JobsService) List() ([]workspace.Job, error) {
	list := []workspace.Job{}
	err := j.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Jobs(ctx)
		list = append(list, got...)
		return wrap("list jobs", err)
	})
	return list, err
}

// Cancel asks a job to stop; it stays in the list.
func (j *JobsService) Cancel(id string) error {
	return j.host.withCase(func(_ context.Context, s *workspace.Session) error {
		return wrap("cancel job", s.CancelJob(id))
	})
}

// Resume goes on with interrupted imports in a new job, whose id it returns. id
// is the job that was interrupted, or empty for whatever is left over.
func (j *JobsService) Resume(id string) (string, error) {
	var next string
	err := j.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		j.host.tellJobs(ctx, s)
		var err error
		next, err = s.ResumeJob(ctx, id)
		return wrap("resume job", err)
	})
	return next, err
}

// Verify recomputes the open case's custody in a job; its result is a
// workspace.Verification.
func (j *JobsService) Verify() (string, error) {
	return j.host.startJob(workspace.JobVerify, "", func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		v, err := s.Verify(ctx, progress)
		return v, wrap("verify the case", err)
	})
}

// Enrich understands every post again with this version's engine, in a job; its
// result is the number of posts.
func (j *JobsService) Enrich() (string, error) {
	return j.host.startJob(workspace.JobEnrich, "", func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		n, err := s.Enrich(ctx, progress)
		return n, wrap("understand the posts again", err)
	})
}
