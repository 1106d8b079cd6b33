package workspace

import (
	"context"
	"errors"
	"reflect"
	"testing"

	"vedette/backend/model"
	"vedette/backend/report/lang"
)

func english(t *testing.T) *lang.Lang {
	t.Helper()
	l, err := lang.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// deskState is everything that acts change.
type deskState struct {
	marks    []model.Marks
	subjects []model.Subject
	searches []model.SavedSearch
	meta     model.CaseMeta
	visible  int64
	starred  int64
}

func stateOf(t *testing.T, s *Session) deskState {
	t.Helper()
	ctx := context.Background()
	var d deskState
	var err [3]error
	d.marks, err[0] = s.marksOf(ctx, []int64{1, 2, 3, 4})
	d.subjects, err[1] = s.Subjects(ctx)
	d.searches, err[2] = s.SavedSearches(ctx)
	if e := errors.Join(err[:]...); e != nil {
		t.Fatal(e)
	}
	d.meta = s.Meta()
	d.visible = total(t, s, "")
	d.starred = find(t, s, SearchRequest{Selection: model.Selection{Include: map[string][]string{"starred": {"true"}}}, Limit: -1}).Total
	return d
}

// TestUndoAndRedo: after each act, undoing all and doing all again give back
// every state in between, while the custody log only grows.
func TestUndoAndRedo(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	batch := importLines(t, s, writeLines(t, 0, 20))
	a := s.Acts()
	yes, note, grade := true, "seen", "2"
	var subject model.Subject
	put := func(x model.Subject) error {
		var err error
		subject, err = a.PutSubject(ctx, x)
		return err
	}
	save := func(query string) error {
		_, err := a.PutSavedSearch(ctx, model.SavedSearch{Name: "Mine", Selection: model.Selection{Query: query}})
		return err
	}
	meta := s.Meta()
	meta.Name, meta.Zone = "Other", "UTC"
	states := []deskState{stateOf(t, s)}
	var codes []string
	for _, act := range []struct {
		code string
		do   func() error
	}{
		{"marks_label", func() error { return a.Mark(ctx, []string{"2"}, MarkChange{AddLabels: []string{"old"}}) }},
		{"marks_star", func() error { return a.Mark(ctx, []string{"1"}, MarkChange{Star: &yes}) }},
		{"marks_change", func() error {
			return a.Mark(ctx, []string{"1", "2", "3", "3"}, MarkChange{Star: &yes, AddLabels: []string{"new", "old"}, Note: &note})
		}},
		{"marks_unlabel", func() error { return a.Mark(ctx, []string{"1", "2", "4"}, MarkChange{RemoveLabels: []string{"old"}}) }},
		{"marks_grade", func() error { return a.Mark(ctx, []string{"x:9007199254740993"}, MarkChange{Grade: &grade}) }},
		{"subject_add", func() error { return put(model.Subject{Name: "Kettle", Query: "kettle"}) }},
		{"subject_change", func() error {
			return put(model.Subject{ID: subject.ID, Name: "Kettles", Query: "kettle*", Type: model.SubjectBrand})
		}},
		{"saved_search_add", func() error { return save("subject:Kettles") }},
		{"saved_search_change", func() error { return save("great") }},
		{"saved_search_remove", func() error { return a.RemoveSavedSearch(ctx, "mine") }},
		{"subject_remove", func() error { return a.RemoveSubject(ctx, "kettles") }},
		{"batch_withdraw", func() error { return a.Withdraw(ctx, batch.ID, true) }},
		{"batch_restore", func() error { return a.Withdraw(ctx, batch.ID, false) }},
		{"case_settings", func() error { return a.UpdateMeta(ctx, meta) }},
	} {
		if err := act.do(); err != nil {
			t.Fatalf("%s: %v", act.code, err)
		}
		codes = append([]string{act.code}, codes...)
		states = append(states, stateOf(t, s))
	}
	var got []string
	for _, x := range s.History().Acts {
		got = append(got, x.Code)
	}
	if !reflect.DeepEqual(got, codes) {
		t.Fatalf("history\n%v, want\n%v", got, codes)
	}
	for range 2 {
		for i := len(states) - 2; i >= 0; i-- {
			size := s.c.LogSize()
			act, err := s.Undo(ctx)
			if err != nil {
				t.Fatalf("undo: %v", err)
			}
			if now := stateOf(t, s); !reflect.DeepEqual(now, states[i]) {
				t.Fatalf("after undoing %s\n%+v, want\n%+v", act.Code, now, states[i])
			}
			if s.c.LogSize() <= size {
				t.Fatalf("undoing %s left no trace in the custody log", act.Code)
			}
		}
		for i := 1; i < len(states); i++ {
			act, err := s.Redo(ctx)
			if err != nil {
				t.Fatalf("redo: %v", err)
			}
			if now := stateOf(t, s); !reflect.DeepEqual(now, states[i]) {
				t.Fatalf("after doing %s again\n%+v, want\n%+v", act.Code, now, states[i])
			}
		}
	}
}

func TestHistoryForgetsAndIsBounded(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 3))
	var f *model.Fault
	if _, err := s.Undo(ctx); !errors.As(err, &f) || f.Code != "nothing_to_undo" {
		t.Errorf("undo of nothing gives %v", err)
	}
	if _, err := s.Redo(ctx); !errors.As(err, &f) || f.Code != "nothing_to_redo" {
		t.Errorf("redo of nothing gives %v", err)
	}
	yes := true
	mark := func(label string) {
		t.Helper()
		if err := s.Acts().Mark(ctx, []string{"1"}, MarkChange{AddLabels: []string{label}}); err != nil {
			t.Fatal(err)
		}
	}
	mark("a")
	mark("a") // changes nothing
	if h := s.History(); len(h.Acts) != 1 || h.Undo == nil || h.Redo != nil || h.Acts[0].Params["label"] != "a" || h.Acts[0].Params["posts"] != "1" {
		t.Fatalf("history %+v", h)
	}
	if _, err := s.Undo(ctx); err != nil {
		t.Fatal(err)
	}
	if h := s.History(); h.Undo != nil || h.Redo == nil || !h.Acts[0].Undone {
		t.Fatalf("history %+v", h)
	}
	mark("b")
	if h := s.History(); len(h.Acts) != 1 || h.Redo != nil {
		t.Errorf("a new act keeps what was undone: %+v", h)
	}
	for range 2 * maxActs {
		s.history.add(s.desk.opt.Now(), "x", nil, 1, nil, nil)
	}
	if n := len(s.history.entries); n != maxActs || s.history.named != maxActs || s.history.done != maxActs {
		t.Errorf("%d acts, %d posts", n, s.history.named)
	}
	s.history.add(s.desk.opt.Now(), "large", nil, maxNamed, nil, nil)
	if n := len(s.history.entries); n != 1 {
		t.Errorf("%d acts beside one that names many posts", n)
	}
	if err := s.Acts().Mark(ctx, []string{"99"}, MarkChange{Star: &yes}); !errors.As(err, &f) || f.Code != "post_not_found" {
		t.Errorf("a post that is not there gives %v", err)
	}
}
