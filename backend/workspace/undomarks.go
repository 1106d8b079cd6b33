package workspace

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"vedette/backend/casefile"
	"vedette/backend/model"
)

// marksRead is how many posts' marks are read at once.
const marksRead = 500

// Mark is Session.Mark with a history. What each post had before is kept, so
// that undoing a change of many posts gives each of them its own back.
func (a Acts) Mark(ctx context.Context, refs []string, ch MarkChange) error {
	defer a.begin()()
	s := a.s
	ids := make([]int64, 0, len(refs))
	for _, ref := range refs {
		id, err := s.c.PostID(ctx, ref)
		if err != nil {
			return wrapped("find post "+ref, err)
		}
		ids = append(ids, id)
	}
	slices.Sort(ids)
	ids = slices.Compact(ids)
	before, err := s.marksOf(ctx, ids)
	if err != nil {
		return err
	}
	if err := s.Mark(ctx, refs, ch); err != nil {
		return err
	}
	after, err := s.marksOf(ctx, ids)
	if err != nil {
		return err
	}
	back, forth := differences(ids, after, before), differences(ids, before, after)
	if len(back) == 0 {
		return nil
	}
	named := 0
	for _, g := range back {
		named += 2 * len(g.ids)
	}
	code, params := markAct(ch)
	params["posts"] = strconv.Itoa(named / 2)
	a.add(code, params, named,
		func(ctx context.Context) error { return s.restoreMarks(ctx, back) },
		func(ctx context.Context) error { return s.restoreMarks(ctx, forth) })
	return nil
}

// marksOf reads the marks of posts, one for each id.
func (s *Session) marksOf(ctx context.Context, ids []int64) ([]model.Marks, error) {
	out := make([]model.Marks, 0, len(ids))
	for part := range slices.Chunk(ids, marksRead) {
		posts, err := s.c.Posts(ctx, part)
		if err != nil {
			return nil, wrapped("read marks", err)
		}
		for i := range posts {
			out = append(out, posts[i].Marks)
		}
	}
	return out, nil
}

// markGroup is a change with the posts that it is the same for.
type markGroup struct {
	ids    []int64
	change casefile.MarkChange
}

// differences groups posts by what leads from one state of their marks to
// another; posts that are the same in both are in none.
func differences(ids []int64, from, to []model.Marks) []markGroup {
	at := map[string]int{}
	var out []markGroup
	for i, id := range ids {
		ch, key := difference(from[i], to[i])
		if key == "" {
			continue
		}
		g, ok := at[key]
		if !ok {
			g = len(out)
			at[key] = g
			out = append(out, markGroup{change: ch})
		}
		out[g].ids = append(out[g].ids, id)
	}
	return out
}

// difference is the change that leads from one state to another, and a key that
// is the same for equal changes; it is empty when there is none.
func difference(from, to model.Marks) (casefile.MarkChange, string) {
	var ch casefile.MarkChange
	var key strings.Builder
	if from.Starred != to.Starred {
		ch.Star = &to.Starred
		fmt.Fprintf(&key, "star %t ", to.Starred)
	}
	if from.Note != to.Note {
		ch.Note = &to.Note
		fmt.Fprintf(&key, "note %q ", to.Note)
	}
	if from.Grade != to.Grade {
		ch.Grade = &to.Grade
		fmt.Fprintf(&key, "grade %q ", to.Grade)
	}
	missing := func(have, in []string) []string {
		var out []string
		for _, l := range have {
			if !slices.Contains(in, l) {
				out = append(out, l)
			}
		}
		return out
	}
	ch.AddLabels, ch.RemoveLabels = missing(to.Labels, from.Labels), missing(from.Labels, to.Labels)
	if len(ch.AddLabels)+len(ch.RemoveLabels) > 0 {
		fmt.Fprintf(&key, "labels %q %q", ch.AddLabels, ch.RemoveLabels)
	}
	return ch, key.String()
}

// restoreMarks makes changes of marks and shows them. Each is safe to make
// again, so that one that failed half-way can be tried anew.
func (s *Session) restoreMarks(ctx context.Context, groups []markGroup) error {
	for _, g := range groups {
		refs := make([]string, len(g.ids))
		for i, id := range g.ids {
			refs[i] = strconv.FormatInt(id, 10)
		}
		if err := s.Mark(ctx, refs, MarkChange(g.change)); err != nil {
			return err
		}
	}
	return nil
}

// markAct names a change of marks.
func markAct(ch MarkChange) (code string, params map[string]string) {
	params = map[string]string{}
	var codes []string
	if ch.Star != nil {
		codes = append(codes, map[bool]string{true: "marks_star", false: "marks_unstar"}[*ch.Star])
	}
	if len(ch.AddLabels) > 0 {
		codes = append(codes, "marks_label")
		params["label"] = strings.Join(ch.AddLabels, ", ")
	}
	if len(ch.RemoveLabels) > 0 {
		codes = append(codes, "marks_unlabel")
		params["label"] = strings.Join(append(slices.Clone(ch.AddLabels), ch.RemoveLabels...), ", ")
	}
	if ch.Note != nil {
		codes = append(codes, "marks_note")
	}
	if ch.Grade != nil {
		codes = append(codes, "marks_grade")
		params["grade"] = *ch.Grade
	}
	if len(codes) == 1 {
		return codes[0], params
	}
	return "marks_change", params
}
