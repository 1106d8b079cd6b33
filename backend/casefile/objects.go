package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"sort"

	"github.com/google/uuid"

	"vedette/backend/model"
)

// Kinds of object.
const (
	kindMeta      = "case"
	kindSubject   = "subject"
	kindSearch    = "search"
	kindCollector = "collector"
)

// Subjects lists the watched subjects by name.
func (c *Case) Subjects(ctx context.Context) ([]model.Subject, error) {
	return list(ctx, c, kindSubject, func(s *model.Subject) string { return s.Name })
}

// PutSubject adds a subject, or replaces the one with its ID; an empty ID is
// made. Logged.
func (c *Case) PutSubject(ctx context.Context, s model.Subject) (model.Subject, error) {
	err := put(ctx, c, kindSubject, &s.ID, &s)
	return s, err
}

// RemoveSubject removes a subject, logged. Removing what is not there is not an error.
func (c *Case) RemoveSubject(ctx context.Context, id string) error {
	return c.remove(ctx, kindSubject, id)
}

// SavedSearches lists the saved searches by name.
func (c *Case) SavedSearches(ctx context.Context) ([]model.SavedSearch, error) {
	return list(ctx, c, kindSearch, func(s *model.SavedSearch) string { return s.Name })
}

// PutSavedSearch adds a saved search, or replaces the one with its ID; an empty
// ID is made. Logged.
func (c *Case) PutSavedSearch(ctx context.Context, s model.SavedSearch) (model.SavedSearch, error) {
	err := put(ctx, c, kindSearch, &s.ID, &s)
	return s, err
}

// RemoveSavedSearch removes a saved search, logged.
func (c *Case) RemoveSavedSearch(ctx context.Context, id string) error {
	return c.remove(ctx, kindSearch, id)
}

// Collectors lists the collectors by name, then URL.
func (c *Case) Collectors(ctx context.Context) ([]model.Collector, error) {
	return list(ctx, c, kindCollector, func(s *model.Collector) string { return s.Name + "\x00" + s.URL })
}

// PutCollector adds a collector, or replaces the one with its ID; an empty ID
// is made. Logged.
func (c *Case) PutCollector(ctx context.Context, s model.Collector) (model.Collector, error) {
	err := put(ctx, c, kindCollector, &s.ID, &s)
	return s, err
}

// RemoveCollector removes a collector, logged. What it collected stays.
func (c *Case) RemoveCollector(ctx context.Context, id string) error {
	return c.remove(ctx, kindCollector, id)
}

func list[T any](ctx context.Context, c *Case, kind string, key func(*T) string) ([]T, error) {
	var out []T
	err := c.rows(ctx, 1, func(r *row) error {
		var v T
		if err := json.Unmarshal(r.blob(), &v); err != nil {
			return damaged(err)
		}
		out = append(out, v)
		return nil
	}, "SELECT body FROM objects WHERE kind = ? ORDER BY id", kind)
	if err != nil {
		return nil, fmt.Errorf("list %ss: %w", kind, err)
	}
	sort.SliceStable(out, func(i, j int) bool { return key(&out[i]) < key(&out[j]) })
	return out, nil
}

// put stores v; id points into v, so that a new id is part of what is stored.
func put[T any](ctx context.Context, c *Case, kind string, id *string, v *T) error {
	return c.write(ctx, func(t *tx) error {
		if *id == "" {
			u, err := uuid.NewRandomFromReader(c.opt.Rand)
			if err != nil {
				return fmt.Errorf("make id: %w", err)
			}
			*id = u.String()
		}
		body, err := json.Marshal(v)
		if err != nil {
			return fmt.Errorf("encode %s: %w", kind, err)
		}
		return t.putObject(actPut, kind, *id, body)
	})
}

var errAbsent = errors.New("not there")

func (c *Case) remove(ctx context.Context, kind, id string) error {
	err := c.write(ctx, func(t *tx) error {
		there := false
		err := t.w.query(1, func(r *row) error { there = r.num() > 0; return nil },
			"SELECT count(*) FROM objects WHERE kind = ? AND id = ?", kind, id)
		if err != nil {
			return err
		}
		if !there {
			return errAbsent
		}
		return t.removeObject(kind, id)
	})
	if errors.Is(err, errAbsent) {
		return nil
	}
	return err
}

// rows runs a query on a reader and calls scan for every row of n columns.
func (c *Case) rows(ctx context.Context, n int, scan func(r *row) error, query string, args ...any) error {
	return asFault(queryRows(ctx, c.read, n, scan, query, args...))
}
