package graphapi

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// site is where relative addresses of Facebook are.
const site = "https://www.facebook.com"

// facebook fills a post, comment, video or photo.
func facebook(v jsonscan.Value, a around, kind what, p *model.Post) {
	p.Kind, p.Text, p.Title = model.KindPost, v.Get("message").Text(), v.Get("title").Text()
	p.Created = instant(v.Get("created_time"))
	if p.Created.IsZero() {
		p.Created = instant(v.Get("creation_time"))
	}
	p.URL = firstOf(v, "permalink_url", "link")
	if strings.HasPrefix(p.URL, "/") {
		p.URL = site + p.URL
	}
	p.Author = account(v.Get("from"), Facebook)
	switch kind {
	case fbComment:
		comment(v, p)
	case fbVideo:
		p.Kind, p.PageType, p.Text = model.KindVideo, model.PageVideo, v.Get("description").Text()
		p.Media = append(p.Media, model.Media{Type: "video", URL: v.Get("source").Text()})
	case fbPhoto:
		p.Text = firstOf(v, "name", "message")
		p.Media = append(p.Media, model.Media{Type: "image", URL: firstIn(v.Get("images")).Get("source").Text(), Alt: v.Get("alt_text").Text()})
	default:
		post(v, p)
	}
	if p.Author.IsZero() && kind != fbComment {
		p.Author = a.owner
	}
	if kind != fbComment {
		p.Refs.Thread = p.UID()
	}
	facebookCounts(v, p)
	attachments(v.Get("attachments", "data"), p)
	attachments(v.Get("attachment"), p)
	mentions(v.Get("message_tags"), p)
	place(v.Get("place"), p)
	if s := v.Get("privacy", "value").Text(); s != "" && s != "EVERYONE" {
		p.Visibility = model.VisibilityPrivate
	}
}

// post fills what only a post has.
func post(v jsonscan.Value, p *model.Post) {
	if p.Text == "" {
		if p.Text = v.Get("story").Text(); p.Text != "" {
			p.Kind = model.KindEvent // what Facebook writes: "changed their picture"
		}
	}
	if parent := v.Get("parent_id").Text(); parent != "" && parent != p.NativeID {
		if p.Kind, p.Refs.RepostOf = model.KindRepost, Facebook+":"+parent; p.Text != "" {
			p.Kind, p.Refs.RepostOf, p.Refs.QuoteOf = model.KindQuote, "", Facebook+":"+parent
		}
	}
	if link := v.Get("link").Text(); strings.HasPrefix(link, "http") && link != p.URL {
		p.Links = append(p.Links, model.Link{URL: link, Title: v.Get("name").Text()})
	}
	if u := v.Get("full_picture").Text(); u != "" {
		p.Media = append(p.Media, model.Media{Type: "image", URL: u})
	}
}

// comment fills what only a comment has.
func comment(v jsonscan.Value, p *model.Post) {
	p.Kind = model.KindComment
	post, parent, reply := commentIDs(v.Get("permalink_url").Text())
	if post != "" {
		if p.Refs.Thread == "" {
			p.Refs.Thread = Facebook + ":" + post
		}
		if _, own, _ := strings.Cut(post, "_"); reply != "" {
			p.Refs.ReplyTo = Facebook + ":" + own + "_" + parent
		}
	}
	if id := v.Get("parent", "id").Text(); id != "" {
		p.Refs.ReplyTo = Facebook + ":" + id
	}
	if p.Refs.ReplyTo == "" {
		p.Refs.ReplyTo = p.Refs.Thread
	}
}

// reactions are the members that count one kind of reaction each.
var reactions = []string{"like", "love", "wow", "haha", "sad", "angry", "thankful", "care", "pride"}

// facebookCounts reads the counts; likes are all reactions together.
func facebookCounts(v jsonscan.Value, p *model.Post) {
	summary := func(key string) model.Count { return importer.Count(v.Get(key, "summary", "total_count")) }
	known := func(counts ...model.Count) model.Count {
		for _, c := range counts {
			if !c.IsZero() {
				return c
			}
		}
		return model.Count{}
	}
	p.Counts = model.Counts{
		Likes:    known(summary("reactions"), importer.Count(v.Get("like_count")), summary("likes")),
		Comments: known(summary("comments"), importer.Count(v.Get("comment_count"))),
		Shares:   importer.Count(v.Get("shares", "count")),
		Views:    known(importer.Count(v.Get("views")), importer.Count(v.Get("live_views"))),
	}
	if !p.Counts.Likes.IsZero() {
		return
	}
	sum, some := int64(0), false
	for _, r := range reactions {
		if n, ok := summary(r).Value(); ok {
			sum, some = sum+n, true
		}
	}
	if some {
		p.Counts.Likes = model.Known(sum)
	}
}

