package casefile

import (
	"archive/zip"
	"bytes"
	"context"
	"database/sql"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vedette/backend/model"
)

// eventful makes a case in which every kind of row occurs, several times where
// order matters, and closes it.
func eventful(t *testing.T) *world {
	t.Helper()
	w := newWorld(t)
	ctx := context.Background()
	var a, b source
	for i := range 12 {
		p := fullPost(fmt.Sprint(100 + i))
		switch {
		case i == 3:
			a.line(nil, &model.Reject{Code: "bad_json", Reason: "broken at 3"})
		case i == 7:
			a.row(nil, &model.Reject{Code: "no_id", Reason: "row without id"})
		case i%3 == 0:
			a.row(p, nil)
		default:
			a.line(p, nil)
		}
	}
	again := fullPost("101")
	again.Counts.Likes, again.Author.Name, again.CapturedAt.Time = model.Known(50), "Anna", again.CapturedAt.Time.AddDate(0, 0, 3)
	a.line(again, nil)
	w.load("a.jsonl", &a, 5)
	for i := range 4 {
		b.line(plainPost(fmt.Sprint(200+i)), nil)
	}
	edited := fullPost("102")
	edited.Text = "rewritten"
	b.line(edited, nil)
	b.line(plainPost("200"), nil)
	w.load("b.jsonl", &b, 100)
	w.load("c.zip", zipped(t), 2)
	w.must(w.c.Withdraw(ctx, 2, true))
	star, note, grade := true, "look here", "2"
	w.must(w.c.ChangeMarks(ctx, []int64{1, 2, 3}, MarkChange{Star: &star, AddLabels: []string{"one", "two"}}))
	w.must(w.c.ChangeMarks(ctx, []int64{2}, MarkChange{Note: &note, Grade: &grade, RemoveLabels: []string{"one"}}))
	for _, n := range []string{"Acme", "Bolt"} {
		_, err := w.c.PutSubject(ctx, model.Subject{Name: n, Type: model.SubjectBrand, Query: n})
		w.must(err)
		_, err = w.c.PutSavedSearch(ctx, model.SavedSearch{Name: n, Selection: model.Selection{Query: n}})
		w.must(err)
		_, err = w.c.PutCollector(ctx, model.Collector{Type: "feed", URL: "https://example.org/" + n})
		w.must(err)
		_, err = w.c.SaveRun(ctx, model.Run{Spec: model.RunSpec{Kind: "volume"}, Engine: "analytics/1", Posts: 3, Result: []byte(`{"n":"` + n + `"}`)})
		w.must(err)
		w.must(w.c.AppendRequest(ctx, model.Request{Method: "GET", URL: "https://example.org/" + n, Status: 200}))
		_, err = w.c.LogEvent(ctx, "report", n+".pdf", []byte(`{"sha256":"00"}`))
		w.must(err)
	}
	subjects, err := w.c.Subjects(ctx)
	w.must(err)
	w.must(w.c.RemoveSubject(ctx, subjects[0].ID))
	_, err = w.c.PutSubject(ctx, model.Subject{Name: "Crane", Type: model.SubjectTopic, Query: "crane"})
	w.must(err)
	w.close()
	return w
}

