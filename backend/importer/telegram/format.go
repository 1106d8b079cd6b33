// Package telegram reads chats of Telegram: the export of Telegram Desktop in
// JSON (one chat, or all of them) and in HTML, and the lines of JSON that
// programs built on Telethon write.
//
// Identity: a message is "<kind of chat><id of chat>/<id>", for example
// "channel123/45", and an account is "user123" or "channel123", as Telegram
// Desktop writes them. HTML pages hold no ids of chats and accounts: there names
// stand in for them ("name:Harbour watch/45").
//
// A forwarded message is a repost; where it came from is kept as a mention,
// because the number of the original is only known in the lines of Telethon.
package telegram

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that these formats read.
const Platform = "telegram"

// Format reads Telegram's JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "telegram" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 4)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no chat or message of Telegram in the first values"}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	switch {
	case v.Kind() != '{':
		return importer.Match{}
	case isTelethon(v):
		return importer.Match{Score: 95, Why: "messages as Telethon writes them"}
	case desktopList(v.Get("messages")):
		return importer.Match{Score: 97, Why: "a chat exported by Telegram Desktop"}
	case chatTypes[v.Get("type").Text()] != (chatType{}) && v.Get("messages").Kind() == '[':
		return importer.Match{Score: 90, Why: "an empty chat exported by Telegram Desktop"}
	case v.Get("chats", "list").Kind() == '[' || v.Get("left_chats", "list").Kind() == '[':
		return importer.Match{Score: 96, Why: "all chats exported by Telegram Desktop"}
	case strings.Contains(v.Get("about").Text(), "Telegram") && v.Has("personal_information", "contacts", "sessions", "profile_pictures", "stories", "frequent_contacts"):
		if v.Cut { // the chats may follow
			return importer.Match{Score: 90, Why: "an export of Telegram Desktop"}
		}
		return importer.Match{Score: 90, Why: "an export of Telegram Desktop", Refuse: "it is an export of Telegram without chats (contacts, sessions or settings)."}
	}
	return importer.Match{}
}

// desktopList reports whether the first element of a list is a message of
// Telegram Desktop.
func desktopList(list jsonscan.Value) bool {
	it := list.Array()
	if !it.Next() {
		return false
	}
	kind := it.Value.Get("type").Text()
	return (kind == "message" || kind == "service") && it.Value.Has("date") && it.Value.Has("id") && it.Value.Has("text", "date_unixtime", "actor", "from")
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := reader{chats.Reading{Options: o}}
	if err := r.read(ctx, f, s); err != nil {
		return fmt.Errorf("telegram: %w", err)
	}
	return nil
}
