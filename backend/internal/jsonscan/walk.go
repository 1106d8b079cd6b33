package jsonscan

import (
	"errors"
	"io"
	"strings"
)

// maxKey is how long a member's name may be in bytes for Walk to look at it.
const maxKey = 4 << 10

// Walk reads one JSON object from r, of any size, and calls fn for every element
// of the arrays at the given paths (keys joined by dots, for example "data" or
// "includes.tweets"), in the order of the stream. An object at a path counts as
// one element. The error is fn's, the reader's, or a *SyntaxError where the
// object ends early or stops being JSON; what was found before stands.
func Walk(r io.Reader, o Options, paths []string, fn func(path int, it Item) error) error {
	w := walker{s: NewScanner(r, o), paths: paths, fn: fn}
	w.space()
	if c, ok := w.s.peek(); !ok || c != '{' {
		return w.fail("expected an object")
	}
	w.s.pos++
	return w.object("")
}

type walker struct {
	s     *Scanner
	paths []string
	fn    func(path int, it Item) error
}

// fail says what is wrong here: the reader's error, a missing end, or msg.
func (w *walker) fail(msg string) error {
	s := w.s
	if s.pos < len(s.buf) {
		return &SyntaxError{Pos: s.Offset(), Msg: msg}
	}
	if s.err != nil && !errors.Is(s.err, io.EOF) {
		return s.err
	}
	return &SyntaxError{Pos: s.Offset(), Msg: "the value is cut off", Truncated: true}
}

// space passes over white space and commas and keeps count of lines.
func (w *walker) space() {
	for {
		c, ok := w.s.peek()
		if !ok || (class[c] != clsSpace && c != ',') {
			return
		}
		if c == '\n' {
			w.s.newline()
		}
		w.s.pos++
	}
}

// object reads the members of an object whose bracket was passed.
func (w *walker) object(prefix string) error {
	for {
		w.space()
		c, ok := w.s.peek()
		if ok && c == '}' {
			w.s.pos++
			return nil
		}
		if !ok || c != '"' {
			return w.fail("expected a name in quotes")
		}
		w.s.keep = w.s.pos
		key, err := w.s.str(w.s.Offset())
		if err != nil {
			return err
		}
		if key.Problem != "" {
			return w.fail("a name without its closing quote")
		}
		w.space()
		if c, ok := w.s.peek(); !ok || c != ':' {
			return w.fail("expected a colon")
		}
		w.s.pos++
		w.space()
		if err := w.member(prefix, key); err != nil {
			return err
		}
	}
}

// member reads the value of one member.
func (w *walker) member(prefix string, key Item) error {
	c, ok := w.s.peek()
	if !ok {
		return w.fail("")
	}
	if key.Length <= maxKey && (c == '[' || c == '{') {
		full := prefix + key.Text()
		for i, p := range w.paths {
			if p == full && c == '[' {
				w.s.pos++
				return w.elements(i)
			}
			if p == full {
				return w.one(i)
			}
		}
		for _, p := range w.paths {
			if c == '{' && strings.HasPrefix(p, full+".") {
				w.s.pos++
				return w.object(full + ".")
			}
		}
	}
	var it Item
	var err error
	if c == '{' || c == '[' {
		w.s.keep = -1 // passed over: its bytes are not wanted
		it, err = w.s.nestedKept()
	} else {
		it, err = w.value(c)
	}
	if err != nil {
		return err
	}
	if it.Problem != "" && it.Problem != TooDeep {
		return w.fail("a value that does not end")
	}
	return nil
}

// value takes any value.
func (w *walker) value(c byte) (Item, error) {
	switch c {
	case '{', '[':
		return w.s.nested()
	case '}', ']', ':', ',':
		return Item{}, w.fail("expected a value")
	}
	return w.s.scalar()
}

func (w *walker) one(path int) error {
	it, err := w.s.nested()
	if err != nil {
		return err
	}
	return w.fn(path, it)
}

// elements reads the elements of an array whose bracket was passed.
func (w *walker) elements(path int) error {
	w.s.inArray = true
	defer func() { w.s.inArray = false }()
	for {
		w.space()
		c, ok := w.s.peek()
		switch {
		case !ok:
			return w.fail("")
		case c == ']':
			w.s.pos++
			return nil
		}
		it, err := w.value(c)
		if err != nil {
			return err
		}
		if err := w.fn(path, it); err != nil {
			return err
		}
	}
}
