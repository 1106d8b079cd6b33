package report

import (
	"strconv"
	"time"

	"vedette/backend/report/chart"
	"vedette/backend/report/lang"
	"vedette/backend/report/typeset"
)

// cover sets the first page; the contents are filled in by contents, at the end.
func (d *doc) cover() {
	d.newPage()
	d.y = 118
	d.c.Draw(d.c.Layout(span(d.l.T("cover.kicker"), typeset.Bold, sizeSmall, accent), typeset.Options{Width: textW}), marginX, d.y)
	d.y += 18
	size := sizeTitle
	title := d.c.Layout(span(d.title(), typeset.Serif, size, ink), typeset.Options{Width: textW, Leading: size * 1.2})
	if title.Height > 3*size*1.2 {
		size = 18
		title = d.c.Layout(span(d.title(), typeset.Serif, size, ink), typeset.Options{Width: textW, Leading: size * 1.25, MaxLines: 6})
	}
	d.c.Draw(title, marginX, d.y)
	d.y += title.Height + 4
	name := d.c.Layout(span(d.in.Case.Name, typeset.Sans, 13, grey), typeset.Options{Width: textW, Leading: 18, MaxLines: 8})
	d.c.Draw(name, marginX, d.y)
	d.y += name.Height + 16
	d.rule(marginX, d.y, textW, 0.9, ink)
	d.y += 8
	d.facts(d.coverFacts(), 118, textW-118, marginX, typeset.Sans, sizeBody)
	if d.in.Case.Training {
		d.y += 4
		d.note(d.l.T("training.note"))
	}
	d.y += 10
}

// coverFacts are the lines of the cover's table; empty values are left out.
func (d *doc) coverFacts() [][2]string {
	c := &d.in.Case
	var rows [][2]string
	add := func(key, value string) {
		if value != "" {
			rows = append(rows, [2]string{d.l.T(key), value})
		}
	}
	add("cover.purpose", c.Purpose)
	add("cover.basis", c.Basis)
	add("cover.owner", c.Owner)
	add("cover.period", d.periodText())
	add("cover.zone", d.zoneText())
	add("cover.asof", d.l.T("cover.asof.value", "n", d.l.Int(d.in.AsOf.LogIndex), "time", d.l.Exact(d.in.AsOf.At, d.zone)))
	add("cover.holds", d.l.T("cover.holds.value", "posts", d.l.Plural("n.posts", d.in.Coverage.Posts),
		"accounts", d.l.Plural("n.accounts", d.in.Coverage.Accounts), "platforms", d.l.Plural("n.platforms", int64(len(d.in.Coverage.Platforms)))))
	add("cover.retain", d.day(c.RetainUntil))
	add("cover.id", c.ID)
	return rows
}

// day formats a date written YYYY-MM-DD.
func (d *doc) day(s string) string {
	t, err := time.Parse("2006-01-02", s)
	if err != nil {
		return s
	}
	return d.l.Date(t, time.UTC)
}

// periodText is the period in words; both ends are days within it.
func (d *doc) periodText() string {
	from, to := d.period()
	if from.IsZero() || to.IsZero() {
		return d.l.T("cover.period.unknown")
	}
	return d.l.T("cover.period.value", "from", d.l.Moment(from, d.zone), "to", d.l.Moment(to, d.zone))
}

// zoneText names the case's zone with its offset at the report's instant.
func (d *doc) zoneText() string {
	if d.zone == time.UTC {
		return "UTC"
	}
	return d.zone.String() + " (" + lang.Offset(d.in.AsOf.At, d.zone) + ")"
}

