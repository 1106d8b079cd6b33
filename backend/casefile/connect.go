package casefile

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"path/filepath"

	"github.com/mattn/go-sqlite3"
)

// dbFile is the database's name in the case folder.
const dbFile = "case.db"

// opening says how a connection is made.
type opening int

const (
	openWrite     opening = iota // the one writer
	openRead                     // beside a writer
	openImmutable                // on media that nothing can write to
	openMemory                   // nowhere: to see what the migrations make
)

// dsn names the file. The path is escaped: "?" and "#" may be in a folder's name.
func dsn(path string, how opening) string {
	if how == openMemory {
		return ":memory:"
	}
	q := url.Values{"_busy_timeout": {"10000"}}
	switch how {
	case openWrite:
		q.Set("mode", "rwc")
	case openRead:
		q.Set("mode", "ro")
	case openImmutable:
		q.Set("mode", "ro")
		q.Set("immutable", "1")
	case openMemory:
	}
	// synchronous is set here as well as below because the driver sets its own
	// default after opening.
	q.Set("_synchronous", "FULL")
	q.Set("_mutex", "no") // nobody uses a connection from two goroutines at once
	u := url.URL{Scheme: "file", Opaque: (&url.URL{Path: filepath.ToSlash(path)}).EscapedPath()}
	return u.String() + "?" + q.Encode()
}

// pragmas make every connection the same. trusted_schema=OFF and
// cell_size_check=ON are for databases that somebody else made;
// a commit is on the disk before it is acknowledged (synchronous=FULL); the
// write-ahead log is folded in after 64 MB so that bulk imports write in order.
func pragmas(how opening) []string {
	p := []string{
		"PRAGMA trusted_schema=OFF",
		"PRAGMA cell_size_check=ON",
		"PRAGMA temp_store=MEMORY",
	}
	if how == openMemory {
		return p
	}
	if how != openWrite {
		return append(p, "PRAGMA query_only=ON", "PRAGMA cache_size=-16384")
	}
	return append(p,
		"PRAGMA page_size=8192",
		"PRAGMA journal_mode=WAL",
		"PRAGMA synchronous=FULL",
		"PRAGMA foreign_keys=ON",
		"PRAGMA wal_autocheckpoint=8192",
		"PRAGMA cache_size=-65536",
	)
}

// connect opens one connection.
func connect(path string, how opening) (*sqlite3.SQLiteConn, error) {
	d := &sqlite3.SQLiteDriver{ConnectHook: func(c *sqlite3.SQLiteConn) error {
		for _, p := range pragmas(how) {
			if _, err := c.Exec(p, nil); err != nil {
				return fmt.Errorf("%s: %w", p, err)
			}
		}
		return nil
	}}
	c, err := d.Open(dsn(path, how))
	if err != nil {
		return nil, fmt.Errorf("open database: %w", err)
	}
	conn, ok := c.(*sqlite3.SQLiteConn)
	if !ok {
		return nil, errors.Join(errors.New("open database: not an SQLite connection"), c.Close())
	}
	return conn, nil
}

// connector feeds database/sql with such connections, without a global driver.
type connector struct {
	path string
	how  opening
}

func (c connector) Connect(context.Context) (driver.Conn, error) { return connect(c.path, c.how) }

func (c connector) Driver() driver.Driver { return &sqlite3.SQLiteDriver{} }

// pool opens readers.
func pool(path string, how opening) *sql.DB {
	db := sql.OpenDB(connector{path: path, how: how})
	db.SetMaxOpenConns(6)
	db.SetMaxIdleConns(6)
	return db
}

// writer is the one connection that writes. It is not safe for concurrent use.
// It speaks to the driver itself, because an import executes some three
// statements a post and database/sql would take a third of the time.
type writer struct {
	conn  *sqlite3.SQLiteConn
	stmts map[string]*statement
	// ctx is never cancelled: cancelling is checked between statements, because
	// with a context that can be cancelled the driver would watch every step.
	ctx context.Context
}

