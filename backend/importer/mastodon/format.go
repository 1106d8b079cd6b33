// Package mastodon reads statuses in the shape of Mastodon's client API, which
// Pleroma, Akkoma, GoToSocial, Pixelfed and others answer in too: single statuses,
// lists, one on a line, contexts (ancestors and descendants) and search results.
// A boosted status is a record of its own, and so is a quoted one.
//
// Identity: the status's ActivityPub address, which is the same on every server
// and in an account's export; an account is "@name@host". Replies give only the
// id that the answering server made up for its copy, so a file is looked through
// once for the statuses that these ids stand for.
package mastodon

import (
	"context"
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
)

// Format reads JSON of Mastodon's API. It implements importer.Format.
type Format struct{}

// Name implements importer.Format.
func (Format) Name() string { return "mastodon" }

// Version implements importer.Format.
func (Format) Version() string { return "1" }

// large are the lists of an answer that may be too large for the memory.
var large = []string{"ancestors", "descendants", "statuses"}

// Read implements importer.Format.
func (Format) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	r := &reader{known: pages.Index{}, o: o}
	shape := pages.Shape{Record: isStatus, Holder: holder, Passed: passed}
	if err := shape.Scan(ctx, f, o, r.note, large...); err != nil {
		return fmt.Errorf("mastodon: %w", err)
	}
	shape.Read = r.status
	j := importer.JSON{Unit: shape.Unit, Large: shape.Large(large...)}
	if err := j.Read(ctx, f, o, s); err != nil {
		return fmt.Errorf("mastodon: %w", err)
	}
	return nil
}

// reader reads the statuses of one file. It is not changed once reading begins.
type reader struct {
	// known are the addresses of the file's statuses by the server's own ids.
	known pages.Index
	// server is the host that answered, "" when nothing in the file tells.
	server string
	o      importer.Options
}

// note remembers what a status is called on the server that answered.
func (r *reader) note(v jsonscan.Value) {
	r.known.Add(v.Get("id").Text(), v.Get("uri").Text())
	if r.server != "" {
		return
	}
	// An account without a host is one of the server itself.
	account := v.Get("account")
	if acct := account.Get("acct").Text(); acct != "" && !strings.Contains(acct, "@") {
		r.server = anchors.Host(account.Get("url").Text())
	}
}

// isStatus tells a status: somebody's, with a content or a status that it repeats.
func isStatus(v jsonscan.Value) bool {
	return v.Get("account").Has("acct", "username") && v.Has("content", "reblog") && v.Has("id") && v.Has("created_at")
}

// holder tells the members that hold statuses.
func holder(key string, _ jsonscan.Value, inStatus bool) bool {
	switch key {
	case "reblog", "quote", "quoted_status":
		return true
	case "pleroma":
		return inStatus
	case "ancestors", "descendants", "statuses", "last_status", "status":
		return !inStatus
	}
	return false
}

// passed tells the members of an answer that are understood and hold no statuses.
func passed(key string) bool {
	switch key {
	case "accounts", "hashtags", "id", "unread", "references", "type", "created_at", "account", "group_key":
		return true
	}
	return false
}

// Detect implements importer.Format. It looks at the first values of the file.
func (Format) Detect(h importer.Head) importer.Match {
	return pages.Detect(h, "no status of Mastodon's API in the first values", judge)
}

// judge looks at one top-level value.
func judge(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	account := func(x jsonscan.Value) bool { return x.Has("acct") && x.Has("username") }
	m := importer.Match{Score: 80, Why: "an answer of Mastodon's API without statuses"}
	switch {
	case isStatus(v) && account(v.Get("account")):
		return importer.Match{Score: 95, Why: "statuses of Mastodon's API"}
	case isContext(v):
		return importer.Match{Score: 95, Why: "the context of a status of Mastodon's API"}
	case isStatus(pages.First(v, "statuses")), v.Get("statuses").Kind() == '[' && v.Get("hashtags").Kind() == '[' && v.Get("accounts").Kind() == '[':
		return importer.Match{Score: 95, Why: "search results of Mastodon's API"}
	case isStatus(v.Get("last_status")):
		return importer.Match{Score: 90, Why: "conversations of Mastodon's API"}
	case v.Has("type") && account(v.Get("account")):
		m.Refuse = "it is a list of notifications of a Mastodon account."
	case account(v) && v.Has("followers_count", "statuses_count", "note"):
		m.Refuse = "it is a list of accounts of Mastodon."
	case v.Has("followed_by") && v.Has("muting_notifications", "showing_reblogs"):
		m.Refuse = "it says which accounts of Mastodon follow each other."
	case (v.Has("uri") && v.Has("urls", "usage") || v.Has("domain") && v.Has("source_url")) && v.Has("rules", "registrations"):
		m.Refuse = "it describes a server of Mastodon's kind."
	case v.Has("name") && v.Has("history") && strings.Contains(v.Get("url").Text(), "/tags/"):
		m.Refuse = "it is a list of hashtags of Mastodon."
	default:
		return importer.Match{}
	}
	return m
}

// isContext tells the answer with what stands before and after a status.
func isContext(v jsonscan.Value) bool {
	a, d := v.Get("ancestors"), v.Get("descendants")
	return a.Kind() == '[' && d.Kind() == '[' &&
		(isStatus(pages.First(a)) || isStatus(pages.First(d)) || a.Empty() && d.Empty())
}
