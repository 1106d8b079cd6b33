package analytics

import (
	"bytes"
	"context"
	"errors"
	"math"
	"reflect"
	"testing"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/model"
)

func smallRows() []model.FacetRow {
	return []model.FacetRow{
		{
			Time: at("2024-05-01T10:00:00Z"), Author: "x:1", AuthorHandle: "ann", Lang: "en", Polarity: model.PolarityPositive, Sentiment: 0.5,
			Followers: model.Known(10), Counts: model.Counts{Likes: model.Known(3), Shares: model.Known(1)}, Hashtags: []string{"acme", "sale"}, Domains: []string{"acme.example"},
		},
		{Time: at("2024-05-01T10:10:00Z"), Author: "x:2", AuthorHandle: "bob", Lang: "en", Polarity: model.PolarityNegative, Sentiment: -0.25, Hashtags: []string{"acme"}},
		{
			Time: at("2024-05-01T12:40:00Z"), Author: "x:1", AuthorHandle: "ann", Lang: "es", Polarity: model.PolarityUnknown,
			Followers: model.Known(12), Counts: model.Counts{Comments: model.Known(7)}, Hashtags: []string{"brand"}, Domains: []string{"acme.example", "news.example"},
		},
		{Author: "", Lang: "", Platform: "feed", Type: model.PageNews, Domains: []string{"news.example"}},
		{Time: at("2024-05-01T12:59:59Z"), Author: "reddit:9", Platform: "reddit", Type: model.PageForum, Lang: "en", Polarity: model.PolarityNeutral, Sentiment: 0, Hashtags: []string{"sale"}},
	}
}

func TestResultsOfASmallCase(t *testing.T) {
	v := view(t, smallRows())
	subjects := []SubjectPosts{
		{Subject: model.Subject{ID: "b", Name: "Brand"}, Posts: bits(2)},
		{Subject: model.Subject{ID: "a", Name: "Acme", Competitor: true}, Posts: bits(0, 1, 2, 99)},
		{Subject: model.Subject{ID: "n", Name: "Nobody"}},
	}
	for _, c := range []struct {
		kind   string
		params map[string]string
	}{
		{"volume", map[string]string{"unit": "1h"}},
		{"sentiment", map[string]string{"unit": "1h", "zone": "Europe/Madrid"}},
		{"voice", nil},
		{"accounts", nil},
		{"hashtags", map[string]string{"n": "2"}},
		{"domains", nil},
		{"types", nil},
		{"languages", nil},
		{"platforms", nil},
		{"alerts", nil},
	} {
		b, err := CanonicalJSON(compute(t, v, nil, c.kind, c.params, subjects...))
		if err != nil {
			t.Fatal(err)
		}
		golden(t, c.kind+".json", b)
	}
}

func TestNothingSelected(t *testing.T) {
	v := view(t, smallRows())
	for _, k := range Kinds() {
		if _, err := CanonicalJSON(compute(t, v, roaring.New(), k.Name, nil)); err != nil {
			t.Errorf("%s: %v", k.Name, err)
		}
		if _, err := CanonicalJSON(compute(t, view(t, nil), nil, k.Name, nil)); err != nil {
			t.Errorf("%s of an empty case: %v", k.Name, err)
		}
	}
	r := compute(t, v, bits(3), "volume", nil).(model.VolumeResult)
	if r.Total != 1 || r.Undated != 1 || r.Points == nil || len(r.Points) != 0 {
		t.Errorf("undated only: %+v", r)
	}
}

