package workspace

import (
	"context"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"sync"
	"time"

	"golang.org/x/sync/semaphore"

	"vedette/backend/model"
)

// The kinds of jobs. A preview is a job like any other, but is forgotten when
// the case is closed.
const (
	JobImport  = "import"
	JobCollect = "collect"
	JobIndex   = "index"
	JobEnrich  = "enrich"
	JobAnalyze = "analyze"
	JobReport  = "report"
	JobPreview = "preview"
	JobExport  = "export"
	JobVerify  = "verify"
)

// JobState is where a job stands.
type JobState string

// The states of a job. Interrupted ones ended with the session or the program.
const (
	JobQueued      JobState = "queued"
	JobRunning     JobState = "running"
	JobDone        JobState = "done"
	JobFailed      JobState = "failed"
	JobCancelled   JobState = "cancelled"
	JobInterrupted JobState = "interrupted"
)

func (s JobState) ended() bool { return s != JobQueued && s != JobRunning }

// Job is one long piece of work in a session. Result is what the work gave, a
// plain value for JSON; also a job that did not end well may have one. Resumable
// says that ResumeJob can go on where an import stopped.
type Job struct {
	ID        string            `json:"id"`
	Kind      string            `json:"kind"`
	Label     string            `json:"label"` // what it works on: a file's name, an analysis
	State     JobState          `json:"state"`
	Created   time.Time         `json:"created"`
	Started   time.Time         `json:"started,omitzero"`
	Finished  time.Time         `json:"finished,omitzero"`
	Progress  *Progress         `json:"progress,omitempty"` // the latest
	Code      string            `json:"code,omitempty"`     // of the fault that ended it
	Message   string            `json:"message,omitempty"`  // the same as an English sentence
	Params    map[string]string `json:"params,omitempty"`
	Result    any               `json:"result,omitempty"`
	Resumable bool              `json:"resumable"`
}

// JobFunc does a job's work. It ends soon after ctx does.
type JobFunc func(ctx context.Context, progress ProgressFunc) (result any, err error)

// readingJobs is how many jobs that only read the case run at once; those that
// change it run one after another.
const readingJobs = 2

// task is a job with what it takes to steer it.
type task struct {
	Job
	cancel   context.CancelFunc
	stopped  bool      // cancelled by the analyst
	lastTold time.Time // when progress was told last
}

// jobs are the long pieces of work of one session.
type jobs struct {
	desk    *Desk
	file    string // where ended jobs are kept; empty: nowhere
	ctx     context.Context
	end     context.CancelFunc
	writing *semaphore.Weighted
	reading *semaphore.Weighted
	running sync.WaitGroup

	mu     sync.Mutex
	tasks  []*task // oldest first
	closed bool
	onJob  func(Job)
	failed error // why the list was not kept, told on closing
}

// OnJob makes fn hear of every change of a job, and of progress at most ten
// times a second. It is called in order, from the jobs' goroutines, and must
// neither ask the session about jobs nor wait for it to close. nil: nobody hears.
func (s *Session) OnJob(fn func(Job)) {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	s.jobs.onJob = fn
}

// StartJob queues work and returns the job's id at once. A closed session takes
// no more: fault "case_closing".
func (s *Session) StartJob(kind, label string, work JobFunc) (string, error) {
	return s.jobs.start(kind, label, work)
}

// start runs work in the background; it outlives the call that asked for it.
func (j *jobs) start(kind, label string, work JobFunc) (string, error) {
	var id [8]byte
	if _, err := j.desk.randRead(id[:]); err != nil {
		return "", err
	}
	j.mu.Lock()
	if j.closed {
		j.mu.Unlock()
		return "", &model.Fault{Code: "case_closing", Params: map[string]string{"message": "the case is being closed"}}
	}
	ctx, cancel := context.WithCancel(j.ctx)
	t := &task{Job: Job{ID: hex.EncodeToString(id[:]), Kind: kind, Label: label, State: JobQueued, Created: j.desk.opt.Now().UTC()}, cancel: cancel}
	j.tasks = append(j.tasks, t)
	j.running.Add(1)
	j.changed(t)
	j.mu.Unlock()
	go func() {
		defer j.running.Done()
		defer cancel()
		j.run(ctx, t, work)
	}()
	return t.ID, nil
}

// run waits for the job's turn and does it.
func (j *jobs) run(ctx context.Context, t *task, work JobFunc) {
	lane := j.reading
	if slices.Contains([]string{JobImport, JobCollect, JobIndex, JobEnrich}, t.Kind) {
		lane = j.writing
	}
	if err := lane.Acquire(ctx, 1); err != nil {
		j.finish(t, nil, fmt.Errorf("wait for its turn: %w", err))
		return
	}
	defer lane.Release(1)
	j.mu.Lock()
	t.State, t.Started = JobRunning, j.desk.opt.Now().UTC()
	j.changed(t)
	j.mu.Unlock()
	result, err := guarded(ctx, func(p Progress) { j.progress(t, p) }, work)
	j.finish(t, result, err)
}

