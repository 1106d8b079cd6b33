package chart

import (
	"math"
	"strconv"

	"vedette/backend/report/typeset"
)

// sizes of a chart's type and parts, in points
const (
	titleSize = 9.5
	textSize  = 7.5
	lineWidth = 0.4
	rowHeight = 14.0
)

var (
	ink   = RGB(Ink)
	grey  = RGB("#5A6270")
	hair  = RGB("#D5D9E0")
	white = typeset.Color{R: 255, G: 255, B: 255}
)

// RGB reads a colour written as #RRGGBB; anything else is black.
func RGB(hex string) typeset.Color {
	if len(hex) != 7 || hex[0] != '#' {
		return typeset.Color{}
	}
	v, err := strconv.ParseUint(hex[1:], 16, 32)
	if err != nil {
		return typeset.Color{}
	}
	return typeset.Color{R: uint8(v >> 16), G: uint8(v >> 8), B: uint8(v)}
}

// headHeight is what title and subtitle take.
const headHeight = titleSize*1.4 + textSize*1.5 + 8

// plotHeight is that of columns over time; minPlot and minRow are the least
// that read well.
const (
	plotHeight = 106.0
	minPlot    = 84.0
	minRow     = 11.0
)

// Height is the height in points that the chart wants at a width.
func Height(c *typeset.Canvas, d *Definition, w float64) float64 {
	p := &pen{c: c, d: d, w: w}
	h := headHeight + p.legendHeight()
	switch {
	case d.Horizontal:
		return h + float64(len(d.Categories))*d.row() + 18
	case len(d.Marks) > 0:
		h += markHeight
	}
	if d.Plot > 0 {
		return h + d.Plot + 16
	}
	return h + plotHeight + 16
}

// row is the height of a row of a horizontal chart.
func (d *Definition) row() float64 {
	if d.Plot > 0 && len(d.Categories) > 0 {
		return d.Plot / float64(len(d.Categories))
	}
	return rowHeight
}

// LeastPlot is the least height of the plot that reads well.
func (d *Definition) LeastPlot() float64 {
	if d.Horizontal {
		return float64(len(d.Categories)) * minRow
	}
	return minPlot
}

// pen draws one chart.
type pen struct {
	c *typeset.Canvas
	d *Definition
	// the plot: left, top, width, height
	x, y, w, h float64
	top        float64 // the value at the axis' end
	step       float64
}

// Draw draws the chart with its top left corner at x, y, as wide as w and as
// high as Height says. ref is set behind the title, such as "[R3]".
func Draw(c *typeset.Canvas, d *Definition, ref string, x, y, w float64) {
	bottom := y + Height(c, d, w)
	c.Draw(c.Layout([]typeset.Span{
		{Text: d.Title, Style: typeset.Style{Face: typeset.Bold, Size: titleSize, Color: ink}},
		{Text: " " + ref, Style: typeset.Style{Face: typeset.Sans, Size: textSize, Color: RGB(Blue)}},
	}, typeset.Options{Width: w, MaxLines: 1, Align: typeset.Left}), x, y)
	y += titleSize * 1.4
	c.Draw(c.Layout([]typeset.Span{{Text: d.Subtitle, Style: typeset.Style{Face: typeset.Sans, Size: textSize, Color: grey}}},
		typeset.Options{Width: w, MaxLines: 1, Align: typeset.Left}), x, y)
	y += textSize*1.5 + 8
	p := &pen{c: c, d: d, x: x, y: y, w: w, h: bottom - y}
	p.legend()
	switch {
	case d.Spans != nil:
		p.timeline()
	case d.Horizontal:
		p.scale()
		p.rows()
	default:
		p.scale()
		p.columns()
	}
}

// scale chooses round steps for the value axis.
func (p *pen) scale() {
	high := 0.0
	for i := range p.d.Categories {
		sum := 0.0
		for _, s := range p.d.Series {
			if i < len(s.Values) {
				sum += s.Values[i]
			}
		}
		high = max(high, sum)
	}
	if p.d.Percent && len(p.d.Series) > 1 {
		p.top, p.step = 1, 0.25
		return
	}
	p.step = niceStep(high/4, !p.d.Percent)
	p.top = max(p.step, math.Ceil(high/p.step-1e-9)*p.step)
}

