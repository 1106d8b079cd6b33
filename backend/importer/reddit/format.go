// Package reddit reads posts, comments and messages of Reddit in the shape of
// its API: listings, threads (an array of two listings), search results, single
// things, and bare objects one on a line as archives keep them. Comments nested
// in replies are records with byte ranges of their own.
package reddit

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "reddit"

// Format reads Reddit JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "reddit" }

// Version implements importer.Format.
func (Format) Version() string { return "2" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit, Large: large}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("reddit: %w", err)
	}
	return nil
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no listing, post or comment of Reddit in the first values"}
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
	data := v.Get("data")
	kind := v.Get("kind").Text()
	switch {
	case kind == "Listing":
		return judgeChildren(data.Get("children"))
	case isThing(kind) && data.Kind() == '{':
		return importer.Match{Score: 95, Why: "a post or comment of Reddit"}
	case v.Get("json", "data", "things").Kind() == '[':
		return judgeChildren(v.Get("json", "data", "things"))
	case v.Get("json", "data").Has("drafts_count") || v.Get("json").Has("errors"):
		return importer.Match{Score: 80, Why: "an answer of Reddit's API", Refuse: "it is Reddit's answer to a request, without a post."}
	case kind != "" && data.Kind() == '{':
		return judgeKind(kind)
	case v.Has("subreddit", "subreddit_id") && v.Has("author") && v.Has("body", "selftext", "title"):
		return importer.Match{Score: 90, Why: "bare posts or comments of Reddit"}
	case strings.HasPrefix(v.Get("id").Text(), "t2_") || accounts(v):
		return importer.Match{Score: 75, Why: "users of Reddit", Refuse: "it is a list of users or relationships."}
	case v.Has("rules") && v.Has("site_rules"):
		return importer.Match{Score: 85, Why: "rules of a subreddit", Refuse: "it holds the rules of a subreddit."}
	}
	return importer.Match{}
}

// accounts reports whether an object is keyed by the ids of users.
func accounts(v jsonscan.Value) bool {
	it := v.Object()
	return it.Next() && strings.HasPrefix(string(it.Key), "t2_") && it.Value.Kind() == '{'
}

// judgeChildren looks at the first things of a listing.
func judgeChildren(children jsonscan.Value) importer.Match {
	refuse := importer.Match{Score: 60, Why: "an empty listing of Reddit"}
	n := 0
	for it := children.Array(); it.Next() && n < 25; n++ {
		kind := it.Value.Get("kind").Text()
		if isThing(kind) || kind == "more" {
			return importer.Match{Score: 97, Why: "a listing of Reddit"}
		}
		refuse = judgeKind(kind)
	}
	return refuse
}

// judgeKind names what is not a post.
func judgeKind(kind string) importer.Match {
	m := importer.Match{Score: 80, Why: "a listing of Reddit without posts"}
	switch kind {
	case "t2", "", "UserList":
		m.Refuse = "it is a list of users or relationships."
	case "t5", "subreddit_settings", "stylesheet":
		m.Refuse = "it describes subreddits."
	case "t6", "TrophyList":
		m.Refuse = "it is a list of trophies."
	default:
		m.Score, m.Refuse = 60, fmt.Sprintf("it holds things of the kind %q, which are not posts.", kind)
	}
	return m
}

// isThing tells the kinds that are read: comments, posts and messages.
func isThing(kind string) bool { return kind == "t1" || kind == "t3" || kind == "t4" }
