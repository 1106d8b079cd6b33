package activitypub

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/fediverse"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// maxList bounds the mentions, hashtags and media of one post.
const maxList = 1000

// parts reads the members that refer to other posts and accounts, and tells of
// those that are not known.
func (d *draft) parts(b *importer.Batch) {
	p := &d.p
	for it := d.v.Object(); it.Next(); {
		x := it.Value
		switch key := string(it.Key); key {
		case "inReplyTo":
			p.Refs.ReplyTo = fediverse.UID(reference(x))
		case "quote", "quoteUrl", "quoteUri", "quoteURL", "_misskey_quote":
			if q := reference(x); q != "" && p.Refs.QuoteOf == "" {
				p.Refs.QuoteOf = fediverse.UID(q)
			}
		case "tag":
			d.tags(x)
		case "location":
			d.place(x)
		default:
			if !known(key) {
				b.Unknown("object." + key)
			}
		}
	}
	p.Links = anchors.Links(d.html, func(a anchors.Anchor) bool { return !a.Has("mention") && !a.Has("hashtag") && a.URL != d.target() })
}

// target is the address of the quoted post, which some servers also write into
// the text.
func (d *draft) target() string {
	_, id, _ := strings.Cut(d.p.Refs.QuoteOf, ":")
	return id
}

// each goes through a list, or through the one value that stands for a list.
func each(v jsonscan.Value, fn func(v jsonscan.Value)) {
	if v.Kind() != '[' {
		fn(v)
		return
	}
	n := 0
	for it := v.Array(); it.Next() && n < maxList; n++ {
		fn(it.Value)
	}
}

// tags reads hashtags and mentions.
func (d *draft) tags(v jsonscan.Value) {
	p := &d.p
	each(v, func(x jsonscan.Value) {
		name := x.Get("name").Text()
		switch {
		case kind(x) == "Mention":
			m := model.Mention{Handle: strings.TrimPrefix(name, "@")}
			actor := x.Get("href").Text()
			if !strings.Contains(m.Handle, "@") {
				m.Handle = fediverse.Handle(m.Handle, actor)
			}
			if m.AccountID = fediverse.AccountID(m.Handle); m.AccountID == "" {
				m.AccountID = actor
			}
			if m.AccountID != "" {
				p.Mentions = append(p.Mentions, m)
			}
		case kind(x) == "Hashtag" || x.Kind() == '"':
			if x.Kind() == '"' {
				name = x.Text()
			}
			if name = strings.TrimPrefix(name, "#"); name != "" {
				p.Hashtags = append(p.Hashtags, name)
			}
		}
	})
}

// place reads where a post says it is.
func (d *draft) place(v jsonscan.Value) {
	place := model.Place{Name: v.Get("name").Text(), Provenance: model.ProvenanceDeclared}
	lat, ok := v.Get("latitude").Float()
	lon, ok2 := v.Get("longitude").Float()
	if ok && ok2 && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		place.Lat, place.Lon, place.HasPoint = lat, lon, true
	}
	if place.Name != "" || place.HasPoint {
		d.p.Place = place
	}
}

// attach reads what is attached: media, and links where a post is one.
func (d *draft) attach() {
	p := &d.p
	each(d.v.Get("attachment"), func(x jsonscan.Value) {
		u := address(x.Get("url"))
		if u == "" {
			u = x.Get("href").Text()
		}
		switch k := kind(x); {
		case u == "":
		case k == "Link" || k == "Page":
			if anchors.Web(u) {
				p.Links = append(p.Links, model.Link{URL: u, Title: x.Get("name").Text()})
			}
		default:
			p.Media = append(p.Media, model.Media{Type: mediaType(k, x.Get("mediaType").Text()), URL: u, Alt: first(x, "name", "summary")})
		}
	})
	switch d.kind {
	case "Video", "Audio", "Image":
		p.Media = append(p.Media, model.Media{Type: strings.ToLower(d.kind), URL: d.stream()})
	}
}

// stream is the address of the medium that an object is: of several links the
// first whose kind is that of the object.
func (d *draft) stream() string {
	u := ""
	each(d.v.Get("url"), func(x jsonscan.Value) {
		if u == "" && strings.HasPrefix(x.Get("mediaType").Text(), strings.ToLower(d.kind)+"/") {
			u = x.Get("href").Text()
		}
	})
	return u
}

// mediaType is the kind of an attachment.
func mediaType(kind, mime string) string {
	for _, t := range []string{"image", "video", "audio"} {
		if strings.HasPrefix(mime, t+"/") || mime == "" && strings.EqualFold(kind, t) {
			return t
		}
	}
	return "file"
}

// known lists the members that are read elsewhere, or understood and say nothing
// that a post keeps.
func known(key string) bool {
	switch key {
	case "@context", "id", "type", "url", "attributedTo", "actor", "published", "updated", "to", "cc", "bto", "bcc", "audience",
		"name", "nameMap", "summary", "summaryMap", "content", "contentMap", "mediaType", "source", "attachment", "language",
		"oneOf", "anyOf", "likes", "shares", "replies", "views":
		return true
	case "sensitive", "atomUri", "inReplyToAtomUri", "conversation", "context", "closed", "endTime", "startTime", "votersCount",
		"interactionPolicy", "likedBy", "image", "icon", "preview", "generator", "directMessage", "formerRepresentations",
		"_misskey_content", "_misskey_summary", "_misskey_votes", "_misskey_reaction", "quoteAuthorization", "license",
		"commentsEnabled", "stickied", "distinguished", "category", "duration", "uuid", "state", "support", "dislikes", "comments",
		"subtitleLanguage", "waitTranscoding", "downloadEnabled", "originallyPublishedAt", "isLiveBroadcast", "liveSaveReplay",
		"permanentLive", "latencyMode", "peertubeLiveChat", "hasParts", "preview_image", "commentsPolicy", "canReply",
		"signature", "proof", "postId", "isNewsletter", "discoverable", "repliesOpen", "width", "height", "focalPoint", "blurhash",
		"emojiReactions", "reactions", "deleted", "permalink", "replyAuthorization", "schedules", "aspectRatio",
		"automaticTags", "nsfwFlags", "uploadDate", "playerSettings":
		return true
	}
	return false
}
