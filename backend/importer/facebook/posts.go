package facebook

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// facebook reads one top-level value of a Facebook export: an entry, a list of
// entries under a name, or a chat.
func (r reader) facebook(v jsonscan.Value, b *importer.Batch) {
	if v.Kind() == '{' && (v.Get("messages").Kind() == '[' && v.Has("participants")) {
		r.chat(v, b)
		return
	}
	list(v, listIn(v, listsOfFacebook), b, r.entry)
}

// entry reads one post, comment or file.
func (r reader) entry(v jsonscan.Value, b *importer.Batch) {
	if !isEntry(v) {
		notPost(v, b)
		return
	}
	p := &model.Post{Platform: Platform, Kind: model.KindPost, PageType: model.PageSocial, Visibility: model.VisibilityPrivate, Author: r.owner}
	title := say(v.Get("title"))
	if isFile(v) {
		p.Created, p.Media = seconds(v.Get("creation_timestamp")), []model.Media{file(v)}
		if p.Text = say(v.Get("description")); p.Text == "" && !generic(title) {
			p.Text = title
		}
	} else {
		p.Created = seconds(v.Get("timestamp"))
		r.data(v, p)
		attachments(v.Get("attachments"), p)
		tags(v.Get("tags"), p)
	}
	switch {
	case p.Text != "":
	case len(p.Media) > 0 || len(p.Links) > 0:
		p.Kind = model.KindMedia
	case title != "":
		p.Kind, p.Text = model.KindEvent, title // what Facebook writes of an action: "Jana was in Oslo."
	default:
		p.Kind = model.KindMedia
	}
	identify(p, title)
	assume(b)
	for it := v.Object(); it.Next(); {
		if !entryFields[string(it.Key)] {
			b.Unknown(string(it.Key))
		}
	}
	b.Post(v, p)
}

var entryFields = map[string]bool{
	"timestamp": true, "data": true, "title": true, "attachments": true, "tags": true, "uri": true, "creation_timestamp": true, "media_metadata": true, "description": true,
	"comment": true, "author": true, "group": true, "comments": true, "name": true, "place": true, "cover_photo": true, "last_modified_timestamp": true, "photos": true, "upload_timestamp": true,
	"dubbing_info": true, "media_variants": true, "backup_uri": true, "thumbnail": true,
}

// generic reports whether a file's title is one that Facebook gives to all.
func generic(title string) bool {
	switch title {
	case "Mobile uploads", "Timeline photos", "Profile pictures", "Cover photos", "Videos", "Instagram Photos":
		return true
	}
	return false
}

// data reads what was said: a post, or a comment with its author.
func (r reader) data(v jsonscan.Value, p *model.Post) {
	if v.Get("comment").Kind() == '"' { // a comment under an album
		comment(v, p)
	}
	for it := v.Get("data").Array(); it.Next(); {
		d := it.Value
		if s := say(d.Get("post")); s != "" {
			p.Text = joined(p.Text, s)
		}
		if d.Get("comment").Kind() == '{' {
			comment(d.Get("comment"), p)
		}
		if t := seconds(d.Get("update_timestamp")); !t.IsZero() && !t.Time.Equal(p.Created.Time) {
			p.Edited = t
		}
		if t := seconds(d.Get("backdated_timestamp")); !t.IsZero() {
			p.Created = t
		}
	}
}

// comment reads a comment.
func comment(c jsonscan.Value, p *model.Post) {
	p.Kind, p.Text = model.KindComment, say(c.Get("comment"))
	if t := seconds(c.Get("timestamp")); !t.IsZero() {
		p.Created = t
	}
	if name := say(c.Get("author")); name != "" && name != p.Author.Name {
		p.Author = person(Platform, name)
	}
}

// joined puts a further text under another.
func joined(a, b string) string {
	if a == "" || a == b {
		return b
	}
	return a + "\n" + b
}

// attachments reads the files, links and places of an entry.
func attachments(v jsonscan.Value, p *model.Post) {
	for it := v.Array(); it.Next(); {
		for in := it.Value.Get("data").Array(); in.Next() && len(p.Media)+len(p.Links) < maxMedia; {
			d := in.Value
			if m := d.Get("media"); m.Kind() == '{' {
				p.Media = append(p.Media, file(m))
				if s := say(m.Get("description")); p.Text == "" && s != "" {
					p.Text = s
				}
			}
			if x := d.Get("external_context"); x.Kind() == '{' {
				if u := say(x.Get("url")); strings.HasPrefix(u, "http") {
					p.Links = append(p.Links, model.Link{URL: u, Title: say(x.Get("name"))})
				}
			}
			if s := say(d.Get("text")); s != "" && p.Text == "" {
				p.Text = s
			}
			if q := say(d.Get("poll", "question")); q != "" {
				p.Text = joined(p.Text, q)
			}
			place(d.Get("place"), p)
		}
	}
}

// place reads where a post says to be.
func place(v jsonscan.Value, p *model.Post) {
	name := say(v.Get("name"))
	lat, okLat := v.Get("coordinate", "latitude").Float()
	lon, okLon := v.Get("coordinate", "longitude").Float()
	if name == "" {
		return
	}
	p.Place = model.Place{Name: name, Provenance: model.ProvenanceDeclared}
	if okLat && okLon && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		p.Place.Lat, p.Place.Lon, p.Place.HasPoint = lat, lon, true
	}
}

// tags reads whom a post names: texts, or objects with a name.
func tags(v jsonscan.Value, p *model.Post) {
	for it := v.Array(); it.Next() && len(p.Mentions) < maxMedia; {
		name := say(it.Value)
		if name == "" {
			name = say(it.Value.Get("name"))
		}
		if name != "" {
			p.Mentions = append(p.Mentions, model.Mention{Handle: name, AccountID: "name:" + name})
		}
	}
}
