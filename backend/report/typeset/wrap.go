package typeset

import "strings"

// Align says which edge lines keep to.
type Align uint8

// Natural is left, or right for a paragraph whose first strong letter runs right
// to left. The others take every paragraph to run left to right, whatever names
// stand in it.
const (
	Natural Align = iota
	Left
	Right
	Center
)

// Options are how a block is broken and set. Leading is the distance between
// baselines in points (0: 1.38 × the largest size); MaxLines cuts the block with
// an ellipsis (0: no limit); Gap is added between paragraphs.
type Options struct {
	Width    float64
	Leading  float64
	MaxLines int
	Align    Align
	Gap      float64
}

// Line is a set line: clusters in visual order, each at its x from the block's
// left edge.
type Line struct {
	clusters []cluster
	Width    float64
	// Top is the distance from the block's top to the line's top.
	Top     float64
	leading float64
	size    float64
	text    string // as written
}

// Block is text broken into lines.
type Block struct {
	Lines  []Line
	Height float64
	// Width is that of the widest line.
	Width float64
	// Cut says that MaxLines left something out.
	Cut bool
}

// Layout breaks spans into lines of at most o.Width points; a word wider than
// that is broken where it must be. Line ends in the text start new paragraphs.
func (e *Engine) Layout(spans []Span, o Options) Block {
	var b Block
	paras, styles := e.split(spans)
	y := 0.0
	for i := range paras {
		size, leading := lineSize(styles[i], spans, o.Leading)
		p := e.shape(paras[i], styles[i], o.Align == Natural)
		logical := breakLines(p.clusters, o.Width)
		if i > 0 {
			y += o.Gap
		}
		for j, cl := range logical {
			full := o.MaxLines > 0 && len(b.Lines) == o.MaxLines-1
			if full && (j < len(logical)-1 || i < len(paras)-1) {
				cl, b.Cut = e.ellipsis(cl, styles[i], spans, o.Width), true
			}
			line := arrange(cl, p.rtl)
			line.Top, line.leading, line.size = y, leading, size
			align(&line, o, p.rtl)
			b.Lines = append(b.Lines, line)
			b.Width = max(b.Width, line.Width)
			y += leading
			if b.Cut {
				b.Height = y
				return b
			}
		}
	}
	b.Height = y
	return b
}

// split cleans the spans and cuts them into paragraphs with a style per rune.
func (e *Engine) split(spans []Span) ([][]rune, [][]Style) {
	paras, styles := [][]rune{nil}, [][]Style{nil}
	for _, s := range spans {
		for i, part := range e.fonts.paragraphs(s.Text) {
			if i > 0 {
				paras, styles = append(paras, nil), append(styles, nil)
			}
			k := len(paras) - 1
			paras[k] = append(paras[k], part...)
			for range part {
				styles[k] = append(styles[k], s.Style)
			}
		}
	}
	return paras, styles
}

// lineSize is the largest size of a paragraph and its leading.
func lineSize(styles []Style, spans []Span, leading float64) (float64, float64) {
	size := 0.0
	for _, s := range styles {
		size = max(size, s.Size)
	}
	if size == 0 && len(spans) > 0 {
		size = spans[0].Style.Size
	}
	if leading == 0 {
		leading = size * 1.38
	}
	return size, leading
}

// breakLines cuts clusters greedily into lines. Spaces at a line's end hang.
func breakLines(cs []cluster, width float64) [][]cluster {
	if len(cs) == 0 {
		return [][]cluster{nil}
	}
	var lines [][]cluster
	const slack = 0.01
	start, lastBreak, w := 0, -1, 0.0
	for i := 0; i < len(cs); i++ {
		c := &cs[i]
		if !c.space && w+c.advance > width+slack && i > start {
			end := i
			if lastBreak >= start {
				end = lastBreak + 1
			}
			lines = append(lines, cs[start:end])
			start, lastBreak, w = end, -1, 0
			i = end - 1
			continue
		}
		w += c.advance
		if c.breakOK {
			lastBreak = i
		}
	}
	return append(lines, cs[start:])
}

// ellipsis shortens a line so that … fits behind it.
func (e *Engine) ellipsis(cs []cluster, styles []Style, spans []Span, width float64) []cluster {
	style := spans[0].Style
	if len(styles) > 0 {
		style = styles[0]
	}
	dots := e.shape([]rune{'…'}, []Style{style}, false).clusters
	for i := range dots {
		if len(cs) > 0 {
			dots[i].level = cs[len(cs)-1].level
		}
		width -= dots[i].advance
	}
	w := 0.0
	for i := range cs {
		w += cs[i].advance
	}
	for len(cs) > 0 && (w > width || cs[len(cs)-1].space) {
		w -= cs[len(cs)-1].advance
		cs = cs[:len(cs)-1]
	}
	return append(append([]cluster(nil), cs...), dots...)
}

// arrange puts a line's clusters in visual order (rules L1 and L2 of UAX #9)
// and gives them their x.
func arrange(cs []cluster, rtl bool) Line {
	v := append([]cluster(nil), cs...)
	base := 0
	if rtl {
		base = 1
	}
	for i := len(v) - 1; i >= 0 && v[i].space; i-- {
		v[i].level = base
		v[i].advance = 0
	}
	high, low := base, 1<<30
	for i := range v {
		high = max(high, v[i].level)
		if v[i].level%2 == 1 {
			low = min(low, v[i].level)
		}
	}
	for lvl := high; lvl >= low && lvl > 0; lvl-- {
		for i := 0; i < len(v); {
			if v[i].level < lvl {
				i++
				continue
			}
			j := i
			for j < len(v) && v[j].level >= lvl {
				j++
			}
			for a, b := i, j-1; a < b; a, b = a+1, b-1 {
				v[a], v[b] = v[b], v[a]
			}
			i = j
		}
	}
	l := Line{clusters: v}
	for i := range v {
		v[i].x = l.Width
		v[i].hx = l.Width
		l.Width += v[i].advance
	}
	l.layForCopying(cs)
	var text strings.Builder
	for i := range cs {
		text.WriteString(string(cs[i].runes))
	}
	l.text = text.String()
	return l
}

// align moves a line's clusters to the edge it keeps to.
func align(l *Line, o Options, rtl bool) {
	shift := 0.0
	switch a := o.Align; {
	case a == Right, a == Natural && rtl:
		shift = o.Width - l.Width
	case a == Center:
		shift = (o.Width - l.Width) / 2
	}
	for i := range l.clusters {
		l.clusters[i].x += shift
		l.clusters[i].hx += shift
	}
}

// Measure is the width in points of text set on one line.
func (e *Engine) Measure(spans []Span) float64 {
	return e.Layout(spans, Options{Width: 1e9, Align: Left}).Width
}

// Text is what the block's lines hold, in logical order, without line ends.
func (b Block) Text() string {
	var s strings.Builder
	for i := range b.Lines {
		s.WriteString(b.Lines[i].text)
	}
	return s.String()
}
