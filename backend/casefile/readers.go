package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
)

// openReaders opens a case's database for reading. Beside a writer, or in a
// folder that can be written to, SQLite reads the write-ahead log in place. On
// read-only media there are two ways: without a write-ahead log the file is
// read as immutable; with one, "immutable" would show stale rows, so both files
// are copied to a temporary folder, whose path is returned to be removed.
func openReaders(dir string) (db *sql.DB, temp string, err error) {
	path := filepath.Join(dir, dbFile)
	if writable(dir) {
		return pool(path, openRead), "", nil
	}
	st, err := os.Stat(path + "-wal")
	if errors.Is(err, fs.ErrNotExist) || (err == nil && st.Size() == 0) {
		return pool(path, openImmutable), "", nil
	}
	if err != nil {
		return nil, "", fmt.Errorf("look for the write-ahead log: %w", err)
	}
	temp, err = os.MkdirTemp("", "vedette-case-*")
	if err != nil {
		return nil, "", fmt.Errorf("make a temporary copy: %w", err)
	}
	for _, name := range []string{dbFile, dbFile + "-wal"} {
		if err := copyFile(filepath.Join(temp, name), filepath.Join(dir, name)); err != nil {
			return nil, "", errors.Join(err, os.RemoveAll(temp))
		}
	}
	return pool(filepath.Join(temp, dbFile), openRead), temp, nil
}

func copyFile(to, from string) error {
	in, err := os.Open(from)
	if err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	out, err := os.OpenFile(to, os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
	if err != nil {
		return errors.Join(fmt.Errorf("copy file: %w", err), in.Close())
	}
	_, err = io.Copy(out, in)
	if err := errors.Join(err, out.Close(), in.Close()); err != nil {
		return fmt.Errorf("copy file: %w", err)
	}
	return nil
}

// checkReadable refuses a database of a newer schema, or one with objects that
// Vedette did not make.
func checkReadable(ctx context.Context, db *sql.DB, steps []migration) error {
	var have int64
	if err := db.QueryRowContext(ctx, "PRAGMA user_version").Scan(&have); err != nil {
		return fmt.Errorf("read schema version: %w", err)
	}
	newest := steps[len(steps)-1].version
	if have > newest {
		return newerSchema(have, newest)
	}
	if have < 1 {
		return fault(CodeDamaged, "the database in this folder is not a case", nil)
	}
	diff, err := checkSchema(ctx, db, steps[:have])
	if err != nil {
		return err
	}
	if len(diff) > 0 {
		return fault(CodeDamaged, "the case's database was changed by something else: "+strings.Join(diff, ", "), nil)
	}
	return nil
}

// refuseForeign checks an existing database before it is opened for writing. A
// new one has no tables yet.
func refuseForeign(ctx context.Context, path string, steps []migration) (err error) {
	st, err := os.Stat(path)
	if errors.Is(err, fs.ErrNotExist) || (err == nil && st.Size() == 0) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look at the database: %w", err)
	}
	db := pool(path, openRead)
	defer func() {
		if cerr := db.Close(); cerr != nil && err == nil {
			err = fmt.Errorf("close database: %w", cerr)
		}
	}()
	return checkReadable(ctx, db, steps)
}

// readOutside takes what there is in the configuration folder without making
// anything there.
func readOutside(configDir string) (*outside, error) {
	o := &outside{dir: configDir}
	if configDir == "" {
		return o, nil
	}
	key, err := readKey(configDir)
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, err
	}
	o.key = key
	return o, nil
}
