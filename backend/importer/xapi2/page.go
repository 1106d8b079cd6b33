package xapi2

import (
	"fmt"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// lookup is what a page includes beside its posts, by id. It is only read once
// it is filled.
type lookup struct {
	users    map[string]model.Account
	hidden   map[string]bool // users whose posts only followers see
	media    map[string]model.Media
	places   map[string]model.Place
	captured model.Instant
}

func newLookup() *lookup {
	return &lookup{
		users: map[string]model.Account{}, hidden: map[string]bool{},
		media: map[string]model.Media{}, places: map[string]model.Place{},
	}
}

// unit reads one top-level value: a page, a stream line or a flattened post.
func unit(v jsonscan.Value, b *importer.Batch) {
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	if isPage(v) {
		readPage(v, b)
		return
	}
	l := newLookup()
	l.captured = captured(v.Get("__twarc"))
	readPost(v, l, b)
}

// isPage tells a page from a post by the keys that only one of them has.
func isPage(v jsonscan.Value) bool {
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "id", "text", "author_id":
			return false
		case "data", "includes", "errors", "meta":
			return true
		}
	}
	return false
}

// readPage reads the posts of a page in the order of the file.
func readPage(v jsonscan.Value, b *importer.Batch) {
	var data, includes, failed jsonscan.Value
	l := newLookup()
	b.Valid(v)
	it := v.Object()
	for it.Next() {
		switch string(it.Key) {
		case "data":
			data = filled(data, it.Value)
		case "includes":
			includes = filled(includes, it.Value)
		case "errors":
			failed = it.Value
		case "__twarc":
			l.captured = captured(it.Value)
		case "meta", "matching_rules", "title", "detail", "type", "status", "connection_issue":
		default:
			b.Unknown("page." + string(it.Key))
		}
	}
	before := b.Len()
	tweets := l.fill(includes, b)
	if tweets.Raw != nil {
		l.owners(data)
	}
	if tweets.Raw != nil && tweets.Pos < data.Pos {
		readPosts(tweets, l, b)
		readPosts(data, l, b)
	} else {
		readPosts(data, l, b)
		readPosts(tweets, l, b)
	}
	if it.Broken {
		b.Rest(v, before)
	} else if b.Len() == before && !data.Exists() && (failed.Exists() || v.Has("title")) {
		b.Reject(v, "api_error", fmt.Sprintf("The answer at byte %d holds an error of the API instead of posts: %s", v.Pos, errorText(v, failed)))
	}
}

// errorText says what the API said.
func errorText(v, failed jsonscan.Value) string {
	if it := failed.Array(); it.Next() {
		v = it.Value
	}
	for _, key := range []string{"detail", "message", "title"} {
		if s := v.Get(key).Text(); s != "" {
			return text.Clip(s, 200)
		}
	}
	return "no reason was given."
}

// filled keeps the value that has something in it, the later one when both have.
func filled(old, v jsonscan.Value) jsonscan.Value {
	if old.Raw != nil && v.Empty() {
		return old
	}
	return v
}

// fill reads what a page includes and returns its posts.
func (l *lookup) fill(includes jsonscan.Value, b *importer.Batch) (tweets jsonscan.Value) {
	for it := includes.Object(); it.Next(); {
		key := string(it.Key)
		switch key {
		case "tweets":
			tweets = filled(tweets, it.Value)
		case "users", "media", "places":
			for e := it.Value.Array(); e.Next(); {
				l.add(key, e.Value)
			}
		case "polls", "topics":
		default:
			b.Unknown("includes." + key)
		}
	}
	return tweets
}

// add puts one included object into the lookup.
func (l *lookup) add(kind string, v jsonscan.Value) {
	switch kind {
	case "users":
		a, hidden := readUser(v)
		if a.NativeID != "" {
			l.users[a.NativeID] = a
			if hidden {
				l.hidden[a.NativeID] = true
			}
		}
	case "media":
		if key := v.Get("media_key").Text(); key != "" {
			l.media[key] = readMedia(v)
		}
	case "places":
		if id := v.Get("id").Text(); id != "" {
			l.places[id] = readPlace(v)
		}
	}
}

// owners adds the users of a page of users: the included posts are theirs.
func (l *lookup) owners(data jsonscan.Value) {
	for it := data.Array(); it.Next() && it.Value.Has("username"); {
		l.add("users", it.Value)
	}
}

// readPosts reads an array of posts, or a single one.
func readPosts(v jsonscan.Value, l *lookup, b *importer.Batch) {
	if v.Kind() == '{' {
		readPost(v, l, b)
		return
	}
	for it := v.Array(); it.Next(); {
		readPost(it.Value, l, b)
	}
}

// large reads a page that is too large for the memory: first what it includes,
// then its posts, one by one.
func large(lg *importer.Large) (bool, error) {
	l := newLookup()
	err := lg.Each([]string{"includes.users", "includes.media", "includes.places", "__twarc"}, func(path string, v jsonscan.Value) {
		if path == "__twarc" {
			l.captured = captured(v)
			return
		}
		l.add(path[len("includes."):], v)
	})
	if err != nil {
		return false, fmt.Errorf("read what a page includes: %w", err)
	}
	n, err := lg.Records([]string{"data", "includes.tweets"}, func(_ string, v jsonscan.Value, b *importer.Batch) {
		readPost(v, l, b)
	})
	if err != nil {
		return false, fmt.Errorf("read the posts of a page: %w", err)
	}
	return n > 0, nil
}

// captured reads when twarc fetched a page.
func captured(v jsonscan.Value) model.Instant {
	return importer.Stated(v.Get("retrieved_at").Text())
}
