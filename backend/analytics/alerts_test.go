package analytics

import (
	"context"
	"fmt"
	"math"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/model"
)

// crisis gives 14 quiet days of about 4 posts an hour by 60 accounts on two
// platforms, and on the 12th day at 15:00 UTC three hours with 50 more an hour,
// angry, on a third platform, by accounts that were never seen before.
func crisis() ([]model.FacetRow, int64) {
	r := rand.New(rand.NewPCG(5, 5))
	start := at("2024-06-03T00:00:00Z")
	burst := start + 11*86400 + 15*3600
	var rows []model.FacetRow
	for h := range int64(14 * 24) {
		for range 2 + r.IntN(5) {
			author := r.IntN(60)
			rows = append(rows, model.FacetRow{
				Time: start + h*3600 + r.Int64N(3600), Platform: []string{"x", "reddit"}[r.IntN(2)], Lang: "en",
				Author: fmt.Sprintf("x:%d", author), AuthorHandle: fmt.Sprintf("old%d", author),
				Polarity: model.PolarityPositive, Sentiment: 0.3, Counts: model.Counts{Likes: model.Known(r.Int64N(5))},
			})
		}
	}
	for i := range int64(150) {
		rows = append(rows, model.FacetRow{
			Time: burst + i*72, Platform: "bluesky", Lang: "en",
			Author: fmt.Sprintf("bluesky:%d", i%90), AuthorHandle: fmt.Sprintf("new%d", i%90),
			Polarity: model.PolarityNegative, Sentiment: -0.6, Hashtags: []string{"recall"}, Counts: model.Counts{Likes: model.Known(1000 - i)},
		})
	}
	slices.SortStableFunc(rows, func(a, b model.FacetRow) int { return int(a.Time - b.Time) })
	return rows, burst
}