type statement struct {
	s    driver.StmtQueryContext
	c    driver.Stmt
	args []driver.NamedValue
}

func newWriter(ctx context.Context, path string) (*writer, error) {
	if err := makePrivate(path); err != nil {
		return nil, err
	}
	c, err := connect(path, openWrite)
	if err != nil {
		return nil, err
	}
	return &writer{conn: c, stmts: map[string]*statement{}, ctx: context.WithoutCancel(ctx)}, nil
}

// makePrivate makes the database's file when it is missing, for its owner only:
// SQLite would make it as the umask says, and the folder may have been there
// before, open to all. The log and index beside it take over its permissions.
func makePrivate(path string) error {
	f, err := os.OpenFile(path, os.O_RDWR|os.O_CREATE, 0o600)
	if err == nil {
		err = f.Close()
	}
	if err != nil {
		return fmt.Errorf("make database: %w", err)
	}
	return nil
}

func (w *writer) close() error {
	var errs []error
	for _, s := range w.stmts {
		errs = append(errs, s.c.Close())
	}
	if err := errors.Join(append(errs, w.conn.Close())...); err != nil {
		return fmt.Errorf("close database: %w", err)
	}
	return nil
}

func (w *writer) prepare(query string) (*statement, error) {
	if s, ok := w.stmts[query]; ok {
		return s, nil
	}
	c, err := w.conn.Prepare(query)
	if err != nil {
		return nil, fmt.Errorf("prepare %q: %w", firstLine(query), err)
	}
	q, ok := c.(driver.StmtQueryContext)
	if !ok {
		return nil, errors.Join(errors.New("driver cannot query"), c.Close())
	}
	s := &statement{s: q, c: c, args: make([]driver.NamedValue, c.NumInput())}
	for i := range s.args {
		s.args[i].Ordinal = i + 1
	}
	w.stmts[query] = s
	return s, nil
}

// start binds the arguments and takes the first step. The driver's query path
// does both in one crossing into C, its exec path in one per argument.
func (w *writer) start(query string, args []any) (driver.Rows, error) {
	s, err := w.prepare(query)
	if err != nil {
		return nil, err
	}
	if len(args) != len(s.args) {
		return nil, fmt.Errorf("%q takes %d arguments, not %d", firstLine(query), len(s.args), len(args))
	}
	for i, a := range args {
		s.args[i].Value = a
	}
	rows, err := s.s.QueryContext(w.ctx, s.args)
	if err != nil {
		return nil, fmt.Errorf("run %q: %w", firstLine(query), err)
	}
	return rows, nil
}

// exec runs a statement that returns nothing.
func (w *writer) exec(query string, args ...any) error {
	rows, err := w.start(query, args)
	if err != nil {
		return err
	}
	if err := rows.Close(); err != nil {
		return fmt.Errorf("run %q: %w", firstLine(query), err)
	}
	return nil
}

// query runs a statement and calls scan for every row of n columns.
func (w *writer) query(n int, scan func(r *row) error, query string, args ...any) error {
	rows, err := w.start(query, args)
	if err != nil {
		return err
	}
	err = eachRow(rows, n, scan)
	if cerr := rows.Close(); err == nil && cerr != nil {
		err = fmt.Errorf("run %q: %w", firstLine(query), cerr)
	}
	return err
}

func eachRow(rows driver.Rows, n int, scan func(r *row) error) error {
	r := newRow(n)
	vals := make([]driver.Value, n)
	for {
		err := rows.Next(vals)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return fmt.Errorf("next row: %w", err)
		}
		for i, v := range vals {
			r.vals[i] = v
		}
		r.at, r.err = 0, nil
		if err := scan(r); err != nil {
			return err
		}
		if r.err != nil {
			return damaged(r.err)
		}
	}
}

// damaged says that a row is not as this package writes it.
func damaged(err error) error {
	return fault(CodeDamaged, "a row of the case is damaged; run verify", err)
}

func firstLine(s string) string {
	for i := range len(s) {
		if s[i] == '\n' {
			return s[:i]
		}
	}
	return s
}
