package graphapi

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// medium fills a medium or a story of Instagram.
func medium(v jsonscan.Value, a around, p *model.Post) {
	p.Kind, p.Text, p.URL = model.KindPost, v.Get("caption").Text(), v.Get("permalink").Text()
	p.Created = instant(v.Get("timestamp"))
	p.Refs = model.Refs{Thread: p.UID()}
	p.Author = owner(v)
	if p.Author.IsZero() {
		p.Author = a.owner
	}
	p.Counts = model.Counts{Likes: importer.Count(v.Get("like_count")), Comments: importer.Count(v.Get("comments_count")), Views: importer.Count(v.Get("view_count"))}
	kind := v.Get("media_type").Text()
	if kind == "VIDEO" || kind == "REELS" || kind == "BROADCAST" {
		p.Kind = model.KindVideo
	}
	children := v.Get("children", "data")
	for it := children.Array(); it.Next() && len(p.Media) < maxAttached; {
		p.Media = append(p.Media, file(it.Value))
	}
	if len(p.Media) == 0 {
		p.Media = []model.Media{file(v)}
	}
}

// file is the picture or video of a medium.
func file(v jsonscan.Value) model.Media {
	m := model.Media{Type: "image", URL: firstOf(v, "media_url", "thumbnail_url"), Alt: v.Get("alt_text").Text()}
	switch v.Get("media_type").Text() {
	case "VIDEO", "REELS", "BROADCAST":
		m.Type = "video"
	}
	return m
}

// owner is who a medium or comment is by: an object where it was asked for, else
// a name.
func owner(v jsonscan.Value) model.Account {
	a := account(v.Get("owner"), Instagram)
	if a.IsZero() {
		a = account(v.Get("from"), Instagram)
	}
	if a.IsZero() {
		a = account(v.Get("user"), Instagram)
	}
	if name := v.Get("username").Text(); a.Handle == "" && name != "" {
		a.Platform, a.Handle = Instagram, name
	}
	return named(a)
}

// instagramComment fills a comment on Instagram.
func instagramComment(v jsonscan.Value, p *model.Post) {
	p.Kind, p.Text, p.Created = model.KindComment, v.Get("text").Text(), instant(v.Get("timestamp"))
	p.Author = owner(v)
	p.Counts = model.Counts{Likes: importer.Count(v.Get("like_count")), Comments: importer.Count(v.Get("replies", "summary", "total_count"))}
	if id := v.Get("media", "id").Text(); id != "" {
		p.Refs.Thread = Instagram + ":" + id
	}
	switch id := v.Get("parent_id").Text(); {
	case id != "":
		p.Refs.ReplyTo = Instagram + ":" + id
	case p.Refs.ReplyTo == "":
		p.Refs.ReplyTo = p.Refs.Thread
	}
	if yes, ok := v.Get("hidden").Bool(); ok && yes {
		p.Visibility = model.VisibilityPrivate
	}
	if i := strings.IndexByte(p.Text, '@'); i == 0 {
		// A reply begins with the name of whom it answers.
		name, _, _ := strings.Cut(p.Text[1:], " ")
		if name = strings.TrimRight(name, ",.:;!?"); name != "" {
			p.Mentions = []model.Mention{{Handle: name}}
		}
	}
}
