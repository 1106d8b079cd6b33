package report

import (
	"context"
	"regexp"
	"strings"
	"time"

	"github.com/jung-kurt/gofpdf"

	"vedette/backend/model"
	"vedette/backend/report/chart"
	"vedette/backend/report/lang"
	"vedette/backend/report/typeset"
)

// The page: A4 in points, one text column on a hanging grid.
const (
	pageW   = 595.28
	pageH   = 841.89
	marginX = 58.0
	textW   = pageW - 2*marginX
	topY    = 84.0
	bottomY = pageH - 70
	gutter  = 14.0
	halfW   = (textW - gutter) / 2
)

// The type scale, in points.
const (
	sizeTitle   = 30.0
	sizeH1      = 17.0
	sizeH2      = 10.5
	sizeBody    = 9.4
	sizeSmall   = 8.0
	sizeFine    = 7.2
	leadingBody = 13.6
)

var (
	ink    = chart.RGB(chart.Ink)
	grey   = chart.RGB("#5A6270")
	hair   = chart.RGB("#C9CED6")
	accent = chart.RGB(chart.Blue)
)

// doc is a report being written.
type doc struct {
	c    *typeset.Canvas
	pdf  *gofpdf.Fpdf
	in   *Input
	l    *lang.Lang
	zone *time.Location
	ctx  context.Context // checked between blocks, so that a report can be stopped
	y    float64
	toc  []tocEntry
	// evidence is the number [E n] of each quoted post, by UID.
	evidence map[string]int
}

// tocEntry is a section and where it begins.
type tocEntry struct {
	title string
	page  int
}

func style(face typeset.Face, size float64, col typeset.Color) typeset.Style {
	return typeset.Style{Face: face, Size: size, Color: col}
}

// span is one stretch of text.
func span(text string, face typeset.Face, size float64, col typeset.Color) []typeset.Span {
	return []typeset.Span{{Text: text, Style: style(face, size, col)}}
}

var (
	reference = regexp.MustCompile(`\[[RE][0-9]+\]`)
	spaced    = regexp.MustCompile(` (\[[RE][0-9]+\])`)
)

// rich sets references such as [R3] and [E1] in the accent colour.
func rich(text string, face typeset.Face, size float64, col typeset.Color) []typeset.Span {
	text = spaced.ReplaceAllString(text, "\u00a0$1") // a reference does not begin a line
	var out []typeset.Span
	at := 0
	for _, m := range reference.FindAllStringIndex(text, -1) {
		out = append(out, span(text[at:m[0]], face, size, col)...)
		out = append(out, span(text[m[0]:m[1]], typeset.Sans, size*0.86, accent)...)
		at = m[1]
	}
	return append(out, span(text[at:], face, size, col)...)
}

// newPage starts a page; the watermark lies under everything else.
func (d *doc) newPage() {
	d.pdf.AddPage()
	d.y = topY
	if d.in.Case.Training {
		d.watermark()
	}
}

// watermark writes the training notice across the page.
func (d *doc) watermark() {
	words := d.l.T("training.watermark")
	b := d.c.Layout(span(words, typeset.Sans, 44, chart.RGB("#F3F4F7")), typeset.Options{Width: 2000, Align: typeset.Left, MaxLines: 1})
	d.pdf.TransformBegin()
	d.pdf.TransformRotate(52, pageW/2, pageH/2)
	d.c.DrawShapes(b, pageW/2-b.Width/2, pageH/2-b.Height/2)
	d.pdf.TransformEnd()
}

// room starts a new page when fewer than h points are left.
func (d *doc) room(h float64) {
	if d.y+h > bottomY {
		d.newPage()
	}
}

// flow sets a block line by line over as many pages as it takes; each is told
// of every line's top and height before it is drawn.
func (d *doc) flow(b typeset.Block, x float64, each func(y, h float64)) {
	last := len(b.Lines) - 1
	for i := range b.Lines {
		h := b.Height - b.Lines[i].Top
		if i < last {
			h = b.Lines[i+1].Top - b.Lines[i].Top
		}
		need := h
		if i < last && (i == 0 || i == last-1) { // no line of a paragraph stands alone
			need = 2 * h
		}
		d.room(need)
		if each != nil {
			each(d.y, h)
		}
		d.c.DrawLine(&b.Lines[i], x, d.y)
		d.y += h
	}
}

// body sets a paragraph of running text.
func (d *doc) body(text string) {
	d.flow(d.c.Layout(rich(text, typeset.Sans, sizeBody, ink), typeset.Options{Width: textW, Leading: leadingBody, Gap: 5}), marginX, nil)
	d.y += 5
}

// note sets a small grey paragraph.
func (d *doc) note(text string) {
	d.flow(d.c.Layout(rich(text, typeset.Sans, sizeSmall, grey), typeset.Options{Width: textW, Leading: 11, Gap: 3}), marginX, nil)
	d.y += 5
}

