package tiktok

import (
	"fmt"
	"net/url"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// rejectPrivate is the code of messages that were not asked for.
const rejectPrivate = "private"

// reader reads one file. Its fields do not change while it reads.
type reader struct{ chats.Reading }

// unit reads one export.
func (r reader) unit(v jsonscan.Value, b *importer.Batch) {
	before := b.Len()
	valid := b.Valid(v)
	e := exported{reader: r, b: b}
	w := walk{list: e.list}
	if v.Kind() == '{' {
		e.profile(v)
		w.object(v, "", 0)
	}
	switch {
	case !valid && (w.broken || v.Cut || b.Len() == before):
		b.Rest(v, before)
	case !e.known && valid:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d has no comments, posts or messages of a TikTok export.", v.Pos))
	}
}

// profiles are where the owner's account stands.
var profiles = []string{
	"Profile.Profile Information.ProfileMap", "Profile.Profile Info.ProfileMap",
	"Profile And Settings.Profile Info.ProfileMap", "Profile And Settings.Profile Information.ProfileMap",
}

// lists are where the lists stand in an export that is too large to be searched.
var lists = map[string]part{
	"Comment.Comments.CommentsList": comments, "Comment.CommentsList": comments, "Activity.Comment.Comments.CommentsList": comments,
	"Video.Videos.VideoList": videos, "Post.Posts.VideoList": videos, "Activity.Video.Videos.VideoList": videos,
	"Post.Recently Deleted Posts.PostList":        videos,
	"Direct Messages.Chat History.ChatHistory":    chatHistory,
	"Direct Message.Chat History.ChatHistory":     chatHistory,
	"Direct Message.Direct Messages.ChatHistory":  chatHistory,
	"Direct Messages.Direct Messages.ChatHistory": chatHistory,
}

// large reads an export that is too large for the memory.
func (r reader) large(lg *importer.Large) (bool, error) {
	var owner model.Account
	if err := lg.Each(profiles, func(_ string, v jsonscan.Value) { owner = account(v) }); err != nil {
		return false, fmt.Errorf("read whose export it is: %w", err)
	}
	paths := make([]string, 0, len(lists))
	for p := range lists {
		paths = append(paths, p)
	}
	n, err := lg.Records(paths, func(path string, v jsonscan.Value, b *importer.Batch) {
		e := exported{reader: r, b: b, owner: owner}
		if p := lists[path]; p == chatHistory {
			e.list(p, v)
		} else {
			e.one(p, v)
		}
	})
	if err != nil {
		return false, fmt.Errorf("read the lists of an export: %w", err)
	}
	return n > 0, nil
}

// exported is one export while it is read.
type exported struct {
	reader
	b     *importer.Batch
	owner model.Account
	known bool
}

// profile finds whose export it is. What the profile says of birth, mail address
// and telephone is not taken.
func (e *exported) profile(v jsonscan.Value) {
	for _, path := range profiles {
		if a := account(v.Get(strings.Split(path, ".")...)); !a.IsZero() {
			e.owner = a
			return
		}
	}
}

func account(v jsonscan.Value) model.Account {
	handle := strings.TrimPrefix(v.Get("userName").Text(), "@")
	if handle == "" {
		return model.Account{}
	}
	return model.Account{
		Platform: Platform, NativeID: "@" + strings.ToLower(handle), Handle: handle, Name: v.Get("displayName").Text(),
		Description: v.Get("bioDescription").Text(), URL: "https://www.tiktok.com/@" + handle,
	}
}

// list reads a list, or all conversations.
func (e *exported) list(p part, v jsonscan.Value) {
	e.known = true
	if p != chatHistory {
		for it := v.Array(); it.Next(); {
			e.one(p, it.Value)
		}
		return
	}
	for it := v.Object(); it.Next(); {
		chat := text.Clean(string(it.Key))
		for m := it.Value.Array(); m.Next(); {
			if e.b.Check(m.Value) {
				e.message(m.Value, chat)
			}
		}
	}
}

// one reads a comment or a post.
func (e *exported) one(p part, v jsonscan.Value) {
	if !e.b.Check(v) {
		return
	}
	if p == comments {
		e.comment(v)
		return
	}
	e.video(v)
}

// get returns a text under the older or the newer spelling of its key.
func get(v jsonscan.Value, keys ...string) string { return value(v, keys...).Text() }

// value returns what is under the older or the newer spelling of a key. "N/A" is
// TikTok's word for nothing.
func value(v jsonscan.Value, keys ...string) jsonscan.Value {
	for _, k := range keys {
		for _, key := range []string{k, strings.ToLower(k[:1]) + k[1:]} {
			x := v.Get(key)
			if s := x.Text(); s != "" && s != "N/A" && s != "None" {
				return x
			}
		}
	}
	return jsonscan.Value{}
}

// unknown reports the members that are not known, in either spelling.
func (e *exported) unknown(where string, v jsonscan.Value, known ...string) {
next:
	for it := v.Object(); it.Next(); {
		for _, k := range known {
			if strings.EqualFold(string(it.Key), k) {
				continue next
			}
		}
		e.b.Unknown(where + "." + string(it.Key))
	}
}

// post makes a post of the owner.
func (e *exported) post(v jsonscan.Value) *model.Post {
	return &model.Post{
		Platform: Platform, PageType: model.PageVideo, Author: e.owner, Visibility: model.VisibilityPublic,
		Created: e.Time(get(v, "Date"), e.b),
	}
}

// comment reads a comment. The export does not say under which video it stands.
func (e *exported) comment(v jsonscan.Value) {
	p := e.post(v)
	p.Kind, p.Text, p.URL = model.KindComment, get(v, "Comment"), get(v, "Url")
	if u := get(v, "Photo"); u != "" {
		p.Media = []model.Media{{Type: "image", URL: u}}
	}
	if p.Text == "" && p.Media == nil {
		e.b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The entry at byte %d has no comment in it.", v.Pos))
		return
	}
	p.NativeID = "comment-" + chats.ID(p.Created.Original, p.Text, get(v, "Photo"))
	e.unknown("comment", v, "date", "comment", "photo", "url")
	e.b.Post(v, p)
}

// video reads a post of the owner.
func (e *exported) video(v jsonscan.Value) {
	p := e.post(v)
	p.Kind, p.Text = model.KindVideo, get(v, "Title")
	link := get(v, "Link", "VideoLink")
	if link == "" && p.Created.IsZero() {
		e.b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The entry at byte %d has neither a date nor an address of a post.", v.Pos))
		return
	}
	p.Counts.Likes = importer.Count(value(v, "Likes"))
	for _, u := range strings.Fields(link) {
		p.Media = append(p.Media, model.Media{Type: "video", URL: u})
	}
	if id := number(link); id != "" {
		p.NativeID, p.URL, p.Media = id, link, p.Media[:1]
	} else {
		p.NativeID = "post-" + chats.ID(p.Created.Original, p.Text)
	}
	if p.Text == "" {
		p.Kind = model.KindMedia
	}
	if who := strings.ToLower(get(v, "WhoCanView")); who != "" && !strings.HasPrefix(who, "public") && !strings.HasPrefix(who, "everyone") {
		p.Visibility = model.VisibilityPrivate
	}
	if s := get(v, "Location"); s != "" {
		p.Place = model.Place{Name: s, Provenance: model.ProvenanceDeclared}
	}
	e.unknown("video", v, "date", "link", "videolink", "likes", "whocanview", "title", "location", "allowcomments", "allowstitches", "allowduets",
		"allowstickers", "allowsharingtostory", "contentdisclosure", "aigeneratedcontent", "sound", "addyourstext", "coverimage", "altertext", "deletedate")
	e.b.Post(v, p)
}

// number finds a post's id in an address such as https://www.tiktokv.com/share/video/7/.
func number(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return ""
	}
	parts := strings.Split(u.Path, "/")
	for i, part := range parts {
		if (part == "video" || part == "photo") && i+1 < len(parts) && parts[i+1] != "" && strings.Trim(parts[i+1], "0123456789") == "" {
			return parts[i+1]
		}
	}
	return ""
}

// message reads a direct message.
func (e *exported) message(v jsonscan.Value, chat string) {
	if !e.Options.IncludePrivate {
		e.b.Reject(v, rejectPrivate, fmt.Sprintf("The direct message at byte %d was left out: private messages are read only when they are asked for.", v.Pos))
		return
	}
	p := e.post(v)
	p.Kind, p.PageType, p.Visibility, p.Author = model.KindMessage, model.PageChat, model.VisibilityDirect, model.Account{}
	p.Text = get(v, "Content")
	if s := get(v, "From"); s != "" {
		p.Author = model.Account{Platform: Platform, NativeID: "@" + strings.ToLower(s), Handle: s}
	}
	if p.Text == "" && p.Created.IsZero() {
		e.b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The entry at byte %d is no message.", v.Pos))
		return
	}
	if p.Text == "" {
		p.Kind = model.KindEvent
	}
	p.NativeID = "dm-" + chats.ID(chat, p.Created.Original, p.Author.Handle, p.Text)
	p.Refs.Thread = Platform + ":chat-" + chats.ID(chat)
	e.unknown("message", v, "date", "from", "content")
	e.b.Post(v, p)
}
