package analytics

import (
	"math"
	"slices"
)

// detector finds rises in a series of counts. The series is cut into short
// steps; what is judged is a window of span steps that ends with each step, so
// that a rise is seen when it happens and not at the next full hour.
//
// Two baselines must both be exceeded; the score is the smaller of
//   - seasonal: (2√(x+3/8) − median) / (1.4826·MAD, at least 1) over windows at
//     the same time of day ± 2 hours on earlier days (the square root makes the
//     spread of counts equal, Anscombe 1948), and
//   - trailing: −log10 of the probability that a negative binomial variable with
//     the mean and variance of the windows just before reaches x; of windows
//     shorter than an hour, times how many of them an hour has, so that looking
//     more often is not alarming more often.
//
// A series that rises often must rise higher (detectorneed.go).
type detector struct {
	span     int     // steps in a window
	day      int     // steps in 24 hours
	days     int     // earlier days of the seasonal baseline
	around   int     // steps before and after the same time of day
	stride   int     // steps between two windows of the seasonal baseline
	trailing int     // windows of the trailing baseline, end to end
	gap      int     // steps between it and the window judged
	fewest   int     // windows a seasonal baseline needs at least
	fewestT  int     // windows a trailing baseline needs at least
	memory   int     // days whose peaks raise what a restless series needs
	often    float64 // log10 of the windows in an hour, at least 0
}

// Floors of the baselines' spread and level, in the units of each.
const (
	leastSpread   = 1.0  // of 2√x: counts are Poisson at best, where it is 1
	leastMean     = 0.5  // of the trailing mean
	leastVariance = 1.05 // of the trailing variance, over the mean
)

// judged is what the detector found at one step.
type judged struct {
	score            float64
	seasonal, tail   float64
	median           float64 // of the seasonal baseline, in posts
	mean, sd         float64 // of the trailing baseline, in posts
	windows, trailed int     // how many windows each baseline has
}

// sums are running totals of a series: total[i] counts the steps before i.
type sums struct{ total []int64 }

func newSums(counts []uint32) sums {
	s := sums{total: make([]int64, len(counts)+1)}
	for i, n := range counts {
		s.total[i+1] = s.total[i] + int64(n)
	}
	return s
}

// window counts the span steps that end with step i.
func (s sums) window(i, span int) float64 { return float64(s.total[i+1] - s.total[i+1-span]) }

// firstJudged is the first step that has enough history behind it.
func (d detector) firstJudged() int {
	seasonal := d.span - 1 + (d.fewest+2*(d.around/d.stride))/(2*(d.around/d.stride)+1)*d.day + d.around
	trailing := d.gap + (d.fewestT+1)*d.span - 1
	return max(seasonal, trailing)
}

// judge scores the window that ends with step i against what came before. It
// returns early, with the score that settles it, when that is below threshold.
func (d detector) judge(s sums, i int, threshold float64, scratch *[]float64) judged {
	x := s.window(i, d.span)
	// Without any posts in the baseline the seasonal score is at most this.
	if most := anscombe(x) - anscombe(0); most < threshold {
		return judged{score: max(most, 0)}
	}
	j := judged{}
	j.mean, j.sd, j.trailed = d.recent(s, i)
	if j.trailed < d.fewestT {
		return j
	}
	if x <= j.mean {
		return j
	}
	j.tail = tailScore(x, j.mean, j.sd, threshold+d.often) - d.often
	if j.tail < threshold {
		j.score = j.tail
		return j
	}
	var spread float64
	j.median, spread, j.windows = d.usual(s, i, scratch)
	if j.windows < d.fewest {
		return j
	}
	j.seasonal = (anscombe(x) - j.median) / spread
	j.median = max(j.median*j.median/4-0.375, 0)
	j.score = min(j.seasonal, j.tail)
	return j
}

// recent is the trailing baseline: mean and standard deviation of the windows
// end to end before the gap.
func (d detector) recent(s sums, i int) (mean, sd float64, n int) {
	var sum, squares float64
	for j := i - d.gap - d.span; n < d.trailing && j >= d.span-1; j -= d.span {
		x := s.window(j, d.span)
		sum += x
		squares += x * x
		n++
	}
	if n < 2 {
		return 0, 0, n
	}
	mean = sum / float64(n)
	return mean, math.Sqrt(max(squares-sum*mean, 0) / float64(n-1)), n
}

