package workspace

import (
	"context"
	"fmt"
	"io"
	"iter"
	"path/filepath"
	"strconv"
	"strings"

	"vedette/backend/columns"
	"vedette/backend/model"
	"vedette/backend/report/export"
)

// ExportRequest says what to export. Private and direct posts are left out
// unless they are asked for, and counted.
type ExportRequest struct {
	Selection      model.Selection
	Path           string // the ending chooses csv, xlsx or jsonl
	IncludePrivate bool
}

// ExportResult says what was written.
type ExportResult struct {
	File     string `json:"file"`
	Format   string `json:"format"`
	Posts    int64  `json:"posts"`
	Excluded int64  `json:"excluded_private"`
}

// Export writes the posts of a selection, oldest first, to a file; the file
// appears when it is complete. The export is logged.
func (s *Session) Export(ctx context.Context, req ExportRequest, progress ProgressFunc) (ExportResult, error) {
	format := strings.TrimPrefix(strings.ToLower(filepath.Ext(req.Path)), ".")
	res := ExportResult{File: req.Path, Format: format}
	writers := map[string]func(io.Writer, iter.Seq2[model.PostView, error], export.Options) (export.Stats, error){
		"csv": export.CSV, "xlsx": export.XLSX, "jsonl": export.JSONL,
	}
	write, ok := writers[format]
	if !ok {
		return res, &model.Fault{Code: "bad_export_format", Params: map[string]string{"format": format, "message": fmt.Sprintf("cannot export to %q; use .csv, .xlsx or .jsonl", format)}}
	}
	sel, err := s.selectPosts(ctx, req.Selection)
	if err != nil {
		return res, err
	}
	m := newMeter(progress, s.desk.opt.Now, "export", "posts", filepath.Base(req.Path), "posts", int64(sel.posts.GetCardinality()))
	err = writeAtomic(req.Path, 0o600, func(w io.Writer) error {
		st, err := write(w, s.eachPost(ctx, sel, m), export.Options{IncludePrivate: req.IncludePrivate})
		if err != nil {
			return fmt.Errorf("export: %w", err)
		}
		res.Posts, res.Excluded = st.Posts, st.Excluded
		return nil
	})
	if err != nil {
		return res, err
	}
	m.end(int64(sel.posts.GetCardinality()))
	return res, s.logEvent(ctx, "export", filepath.Base(req.Path), map[string]string{
		"format": format, "posts": strconv.FormatInt(res.Posts, 10), "query": req.Selection.Query,
	})
}

// exportBytes is about how much text eachPost holds at once.
const exportBytes = 8 << 20

// eachPost reads a selection's posts in order of time, a page at a time; pages
// are as large as their texts allow.
func (s *Session) eachPost(ctx context.Context, sel selected, m *meter) iter.Seq2[model.PostView, error] {
	return func(yield func(model.PostView, error) bool) {
		page := 8
		for offset := 0; ; {
			ords := sel.view.Page(sel.posts, columns.Sort{By: columns.SortTime}, offset, page)
			if len(ords) == 0 {
				return
			}
			ids := make([]int64, len(ords))
			for i, o := range ords {
				ids[i] = int64(o) + 1
			}
			posts, err := s.c.Posts(ctx, ids)
			if err != nil {
				yield(model.PostView{}, fmt.Errorf("read posts: %w", err))
				return
			}
			size := 0
			for i := range posts {
				size += len(posts[i].Text)
				if !yield(posts[i], nil) {
					return
				}
			}
			if size < exportBytes {
				page = min(2*page, maxPage)
			} else {
				page = max(page/4, 1)
			}
			offset += len(ords)
			m.set(int64(offset))
		}
	}
}
