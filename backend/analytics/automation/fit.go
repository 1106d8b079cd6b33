package automation

import (
	"errors"
	"math"
)

// Fitting: Newton's method on the penalised likelihood. The problem is convex and
// small, so that a few steps find the optimum, always the same.
const (
	penalty    = 4.0 // ridge, on standardised terms
	fitSteps   = 60
	fitEnough  = 1e-10 // change of the weights at which it stops
	mostLogOdd = 30.0
)

// errSingular cannot happen with a penalty and finite terms.
var errSingular = errors.New("the accounts give no finite model")

// fit finds the weights of a logistic regression of y on the rows of x; the last
// weight is the intercept, which is not penalised.
func fit(x [][]float64, y []bool) ([]float64, error) {
	d := len(x[0]) + 1
	w := make([]float64, d)
	for range fitSteps {
		grad, hess := make([]float64, d), make([][]float64, d)
		for i := range hess {
			hess[i] = make([]float64, d)
			if i < d-1 {
				hess[i][i] = penalty
				grad[i] = -penalty * w[i]
			}
		}
		for i, row := range x {
			p := logistic(dot(w, row))
			g, v := yes(y[i])-p, max(p*(1-p), 1e-9)
			for a := range d {
				xa := term(row, a)
				grad[a] += g * xa
				for b := range a + 1 {
					hess[a][b] += v * xa * term(row, b)
				}
			}
		}
		step, ok := solve(hess, grad)
		if !ok {
			return nil, errSingular
		}
		change := 0.0
		for i := range w {
			w[i] += step[i]
			change = max(change, math.Abs(step[i]))
		}
		if change < fitEnough {
			break
		}
	}
	return w, nil
}

// term is a row's term, 1 for the intercept.
func term(row []float64, i int) float64 {
	if i == len(row) {
		return 1
	}
	return row[i]
}

func dot(w, row []float64) float64 {
	z := w[len(row)]
	for i, v := range row {
		z += w[i] * v
	}
	return z
}

func logistic(z float64) float64 {
	return 1 / (1 + math.Exp(-max(-mostLogOdd, min(mostLogOdd, z))))
}

// solve finds x with m·x = b for a positive definite m of which the lower half is
// given (Cholesky, in place).
func solve(m [][]float64, b []float64) ([]float64, bool) {
	n := len(b)
	for i := range n {
		for j := range i + 1 {
			s := m[i][j]
			for k := range j {
				s -= m[i][k] * m[j][k]
			}
			if i == j {
				if !(s > 0) || math.IsInf(s, 0) {
					return nil, false
				}
				m[i][i] = math.Sqrt(s)
			} else {
				m[i][j] = s / m[j][j]
			}
		}
	}
	x := make([]float64, n)
	for i := range n {
		s := b[i]
		for k := range i {
			s -= m[i][k] * x[k]
		}
		x[i] = s / m[i][i]
	}
	for i := n - 1; i >= 0; i-- {
		for k := i + 1; k < n; k++ {
			x[i] -= m[k][i] * x[k]
		}
		x[i] /= m[i][i]
	}
	return x, true
}
