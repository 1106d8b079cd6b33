package exercise

import (
	"strconv"
	"strings"
	"testing"
)

// wrote reports whether a person wrote the post's words: neither an automated
// account nor an advertiser, and not a repost of somebody else's.
func wrote(p *post) bool {
	return p.kind != kindRepost && p.class != classAutomated && p.class != classSpam
}

// exactShingles are the 4-character shingles of a text, as strings.
func exactShingles(text string) map[string]bool {
	c := []rune(strings.Join(strings.Fields(strings.ToLower(text)), " "))
	out := map[string]bool{}
	for i := range max(1, len(c)-3) {
		out[string(c[i:min(i+4, len(c))])] = true
	}
	return out
}

// nearDuplicates counts the texts that have another with a Jaccard similarity
// of at least .5, exactly: every pair that shares a shingle is counted through
// an inverted index.
func nearDuplicates(texts []string) int {
	index := map[string][]int32{}
	sizes := make([]int, len(texts))
	dup := make([]bool, len(texts))
	both := make([]int32, len(texts))
	for i, text := range texts {
		sh := exactShingles(text)
		sizes[i] = len(sh)
		clear(both)
		for s := range sh {
			for _, j := range index[s] {
				both[j]++
			}
			index[s] = append(index[s], int32(i))
		}
		for j := range i {
			if n := int(both[j]); n > 0 && 2*n >= sizes[i]+sizes[j]-n {
				dup[i], dup[j] = true, true
			}
		}
	}
	n := 0
	for _, d := range dup {
		if d {
			n++
		}
	}
	return n
}

// TestWording holds the texts to what people write: hardly any near-duplicates
// and hardly any sentence twice.
func TestWording(t *testing.T) {
	for _, seed := range []uint64{1, 2, 3, 20260302, 987654321} {
		t.Run(strconv.FormatUint(seed, 10), func(t *testing.T) {
			s := generate(t, seed)
			var texts []string
			sentences, seen := 0, map[string]bool{}
			for _, p := range s.posts {
				if !wrote(p) {
					continue
				}
				text := strings.TrimSpace(p.title + "\n" + p.body)
				texts = append(texts, text)
				for _, part := range splitSentences(text) {
					if k := strings.Join(strings.Fields(strings.ToLower(part)), " "); k != "" {
						sentences++
						seen[k] = true
					}
				}
			}
			dups := nearDuplicates(texts)
			share, distinct := float64(dups)/float64(len(texts)), float64(len(seen))/float64(sentences)
			t.Logf("%d texts, %.2f %% near-duplicates; %d sentences, %.2f %% distinct", len(texts), 100*share, sentences, 100*distinct)
			if share >= 0.02 {
				t.Errorf("%.2f %% of the texts are near-duplicates, want less than 2", 100*share)
			}
			if distinct < 0.97 {
				t.Errorf("%.2f %% of the sentences are distinct, want 97", 100*distinct)
			}
		})
	}
}
