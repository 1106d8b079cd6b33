package reddit

import (
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// maxReplies is how many levels of replies are followed. Reddit itself shows
// ten at a time; a limit keeps the work on a hostile file linear.
const maxReplies = 128

// unit reads one top-level value: a listing, a thing or a bare object.
func unit(v jsonscan.Value, b *importer.Batch) {
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	before := b.Len()
	b.Valid(v)
	w := walker{b: b}
	switch children, ok := listing(v); {
	case ok:
		if broken := w.things(children, 0); broken || v.Cut {
			b.Rest(v, before)
		}
	case v.Has("kind") || v.Has("data"):
		w.thing(v, 0)
	default:
		w.body(v, v, "", 0)
	}
}

// listing returns the things of a listing, or of an answer with "json.data.things".
func listing(v jsonscan.Value) (children jsonscan.Value, ok bool) {
	if v.Get("kind").Text() == "Listing" {
		return v.Get("data", "children"), true
	}
	if things := v.Get("json", "data", "things"); things.Kind() == '[' {
		return things, true
	}
	return jsonscan.Value{}, false
}

// walker goes through things and their replies.
type walker struct{ b *importer.Batch }

// things reads an array of things and reports whether it breaks off.
func (w walker) things(v jsonscan.Value, level int) bool {
	it := v.Array()
	for it.Next() {
		w.thing(it.Value, level)
	}
	return it.Broken
}

// thing reads one {kind, data}.
func (w walker) thing(v jsonscan.Value, level int) {
	kind := v.Get("kind").Text()
	if kind == "Listing" && level <= maxReplies {
		w.things(v.Get("data", "children"), level+1)
		return
	}
	if kind == "more" {
		return // ids of comments that are not in the file: nothing to read
	}
	w.body(v, v.Get("data"), kind, level)
}

// body reads the record v whose members are in data, and what it holds: replies
// and, in a crosspost, the post that it repeats.
func (w walker) body(v, data jsonscan.Value, kind string, level int) {
	if w.b.Check(v) {
		readPost(v, data, kind, w.b)
	}
	replies, crossed := data.Get("replies"), data.Get("crosspost_parent_list")
	if level >= maxReplies {
		if replies.Kind() == '{' {
			w.b.Reject(replies, importer.RejectTooDeep, fmt.Sprintf("The replies at byte %d are nested deeper than %d levels.", replies.Pos, maxReplies))
		}
		return
	}
	if replies.Kind() == '{' {
		w.things(replies.Get("data", "children"), level+1)
	}
	for it := crossed.Array(); it.Next(); {
		w.body(it.Value, it.Value, "t3", level+1)
	}
}

// large reads a listing that is too large for the memory.
func large(l *importer.Large) (bool, error) {
	n, err := l.Records([]string{"data.children", "json.data.things"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		walker{b: b}.thing(v, 0)
	})
	if err != nil {
		return false, fmt.Errorf("read a large listing: %w", err)
	}
	return n > 0, nil
}
