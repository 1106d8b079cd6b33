package app

import (
	"context"

	"vedette/backend/workspace"
)

// ExploreService answers about posts. Searches and raw bytes, which are large,
// go over the data handler instead.
type ExploreService struct{ host *host }

// Post gives everything that the case knows of a post, by its case id.
func (e *ExploreService) Post(id string) (workspace.PostDetail, error) {
	var d workspace.PostDetail
	err := e.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		var err error
		d, err = s.Show(ctx, id)
		return wrap("show post", err)
	})
	return d, err
}

// Star puts a star on posts, or takes it off. It is written into the custody
// log, and can be undone.
func (e *ExploreService) Star(ids []string, starred bool) error {
	return e.Mark(ids, workspace.MarkChange{Star: &starred})
}
