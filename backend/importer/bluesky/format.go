// Package bluesky reads posts of Bluesky as its views show them: lists of posts,
// feeds with reposts, threads with nested replies and parents, search results,
// single posts, and records with their address. Posts that are quoted with their
// full value are records too. It also reads the stream of events that Jetstream
// gives, one on a line, and, as a format of its own, the repository of an account
// (a CAR file).
package bluesky

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "bluesky"

// collection is what the address of every post has in it.
const collection = "/app.bsky.feed.post/"

// Format reads Bluesky JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "bluesky" }

// Version implements importer.Format.
func (Format) Version() string { return "2" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	j := importer.JSON{
		Unit:  func(v jsonscan.Value, b *importer.Batch) { unit(v, b, o) },
		Large: func(l *importer.Large) (bool, error) { return large(l, o) },
	}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("bluesky: %w", err)
	}
	return nil
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no view or record of Bluesky in the first values"}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	uri := v.Get("uri").Text()
	first := func(key string) jsonscan.Value {
		it := v.Get(key).Array()
		it.Next()
		return it.Value
	}
	switch {
	case isEvent(v):
		return importer.Match{Score: 95, Why: "events of Bluesky's Jetstream"}
	case isPost(v) || isPost(v.Get("post")) || isRepost(v):
		return importer.Match{Score: 97, Why: "posts of Bluesky"}
	case isPost(first("records")) || isRepost(first("records")):
		return importer.Match{Score: 97, Why: "a list of records of Bluesky"}
	case isPost(first("posts")) || isPost(first("feed").Get("post")):
		return importer.Match{Score: 98, Why: "a list of posts of Bluesky"}
	case isPost(v.Get("thread", "post")) || strings.HasPrefix(v.Get("thread", "$type").Text(), "app.bsky.") ||
		isPost(first("thread").Get("value", "post")):
		return importer.Match{Score: 98, Why: "a thread of Bluesky"}
	}
	if m := judgeOther(v, first); m.Score > 0 {
		return m
	}
	if strings.HasPrefix(uri, "at://") && v.Get("value").Kind() == '{' {
		kind := v.Get("value", "$type").Text()
		return importer.Match{Score: 85, Why: "a record of Bluesky", Refuse: fmt.Sprintf("it is a record of the kind %q.", kind)}
	}
	return importer.Match{}
}

// judgeOther knows the views that hold no posts.
func judgeOther(v jsonscan.Value, first func(string) jsonscan.Value) importer.Match {
	m := importer.Match{Score: 85}
	kind := first("records").Get("value", "$type").Text()
	actor := func(x jsonscan.Value) bool { return strings.HasPrefix(x.Get("did").Text(), "did:") }
	switch {
	case actor(first("follows")) || actor(first("followers")) || actor(first("actors")) || actor(first("profiles")):
		m.Why, m.Refuse = "a list of accounts of Bluesky", "it is a list of accounts (follows, followers or profiles)."
	case actor(first("likes").Get("actor")):
		m.Why, m.Refuse = "likes on Bluesky", "it is a list of likes."
	case actor(first("repostedBy")):
		m.Why, m.Refuse = "reposts on Bluesky", "it is a list of accounts that reposted something."
	case actor(first("feeds").Get("creator")) || actor(first("lists").Get("creator")):
		m.Why, m.Refuse = "feeds or lists of Bluesky", "it describes feeds or lists."
	case strings.HasPrefix(kind, "app.bsky."):
		m.Why, m.Refuse = "a list of records of Bluesky", fmt.Sprintf("it is a list of records of the kind %q.", kind)
	case actor(v) && v.Has("handle", "didDoc"):
		m.Why, m.Refuse = "an account of Bluesky", "it describes an account."
	default:
		return importer.Match{}
	}
	return m
}

// isPost reports whether an object is a view of a post or a post's record.
func isPost(v jsonscan.Value) bool {
	return strings.Contains(v.Get("uri").Text(), collection) && (v.Get("record").Kind() == '{' || v.Get("value").Kind() == '{')
}
