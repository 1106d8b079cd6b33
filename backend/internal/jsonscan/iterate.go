package jsonscan

import "bytes"

// Fields walks the members of an object in order. Broken reports that the walk
// ended early because what follows is not JSON or the value is cut off; what was
// read before stands.
type Fields struct {
	Key    []byte // decoded; valid until the object's bytes change
	Value  Value
	Broken bool

	v Value
	i int
}

// Object walks the members of an object; any other value has none.
func (v Value) Object() Fields {
	if v.Kind() != '{' {
		return Fields{i: len(v.Raw), v: v}
	}
	return Fields{v: v, i: 1}
}

// Next goes to the next member. A member whose value is cut off is the last and
// has Value.Cut set.
func (f *Fields) Next() bool {
	b := f.v.Raw
	f.i = space(b, f.i)
	for f.i < len(b) && b[f.i] == ',' {
		f.i = space(b, f.i+1)
	}
	if f.i >= len(b) || b[f.i] != '"' {
		f.Broken = f.Broken || (f.v.Cut && f.i >= len(b)) || (f.i < len(b) && b[f.i] != '}')
		f.i = len(b)
		return false
	}
	end, cut := skipString(b, f.i)
	colon := space(b, end)
	if cut || colon >= len(b) || b[colon] != ':' {
		return f.stop()
	}
	key := b[f.i+1 : end-1]
	if bytes.IndexByte(key, '\\') >= 0 {
		key = []byte(unquote(key))
	}
	start := space(b, colon+1)
	if start >= len(b) {
		return f.stop()
	}
	stop, cut := f.v.skip(start)
	if stop == start {
		return f.stop()
	}
	f.Key, f.Value, f.i = key, Value{Raw: b[start:stop], Pos: f.v.Pos + int64(start), Cut: cut, index: f.v.index}, stop
	f.Broken = f.Broken || cut
	return true
}

func (f *Fields) stop() bool {
	f.Broken, f.i = true, len(f.v.Raw)
	return false
}

// Elems walks the elements of an array in order. Broken is as in Fields.
type Elems struct {
	Value  Value
	Broken bool

	v Value
	i int
}

// Array walks the elements of an array; any other value has none.
func (v Value) Array() Elems {
	if v.Kind() != '[' {
		return Elems{i: len(v.Raw), v: v}
	}
	return Elems{v: v, i: 1}
}

// Next goes to the next element. One that is cut off is the last and has
// Value.Cut set.
func (e *Elems) Next() bool {
	b := e.v.Raw
	e.i = space(b, e.i)
	for e.i < len(b) && b[e.i] == ',' {
		e.i = space(b, e.i+1)
	}
	if e.i >= len(b) || b[e.i] == ']' {
		e.Broken = e.Broken || (e.v.Cut && e.i >= len(b))
		e.i = len(b)
		return false
	}
	stop, cut := e.v.skip(e.i)
	if stop == e.i {
		e.Broken, e.i = true, len(b)
		return false
	}
	e.Value = Value{Raw: b[e.i:stop], Pos: e.v.Pos + int64(e.i), Cut: cut, index: e.v.index}
	e.Broken = e.Broken || cut
	e.i = stop
	return true
}

// Sniff returns the first top-level values of the beginning of a file, at most
// n: elements of a top-level array count as values. The last may be cut off.
// What is not JSON is passed over as Scanner does.
func Sniff(head []byte, n int) []Value {
	s := NewScanner(bytes.NewReader(head), Options{MaxRecord: int64(len(head)) + 1})
	var out []Value
	for tries := 0; len(out) < n && tries < 8*n; tries++ {
		it, err := s.Next()
		if err != nil {
			break
		}
		if it.Kind() != 0 && len(it.Raw) > 0 && it.Problem != NotJSON {
			out = append(out, it.Value)
		}
	}
	return out
}

func space(b []byte, i int) int {
	for i < len(b) && (b[i] == ' ' || b[i] == '\n' || b[i] == '\t' || b[i] == '\r') {
		i++
	}
	return i
}

// skip returns the end of the value at b[i], following quotes and brackets only,
// and whether b ended before it did. A scalar that touches the end of b counts
// as complete: its container will not be.
func skip(b []byte, i int) (end int, cut bool) {
	switch b[i] {
	case '"':
		return skipString(b, i)
	case '{', '[':
		return skipNested(b, i)
	}
	for i < len(b) && class[b[i]]&(clsSpace|clsOpen|clsClose|clsPunct|clsQuote) == 0 {
		i++
	}
	return i, false
}

func skipNested(b []byte, i int) (end int, cut bool) {
	depth := 0
	for i < len(b) {
		switch c := class[b[i]]; {
		case c&clsQuote != 0:
			if i, cut = skipString(b, i); cut {
				return i, true
			}
			continue
		case c&clsOpen != 0:
			depth++
		case c&clsClose != 0:
			if depth--; depth == 0 {
				return i + 1, false
			}
		}
		i++
	}
	return len(b), true
}

// skipString returns the end of the string whose opening quote is b[i].
func skipString(b []byte, i int) (end int, cut bool) {
	i++
	for {
		n := bytes.IndexByte(b[i:], '"')
		if n < 0 {
			return len(b), true
		}
		q := i + n
		back := q - 1
		for back >= i && b[back] == '\\' {
			back--
		}
		if (q-1-back)%2 == 0 {
			return q + 1, false
		}
		i = q + 1
	}
}

// Classes of bytes outside of strings.
const (
	clsSpace = 1 << iota
	clsOpen
	clsClose
	clsQuote
	clsPunct
)

// class maps a byte to its class. It is never written to.
var class = [256]uint8{
	' ': clsSpace, '\t': clsSpace, '\r': clsSpace, '\n': clsSpace,
	'{': clsOpen, '[': clsOpen, '}': clsClose, ']': clsClose,
	'"': clsQuote, ',': clsPunct, ':': clsPunct,
}
