package casefile

import (
	"encoding/json"
	"errors"
	"fmt"

	"vedette/backend/model"
)

// ingest is what appending remembers between transactions. All of it can be
// read from the database again, and is when a transaction fails.
type ingest struct {
	lastItem   int64
	batch      openBatch
	uids       *uidTable
	accounts   *accountTable
	containers map[string]int64
	members    map[string]int64
	engines    map[string]int64
}

// openBatch is the batch that is being appended to.
type openBatch struct {
	id      int64
	read    int64 // records so far
	started int64 // Unix seconds: when records without a capture time were seen
}

// ingest returns the cache, loading it on first use, for a running batch.
func (c *Case) ingest(t *tx, batch int64) (*ingest, error) {
	if c.cache == nil {
		g, err := loadIngest(t.w)
		if err != nil {
			return nil, err
		}
		c.cache = g
	}
	g := c.cache
	if g.batch.id == batch {
		return g, nil
	}
	b, err := t.batch(batch)
	if err != nil {
		return nil, err
	}
	if b.State != model.BatchRunning {
		return nil, fmt.Errorf("the batch is %s, not running", b.State)
	}
	g.batch = openBatch{id: batch, read: b.Read, started: b.Started.Unix()}
	return g, nil
}

// forgetBatch has the next Append look at the batch again.
func (c *Case) forgetBatch(id int64) {
	if c.cache != nil && c.cache.batch.id == id {
		c.cache.batch = openBatch{}
	}
}

func loadIngest(w *writer) (*ingest, error) {
	g := &ingest{
		uids: newUIDTable(), containers: map[string]int64{}, members: map[string]int64{}, engines: map[string]int64{},
	}
	err := w.query(1, func(r *row) error { g.lastItem = r.num(); return nil },
		"SELECT coalesce(max(item + count - 1), 0) FROM chunks")
	if err != nil {
		return nil, err
	}
	err = w.query(3, func(r *row) error { return g.uids.load(r.num(), r.num(), r.blob()) },
		"SELECT post, fresh, uids FROM chunks ORDER BY log")
	if err != nil {
		return nil, err
	}
	var posts int64
	if err := w.query(1, func(r *row) error { posts = r.num(); return nil }, "SELECT coalesce(max(id), 0) FROM posts"); err != nil {
		return nil, err
	}
	if posts != g.uids.len() {
		return nil, damaged(errors.New("posts and chunks do not agree"))
	}
	g.accounts, err = loadAccounts(w)
	return g, err
}

// storeEnrichment keeps what was understood of a post, replacing what was there.
func (g *ingest) storeEnrichment(w *writer, post int64, e *model.Enrichment) error {
	engine, ok := g.engines[e.Version]
	if !ok {
		scan := func(r *row) error { engine = r.num(); return nil }
		err := w.query(1, scan, "SELECT id FROM engines WHERE version = ?", e.Version)
		if err == nil && engine == 0 {
			err = w.query(1, scan, "INSERT INTO engines (version) VALUES (?) RETURNING id", e.Version)
		}
		if err != nil {
			return err
		}
		g.engines[e.Version] = engine
	}
	row, err := enrichmentRow(e)
	if err != nil {
		return err
	}
	return w.exec("INSERT OR REPLACE INTO enrichments VALUES (?,?,?,?,?,?,?,?,?,?,?)", append([]any{post, engine}, row...)...)
}

// enrichmentRow is an enrichment as table enrichments keeps it: lang,
// confidence, second, polarity, sentiment, hashtags, mentions, links, reasons.
func enrichmentRow(e *model.Enrichment) ([]any, error) {
	var reasons any
	if len(e.Reasons) > 0 {
		b, err := json.Marshal(e.Reasons)
		if err != nil {
			return nil, fmt.Errorf("encode enrichment: %w", err)
		}
		reasons = string(b)
	}
	return []any{
		putText(e.Lang), putReal(e.LangConfidence), putText(e.LangSecond), putText(string(e.Polarity)), putReal(e.Sentiment),
		putStrings(e.Hashtags), putStrings(e.Mentions),
		putList(len(e.Links), 2, func(i, j int) string { return [2]string{e.Links[i].URL, e.Links[i].Domain}[j] }), reasons,
	}, nil
}

func putStrings(v []string) any { return putList(len(v), 1, func(i, _ int) string { return v[i] }) }
