package columns

import (
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/model"
)

// Metric is a number that a post carries.
type Metric int

// The metrics. Followers are the author's at capture; Engagement is likes +
// comments + shares over those that are known.
const (
	Likes Metric = iota
	Comments
	Shares
	Views
	Followers
	Engagement
)

// View is the table at one moment: immutable, for any number of goroutines.
// Bitmaps that its methods return may be shared; clone one before changing it.
type View struct {
	n       int
	singles [singleColumns][]codes
	dicts   [singleColumns]dictView
	multis  [multiColumns][]multiChunk
	tags    [multiColumns]dictView
	numbers [numberColumns]numbers
	sets    [setColumns]*roaring.Bitmap
	labels  []*roaring.Bitmap
	names   dictView
	people  dictView
	handles [][]uint32
	display [][]uint32
	visible *roaring.Bitmap
	order   *orderCache
}

// View gives the table as it is now. It waits at most for the change under way.
func (t *Table) View() *View {
	if v := t.view.Load(); v != nil {
		return v
	}
	t.mu.Lock()
	defer t.mu.Unlock()
	if v := t.view.Load(); v != nil {
		return v
	}
	v := &View{n: t.n, names: t.names.view(), people: t.people.view(), order: t.order}
	for i := range t.singles {
		v.singles[i], v.dicts[i] = t.singles[i].publish(), t.dicts[i].view()
	}
	for i := range t.multis {
		v.multis[i], v.tags[i] = t.multis[i].publish(), t.tags[i].view()
	}
	for i := range t.numbers {
		v.numbers[i] = t.numbers[i].publish()
	}
	for i := range t.sets {
		v.sets[i] = t.sets[i].publish()
	}
	v.labels = make([]*roaring.Bitmap, len(t.labels))
	for i := range t.labels {
		v.labels[i] = t.labels[i].publish()
	}
	v.handles, v.display = t.handles.publish(), t.display.publish()
	v.visible = rangeBitmap(t.n)
	v.visible.AndNot(v.sets[setWithdrawn])
	t.view.Store(v)
	return v
}

// Len is the number of posts, withdrawn ones included; ordinals are [0, Len).
func (v *View) Len() int { return v.n }

// Visible gives the posts that are not withdrawn.
func (v *View) Visible() *roaring.Bitmap { return v.visible }

// Starred gives the posts with a star, withdrawn ones included.
func (v *View) Starred() *roaring.Bitmap { return v.sets[setStarred] }

// Has gives the posts with "media", "geo" or "link"; ok is false for another word.
func (v *View) Has(what string) (posts *roaring.Bitmap, ok bool) {
	for i, name := range hasNames {
		if name == what {
			return v.sets[setMedia+i], true
		}
	}
	return nil, false
}

// Time is the Unix second of a post, model.MissingTime when unknown.
func (v *View) Time(ord uint32) int64 { return v.numbers[colTime].get(ord) }

// Number is a metric of a post, and whether it is known.
func (v *View) Number(m Metric, ord uint32) (int64, bool) {
	n := v.metric(m, ord)
	if n == noNumber {
		return 0, false
	}
	return n, true
}

// Sentiment is the score of a post, −1..1, and whether its polarity is known.
func (v *View) Sentiment(ord uint32) (float64, bool) {
	n := v.numbers[colSentiment].get(ord)
	if n == noNumber {
		return 0, false
	}
	return float64(n) / sentimentUnit, true
}

func (v *View) metric(m Metric, ord uint32) int64 {
	if m != Engagement {
		return v.numbers[m].get(ord)
	}
	return addKnown(addKnown(v.numbers[colLikes].get(ord), v.numbers[colComments].get(ord)), v.numbers[colShares].get(ord))
}

// addKnown adds what is known of a and b.
func addKnown(a, b int64) int64 {
	switch {
	case a == noNumber:
		return b
	case b == noNumber:
		return a
	}
	return a + b
}

// AuthorName is the latest display name of an author by its facet code, "" when
// none was given.
func (v *View) AuthorName(code uint32) string {
	return v.people.value(v.display[code>>chunkBits][code&chunkMask])
}

// AuthorHandle is the latest handle of an author by its facet code, without
// "@", "" when none was given.
func (v *View) AuthorHandle(code uint32) string {
	return strings.TrimPrefix(v.people.value(v.handles[code>>chunkBits][code&chunkMask]), "@")
}

// ID is the post id of an ordinal.
func ID(ord uint32) int64 { return int64(ord) + 1 }

// Ordinal is the ordinal of a post id, which must be within 1..Len.
func Ordinal(id int64) uint32 { return uint32(id - 1) }

// MissingTime is the Time of a post whose instant is unknown.
const MissingTime = model.MissingTime
