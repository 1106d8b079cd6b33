package snscrape

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// telegram reads a post of a public Telegram channel as its web page shows it.
// The page names the channel, not its number.
func telegram(v jsonscan.Value, b *importer.Batch) {
	address := v.Get("url").Text()
	channel, id, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(address, "https://t.me/"), "s/"), "/")
	if !ok || channel == "" || id == "" || strings.Trim(id, "0123456789") != "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The address of the Telegram post at byte %d names no channel and number.", v.Pos))
		return
	}
	p := &model.Post{
		Platform: "telegram", NativeID: strings.ToLower(channel) + "/" + id, PageType: model.PageChat, Kind: model.KindMessage,
		Visibility: model.VisibilityPublic, URL: address, Created: importer.Stated(v.Get("date").Text()), Text: v.Get("content").Text(),
		Author: model.Account{Platform: "telegram", NativeID: "@" + strings.ToLower(channel), Handle: channel, URL: "https://t.me/" + channel},
		Counts: model.Counts{Views: importer.Count(v.Get("views"))},
	}
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "outlinks":
			for e := x.Array(); e.Next(); {
				if u := e.Value.Text(); u != "" && !strings.Contains(u, "t.me/s/"+channel+"?q=") {
					p.Links = append(p.Links, model.Link{URL: u})
				}
			}
		case "hashtags":
			for e := x.Array(); e.Next(); {
				p.Hashtags = append(p.Hashtags, strings.TrimPrefix(e.Value.Text(), "#"))
			}
		case "mentions":
			for e := x.Array(); e.Next(); {
				p.Mentions = append(p.Mentions, model.Mention{Handle: strings.TrimPrefix(e.Value.Text(), "@")})
			}
		case "forwardedUrl":
			if c, n, ok := strings.Cut(strings.TrimPrefix(strings.TrimPrefix(x.Text(), "https://t.me/"), "s/"), "/"); ok && n != "" {
				p.Kind, p.Refs.RepostOf = model.KindRepost, "telegram:"+strings.ToLower(c)+"/"+n
			}
		case "media":
			p.Media = pictures(x)
		case "_type", "url", "date", "content", "views", "forwarded", "linkPreview", "outlinksss":
		default:
			b.Unknown(string(it.Key))
		}
	}
	if p.Text == "" && len(p.Media) > 0 {
		p.Kind = model.KindMedia
	}
	b.Post(v, p)
}

// pictures reads a post's media: a list or a single one.
func pictures(v jsonscan.Value) []model.Media {
	if v.Kind() == '{' {
		return []model.Media{picture(v)}
	}
	var out []model.Media
	for e := v.Array(); e.Next(); {
		out = append(out, picture(e.Value))
	}
	return out
}

func picture(v jsonscan.Value) model.Media {
	m := model.Media{Type: "image", URL: v.Get("url").Text()}
	switch kind := v.Get("_type").Text(); {
	case strings.HasSuffix(kind, "Video"), strings.HasSuffix(kind, "Gif"):
		m.Type = "video"
	case strings.HasSuffix(kind, "VoiceMessage"):
		m.Type = "audio"
	}
	return m
}

// reddit reads a submission or a comment.
func reddit(v jsonscan.Value, kind string, b *importer.Batch) {
	prefix := "t3_"
	if kind == kindComment {
		prefix = "t1_"
	}
	id := v.Get("id").Text()
	if strings.TrimPrefix(id, prefix) == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The post at byte %d has no id.", v.Pos))
		return
	}
	p := &model.Post{
		Platform: "reddit", NativeID: prefix + strings.TrimPrefix(id, prefix), PageType: model.PageForum, Kind: model.KindPost,
		Visibility: model.VisibilityPublic, URL: v.Get("url").Text(), Created: importer.Stated(v.Get("date").Text()),
		Title: text.Unescape(v.Get("title").Text()),
	}
	if s := v.Get("author").Text(); s != "" && s != "[deleted]" {
		p.Author = model.Account{Platform: "reddit", NativeID: "@" + strings.ToLower(s), Handle: s, URL: "https://www.reddit.com/user/" + s}
	}
	if kind == kindComment {
		p.Kind, p.Text = model.KindComment, text.Unescape(v.Get("body").Text())
		if s := v.Get("parentId").Text(); s != "" {
			p.Refs.ReplyTo = "reddit:" + s
		}
	} else {
		p.Text, p.Refs.Thread = text.Unescape(v.Get("selftext").Text()), p.UID()
		if s := v.Get("link").Text(); s != "" && s != p.URL {
			p.Links = []model.Link{{URL: text.Unescape(s)}}
		}
	}
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "_type", "author", "body", "created", "date", "id", "link", "parentId", "selftext", "subreddit", "title", "url":
		default:
			b.Unknown(string(it.Key))
		}
	}
	b.Post(v, p)
}
