package exercise

import (
	"math/bits"
	"slices"
	"strings"
)

// memory remembers what was written, so that nobody writes it again: whole
// sentences, and texts that share too many 4-character shingles with an
// earlier one (MinHash, 24 bands of 2, verified exactly).
type memory struct {
	sentences map[string]bool
	bands     [24]map[uint64][]int32
	texts     [][]uint32
}

// maxSimilar is the highest Jaccard similarity that two written texts may have.
// It lies well below the .5 at which texts count as near-duplicates.
const maxSimilar = 0.40

func newMemory() *memory {
	m := &memory{sentences: map[string]bool{}}
	for i := range m.bands {
		m.bands[i] = map[uint64][]int32{}
	}
	return m
}

// shingles are the distinct hashed 4-character shingles of a text after
// case folding and white-space folding, in order.
func shingles(text string) []uint32 {
	c := []rune(strings.Join(strings.Fields(strings.ToLower(text)), " "))
	n := max(1, len(c)-3)
	out := make([]uint32, 0, n)
	for i := range n {
		h := uint32(2166136261)
		for _, x := range c[i:min(i+4, len(c))] {
			h = (h ^ uint32(x)) * 16777619
			h = (h ^ uint32(x)>>8) * 16777619
		}
		out = append(out, h)
	}
	slices.Sort(out)
	return slices.Compact(out)
}

func signature(sh []uint32) [48]uint64 {
	var sig [48]uint64
	for i := range sig {
		sig[i] = ^uint64(0)
	}
	for _, h := range sh {
		for i := range sig {
			x := (uint64(h) + uint64(i)*0x9e3779b97f4a7c15) * 0xff51afd7ed558ccd
			if x = bits.RotateLeft64(x, 29) * 0xc4ceb9fe1a85ec53; x < sig[i] {
				sig[i] = x
			}
		}
	}
	return sig
}

// fresh reports whether a text repeats nothing.
func (m *memory) fresh(text string) bool {
	for _, s := range splitSentences(text) {
		if k := sentenceKey(s); k != "" && m.sentences[k] {
			return false
		}
	}
	sh := shingles(text)
	sig := signature(sh)
	tried := map[int32]bool{}
	for i := range m.bands {
		for _, j := range m.bands[i][sig[2*i]*31+sig[2*i+1]] {
			if !tried[j] && similar(sh, m.texts[j]) > maxSimilar {
				return false
			}
			tried[j] = true
		}
	}
	return true
}

// similar is the Jaccard similarity of two ordered sets.
func similar(a, b []uint32) float64 {
	both, i, j := 0, 0, 0
	for i < len(a) && j < len(b) {
		switch {
		case a[i] < b[j]:
			i++
		case a[i] > b[j]:
			j++
		default:
			both++
			i++
			j++
		}
	}
	return float64(both) / float64(len(a)+len(b)-both)
}

// keep remembers a text.
func (m *memory) keep(text string) {
	for _, s := range splitSentences(text) {
		m.sentences[sentenceKey(s)] = true
	}
	sh := shingles(text)
	sig := signature(sh)
	id := int32(len(m.texts))
	m.texts = append(m.texts, sh)
	for i := range m.bands {
		k := sig[2*i]*31 + sig[2*i+1]
		m.bands[i][k] = append(m.bands[i][k], id)
	}
}
