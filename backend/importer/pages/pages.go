// Package pages walks the JSON of interfaces that answer in pages: lists, threads
// and single things, as files, one after another or one on a line. It knows
// nothing of any platform; a Shape says what a record is and where records are.
package pages

import (
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// maxLevels is how many levels of objects are followed. A limit keeps the work
// on a hostile file linear.
const maxLevels = 128

// Shape is what one platform's answers look like.
type Shape struct {
	// Record tells the objects that are records.
	Record func(v jsonscan.Value) bool
	// Read adds a well-formed record to the batch: as a post, a rejection, or not
	// at all when there is nothing in it.
	Read func(v jsonscan.Value, b *importer.Batch)
	// Holder tells which members of an object hold records, or objects that do.
	// record says whether the object is a record itself.
	Holder func(key string, in jsonscan.Value, record bool) bool
	// Passed tells the members of a page that are understood and hold no records.
	Passed func(key string) bool
	// Page, when set, looks at every top-level object that is no record.
	Page func(v jsonscan.Value, b *importer.Batch)
}

// walker goes through one top-level value.
type walker struct {
	Shape
	b *importer.Batch
	// broken is set when a list or an object breaks off before its end.
	broken bool
}

// Unit reads one top-level value. It is what importer.JSON asks for.
func (s Shape) Unit(v jsonscan.Value, b *importer.Batch) {
	valid := b.Valid(v)
	w := walker{Shape: s, b: b}
	before := b.Len()
	known := w.value(v, 0)
	switch {
	case !valid && (b.Len() == before || w.broken):
		b.Rest(v, before)
	case !known:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no post, and holds none.", v.Pos))
	}
}

// Large returns what importer.JSON asks for values above the limit: a function
// that reads the elements of the lists at the paths.
func (s Shape) Large(paths ...string) func(l *importer.Large) (bool, error) {
	return func(l *importer.Large) (bool, error) {
		n, err := l.Records(paths, func(_ string, v jsonscan.Value, b *importer.Batch) { s.Unit(v, b) })
		if err != nil {
			return false, fmt.Errorf("read a large list: %w", err)
		}
		return n > 0, nil
	}
}

// value reads an object that is a record or holds some, and reports whether it
// is either.
func (w *walker) value(v jsonscan.Value, level int) bool {
	if v.Kind() == '[' && level <= maxLevels {
		w.list(v, level+1)
		return true
	}
	if v.Kind() != '{' {
		return false
	}
	record := w.Record(v)
	if level > maxLevels {
		if record {
			w.b.Reject(v, importer.RejectTooDeep, fmt.Sprintf("The record at byte %d is nested deeper than %d levels.", v.Pos, maxLevels))
		}
		return record
	}
	switch {
	case record && w.b.Check(v):
		w.Read(v, w.b)
	case !record && level == 0 && w.Page != nil:
		w.Page(v, w.b)
	}
	return w.members(v, record, level) || record
}

// members goes through the members of an object and reports whether any of them
// may hold records.
func (w *walker) members(v jsonscan.Value, record bool, level int) bool {
	known := false
	it := v.Object()
	for it.Next() {
		key := string(it.Key)
		if !w.Holder(key, v, record) {
			if !record && level == 0 && !w.Passed(key) {
				w.b.Unknown(key)
			}
			continue
		}
		switch it.Value.Kind() {
		case '{':
			known = w.value(it.Value, level+1) || known
		case '[':
			known = true
			w.list(it.Value, level+1)
		}
	}
	w.broken = w.broken || it.Broken
	return known
}

// list reads an array. An element in which nothing can be read because it is
// broken is rejected as a whole.
func (w *walker) list(v jsonscan.Value, level int) {
	it := v.Array()
	for it.Next() {
		before := w.b.Len()
		known := w.value(it.Value, level)
		if w.b.Len() != before {
			continue
		}
		if k := it.Value.Kind(); w.b.Check(it.Value) && !known && k != '"' && k != '0' {
			w.b.Reject(it.Value, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no post.", it.Value.Pos))
		}
	}
	w.broken = w.broken || it.Broken
}

// Detect asks judge about the first values of a file and returns the surest
// answer; of equally sure ones, one that does not refuse. none is why there is
// no match otherwise.
func Detect(h importer.Head, none string, judge func(v jsonscan.Value) importer.Match) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: none}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

// First returns the first element of an array at a path; absent when there is
// none.
func First(v jsonscan.Value, path ...string) jsonscan.Value {
	it := v.Get(path...).Array()
	it.Next()
	return it.Value
}
