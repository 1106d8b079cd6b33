package analytics

import "math"

// Defaults of Bursts: each level is twice as frequent as the one below, and going
// up a level costs ln(steps).
const (
	BurstScale = 2.0
	BurstGamma = 1.0
)

// maxBurstLevels bounds the levels of Bursts.
const maxBurstLevels = 8

// Burst is a stretch of steps [From, To) in which something is more frequent than
// usual. Level 1 is scale times as frequent, level 2 scale² times; a burst of a
// level lies within one of the level below. Weight is how much cheaper the burst
// makes the series, in nats.
type Burst struct {
	From, To int
	Level    int
	Weight   float64
}

// Bursts finds bursts of a term by Kleinberg's automaton for batches (Data Mining
// and Knowledge Discovery 7, 2003, section 4): hits[i] of total[i] posts have the
// term in step i. scale > 1 and gamma ≥ 0; the series of states is the cheapest
// one. Bursts are in order of From, the lower level first.
func Bursts(hits, total []int64, scale, gamma float64) []Burst {
	var r, d int64
	n := min(len(hits), len(total))
	for i := range n {
		r += hits[i]
		d += total[i]
	}
	if n == 0 || r == 0 || r >= d || !(scale > 1) || !(gamma >= 0) {
		return nil
	}
	var p []float64 // of each level
	for q := float64(r) / float64(d); q < 1 && len(p) <= maxBurstLevels; q *= scale {
		p = append(p, q)
	}
	cost := func(level, i int) float64 { // without the binomial coefficient, which is the same for all
		return -float64(hits[i])*math.Log(p[level]) - float64(total[i]-hits[i])*math.Log1p(-p[level])
	}
	states := cheapest(n, len(p), gamma*math.Log(float64(n)), cost)
	var out []Burst
	open := make([]int, len(p)) // index + 1 in out of the burst of each level
	for i := 0; i <= n; i++ {
		now := 0
		if i < n {
			now = states[i]
		}
		for level := 1; level < len(p); level++ {
			switch {
			case level <= now && open[level] == 0:
				out = append(out, Burst{From: i, Level: level})
				open[level] = len(out)
			case level > now && open[level] > 0:
				out[open[level]-1].To = i
				open[level] = 0
			}
			if open[level] > 0 {
				out[open[level]-1].Weight += cost(level-1, i) - cost(level, i)
			}
		}
	}
	return out
}

// cheapest finds the cheapest series of states (Viterbi); going up k levels costs
// k times up, going down nothing. Of equal ones the lower state wins.
func cheapest(n, levels int, up float64, cost func(level, i int) float64) []int {
	best := make([]float64, levels)
	for l := 1; l < levels; l++ {
		best[l] = math.Inf(1) // it begins in the lowest
	}
	from := make([]uint8, n*levels)
	next := make([]float64, levels)
	for i := range n {
		for l := range levels {
			next[l] = math.Inf(1)
			for k := range levels {
				if c := best[k] + float64(max(0, l-k))*up; c < next[l] {
					next[l], from[i*levels+l] = c, uint8(k)
				}
			}
			next[l] += cost(l, i)
		}
		best, next = next, best
	}
	state := 0
	for l := range best {
		if best[l] < best[state] {
			state = l
		}
	}
	out := make([]int, n)
	for i := n - 1; i >= 0; i-- {
		out[i] = state
		state = int(from[i*levels+state])
	}
	return out
}
