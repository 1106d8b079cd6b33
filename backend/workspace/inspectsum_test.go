package workspace

import (
	"context"
	"fmt"
	"os"
	"path/filepath"
	"testing"
)

func TestOverviewOfAFolder(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	dir := t.TempDir()
	put := func(name, data string) {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(data), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for i := range inspectFiles + 5 {
		put(fmt.Sprintf("chat%03d.txt", i), fmt.Sprintf("13/02/2025, 10:%02d - Jana: The ferry is late\n13/02/2025, 11:00 - Bo: Again\n", i%60))
	}
	put("zz.bin", "\x00\x01\x02")
	put("zz.empty", "")
	size := s.c.LogSize()
	got, err := s.Inspect(ctx, ImportRequest{Paths: []string{dir}, IncludePrivate: true})
	if err != nil {
		t.Fatal(err)
	}
	o := got.Overview
	if len(got.Files) != inspectFiles || got.More != 0 || o.Files != inspectFiles+7 || len(o.Formats) != 1 || o.Formats[0].Format != "whatsapp" || o.Formats[0].Files != inspectFiles+5 || o.Formats[0].Looked != inspectFiles || o.Exact {
		t.Errorf("%d files, overview %+v", len(got.Files), o)
	}
	if len(o.Refused) != 2 || o.Refused[0].Files != 1 || o.Kinds["message"] != 2*inspectFiles || o.Visibility["private"] != 2*inspectFiles || o.First == "" || o.Last != "2025-02-13T11:00:00Z" {
		t.Errorf("overview %+v", o)
	}
	if got, err = s.DryRun(ctx, ImportRequest{Paths: []string{dir}, IncludePrivate: true}, nil); err != nil {
		t.Fatal(err)
	}
	if o = got.Overview; len(got.Files) != inspectFiles+7 || !o.Exact || o.Records != 2*(inspectFiles+5) || o.Read != o.Records {
		t.Errorf("dry run: %d files, overview %+v", len(got.Files), o)
	}
	if s.c.LogSize() != size {
		t.Error("looking was logged")
	}
}

func TestBothReadingsOfADate(t *testing.T) {
	for _, c := range []struct{ text, dmy, mdy string }{
		{"03/04/2025 10:00", "2025-04-03", "2025-03-04"},
		{"1.2.24, 15:04", "2024-02-01", "2024-01-02"},
		{"[5-6-2020 01:00]", "2020-06-05", "2020-05-06"},
		{"13/04/2025", "", ""},
		{"04/04/2025", "", ""},
		{"2025-04-03", "", ""},
		{"30/02/2025", "", ""},
		{"03/04-2025", "", ""},
		{"none", "", ""},
	} {
		got := bothReadings(c.text)
		switch {
		case got == nil && c.dmy != "", got != nil && (got.DayFirst != c.dmy || got.MonthFirst != c.mdy):
			t.Errorf("%q: %+v", c.text, got)
		}
	}
}
