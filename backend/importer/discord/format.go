// Package discord reads the JSON files that DiscordChatExporter writes: one
// channel, or a part of one, in each.
//
// Identity: the ids of Discord, which are unique over all servers. An export does
// not say whether a server is open to everybody, so its messages are private, and
// those of direct channels direct.
package discord

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// Platform is the platform of every post that this format reads.
const Platform = "discord"

// Format reads exports of DiscordChatExporter. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "discord" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. It looks at the first value of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 1)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	v := values[0]
	if isExport(v) && (v.Get("messages").Kind() == '[' || v.Cut) {
		return importer.Match{Score: 97, Why: "a channel exported by DiscordChatExporter"}
	}
	return importer.Match{Why: "no server and channel of Discord with messages"}
}

// isExport reports whether a value is about a channel on a server.
func isExport(v jsonscan.Value) bool {
	return v.Get("guild").Has("id") && v.Get("channel").Has("id") && v.Get("channel").Has("type", "category", "categoryId")
}

// channel is where messages were sent.
type channel struct {
	guild, id  string
	visibility model.Visibility
	thread     bool
	captured   model.Instant
}

// channelOf reads what an export says of itself.
func channelOf(v jsonscan.Value) channel {
	kind := v.Get("channel", "type").Text()
	c := channel{
		guild: v.Get("guild", "id").Text(), id: v.Get("channel", "id").Text(), visibility: model.VisibilityPrivate,
		thread: strings.HasSuffix(kind, "Thread"), captured: importer.Stated(v.Get("exportedAt").Text()),
	}
	if strings.HasPrefix(kind, "Direct") || c.guild == "0" {
		c.visibility, c.guild = model.VisibilityDirect, "@me"
	}
	return c
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	first, err := chats.First(f, o)
	if err != nil {
		return fmt.Errorf("discord: %w", err)
	}
	c := channelOf(first)
	j := importer.JSON{Unit: unit, Large: func(l *importer.Large) (bool, error) {
		n, err := l.Records([]string{"messages"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
			if b.Check(v) {
				message(v, c, b)
			}
		})
		if err != nil {
			return false, fmt.Errorf("read a large channel: %w", err)
		}
		return n > 0, nil
	}}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("discord: %w", err)
	}
	return nil
}

// unit reads one top-level value.
func unit(v jsonscan.Value, b *importer.Batch) {
	if v.Get("messages").Kind() != '[' {
		if b.Check(v) {
			b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not a channel with messages.", v.Pos))
		}
		return
	}
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "guild", "channel", "dateRange", "exportedAt", "messages", "messageCount":
		default:
			b.Unknown("export." + string(it.Key))
		}
	}
	c := channelOf(v)
	chats.List(v, v.Get("messages"), b, func(m jsonscan.Value) { message(m, c, b) })
}
