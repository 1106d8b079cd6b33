package main

import (
	"math"
	"math/rand/v2"

	"vedette/backend/enrich/linear"
)

// example is one text's features and what is true of it.
type example struct {
	features []linear.Feature // Hash cut to the model's bits
	class    int              // of a model with one class a text
	labels   uint32           // bit a class, of a model with several
	mute     uint32           // bit a class that the example says nothing of
	weight   float32          // of the example; 0 counts as 1
}

// recipe says how a model is fitted.
type recipe struct {
	classes int
	bits    uint
	epochs  int
	rate    float64 // of AdaGrad (Duchi et al. 2011)
	decay   float64 // L2
	balance float64 // 0: classes weigh as they occur, 1: all the same
	several bool    // a text may have several classes: one logistic model each
	average bool    // average the weights over the epochs after the first
	telling bool    // features that tell a class learn faster
}

// fitted are the weights of a model, rows of one a class.
type fitted struct {
	recipe
	weights, bias []float32
	speed         []float32 // per weight a factor of the rate; nil: 1
}

// fit trains a linear model by stochastic gradient descent with AdaGrad, one
// example after the other in an order that depends on seed alone: the same
// examples give the same weights.
func fit(examples []example, r recipe, seed uint64) *fitted {
	k := r.classes
	m := &fitted{recipe: r, weights: make([]float32, k<<r.bits), bias: make([]float32, k)}
	if r.telling {
		m.speed = telling(examples, r)
	}
	squares := make([]float32, k<<r.bits)
	var sum []float32
	biasSum := make([]float32, k)
	if r.average {
		sum = make([]float32, k<<r.bits)
	}
	weight := classWeights(examples, r)
	rng := rand.New(rand.NewPCG(seed, 0x7665))
	order := rng.Perm(len(examples))
	s := make([]float32, k)
	for epoch := range r.epochs {
		rng.Shuffle(len(order), func(i, j int) { order[i], order[j] = order[j], order[i] })
		for _, i := range order {
			x := &examples[i]
			m.scores(x.features, s)
			m.gradient(x, s, weight)
			if x.weight != 0 {
				for c := range s {
					s[c] *= x.weight
				}
			}
			m.step(x.features, s, squares)
		}
		if r.average && epoch > 0 {
			for j, w := range m.weights {
				sum[j] += w
			}
			for c, b := range m.bias {
				biasSum[c] += b
			}
		}
	}
	if n := float32(r.epochs - 1); r.average && n > 0 {
		for j := range sum {
			m.weights[j] = sum[j] / n
		}
		for c := range m.bias {
			m.bias[c] = biasSum[c] / n
		}
	}
	return m
}

func (m *fitted) scores(f []linear.Feature, s []float32) {
	k := m.classes
	copy(s, m.bias)
	for _, x := range f {
		row := m.weights[int(x.Hash)*k:][:k]
		for c, w := range row {
			s[c] += w * x.Value
		}
	}
}

// gradient turns scores into the loss's derivative by them.
func (m *fitted) gradient(x *example, s []float32, weight []float32) {
	if !m.several {
		linear.Softmax(s)
		s[x.class]--
		for c := range s {
			s[c] *= weight[x.class]
		}
		return
	}
	for c := range s {
		p := float32(1 / (1 + math.Exp(-float64(s[c]))))
		if x.mute>>c&1 != 0 {
			s[c] = 0
		} else if x.labels>>c&1 != 0 {
			s[c] = (p - 1) * weight[c]
		} else {
			s[c] = p
		}
	}
}

func (m *fitted) step(f []linear.Feature, g []float32, squares []float32) {
	k := m.classes
	rate, decay := float32(m.rate), float32(m.decay)
	for _, x := range f {
		at := int(x.Hash) * k
		row, sq := m.weights[at:at+k], squares[at:at+k]
		for c := range row {
			d := g[c]*x.Value + decay*row[c]
			sq[c] += d * d
			u := rate * d / (float32(math.Sqrt(float64(sq[c]))) + 1e-6)
			if m.speed != nil {
				u *= m.speed[at+c]
			}
			row[c] -= u
		}
	}
	for c := range m.bias {
		m.bias[c] -= rate * 0.05 * g[c]
	}
}

// classWeights lets rare classes weigh more, as far as the recipe says. With
// several classes a text it is the weight of a text that has the class.
func classWeights(examples []example, r recipe) []float32 {
	count, total := make([]float64, r.classes), 0.0
	for i := range examples {
		x := &examples[i]
		n := float64(x.weight)
		if n == 0 {
			n = 1
		}
		total += n
		if !r.several {
			count[x.class] += n
			continue
		}
		for c := range count {
			count[c] += n * float64(x.labels>>c&1)
		}
	}
	out := make([]float32, r.classes)
	for c := range out {
		base := total / float64(r.classes)
		if r.several {
			base = total - count[c]
		}
		out[c] = float32(math.Pow(base/max(count[c], 1), r.balance))
	}
	return out
}

// best is the class with the highest score.
func best(s []float32) int {
	b := 0
	for c := range s {
		if s[c] > s[b] {
			b = c
		}
	}
	return b
}

// telling gives each weight a factor of its rate that grows with how much more
// or less often than elsewhere its feature goes with its class, so that the few
// words that tell a rare class are learnt before the many that do not (after the
// log-count ratios of Wang & Manning 2012, "Baselines and Bigrams").
func telling(examples []example, r recipe) []float32 {
	k := r.classes
	with, all := make([]float32, k<<r.bits), make([]float32, 1<<r.bits)
	share, total := make([]float64, k), 0.0
	for i := range examples {
		x := &examples[i]
		w := x.weight
		if w == 0 {
			w = 1
		}
		total += float64(w)
		for c := range k {
			if x.has(c, r.several) {
				share[c] += float64(w)
			}
		}
		for _, f := range x.features {
			all[f.Hash] += w
			for c := range k {
				if x.has(c, r.several) {
					with[int(f.Hash)*k+c] += w
				}
			}
		}
	}
	const smooth = 5
	for h, n := range all {
		for c := range k {
			p := share[c] / total
			ratio := (float64(with[h*k+c]) + smooth*p) / (float64(n) + smooth) / max(p, 1e-9)
			with[h*k+c] = float32(min(0.3+math.Abs(math.Log(max(ratio, 1e-3))), 3))
		}
	}
	return with
}

// has reports whether an example has a class.
func (x *example) has(c int, several bool) bool {
	if several {
		return x.labels>>c&1 != 0
	}
	return x.class == c
}
