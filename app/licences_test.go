package app

import (
	"os"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vedette/backend/workspace"
)

func TestLicencesAreAllShown(t *testing.T) {
	h, _ := started(t, "")
	h.opt.Legal = os.DirFS("..")
	got, err := (&SystemService{h}).Licences()
	if err != nil {
		t.Fatal(err)
	}
	var names []string
	for _, l := range got {
		names = append(names, l.Name)
		if strings.TrimSpace(l.Text) == "" {
			t.Errorf("%s is empty", l.Name)
		}
	}
	want := []string{"NOTICE", "LICENSE"}
	files, err := os.ReadDir("../assets/NOTICE.d")
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range files {
		want = append(want, strings.TrimSuffix(f.Name(), ".txt"))
	}
	if !slices.Equal(names, want) {
		t.Errorf("there are %v, want %v", names, want)
	}
}

func TestLicencesWithoutTexts(t *testing.T) {
	h, _ := started(t, "")
	got, err := (&SystemService{h}).Licences()
	if err != nil || got == nil || len(got) > 0 {
		t.Errorf("got %v, %v", got, err)
	}
}

func TestPageNamesEveryPackageOfItsBundle(t *testing.T) {
	b, err := os.ReadFile("../frontend/package.json")
	if err != nil {
		t.Fatal(err)
	}
	notice, err := os.ReadFile("../assets/NOTICE.d/page.txt")
	if err != nil {
		t.Fatal(err)
	}
	_, deps, _ := strings.Cut(string(b), `"dependencies": {`)
	deps, _, _ = strings.Cut(deps, "}")
	for line := range strings.Lines(deps) {
		parts := strings.Split(line, `"`)
		if len(parts) < 4 {
			continue
		}
		name, version := parts[1], parts[3]
		if name == "echarts" {
			name = "Apache ECharts"
		}
		if !strings.Contains(string(notice), name+" "+version) {
			t.Errorf("page.txt does not name %s %s", name, version)
		}
	}
}

func TestSettingsOutOfRangeAreTheDefault(t *testing.T) {
	h, _ := started(t, "")
	s := &SystemService{h}
	path, err := h.settingsFile()
	if err != nil {
		t.Fatal(err)
	}
	d := defaultSettings()
	for written, want := range map[string]Settings{
		// As an earlier version wrote it.
		`{"theme":"dark","lang":"es","facets_width":300,"detail_width":500}`: {
			Theme: "dark", Lang: "es", Density: d.Density, TextSize: d.TextSize, FacetsWidth: 300, DetailWidth: 500,
		},
		`{"theme":"pink","lang":"fr","density":"airy","text_size":900}`: d,
		`{"text_size":89,"density":"compact"}`: {
			Theme: d.Theme, Lang: d.Lang, Density: "compact", TextSize: d.TextSize, FacetsWidth: d.FacetsWidth, DetailWidth: d.DetailWidth,
		},
		`{"text_size":150}`: {
			Theme: d.Theme, Lang: d.Lang, Density: d.Density, TextSize: 150, FacetsWidth: d.FacetsWidth, DetailWidth: d.DetailWidth,
		},
	} {
		if err := os.WriteFile(path, []byte(written), 0o600); err != nil {
			t.Fatal(err)
		}
		if got, err := s.Settings(); err != nil || got != want {
			t.Errorf("%s reads as %+v, %v", written, got, err)
		}
	}
	if err := s.SaveSettings(Settings{TextSize: -3}); err != nil {
		t.Fatal(err)
	}
	if b, err := os.ReadFile(path); err != nil || !strings.Contains(string(b), `"text_size": 100`) {
		t.Errorf("kept %s, %v", b, err)
	}
}

func TestAboutNamesWhatBuiltIt(t *testing.T) {
	a := (&SystemService{newHost(Options{}, &fakeShell{})}).About()
	if a.Version == "" || !strings.Contains(a.Platform, "/") || a.Go == "" || strings.HasPrefix(a.Go, "go") {
		t.Errorf("the program says %+v", a)
	}
}

// TestReportTypes holds src/lib/api/report.ts to the JSON that Go writes.
func TestReportTypes(t *testing.T) {
	source, err := os.ReadFile("../frontend/src/lib/api/report.ts")
	if err != nil {
		t.Fatal(err)
	}
	page := pageTypes(string(source))
	for name, typ := range map[string]reflect.Type{
		"ReportRequest": reflect.TypeFor[workspace.ReportRequest](), "ReportResult": reflect.TypeFor[workspace.ReportResult](),
		"ExportResult": reflect.TypeFor[workspace.ExportResult](), "PreviewResult": reflect.TypeFor[Preview](),
	} {
		want, got := jsonFields(typ), page[name]
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("interface %s has the fields\n%v, Go writes\n%v", name, got, want)
		}
	}
}