// cited sets references at the end of a sentence, before its full stop.
func cited(sentence, refs string) string {
	return strings.TrimSuffix(sentence, ".") + " " + refs + "."
}

// bullet sets a paragraph behind a dash.
func (d *doc) bullet(text string) {
	b := d.c.Layout(rich(text, typeset.Sans, sizeBody, ink), typeset.Options{Width: textW - 14, Leading: leadingBody})
	d.room(min(b.Height, 2*leadingBody))
	d.c.Draw(d.c.Layout(span("–", typeset.Sans, sizeBody, accent), typeset.Options{Width: 14, Leading: leadingBody}), marginX, d.y)
	d.flow(b, marginX+14, nil)
	d.y += 2.5
}

// section starts a numbered part, on a new page when little room is left.
func (d *doc) section(key string, need float64) {
	title := d.l.T(key)
	if d.y > topY {
		d.y += 16
	}
	d.room(need)
	d.toc = append(d.toc, tocEntry{title: title, page: d.pdf.PageNo()})
	d.c.Bookmark(title, d.y)
	b := d.c.Layout(span(title, typeset.Serif, sizeH1, ink), typeset.Options{Width: textW})
	d.c.Draw(b, marginX, d.y)
	d.y += b.Height + 3
	d.rule(marginX, d.y, textW, 0.9, ink)
	d.y += 9
}

// heading sets a minor heading that stays with what follows.
func (d *doc) heading(text string, need float64) {
	d.y += 6
	d.room(need + 18)
	b := d.c.Layout(rich(text, typeset.Bold, sizeH2, ink), typeset.Options{Width: textW})
	d.c.Draw(b, marginX, d.y)
	d.y += b.Height + 4
}

// rule draws a hairline.
func (d *doc) rule(x, y, w, width float64, col typeset.Color) {
	d.pdf.SetDrawColor(int(col.R), int(col.G), int(col.B))
	d.pdf.SetLineWidth(width)
	d.pdf.Line(x, y, x+w, y)
}

// rect fills a rectangle.
func (d *doc) rect(x, y, w, h float64, col typeset.Color) {
	d.pdf.SetFillColor(int(col.R), int(col.G), int(col.B))
	d.pdf.Rect(x, y, w, h, "F")
}

// tlpColors are the colours of TLP 2.0 on black.
func tlpColor(t model.TLP) typeset.Color {
	switch t {
	case model.TLPRed:
		return chart.RGB("#FF2B2B")
	case model.TLPAmber, model.TLPAmberStrict:
		return chart.RGB("#FFC000")
	case model.TLPGreen:
		return chart.RGB("#33FF00")
	case model.TLPClear:
	}
	return chart.RGB("#FFFFFF")
}

// tlpLabel draws the marking with its right edge at the margin.
func (d *doc) tlpLabel(y float64) {
	b := d.c.Layout(span("TLP:"+strings.ToUpper(string(d.in.Case.TLP)), typeset.Bold, 12, tlpColor(d.in.Case.TLP)),
		typeset.Options{Width: 300, Leading: 17, Align: typeset.Left})
	x := pageW - marginX - b.Width - 12
	d.rect(x, y, b.Width+12, 18, chart.RGB("#000000"))
	d.c.Draw(b, x+6, y+0.5)
}

// furnish writes header and footer on every page, now that their number is known.
func (d *doc) furnish() {
	total := d.pdf.PageCount()
	for n := 1; n <= total; n++ {
		d.pdf.SetPage(n)
		d.tlpLabel(34)
		d.tlpLabel(pageH - 50)
		if d.in.Case.Training {
			d.c.Draw(d.c.Layout(span(d.l.T("training.watermark"), typeset.Bold, sizeSmall, chart.RGB(chart.Vermil)), typeset.Options{Width: textW - 170, MaxLines: 1, Align: typeset.Left}), marginX, 28)
		}
		if n > 1 {
			name := d.c.Layout(span(d.in.Case.Name, typeset.Sans, sizeSmall, grey), typeset.Options{Width: textW - 170, MaxLines: 1, Align: typeset.Left})
			d.c.Draw(name, marginX, 40)
			d.rule(marginX, 60, textW, 0.4, hair)
		}
		d.rule(marginX, pageH-58, textW, 0.4, hair)
		foot := d.l.T("page.of", "page", d.l.Int(int64(n)), "total", d.l.Int(int64(total)))
		asof := d.l.T("asof.short", "n", d.l.Int(d.in.AsOf.LogIndex), "time", d.l.Moment(d.in.AsOf.At, time.UTC))
		d.c.Draw(d.c.Layout(span(asof, typeset.Sans, sizeFine, grey), typeset.Options{Width: textW - 240, MaxLines: 1, Align: typeset.Left}), marginX, pageH-46)
		d.c.Draw(d.c.Layout(span(foot, typeset.Sans, sizeFine, grey), typeset.Options{Width: 90, Align: typeset.Right}), pageW-marginX-230, pageH-46)
	}
	d.c.Finish()
}
