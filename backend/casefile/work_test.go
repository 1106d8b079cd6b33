package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette/backend/custody"
	"vedette/backend/model"
)

func (w *world) facets() []model.FacetRow {
	w.t.Helper()
	var out []model.FacetRow
	w.must(w.c.FacetRows(context.Background(), 0, func(r []model.FacetRow) error { out = append(out, r...); return nil }))
	return out
}

func TestMarks(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	var s source
	for i := range 5 {
		s.line(plainPost(fmt.Sprint(i)), nil)
	}
	w.load("a", &s, 5)
	yes, no, note, six := true, false, "n", "6"
	w.must(w.c.ChangeMarks(ctx, []int64{3, 1, 2, 3}, MarkChange{Star: &yes, AddLabels: []string{"b", "a", "b"}, Note: &note}))
	w.must(w.c.ChangeMarks(ctx, []int64{2}, MarkChange{Star: &no, RemoveLabels: []string{"a", "b"}, Note: new(string), Grade: &six}))
	want := []model.Marks{
		{Starred: true, Labels: []string{"a", "b"}, Note: "n"},
		{},
		{Starred: true, Labels: []string{"a", "b"}, Note: "n"},
		{},
		{},
	}
	views, err := w.c.Posts(ctx, []int64{1, 2, 3, 4, 5})
	w.must(err)
	facets := w.facets()
	for i := range want {
		if !reflect.DeepEqual(views[i].Marks, want[i]) || !reflect.DeepEqual(facets[i].Marks, want[i]) {
			t.Errorf("marks of post %d are %+v and %+v, not %+v", i+1, views[i].Marks, facets[i].Marks, want[i])
		}
	}
	seven := "7"
	if err := w.c.ChangeMarks(ctx, []int64{1}, MarkChange{Grade: &seven}); faultCode(err) != "bad_grade" {
		t.Errorf("grade 7 gave %v", err)
	}
	if err := w.c.ChangeMarks(ctx, []int64{6}, MarkChange{Star: &yes}); faultCode(err) != CodePostNotFound {
		t.Errorf("marking an absent post gave %v", err)
	}
	log, err := w.c.Log(ctx, w.c.LogSize()-2, 10)
	w.must(err)
	if len(log) != 2 || log[0].Action != "marks" || log[0].Object != "posts:3" || !strings.Contains(string(log[0].Payload), `"1-3"`) {
		t.Errorf("log is %+v", log)
	}
	w.close()
	w.wantClean()
}

func TestWithdraw(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	var a, b source
	a.line(plainPost("1"), nil)
	a.line(plainPost("2"), nil)
	b.line(plainPost("2"), nil)
	w.load("a", &a, 5)
	w.load("b", &b, 5)
	w.must(w.c.Withdraw(ctx, 1, true))
	size := w.c.LogSize()
	w.must(w.c.Withdraw(ctx, 1, true)) // no change, no record
	if w.c.LogSize() != size {
		t.Error("withdrawing twice was logged twice")
	}
	f := w.facets()
	if !f[0].Withdrawn || f[0].Batch != 1 || f[1].Withdrawn || f[1].Batch != 2 {
		t.Errorf("rows are %+v", f)
	}
	again, err := w.c.FacetRowsOf(ctx, []int64{2, 1})
	w.must(err)
	if !reflect.DeepEqual(again, []model.FacetRow{f[1], f[0]}) {
		t.Errorf("rows are %+v", again)
	}
	w.must(w.c.Withdraw(ctx, 1, false))
	if f := w.facets(); f[0].Withdrawn || f[1].Batch != 1 {
		t.Errorf("after restoring, rows are %+v", f)
	}
	w.close()
	w.wantClean()
}

func TestObjects(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	s, err := w.c.PutSubject(ctx, model.Subject{Name: "B", Query: "b"})
	w.must(err)
	if s.ID == "" {
		t.Fatal("a subject without id")
	}
	s.Query = "bb"
	_, err = w.c.PutSubject(ctx, s)
	w.must(err)
	_, err = w.c.PutSubject(ctx, model.Subject{Name: "A"})
	w.must(err)
	list, err := w.c.Subjects(ctx)
	w.must(err)
	if len(list) != 2 || list[0].Name != "A" || list[1] != s {
		t.Errorf("subjects are %+v", list)
	}
	size := w.c.LogSize()
	w.must(w.c.RemoveSubject(ctx, s.ID))
	w.must(w.c.RemoveSubject(ctx, s.ID))
	if w.c.LogSize() != size+1 {
		t.Errorf("removing twice made %d records", w.c.LogSize()-size)
	}
	run, err := w.c.SaveRun(ctx, model.Run{Spec: model.RunSpec{Kind: "volume"}, Result: json.RawMessage(`{"a":1}`)})
	w.must(err)
	got, err := w.c.Run(ctx, run.ID)
	w.must(err)
	if !reflect.DeepEqual(got, run) || got.ResultHash == "" || got.At.IsZero() {
		t.Errorf("the run came back as %+v, not %+v", got, run)
	}
	if _, err := w.c.SaveRun(ctx, model.Run{ResultHash: "00"}); err == nil {
		t.Error("a run with another hash was saved")
	}
	w.must(w.c.AppendRequest(ctx, model.Request{Method: "GET", URL: "u"}))
	requests, err := w.c.Requests(ctx, 0, 10)
	w.must(err)
	if len(requests) != 1 || requests[0].ID != 1 || requests[0].URL != "u" {
		t.Errorf("requests are %+v", requests)
	}
	meta := w.c.Meta()
	id := meta.ID
	meta.Name, meta.ID = "Renamed", "other"
	w.must(w.c.UpdateMeta(ctx, meta))
	w.reopen()
	if m := w.c.Meta(); m.Name != "Renamed" || m.ID != id {
		t.Errorf("metadata is %+v", m)
	}
	w.close()
	w.wantClean()
}

