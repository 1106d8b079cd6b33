package telegram

import (
	"context"
	"fmt"
	"io"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// reader reads one file.
type reader struct{ chats.Reading }

// chatType is what the type of a chat says.
type chatType struct {
	prefix     string
	visibility model.Visibility
	broadcast  bool
}

var chatTypes = map[string]chatType{
	"saved_messages":     {"user", model.VisibilityDirect, false},
	"replies":            {"user", model.VisibilityDirect, false},
	"verification_codes": {"user", model.VisibilityDirect, false},
	"personal_chat":      {"user", model.VisibilityDirect, false},
	"bot_chat":           {"user", model.VisibilityDirect, false},
	"private_group":      {"chat", model.VisibilityPrivate, false},
	"private_supergroup": {"channel", model.VisibilityPrivate, false},
	"public_supergroup":  {"channel", model.VisibilityPublic, false},
	"private_channel":    {"channel", model.VisibilityPrivate, true},
	"public_channel":     {"channel", model.VisibilityPublic, true},
}

// chat is where messages were sent.
type chat struct {
	chatType
	peer string // "channel123"
	id   string
}

// chatOf reads what an exported chat says of itself. One of an unknown type is
// taken to be private.
func chatOf(v jsonscan.Value) chat {
	c := chat{id: text.Clean(v.Get("id").Text())}
	t, ok := chatTypes[v.Get("type").Text()]
	if !ok {
		t = chatType{prefix: "chat", visibility: model.VisibilityPrivate}
	}
	c.chatType, c.peer = t, t.prefix+c.id
	return c
}

// read reads a whole file. In an export of all chats a single chat can be larger
// than what is held in memory: each such chat is read like a file of its own.
func (r reader) read(ctx context.Context, f importer.File, s importer.Sink) error {
	first, err := chats.First(f, r.Options)
	if err != nil {
		return fmt.Errorf("find the chat: %w", err)
	}
	j := importer.JSON{Unit: r.unit}
	switch {
	case first.Get("messages").Kind() == '[':
		c := chatOf(first)
		j.Large = func(l *importer.Large) (bool, error) { return r.large(l, c) }
	case f.Size > r.Options.RecordLimit() && !isTelethon(first):
		if big, err := r.exports(ctx, f, s); big || err != nil {
			return err
		}
	}
	return j.Read(ctx, f, r.Options, s) //nolint:wrapcheck // the caller says what was read.
}

// unit reads one top-level value.
func (r reader) unit(v jsonscan.Value, b *importer.Batch) {
	switch {
	case v.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
	case isTelethon(v):
		if b.Check(v) {
			r.telethon(v, b)
		}
	case v.Get("messages").Kind() == '[':
		r.chat(v, b)
	case v.Get("chats").Kind() == '{' || v.Get("left_chats").Kind() == '{':
		r.all(v, b)
	case b.Check(v):
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The object at byte %d is neither a chat nor a message of Telegram.", v.Pos))
	}
}

// chat reads an exported chat.
func (r reader) chat(v jsonscan.Value, b *importer.Batch) {
	c := chatOf(v)
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "name", "type", "id", "messages":
		default:
			b.Unknown("chat." + string(it.Key))
		}
	}
	chats.List(v, v.Get("messages"), b, func(m jsonscan.Value) { r.message(m, c, b) })
}

// all reads an export of all chats.
func (r reader) all(v jsonscan.Value, b *importer.Batch) {
	before := b.Len()
	b.Valid(v)
	broken := v.Cut
	for _, key := range []string{"chats", "left_chats"} {
		it := v.Get(key, "list").Array()
		for it.Next() {
			r.chat(it.Value, b)
		}
		broken = broken || it.Broken
	}
	if broken {
		b.Rest(v, before)
	}
}

// large reads a chat that is too large for the memory, message by message.
func (r reader) large(l *importer.Large, c chat) (bool, error) {
	n, err := l.Records([]string{"messages"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		if b.Check(v) {
			r.message(v, c, b)
		}
	})
	if err != nil {
		return false, fmt.Errorf("read a large chat: %w", err)
	}
	return n > 0, nil
}

// exports reads a large export of all chats, chat by chat. It reports whether
// the file is one.
func (r reader) exports(ctx context.Context, f importer.File, s importer.Sink) (bool, error) {
	found := false
	o := jsonscan.Options{MaxRecord: 4 << 10} // only names and places are wanted
	paths := []string{"chats.list", "left_chats.list"}
	err := jsonscan.Walk(f.Section(), o, paths, func(_ int, it jsonscan.Item) error {
		found = true
		part := importer.File{Name: f.Name, Size: it.Length, R: io.NewSectionReader(f.R, it.Pos, it.Length)}
		return r.read(ctx, part, &shifted{Sink: s, by: it.Pos})
	})
	if err == nil || !found {
		return found, nil
	}
	return true, r.ended(err, s)
}

// ended tells of an export that breaks off, or passes another error on.
func (r reader) ended(err error, s importer.Sink) error {
	se, ok := asSyntax(err)
	if !ok {
		return err
	}
	code := importer.RejectBadJSON
	if se.Truncated {
		code = importer.RejectTruncated
	}
	reason := fmt.Sprintf("The list of chats breaks off: %v.", se)
	return s.Record(model.Record{ //nolint:wrapcheck // the caller says what was read.
		Locator: model.Locator{Item: fmt.Sprintf("byte %d", se.Pos)}, Raw: []byte(reason),
		Reject: &model.Reject{Code: code, Reason: reason},
	})
}
