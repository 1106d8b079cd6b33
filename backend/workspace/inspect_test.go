package workspace

import (
	"bytes"
	"context"
	"errors"
	"os"
	"path/filepath"
	"testing"

	"vedette/backend/model"
)

func TestInspectStoresNothing(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	size := s.c.LogSize()
	few, many := writeLines(t, 0, 3), writeLines(t, 0, 4000)
	table := filepath.Join(t.TempDir(), "table.csv")
	if err := os.WriteFile(table, []byte("colour,weight\nred,3\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	got, err := s.Inspect(ctx, ImportRequest{Paths: []string{few, many}, Profile: []byte(testProfile)})
	if err != nil {
		t.Fatal(err)
	}
	f := got.Files[0]
	if f.Format != "table" || f.Confidence == 0 || f.Why == "" || !f.Exact || f.Records != 3 || len(f.Posts) != 3 || f.Profile != "test/1" || f.Code != "" {
		t.Errorf("the small file: %+v", f)
	}
	if p := f.Posts[1]; p.UID != "x:9007199254740994" || p.Polarity != model.PolarityNegative || p.Lang != "en" || p.Author.Handle != "user1" || p.ID != "" {
		t.Errorf("its second post: %+v", p)
	}
	if f = got.Files[1]; f.Exact || f.Read != inspectRecords || len(f.Posts) != inspectShown || f.Records < 3600 || f.Records > 4400 {
		t.Errorf("the large file: exact %v, read %d, estimated %d", f.Exact, f.Read, f.Records)
	}
	if got, err = s.Inspect(ctx, ImportRequest{Paths: []string{table}}); err != nil {
		t.Fatal(err)
	}
	if f = got.Files[0]; f.Code != "needs_mapping" || f.Reason == "" || len(f.Columns) != 2 || len(f.Tried) == 0 {
		t.Errorf("the unknown table: %+v", f)
	}
	var fault *model.Fault
	if _, err = s.Inspect(ctx, ImportRequest{Paths: []string{filepath.Join(t.TempDir(), "none")}}); !errors.As(err, &fault) || fault.Code != "file_not_found" {
		t.Errorf("a file that is not there gives %v", err)
	}
	if info, err := s.Info(ctx); err != nil || s.c.LogSize() != size || info.Batches != 0 || info.Posts != 0 {
		t.Errorf("inspecting left %+v, %v", info, err)
	}
}

func TestPreviewOfAReportIsNotRecorded(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 120))
	size := s.c.LogSize()
	a, err := s.ReportPreview(ctx, ReportRequest{Lang: "en"}, nil)
	if err != nil || !bytes.HasPrefix(a, []byte("%PDF-")) {
		t.Fatalf("the preview has %d bytes, %v", len(a), err)
	}
	runs, err := s.Runs(ctx)
	if err != nil || len(runs) != 0 || s.c.LogSize() != size {
		t.Errorf("previewing recorded %d runs; the log went from %d to %d; %v", len(runs), size, s.c.LogSize(), err)
	}
	path := filepath.Join(t.TempDir(), "r.pdf")
	if _, err := s.Report(ctx, ReportRequest{Lang: "en"}, path, nil); err != nil {
		t.Fatal(err)
	}
	saved, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if c, err := s.ReportPreview(ctx, ReportRequest{Lang: "en"}, nil); err != nil || !bytes.Equal(c, saved) {
		t.Errorf("the preview of the saved report is another one, %v", err)
	}
}
