package discord

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// message reads a message of a channel.
func message(v jsonscan.Value, c channel, b *importer.Batch) {
	id := v.Get("id").Text()
	switch {
	case v.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The element at byte %d is no message.", v.Pos))
		return
	case id == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The message at byte %d has no id.", v.Pos))
		return
	}
	p := &model.Post{
		Platform: Platform, NativeID: id, PageType: model.PageChat, Visibility: c.visibility, CapturedAt: c.captured,
	}
	if c.guild != "" && c.id != "" {
		p.URL = "https://discord.com/channels/" + text.Clean(c.guild+"/"+c.id) + "/" + id
	}
	if c.thread {
		p.Refs.Thread = Platform + ":" + text.Clean(c.id) // a thread has the id of the message that it began with
	}
	for it := v.Object(); it.Next(); {
		member(string(it.Key), it.Value, p, b)
	}
	reference(v, p)
	kind(v, p)
	b.Post(v, p)
}

// member reads one member of a message.
func member(key string, x jsonscan.Value, p *model.Post, b *importer.Batch) {
	switch key {
	case "timestamp":
		p.Created = importer.Stated(x.Text())
	case "timestampEdited":
		p.Edited = importer.Stated(x.Text())
	case "content":
		p.Text = x.Text()
	case "author":
		p.Author = account(x)
	case "attachments":
		attachments(x, p)
	case "stickers":
		for it := x.Array(); it.Next(); {
			p.Media = append(p.Media, model.Media{Type: "image", URL: it.Value.Get("sourceUrl").Text(), Alt: it.Value.Get("name").Text()})
		}
	case "forwardedMessage":
		attachments(x.Get("attachments"), p)
	case "embeds":
		for it := x.Array(); it.Next(); {
			if u := it.Value.Get("url").Text(); u != "" {
				p.Links = append(p.Links, model.Link{URL: u, Title: it.Value.Get("title").Text()})
			}
		}
	case "mentions":
		for it := x.Array(); it.Next(); {
			if m := (model.Mention{Handle: it.Value.Get("name").Text(), AccountID: it.Value.Get("id").Text()}); m != (model.Mention{}) {
				p.Mentions = append(p.Mentions, m)
			}
		}
	case "reactions":
		p.Counts.Likes = chats.Sum(x, "count")
	case "id", "type", "callEndedTimestamp", "isPinned", "reference", "interaction", "inlineEmojis", "components", "poll":
	default:
		b.Unknown(key)
	}
}

// attachments reads a list of files.
func attachments(v jsonscan.Value, p *model.Post) {
	for it := v.Array(); it.Next(); {
		name := it.Value.Get("fileName").Text()
		p.Media = append(p.Media, model.Media{Type: chats.MediaType("", name), URL: it.Value.Get("url").Text(), Alt: name})
	}
}

// account reads an author: the name is the handle, the nickname on the server the
// name.
func account(v jsonscan.Value) model.Account {
	a := model.Account{Platform: Platform, NativeID: v.Get("id").Text(), Handle: v.Get("name").Text(), Name: v.Get("nickname").Text()}
	if a.Name == "" {
		a.Name = a.Handle
	}
	a.DeclaredBot, _ = v.Get("isBot").Bool()
	if a.NativeID == "" && a.Handle != "" {
		a.NativeID = "@" + strings.ToLower(a.Handle)
	}
	if a.IsZero() {
		return model.Account{}
	}
	return a
}

// reference reads the message that this one answers or forwards.
func reference(v jsonscan.Value, p *model.Post) {
	to := v.Get("reference", "messageId").Text()
	forwarded := v.Get("forwardedMessage")
	if forwarded.Kind() == '{' {
		p.Kind = model.KindRepost
		if p.Text == "" {
			p.Text = forwarded.Get("content").Text()
		}
	}
	if to == "" {
		return
	}
	if p.Kind == model.KindRepost {
		p.Refs.RepostOf = Platform + ":" + to
	} else {
		p.Refs.ReplyTo = Platform + ":" + to
	}
}

// kind says what the record is. Types that are unknown to the exporter are written
// as numbers.
func kind(v jsonscan.Value, p *model.Post) {
	t := v.Get("type").Text()
	switch t {
	case "", "Default", "Reply", "ThreadStarterMessage", "ChatInputCommand", "ContextMenuCommand", "0", "19", "20", "21", "23":
	default:
		p.Kind = model.KindEvent
		if p.Text == "" {
			p.Text = t
		}
		return
	}
	if p.Text == "" {
		p.Text = embedded(v)
	}
	switch {
	case p.Text == "":
		p.Kind = model.KindMedia
	case p.Kind == "":
		p.Kind = model.KindMessage
	}
}

// embedded is the text of a message that only has boxes, as bots write them, or a
// poll.
func embedded(v jsonscan.Value) string {
	var parts []string
	add := func(x jsonscan.Value) {
		if s := strings.TrimSpace(x.Text()); s != "" {
			parts = append(parts, s)
		}
	}
	for it := v.Get("embeds").Array(); it.Next(); {
		add(it.Value.Get("title"))
		add(it.Value.Get("description"))
		for f := it.Value.Get("fields").Array(); f.Next(); {
			add(f.Value.Get("name"))
			add(f.Value.Get("value"))
		}
	}
	add(v.Get("poll", "question", "text"))
	return strings.Join(parts, "\n")
}
