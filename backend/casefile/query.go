package casefile

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
)

// queryer is a pool or a transaction.
type queryer interface {
	QueryContext(ctx context.Context, query string, args ...any) (*sql.Rows, error)
}

// queryRows runs a query and calls scan for every row of n columns. A row that
// is not as this package writes it is a case_damaged fault.
func queryRows(ctx context.Context, db queryer, n int, scan func(r *row) error, query string, args ...any) (err error) {
	rows, err := db.QueryContext(ctx, query, args...)
	if err != nil {
		return fmt.Errorf("query: %w", err)
	}
	defer func() {
		if cerr := rows.Close(); cerr != nil {
			err = errors.Join(err, fmt.Errorf("query: %w", cerr))
		}
	}()
	r := newRow(n)
	for rows.Next() {
		if err := r.scan(rows); err != nil {
			return err
		}
		if err := scan(r); err != nil {
			return err
		}
		if r.err != nil {
			return damaged(r.err)
		}
	}
	if err := rows.Err(); err != nil {
		return fmt.Errorf("query: %w", err)
	}
	return nil
}
