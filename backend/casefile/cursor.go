package casefile

import (
	"database/sql"
	"errors"
	"fmt"
)

// cursor walks over a query row by row, so that several can be walked together.
type cursor struct {
	rows *sql.Rows
	r    *row
	ok   bool // r holds a row
	err  error
}

// cursor opens a query and takes its first row.
func (v *verifier) cursor(n int, query string, args ...any) (*cursor, error) {
	rows, err := v.tx.QueryContext(v.bg(), query, args...)
	if err == nil {
		err = rows.Err()
	}
	if err != nil {
		return nil, fmt.Errorf("query: %w", err)
	}
	c := &cursor{rows: rows, r: newRow(n)}
	c.step()
	return c, nil
}

// step takes the next row.
func (c *cursor) step() {
	c.ok = c.err == nil && c.rows.Next()
	if c.ok {
		if err := c.r.scan(c.rows); err != nil {
			c.ok, c.err = false, err
		}
	}
}

// close ends the query and gives what went wrong on the way.
func (c *cursor) close() error {
	if err := errors.Join(c.err, c.rows.Err(), c.rows.Close()); err != nil {
		return fmt.Errorf("query: %w", err)
	}
	return nil
}
