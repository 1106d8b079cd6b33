// Package mbox reads mail: mailboxes in the form mbox, as mailing list archives,
// Thunderbird and Google Takeout give them, and single messages (.eml).
//
// Identity: a message is its Message-ID, an account its address in small letters.
// A message without a Message-ID gets an id made of its date, sender, subject and
// text.
//
// Visibility: mail is private. What came over a mailing list (List-Id, List-Post,
// or the addresses of a Mailman archive) is unlisted: subscribers read it, and
// perhaps everybody who knows the archive, but the mail does not say whether the
// archive is open. What was posted to a newsgroup is public.
//
// Headers that say nothing a post keeps are many and of anybody's making: they
// stay in the bytes of the record and are not told as unknown fields.
package mbox

import (
	"bytes"
	"context"
	"fmt"
	"regexp"

	"vedette/backend/importer"
)

// Platform is the platform of every post that this format reads.
const Platform = "email"

// Format reads mailboxes and messages. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "mbox" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// fromLine is the line that stands in front of each message of a mailbox: the
// sender and the time of delivery.
var fromLine = regexp.MustCompile(`^From [^\r\n]{0,300}?(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun),? +(?:(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec) +[0-9]{1,2}|[0-9]{1,2} +(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)) +[^\r\n]{0,20}?[0-9]{1,2}:[0-9]{2}[^\r\n]{0,40}`)

// Detect implements importer.Format.
func (Format) Detect(h importer.Head) importer.Match {
	t := bytes.TrimLeft(h.Text, "\r\n")
	if fromLine.Match(t[:min(len(t), 512)]) {
		_, rest, _ := bytes.Cut(t, []byte("\n"))
		if head, _, _ := cutHeader(rest); len(head) > 0 {
			return importer.Match{Score: 94, Why: "a mailbox: a line \"From \" with a date, and the header of a message"}
		}
	}
	head, _, ok := cutHeader(t)
	if !ok || len(head) < 3 {
		return importer.Match{Why: "neither a mailbox nor a message"}
	}
	known := 0
	for _, name := range []string{"date", "message-id", "received", "subject", "return-path", "mime-version", "to", "delivered-to", "newsgroups"} {
		if head.get(name) != "" {
			known++
		}
	}
	switch {
	case head.get("snapshot-content-location") != "" || head.get("content-location") != "" && head.get("message-id") == "":
		return importer.Match{Why: "a saved web page, not a message"}
	case head.get("from") != "" && known >= 2:
		return importer.Match{Score: 88, Why: "the header of a message"}
	}
	return importer.Match{Why: "lines like a header, but not that of a message"}
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	if err := read(ctx, f, o, s); err != nil {
		return fmt.Errorf("mbox: %w", err)
	}
	return nil
}
