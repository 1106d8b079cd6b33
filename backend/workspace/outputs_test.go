package workspace

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"image"
	"image/png"
	"net/http"
	"net/http/httptest"
	"net/netip"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
)

func TestRunsAreRecordedAndMadeAgain(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 300))
	if _, err := s.PutSubject(ctx, model.Subject{Name: "Kettle", Query: "kettle"}); err != nil {
		t.Fatal(err)
	}
	for _, kind := range AnalysisKinds() {
		run, err := s.Analyze(ctx, model.RunSpec{Kind: kind}, nil)
		if err != nil {
			t.Fatalf("%s: %v", kind, err)
		}
		if run.ID == 0 || run.Posts != 300 || run.ResultHash == "" || run.Fingerprint == "" {
			t.Errorf("%s: run %+v", kind, run)
		}
		again, err := s.Rerun(ctx, run.ID)
		if err != nil || !again.Same || !again.DataSame {
			t.Errorf("%s made again: %v, %+v", kind, err, again)
		}
	}
	importLines(t, s, writeLines(t, 300, 310))
	again, err := s.Rerun(ctx, 1)
	if err != nil || again.Same || again.DataSame || again.FirstDiff == "" {
		t.Errorf("with more posts the run must differ and say where: %v, %+v", err, again)
	}
}

// TestRunsKeepTheirZone: the zone in which days begin is written into a run, so
// that changing the case's later does not change what the run gives.
func TestRunsKeepTheirZone(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 60))
	var ids []int64
	for _, kind := range []string{"volume", "sentiment", "hashtags"} {
		params := map[string]string{}
		if kind != "hashtags" {
			params["unit"] = "day"
		}
		run, err := s.Analyze(ctx, model.RunSpec{Kind: kind, Params: params}, nil)
		if err != nil {
			t.Fatal(err)
		}
		want := "Europe/Madrid"
		if kind == "hashtags" {
			want = ""
		}
		if run.Spec.Params["zone"] != want || len(params) > 1 {
			t.Errorf("%s: parameters %v, given %v", kind, run.Spec.Params, params)
		}
		ids = append(ids, run.ID)
	}
	res, err := s.Report(ctx, ReportRequest{Lang: "en"}, filepath.Join(t.TempDir(), "r.pdf"), nil)
	if err != nil {
		t.Fatal(err)
	}
	m := s.Meta()
	m.Zone = "Asia/Kathmandu"
	if err := s.UpdateMeta(ctx, m); err != nil {
		t.Fatal(err)
	}
	for _, id := range append(ids, res.Runs...) {
		again, err := s.Rerun(ctx, id)
		if err != nil || !again.Same {
			t.Errorf("run %d (%s) after the case's zone changed: %+v, %v", id, again.Run.Spec.Kind, again, err)
		}
	}
	run, err := s.Analyze(ctx, model.RunSpec{Kind: "volume", Params: map[string]string{"unit": "day"}}, nil)
	if err != nil || run.Spec.Params["zone"] != "Asia/Kathmandu" {
		t.Errorf("a new run has %v: %v", run.Spec.Params, err)
	}
	m.Zone = "Local"
	var f *model.Fault
	if err := s.UpdateMeta(ctx, m); !errors.As(err, &f) || f.Code != "bad_zone" {
		t.Errorf("a zone that depends on the machine gave %v", err)
	}
}

