package enrich

import (
	"cmp"
	"math"
	"slices"
	"strconv"

	"vedette/backend/model"
)

// maxReasons bounds the words given as reasons; the strongest are kept.
const maxReasons = 24

// vaderScore is VADER's compound score of a text, −1..1 rounded to four places.
// It follows vaderSentiment 3.3.2 to the letter; v.score holds each word's part
// afterwards.
func (v *vaderText) vaderScore(l *lexicon, text string) float64 {
	v.read(l, text)
	if len(v.tokens) == 0 {
		return 0
	}
	for i := range v.tokens {
		t := &v.tokens[i]
		x := 0.0
		ofKind := t.id == wKind && i+1 < len(v.tokens) && v.tokens[i+1].id == wOf
		if t.booster == 0 && !ofKind && t.rated {
			x = v.valence(i)
		}
		v.score = append(v.score, x)
	}
	v.contrast()
	sum := 0.0
	for _, x := range v.score {
		sum += x
	}
	switch emphasis := v.emphasis(); {
	case sum > 0:
		sum += emphasis
	case sum < 0:
		sum -= emphasis
	}
	return round4(min(max(sum/math.Sqrt(sum*sum+alpha), -1), 1))
}

// emphasis is what exclamation and question marks add.
func (v *vaderText) emphasis() float64 {
	e := float64(min(v.marks[0], 4)) * exclamation
	switch {
	case v.marks[1] > 3:
		e += questionMax
	case v.marks[1] > 1:
		e += float64(v.marks[1]) * question
	}
	return e
}

// valence is the part of the rated word i, moved by the three words before it.
func (v *vaderText) valence(i int) float64 {
	t := &v.tokens[i]
	x := t.valence
	if t.id == wNo && i+1 < len(v.tokens) && v.tokens[i+1].rated {
		x = 0
	}
	if v.id(i-1) == wNo || v.id(i-2) == wNo || v.id(i-3) == wNo && (v.id(i-1) == wOr || v.id(i-1) == wNor) {
		x = t.valence * negationScalar
	}
	if t.upper && v.caps {
		if x > 0 {
			x += capsIncrement
		} else {
			x -= capsIncrement
		}
	}
	for back := 1; back <= 3 && back <= i; back++ {
		if v.tokens[i-back].rated {
			continue
		}
		s := v.scalar(i-back, x)
		switch back {
		case 2:
			s *= 0.95
		case 3:
			s *= 0.9
		}
		x = v.negation(x+s, i, back)
		if back == 3 {
			x = v.idiom(x, i)
		}
	}
	return v.least(x, i)
}

// id is the rules' number for word i; notSpecial before the first.
func (v *vaderText) id(i int) special {
	if i < 0 || i >= len(v.tokens) {
		return notSpecial
	}
	return v.tokens[i].id
}

// scalar is how much the degree adverb at j adds to a word of valence x.
func (v *vaderText) scalar(j int, x float64) float64 {
	t := &v.tokens[j]
	if t.booster == 0 {
		return 0
	}
	s := t.booster
	if x < 0 {
		s = -s
	}
	if t.upper && v.caps {
		if x > 0 {
			s += capsIncrement
		} else {
			s -= capsIncrement
		}
	}
	return s
}

// negation turns x round when the word back places before i negates.
func (v *vaderText) negation(x float64, i, back int) float64 {
	one, two, three := v.id(i-1), v.id(i-2), v.id(i-3)
	soThis := func(s special) bool { return s == wSo || s == wThis }
	switch back {
	case 2:
		if two == wNever && soThis(one) {
			return x * 1.25
		}
		if two == wWithout && one == wDoubt {
			return x
		}
	case 3:
		if three == wNever && soThis(two) || soThis(one) {
			return x * 1.25
		}
		if three == wWithout && (two == wDoubt || one == wDoubt) {
			return x
		}
	}
	if v.tokens[i-back].negates {
		return x * negationScalar
	}
	return x
}

// idiom replaces x when word i is part of an idiom, and adds two-word degree
// adverbs before it. It is asked for words with three before them.
func (v *vaderText) idiom(x float64, i int) float64 {
	zero, one, two, three := v.id(i), v.id(i-1), v.id(i-2), v.id(i-3)
	for _, q := range [...]struct {
		a, b, c special
		three   bool
	}{{one, zero, 0, false}, {two, one, zero, true}, {two, one, 0, false}, {three, two, one, true}, {three, two, 0, false}} {
		if val, ok := idiomValence(q.a, q.b, q.c, q.three); ok {
			x = val
			break
		}
	}
	if i+1 < len(v.tokens) {
		if val, ok := idiomValence(zero, v.id(i+1), 0, false); ok {
			x = val
		}
	}
	if i+2 < len(v.tokens) {
		if val, ok := idiomValence(zero, v.id(i+1), v.id(i+2), true); ok {
			x = val
		}
	}
	for _, q := range [...][2]special{{three, two}, {two, one}} {
		switch q {
		case [2]special{wKind, wOf}, [2]special{wSort, wOf}, [2]special{wJust, wEnough}:
			x -= boosterIncrement
		}
	}
	return x
}

