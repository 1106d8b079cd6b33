package graphapi

import (
	"strings"

	"vedette/backend/internal/jsonscan"
)

// what is what an object of the Graph API is.
type what string

// The objects that are read.
const (
	fbPost    what = "post"
	fbComment what = "comment"
	fbVideo   what = "video"
	fbPhoto   what = "photo"
	fbMessage what = "message"
	igMedia   what = "medium"
	igComment what = "comment on Instagram"
)

// classify tells what an object is by its members, "" for nothing that is read.
// The API gives only the members that were asked for, so none is always there.
func classify(v jsonscan.Value) what {
	if v.Kind() != '{' {
		return ""
	}
	id := v.Get("id").Text()
	switch {
	case isMedium(v):
		return igMedia
	case v.Get("text").Kind() == '"' && isGraphTime(v.Get("timestamp").Text()) && !v.Has("created_time"):
		return igComment
	case strings.HasPrefix(id, "m_") && v.Has("created_time", "message"):
		return fbMessage
	case isGraphTime(v.Get("created_time").Text()):
		return dated(v, id)
	case pair(id) && v.Has("message", "story"):
		return fbPost
	}
	if isVideo(v) {
		return fbVideo
	}
	return ""
}

// dated tells the objects of Facebook that have a created_time.
func dated(v jsonscan.Value, id string) what {
	link := v.Get("permalink_url").Text()
	switch {
	case strings.Contains(link, "comment_id="), v.Has("comment_count") && v.Has("message"), v.Has("can_reply_privately"), v.Get("parent").Kind() == '{' && v.Has("message"):
		return fbComment
	case isVideo(v):
		return fbVideo
	case v.Has("message", "story"), pair(id):
		return fbPost
	case strings.Contains(v.Get("link").Text(), "/photos/"), v.Get("images").Kind() == '[':
		return fbPhoto
	}
	return ""
}

// isMedium tells media and stories of Instagram.
func isMedium(v jsonscan.Value) bool {
	switch v.Get("media_type").Text() {
	case "IMAGE", "VIDEO", "CAROUSEL_ALBUM", "BROADCAST", "REELS", "STORY":
		return digits(v.Get("id").Text())
	}
	return v.Has("caption", "media_url", "shortcode") && strings.Contains(v.Get("permalink").Text(), "instagram.com/")
}

// isVideo tells videos and live videos of Facebook.
func isVideo(v jsonscan.Value) bool {
	if !v.Has("description", "title") || !digits(v.Get("id").Text()) || v.Has("name", "period", "start_time", "message", "about") {
		return false
	}
	return isGraphTime(v.Get("created_time").Text()) || isGraphTime(v.Get("creation_time").Text()) || isGraphTime(v.Get("updated_time").Text()) ||
		strings.Contains(v.Get("embed_html").Text(), "facebook.com/plugins/video")
}

// pair reports whether an id is that of a page or group and that of a post.
func pair(id string) bool {
	a, b, ok := strings.Cut(id, "_")
	return ok && digits(a) && digits(b)
}

func digits(s string) bool { return s != "" && strings.Trim(s, "0123456789") == "" }

// isGraphTime reports whether an instant is written as the Graph API does:
// "2021-07-04T19:50:58+0000".
func isGraphTime(s string) bool {
	return len(s) == 24 && s[4] == '-' && s[10] == 'T' && (s[19] == '+' || s[19] == '-') && digits(s[20:])
}
