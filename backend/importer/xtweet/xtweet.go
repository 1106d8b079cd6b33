// Package xtweet reads the object that X (Twitter) has called a tweet since its
// API 1.1, and the form that its web pages wrap around it (GraphQL). The API,
// the account archive and captures of the site all hold it, each in a frame of
// its own. Posts that are retweeted or quoted inside of a post are records too.
package xtweet

import (
	"fmt"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Platform is the platform of every post that is read here.
const Platform = "x"

// maxNested is how many posts inside of each other are followed. X itself shows
// a quote in a repost; a limit keeps the work on a hostile file linear.
const maxNested = 8

// Reader reads tweets into a batch. It is for one piece of work.
type Reader struct {
	Batch *importer.Batch
	// Captured is when the tweets were fetched, where the frame says so.
	Captured model.Instant
	// Owner, when set, is who wrote the tweets that name no author themselves.
	Owner model.Account
	// User, when set, finds the user with an id, for tweets that name no author.
	User func(id string) jsonscan.Value
	// Archive says that reposts are told by their text alone ("RT @name: ").
	Archive bool
	// Full, when set, gives the whole of a text that was cut off, or "".
	Full func(cut string, created model.Instant) string
}

// Is reports whether a value looks like a tweet of API 1.1.
func Is(v jsonscan.Value) bool {
	return (v.Has("id_str") || v.Has("id")) && v.Has("full_text", "text") &&
		(v.Has("favorite_count", "in_reply_to_status_id", "in_reply_to_screen_name", "is_quote_status") || v.Get("user").Has("screen_name"))
}

// IsResult reports whether a value looks like a tweet as the site's pages hold it.
func IsResult(v jsonscan.Value) bool {
	v = unwrap(v)
	return v.Get("legacy").Has("full_text") || (v.Has("rest_id") && v.Has("legacy") && v.Has("core"))
}

// Tweet reads v, a tweet in either form, whose record is the value record; the
// posts inside of it are records of their own. Of a broken record it reads the
// posts inside that are whole.
func (r *Reader) Tweet(record, v jsonscan.Value) { r.tweet(record, v, 0) }

func (r *Reader) tweet(record, v jsonscan.Value, level int) {
	if level > maxNested {
		r.Batch.Reject(record, importer.RejectTooDeep, fmt.Sprintf("The post at byte %d lies inside of more than %d others.", record.Pos, maxNested))
		return
	}
	if !r.Batch.Check(record) {
		r.rescue(v, level)
		return
	}
	v = unwrap(v)
	if s := v.Get("__typename").Text(); v.Has("tombstone") || s == "TweetTombstone" || s == "TweetUnavailable" {
		r.Batch.Reject(record, "tombstone", fmt.Sprintf("The entry at byte %d stands for a post that X does not show.", record.Pos))
		return
	}
	d := draft{r: r}
	d.p = model.Post{Platform: Platform, PageType: model.PageSocial, Kind: model.KindPost, Visibility: model.VisibilityPublic, CapturedAt: r.Captured}
	if v.Has("legacy") {
		d.result(v)
	} else {
		d.fields(v)
	}
	if code, reason := d.missing(record); code != "" {
		r.Batch.Reject(record, code, reason)
		return
	}
	if key := v.Duplicate(); key != "" {
		r.Batch.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	d.finish()
	p := d.p
	r.Batch.Post(record, &p)
	for _, inner := range []jsonscan.Value{d.retweeted, d.quoted} {
		if inner = unwrap(inner); whole(inner) {
			r.tweet(inner, inner, level+1)
		}
	}
}

// rescue reads the whole posts inside of a broken one.
func (r *Reader) rescue(v jsonscan.Value, level int) {
	if level > 2*maxNested {
		return
	}
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "retweeted_status", "quoted_status", "retweeted_status_result", "quoted_status_result":
			if x := unwrap(it.Value); !x.Cut && whole(x) {
				r.tweet(x, x, level+1)
				continue
			}
			r.rescue(it.Value, level+1)
		case "legacy", "result", "tweet":
			r.rescue(it.Value, level+1)
		}
	}
}

// whole reports whether a value inside of a post is a post, not a reference.
func whole(v jsonscan.Value) bool { return v.Has("legacy", "id_str", "text", "full_text") }

// unwrap takes off what the site's pages put around a tweet: a result, and a
// notice about who may see it.
func unwrap(v jsonscan.Value) jsonscan.Value {
	if x := v.Get("result"); x.Kind() == '{' {
		v = x
	}
	if x := v.Get("tweet"); x.Kind() == '{' && !v.Has("legacy") {
		v = x
	}
	return v
}

// missing says why the value is no post, if it is none.
func (d *draft) missing(record jsonscan.Value) (code, reason string) {
	switch {
	case !d.hasText && !d.ext.Exists():
		return importer.RejectNotAPost, fmt.Sprintf("The object at byte %d has no text and no attachment, so it is not a post.", record.Pos)
	case d.p.NativeID == "" && d.badID != "":
		return importer.RejectNoID, fmt.Sprintf("The id of the post at byte %d, %s, was rounded by the program that wrote the file.", record.Pos, text.Clip(d.badID, 40))
	case d.p.NativeID == "":
		return importer.RejectNoID, fmt.Sprintf("The post at byte %d has no id.", record.Pos)
	}
	return "", ""
}

// Time reads an instant as X writes it: "Wed Oct 10 20:19:24 +0000 2018", or in
// the oldest archives "2010-10-10 20:19:24 +0000", or RFC 3339.
func Time(s string) model.Instant {
	for _, layout := range []string{"Mon Jan _2 15:04:05 -0700 2006", "2006-01-02 15:04:05 -0700"} {
		if t, err := time.Parse(layout, s); err == nil && t.Year() > 0 {
			return model.Instant{Time: t.UTC(), Original: s, Zone: model.ZoneStated}
		}
	}
	return importer.Stated(s)
}

// id returns an id that is digits to the last; a number written with an exponent
// or a fraction has lost some and gives "".
func id(v jsonscan.Value) string {
	s := v.Text()
	if strings.Trim(s, "0123456789") != "" || s == "0" {
		return ""
	}
	return s
}

// set keeps a text that is filled.
func set(dst *string, v jsonscan.Value) {
	if s := v.Text(); s != "" {
		*dst = s
	}
}

// filled keeps the value that has something in it, the later one when both have.
func filled(old, v jsonscan.Value) jsonscan.Value {
	if old.Raw != nil && v.Empty() {
		return old
	}
	return v
}
