package report

import (
	"sort"
	"strconv"
	"strings"
	"unicode"
)

// SelectQuotes chooses at most n of the candidates by a rule that the report
// states: starred posts first, by reach; then, theme after theme in the order
// in which the candidates name them, the post of greatest reach that is not
// yet chosen, those on the theme before the others, round and round. Reach is
// the author's followers at capture, a missing one ranks last; ties go to
// engagement, then to the lower case id. A post is chosen once; one that nearly
// repeats the words of a chosen one is passed over unless it is starred.
func SelectQuotes(candidates []Quote, n int) []Quote {
	ranked := append([]Quote(nil), candidates...)
	sort.SliceStable(ranked, func(i, j int) bool { return outranks(&ranked[i], &ranked[j]) })
	s := selection{n: n, seen: make(map[string]bool), chosen: make([]Quote, 0, max(0, min(n, len(ranked))))}
	for _, q := range ranked {
		if q.Post.Marks.Starred {
			s.take(q)
		}
	}
	themes, byTheme := groupByTheme(candidates, ranked)
	for len(s.chosen) < n {
		before := len(s.chosen)
		for _, theme := range themes {
			rest := byTheme[theme]
			for len(rest) > 0 && !s.take(rest[0]) {
				rest = rest[1:]
			}
			byTheme[theme] = rest[min(1, len(rest)):]
		}
		if len(s.chosen) == before {
			break
		}
	}
	return s.chosen
}

// selection is a choice being made.
type selection struct {
	n      int
	chosen []Quote
	seen   map[string]bool
	words  []map[string]bool // the shingles of the chosen
}

// take chooses a post unless it is there already, or its words are.
func (s *selection) take(q Quote) bool {
	if len(s.chosen) >= s.n || s.seen[q.Post.UID] {
		return false
	}
	words := shingles(q.Post.Title + " " + q.Post.Text)
	if !q.Post.Marks.Starred {
		for _, w := range s.words {
			if similar(w, words) {
				return false
			}
		}
	}
	s.seen[q.Post.UID] = true
	s.chosen, s.words = append(s.chosen, q), append(s.words, words)
	return true
}

// shingleLen is the length of the letter sequences that posts are compared by;
// sameShare is the share of them (Jaccard) from which two posts say the same.
const (
	shingleLen = 4
	sameShare  = 0.5
)

// shingles are the sequences of four letters or digits of a text, without its
// links and mentions.
func shingles(text string) map[string]bool {
	var letters []rune
	for _, w := range strings.Fields(strings.ToLower(text)) {
		if strings.HasPrefix(w, "@") || strings.Contains(w, "://") {
			continue
		}
		for _, r := range w {
			if unicode.IsLetter(r) || unicode.IsDigit(r) {
				letters = append(letters, r)
			}
		}
	}
	out := make(map[string]bool)
	for i := 0; i+shingleLen <= len(letters); i++ {
		out[string(letters[i:i+shingleLen])] = true
	}
	if len(out) == 0 && len(letters) > 0 {
		out[string(letters)] = true
	}
	return out
}

// similar reports whether two sets of shingles have so much in common that the
// texts say the same; without any there is nothing to compare.
func similar(a, b map[string]bool) bool {
	if len(a) == 0 || len(b) == 0 {
		return false
	}
	both := 0
	for s := range a {
		if b[s] {
			both++
		}
	}
	return float64(both) >= sameShare*float64(len(a)+len(b)-both)
}

// HasWords reports whether a text says something besides links, mentions and
// hashtags.
func HasWords(text string) bool {
	for _, w := range strings.Fields(text) {
		if !strings.HasPrefix(w, "@") && !strings.HasPrefix(w, "#") && !strings.Contains(w, "://") && strings.ContainsFunc(w, unicode.IsLetter) {
			return true
		}
	}
	return false
}

// groupByTheme lists the themes in the candidates' order and the ranked quotes
// of each, those on the theme first.
func groupByTheme(candidates, ranked []Quote) ([]string, map[string][]Quote) {
	var themes []string
	byTheme := make(map[string][]Quote)
	for _, q := range candidates {
		if _, ok := byTheme[q.Theme]; !ok {
			themes = append(themes, q.Theme)
			byTheme[q.Theme] = nil
		}
	}
	for _, on := range [...]bool{true, false} {
		for _, q := range ranked {
			if q.OnTheme == on {
				byTheme[q.Theme] = append(byTheme[q.Theme], q)
			}
		}
	}
	return themes, byTheme
}

// outranks orders quotes by reach, engagement and case id.
func outranks(a, b *Quote) bool {
	ra, okA := a.Post.Author.Followers.Value()
	rb, okB := b.Post.Author.Followers.Value()
	if okA != okB {
		return okA
	}
	if ra != rb {
		return ra > rb
	}
	ea, okA := a.Post.Counts.Engagement()
	eb, okB := b.Post.Counts.Engagement()
	if okA != okB {
		return okA
	}
	if ea != eb {
		return ea > eb
	}
	return idLess(a.Post.ID, b.Post.ID)
}

// idLess orders case ids as numbers where they are, as text otherwise.
func idLess(a, b string) bool {
	x, errX := strconv.ParseInt(a, 10, 64)
	y, errY := strconv.ParseInt(b, 10, 64)
	if errX == nil && errY == nil {
		return x < y
	}
	return a < b
}
