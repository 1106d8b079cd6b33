package graphapi

import (
	"fmt"
	"regexp"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// maxNested is how deep objects are followed into one another: page, post,
// comment, reply, and what holds them.
const maxNested = 12

// around is what is known of an object from where it is: who owns the list that
// it is in, and what it answers.
type around struct {
	owner  model.Account // of a list of posts or media
	parent string        // UID of the post or comment that it is a comment on
	thread string        // UID of the post at the top
}

// walk goes through a value and gives each every object that may be a post: list
// elements, members of an object by id, and what is nested in them.
type walk struct {
	// each looks at one object; false ends the walk.
	each func(v jsonscan.Value, a around) bool
	// broken is told when a list breaks off.
	broken *bool
	depth  int
}

// value goes through one top-level value and reports whether to go on.
func (w walk) value(v jsonscan.Value) bool {
	switch {
	case v.Get("data").Kind() == '[':
		a := around{}
		a.parent, a.thread = fromPaging(v.Get("paging"))
		return w.list(v.Get("data"), a)
	case v.Get("business_discovery").Kind() == '{':
		return w.holder(v.Get("business_discovery"))
	case v.Get("mentioned_media").Kind() == '{':
		return w.object(v.Get("mentioned_media"), around{})
	case v.Get("mentioned_comment").Kind() == '{':
		return w.object(v.Get("mentioned_comment"), around{})
	case classify(v) == "" && byID(v):
		return w.members(v)
	case classify(v) == "" && v.Has(holderLists...):
		return w.holder(v)
	}
	return w.object(v, around{})
}

// holderLists are the lists that a page, group or account has its posts in.
var holderLists = []string{"posts", "feed", "published_posts", "tagged", "visitor_posts", "media", "stories", "tags", "videos"}

// holder goes through the posts of a page or account.
func (w walk) holder(v jsonscan.Value) bool {
	platform := Facebook
	if v.Has("username") && v.Has("media", "followers_count", "biography") || v.Has("media", "stories") {
		platform = Instagram
	}
	own := around{owner: account(v, platform)}
	for _, name := range holderLists {
		a := own
		if name == "tagged" || name == "visitor_posts" || name == "tags" || name == "feed" {
			a.owner = model.Account{} // others write there too
		}
		if list := v.Get(name, "data"); list.Kind() == '[' && !w.list(list, a) {
			return false
		}
	}
	return true
}

// list goes through the elements of an array.
func (w walk) list(v jsonscan.Value, a around) bool {
	it := v.Array()
	for it.Next() {
		if !w.object(it.Value, a) {
			return false
		}
	}
	if it.Broken && w.broken != nil {
		*w.broken = true
	}
	return true
}

// members goes through an object whose members are objects by their ids.
func (w walk) members(v jsonscan.Value) bool {
	it := v.Object()
	for it.Next() {
		if !w.object(it.Value, around{}) {
			return false
		}
	}
	if it.Broken && w.broken != nil {
		*w.broken = true
	}
	return true
}

// object gives one object and what is nested in it.
func (w walk) object(v jsonscan.Value, a around) bool {
	if w.depth++; w.depth > maxNested {
		return true
	}
	if classify(v) == "" && v.Kind() == '{' && v.Has(holderLists...) {
		return w.holder(v)
	}
	if !w.each(v, a) {
		return false
	}
	return w.nested(v, a)
}

// nested goes through the comments on a post and the replies to a comment.
func (w walk) nested(v jsonscan.Value, a around) bool {
	below := around{thread: a.thread}
	switch kind := classify(v); kind {
	case "", fbMessage:
		return true
	default:
		id := idOf(v, kind)
		if id == "" {
			return true
		}
		below.parent = platformOf(kind) + ":" + id
		if kind != fbComment && kind != igComment {
			below.thread = below.parent
		}
	}
	for _, name := range []string{"comments", "replies"} {
		if list := v.Get(name, "data"); list.Kind() == '[' && !w.list(list, below) {
			return false
		}
	}
	return true
}

// byID reports whether an object's first member is an object under its id.
func byID(v jsonscan.Value) bool {
	it := v.Object()
	if !it.Next() || it.Value.Kind() != '{' {
		return false
	}
	key := string(it.Key)
	return it.Value.Get("id").Text() == key || digits(key) || pair(key)
}

// page finds in a paging address whose comments a page shows.
var page = regexp.MustCompile(`graph\.(?:facebook|instagram)\.com/v[\d.]+/(\d+(?:_\d+)?)/(comments|replies)\b`)

// fromPaging tells what the comments of a page are on, where the address of the
// next or the previous page says so.
func fromPaging(v jsonscan.Value) (parent, thread string) {
	for _, key := range []string{"next", "previous"} {
		m := page.FindStringSubmatch(v.Get(key).Text())
		if m == nil {
			continue
		}
		platform := Instagram
		if len(m[1]) < 15 || pair(m[1]) {
			platform = Facebook
		}
		if m[2] == "comments" && (pair(m[1]) || platform == Instagram) {
			return platform + ":" + m[1], platform + ":" + m[1]
		}
		return platform + ":" + m[1], ""
	}
	return "", ""
}

// unit reads one top-level value.
func unit(v jsonscan.Value, b *importer.Batch) {
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	before, broken := b.Len(), false
	b.Valid(v)
	walk{each: func(x jsonscan.Value, a around) bool { read(x, a, b); return true }, broken: &broken}.value(v)
	if broken || v.Cut {
		b.Rest(v, before)
	}
}

// large reads a page that is too large for the memory.
func large(l *importer.Large) (bool, error) {
	n, err := l.Records([]string{"data", "business_discovery.media.data", "posts.data", "feed.data", "media.data"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		walk{each: func(x jsonscan.Value, a around) bool { read(x, a, b); return true }}.object(v, around{})
	})
	if err != nil {
		return false, fmt.Errorf("read a large page: %w", err)
	}
	return n > 0, nil
}
