package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"sync/atomic"
	"testing"
	"time"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// An account's later profile shows on its earlier posts at once, as it does
// when the case is opened again: else an analysis gives another result then.
func TestColumnsOfALaterProfileAreThoseOfACaseOpenedAgain(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	for i, lines := range []string{
		"1,ann-1,ann,Ann,100,1\n2,bob-1,bob,Bob,7,1\n",
		"3,ann-1,ann2,Ann B.,250,2\n2,bob-1,bob,Robert,9,5000000000\n",
	} {
		path := filepath.Join(t.TempDir(), "posts.csv")
		if err := os.WriteFile(path, []byte("id,uid,handle,name,followers,views\n"+lines), 0o600); err != nil {
			t.Fatal(err)
		}
		profile := `{"name":"people","version":1,"platform":"x","fields":{"id":"id","text":"name","author.id":"uid",
			"author.handle":"handle","author.name":"name","author.followers":"followers","counts.views":"views"}}`
		r, err := s.Import(ctx, ImportRequest{Paths: []string{path}, Profile: []byte(profile)}, nil)
		if err != nil || len(r.Batches) != 1 || r.Batches[0].Rejected != 0 {
			t.Fatalf("import %d: %+v, %v", i, r, err)
		}
	}
	anew := columns.New()
	if err := s.c.FacetRows(ctx, 0, func(rows []model.FacetRow) error { return anew.Append(rows) }); err != nil {
		t.Fatal(err)
	}
	now, then := s.view(), anew.View()
	for ord, want := range []int64{250, 9, 250} {
		a, _ := now.Number(columns.Followers, uint32(ord))
		b, _ := then.Number(columns.Followers, uint32(ord))
		if a != want || b != want {
			t.Errorf("post %d: followers %d, opened again %d, want %d", ord+1, a, b, want)
		}
	}
	if n, _ := now.Number(columns.Views, 1); n != 5_000_000_000 {
		t.Errorf("views seen later: %d", n)
	}
	names, _ := now.Facet("author")
	for _, uid := range []string{"x:ann-1", "x:bob-1"} {
		code, ok := names.Code(uid)
		if !ok {
			t.Fatalf("no account %s", uid)
		}
		if h := now.AuthorHandle(code); h != map[string]string{"x:ann-1": "ann2", "x:bob-1": "bob"}[uid] {
			t.Errorf("%s is shown as %q", uid, h)
		}
	}
}

// What was committed while an import was being stopped is in view, at once and
// when the case is opened again.
func TestWhatAStoppedImportCommittedIsInView(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	defer cancel()
	var stopping atomic.Bool
	d, err := NewDesk(DeskOptions{ConfigDir: t.TempDir(), Actor: "tester", Now: func() time.Time {
		if stopping.Load() {
			cancel() // while the records are being stored
		}
		return time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	}})
	if err != nil {
		t.Fatal(err)
	}
	s := newTestSession(t, d)
	_, err = s.Import(ctx, ImportRequest{Paths: []string{writeLines(t, 0, 25_000)}, Profile: json.RawMessage(testProfile)}, func(p Progress) {
		if p.Stage == "records" {
			stopping.Store(true)
		}
	})
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("a stopped import: %v", err)
	}
	stopping.Store(false)
	for _, when := range []string{"at once", "opened again"} {
		n, err := s.c.Counts(context.Background())
		if err != nil || n.Posts == 0 {
			t.Fatalf("%s: %d posts, %v", when, n.Posts, err)
		}
		if shown := int64(s.view().Len()); shown != n.Posts {
			t.Errorf("%s: %d of %d posts are in view", when, shown, n.Posts)
		}
		dir := s.c.Dir()
		closeSession(t, s)
		if s, err = d.Open(context.Background(), dir, false); err != nil {
			t.Fatal(err)
		}
	}
	closeSession(t, s)
}
