package automation

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
)

// ModelVersion names the features and the form of the model; a model of another
// version is refused.
const ModelVersion = "automation/1"

// Model is what Train learnt.
type Model struct {
	Version    string    `json:"version"`
	Accounts   int       `json:"accounts"`
	Automated  int       `json:"automated"`
	AUC        float64   `json:"auc"`      // by cross-validation
	Accuracy   float64   `json:"accuracy"` // by cross-validation, at a score of .5
	Intercept  float64   `json:"intercept"`
	Features   []Feature `json:"features"`
	Calibrated []Bin     `json:"calibration"`
}

// Feature is how one measure contributes. The measure (its logarithm for counts)
// is standardised with Mean and SD; Weights are of the value itself and of what it
// exceeds each knot by. Low, Median and High are the 5, 50 and 95 % points of the
// accounts learnt from, in the measure's own unit.
type Feature struct {
	Name    string    `json:"name"`
	Mean    float64   `json:"mean"`
	SD      float64   `json:"sd"`
	Knots   []float64 `json:"knots,omitempty"`
	Weights []float64 `json:"weights"`
	Offset  float64   `json:"offset"` // mean of the weighted terms, so that contributions average 0
	Low     float64   `json:"low"`
	Median  float64   `json:"median"`
	High    float64   `json:"high"`
}

// Bin compares scores with what was true, on accounts that the model had not seen.
type Bin struct {
	From     float64 `json:"from"`
	To       float64 `json:"to"`
	Accounts int     `json:"accounts"`
	Score    float64 `json:"score"`    // mean
	Observed float64 `json:"observed"` // part that was automated
}

// Load reads a model that Train wrote.
func Load(b []byte) (*Model, error) {
	var m Model
	if err := json.Unmarshal(b, &m); err != nil {
		return nil, fmt.Errorf("read the automation model: %w", err)
	}
	names := featureNames()
	if m.Version != ModelVersion || len(m.Features) != len(names) {
		return nil, fmt.Errorf("read the automation model: version %q with %d features, not %q", m.Version, len(m.Features), ModelVersion)
	}
	for i, f := range m.Features {
		if f.Name != names[i] || len(f.Weights) != len(f.Knots)+1 || !(f.SD > 0) {
			return nil, fmt.Errorf("read the automation model: feature %q does not fit", f.Name)
		}
	}
	return &m, nil
}

// Bytes is the model as JSON, always the same for the same model.
func (m *Model) Bytes() ([]byte, error) {
	b, err := json.MarshalIndent(m, "", " ")
	if err != nil {
		return nil, fmt.Errorf("write the automation model: %w", err)
	}
	return append(b, '\n'), nil
}

// measure is the value that a feature's terms are made of.
func (f *Feature) measure(x float64) float64 {
	if logarithmic(f.Name) {
		x = math.Log1p(x)
	}
	return (x - f.Mean) / f.SD
}

// terms appends the feature's terms for a known value.
func (f *Feature) terms(v value, out []float64) []float64 {
	z := f.measure(v.x)
	out = append(out, z)
	for _, k := range f.Knots {
		out = append(out, max(0, z-k))
	}
	return out
}

// contribution is what a value adds to the log-odds against an average account.
func (f *Feature) contribution(v value) float64 {
	if !v.ok {
		return 0
	}
	z := f.measure(v.x)
	sum := f.Weights[0]*z - f.Offset
	for i, k := range f.Knots {
		sum += f.Weights[i+1] * max(0, z-k)
	}
	return sum
}

// shape finds the mean, spread, knots and range of each feature.
func shape(rows [][]value) []Feature {
	names := featureNames()
	out := make([]Feature, len(names))
	for j, name := range names {
		f := Feature{Name: name, SD: 1}
		var raw, x []float64
		for _, r := range rows {
			if r[j].ok {
				raw = append(raw, r[j].x)
				x = append(x, f.measure(r[j].x)) // with mean 0 and spread 1: the plain measure
			}
		}
		if len(x) > 0 {
			f.Mean, f.SD = meanAndSpread(x)
			slices.Sort(raw)
			f.Low, f.Median, f.High = at(raw, .05), at(raw, .5), at(raw, .95)
			f.Knots = knots(&f, raw)
		}
		f.Weights = make([]float64, len(f.Knots)+1)
		out[j] = f
	}
	return out
}

// knots stand at the distinct quintiles of a measure with more than two values.
func knots(f *Feature, sorted []float64) []float64 {
	distinct := len(slices.Compact(slices.Clone(sorted)))
	if distinct < 3 {
		return nil
	}
	var out []float64
	for _, q := range []float64{.2, .4, .6, .8} {
		k := f.measure(at(sorted, q))
		if len(out) == 0 || k > out[len(out)-1] {
			out = append(out, k)
		}
	}
	return out
}

func meanAndSpread(x []float64) (mean, sd float64) {
	for _, v := range x {
		mean += v
	}
	mean /= float64(len(x))
	for _, v := range x {
		sd += (v - mean) * (v - mean)
	}
	if sd = math.Sqrt(sd / float64(len(x))); sd == 0 {
		sd = 1
	}
	return mean, sd
}

// at is the value at part q of sorted values.
func at(sorted []float64, q float64) float64 {
	return sorted[int(math.Round(q*float64(len(sorted)-1)))]
}
