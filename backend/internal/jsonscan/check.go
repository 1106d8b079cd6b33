package jsonscan

import "fmt"

// SyntaxError says where a value stops being JSON. Pos is an offset in the
// stream. Truncated is set when the value's end is missing; TooDeep when it is
// nested deeper than allowed.
type SyntaxError struct {
	Pos       int64
	Msg       string
	Truncated bool
	TooDeep   bool
}

// Error gives the message and the offset.
func (e *SyntaxError) Error() string { return fmt.Sprintf("%s at byte %d", e.Msg, e.Pos) }

// checker holds the state of one Check.
type checker struct {
	v     Value
	i     int
	stack []uint64 // one bit per level: 1 for an object
	depth int
	max   int
}

// Check says whether the value is well-formed JSON nested at most maxDepth
// levels; 0 means DefaultMaxDepth. Control characters and broken UTF-8 inside
// strings are let through. The error is a *SyntaxError.
func (v Value) Check(maxDepth int) error {
	if maxDepth <= 0 {
		maxDepth = DefaultMaxDepth
	}
	c := checker{v: v, max: maxDepth, stack: make([]uint64, 0, 4)}
	if err := c.run(); err != nil {
		return err
	}
	if v.Cut {
		return &SyntaxError{Pos: v.Pos + int64(len(v.Raw)), Msg: "the value is cut off", Truncated: true}
	}
	return nil
}

func (c *checker) fail(msg string) *SyntaxError {
	if c.i >= len(c.v.Raw) {
		return &SyntaxError{Pos: c.v.Pos + int64(len(c.v.Raw)), Msg: "the value is cut off", Truncated: true}
	}
	return &SyntaxError{Pos: c.v.Pos + int64(c.i), Msg: msg}
}

// run reads one value and nothing after it.
func (c *checker) run() error {
	b := c.v.Raw
	for {
		// A value is expected here.
		c.i = space(b, c.i)
		if c.i >= len(b) {
			return c.fail("")
		}
		opened, err := c.value()
		if err != nil {
			return err
		}
		if opened {
			continue
		}
		// After a value: close containers, or go on to the next member.
		for {
			if c.depth == 0 {
				if c.i != len(b) {
					return c.fail("unexpected text after the value")
				}
				return nil
			}
			c.i = space(b, c.i)
			if c.i >= len(b) {
				return c.fail("")
			}
			object := c.inObject()
			if (b[c.i] == '}' && object) || (b[c.i] == ']' && !object) {
				c.i++
				c.depth--
				continue
			}
			if b[c.i] != ',' {
				return c.fail("expected a comma or the end")
			}
			c.i++
			if object {
				if err := c.key(); err != nil {
					return err
				}
			}
			break
		}
	}
}

// value reads a scalar, an empty container, or opens one (opened: a value is
// expected next).
func (c *checker) value() (opened bool, err error) {
	b := c.v.Raw
	switch b[c.i] {
	case '{', '[':
		object := b[c.i] == '{'
		c.i = space(b, c.i+1)
		if c.i < len(b) && ((object && b[c.i] == '}') || (!object && b[c.i] == ']')) {
			c.i++
			return false, nil
		}
		if c.depth >= c.max {
			return false, &SyntaxError{Pos: c.v.Pos + int64(c.i), Msg: fmt.Sprintf("nested deeper than %d levels", c.max), TooDeep: true}
		}
		c.push(object)
		if object {
			return true, c.key()
		}
		return true, nil
	case '"':
		return false, c.str()
	case 't':
		return false, c.word("true")
	case 'f':
		return false, c.word("false")
	case 'n':
		return false, c.word("null")
	case 'N': // Python and pandas write these two
		return false, c.word("NaN")
	case 'I':
		return false, c.word("Infinity")
	}
	return false, c.number()
}

func (c *checker) push(object bool) {
	w, bit := c.depth/64, uint(c.depth%64)
	if w == len(c.stack) {
		c.stack = append(c.stack, 0)
	}
	c.stack[w] &^= 1 << bit
	if object {
		c.stack[w] |= 1 << bit
	}
	c.depth++
}

func (c *checker) inObject() bool {
	d := c.depth - 1
	return c.stack[d/64]>>uint(d%64)&1 == 1
}

// key reads a member's name and its colon.
func (c *checker) key() error {
	b := c.v.Raw
	c.i = space(b, c.i)
	if c.i >= len(b) || b[c.i] != '"' {
		return c.fail("expected a name in quotes")
	}
	if err := c.str(); err != nil {
		return err
	}
	c.i = space(b, c.i)
	if c.i >= len(b) || b[c.i] != ':' {
		return c.fail("expected a colon")
	}
	c.i++
	return nil
}

func (c *checker) str() error {
	b := c.v.Raw
	i := c.i + 1
	for i < len(b) {
		switch b[i] {
		case '"':
			c.i = i + 1
			return nil
		case '\\':
			if i+1 < len(b) && b[i+1] == 'u' {
				if _, ok := hex4(b, i+2); !ok {
					c.i = min(i+6, len(b))
					return c.fail("bad \\u escape")
				}
				i += 6
				continue
			}
			i += 2
		case '\n':
			c.i = i
			return c.fail("line break inside a string")
		default:
			i++
		}
	}
	c.i = len(b)
	return c.fail("")
}

func (c *checker) word(w string) error {
	b := c.v.Raw[c.i:]
	for k := range len(w) {
		if k >= len(b) {
			c.i = len(c.v.Raw)
			return c.fail("")
		}
		if b[k] != w[k] {
			return c.fail("unexpected text")
		}
	}
	c.i += len(w)
	return nil
}

func (c *checker) number() error {
	b := c.v.Raw
	i := c.i
	if i < len(b) && b[i] == '-' {
		i++
	}
	digits := func() bool {
		from := i
		for i < len(b) && b[i] >= '0' && b[i] <= '9' {
			i++
		}
		return i > from
	}
	if !digits() {
		return c.fail("unexpected text")
	}
	if i < len(b) && b[i] == '.' {
		i++
		if !digits() {
			return c.fail("bad number")
		}
	}
	if i < len(b) && (b[i] == 'e' || b[i] == 'E') {
		i++
		if i < len(b) && (b[i] == '+' || b[i] == '-') {
			i++
		}
		if !digits() {
			return c.fail("bad number")
		}
	}
	c.i = i
	return nil
}
