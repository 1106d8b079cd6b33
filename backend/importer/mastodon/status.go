package mastodon

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/fediverse"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// draft is a status while it is read.
type draft struct {
	p                    model.Post
	b                    *importer.Batch
	r                    *reader
	id, uri, content     string
	parent, parentAuthor string
	account, poll, card  jsonscan.Value
	mentions             jsonscan.Value
	reblog, quote        jsonscan.Value
	quoteID, spoiler     string
}

// status reads one status.
func (r *reader) status(v jsonscan.Value, b *importer.Batch) {
	d := draft{b: b, r: r}
	d.p = model.Post{PageType: model.PageSocial}
	for it := v.Object(); it.Next(); {
		d.field(string(it.Key), it.Value)
	}
	p := &d.p
	if d.uri == "" {
		d.uri = p.URL
	}
	if p.NativeID = d.uri; p.NativeID == "" {
		p.NativeID = d.local(d.id)
	}
	if p.NativeID == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The status at byte %d has no id.", v.Pos))
		return
	}
	if p.URL == "" && anchors.Web(p.NativeID) {
		p.URL = p.NativeID
	}
	p.Platform = fediverse.Platform(p.NativeID)
	p.Author = r.person(d.account, p.Platform)
	d.words()
	d.refs()
	if p.Visibility == "" {
		p.Visibility = model.VisibilityPublic
		b.Assume("visibility", "a status that does not say who may see it is public")
	}
	if key := v.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	b.Post(v, p)
}

// field reads one member of a status.
func (d *draft) field(key string, v jsonscan.Value) {
	p := &d.p
	switch key {
	case "id":
		d.id = v.Text()
	case "uri":
		d.uri = v.Text()
	case "url":
		p.URL = v.Text()
	case "created_at":
		p.Created = importer.Local(v.Text(), d.r.o)
	case "edited_at":
		p.Edited = importer.Local(v.Text(), d.r.o)
	case "content":
		d.content = v.Text()
	case "spoiler_text":
		d.spoiler = v.Text()
	case "language":
		p.PlatformLang = v.Text()
	case "visibility":
		p.Visibility = visibility(v.Text())
	case "replies_count":
		p.Counts.Comments = importer.Count(v)
	case "reblogs_count":
		p.Counts.Shares = importer.Count(v)
	case "favourites_count":
		p.Counts.Likes = importer.Count(v)
	case "view_count":
		p.Counts.Views = importer.Count(v)
	case "account":
		d.account = v
	case "mentions":
		d.mentions = v
	case "poll":
		d.poll = v
	case "card":
		d.card = v
	default:
		d.more(key, v)
	}
}

// more reads the members that refer to other statuses or hold lists.
func (d *draft) more(key string, v jsonscan.Value) {
	switch key {
	case "in_reply_to_id":
		d.parent = v.Text()
	case "in_reply_to_account_id":
		d.parentAuthor = v.Text()
	case "reblog":
		d.reblog = v
	case "quote":
		d.quote = v
	case "quote_id", "quoted_status_id":
		d.quoteID = v.Text()
	case "pleroma":
		if d.quoteID == "" {
			d.quoteID = v.Get("quote_id").Text()
		}
		if d.quote.Empty() {
			d.quote = v.Get("quote")
		}
	case "tags":
		d.tags(v)
	case "media_attachments":
		d.media(v)
	case "place":
		d.place(v)
	default:
		if !known(key) {
			d.b.Unknown("status." + key)
		}
	}
}

// visibility says who could see a status. A word that is not known is taken for
// one that narrows it.
func visibility(s string) model.Visibility {
	switch s {
	case "public":
		return model.VisibilityPublic
	case "unlisted":
		return model.VisibilityUnlisted
	case "direct":
		return model.VisibilityDirect
	case "":
		return ""
	}
	return model.VisibilityPrivate
}

// words makes the text: what was written and the choices of a poll. A content
// warning stands where a title would.
func (d *draft) words() {
	p := &d.p
	p.Text = text.PlainHTML(d.content)
	if d.spoiler != "" {
		p.Title = text.PlainHTML(d.spoiler)
	}
	for it := d.poll.Get("options").Array(); it.Next(); {
		p.Text = strings.TrimPrefix(p.Text+"\n• "+text.PlainHTML(it.Value.Get("title").Text()), "\n")
	}
	if !d.reblog.Empty() {
		return // its links and media are those of the other status
	}
	p.Links = anchors.Links(d.content, func(a anchors.Anchor) bool { return !a.Has("mention") && !a.Has("hashtag") })
	u, title := d.card.Get("url").Text(), d.card.Get("title").Text()
	for i := range p.Links {
		if p.Links[i].URL == u {
			p.Links[i].Title, u = title, ""
		}
	}
	if anchors.Web(u) {
		p.Links = append(p.Links, model.Link{URL: u, Title: title})
	}
}

// refs says what the status answers, repeats or quotes, and so what it is.
func (d *draft) refs() {
	p := &d.p
	people := d.people()
	if d.parent != "" {
		p.Refs.ReplyTo = fediverse.UID(d.answered(people))
	}
	quoted := d.quote
	if q := quoted.Get("quoted_status"); q.Kind() == '{' {
		quoted = q
	}
	switch {
	case quoted.Has("uri"):
		p.Refs.QuoteOf = fediverse.UID(quoted.Get("uri").Text())
	case quoted.Get("quoted_status_id").Text() != "":
		p.Refs.QuoteOf = fediverse.UID(d.local(quoted.Get("quoted_status_id").Text()))
	case d.quoteID != "":
		p.Refs.QuoteOf = fediverse.UID(d.local(d.quoteID))
	}
	p.Kind = model.KindPost
	switch {
	case !d.reblog.Empty():
		p.Kind, p.Text, p.Title, p.Counts = model.KindRepost, "", "", model.Counts{}
		p.Media, p.Mentions, p.Hashtags = nil, nil, nil
		target := d.reblog.Get("uri").Text()
		if target == "" {
			target = d.local(d.reblog.Get("id").Text())
		}
		p.Refs = model.Refs{RepostOf: fediverse.UID(target), Thread: fediverse.UID(target)}
	case p.Refs.QuoteOf != "":
		p.Kind = model.KindQuote
	case p.Refs.ReplyTo != "":
		p.Kind = model.KindComment
	case p.Text == "" && len(p.Media) > 0:
		p.Kind = model.KindMedia
	}
	if p.Refs.Thread == "" && p.Refs.ReplyTo == "" {
		p.Refs.Thread = p.UID()
	}
}
