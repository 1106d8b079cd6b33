package workspace

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vedette/backend/casefile"
	"vedette/backend/columns"
	"vedette/backend/model"
)

// columnsFile is the cache of the columns beside the case; it may be deleted.
func columnsFile(c *casefile.Case) string { return filepath.Join(c.Dir(), "columns") }

// columnsStamp ties the cache to one state of the case: every change of what
// the columns hold is a custody record, so the log's head names the state.
func columnsStamp(ctx context.Context, c *casefile.Case) (string, error) {
	cp, err := c.Checkpoint(ctx)
	if err != nil {
		return "", fmt.Errorf("read the custody head: %w", err)
	}
	return fmt.Sprintf("%s %d %x", cp.Case, cp.Size, cp.Head), nil
}

// loadColumns takes the cache when it fits the case, and else reads the posts.
// cached is the stamp of the cache that was taken, empty when none was.
func loadColumns(ctx context.Context, c *casefile.Case) (t *columns.Table, cached string, err error) {
	stamp, err := columnsStamp(ctx, c)
	if err != nil {
		return nil, "", err
	}
	if t, ok := readColumns(columnsFile(c), stamp); ok {
		return t, stamp, nil
	}
	t = columns.New()
	err = c.FacetRows(ctx, 0, func(rows []model.FacetRow) error { return t.Append(rows) })
	if err != nil {
		return nil, "", fmt.Errorf("load the columns: %w", err)
	}
	return t, "", nil
}

// readColumns reads the cache; any doubt about it means there is none.
func readColumns(path, stamp string) (*columns.Table, bool) {
	f, err := os.Open(path)
	if err != nil {
		return nil, false
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	t, err := columns.ReadSnapshot(bufio.NewReaderSize(f, 1<<20), stamp)
	return t, err == nil
}

// saveColumns writes the cache, unless the one on disk is of this state already.
func saveColumns(c *casefile.Case, t *columns.Table, cached string) error {
	stamp, err := columnsStamp(context.Background(), c)
	if err != nil {
		return err
	}
	if stamp == cached {
		return nil
	}
	return writeAtomic(columnsFile(c), 0o600, func(w io.Writer) error {
		b := bufio.NewWriterSize(w, 1<<20)
		if err := t.WriteSnapshot(b, stamp); err != nil {
			return fmt.Errorf("write the columns: %w", err)
		}
		if err := b.Flush(); err != nil {
			return fmt.Errorf("write the columns: %w", err)
		}
		return nil
	})
}
