package casefile

import (
	"context"
	"fmt"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// ReplaceEnrichments stores what was understood of posts, one for each id, in
// place of what was there. It is no evidence and is not logged.
func (c *Case) ReplaceEnrichments(ctx context.Context, ids []int64, e []model.Enrichment) error {
	if len(ids) != len(e) {
		return fmt.Errorf("store enrichments: %d posts and %d enrichments", len(ids), len(e))
	}
	err := c.write(ctx, func(t *tx) error {
		g := c.cache
		if g == nil {
			g = &ingest{engines: map[string]int64{}}
		}
		for i, id := range ids {
			if err := g.storeEnrichment(t.w, id, &e[i]); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("store enrichments: %w", err)
	}
	return nil
}

// Commitments calls fn with each post's first commitment, in the order of ids,
// which must ascend. For run fingerprints: it reads 33 bytes a post.
func (c *Case) Commitments(ctx context.Context, ids []int64, fn func(id int64, commit model.Hash) error) error {
	if len(ids) == 0 {
		return nil
	}
	var spans []chunkSpan
	err := c.rows(ctx, 3, func(r *row) error {
		spans = append(spans, chunkSpan{log: r.num(), first: r.num(), fresh: r.num()})
		return nil
	}, "SELECT log, post, fresh FROM chunks WHERE fresh > 0 AND post + fresh > ? AND post <= ? ORDER BY log", ids[0], ids[len(ids)-1])
	for i := 0; err == nil && i < len(spans); i++ {
		ids, err = c.chunkCommits(ctx, spans[i], ids, fn)
	}
	if err == nil && len(ids) > 0 {
		err = postNotFound(fmt.Sprint(ids[0]))
	}
	if err != nil {
		return fmt.Errorf("read commitments: %w", err)
	}
	return nil
}

// chunkSpan is where a chunk's new posts are.
type chunkSpan struct{ log, first, fresh int64 }

// chunkCommits hands over those ids that the chunk brought and returns the rest.
func (c *Case) chunkCommits(ctx context.Context, s chunkSpan, ids []int64, fn func(int64, model.Hash) error) ([]int64, error) {
	if len(ids) == 0 || ids[0] >= s.first+s.fresh {
		return ids, nil
	}
	var kinds, commits []byte
	err := c.rows(ctx, 2, func(r *row) error { kinds, commits = r.blob(), r.blob(); return nil },
		"SELECT kinds, commits FROM chunks WHERE log = ?", s.log)
	if err == nil && len(commits) != 32*len(kinds) {
		err = damaged(errUIDs)
	}
	if err != nil {
		return ids, err
	}
	post := s.first
	for i, k := range kinds {
		if len(ids) == 0 {
			break
		}
		if k != byte(custody.RowNew) {
			continue
		}
		if ids[0] == post {
			if err := fn(post, model.Hash(commits[32*i:])); err != nil {
				return ids, err
			}
			ids = ids[1:]
		}
		post++
	}
	return ids, nil
}