// zipped is an archive of two members with records in each.
func zipped(t *testing.T) *source {
	t.Helper()
	var s source
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for _, name := range []string{"posts/one.jsonl", "posts/two.jsonl"} {
		var in source
		in.line(plainPost(name+"1"), nil)
		in.line(plainPost(name+"2"), nil)
		if name == "posts/one.jsonl" {
			in.line(nil, &model.Reject{Code: "bad_json", Reason: "in an archive"})
		}
		f, err := z.Create(name)
		if err == nil {
			_, err = f.Write(in.data)
		}
		if err != nil {
			t.Fatal(err)
		}
		for _, r := range in.records {
			r.Seq, r.Locator.Member = int64(len(s.records)), name
			s.records = append(s.records, r)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	s.data = buf.Bytes()
	return &s
}

func (w *world) verify() VerifyReport {
	w.t.Helper()
	r, err := Verify(context.Background(), w.dir, VerifyOptions{ConfigDir: w.config})
	w.must(err)
	return r
}

// codes lists the distinct codes of a report's findings.
func codes(r VerifyReport) []string {
	var out []string
	for _, f := range r.Findings {
		if !slices.Contains(out, f.Code) {
			out = append(out, f.Code)
		}
	}
	return out
}

func (w *world) wantClean() {
	w.t.Helper()
	if r := w.verify(); !r.OK || r.Claim != ClaimCheckpoint {
		w.t.Fatalf("claim %q, findings %+v", r.Claim, r.Findings)
	}
}

// alter changes the database of a closed case by plain SQL.
func (w *world) alter(stmts ...string) error {
	db := sql.OpenDB(connector{path: filepath.Join(w.dir, dbFile), how: openWrite})
	defer db.Close()
	db.SetMaxOpenConns(1)
	for _, s := range append([]string{"PRAGMA foreign_keys=OFF"}, stmts...) {
		if _, err := db.Exec(s); err != nil {
			return fmt.Errorf("%s: %w", s, err)
		}
	}
	return nil
}

// snapshot keeps the folder's files as they are and returns what puts them back.
func (w *world) snapshot() (restore func()) {
	w.t.Helper()
	files := map[string][]byte{}
	w.must(filepath.WalkDir(w.dir, func(p string, d os.DirEntry, err error) error {
		if err == nil && !d.IsDir() {
			files[p], err = os.ReadFile(p)
		}
		return err
	}))
	return func() {
		w.t.Helper()
		w.must(filepath.WalkDir(w.dir, func(p string, d os.DirEntry, err error) error {
			if err == nil && !d.IsDir() && files[p] == nil {
				err = os.Remove(p)
			}
			return err
		}))
		for p, b := range files {
			w.must(os.WriteFile(p, b, 0o600))
		}
	}
}

func TestVerifyClean(t *testing.T) {
	w := eventful(t)
	w.wantClean()
	r, err := Verify(context.Background(), w.dir, VerifyOptions{ConfigDir: t.TempDir()})
	w.must(err)
	if !r.OK || r.Claim != ClaimConsistent {
		t.Errorf("without a checkpoint: claim %q, findings %+v", r.Claim, r.Findings)
	}
	if r.Posts != 18 || r.Sightings != 21 || r.Rejects != 3 || r.Containers != 3 || r.Case.Name != "Harbour" {
		t.Errorf("report is %+v", r)
	}
	w.reopen()
	w.wantClean() // beside a writer
}

// evidential tables; the others can be made again from them.
var evidential = []string{
	"log", "nodes", "objects", "containers", "members", "batches", "chunks", "accounts", "account_states",
	"posts", "sightings", "rejects", "raws", "marks", "runs", "requests",
}

// column is one column of a table.
type column struct{ table, name, kind string }

func (w *world) columns(table string) []column {
	w.t.Helper()
	db := pool(filepath.Join(w.dir, dbFile), openRead)
	defer db.Close()
	rows, err := db.Query("SELECT name, type FROM pragma_table_info(?)", table)
	w.must(err)
	defer rows.Close()
	var out []column
	for rows.Next() {
		c := column{table: table}
		w.must(rows.Scan(&c.name, &c.kind))
		out = append(out, c)
	}
	w.must(rows.Err())
	return out
}

// TestEveryColumnIsCovered changes every column of every evidential table, in a
// random row, in every way that its type allows.
func TestEveryColumnIsCovered(t *testing.T) {
	w := eventful(t)
	restore := w.snapshot()
	rng := rand.New(rand.NewPCG(1, 2))
	ways := map[string][]string{
		"INTEGER": {"coalesce(@, 0) + 1", "NULL"},
		"REAL":    {"coalesce(@, 0) + 0.5", "NULL"},
		"TEXT":    {"coalesce(@, '') || 'x'", "NULL", "upper(@)"},
		"BLOB":    {"CAST(coalesce(@, x'') || x'00' AS BLOB)", "NULL", "x'00'"},
	}
	tried := 0
	for _, table := range evidential {
		for _, col := range w.columns(table) {
			for _, way := range ways[col.kind] {
				expr := strings.ReplaceAll(way, "@", col.name)
				key := "rowid"
				if table == "objects" {
					key = "id"
				}
				stmt := fmt.Sprintf("UPDATE %[1]s SET %[2]s = %[3]s WHERE %[4]s = (SELECT %[4]s FROM %[1]s WHERE (%[3]s) IS NOT %[2]s ORDER BY %[4]s LIMIT 1 OFFSET %[5]d %% max(1, (SELECT count(*) FROM %[1]s WHERE (%[3]s) IS NOT %[2]s)))",
					table, col.name, expr, key, rng.IntN(1000))
				changed, err := w.altered(stmt)
				if err != nil && !refused(err) {
					t.Fatalf("%s: %v", stmt, err)
				}
				if changed && err == nil {
					tried++
					if r := w.verify(); r.OK {
						t.Errorf("not caught: %s", stmt)
					}
				}
				restore()
			}
		}
	}
	if tried < 250 {
		t.Errorf("only %d changes were possible", tried)
	}
}

// refused reports whether the schema itself did not allow a change.
func refused(err error) bool {
	return strings.Contains(err.Error(), "constraint") || strings.Contains(err.Error(), "datatype mismatch")
}

// altered runs one statement and reports whether it changed a row.
func (w *world) altered(stmt string) (bool, error) {
	db := sql.OpenDB(connector{path: filepath.Join(w.dir, dbFile), how: openWrite})
	defer db.Close()
	res, err := db.Exec(stmt)
	if err != nil {
		return false, err
	}
	n, err := res.RowsAffected()
	return n > 0, err
}

// TestRowsAreCovered removes, swaps, copies and truncates rows of every
// evidential table.
func TestRowsAreCovered(t *testing.T) {
	w := eventful(t)
	restore := w.snapshot()
	for _, table := range evidential {
		key := "rowid"
		if table == "objects" {
			key = "id"
		}
		var stmts []string
		for i := range 5 {
			stmts = append(stmts, fmt.Sprintf("DELETE FROM %[1]s WHERE %[2]s = (SELECT %[2]s FROM %[1]s ORDER BY %[2]s LIMIT 1 OFFSET %[3]d)", table, key, i))
		}
		stmts = append(stmts,
			fmt.Sprintf("DELETE FROM %[1]s WHERE %[2]s = (SELECT max(%[2]s) FROM %[1]s)", table, key),
			fmt.Sprintf("DELETE FROM %s", table))
		if key == "rowid" {
			cols := w.columns(table)
			names := make([]string, 0, len(cols))
			for _, c := range cols[1:] {
				names = append(names, c.name)
			}
			list := strings.Join(names, ", ")
			if table != "containers" && table != "members" { // unique columns
				stmts = append(stmts, fmt.Sprintf("INSERT INTO %[1]s (%[2]s, %[3]s) SELECT %[2]s + 100000, %[3]s FROM %[1]s ORDER BY 1 LIMIT 1", table, cols[0].name, list))
			}
			stmts = append(stmts, fmt.Sprintf( // swap the first two rows
				"UPDATE %[1]s SET %[2]s = CASE %[2]s WHEN (SELECT min(%[2]s) FROM %[1]s) THEN -1 ELSE -2 END WHERE %[2]s IN (SELECT %[2]s FROM %[1]s ORDER BY %[2]s LIMIT 2);"+
					"UPDATE %[1]s SET %[2]s = (SELECT min(x) + 1 FROM (SELECT min(%[2]s) x FROM %[1]s WHERE %[2]s >= 0)) - 2 + %[2]s WHERE %[2]s < 0", table, cols[0].name))
		}
		for _, stmt := range stmts {
			changed, err := w.altered(stmt)
			if err != nil && !refused(err) {
				t.Fatalf("%s: %v", stmt, err)
			}
			if changed && err == nil {
				if r := w.verify(); r.OK {
					t.Errorf("not caught: %s", stmt)
				}
			}
			restore()
		}
	}
}
