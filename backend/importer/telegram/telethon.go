package telegram

import (
	"fmt"
	"strings"
	"unicode/utf16"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// typeOf is the name of the class that an object of Telethon was.
func typeOf(v jsonscan.Value) string {
	if s := v.Get("_type").Text(); s != "" {
		return s
	}
	return v.Get("_").Text()
}

// isTelethon tells messages as Telethon and 4CAT write them.
func isTelethon(v jsonscan.Value) bool {
	switch typeOf(v) {
	case "Message", "MessageService":
		return v.Has("peer_id", "_chat", "to_id", "_sender")
	case "":
		return v.Has("_chat") && v.Has("_sender") && v.Has("message", "fwd_from")
	}
	return false
}

// telethon reads a message as Telethon writes it.
func (r reader) telethon(v jsonscan.Value, b *importer.Batch) {
	id := v.Get("id").Text()
	if id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The message at byte %d has no id.", v.Pos))
		return
	}
	peer := peerOf(v)
	p := &model.Post{Platform: Platform, NativeID: peer + "/" + id, PageType: model.PageChat, URL: address(peer, id)}
	for it := v.Object(); it.Next(); {
		r.member(string(it.Key), it.Value, p, b)
	}
	where(v.Get("_chat"), peer, id, p)
	if p.Author.IsZero() && strings.HasPrefix(peer, "channel") {
		p.Author = person(v.Get("_chat")) // a channel speaks for itself
	}
	if reply := v.Get("reply_to", "reply_to_msg_id").Text(); reply != "" {
		to := peer
		if x := v.Get("reply_to", "reply_to_peer_id"); x.Exists() {
			to = peerID(x)
		}
		p.Refs.ReplyTo = Platform + ":" + to + "/" + reply
	}
	offsets(v.Get("entities"), p)
	kindOf(v, p)
	b.Post(v, p)
}

// member reads one member of a message.
func (r reader) member(key string, x jsonscan.Value, p *model.Post, b *importer.Batch) {
	switch key {
	case "message":
		if s := x.Text(); s != "" {
			p.Text = s
		}
	case "date":
		p.Created = r.when(x, b)
	case "edit_date":
		p.Edited = r.when(x, b)
	case "views":
		p.Counts.Views = importer.Count(x)
	case "forwards":
		p.Counts.Shares = importer.Count(x)
	case "replies":
		p.Counts.Comments = importer.Count(x.Get("replies"))
	case "reactions":
		p.Counts.Likes = chats.Sum(x.Get("results"), "count")
	case "_sender":
		if a := person(x); !a.IsZero() {
			p.Author = a
		}
	case "from_id":
		if id := peerID(x); id != "" && p.Author.IsZero() {
			p.Author = model.Account{Platform: Platform, NativeID: id}
		}
	case "fwd_from":
		forwarded(x, p)
	case "media":
		attached(x, p)
	case "_", "_type", "id", "peer_id", "to_id", "_chat", "out", "mentioned", "media_unread", "silent", "post", "from_scheduled", "legacy", "edit_hide",
		"pinned", "noforwards", "invert_media", "offline", "via_bot_id", "via_business_bot_id", "reply_markup", "reply_to", "entities", "post_author",
		"grouped_id", "restriction_reason", "ttl_period", "quick_reply_shortcut_id", "effect", "factcheck", "from_boosts_applied", "saved_peer_id",
		"action", "raw_text", "text", "_client", "_text", "_file", "_reply_message", "_buttons", "_buttons_flat", "_buttons_count", "_via_bot", "_via_input_bot",
		"_action_entities", "_linked_chat", "_forward", "_input_chat", "_input_sender", "_chat_peer", "_broadcast", "_sender_id", "video_processing_pending",
		"report_delivery_until_date", "paid_message_stars", "_4CAT_metadata", "reactions_are_possible":
	default:
		b.Unknown("telethon." + key)
	}
}

// when reads an instant, which is written in seconds or in ISO 8601.
func (r reader) when(v jsonscan.Value, b *importer.Batch) model.Instant {
	if v.Kind() == '0' {
		return importer.Epoch(v)
	}
	if s := v.Text(); s != "" {
		return r.Time(s, b)
	}
	return model.Instant{}
}

// peerID is the id of a peer: an object with one of three ids.
func peerID(v jsonscan.Value) string {
	for _, kind := range []string{"channel", "chat", "user"} {
		if id := v.Get(kind + "_id").Text(); id != "" {
			return kind + id
		}
	}
	return ""
}

// peerOf is the chat that a message is in.
func peerOf(v jsonscan.Value) string {
	for _, key := range []string{"peer_id", "to_id"} {
		if id := peerID(v.Get(key)); id != "" {
			return id
		}
	}
	c := v.Get("_chat")
	return prefixOf(typeOf(c)) + c.Get("id").Text()
}

func prefixOf(class string) string {
	switch class {
	case "Channel", "ChannelForbidden":
		return "channel"
	case "Chat", "ChatForbidden":
		return "chat"
	}
	return "user"
}

