package main

import (
	"math"

	"vedette/backend/enrich/linear"
)

// calibration is what is learnt from the tenth of the examples that a model of
// the other nine tenths does not know.
type calibration struct {
	asked  []example
	scores [][]float32
	r      recipe
}

// calibrate asks a model of nine tenths of the examples about the rest.
func calibrate(examples []example, r recipe) *calibration {
	c := &calibration{r: r}
	var known []example
	for i, x := range examples {
		if i%10 == 9 {
			c.asked = append(c.asked, x)
		} else {
			known = append(known, x)
		}
	}
	m := fit(known, r, 1)
	for _, x := range c.asked {
		s := make([]float32, r.classes)
		m.scores(x.features, s)
		c.scores = append(c.scores, s)
	}
	return c
}

// temperature is by what to divide scores so that probabilities are as often
// right as they say (Guo et al. 2017).
func (c *calibration) temperature() float32 {
	weight := classWeights(c.asked, c.r)
	best, at := math.Inf(1), float32(1)
	s := make([]float32, c.r.classes)
	for t := float32(0.2); t < 6; t *= 1.05 {
		loss := 0.0
		for i, x := range c.asked {
			for k := range s {
				s[k] = c.scores[i][k] / t
			}
			linear.Softmax(s)
			loss -= float64(weight[x.class]) * math.Log(max(float64(s[x.class]), 1e-9))
		}
		if loss < best {
			best, at = loss, t
		}
	}
	return at
}

// lift is what to add to the score of class 0 of two, so that aim is highest:
// the middle of the values that come within a five-hundredth of it.
func (c *calibration) lift(aim func(scores) float64) float32 {
	truth, got := make([]int, len(c.asked)), make([]int, len(c.asked))
	for i, x := range c.asked {
		truth[i] = x.class
	}
	var at, value []float64
	top := 0.0
	for d := -2.0; d <= 2; d += 0.05 {
		for i, s := range c.scores {
			got[i] = 1
			if float64(s[0])+d > float64(s[1]) {
				got[i] = 0
			}
		}
		v := aim(measure(truth, got, 2))
		at, value = append(at, d), append(value, v)
		top = max(top, v)
	}
	sum, n := 0.0, 0.0
	for i, v := range value {
		if v >= top-0.002 {
			sum += at[i]
			n++
		}
	}
	return float32(sum / n)
}

// edges finds for each class of a model with several a text the score from
// which its F1 is best, by asking models of part of the examples about the rest.
func edges(examples []example, r recipe, folds int, counted func(i int) bool) []float32 {
	scores, truth := make([][]float64, r.classes), make([][]bool, r.classes)
	for fold := range folds {
		var known []example
		for i, x := range examples {
			if i%folds != fold || !counted(i) {
				known = append(known, x)
			}
		}
		m := fit(known, r, 1)
		s := make([]float32, r.classes)
		for i, x := range examples {
			if i%folds != fold || !counted(i) {
				continue
			}
			m.scores(x.features, s)
			for c := range s {
				scores[c] = append(scores[c], float64(s[c]))
				truth[c] = append(truth[c], x.labels>>c&1 != 0)
			}
		}
	}
	out := make([]float32, r.classes)
	for c := range out {
		best := -1.0
		for e := -6.0; e < 4; e += 0.05 {
			if f := f1At(scores[c], truth[c], e); f > best {
				best, out[c] = f, float32(e)
			}
		}
	}
	return out
}
