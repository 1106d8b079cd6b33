package hackernews

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// site is where items and people are shown.
const site = "https://news.ycombinator.com/"

// item reads one item in any of its shapes.
func item(v jsonscan.Value, o importer.Options, b *importer.Batch) {
	id := first(v, "objectID", "id")
	if id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The item at byte %d has no id.", v.Pos))
		return
	}
	p := &model.Post{
		Platform: Platform, NativeID: id, Kind: model.KindPost, PageType: model.PageForum, Visibility: model.VisibilityPublic,
		URL: site + "item?id=" + id, Title: text.PlainHTML(first(v, "title", "story_title")),
		Author: person(first(v, "author", "by")), Created: instant(v, o),
		Counts: model.Counts{Likes: importer.Count(v.Get("points")), Comments: importer.Count(v.Get("num_comments"))},
	}
	if p.Counts.Likes.IsZero() {
		p.Counts.Likes = importer.Count(v.Get("score"))
	}
	if p.Counts.Comments.IsZero() {
		p.Counts.Comments = importer.Count(v.Get("descendants"))
	}
	body := first(v, "comment_text", "story_text", "text")
	if v.Get("type").Text() == "comment" || has(v, "comment") {
		p.Kind = model.KindComment
	}
	p.Text = text.PlainHTML(body)
	p.Links = anchors.Links(body, nil)
	if u := v.Get("url").Text(); anchors.Web(u) {
		p.Links = append([]model.Link{{URL: u}}, p.Links...)
	}
	refer(v, p)
	deleted, _ := v.Get("deleted").Bool()
	if deleted && p.Text == "" && p.Title == "" {
		p.Kind = model.KindEvent
	}
	for it := v.Object(); it.Next(); {
		if key := string(it.Key); !known(key) {
			b.Unknown("item." + key)
		}
	}
	if key := v.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	b.Post(v, p)
}

// refer says what an item answers, and the story above it.
func refer(v jsonscan.Value, p *model.Post) {
	if parent := first(v, "parent_id", "parent", "poll"); parent != "" {
		p.Refs.ReplyTo = Platform + ":" + parent
	}
	switch story := v.Get("story_id").Text(); {
	case story != "":
		p.Refs.Thread = Platform + ":" + story
	case p.Refs.ReplyTo == "":
		p.Refs.Thread = p.UID()
	}
}

// has reports whether a hit has a tag.
func has(v jsonscan.Value, tag string) bool {
	for it := v.Get("_tags").Array(); it.Next(); {
		if it.Value.Text() == tag {
			return true
		}
	}
	return false
}

// person is who wrote an item.
func person(name string) model.Account {
	if name == "" {
		return model.Account{}
	}
	// Names of Hacker News tell upper from lower case.
	return model.Account{Platform: Platform, NativeID: name, Handle: name, URL: site + "user?id=" + name}
}

// instant is when an item was made: seconds since 1970, else as written.
func instant(v jsonscan.Value, o importer.Options) model.Instant {
	for _, key := range []string{"created_at_i", "time"} {
		if i := importer.Epoch(v.Get(key)); !i.IsZero() {
			return i
		}
	}
	return importer.Local(v.Get("created_at").Text(), o)
}

// first is the first of the members that is filled.
func first(v jsonscan.Value, keys ...string) string {
	for _, k := range keys {
		if s := v.Get(k).Text(); s != "" {
			return s
		}
	}
	return ""
}

// known lists the members that are read, or understood and say nothing that a
// post keeps.
func known(key string) bool {
	switch key {
	case "objectID", "id", "title", "story_title", "author", "by", "created_at", "created_at_i", "time", "points", "score",
		"num_comments", "descendants", "comment_text", "story_text", "text", "url", "type", "parent_id", "parent", "poll",
		"story_id", "deleted", "_tags", "children":
		return true
	}
	return strings.HasPrefix(key, "_highlightResult") || strings.HasPrefix(key, "_snippetResult") || passedBy(key)
}

func passedBy(key string) bool {
	switch key {
	case "story_url", "updated_at", "kids", "parts", "dead", "options", "relevancy_score", "_rankingInfo", "delay", "moderated":
		return true
	}
	return false
}
