package table

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"slices"
	"strings"

	"vedette/backend/model"
)

// finish gives a post what follows from its other fields, or rejects it. hasID
// says that it must have an id.
func (m *mapper) finish(p *model.Post, hasID bool) (*model.Post, *model.Reject) {
	if p.Platform == "" {
		return nil, &model.Reject{Code: "no_platform", Reason: "The row names no platform."}
	}
	if hasID && p.NativeID == "" {
		return nil, &model.Reject{Code: "no_id", Reason: "The row has no id."}
	}
	hasText := strings.TrimSpace(p.Text) != "" || strings.TrimSpace(p.Title) != ""
	if !hasText && p.URL == "" && len(p.Media) == 0 && p.Created.IsZero() && !m.hasID {
		return nil, &model.Reject{Code: "empty_row", Reason: "The row has nothing of a post in it."}
	}
	if !slices.Contains(model.Kinds, p.Kind) {
		p.Kind = m.profile.Kind
	}
	if !slices.Contains(model.PageTypes, p.PageType) {
		p.PageType = m.profile.Type
	}
	switch {
	case !hasText:
		p.Kind = model.KindMedia
	case p.Kind == "":
		p.Kind = model.KindPost
	}
	if p.PageType == "" {
		p.PageType = model.PageOther
	}
	switch p.Visibility {
	case model.VisibilityPublic, model.VisibilityUnlisted, model.VisibilityPrivate, model.VisibilityDirect:
	default:
		p.Visibility = model.VisibilityPublic
	}
	p.Place.HasPoint = (p.Place.Lat != 0 || p.Place.Lon != 0) && p.Place.Lat >= -90 && p.Place.Lat <= 90 && p.Place.Lon >= -180 && p.Place.Lon <= 180
	if !p.Place.HasPoint {
		p.Place.Lat, p.Place.Lon = 0, 0
	}
	if p.Place.Name == "" && p.Place.Country == "" && !p.Place.HasPoint {
		p.Place = model.Place{}
	}
	p.Links = slices.DeleteFunc(p.Links, func(l model.Link) bool { return l.URL == p.URL })
	if p.Platform == "bluesky" {
		finishBluesky(p)
	}
	finishAuthor(p)
	for _, ref := range []*string{&p.Refs.ReplyTo, &p.Refs.RepostOf, &p.Refs.QuoteOf, &p.Refs.Thread} {
		if *ref != "" {
			*ref = p.Platform + ":" + *ref
		}
	}
	if p.NativeID == "" {
		p.NativeID = contentID(p)
		m.madeIDs.Add(1)
	}
	return p, nil
}

// finishBluesky takes from a post's at:// address what it says: who wrote it, and
// where it is on the web.
func finishBluesky(p *model.Post) {
	did, path, ok := strings.Cut(strings.TrimPrefix(p.NativeID, "at://"), "/")
	if !ok || !strings.HasPrefix(did, "did:") {
		return
	}
	if p.Author.NativeID == "" {
		p.Author.NativeID = did
	}
	name := p.Author.Handle
	if name == "" {
		name = did
	}
	if key, is := strings.CutPrefix(path, "app.bsky.feed.post/"); is && p.URL == "" {
		p.URL = "https://bsky.app/profile/" + name + "/post/" + key
	}
}

// finishAuthor gives an author who has a handle but no id the handle as id.
func finishAuthor(p *model.Post) {
	a := &p.Author
	if a.NativeID == "" && a.Handle != "" {
		a.NativeID = "@" + strings.ToLower(a.Handle)
	}
	if a.IsZero() {
		*a = model.Account{}
		return
	}
	a.Platform = p.Platform
}

// contentID makes a stable id of what a post says, for tables without ids: the
// first 16 bytes of the SHA-256 over the length-prefixed author, date, address,
// title and text.
func contentID(p *model.Post) string {
	h := sha256.New()
	for _, s := range []string{p.Author.NativeID, p.Author.Name, p.Created.Original, p.URL, p.Title, p.Text} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	return "content-" + hex.EncodeToString(h.Sum(nil)[:16])
}
