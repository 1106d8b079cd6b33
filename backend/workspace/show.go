package workspace

import (
	"context"
	"fmt"
	"slices"
	"sort"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// threadLimit bounds the conversation shown with a post.
const threadLimit = 100

// Show gives everything the case knows of a post: ref is a case id or a UID.
func (s *Session) Show(ctx context.Context, ref string) (PostDetail, error) {
	var d PostDetail
	id, err := s.c.PostID(ctx, ref)
	if err != nil {
		return d, fmt.Errorf("find post %s: %w", ref, err)
	}
	posts, err := s.c.Posts(ctx, []int64{id})
	if err != nil || len(posts) == 0 {
		return d, fmt.Errorf("read post %s: %w", ref, err)
	}
	d.Post = posts[0]
	sights, err := s.c.Sightings(ctx, id)
	if err != nil {
		return d, fmt.Errorf("read sightings of %s: %w", ref, err)
	}
	if d.Sightings, err = s.sightingDetails(ctx, d.Post, sights); err != nil {
		return d, err
	}
	for _, x := range sights {
		if !x.Counts.IsZero() {
			d.Metrics = append(d.Metrics, model.Metric{At: x.SeenAt, Counts: x.Counts})
		}
	}
	sort.SliceStable(d.Metrics, func(i, j int) bool { return d.Metrics[i].At.Time.Before(d.Metrics[j].At.Time) })
	d.Thread, err = s.thread(ctx, d.Post)
	return d, err
}

// sightingDetails adds to each sighting of a post its batch, its custody record
// and what it says otherwise.
func (s *Session) sightingDetails(ctx context.Context, post model.PostView, sights []model.Sighting) ([]SightingDetail, error) {
	out := make([]SightingDetail, 0, len(sights))
	for _, x := range sights {
		b, err := s.c.Batch(ctx, x.Batch)
		if err != nil {
			return nil, fmt.Errorf("read batch %d: %w", x.Batch, err)
		}
		rows, err := s.c.Log(ctx, x.LogIndex-1, 1)
		if err != nil {
			return nil, fmt.Errorf("read custody record %d: %w", x.LogIndex, err)
		}
		d := SightingDetail{Sighting: x, File: b.File, Format: b.Format, Source: b.Source, Version: version(post, x.Other)}
		if len(rows) == 1 {
			d.Custody = custodyRow(rows[0])
		}
		out = append(out, d)
	}
	return out, nil
}

// thread reads the posts of the same conversation, oldest first.
func (s *Session) thread(ctx context.Context, p model.PostView) ([]model.PostView, error) {
	root := p.Refs.Thread
	if root == "" {
		root = p.UID
	}
	v := s.view()
	members := v.MaybeThread(root)
	if id, err := s.c.PostID(ctx, root); err == nil {
		members.Add(columns.Ordinal(id))
	}
	members.And(v.Visible())
	if members.GetCardinality() < 2 {
		return nil, nil
	}
	ords := v.Page(members, columns.Sort{By: columns.SortTime}, 0, threadLimit)
	ids := make([]int64, len(ords))
	for i, o := range ords {
		ids[i] = columns.ID(o)
	}
	posts, err := s.c.Posts(ctx, ids)
	if err != nil {
		return nil, fmt.Errorf("read the conversation: %w", err)
	}
	// The columns keep a hash of the conversation; its name decides.
	posts = slices.DeleteFunc(posts, func(x model.PostView) bool { return x.Refs.Thread != root && x.UID != root })
	if len(posts) < 2 {
		return nil, nil
	}
	return posts, nil
}

// Raw gives the evidence behind a post's sighting; sighting 0 is the first one.
func (s *Session) Raw(ctx context.Context, ref string, sighting int64) (RawRecord, error) {
	id, err := s.c.PostID(ctx, ref)
	if err != nil {
		return RawRecord{}, fmt.Errorf("find post %s: %w", ref, err)
	}
	sights, err := s.c.Sightings(ctx, id)
	if err != nil {
		return RawRecord{}, fmt.Errorf("read sightings of %s: %w", ref, err)
	}
	for _, x := range sights {
		if sighting != 0 && x.ID != sighting {
			continue
		}
		b, exact, err := s.c.Raw(ctx, x.ID)
		if err != nil {
			return RawRecord{}, fmt.Errorf("read the evidence of %s: %w", ref, err)
		}
		return RawRecord{Bytes: b, Exact: exact, SHA256: x.SHA256, Locator: x.Locator}, nil
	}
	return RawRecord{}, &model.Fault{Code: "sighting_not_found", Params: map[string]string{"post": ref, "message": "the post has no such sighting"}}
}
