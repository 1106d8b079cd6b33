package jsonscan

// nesting is the state of following one object or array through the stream.
type nesting struct {
	depth  int
	levels []uint64 // one bit per level: 1 for an object; up to MaxDepth
	deep   bool
	quoted bool
	last   byte // last byte outside of strings that is not white space
	lines  int
}

func (n *nesting) reset() {
	*n = nesting{levels: n.levels}
}

func (n *nesting) open(object bool, maxDepth int) {
	if n.depth < maxDepth {
		w, bit := n.depth/64, uint(n.depth%64)
		for w >= len(n.levels) {
			n.levels = append(n.levels, 0)
		}
		n.levels[w] &^= 1 << bit
		if object {
			n.levels[w] |= 1 << bit
		}
	} else {
		n.deep = true
	}
	n.depth++
}

// misplaced reports whether a container cannot begin here: inside an object only
// after a colon, inside an array only after its bracket or a comma.
func (n *nesting) misplaced() bool {
	if n.deep || n.depth == 0 {
		return false
	}
	d := n.depth - 1
	if n.levels[d/64]>>uint(d%64)&1 == 1 {
		return n.last != ':'
	}
	return n.last != '[' && n.last != ','
}

// nested takes an object or an array.
func (s *Scanner) nested() (Item, error) {
	s.keep = s.pos
	return s.nestedKept()
}

// nestedKept takes an object or an array, with its bytes only when keep is set.
func (s *Scanner) nestedKept() (Item, error) {
	start := s.Offset()
	column := int64(-1)
	if s.blank {
		column = start - s.lineHead
	}
	s.single = false
	s.st.reset()
	for {
		done, bad := s.follow(column)
		switch {
		case done:
			it := s.item(start)
			if s.st.deep {
				it.Problem, it.At = TooDeep, start
			}
			s.single = column == 0 && s.st.lines == 0
			s.lines = s.lines && s.st.lines == 0
			return it, nil
		case bad:
			return s.resync(start, column), nil
		case s.pos == len(s.buf) && !s.more():
			it := s.item(start)
			it.Cut, it.Problem, it.At = true, Truncated, s.Offset()
			if s.inArray {
				s.inArray = false // one rejection is enough for one missing end
			}
			return it, nil
		}
	}
}

// follow goes through the bytes at hand. It stops behind the closing bracket
// (done), at a byte that cannot be right (bad), or when there are no more bytes.
func (s *Scanner) follow(column int64) (done, bad bool) {
	st, b, i := &s.st, s.buf, s.pos
	defer func() { s.pos = i }()
	for i < len(b) {
		if st.quoted {
			switch b[i] {
			case '"':
				st.quoted = false
			case '\\':
				if i+1 == len(b) {
					return false, s.escapeAtEnd(&i)
				}
				i++
				if b[i] == '\n' {
					return false, true
				}
			case '\n':
				return false, true
			}
			i++
			continue
		}
		c := b[i]
		switch class[c] {
		case clsQuote:
			st.quoted, st.last = true, c
		case clsOpen:
			if st.misplaced() {
				return false, true
			}
			st.open(c == '{', s.o.MaxDepth)
			st.last = c
		case clsClose:
			st.depth--
			st.last = c
			if st.depth == 0 {
				i++
				return true, false
			}
		case clsSpace:
			if c == '\n' {
				s.pos = i
				s.newline()
				st.lines++
				if s.lines && column == 0 && s.opensNext(&b, &i) {
					return false, true
				}
			}
		default:
			st.last = c
		}
		i++
	}
	return false, false
}

// escapeAtEnd handles a backslash that is the last byte at hand: it reads on so
// that the pair is seen together. It reports whether the pair is a line break.
func (s *Scanner) escapeAtEnd(i *int) bool {
	s.pos = *i
	if !s.more() {
		*i = len(s.buf)
		return false
	}
	*i = s.pos
	if s.buf[*i+1] == '\n' {
		*i++
		return true
	}
	*i += 2
	return false
}

// opensNext reports whether the line after the break at b[*i] begins with a
// bracket in the first column.
func (s *Scanner) opensNext(b *[]byte, i *int) bool {
	if *i+1 == len(*b) {
		s.pos = *i
		if !s.more() {
			*b, *i = s.buf, s.pos
			return false
		}
		*b, *i = s.buf, s.pos
	}
	c := (*b)[*i+1]
	return c == '{' || c == '['
}

// resync ends a broken item at the next line on which a record begins in the
// same column, or on which the array that holds it is closed.
func (s *Scanner) resync(start, column int64) Item {
	at := s.Offset()
	column = max(column, 0)
	s.blank = s.blankBefore()
	for {
		c, ok := s.peek()
		if !ok {
			break
		}
		if s.blank && c != ' ' && c != '\t' && c != '\n' && c != '\r' {
			indent := s.Offset() - s.lineHead
			opens := (c == '{' || c == '[') && indent == column && s.lineHead > start
			closes := c == ']' && s.inArray && indent < max(column, 1) && s.lineHead > start
			if opens || closes {
				break
			}
			s.blank = false
		}
		if c == '\n' {
			s.newline()
		}
		s.pos++
	}
	it := s.item(start)
	s.blank = true
	it.trim()
	it.Problem, it.At = Broken, at
	return it
}

// blankBefore reports whether the line holds only white space before pos, as
// far as its bytes are still at hand.
func (s *Scanner) blankBefore() bool {
	from := s.lineHead - s.base
	if from < 0 || from > int64(s.pos) {
		return false
	}
	for _, c := range s.buf[from:s.pos] {
		if class[c] != clsSpace {
			return false
		}
	}
	return true
}

// trim takes white space and commas off the end of an item.
func (it *Item) trim() {
	n := len(it.Raw)
	for n > 0 && (class[it.Raw[n-1]] == clsSpace || it.Raw[n-1] == ',') {
		n--
	}
	if !it.Large {
		it.Raw, it.Length = it.Raw[:n:n], int64(n)
	}
}
