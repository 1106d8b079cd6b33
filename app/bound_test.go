package app

import (
	"os"
	"reflect"
	"regexp"
	"slices"
	"strings"
	"testing"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// bound is everything that the page may call. A new method is added here on
// purpose or not at all: none may take a path, SQL or a command.
var bound = map[string]string{
	"CaseService.ChooseFolder":         "string",
	"CaseService.Close":                "",
	"CaseService.Create":               "string app.NewCase",
	"CaseService.Current":              "",
	"CaseService.Forget":               "string",
	"CaseService.Open":                 "string bool",
	"CaseService.OpenExample":          "",
	"CaseService.OpenRecent":           "string bool",
	"CaseService.Recent":               "",
	"CaseService.UpdateSettings":       "app.NewCase",
	"ExploreService.Mark":              "[]string workspace.MarkChange",
	"ExploreService.Post":              "string",
	"ExploreService.RemoveSavedSearch": "string",
	"ExploreService.SaveSearch":        "model.SavedSearch",
	"ExploreService.SavedSearches":     "",
	"ExploreService.Star":              "[]string bool",
	"HistoryService.History":           "",
	"HistoryService.Redo":              "",
	"HistoryService.Undo":              "",
	"JobsService.Cancel":               "string",
	"JobsService.Enrich":               "",
	"JobsService.List":                 "",
	"JobsService.Resume":               "string",
	"JobsService.Verify":               "",
	"ListenService.AddManual":          "workspace.ManualPost string",
	"ListenService.Batches":            "",
	"ListenService.ChooseFiles":        "string",
	"ListenService.ChooseFolder":       "string",
	"ListenService.ChooseScreenshot":   "string",
	"ListenService.Collect":            "[]string",
	"ListenService.Collectors":         "",
	"ListenService.ExportProfile":      "string string",
	"ListenService.ExportRejects":      "int64 string",
	"ListenService.GuessProfile":       "string int app.ImportOptions",
	"ListenService.Import":             "string app.ImportOptions",
	"ListenService.Inspect":            "string app.ImportOptions",
	"ListenService.Ledger":             "int64 int",
	"ListenService.OpenProfile":        "string",
	"ListenService.Profile":            "string",
	"ListenService.Profiles":           "",
	"ListenService.PutCollector":       "model.Collector",
	"ListenService.PutSubject":         "model.Subject",
	"ListenService.Rejects":            "int64 int64 int",
	"ListenService.RemoveCollector":    "string",
	"ListenService.RemoveProfile":      "string",
	"ListenService.RemoveSubject":      "string",
	"ListenService.Retry":              "int64 app.ImportOptions",
	"ListenService.SaveProfile":        "string",
	"ListenService.Subjects":           "",
	"ListenService.TryProfile":         "string int app.ImportOptions",
	"ListenService.Withdraw":           "int64 bool",
	"ReportService.Export":             "model.Selection string bool string",
	"ReportService.Preview":            "workspace.ReportRequest",
	"ReportService.Save":               "workspace.ReportRequest string",
	"SituationService.Record":          "model.Selection",
	"SituationService.Refine":          "model.Selection workspace.Refinement",
	"SituationService.Runs":            "",
	"SituationService.Situation":       "model.Selection string",
	"SystemService.About":              "",
	"SystemService.Licences":           "",
	"SystemService.SaveChart":          "string string string string",
	"SystemService.SaveSettings":       "app.Settings",
	"SystemService.SetTitle":           "string",
	"SystemService.Settings":           "",
}

func TestBoundMethods(t *testing.T) {
	got := map[string]string{}
	for _, s := range newHost(Options{}, &fakeShell{}).services() {
		typ := reflect.TypeOf(s)
		for i := range typ.NumMethod() {
			m := typ.Method(i)
			var in []string
			for j := 1; j < m.Type.NumIn(); j++ {
				in = append(in, m.Type.In(j).String())
			}
			got[typ.Elem().Name()+"."+m.Name] = strings.Join(in, " ")
		}
	}
	for name, in := range got {
		if want, ok := bound[name]; !ok {
			t.Errorf("%s(%s) is bound, yet not allowed", name, in)
		} else if in != want {
			t.Errorf("%s takes (%s), want (%s)", name, in, want)
		}
	}
	for name := range bound {
		if _, ok := got[name]; !ok {
			t.Errorf("%s is allowed, yet does not exist", name)
		}
	}
}

func TestPolicyIsTheSameInThePage(t *testing.T) {
	page, err := os.ReadFile("../frontend/index.html")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(page), `content="`+policy+`"`) {
		t.Errorf("index.html has another policy than the asset server:\n%s", policy)
	}
	if strings.Contains(policy, "unsafe") || strings.Contains(policy, "*") {
		t.Errorf("the policy is not strict: %s", policy)
	}
}

