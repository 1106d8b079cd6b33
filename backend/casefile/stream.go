package casefile

import (
	"context"
	"errors"
	"fmt"

	"vedette/backend/model"
)

// A stream hands over at most so many posts at once, and no more after so many
// bytes of text: a single post may have 64 MB.
const (
	streamChunk = 4000
	streamBytes = 32 << 20
)

// errChunkFull ends a query when a chunk has enough bytes.
var errChunkFull = errors.New("chunk is full")

// stream reads a query in chunks by key: the query takes the last id seen and a
// limit, in that order, and scan returns the row's id and its bytes of text.
// Between chunks no transaction is open, so that a slow reader does not hold
// back the database.
func (c *Case) stream(ctx context.Context, after int64, cols int, query string, scan func(r *row) (int64, int, error), flush func() error) error {
	for {
		n, size := 0, 0
		err := c.rows(context.WithoutCancel(ctx), cols, func(r *row) error {
			id, bytes, err := scan(r)
			after = id
			n++
			if size += bytes; err == nil && r.err == nil && size >= streamBytes {
				return errChunkFull
			}
			return err
		}, query, after, int64(streamChunk))
		full := errors.Is(err, errChunkFull)
		if err != nil && !full {
			return err
		}
		if n == 0 {
			return nil
		}
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read posts: %w", err)
		}
		if err := flush(); err != nil {
			return err
		}
		if n < streamChunk && !full {
			return nil
		}
	}
}

// TextRow is the text of one post for the index: title, a line break, text.
type TextRow struct {
	ID   int64
	Text string
}

// Texts hands over the texts of the posts after an id, in id order, in chunks.
// fn must not keep the slice.
func (c *Case) Texts(ctx context.Context, after int64, fn func([]TextRow) error) error {
	var buf []TextRow
	return c.stream(ctx, after, 3, "SELECT id, title, text FROM posts WHERE id > ? ORDER BY id LIMIT ?",
		func(r *row) (int64, int, error) {
			x := TextRow{ID: r.num()}
			title, text := r.text(), r.text()
			if title != "" {
				text = title + "\n" + text
			}
			x.Text = text
			buf = append(buf, x)
			return x.ID, len(text), nil
		}, func() error {
			err := fn(buf)
			clear(buf)
			buf = buf[:0]
			return err
		})
}

// PostsForEnrich hands over the posts after an id, in id order, in chunks. Each
// is as it was parsed the first time, complete. fn must not keep the slices.
func (c *Case) PostsForEnrich(ctx context.Context, after int64, fn func(ids []int64, posts []model.Post) error) error {
	var ids []int64
	var posts []model.Post
	query := "SELECT p.id, " + postList + ", p.state IS NOT NULL, " + stateListAs("st") + ", " + seenList +
		" FROM posts p JOIN sightings s ON s.id = p.first LEFT JOIN account_states st ON st.id = p.state" +
		" WHERE p.id > ? ORDER BY p.id LIMIT ?"
	return c.stream(ctx, after, 1+postColumns+1+stateColumns+seenColumns, query,
		func(r *row) (int64, int, error) {
			var p model.Post
			id := r.num()
			if err := r.post(&p); err != nil {
				return id, 0, err
			}
			if r.num() != 0 {
				r.profile(&p.Author)
			} else {
				r.at += stateColumns
			}
			r.seen(&p)
			ids, posts = append(ids, id), append(posts, p)
			return id, len(p.Text) + len(p.Title), nil
		}, func() error {
			err := fn(ids, posts)
			clear(posts)
			ids, posts = ids[:0], posts[:0]
			return err
		})
}
