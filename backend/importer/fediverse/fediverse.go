// Package fediverse holds what the readers of servers that speak ActivityPub
// share: how posts and accounts are identified, so that the same one is the same
// whichever server's interface or export it was found in.
//
// A post is identified by its ActivityPub address, an account by "@name@host" in
// lower case. Posts and comments of Lemmy have the platform "lemmy", everything
// else "mastodon".
package fediverse

import (
	"strings"

	"vedette/backend/importer/anchors"
	"vedette/backend/model"
)

// The platforms.
const (
	Mastodon = "mastodon"
	Lemmy    = "lemmy"
)

// Platform tells by a post's address which platform it belongs to: Lemmy's are
// host/post/number and host/comment/number.
func Platform(id string) string {
	host := anchors.Host(id)
	if host == "" {
		return Mastodon
	}
	_, path, _ := strings.Cut(id[strings.Index(id, "://")+3:], "/")
	number, ok := strings.CutPrefix(path, "post/")
	if !ok {
		number, ok = strings.CutPrefix(path, "comment/")
	}
	if !ok || number == "" || strings.Trim(number, "0123456789") != "" {
		return Mastodon
	}
	return Lemmy
}

// UID is the UID of a post by its address, "" for none.
func UID(id string) string {
	if id == "" {
		return ""
	}
	return Platform(id) + ":" + id
}

// AccountID is the identity of an account by its name@host, "" for none.
func AccountID(handle string) string {
	if handle == "" {
		return ""
	}
	return "@" + strings.ToLower(handle)
}

// Handle is name@host. A server leaves its own host out; the address of the
// profile has it.
func Handle(name, profile string) string {
	if name == "" || strings.Contains(name, "@") {
		return name
	}
	if host := anchors.Host(profile); host != "" {
		return name + "@" + host
	}
	return name
}

// places are where servers put the profiles of accounts.
var places = []string{"/users/", "/@", "/u/", "/c/", "/m/", "/accounts/", "/video-channels/", "/author/", "/profile/", "/user/"}

// FromActor derives name@host from an account's ActivityPub address, "" when the
// address does not show the name.
func FromActor(actor string) string {
	host := anchors.Host(actor)
	if host == "" {
		return ""
	}
	rest := actor[strings.Index(actor, "://")+3:]
	i := strings.IndexByte(rest, '/')
	if i < 0 {
		return ""
	}
	for _, p := range places {
		name, ok := strings.CutPrefix(rest[i:], p)
		if !ok {
			continue
		}
		name = strings.TrimSuffix(name, "/")
		if name == "" || strings.ContainsAny(name, "/?#@") {
			return ""
		}
		return name + "@" + host
	}
	return ""
}

// Account is an account of which the platform, name@host and ActivityPub address
// are known, each "" when it is not.
func Account(platform, handle, actor string) model.Account {
	a := model.Account{Platform: platform, NativeID: AccountID(handle), Handle: handle, URL: actor}
	if a.NativeID == "" {
		a.NativeID = actor
	}
	if a.NativeID == "" {
		return model.Account{}
	}
	return a
}
