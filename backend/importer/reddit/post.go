package reddit

import (
	"fmt"
	"strconv"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// site is where permalinks are relative to.
const site = "https://www.reddit.com"

// draft is a thing while it is read.
type draft struct {
	id, name, author, authorID      string
	title, body, selftext           string
	link, parent, permalink, url    string
	hint, dest, first, crosspost    string
	html, created, edited, captured jsonscan.Value
	score, comments, shares, views  model.Count
	hidden, self, video, private    bool
	isBody                          bool
	media, gallery                  jsonscan.Value
}

// readPost makes a post of the members in data and adds it as the record v.
func readPost(v, data jsonscan.Value, kind string, b *importer.Batch) {
	if data.Kind() != '{' || (kind != "" && !isThing(kind)) {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d is %s, not a post.", v.Pos, what(kind)))
		return
	}
	var d draft
	d.fields(data, b)
	if kind == "" {
		kind = d.kind()
	}
	switch {
	case kind == "":
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d has neither a body nor a title.", v.Pos))
		return
	case d.id == "" && d.name == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The post at byte %d has no id.", v.Pos))
		return
	}
	if key := data.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	b.Post(v, d.post(kind))
}

// what names a kind that is not a post.
func what(kind string) string {
	switch kind {
	case "t2":
		return "a user"
	case "t5":
		return "a subreddit"
	case "t6":
		return "a trophy"
	case "":
		return "something without a kind"
	}
	return "of the kind " + text.Clip(kind, 40)
}

// kind tells a bare object by its id or its members.
func (d *draft) kind() string {
	switch {
	case strings.HasPrefix(d.name, "t1_"), strings.HasPrefix(d.name, "t3_"), strings.HasPrefix(d.name, "t4_"):
		return d.name[:2]
	case d.isBody:
		return "t1"
	case d.title != "":
		return "t3"
	}
	return ""
}

// post puts the draft together.
func (d *draft) post(kind string) *model.Post {
	if d.name == "" {
		d.name = kind + "_" + d.id
	}
	if d.id == "" {
		d.id = strings.TrimPrefix(d.name, kind+"_")
	}
	p := &model.Post{
		Platform: Platform, NativeID: d.name, PageType: model.PageForum, Visibility: model.VisibilityPublic,
		Author:  d.account(),
		Created: importer.Epoch(d.created), Edited: d.editedAt(), CapturedAt: importer.Epoch(d.captured),
		Counts: model.Counts{Comments: d.comments, Shares: d.shares, Views: d.views},
	}
	if !d.hidden {
		p.Counts.Likes = d.score
	}
	if d.private {
		p.Visibility = model.VisibilityPrivate
	}
	switch kind {
	case "t1":
		p.Kind, p.Text = model.KindComment, d.plain(d.body)
		p.Refs = model.Refs{ReplyTo: uid(d.answered()), Thread: uid(d.link)}
	case "t4":
		p.Kind, p.PageType, p.Visibility = model.KindMessage, model.PageChat, model.VisibilityDirect
		p.Text = d.plain(d.body)
		p.Refs = model.Refs{ReplyTo: uid(d.parent), Thread: uid(d.first)}
		if d.dest != "" {
			p.Mentions = []model.Mention{{Handle: d.dest}}
		}
	default:
		d.submission(p)
	}
	if d.title != "" {
		p.Title = d.plain(d.title)
	}
	withdraw(p)
	p.URL = d.address(kind)
	return p
}

// withdraw marks what was deleted by its author or removed by a moderator. The
// word that Reddit puts in its place is nobody's text: where a title is left, the
// text is empty, and otherwise the record is an event.
func withdraw(p *model.Post) {
	gone := func(s string) bool {
		switch s {
		case "[deleted]", "[removed]", "[ Removed by Reddit ]", "[deleted by user]":
			return true
		}
		return false
	}
	switch {
	case !gone(p.Text):
	case p.Title != "" && !gone(p.Title):
		p.Text = ""
	default:
		p.Kind = model.KindEvent
	}
}

// submission fills what only a t3 has.
func (d *draft) submission(p *model.Post) {
	p.Kind, p.Text = model.KindPost, d.plain(d.selftext)
	p.Refs.Thread = p.UID()
	if d.crosspost != "" {
		p.Kind, p.Refs.RepostOf = model.KindRepost, uid(d.crosspost)
	}
	if !d.self && strings.HasPrefix(d.url, "http") {
		p.Links = []model.Link{{URL: d.plain(d.url)}}
	}
	d.attach(p)
}

// answered is the fullname of what a comment answers. Some archives write it as
// the number that the id stands for, without its kind.
func (d *draft) answered() string {
	n, err := strconv.ParseUint(d.parent, 10, 64)
	if err != nil {
		return d.parent
	}
	id := strconv.FormatUint(n, 36)
	if d.link == "t3_"+id {
		return d.link
	}
	return "t1_" + id
}

// uid is the UID of a fullname, "" for none.
func uid(fullname string) string {
	if fullname == "" {
		return ""
	}
	return Platform + ":" + fullname
}

// plain decodes entities where the source escaped them: it did unless the HTML
// twin of the text is unescaped (raw_json=1).
func (d *draft) plain(s string) string {
	if h := d.html.Text(); strings.HasPrefix(h, "<") {
		return s
	}
	return text.Unescape(s)
}

// account is the author; a deleted one is none.
func (d *draft) account() model.Account {
	if d.author == "" || d.author == "[deleted]" {
		return model.Account{}
	}
	a := model.Account{Platform: Platform, NativeID: d.authorID, Handle: d.author, URL: site + "/user/" + d.author}
	if a.NativeID == "" {
		a.NativeID = "@" + strings.ToLower(d.author)
	}
	return a
}

// editedAt reads "edited": false, true (long ago, instant unknown) or an epoch.
func (d *draft) editedAt() model.Instant {
	if yes, ok := d.edited.Bool(); ok {
		if yes {
			return model.Instant{Original: "true"}
		}
		return model.Instant{}
	}
	return importer.Epoch(d.edited)
}

// address is the post's own address.
func (d *draft) address(kind string) string {
	switch {
	case strings.HasPrefix(d.permalink, "/"):
		return site + d.permalink
	case d.permalink != "":
		return d.permalink
	case kind == "t3":
		return site + "/comments/" + d.id
	case kind == "t1" && strings.HasPrefix(d.link, "t3_"):
		return site + "/comments/" + d.link[len("t3_"):] + "/_/" + d.id
	case kind == "t4":
		return site + "/message/messages/" + d.id
	}
	return ""
}

// attach finds a post's media: a gallery, a video or an image.
func (d *draft) attach(p *model.Post) {
	for it := d.gallery.Object(); it.Next(); {
		m := model.Media{Type: "image", URL: d.plain(it.Value.Get("s", "u").Text())}
		if strings.HasPrefix(it.Value.Get("m").Text(), "video") {
			m.Type = "video"
		}
		p.Media = append(p.Media, m)
	}
	if len(p.Media) > 0 {
		return
	}
	lower := strings.ToLower(d.url)
	switch {
	case d.video:
		u := d.media.Get("reddit_video", "fallback_url").Text()
		if u == "" {
			u = d.url
		}
		p.Media = []model.Media{{Type: "video", URL: d.plain(u)}}
	case d.hint == "image", strings.HasSuffix(lower, ".jpg"), strings.HasSuffix(lower, ".png"), strings.HasSuffix(lower, ".gif"):
		p.Media = []model.Media{{Type: "image", URL: d.plain(d.url)}}
	}
}