// contents lists the sections at the foot of the cover.
func (d *doc) contents() {
	const rowH = 15.0
	d.pdf.SetPage(1)
	rows := (len(d.toc) + 1) / 2
	y := pageH - 96 - float64(rows)*rowH
	d.c.Draw(d.c.Layout(span(d.l.T("contents"), typeset.Bold, sizeSmall, accent), typeset.Options{Width: textW}), marginX, y-16)
	for i, e := range d.toc {
		x, at := marginX, y+float64(i)*rowH
		if i >= rows {
			x, at = marginX+halfW+gutter, y+float64(i-rows)*rowH
		}
		d.rule(x, at, halfW, 0.3, hair)
		d.c.Draw(d.c.Layout(span(e.title, typeset.Sans, sizeSmall, ink), typeset.Options{Width: halfW - 30, MaxLines: 1, Leading: 13}), x, at+1)
		d.c.Draw(d.c.Layout(span(strconv.Itoa(e.page), typeset.Sans, sizeSmall, grey), typeset.Options{Width: 28, Leading: 13, Align: typeset.Right}), x+halfW-28, at+1)
		link := d.pdf.AddLink()
		d.pdf.SetLink(link, 0, e.page)
		d.pdf.Link(x, at, halfW, rowH, link)
	}
}

// figures sets up to four figures side by side, each with its words and run.
func (d *doc) figures(items [][2]string) {
	if len(items) == 0 {
		return
	}
	d.room(64)
	w := (textW + gutter) / float64(len(items))
	high := 0.0
	for i, it := range items {
		x := marginX + float64(i)*w
		d.rule(x, d.y, w-gutter, 1.4, accent)
		n := d.c.Layout(span(it[0], typeset.Serif, 20, ink), typeset.Options{Width: w - gutter, Leading: 27, MaxLines: 1, Align: typeset.Left})
		d.c.Draw(n, x, d.y+4)
		t := d.c.Layout(rich(it[1], typeset.Sans, sizeSmall, grey), typeset.Options{Width: w - gutter, Leading: 11, Align: typeset.Left})
		d.c.Draw(t, x, d.y+32)
		high = max(high, 32+t.Height)
	}
	d.y += high + 12
}

// chart draws a chart across the column, with the run it comes from. It is
// made lower, within reason, where it then fits the page.
func (d *doc) chart(def chart.Definition, run int64) {
	if len(def.Categories) == 0 {
		return
	}
	h := chart.Height(d.c, &def, textW)
	if over := d.y + h - bottomY; over > 0 {
		def.Plot = def.LeastPlot()
		if low := chart.Height(d.c, &def, textW); d.y+low <= bottomY {
			def.Plot += bottomY - d.y - low
		} else {
			def.Plot = 0
		}
		h = chart.Height(d.c, &def, textW)
	}
	d.room(h)
	chart.Draw(d.c, &def, ref(run), marginX, d.y, textW)
	d.y += h + 8
}

// drawn is a chart with the run it comes from.
type drawn struct {
	def chart.Definition
	run int64
}

// row sets charts side by side, two or three to a row, lower ones where that
// keeps them on the page.
func (d *doc) row(charts []drawn) {
	for len(charts) > 0 {
		n := min(len(charts), 3)
		if len(charts) == 4 {
			n = 2
		}
		w := rowWidth(n)
		if d.y+d.rowHeight(charts[:n]) > bottomY {
			for i := range charts[:n] {
				charts[i].def.Plot = charts[i].def.LeastPlot()
			}
			if d.y+d.rowHeight(charts[:n]) > bottomY {
				for i := range charts[:n] {
					charts[i].def.Plot = 0
				}
				d.newPage()
			}
		}
		high := 0.0
		for i := range charts[:n] {
			chart.Draw(d.c, &charts[i].def, ref(charts[i].run), marginX+float64(i)*(w+gutter), d.y, w)
			high = max(high, chart.Height(d.c, &charts[i].def, w))
		}
		d.y += high + 10
		charts = charts[n:]
	}
}

// rowWidth is the width of each of n charts side by side; one alone has half.
func rowWidth(n int) float64 {
	n = max(n, 2)
	return (textW - float64(n-1)*gutter) / float64(n)
}

// rowHeight is the height of the tallest of charts side by side.
func (d *doc) rowHeight(charts []drawn) float64 {
	high := 0.0
	for i := range charts {
		high = max(high, chart.Height(d.c, &charts[i].def, rowWidth(len(charts))))
	}
	return high
}

// ref cites a run.
func ref(run int64) string { return "[R" + strconv.FormatInt(run, 10) + "]" }
