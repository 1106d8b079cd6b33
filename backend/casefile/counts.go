package casefile

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
)

// CaseCounts is what a case holds. Bytes is its folder on disk without what can
// be made again; Originals is the size of the original files. Withdrawn posts
// are counted.
type CaseCounts struct {
	Posts      int64            `json:"posts"`
	Accounts   int64            `json:"accounts"`
	Sightings  int64            `json:"sightings"`
	Rejects    int64            `json:"rejects"`
	Batches    int64            `json:"batches"`
	Containers int64            `json:"containers"`
	Originals  int64            `json:"originals"`
	Bytes      int64            `json:"bytes"`
	Enriched   int64            `json:"enriched"`
	ByPlatform map[string]int64 `json:"by_platform"`
	ByType     map[string]int64 `json:"by_type"`
	ByLang     map[string]int64 `json:"by_lang"`
}

// Counts counts what the case holds. It reads every post.
func (c *Case) Counts(ctx context.Context) (CaseCounts, error) {
	n := CaseCounts{ByPlatform: map[string]int64{}, ByType: map[string]int64{}, ByLang: map[string]int64{}}
	err := c.rows(ctx, 8, func(r *row) error {
		n.Posts, n.Accounts, n.Sightings, n.Rejects = r.num(), r.num(), r.num(), r.num()
		n.Batches, n.Containers, n.Originals, n.Enriched = r.num(), r.num(), r.num(), r.num()
		return nil
	}, "SELECT (SELECT count(*) FROM posts), (SELECT count(*) FROM accounts), (SELECT count(*) FROM sightings), (SELECT count(*) FROM rejects), "+
		"(SELECT count(*) FROM batches), (SELECT count(*) FROM containers), (SELECT coalesce(sum(size), 0) FROM containers), (SELECT count(*) FROM enrichments)")
	if err == nil {
		err = c.rows(ctx, 3, func(r *row) error {
			platform, typ, k := r.text(), r.text(), r.num()
			n.ByPlatform[platform] += k
			n.ByType[typ] += k
			return nil
		}, "SELECT platform, page_type, count(*) FROM posts GROUP BY 1, 2")
	}
	if err == nil {
		err = c.rows(ctx, 2, func(r *row) error { lang := r.text(); n.ByLang[lang] += r.num(); return nil },
			"SELECT lang, count(*) FROM enrichments GROUP BY 1")
	}
	if err == nil {
		n.Bytes, err = folderSize(c.dir)
	}
	if err != nil {
		return n, fmt.Errorf("count the case: %w", err)
	}
	return n, nil
}

// folderSize adds up the database, its write-ahead log and the original files.
func folderSize(dir string) (int64, error) {
	var sum int64
	for _, name := range []string{dbFile, dbFile + "-wal"} {
		if st, err := os.Stat(filepath.Join(dir, name)); err == nil {
			sum += st.Size()
		}
	}
	for _, sub := range []string{containerFolder, mediaFolder} {
		err := filepath.WalkDir(filepath.Join(dir, sub), func(_ string, d fs.DirEntry, err error) error {
			if err != nil {
				return fmt.Errorf("list files: %w", err)
			}
			if d.IsDir() {
				return nil
			}
			st, err := d.Info()
			if err != nil {
				return fmt.Errorf("look at a file: %w", err)
			}
			sum += st.Size()
			return nil
		})
		if err != nil && !errors.Is(err, fs.ErrNotExist) {
			return sum, fmt.Errorf("measure the case folder: %w", err)
		}
	}
	return sum, nil
}
