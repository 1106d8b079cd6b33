package workspace

import (
	"context"
	"errors"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// errRead ends the reading of posts behind the last one of a selection.
var errRead = errors.New("every post of the selection was read")

// postsOf gives analyses the selection's posts whole, in order of id, as they
// were parsed the first time.
func (s *Session) postsOf(sel selected) func(context.Context, func(uint32, *model.Post) error) error {
	return func(ctx context.Context, fn func(uint32, *model.Post) error) error {
		if sel.posts.IsEmpty() {
			return ctx.Err()
		}
		first, last := sel.posts.Minimum(), sel.posts.Maximum()
		err := s.c.PostsForEnrich(ctx, columns.ID(first)-1, func(ids []int64, posts []model.Post) error {
			for i, id := range ids {
				ord := columns.Ordinal(id)
				if ord > last {
					return errRead
				}
				if !sel.posts.Contains(ord) {
					continue
				}
				if err := fn(ord, &posts[i]); err != nil {
					return err
				}
			}
			return nil
		})
		if errors.Is(err, errRead) {
			return nil
		}
		return err //nolint:wrapcheck // the analysis that reads says what it was doing
	}
}
