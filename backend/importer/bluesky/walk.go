package bluesky

import (
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// maxLevels is how many levels of views are followed. A limit keeps the work on
// a hostile file linear.
const maxLevels = 256

// walker goes through views.
type walker struct {
	b *importer.Batch
	o importer.Options
	// broken is set when a list or an object breaks off before its end.
	broken *bool
}

// unit reads one top-level value: a page, a thread or a post.
func unit(v jsonscan.Value, b *importer.Batch, o importer.Options) {
	valid := b.Valid(v)
	if isEvent(v) {
		if b.Check(v) {
			event(v, b, o)
		}
		return
	}
	w := walker{b: b, o: o, broken: new(bool)}
	before := b.Len()
	known := w.view(v, 0)
	switch {
	case !valid && (b.Len() == before || *w.broken):
		b.Rest(v, before)
	case !known:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no view of a post.", v.Pos))
	}
}

// view reads an object that is a post or holds some, and reports whether it is
// either.
func (w walker) view(v jsonscan.Value, level int) bool {
	if level > maxLevels {
		w.b.Reject(v, importer.RejectTooDeep, fmt.Sprintf("The view at byte %d is nested deeper than %d levels.", v.Pos, maxLevels))
		return true
	}
	if isPost(v) {
		w.post(v, level)
		return true
	}
	if isRepost(v) {
		if w.b.Check(v) {
			w.b.Post(v, repostRecord(v.Get("uri").Text(), v.Get("value"), w.b, w.o))
		}
		return true
	}
	known := false
	if reason := v.Get("reason"); reason.Kind() == '{' {
		w.repost(v, reason)
	}
	it := v.Object()
	for it.Next() {
		if !holder(it.Key) {
			if level == 0 && !passed(it.Key) {
				w.b.Unknown(string(it.Key))
			}
			continue
		}
		switch it.Value.Kind() {
		case '{':
			known = w.view(it.Value, level+1) || known
		case '[':
			known = true
			w.list(it.Value, level+1)
		}
	}
	*w.broken = *w.broken || it.Broken
	return known || absent(v)
}

// list reads an array of views. An element in which nothing can be read is
// rejected as a whole.
func (w walker) list(v jsonscan.Value, level int) {
	it := v.Array()
	for it.Next() {
		before := w.b.Len()
		w.view(it.Value, level)
		if w.b.Len() == before && !absent(it.Value) {
			w.b.Check(it.Value)
		}
	}
	*w.broken = *w.broken || it.Broken
}

// post reads a post, checking it when nothing around it was, and then the posts
// that it quotes.
func (w walker) post(v jsonscan.Value, level int) {
	if w.b.Check(v) {
		readPost(v, w.b, w.o)
	}
	w.inside(v, level)
}

// inside reads the posts that a post quotes.
func (w walker) inside(v jsonscan.Value, level int) {
	if e := v.Get("embed"); e.Kind() == '{' {
		w.view(e, level+1)
	}
	for it := v.Get("embeds").Array(); it.Next(); {
		w.view(it.Value, level+1)
	}
}

// absent tells the placeholders of posts that were removed, blocked or detached:
// there is nothing in them to read.
func absent(v jsonscan.Value) bool { return v.Has("notFound", "blocked", "detached") }

// holder tells the members that hold posts.
func holder(key []byte) bool {
	switch string(key) {
	case "posts", "feed", "thread", "records", "post", "parent", "root", "reply", "replies", "record", "value", "embed", "embeds", "media":
		return true
	}
	return false
}

// passed tells the members of a page that are understood and hold no posts.
func passed(key []byte) bool {
	switch string(key) {
	case "cursor", "hitsTotal", "threadgate", "uri", "cid", "hasOtherReplies", "$type", "reason", "feedContext", "reqId",
		"threadContext", "depth":
		return true
	}
	return false
}

// large reads a list that is too large for the memory.
func large(l *importer.Large, o importer.Options) (bool, error) {
	n, err := l.Records([]string{"posts", "feed", "thread.replies", "records"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		unit(v, b, o)
	})
	if err != nil {
		return false, fmt.Errorf("read a large list: %w", err)
	}
	return n > 0, nil
}
