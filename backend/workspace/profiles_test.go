package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vedette/backend/importer/table"
	"vedette/backend/model"
)

const harbour = "Ref,Cuando,Quien,Dicho,Likes\n" +
	"h1,03/04/2025 10:00,jana,Fog over the harbour and no ferry,3\n" +
	"h2,04/05/2025 11:30,bo,The ferry is late again this morning,7\n"

// writeFile writes a file of this name and gives its path.
func writeFile(t *testing.T, name, data string) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// edited is a guessed profile as a person finishes it.
func edited(t *testing.T, g ProfileGuess, change func(*table.Profile)) []byte {
	t.Helper()
	var p table.Profile
	if err := json.Unmarshal(g.Profile, &p); err != nil {
		t.Fatal(err)
	}
	change(&p)
	b, err := json.Marshal(&p)
	if err != nil {
		t.Fatal(err)
	}
	return b
}

func TestTableIsMappedSavedAndKnownNextTime(t *testing.T) {
	ctx := context.Background()
	d := newTestDesk(t)
	s := newTestSession(t, d)
	defer closeSession(t, s)
	req := ImportRequest{Paths: []string{writeFile(t, "harbour.csv", harbour)}}
	g, err := s.GuessProfile(ctx, 0, req)
	if err != nil {
		t.Fatal(err)
	}
	if g.Container != "text" || g.Rows != 2 || len(g.Columns) != 5 || g.Columns[3].Name != "Dicho" || len(g.Columns[3].Samples) != 2 || len(g.Reasons) == 0 || g.Near != nil {
		t.Errorf("guessed %+v", g)
	}
	raw := edited(t, g, func(p *table.Profile) {
		p.Name, p.Platform = "Harbour watch", "harbour"
		f := p.Fields["author.handle"]
		f.From = []string{"Quien"}
		p.Fields["author.handle"] = f
		f.From = []string{"Ref"}
		p.Fields["id"] = f
		p.Ignore = nil
	})
	req.Profile = raw
	try, err := s.TryProfile(ctx, 0, req)
	if err != nil {
		t.Fatal(err)
	}
	if try.Accepted != 2 || len(try.Posts) != 2 || try.Posts[0].UID != "harbour:h1" || try.Posts[0].Author.Handle != "jana" || try.Dates == nil || try.Dates.MonthFirst != "2025-03-04" {
		t.Errorf("tried %+v", try)
	}
	if !slices.ContainsFunc(try.Fields, func(f table.FieldCheck) bool {
		return f.Field == "created" && len(f.Problems) == 1 && f.Problems[0].Code == "ambiguous_dates"
	}) {
		t.Errorf("the fields: %+v", try.Fields)
	}
	kept, err := d.SaveProfile(raw)
	if err != nil || kept.File != "harbour-watch.json" || kept.Label != "Harbour watch/1" {
		t.Fatalf("saved %+v, %v", kept, err)
	}
	req.Profile = nil
	in, err := s.Inspect(ctx, req)
	if err != nil {
		t.Fatal(err)
	}
	f := in.Files[0]
	if f.Code != "" || f.Profile != "Harbour watch/1" || !strings.Contains(f.Why, "saved profile") || f.Dates == nil || f.Dates.DayFirst != "2025-04-03" || f.Dates.MonthFirst != "2025-03-04" {
		t.Errorf("looked at %+v", f)
	}
	res, err := s.Import(ctx, req, nil)
	if err != nil || len(res.Batches) != 1 || res.Batches[0].Accepted != 2 || res.Batches[0].Profile != "Harbour watch/1" || !strings.Contains(res.Batches[0].Options, `"name":"Harbour watch"`) {
		t.Fatalf("imported %+v, %v", res, err)
	}
	if err := d.RemoveProfile("Harbour watch"); err != nil {
		t.Fatal(err)
	}
	if in, err = s.Inspect(ctx, req); err != nil || in.Files[0].Code != "needs_mapping" {
		t.Errorf("without the profile: %+v, %v", in.Files[0], err)
	}
}

func TestChangedColumnsArePointedOut(t *testing.T) {
	ctx := context.Background()
	d := newTestDesk(t)
	s := newTestSession(t, d)
	defer closeSession(t, s)
	g, err := d.GuessProfile(ctx, writeFile(t, "harbour.csv", harbour), ImportRequest{})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := d.SaveProfile(edited(t, g, func(p *table.Profile) { p.Name = "harbour" })); err != nil {
		t.Fatal(err)
	}
	changed := strings.Replace(harbour, "Ref,Cuando,Quien,Dicho,Likes", "Ref,Cuando,Quien,Texto,Likes", 1)
	in, err := s.Inspect(ctx, ImportRequest{Paths: []string{writeFile(t, "later.csv", changed)}})
	if err != nil {
		t.Fatal(err)
	}
	n := in.Files[0].Near
	if in.Files[0].Code != "needs_mapping" || n == nil || n.Name != "harbour" || strings.Join(n.Added, "+") != "Texto" || strings.Join(n.Missing, "+") != "Dicho" || !n.Needed {
		t.Errorf("%+v, near %+v", in.Files[0], n)
	}
}

