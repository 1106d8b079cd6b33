package columns

import (
	"fmt"
	"math"
	"slices"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/model"
)

// markCodes sets every ordinal whose code is one of codes.
func markCodes(d dense, chunks []codes, wanted []uint32) {
	for i := range chunks {
		part := d[i*chunkSize/64:]
		switch c := &chunks[i]; c.width {
		case 1:
			markWidth(part, c.w8, wanted)
		case 2:
			markWidth(part, c.w16, wanted)
		default:
			markWidth(part, c.w32, wanted)
		}
	}
}

func markWidth[T uint8 | uint16 | uint32](d dense, codes []T, wanted []uint32) {
	if len(wanted) == 1 {
		if want := T(wanted[0]); uint32(want) == wanted[0] {
			for i, c := range codes {
				if c == want {
					d[i/64] |= 1 << (uint(i) % 64)
				}
			}
		}
		return
	}
	table := codeSet(wanted)
	for i, c := range codes {
		if int(c) < len(table) && table[c] {
			d[i/64] |= 1 << (uint(i) % 64)
		}
	}
}

// codeSet gives a table of which codes are wanted.
func codeSet(wanted []uint32) []bool {
	table := make([]bool, slices.Max(wanted)+1)
	for _, c := range wanted {
		table[c] = true
	}
	return table
}

// markMulti sets every ordinal that has one of the codes.
func markMulti(d dense, chunks []multiChunk, wanted []uint32) {
	table := codeSet(wanted)
	for k := range chunks {
		c, part := &chunks[k], d[k*chunkSize/64:]
		for row, i := range c.starts {
			if i == noCodes {
				continue
			}
			for {
				v := c.values[i]
				if code := v & codeMask; int(code) < len(table) && table[code] {
					part[row/64] |= 1 << (uint(row) % 64)
					break
				}
				if v&lastBit != 0 {
					break
				}
				i++
			}
		}
	}
}

// TimeRange gives the posts, withdrawn ones included, with from ≤ time < to in
// Unix seconds; undated posts are in no range.
func (v *View) TimeRange(from, to int64) *roaring.Bitmap {
	d := newDense(v.n)
	if to > math.MinInt64 {
		v.numbers[colTime].mark(d, from, to-1)
	}
	return d.bitmap()
}

// Dated gives the posts whose instant is known.
func (v *View) Dated() *roaring.Bitmap {
	d := newDense(v.n)
	v.numbers[colTime].mark(d, math.MinInt64, math.MaxInt64)
	return d.bitmap()
}

// NumberRange gives the posts, withdrawn ones included, whose metric is known
// and lo ≤ metric ≤ hi.
func (v *View) NumberRange(m Metric, lo, hi int64) *roaring.Bitmap {
	d := newDense(v.n)
	if m != Engagement {
		v.numbers[m].mark(d, lo, hi)
		return d.bitmap()
	}
	v.walk(nil, func(ords []uint32) {
		for _, o := range ords {
			if n := v.metric(Engagement, o); n != noNumber && n >= lo && n <= hi {
				d.set(o)
			}
		}
	})
	return d.bitmap()
}

// SentimentRange gives the posts, withdrawn ones included, whose sentiment is
// known and within [lo, hi]; openLo and openHi leave the ends out. Scores are
// compared at 1e-9.
func (v *View) SentimentRange(lo, hi float64, openLo, openHi bool) *roaring.Bitmap {
	d := newDense(v.n)
	clamp := func(x float64) int64 { return int64(math.Round(max(-2, min(2, x)) * sentimentUnit)) }
	a, b := clamp(lo), clamp(hi)
	if openLo {
		a++
	}
	if openHi {
		b--
	}
	v.numbers[colSentiment].mark(d, a, b)
	return d.bitmap()
}

// Filter gives the visible posts that a selection's Include, Exclude, From and
// To keep; Query and Subject are left to search. Values are those of
// Facet.Value; one that the case does not have keeps nothing. An unknown facet
// is an error.
func (v *View) Filter(s model.Selection) (*roaring.Bitmap, error) {
	out := v.visible.Clone()
	if !s.From.IsZero() || !s.To.IsZero() {
		from, to := int64(math.MinInt64), int64(math.MaxInt64)
		if !s.From.IsZero() {
			from = ceilSecond(s.From.Unix(), s.From.Nanosecond())
		}
		if !s.To.IsZero() {
			to = ceilSecond(s.To.Unix(), s.To.Nanosecond())
		}
		out.And(v.TimeRange(from, to))
	}
	for name, values := range s.Include {
		if len(values) == 0 {
			continue
		}
		b, err := v.withAny(name, values)
		if err != nil {
			return nil, err
		}
		out.And(b)
	}
	for name, values := range s.Exclude {
		b, err := v.withAny(name, values)
		if err != nil {
			return nil, err
		}
		out.AndNot(b)
	}
	return out, nil
}

func ceilSecond(sec int64, nano int) int64 {
	if nano > 0 {
		return sec + 1
	}
	return sec
}

func (v *View) withAny(name string, values []string) (*roaring.Bitmap, error) {
	f, ok := v.Facet(name)
	if !ok {
		return nil, fmt.Errorf("filter by %q: no such facet", name)
	}
	var wanted []uint32
	for _, s := range values {
		if c, ok := f.Code(s); ok {
			wanted = append(wanted, c)
		}
	}
	return f.Bitmap(wanted...), nil
}
