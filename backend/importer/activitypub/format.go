// Package activitypub reads posts in the shape in which servers of the fediverse
// exchange and export them: the outbox of an account's export, its pages, single
// activities and single objects (Note, Article, Question, Page, Video and others)
// of Mastodon, Pleroma, Misskey, PeerTube, WordPress, Lemmy and more.
//
// A Create is one record, with the post that it carries; an Announce is a repost,
// and an object that it carries is a record of its own.
package activitypub

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
)

// Format reads ActivityStreams JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "activitypub" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := &reader{o: o, owner: companion(f)}
	shape := pages.Shape{Record: isRecord, Read: r.record, Holder: holder, Passed: passed, Page: page}
	j := importer.JSON{Unit: shape.Unit, Large: shape.Large("orderedItems", "items", "first.orderedItems", "first.items")}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("activitypub: %w", err)
	}
	return nil
}

// kind is the type of an object; of several the first.
func kind(v jsonscan.Value) string {
	t := v.Get("type")
	if t.Kind() == '[' {
		t = pages.First(v, "type")
	}
	return strings.TrimPrefix(t.Text(), "as:")
}

// isActivity tells what somebody did with an object.
func isActivity(v jsonscan.Value) bool {
	switch kind(v) {
	case "Create", "Announce", "Update", "Delete", "Undo", "Like", "Dislike", "EmojiReact", "Follow", "Accept", "Reject",
		"Add", "Remove", "Move", "Block", "Flag", "Join", "Leave", "View", "Listen", "Read", "Invite", "Offer", "Ignore":
		return v.Has("object") && v.Has("actor")
	}
	return false
}

// isObject tells what somebody published.
func isObject(v jsonscan.Value) bool {
	switch kind(v) {
	case "Note", "Article", "Question", "Page", "Video", "Audio", "Image", "Event", "ChatMessage":
		return v.Has("id") && v.Has("attributedTo", "actor", "to", "content", "published")
	}
	return false
}

func isRecord(v jsonscan.Value) bool { return isActivity(v) || isObject(v) }

func isCollection(v jsonscan.Value) bool {
	switch kind(v) {
	case "OrderedCollection", "Collection", "OrderedCollectionPage", "CollectionPage":
		return true
	}
	return false
}

// holder tells the members that hold records.
func holder(key string, in jsonscan.Value, record bool) bool {
	switch key {
	case "orderedItems", "items", "first":
		return !record
	case "object":
		return record && kind(in) == "Announce"
	}
	return false
}

// passed tells the members of a collection that are understood and hold no
// records.
func passed(key string) bool {
	switch key {
	case "@context", "id", "type", "totalItems", "next", "prev", "last", "partOf", "current", "summary", "attributedTo":
		return true
	}
	return false
}

// page notes where a collection is not what it says: the export of Mastodon
// writes its list twice, first empty, and counts posts that are not in it.
func page(v jsonscan.Value, b *importer.Batch) {
	lists, elements := 0, int64(0)
	for it := v.Object(); it.Next(); {
		if key := string(it.Key); key != "orderedItems" && key != "items" {
			continue
		}
		lists++
		for e := it.Value.Array(); e.Next(); {
			elements++
		}
	}
	if lists > 1 {
		b.Assume("ordered_items", fmt.Sprintf("the list occurs %d times in the collection; what is filled is read", lists))
	}
	if total, ok := v.Get("totalItems").Int(); ok && lists > 0 && total != elements && !v.Has("partOf", "next") {
		b.Assume("total_items", fmt.Sprintf("the collection says %d items and holds %d", total, elements))
	}
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	return pages.Detect(h, "no activity, object or collection of ActivityStreams in the first values", judge)
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	switch {
	case isCollection(v):
		return judgeCollection(v)
	case isActivity(v):
		return importer.Match{Score: 93, Why: "an activity of ActivityStreams"}
	case isObject(v) && streams(v):
		return importer.Match{Score: 93, Why: "an object of ActivityStreams"}
	case isObject(v) && v.Has("attributedTo"):
		return importer.Match{Score: 85, Why: "an object of ActivityStreams"}
	case isActor(v):
		return importer.Match{Score: 88, Why: "an actor of ActivityPub", Refuse: "it describes an account of the fediverse."}
	}
	return importer.Match{}
}

// streams reports whether an object names the vocabulary.
func streams(v jsonscan.Value) bool {
	return strings.Contains(string(v.Get("@context").Raw), "www.w3.org/ns/activitystreams")
}

// isActor tells somebody who can act.
func isActor(v jsonscan.Value) bool {
	switch kind(v) {
	case "Person", "Service", "Group", "Application", "Organization":
		return v.Has("inbox", "outbox", "preferredUsername")
	}
	return false
}

// judgeCollection looks at the first elements of a collection.
func judgeCollection(v jsonscan.Value) importer.Match {
	m := importer.Match{Score: 88, Why: "a collection of ActivityStreams"}
	lists := false
	for _, in := range []jsonscan.Value{v, v.Get("first")} {
		for it := in.Object(); it.Next(); {
			if key := string(it.Key); key != "orderedItems" && key != "items" {
				continue
			}
			lists = true
			e := it.Value.Array()
			if !e.Next() {
				continue
			}
			switch {
			case isRecord(e.Value):
				m.Score = 96
				return m
			case e.Value.Kind() == '"':
				m.Refuse = "it is a list of addresses (likes, bookmarks, followers or followed accounts)."
			default:
				m.Refuse = fmt.Sprintf("it is a collection of the kind %q, which holds no posts.", kind(e.Value))
			}
			return m
		}
	}
	if !lists {
		m.Refuse = "it only gives the address of a collection, not what is in it."
	}
	return m
}
