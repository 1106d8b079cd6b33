// Package lemmy reads posts, comments and private messages in the shape of
// Lemmy's API (PieFed answers in it too): lists, a single post or comment with
// what belongs to it, search results and a person's page.
//
// Identity: the ActivityPub address (ap_id), which is the same on every server.
// A comment names its parents by the ids of the server that answered, so a file
// is looked through once for the comments that these ids stand for.
package lemmy

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
)

// Format reads JSON of Lemmy's API. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "lemmy" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// large are the lists of an answer that may be too large for the memory.
var large = []string{"posts", "comments", "replies", "mentions", "private_messages", "results", "items"}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := &reader{known: pages.Index{}, o: o}
	shape := pages.Shape{Record: isView, Holder: holder, Passed: passed}
	if err := shape.Scan(ctx, f, o, r.note, large...); err != nil {
		return fmt.Errorf("lemmy: %w", err)
	}
	shape.Read = r.view
	j := importer.JSON{Unit: shape.Unit, Large: shape.Large(large...)}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("lemmy: %w", err)
	}
	return nil
}

// reader reads the views of one file. It is not changed once reading begins.
type reader struct {
	// known are the addresses of the file's comments by the server's own ids.
	known pages.Index
	// server is the host that answered, "" when nothing in the file tells.
	server string
	o      importer.Options
}

// note remembers what a comment is called on the server that answered.
func (r *reader) note(v jsonscan.Value) {
	for _, key := range []string{"comment", "post", "creator", "community"} {
		x := v.Get(key)
		if here, _ := x.Get("local").Bool(); here && r.server == "" {
			if r.server = anchors.Host(x.Get("ap_id").Text()); r.server == "" {
				r.server = anchors.Host(x.Get("actor_id").Text())
			}
		}
	}
	comment := v.Get("comment")
	r.known.Add(comment.Get("id").Text(), comment.Get("ap_id").Text())
}

// isView tells a view: a post, comment or message with who wrote it.
func isView(v jsonscan.Value) bool {
	return v.Get("creator").Kind() == '{' &&
		(isComment(v.Get("comment")) || isPost(v.Get("post")) || v.Get("private_message").Has("content"))
}

func isComment(v jsonscan.Value) bool { return v.Has("path", "post_id") && v.Has("content", "body") }

func isPost(v jsonscan.Value) bool { return v.Has("ap_id") && v.Has("name", "title") }

// holder tells the members that hold views.
func holder(key string, _ jsonscan.Value, inView bool) bool {
	switch key {
	case "posts", "comments", "post_view", "comment_view", "cross_posts", "private_messages", "private_message_view",
		"replies", "mentions", "results", "items", "comment_reply_view", "person_mention_view":
		return !inView
	}
	return false
}

// passed tells the members of an answer that are understood and hold no views.
func passed(key string) bool {
	switch key {
	case "next_page", "prev_page", "type_", "communities", "users", "persons", "community_view", "moderators", "person_view",
		"moderates", "site", "online", "recipient_ids", "form_id":
		return true
	}
	return false
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	return pages.Detect(h, "no view of Lemmy's API in the first values", judge)
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	if isView(v) {
		return importer.Match{Score: 95, Why: "posts or comments of Lemmy"}
	}
	for _, key := range []string{"post_view", "comment_view", "private_message_view"} {
		if isView(v.Get(key)) {
			return importer.Match{Score: 97, Why: "a post, comment or message of Lemmy"}
		}
	}
	for _, key := range large {
		if isView(pages.First(v, key)) {
			return importer.Match{Score: 97, Why: "a list of posts or comments of Lemmy"}
		}
	}
	return judgeOther(v)
}

// judgeOther knows the answers that hold no posts.
func judgeOther(v jsonscan.Value) importer.Match {
	person := func(x jsonscan.Value) bool { return x.Get("person").Has("actor_id", "ap_id") }
	community := func(x jsonscan.Value) bool { return x.Get("community").Has("actor_id", "ap_id") && !x.Has("post") }
	m := importer.Match{Score: 85, Why: "an answer of Lemmy's API without posts"}
	switch {
	case v.Get("posts").Kind() == '[' && v.Get("comments").Kind() == '[' && (v.Has("type_") || person(v.Get("person_view"))):
		m.Score, m.Why = 85, "a search or a person of Lemmy without posts"
	case person(pages.First(v, "users")) || person(v.Get("person_view")):
		m.Refuse = "it is a list of accounts of Lemmy."
	case community(pages.First(v, "communities")) || community(v.Get("community_view")):
		m.Refuse = "it describes communities of Lemmy."
	case v.Get("site_view", "site").Kind() == '{':
		m.Refuse = "it describes a server of Lemmy."
	case v.Has("removed_posts") && v.Has("removed_comments"):
		m.Refuse = "it is the log of what moderators of Lemmy did."
	default:
		return importer.Match{}
	}
	return m
}
