// Package youtube reads videos and comments of YouTube: answers of its Data API
// (videos, search results, items of playlists, threads of comments, comments),
// and the .info.json files of yt-dlp with the comments in them.
//
// A thread of comments holds only some of the replies to its first comment; when
// YouTube counts more than there are, the batch says so.
package youtube

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that these formats read.
const Platform = "youtube"

// site is where videos are.
const site = "https://www.youtube.com/"

// Format reads answers of the YouTube Data API. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "youtube" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no answer of the YouTube Data API in the first values"}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

// prefix begins the kind of every object of the API.
const prefix = "youtube#"

// kindOf is the kind of an object without its prefix, "" when it has none.
func kindOf(v jsonscan.Value) string {
	k, _ := strings.CutPrefix(v.Get("kind").Text(), prefix)
	if len(k) == len(v.Get("kind").Text()) {
		return ""
	}
	return k
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	kind := kindOf(v)
	if items := v.Get("items"); items.Kind() == '[' {
		first := importer.Match{}
		n := 0
		for it := items.Array(); it.Next() && n < 25; n++ {
			m := judgeItem(itemKind(it.Value))
			if m.Refuse == "" && m.Score > 0 {
				return m
			}
			if n == 0 {
				first = m
			}
		}
		if n > 0 && first.Score > 0 {
			return first
		}
		if read := strings.TrimSuffix(kind, "ListResponse"); read != kind && readable(read) {
			return importer.Match{Score: 80, Why: "an empty answer of the YouTube Data API"}
		}
	}
	switch {
	case kind == "":
		return importer.Match{}
	case kind == "videoGetRatingResponse":
		return importer.Match{Score: 95, Why: "ratings", Refuse: "it says how somebody rated videos; the videos themselves are not in it."}
	case strings.HasSuffix(kind, "ListResponse"):
		return judgeItem(strings.TrimSuffix(kind, "ListResponse"))
	}
	return judgeItem(kind)
}

// itemKind is the kind of an item; that of a search result is what was found.
func itemKind(v jsonscan.Value) string {
	if kind := kindOf(v); kind != "searchResult" {
		return kind
	}
	return kindOf(v.Get("id"))
}

// readable tells the kinds that are read.
func readable(kind string) bool {
	switch kind {
	case "video", "comment", "commentThread", "searchResult", "search", "playlistItem":
		return true
	}
	return false
}

// judgeItem tells what is read from what holds no posts.
func judgeItem(kind string) importer.Match {
	if readable(kind) {
		return importer.Match{Score: 97, Why: "videos or comments of the YouTube Data API"}
	}
	m := importer.Match{Score: 90, Why: "an answer of the YouTube Data API without posts"}
	switch kind {
	case "":
		return importer.Match{}
	case "channel":
		m.Refuse = "it describes channels of YouTube."
	case "playlist":
		m.Refuse = "it is a list of playlists; the items of a playlist are in another answer."
	case "activity":
		m.Refuse = "it is a list of what channels did (activities)."
	case "caption":
		m.Refuse = "it is a list of caption tracks."
	case "subscription":
		m.Refuse = "it is a list of subscriptions."
	default:
		m.Refuse = fmt.Sprintf("it holds things of the kind %q, which are neither videos nor comments.", kind)
	}
	return m
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := (importer.JSON{Unit: unit, Large: large}).Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("youtube: %w", err)
	}
	return nil
}

// unit reads one top-level value: a page of items or one item.
func unit(v jsonscan.Value, b *importer.Batch) {
	switch {
	case v.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
	case v.Get("items").Kind() == '[':
		for it := v.Object(); it.Next(); {
			switch string(it.Key) {
			case "kind", "etag", "items", "pageInfo", "nextPageToken", "prevPageToken", "regionCode", "eventId", "visitorId", "tokenPagination":
			default:
				b.Unknown("page." + string(it.Key))
			}
		}
		chats.Each(v, v.Get("items"), b, func(x jsonscan.Value) { item(x, b) })
	default:
		item(v, b)
	}
}

// large reads a page that is too large for the memory.
func large(l *importer.Large) (bool, error) {
	n, err := l.Records([]string{"items"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		item(v, b)
	})
	if err != nil {
		return false, fmt.Errorf("read a large page: %w", err)
	}
	return n > 0, nil
}

// item reads one item.
func item(v jsonscan.Value, b *importer.Batch) {
	kind := itemKind(v)
	if kind == "commentThread" {
		thread(v, b)
		return
	}
	if !b.Check(v) {
		return
	}
	switch kind {
	case "video", "playlistItem":
		video(v, b)
	case "comment":
		comment(v, "", b)
	case "":
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d has no kind of YouTube.", v.Pos))
	default:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d is of the kind %q, neither a video nor a comment.", v.Pos, kind))
	}
}
