package activitypub

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/fediverse"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// object reads a post. v is the record: the object itself or the activity that
// carries it.
func (r *reader) object(v, object, activity jsonscan.Value, b *importer.Batch) {
	d := draft{v: object, kind: kind(object)}
	p := &d.p
	p.NativeID, p.URL = object.Get("id").Text(), address(object.Get("url"))
	if p.NativeID == "" {
		p.NativeID = activity.Get("id").Text()
	}
	if p.NativeID == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The object at byte %d has no id.", v.Pos))
		return
	}
	if p.URL == "" && anchors.Web(p.NativeID) {
		p.URL = p.NativeID
	}
	p.Platform = fediverse.Platform(p.NativeID)
	p.Created = importer.Local(first(object, "published"), r.o)
	if p.Created.IsZero() {
		p.Created = importer.Local(activity.Get("published").Text(), r.o)
	}
	p.Edited = importer.Local(object.Get("updated").Text(), r.o)
	p.Visibility = visibility(b, object, activity)
	author := object.Get("attributedTo")
	for _, v := range []jsonscan.Value{object, activity} {
		if author.Empty() {
			author = v.Get("actor")
		}
	}
	p.Author = r.person(author, p.Platform, object.Has("_misskey_content", "_misskey_summary", "_misskey_quote", "_misskey_votes"))
	d.words()
	d.parts(b)
	d.attach()
	d.counts()
	d.decide()
	b.Post(v, p)
}

// draft is an object while it is read.
type draft struct {
	p    model.Post
	v    jsonscan.Value
	kind string
	html string
}

// words makes title and text. A name is the title, and then a summary stands in
// for a missing text; without a name the summary is a content warning, which
// stands where a title would.
func (d *draft) words() {
	p := &d.p
	content := d.v.Get("content").Text()
	byLang := d.v.Get("contentMap").Object()
	if byLang.Next() {
		lang, only := text.Clean(string(byLang.Key)), byLang.Value.Text()
		if content == "" {
			content = only
		}
		if !byLang.Next() {
			p.PlatformLang = lang
		}
	}
	if lang := d.v.Get("language"); p.PlatformLang == "" {
		if p.PlatformLang = lang.Get("identifier").Text(); p.PlatformLang == "" {
			p.PlatformLang = lang.Text()
		}
	}
	name, summary := text.PlainHTML(d.v.Get("name").Text()), text.PlainHTML(d.v.Get("summary").Text())
	media := d.v.Get("mediaType").Text()
	if media == "" || strings.HasPrefix(media, "text/html") {
		d.html = content
		p.Text = text.PlainHTML(content)
	} else {
		p.Text = strings.TrimSpace(content)
	}
	switch p.Title = name; {
	case name == "":
		p.Title = summary
	case p.Text == "":
		p.Text = summary
	}
	for _, key := range []string{"oneOf", "anyOf"} {
		for it := d.v.Get(key).Array(); it.Next(); {
			p.Text = strings.TrimPrefix(p.Text+"\n• "+text.PlainHTML(it.Value.Get("name").Text()), "\n")
		}
	}
}

// counts reads the numbers that some servers give.
func (d *draft) counts() {
	c := &d.p.Counts
	count := func(key string) model.Count {
		x := d.v.Get(key)
		if x.Kind() == '{' {
			x = x.Get("totalItems")
		}
		return importer.Count(x)
	}
	c.Likes, c.Shares, c.Comments, c.Views = count("likes"), count("shares"), count("replies"), count("views")
}

// decide says what the object is.
func (d *draft) decide() {
	p := &d.p
	p.Kind, p.PageType = model.KindPost, model.PageSocial
	if p.Platform == fediverse.Lemmy {
		p.PageType = model.PageForum
	}
	switch {
	case p.Refs.QuoteOf != "":
		p.Kind = model.KindQuote
	case p.Refs.ReplyTo != "":
		p.Kind = model.KindComment
	case d.kind == "Article":
		p.Kind, p.PageType = model.KindArticle, model.PageBlog
	case d.kind == "Video":
		p.Kind, p.PageType = model.KindVideo, model.PageVideo
	case d.kind == "ChatMessage":
		p.Kind, p.PageType = model.KindMessage, model.PageChat
	case p.Text == "" && p.Title == "" && len(p.Media) > 0:
		p.Kind = model.KindMedia
	}
	if p.Refs.ReplyTo == "" {
		p.Refs.Thread = p.UID()
	}
}

// address is where a page is shown: a text, a link, or of several links the page.
func address(v jsonscan.Value) string {
	switch v.Kind() {
	case '"':
		return v.Text()
	case '{':
		return v.Get("href").Text()
	}
	best := ""
	for it := v.Array(); it.Next(); {
		u := address(it.Value)
		if strings.HasPrefix(it.Value.Get("mediaType").Text(), "text/html") {
			return u
		}
		if best == "" {
			best = u
		}
	}
	return best
}
