package workspace

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
	"github.com/google/uuid"

	"vedette/backend/columns"
	"vedette/backend/model"
	"vedette/backend/search"
)

// Subjects lists the watched subjects.
func (s *Session) Subjects(ctx context.Context) ([]model.Subject, error) {
	list, err := s.c.Subjects(ctx)
	if err != nil {
		return nil, fmt.Errorf("list subjects: %w", err)
	}
	return list, nil
}

var subjectTypes = []model.SubjectType{
	model.SubjectBrand, model.SubjectPerson, model.SubjectImage, model.SubjectProduct, model.SubjectService, model.SubjectTopic, model.SubjectPlace,
}

// PutSubject adds a subject, or replaces the one with the same id. A query that
// does not parse, or that refers to a subject, is refused.
func (s *Session) PutSubject(ctx context.Context, x model.Subject) (model.Subject, error) {
	x.Name = strings.TrimSpace(x.Name)
	if x.Name == "" || strings.TrimSpace(x.Query) == "" {
		return x, &model.Fault{Code: "missing_field", Params: map[string]string{"field": "name, query", "message": "a subject needs a name and a query"}}
	}
	q, err := search.Parse(x.Query)
	if err != nil {
		return x, queryFault(err)
	}
	if q.HasSubject() {
		return x, &model.Fault{Code: "subject_cycle", Params: map[string]string{"message": "a subject's query cannot use subject:"}}
	}
	if x.Type == "" {
		x.Type = model.SubjectTopic
	}
	if !slices.Contains(subjectTypes, x.Type) {
		return x, badChoice("bad_subject_type", string(x.Type), "%q is not a type of subject; use brand, person, image, product, service, topic or place")
	}
	if x.ID == "" {
		id, err := uuid.NewRandomFromReader(s.desk.opt.Rand)
		if err != nil {
			return x, fmt.Errorf("make a subject id: %w", err)
		}
		x.ID = id.String()[:8]
	}
	s.write.Lock()
	defer s.write.Unlock()
	if x, err = s.c.PutSubject(ctx, x); err != nil {
		return x, fmt.Errorf("store subject: %w", err)
	}
	return x, nil
}

// RemoveSubject stops watching a subject, by id or name.
func (s *Session) RemoveSubject(ctx context.Context, ref string) error {
	x, err := s.subject(ctx, ref)
	if err != nil {
		return err
	}
	s.write.Lock()
	defer s.write.Unlock()
	if err := s.c.RemoveSubject(ctx, x.ID); err != nil {
		return fmt.Errorf("remove subject: %w", err)
	}
	return nil
}

// subject finds a subject by id or, whatever its case, by name.
func (s *Session) subject(ctx context.Context, ref string) (model.Subject, error) {
	list, err := s.Subjects(ctx)
	if err != nil {
		return model.Subject{}, err
	}
	for _, x := range list {
		if x.ID == ref || strings.EqualFold(x.Name, ref) {
			return x, nil
		}
	}
	return model.Subject{}, &model.Fault{Code: "subject_not_found", Params: map[string]string{"subject": ref, "message": fmt.Sprintf("no subject is called %q", ref)}}
}

// subjectQuery resolves subject:name inside a query.
func (s *Session) subjectQuery(ctx context.Context) func(string) (*search.Query, error) {
	return func(name string) (*search.Query, error) {
		x, err := s.subject(ctx, name)
		if f := (*model.Fault)(nil); errors.As(err, &f) && f.Code == "subject_not_found" {
			return nil, nil //nolint:nilnil // no query is how the search is told that there is no such subject
		}
		if err != nil {
			return nil, err
		}
		q, err := search.Parse(x.Query)
		if err != nil {
			return nil, fmt.Errorf("query of subject %s: %w", x.Name, err)
		}
		return q, nil
	}
}

// subjectPosts is the bitmap of the posts that mention a subject.
func (s *Session) subjectPosts(ctx context.Context, ref string, v *columns.View) (*roaring.Bitmap, error) {
	x, err := s.subject(ctx, ref)
	if err != nil {
		return nil, err
	}
	q, err := search.Parse(x.Query)
	if err != nil {
		return nil, fmt.Errorf("query of subject %s: %w", x.Name, err)
	}
	res, err := s.runQuery(ctx, q, v)
	if err != nil {
		return nil, err
	}
	return res.Bitmap, nil
}

// SavedSearches lists the named selections.
func (s *Session) SavedSearches(ctx context.Context) ([]model.SavedSearch, error) {
	list, err := s.c.SavedSearches(ctx)
	if err != nil {
		return nil, fmt.Errorf("list saved searches: %w", err)
	}
	return list, nil
}

// PutSavedSearch names a selection; the same name replaces the earlier one.
func (s *Session) PutSavedSearch(ctx context.Context, x model.SavedSearch) (model.SavedSearch, error) {
	x.Name = strings.TrimSpace(x.Name)
	if x.Name == "" {
		return x, &model.Fault{Code: "missing_field", Params: map[string]string{"field": "name", "message": "a saved search needs a name"}}
	}
	if _, err := s.selectPosts(ctx, x.Selection); err != nil {
		return x, err
	}
	list, err := s.SavedSearches(ctx)
	if err != nil {
		return x, err
	}
	for _, o := range list {
		if strings.EqualFold(o.Name, x.Name) {
			x.ID = o.ID
		}
	}
	if x.ID == "" {
		id, err := uuid.NewRandomFromReader(s.desk.opt.Rand)
		if err != nil {
			return x, fmt.Errorf("make a saved search's id: %w", err)
		}
		x.ID = id.String()[:8]
	}
	s.write.Lock()
	defer s.write.Unlock()
	if x, err = s.c.PutSavedSearch(ctx, x); err != nil {
		return x, fmt.Errorf("save search: %w", err)
	}
	return x, nil
}

// RemoveSavedSearch forgets a named selection, by id or name.
func (s *Session) RemoveSavedSearch(ctx context.Context, ref string) error {
	list, err := s.SavedSearches(ctx)
	if err != nil {
		return err
	}
	for _, o := range list {
		if o.ID != ref && !strings.EqualFold(o.Name, ref) {
			continue
		}
		s.write.Lock()
		defer s.write.Unlock()
		if err := s.c.RemoveSavedSearch(ctx, o.ID); err != nil {
			return fmt.Errorf("remove saved search: %w", err)
		}
		return nil
	}
	return &model.Fault{Code: "saved_search_not_found", Params: map[string]string{"name": ref, "message": fmt.Sprintf("no saved search is called %q", ref)}}
}
