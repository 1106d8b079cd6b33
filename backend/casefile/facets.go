package casefile

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strings"

	"vedette/backend/model"
)

const (
	facetList = "SELECT p.id, p.created, p.platform, p.page_type, p.kind, e.lang, a.uid, st.handle, st.name, a.followers, " +
		"p.likes, p.comments, p.shares, p.views, e.polarity, e.sentiment, b.source, b.mode, p.batch, b.withdrawn, " +
		"p.country, p.place_name, p.visibility, p.has_point, p.media IS NOT NULL, p.links IS NOT NULL OR e.links IS NOT NULL, " +
		"e.post IS NOT NULL, CASE WHEN e.post IS NULL THEN p.hashtags ELSE e.hashtags END, " +
		"CASE WHEN e.post IS NULL THEN p.mentions ELSE e.mentions END, e.links, p.thread, p.repost_of, " +
		"k.post IS NOT NULL, k.starred, k.grade, k.note, k.labels " +
		"FROM posts p JOIN batches b ON b.id = p.batch " +
		"LEFT JOIN accounts a ON a.id = p.account LEFT JOIN account_states st ON st.id = coalesce(a.state, p.state) " +
		"LEFT JOIN enrichments e ON e.post = p.id LEFT JOIN marks k ON k.post = p.id "
	facetColumns = 37
)

// FacetRows hands over the posts after an id as the columns keep them, in id
// order, in chunks. Batch is the first batch that has the post and is not
// withdrawn; when all are, it is the first, and Withdrawn is set. The author's
// handle, name and followers are the latest known. fn must not keep the slice.
func (c *Case) FacetRows(ctx context.Context, after int64, fn func([]model.FacetRow) error) error {
	var buf []model.FacetRow
	return c.stream(ctx, after, facetColumns, facetList+"WHERE p.id > ? ORDER BY p.id LIMIT ?",
		func(r *row) (int64, int, error) {
			f, err := r.facets()
			buf = append(buf, f)
			return f.ID, 0, err
		}, func() error {
			if err := c.liveBatches(ctx, buf); err != nil {
				return err
			}
			err := fn(buf)
			buf = buf[:0]
			return err
		})
}

// FacetRowsOf returns the rows of some posts, in the order asked: after
// duplicates brought new counts, or a batch was withdrawn.
func (c *Case) FacetRowsOf(ctx context.Context, ids []int64) ([]model.FacetRow, error) {
	out := make([]model.FacetRow, 0, len(ids))
	for part := range slices.Chunk(ids, viewBatch) {
		list, err := json.Marshal(part)
		if err != nil {
			return nil, fmt.Errorf("encode ids: %w", err)
		}
		byID := make(map[int64]model.FacetRow, len(part))
		err = c.rows(ctx, facetColumns, func(r *row) error {
			f, err := r.facets()
			byID[f.ID] = f
			return err
		}, facetList+"WHERE p.id IN (SELECT value FROM json_each(?))", string(list))
		if err != nil {
			return nil, fmt.Errorf("read posts: %w", err)
		}
		for _, id := range part {
			f, ok := byID[id]
			if !ok {
				return nil, fmt.Errorf("read posts: %w", postNotFound(fmt.Sprint(id)))
			}
			out = append(out, f)
		}
	}
	return out, c.liveBatches(ctx, out)
}

// liveBatches moves posts whose first batch was withdrawn to the first one of
// their batches that was not.
func (c *Case) liveBatches(ctx context.Context, rows []model.FacetRow) error {
	for i := range rows {
		f := &rows[i]
		if !f.Withdrawn {
			continue
		}
		err := c.rows(ctx, 3, func(r *row) error {
			f.Batch, f.Source, f.Mode, f.Withdrawn = r.num(), r.text(), model.Mode(r.text()), false
			return nil
		}, "SELECT b.id, b.source, b.mode FROM sightings s JOIN batches b ON b.id = s.batch "+
			"WHERE s.post = ? AND s.fresh = 0 AND b.withdrawn = 0 ORDER BY s.id LIMIT 1", f.ID)
		if err != nil {
			return err
		}
	}
	return nil
}

func (r *row) facets() (model.FacetRow, error) {
	f := model.FacetRow{ID: r.num(), Time: model.MissingTime}
	if t, ok := r.count().Value(); ok {
		f.Time = t
	}
	f.Platform, f.Type, f.Kind, f.Lang = r.text(), model.PageType(r.text()), model.Kind(r.text()), r.text()
	f.Author, f.AuthorHandle, f.AuthorName, f.Followers = r.text(), r.text(), r.text(), r.count()
	f.Counts = r.counts()
	if f.Kind == model.KindRepost {
		// Platforms show the original's counts on a repost; counting them again
		// would multiply its engagement by its reposts.
		f.Counts = model.Counts{}
	}
	f.Polarity, f.Sentiment = model.Polarity(r.text()), r.real()
	f.Source, f.Mode = r.text(), model.Mode(r.text())
	f.Batch, f.Withdrawn = r.num(), r.num() != 0
	f.Country, f.PlaceName, f.Visibility, f.HasGeo = r.text(), r.text(), model.Visibility(r.text()), r.flag()
	f.HasMedia, f.HasLink = r.num() != 0, r.num() != 0
	enriched := r.num() != 0
	if err := r.facetLists(&f, enriched); err != nil {
		return f, damaged(err)
	}
	f.Thread, f.RepostOf = r.text(), r.text()
	return f, r.marked(&f.Marks)
}

func (r *row) facetLists(f *model.FacetRow, enriched bool) error {
	hashtags, mentions, links := r.text(), r.text(), r.text()
	width := 2 // mentions as the platform gave them: handle and account
	if enriched {
		width = 1
	}
	err := getList(hashtags, 1, func(v []string) { f.Hashtags = append(f.Hashtags, strings.ToLower(v[0])) })
	if err != nil {
		return err
	}
	err = getList(mentions, width, func(v []string) {
		if v[0] != "" {
			f.Mentions = append(f.Mentions, strings.ToLower(v[0]))
		}
	})
	if err != nil {
		return err
	}
	return getList(links, 2, func(v []string) {
		for _, d := range f.Domains {
			if d == v[1] {
				return
			}
		}
		if v[1] != "" {
			f.Domains = append(f.Domains, v[1])
		}
	})
}