// TestAppendRefuses: what does not follow on, or is cancelled, leaves nothing.
func TestAppendRefuses(t *testing.T) {
	w := newWorld(t)
	var s source
	for i := range 2000 {
		s.line(plainPost(fmt.Sprint(i)), nil)
	}
	b := w.begin("a", &s)
	ctx := context.Background()
	if _, err := w.c.Append(ctx, b.ID, s.items(b, 1, 3)); err == nil {
		t.Error("a gap was accepted")
	}
	if _, err := w.c.Append(ctx, b.ID+1, s.items(b, 0, 1)); faultCode(err) != CodeNotFound {
		t.Errorf("an absent batch gave %v", err)
	}
	both := s.items(b, 0, 1)
	both[0].Reject = &model.Reject{}
	if _, err := w.c.Append(ctx, b.ID, both); !errors.Is(err, errItem) {
		t.Errorf("a post and rejection at once gave %v", err)
	}
	late := &cancelAfter{Context: ctx, left: 4}
	if _, err := w.c.Append(late, b.ID, s.items(b, 0, 2000)); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelling gave %v", err)
	}
	if have, err := w.c.Batch(ctx, b.ID); err != nil || have.Read != 0 {
		t.Errorf("%d records stayed: %v", have.Read, err)
	}
	a, err := w.c.Append(ctx, b.ID, s.items(b, 0, 2000))
	w.must(err)
	if a.Accepted != 2000 || a.IDs[1999] != 2000 || !a.New[0] {
		t.Errorf("appended %d", a.Accepted)
	}
	_, err = w.c.FinishBatch(ctx, b)
	w.must(err)
	if _, err := w.c.Append(ctx, b.ID, s.items(b, 0, 1)); err == nil {
		t.Error("a finished batch was appended to")
	}
	w.close()
	w.wantClean()
}

// cancelAfter is cancelled once it has been asked a number of times.
type cancelAfter struct {
	context.Context
	left int
}

func (c *cancelAfter) Err() error {
	if c.left--; c.left < 0 {
		return context.Canceled
	}
	return nil
}

// TestNoCheckpoint: a change whose checkpoint cannot be written is in the case,
// and the caller is told.
func TestNoCheckpoint(t *testing.T) {
	w := newWorld(t)
	ctx := context.Background()
	w.must(os.RemoveAll(filepath.Join(w.config, "checkpoints")))
	_, err := w.c.PutSubject(ctx, model.Subject{Name: "A"})
	if faultCode(err) != CodeCheckpoint {
		t.Errorf("without a folder for checkpoints: %v", err)
	}
	if list, err := w.c.Subjects(ctx); err != nil || len(list) != 1 {
		t.Errorf("subjects are %+v, %v", list, err)
	}
	w.reopen() // makes the folder again
	w.close()
	w.wantClean()
}

func TestClockSetBack(t *testing.T) {
	w := newWorld(t)
	w.clock = w.clock.Add(-48 * time.Hour)
	_, err := w.c.LogEvent(context.Background(), "view", "x", nil)
	w.must(err)
	w.close()
	r := w.verify()
	if !r.OK || len(r.Notes) != 1 || r.Notes[0].Code != NoteClock {
		t.Errorf("%+v", r)
	}
}

// TestSignedCheckpoint: a checkpoint taken to another machine vouches for the
// case as it was, and for nothing that was rewritten before it.
func TestSignedCheckpoint(t *testing.T) {
	w := eventful(t)
	w.reopen()
	s, err := w.c.SignedCheckpoint(context.Background())
	w.must(err)
	key := w.c.PublicKey()
	_, err = w.c.LogEvent(context.Background(), "view", "later", nil)
	w.must(err)
	w.close()
	check := func() VerifyReport {
		r, err := Verify(context.Background(), w.dir, VerifyOptions{Checkpoint: s.Bytes(), PublicKey: key})
		w.must(err)
		return r
	}
	if r := check(); !r.OK || r.Claim != ClaimCheckpoint || r.Outside.Size != s.Checkpoint.Size {
		t.Errorf("%+v", r)
	}
	other, err := custody.NewKey(rand0{})
	w.must(err)
	key = other.Public()
	if r := check(); r.OK || !slices.Equal(codes(r), []string{FindCheckpointBad}) {
		t.Errorf("another key: %+v", r.Findings)
	}
}

// rand0 is a source of randomness for keys; ed25519 uses the system's anyway.
type rand0 struct{}

func (rand0) Read(p []byte) (int, error) { return len(p), nil }

// TestCounting compares Counts with what went in.
func TestCounting(t *testing.T) {
	w := eventful(t)
	w.reopen()
	n, err := w.c.Counts(context.Background())
	w.must(err)
	if n.Posts != 18 || n.Sightings != 21 || n.Rejects != 3 || n.Batches != 3 || n.Containers != 3 || n.Enriched != 18 ||
		n.ByPlatform["x"] != 10 || n.ByPlatform["reddit"] != 8 || n.ByLang["en"] != 18 || n.Accounts != 11 || n.Bytes == 0 {
		t.Errorf("counts are %+v", n)
	}
}
