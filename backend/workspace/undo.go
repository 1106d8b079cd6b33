package workspace

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"sync"
	"time"

	"vedette/backend/model"
)

// Bounds of the history: acts, and posts named in them all together.
const (
	maxActs  = 500
	maxNamed = 2_000_000
)

// Act is one change in the history of a session. Code is stable, for
// translation with Params: marks_star, marks_unstar, marks_label, marks_unlabel,
// marks_note, marks_grade, marks_change {posts, label, grade}; subject_add,
// subject_change, subject_remove, saved_search_add, saved_search_change,
// saved_search_remove {name}; batch_withdraw, batch_restore {batch, file};
// case_settings {fields}.
type Act struct {
	ID     int64             `json:"id"`
	Code   string            `json:"code"`
	Params map[string]string `json:"params,omitempty"`
	At     time.Time         `json:"at"`
	Undone bool              `json:"undone,omitempty"`
}

// ActHistory lists the acts of a session, latest first, with what Undo and Redo
// would do next (nil: nothing).
type ActHistory struct {
	Acts []Act `json:"acts"`
	Undo *Act  `json:"undo,omitempty"`
	Redo *Act  `json:"redo,omitempty"`
}

// step does one direction of an act.
type step func(ctx context.Context) error

type entry struct {
	Act
	undo, redo step
	named      int // posts that undoing names
}

// history is what the analyst did in this session, in order. Undoing an act is
// a new, logged act for the custody log, which only ever grows.
type history struct {
	mu      sync.Mutex
	entries []entry
	done    int // how many of them are in force
	named   int
	last    int64
}

// add puts an act behind those in force and forgets what was undone; the caller
// holds mu.
func (h *history) add(at time.Time, code string, params map[string]string, named int, undo, redo step) {
	for _, e := range h.entries[h.done:] {
		h.named -= e.named
	}
	h.last++
	h.entries = append(slices.Clip(h.entries[:h.done]), entry{
		Act: Act{ID: h.last, Code: code, Params: params, At: at.UTC()}, undo: undo, redo: redo, named: named,
	})
	h.named += named
	for len(h.entries) > maxActs || (h.named > maxNamed && len(h.entries) > 1) {
		h.named -= h.entries[0].named
		h.entries = h.entries[1:]
	}
	h.done = len(h.entries)
}

// History lists what was done in this session through its acts.
func (s *Session) History() ActHistory {
	h := &s.history
	h.mu.Lock()
	defer h.mu.Unlock()
	out := ActHistory{Acts: make([]Act, 0, len(h.entries))}
	for i := len(h.entries) - 1; i >= 0; i-- {
		a := h.entries[i].Act
		a.Undone = i >= h.done
		out.Acts = append(out.Acts, a)
	}
	if h.done > 0 {
		a := h.entries[h.done-1].Act
		out.Undo = &a
	}
	if h.done < len(h.entries) {
		a := h.entries[h.done].Act
		a.Undone = true
		out.Redo = &a
	}
	return out
}

// Undo takes the latest act in force back and returns it; with none it is a
// fault "nothing_to_undo". An undo that fails leaves the act in force.
func (s *Session) Undo(ctx context.Context) (Act, error) {
	h := &s.history
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.done == 0 {
		return Act{}, &model.Fault{Code: "nothing_to_undo", Params: map[string]string{"message": "there is nothing to undo"}}
	}
	e := h.entries[h.done-1]
	if err := e.undo(ctx); err != nil {
		return Act{}, err
	}
	h.done--
	e.Undone = true
	return e.Act, nil
}

// Redo does the act that was undone last again and returns it; with none it is
// a fault "nothing_to_redo".
func (s *Session) Redo(ctx context.Context) (Act, error) {
	h := &s.history
	h.mu.Lock()
	defer h.mu.Unlock()
	if h.done == len(h.entries) {
		return Act{}, &model.Fault{Code: "nothing_to_redo", Params: map[string]string{"message": "there is nothing to redo"}}
	}
	e := h.entries[h.done]
	if err := e.redo(ctx); err != nil {
		return Act{}, err
	}
	h.done++
	return e.Act, nil
}

// Acts are the changes of a session that can be undone. The methods of the same
// name on Session make the change without a history.
type Acts struct{ s *Session }

// Acts gives the session's undoable changes.
func (s *Session) Acts() Acts { return Acts{s} }

// begin keeps other acts out until the returned function is called.
func (a Acts) begin() func() {
	a.s.history.mu.Lock()
	return a.s.history.mu.Unlock
}

func (a Acts) add(code string, params map[string]string, named int, undo, redo step) {
	a.s.history.add(a.s.desk.opt.Now(), code, params, named, undo, redo)
}

// Withdraw is Session.Withdraw with a history.
func (a Acts) Withdraw(ctx context.Context, batch int64, withdrawn bool) error {
	defer a.begin()()
	s := a.s
	b, err := s.c.Batch(ctx, batch)
	if err != nil {
		return wrapped("find batch", err)
	}
	if b.Withdrawn == withdrawn {
		return nil
	}
	if err := s.Withdraw(ctx, batch, withdrawn); err != nil {
		return err
	}
	code := "batch_restore"
	if withdrawn {
		code = "batch_withdraw"
	}
	a.add(code, map[string]string{"batch": strconv.FormatInt(batch, 10), "file": b.File}, 0,
		func(ctx context.Context) error { return s.Withdraw(ctx, batch, !withdrawn) },
		func(ctx context.Context) error { return s.Withdraw(ctx, batch, withdrawn) })
	return nil
}

// UpdateMeta is Session.UpdateMeta with a history.
func (a Acts) UpdateMeta(ctx context.Context, m model.CaseMeta) error {
	defer a.begin()()
	s := a.s
	before := s.Meta()
	if err := s.UpdateMeta(ctx, m); err != nil {
		return err
	}
	after := s.Meta()
	if before == after {
		return nil
	}
	a.add("case_settings", map[string]string{"fields": strings.Join(changedMeta(before, after), ", ")}, 0,
		func(ctx context.Context) error { return s.UpdateMeta(ctx, before) },
		func(ctx context.Context) error { return s.UpdateMeta(ctx, after) })
	return nil
}

// changedMeta names the settings that differ by their JSON names.
func changedMeta(a, b model.CaseMeta) []string {
	var out []string
	for _, f := range [...]struct{ name, a, b string }{
		{"name", a.Name, b.Name},
		{"owner", a.Owner, b.Owner},
		{"purpose", a.Purpose, b.Purpose},
		{"basis", a.Basis, b.Basis},
		{"tlp", string(a.TLP), string(b.TLP)},
		{"yardstick", string(a.Yardstick), string(b.Yardstick)},
		{"zone", a.Zone, b.Zone},
		{"retain_until", a.RetainUntil, b.RetainUntil},
		{"training", strconv.FormatBool(a.Training), strconv.FormatBool(b.Training)},
	} {
		if f.a != f.b {
			out = append(out, f.name)
		}
	}
	return out
}