// niceStep is the smallest of 1, 2, 2.5, 5 × 10^k that is not below v.
func niceStep(v float64, whole bool) float64 {
	if v <= 0 || math.IsNaN(v) || math.IsInf(v, 0) {
		return 1
	}
	base := math.Pow(10, math.Floor(math.Log10(v)))
	for _, m := range [...]float64{1, 2, 2.5, 5, 10} {
		if s := m * base; s >= v-1e-12 && (!whole || s >= 1 && s == math.Trunc(s)) {
			return s
		}
	}
	return math.Max(1, math.Ceil(v))
}

// legendRow is the height of one row of the legend.
const legendRow = 12.0

// legendRows breaks the names of the series into rows, none of them cut unless
// it is wider than the chart.
func (p *pen) legendRows() [][]int {
	if len(p.d.Series) < 2 || p.d.Spans != nil {
		return nil
	}
	rows := [][]int{nil}
	at := 0.0
	for i, s := range p.d.Series {
		w := 10 + p.label(s.Name, max(p.w-10, 20)).Width + 14
		if k := len(rows) - 1; at+w-14 > p.w && len(rows[k]) > 0 {
			rows, at = append(rows, nil), 0
		}
		rows[len(rows)-1] = append(rows[len(rows)-1], i)
		at += w
	}
	return rows
}

// legendHeight is what the legend takes, 0 without one.
func (p *pen) legendHeight() float64 {
	if n := len(p.legendRows()); n > 0 {
		return float64(n)*legendRow + 6
	}
	return 0
}

// legend names the series and moves the plot below.
func (p *pen) legend() {
	rows := p.legendRows()
	for _, row := range rows {
		x := p.x
		for _, i := range row {
			s := &p.d.Series[i]
			p.rect(x, p.y+2, 7, 7, RGB(s.Color))
			b := p.label(s.Name, max(p.w-10, 20))
			p.c.Draw(b, x+10, p.y)
			x += 10 + b.Width + 14
		}
		p.y, p.h = p.y+legendRow, p.h-legendRow
	}
	if len(rows) > 0 {
		p.y, p.h = p.y+6, p.h-6
	}
}

// columns draws bars over time.
func (p *pen) columns() {
	left := 0.0
	for v := 0.0; v <= p.top+p.step/2; v += p.step {
		left = max(left, p.label(p.value(v), 80).Width)
	}
	p.x, p.w = p.x+left+6, p.w-left-6
	p.h -= 16
	if len(p.d.Marks) > 0 {
		p.y, p.h = p.y+markHeight, p.h-markHeight
	}
	for v := 0.0; v <= p.top+p.step/2; v += p.step {
		y := p.y + p.h - v/p.top*p.h
		p.line(p.x, y, p.x+p.w, y, hair)
		b := p.label(p.value(v), 80)
		p.c.Draw(b, p.x-6-b.Width, y-b.Height/2)
	}
	n := len(p.d.Categories)
	if n == 0 {
		return
	}
	slot := p.w / float64(n)
	gap := min(slot*0.22, 3)
	for i := range n {
		y := p.y + p.h
		for _, s := range p.d.Series {
			if h := s.Values[i] / p.top * p.h; h > 0 {
				p.rect(p.x+float64(i)*slot+gap/2, y-h, slot-gap, h, RGB(s.Color))
				y -= h
			}
		}
	}
	p.line(p.x, p.y+p.h, p.x+p.w, p.y+p.h, grey)
	p.ticks(slot)
	p.marks(slot)
}

// ticks names as many places of the time axis as there is room for.
func (p *pen) ticks(slot float64) {
	wide := 0.0
	for _, s := range p.d.Categories {
		wide = max(wide, p.label(s, 90).Width)
	}
	every := max(1, int(math.Ceil((wide+10)/slot)))
	for i := 0; i < len(p.d.Categories); i += every {
		b := p.label(p.d.Categories[i], 90)
		x := p.x + (float64(i)+0.5)*slot
		p.line(x, p.y+p.h, x, p.y+p.h+2.5, grey)
		at := min(max(x-b.Width/2, p.x-10), p.x+p.w-b.Width)
		p.c.Draw(b, at, p.y+p.h+3.5)
	}
}

