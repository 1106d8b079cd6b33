package telegram

import (
	"bytes"
	"context"
	"fmt"

	"vedette/backend/importer"
)

// HTML reads the pages that Telegram Desktop exports chats as. It implements
// importer.Format.
type HTML struct{}

// Name implements importer.Format.
func (HTML) Name() string { return "telegram-html" }

// Version implements importer.Format.
func (HTML) Version() string { return "1" }

// Detect implements importer.Format.
func (HTML) Detect(h importer.Head) importer.Match {
	has := func(s string) bool { return bytes.Contains(h.Text, []byte(s)) }
	switch {
	case !has(`class="page_wrap`):
		return importer.Match{Why: "not a page exported by Telegram Desktop"}
	case has(`class="message default`) || has(`class="message service`) || has(`chat_page`) && has(`class="history`):
		return importer.Match{Score: 97, Why: "a page of a chat exported by Telegram Desktop"}
	case has(`list_page`) && has("Exported Data"):
		return importer.Match{Score: 90, Why: "a page of an export of Telegram Desktop", Refuse: "it is a list in an export of Telegram (chats, contacts or sessions); the messages are in messages.html."}
	}
	return importer.Match{Why: "a page like those of Telegram Desktop, but without messages"}
}

// Read implements importer.Format.
func (HTML) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := readPage(ctx, f, o, s); err != nil {
		return fmt.Errorf("telegram-html: %w", err)
	}
	return nil
}
