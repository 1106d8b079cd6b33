// Package hackernews reads stories, comments, polls and job offers of Hacker News
// in the shape of its two interfaces: Algolia's search (hits) and item trees, and
// Firebase's single items; as files, arrays or one on a line.
package hackernews

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "hackernews"

// Format reads JSON of Hacker News. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "hackernews" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	shape := pages.Shape{
		Record: isItem, Holder: holder, Passed: passed,
		Read: func(v jsonscan.Value, b *importer.Batch) { item(v, o, b) },
	}
	j := importer.JSON{Unit: shape.Unit, Large: shape.Large("hits", "children")}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("hackernews: %w", err)
	}
	return nil
}

// The shapes of an item.
func isHit(v jsonscan.Value) bool {
	return v.Has("objectID") && v.Has("_tags", "created_at_i", "story_id") && v.Has("author")
}

func isTree(v jsonscan.Value) bool {
	return v.Get("children").Kind() == '[' && v.Has("created_at_i") && v.Has("id") && v.Has("author")
}

func isFirebase(v jsonscan.Value) bool {
	if !v.Has("id") || !v.Has("time", "deleted") {
		return false
	}
	switch v.Get("type").Text() {
	case "story", "job", "poll":
		return v.Has("title", "deleted", "dead")
	case "comment", "pollopt":
		return v.Has("parent", "poll", "deleted", "dead")
	}
	return false
}

func isItem(v jsonscan.Value) bool { return isTree(v) || isHit(v) || isFirebase(v) }

// holder tells the members that hold items.
func holder(key string, _ jsonscan.Value, inItem bool) bool {
	if inItem {
		return key == "children"
	}
	return key == "hits"
}

// passed tells the members of an answer that are understood and hold no items.
func passed(key string) bool {
	switch key {
	case "nbHits", "page", "nbPages", "hitsPerPage", "query", "params", "exhaustiveNbHits", "exhaustiveTypo", "exhaustive",
		"processingTimeMS", "processingTimingsMS", "serverTimeMS", "renderingContent", "index", "queryID":
		return true
	}
	return strings.HasPrefix(key, "automatic")
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	return pages.Detect(h, "no item or hit of Hacker News in the first values", judge)
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	switch {
	case isHit(pages.First(v, "hits")):
		return importer.Match{Score: 96, Why: "search results of Hacker News"}
	case isTree(v):
		return importer.Match{Score: 93, Why: "an item of Hacker News with its comments"}
	case isHit(v) && v.Has("_tags"):
		return importer.Match{Score: 90, Why: "hits of Hacker News"}
	case isFirebase(v) && v.Has("by", "deleted"):
		return importer.Match{Score: 88, Why: "items of Hacker News"}
	case v.Get("hits").Kind() == '[' && v.Has("hitsPerPage") && v.Has("nbHits") && pages.First(v, "hits").Kind() == 0:
		return importer.Match{Score: 50, Why: "an empty search of Algolia"}
	case v.Has("karma") && v.Has("created") && v.Has("submitted", "id"):
		return importer.Match{Score: 80, Why: "an account of Hacker News", Refuse: "it describes an account of Hacker News."}
	}
	return importer.Match{}
}
