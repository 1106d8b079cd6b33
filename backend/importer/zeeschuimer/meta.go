package zeeschuimer

import (
	"net/url"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// instagram reads a post of Instagram in either of its two shapes, or a comment.
func (l *line) instagram() {
	v := l.data
	switch {
	case first(v, "product_type") == "ad" || strings.HasPrefix(first(v, "link"), "https://www.facebook.com/ads/ig_redirect"):
		l.refuse("advertisement", "is an advertisement of Instagram")
	case v.Has("shortcode"):
		l.graph()
	case v.Has("code"):
		l.item()
	case v.Has("text") && v.Has("created_at", "created_at_utc") && v.Has("pk", "id"):
		l.instagramComment()
	default:
		l.refuse(importer.RejectNotAPost, "is no post of Instagram")
	}
}

// member reads the user of an object of Instagram or Threads.
func member(platform string, v jsonscan.Value) model.Account {
	for _, key := range []string{"user", "owner"} {
		u := v.Get(key)
		a := account(platform, first(u, "pk", "id"), first(u, "username"), first(u, "full_name"))
		if a.IsZero() {
			continue
		}
		if yes, ok := u.Get("is_verified").Bool(); ok {
			a.Verified = &yes
		}
		a.Followers = counted(u.Get("edge_followed_by", "count"))
		return a
	}
	return model.Account{}
}

// graph reads the older shape, with edges.
func (l *line) graph() {
	v := l.data
	p := &model.Post{
		Platform: "instagram", NativeID: first(v, "shortcode"), Kind: model.KindPost, PageType: model.PageSocial,
		Text:    elem(v.Get("edge_media_to_caption", "edges")).Get("node", "text").Text(),
		Created: importer.Epoch(v.Get("taken_at_timestamp")), Author: member("instagram", v),
		Counts: model.Counts{
			Likes: counted(v.Get("edge_media_preview_like", "count")), Comments: counted(v.Get("edge_media_preview_comment", "count")),
			Views: counted(v.Get("video_view_count")),
		},
	}
	if p.Counts.Comments.IsZero() {
		p.Counts.Comments = counted(v.Get("edge_media_to_comment", "count"))
	}
	for e := v.Get("edge_sidecar_to_children", "edges").Array(); e.Next(); {
		p.Media = append(p.Media, graphMedia(e.Value.Get("node")))
	}
	if p.Media == nil {
		p.Media = []model.Media{graphMedia(v)}
	}
	l.instagramPost(p)
}

func graphMedia(v jsonscan.Value) model.Media {
	if u := first(v, "video_url"); u != "" {
		return model.Media{Type: "video", URL: u}
	}
	m := model.Media{Type: "image", URL: first(v, "display_url"), Alt: first(v, "accessibility_caption")}
	if yes, _ := v.Get("is_video").Bool(); yes {
		m.Type = "video"
	}
	return m
}

// item reads the newer shape.
func (l *line) item() {
	v := l.data
	p := &model.Post{
		Platform: "instagram", NativeID: first(v, "code"), Kind: model.KindPost, PageType: model.PageSocial,
		Text: first(v, "caption.text"), Created: importer.Epoch(v.Get("taken_at")), Author: member("instagram", v),
		Counts: model.Counts{Likes: counted(v.Get("like_count")), Comments: counted(v.Get("comment_count")), Views: counted(v.Get("view_count"))},
		Media:  items(v),
	}
	if hidden, _ := v.Get("like_and_view_counts_disabled").Bool(); hidden {
		p.Counts.Likes, p.Counts.Views = model.Count{}, model.Count{}
	}
	if n := counted(v.Get("play_count")); p.Counts.Views.IsZero() && !n.IsZero() {
		p.Counts.Views = n
	}
	l.instagramPost(p)
}

// instagramPost adds what both shapes have alike.
func (l *line) instagramPost(p *model.Post) {
	p.URL = "https://www.instagram.com/p/" + p.NativeID + "/"
	loc := l.data.Get("location")
	p.Place.Name = first(loc, "name")
	lat, ok := loc.Get("lat").Float()
	lon, ok2 := loc.Get("lng").Float()
	if ok && ok2 && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		p.Place.Lat, p.Place.Lon, p.Place.HasPoint = lat, lon, true
	}
	if !p.Place.IsZero() {
		p.Place.Provenance = model.ProvenanceDeclared
	}
	for _, key := range []string{"user", "owner"} {
		if hidden, _ := l.data.Get(key, "is_private").Bool(); hidden {
			p.Visibility = model.VisibilityPrivate
		}
	}
	l.post(p)
}

