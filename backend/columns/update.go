package columns

import (
	"fmt"
	"strconv"

	"vedette/backend/model"
)

// change locks the table, finds the post and drops the current view.
func (t *Table) change(id int64, fn func(ord uint32) error) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	if id < 1 || id > int64(t.n) {
		return fmt.Errorf("update post %d: table has %d posts", id, t.n)
	}
	t.view.Store(nil)
	if err := fn(uint32(id - 1)); err != nil {
		return fmt.Errorf("update post %d: %w", id, err)
	}
	return nil
}

// UpdateMarks replaces the marks of a post: star, labels and grade (the note
// is not kept here). The error says that the id is unknown or a dictionary full.
func (t *Table) UpdateMarks(id int64, m model.Marks) error {
	return t.change(id, func(ord uint32) error {
		t.scratch = t.scratch[:0]
		if err := t.addLabels(m.Labels); err != nil {
			return err
		}
		grade := m.Grade
		if grade == "" {
			grade = ungraded
		}
		code, err := t.dicts[colGrade].code(grade)
		if err != nil {
			return err
		}
		for _, l := range t.labels {
			l.put(ord, false)
		}
		for _, l := range t.scratch {
			t.labels[l].put(ord, true)
		}
		t.sets[setStarred].put(ord, m.Starred)
		t.singles[colGrade].setIfNew(ord, code)
		return nil
	})
}

// UpdateCounts replaces the engagement and the author's followers of a post by
// those of its latest sighting.
func (t *Table) UpdateCounts(id int64, counts model.Counts, followers model.Count) error {
	return t.change(id, func(ord uint32) error {
		t.numbers[colLikes].set(ord, number(counts.Likes))
		t.numbers[colComments].set(ord, number(counts.Comments))
		t.numbers[colShares].set(ord, number(counts.Shares))
		t.numbers[colViews].set(ord, number(counts.Views))
		t.numbers[colFollowers].set(ord, number(followers))
		return nil
	})
}

// UpdateEnrichment replaces what was understood of a post.
func (t *Table) UpdateEnrichment(id int64, lang string, polarity model.Polarity, sentiment float64, hashtags, mentions, domains []string) error {
	return t.change(id, func(ord uint32) error {
		langCode, err := t.dicts[colLang].code(lang)
		if err != nil {
			return err
		}
		polarityCode, err := t.dicts[colPolarity].code(string(polarity))
		if err != nil {
			return err
		}
		for i, values := range [multiColumns][]string{hashtags, mentions, domains} {
			t.scratch = t.scratch[:0]
			if err := t.addCodes(t.tags[i], values); err != nil {
				return err
			}
			t.multis[i].set(ord, t.scratch)
		}
		t.singles[colLang].setIfNew(ord, langCode)
		t.singles[colPolarity].setIfNew(ord, polarityCode)
		t.numbers[colSentiment].set(ord, sentimentOf(polarity, sentiment))
		return nil
	})
}

// SetWithdrawn takes the posts of a batch out of view, or back into it.
func (t *Table) SetWithdrawn(batch int64, withdrawn bool) {
	t.mu.Lock()
	defer t.mu.Unlock()
	d := t.dicts[colBatch].view()
	code, ok := d.find(strconv.FormatInt(batch, 10))
	if !ok {
		return
	}
	t.view.Store(nil)
	posts := newDense(t.n)
	markCodes(posts, t.singles[colBatch].chunks, []uint32{code})
	w := t.sets[setWithdrawn]
	w.own()
	if withdrawn {
		w.set.Or(posts.bitmap())
	} else {
		w.set.AndNot(posts.bitmap())
	}
}

// setIfNew changes a code only when it differs, so that an update that changes
// nothing copies nothing.
func (c *codeColumn) setIfNew(i, code uint32) {
	if c.get(i) != code {
		c.set(i, code)
	}
}
