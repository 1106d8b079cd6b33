package typeset

import (
	"math"
	"unicode"

	"github.com/go-text/typesetting/bidi"
	"github.com/go-text/typesetting/di"
	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
	"github.com/go-text/typesetting/language"
	"github.com/go-text/typesetting/segmenter"
	"github.com/go-text/typesetting/shaping"
	"golang.org/x/image/math/fixed"
	xbidi "golang.org/x/text/unicode/bidi"
)

// unit is the em that everything is shaped at; one unit is 1/1000 of the size.
const unit = 1000

// Color is an opaque sRGB colour.
type Color struct{ R, G, B uint8 }

// Style is how a span is set. Size is in points.
type Style struct {
	Face  Face
	Size  float64
	Color Color
}

// Span is a stretch of text in one style.
type Span struct {
	Text  string
	Style Style
}

// Engine lays text out for one document. It is not safe for concurrent use.
type Engine struct {
	fonts  *Fonts
	faces  map[*file]*font.Face
	shaper shaping.HarfbuzzShaper
	seg    segmenter.Segmenter
	bidi   bidi.Paragraph
}

// NewEngine returns an engine over the fonts.
func NewEngine(fonts *Fonts) *Engine {
	return &Engine{fonts: fonts, faces: make(map[*file]*font.Face)}
}

// cluster is the smallest piece of text that is set as one: some runes and
// their glyphs. x and advance are in points.
type cluster struct {
	runes   []rune
	glyphs  []shaping.Glyph
	file    *file
	style   Style
	level   int
	advance float64
	nominal float64 // advance in em by gofpdf's table, for a direct cluster
	x       float64
	hx      float64 // where its words lie for copying, mostly x
	closing bool    // the right end of reversed letters that blanks or signs follow
	direct  bool
	space   bool
	breakOK bool // a line may end after it
}

// paragraph is one shaped paragraph, clusters in logical order.
type paragraph struct {
	clusters []cluster
	rtl      bool
}

// shape turns one paragraph (no line ends inside) into clusters. With auto its
// direction is that of its first strong rune, else left to right.
func (e *Engine) shape(runes []rune, styles []Style, auto bool) paragraph {
	if len(runes) == 0 {
		return paragraph{}
	}
	rtl := auto && firstStrongRTL(runes)
	p := paragraph{rtl: rtl, clusters: make([]cluster, 0, len(runes))}
	levels := e.levels(runes, rtl)
	scripts := scriptsOf(runes)
	files := e.filesOf(runes, styles)
	for start := 0; start < len(runes); {
		end := start + 1
		for end < len(runes) && levels[end] == levels[start] && scripts[end] == scripts[start] &&
			files[end] == files[start] && styles[end] == styles[start] {
			end++
		}
		p.clusters = e.shapeRun(p.clusters, run{runes, start, end, files[start], styles[start], levels[start], scripts[start]})
		start = end
	}
	e.markBreaks(runes, p.clusters)
	return p
}

// run is a stretch of one level, script, font and style.
type run struct {
	runes      []rune
	start, end int
	file       *file
	style      Style
	level      int
	script     language.Script
}

// shapeRun appends the clusters of a run in logical order.
func (e *Engine) shapeRun(out []cluster, r run) []cluster {
	in := shaping.Input{
		Text: r.runes, RunStart: r.start, RunEnd: r.end, Face: e.face(r.file),
		Size: fixed.I(unit), Script: r.script, Language: "und", Direction: di.DirectionLTR,
	}
	if r.level%2 == 1 {
		in.Direction = di.DirectionRTL
	}
	if r.file.direct {
		in.FontFeatures = []shaping.FontFeature{{Tag: ot.MustNewTag("liga")}, {Tag: ot.MustNewTag("clig")}}
	}
	shaped := e.shaper.Shape(in)
	first := len(out)
	glyphs := shaped.Glyphs
	for i := 0; i < len(glyphs); {
		j := i + 1
		for j < len(glyphs) && glyphs[j].TextIndex() == glyphs[i].TextIndex() {
			j++
		}
		at := glyphs[i].TextIndex()
		c := cluster{
			runes: r.runes[at : at+glyphs[i].RunesCount()], glyphs: append([]shaping.Glyph(nil), glyphs[i:j]...),
			file: r.file, style: r.style, level: r.level,
		}
		for _, g := range c.glyphs {
			c.advance += float64(g.Advance) / 64 / unit * r.style.Size
		}
		c.space = len(c.runes) == 1 && unicode.IsSpace(c.runes[0]) && c.runes[0] != 0xA0
		if c.direct = e.placeable(&c); c.direct {
			c.nominal = math.Round(float64(e.face(c.file).HorizontalAdvance(c.glyphs[0].GlyphID))*1000/c.file.upem) / 1000
		}
		out = append(out, c)
		i = j
	}
	if r.level%2 == 1 { // glyphs came in visual order
		for i, j := first, len(out)-1; i < j; i, j = i+1, j-1 {
			out[i], out[j] = out[j], out[i]
		}
	}
	return out
}

