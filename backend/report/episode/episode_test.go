package episode_test

import (
	"fmt"
	"math/rand/v2"
	"reflect"
	"slices"
	"strings"
	"testing"

	"vedette/backend/model"
	"vedette/backend/report/episode"
)

func alert(series string, start, end int64, score float64) model.Alert {
	return model.Alert{ID: series + fmt.Sprint(start), Series: series, Start: start, End: end, Score: score}
}

// told writes episodes as "1:lead(others)".
func told(all []episode.Episode) string {
	var out []string
	for _, e := range all {
		var others []string
		for _, a := range e.Others {
			others = append(others, a.Series)
		}
		out = append(out, fmt.Sprintf("%d:%s(%s)", e.Number, e.Lead.Series, strings.Join(others, " ")))
	}
	return strings.Join(out, " ")
}

func TestGroup(t *testing.T) {
	for _, c := range []struct {
		name   string
		alerts []model.Alert
		want   string
	}{
		{"nothing", nil, ""},
		{"one", []model.Alert{alert("a", 0, 10, 3)}, "1:a()"},
		{"the strongest leads", []model.Alert{alert("a", 0, 10, 3), alert("b", 5, 12, 9), alert("c", 9, 20, 4)}, "1:b(c a)"},
		{"touching stays apart", []model.Alert{alert("a", 0, 10, 3), alert("b", 10, 20, 4)}, "1:a() 2:b()"},
		{"a chain is not run together", []model.Alert{alert("a", 0, 10, 9), alert("b", 8, 20, 4), alert("c", 18, 30, 8)}, "1:a(b) 2:c()"},
		{"the stronger neighbour takes it", []model.Alert{alert("a", 0, 10, 7), alert("b", 8, 20, 4), alert("c", 18, 30, 8)}, "1:a() 2:c(b)"},
		{"order of time", []model.Alert{alert("late", 100, 110, 9), alert("early", 0, 10, 3)}, "1:early() 2:late()"},
		{"ties", []model.Alert{alert("b", 5, 9, 3), alert("a", 5, 9, 3), alert("c", 4, 9, 3)}, "1:c(a b)"},
		{"no length", []model.Alert{alert("a", 5, 5, 3), alert("b", 5, 5, 4)}, "1:b(a)"},
	} {
		if got := told(episode.Group(c.alerts)); got != c.want {
			t.Errorf("%s: got %s, want %s", c.name, got, c.want)
		}
	}
}

func TestGroupKeepsEveryAlertWhateverTheOrder(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	var alerts []model.Alert
	for i := range 200 {
		start := rng.Int64N(1000)
		alerts = append(alerts, alert(fmt.Sprintf("s%03d", i), start, start+rng.Int64N(40), float64(rng.IntN(20))/2))
	}
	given := slices.Clone(alerts)
	want := episode.Group(alerts)
	if !reflect.DeepEqual(given, alerts) {
		t.Error("the alerts given were reordered")
	}
	seen := make(map[string]int)
	for _, e := range want {
		seen[e.Lead.ID]++
		for _, a := range e.Others {
			seen[a.ID]++
			if a.Score > e.Lead.Score {
				t.Errorf("episode %d is led by the weaker alert", e.Number)
			}
		}
	}
	for _, a := range alerts {
		if seen[a.ID] != 1 {
			t.Errorf("alert %s is in %d episodes", a.ID, seen[a.ID])
		}
	}
	rng.Shuffle(len(alerts), func(i, j int) { alerts[i], alerts[j] = alerts[j], alerts[i] })
	if !reflect.DeepEqual(episode.Group(alerts), want) {
		t.Error("another order of the alerts gave other episodes")
	}
}

func TestStrongest(t *testing.T) {
	all := episode.Group([]model.Alert{alert("a", 0, 1, 3), alert("b", 10, 11, 9), alert("c", 20, 21, 5), alert("d", 30, 31, 5)})
	for n, want := range map[int][2]string{
		-1: {"", "1:a() 2:b() 3:c() 4:d()"}, 2: {"2:b() 3:c()", "1:a() 4:d()"}, 9: {"1:a() 2:b() 3:c() 4:d()", ""},
	} {
		strong, rest := episode.Strongest(all, n)
		if told(strong) != want[0] || told(rest) != want[1] {
			t.Errorf("%d: got %s and %s", n, told(strong), told(rest))
		}
	}
}

func TestHasAndEnd(t *testing.T) {
	e := episode.Group([]model.Alert{alert("a", 0, 10, 9), alert("b", 5, 40, 3)})[0]
	if !e.Has("a") || !e.Has("b") || e.Has("c") || e.End() != 40 {
		t.Errorf("got %+v, end %d", e, e.End())
	}
}
