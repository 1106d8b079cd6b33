package analytics

import (
	"context"
	"math"
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
	"vedette/backend/model"
)

// SubjectPosts is a watched subject with the posts that mention it; those outside
// of the selection at hand are left out of account.
type SubjectPosts struct {
	Subject model.Subject
	Posts   *roaring.Bitmap
}

// Voice compares subjects over a selection (nil: every visible post): mentions,
// engagement (likes + comments + shares) and reach (followers of the authors at
// capture), each with its share of the sum over the subjects. A post that
// mentions several subjects counts for each. Rows are in order of mentions, then
// of subject id.
func Voice(ctx context.Context, v *columns.View, sel *roaring.Bitmap, subjects []SubjectPosts) (model.VoiceResult, error) {
	sel = chosen(v, sel)
	r := model.VoiceResult{Subjects: make([]model.VoiceRow, 0, len(subjects))}
	any := roaring.New()
	for _, s := range subjects {
		if err := ctx.Err(); err != nil {
			return model.VoiceResult{}, err
		}
		posts := roaring.New()
		if s.Posts != nil {
			posts = roaring.And(sel, s.Posts)
		}
		any.Or(posts)
		row := model.VoiceRow{
			ID: s.Subject.ID, Name: s.Subject.Name, Competitor: s.Subject.Competitor,
			Mentions:  int64(posts.GetCardinality()),
			Sentiment: polarityCounts(v, posts),
		}
		row.Engagement, row.EngagementKnown = total(v, posts, columns.Engagement)
		row.Reach, row.ReachKnown = total(v, posts, columns.Followers)
		r.Subjects = append(r.Subjects, row)
	}
	r.Posts = int64(any.GetCardinality())
	r.Neither = int64(sel.GetCardinality()) - r.Posts
	shareVoice(r.Subjects)
	slices.SortStableFunc(r.Subjects, func(a, b model.VoiceRow) int {
		if a.Mentions != b.Mentions {
			return int(max(min(b.Mentions-a.Mentions, 1), -1))
		}
		return strings.Compare(a.ID, b.ID)
	})
	return r, ctx.Err()
}

func shareVoice(rows []model.VoiceRow) {
	var mentions, engagement, reach int64
	for i := range rows {
		mentions = addCapped(mentions, rows[i].Mentions)
		engagement = addCapped(engagement, rows[i].Engagement)
		reach = addCapped(reach, rows[i].Reach)
	}
	for i := range rows {
		rows[i].MentionShare = share(rows[i].Mentions, mentions)
		rows[i].EngagementShare = share(rows[i].Engagement, engagement)
		rows[i].ReachShare = share(rows[i].Reach, reach)
	}
}

// total adds a metric up over the posts where it is known, and counts those.
func total(v *columns.View, posts *roaring.Bitmap, m columns.Metric) (sum, known int64) {
	v.Walk(posts, func(ords []uint32) {
		for _, o := range ords {
			if n, ok := v.Number(m, o); ok {
				sum = addCapped(sum, n)
				known++
			}
		}
	})
	return sum, known
}

// addCapped adds without wrapping round: counts come from outside.
func addCapped(a, b int64) int64 {
	if b > 0 && a > math.MaxInt64-b {
		return math.MaxInt64
	}
	if b < 0 && a < math.MinInt64-b {
		return math.MinInt64
	}
	return a + b
}

// share is part of whole, 0..1; 0 when the whole is nothing.
func share(part, whole int64) float64 {
	if whole <= 0 || part <= 0 {
		return 0
	}
	return float64(part) / float64(whole)
}
