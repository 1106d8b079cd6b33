package workspace

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
	"vedette/backend/search"
)

const (
	defaultPage  = 50
	maxPage      = 1000
	defaultFacet = 20
	maxFacet     = 5000
	maxBuckets   = 2000
)

// selected is a selection evaluated against one state of the columns.
type selected struct {
	view   *columns.View
	posts  *roaring.Bitmap
	query  *search.Query // nil when the selection has no words or fields
	result search.Result
}

// selectPosts turns a selection into the bitmap that every screen, analysis and
// export reads. Withdrawn batches are never in it.
func (s *Session) selectPosts(ctx context.Context, sel model.Selection) (selected, error) {
	v := s.view()
	out := selected{view: v}
	posts, err := v.Filter(sel)
	if err != nil {
		return out, fmt.Errorf("filter: %w", err)
	}
	out.posts = posts.Clone() // what the columns hand out may be shared
	if strings.TrimSpace(sel.Query) != "" {
		if out.query, err = search.Parse(sel.Query); err != nil {
			return out, queryFault(err)
		}
		if out.result, err = s.runQuery(ctx, out.query, v); err != nil {
			return out, err
		}
		out.posts.And(out.result.Bitmap)
	}
	if sel.Subject != "" {
		mentions, err := s.subjectPosts(ctx, sel.Subject, v)
		if err != nil {
			return out, err
		}
		out.posts.And(mentions)
	}
	return out, nil
}

// runQuery evaluates a query; it waits until the index is open, not until it
// has caught up.
func (s *Session) runQuery(ctx context.Context, q *search.Query, v *columns.View) (search.Result, error) {
	words, err := s.index.opened(ctx)
	if err != nil {
		return search.Result{}, err
	}
	post := func(uid string) (uint32, bool) {
		if !strings.Contains(uid, ":") {
			return 0, false // an id of this case, which no conversation is named by
		}
		id, err := s.c.PostID(ctx, uid)
		return columns.Ordinal(id), err == nil
	}
	res, err := q.Select(ctx, words, v, search.Env{Subject: s.subjectQuery(ctx), Zone: s.zone(), Post: post})
	if err != nil {
		return res, queryFault(err)
	}
	return res, nil
}

// queryFault makes a mistake in a query a fault that says where it is.
func queryFault(err error) error {
	var syn *search.SyntaxError
	if !errors.As(err, &syn) {
		return fmt.Errorf("search: %w", err)
	}
	p := map[string]string{
		"pos": strconv.Itoa(syn.Pos), "len": strconv.Itoa(syn.Len), "message": syn.Error(),
	}
	if syn.Suggestion != "" {
		p["suggestion"] = syn.Suggestion
	}
	for k, v := range syn.Params {
		p[k] = v
	}
	return &model.Fault{Code: "query_" + syn.Code, Params: p}
}

// zone is the case's time zone; creation checked its name. Loading one reads a
// file, so the last one is kept.
func (s *Session) zone() *time.Location {
	name := s.c.Meta().Zone
	if z := s.zoneNow.Load(); z != nil && z.String() == name {
		return z
	}
	z, err := time.LoadLocation(name)
	if err != nil {
		return time.UTC
	}
	s.zoneNow.Store(z)
	return z
}

// Search answers one page of a selection, with facets and a histogram when asked.
func (s *Session) Search(ctx context.Context, req SearchRequest) (SearchPage, error) {
	if req.Wait {
		if err := s.waitIndexed(ctx, nil); err != nil {
			return SearchPage{}, err
		}
	}
	began := time.Now()
	sel, err := s.selectPosts(ctx, req.Selection)
	if err != nil {
		return SearchPage{}, err
	}
	page := SearchPage{Total: int64(sel.posts.GetCardinality()), Unindexed: max(0, int64(sel.view.Len())-s.index.watermark())}
	if err := s.fillPosts(ctx, &page, sel, req); err != nil {
		return page, err
	}
	if page.Facets, err = countFacets(sel, req); err != nil {
		return page, err
	}
	if req.Buckets > 0 {
		h, err := s.histogram(sel, min(req.Buckets, maxBuckets))
		if err != nil {
			return page, err
		}
		page.Histogram = &h
	}
	page.TookMS = float64(time.Since(began).Microseconds()) / 1000
	return page, nil
}

