package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vedette/backend/model"
)

func faultCode(err error) string {
	var f *model.Fault
	if errors.As(err, &f) {
		return f.Code
	}
	return ""
}

// TestContainerBits flips every byte of a small container and random bits of a
// larger one: all must be caught.
func TestContainerBits(t *testing.T) {
	w := newWorld(t)
	var small, large source
	small.line(plainPost("1"), nil)
	for i := range 2500 {
		large.line(plainPost(fmt.Sprint(i)), nil)
	}
	a, b := w.load("small", &small, 10), w.load("large", &large, 2500)
	w.close()
	w.wantClean()
	rng := rand.New(rand.NewPCG(3, 4))
	flip := func(sha string, at int, bit byte) {
		path := filepath.Join(w.dir, containerFolder, sha)
		data, err := os.ReadFile(path)
		w.must(err)
		if at < 0 {
			at = rng.IntN(len(data))
		}
		if at >= len(data) {
			return
		}
		data[at] ^= bit
		w.must(os.WriteFile(path, data, 0o600))
		r := w.verify()
		if r.OK || !slices.ContainsFunc(r.Findings, func(f Finding) bool {
			return f.Code == FindContainerBroken && f.Object == "container:"+sha
		}) {
			t.Errorf("bit %d of byte %d of container %s: %v", bit, at, sha, codes(r))
		}
		data[at] ^= bit
		w.must(os.WriteFile(path, data, 0o600))
	}
	for at := range 200 {
		flip(a.Container, at, 1<<rng.IntN(8))
	}
	for range 12 {
		flip(b.Container, -1, 1<<rng.IntN(8))
	}
	w.wantClean()
}

func TestContainerGone(t *testing.T) {
	w := eventful(t)
	list, err := os.ReadDir(filepath.Join(w.dir, containerFolder))
	w.must(err)
	w.must(os.Remove(filepath.Join(w.dir, containerFolder, list[0].Name())))
	if r := w.verify(); !slices.Equal(codes(r), []string{FindContainerGone}) {
		t.Errorf("findings are %+v", r.Findings)
	}
}

// TestDatabaseBits flips random bits of the database file. Whenever the rows
// of an evidential table are not what they were, or cannot be read, Verify must
// say so; a flip in unused space changes no row.
func TestDatabaseBits(t *testing.T) {
	w := eventful(t)
	want, err := w.dump()
	w.must(err)
	path := filepath.Join(w.dir, dbFile)
	pristine, err := os.ReadFile(path)
	w.must(err)
	rng := rand.New(rand.NewPCG(5, 6))
	harmed := 0
	for range 400 {
		data := slices.Clone(pristine)
		at, bit := rng.IntN(len(data)), byte(1)<<rng.IntN(8)
		data[at] ^= bit
		w.must(os.WriteFile(path, data, 0o600))
		got, err := w.dump()
		if err == nil && got == want {
			continue
		}
		harmed++
		if r := w.verify(); r.OK {
			t.Errorf("bit %d of byte %d not caught (reading: %v)", bit, at, err)
		}
	}
	if harmed < 50 {
		t.Errorf("only %d flips did harm", harmed)
	}
}

// dump reads every row of the evidential tables.
func (w *world) dump() (string, error) {
	db := pool(filepath.Join(w.dir, dbFile), openRead)
	defer db.Close()
	var b strings.Builder
	for _, table := range evidential {
		if err := dumpTable(&b, db, table); err != nil {
			return "", err
		}
	}
	return b.String(), nil
}

func dumpTable(b *strings.Builder, db *sql.DB, table string) error {
	rows, err := db.Query("SELECT * FROM " + table)
	if err != nil {
		return err
	}
	defer rows.Close()
	cols, err := rows.Columns()
	if err != nil {
		return err
	}
	r := newRow(len(cols))
	for rows.Next() {
		if err := rows.Scan(r.ptrs...); err != nil {
			return err
		}
		fmt.Fprintf(b, "%s %#v\n", table, r.vals)
	}
	return rows.Err()
}

