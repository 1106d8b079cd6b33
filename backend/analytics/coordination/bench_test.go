package coordination

import (
	"context"
	"math/rand/v2"
	"os"
	"runtime"
	"strconv"
	"strings"
	"testing"
)

func BenchmarkReference60s(b *testing.B) {
	s := referenceShares(b)
	for b.Loop() {
		if _, err := Detect(context.Background(), s, Params{Window: 60 * Micros, MinParticipation: 2, EdgeWeight: .5}, nil); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkNull(b *testing.B) {
	s := referenceShares(b)
	n, err := Detect(context.Background(), s, Params{Window: 60 * Micros, MinParticipation: 2, EdgeWeight: .5}, nil)
	if err != nil {
		b.Fatal(err)
	}
	for b.Loop() {
		if _, err := Null(context.Background(), s, n, nil, 10, 1, nil); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkTenMillion detects among ten million shares of ids of 19 digits over
// thirty days, and reports the most memory that the process held.
func BenchmarkTenMillion(b *testing.B) {
	const n = 10_000_000
	for b.Loop() {
		s := &Shares{}
		rng := rand.New(rand.NewPCG(1, 1))
		for i := range n {
			x := rng.Float64()
			s.Add("https://news.example/story/"+strconv.Itoa(int(x*x*x*400_000)), strconv.Itoa(1_000_000_000+rng.IntN(1_000_000)), strconv.Itoa(1_600_000_000_000_000_000+i), rng.Int64N(30*86400)*Micros)
		}
		r, err := Detect(context.Background(), s, Params{Window: 60 * Micros, MinParticipation: 2, EdgeWeight: .5}, nil)
		if err != nil {
			b.Fatal(err)
		}
		b.ReportMetric(float64(r.Pairs), "pairs")
		b.ReportMetric(float64(len(r.Edges)), "edges")
		b.ReportMetric(peakMB(), "peakMB")
		runtime.KeepAlive(s)
	}
}

// peakMB is the process's highest resident memory; 0 where it is not told.
func peakMB() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		if rest, ok := strings.CutPrefix(line, "VmHWM:"); ok {
			kb, _ := strconv.ParseFloat(strings.Fields(rest)[0], 64)
			return kb / 1024
		}
	}
	return 0
}