func TestReportGivesTheSameBytesAgain(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 300))
	dir := t.TempDir()
	var results []ReportResult
	for _, name := range []string{"a.pdf", "b.pdf"} {
		r, err := s.Report(ctx, ReportRequest{Lang: "es"}, filepath.Join(dir, name), nil)
		if err != nil {
			t.Fatal(err)
		}
		results = append(results, r)
	}
	a, err := os.ReadFile(filepath.Join(dir, "a.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	b, err := os.ReadFile(filepath.Join(dir, "b.pdf"))
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(a, b) || results[0].AsOf != results[1].AsOf || !bytes.HasPrefix(a, []byte("%PDF-")) {
		t.Errorf("two reports of one case differ: as of %d and %d", results[0].AsOf, results[1].AsOf)
	}
	importLines(t, s, writeLines(t, 300, 301))
	c, err := s.Report(ctx, ReportRequest{Lang: "es"}, filepath.Join(dir, "c.pdf"), nil)
	if err != nil {
		t.Fatal(err)
	}
	if c.AsOf <= results[0].AsOf || c.SHA256 == results[0].SHA256 {
		t.Error("a report after an import is of the same log position")
	}
}

func TestExportsCarryWholeIDsAndNoFormulas(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 12))
	dir := t.TempDir()
	for _, name := range []string{"posts.csv", "posts.xlsx", "posts.jsonl"} {
		res, err := s.Export(ctx, ExportRequest{Path: filepath.Join(dir, name), Selection: model.Selection{Query: "kettle"}}, nil)
		if err != nil || res.Posts != 12 {
			t.Fatalf("%s: %v, %+v", name, err, res)
		}
	}
	b, err := os.ReadFile(filepath.Join(dir, "posts.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var p model.PostView
	if err := json.Unmarshal([]byte(strings.SplitN(string(b), "\n", 2)[0]), &p); err != nil || p.UID != "x:9007199254740993" {
		t.Errorf("first line: %v, %s", err, p.UID)
	}
	if _, err := s.Export(ctx, ExportRequest{Path: filepath.Join(dir, "posts.doc")}, nil); err == nil {
		t.Error("an unknown format was taken")
	}
}

func TestManualEntryIsEvidenceLikeAnyOther(t *testing.T) {
	ctx := context.Background()
	d := newTestDesk(t)
	s := newTestSession(t, d)
	defer closeSession(t, s)
	var shot bytes.Buffer
	if err := png.Encode(&shot, image.NewGray(image.Rect(0, 0, 20, 10))); err != nil {
		t.Fatal(err)
	}
	b, err := s.AddManual(ctx, ManualPost{
		Text: "Mi hervidor echa humo", URL: "https://foro.example/t/1", Author: "@Ana", Time: "2026-02-03 10:15", Zone: "Europe/Madrid",
		Platform: "forum", Type: model.PageForum, Screenshot: shot.Bytes(), ShotName: "shot.png",
	})
	if err != nil || b.Accepted != 1 || b.Format != "manual" {
		t.Fatalf("%v, %+v", err, b)
	}
	det, err := s.Show(ctx, "1")
	if err != nil {
		t.Fatal(err)
	}
	p := det.Post
	if p.CreatedAt != "2026-02-03T09:15:00Z" || p.Zone != model.ZoneChosen || p.Author.Handle != "Ana" || len(p.Media) != 1 || len(p.Media[0].SHA256) != 64 {
		t.Errorf("post: %+v", p)
	}
	if n, ok := p.Counts.Likes.Value(); ok {
		t.Errorf("likes were invented: %d", n)
	}
	raw, err := s.Raw(ctx, "1", 0)
	if err != nil || !raw.Exact || !bytes.Contains(raw.Bytes, []byte("echa humo")) {
		t.Errorf("raw: %v, exact %v", err, raw.Exact)
	}
	if _, err := s.AddManual(ctx, ManualPost{Text: "x", Time: "yesterday"}); err == nil {
		t.Error("a time that is none was taken")
	}
	if _, err := s.AddManual(ctx, ManualPost{Text: "x", Screenshot: []byte("<svg/>"), ShotName: "a.svg"}); err == nil {
		t.Error("an SVG was taken as a screenshot")
	}
}

func TestCollectingAFeed(t *testing.T) {
	ctx := context.Background()
	var hits int
	srv := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path != "/feed.xml" {
			http.NotFound(w, r)
			return
		}
		hits++
		w.Header().Set("ETag", `"v1"`)
		if r.Header.Get("If-None-Match") == `"v1"` {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = w.Write([]byte(`<?xml version="1.0"?><rss version="2.0"><channel><title>News</title><link>https://news.example/</link>
<item><title>Kettle recall</title><link>https://news.example/1</link><guid>n1</guid><pubDate>Mon, 02 Feb 2026 10:00:00 GMT</pubDate><description>A kettle is recalled.</description></item>
</channel></rss>`))
	}))
	defer srv.Close()
	d := newTestDesk(t)
	d.opt.CollectAllow = func(a netip.Addr) bool { return a.IsLoopback() }
	d.opt.CollectWait = func(ctx context.Context, _ time.Duration) error { return ctx.Err() }
	s := newTestSession(t, d)
	defer closeSession(t, s)
	x, err := s.PutCollector(ctx, model.Collector{Type: "feed", URL: srv.URL + "/feed.xml", Source: model.Source{Name: "News", Mode: model.ModeOpen}})
	if err != nil {
		t.Fatal(err)
	}
	first, err := s.Collect(ctx, nil, nil)
	if err != nil || len(first.Collected) != 1 || first.Collected[0].Batch == nil || first.Collected[0].Batch.Accepted != 1 {
		t.Fatalf("%v, %+v", err, first)
	}
	again, err := s.Collect(ctx, []string{x.ID}, nil)
	if err != nil || !again.Collected[0].NotModified || hits != 2 {
		t.Fatalf("%v, %+v after %d hits", err, again, hits)
	}
	ledger, err := s.Ledger(ctx, 0, 100)
	if err != nil || len(ledger) < 2 {
		t.Fatalf("%v: the ledger has %d requests", err, len(ledger))
	}
	if got := total(t, s, "recall mode:open"); got != 1 {
		t.Errorf("%d posts found", got)
	}
	_, err = s.PutCollector(ctx, model.Collector{URL: "https://me:secret@x.example/feed", Source: model.Source{Mode: model.ModeOpen}})
	var bad *model.Fault
	if !errors.As(err, &bad) || bad.Code != "url_has_password" {
		t.Errorf("an address with a password: %v", err)
	}
	if _, err := s.PutCollector(ctx, model.Collector{URL: "https://x.example", Source: model.Source{Mode: model.ModeClosed}}); err == nil {
		t.Error("a closed source without authority was taken")
	}
}

func TestCollectRefusesPrivateAddresses(t *testing.T) {
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	srv := httptest.NewServer(http.NotFoundHandler())
	defer srv.Close()
	if _, err := s.PutCollector(context.Background(), model.Collector{Type: "feed", URL: srv.URL}); err != nil {
		t.Fatal(err)
	}
	res, err := s.Collect(context.Background(), nil, nil)
	if err != nil || res.Collected[0].Error == "" {
		t.Fatalf("a loopback address was reached: %v, %+v", err, res)
	}
}
