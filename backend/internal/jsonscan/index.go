package jsonscan

import "sort"

// What Indexed remembers: containers of at least spanSize bytes, down to
// spanDepth levels, in values of at least indexSize bytes.
const (
	indexSize = 64 << 10
	spanSize  = 4 << 10
	spanDepth = 2048
)

// span is a container in a value: offsets in the stream; to is −1 when it is cut
// off.
type span struct{ from, to int64 }

// Indexed returns the value with an index of its large containers, made in one
// pass, so that walking down into deeply nested values stays linear: a container
// that is passed over is not read through again. Values found in the result
// share the index. Small values are returned as they are.
func (v Value) Indexed() Value {
	if len(v.Raw) < indexSize || v.index != nil {
		return v
	}
	b := v.Raw
	var spans []span
	var open []int
	depth := 0
	for i := 0; i < len(b); i++ {
		switch class[b[i]] {
		case clsQuote:
			end, _ := skipString(b, i)
			i = end - 1
		case clsOpen:
			if depth < spanDepth {
				open = append(open, len(spans))
				spans = append(spans, span{from: v.Pos + int64(i), to: -1})
			}
			depth++
		case clsClose:
			if depth == 0 {
				continue
			}
			if depth--; depth < spanDepth {
				at := open[len(open)-1]
				open = open[:len(open)-1]
				spans[at].to = v.Pos + int64(i) + 1
				if spans[at].to-spans[at].from < spanSize {
					spans = spans[:at] // what is inside is smaller still, and gone already
				}
			}
		}
	}
	v.index = spans
	return v
}

// skip returns the end of the value at Raw[i] and whether it is cut off.
func (v *Value) skip(i int) (end int, cut bool) {
	if v.index != nil && class[v.Raw[i]] == clsOpen {
		at := v.Pos + int64(i)
		k := sort.Search(len(v.index), func(k int) bool { return v.index[k].from >= at })
		if k < len(v.index) && v.index[k].from == at {
			to := v.index[k].to
			if to < 0 || to > v.Pos+int64(len(v.Raw)) {
				return len(v.Raw), true
			}
			return int(to - v.Pos), false
		}
	}
	return skip(v.Raw, i)
}

// Checker checks values that lie inside of each other without reading anything
// twice: what is inside of a well-formed value is well-formed, and what holds a
// known mistake is not. Values have to be of one stream. The zero Checker is
// ready.
type Checker struct {
	from, to int64 // well-formed as far as read
	err      error // the mistake at to, if any
}

// Check is Value.Check with DefaultMaxDepth, counted from the outermost value
// that was checked.
func (c *Checker) Check(v Value) error {
	end := v.Pos + int64(len(v.Raw))
	if v.Cut {
		return &SyntaxError{Pos: end, Msg: "the value is cut off", Truncated: true}
	}
	if v.Pos >= c.from && v.Pos < c.to {
		if end <= c.to {
			return nil
		}
		if c.err != nil {
			return c.err
		}
	}
	err := v.Check(0)
	c.from, c.to, c.err = v.Pos, end, err
	if se, ok := err.(*SyntaxError); ok { //nolint:errorlint // Value.Check never wraps.
		c.to = se.Pos
	}
	return err
}
