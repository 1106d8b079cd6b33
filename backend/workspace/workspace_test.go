package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
)

// testProfile maps the lines that writeLines makes.
const testProfile = `{"name":"test","version":1,"rows":"json","header":["id","who","at","text","likes"],
 "platform":"x","type":"social","kind":"post",
 "fields":{"id":"id","author.handle":"who","created":"at","text":"text","counts.likes":"likes"}}`

// newTestDesk is a desk with a configuration folder of its own and a clock that
// moves a second each time it is read.
func newTestDesk(t *testing.T) *Desk {
	t.Helper()
	var ticks int
	start := time.Date(2026, 3, 1, 9, 0, 0, 0, time.UTC)
	d, err := NewDesk(DeskOptions{ConfigDir: t.TempDir(), Actor: "tester", Now: func() time.Time {
		ticks++
		return start.Add(time.Duration(ticks) * time.Second)
	}})
	if err != nil {
		t.Fatal(err)
	}
	return d
}

func newTestSession(t *testing.T, d *Desk) *Session {
	t.Helper()
	m := DefaultMeta()
	m.Name, m.Owner, m.Purpose, m.Zone = "Test", "tester", "testing", "Europe/Madrid"
	s, err := d.Create(context.Background(), filepath.Join(t.TempDir(), "case"), m)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

func closeSession(t *testing.T, s *Session) {
	t.Helper()
	if err := s.Close(); err != nil {
		t.Fatal(err)
	}
}

// writeLines writes posts n..m-1 as NDJSON.
func writeLines(t *testing.T, from, to int) string {
	t.Helper()
	var b strings.Builder
	for i := from; i < to; i++ {
		at := time.Date(2026, 2, 1, 0, 0, 0, 0, time.UTC).Add(time.Duration(i) * time.Hour)
		fmt.Fprintf(&b, `{"id":"%d","who":"user%d","at":%q,"text":"This kettle number %d is %s #kettle https://shop.example/%d","likes":%d}`+"\n",
			9_007_199_254_740_993+i, i%7, at.Format(time.RFC3339), i, [...]string{"great and wonderful", "awful and dangerous", "a kettle"}[i%3], i%5, i)
	}
	path := filepath.Join(t.TempDir(), "posts.ndjson")
	if err := os.WriteFile(path, []byte(b.String()), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

func importLines(t *testing.T, s *Session, path string) model.Batch {
	t.Helper()
	res, err := s.Import(context.Background(), ImportRequest{Paths: []string{path}, Profile: json.RawMessage(testProfile), Source: model.Source{Name: "shop", Mode: model.ModeOpen}}, nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Batches) != 1 || res.Batches[0].State != model.BatchDone {
		t.Fatalf("import: %+v", res.Batches)
	}
	return res.Batches[0]
}

func find(t *testing.T, s *Session, req SearchRequest) SearchPage {
	t.Helper()
	p, err := s.Search(context.Background(), req)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func total(t *testing.T, s *Session, query string) int64 {
	t.Helper()
	return find(t, s, SearchRequest{Selection: model.Selection{Query: query}, Limit: -1}).Total
}

func TestImportTwiceAddsSightingsAndNoPosts(t *testing.T) {
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	path := writeLines(t, 0, 60)
	first := importLines(t, s, path)
	if first.Read != 60 || first.Accepted != 60 || first.Duplicate != 0 || first.Rejected != 0 {
		t.Fatalf("first import: %+v", first)
	}
	again := importLines(t, s, path)
	if again.Read != 60 || again.Accepted != 0 || again.Duplicate != 60 {
		t.Fatalf("second import: %+v", again)
	}
	d, err := s.Show(context.Background(), "x:9007199254740993")
	if err != nil {
		t.Fatal(err)
	}
	if len(d.Sightings) != 2 || d.Post.UID != "x:9007199254740993" {
		t.Fatalf("want two sightings of one post, got %d of %s", len(d.Sightings), d.Post.UID)
	}
	info, err := s.Info(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if info.Posts != 60 || info.Accounts != 7 || info.Indexed != 60 {
		t.Fatalf("info: %+v", info)
	}
}

func TestSearchPagesFacetsHistogramAndSpans(t *testing.T) {
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 60))
	page := find(t, s, SearchRequest{
		Selection: model.Selection{Query: `dangerous likes:>10`}, Limit: 5, Facets: []string{"polarity", "hashtag", "domain", "author"}, Buckets: 50,
	})
	if page.Total != 16 || len(page.Posts) != 5 || page.Next != "5" {
		t.Fatalf("total %d, posts %d, next %q", page.Total, len(page.Posts), page.Next)
	}
	if got := page.Facets["polarity"]; len(got) != 1 || got[0].Value != "negative" || got[0].Count != 16 {
		t.Errorf("polarity facet: %+v", got)
	}
	if got := page.Facets["hashtag"]; len(got) != 1 || got[0].Value != "kettle" {
		t.Errorf("hashtag facet: %+v", got)
	}
	if got := page.Facets["domain"]; len(got) != 1 || got[0].Value != "shop.example" {
		t.Errorf("domain facet: %+v", got)
	}
	var sum int64
	for _, n := range page.Histogram.Counts {
		sum += n
	}
	if sum != 16 || page.Histogram.Zone != "Europe/Madrid" {
		t.Errorf("histogram: %+v", page.Histogram)
	}
	p := page.Posts[0]
	if len(page.Spans[0]) != 1 || p.Text[page.Spans[0][0].Start:page.Spans[0][0].End] != "dangerous" {
		t.Errorf("spans %v in %q", page.Spans[0], p.Text)
	}
	seen := map[string]bool{}
	for cursor := ""; ; {
		q := find(t, s, SearchRequest{Selection: model.Selection{Query: `dangerous likes:>10`}, Limit: 5, After: cursor})
		for _, x := range q.Posts {
			seen[x.UID] = true
		}
		if cursor = q.Next; cursor == "" {
			break
		}
	}
	if len(seen) != 16 {
		t.Errorf("paging found %d of 16 posts", len(seen))
	}
}

func TestQueryMistakeNamesItsPlace(t *testing.T) {
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	_, err := s.Search(context.Background(), SearchRequest{Selection: model.Selection{Query: "kettle platfrom:x"}})
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != "query_unknown_field" || f.Params["pos"] != "7" || !strings.Contains(f.Params["suggestion"], "platform") {
		t.Fatalf("got %v %+v", err, f)
	}
}

func TestMarksSubjectsAndWithdrawal(t *testing.T) {
	ctx := context.Background()
	d := newTestDesk(t)
	s := newTestSession(t, d)
	importLines(t, s, writeLines(t, 0, 30))
	b := importLines(t, s, writeLines(t, 30, 60))
	on, note, grade := true, "look again", "2"
	if err := s.Mark(ctx, []string{"3", "4"}, MarkChange{Star: &on, AddLabels: []string{"worry"}, Note: &note, Grade: &grade}); err != nil {
		t.Fatal(err)
	}
	for query, want := range map[string]int64{"starred:true": 2, "label:worry": 2, "grade:2": 2, "kettle": 60, "source:shop": 60} {
		if got := total(t, s, query); got != want {
			t.Errorf("%s: %d posts, want %d", query, got, want)
		}
	}
	if _, err := s.PutSubject(ctx, model.Subject{Name: "Kettle", Query: "kettle AND dangerous"}); err != nil {
		t.Fatal(err)
	}
	if got := total(t, s, "subject:kettle"); got != 20 {
		t.Errorf("subject: %d posts, want 20", got)
	}
	if _, err := s.PutSubject(ctx, model.Subject{Name: "Loop", Query: "subject:kettle"}); err == nil {
		t.Error("a subject that refers to a subject was taken")
	}
	if err := s.Withdraw(ctx, b.ID, true); err != nil {
		t.Fatal(err)
	}
	if got := total(t, s, "kettle"); got != 30 {
		t.Errorf("after withdrawal: %d posts, want 30", got)
	}
	dir := s.Dir()
	closeSession(t, s)
	if s, _ = d.Open(ctx, dir, false); s == nil {
		t.Fatal("the case does not open again")
	}
	defer closeSession(t, s)
	for query, want := range map[string]int64{"starred:true": 2, "label:worry": 2, "kettle": 30} {
		if got := total(t, s, query); got != want {
			t.Errorf("opened again, %s: %d posts, want %d", query, got, want)
		}
	}
	if err := s.Withdraw(ctx, b.ID, false); err != nil {
		t.Fatal(err)
	}
	if got := total(t, s, "kettle"); got != 60 {
		t.Errorf("put back: %d posts, want 60", got)
	}
}

func TestCancelledImportResumes(t *testing.T) {
	d := newTestDesk(t)
	s := newTestSession(t, d)
	defer func() { closeSession(t, s) }()
	path := writeLines(t, 0, 25_000)
	ctx, cancel := context.WithCancel(context.Background())
	_, err := s.Import(ctx, ImportRequest{Paths: []string{path}, Profile: json.RawMessage(testProfile)}, func(p Progress) {
		if p.Stage == "records" {
			cancel()
		}
	})
	cancel()
	if !errors.Is(err, context.Canceled) {
		t.Fatalf("got %v, want a cancelled import", err)
	}
	info, err := s.Info(context.Background())
	if err != nil {
		t.Fatal(err)
	}
	if info.Interrupted != 1 || info.Posts >= 25_000 {
		t.Fatalf("%d interrupted, %d posts", info.Interrupted, info.Posts)
	}
	dir := s.Dir()
	closeSession(t, s)
	if s, err = d.Open(context.Background(), dir, false); err != nil {
		t.Fatal(err)
	}
	res, err := s.Resume(context.Background(), nil)
	if err != nil {
		t.Fatal(err)
	}
	if len(res.Batches) != 1 || res.Batches[0].Read != 25_000 || res.Batches[0].Accepted != 25_000 || res.Batches[0].State != model.BatchDone {
		t.Fatalf("resumed: %+v", res.Batches)
	}
	if got := total(t, s, "kettle"); got != 25_000 {
		t.Errorf("%d posts are found", got)
	}
	v, err := d.Verify(context.Background(), dir, "", nil)
	if err != nil || !v.OK {
		t.Fatalf("verify: %v %+v", err, v)
	}
}

func TestReadOnlySessionBesideTheWriter(t *testing.T) {
	d := newTestDesk(t)
	s := newTestSession(t, d)
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 40))
	if _, err := d.Open(context.Background(), s.Dir(), false); err == nil {
		t.Fatal("a second writer got in")
	}
	r, err := d.Open(context.Background(), s.Dir(), true)
	if err != nil {
		t.Fatal(err)
	}
	defer closeSession(t, r)
	page := find(t, r, SearchRequest{Selection: model.Selection{Query: "dangerous"}, Wait: true})
	if page.Total != 13 || page.Unindexed != 0 {
		t.Errorf("reading beside the writer finds %d posts, %d unindexed", page.Total, page.Unindexed)
	}
}

func TestWithdrawingOneOfTwoSightingsKeepsThePost(t *testing.T) {
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	path := writeLines(t, 0, 9)
	first := importLines(t, s, path)
	second := importLines(t, s, path)
	for _, step := range []struct {
		batch     int64
		withdrawn bool
		want      int64
	}{{first.ID, true, 9}, {second.ID, true, 0}, {first.ID, false, 9}, {second.ID, false, 9}} {
		if err := s.Withdraw(context.Background(), step.batch, step.withdrawn); err != nil {
			t.Fatal(err)
		}
		if got := total(t, s, "kettle"); got != step.want {
			t.Errorf("batch %d withdrawn %v: %d posts, want %d", step.batch, step.withdrawn, got, step.want)
		}
	}
}