// TestLostTail loses the end of a case in four ways and looks at what is said.
func TestLostTail(t *testing.T) {
	ctx := context.Background()
	grow := func(w *world) {
		var s source
		for i := range 20 {
			s.line(plainPost(fmt.Sprint("tail", i)), nil)
		}
		w.load("tail.jsonl", &s, 10)
	}
	want := func(t *testing.T, w *world, code, words string) {
		t.Helper()
		r := w.verify()
		i := slices.IndexFunc(r.Findings, func(f Finding) bool { return f.Code == code })
		if r.OK || i < 0 || !strings.Contains(r.Findings[i].Message, words) {
			t.Fatalf("findings are %+v", r.Findings)
		}
		// Opening says so too, goes on, and the loss stays on record.
		c, err := Open(ctx, w.dir, w.options())
		w.must(err)
		w.c = c
		if f := c.Findings(); len(f) != 1 || f[0].Code != code {
			t.Errorf("opening found %+v", f)
		}
		grow(w)
		w.close()
		if r := w.verify(); r.OK || !slices.Contains(codes(r), FindRecordedLoss) {
			t.Errorf("after going on: %+v", r.Findings)
		}
	}
	t.Run("write-ahead log deleted", func(t *testing.T) {
		w := eventful(t)
		w.reopen()
		grow(w)
		lost := w.crashCopy(false)
		want(t, lost, FindLost, "write-ahead log (case.db-wal) was lost")
	})
	t.Run("crash loses nothing", func(t *testing.T) {
		w := eventful(t)
		w.reopen()
		grow(w)
		w.crashCopy(true).wantClean()
	})
	t.Run("older copy put back", func(t *testing.T) {
		w := eventful(t)
		restore := w.snapshot()
		w.reopen()
		grow(w)
		w.close()
		restore()
		want(t, w, FindLost, "older copy of the case")
	})
	t.Run("log cut off", func(t *testing.T) {
		w := eventful(t)
		w.must(w.alter("DELETE FROM log WHERE seq > 10", "DELETE FROM nodes WHERE id > 17"))
		if r := w.verify(); r.OK || !slices.Contains(codes(r), FindLogTruncated) {
			t.Errorf("findings are %+v", r.Findings)
		}
	})
	t.Run("rewritten", func(t *testing.T) {
		w := newWorld(t)
		id := w.c.Meta().ID
		grow(w)
		w.close()
		other := newWorld(t)
		other.close()
		other.must(os.RemoveAll(other.dir))
		c, err := Create(ctx, other.dir, model.CaseMeta{ID: id, Name: "Harbour", Owner: "Eve", Purpose: "test"}, other.options())
		w.must(err)
		other.c = c
		grow(other)
		grow(other)
		other.close()
		other.config = w.config
		if r := other.verify(); r.OK || !slices.Equal(codes(r), []string{FindMismatch}) {
			t.Errorf("findings are %+v", r.Findings)
		}
	})
	t.Run("checkpoint forged", func(t *testing.T) {
		w := eventful(t)
		path := checkpointPath(w.config, w.verify().Case.ID)
		b, err := os.ReadFile(path)
		w.must(err)
		w.must(os.WriteFile(path, []byte(strings.Replace(string(b), "size ", "size 1", 1)), 0o600))
		if r := w.verify(); r.OK || !slices.Equal(codes(r), []string{FindCheckpointBad}) {
			t.Errorf("findings are %+v", r.Findings)
		}
	})
}

// crashCopy copies the folder of an open case as a crash would leave it, with or
// without its write-ahead log.
func (w *world) crashCopy(wal bool) *world {
	w.t.Helper()
	dir := filepath.Join(w.t.TempDir(), "copy")
	w.must(filepath.WalkDir(w.dir, func(p string, d os.DirEntry, err error) error {
		if err != nil {
			return err
		}
		rel, _ := filepath.Rel(w.dir, p)
		to := filepath.Join(dir, rel)
		if d.IsDir() {
			return os.MkdirAll(to, 0o700)
		}
		if strings.HasSuffix(p, "-shm") || (!wal && strings.HasSuffix(p, "-wal")) {
			return nil
		}
		b, err := os.ReadFile(p)
		if err == nil {
			err = os.WriteFile(to, b, 0o600)
		}
		return err
	}))
	other := &world{t: w.t, dir: dir, config: w.config, clock: w.clock}
	w.t.Cleanup(other.close)
	return other
}