// TestPageTypes holds src/lib/api/types.ts to the JSON that Go writes: each
// interface has exactly the fields of its Go type.
func TestPageTypes(t *testing.T) {
	source, err := os.ReadFile("../frontend/src/lib/api/types.ts")
	if err != nil {
		t.Fatal(err)
	}
	page := pageTypes(string(source))
	for name, typ := range map[string]reflect.Type{
		"About": reflect.TypeFor[About](), "Author": reflect.TypeFor[model.AuthorView](), "CaseMeta": reflect.TypeFor[model.CaseMeta](),
		"Counts": reflect.TypeFor[model.Counts](), "CustodyHead": reflect.TypeFor[workspace.CustodyHead](),
		"CustodyRow": reflect.TypeFor[workspace.CustodyRow](), "FacetValue": reflect.TypeFor[workspace.FacetValue](),
		"FaultBody": reflect.TypeFor[Problem](), "Folder": reflect.TypeFor[Folder](), "Histogram": reflect.TypeFor[workspace.Histogram](),
		"Info": reflect.TypeFor[workspace.Info](), "Instant": reflect.TypeFor[model.Instant](), "Link": reflect.TypeFor[model.EnrichedLink](),
		"Licence": reflect.TypeFor[Licence](),
		"Locator": reflect.TypeFor[model.Locator](), "Marks": reflect.TypeFor[model.Marks](), "Media": reflect.TypeFor[model.Media](),
		"Metric": reflect.TypeFor[model.Metric](), "NewCase": reflect.TypeFor[NewCase](), "Place": reflect.TypeFor[model.Place](),
		"PostDetail": reflect.TypeFor[workspace.PostDetail](), "PostView": reflect.TypeFor[model.PostView](),
		"Progress": reflect.TypeFor[workspace.Progress](), "RecentCase": reflect.TypeFor[workspace.RecentCase](),
		"Refs": reflect.TypeFor[model.Refs](), "Row": reflect.TypeFor[Row](), "SearchPage": reflect.TypeFor[RowPage](),
		"Selection": reflect.TypeFor[model.Selection](), "Settings": reflect.TypeFor[Settings](),
		"SightingDetail": reflect.TypeFor[workspace.SightingDetail](), "Source": reflect.TypeFor[model.Source](),
		"Span": reflect.TypeFor[workspace.Span](), "WordReason": reflect.TypeFor[model.WordReason](),
	} {
		want := jsonFields(typ)
		got, ok := page[name]
		if !ok {
			t.Errorf("types.ts has no interface %s", name)
			continue
		}
		slices.Sort(want)
		slices.Sort(got)
		if !slices.Equal(got, want) {
			t.Errorf("interface %s has the fields\n%v, Go writes\n%v", name, got, want)
		}
	}
}

func jsonFields(t reflect.Type) []string {
	var out []string
	for i := range t.NumField() {
		f := t.Field(i)
		if f.Anonymous {
			out = append(out, jsonFields(f.Type)...)
			continue
		}
		if name, _, _ := strings.Cut(f.Tag.Get("json"), ","); name != "-" {
			out = append(out, name)
		}
	}
	return out
}

func pageTypes(source string) map[string][]string {
	out := map[string][]string{}
	field := regexp.MustCompile(`(?m)^  (\w+)\??:`)
	for _, m := range regexp.MustCompile(`(?ms)^export interface (\w+) \{\n(.*?)^\}`).FindAllStringSubmatch(source, -1) {
		for _, f := range field.FindAllStringSubmatch(m[2], -1) {
			out[m[1]] = append(out[m[1]], f[1])
		}
	}
	return out
}
