package themes

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Phrase is a word, or two that follow each other, with the number of posts of
// the group that have it and how much it sets the group apart.
type Phrase struct {
	Text  string
	Posts int64
	Score float64
}

// Keyphrases ranks what sets each group of posts apart by c-TF-IDF: the posts of
// the group that have a term, over the terms of the group, times log(1 + A/f),
// where A is the mean number of terms a group and f the posts that have the term
// in all groups (Grootendorst, "BERTopic", arXiv 2203.05794). group gives the
// group of each post, below groups, or a negative one for none; n phrases a group,
// of terms in at least fewest posts of it.
func (c *Corpus) Keyphrases(group []int32, groups, n int, fewest int64) [][]Phrase {
	counts := make([]map[uint32]int64, groups)
	size := make([]int64, groups)
	all := map[uint32]int64{}
	total := int64(0)
	for i := range counts {
		counts[i] = map[uint32]int64{}
	}
	for i := range c.ends {
		g := group[i]
		if g < 0 {
			continue
		}
		for _, t := range c.of(i) {
			counts[g][t]++
			all[t]++
			size[g]++
			total++
		}
	}
	mean := float64(total) / float64(max(groups, 1))
	out := make([][]Phrase, groups)
	for g := range out {
		var list []Phrase
		for t, k := range counts[g] {
			if k >= fewest {
				list = append(list, Phrase{c.terms.Value(t), k, float64(k) / float64(size[g]) * math.Log1p(mean/float64(all[t]))})
			}
		}
		out[g] = best(list, n)
	}
	return out
}

// best takes the n highest scores; a phrase that is part of a better one, or holds
// one, in nearly the same posts says nothing new and is left out.
func best(list []Phrase, n int) []Phrase {
	slices.SortFunc(list, func(a, b Phrase) int {
		return cmp.Or(cmp.Compare(b.Score, a.Score), cmp.Compare(b.Posts, a.Posts), strings.Compare(a.Text, b.Text))
	})
	out := make([]Phrase, 0, min(n, len(list)))
	for _, p := range list {
		if len(out) == n {
			break
		}
		if i := slices.IndexFunc(out, func(q Phrase) bool { return overlaps(p, q) }); i < 0 {
			out = append(out, p)
		} else if strings.Contains(p.Text, " ") && !strings.Contains(out[i].Text, " ") {
			out[i].Text = p.Text // two words read better than one of them
		}
	}
	return out
}

func overlaps(p, q Phrase) bool {
	within := strings.Contains(" "+p.Text+" ", " "+q.Text+" ") || strings.Contains(" "+q.Text+" ", " "+p.Text+" ")
	return within && float64(min(p.Posts, q.Posts)) >= .7*float64(max(p.Posts, q.Posts))
}
