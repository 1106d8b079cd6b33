package columns

import (
	"slices"
	"strings"

	"github.com/RoaringBitmap/roaring/v2"
)

// Facet is one dimension of a view: every post has one value of it (Multi is
// false; a missing value is "") or any number of them. Values are known by
// codes, 0 to Cardinality−1, in the order in which the case first saw them; a
// code keeps its meaning in later views of the same table.
type Facet struct {
	Name  string
	Multi bool

	view   *View
	dict   dictView
	single []codes
	multi  []multiChunk
	sets   []*roaring.Bitmap // has, label, starred
	fixed  []string          // values of has, starred
}

// FacetNames lists every facet in display order.
func FacetNames() []string {
	return []string{
		"platform", "type", "kind", "lang", "author", "hashtag", "mention", "domain", "country", "place", "polarity",
		"source", "mode", "grade", "label", "batch", "visibility", "has", "starred",
	}
}

// Facet gives a facet by name: platform, type, kind, lang, author (account
// UID), source, mode, country, place, polarity, grade (1–6, 6 when not graded),
// batch, visibility, starred ("true", "false"); multi-valued: hashtag, mention,
// domain, label, has (media, geo, link). ok is false for another name.
func (v *View) Facet(name string) (f Facet, ok bool) {
	f = Facet{Name: name, view: v}
	if i := slices.Index(singleNames[:], name); i >= 0 {
		f.dict, f.single = v.dicts[i], v.singles[i]
		return f, true
	}
	if i := slices.Index(multiNames[:], name); i >= 0 {
		f.Multi, f.dict, f.multi = true, v.tags[i], v.multis[i]
		return f, true
	}
	switch name {
	case "label":
		f.Multi, f.dict, f.sets = true, v.names, v.labels
	case "has":
		f.Multi, f.fixed, f.sets = true, hasNames[:], v.sets[setMedia:setLink+1]
	case "starred":
		stars := v.sets[setStarred]
		plain := rangeBitmap(v.n)
		plain.AndNot(stars)
		f.fixed, f.sets = []string{"false", "true"}, []*roaring.Bitmap{plain, stars}
	default:
		return Facet{}, false
	}
	return f, true
}

// Cardinality is the number of values.
func (f Facet) Cardinality() int {
	if f.fixed != nil {
		return len(f.fixed)
	}
	return f.dict.len()
}

// Value is the value of a code, as filters use it.
func (f Facet) Value(code uint32) string {
	if f.fixed != nil {
		return f.fixed[code]
	}
	return f.dict.value(code)
}

// Label is the value as people read it: an author's "@handle", else name, else
// UID; "#tag"; "@mention"; the value itself elsewhere.
func (f Facet) Label(code uint32) string {
	switch f.Name {
	case "author":
		if h := f.view.AuthorHandle(code); h != "" {
			return "@" + h
		}
		if n := f.view.AuthorName(code); n != "" {
			return n
		}
	case "hashtag":
		return "#" + f.Value(code)
	case "mention":
		return "@" + f.Value(code)
	}
	return f.Value(code)
}

// Code is the code of a value exactly as Value gives it, and whether there is one.
func (f Facet) Code(value string) (uint32, bool) {
	if f.fixed != nil {
		i := slices.Index(f.fixed, value)
		return uint32(max(i, 0)), i >= 0
	}
	return f.dict.find(value)
}

// Of is the code of a post in a single-valued facet; for a multi-valued one use Each.
func (f Facet) Of(ord uint32) uint32 {
	if f.single != nil {
		return f.single[ord>>chunkBits].get(ord & chunkMask)
	}
	if !f.Multi && f.sets[1].Contains(ord) {
		return 1
	}
	return 0
}

// Each calls fn for every code of a post, each once.
func (f Facet) Each(ord uint32, fn func(code uint32)) {
	switch {
	case f.single != nil:
		fn(f.Of(ord))
	case f.multi != nil:
		f.multi[ord>>chunkBits].each(ord&chunkMask, fn)
	default:
		for i, s := range f.sets {
			if s.Contains(ord) {
				fn(uint32(i))
			}
		}
	}
}

// Bitmap gives the posts, withdrawn ones included, with any of the codes.
func (f Facet) Bitmap(codes ...uint32) *roaring.Bitmap {
	known := make([]uint32, 0, len(codes))
	for _, c := range codes {
		if int(c) < f.Cardinality() {
			known = append(known, c)
		}
	}
	if len(known) == 0 {
		return roaring.New()
	}
	if f.sets != nil {
		parts := make([]*roaring.Bitmap, len(known))
		for i, c := range known {
			parts[i] = f.sets[c]
		}
		return roaring.FastOr(parts...)
	}
	d := newDense(f.view.n)
	if f.single != nil {
		markCodes(d, f.single, known)
	} else {
		markMulti(d, f.multi, known)
	}
	return d.bitmap()
}

// Match gives the codes whose value fits the pattern, ignoring case; * stands
// for any text and ? for one character. An author also fits by handle (with or
// without "@") and by display name, a hashtag with "#", a mention with "@".
func (f Facet) Match(pattern string) []uint32 {
	var found []uint32
	p := newPattern(pattern)
	var q pattern2
	switch f.Name {
	case "author", "mention":
		q = newAlternative(p, pattern, "@")
	case "hashtag":
		q = newAlternative(p, pattern, "#")
	default:
		q = pattern2{p, p}
	}
	for c := range uint32(f.Cardinality()) {
		if q.value.match(f.Value(c)) || q.stripped.match(f.Value(c)) || f.Name == "author" && f.matchPerson(c, q) {
			found = append(found, c)
		}
	}
	return found
}

func (f Facet) matchPerson(code uint32, q pattern2) bool {
	if h := f.view.AuthorHandle(code); h != "" && q.stripped.match(h) {
		return true
	}
	n := f.view.AuthorName(code)
	return n != "" && q.value.match(n)
}

// pattern2 is a pattern for values and the same without its leading sigil.
type pattern2 struct{ value, stripped pattern }

func newAlternative(p pattern, text, sigil string) pattern2 {
	if rest, ok := strings.CutPrefix(text, sigil); ok {
		return pattern2{p, newPattern(rest)}
	}
	return pattern2{p, p}
}
