package report_test

import (
	"bytes"
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"

	"vedette/assets"
	"vedette/backend/model"
	"vedette/backend/report"
	"vedette/backend/report/typeset"
)

var loadFonts = sync.OnceValues(func() (report.Fonts, error) { return report.LoadFonts(assets.Fonts()) })

// render renders an Input; with REPORT_OUT set the file is also kept there.
func render(t testing.TB, name string, in report.Input) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := report.PDF(context.Background(), in, fonts(t), &b); err != nil {
		t.Fatal(err)
	}
	if dir := os.Getenv("REPORT_OUT"); dir != "" {
		if err := os.WriteFile(filepath.Join(dir, name+".pdf"), b.Bytes(), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	return b.Bytes()
}

// extract is what poppler's pdftotext reads.
func extract(t testing.TB, doc []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (install poppler-utils): %v", err)
	}
	return string(out)
}

// fold drops white space and direction marks, which extraction does not keep.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\n' || r == '\f' || r == '\t' || r == 0xA0, r >= 0x202A && r <= 0x202E, r == 0x200E, r == 0x200F:
			return -1
		}
		return r
	}, s)
}

func TestReportHasEveryQuoteAndFigure(t *testing.T) {
	for _, lang := range []string{"en", "es"} {
		in := fixture(lang)
		got := extract(t, render(t, lang, in))
		flat := fold(got)
		for i, q := range in.Quotes {
			parts := []string{typeset.Shown(fonts(t), q.Post.Text)}
			if len(q.Post.Text) > 4000 { // goes over a page
				parts = strings.Fields(q.Post.Text)
			}
			for _, w := range parts {
				if !strings.Contains(flat, fold(w)) {
					t.Errorf("%s: quote %d: %q was not extracted", lang, i+1, w)
				}
			}
			if !strings.Contains(flat, fold(q.Post.URL)) || !strings.Contains(flat, q.Post.SHA256) {
				t.Errorf("%s: quote %d: URL or hash was not extracted", lang, i+1)
			}
		}
		for _, want := range []string{in.Custody.Root, in.Custody.PublicKey, "TLP:AMBER+STRICT", "[R10]", "[E10]", "Europe/Madrid", hash("fvolume"), hash("rvolume")} {
			if !strings.Contains(flat, fold(want)) {
				t.Errorf("%s: %q was not extracted", lang, want)
			}
		}
	}
}

func TestReportIsReproducible(t *testing.T) {
	a, b := render(t, "a", fixture("en")), render(t, "b", fixture("en"))
	if !bytes.Equal(a, b) {
		t.Fatal("the same input gave other bytes")
	}
}

func TestEmptyReport(t *testing.T) {
	in := report.Input{Lang: "es", Case: model.CaseMeta{Name: "Vacío 🧿", TLP: model.TLPClear, Training: true}}
	got := extract(t, render(t, "empty", in))
	for _, want := range []string{"TLP:CLEAR", "DATOS SINTÉTICOS", "No se ha analizado"} {
		if !strings.Contains(got, want) {
			t.Errorf("%q was not extracted", want)
		}
	}
}

func TestTrainingReportIsMarkedOnEveryPage(t *testing.T) {
	in := fixture("en")
	in.Case.Training, in.Case.TLP = true, "no such marking"
	pages := strings.Split(strings.TrimRight(extract(t, render(t, "training", in)), "\f"), "\f")
	for i, p := range pages {
		if !strings.Contains(p, "TRAINING · SYNTHETIC DATA") || strings.Count(p, "TLP:RED") != 2 {
			t.Errorf("page %d of %d is not marked:\n%s", i+1, len(pages), p)
		}
	}
}

func TestReportFaults(t *testing.T) {
	var fault *model.Fault
	var b bytes.Buffer
	if err := report.PDF(context.Background(), report.Input{Lang: "fr"}, fonts(t), &b); !errors.As(err, &fault) || fault.Code != "report_language" {
		t.Errorf("unknown language: %v", err)
	}
	if err := report.PDF(context.Background(), report.Input{Lang: "en"}, nil, &b); !errors.As(err, &fault) || fault.Code != "report_failed" {
		t.Errorf("no fonts: %v", err)
	}
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	if err := report.PDF(ctx, fixture("en"), fonts(t), &b); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: %v", err)
	}
	if b.Len() > 0 {
		t.Error("something was written of a report that failed")
	}
}

func BenchmarkReport(b *testing.B) {
	f := fonts(b)
	for b.Loop() {
		var out bytes.Buffer
		if err := report.PDF(context.Background(), fixture("en"), f, &out); err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(out.Len()), "bytes")
	}
}

func BenchmarkLoadFonts(b *testing.B) {
	for b.Loop() {
		if _, err := report.LoadFonts(assets.Fonts()); err != nil {
			b.Fatal(err)
		}
	}
}