// guarded does the work; work that panics has failed, and the window stays.
func guarded(ctx context.Context, progress ProgressFunc, work JobFunc) (result any, err error) {
	defer func() {
		if r := recover(); r != nil {
			err = fmt.Errorf("the work broke off: %v", r)
		}
	}()
	return work(ctx, progress)
}

// progress notes and tells how a job goes on, at most ten times a second.
func (j *jobs) progress(t *task, p Progress) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t.Progress = &p
	if now := j.desk.opt.Now(); now.Sub(t.lastTold) >= progressEvery {
		t.lastTold = now
		j.tell(t)
	}
}

// finish notes how a job ended.
func (j *jobs) finish(t *task, result any, err error) {
	j.mu.Lock()
	defer j.mu.Unlock()
	t.Finished, t.Result = j.desk.opt.Now().UTC(), result
	switch {
	case err == nil:
		t.State = JobDone
	case t.stopped:
		t.State = JobCancelled
	case j.ctx.Err() != nil:
		t.State = JobInterrupted
	default:
		t.State = JobFailed
	}
	if err != nil {
		t.Message = err.Error()
	}
	var f *model.Fault
	if errors.As(err, &f) {
		t.Code, t.Message, t.Params = f.Code, f.Error(), f.Params
	}
	j.trim()
	j.changed(t)
}

// changed keeps the list and tells of a job; the caller holds mu.
func (j *jobs) changed(t *task) {
	j.failed = j.keep()
	j.tell(t)
}

// tell calls the listener; the caller holds mu, so that events come in order.
func (j *jobs) tell(t *task) {
	if j.onJob != nil {
		j.onJob(t.Job)
	}
}

// CancelJob asks a job to stop; one that has ended stays as it is. An unknown
// one is a fault "job_not_found".
func (s *Session) CancelJob(id string) error {
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	t, err := s.jobs.find(id)
	if err != nil {
		return err
	}
	if !t.State.ended() {
		t.stopped = true
		t.cancel()
	}
	return nil
}

// find looks for a job; the caller holds mu.
func (j *jobs) find(id string) (*task, error) {
	i := slices.IndexFunc(j.tasks, func(t *task) bool { return t.ID == id })
	if i < 0 {
		return nil, &model.Fault{Code: "job_not_found", Params: map[string]string{"job": id, "message": fmt.Sprintf("there is no job %q", id)}}
	}
	return j.tasks[i], nil
}

// Jobs lists the jobs of the case, latest first: those of this session and what
// is remembered of earlier ones.
func (s *Session) Jobs(ctx context.Context) ([]Job, error) {
	open, err := s.interrupted(ctx)
	if err != nil {
		return nil, err
	}
	s.jobs.mu.Lock()
	defer s.jobs.mu.Unlock()
	out := make([]Job, 0, len(s.jobs.tasks))
	for _, t := range slices.Backward(s.jobs.tasks) {
		x := t.Job
		x.Resumable = len(open) > 0 && resumable(&x)
		out = append(out, x)
	}
	return out, nil
}

func resumable(x *Job) bool {
	return (x.Kind == JobImport || x.Kind == JobCollect) && (x.State == JobInterrupted || x.State == JobCancelled || x.State == JobFailed)
}

// ResumeJob starts a job that reads on where the case's interrupted imports
// stopped, and returns its id. id names the job to go on with; empty, it stands
// for whatever is left over, as after a crash. Without anything left over it is
// a fault "nothing_to_resume".
func (s *Session) ResumeJob(ctx context.Context, id string) (string, error) {
	label := ""
	if id != "" {
		s.jobs.mu.Lock()
		t, err := s.jobs.find(id)
		if err == nil {
			label = t.Label
		}
		s.jobs.mu.Unlock()
		if err != nil {
			return "", err
		}
	}
	open, err := s.interrupted(ctx)
	if err != nil {
		return "", err
	}
	if len(open) == 0 {
		return "", &model.Fault{Code: "nothing_to_resume", Params: map[string]string{"message": "no import of this case was interrupted"}}
	}
	if label == "" {
		label = open[0].File
	}
	return s.jobs.start(JobImport, label, func(ctx context.Context, progress ProgressFunc) (any, error) {
		res, err := s.Resume(ctx, progress)
		return res, err
	})
}

// stop ends every job and waits for them.
func (j *jobs) stop() error {
	j.mu.Lock()
	j.closed = true
	j.mu.Unlock()
	j.end()
	j.running.Wait()
	j.mu.Lock()
	defer j.mu.Unlock()
	return j.failed
}

// plain makes a result what JSON makes of it, as it will be after a restart; one
// that is larger than a list should carry is left out.
func plain(v any) any {
	b, err := json.Marshal(v)
	if err != nil || len(b) > maxKeptResult || string(b) == "null" {
		return nil
	}
	return json.RawMessage(b)
}
