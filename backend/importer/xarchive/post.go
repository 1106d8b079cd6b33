package xarchive

import (
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// rejectPrivate is the code of messages that were not asked for.
const rejectPrivate = "private"

// archive is what is known of the archive before its records are read. It is only
// read then.
type archive struct {
	owner   model.Account
	notes   map[string][]string // long texts by second
	private bool
}

// post reads one entry: a post in its frame, or without one in older archives.
func (a *archive) post(v jsonscan.Value, b *importer.Batch) {
	if b.Valid(v) && v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	inner := v
	if x := v.Get("tweet"); x.Kind() == '{' {
		inner = x
	}
	r := xtweet.Reader{Batch: b, Owner: a.owner, Archive: true, Full: a.full}
	r.Tweet(v, inner)
}

// conversation reads the messages of one conversation.
func (a *archive) conversation(v jsonscan.Value, b *importer.Batch) {
	c := v.Get("dmConversation")
	list := c.Get("messages")
	if list.Kind() != '[' {
		if b.Check(v) {
			b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is no conversation.", v.Pos))
		}
		return
	}
	before := b.Len()
	b.Valid(v)
	thread := c.Get("conversationId").Text()
	it := list.Array()
	for it.Next() {
		a.message(it.Value, thread, b)
	}
	if it.Broken || v.Cut {
		b.Rest(v, before)
	}
}

// large reads a conversation that is too large for the memory, without its name,
// which cannot be reached then.
func (a *archive) large(lg *importer.Large) (bool, error) {
	n, err := lg.Records([]string{"dmConversation.messages"}, func(_ string, v jsonscan.Value, b *importer.Batch) { a.message(v, "", b) })
	if err != nil {
		return false, fmt.Errorf("read the messages of a conversation: %w", err)
	}
	return n > 0, nil
}

// message reads one entry of a conversation: a message, or an event in it.
func (a *archive) message(v jsonscan.Value, thread string, b *importer.Batch) {
	if !b.Check(v) {
		return
	}
	it := v.Object()
	if !it.Next() || it.Value.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The entry at byte %d is no message.", v.Pos))
		return
	}
	if !a.private {
		b.Reject(v, rejectPrivate, fmt.Sprintf("The direct message at byte %d was left out: private messages are read only when they are asked for.", v.Pos))
		return
	}
	kind, m := text.Clean(string(it.Key)), it.Value
	p := model.Post{
		Platform: xtweet.Platform, PageType: model.PageChat, Kind: model.KindMessage, Visibility: model.VisibilityDirect,
		Created: importer.Stated(m.Get("createdAt").Text()), Text: text.Unescape(m.Get("text").Text()),
	}
	if thread != "" {
		p.Refs.Thread = xtweet.Platform + ":dm-conversation-" + thread
	}
	p.Author = a.account(m)
	if s := m.Get("recipientId").Text(); s != "" {
		p.Mentions = []model.Mention{{AccountID: s}}
	}
	for e := m.Get("urls").Array(); e.Next(); {
		if u := e.Value.Get("expanded").Text(); u != "" {
			p.Links = append(p.Links, model.Link{URL: u})
		}
	}
	for e := m.Get("mediaUrls").Array(); e.Next(); {
		if u := e.Value.Text(); u != "" {
			p.Media = append(p.Media, model.Media{Type: "image", URL: u})
		}
	}
	p.NativeID = "dm-" + m.Get("id").Text()
	switch {
	case kind != "messageCreate" && kind != "welcomeMessageCreate":
		p.Kind, p.NativeID = model.KindEvent, event(kind, thread, m)
		p.Text = kind
		if s := m.Get("name").Text(); s != "" {
			p.Text += ": " + s
		}
	case p.NativeID == "dm-":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The message at byte %d has no id.", v.Pos))
		return
	case p.Text == "" && len(p.Media) > 0:
		p.Kind = model.KindMedia
	}
	b.Post(v, &p)
}

// account is who wrote a message or caused an event.
func (a *archive) account(m jsonscan.Value) model.Account {
	for _, key := range []string{"senderId", "initiatingUserId"} {
		switch s := m.Get(key).Text(); s {
		case "":
		case a.owner.NativeID:
			return a.owner
		default:
			return model.Account{Platform: xtweet.Platform, NativeID: s}
		}
	}
	return model.Account{}
}

// event names an event of a conversation: it has no id of its own.
func event(kind, thread string, m jsonscan.Value) string {
	return fmt.Sprintf("dm-%s-%s-%s-%s", kind, thread, m.Get("createdAt").Text(), m.Get("initiatingUserId").Text()+m.Get("senderId").Text())
}
