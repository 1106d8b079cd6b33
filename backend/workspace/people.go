package workspace

import (
	"fmt"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// latest gathers what some rows say of their authors, by account. A row as the
// case gives it has its author's latest handle, name and followers, while the
// author's earlier posts in the columns still have those of before.
type latest map[string]columns.Author

func (l latest) of(rows []model.FacetRow) {
	for i := range rows {
		if r := &rows[i]; r.Author != "" {
			l[r.Author] = columns.Author{ID: r.Author, Handle: r.AuthorHandle, Name: r.AuthorName, Followers: r.Followers}
		}
	}
}

// show puts them on all posts of these authors, so that the columns are what
// they would be if they were loaded anew.
func (l latest) show(t *columns.Table) error {
	list := make([]columns.Author, 0, len(l))
	for _, a := range l {
		list = append(list, a)
	}
	if err := t.UpdateAuthors(list); err != nil {
		return fmt.Errorf("show authors: %w", err)
	}
	return nil
}
