package casefile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"testing"
	"testing/fstest"

	"vedette/backend/model"
)

// TestDiskFull fills the disk under a case in every kind of write. Where the
// test may mount a small file system it does; elsewhere SQLite is told that its
// file may not grow.
func TestDiskFull(t *testing.T) {
	w := newWorld(t)
	w.close()
	mounted := mountSmall(t, w)
	w.reopen()
	if !mounted {
		w.must(w.c.w.exec("PRAGMA max_page_count=200"))
	}
	ctx := context.Background()
	var s source
	for i := range 3000 {
		p := plainPost(fmt.Sprint(i))
		p.Text = strings.Repeat(fmt.Sprint(i, " "), 1500)
		s.line(p, nil)
	}
	b := w.begin("big.jsonl", &s)
	at := 0
	var err error
	for ; err == nil; at += 100 {
		_, err = w.c.Append(ctx, b.ID, s.items(b, at, at+100))
	}
	at -= 100
	if faultCode(err) != CodeDiskFull {
		t.Fatalf("a full disk gave %v", err)
	}
	have, err := w.c.Batch(ctx, b.ID)
	w.must(err)
	if have.Read != int64(at) {
		t.Errorf("%d records are in the case, %d were acknowledged", have.Read, at)
	}
	if mounted {
		_, err := w.c.StoreContainer(ctx, "noise", strings.NewReader(noise(24<<20)), nil)
		if faultCode(err) != CodeDiskFull {
			t.Errorf("storing a container on a full disk gave %v", err)
		}
		list, err := os.ReadDir(filepath.Join(w.dir, containerFolder))
		w.must(err)
		if len(list) != 1 {
			t.Errorf("the container folder has %d files", len(list))
		}
	}
	w.close()
	w.wantClean()
	if mounted {
		w.must(os.Remove(filepath.Join(w.dir, "ballast")))
	}
	w.reopen()
	if _, err := w.c.Append(ctx, b.ID, s.items(b, at, at+100)); err != nil {
		t.Errorf("with room again: %v", err)
	}
	w.close()
	w.wantClean()
}

// noise is text that does not compress well.
func noise(n int) string {
	b := make([]byte, n)
	x := uint64(88172645463325252)
	for i := range b {
		x ^= x << 13
		x ^= x >> 7
		x ^= x << 17
		b[i] = byte(x)
	}
	return string(b)
}

func TestReadOnlyMedia(t *testing.T) {
	for _, wal := range []bool{false, true} {
		t.Run(fmt.Sprint("wal ", wal), func(t *testing.T) {
			w := eventful(t)
			if wal {
				w.reopen()
				w.must(w.c.ChangeMarks(context.Background(), []int64{5}, MarkChange{AddLabels: []string{"late"}}))
				w = w.crashCopy(true)
			}
			freeze(t, w.dir)
			if _, err := Open(context.Background(), w.dir, w.options()); faultCode(err) != CodeReadOnly {
				t.Errorf("opening for writing gave %v", err)
			}
			o := w.options()
			o.ReadOnly = true
			c, err := Open(context.Background(), w.dir, o)
			w.must(err)
			v, err := c.Posts(context.Background(), []int64{5})
			w.must(err)
			if got := slices.Contains(v[0].Marks.Labels, "late"); got != wal {
				t.Errorf("marks are %+v", v[0].Marks)
			}
			temp := c.temp
			if (temp != "") != wal {
				t.Errorf("temporary copy is %q", temp)
			}
			w.must(c.Close())
			if temp != "" {
				if _, err := os.Stat(temp); !errors.Is(err, os.ErrNotExist) {
					t.Errorf("the temporary copy stayed: %v", err)
				}
			}
			w.wantClean()
		})
	}
}

