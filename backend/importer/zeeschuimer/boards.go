package zeeschuimer

import (
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// ninegag reads a post of 9GAG. Posts without a creator are anonymous.
func (l *line) ninegag() {
	v := l.data
	if !v.Has("title") || !v.Has("creationTs") {
		l.refuse(importer.RejectNotAPost, "is no post of 9GAG")
		return
	}
	p := &model.Post{
		Platform: "9gag", NativeID: first(v, "id"), Kind: model.KindPost, PageType: model.PageForum,
		Title: text.Unescape(first(v, "title")), Text: text.Unescape(first(v, "description")), URL: first(v, "url"),
		Created: importer.Epoch(v.Get("creationTs")), Hashtags: hashtags(v.Get("tags"), "key"),
		Author: account("9gag", first(v, "creator.userId"), first(v, "creator.username"), first(v, "creator.fullName")),
		Counts: model.Counts{Likes: counted(v.Get("upVoteCount")), Comments: counted(v.Get("commentsCount"))},
	}
	kind := "image"
	if first(v, "type") == "Animated" {
		kind = "video"
	}
	if u := first(v, "images.image460sv.url", "images.image700.url", "images.image460.url"); u != "" {
		p.Media = []model.Media{{Type: kind, URL: u}}
	}
	if u := first(v, "sourceUrl"); u != "" {
		p.Links = []model.Link{{URL: u}}
	}
	l.post(p)
}

// imgur reads a post of Imgur, which names its author by number only.
func (l *line) imgur() {
	v := l.data
	if !v.Has("created_at") || !v.Has("title", "cover") {
		l.refuse(importer.RejectNotAPost, "is no post of Imgur")
		return
	}
	p := &model.Post{
		Platform: "imgur", NativeID: first(v, "id"), Kind: model.KindPost, PageType: model.PageForum,
		Title: first(v, "title"), Text: first(v, "description"), URL: first(v, "url"), Created: importer.Stated(first(v, "created_at")),
		Author: account("imgur", first(v, "account_id"), first(v, "account.username"), ""),
		Counts: model.Counts{Likes: counted(v.Get("upvote_count")), Comments: counted(v.Get("comment_count")), Views: counted(v.Get("view_count"))},
	}
	if u := first(v, "cover.url"); u != "" {
		p.Media = []model.Media{{Type: "image", URL: u}}
		if first(v, "cover.type") == "video" {
			p.Media[0].Type = "video"
		}
	}
	l.post(p)
}

// pinterest reads a pin. Many have no date.
func (l *line) pinterest() {
	v := l.data
	if !v.Has("pinner") && !v.Has("body") {
		l.refuse(importer.RejectNotAPost, "is no pin of Pinterest")
		return
	}
	p := &model.Post{
		Platform: "pinterest", NativeID: first(v, "entityId", "id"), Kind: model.KindPost, PageType: model.PageSocial,
		Title: first(v, "title"), Text: first(v, "description", "body"),
		Author: account("pinterest", first(v, "pinner.entityId", "pinner.id"), first(v, "pinner.username"), first(v, "pinner.fullName", "pinner.full_name")),
		Counts: model.Counts{Shares: counted(v.Get("repin_count")), Comments: counted(v.Get("comment_count"))},
	}
	p.URL = "https://www.pinterest.com/pin/" + p.NativeID + "/"
	if s := first(v, "created_at", "createdAt"); s != "" {
		p.Created = model.Instant{Original: s}
		if t, err := time.Parse(time.RFC1123Z, s); err == nil && t.Year() > 0 {
			p.Created.Time, p.Created.Zone = t.UTC(), model.ZoneStated
		}
	}
	if u := first(v, "imageSpec_orig.url", "images.orig.url", "image"); u != "" {
		p.Media = []model.Media{{Type: "image", URL: u}}
	}
	if u := first(v, "link"); u != "" {
		p.Links = []model.Link{{URL: u}}
	}
	l.post(p)
}

// truth reads a post of Truth Social, whose objects are those of Mastodon.
func (l *line) truth() {
	v := l.data
	if v.Get("account").Kind() != '{' || !v.Has("content") {
		l.refuse(importer.RejectNotAPost, "is no post of Truth Social")
		return
	}
	p := &model.Post{
		Platform: "truthsocial", NativeID: first(v, "id"), Kind: model.KindPost, PageType: model.PageSocial,
		Text: text.PlainHTML(first(v, "content")), URL: first(v, "url"), Created: importer.Stated(first(v, "created_at")),
		PlatformLang: first(v, "language"), Hashtags: hashtags(v.Get("tags"), "name"),
		Author: account("truthsocial", first(v, "account.id"), first(v, "account.username"), first(v, "account.display_name")),
		Counts: model.Counts{Likes: counted(v.Get("favourites_count")), Comments: counted(v.Get("replies_count")), Shares: counted(v.Get("reblogs_count"))},
	}
	a := v.Get("account")
	p.Author.URL, p.Author.Created = first(a, "url"), importer.Stated(first(a, "created_at"))
	p.Author.Followers, p.Author.Following, p.Author.Posts = counted(a.Get("followers_count")), counted(a.Get("following_count")), counted(a.Get("statuses_count"))
	for e := v.Get("media_attachments").Array(); e.Next(); {
		m := model.Media{Type: "image", URL: first(e.Value, "url"), Alt: first(e.Value, "description")}
		if t := first(e.Value, "type"); t == "video" || t == "gifv" {
			m.Type = "video"
		}
		p.Media = append(p.Media, m)
	}
	switch {
	case first(v, "reblog.id") != "":
		p.Kind, p.Refs.RepostOf = model.KindRepost, "truthsocial:"+first(v, "reblog.id")
	case first(v, "quote_id") != "":
		p.Kind, p.Refs.QuoteOf = model.KindQuote, "truthsocial:"+first(v, "quote_id")
	case first(v, "in_reply_to_id") != "":
		p.Kind, p.Refs.ReplyTo = model.KindComment, "truthsocial:"+first(v, "in_reply_to_id")
	}
	l.post(p)
}