// person reads a user or a channel.
func person(v jsonscan.Value) model.Account {
	id := v.Get("id").Text()
	if id == "" {
		return model.Account{}
	}
	a := model.Account{Platform: Platform, NativeID: prefixOf(typeOf(v)) + id, Handle: v.Get("username").Text()}
	a.Name = v.Get("title").Text()
	if a.Name == "" {
		a.Name = strings.TrimSpace(v.Get("first_name").Text() + " " + v.Get("last_name").Text())
	}
	if a.Handle != "" {
		a.URL = "https://t.me/" + a.Handle
	}
	a.DeclaredBot, _ = v.Get("bot").Bool()
	if yes, ok := v.Get("verified").Bool(); ok {
		a.Verified = &yes
	}
	a.Followers = importer.Count(v.Get("participants_count"))
	return a
}

// where says who could see the message: everybody, when the chat has a name of
// its own; else its members.
func where(c jsonscan.Value, peer, id string, p *model.Post) {
	handle := c.Get("username").Text()
	switch {
	case strings.HasPrefix(peer, "user"):
		p.Visibility = model.VisibilityDirect
	case handle != "":
		p.Visibility, p.URL = model.VisibilityPublic, "https://t.me/"+handle+"/"+id
	default:
		p.Visibility = model.VisibilityPrivate
	}
}

// forwarded reads where a message was forwarded from.
func forwarded(v jsonscan.Value, p *model.Post) {
	if v.Kind() != '{' {
		return
	}
	p.Kind = model.KindRepost
	from := peerID(v.Get("from_id"))
	if post := v.Get("channel_post").Text(); post != "" && from != "" {
		p.Refs.RepostOf = Platform + ":" + from + "/" + post
	}
	if name := v.Get("from_name").Text(); from != "" || name != "" {
		p.Mentions = append(p.Mentions, model.Mention{Handle: name, AccountID: from})
	}
}

// attached reads what is attached to a message.
func attached(v jsonscan.Value, p *model.Post) {
	switch typeOf(v) {
	case "MessageMediaPhoto":
		p.Media = append(p.Media, model.Media{Type: "image"})
	case "MessageMediaDocument":
		m := model.Media{}
		for it := v.Get("document", "attributes").Array(); it.Next(); {
			if s := it.Value.Get("file_name").Text(); s != "" {
				m.Alt = s
			}
		}
		m.Type = chats.MediaType(v.Get("document", "mime_type").Text(), m.Alt)
		p.Media = append(p.Media, m)
	case "MessageMediaPoll":
		p.Text = poll(v.Get("poll"))
	case "MessageMediaGeo", "MessageMediaGeoLive", "MessageMediaVenue":
		located(v.Get("geo", "lat"), v.Get("geo", "long"), p)
		if name := v.Get("title").Text(); name != "" {
			p.Place.Name, p.Place.Provenance = name, model.ProvenanceDeclared
		}
	case "MessageMediaWebPage":
		if u := v.Get("webpage", "url").Text(); u != "" {
			p.Links = append(p.Links, model.Link{URL: u, Title: v.Get("webpage", "title").Text()})
		}
	}
}

// kindOf says what the record is.
func kindOf(v jsonscan.Value, p *model.Post) {
	switch {
	case v.Get("action").Kind() == '{':
		p.Kind = model.KindEvent
		if p.Text == "" {
			p.Text = strings.TrimPrefix(typeOf(v.Get("action")), "MessageAction")
		}
	case p.Text == "":
		p.Kind = model.KindMedia
	case p.Kind != "":
	default:
		p.Kind = model.KindMessage
		if yes, _ := v.Get("post").Bool(); yes {
			p.Kind = model.KindPost
		}
	}
}

// offsets reads entities, whose places are counted in units of UTF-16.
func offsets(v jsonscan.Value, p *model.Post) {
	if v.Empty() {
		return
	}
	units := utf16.Encode([]rune(p.Text))
	for it := v.Array(); it.Next(); {
		kind := marks[typeOf(it.Value)]
		from, ok := it.Value.Get("offset").Int()
		n, ok2 := it.Value.Get("length").Int()
		if kind == "" || !ok || !ok2 || from < 0 || n <= 0 || n > maxMark || from > int64(len(units))-n {
			continue
		}
		entity(kind, string(utf16.Decode(units[from:from+n])), it.Value.Get("url").Text(), it.Value.Get("user_id").Text(), p)
	}
}

// maxMark is the longest marked part of a text, in units of UTF-16, that is read:
// a message has at most 4,096.
const maxMark = 4096

// marks are the kinds of entities, as Telegram Desktop names them.
var marks = map[string]string{
	"MessageEntityHashtag":     "hashtag",
	"MessageEntityMention":     "mention",
	"MessageEntityMentionName": "mention_name",
	"MessageEntityUrl":         "link",
	"MessageEntityTextUrl":     "text_link",
}
