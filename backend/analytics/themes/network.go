package themes

import (
	"cmp"
	"context"
	"fmt"
	"math"
	"slices"
	"strings"

	"vedette/backend/analytics/graph"
)

// Link joins two words that occur in the same posts: Posts of them, and PMI, the
// normalised pointwise mutual information, −1 to 1 (Bouma 2009).
type Link struct {
	A, B  string
	Posts int64
	PMI   float64
}

// Theme is words that go together, and the posts that are most about them.
type Theme struct {
	Words   []string // the most frequent
	Phrases []Phrase
	Posts   int64
	Before  int64 // of them in the first half of the posts' time
	After   int64
	Members []int // numbers of the posts
}

// Limits of the network of words.
const (
	networkWords = 600
	leastPMI     = 0.15
	shownWords   = 12
)

// cooccurrence is the network of the most frequent single words.
type cooccurrence struct {
	words []uint32
	place map[uint32]int
	links []Link
	edges []graph.Edge
}

// Cooccurrence links the most frequent words by the posts that have both, at least
// fewest, from a PMI of .15 on, the strongest first.
func (c *Corpus) Cooccurrence(fewest int64) []Link { return c.network(fewest).links }

func (c *Corpus) network(fewest int64) cooccurrence {
	n := cooccurrence{place: map[uint32]int{}}
	for t, k := range c.posts {
		if int64(k) >= fewest && !strings.Contains(c.terms.Value(uint32(t)), " ") {
			n.words = append(n.words, uint32(t))
		}
	}
	slices.SortFunc(n.words, func(a, b uint32) int { return cmp.Or(cmp.Compare(c.posts[b], c.posts[a]), cmp.Compare(a, b)) })
	n.words = n.words[:min(len(n.words), networkWords)]
	for i, t := range n.words {
		n.place[t] = i
	}
	both := make([]uint32, len(n.words)*len(n.words))
	var in []int
	for i := range c.ends {
		in = in[:0]
		for _, t := range c.of(i) {
			if k, ok := n.place[t]; ok {
				in = append(in, k)
			}
		}
		slices.Sort(in)
		for x, a := range in {
			for _, b := range in[x+1:] {
				both[a*len(n.words)+b]++
			}
		}
	}
	total := float64(len(c.ends))
	for a := range n.words {
		for b := a + 1; b < len(n.words); b++ {
			k := int64(both[a*len(n.words)+b])
			if k < fewest {
				continue
			}
			p := float64(k) / total
			pmi := 1.0
			if p < 1 {
				pmi = math.Log(p*total*total/float64(c.posts[n.words[a]])/float64(c.posts[n.words[b]])) / -math.Log(p)
			}
			if pmi >= leastPMI {
				n.links = append(n.links, Link{c.terms.Value(n.words[a]), c.terms.Value(n.words[b]), k, pmi})
				n.edges = append(n.edges, graph.Edge{From: uint32(a), To: uint32(b), Weight: pmi * math.Sqrt(float64(k))})
			}
		}
	}
	slices.SortStableFunc(n.links, func(x, y Link) int { return cmp.Or(cmp.Compare(y.Posts, x.Posts), cmp.Compare(y.PMI, x.PMI)) })
	return n
}

// Themes groups the words that go together into communities, gives each post to
// the theme of which it has the most words (weighed by how rare they are), and
// names the themes by keyphrases. Themes have at least fewest posts and are in
// order of size, at most n. first and last are the instants of the posts' time.
func (c *Corpus) Themes(ctx context.Context, n, phrases int, fewest, first, last int64, seed uint64) ([]Theme, error) {
	net := c.network(fewest)
	g, err := graph.New(len(net.words), net.edges)
	if err != nil {
		return nil, fmt.Errorf("link words: %w", err)
	}
	p, err := g.Undirected().Communities(ctx, graph.DefaultResolution, seed)
	if err != nil {
		return nil, fmt.Errorf("group words: %w", err)
	}
	group, sizes := c.assign(net, p)
	order := make([]int, 0, len(sizes))
	for k, s := range sizes {
		if s >= fewest && p.Sizes[k] > 1 {
			order = append(order, k)
		}
	}
	slices.SortStableFunc(order, func(a, b int) int { return cmp.Compare(sizes[b], sizes[a]) })
	order = order[:min(n, len(order))]
	place := make([]int32, len(sizes))
	for k := range place {
		place[k] = -1
	}
	for i, k := range order {
		place[k] = int32(i)
	}
	out := make([]Theme, len(order))
	for i, k := range group {
		if k >= 0 {
			group[i] = place[k]
		}
		if group[i] < 0 {
			continue
		}
		t := &out[group[i]]
		t.Posts++
		t.Members = append(t.Members, i)
		switch at := c.at[i]; {
		case at < first || at > last: // without an instant
		case at < first+(last-first)/2:
			t.Before++
		default:
			t.After++
		}
	}
	for i, w := range net.words {
		if k := place[p.Of[i]]; k >= 0 && len(out[k].Words) < shownWords {
			out[k].Words = append(out[k].Words, c.terms.Value(w))
		}
	}
	for i, list := range c.Keyphrases(group, len(out), phrases, min(fewest, 3)) {
		out[i].Phrases = list
	}
	return out, ctx.Err()
}

// assign gives each post the community of words that it has most of.
func (c *Corpus) assign(net cooccurrence, p graph.Partition) (group []int32, sizes []int64) {
	group, sizes = make([]int32, len(c.ends)), make([]int64, len(p.Sizes))
	weight := make([]float64, len(p.Sizes))
	for i := range c.ends {
		var near []uint32
		for _, t := range c.of(i) {
			k, ok := net.place[t]
			if !ok || p.Sizes[p.Of[k]] < 2 {
				continue
			}
			g := p.Of[k]
			if weight[g] == 0 {
				near = append(near, g)
			}
			weight[g] += math.Log1p(float64(len(c.ends)) / float64(c.posts[t]))
		}
		group[i] = -1
		slices.Sort(near)
		for _, g := range near {
			if group[i] < 0 || weight[g] > weight[group[i]] {
				group[i] = int32(g)
			}
		}
		for _, g := range near {
			weight[g] = 0
		}
		if group[i] >= 0 {
			sizes[group[i]]++
		}
	}
	return group, sizes
}
