// Package tiktok reads the export that TikTok makes of one's own data
// (user_data_tiktok.json, older: user_data.json): the owner's comments, posts and,
// when asked for, direct messages, under the older and the newer names.
package tiktok

import (
	"context"
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "tiktok"

// Format reads TikTok's data exports. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "tiktok-export" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := reader{Reading: chats.Reading{Options: o}}
	if err := (importer.JSON{Unit: r.unit, Large: r.large}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("tiktok-export: %w", err)
	}
	return nil
}

// Detect implements importer.Format. The beginning of a large export shows its
// first parts only.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 1)
	if len(values) == 0 || values[0].Kind() != '{' {
		return importer.Match{Why: "not a JSON object"}
	}
	v := values[0]
	if !export(v) {
		return importer.Match{Why: "no parts of a TikTok data export"}
	}
	found := false
	w := walk{list: func(_ part, _ jsonscan.Value) { found = true }}
	w.object(v, "", 0)
	if !found && !v.Cut {
		return importer.Match{Score: 95, Why: "a TikTok data export", Refuse: "it is a TikTok data export without comments, posts and messages (settings, views or likes only)."}
	}
	return importer.Match{Score: 97, Why: "a TikTok data export"}
}

// export reports whether an object is an export, by the names of its parts.
func export(v jsonscan.Value) bool {
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "Activity", "Your Activity", "Likes and Favorites":
			if x.Has("Favorite Effects", "Favorite Hashtags", "Favorite Sounds", "Favorite Videos", "Like List", "Watch History",
				"Video Browsing History", "Login History", "Follower List", "Activity Summary") {
				return true
			}
		case "Comment":
			if x.Has("CommentsList") || x.Get("Comments").Has("CommentsList") {
				return true
			}
		case "Video", "Post":
			if x.Get("Videos").Has("VideoList") || x.Get("Posts").Has("VideoList") {
				return true
			}
		case "Direct Messages", "Direct Message":
			if x.Get("Chat History").Has("ChatHistory") || x.Get("Direct Messages").Has("ChatHistory") {
				return true
			}
		case "Tiktok Live", "TikTok Live", "Tiktok Shopping", "TikTok Shop":
			return true
		}
	}
	return false
}

// part says what a list of an export holds.
type part int

const (
	comments part = iota
	videos
	chatHistory
)

// walk goes down the parts of an export to the lists that are read.
type walk struct {
	list   func(p part, v jsonscan.Value)
	broken bool
}

// maxLevels is how deep the lists of an export lie at most.
const maxLevels = 5

func (w *walk) object(v jsonscan.Value, above string, level int) {
	it := v.Object()
	for it.Next() {
		key, x := string(it.Key), it.Value
		switch {
		case key == "CommentsList" && x.Kind() == '[':
			w.list(comments, x)
		case key == "VideoList" && x.Kind() == '[' && (above == "Videos" || above == "Posts"),
			key == "PostList" && x.Kind() == '[' && above == "Recently Deleted Posts":
			w.list(videos, x)
		case key == "ChatHistory" && x.Kind() == '{':
			w.list(chatHistory, x)
		case x.Kind() == '{' && level < maxLevels:
			w.object(x, key, level+1)
		}
	}
	w.broken = w.broken || it.Broken
}
