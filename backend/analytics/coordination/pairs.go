package coordination

import "context"

// Pair is two shares of one object within the window, the older content first.
// Numbers are those of Shares.ID and Shares.Account; Delta is in microseconds.
type Pair struct {
	Object                uint32
	Content, ContentNewer uint32
	Account, AccountNewer uint32
	Delta                 int64
	OlderRow, NewerRow    uint32
}

// Pairs gives every pair of a detection to fn, in the order of objects as they
// first occur and then of time, until fn returns an error.
func Pairs(ctx context.Context, s *Shares, p Params, fn func(Pair) error) error {
	if err := p.check(); err != nil {
		return err
	}
	w := newWalker(s, p)
	if err := w.sort(ctx); err != nil {
		return err
	}
	still := func(int64) {}
	if _, err := w.filter(ctx, still); err != nil {
		return err
	}
	var failed error
	err := w.each(ctx, still, func(a, b uint32) {
		if failed == nil {
			failed = fn(w.pair(a, b))
		}
	})
	if failed != nil {
		return failed
	}
	return err
}

func (w *walker) pair(a, b uint32) Pair {
	s := w.s
	return Pair{s.object[a], s.content[a], s.content[b], s.account[a], s.account[b], w.at[b] - w.at[a], a, b}
}
