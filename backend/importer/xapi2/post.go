package xapi2

import (
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// draft is a post while it is read.
type draft struct {
	p        model.Post
	l        *lookup
	b        *importer.Batch
	authorID string
	hidden   bool
	note     jsonscan.Value
	geo      jsonscan.Value
	refs     jsonscan.Value
	edits    jsonscan.Value // the ids of all versions, the first one first
}

// readPost reads one post and the posts that it inlines.
func readPost(v jsonscan.Value, l *lookup, b *importer.Batch) {
	if !b.Check(v) {
		readInlined(v.Get("referenced_tweets"), l, b)
		return
	}
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	if v.Get("text").Kind() != '"' || v.Has("dm_conversation_id") {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d is %s, not a post.", v.Pos, what(v)))
		return
	}
	d := draft{l: l, b: b}
	d.p = model.Post{Platform: Platform, PageType: model.PageSocial, Kind: model.KindPost, Visibility: model.VisibilityPublic, CapturedAt: l.captured}
	d.fields(v)
	if d.p.NativeID == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The post at byte %d has no id.", v.Pos))
		return
	}
	if key := v.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	d.finish()
	p := d.p
	b.Post(v, &p)
	readInlined(d.refs, l, b)
}

// readInlined reads the whole posts among those that a post refers to.
func readInlined(refs jsonscan.Value, l *lookup, b *importer.Batch) {
	for it := refs.Array(); it.Next(); {
		if it.Value.Has("text") && !it.Value.Cut {
			readPost(it.Value, l, b)
		}
	}
}

// what names an object that is not a post.
func what(v jsonscan.Value) string {
	switch {
	case v.Has("dm_conversation_id"):
		return "a direct message"
	case v.Has("username"):
		return "a user"
	case v.Has("tweet_count"):
		return "a count"
	case v.Has("member_count", "owner_id"):
		return "a list"
	case v.Has("action"):
		return "a compliance event"
	}
	return "something without text"
}

// fields reads every member of a post.
func (d *draft) fields(v jsonscan.Value) {
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "id":
			set(&d.p.NativeID, x)
		case "text":
			set(&d.p.Text, x)
		case "author_id":
			set(&d.authorID, x)
		case "author":
			if x.Kind() == '{' {
				d.p.Author, d.hidden = readUser(x)
			}
		case "created_at":
			if s := x.Text(); s != "" {
				d.p.Created = importer.Stated(s)
			}
		case "conversation_id":
			if s := x.Text(); s != "" {
				d.p.Refs.Thread = Platform + ":" + s
			}
		case "referenced_tweets":
			d.refs = filled(d.refs, x)
		case "public_metrics":
			d.metrics(x)
		case "lang":
			set(&d.p.PlatformLang, x)
		case "entities":
			d.entities(x)
		case "attachments":
			d.attachments(x)
		case "geo":
			d.geo = filled(d.geo, x)
		case "edit_history_tweet_ids":
			d.edits = x
		case "note_tweet":
			d.note = filled(d.note, x)
		case "__twarc":
			if at := captured(x); !at.IsZero() {
				d.p.CapturedAt = at
			}
		default:
			if !known(it.Key) {
				d.b.Unknown(string(it.Key))
			}
		}
	}
}

// known lists the members that are understood and say nothing a post keeps.
func known(key []byte) bool {
	switch string(key) {
	case "context_annotations", "edit_controls", "in_reply_to_user_id", "in_reply_to_user",
		"non_public_metrics", "organic_metrics", "promoted_metrics", "possibly_sensitive", "reply_settings", "source",
		"withheld", "type", "article", "card_uri", "community_id", "display_text_range", "media_metadata", "scopes",
		"matching_rules", "paid_partnership", "suggested_source_links", "suggested_source_links_with_counts":
		return true
	}
	return false
}

// set keeps a text that is filled.
func set(dst *string, v jsonscan.Value) {
	if s := v.Text(); s != "" {
		*dst = s
	}
}

func (d *draft) metrics(v jsonscan.Value) {
	for it := v.Object(); it.Next(); {
		var c *model.Count
		switch string(it.Key) {
		case "like_count":
			c = &d.p.Counts.Likes
		case "reply_count":
			c = &d.p.Counts.Comments
		case "retweet_count":
			c = &d.p.Counts.Shares
		case "impression_count":
			c = &d.p.Counts.Views
		case "quote_count", "bookmark_count":
			continue
		default:
			d.b.Unknown("public_metrics." + string(it.Key))
			continue
		}
		if n, ok := it.Value.Int(); ok {
			*c = model.Known(n)
		}
	}
}

// finish puts together what depends on several members.
func (d *draft) finish() {
	p := &d.p
	if full := d.note.Get("text").Text(); full != "" {
		p.Text = full
		if e := d.note.Get("entities"); e.Exists() {
			p.Hashtags, p.Mentions, p.Links = nil, nil, nil
			d.entities(e)
		}
	}
	p.Text = text.Unescape(p.Text)
	d.version()
	d.author()
	d.references()
	d.place()
	if d.hidden {
		p.Visibility = model.VisibilityPrivate
	}
	if p.Text == "" && len(p.Media) > 0 && p.Kind == model.KindPost {
		p.Kind = model.KindMedia
	}
	handle := p.Author.Handle
	if handle == "" {
		handle = "i"
	}
	p.URL = "https://x.com/" + handle + "/status/" + p.NativeID
}

// version notes that a post is a later version of another: X gives every version
// an id of its own, and with it the instant at which it was edited.
func (d *draft) version() {
	it := d.edits.Array()
	if it.Next() && it.Value.Text() != d.p.NativeID && it.Value.Text() != "" {
		d.p.Edited = d.p.Created
	}
}

// author finds the author: inlined, included, or at least by id.
func (d *draft) author() {
	a := &d.p.Author
	if a.NativeID == "" && a.Handle == "" {
		if u, ok := d.l.users[d.authorID]; ok {
			*a, d.hidden = u, d.l.hidden[d.authorID]
		}
	}
	if a.NativeID == "" && d.authorID != "" {
		a.NativeID = d.authorID
	}
	if a.NativeID != "" || a.Handle != "" {
		a.Platform = Platform
	}
}

// references reads which posts this one answers, quotes or repeats. A repost
// comes before a quote, and a quote before an answer, in naming its kind.
func (d *draft) references() {
	p := &d.p
	for it := d.refs.Array(); it.Next(); {
		id := it.Value.Get("id").Text()
		if id == "" {
			continue
		}
		uid := Platform + ":" + id
		switch it.Value.Get("type").Text() {
		case "retweeted":
			p.Refs.RepostOf, p.Kind = uid, model.KindRepost
		case "quoted":
			p.Refs.QuoteOf = uid
			if p.Kind != model.KindRepost {
				p.Kind = model.KindQuote
			}
		case "replied_to":
			p.Refs.ReplyTo = uid
			if p.Kind == model.KindPost {
				p.Kind = model.KindComment
			}
		}
	}
}
