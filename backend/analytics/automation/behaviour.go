package automation

import (
	"math"
	"slices"
)

// Post is what Behaviour looks at: an instant in Unix seconds, whether it answers,
// and a hash of its text without links and mentions (0: no text).
type Post struct {
	At    int64
	Reply bool
	Text  uint64
}

// fewestPosts is how many posts Behaviour needs.
const fewestPosts = 10

// Habits is how an account posts.
type Habits struct {
	IntervalEntropy float64 // of the intervals' lengths in powers of two, bits; near 0 for clockwork
	QuietHours      float64 // longest part of the day (UTC) without posts, hours; near 0 for one that never sleeps
	Regularity      float64 // part of the intervals within 2 % of the most frequent one
	Duplicates      float64 // part of the posts whose text occurred before
	Replies         float64 // part of the posts that answer
}

// Behaviour measures an account's posts; ok is false for fewer than ten. It sorts
// its argument by time.
func Behaviour(posts []Post) (h Habits, ok bool) {
	if len(posts) < fewestPosts {
		return Habits{}, false
	}
	slices.SortFunc(posts, func(a, b Post) int {
		switch {
		case a.At != b.At:
			return int(max(-1, min(1, a.At-b.At)))
		case a.Text < b.Text:
			return -1
		case a.Text > b.Text:
			return 1
		}
		return 0
	})
	seen := map[uint64]bool{}
	texts, again, replies := 0, 0, 0
	for _, p := range posts {
		if p.Reply {
			replies++
		}
		if p.Text == 0 {
			continue
		}
		texts++
		if seen[p.Text] {
			again++
		}
		seen[p.Text] = true
	}
	h.Replies = float64(replies) / float64(len(posts))
	if texts > 0 {
		h.Duplicates = float64(again) / float64(texts)
	}
	h.IntervalEntropy, h.Regularity = intervals(posts)
	h.QuietHours = quiet(posts)
	return h, true
}

// intervals measures how even the time between posts is.
func intervals(posts []Post) (entropy, regularity float64) {
	var classes [64]int
	list := make([]float64, 0, len(posts)-1)
	for i := 1; i < len(posts); i++ {
		d := float64(posts[i].At - posts[i-1].At)
		list = append(list, d)
		classes[int(math.Log2(1+max(d, 0)))]++
	}
	n := float64(len(list))
	for _, k := range classes {
		if k > 0 {
			p := float64(k) / n
			entropy -= p * math.Log2(p)
		}
	}
	slices.Sort(list)
	most := 0
	for i, j := 0, 0; i < len(list); i++ { // the most intervals within 2 % of one another
		for list[i] > list[j]*1.02+1 {
			j++
		}
		most = max(most, i-j+1)
	}
	return entropy, float64(most) / n
}

// quiet is the longest stretch of the day's minutes in which no post ever was.
func quiet(posts []Post) float64 {
	const day = 1440
	var used [day]bool
	for _, p := range posts {
		used[((p.At/60)%day+day)%day] = true
	}
	longest, run := 0, 0
	for i := range 2 * day { // twice around, for a stretch over midnight
		if used[i%day] {
			run = 0
			continue
		}
		run++
		longest = max(longest, run)
	}
	return float64(min(longest, day)) / 60
}
