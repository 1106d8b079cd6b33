package workspace

import (
	"context"
	"fmt"
	"runtime"
	"strconv"

	"golang.org/x/sync/errgroup"

	"vedette/backend/model"
)

// Reindex throws the text index away and builds it anew from the case.
func (s *Session) Reindex(ctx context.Context, progress ProgressFunc) error {
	if err := s.index.again(); err != nil {
		return err
	}
	return s.waitIndexed(ctx, progress)
}

// Enrich understands every post again with this version's engine and replaces
// the stored values chunk by chunk. It may be stopped and run again.
func (s *Session) Enrich(ctx context.Context, progress ProgressFunc) (int64, error) {
	engine, err := s.desk.engine()
	if err != nil {
		return 0, err
	}
	total := int64(s.view().Len())
	m := newMeter(progress, s.desk.opt.Now, "enrich", "posts", "", "posts", total)
	var done int64
	err = s.c.PostsForEnrich(ctx, 0, func(ids []int64, posts []model.Post) error {
		made := make([]model.Enrichment, len(posts))
		var g errgroup.Group
		parts := runtime.GOMAXPROCS(0)
		for part := range parts {
			g.Go(func() error {
				for i := part; i < len(posts); i += parts {
					made[i] = understand(engine, &posts[i])
				}
				return ctx.Err()
			})
		}
		if err := g.Wait(); err != nil {
			return fmt.Errorf("enrich: %w", err)
		}
		if err := s.replaceEnrichments(ctx, ids, made); err != nil {
			return err
		}
		done += int64(len(ids))
		m.set(done)
		return nil
	})
	if err != nil {
		return done, fmt.Errorf("enrich the case: %w", err)
	}
	m.end(done)
	return done, s.logEvent(ctx, "enrich", engine.Version(), map[string]string{"posts": strconv.FormatInt(done, 10)})
}

func (s *Session) replaceEnrichments(ctx context.Context, ids []int64, made []model.Enrichment) error {
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.c.ReplaceEnrichments(ctx, ids, made); err != nil {
		return fmt.Errorf("store enrichments: %w", err)
	}
	for i, id := range ids {
		e := &made[i]
		var domains []string
		for _, l := range e.Links {
			domains = append(domains, l.Domain)
		}
		if err := s.table.Load().UpdateEnrichment(id, e.Lang, e.Polarity, e.Sentiment, e.Hashtags, e.Mentions, domains); err != nil {
			return fmt.Errorf("show enrichments: %w", err)
		}
	}
	return nil
}
