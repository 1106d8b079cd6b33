package typeset

import (
	"fmt"
	"math"
	"strconv"
	"strings"

	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/jung-kurt/gofpdf"
)

// Canvas draws laid-out text on a gofpdf document whose unit is the point.
type Canvas struct {
	*Engine
	PDF    *gofpdf.Fpdf
	added  map[*file]bool
	height float64
	// balance is, per page, left-to-right letters less right-to-left ones
	balance map[int]int
	shapes  bool
	// what the page being written has selected
	page  int
	font  *file
	size  float64
	color Color
	inked bool
}

// NewCanvas returns a canvas for pdf, whose unit must be the point.
func NewCanvas(pdf *gofpdf.Fpdf, fonts *Fonts) *Canvas {
	_, h := pdf.GetPageSize()
	return &Canvas{Engine: NewEngine(fonts), PDF: pdf, added: make(map[*file]bool), balance: make(map[int]int), height: h}
}

// Draw draws a block with its top left corner at x, y (points from the top
// left of the page).
func (c *Canvas) Draw(b Block, x, y float64) {
	for i := range b.Lines {
		c.DrawLine(&b.Lines[i], x, y+b.Lines[i].Top)
	}
}

// DrawShapes draws a block as outlines only: it can be seen but not copied.
func (c *Canvas) DrawShapes(b Block, x, y float64) {
	c.shapes = true
	c.Draw(b, x, y)
	c.shapes = false
}

// DrawLine draws one line with its top at y.
func (c *Canvas) DrawLine(l *Line, x, y float64) {
	base := y + (l.leading-l.size)/2 + l.size*0.86
	if !c.shapes {
		c.tally(l)
	}
	for i := 0; i < len(l.clusters); {
		if l.clusters[i].direct && !c.shapes {
			i = c.drawPiece(l.clusters, i, x, base)
			continue
		}
		c.drawOutline(&l.clusters[i], l, x, base)
		i++
	}
}

// drawPiece places as many clusters as gofpdf can place in one string: one
// font and style, no kerning between them that the eye would miss.
func (c *Canvas) drawPiece(cs []cluster, i int, x, base float64) int {
	first := &cs[i]
	var text strings.Builder
	at := first.x
	j := i
	for ; j < len(cs); j++ {
		n := &cs[j]
		if !n.direct || n.file != first.file || n.style != first.style || math.Abs(n.x-at) > first.style.Size*0.012 {
			break
		}
		text.WriteRune(n.runes[0])
		at += n.nominal * n.style.Size
	}
	c.use(first.file, first.style)
	c.PDF.Text(x+first.x, base, text.String())
	return j
}

// use selects a font, size and colour on the current page.
func (c *Canvas) use(fl *file, st Style) {
	if !c.added[fl] {
		c.added[fl] = true
		c.PDF.AddUTF8FontFromBytes(fl.key, "", fl.data)
	}
	if page := c.PDF.PageNo(); page != c.page {
		c.page, c.font, c.inked = page, nil, false
	}
	if c.font != fl || c.size != st.Size {
		c.PDF.SetFont(fl.key, "", st.Size)
		c.font, c.size = fl, st.Size
	}
	if !c.inked || c.color != st.Color {
		c.PDF.SetTextColor(int(st.Color.R), int(st.Color.G), int(st.Color.B))
		c.color, c.inked = st.Color, true
	}
}

// drawOutline fills a cluster's glyphs as paths and lays its runes over them
// invisibly, so that they can be found and copied.
func (c *Canvas) drawOutline(cl *cluster, l *Line, x, base float64) {
	y := c.height - base
	var paths strings.Builder
	pen, over := 0.0, false
	for _, g := range cl.glyphs {
		path := c.outline(cl.file, g.GlyphID)
		dx := pen + float64(g.XOffset)/64/unit*cl.style.Size
		dy := float64(g.YOffset) / 64 / unit * cl.style.Size
		pen += float64(g.Advance) / 64 / unit * cl.style.Size
		over = over || math.Abs(dy) > cl.style.Size*0.45
		if path != "" {
			s := cl.style.Size / cl.file.upem
			fmt.Fprintf(&paths, "q %s 0 0 %s %s %s cm\n%sf\nQ\n", num(s, 5), num(s, 5), num(x+cl.x+dx, 2), num(y+dy, 2), path)
		}
	}
	if paths.Len() > 0 {
		col := cl.style.Color
		clip := ""
		if over || len(cl.runes) > 6 && cl.file.name != emojiFace { // towers of marks stay within their line
			clip = fmt.Sprintf("%s %s %s %s re W n\n", num(x+cl.x-cl.style.Size, 2), num(y-l.leading*0.33, 2),
				num(cl.advance+2*cl.style.Size, 2), num(l.leading*1.08, 2))
		}
		c.PDF.RawWriteStr(fmt.Sprintf("q %s%s %s %s rg\n%sQ", clip,
			num(float64(col.R)/255, 3), num(float64(col.G)/255, 3), num(float64(col.B)/255, 3), paths.String()))
	}
	if !c.shapes {
		c.hide(cl, x, y)
	}
}

// outline is a glyph's path in font units as PDF operators, "" for an empty one.
func (c *Canvas) outline(fl *file, gid ot.GID) string {
	o, ok := c.face(fl).GlyphDataOutline(gid)
	if !ok || len(o.Segments) == 0 {
		return ""
	}
	var b strings.Builder
	var last ot.SegmentPoint
	open := false
	for _, s := range o.Segments {
		switch s.Op {
		case ot.SegmentOpMoveTo:
			if open {
				b.WriteString("h\n")
			}
			last, open = s.Args[0], true
			point(&b, last)
			b.WriteString("m\n")
		case ot.SegmentOpLineTo:
			last = s.Args[0]
			point(&b, last)
			b.WriteString("l\n")
		case ot.SegmentOpQuadTo:
			q, end := s.Args[0], s.Args[1]
			point(&b, ot.SegmentPoint{X: last.X + (q.X-last.X)*2/3, Y: last.Y + (q.Y-last.Y)*2/3})
			point(&b, ot.SegmentPoint{X: end.X + (q.X-end.X)*2/3, Y: end.Y + (q.Y-end.Y)*2/3})
			point(&b, end)
			b.WriteString("c\n")
			last = end
		case ot.SegmentOpCubeTo:
			point(&b, s.Args[0])
			point(&b, s.Args[1])
			point(&b, s.Args[2])
			b.WriteString("c\n")
			last = s.Args[2]
		}
	}
	if open {
		b.WriteString("h\n")
	}
	return b.String()
}

// point writes a point in whole font units.
func point(b *strings.Builder, p ot.SegmentPoint) {
	b.WriteString(strconv.Itoa(int(math.Round(float64(p.X)))))
	b.WriteByte(' ')
	b.WriteString(strconv.Itoa(int(math.Round(float64(p.Y)))))
	b.WriteByte(' ')
}

// num writes a number with at most so many decimals and no trailing zeros.
func num(v float64, decimals int) string {
	s := strconv.FormatFloat(v, 'f', decimals, 64)
	if strings.ContainsRune(s, '.') {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	if s == "-0" {
		return "0"
	}
	return s
}

// Bookmark adds an entry to the document's outline; title must hold no rune
// above U+FFFF.
func (c *Canvas) Bookmark(title string, y float64) {
	c.use(c.fonts.byName[string(Sans)], Style{Face: Sans, Size: 9})
	c.PDF.Bookmark(title, 0, y)
}