// Whatever is selected, the parts add up to the whole.
func TestSumsReconcile(t *testing.T) {
	v := view(t, randomRows(5000, 40, 7))
	for _, sel := range []*roaring.Bitmap{nil, v.TimeRange(at("2024-03-10T00:00:00Z"), at("2024-03-12T00:00:00Z")), bits(1, 2, 4000)} {
		want := int64(v.Len())
		if sel != nil {
			want = int64(sel.GetCardinality())
		}
		for _, unit := range append(Units(), "") {
			p := map[string]string{"unit": unit, "zone": "America/Havana"}
			vol := compute(t, v, sel, "volume", p).(model.VolumeResult)
			sum := vol.Undated
			for _, pt := range vol.Points {
				sum += pt.N
			}
			if sum != want || vol.Total != want {
				t.Errorf("volume by %q: %d of %d", unit, sum, want)
			}
			sent := compute(t, v, sel, "sentiment", p).(model.SentimentResult)
			if n := sum4(sent.Total); n != want {
				t.Errorf("sentiment by %q: %d of %d", unit, n, want)
			}
			for i, pt := range sent.Points {
				if pt.T != vol.Points[i].T || sum4(pt.PolarityCounts) != vol.Points[i].N {
					t.Errorf("sentiment by %q: bucket %d differs from volume", unit, i)
				}
				known := pt.Negative + pt.Neutral + pt.Positive
				if (pt.Mean == nil) != (known == 0) || pt.Mean != nil && math.Abs(*pt.Mean) > 1 {
					t.Errorf("sentiment by %q: mean of bucket %d", unit, i)
				}
			}
		}
		for dim := range sharings() {
			r := compute(t, v, sel, dim, nil).(model.ShareResult)
			var n int64
			parts := 0.0
			for i, row := range r.Rows {
				n, parts = n+row.Posts, parts+row.Share
				if i > 0 && row.Posts > r.Rows[i-1].Posts {
					t.Errorf("%s out of order", dim)
				}
			}
			if n != want || r.Total != want || math.Abs(parts-1) > 1e-9 {
				t.Errorf("%s: %d of %d, shares %v", dim, n, want, parts)
			}
		}
	}
}

func sum4(p model.PolarityCounts) int64 { return p.Negative + p.Neutral + p.Positive + p.Unknown }

// A ranking cut short is the beginning of the whole one, and the whole one
// counts every post with a value.
func TestRankingsAreOrderedAndWhole(t *testing.T) {
	v := view(t, randomRows(5000, 40, 8))
	for dim := range rankings() {
		all := compute(t, v, nil, dim, map[string]string{"n": "10000"}).(model.RankResult)
		if int(all.Distinct) != len(all.Rows) {
			t.Errorf("%s: %d rows of %d", dim, len(all.Rows), all.Distinct)
		}
		for i := 1; i < len(all.Rows); i++ {
			a, b := all.Rows[i-1], all.Rows[i]
			if a.Posts < b.Posts || a.Posts == b.Posts && (a.Engagement < b.Engagement || a.Engagement == b.Engagement && a.Key >= b.Key) {
				t.Fatalf("%s: %+v before %+v", dim, a, b)
			}
		}
		for _, n := range []int{1, 7, 20} {
			top, err := Top(context.Background(), v, nil, dim, n)
			if err != nil || !reflect.DeepEqual(top.Rows, all.Rows[:min(n, len(all.Rows))]) {
				t.Errorf("%s: the first %d are not the first of all (%v)", dim, n, err)
			}
		}
	}
}

func TestVoiceCountsEachMention(t *testing.T) {
	v := view(t, randomRows(2000, 10, 9))
	a, b := roaring.New(), roaring.New()
	a.AddRange(0, 1200)
	b.AddRange(1000, 1500)
	r := compute(t, v, v.Visible(), "voice", nil, SubjectPosts{model.Subject{ID: "a"}, a}, SubjectPosts{model.Subject{ID: "b"}, b}).(model.VoiceResult)
	if r.Posts != 1500 || r.Neither != 500 || r.Subjects[0].Mentions != 1200 || r.Subjects[1].Mentions != 500 {
		t.Errorf("%+v", r)
	}
	var m, e, w float64
	for _, row := range r.Subjects {
		m, e, w = m+row.MentionShare, e+row.EngagementShare, w+row.ReachShare
		if sum4(row.Sentiment) != row.Mentions {
			t.Errorf("%s: polarities of %d of %d posts", row.ID, sum4(row.Sentiment), row.Mentions)
		}
	}
	if math.Abs(m-1)+math.Abs(e-1)+math.Abs(w-1) > 1e-9 {
		t.Errorf("shares %v %v %v", m, e, w)
	}
}

