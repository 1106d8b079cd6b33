package workspace

import (
	"sync"
	"time"
)

// progressEvery bounds how often progress is told.
const progressEvery = 100 * time.Millisecond

// meter turns counts into Progress with rate and time left, at most ten a second.
type meter struct {
	mu    sync.Mutex
	fn    ProgressFunc
	now   func() time.Time
	p     Progress
	start time.Time
	last  time.Time
	base  int64 // done when the meter started, so that a resumed job's rate is its own
}

func newMeter(fn ProgressFunc, now func() time.Time, job, stage, object, unit string, total int64) *meter {
	t := now()
	return &meter{fn: fn, now: now, start: t, p: Progress{Job: job, Stage: stage, Object: object, Unit: unit, Total: total}}
}

// set tells that done units are done.
func (m *meter) set(done int64) { m.tell(done, false) }

// of tells that done units of total are done.
func (m *meter) of(done, total int64) {
	m.mu.Lock()
	m.p.Total = total
	m.mu.Unlock()
	m.set(done)
}

// end tells the last state whatever the clock says.
func (m *meter) end(done int64) { m.tell(done, true) }

func (m *meter) tell(done int64, force bool) {
	if m.fn == nil {
		return
	}
	m.mu.Lock()
	defer m.mu.Unlock()
	now := m.now()
	if !force && now.Sub(m.last) < progressEvery {
		return
	}
	m.last, m.p.Done = now, done
	if secs := now.Sub(m.start).Seconds(); secs > 0 {
		m.p.Rate = float64(done-m.base) / secs
	}
	m.p.Seconds = 0
	if m.p.Rate > 0 && m.p.Total > done {
		m.p.Seconds = float64(m.p.Total-done) / m.p.Rate
	}
	m.fn(m.p)
}
