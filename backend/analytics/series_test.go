package analytics

import (
	"context"
	"math"
	"math/rand/v2"
	"slices"
	"testing"
	"time"
)

// A series that only varies by chance must hardly ever alarm.
func TestQuietSeriesHardlyAlarm(t *testing.T) {
	for _, perHour := range []float64{0.3, 3, 40} {
		alarms, weeks := 0, 0.0
		for seed := range uint64(6) {
			r := rand.New(rand.NewPCG(seed, 9))
			counts := make([]uint32, 8*7*288)
			for i := range counts {
				daily := 1 + .6*math.Sin(float64(i)/288*2*math.Pi)
				counts[i] = poisson(r, perHour/12*daily)
			}
			points, err := JudgeSeries(context.Background(), counts, 5*time.Minute, AlertParams{})
			if err != nil {
				t.Fatal(err)
			}
			for _, p := range points {
				if p.Alert {
					alarms++
				}
			}
			weeks += 7.5
		}
		t.Logf("%g an hour: %.2f alarms a week", perHour, float64(alarms)/weeks)
		if float64(alarms)/weeks > .5 {
			t.Errorf("%g an hour: %d alarms in %g weeks", perHour, alarms, weeks)
		}
	}
}

func poisson(r *rand.Rand, mean float64) uint32 {
	limit, p, k := math.Exp(-mean), 1.0, uint32(0)
	for {
		if p *= r.Float64(); p <= limit {
			return k
		}
		k++
	}
}

func TestJudgeSeries(t *testing.T) {
	counts := make([]uint32, 10*288)
	for i := range counts {
		counts[i] = uint32(3 + i%3)
	}
	for i := range 24 {
		counts[9*288+i] = 60
	}
	points, err := JudgeSeries(context.Background(), counts, 5*time.Minute, AlertParams{})
	if err != nil {
		t.Fatal(err)
	}
	first := slices.IndexFunc(points, func(p SeriesPoint) bool { return p.Alert })
	if first < 9*288 || first > 9*288+2 || len(points[first].Reasons) != 4 || points[first].Score < points[first].Need {
		t.Errorf("first alert at %d: %+v", first, points[max(first, 0)])
	}
	for i, p := range points {
		if p.Alert && i != first {
			t.Errorf("a second alert at %d within the cool-down", i)
		}
		if p.Judged && i < 2*288 || !p.Judged && i > 4*288 {
			t.Fatalf("step %d: judged %v", i, p.Judged)
		}
	}
	for _, step := range []time.Duration{time.Minute, time.Hour, 24 * time.Hour, 7 * 24 * time.Hour} {
		if _, err := JudgeSeries(context.Background(), counts, step, AlertParams{}); err != nil {
			t.Errorf("steps of %v: %v", step, err)
		}
	}
	if _, err := JudgeSeries(context.Background(), counts, time.Millisecond, AlertParams{}); faultCode(err) != "bad_param" {
		t.Errorf("steps of a millisecond: %v", err)
	}
}

func TestJudgeSeriesAgreesWithEpisodes(t *testing.T) {
	for _, s := range loadNAB(t) {
		points, err := JudgeSeries(context.Background(), s.counts, 5*time.Minute, AlertParams{})
		if err != nil {
			t.Fatal(err)
		}
		var got, want []int
		for i, p := range points {
			if p.Alert {
				got = append(got, i)
			}
		}
		episodes, _ := newDetector(12, 300).episodes(s.counts, s.counts, DefaultThreshold, 288)
		for _, e := range episodes {
			want = append(want, e.first)
		}
		if !slices.Equal(got, want) {
			t.Errorf("%s: alerts at %v, episodes at %v", s.name, got, want)
		}
	}
}

func TestEARS(t *testing.T) {
	x := EARS([]float64{1, 2, 3, 4, 5, 6, 7, 20, 8, 30})
	sd := math.Sqrt(28.0 / 6)
	if math.Abs(x[7].C1-(20-4)/sd) > 1e-12 || x[7].C2 != 0 || x[6] != (EARSPoint{}) {
		t.Errorf("%+v", x[7])
	}
	if math.Abs(x[9].C2-(30-4)/sd) > 1e-12 || math.Abs(x[9].C3-(x[9].C2-1)) > 1e-12 {
		t.Errorf("%+v", x[9])
	}
	if flat := EARS(make([]float64, 20)); flat[19] != (EARSPoint{}) {
		t.Errorf("flat: %+v", flat[19])
	}
}

func TestBursts(t *testing.T) {
	hits, total := make([]int64, 60), make([]int64, 60)
	for i := range hits {
		hits[i], total[i] = 2, 1000
		if i >= 20 && i < 30 {
			hits[i] = 40
		}
	}
	hits[24] = 300
	out := Bursts(hits, total, BurstScale, BurstGamma)
	if len(out) < 2 || out[0].From != 20 || out[0].To != 30 || out[0].Level != 1 || out[0].Weight <= 0 {
		t.Fatalf("%+v", out)
	}
	top := out[len(out)-1]
	if top.From != 24 || top.To != 25 || top.Level < 3 {
		t.Errorf("%+v", top)
	}
	if got := Bursts([]int64{1, 1, 1}, []int64{9, 9, 9}, 2, 1); len(got) != 0 {
		t.Errorf("even: %+v", got)
	}
	for _, x := range [][]int64{nil, {0, 0}, {9, 9}} {
		if got := Bursts(x, []int64{9, 9}, 2, 1); got != nil {
			t.Errorf("%v: %+v", x, got)
		}
	}
}