// placeable reports whether gofpdf can place the cluster's rune itself.
func (e *Engine) placeable(c *cluster) bool {
	if !c.file.direct || len(c.runes) != 1 || len(c.glyphs) != 1 || c.level%2 == 1 {
		return false
	}
	r, g := c.runes[0], c.glyphs[0]
	if r > 0xFFFF || ignorable(r) || g.XOffset != 0 || g.YOffset != 0 {
		return false
	}
	nominal, ok := c.file.font.NominalGlyph(r)
	return ok && nominal == g.GlyphID && nominal != 0
}

// face returns this document's face of a font.
func (e *Engine) face(fl *file) *font.Face {
	if e.faces[fl] == nil {
		e.faces[fl] = font.NewFace(fl.font)
	}
	return e.faces[fl]
}

// levels gives each rune its bidi embedding level.
func (e *Engine) levels(runes []rune, rtl bool) []int {
	dir := bidi.LeftToRight
	base := 0
	if rtl {
		dir, base = bidi.RightToLeft, 1
	}
	levels := make([]int, len(runes))
	for i := range levels {
		levels[i] = base
	}
	runs := e.bidi.Segment(runes, dir)
	for i := range runs.NumRuns() {
		r := runs.Run(i)
		for j := r.Start; j < r.End && j < len(levels); j++ {
			levels[j] = int(r.Level)
		}
	}
	return levels
}

// firstStrongRTL reports whether the first strong rune runs right to left
// (rules P2 and P3 of UAX #9, isolates aside).
func firstStrongRTL(runes []rune) bool {
	for _, r := range runes {
		p, _ := xbidi.LookupRune(r)
		switch p.Class() {
		case xbidi.L:
			return false
		case xbidi.R, xbidi.AL:
			return true
		default:
		}
	}
	return false
}

// scriptsOf gives each rune a script; common and inherited runes take that of
// the text before them, or the first real one.
func scriptsOf(runes []rune) []language.Script {
	scripts := make([]language.Script, len(runes))
	last := language.Latin
	for _, r := range runes {
		if s := language.LookupScript(r); s.Strong() {
			last = s
			break
		}
	}
	for i, r := range runes {
		if s := language.LookupScript(r); s.Strong() {
			last = s
		}
		scripts[i] = last
	}
	return scripts
}

// filesOf picks a font for every rune, grapheme cluster by grapheme cluster.
func (e *Engine) filesOf(runes []rune, styles []Style) []*file {
	files := make([]*file, len(runes))
	e.seg.Init(runes)
	it := e.seg.GraphemeIterator()
	for it.Next() {
		g := it.Grapheme()
		e.pick(g.Text, e.fonts.byName[string(styles[g.Offset].Face)], files[g.Offset:g.Offset+len(g.Text)])
	}
	return files
}

// pick fills in the fonts of one grapheme cluster: one for all of it where one
// has it all, else the best for each rune.
func (e *Engine) pick(g []rune, want *file, out []*file) {
	if want == nil {
		want = e.fonts.byName[string(Sans)]
	}
	whole := func(fl *file) bool {
		for _, r := range g {
			if !ignorable(r) && !e.fonts.has(fl, r) {
				return false
			}
		}
		return true
	}
	chosen := want
	if emoji := e.fonts.byName[emojiFace]; emoji != nil && isEmoji(g) && whole(emoji) {
		chosen = emoji
	} else if !whole(want) {
		chosen = nil
		for _, r := range g {
			if fl := e.fonts.resolve(r); fl != nil && whole(fl) {
				chosen = fl
				break
			}
		}
	}
	last := want
	for i, r := range g {
		switch {
		case chosen != nil:
			last = chosen
		case e.fonts.has(want, r):
			last = want
		case !ignorable(r):
			if fl := e.fonts.resolve(r); fl != nil {
				last = fl
			}
		}
		out[i] = last
	}
}

// markBreaks notes after which clusters a line may end (UAX #14).
func (e *Engine) markBreaks(runes []rune, clusters []cluster) {
	ok := make([]bool, len(runes)+1)
	e.seg.Init(runes)
	it := e.seg.LineIterator()
	for it.Next() {
		l := it.Line()
		ok[l.Offset+len(l.Text)] = true
	}
	end := 0
	for i := range clusters {
		end += len(clusters[i].runes)
		clusters[i].breakOK = end < len(ok) && ok[end] && !keep(runes, end)
	}
}

// keep reports whether the text reads better without the break that UAX #14
// allows before runes[at]: inside a Korean word, and after the // of an address.
func keep(runes []rune, at int) bool {
	if at < 2 || at >= len(runes) {
		return false
	}
	if runes[at-1] == '/' && runes[at-2] == '/' {
		return true
	}
	return unicode.Is(unicode.Hangul, runes[at-1]) && unicode.Is(unicode.Hangul, runes[at])
}