func TestForeignSchema(t *testing.T) {
	ctx := context.Background()
	for name, stmt := range map[string]string{
		"trigger":  "CREATE TRIGGER quiet AFTER INSERT ON posts BEGIN DELETE FROM marks; END",
		"view":     "CREATE VIEW mine AS SELECT * FROM posts",
		"shadowed": "ALTER TABLE posts RENAME COLUMN title TO headline",
		"index":    "DROP INDEX sightings_again",
	} {
		t.Run(name, func(t *testing.T) {
			w := eventful(t)
			w.must(w.alter(stmt))
			for _, readOnly := range []bool{false, true} {
				o := w.options()
				o.ReadOnly = readOnly
				if _, err := Open(ctx, w.dir, o); faultCode(err) != CodeDamaged {
					t.Errorf("opening (read only %v) gave %v", readOnly, err)
				}
			}
			if r := w.verify(); r.OK || !slices.Contains(codes(r), FindSchema) {
				t.Errorf("findings are %+v", r.Findings)
			}
		})
	}
	w := eventful(t)
	w.must(w.alter("PRAGMA user_version=99"))
	if _, err := Open(ctx, w.dir, w.options()); faultCode(err) != CodeNewerSchema {
		t.Errorf("a newer schema gave %v", err)
	}
}

func TestOpenFaults(t *testing.T) {
	ctx := context.Background()
	dir := t.TempDir()
	if _, err := Open(ctx, dir, Options{}); faultCode(err) != CodeNotFound {
		t.Errorf("an empty folder gave %v", err)
	}
	if _, err := Verify(ctx, dir, VerifyOptions{}); faultCode(err) != CodeNotFound {
		t.Errorf("verifying an empty folder gave %v", err)
	}
	if err := os.WriteFile(filepath.Join(dir, dbFile), []byte(strings.Repeat("no database", 900)), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := Open(ctx, dir, Options{}); faultCode(err) != CodeDamaged {
		t.Errorf("a file that is no database gave %v", err)
	}
	if r, err := Verify(ctx, dir, VerifyOptions{}); err != nil || r.OK || !slices.Equal(codes(r), []string{FindUnreadable}) {
		t.Errorf("verifying a file that is no database gave %+v, %v", r, err)
	}
	if _, err := Create(ctx, dir, model.CaseMeta{}, Options{}); faultCode(err) != CodeExists {
		t.Errorf("creating over files gave %v", err)
	}
}

// TestMigration migrates a case by two more steps, stopping at each: what was
// there before is there after, a failed step changes nothing, and the backup
// has the old case.
func TestMigration(t *testing.T) {
	w := eventful(t)
	before, err := w.dump()
	w.must(err)
	one, err := migrationFiles.ReadFile("migration/0001_case.sql")
	w.must(err)
	files := fstest.MapFS{
		"migration/0001_case.sql": {Data: one},
		"migration/0002_more.sql": {Data: []byte("CREATE TABLE more (id INTEGER PRIMARY KEY) STRICT; INSERT INTO more VALUES (7);")},
		"migration/0003_last.sql": {Data: []byte("CREATE TABLE last (id INTEGER PRIMARY KEY) STRICT; INSERT INTO absent VALUES (1);")},
	}
	run := func() (int64, error) {
		steps, err := migrations(files)
		w.must(err)
		wr, err := newWriter(t.Context(), filepath.Join(w.dir, dbFile))
		w.must(err)
		err = migrate(wr, w.dir, steps)
		v, verr := wr.version()
		w.must(errors.Join(verr, wr.close()))
		return v, err
	}
	if v, err := run(); err == nil || v != 2 {
		t.Fatalf("a broken third step left version %d: %v", v, err)
	}
	files["migration/0003_last.sql"].Data = []byte("CREATE TABLE last (id INTEGER PRIMARY KEY) STRICT;")
	if v, err := run(); err != nil || v != 3 {
		t.Fatalf("version is %d: %v", v, err)
	}
	if after, err := w.dump(); err != nil || after != before {
		t.Errorf("migrating changed the case: %v", err)
	}
	w.must(os.Rename(filepath.Join(w.dir, "backup-v1.db"), filepath.Join(w.dir, dbFile)))
	w.wantClean()
	if got, err := w.dump(); err != nil || got != before {
		t.Errorf("the backup is not the case: %v", err)
	}
	if _, err := migrations(fstest.MapFS{"migration/0002_x.sql": {}}); err == nil {
		t.Error("a gap in the numbers was accepted")
	}
}

// mayMount reports whether this test can mount file systems.
func mayMount() bool { return runtime.GOOS == "linux" && os.Geteuid() == 0 }

func chmodAll(t *testing.T, dir string, folder, file fs.FileMode) {
	t.Helper()
	err := filepath.WalkDir(dir, func(p string, d fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if d.IsDir() {
			return os.Chmod(p, folder)
		}
		return os.Chmod(p, file)
	})
	if err != nil {
		t.Fatal(err)
	}
}
