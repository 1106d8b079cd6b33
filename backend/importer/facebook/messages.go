package facebook

import (
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// chat is who writes to whom, and where.
type chat struct {
	platform string
	people   []string
}

// folderOfInstagram is where an Instagram export has its files.
const folderOfInstagram = "your_instagram_activity"

// chatPlatform tells Instagram's messages from Messenger's, which look the same,
// by the folders that the files of an export lie in: of this one, or of those that
// its beginning names.
func chatPlatform(f importer.File) string {
	head := make([]byte, min(f.Size, importer.HeadSize))
	n, err := f.R.ReadAt(head, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Messenger // reading it will say what is wrong
	}
	if strings.Contains(f.Name, folderOfInstagram) || bytes.Contains(head[:n], []byte(folderOfInstagram)) {
		return Instagram
	}
	return Messenger
}

// participant is one who takes part: an object with a name, or a name.
func participant(v jsonscan.Value) string {
	if s := say(v); s != "" {
		return s
	}
	return say(v.Get("name"))
}

// chat reads the messages of a conversation, newest first as they are.
func (r reader) chat(v jsonscan.Value, b *importer.Batch) {
	c := chat{platform: r.chats}
	for it := v.Get("participants").Array(); it.Next() && len(c.people) < maxMedia; {
		c.people = append(c.people, participant(it.Value))
	}
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "participants", "messages", "title", "threadName", "is_still_participant", "thread_path", "magic_words", "image", "joinable_mode":
		default:
			b.Unknown("conversation." + string(it.Key))
		}
	}
	chats.List(v, v.Get("messages"), b, func(m jsonscan.Value) { r.message(m, c, b) })
}

// filesOf are the members of a message that list files.
var filesOf = []string{"photos", "videos", "audio_files", "gifs", "files", "media"}

// message reads one message.
func (r reader) message(v jsonscan.Value, c chat, b *importer.Batch) {
	sender, when, words := v.Get("sender_name"), v.Get("timestamp_ms"), v.Get("content")
	if v.Has("senderName") {
		sender, when, words = v.Get("senderName"), v.Get("timestamp"), v.Get("text")
	}
	if !when.Exists() || !sender.Exists() {
		notPost(v, b)
		return
	}
	p := &model.Post{
		Platform: c.platform, Kind: model.KindMessage, PageType: model.PageChat, Visibility: model.VisibilityDirect,
		Author: person(c.platform, say(sender)), Created: milliseconds(when), Text: say(words),
	}
	if len(c.people) == 2 {
		for _, name := range c.people {
			if name != p.Author.Name && name != "" {
				p.Mentions = append(p.Mentions, model.Mention{Handle: name, AccountID: "name:" + name})
			}
		}
	}
	messageFiles(v, p)
	if list := v.Get("reactions"); list.Kind() == '[' {
		n := int64(0)
		for it := list.Array(); it.Next(); {
			n++
		}
		p.Counts.Likes = model.Known(n)
	}
	messageKind(v, p)
	identify(p, append([]string{c.platform}, sorted(c.people)...)...)
	b.Assume("ids", "made from the content: the export has none")
	for it := v.Object(); it.Next(); {
		if !messageFields[string(it.Key)] {
			b.Unknown("message." + string(it.Key))
		}
	}
	b.Post(v, p)
}

func sorted(names []string) []string {
	out := slices.Clone(names)
	slices.Sort(out)
	return out
}

var messageFields = map[string]bool{
	"sender_name": true, "timestamp_ms": true, "content": true, "photos": true, "videos": true, "audio_files": true, "gifs": true, "files": true, "sticker": true, "share": true, "reactions": true, "type": true,
	"is_unsent": true, "is_geoblocked_for_viewer": true, "call_duration": true, "missed": true, "users": true, "bumped_message_metadata": true, "is_taken_down": true, "ip": true, "magic_words": true,
	"senderName": true, "timestamp": true, "text": true, "media": true, "isUnsent": true, "is_unsent_image_by_messenger_kid_parent": true,
}

// messageFiles reads what a message carries.
func messageFiles(v jsonscan.Value, p *model.Post) {
	for _, key := range filesOf {
		for it := v.Get(key).Array(); it.Next() && len(p.Media) < maxMedia; {
			m := file(it.Value)
			if m.Type == "file" && key == "photos" {
				m.Type = "image"
			}
			p.Media = append(p.Media, m)
		}
	}
	if uri := say(v.Get("sticker", "uri")); uri != "" {
		p.Media = append(p.Media, model.Media{Type: "image", URL: uri})
	}
	share := v.Get("share")
	if u := say(share.Get("link")); u != "" {
		p.Links = append(p.Links, model.Link{URL: u})
	}
	if s := say(share.Get("share_text")); s != "" && s != p.Text {
		p.Text = joined(p.Text, s)
	}
}

// messageKind tells messages from what the service writes: calls, people who come
// and go.
func messageKind(v jsonscan.Value, p *model.Post) {
	unsent, _ := v.Get("is_unsent").Bool()
	switch kind := v.Get("type").Text(); {
	case kind == "Call", kind == "Subscribe", kind == "Unsubscribe", v.Has("call_duration"), v.Has("users") && kind != "Generic":
		p.Kind = model.KindEvent
	case p.Text != "":
	case len(p.Media) > 0 || len(p.Links) > 0:
		p.Kind = model.KindMedia
	case unsent:
		p.Kind = model.KindEvent
	default:
		p.Kind = model.KindMedia
	}
}
