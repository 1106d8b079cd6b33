package table

import (
	"strings"

	"vedette/backend/model"
)

// valueSort is what kind of value a post's field takes.
type valueSort string

// The kinds of value.
const (
	sortText  valueSort = "text"  // words, also in HTML
	sortWord  valueSort = "word"  // one short string
	sortTime  valueSort = "time"  // an instant
	sortCount valueSort = "count" // a whole number
	sortList  valueSort = "list"  // several strings
	sortFloat valueSort = "float" // degrees
	sortBool  valueSort = "bool"
)

// readersOf lists what Field.As may say for each kind of value.
var readersOf = map[valueSort][]string{
	sortText:  {"text", "html"},
	sortWord:  {"text"},
	sortTime:  {"auto", "unix", "unix_ms", "layout"},
	sortList:  {"list", "json"},
	sortCount: {"sum"},
}

// value is a cell as it was read; which member counts is told by the sort.
type value struct {
	s    string
	list []string
	at   model.Instant
	n    model.Count
	f    float64
	yes  bool
}

// target is a field of a post that a profile can fill. set is called only for
// values that are there.
type target struct {
	sort valueSort
	set  func(p *model.Post, v value)
}

func word(f func(p *model.Post) *string) target {
	return target{sortWord, func(p *model.Post, v value) { *f(p) = v.s }}
}

func count(f func(p *model.Post) *model.Count) target {
	return target{sortCount, func(p *model.Post, v value) { *f(p) = v.n }}
}

func instant(f func(p *model.Post) *model.Instant) target {
	return target{sortTime, func(p *model.Post, v value) { *f(p) = v.at }}
}

