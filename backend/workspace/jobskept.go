package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"slices"

	"golang.org/x/sync/semaphore"

	"vedette/backend/casefile"
)

// maxJobs bounds the jobs remembered of a case; maxKeptResult the JSON of one
// job's result in bytes.
const (
	maxJobs       = 200
	maxKeptResult = 64 << 10
)

// newJobs reads what is remembered of the case's jobs. They are no evidence, so
// they are kept in the configuration folder and not in the case. A read-only
// session keeps nothing, since another one may be keeping the list.
func newJobs(ctx context.Context, d *Desk, c *casefile.Case) (*jobs, error) {
	j := &jobs{desk: d, writing: semaphore.NewWeighted(1), reading: semaphore.NewWeighted(readingJobs)}
	j.ctx, j.end = context.WithCancel(context.WithoutCancel(ctx))
	file := filepath.Join(d.opt.ConfigDir, "jobs", c.Meta().ID+".json")
	list, err := readJobs(file)
	if err != nil {
		return nil, err
	}
	for i := range list {
		x := list[i]
		if !x.State.ended() {
			if c.ReadOnly() {
				continue // another process may be at it
			}
			x.State = JobInterrupted
		}
		j.tasks = append(j.tasks, &task{Job: x, cancel: func() {}})
	}
	if !c.ReadOnly() {
		if err := os.MkdirAll(filepath.Dir(file), 0o700); err != nil {
			return nil, fmt.Errorf("make the folder of jobs: %w", err)
		}
		j.file = file
	}
	return j, nil
}

func readJobs(file string) ([]Job, error) {
	b, err := os.ReadFile(file)
	if errors.Is(err, fs.ErrNotExist) {
		return nil, nil
	}
	if err != nil {
		return nil, fmt.Errorf("read jobs: %w", err)
	}
	var list []Job
	if json.Unmarshal(b, &list) != nil {
		// The list is a convenience; a damaged one must not keep a case shut.
		return nil, nil
	}
	return list, nil
}

// trim forgets the oldest ended jobs; the caller holds mu.
func (j *jobs) trim() {
	over := len(j.tasks) - maxJobs
	j.tasks = slices.DeleteFunc(j.tasks, func(t *task) bool {
		drop := over > 0 && t.State.ended()
		if drop {
			over--
		}
		return drop
	})
}

// keep writes the list; the caller holds mu.
func (j *jobs) keep() error {
	if j.file == "" {
		return nil
	}
	list := make([]Job, 0, len(j.tasks))
	for _, t := range j.tasks {
		if t.Kind != JobPreview {
			x := t.Job
			x.Result = plain(x.Result)
			list = append(list, x)
		}
	}
	b, err := json.Marshal(list)
	if err != nil {
		return fmt.Errorf("keep jobs: %w", err)
	}
	return writeFileAtomic(j.file, b, 0o600)
}
