package coordination

import "math"

// Quantile is the quantile p of sorted values by R's default method (type 7,
// Hyndman & Fan 1996), with R's arithmetic; 0 without values.
func Quantile(sorted []float64, p float64) float64 {
	if len(sorted) == 0 {
		return 0
	}
	at := float64(len(sorted)-1) * p
	lo := math.Floor(at)
	x, y := sorted[int(lo)], sorted[int(math.Ceil(at))]
	if at == lo || x == y {
		return x
	}
	h := at - lo
	return (1-h)*x + h*y
}
