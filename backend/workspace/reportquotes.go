package workspace

import (
	"context"
	"encoding/hex"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vedette/backend/columns"
	"vedette/backend/model"
	"vedette/backend/report"
	"vedette/backend/report/episode"
	"vedette/backend/search"
)

const (
	quotesShown     = 10
	quotesPerTheme  = 10
	quotesRead      = 60 // read per theme to find those with words of their own
	starredPerQuote = 50
)

// quotes chooses the posts to quote: starred ones first, then by reach within
// each subject and each episode that the report describes. Private and direct
// posts are never quoted, nor are reposts.
func (s *Session) quotes(ctx context.Context, sel selected, in report.Input) ([]report.Quote, error) {
	var cand []report.Quote
	add := func(theme string, names *search.Query, ords []uint32, most int) error {
		found, err := s.quotable(ctx, theme, names, ords)
		cand = append(cand, found[:min(most, len(found))]...)
		return err
	}
	byReach := columns.Sort{By: columns.SortFollowers, Desc: true}
	starred := sel.view.Starred().Clone()
	starred.And(sel.posts)
	if err := add("", nil, sel.view.Page(starred, byReach, 0, starredPerQuote), starredPerQuote); err != nil {
		return nil, err
	}
	names := map[string]*search.Query{}
	for _, x := range in.Subjects {
		q, err := search.Parse(x.Query)
		if err != nil {
			return nil, fmt.Errorf("query of subject %s: %w", x.Name, err)
		}
		names["subject:"+x.ID] = q
		mentions, err := s.subjectPosts(ctx, x.ID, sel.view)
		if err != nil {
			return nil, err
		}
		mentions = mentions.Clone()
		mentions.And(sel.posts)
		if err := add("subject:"+x.ID, q, sel.view.Page(mentions, byReach, 0, quotesRead), quotesPerTheme); err != nil {
			return nil, err
		}
	}
	if in.Results.Alerts != nil {
		strong, _ := episode.Strongest(episode.Group(in.Results.Alerts.Value.Alerts), report.EpisodesShown)
		for _, e := range strong {
			if err := add(report.EpisodeTheme(e.Number), names[e.Lead.Series], ordinals(e.Lead.PostIDs, quotesRead), quotesRead); err != nil {
				return nil, err
			}
		}
	}
	if len(cand) < quotesShown {
		if err := add("", nil, sel.view.Page(sel.posts, byReach, 0, quotesShown*2), quotesShown*2); err != nil {
			return nil, err
		}
	}
	return report.SelectQuotes(cand, quotesShown), nil
}

// A quote is at most so many bytes long; what is left out is marked. The post
// itself, under its number and hashes, is whole.
const (
	quoteTitle = 400
	quoteText  = 6000
	quotesRow  = 8 // posts read at once: one may have 64 MB of text
)

// quoteTexts reads posts as they are quoted, in the order asked.
func (s *Session) quoteTexts(ctx context.Context, ids []int64) ([]model.PostView, error) {
	out := make([]model.PostView, 0, len(ids))
	for part := range slices.Chunk(ids, quotesRow) {
		posts, err := s.c.Posts(ctx, part)
		if err != nil {
			return nil, fmt.Errorf("read posts to quote: %w", err)
		}
		for _, p := range posts {
			p.Title, p.Text = excerpt(p.Title, quoteTitle), excerpt(p.Text, quoteText)
			out = append(out, p)
		}
	}
	return out, nil
}

// excerpt is at most n bytes of a text, with a mark where it was cut.
func excerpt(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return strings.Clone(prefix(s, n)) + " […]"
}

// quotable reads posts and keeps those that may be quoted, in order, those whose
// own words name the theme first. names is the query of the theme's subject, nil
// when any words will do.
func (s *Session) quotable(ctx context.Context, theme string, names *search.Query, ords []uint32) ([]report.Quote, error) {
	ids := make([]int64, len(ords))
	for i, o := range ords {
		ids[i] = columns.ID(o)
	}
	posts, err := s.quoteTexts(ctx, ids)
	if err != nil {
		return nil, err
	}
	commits := map[int64]string{}
	err = s.c.Commitments(ctx, slices.Sorted(slices.Values(ids)), func(id int64, c model.Hash) error {
		commits[id] = hex.EncodeToString(c[:])
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("read commitments: %w", err)
	}
	var out []report.Quote
	for i, p := range posts {
		if p.Text == "" || p.Visibility == model.VisibilityPrivate || p.Visibility == model.VisibilityDirect || p.Kind == model.KindRepost {
			continue
		}
		q := report.Quote{Post: p, Theme: theme, Commitment: commits[ids[i]]}
		q.OnTheme = report.HasWords(p.Text) && (names == nil || len(search.Highlights(names, p.Title+"\n"+p.Text)) > 0)
		out = append(out, q)
	}
	slices.SortStableFunc(out, func(a, b report.Quote) int {
		switch {
		case a.OnTheme == b.OnTheme:
			return 0
		case a.OnTheme:
			return -1
		}
		return 1
	})
	return out, nil
}

// ordinals reads case ids, at most n of them.
func ordinals(ids []string, n int) []uint32 {
	var out []uint32
	for _, id := range ids[:min(n, len(ids))] {
		if v, err := strconv.ParseInt(id, 10, 64); err == nil && v > 0 {
			out = append(out, columns.Ordinal(v))
		}
	}
	return out
}