// nameWidth is the most that the names of rows may take.
func (p *pen) nameWidth() float64 { return p.w * 0.5 }

// rows draws horizontal bars with their labels.
func (p *pen) rows() {
	left, right := 0.0, 8.0
	for i, s := range p.d.Categories {
		left = max(left, p.label(s, p.nameWidth()).Width)
		if len(p.d.Series) == 1 && i < len(p.d.Series[0].Labels) {
			right = max(right, p.label(p.d.Series[0].Labels[i], 80).Width+8)
		}
	}
	names := p.nameWidth()
	p.x, p.w = p.x+left+7, p.w-left-7-right
	p.h = float64(len(p.d.Categories)) * p.d.row()
	wide := 0.0
	for v := 0.0; v <= p.top+p.step/2; v += p.step {
		wide = max(wide, p.label(p.value(v), 80).Width)
	}
	every := max(1, int(math.Ceil((wide+5)/max(p.step/p.top*p.w, 1))))
	for i, v := 0, 0.0; v <= p.top+p.step/2; i, v = i+1, v+p.step {
		x := p.x + v/p.top*p.w
		p.line(x, p.y, x, p.y+p.h, hair)
		if i%every == 0 {
			b := p.label(p.value(v), 80)
			p.c.Draw(b, min(x-b.Width/2, p.x+p.w+right-b.Width), p.y+p.h+2)
		}
	}
	for i, name := range p.d.Categories {
		y := p.y + float64(i)*p.d.row()
		b := p.label(name, names)
		p.c.Draw(b, p.x-7-b.Width, y+(p.d.row()-b.Height)/2)
		x := p.x
		for _, s := range p.d.Series {
			x += p.bar(&s, i, x, y)
		}
	}
	p.line(p.x, p.y, p.x, p.y+p.h, grey)
}

// bar draws one value of a row and returns its length.
func (p *pen) bar(s *Series, i int, x, y float64) float64 {
	if i >= len(s.Values) {
		return 0
	}
	col := s.Color
	if i < len(s.Colors) {
		col = s.Colors[i]
	}
	w := s.Values[i] / p.top * p.w
	if w > 0 {
		p.rect(x, y+2.5, w, p.d.row()-5, RGB(col))
	}
	if i >= len(s.Labels) {
		return w
	}
	b := p.label(s.Labels[i], 80)
	at := y + (p.d.row()-b.Height)/2
	if len(p.d.Series) == 1 {
		p.c.Draw(b, x+w+4, at)
	} else if b.Width+6 < w {
		shade := white
		if light(RGB(col)) {
			shade = ink
		}
		p.c.Draw(p.styled(s.Labels[i], 80, shade), x+3, at)
	}
	return w
}

// light reports whether dark text reads better on a colour.
func light(c typeset.Color) bool {
	return 0.299*float64(c.R)+0.587*float64(c.G)+0.114*float64(c.B) > 140
}

// value formats a value of the axis.
func (p *pen) value(v float64) string {
	if p.d.Percent {
		return p.d.lang.AxisPercent(v)
	}
	return p.d.lang.Short(math.Round(v*1e6) / 1e6)
}

func (p *pen) label(s string, width float64) typeset.Block { return p.styled(s, width, grey) }

func (p *pen) styled(s string, width float64, col typeset.Color) typeset.Block {
	return p.c.Layout([]typeset.Span{{Text: s, Style: typeset.Style{Face: typeset.Sans, Size: textSize, Color: col}}},
		typeset.Options{Width: width, MaxLines: 1, Align: typeset.Left})
}

func (p *pen) rect(x, y, w, h float64, col typeset.Color) {
	p.c.PDF.SetFillColor(int(col.R), int(col.G), int(col.B))
	p.c.PDF.Rect(x, y, w, h, "F")
}

func (p *pen) line(x1, y1, x2, y2 float64, col typeset.Color) {
	p.c.PDF.SetDrawColor(int(col.R), int(col.G), int(col.B))
	p.c.PDF.SetLineWidth(lineWidth)
	p.c.PDF.Line(x1, y1, x2, y2)
}
