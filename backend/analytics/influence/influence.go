package influence

import (
	"cmp"
	"slices"
)

// HIndex is the largest h such that h posts have an engagement of at least h
// (Hirsch, PNAS 102(46), 2005, of citations). It sorts its argument.
func HIndex(engagement []int64) int {
	slices.SortFunc(engagement, func(a, b int64) int { return cmp.Compare(b, a) })
	h := 0
	for h < len(engagement) && engagement[h] > int64(h) {
		h++
	}
	return h
}

// Amplification is how often each post was passed on, on average: reposts over
// posts, 0 without posts.
func Amplification(reposts, posts int64) float64 {
	if posts == 0 {
		return 0
	}
	return float64(reposts) / float64(posts)
}

// Use is an account's use of an object (a link, a hashtag, a post that is passed
// on), at an instant in Unix seconds.
type Use struct {
	Object, Account uint32
	At              int64
}

// First is how often an account used objects early that others took up later.
type First struct {
	Account uint32
	Objects int // that it was among the first to use
	First   int // of them, those that it used before everyone else
	Takers  int // accounts that came later, over all of them
}

// FirstMovers finds who uses objects before they spread: of each object that at
// least takers accounts used, the first early accounts count. Accounts at the same
// second as the last of those count too, and everyone at the very first second is
// first. The list is in order of takers, then of objects, then of account. It
// sorts its argument.
func FirstMovers(uses []Use, early, takers int) []First {
	slices.SortFunc(uses, func(a, b Use) int {
		return cmp.Or(cmp.Compare(a.Object, b.Object), cmp.Compare(a.At, b.At), cmp.Compare(a.Account, b.Account))
	})
	of := map[uint32]*First{}
	for i := 0; i < len(uses); {
		j := i
		for j < len(uses) && uses[j].Object == uses[i].Object {
			j++
		}
		if order := onceEach(uses[i:j]); len(order) >= max(takers, 2) && early > 0 {
			credit(of, order, early)
		}
		i = j
	}
	out := make([]First, 0, len(of))
	for _, f := range of {
		out = append(out, *f)
	}
	slices.SortFunc(out, func(a, b First) int {
		return cmp.Or(cmp.Compare(b.Takers, a.Takers), cmp.Compare(b.Objects, a.Objects), cmp.Compare(a.Account, b.Account))
	})
	return out
}

// onceEach keeps each account's first use, in order of time.
func onceEach(uses []Use) []Use {
	seen := make(map[uint32]bool, len(uses))
	out := make([]Use, 0, len(uses))
	for _, u := range uses {
		if !seen[u.Account] {
			seen[u.Account] = true
			out = append(out, u)
		}
	}
	return out
}

func credit(of map[uint32]*First, order []Use, early int) {
	last := order[min(early, len(order))-1].At
	next := 0 // the first of order that is later than u
	for _, u := range order {
		if u.At > last {
			break
		}
		for next < len(order) && order[next].At <= u.At {
			next++
		}
		later := len(order) - next
		if later == 0 {
			break // nobody took it up after that
		}
		f := of[u.Account]
		if f == nil {
			f = &First{Account: u.Account}
			of[u.Account] = f
		}
		f.Objects++
		f.Takers += later
		if u.At == order[0].At {
			f.First++
		}
	}
}
