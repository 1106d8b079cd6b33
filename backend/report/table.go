package report

import (
	"vedette/backend/report/typeset"
)

// column is one column of a table: its heading, width in points and edge.
type column struct {
	head  string
	width float64
	right bool
	mono  bool
	lines int // most lines of a cell, 0 for no limit
}

const (
	cellPad     = 6.0
	cellLeading = 10.6
)

// cell lays a cell's text out.
func (d *doc) cell(col column, text string, face typeset.Face, head bool) typeset.Block {
	size, color := sizeSmall, ink
	if head {
		size, color = sizeFine, grey
	}
	if col.mono && !head {
		face, size = typeset.Mono, 6.6
	}
	o := typeset.Options{Width: col.width - cellPad, Leading: cellLeading, MaxLines: col.lines, Align: typeset.Left}
	if col.right {
		o.Align = typeset.Right
	}
	return d.c.Layout(rich(text, face, size, color), o)
}

// tableHead sets the headings over a hairline.
func (d *doc) tableHead(cols []column, x float64) {
	high := 0.0
	blocks := make([]typeset.Block, len(cols))
	for i, c := range cols {
		c.lines = 2
		blocks[i] = d.cell(c, c.head, typeset.Bold, true)
		high = max(high, blocks[i].Height)
	}
	at, wide := x, 0.0
	for i, c := range cols {
		d.c.Draw(blocks[i], at, d.y+high-blocks[i].Height)
		at, wide = at+c.width, wide+c.width
	}
	d.y += high + 2
	d.rule(x, d.y, wide-cellPad, 0.7, ink)
	d.y += 3
}

// tableRow is a row laid out.
type tableRow struct {
	cells []typeset.Block
	high  float64
}

// table sets rows under their headings, repeated on every page. Neither the
// first row nor the last stands alone on a page when there are more.
func (d *doc) table(cols []column, rows [][]string) {
	laid := make([]tableRow, len(rows))
	for k, row := range rows {
		if d.ctx.Err() != nil {
			return
		}
		laid[k].cells = make([]typeset.Block, len(cols))
		for i, c := range cols {
			laid[k].cells[i] = d.cell(c, row[i], typeset.Sans, false)
			laid[k].high = max(laid[k].high, laid[k].cells[i].Height+4.5)
		}
	}
	need := 2*cellLeading + 5
	for k := range laid[:min(2, len(laid))] {
		need += laid[k].high
	}
	d.room(need)
	d.tableHead(cols, marginX)
	for k := range laid {
		with := laid[k].high
		if k == len(laid)-2 && k > 0 {
			with += laid[k+1].high
		}
		if d.y+with > bottomY && k > 0 {
			d.newPage()
			d.tableHead(cols, marginX)
		}
		at, wide := marginX, 0.0
		for i, c := range cols {
			d.c.Draw(laid[k].cells[i], at, d.y)
			at, wide = at+c.width, wide+c.width
		}
		d.y += laid[k].high - 2.5
		d.rule(marginX, d.y, wide-cellPad, 0.3, hair)
		d.y += 2.5
	}
	d.y += 6
}

// facts sets labels with their values beside them.
func (d *doc) facts(rows [][2]string, labelW, valueW, x float64, face typeset.Face, size float64) {
	leading := max(size*1.34, 10)
	for _, r := range rows {
		label := d.c.Layout(span(r[0], typeset.Sans, sizeSmall, grey), typeset.Options{Width: labelW - 8, Leading: leading, Align: typeset.Left})
		value := d.c.Layout(rich(r[1], face, size, ink), typeset.Options{Width: valueW, Leading: leading, Align: typeset.Left})
		d.room(min(max(label.Height, value.Height), 150))
		page, y := d.pdf.PageNo(), d.y
		d.c.Draw(label, x, d.y)
		d.flow(value, x+labelW, nil)
		if d.pdf.PageNo() == page {
			d.y = max(d.y, y+label.Height)
		}
		d.y += 2
		d.rule(x, d.y, labelW+valueW, 0.3, hair)
		d.y += 3
	}
}