func TestSavedProfiles(t *testing.T) {
	d := newTestDesk(t)
	all, err := d.Profiles()
	if err != nil || len(all) != len(table.Shipped()) || all[0].File != "" {
		t.Fatalf("at first %d profiles, %v", len(all), err)
	}
	one := []byte(`{"name":"Rio  watch","platform":"web","header":["a","b"],"fields":{"text":"a"}}`)
	two := []byte(`{"name":"Rio  watch","platform":"web","header":["a","b"],"fields":{"text":"b"}}`)
	for i, want := range []int{1, 1, 2, 2} {
		kept, err := d.SaveProfile([][]byte{one, one, two, two}[i])
		if err != nil || kept.profile.Version != want || kept.File != "rio-watch.json" {
			t.Errorf("save %d: version %+v, %v, want %d", i, kept.profile, err, want)
		}
	}
	var f *model.Fault
	if _, err := d.SaveProfile([]byte(strings.Replace(string(one), "Rio  watch", "Rio-Watch", 1))); !errors.As(err, &f) || f.Code != "profile_name_taken" {
		t.Errorf("another name for the same file: %v", err)
	}
	if err := os.WriteFile(filepath.Join(d.profilesDir(), "bad.json"), []byte(`{"name":"bad"}`), 0o600); err != nil {
		t.Fatal(err)
	}
	all, err = d.Profiles()
	if err != nil || all[0].Name != "Rio  watch" || all[1].Name != "bad" || !strings.Contains(all[1].Problem, "maps no fields") {
		t.Errorf("%+v, %v", all[:2], err)
	}
	out := filepath.Join(t.TempDir(), "out.json")
	if err := d.ExportProfile("Rio  watch", out); err != nil {
		t.Fatal(err)
	}
	if b, err := d.ReadProfile(out); err != nil || !strings.Contains(string(b), `"version": 2`) {
		t.Errorf("read back %s, %v", b, err)
	}
	if err := d.RemoveProfile("bad"); err != nil {
		t.Error(err)
	}
	if err := d.RemoveProfile(table.Shipped()[0].Name); !errors.As(err, &f) || f.Code != "profile_shipped" {
		t.Errorf("removing a shipped one: %v", err)
	}
	if err := d.RemoveProfile("none"); !errors.As(err, &f) || f.Code != "profile_not_found" {
		t.Errorf("removing none: %v", err)
	}
}

func TestObjectsAreMappedByTheirMembers(t *testing.T) {
	ctx := context.Background()
	d := newTestDesk(t)
	s := newTestSession(t, d)
	defer closeSession(t, s)
	lines := `{"key":"k1","when":"2025-01-02T03:04:05Z","words":"The ferry does not come today","extra":1}` + "\n" +
		`{"key":"k2","when":"2025-01-03T03:04:05Z","words":"And it did not come yesterday"}` + "\n"
	req := ImportRequest{Paths: []string{writeFile(t, "lines.ndjson", lines)}}
	g, err := s.GuessProfile(ctx, 0, req)
	if err != nil || g.Container != "json" {
		t.Fatalf("%+v, %v", g, err)
	}
	var p table.Profile
	if err := json.Unmarshal(g.Profile, &p); err != nil || strings.Join(p.Header, "+") != "key+when+words" {
		t.Errorf("the signature %q, %v", p.Header, err)
	}
	if _, err := d.SaveProfile(g.Profile); err != nil {
		t.Fatal(err)
	}
	in, err := s.DryRun(ctx, req, nil)
	if err != nil || in.Files[0].Profile != "lines/1" || in.Files[0].Records != 2 {
		t.Errorf("%+v, %v", in.Files, err)
	}
}

func TestWhatIsTypedAsAnAddressIsOne(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	for _, bad := range []string{"javascript:alert(1)", "harbour.example/1", "https://", "file:///etc/hostname"} {
		var f *model.Fault
		if _, err := s.AddManual(ctx, ManualPost{Text: "a", URL: bad}); !errors.As(err, &f) || f.Code != "bad_url" {
			t.Errorf("%q: %v", bad, err)
		}
	}
	if b, err := s.AddManual(ctx, ManualPost{URL: "https://harbour.example/1"}); err != nil || b.Accepted != 1 {
		t.Errorf("an address alone: %+v, %v", b, err)
	}
	if info, err := s.Info(ctx); err != nil || info.Batches != 1 {
		t.Errorf("what was refused left %+v, %v", info, err)
	}
}
