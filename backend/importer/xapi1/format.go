// Package xapi1 reads posts of X (Twitter) in the shape of its API version 1.1:
// pages of a search, arrays, lines, and what the streams delivered. Posts that
// are retweeted or quoted inside of a post are records too.
package xapi1

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
)

// Format reads X API v1.1 JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "x-api-v1" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit, Large: large}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("x-api-v1: %w", err)
	}
	return nil
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 8)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no posts of the X API v1.1 in the first values"}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score {
			best = m
		}
	}
	return best
}

// judge looks at one top-level value. A post outweighs what merely surrounds it.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	first := v.Get("statuses").Array()
	found := first.Next()
	switch {
	case v.Get("statuses").Kind() == '[' && (found && xtweet.Is(first.Value)):
		return importer.Match{Score: 97, Why: "a page of a search"}
	case v.Get("statuses").Kind() == '[' && v.Has("search_metadata"):
		return importer.Match{Score: 95, Why: "a page of a search"}
	case xtweet.Is(v) && v.Get("user").Has("screen_name", "id_str"):
		return importer.Match{Score: 96, Why: "posts of the API 1.1"}
	case xtweet.Is(v) && v.Has("id_str", "entities"):
		return importer.Match{Score: 88, Why: "posts of the API 1.1 without users"}
	case notice(v) != "":
		return importer.Match{Score: 60, Why: "notices of a stream"}
	}
	return judgeOther(v)
}

// judgeOther looks for what the API answers beside posts.
func judgeOther(v jsonscan.Value) importer.Match {
	it := v.Get("users").Array()
	it.Next()
	switch {
	case v.Has("screen_name") && v.Has("id_str", "id") && v.Has("followers_count", "statuses_count"):
		return importer.Match{Score: 85, Why: "users", Refuse: "it is a list of users."}
	case it.Value.Has("screen_name") && v.Has("next_cursor", "next_cursor_str"):
		return importer.Match{Score: 85, Why: "users", Refuse: "it is a list of users."}
	case v.Get("ids").Kind() == '[' && v.Has("next_cursor", "next_cursor_str"):
		return importer.Match{Score: 85, Why: "ids of accounts", Refuse: "it is a list of account ids (followers or friends)."}
	case v.Get("trends").Kind() == '[' && v.Has("as_of"):
		return importer.Match{Score: 85, Why: "trends", Refuse: "it is a list of trending words."}
	case v.Has("member_count") && v.Has("subscriber_count") && v.Has("id_str"):
		return importer.Match{Score: 85, Why: "lists", Refuse: "it is a list of lists."}
	}
	return importer.Match{}
}

// unit reads one top-level value: a page, a post or a notice.
func unit(v jsonscan.Value, b *importer.Batch) {
	if v.Get("statuses").Kind() == '[' {
		page(v, b)
		return
	}
	post(v, b)
}

// page reads the posts of a search page.
func page(v jsonscan.Value, b *importer.Batch) {
	before := b.Len()
	b.Valid(v)
	broken := v.Cut
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "statuses":
			list := it.Value.Array()
			for list.Next() {
				post(list.Value, b)
			}
			broken = broken || list.Broken
		case "search_metadata", "__twarc":
		default:
			b.Unknown("page." + string(it.Key))
		}
	}
	if broken {
		b.Rest(v, before)
	}
}

// post reads one post, or rejects what stands in its place.
func post(v jsonscan.Value, b *importer.Batch) {
	r := xtweet.Reader{Batch: b}
	if !b.Valid(v) {
		r.Tweet(v, v)
		return
	}
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	if what := notice(v); what != "" && !v.Has("text", "full_text") {
		b.Reject(v, "stream_notice", fmt.Sprintf("The entry at byte %d is no post: it tells of %s.", v.Pos, what))
		return
	}
	if it := v.Get("errors").Array(); it.Next() {
		b.Reject(v, "api_error", fmt.Sprintf("The answer at byte %d holds an error of the API instead of posts: %s", v.Pos, text.Clip(it.Value.Get("message").Text(), 200)))
		return
	}
	if !v.Has("text", "full_text") && v.Has("screen_name") {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d is a user, not a post.", v.Pos))
		return
	}
	r.Tweet(v, v)
}

// notice names what a message of a stream tells, if the value is one.
func notice(v jsonscan.Value) string {
	it := v.Object()
	if !it.Next() {
		return ""
	}
	x := it.Value
	switch string(it.Key) {
	case "delete":
		if s := x.Get("status"); s.Exists() {
			return "the deletion of post " + text.Clip(s.Get("id_str").Text(), 40)
		}
	case "scrub_geo":
		return "places that have to be taken off older posts"
	case "limit":
		if x.Has("track") {
			return "posts that the stream left out (" + text.Clip(x.Get("track").Text(), 20) + " so far)"
		}
	case "status_withheld":
		return "a post that is withheld in some countries"
	case "user_withheld":
		return "an account that is withheld in some countries"
	case "disconnect", "warning":
		if x.Has("code") {
			return "the state of the connection"
		}
	}
	return ""
}

// large reads a page that is too large for the memory, post by post.
func large(lg *importer.Large) (bool, error) {
	n, err := lg.Records([]string{"statuses"}, func(_ string, v jsonscan.Value, b *importer.Batch) { post(v, b) })
	if err != nil {
		return false, fmt.Errorf("read the posts of a page: %w", err)
	}
	return n > 0, nil
}