// usual is the seasonal baseline: median and spread of 2√x over the windows at
// the same time of day, none of which overlaps the one judged.
func (d detector) usual(s sums, i int, scratch *[]float64) (median, spread float64, n int) {
	base := (*scratch)[:0]
	reach := d.around / d.stride * d.stride
	for back := 1; back <= d.days; back++ {
		c := i - back*d.day
		for j := max(c-reach, d.span-1); j <= c+reach && j <= i-d.span; j += d.stride {
			base = append(base, anscombe(s.window(j, d.span)))
		}
	}
	*scratch = base
	if len(base) < d.fewest {
		return 0, 0, len(base)
	}
	median = medianOf(base)
	for k, v := range base {
		base[k] = math.Abs(v - median)
	}
	return median, max(1.4826*medianOf(base), leastSpread), len(base)
}

func anscombe(x float64) float64 { return 2 * math.Sqrt(x+0.375) }

// medianOf sorts x and returns its median.
func medianOf(x []float64) float64 {
	slices.Sort(x)
	n := len(x)
	if n%2 == 1 {
		return x[n/2]
	}
	return (x[n/2-1] + x[n/2]) / 2
}

// tailScore is −log10 P(X ≥ x) for a negative binomial X with the given mean and
// standard deviation, which are raised to the floors first. With p = mean/var and
// r = mean²/(var − mean), P(X ≥ x) is the regularised incomplete beta function
// I_{1−p}(x, r) (Johnson, Kemp & Kotz, Univariate Discrete Distributions, 5.6).
//
// Where P(X = x) alone shows that the score is below least, the score of that is
// returned: it is an upper bound.
func tailScore(x, mean, sd, least float64) float64 {
	mean = max(mean, leastMean)
	variance := max(sd*sd, mean*leastVariance)
	p := mean / variance
	r := mean * mean / (variance - mean)
	lx, _ := math.Lgamma(x)
	lr, _ := math.Lgamma(r)
	lxr, _ := math.Lgamma(x + r)
	front := lxr - lx - lr + x*math.Log1p(-p) + r*math.Log(p)
	if most := (math.Log(x) - front) / math.Ln10; most < least {
		return most
	}
	return -logBeta(x, r, 1-p, front) / math.Ln10
}

// logBeta is the logarithm of the regularised incomplete beta function I_y(a, b)
// for a ≥ 1, b > 0, 0 < y < 1, by the continued fraction of Lentz (Numerical
// Recipes, 6.4). front is log(y^a (1−y)^b / B(a, b)).
func logBeta(a, b, y, front float64) float64 {
	if y < (a+1)/(a+b+2) {
		return front + math.Log(betaFraction(a, b, y)/a)
	}
	return math.Log(max(1-math.Exp(front)*betaFraction(b, a, 1-y)/b, math.SmallestNonzeroFloat64))
}

func betaFraction(a, b, x float64) float64 {
	const tiny, terms = 1e-300, 2000
	guard := func(v float64) float64 {
		if math.Abs(v) < tiny {
			return tiny
		}
		return v
	}
	c, d := 1.0, 1/guard(1-(a+b)*x/(a+1))
	h := d
	for m := 1.0; m <= terms; m++ {
		even := m * (b - m) * x / ((a + 2*m - 1) * (a + 2*m))
		d = 1 / guard(1+even*d)
		c = guard(1 + even/c)
		h *= d * c
		odd := -(a + m) * (a + b + m) * x / ((a + 2*m) * (a + 2*m + 1))
		d = 1 / guard(1+odd*d)
		c = guard(1 + odd/c)
		h *= d * c
		if math.Abs(d*c-1) < 1e-12 {
			break
		}
	}
	return h
}

// newDetector gives the detector for windows of span steps of step seconds.
// Windows shorter than a day are judged against 7 days and the last 3; those of a
// day against 28 days and the last 28, since 3 would be too few.
func newDetector(span, step int) detector {
	window := span * step
	d := detector{
		span: span, day: max(1, 86400/step), days: 7, around: 7200 / step, stride: max(span/2, 1),
		trailing: 3 * 86400 / window, gap: span, fewest: 12, memory: 28,
		often: math.Log10(max(1, 3600/float64(window))),
	}
	d.fewestT = d.trailing
	if window >= 86400 {
		d.days, d.trailing, d.fewestT, d.gap = 28, 28, 7, 0
	}
	return d
}
