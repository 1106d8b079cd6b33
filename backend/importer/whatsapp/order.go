package whatsapp

import (
	"time"

	"vedette/backend/importer"
)

// orders are the orders of day, month and year that a file can be written in,
// the likeliest first.
var orders = [...]string{"dmy", "mdy", "ymd"}

// evidence is what the dates of a whole file say about their order.
type evidence struct {
	open     int // dates that do not begin with a year of four digits
	bad      [len(orders)]int
	back     [len(orders)]int // how often a message is older than the one before
	last     [len(orders)]time.Time
	american bool // 1/2/21 with AM and PM in capitals
}

// add takes one date.
func (e *evidence) add(h *head) {
	if h.nums[0].width == 4 {
		return
	}
	if e.open++; e.open == 1 {
		e.american = h.sep == '/' && h.caps && (h.nums[0].width == 1 || h.nums[1].width == 1)
	}
	for i, order := range orders {
		t, ok := h.time(order, time.UTC)
		switch {
		case !ok, order == "ymd" && h.nums[2].width == 4:
			e.bad[i]++
		case t.Before(e.last[i]):
			e.back[i]++
			e.last[i] = t
		default:
			e.last[i] = t
		}
	}
}

// order decides: what the analyst says, else the order in which most dates are
// dates, else the one in which the messages run forward, else what is usual. It
// notes how it was found.
func (e *evidence) order(o importer.Options, s importer.Sink) string {
	if o.DateOrder != "" {
		return o.DateOrder
	}
	if e.open == 0 {
		return "ymd"
	}
	best, ties := lowest(e.bad, [len(orders)]bool{true, true, true})
	if ties == 1 {
		s.Assume("date_order", orders[best]+" (the dates of the file fit no other order)")
		return orders[best]
	}
	fits := [len(orders)]bool{}
	for i := range orders {
		fits[i] = e.bad[i] == e.bad[best]
	}
	forward, ties := lowest(e.back, fits)
	if ties == 1 {
		s.Assume("date_order", orders[forward]+" (only so do the messages follow each other in time)")
		return orders[forward]
	}
	usual := forward
	if e.american && fits[1] && e.back[1] == e.back[forward] {
		usual = 1
	}
	s.Assume("date_order", orders[usual]+" (nothing says whether day or month comes first)")
	return orders[usual]
}

// lowest returns the first of the lowest numbers among those that count, and how
// many there are of it.
func lowest(n [len(orders)]int, counts [len(orders)]bool) (at, ties int) {
	at = -1
	for i := range n {
		switch {
		case !counts[i]:
		case at < 0 || n[i] < n[at]:
			at, ties = i, 1
		case n[i] == n[at]:
			ties++
		}
	}
	return at, ties
}
