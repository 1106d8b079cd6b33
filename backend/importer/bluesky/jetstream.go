package bluesky

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// reposts is what the address of every repost has in it.
const reposts = "/app.bsky.feed.repost/"

// isEvent tells an event of Jetstream.
func isEvent(v jsonscan.Value) bool {
	if !v.Has("time_us") || !strings.HasPrefix(v.Get("did").Text(), "did:") {
		return false
	}
	switch v.Get("kind").Text() {
	case "commit", "identity", "account":
		return true
	}
	return v.Has("commit", "identity", "account")
}

// isRepost tells the record of a repost with its address.
func isRepost(v jsonscan.Value) bool {
	return strings.Contains(v.Get("uri").Text(), reposts) && v.Get("value").Kind() == '{'
}

// event reads one event: what an account wrote into its repository, or what
// happened to the account itself.
func event(v jsonscan.Value, b *importer.Batch, o importer.Options) {
	did, at := v.Get("did").Text(), micros(v.Get("time_us"))
	if commit := v.Get("commit"); commit.Kind() == '{' {
		commitEvent(v, commit, did, at, b, o)
		return
	}
	p := &model.Post{
		Platform: Platform, Kind: model.KindEvent, PageType: model.PageSocial, Visibility: model.VisibilityPublic,
		NativeID: "event/" + did + "/" + v.Get("time_us").Text(), Created: at, CapturedAt: at,
		Author: model.Account{Platform: Platform, NativeID: did, URL: site + did},
	}
	if handle := v.Get("identity", "handle").Text(); handle != "" && handle != "handle.invalid" {
		p.Author.Handle, p.Author.URL = handle, site+handle
	}
	b.Post(v, p)
}

// commitEvent reads a change in a repository.
func commitEvent(v, commit jsonscan.Value, did string, at model.Instant, b *importer.Batch, o importer.Options) {
	collection, key := commit.Get("collection").Text(), commit.Get("rkey").Text()
	uri := "at://" + did + "/" + collection + "/" + key
	kind, ok := readable(collection)
	switch operation := commit.Get("operation").Text(); {
	case !ok:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The event at byte %d is about a record of the kind %q, not a post.", v.Pos, text.Clip(collection, 80)))
	case key == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The event at byte %d does not name its record.", v.Pos))
	case operation == "delete":
		b.Post(v, &model.Post{
			Platform: Platform, Kind: model.KindEvent, PageType: model.PageSocial, Visibility: model.VisibilityPublic,
			NativeID: uri + "#deleted", Created: at, CapturedAt: at, Refs: model.Refs{Thread: uid(uri)},
			Author: model.Account{Platform: Platform, NativeID: did, URL: site + did},
		})
	case commit.Get("record").Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The event at byte %d has no record.", v.Pos))
	default:
		p := recordOf(kind, uri, commit.Get("record"), b, o)
		p.CapturedAt = at
		if operation == "update" {
			p.Edited = at
		}
		b.Post(v, p)
	}
}

// readable tells the collections whose records are posts.
func readable(collection string) (model.Kind, bool) {
	switch collection {
	case "app.bsky.feed.post":
		return model.KindPost, true
	case "app.bsky.feed.repost":
		return model.KindRepost, true
	}
	return "", false
}

// recordOf reads the record at an address: a post or a repost.
func recordOf(kind model.Kind, uri string, record jsonscan.Value, b *importer.Batch, o importer.Options) *model.Post {
	if kind == model.KindRepost {
		return repostRecord(uri, record, b, o)
	}
	d := newDraft(b)
	d.p.NativeID = uri
	d.record(record)
	return d.post(o)
}

// repostRecord reads the record of a repost.
func repostRecord(uri string, record jsonscan.Value, b *importer.Batch, o importer.Options) *model.Post {
	target := record.Get("subject", "uri").Text()
	did, _ := split(uri)
	for it := record.Object(); it.Next(); {
		switch key := string(it.Key); key {
		case "$type", "subject", "createdAt", "via":
		default:
			b.Unknown("repost." + key)
		}
	}
	return &model.Post{
		Platform: Platform, Kind: model.KindRepost, PageType: model.PageSocial, Visibility: model.VisibilityPublic,
		NativeID: uri, Created: importer.Local(record.Get("createdAt").Text(), o),
		Author: model.Account{Platform: Platform, NativeID: did, URL: site + did},
		Refs:   model.Refs{RepostOf: uid(target), Thread: uid(target)},
	}
}

// micros reads microseconds since 1970, a whole number of at least seven digits.
func micros(v jsonscan.Value) model.Instant {
	s := v.Text()
	if n, ok := v.Int(); !ok || n < 1e6 || s[0] == '0' {
		return model.Instant{Original: s}
	}
	i := importer.Epoch(jsonscan.Value{Raw: []byte(s[:len(s)-6] + "." + s[len(s)-6:])})
	i.Original = s
	return i
}