// items reads the pictures and videos of a post in the newer shape.
func items(v jsonscan.Value) []model.Media {
	var out []model.Media
	for e := v.Get("carousel_media").Array(); e.Next(); {
		out = append(out, itemMedia(e.Value)...)
	}
	if out == nil {
		out = itemMedia(v)
	}
	return out
}

func itemMedia(v jsonscan.Value) []model.Media {
	if u := elem(v.Get("video_versions")).Get("url").Text(); u != "" {
		return []model.Media{{Type: "video", URL: u}}
	}
	if u := elem(v.Get("image_versions2", "candidates")).Get("url").Text(); u != "" {
		return []model.Media{{Type: "image", URL: u, Alt: first(v, "accessibility_caption")}}
	}
	return nil
}

// instagramComment reads a comment; which post it is under is said by the page's
// address alone.
func (l *line) instagramComment() {
	v := l.data
	p := &model.Post{
		Platform: "instagram", NativeID: first(v, "pk", "id"), Kind: model.KindComment, PageType: model.PageSocial,
		Text: first(v, "text"), Created: importer.Epoch(v.Get("created_at")), Author: member("instagram", v),
		Counts: model.Counts{Likes: counted(v.Get("comment_like_count")), Comments: counted(v.Get("child_comment_count"))},
	}
	if at := importer.Epoch(v.Get("created_at_utc")); !at.IsZero() {
		p.Created = at
	}
	if code := shortcode(l.page); code != "" {
		p.Refs.Thread, p.Refs.ReplyTo = "instagram:"+code, "instagram:"+code
	}
	if id := first(v, "parent_comment_id"); id != "" {
		p.Refs.ReplyTo = "instagram:" + id
	}
	l.post(p)
}

// shortcode finds the name of a post in the address of its page.
func shortcode(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	parts := strings.Split(strings.Trim(u.Path, "/"), "/")
	for i, part := range parts {
		if (part == "p" || part == "reel") && i+1 < len(parts) {
			return parts[i+1]
		}
	}
	return ""
}

// threads reads a post of Threads.
func (l *line) threads() {
	v := l.data
	if !v.Has("code") || !v.Has("taken_at") {
		l.refuse(importer.RejectNotAPost, "is no post of Threads")
		return
	}
	info := v.Get("text_post_app_info")
	p := &model.Post{
		Platform: "threads", NativeID: first(v, "code"), Kind: model.KindPost, PageType: model.PageSocial,
		Text: first(v, "caption.text"), Created: importer.Epoch(v.Get("taken_at")), Author: member("threads", v), Media: items(v),
		Counts: model.Counts{Likes: counted(v.Get("like_count")), Comments: counted(info.Get("direct_reply_count")), Shares: counted(info.Get("repost_count"))},
	}
	p.URL = "https://www.threads.com/@" + p.Author.Handle + "/post/" + p.NativeID
	if link := first(info, "link_preview_attachment.url"); link != "" {
		if u, err := url.Parse(link); err == nil && u.Query().Get("u") != "" {
			link = u.Query().Get("u") // the page leads through an address of its own
		}
		p.Links = []model.Link{{URL: link, Title: first(info, "link_preview_attachment.title")}}
	}
	if code := first(info, "share_info.quoted_post.code"); code != "" {
		p.Kind, p.Refs.QuoteOf = model.KindQuote, "threads:"+code
	} else if code := first(info, "share_info.reposted_post.code"); code != "" {
		p.Kind, p.Refs.RepostOf = model.KindRepost, "threads:"+code
	}
	l.post(p)
}
