package casefile

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"sort"
	"strconv"
	"strings"

	"vedette/backend/model"
)

//go:embed migration/*.sql
var migrationFiles embed.FS

// migration is one numbered step of the schema; it runs in one transaction.
type migration struct {
	version int64
	sql     string
}

// migrations reads the numbered files of a folder "migration" in order.
func migrations(files fs.FS) ([]migration, error) {
	names, err := fs.Glob(files, "migration/*.sql")
	if err != nil {
		return nil, fmt.Errorf("list migrations: %w", err)
	}
	sort.Strings(names)
	var out []migration
	for i, name := range names {
		num, _, _ := strings.Cut(filepath.Base(name), "_")
		v, err := strconv.ParseInt(num, 10, 64)
		if err != nil || v != int64(i+1) {
			return nil, fmt.Errorf("migration %s is not number %d", name, i+1)
		}
		b, err := fs.ReadFile(files, name)
		if err != nil {
			return nil, fmt.Errorf("read migration: %w", err)
		}
		out = append(out, migration{version: v, sql: string(b)})
	}
	return out, nil
}

func (w *writer) version() (int64, error) {
	var v int64
	err := w.query(1, func(r *row) error { v = r.num(); return nil }, "PRAGMA user_version")
	return v, err
}

// migrate brings the database from the version it has to the newest one. An
// existing case is first copied whole to backup-v<version>.db beside it, and
// the copy is checked before anything is changed.
func migrate(w *writer, dir string, steps []migration) error {
	have, err := w.version()
	if err != nil {
		return err
	}
	newest := steps[len(steps)-1].version
	if have > newest {
		return newerSchema(have, newest)
	}
	if have == newest {
		return nil
	}
	if have > 0 {
		if err := backup(w, dir, have); err != nil {
			return err
		}
	}
	for _, m := range steps {
		if m.version <= have {
			continue
		}
		if err := w.step(m); err != nil {
			return fmt.Errorf("migrate to version %d: %w", m.version, err)
		}
	}
	return nil
}

func newerSchema(have, newest int64) error {
	return &model.Fault{Code: CodeNewerSchema, Params: map[string]string{
		"have": strconv.FormatInt(have, 10), "newest": strconv.FormatInt(newest, 10),
		"message": "the case was written by a newer version of Vedette",
	}}
}

func (w *writer) step(m migration) (err error) {
	if err := w.exec("BEGIN IMMEDIATE"); err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, w.rollback())
		}
	}()
	if _, err := w.conn.Exec(m.sql, nil); err != nil {
		return fmt.Errorf("run migration: %w", err)
	}
	if _, err := w.conn.Exec("PRAGMA user_version="+strconv.FormatInt(m.version, 10), nil); err != nil {
		return fmt.Errorf("set version: %w", err)
	}
	return w.exec("COMMIT")
}

// rollback ends a failed transaction; SQLite may have ended it by itself.
func (w *writer) rollback() error {
	if w.conn.AutoCommit() {
		return nil
	}
	return w.exec("ROLLBACK")
}

// backup writes a copy of the database as it is and checks that the copy is
// sound and ends in the same custody record.
func backup(w *writer, dir string, version int64) error {
	path := filepath.Join(dir, fmt.Sprintf("backup-v%d.db", version))
	tmp := path + ".part"
	if err := os.Remove(tmp); err != nil && !errors.Is(err, fs.ErrNotExist) {
		return fmt.Errorf("remove old backup: %w", err)
	}
	// VACUUM INTO attaches the new file.
	if err := w.exec("VACUUM INTO ?", tmp); err != nil {
		return fmt.Errorf("back up before migrating: %w", err)
	}
	var want string
	const head = "SELECT count(*) || ' ' || coalesce(max(seq),0) || ' ' || coalesce((SELECT hex(hash) FROM log ORDER BY seq DESC LIMIT 1),'') FROM log"
	if err := w.query(1, func(r *row) error { want = r.some(); return nil }, head); err != nil {
		return err
	}
	if err := checkBackup(w.ctx, tmp, head, want); err != nil {
		return fmt.Errorf("check the backup made before migrating: %w", err)
	}
	if err := syncFile(tmp); err != nil {
		return err
	}
	if err := os.Rename(tmp, path); err != nil {
		return fmt.Errorf("name backup: %w", err)
	}
	return syncFolder(dir)
}

func checkBackup(ctx context.Context, path, query, want string) (err error) {
	db := pool(path, openImmutable)
	defer func() { err = errors.Join(err, db.Close()) }()
	for q, w := range map[string]string{query: want, "PRAGMA integrity_check": "ok"} {
		var got string
		if err := db.QueryRowContext(ctx, q).Scan(&got); err != nil {
			return fmt.Errorf("read backup: %w", err)
		}
		if got != w {
			return fmt.Errorf("backup says %q, not %q", got, w)
		}
	}
	return nil
}

// schema returns every table, index, trigger and view of a database with the
// text that made it.
func schema(ctx context.Context, db queryer) (map[string]string, error) {
	out := map[string]string{}
	err := queryRows(ctx, db, 2, func(r *row) error {
		name := r.some()
		out[name] = r.some()
		return nil
	}, "SELECT type || ' ' || name, coalesce(sql, '') FROM sqlite_schema")
	if err != nil {
		return nil, fmt.Errorf("read schema: %w", err)
	}
	return out, nil
}

// checkSchema compares a database with what the migrations make, and returns
// one line per difference. A trigger or view that Vedette did not make could
// show other rows than are stored.
func checkSchema(ctx context.Context, db queryer, steps []migration) ([]string, error) {
	got, err := schema(ctx, db)
	if err != nil {
		return nil, err
	}
	want, err := madeSchema(ctx, steps)
	if err != nil {
		return nil, err
	}
	var diff []string
	for name, text := range got {
		switch w, ok := want[name]; {
		case strings.HasPrefix(name, "table sqlite_stat"):
		case !ok:
			diff = append(diff, "unknown "+name)
		case w != text:
			diff = append(diff, "changed "+name)
		}
	}
	for name := range want {
		if _, ok := got[name]; !ok {
			diff = append(diff, "missing "+name)
		}
	}
	sort.Strings(diff)
	return diff, nil
}

func madeSchema(ctx context.Context, steps []migration) (_ map[string]string, err error) {
	db := sql.OpenDB(connector{path: ":memory:", how: openMemory})
	db.SetMaxOpenConns(1)
	defer func() { err = errors.Join(err, db.Close()) }()
	for _, m := range steps {
		if _, err := db.ExecContext(ctx, m.sql); err != nil {
			return nil, fmt.Errorf("make schema: %w", err)
		}
	}
	return schema(ctx, db)
}
