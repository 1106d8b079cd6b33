package automation

import (
	"cmp"
	"math"
	"slices"
)

// fewestKnown is how many features must be known, the number of posts and one of
// the followers and the followed among them.
const fewestKnown = 12

// Contribution is one feature's part in a score: its value, how far it moves the
// log-odds from an average account's, and the range of nine in ten accounts.
type Contribution struct {
	Name         string  `json:"name"`
	Value        float64 `json:"value"`
	Contribution float64 `json:"contribution"`
	Low          float64 `json:"low"`
	Median       float64 `json:"median"`
	High         float64 `json:"high"`
}

// Result is how similar a profile is to automated accounts, 0 to 1. Sufficient is
// false when too little is known of it: then there is no score. Features are by
// the size of their contribution.
type Result struct {
	Sufficient bool
	Score      float64
	Features   []Contribution
}

// Score scores a profile.
func (m *Model) Score(p Profile) Result {
	v := p.values()
	r := Result{Sufficient: sufficient(v)}
	for j, f := range m.Features {
		if v[j].ok {
			r.Features = append(r.Features, Contribution{f.Name, round(v[j].x), round(f.contribution(v[j])), f.Low, f.Median, f.High})
		}
	}
	slices.SortStableFunc(r.Features, func(a, b Contribution) int {
		return cmp.Compare(math.Abs(b.Contribution), math.Abs(a.Contribution))
	})
	if r.Sufficient {
		r.Score = m.score(v)
	}
	return r
}

func sufficient(v []value) bool {
	known := 0
	for _, x := range v {
		if x.ok {
			known++
		}
	}
	posts, followers, following := v[0], v[1], v[2]
	return known >= fewestKnown && posts.ok && (followers.ok || following.ok)
}

func (m *Model) score(v []value) float64 {
	z := m.Intercept
	for j := range m.Features {
		z += m.Features[j].contribution(v[j])
	}
	return logistic(z)
}
