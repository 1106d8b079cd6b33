package analytics

import (
	"cmp"
	"context"
	"fmt"
	"slices"
	"strconv"

	"vedette/backend/analytics/automation"
	"vedette/backend/analytics/names"
	"vedette/backend/columns"
	"vedette/backend/model"
)

// Limits on what automation shows of an account.
const (
	featuresShown = 8
	accountPosts  = 10
)

// suspect is an account as its latest post shows it.
type suspect struct {
	profile automation.Profile
	at      int64
	posts   []automation.Post
	ids     []string
	n       int64
}

// automated scores the accounts of a run.
func automated(ctx context.Context, in Inputs, n int) (model.AutomationResult, error) {
	var accounts names.Table
	var list []suspect
	err := in.each(ctx, func(ord uint32, p *model.Post) error {
		uid := p.Author.UID()
		if uid == "" {
			return nil
		}
		c := accounts.Code(uid)
		if int(c) == len(list) {
			list = append(list, suspect{at: columns.MissingTime})
		}
		list[c].see(in.View.Time(ord), columns.ID(ord), p)
		return nil
	})
	if err != nil {
		return model.AutomationResult{}, err
	}
	m, err := automation.Load(in.Automation)
	if err != nil {
		return model.AutomationResult{}, fmt.Errorf("automation: %w", err)
	}
	r := model.AutomationResult{Model: m.Version, AUC: m.AUC, Accuracy: m.Accuracy, Accounts: len(list), Histogram: make([]int, 10), Rows: []model.AutomationRow{}}
	scores := make([]float64, len(list))
	var order []uint32
	for i := range list {
		s := m.Score(list[i].profile)
		if !s.Sufficient {
			r.Insufficient++
			continue
		}
		scores[i] = s.Score
		r.Histogram[min(int(s.Score*10), 9)]++
		order = append(order, uint32(i))
	}
	slices.SortStableFunc(order, func(a, b uint32) int { return cmp.Compare(scores[b], scores[a]) })
	for _, a := range order[:min(n, len(order))] {
		r.Rows = append(r.Rows, list[a].row(in.party(accounts.Value(a)), m))
	}
	return r, ctx.Err()
}

// see takes in a post; the profile is that of the latest one.
func (s *suspect) see(at, id int64, p *model.Post) {
	s.n++
	if len(s.ids) < accountPosts {
		s.ids = append(s.ids, strconv.FormatInt(id, 10))
	}
	if at != columns.MissingTime {
		s.posts = append(s.posts, automation.Post{At: at, Reply: p.Refs.ReplyTo != "", Text: textKey(p.Text)})
	}
	if s.n > 1 && at < s.at {
		return
	}
	s.at = at
	a := &p.Author
	s.profile = automation.Profile{
		ID: a.NativeID, Handle: a.Handle, Name: a.Name, Description: a.Description,
		Followers: a.Followers, Following: a.Following, Posts: a.Posts, Created: a.Created.Time, Captured: p.CapturedAt.Time,
		Location: known(a.Place.Name), Link: known(a.URL),
	}
	if s.profile.Captured.IsZero() {
		s.profile.Captured = p.Created.Time // it was seen no earlier
	}
	if a.Verified != nil {
		s.profile.Verified = automation.TruthOf(*a.Verified)
	}
}

// known is a yes for a field that is there; sources leave fields out, so that an
// empty one says nothing.
func known(s string) automation.Truth {
	if s == "" {
		return automation.Unknown
	}
	return automation.Yes
}

func (s *suspect) row(who model.Party, m *automation.Model) model.AutomationRow {
	res := m.Score(s.profile)
	row := model.AutomationRow{Party: who, Score: res.Score, Posts: s.n, PostIDs: s.ids}
	for _, f := range res.Features[:min(len(res.Features), featuresShown)] {
		row.Features = append(row.Features, model.AutomationFeature{Name: f.Name, Value: f.Value, Contribution: f.Contribution, Low: f.Low, Median: f.Median, High: f.High})
	}
	if h, ok := automation.Behaviour(s.posts); ok {
		row.Behaviour = []model.AutomationFeature{
			{Name: "interval_entropy", Value: h.IntervalEntropy},
			{Name: "regularity", Value: h.Regularity},
			{Name: "quiet_hours", Value: h.QuietHours},
			{Name: "duplicate_share", Value: h.Duplicates},
			{Name: "reply_share", Value: h.Replies},
		}
	}
	return row
}
