package activitypub

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/fediverse"
	"vedette/backend/importer/pages"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// reader reads the records of one file.
type reader struct {
	o importer.Options
	// owner is the account whose export this is; its id is "" when unknown.
	owner owner
}

// maxActor is how large the file that describes the account may be.
const maxActor = 1 << 20

// owner is what actor.json beside an outbox says.
type owner struct {
	id      string
	account jsonscan.Value
}

func companion(f importer.File) owner {
	data, ok := f.Companion("actor.json", maxActor)
	if !ok {
		return owner{}
	}
	for _, v := range jsonscan.Sniff(data, 1) {
		if isActor(v) && !v.Cut {
			return owner{id: v.Get("id").Text(), account: v}
		}
	}
	return owner{}
}

// record reads an activity or an object.
func (r *reader) record(v jsonscan.Value, b *importer.Batch) {
	if key := v.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	if isObject(v) {
		r.object(v, v, jsonscan.Value{}, b)
		return
	}
	switch what := kind(v); what {
	case "Create", "Update":
		object := v.Get("object")
		switch {
		case isObject(object):
			r.object(v, object, v, b)
		case object.Kind() == '"':
			b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The activity at byte %d gives only the address of its post.", v.Pos))
		default:
			b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The activity at byte %d is about an object of the kind %q, not a post.", v.Pos, text.Clip(kind(object), 40)))
		}
	case "Announce", "Delete":
		r.about(v, what, b)
	default:
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The activity at byte %d is a %s, not a post.", v.Pos, what))
	}
}

// about reads an activity that refers to another post: a repost, or the event
// that one was deleted.
func (r *reader) about(v jsonscan.Value, what string, b *importer.Batch) {
	object := v.Get("object")
	if inner := object.Get("object"); isActivity(object) && !inner.Empty() {
		object = inner // a group passes on what its members did
	}
	target := reference(object)
	p := &model.Post{
		Platform: fediverse.Platform(target), Kind: model.KindRepost, PageType: model.PageSocial, NativeID: v.Get("id").Text(),
		Created: importer.Local(v.Get("published").Text(), r.o), Visibility: visibility(b, v),
		Refs: model.Refs{RepostOf: fediverse.UID(target), Thread: fediverse.UID(target)},
	}
	if what == "Delete" {
		p.Kind, p.Refs = model.KindEvent, model.Refs{Thread: fediverse.UID(target)}
	}
	actor := reference(v.Get("actor"))
	switch {
	case target == "":
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The activity at byte %d does not say which post it is about.", v.Pos))
		return
	case p.NativeID == "" && actor == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The activity at byte %d has no id.", v.Pos))
		return
	case p.NativeID == "":
		p.NativeID = strings.ToLower(what) + "/" + actor + "/" + target
	}
	p.Author = r.person(v.Get("actor"), p.Platform, false)
	b.Post(v, p)
}

// reference is the address of an object, which may be given whole, as a list of
// which the first counts, or as the address alone.
func reference(v jsonscan.Value) string {
	if v.Kind() == '[' {
		it := v.Array()
		it.Next()
		v = it.Value
	}
	if v.Kind() == '{' {
		if id := v.Get("id").Text(); id != "" {
			return id
		}
		return v.Get("href").Text()
	}
	if v.Kind() != '"' {
		return ""
	}
	return v.Text()
}

// person reads who did something. opaque says that the server's addresses of
// accounts do not show their names.
func (r *reader) person(v jsonscan.Value, platform string, opaque bool) model.Account {
	if v.Kind() == '[' {
		v = someone(v)
	}
	id := reference(v)
	if v.Kind() != '{' && id != "" && id == r.owner.id {
		v = r.owner.account
	}
	handle := ""
	switch name := v.Get("preferredUsername").Text(); {
	case name != "":
		handle = fediverse.Handle(name, id)
	case !opaque:
		handle = fediverse.FromActor(id)
	}
	a := fediverse.Account(platform, handle, id)
	if v.Kind() == '{' {
		a.Name = v.Get("name").Text()
		if s := v.Get("summary").Text(); s != "" {
			a.Description = text.PlainHTML(s)
		}
		a.Created = importer.Local(v.Get("published").Text(), r.o)
		a.DeclaredBot = kind(v) == "Service" || kind(v) == "Application"
	}
	return a
}

// someone is the first of several authors who is a person, else the first.
func someone(v jsonscan.Value) jsonscan.Value {
	it := v.Array()
	it.Next()
	first := it.Value
	for ok := true; ok; ok = it.Next() {
		if kind(it.Value) == "Person" {
			return it.Value
		}
	}
	return first
}

// visibility says who could see something by whom it is addressed to, in any of
// the objects: everyone, everyone without being listed, followers, or the people
// named.
func visibility(b *importer.Batch, in ...jsonscan.Value) model.Visibility {
	addressed, listed, open, followers := false, false, false, false
	for _, v := range in {
		for it := v.Object(); it.Next(); {
			key := string(it.Key)
			switch key {
			case "to", "cc", "bto", "bcc", "audience":
			default:
				continue
			}
			addressed = true
			for _, to := range recipients(it.Value) {
				public := to == "https://www.w3.org/ns/activitystreams#Public" || to == "as:Public" || to == "Public"
				listed = listed || public && key == "to"
				open = open || public
				followers = followers || strings.HasSuffix(to, "/followers") || strings.Contains(to, "/followers?")
			}
		}
	}
	switch {
	case !addressed:
		b.Assume("visibility", "a post that names nobody whom it is for is public")
		return model.VisibilityPublic
	case listed:
		return model.VisibilityPublic
	case open:
		return model.VisibilityUnlisted
	case followers:
		return model.VisibilityPrivate
	}
	return model.VisibilityDirect
}

// maxRecipients bounds the work on one list of recipients.
const maxRecipients = 10000

// recipients lists whom something is addressed to: one address or several.
func recipients(v jsonscan.Value) []string {
	if v.Kind() != '[' {
		return []string{reference(v)}
	}
	var out []string
	for it := v.Array(); it.Next() && len(out) < maxRecipients; {
		out = append(out, reference(it.Value))
	}
	return out
}

// first is the first value that is text, of the members in order.
func first(v jsonscan.Value, keys ...string) string {
	for _, k := range keys {
		x := v.Get(k)
		if x.Kind() == '[' {
			x = pages.First(v, k)
		}
		if s := x.Text(); s != "" {
			return s
		}
	}
	return ""
}
