package cli

import (
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestTableIsGuessedTriedSavedAndImported takes a table nobody knows from a guess to posts.
func TestTableIsGuessedTriedSavedAndImported(t *testing.T) {
	r, dir, _, _ := newRunner(t)
	folder := t.TempDir()
	table := filepath.Join(folder, "harbour.csv")
	data := "ref,fecha,usuario,texto,me gusta\n" +
		"h1,03/04/2025 10:00,jana,Niebla en el puerto y sin ferry,3\nh2,04/05/2025 11:30,bo,El ferry llega tarde otra vez,7\n"
	if err := os.WriteFile(table, []byte(data), 0o600); err != nil {
		t.Fatal(err)
	}
	r.must(ExitDone, "case", "new", dir, "--name", "N", "--owner", "O", "--purpose", "P")
	if out := r.must(ExitAttention, "import", dir, table, "--dry-run"); !strings.Contains(out, "nothing was stored") {
		t.Errorf("dry run: %s", out)
	}
	out := r.must(ExitDone, "profile", "guess", table)
	var p map[string]any
	if err := json.Unmarshal([]byte(out), &p); err != nil || p["platform"] != "web" {
		t.Fatalf("guessed %s, %v", out, err)
	}
	p["platform"], p["name"] = "harbour", "Harbour watch"
	b, err := json.Marshal(p)
	if err != nil {
		t.Fatal(err)
	}
	mine := filepath.Join(folder, "mine.json")
	if err := os.WriteFile(mine, b, 0o600); err != nil {
		t.Fatal(err)
	}
	var look struct {
		Files []struct {
			Profile    string
			Records    int
			First      string
			Visibility map[string]int
			Dates      struct{ DMY, MDY string }
		}
		Overview struct{ Files, Records int }
	}
	r.object(ExitDone, &look, "import", dir, table, "--dry-run", "--profile", mine)
	if f := look.Files[0]; f.Profile != "Harbour watch/1" || f.Records != 2 || f.First != "2025-04-03T10:00:00Z" || f.Dates.MDY != "2025-03-04" || f.Visibility["public"] != 2 || look.Overview.Records != 2 {
		t.Errorf("dry run %+v", look)
	}
	if out := r.must(ExitDone, "import", dir, table, "--dry-run", "--profile", mine); !strings.Contains(out, "is 2025-04-03 with --date-order dmy, and 2025-03-04 with mdy") || !strings.Contains(out, "2025-04-03 to 2025-05-04") {
		t.Errorf("dry run: %s", out)
	}
	r.must(ExitDone, "profile", "save", mine)
	var list struct{ Profiles []struct{ Name, File string } }
	r.object(ExitDone, &list, "profile", "list")
	if list.Profiles[0].Name != "Harbour watch" || list.Profiles[0].File != "harbour-watch.json" {
		t.Errorf("saved %+v", list.Profiles[0])
	}
	var res struct{ Batches []batchNow }
	r.object(ExitDone, &res, "import", dir, table)
	if len(res.Batches) != 1 || res.Batches[0].Accepted != 2 {
		t.Errorf("imported %+v", res)
	}
	if out := r.must(ExitDone, "profile", "show", "Harbour watch"); !strings.Contains(out, `"platform": "harbour"`) {
		t.Errorf("show: %s", out)
	}
	r.must(ExitDone, "import", dir, table, "--profile", "Harbour watch")
	r.must(ExitDone, "profile", "remove", "Harbour watch")
	r.must(ExitFailed, "profile", "show", "Harbour watch")
	r.must(ExitUsage, "import", dir, "--dry-run", "--resume")
}
