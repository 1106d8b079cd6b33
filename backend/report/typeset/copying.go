package typeset

import (
	"fmt"
	"math"
	"strings"

	xbidi "golang.org/x/text/unicode/bidi"
)

// Readers of PDF files see where runes lie, not in what order they were
// written, and turn right-to-left text round again by rules of thumb. This file
// lays the invisible words of lines with right-to-left text so that the common
// rule (of xpdf and poppler) gives back the text as it was: from left to right,
// stretches that begin with a right-to-left letter and go on to the next
// left-to-right letter or digit are reversed, the others are not. Blanks and
// signs at the end of such a stretch would be turned with it; an invisible
// left-to-right mark (U+200E) ends it before them.

// class is what that rule sees in a rune.
type class uint8

const (
	neutral class = iota
	leftward
	rightward
	digit
)

// classOf classifies a rune as readers do: signs that go with numbers count as
// digits.
func classOf(r rune) class {
	p, _ := xbidi.LookupRune(r)
	switch p.Class() {
	case xbidi.R, xbidi.AL:
		return leftward
	case xbidi.L:
		return rightward
	case xbidi.EN, xbidi.ES, xbidi.ET, xbidi.AN, xbidi.CS:
		return digit
	}
	return neutral
}

// class is that of the cluster's first rune with one.
func (c *cluster) class() class {
	for _, r := range c.runes {
		if k := classOf(r); k != neutral {
			return k
		}
	}
	return neutral
}

// layForCopying sets hx of a line's clusters; logical has them as written.
func (l *Line) layForCopying(logical []cluster) {
	at := make(map[*rune]int, len(l.clusters))
	mixed := false
	for i := range l.clusters {
		at[&l.clusters[i].runes[0]] = i
		mixed = mixed || l.clusters[i].class() == leftward
	}
	if !mixed {
		return
	}
	x := 0.0
	for start := 0; start < len(logical); {
		back := logical[start].class() == leftward
		end := start + 1
		for end < len(logical) {
			k := logical[end].class()
			if back && (k == rightward || k == digit) || !back && k == leftward {
				break
			}
			end++
		}
		last := end - 1 // the last letter; what is neither stands to its right
		more := false
		for last > start && logical[last].class() == neutral {
			more = more || !logical[last].space || end < len(logical)
			last--
		}
		for n := range end - start {
			k := start + n
			if back && k <= last {
				k = last - n
			}
			c := &l.clusters[at[&logical[k].runes[0]]]
			c.hx = x
			x += c.advance
			c.closing = back && k == start && more
			if math.Abs(c.hx-c.x) > 0.01 {
				c.direct = false
			}
		}
		start = end
	}
}

// hide lays a cluster's runes over its place in rendering mode 3. The font
// maps every code to itself, so no glyph is needed. A rune above U+FFFF is
// written as its two halves; it and a stack of marks, in which readers drop what
// repeats, also have the span's actual text.
func (c *Canvas) hide(cl *cluster, x, y float64) {
	c.use(c.fonts.byName[string(Mono)], Style{Face: Mono, Size: cl.style.Size, Color: cl.style.Color})
	codes, astral := utf16Hex(cl.runes)
	units := float64(len(codes) / 4)
	scale := max(1, cl.advance/(units*monoAdvance*cl.style.Size)*100)
	var b strings.Builder
	fmt.Fprintf(&b, "q BT 3 Tr %s Tz ", num(scale, 2))
	if len(cl.runes) > 1 && !astral && cl.class() == leftward {
		step := cl.advance / float64(len(cl.runes))
		for i, r := range cl.runes { // as written, but each to the left of the one before
			fmt.Fprintf(&b, "1 0 0 1 %s %s Tm <%04X> Tj ", num(x+cl.hx+float64(len(cl.runes)-1-i)*step, 2), num(y, 2), r)
		}
	} else {
		fmt.Fprintf(&b, "%s %s Td <%s> Tj ", num(x+cl.hx, 2), num(y, 2), codes)
	}
	if cl.closing {
		fmt.Fprintf(&b, "1 0 0 1 %s %s Tm 1 Tz <200E> Tj ", num(x+cl.hx+cl.advance, 2), num(y, 2))
	}
	b.WriteString("ET Q")
	if astral || len(cl.runes) > 2 && cl.class() != leftward {
		c.PDF.RawWriteStr("/Span <</ActualText <FEFF" + codes + ">>> BDC\n" + b.String() + "\nEMC")
		return
	}
	c.PDF.RawWriteStr(b.String())
}

// monoAdvance is the advance of every rune of the invisible font, in em.
const monoAdvance = 0.6

// utf16Hex is the UTF-16BE of runes in hexadecimal, and whether any of them
// needed two units.
func utf16Hex(runes []rune) (string, bool) {
	var b strings.Builder
	astral := false
	for _, r := range runes {
		if r > 0xFFFF {
			astral = true
			v := r - 0x10000
			fmt.Fprintf(&b, "%04X%04X", 0xD800+(v>>10), 0xDC00+(v&0x3FF))
			continue
		}
		fmt.Fprintf(&b, "%04X", r)
	}
	return b.String(), astral
}

// tally counts the directions of what is written on the current page.
func (c *Canvas) tally(l *Line) {
	n := 0
	for i := range l.clusters {
		for _, r := range l.clusters[i].runes {
			switch classOf(r) {
			case leftward:
				n--
			case rightward:
				n++
			case neutral, digit:
			}
		}
	}
	c.balance[c.PDF.PageNo()] += n
}

// Finish ends the document's text. Readers decide page by page which way the
// text runs, by counting letters; a page with more right-to-left letters would
// have its left-to-right lines garbled, so invisible left-to-right marks
// (U+200E) make up the difference there.
func (c *Canvas) Finish() {
	const each = 200 // marks in a line, spread out: readers drop what coincides
	for page := 1; page <= c.PDF.PageCount(); page++ {
		missing := -c.balance[page]
		if missing < 0 {
			continue
		}
		c.PDF.SetPage(page)
		for y := 2.0; missing >= 0; missing, y = missing-each, y+1.5 {
			c.use(c.fonts.byName[string(Mono)], Style{Face: Mono, Size: 1})
			c.PDF.RawWriteStr("q BT 3 Tr 2 " + num(y, 1) + " Td <" + strings.Repeat("200E", each) + "> Tj ET Q")
		}
	}
}
