package bluesky

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// site is where profiles and posts are shown.
const site = "https://bsky.app/profile/"

// draft is a post while it is read.
type draft struct {
	p       model.Post
	b       *importer.Batch
	created string
	indexed string
	embeds  []jsonscan.Value
	facets  jsonscan.Value
}

// readPost reads a view of a post, or a post's record with its address.
func readPost(v jsonscan.Value, b *importer.Batch, o importer.Options) {
	d := newDraft(b)
	d.view(v)
	if key := v.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	b.Post(v, d.post(o))
}

func newDraft(b *importer.Batch) draft {
	return draft{b: b, p: model.Post{Platform: Platform, Kind: model.KindPost, PageType: model.PageSocial, Visibility: model.VisibilityPublic}}
}

// post puts together what was read.
func (d *draft) post(o importer.Options) *model.Post {
	d.p.Created = d.instant(o)
	d.person()
	d.facet()
	for _, e := range d.embeds {
		d.embed(e)
	}
	p := &d.p
	switch {
	case p.Refs.QuoteOf != "":
		p.Kind = model.KindQuote
	case p.Refs.ReplyTo != "":
		p.Kind = model.KindComment
	case p.Text == "" && len(p.Media) > 0:
		p.Kind = model.KindMedia
	}
	if p.Refs.Thread == "" {
		p.Refs.Thread = p.UID()
	}
	return p
}

// view reads the members of the view.
func (d *draft) view(v jsonscan.Value) {
	p := &d.p
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "uri":
			p.NativeID = x.Text()
		case "author":
			p.Author = account(x)
		case "record", "value":
			d.record(x)
		case "embed":
			d.embeds = append([]jsonscan.Value{x}, d.embeds...)
		case "embeds":
			for e := x.Array(); e.Next(); {
				d.embeds = append([]jsonscan.Value{e.Value}, d.embeds...)
			}
		case "likeCount":
			p.Counts.Likes = importer.Count(x)
		case "replyCount":
			p.Counts.Comments = importer.Count(x)
		case "repostCount":
			p.Counts.Shares = importer.Count(x)
		case "indexedAt":
			d.indexed = x.Text()
		case "cid", "quoteCount", "bookmarkCount", "viewer", "labels", "threadgate", "$type", "debug":
		default:
			d.b.Unknown("post." + string(it.Key))
		}
	}
}

// record reads what the author wrote.
func (d *draft) record(v jsonscan.Value) {
	p := &d.p
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "text":
			if s := x.Text(); s != "" {
				p.Text = s
			}
		case "createdAt":
			if s := x.Text(); s != "" {
				d.created = s
			}
		case "langs":
			if e := x.Array(); e.Next() {
				p.PlatformLang = e.Value.Text()
			}
		case "reply":
			p.Refs.ReplyTo = uid(x.Get("parent", "uri").Text())
			p.Refs.Thread = uid(x.Get("root", "uri").Text())
		case "facets":
			d.facets = x
		case "embed":
			d.embeds = append(d.embeds, x)
		case "tags":
			for e := x.Array(); e.Next(); {
				p.Hashtags = addNew(p.Hashtags, e.Value.Text())
			}
		case "$type", "labels", "entities", "via", "bridgyOriginalText", "bridgyOriginalUrl", "fullText":
		default:
			d.b.Unknown("record." + string(it.Key))
		}
	}
}

// instant is when the author says the post was made; where that is missing or
// cannot be read, when Bluesky saw it, as an assumption.
func (d *draft) instant(o importer.Options) model.Instant {
	i := importer.Local(d.created, o)
	if !i.Time.IsZero() {
		return i
	}
	seen := importer.Stated(d.indexed)
	if seen.Time.IsZero() {
		return i
	}
	d.b.Assume("created", "indexedAt stands for createdAt where that is missing or cannot be read")
	if d.created != "" {
		seen.Original = d.created
	}
	seen.Zone = model.ZoneAssumed
	return seen
}

// uid is the UID of an address, "" for none.
func uid(uri string) string {
	if uri == "" {
		return ""
	}
	return Platform + ":" + uri
}

// account reads a profile.
func account(v jsonscan.Value) model.Account {
	a := model.Account{Platform: Platform, NativeID: v.Get("did").Text(), Handle: v.Get("handle").Text(), Name: v.Get("displayName").Text()}
	if a.Handle == "handle.invalid" {
		a.Handle = ""
	}
	a.Description = v.Get("description").Text()
	a.Followers = importer.Count(v.Get("followersCount"))
	a.Following = importer.Count(v.Get("followsCount"))
	a.Posts = importer.Count(v.Get("postsCount"))
	a.Created = importer.Stated(v.Get("createdAt").Text())
	if s := v.Get("verification", "verifiedStatus").Text(); s != "" {
		yes := s == "valid"
		a.Verified = &yes
	}
	for it := v.Get("labels").Array(); it.Next(); {
		// Only a label that the account put on itself is a declaration.
		if it.Value.Get("val").Text() == "bot" && it.Value.Get("src").Text() == a.NativeID {
			a.DeclaredBot = true
		}
	}
	return a
}

// person completes the author from the post's address, and gives the post its
// own one.
func (d *draft) person() {
	p := &d.p
	did, key := split(p.NativeID)
	if p.Author.NativeID == "" {
		p.Author = model.Account{Platform: Platform, NativeID: did}
	}
	name := p.Author.Handle
	if name == "" {
		name = p.Author.NativeID
	}
	p.Author.URL = site + name
	p.URL = site + name + "/post/" + key
}

// split takes the account and the key out of at://account/collection/key.
func split(uri string) (did, key string) {
	did, rest, _ := strings.Cut(strings.TrimPrefix(uri, "at://"), "/")
	return did, rest[strings.LastIndexByte(rest, '/')+1:]
}

// repost reads a feed item whose reason is that somebody reposted it. The record
// is the whole item; the post in it is one of its own.
func (w walker) repost(v, reason jsonscan.Value) {
	by, post := reason.Get("by"), v.Get("post")
	if !isPost(post) || by.Kind() != '{' {
		return // pinned
	}
	if !w.b.Valid(v) {
		return // what is broken in it is rejected where it is read
	}
	target := post.Get("uri").Text()
	p := &model.Post{
		Platform: Platform, Kind: model.KindRepost, PageType: model.PageSocial, Visibility: model.VisibilityPublic,
		Author: account(by), NativeID: reason.Get("uri").Text(),
		Created: importer.Stated(reason.Get("indexedAt").Text()),
		Refs:    model.Refs{RepostOf: uid(target), Thread: uid(target)},
	}
	if p.NativeID == "" {
		p.NativeID = "repost/" + p.Author.NativeID + "/" + target
	}
	if root := post.Get("record", "reply", "root", "uri").Text(); root != "" {
		p.Refs.Thread = uid(root)
	}
	name := p.Author.Handle
	if name == "" {
		name = p.Author.NativeID
	}
	p.Author.URL = site + name
	w.b.Post(v, p)
}
