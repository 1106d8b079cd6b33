// Package typeset sets text of any script on gofpdf pages: it shapes, orders
// (bidi), breaks lines and picks a font for every cluster itself, because
// gofpdf only places runes. What gofpdf can place it places, so that the text
// can be copied; the rest is drawn as outlines with its words laid invisibly
// over them. A rune that no font has is named, like U+1F9FF, never a box.
package typeset

import (
	"bytes"
	"fmt"
	"io/fs"
	"sort"
	"strings"
	"sync"

	"github.com/go-text/typesetting/font"
	ot "github.com/go-text/typesetting/font/opentype"
)

// Face names a cut of the report's own typefaces.
type Face string

// The faces that a Style may ask for. Everything else is fallback by rune.
const (
	Sans      Face = "NotoSans-Regular"
	Bold      Face = "NotoSans-Bold"
	Italic    Face = "NotoSans-Italic"
	Serif     Face = "NotoSerif-Regular"
	SerifBold Face = "NotoSerif-Bold"
	Mono      Face = "NotoSansMono-Regular"
)

// emojiFace draws every emoji sequence.
const emojiFace = "NotoEmoji-Regular"

// directFaces are the fonts whose runes gofpdf places itself.
var directFaces = [...]string{
	string(Sans), string(Bold), string(Italic), string(Serif), string(SerifBold), string(Mono),
	"NotoSansKR-HangulKana", "DroidSansFallbackFull",
}

// lastFaces are tried after the fonts of living scripts, in this order.
var lastFaces = [...]string{
	"DroidSansFallbackFull", "NotoSansSymbols-Regular", "NotoSansMath-Regular",
	"NotoSansSymbols2-Regular", "NotoMusic-Regular", emojiFace,
}

// file is one parsed font; it is never changed after Load.
type file struct {
	name   string
	key    string // gofpdf family
	data   []byte
	font   *font.Font
	upem   float64
	direct bool
}

// Fonts is the set of parsed fonts. It is safe for concurrent use.
type Fonts struct {
	byName   map[string]*file
	fallback []*file
	probe    map[*file]*font.Face

	mu    sync.Mutex
	found map[rune]*file
}

// Load parses every *.ttf under fsys (at any depth of one folder). It fails
// when one is damaged or one of the named faces is missing.
func Load(fsys fs.FS) (*Fonts, error) {
	names, err := fontNames(fsys)
	if err != nil {
		return nil, err
	}
	f := &Fonts{byName: make(map[string]*file), probe: make(map[*file]*font.Face), found: make(map[rune]*file)}
	var ordered []string
	for _, path := range names {
		data, err := fs.ReadFile(fsys, path)
		if err != nil {
			return nil, fmt.Errorf("read font %s: %w", path, err)
		}
		name := strings.TrimSuffix(path[strings.LastIndexByte(path, '/')+1:], ".ttf")
		parsed, err := parse(data)
		if err != nil {
			return nil, fmt.Errorf("parse font %s: %w", name, err)
		}
		fl := &file{name: name, key: strings.ToLower(name), data: data, font: parsed, upem: float64(parsed.Upem())}
		f.byName[name], f.probe[fl] = fl, font.NewFace(parsed)
		ordered = append(ordered, name)
	}
	for _, name := range directFaces {
		fl := f.byName[name]
		if fl == nil {
			return nil, fmt.Errorf("font %s is missing", name)
		}
		fl.direct = true
	}
	f.order(ordered)
	return f, nil
}

// fontNames lists the font files in fsys, sorted.
func fontNames(fsys fs.FS) ([]string, error) {
	var names []string
	for _, pattern := range []string{"*.ttf", "*/*.ttf"} {
		found, err := fs.Glob(fsys, pattern)
		if err != nil {
			return nil, fmt.Errorf("list fonts: %w", err)
		}
		names = append(names, found...)
	}
	sort.Strings(names)
	return names, nil
}

// parse reads one TrueType font.
func parse(data []byte) (*font.Font, error) {
	ld, err := ot.NewLoader(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("open: %w", err)
	}
	parsed, err := font.NewFont(ld)
	if err != nil {
		return nil, fmt.Errorf("read tables: %w", err)
	}
	return parsed, nil
}

// order fills the fallback list: the text face, East Asian punctuation (fonts of
// other scripts have it too, drawn otherwise), script fonts by name, lastFaces.
func (f *Fonts) order(names []string) {
	late := make(map[string]bool)
	for _, n := range lastFaces {
		late[n] = true
	}
	for _, n := range directFaces[:7] {
		late[n] = true
	}
	f.fallback = append(f.fallback, f.byName[string(Sans)], f.byName[directFaces[6]])
	for _, n := range names {
		if !late[n] {
			f.fallback = append(f.fallback, f.byName[n])
		}
	}
	for _, n := range lastFaces {
		if fl := f.byName[n]; fl != nil {
			f.fallback = append(f.fallback, fl)
		}
	}
}

// has reports whether fl has a glyph of its own for r.
func (f *Fonts) has(fl *file, r rune) bool {
	g, ok := fl.font.NominalGlyph(r)
	return ok && g != 0
}

// resolve finds the first fallback font with a glyph for r; nil when none has.
func (f *Fonts) resolve(r rune) *file {
	f.mu.Lock()
	defer f.mu.Unlock()
	if fl, ok := f.found[r]; ok {
		return fl
	}
	var got *file
	for _, fl := range f.fallback {
		if f.has(fl, r) {
			got = fl
			break
		}
	}
	if len(f.found) < 1<<16 {
		f.found[r] = got
	}
	return got
}

// Covers reports whether some font has a glyph for r.
func (f *Fonts) Covers(r rune) bool { return f.resolve(r) != nil }
