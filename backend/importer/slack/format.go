// Package slack reads messages of Slack: the files of a workspace export, one for
// each channel and day, and pages of the API's history and search.
//
// Identity: the id of a message is "<channel>/<ts>", where the channel is its id
// when the export's list of channels lies beside the file, else the name of the
// folder, and left out where neither is known.
//
// Visibility: nobody outside of a workspace reads it. What every member can read
// (a public channel) is unlisted; everything else is private, and direct messages
// are direct.
package slack

import (
	"context"
	"fmt"
	"regexp"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
)

// Platform is the platform of every post that this format reads.
const Platform = "slack"

// Format reads Slack's JSON. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "slack" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 6)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	best := importer.Match{Why: "no messages of Slack in the first values"}
	for _, v := range values {
		if m := judge(v); m.Score > best.Score || (m.Score == best.Score && best.Refuse != "" && m.Refuse == "") {
			best = m
		}
	}
	return best
}

var (
	stamp  = regexp.MustCompile(`^[0-9]{9,11}\.[0-9]{6}$`)
	userID = regexp.MustCompile(`^[UW][A-Z0-9]{6,}$`)
	roomID = regexp.MustCompile(`^[CGD][A-Z0-9]{6,}$`)
)

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	id := v.Get("id").Text()
	switch {
	case isMessage(v):
		return importer.Match{Score: 95, Why: "messages of Slack"}
	case v.Has("ok"):
		return judgePage(v)
	case userID.MatchString(id) && v.Has("profile") && v.Has("name", "real_name"):
		return importer.Match{Score: 90, Why: "users of Slack", Refuse: "it is the list of the users of a Slack workspace."}
	case roomID.MatchString(id) && v.Has("members") && v.Has("created"):
		return importer.Match{Score: 90, Why: "channels of Slack", Refuse: "it is a list of channels of a Slack workspace; their messages are in the folders beside it."}
	case v.Has("service_type", "app_type") && v.Has("change_type", "user_name") && v.Has("date"):
		return importer.Match{Score: 85, Why: "a log of integrations", Refuse: "it is the log of the apps of a Slack workspace."}
	}
	return importer.Match{}
}

// isMessage tells a message by the form of its time.
func isMessage(v jsonscan.Value) bool {
	return stamp.MatchString(v.Get("ts").Text()) && (v.Get("type").Text() == "message" || v.Has("user", "bot_id", "username", "subtype"))
}

// judgePage looks at an answer of the API.
func judgePage(v jsonscan.Value) importer.Match {
	messages := v.Get("messages")
	if messages.Kind() == '{' {
		messages = messages.Get("matches")
	}
	it := messages.Array()
	switch {
	case it.Next() && isMessage(it.Value):
		return importer.Match{Score: 96, Why: "a page of messages of Slack"}
	case messages.Kind() == '[' && v.Has("has_more", "response_metadata", "query"):
		return importer.Match{Score: 60, Why: "a page of Slack without messages"}
	case v.Get("members").Kind() == '[' || v.Get("channels").Kind() == '[':
		return importer.Match{Score: 80, Why: "an answer of Slack's API", Refuse: "it is a list of users or channels of Slack."}
	}
	return importer.Match{}
}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := newRoom(f)
	if r.folder != "" && r.users == nil {
		s.Assume("names", "unknown: users.json of the export does not lie beside the channel, so there are only ids")
	}
	j := importer.JSON{Unit: r.unit, Large: r.large}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("slack: %w", err)
	}
	return nil
}

// unit reads one top-level value: a message, or a page of them.
func (r *room) unit(v jsonscan.Value, b *importer.Batch) {
	list := v.Get("messages")
	if list.Kind() == '{' {
		list = list.Get("matches")
	}
	switch {
	case v.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
	case list.Kind() == '[':
		chats.List(v, list, b, func(m jsonscan.Value) { r.message(m, b) })
	case b.Check(v):
		r.message(v, b)
	}
}

// large reads a page that is too large for the memory.
func (r *room) large(l *importer.Large) (bool, error) {
	n, err := l.Records([]string{"messages", "messages.matches"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		if b.Check(v) {
			r.message(v, b)
		}
	})
	if err != nil {
		return false, fmt.Errorf("read a large page: %w", err)
	}
	return n > 0, nil
}
