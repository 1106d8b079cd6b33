package workspace

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/casefile"
	"vedette/backend/model"
)

// MarkChange is what to change about the analyst's marks on posts; what is nil
// or empty stays. Grade is "1" to "6", or "" for none.
type MarkChange struct {
	Star         *bool    `json:"star,omitempty"`
	AddLabels    []string `json:"add_labels,omitempty"`
	RemoveLabels []string `json:"remove_labels,omitempty"`
	Note         *string  `json:"note,omitempty"`
	Grade        *string  `json:"grade,omitempty"`
}

// Mark changes the marks of posts; refs are case ids or UIDs. The posts
// themselves never change.
func (s *Session) Mark(ctx context.Context, refs []string, ch MarkChange) error {
	if ch.Grade != nil && *ch.Grade != "" && (len(*ch.Grade) != 1 || !strings.Contains("123456", *ch.Grade)) {
		return &model.Fault{Code: "bad_grade", Params: map[string]string{"grade": *ch.Grade, "message": fmt.Sprintf("%q is not a grade; use 1 (confirmed) to 6 (cannot be judged)", *ch.Grade)}}
	}
	for _, l := range ch.AddLabels {
		if strings.TrimSpace(l) == "" {
			return &model.Fault{Code: "bad_label", Params: map[string]string{"message": "a label needs a name"}}
		}
	}
	ids := make([]int64, len(refs))
	for i, ref := range refs {
		id, err := s.c.PostID(ctx, ref)
		if err != nil {
			return fmt.Errorf("find post %s: %w", ref, err)
		}
		ids[i] = id
	}
	s.write.Lock()
	defer s.write.Unlock()
	err := s.c.ChangeMarks(ctx, ids, casefile.MarkChange{Star: ch.Star, AddLabels: ch.AddLabels, RemoveLabels: ch.RemoveLabels, Note: ch.Note, Grade: ch.Grade})
	if err != nil {
		return fmt.Errorf("mark posts: %w", err)
	}
	for len(ids) > 0 {
		n := min(len(ids), 500)
		posts, err := s.c.Posts(ctx, ids[:n])
		if err != nil {
			return fmt.Errorf("read marks: %w", err)
		}
		for i := range posts {
			if err := s.table.Load().UpdateMarks(ids[i], posts[i].Marks); err != nil {
				return fmt.Errorf("show marks: %w", err)
			}
		}
		ids = ids[n:]
	}
	return nil
}
