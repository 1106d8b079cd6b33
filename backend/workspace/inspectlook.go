package workspace

import (
	"cmp"
	"fmt"
	"time"

	"vedette/backend/enrich"
	"vedette/backend/model"
)

// errEnough stops a reading that has seen what it came for.
var errEnough = fmt.Errorf("seen enough")

// lookSink is a sink that keeps the first posts, counts so many records and stops.
type lookSink struct {
	x           *FileInspection
	view        func(*model.Post) model.PostView
	most        int64
	shown       int
	first, last time.Time     // of the posts
	dates       *DateReadings // of the first date that can be read in two ways
	read        int64
	bytes       int64 // of the records seen
	end         int64 // of the last one in the file, 0 when it is in a member of it
	offset      int64 // of the reader, which may be far ahead
	enough      bool
}

// newLook makes a sink for so many records, of which so many posts are kept.
func newLook(engine *enrich.Engine, most int64, shown int) *lookSink {
	x := newInspection("")
	return &lookSink{x: &x, most: most, shown: shown, view: func(p *model.Post) model.PostView {
		e := engine.Enrich(p)
		return previewPost(p, &e)
	}}
}

// at is how much of a file of so many bytes the records seen took, at least 1.
func (l *lookSink) at(size int64) int64 {
	switch {
	case l.end > 0:
		return l.end
	case l.bytes < size: // packed records are larger than their file
		return max(l.bytes, 1)
	}
	return max(l.offset, 1)
}

// Record implements importer.Sink.
func (l *lookSink) Record(r model.Record) error {
	if l.read == l.most {
		l.enough = true
		return errEnough
	}
	l.read++
	l.bytes += int64(len(r.Raw))
	l.end = 0
	if r.Locator.Member == "" && r.Locator.HasRange() {
		l.end = r.Locator.Offset + r.Locator.Length
	}
	switch {
	case r.Reject != nil:
		l.x.Rejected++
		if len(l.x.Rejects) < l.shown {
			l.x.Rejects = append(l.x.Rejects, *r.Reject)
		}
	case r.Post != nil:
		l.count(r.Post)
		if len(l.x.Posts) < l.shown {
			v := l.view(r.Post)
			v.Locator = r.Locator
			l.x.Posts = append(l.x.Posts, v)
		}
	}
	return nil
}

// count notes what kind of post it is, who could see it and when it was written.
func (l *lookSink) count(p *model.Post) {
	l.x.Kinds[string(p.Kind)]++
	l.x.Visibility[string(cmp.Or(p.Visibility, model.VisibilityPublic))]++
	if at := p.Created.Time; !at.IsZero() {
		if l.first.IsZero() || at.Before(l.first) {
			l.first = at
		}
		if at.After(l.last) {
			l.last = at
		}
	}
	if l.dates == nil {
		l.dates = bothReadings(p.Created.Original)
	}
}

// Unknown implements importer.Sink.
func (l *lookSink) Unknown(path string) { l.x.Unknown[path]++ }

// Assume implements importer.Sink.
func (l *lookSink) Assume(key, value string) { l.x.Assumed[key] = value }

// Offset implements importer.Sink.
func (l *lookSink) Offset(done int64) { l.offset = done }
