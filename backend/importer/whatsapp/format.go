// Package whatsapp reads the text files that WhatsApp exports chats as. What
// they look like depends on the phone, its language and its region: the order of
// day and month, the clock of 12 or 24 hours, brackets and seconds, invisible
// marks, and what stands in the place of media.
//
// Identity: such a file has no ids. A message's id is made of its date as it is
// written, its sender and its text, and of how often the same three were seen
// before on that date. So the same chat exported again from the same phone, with
// more messages, gives the same ids. An account is a phone number where the file
// shows one, else the name that the exporting phone knows it by.
package whatsapp

import (
	"bytes"
	"context"
	"fmt"

	"vedette/backend/importer"
)

// Platform is the platform of every post that this format reads.
const Platform = "whatsapp"

// Format reads WhatsApp's chat text. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "whatsapp" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format: the first line with anything on it has to
// begin with a date and a time as WhatsApp writes them.
func (Format) Detect(h importer.Head) importer.Match {
	heads, senders, lines := 0, 0, 0
	for line := range bytes.Lines(h.Text[:min(len(h.Text), 64<<10)]) {
		s := string(bytes.TrimRight(line, "\r\n"))
		if stripMarks(s) == "" {
			continue
		}
		_, rest, ok := cutHead(s)
		if lines++; lines == 1 && !ok {
			break
		}
		if ok {
			heads++
			if _, _, ok := cutSender(rest); ok {
				senders++
			}
		}
	}
	switch {
	case senders > 0:
		return importer.Match{Score: 92, Why: "messages with a date and a sender as WhatsApp writes them"}
	case heads > 0:
		return importer.Match{Score: 40, Why: "lines with a date as WhatsApp writes them, without a sender"}
	}
	return importer.Match{Why: "the first line does not begin with a date and a time as in WhatsApp"}
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := read(ctx, f, o, s); err != nil {
		return fmt.Errorf("whatsapp: %w", err)
	}
	return nil
}
