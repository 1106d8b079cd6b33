package typeset_test

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/jung-kurt/gofpdf"

	"vedette/backend/report/typeset"
)

// FuzzTypeset sets any string: it never panics, no rune is lost between lines,
// and gofpdf takes what it is given.
func FuzzTypeset(f *testing.F) {
	for _, s := range samples {
		f.Add(s, 120.0)
	}
	f.Add("\xff\xfe\x80 a\r\n\r\nb\u2028c\u0085", 3.0)
	f.Add("\u200d\ufe0f\u20e3\U0001F3FB\U0001F1E6", 0.0)
	f.Add("ש\u0301(a)\u2067b\u2069 ١٢٣", 40.0)
	var c *typeset.Canvas
	used := 0
	f.Fuzz(func(t *testing.T, s string, width float64) {
		if len(s) > 2000 {
			s = s[:2000]
		}
		if width != width || width < 0 || width > 2000 {
			width = 100
		}
		if used++; c == nil || used%300 == 0 { // reading the fonts takes longer than the text
			pdf := gofpdf.New("P", "pt", "A4", "")
			c = typeset.NewCanvas(pdf, fonts(t))
		}
		c.PDF.AddPage()
		style := typeset.Style{Face: typeset.Serif, Size: 9}
		for _, o := range []typeset.Options{{Width: width}, {Width: width, Align: typeset.Right}} {
			b := c.Layout([]typeset.Span{{Text: s, Style: style}}, o)
			if got, want := b.Text(), strings.ReplaceAll(typeset.Shown(fonts(t), s), "\n", ""); got != want {
				t.Fatalf("set %q, want %q", got, want)
			}
			c.Draw(b, 10, 10)
		}
		c.Draw(c.Layout([]typeset.Span{{Text: s, Style: style}}, typeset.Options{Width: width, MaxLines: 1}), 10, 10)
		if err := c.PDF.Error(); err != nil {
			t.Fatal(err)
		}
		if !utf8.ValidString(typeset.Shown(fonts(t), s)) {
			t.Fatal("shown text is not UTF-8")
		}
	})
}

func TestEveryRuneIsShownOrNamed(t *testing.T) {
	f := fonts(t)
	for r := rune(0); r <= 0x10FFFF; r++ {
		if r == 0x20000 { // what follows is East Asian, tags and private use
			r = 0xE0000
		}
		if r == 0xE1000 {
			r = 0x10FF00
		}
		if r >= 0xD800 && r <= 0xDFFF || r == '\n' || r == '\r' || r == '\v' || r == '\f' || r == 0x85 || r == 0x2028 || r == 0x2029 || r == '\t' {
			continue
		}
		got := typeset.Shown(f, string(r))
		if got != string(r) && got != typeset.Name(r) {
			t.Fatalf("%U is shown as %q", r, got)
		}
		if got == string(r) && !f.Covers(r) && strings.ContainsRune("\u202e\x00\U0010ffff", r) {
			t.Fatalf("%U is shown although it cannot be", r)
		}
	}
	for _, r := range "aé字か한בعकก😀🧿€—𝓯" {
		if !f.Covers(r) {
			t.Errorf("no font has %U", r)
		}
	}
}
