package coordination

import (
	"cmp"
	"context"
	"slices"
)

// walker goes over the pairs of shares that a detection is about.
type walker struct {
	s     *Shares
	p     Params
	at    []int64
	order []uint32 // rows by object, then instant, then account in order of first sight, then row
	heads []uint32 // where each object begins in order, and where the last ends
	keep  bits     // contents of which a pair needs one; nil: all
	held  int64    // pairs held at a time
}

// bits is a set of numbers.
type bits []uint64

func newBits(n int) bits { return make(bits, (n+63)/64) }

func (b bits) set(i uint32)      { b[i/64] |= 1 << (i % 64) }
func (b bits) has(i uint32) bool { return b[i/64]&(1<<(i%64)) != 0 }

// newWalker takes the rows of accounts with at least MinParticipation of them
// (step 1 of the definition).
func newWalker(s *Shares, p Params) *walker {
	rows := make([]uint32, s.accounts.Len())
	for _, a := range s.account {
		rows[a]++
	}
	counts := make([]uint32, s.ids.Len()+1)
	kept := 0
	for i, o := range s.object {
		if int64(rows[s.account[i]]) >= int64(p.MinParticipation) {
			counts[o+1]++
			kept++
		}
	}
	for i := 1; i < len(counts); i++ {
		counts[i] += counts[i-1]
	}
	w := &walker{s: s, p: p, at: s.at, order: make([]uint32, kept), held: maxHeld}
	for i, o := range s.object {
		if int64(rows[s.account[i]]) >= int64(p.MinParticipation) {
			w.order[counts[o]] = uint32(i)
			counts[o]++
		}
	}
	for i := range w.order {
		if i == 0 || s.object[w.order[i]] != s.object[w.order[i-1]] {
			w.heads = append(w.heads, uint32(i))
		}
	}
	w.heads = append(w.heads, uint32(kept))
	return w
}

// sort orders the shares of each object by time. Of equal instants the account
// that occurs first in the table is the older one, as in the R package.
func (w *walker) sort(ctx context.Context) error {
	type share struct {
		at           int64
		account, row uint32
	}
	var list []share // beside each other in memory, which sorting likes
	for k := 0; k+1 < len(w.heads); k++ {
		if k%4096 == 0 && ctx.Err() != nil {
			return ctx.Err()
		}
		rows := w.order[w.heads[k]:w.heads[k+1]]
		if len(rows) < 2 {
			continue
		}
		list = list[:0]
		for _, r := range rows {
			list = append(list, share{w.at[r], w.s.account[r], r})
		}
		slices.SortFunc(list, func(a, b share) int {
			return cmp.Or(cmp.Compare(a.at, b.at), cmp.Compare(a.account, b.account), cmp.Compare(a.row, b.row))
		})
		for i := range list {
			rows[i] = list[i].row
		}
	}
	return nil
}

// candidates counts the pairs within the window without walking them.
func (w *walker) candidates() int64 {
	var n int64
	for k := 0; k+1 < len(w.heads); k++ {
		rows := w.order[w.heads[k]:w.heads[k+1]]
		for i, j := 0, 0; i < len(rows); i++ {
			for w.at[rows[i]]-w.at[rows[j]] > w.p.Window {
				j++
			}
			n += int64(i - j)
		}
	}
	return n
}

// each calls fn with every pair of rows that counts, the older one first (steps
// 2, 3 and 5, and 4 when keep is set), in a fixed order.
func (w *walker) each(ctx context.Context, tick func(pairs int64), fn func(older, newer uint32)) error {
	s, passed := w.s, int64(0)
	for k := 0; k+1 < len(w.heads); k++ {
		rows := w.order[w.heads[k]:w.heads[k+1]]
		for i, j := 0, 0; i < len(rows); i++ {
			b := rows[i]
			for w.at[b]-w.at[rows[j]] > w.p.Window {
				j++
			}
			if passed += int64(i-j) + 1; passed > 1<<20 {
				if ctx.Err() != nil {
					return ctx.Err()
				}
				tick(passed)
				passed = 0
			}
			for _, a := range rows[j:i] {
				x, y := s.content[a], s.content[b]
				if !w.p.KeepLoops && (x == y || s.object[b] == x || s.object[b] == y || s.account[a] == s.account[b]) {
					continue
				}
				if w.keep == nil || w.keep.has(x) || w.keep.has(y) {
					fn(a, b)
				}
			}
		}
	}
	return ctx.Err()
}

// filter is step 4: of the contents that occur in pairs, those stay whose account
// has at least MinParticipation rows with such contents.
func (w *walker) filter(ctx context.Context, tick func(int64)) (pairs int64, err error) {
	s := w.s
	paired := newBits(s.ids.Len())
	err = w.each(ctx, tick, func(a, b uint32) {
		paired.set(s.content[a])
		paired.set(s.content[b])
		pairs++
	})
	if err != nil {
		return 0, err
	}
	rows := make([]uint32, s.accounts.Len())
	for _, r := range w.order {
		if paired.has(s.content[r]) {
			rows[s.account[r]]++
		}
	}
	keep := newBits(s.ids.Len())
	for _, r := range w.order {
		if paired.has(s.content[r]) && int64(rows[s.account[r]]) >= int64(w.p.MinParticipation) {
			keep.set(s.content[r])
		}
	}
	w.keep = keep
	return pairs, nil
}