func alertsOf(t *testing.T, rows []model.FacetRow, p AlertParams, subjects ...SubjectPosts) model.AlertsResult {
	t.Helper()
	r, err := Alerts(context.Background(), view(t, rows), nil, subjects, p)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func TestAlertOnARise(t *testing.T) {
	rows, burst := crisis()
	recall := roaring.New()
	for i, r := range rows {
		if len(r.Hashtags) > 0 {
			recall.Add(uint32(i))
		}
	}
	for _, unit := range []string{"15m", "1h", "3h"} {
		r := alertsOf(t, rows, AlertParams{Unit: unit}, SubjectPosts{model.Subject{ID: "r", Name: "Recall"}, recall})
		var keys []string
		for _, a := range r.Alerts {
			keys = append(keys, a.Series)
			if a.Start < burst-6*3600 || a.Start > burst+3600 || a.End <= a.Start || a.Peak < a.Start || a.Peak >= a.End {
				t.Errorf("%s: %s from %v", unit, a.Series, time.Unix(a.Start, 0).UTC())
			}
			if a.Score < DefaultThreshold || float64(a.Observed) <= a.Expected || len(a.Reasons) < 6 {
				t.Errorf("%s: %+v", unit, a)
			}
		}
		slices.Sort(keys) // the subject's rise is seen some minutes earlier
		if strings.Join(keys, " ") != "all subject:r" {
			t.Errorf("%s: alerts of %v", unit, keys)
		}
		// Bluesky was not collected before; nobody can say that it rose.
		if !slices.Equal(r.TooShort, []string{"platform:bluesky"}) || r.Series != 5 {
			t.Errorf("%s: too short %v of %d", unit, r.TooShort, r.Series)
		}
	}
}

func TestAlertSaysWhy(t *testing.T) {
	rows, burst := crisis()
	r := alertsOf(t, rows, AlertParams{Series: []string{SeriesAll}})
	if len(r.Alerts) != 1 || r.Unit != "1h" || r.Threshold != DefaultThreshold {
		t.Fatalf("%+v", r)
	}
	a := r.Alerts[0]
	values := map[string]map[string]string{}
	for _, x := range a.Reasons {
		values[x.Code] = x.Values
	}
	for code, want := range map[string]map[string]string{
		"rise":         {"unit": "1h", "observed": fmt.Sprint(a.Observed)},
		"platforms":    {"count": "3", "before": "2"},
		"new_hashtags": {"hashtags": "#recall", "count": "1"},
		"seasonal":     {"windows": "63"},
		"trailing":     {"windows": "72"},
		"since":        {"start": fmt.Sprint(a.Start), "end": fmt.Sprint(a.End)},
		"new_accounts": {"new": "90"},
	} {
		for k, v := range want {
			if values[code][k] != v {
				t.Errorf("%s: %s is %q, want %q", code, k, values[code][k], v)
			}
		}
	}
	if s := values["sentiment"]; !strings.HasPrefix(s["shift"], "-") || s["before"] != "0.3" {
		t.Errorf("sentiment %v", s)
	}
	if len(a.PostIDs) != 20 || a.Posts < 140 {
		t.Errorf("%d posts named of %d", len(a.PostIDs), a.Posts)
	}
	// The first post of the burst has the most likes.
	first := slices.IndexFunc(rows, func(r model.FacetRow) bool { return r.Time == burst && len(r.Hashtags) > 0 })
	if a.PostIDs[0] != fmt.Sprint(first+1) {
		t.Errorf("post %s leads, want %d", a.PostIDs[0], first+1)
	}
	again := alertsOf(t, rows, AlertParams{Series: []string{SeriesAll}})
	if again.Alerts[0].ID != a.ID || len(a.ID) != 16 {
		t.Errorf("id %s, then %s", a.ID, again.Alerts[0].ID)
	}
}

func TestNoAlertWhenQuiet(t *testing.T) {
	rows, _ := crisis()
	rows = slices.DeleteFunc(rows, func(r model.FacetRow) bool { return len(r.Hashtags) > 0 })
	for _, unit := range []string{"15m", "1h", "3h", "day"} {
		if r := alertsOf(t, rows, AlertParams{Unit: unit}); len(r.Alerts) != 0 {
			t.Errorf("%s: %+v", unit, r.Alerts[0])
		}
	}
}

func TestDailyAlert(t *testing.T) {
	rows, _ := crisis()
	for i := range rows { // once more, four weeks long
		r := rows[i]
		r.Time -= 14 * 86400
		if len(r.Hashtags) == 0 {
			rows = append(rows, r)
		}
	}
	r := alertsOf(t, rows, AlertParams{Unit: "day", Series: []string{SeriesAll}})
	if len(r.Alerts) == 0 || r.Alerts[0].End-r.Alerts[0].Start < 86400 {
		t.Errorf("%+v", r)
	}
}

func TestCoolDown(t *testing.T) {
	var rows []model.FacetRow
	start := at("2024-06-03T00:00:00Z")
	for h := range int64(24 * 10) {
		n := int64(2)
		switch h {
		case 24 * 8:
			n = 100
		case 24*8 + 30:
			n = 3000
		}
		for i := range n {
			rows = append(rows, model.FacetRow{Time: start + h*3600 + i})
		}
	}
	one := alertsOf(t, rows, AlertParams{CoolDown: 48 * time.Hour})
	two := alertsOf(t, rows, AlertParams{CoolDown: 6 * time.Hour})
	if len(one.Alerts) != 1 || len(two.Alerts) < 2 {
		t.Fatalf("%d alerts with a long cool-down, %d with a short one", len(one.Alerts), len(two.Alerts))
	}
	for i, a := range two.Alerts[1:] {
		if before := two.Alerts[i]; a.Start-before.Start < 6*3600 || a.Start < before.Start {
			t.Errorf("alert from %d within the cool-down of that from %d", a.Start, before.Start)
		}
	}
}

func TestTooLittleHistory(t *testing.T) {
	rows, _ := crisis()
	short := rows[:100]
	if r := alertsOf(t, short, AlertParams{}); len(r.Alerts) != 0 || len(r.TooShort) != r.Series || r.Series == 0 {
		t.Errorf("a day: %+v", r)
	}
	// One post years before the collection began is no history.
	old := append([]model.FacetRow{{Time: at("2019-01-01T00:00:00Z")}}, rows...)
	for _, a := range alertsOf(t, old, AlertParams{Series: []string{SeriesAll}}).Alerts {
		if a.Start < rows[0].Time+3*86400 {
			t.Errorf("alert at the beginning of the collection: %v", time.Unix(a.Start, 0).UTC())
		}
	}
	undated := []model.FacetRow{{}, {}}
	if r := alertsOf(t, undated, AlertParams{}); r.Alerts == nil || len(r.Alerts) != 0 {
		t.Errorf("undated: %+v", r)
	}
}

func TestLongSpansStayBounded(t *testing.T) {
	for _, years := range []int64{1, 5, 100, 290_000_000} {
		a := newAxis(0, years*366*86400, 3600)
		if a.steps > maxSteps || a.at(years*366*86400) != a.steps-1 || a.at(a.start-1) != -1 || a.at(a.start) != 0 {
			t.Errorf("%d years: %+v", years, a)
		}
	}
}

// tailScore must agree with adding up the probabilities.
func TestTailScore(t *testing.T) {
	for _, mean := range []float64{0.2, 1, 4, 30, 700} {
		for _, over := range []float64{1, 1.5, 4} {
			sd := math.Sqrt(mean * over)
			m := max(mean, leastMean)
			v := max(sd*sd, m*leastVariance)
			p, r := m/v, m*m/(v-m)
			term, cdf := math.Exp(r*math.Log(p)), 0.0
			for x := 0.0; x < 3*m+10; x++ {
				if want := -math.Log10(1 - cdf); x >= 1 && want < 9 {
					if got := tailScore(x, mean, sd, 0); math.Abs(got-want) > 1e-5*max(1, want) {
						t.Fatalf("mean %v variance %v: score of %v is %v, want %v", mean, v, x, got, want)
					}
				}
				cdf += term
				term *= (x + r) / (x + 1) * (1 - p)
			}
		}
	}
	if s := tailScore(1e9, 3, 2, 3); math.IsNaN(s) || math.IsInf(s, 0) || s < 100 {
		t.Errorf("far out: %v", s)
	}
}

func TestMedianOf(t *testing.T) {
	if m := medianOf([]float64{3, 1, 2}); m != 2 {
		t.Error(m)
	}
	if m := medianOf([]float64{4, 1, 2, 3}); m != 2.5 {
		t.Error(m)
	}
}