// least turns x round after "least", unless it is "at least" or "very least".
func (v *vaderText) least(x float64, i int) float64 {
	if v.id(i-1) != wLeast || v.tokens[i-1].rated {
		return x
	}
	if before := v.id(i - 2); i > 1 && (before == wAt || before == wVery) {
		return x
	}
	return x * negationScalar
}

// contrast halves what stands before the first "but" and raises what follows by
// half. The original walks the scores in order but changes, for each, the first
// word that has that score at that moment; so does this, since scores must come
// out the same. Positions of equal scores are kept in heaps: n log n.
func (v *vaderText) contrast() {
	but := slices.IndexFunc(v.tokens, func(t token) bool { return t.id == wBut })
	if but < 0 {
		return
	}
	at := map[float64]*positions{}
	put := func(x float64, i int) {
		p := at[x]
		if p == nil {
			p = &positions{}
			at[x] = p
		}
		p.push(i)
	}
	for i, x := range v.score {
		if x != 0 {
			put(x, i)
		}
	}
	for i := range v.score {
		x := v.score[i]
		if x == 0 { // stays 0 whichever is changed
			continue
		}
		first := at[x].pop()
		switch {
		case first < but:
			v.score[first] = x * 0.5
		case first > but:
			v.score[first] = x * 1.5
		}
		put(v.score[first], first)
	}
}

// reasons lists the words that carry a score, in order of the text, at most
// maxReasons of them. Offsets are 0 when the text is not the post's.
func (v *vaderText) reasons(text string, offsets bool) []model.WordReason {
	n := 0
	for _, x := range v.score {
		if x != 0 {
			n++
		}
	}
	if n == 0 {
		return nil
	}
	out := make([]model.WordReason, 0, n)
	for i, x := range v.score {
		if x == 0 {
			continue
		}
		t := v.tokens[i]
		r := model.WordReason{Word: text[t.start:t.end], Weight: x, Start: t.start, End: t.end}
		if !offsets {
			r.Start, r.End = 0, 0
		}
		out = append(out, r)
	}
	if n <= maxReasons {
		return out
	}
	weights := make([]float64, n)
	for i, r := range out {
		weights[i] = math.Abs(r.Weight)
	}
	slices.SortFunc(weights, func(a, b float64) int { return cmp.Compare(b, a) })
	edge, kept := weights[maxReasons-1], out[:0]
	ties := maxReasons - slices.Index(weights, edge)
	for _, r := range out {
		if w := math.Abs(r.Weight); w > edge || w == edge && ties > 0 {
			if w == edge {
				ties--
			}
			kept = append(kept, r)
		}
	}
	return slices.Clone(kept)
}

// polarityOf is the class of a compound score, with VADER's usual edges.
func polarityOf(score float64) model.Polarity {
	switch {
	case score >= polarityEdge:
		return model.PolarityPositive
	case score <= -polarityEdge:
		return model.PolarityNegative
	}
	return model.PolarityNeutral
}

// round4 rounds to four decimal places, exactly as printing does.
func round4(x float64) float64 {
	var buf [32]byte
	y, err := strconv.ParseFloat(string(strconv.AppendFloat(buf[:0], x, 'f', 4, 64)), 64)
	if err != nil {
		return 0 // a formatted finite number always parses
	}
	return y + 0 // no negative zero
}

// positions is a min-heap of word positions.
type positions []int

func (p *positions) push(i int) {
	h := append(*p, i)
	for c := len(h) - 1; c > 0; {
		up := (c - 1) / 2
		if h[up] <= h[c] {
			break
		}
		h[up], h[c] = h[c], h[up]
		c = up
	}
	*p = h
}

func (p *positions) pop() int {
	h := *p
	top, last := h[0], len(h)-1
	h[0] = h[last]
	h = h[:last]
	for c := 0; ; {
		down := 2*c + 1
		if down >= last {
			break
		}
		if down+1 < last && h[down+1] < h[down] {
			down++
		}
		if h[c] <= h[down] {
			break
		}
		h[c], h[down] = h[down], h[c]
		c = down
	}
	*p = h
	return top
}
