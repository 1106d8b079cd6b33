package themes

import (
	"cmp"
	"math"
	"slices"
	"strings"
)

// Rise is a term that is more frequent in the later posts: Before and Now are how
// many posts had it, Z how many standard errors the log-odds moved.
type Rise struct {
	Text        string
	Before, Now int64
	Z           float64
}

// Rising compares the posts from an instant on with those before it: the log-odds
// of each term with a prior from all posts, over its standard error (Monroe,
// Colaresi & Quinn, Political Analysis 16(4), 2008). The n highest of those above
// least, of terms in at least fewest later posts.
func (c *Corpus) Rising(from int64, n int, fewest int64, least float64) []Rise {
	now := map[uint32]int64{}
	var later, earlier float64
	for i := range c.ends {
		if c.at[i] < from {
			earlier++
			continue
		}
		later++
		for _, t := range c.of(i) {
			now[t]++
		}
	}
	if later == 0 || earlier == 0 {
		return nil
	}
	const prior = 10.0 // posts that the prior counts for
	var list []Rise
	for t, k := range now {
		before := int64(c.posts[t]) - k
		if k < fewest {
			continue
		}
		p := float64(c.posts[t]) / (later + earlier)
		a, b := float64(k)+prior*p, float64(before)+prior*p
		move := math.Log(a/max(later+prior-a, .5)) - math.Log(b/max(earlier+prior-b, .5))
		if z := move / math.Sqrt(1/a+1/b); z > least {
			list = append(list, Rise{c.terms.Value(t), before, k, z})
		}
	}
	slices.SortFunc(list, func(x, y Rise) int {
		return cmp.Or(cmp.Compare(y.Z, x.Z), cmp.Compare(y.Now, x.Now), strings.Compare(x.Text, y.Text))
	})
	var out []Rise
	for _, r := range list {
		if len(out) == n {
			break
		}
		same := func(q Rise) bool {
			return overlaps(Phrase{Text: r.Text, Posts: r.Now}, Phrase{Text: q.Text, Posts: q.Now})
		}
		if !slices.ContainsFunc(out, same) {
			out = append(out, r)
		}
	}
	return out
}
