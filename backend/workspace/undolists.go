package workspace

import (
	"context"
	"fmt"
	"slices"
	"strings"

	"vedette/backend/model"
)

// wrapped adds what was being done to an error of a lower room.
func wrapped(what string, err error) error { return fmt.Errorf("%s: %w", what, err) }

// PutSubject is Session.PutSubject with a history.
func (a Acts) PutSubject(ctx context.Context, x model.Subject) (model.Subject, error) {
	defer a.begin()()
	s := a.s
	list, err := s.Subjects(ctx)
	if err != nil {
		return x, err
	}
	if x, err = s.PutSubject(ctx, x); err != nil {
		return x, err
	}
	put := func(v model.Subject) step {
		return func(ctx context.Context) error {
			_, err := s.PutSubject(ctx, v)
			return err
		}
	}
	i := slices.IndexFunc(list, func(o model.Subject) bool { return o.ID == x.ID })
	params := map[string]string{"name": x.Name}
	switch {
	case i < 0:
		a.add("subject_add", params, 0, func(ctx context.Context) error { return s.RemoveSubject(ctx, x.ID) }, put(x))
	case list[i] != x:
		a.add("subject_change", params, 0, put(list[i]), put(x))
	}
	return x, nil
}

// RemoveSubject is Session.RemoveSubject with a history.
func (a Acts) RemoveSubject(ctx context.Context, ref string) error {
	defer a.begin()()
	s := a.s
	x, err := s.subject(ctx, ref)
	if err != nil {
		return err
	}
	remove := func(ctx context.Context) error { return s.RemoveSubject(ctx, x.ID) }
	if err := remove(ctx); err != nil {
		return err
	}
	a.add("subject_remove", map[string]string{"name": x.Name}, 0, func(ctx context.Context) error {
		_, err := s.PutSubject(ctx, x)
		return err
	}, remove)
	return nil
}

// PutSavedSearch is Session.PutSavedSearch with a history.
func (a Acts) PutSavedSearch(ctx context.Context, x model.SavedSearch) (model.SavedSearch, error) {
	defer a.begin()()
	s := a.s
	list, err := s.SavedSearches(ctx)
	if err != nil {
		return x, err
	}
	if x, err = s.PutSavedSearch(ctx, x); err != nil {
		return x, err
	}
	params := map[string]string{"name": x.Name}
	if i := slices.IndexFunc(list, func(o model.SavedSearch) bool { return o.ID == x.ID }); i >= 0 {
		a.add("saved_search_change", params, 0, s.keepSearch(list[i]), s.keepSearch(x))
	} else {
		a.add("saved_search_add", params, 0, func(ctx context.Context) error { return s.RemoveSavedSearch(ctx, x.ID) }, s.keepSearch(x))
	}
	return x, nil
}

// RemoveSavedSearch is Session.RemoveSavedSearch with a history.
func (a Acts) RemoveSavedSearch(ctx context.Context, ref string) error {
	defer a.begin()()
	s := a.s
	list, err := s.SavedSearches(ctx)
	if err != nil {
		return err
	}
	if err := s.RemoveSavedSearch(ctx, ref); err != nil {
		return err
	}
	i := slices.IndexFunc(list, func(o model.SavedSearch) bool { return o.ID == ref || strings.EqualFold(o.Name, ref) })
	x := list[i]
	a.add("saved_search_remove", map[string]string{"name": x.Name}, 0, s.keepSearch(x),
		func(ctx context.Context) error { return s.RemoveSavedSearch(ctx, x.ID) })
	return nil
}

// keepSearch stores a saved search as it was: its selection was checked when it
// was made, and what it names may be gone since.
func (s *Session) keepSearch(x model.SavedSearch) step {
	return func(ctx context.Context) error {
		s.write.Lock()
		defer s.write.Unlock()
		if _, err := s.c.PutSavedSearch(ctx, x); err != nil {
			return wrapped("save search", err)
		}
		return nil
	}
}
