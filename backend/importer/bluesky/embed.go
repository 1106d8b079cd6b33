package bluesky

import (
	"strings"

	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// maxList bounds the hashtags and the links of one post, so that looking for
// double ones stays cheap.
const maxList = 1000

// addNew adds a text that is filled and not there yet.
func addNew(list []string, s string) []string {
	if s == "" || len(list) >= maxList {
		return list
	}
	for _, x := range list {
		if x == s {
			return list
		}
	}
	return append(list, s)
}

// facet reads the marked places of the text: hashtags, links and mentions. Their
// offsets are bytes of the UTF-8 text.
func (d *draft) facet() {
	p := &d.p
	for it := d.facets.Array(); it.Next(); {
		start, _ := it.Value.Get("index", "byteStart").Int()
		end, _ := it.Value.Get("index", "byteEnd").Int()
		shown := ""
		if start >= 0 && start < end && end <= int64(len(p.Text)) {
			shown = p.Text[start:end]
		}
		for f := it.Value.Get("features").Array(); f.Next(); {
			switch strings.TrimPrefix(f.Value.Get("$type").Text(), "app.bsky.richtext.facet#") {
			case "tag":
				p.Hashtags = addNew(p.Hashtags, strings.TrimPrefix(f.Value.Get("tag").Text(), "#"))
			case "link":
				d.link(f.Value.Get("uri").Text(), "")
			case "mention":
				m := model.Mention{AccountID: f.Value.Get("did").Text()}
				if name, ok := strings.CutPrefix(shown, "@"); ok {
					m.Handle = strings.ToValidUTF8(name, "")
				}
				if m != (model.Mention{}) {
					p.Mentions = append(p.Mentions, m)
				}
			}
		}
	}
}

// link adds a link once; a title completes one that has none.
func (d *draft) link(u, title string) {
	if u == "" || len(d.p.Links) >= maxList {
		return
	}
	for i := range d.p.Links {
		if d.p.Links[i].URL == u {
			if d.p.Links[i].Title == "" {
				d.p.Links[i].Title = title
			}
			return
		}
	}
	d.p.Links = append(d.p.Links, model.Link{URL: u, Title: title})
}

// embed reads what is attached. The view, which comes first, has addresses; the
// author's record only fills in where there is no view.
func (d *draft) embed(v jsonscan.Value) {
	p := &d.p
	kind := strings.TrimSuffix(strings.TrimPrefix(v.Get("$type").Text(), "app.bsky.embed."), "#view")
	switch kind {
	case "images":
		if len(p.Media) > 0 {
			return
		}
		for it := v.Get("images").Array(); it.Next(); {
			m := model.Media{Type: "image", URL: it.Value.Get("fullsize").Text(), Alt: it.Value.Get("alt").Text()}
			if m.URL == "" {
				m.URL = it.Value.Get("thumb").Text()
			}
			p.Media = append(p.Media, m)
		}
	case "video":
		if len(p.Media) > 0 {
			return
		}
		p.Media = []model.Media{{Type: "video", URL: v.Get("playlist").Text(), Alt: v.Get("alt").Text()}}
	case "external":
		e := v.Get("external")
		d.link(e.Get("uri").Text(), e.Get("title").Text())
	case "record":
		d.quote(v.Get("record"))
	case "recordWithMedia":
		d.quote(v.Get("record", "record"))
		d.embed(v.Get("media"))
	case "":
	default:
		d.b.Unknown("embed." + kind)
	}
}

// quote notes which post is quoted, also when it cannot be seen any more. Feeds,
// lists and starter packs are embedded in the same way and are no posts.
func (d *draft) quote(v jsonscan.Value) {
	if uri := v.Get("uri").Text(); strings.Contains(uri, collection) && d.p.Refs.QuoteOf == "" {
		d.p.Refs.QuoteOf = uid(uri)
	}
}