// maxAttached is how many attachments of one post are kept.
const maxAttached = 200

// attachments reads a list of attachments, or the one of a comment.
func attachments(v jsonscan.Value, p *model.Post) {
	if v.Kind() == '{' {
		attachment(v, p)
		return
	}
	for it := v.Array(); it.Next() && len(p.Media)+len(p.Links) < maxAttached; {
		attachment(it.Value, p)
		for sub := it.Value.Get("subattachments", "data").Array(); sub.Next() && len(p.Media) < maxAttached; {
			attachment(sub.Value, p)
		}
	}
}

// attachment reads one attachment: a link with its card, or a picture or video.
func attachment(v jsonscan.Value, p *model.Post) {
	kind := v.Get("type").Text()
	if kind == "" {
		kind = v.Get("media_type").Text()
	}
	src := v.Get("media", "image", "src").Text()
	switch {
	case strings.Contains(kind, "video"):
		if u := v.Get("media", "source").Text(); u != "" {
			src = u
		}
		p.Media = append(p.Media, model.Media{Type: "video", URL: src, Alt: v.Get("title").Text()})
	case strings.Contains(kind, "photo"), kind == "sticker", strings.Contains(kind, "animated_image"):
		p.Media = append(p.Media, model.Media{Type: "image", URL: src, Alt: v.Get("description").Text()})
	case kind == "album":
	default:
		u := firstOf(v, "unshimmed_url", "url")
		if strings.HasPrefix(u, "http") && u != p.URL {
			p.Links = append(p.Links, model.Link{URL: u, Title: v.Get("title").Text()})
		}
	}
}

// mentions reads the accounts that a text names: a list, or an object of lists.
func mentions(v jsonscan.Value, p *model.Post) {
	for it := v.Array(); it.Next() && len(p.Mentions) < maxAttached; {
		if id := it.Value.Get("id").Text(); id != "" {
			p.Mentions = append(p.Mentions, model.Mention{AccountID: id, Handle: it.Value.Get("name").Text()})
		}
	}
	for it := v.Object(); it.Next(); {
		if it.Value.Kind() == '[' {
			mentions(it.Value, p)
		}
	}
}

// place reads where a post says to be.
func place(v jsonscan.Value, p *model.Post) {
	name := v.Get("name").Text()
	lat, okLat := v.Get("location", "latitude").Float()
	lon, okLon := v.Get("location", "longitude").Float()
	if name == "" && !okLat {
		return
	}
	p.Place = model.Place{Name: name, Provenance: model.ProvenanceDeclared}
	if okLat && okLon && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		p.Place.Lat, p.Place.Lon, p.Place.HasPoint = lat, lon, true
	}
}

// message fills a message of a page's conversation.
func message(v jsonscan.Value, p *model.Post) {
	p.Kind, p.PageType, p.Visibility = model.KindMessage, model.PageChat, model.VisibilityDirect
	p.Text, p.Created = v.Get("message").Text(), instant(v.Get("created_time"))
	p.Author = account(v.Get("from"), Messenger)
	p.Refs = model.Refs{}
	for it := v.Get("to", "data").Array(); it.Next() && len(p.Mentions) < maxAttached; {
		p.Mentions = append(p.Mentions, model.Mention{AccountID: it.Value.Get("id").Text(), Handle: it.Value.Get("name").Text()})
	}
	for it := v.Get("attachments", "data").Array(); it.Next() && len(p.Media) < maxAttached; {
		m := model.Media{Type: "file", URL: it.Value.Get("file_url").Text()}
		mime, _, _ := strings.Cut(it.Value.Get("mime_type").Text(), "/")
		if mime == "image" || mime == "video" || mime == "audio" {
			m.Type = mime
		}
		if u := firstOf(it.Value.Get("image_data"), "url"); u != "" {
			m.URL = u
		}
		p.Media = append(p.Media, m)
	}
}
