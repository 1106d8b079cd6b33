package app

import (
	"context"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// HistoryService undoes and redoes what the analyst did in this session.
type HistoryService struct{ host *host }

// History lists what was done, latest first, and what Undo and Redo would do.
func (y *HistoryService) History() (workspace.ActHistory, error) {
	var out workspace.ActHistory
	err := y.host.withCase(func(_ context.Context, s *workspace.Session) error {
		out = s.History()
		return nil
	})
	return out, err
}

// Undo takes the latest act back and says which it was.
func (y *HistoryService) Undo() (workspace.Act, error) {
	return y.step((*workspace.Session).Undo, "undo")
}

// Redo does the act that was undone last again and says which it was.
func (y *HistoryService) Redo() (workspace.Act, error) {
	return y.step((*workspace.Session).Redo, "redo")
}

func (y *HistoryService) step(do func(*workspace.Session, context.Context) (workspace.Act, error), what string) (workspace.Act, error) {
	var act workspace.Act
	err := y.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		var err error
		act, err = do(s, ctx)
		return wrap(what, err)
	})
	return act, err
}

// acts makes a change that can be undone.
func (h *host) acts(what string, do func(ctx context.Context, a workspace.Acts) error) error {
	return h.withCase(func(ctx context.Context, s *workspace.Session) error { return wrap(what, do(ctx, s.Acts())) })
}

// Mark changes stars, labels, note and grade of posts. It can be undone.
func (e *ExploreService) Mark(ids []string, change workspace.MarkChange) error {
	return e.host.acts("mark posts", func(ctx context.Context, a workspace.Acts) error { return a.Mark(ctx, ids, change) })
}

// SavedSearches lists the named selections.
func (e *ExploreService) SavedSearches() ([]model.SavedSearch, error) {
	list := []model.SavedSearch{}
	err := e.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.SavedSearches(ctx)
		list = append(list, got...)
		return wrap("list saved searches", err)
	})
	return list, err
}

// SaveSearch names a selection; the same name replaces the earlier one. It can
// be undone.
func (e *ExploreService) SaveSearch(x model.SavedSearch) (model.SavedSearch, error) {
	err := e.host.acts("save search", func(ctx context.Context, a workspace.Acts) error {
		var err error
		x, err = a.PutSavedSearch(ctx, x)
		return wrap("keep", err)
	})
	return x, err
}

// RemoveSavedSearch forgets a named selection by its id. It can be undone.
func (e *ExploreService) RemoveSavedSearch(id string) error {
	return e.host.acts("remove saved search", func(ctx context.Context, a workspace.Acts) error { return a.RemoveSavedSearch(ctx, id) })
}

// UpdateSettings changes the description of the open case; its id, creation and
// training mark stay. It can be undone.
func (c *CaseService) UpdateSettings(form NewCase) (workspace.Info, error) {
	var info workspace.Info
	err := c.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		meta := form.meta()
		meta.Training = s.Meta().Training
		if err := s.Acts().UpdateMeta(ctx, meta); err != nil {
			return wrap("change case settings", err)
		}
		var err error
		info, err = describe(ctx, s)
		return err
	})
	return info, err
}
