package graphapi

import (
	"fmt"
	"net/url"
	"regexp"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// The platforms of the posts that this format reads.
const (
	Facebook  = "facebook"
	Instagram = "instagram"
	Messenger = "messenger"
)

func platformOf(w what) string {
	switch w {
	case igMedia, igComment:
		return Instagram
	case fbMessage:
		return Messenger
	}
	return Facebook
}

// read makes a post of an object and adds it.
func read(v jsonscan.Value, a around, b *importer.Batch) {
	if !b.Check(v) {
		return
	}
	kind := classify(v)
	if kind == "" {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no post, comment or medium.", v.Pos))
		return
	}
	id := idOf(v, kind)
	if id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The %s at byte %d has no id.", kind, v.Pos))
		return
	}
	p := &model.Post{Platform: platformOf(kind), NativeID: id, PageType: model.PageSocial, Visibility: model.VisibilityPublic, Refs: model.Refs{ReplyTo: a.parent, Thread: a.thread}}
	switch kind {
	case igMedia:
		medium(v, a, p)
	case igComment:
		instagramComment(v, p)
	case fbMessage:
		message(v, p)
	default:
		facebook(v, a, kind, p)
	}
	finish(p)
	unknown(v, b)
	b.Post(v, p)
}

// finish fills what follows from the rest.
func finish(p *model.Post) {
	if p.Refs.ReplyTo == p.UID() {
		p.Refs.ReplyTo = ""
	}
	if strings.TrimSpace(p.Text) == "" && strings.TrimSpace(p.Title) == "" && p.Kind != model.KindEvent {
		p.Kind = model.KindMedia
	}
}

// address takes apart the address of a Facebook comment.
var address = regexp.MustCompile(`facebook\.com/(?:groups/)?(\d+)/(?:posts|permalink|videos|photos)/(?:[^/?]*/)?(\d+)`)

// commentIDs finds the ids in the address of a comment: the post's, the
// comment's, and the reply's where it is one.
func commentIDs(link string) (post, comment, reply string) {
	u, err := url.Parse(link)
	if err != nil {
		return "", "", ""
	}
	q := u.Query()
	if m := address.FindStringSubmatch(link); m != nil {
		post = m[1] + "_" + m[2]
	}
	return post, q.Get("comment_id"), q.Get("reply_comment_id")
}

// idOf is an object's id; a comment without one has it in its address.
func idOf(v jsonscan.Value, kind what) string {
	if id := v.Get("id").Text(); id != "" || kind != fbComment {
		return id
	}
	post, comment, reply := commentIDs(v.Get("permalink_url").Text())
	if reply != "" {
		comment = reply
	}
	_, own, ok := strings.Cut(post, "_")
	if !ok || !digits(comment) {
		return ""
	}
	return own + "_" + comment
}

// instant reads "2021-07-04T19:50:58+0000".
func instant(v jsonscan.Value) model.Instant {
	s := v.Text()
	if isGraphTime(s) {
		if t, err := time.Parse("2006-01-02T15:04:05-0700", s); err == nil && t.Year() > 0 {
			return model.Instant{Time: t.UTC(), Original: s, Zone: model.ZoneStated}
		}
	}
	return importer.Stated(s)
}

// account reads a user, page or account.
func account(v jsonscan.Value, platform string) model.Account {
	a := model.Account{
		Platform: platform, NativeID: v.Get("id").Text(), Handle: v.Get("username").Text(), Name: v.Get("name").Text(), Description: v.Get("biography").Text(),
		Followers: importer.Count(v.Get("followers_count")), Following: importer.Count(v.Get("follows_count")), Posts: importer.Count(v.Get("media_count")),
	}
	if a.Followers.IsZero() {
		a.Followers = importer.Count(v.Get("fan_count"))
	}
	if a.Description == "" {
		a.Description = v.Get("about").Text()
	}
	return named(a)
}

// named gives an account without an id its handle as one.
func named(a model.Account) model.Account {
	if a.NativeID == "" && a.Handle != "" {
		a.NativeID = "@" + strings.ToLower(a.Handle)
	}
	if a.IsZero() {
		return model.Account{}
	}
	if a.Platform == Instagram && a.Handle != "" {
		a.URL = "https://www.instagram.com/" + a.Handle + "/"
	}
	return a
}

// firstOf is the first of the members that has a text.
func firstOf(v jsonscan.Value, keys ...string) string {
	for _, k := range keys {
		if s := v.Get(k).Text(); s != "" {
			return s
		}
	}
	return ""
}

// firstIn is the first element of a list.
func firstIn(v jsonscan.Value) jsonscan.Value {
	it := v.Array()
	it.Next()
	return it.Value
}