func TestHugeCountsDoNotWrapRound(t *testing.T) {
	row := model.FacetRow{Followers: model.Known(math.MaxInt64 - 5)}
	v := view(t, []model.FacetRow{row, row})
	r := compute(t, v, nil, "voice", nil, SubjectPosts{model.Subject{ID: "a"}, bits(0, 1)}).(model.VoiceResult)
	if got := r.Subjects[0].Reach; got != math.MaxInt64 {
		t.Errorf("reach %d", got)
	}
}

// The same rows in another order, and a second run, give the same bytes.
func TestResultsAreTheSameBytes(t *testing.T) {
	rows := randomRows(3000, 30, 11)
	back := make([]model.FacetRow, len(rows))
	for i, r := range rows {
		back[len(rows)-1-i] = r
	}
	v, w := view(t, rows), view(t, back)
	for _, k := range Kinds() {
		encode := func(x any) []byte {
			b, err := CanonicalJSON(x)
			if err != nil {
				t.Fatal(err)
			}
			return b
		}
		first := encode(compute(t, v, nil, k.Name, nil))
		if !bytes.Equal(first, encode(compute(t, v, nil, k.Name, nil))) {
			t.Errorf("%s differs from run to run", k.Name)
		}
		if k.Name == "alerts" || k.Name == "accounts" { // name posts by id; the latest of two followers
			continue
		}
		if !bytes.Equal(first, encode(compute(t, w, nil, k.Name, nil))) {
			t.Errorf("%s depends on the order of the posts", k.Name)
		}
	}
}

func TestComputeRefuses(t *testing.T) {
	in := Inputs{View: view(t, smallRows())}
	for _, c := range []struct{ kind, param, value, code string }{
		{"", "", "", "unknown_analysis"},
		{"magic", "", "", "unknown_analysis"},
		{"volume", "unit", "minute", "bad_param"},
		{"volume", "zone", "Mars/Olympus", "bad_param"},
		{"volume", "zone", "Local", "bad_param"},
		{"volume", "n", "3", "bad_param"},
		{"types", "n", "3", "bad_param"},
		{"accounts", "n", "0", "bad_param"},
		{"accounts", "n", "10001", "bad_param"},
		{"accounts", "n", "many", "bad_param"},
		{"voice", "subjects", "ghost", "bad_param"},
		{"alerts", "unit", "week", "bad_param"},
		{"alerts", "threshold", "0", "bad_param"},
		{"alerts", "threshold", "NaN", "bad_param"},
		{"alerts", "threshold", "0.5", "bad_param"},
		{"alerts", "cooldown", "0", "bad_param"},
		{"alerts", "cooldown", "721", "bad_param"},
		{"alerts", "series", "all,moons", "bad_param"},
	} {
		spec := model.RunSpec{Kind: c.kind}
		if c.param != "" {
			spec.Params = map[string]string{c.param: c.value}
		}
		_, err := Compute(context.Background(), spec, in)
		if faultCode(err) != c.code {
			t.Errorf("%+v: %v", c, err)
		}
	}
}

func TestCancelled(t *testing.T) {
	ctx, cancel := context.WithCancel(context.Background())
	cancel()
	in := Inputs{View: view(t, randomRows(2000, 40, 3))}
	for _, k := range Kinds() {
		if _, err := Compute(ctx, model.RunSpec{Kind: k.Name}, in); !errors.Is(err, context.Canceled) {
			t.Errorf("%s: %v", k.Name, err)
		}
	}
}