// fillPosts reads the page's posts, by ordinal in the sorted selection.
func (s *Session) fillPosts(ctx context.Context, page *SearchPage, sel selected, req SearchRequest) error {
	limit := req.Limit
	if limit == 0 {
		limit = defaultPage
	}
	if limit < 0 {
		page.Posts = []model.PostView{}
		return nil
	}
	limit = min(limit, maxPage)
	offset := req.Offset
	if req.After != "" {
		n, err := strconv.ParseInt(req.After, 10, 64)
		if err != nil || n < 0 {
			return &model.Fault{Code: "bad_cursor", Params: map[string]string{"cursor": req.After, "message": "this is not a page cursor: " + req.After}}
		}
		offset = n
	}
	ords, err := order(ctx, sel, req.Sort, int(offset), limit)
	if err != nil {
		return err
	}
	ids := make([]int64, len(ords))
	for i, o := range ords {
		ids[i] = int64(o) + 1
	}
	if page.Posts, err = s.c.Posts(ctx, ids); err != nil {
		return fmt.Errorf("read posts: %w", err)
	}
	if sel.query != nil {
		page.Spans = make([][]Span, len(page.Posts))
		for i := range page.Posts {
			page.Spans[i] = utf16Spans(page.Posts[i].Text, search.Highlights(sel.query, page.Posts[i].Text))
		}
	}
	if end := offset + int64(len(ords)); end < page.Total {
		page.Next = strconv.FormatInt(end, 10)
	}
	return nil
}

// order gives one page of the selection's ordinals.
func order(ctx context.Context, sel selected, by string, offset, limit int) ([]uint32, error) {
	sorts := map[string]columns.Sort{
		"": {By: columns.SortTime, Desc: true}, "time": {By: columns.SortTime, Desc: true},
		"time_asc": {By: columns.SortTime}, "engagement": {By: columns.SortEngagement, Desc: true},
	}
	if by == "relevance" && sel.query != nil && sel.query.HasText() {
		ords, err := sel.result.Relevance(ctx, sel.posts, offset, limit)
		if err != nil {
			return nil, fmt.Errorf("rank: %w", err)
		}
		return ords, nil
	}
	if by == "relevance" {
		by = "time" // without words every post is as relevant as the next
	}
	sort, ok := sorts[by]
	if !ok {
		return nil, &model.Fault{Code: "bad_sort", Params: map[string]string{"sort": by, "message": fmt.Sprintf("cannot sort by %q; use time, time_asc, relevance or engagement", by)}}
	}
	return sel.view.Page(sel.posts, sort, offset, limit), nil
}

// utf16Spans turns byte offsets into the UTF-16 code units a page counts in.
func utf16Spans(text string, spans []search.Span) []Span {
	out := make([]Span, 0, len(spans))
	var at, units int
	advance := func(to int) int {
		for at < to && at < len(text) {
			r, n := utf8.DecodeRuneInString(text[at:])
			at += n
			units++
			if r > 0xFFFF {
				units++
			}
		}
		return units
	}
	for _, sp := range spans {
		start := advance(sp.Start)
		out = append(out, Span{Start: start, End: advance(sp.End)})
	}
	return out
}

// countFacets counts the asked facets over the selection, most posts first, the
// earlier known value first where they are equal; a missing value is no value.
func countFacets(sel selected, req SearchRequest) (map[string][]FacetValue, error) {
	if len(req.Facets) == 0 {
		return nil, nil
	}
	limit := req.FacetLimit
	if limit <= 0 {
		limit = defaultFacet
	}
	limit = min(limit, maxFacet)
	for _, name := range req.Facets {
		if _, ok := sel.view.Facet(name); !ok {
			return nil, &model.Fault{Code: "bad_facet", Params: map[string]string{"facet": name, "message": fmt.Sprintf("there is no facet %q", name)}}
		}
	}
	out := make(map[string][]FacetValue, len(req.Facets))
	for name, counts := range sel.view.CountMany(sel.posts, req.Facets...) {
		f, _ := sel.view.Facet(name)
		top := f.TopOf(counts, limit)
		vals := make([]FacetValue, len(top))
		for i, t := range top {
			vals[i] = FacetValue{Value: f.Value(t.Code), Label: f.Label(t.Code), Count: int64(t.Count)}
		}
		out[name] = vals
	}
	return out, nil
}
