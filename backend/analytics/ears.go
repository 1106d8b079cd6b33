package analytics

import "math"

// Parameters of EARS.
const (
	earsBaseline = 7
	earsLag      = 2
	leastEarsSD  = 0.5
)

// EARSPoint holds the three statistics of the Early Aberration Reporting System
// at one step; the usual threshold is 3 for C1 and C2 and 2 for C3.
type EARSPoint struct{ C1, C2, C3 float64 }

// EARS gives C1, C2 and C3 for each step of a series (Hutwagner et al., Journal
// of Urban Health 80(2), 2003): C1 is the distance from the mean of the seven
// steps before in their standard deviations (at least .5), C2 the same with the
// two steps before left out, C3 the sum of max(0, C2 − 1) over three steps. Steps
// without a whole baseline have zeros.
func EARS(counts []float64) []EARSPoint {
	out := make([]EARSPoint, len(counts))
	at := func(i, lag int) float64 {
		if i < earsBaseline+lag {
			return 0
		}
		mean, sd := meanSD(counts[i-lag-earsBaseline : i-lag])
		return (counts[i] - mean) / max(sd, leastEarsSD)
	}
	for i := range counts {
		out[i].C1, out[i].C2 = at(i, 0), at(i, earsLag)
		for j := max(0, i-2); j <= i; j++ {
			out[i].C3 += max(0, out[j].C2-1)
		}
	}
	return out
}

// meanSD is the mean and the standard deviation (n − 1) of at least two values.
func meanSD(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		sd += (v - mean) * (v - mean)
	}
	return mean, math.Sqrt(sd / float64(len(x)-1))
}
