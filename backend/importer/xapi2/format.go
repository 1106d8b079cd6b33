// Package xapi2 reads posts of X (Twitter) in the shape of its API version 2:
// pages of data and includes as files, one after another or one on a line
// (twarc), stream lines with a single post, and flattened lines with the author
// inside. Posts under includes.tweets, and posts inlined in referenced_tweets,
// are records too.
package xapi2

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "x"

// Format reads X API v2 JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "x-api-v2" }

// Version implements importer.Format.
func (Format) Version() string { return "2" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit, Large: large}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("x-api-v2: %w", err)
	}
	return nil
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no posts of the X API v2 in the first values"}
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
	if m := judgePage(v); m.Score > 0 {
		return m
	}
	switch {
	case v.Has("text") && v.Has("id") && (marked(v) || v.Has("__twarc")):
		return importer.Match{Score: 95, Why: "flattened posts"}
	case v.Has("action") && v.Has("created_at") && v.Has("reason", "redacted_at"):
		return importer.Match{Score: 90, Why: "compliance events", Refuse: "it is the answer of a compliance job (ids with actions)."}
	case v.Has("username") && v.Has("name") && v.Has("public_metrics", "pinned_tweet_id", "__twarc"):
		return importer.Match{Score: 85, Why: "flattened users", Refuse: "it is a list of users."}
	}
	return importer.Match{}
}

// judgePage looks at a value that may be a page.
func judgePage(v jsonscan.Value) importer.Match {
	data := v.Get("data")
	first := data
	if data.Kind() == '[' {
		it := data.Array()
		it.Next()
		first = it.Value
	}
	envelope := v.Has("includes", "__twarc", "matching_rules") || v.Get("meta").Has("result_count", "newest_id", "total_tweet_count")
	included := v.Get("includes", "tweets").Kind() == '['
	switch {
	case first.Has("dm_conversation_id", "event_type") && first.Has("id"):
		return importer.Match{Score: 95, Why: "direct messages", Refuse: "it is a page of direct messages of the X API, which are not read."}
	case first.Has("text") && first.Has("id") && marked(first):
		return importer.Match{Score: 98, Why: "a page of posts"}
	case first.Has("text") && first.Has("id") && envelope:
		return importer.Match{Score: 95, Why: "a page of posts"}
	case included:
		return importer.Match{Score: 90, Why: "a page with included posts"}
	case first.Has("tweet_count") && first.Has("start") && first.Has("end"):
		return importer.Match{Score: 95, Why: "counts of posts", Refuse: "it has counts of posts per span of time, not the posts."}
	case first.Has("username") && first.Has("name") && first.Has("id"):
		return importer.Match{Score: 90, Why: "users", Refuse: "it is a list of users."}
	case first.Has("owner_id") && first.Has("member_count", "follower_count"):
		return importer.Match{Score: 90, Why: "lists", Refuse: "it is a list of lists."}
	case first.Has("state") && first.Has("host_ids", "creator_id", "participant_count"):
		return importer.Match{Score: 90, Why: "Spaces", Refuse: "it is a list of Spaces (spoken rounds)."}
	case first.Has("trend_name"):
		return importer.Match{Score: 90, Why: "trends", Refuse: "it is a list of trending words."}
	case envelope && !data.Exists() && v.Get("meta").Has("result_count"):
		return importer.Match{Score: 60, Why: "a page without posts"}
	}
	return importer.Match{}
}

// marked reports whether an object with id and text can only be a post of X.
func marked(v jsonscan.Value) bool {
	return v.Has("author_id", "conversation_id", "edit_history_tweet_ids", "referenced_tweets", "reply_settings") ||
		v.Get("public_metrics").Has("retweet_count")
}
