package slack

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// message reads one message.
func (r *room) message(v jsonscan.Value, b *importer.Batch) {
	ts := v.Get("ts").Text()
	switch {
	case v.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The element at byte %d is no message.", v.Pos))
		return
	case ts == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The message at byte %d has no ts, which is its time and its id.", v.Pos))
		return
	}
	key := r.key
	if c := v.Get("channel"); c.Kind() == '{' {
		key = c.Get("id").Text()
	} else if s := c.Text(); s != "" {
		key = s
	}
	p := &model.Post{
		Platform: Platform, NativeID: under(key, ts), PageType: model.PageChat, Visibility: r.visibility,
		Created: importer.Epoch(v.Get("ts")), URL: v.Get("permalink").Text(),
	}
	if strings.HasPrefix(key, "D") && roomID.MatchString(key) {
		p.Visibility = model.VisibilityDirect
	}
	for it := v.Object(); it.Next(); {
		r.member(string(it.Key), it.Value, p, b)
	}
	p.Author = r.author(v)
	if thread := v.Get("thread_ts").Text(); thread != "" {
		p.Refs.Thread = Platform + ":" + under(key, thread)
		if thread != ts {
			p.Refs.ReplyTo = p.Refs.Thread
		}
	}
	if p.Text == "" {
		p.Text = r.attached(v, p)
	}
	kind(v, p)
	b.Post(v, p)
}

// under is the id of a message in a channel.
func under(key, ts string) string {
	if key == "" {
		return ts
	}
	return text.Clean(key) + "/" + ts
}

// member reads one member of a message.
func (r *room) member(key string, x jsonscan.Value, p *model.Post, b *importer.Batch) {
	switch key {
	case "text":
		p.Text = r.plain(x.Text(), p)
	case "edited":
		p.Edited = importer.Epoch(x.Get("ts"))
	case "reactions":
		p.Counts.Likes = chats.Sum(x, "count")
	case "reply_count":
		p.Counts.Comments = importer.Count(x)
	case "files":
		for it := x.Array(); it.Next(); {
			file(it.Value, p)
		}
	case "file":
		file(x, p)
	default:
		if !known[key] {
			b.Unknown(key)
		}
	}
}

// file reads a file. Exports put a key for downloading behind its address, which
// is left out.
func file(v jsonscan.Value, p *model.Post) {
	if v.Kind() != '{' {
		return
	}
	name := v.Get("name").Text()
	if name == "" {
		name = v.Get("title").Text()
	}
	address, _, _ := strings.Cut(v.Get("url_private").Text(), "?t=")
	p.Media = append(p.Media, model.Media{Type: chats.MediaType(v.Get("mimetype").Text(), name), URL: address, Alt: name})
}

// author finds who wrote a message: a user, or a bot under a name of its own.
func (r *room) author(v jsonscan.Value) model.Account {
	id := v.Get("user").Text()
	a := r.users[id]
	if a.NativeID == "" {
		a = model.Account{NativeID: id}
		profile := v.Get("user_profile")
		a.Handle, a.Name = profile.Get("name").Text(), profile.Get("display_name").Text()
		if a.Name == "" {
			a.Name = profile.Get("real_name").Text()
		}
	}
	if bot := v.Get("bot_id").Text(); bot != "" {
		a.DeclaredBot = true
		if a.NativeID == "" {
			a.NativeID = bot
		}
		if a.Name == "" {
			a.Name = v.Get("bot_profile", "name").Text()
		}
	}
	if name := v.Get("username").Text(); name != "" && a.Name == "" {
		a.Name = name
		if a.NativeID == "" {
			a.NativeID = "@" + strings.ToLower(name)
		}
	}
	if a.IsZero() {
		return model.Account{}
	}
	a.Platform = Platform
	return a
}

// attached is the text of a message that only has attachments, as apps write them.
func (r *room) attached(v jsonscan.Value, p *model.Post) string {
	var parts []string
	for it := v.Get("attachments").Array(); it.Next(); {
		found := false
		for _, key := range []string{"pretext", "title", "text", "fallback"} {
			s := r.plain(it.Value.Get(key).Text(), p)
			if s == "" || key == "fallback" && found {
				continue
			}
			found = true
			parts = append(parts, s)
		}
	}
	return strings.Join(parts, "\n")
}

// kind says what the record is.
func kind(v jsonscan.Value, p *model.Post) {
	switch s := v.Get("subtype").Text(); {
	case !spoken[s]:
		p.Kind = model.KindEvent
		if p.Text == "" {
			p.Text = strings.ReplaceAll(s, "_", " ")
		}
	case p.Text == "":
		p.Kind = model.KindMedia
	default:
		p.Kind = model.KindMessage
	}
}

// spoken are the subtypes of what somebody said; all others tell that something
// happened.
var spoken = map[string]bool{
	"": true, "bot_message": true, "thread_broadcast": true, "reply_broadcast": true, "file_share": true, "file_comment": true, "me_message": true,
	"slackbot_response": true, "assistant_app_thread": true,
}

// known lists the members of messages that are understood and say nothing a post
// keeps.
var known = map[string]bool{
	"type": true, "subtype": true, "ts": true, "user": true, "team": true, "user_team": true, "source_team": true, "user_profile": true, "client_msg_id": true,
	"bot_id": true, "bot_profile": true, "app_id": true, "username": true, "icons": true, "blocks": true, "attachments": true, "thread_ts": true, "parent_user_id": true,
	"reply_users": true, "reply_users_count": true, "latest_reply": true, "replies": true, "subscribed": true, "last_read": true, "is_locked": true, "is_starred": true,
	"pinned_to": true, "pinned_info": true, "permalink": true, "channel": true, "upload": true, "display_as_bot": true, "inviter": true, "purpose": true, "topic": true,
	"name": true, "old_name": true, "hidden": true, "root": true, "x_files": true, "metadata": true, "saved": true, "room": true, "no_notifications": true, "item": true,
	"item_type": true, "members": true, "num_members": true, "comment": true, "iid": true, "score": true, "previous": true, "previous_2": true, "next": true, "next_2": true,
	"event_ts": true, "channel_type": true, "unread_count": true, "is_intro": true, "bot_link": true, "language": true, "assistant_app_thread": true,
}
