package main

import (
	"bufio"
	"database/sql"
	"encoding/json"
	"fmt"
	"os"
	"time"

	_ "github.com/mattn/go-sqlite3" // the peer: SQLite with FTS5
)

// load reads the corpus' records.
func load(file string) ([]record, error) {
	f, err := os.Open(file)
	if err != nil {
		return nil, err
	}
	defer f.Close()
	var out []record
	sc := bufio.NewScanner(f)
	sc.Buffer(make([]byte, 1<<20), 1<<20)
	for sc.Scan() {
		var r record
		if err := json.Unmarshal(sc.Bytes(), &r); err != nil {
			return nil, err
		}
		out = append(out, r)
	}
	return out, sc.Err()
}

func openPeer(path string) (*sql.DB, error) {
	db, err := sql.Open("sqlite3", path+"?_journal_mode=WAL&_synchronous=FULL&_cache_size=-65536")
	if err != nil {
		return nil, err
	}
	db.SetMaxOpenConns(1)
	_, err = db.Exec("PRAGMA page_size=8192; PRAGMA temp_store=MEMORY")
	return db, err
}

// ftsOnly indexes the texts alone in FTS5: what a desk without evidence would
// at least have to do. It returns posts per second.
func ftsOnly(path string, recs []record) (float64, error) {
	db, err := openPeer(path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if _, err := db.Exec("CREATE VIRTUAL TABLE fts USING fts5(text, content='', tokenize='unicode61')"); err != nil {
		return 0, err
	}
	began := time.Now()
	if err := insert(db, recs, "INSERT INTO fts(rowid, text) VALUES(?,?)", func(i int, r *record) []any { return []any{i + 1, r.Text} }); err != nil {
		return 0, err
	}
	return float64(len(recs)) / time.Since(began).Seconds(), nil
}

// insert runs one prepared statement per record, 10,000 a transaction.
func insert(db *sql.DB, recs []record, stmt string, args func(int, *record) []any) error {
	for at := 0; at < len(recs); {
		tx, err := db.Begin()
		if err != nil {
			return err
		}
		st, err := tx.Prepare(stmt)
		if err != nil {
			return err
		}
		for end := min(at+10_000, len(recs)); at < end; at++ {
			if _, err := st.Exec(args(at, &recs[at])...); err != nil {
				return err
			}
		}
		if err := st.Close(); err != nil {
			return err
		}
		if err := tx.Commit(); err != nil {
			return err
		}
	}
	return nil
}

// storeAndIndex is the peer end to end: decode the file, store the posts in
// SQLite, then FTS5, in sequence, without any enrichment. Posts per second.
func storeAndIndex(file, path string) (float64, error) {
	began := time.Now()
	recs, err := load(file)
	if err != nil {
		return 0, err
	}
	db, err := openPeer(path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	if err := makePosts(db, recs); err != nil {
		return 0, err
	}
	if _, err := db.Exec("CREATE VIRTUAL TABLE fts USING fts5(text, content='', tokenize='unicode61')"); err != nil {
		return 0, err
	}
	if err := insert(db, recs, "INSERT INTO fts(rowid, text) VALUES(?,?)", func(i int, r *record) []any { return []any{i + 1, r.Text} }); err != nil {
		return 0, err
	}
	return float64(len(recs)) / time.Since(began).Seconds(), nil
}

func makePosts(db *sql.DB, recs []record) error {
	_, err := db.Exec(`CREATE TABLE post(id INTEGER PRIMARY KEY, ext TEXT, platform TEXT, author TEXT, ts INTEGER, likes INT, comments INT, shares INT, text TEXT)`)
	if err != nil {
		return err
	}
	err = insert(db, recs, "INSERT INTO post VALUES(?,?,?,?,?,?,?,?,?)", func(i int, r *record) []any {
		t, _ := time.Parse(time.RFC3339, r.Created)
		return []any{i + 1, r.ID, r.Platform, r.Handle, t.Unix(), r.Likes, r.Comments, r.Shares, r.Text}
	})
	if err != nil {
		return err
	}
	for _, s := range [...]string{"CREATE INDEX i1 ON post(ts)", "CREATE INDEX i2 ON post(platform, ts)", "CREATE INDEX i3 ON post(author)"} {
		if _, err := db.Exec(s); err != nil {
			return err
		}
	}
	return nil
}

// peerFacets answers a word's facets with FTS5 and GROUP BY: platform, day,
// and the twenty accounts that wrote most.
func peerFacets(db *sql.DB, word string) (total int, err error) {
	for _, q := range [...]string{
		"SELECT platform, count(*) FROM fts JOIN post ON post.id = fts.rowid WHERE fts MATCH ? GROUP BY 1",
		"SELECT ts/86400, count(*) FROM fts JOIN post ON post.id = fts.rowid WHERE fts MATCH ? GROUP BY 1",
		"SELECT author, count(*) AS n FROM fts JOIN post ON post.id = fts.rowid WHERE fts MATCH ? GROUP BY 1 ORDER BY n DESC, 1 LIMIT 20",
	} {
		rows, err := db.Query(q, fmt.Sprintf("%q", word))
		if err != nil {
			return 0, err
		}
		total = 0
		for rows.Next() {
			var k any
			var n int
			if err := rows.Scan(&k, &n); err != nil {
				return 0, err
			}
			total += n
		}
		if err := rows.Err(); err != nil {
			return 0, err
		}
		if err := rows.Close(); err != nil {
			return 0, err
		}
	}
	return total, nil
}