// targets are all fields that a profile can fill, by the names that it uses.
// References hold bare ids here; finish makes UIDs of them.
var targets = map[string]target{
	"id":         word(func(p *model.Post) *string { return &p.NativeID }),
	"platform":   {sortWord, func(p *model.Post, v value) { p.Platform = strings.ToLower(v.s) }},
	"kind":       {sortWord, func(p *model.Post, v value) { p.Kind = model.Kind(v.s) }},
	"type":       {sortWord, func(p *model.Post, v value) { p.PageType = model.PageType(v.s) }},
	"visibility": {sortWord, func(p *model.Post, v value) { p.Visibility = model.Visibility(v.s) }},
	"title":      {sortText, func(p *model.Post, v value) { p.Title = v.s }},
	"text":       {sortText, func(p *model.Post, v value) { p.Text = v.s }},
	"url":        word(func(p *model.Post) *string { return &p.URL }),
	"lang":       word(func(p *model.Post) *string { return &p.PlatformLang }),
	"created":    instant(func(p *model.Post) *model.Instant { return &p.Created }),
	"edited":     instant(func(p *model.Post) *model.Instant { return &p.Edited }),
	"captured":   instant(func(p *model.Post) *model.Instant { return &p.CapturedAt }),

	"author.id":          word(func(p *model.Post) *string { return &p.Author.NativeID }),
	"author.handle":      {sortWord, func(p *model.Post, v value) { p.Author.Handle = strings.TrimPrefix(v.s, "@") }},
	"author.name":        word(func(p *model.Post) *string { return &p.Author.Name }),
	"author.url":         word(func(p *model.Post) *string { return &p.Author.URL }),
	"author.description": {sortText, func(p *model.Post, v value) { p.Author.Description = v.s }},
	"author.created":     instant(func(p *model.Post) *model.Instant { return &p.Author.Created }),
	"author.followers":   count(func(p *model.Post) *model.Count { return &p.Author.Followers }),
	"author.following":   count(func(p *model.Post) *model.Count { return &p.Author.Following }),
	"author.posts":       count(func(p *model.Post) *model.Count { return &p.Author.Posts }),
	"author.verified":    {sortBool, func(p *model.Post, v value) { p.Author.Verified = &v.yes }},
	"author.bot":         {sortBool, func(p *model.Post, v value) { p.Author.DeclaredBot = v.yes }},
	"author.gender": {sortWord, func(p *model.Post, v value) {
		p.Author.Gender = model.Attributed{Value: strings.ToLower(v.s), Provenance: model.ProvenancePlatform}
	}},
	"author.place":   {sortWord, func(p *model.Post, v value) { setPlace(&p.Author.Place, model.ProvenanceDeclared).Name = v.s }},
	"author.country": {sortWord, func(p *model.Post, v value) { setCountry(&p.Author.Place, v.s, model.ProvenanceDeclared) }},

	"counts.likes":    count(func(p *model.Post) *model.Count { return &p.Counts.Likes }),
	"counts.comments": count(func(p *model.Post) *model.Count { return &p.Counts.Comments }),
	"counts.shares":   count(func(p *model.Post) *model.Count { return &p.Counts.Shares }),
	"counts.views":    count(func(p *model.Post) *model.Count { return &p.Counts.Views }),

	"reply_to":  word(func(p *model.Post) *string { return &p.Refs.ReplyTo }),
	"repost_of": word(func(p *model.Post) *string { return &p.Refs.RepostOf }),
	"quote_of":  word(func(p *model.Post) *string { return &p.Refs.QuoteOf }),
	"thread":    word(func(p *model.Post) *string { return &p.Refs.Thread }),

	"hashtags": {sortList, setHashtags},
	"mentions": {sortList, setMentions},
	"links":    {sortList, func(p *model.Post, v value) { p.Links = append(p.Links, linksOf(v.list)...) }},
	"images":   {sortList, func(p *model.Post, v value) { p.Media = append(p.Media, mediaOf("image", v.list)...) }},
	"videos":   {sortList, func(p *model.Post, v value) { p.Media = append(p.Media, mediaOf("video", v.list)...) }},

	"place.name":    {sortWord, func(p *model.Post, v value) { setPlace(&p.Place, model.ProvenancePlatform).Name = v.s }},
	"place.country": {sortWord, func(p *model.Post, v value) { setCountry(&p.Place, v.s, model.ProvenancePlatform) }},
	"place.lat":     {sortFloat, func(p *model.Post, v value) { setPlace(&p.Place, model.ProvenancePlatform).Lat = v.f }},
	"place.lon":     {sortFloat, func(p *model.Post, v value) { setPlace(&p.Place, model.ProvenancePlatform).Lon = v.f }},
}

func setPlace(pl *model.Place, from model.Provenance) *model.Place {
	pl.Provenance = from
	return pl
}

// setCountry takes ISO 3166-1 alpha-2 codes; anything else is a place name.
func setCountry(pl *model.Place, s string, from model.Provenance) {
	setPlace(pl, from)
	if len(s) == 2 && s[0]|0x20 >= 'a' && s[0]|0x20 <= 'z' && s[1]|0x20 >= 'a' && s[1]|0x20 <= 'z' {
		pl.Country = strings.ToUpper(s)
		return
	}
	if pl.Name == "" {
		pl.Name = s
	}
}

func setHashtags(p *model.Post, v value) {
	for _, h := range v.list {
		if h = strings.TrimLeft(h, "#＃"); h != "" {
			p.Hashtags = append(p.Hashtags, h)
		}
	}
}

func setMentions(p *model.Post, v value) {
	for _, m := range v.list {
		if m = strings.TrimPrefix(m, "@"); m != "" {
			p.Mentions = append(p.Mentions, model.Mention{Handle: m})
		}
	}
}

func linksOf(list []string) []model.Link {
	out := make([]model.Link, 0, len(list))
	for _, u := range list {
		out = append(out, model.Link{URL: u})
	}
	return out
}

func mediaOf(kind string, list []string) []model.Media {
	out := make([]model.Media, 0, len(list))
	for _, u := range list {
		out = append(out, model.Media{Type: kind, URL: u})
	}
	return out
}
