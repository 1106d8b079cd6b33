package casefile

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// MarkChange is what to change on posts; nil fields stay as they are. A grade
// is "1" to "6"; "6" and "" both mean that it cannot be judged.
type MarkChange struct {
	Star         *bool    `json:"star,omitempty"`
	AddLabels    []string `json:"add_labels,omitempty"`
	RemoveLabels []string `json:"remove_labels,omitempty"`
	Note         *string  `json:"note,omitempty"`
	Grade        *string  `json:"grade,omitempty"`
}

// apply changes marks; labels stay sorted and distinct.
func (ch *MarkChange) apply(m *model.Marks) {
	if ch.Star != nil {
		m.Starred = *ch.Star
	}
	if ch.Note != nil {
		m.Note = *ch.Note
	}
	if ch.Grade != nil {
		m.Grade = *ch.Grade
		if m.Grade == "6" {
			m.Grade = ""
		}
	}
	var labels []string
	for _, l := range append(slices.Clone(m.Labels), ch.AddLabels...) {
		if l != "" && !slices.Contains(ch.RemoveLabels, l) {
			labels = append(labels, l)
		}
	}
	slices.Sort(labels)
	m.Labels = slices.Compact(labels)
	if len(m.Labels) == 0 {
		m.Labels = nil
	}
}

func marked(m *model.Marks) bool {
	return m.Starred || m.Note != "" || m.Grade != "" || len(m.Labels) > 0
}

// markRecord is the logged payload of a change of marks.
type markRecord struct {
	Posts  string     `json:"posts"` // ranges of ids: "1-3,7"
	Change MarkChange `json:"change"`
}

// ChangeMarks changes the marks of posts, logged as one record.
func (c *Case) ChangeMarks(ctx context.Context, ids []int64, ch MarkChange) error {
	if ch.Grade != nil && !slices.Contains([]string{"", "1", "2", "3", "4", "5", "6"}, *ch.Grade) {
		return &model.Fault{Code: "bad_grade", Params: map[string]string{
			"grade": *ch.Grade, "message": "a grade is 1 to 6",
		}}
	}
	ids = slices.Clone(ids)
	slices.Sort(ids)
	ids = slices.Compact(ids)
	if len(ids) == 0 {
		return nil
	}
	err := c.write(ctx, func(t *tx) error { return t.changeMarks(ids, &ch) })
	if err != nil {
		return fmt.Errorf("change marks: %w", err)
	}
	return nil
}

func (t *tx) changeMarks(ids []int64, ch *MarkChange) error {
	var posts int64
	if err := t.w.query(1, func(r *row) error { posts = r.num(); return nil }, "SELECT coalesce(max(id), 0) FROM posts"); err != nil {
		return err
	}
	for _, id := range []int64{ids[0], ids[len(ids)-1]} {
		if id < 1 || id > posts {
			return postNotFound(strconv.FormatInt(id, 10))
		}
	}
	payload, err := json.Marshal(markRecord{Posts: formatRanges(ids), Change: *ch})
	if err != nil {
		return fmt.Errorf("encode marks: %w", err)
	}
	if _, err := t.log(actMarks, fmt.Sprintf("posts:%d", len(ids)), custody.PayloadCommit(payload), payload); err != nil {
		return err
	}
	for i, id := range ids {
		if i%1024 == 0 {
			if err := t.ctx.Err(); err != nil {
				return fmt.Errorf("change marks: %w", err)
			}
		}
		if err := t.changeMark(id, ch); err != nil {
			return err
		}
	}
	return nil
}

func (t *tx) changeMark(id int64, ch *MarkChange) error {
	var m model.Marks
	err := t.w.query(5, func(r *row) error { return r.marked(&m) },
		"SELECT 1, starred, grade, note, labels FROM marks WHERE post = ?", id)
	if err != nil {
		return err
	}
	ch.apply(&m)
	if !marked(&m) {
		return t.w.exec("DELETE FROM marks WHERE post = ?", id)
	}
	return t.w.exec("INSERT OR REPLACE INTO marks (post, starred, grade, note, labels) VALUES (?,?,?,?,?)",
		id, boolInt(m.Starred), putText(m.Grade), putText(m.Note), putStrings(m.Labels))
}

// formatRanges writes ascending ids as "1-3,7".
func formatRanges(ids []int64) string {
	var b strings.Builder
	for i := 0; i < len(ids); {
		j := i
		for j+1 < len(ids) && ids[j+1] == ids[j]+1 {
			j++
		}
		if b.Len() > 0 {
			b.WriteByte(',')
		}
		b.WriteString(strconv.FormatInt(ids[i], 10))
		if j > i {
			b.WriteByte('-')
			b.WriteString(strconv.FormatInt(ids[j], 10))
		}
		i = j + 1
	}
	return b.String()
}

var errRanges = errors.New("not a list of ranges")

// eachRange calls fn for every range that formatRanges wrote.
func eachRange(s string, fn func(from, to int64)) error {
	last := int64(0)
	for part := range strings.SplitSeq(s, ",") {
		a, b, two := strings.Cut(part, "-")
		from, err := strconv.ParseInt(a, 10, 64)
		to := from
		if err == nil && two {
			to, err = strconv.ParseInt(b, 10, 64)
		}
		if err != nil || from <= last || to < from {
			return errRanges
		}
		fn(from, to)
		last = to
	}
	return nil
}
