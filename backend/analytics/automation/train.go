package automation

import (
	"fmt"
	"math"
	"slices"
)

// Labelled is an account of which it is known whether it is automated.
type Labelled struct {
	Profile
	Automated bool
}

// folds of the cross-validation, and bins of the calibration.
const (
	folds = 5
	bins  = 10
)

// Train learns a model from labelled accounts and measures it by cross-validation
// in five folds of equal mix (every fifth account of each kind). The same
// accounts in the same order give the same model to the last bit.
func Train(accounts []Labelled) (*Model, error) {
	scores, err := CrossValidate(accounts)
	if err != nil {
		return nil, err
	}
	m, err := learn(accounts)
	if err != nil {
		return nil, err
	}
	truth := make([]bool, len(accounts))
	right := 0
	for i, a := range accounts {
		truth[i] = a.Automated
		if a.Automated == (scores[i] > .5) {
			right++
		}
	}
	m.AUC, m.Accuracy = round(AUC(scores, truth)), round(float64(right)/float64(len(accounts)))
	m.Calibrated = calibration(scores, truth)
	return m, nil
}

// CrossValidate scores every account with a model that did not see it.
func CrossValidate(accounts []Labelled) ([]float64, error) {
	fold := make([]int, len(accounts))
	var seen [2]int
	for i, a := range accounts {
		k := int(yes(a.Automated))
		fold[i] = seen[k] % folds
		seen[k]++
	}
	if min(seen[0], seen[1]) < 2*folds {
		return nil, fmt.Errorf("train: %d automated accounts and %d others are too few", seen[1], seen[0])
	}
	scores := make([]float64, len(accounts))
	for k := range folds {
		var rest []Labelled
		for i, a := range accounts {
			if fold[i] != k {
				rest = append(rest, a)
			}
		}
		m, err := learn(rest)
		if err != nil {
			return nil, err
		}
		for i := range accounts {
			if fold[i] == k {
				scores[i] = m.score(accounts[i].values())
			}
		}
	}
	return scores, nil
}

// learn fits a model, with its numbers rounded so that it is a small file.
func learn(accounts []Labelled) (*Model, error) {
	rows, y := make([][]value, len(accounts)), make([]bool, len(accounts))
	m := &Model{Version: ModelVersion, Accounts: len(accounts)}
	for i := range accounts {
		rows[i], y[i] = accounts[i].values(), accounts[i].Automated
		m.Automated += int(yes(y[i]))
	}
	m.Features = shape(rows)
	x := design(m.Features, rows)
	w, err := fit(x, y)
	if err != nil {
		return nil, fmt.Errorf("train: %w", err)
	}
	m.Intercept = w[len(w)-1]
	at := 0
	for j := range m.Features {
		f := &m.Features[j]
		copy(f.Weights, w[at:])
		at += len(f.Weights)
		sum, n := 0.0, 0
		for _, r := range rows {
			if r[j].ok {
				sum += f.contribution(r[j])
				n++
			}
		}
		if n > 0 {
			f.Offset = sum / float64(n)
		}
		m.Intercept += f.Offset
		f.round()
	}
	m.Intercept = round(m.Intercept)
	return m, nil
}

// design lays out the terms of all features, a row an account. Where a value is
// not known its terms are those of the mean.
func design(features []Feature, rows [][]value) [][]float64 {
	x := make([][]float64, len(rows))
	for j := range features {
		f := &features[j]
		n := 0.0
		mean := make([]float64, len(f.Weights))
		for i, r := range rows {
			if !r[j].ok {
				continue
			}
			from := len(x[i])
			x[i] = f.terms(r[j], x[i])
			for k := range mean {
				mean[k] += x[i][from+k]
			}
			n++
		}
		for k := range mean {
			mean[k] /= max(n, 1)
		}
		for i, r := range rows {
			if !r[j].ok {
				x[i] = append(x[i], mean...)
			}
		}
	}
	return x
}

func (f *Feature) round() {
	for _, x := range []*float64{&f.Mean, &f.SD, &f.Offset, &f.Low, &f.Median, &f.High} {
		*x = round(*x)
	}
	for i := range f.Knots {
		f.Knots[i] = round(f.Knots[i])
	}
	for i := range f.Weights {
		f.Weights[i] = round(f.Weights[i])
	}
}

func round(x float64) float64 { return math.Round(x*1e6) / 1e6 }

// AUC is the probability that an automated account scores above another one, ties
// counting half (Mann & Whitney); NaN when there is only one kind.
func AUC(scores []float64, truth []bool) float64 {
	order := make([]int, len(scores))
	for i := range order {
		order[i] = i
	}
	slices.SortFunc(order, func(a, b int) int {
		switch {
		case scores[a] < scores[b]:
			return -1
		case scores[a] > scores[b]:
			return 1
		}
		return a - b
	})
	ranks, positive := 0.0, 0.0
	for i := 0; i < len(order); {
		j := i
		for j < len(order) && scores[order[j]] == scores[order[i]] {
			j++
		}
		for _, k := range order[i:j] {
			if truth[k] {
				ranks += float64(i+j+1) / 2
				positive++
			}
		}
		i = j
	}
	return (ranks - positive*(positive+1)/2) / (positive * (float64(len(scores)) - positive))
}

func calibration(scores []float64, truth []bool) []Bin {
	out := make([]Bin, bins)
	for i := range out {
		out[i].From, out[i].To = float64(i)/bins, float64(i+1)/bins
	}
	for i, s := range scores {
		b := &out[min(int(s*bins), bins-1)]
		b.Accounts++
		b.Score += s
		b.Observed += yes(truth[i])
	}
	for i := range out {
		if n := float64(out[i].Accounts); n > 0 {
			out[i].Score, out[i].Observed = round(out[i].Score/n), round(out[i].Observed/n)
		}
	}
	return out
}
