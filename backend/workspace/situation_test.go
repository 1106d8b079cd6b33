package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"vedette/backend/model"
)

// situationCase is a case with subjects, one of them a competitor.
func situationCase(t *testing.T) *Session {
	t.Helper()
	s := newTestSession(t, newTestDesk(t))
	importLines(t, s, writeLines(t, 0, 300))
	for _, x := range []model.Subject{
		{Name: "Kettle", Type: model.SubjectBrand, Query: "kettle"},
		{Name: "Rival", Type: model.SubjectBrand, Query: "dangerous", Competitor: true},
		{Name: "Praise", Type: model.SubjectTopic, Query: "wonderful"},
	} {
		if _, err := s.PutSubject(context.Background(), x); err != nil {
			t.Fatal(err)
		}
	}
	return s
}

func (p *Panel) cell(t *testing.T, row int, column string) any {
	t.Helper()
	for i, h := range p.Table.Header {
		if h == column {
			return p.Table.Rows[row][i]
		}
	}
	t.Fatalf("%s has no column %s", p.Kind, column)
	return nil
}

// TestPointsLeadToTheirPosts: behind every point of every chart there are as
// many posts as the chart says, also where the selection filters the same thing.
func TestPointsLeadToTheirPosts(t *testing.T) {
	ctx := context.Background()
	s := situationCase(t)
	defer closeSession(t, s)
	subjects, err := s.Subjects(ctx)
	if err != nil {
		t.Fatal(err)
	}
	size := s.c.LogSize()
	for name, sel := range map[string]model.Selection{
		"everything": {},
		"filtered": {
			Query: "likes:>20", Include: map[string][]string{"hashtag": {"kettle"}, "author": {"x:@user1", "x:@user2", "x:@user3"}},
			Exclude: map[string][]string{"polarity": {"neutral"}}, Subject: subjects[0].ID,
		},
	} {
		got, err := s.Situation(ctx, sel, "en")
		if err != nil {
			t.Fatal(err)
		}
		var kinds []string
		for _, p := range got.Panels {
			kinds = append(kinds, p.Kind)
			checkPoints(t, s, name, sel, &p)
		}
		want := []string{"volume", "sentiment", "voice", "topics", "accounts", "hashtags", "domains", "types", "languages", "platforms", "alerts"}
		if !reflect.DeepEqual(kinds, want) {
			t.Errorf("%s: panels %v", name, kinds)
		}
	}
	if s.c.LogSize() != size {
		t.Error("looking at the situation was logged")
	}
	var f *model.Fault
	if _, err := s.Situation(ctx, model.Selection{}, "xx"); !errors.As(err, &f) || f.Code != "bad_lang" {
		t.Errorf("an unknown language gives %v", err)
	}
}

func checkPoints(t *testing.T, s *Session, name string, sel model.Selection, p *Panel) {
	t.Helper()
	if b, err := json.Marshal(p.Option); err != nil || len(b) < 10 {
		t.Errorf("%s %s: option %s, %v", name, p.Kind, b, err)
	}
	count := func(r *Refinement) int64 {
		t.Helper()
		if r == nil {
			t.Fatalf("%s %s: a point leads nowhere", name, p.Kind)
		}
		return find(t, s, SearchRequest{Selection: Refine(sel, *r), Limit: -1}).Total
	}
	for si, places := range p.Points {
		for i, r := range places {
			var want any
			switch p.Kind {
			case "sentiment":
				want = p.cell(t, i, []string{"negative", "neutral", "positive", "unknown"}[si])
			case "voice":
				want = p.cell(t, si, "mentions")
			case "topics":
				want = p.cell(t, i, "mentions")
			default:
				want = p.cell(t, i, "posts")
			}
			if n := count(r); n != want {
				t.Errorf("%s %s: series %d, place %d: %d posts, the chart says %v (%+v)", name, p.Kind, si, i, n, want, *r)
			}
		}
	}
}

// TestRestOfAShare: the bar that adds up what has no bar of its own leads to all
// of it.
func TestRestOfAShare(t *testing.T) {
	b := panels{}
	var p Panel
	r := model.ShareResult{Dimension: "platforms", Total: 55}
	for i := range 10 {
		r.Rows = append(r.Rows, model.ShareRow{Key: string(rune('a' + i)), Posts: int64(10 - i)})
	}
	b.l = english(t)
	d := b.share(r, &p)
	if len(p.Points[0]) != sharesShown || len(d.Categories) != sharesShown || len(p.Table.Rows) != 10 {
		t.Fatalf("%d points, %d bars", len(p.Points[0]), len(d.Categories))
	}
	if got := p.Points[0][sharesShown-1].Exclude["platform"]; len(got) != sharesShown-1 || got[0] != "a" {
		t.Errorf("the rest leaves out %v", got)
	}
}

func TestAlertCards(t *testing.T) {
	b := panels{l: english(t), zone: "UTC"}
	var p Panel
	d := b.alertsPanel(model.AlertsResult{Unit: "1h", Threshold: 3, Series: 4, TooShort: []string{"platform:x"}, Alerts: []model.Alert{
		{ID: "1", Series: "all", Label: "All posts", Start: 3600, End: 7200, Score: 4, Posts: 9},
		{ID: "2", Series: "lang:es", Start: 3600, End: 7200, Score: 9, Posts: 7},
		{ID: "3", Series: "subject:s1", Label: "Kettle", Start: 90000, End: 93600, Score: 5},
	}}, &p)
	c := b.alerts.Cards
	if len(c) != 2 || len(d.Categories) != 2 || c[0].Lead.ID != "2" || len(c[0].Others) != 1 || c[1].Posts.Subject != "s1" {
		t.Fatalf("cards %+v", c)
	}
	if c[0].Posts.Include["lang"][0] != "es" || c[0].Posts.From.Unix() != 3600 || c[0].Name == "lang:es" || len(p.Table.Rows) != 2 {
		t.Errorf("first card %+v", c[0])
	}
}

func TestRecordedSituationIsReused(t *testing.T) {
	ctx := context.Background()
	s := situationCase(t)
	defer closeSession(t, s)
	runs, err := s.RecordSituation(ctx, model.Selection{}, nil)
	if err != nil || len(runs) != 11 || runs[0].ID != 1 {
		t.Fatalf("recorded %d runs, %v", len(runs), err)
	}
	again, err := s.RecordSituation(ctx, model.Selection{}, nil)
	if err != nil || !reflect.DeepEqual(ids(again), ids(runs)) {
		t.Errorf("recorded again: %v, %v", ids(again), err)
	}
}

func ids(runs []model.Run) []int64 {
	var out []int64
	for _, r := range runs {
		out = append(out, r.ID)
	}
	return out
}
