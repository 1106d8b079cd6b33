package facebook

import (
	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// instagram reads one top-level value of an Instagram export: a post, a comment,
// or a list of them under a name.
func (r reader) instagram(v jsonscan.Value, b *importer.Batch) {
	list(v, listIn(v, listsOfInstagram), b, r.medium)
}

// medium reads one post, story, reel or comment.
func (r reader) medium(v jsonscan.Value, b *importer.Batch) {
	p := &model.Post{Platform: Instagram, Kind: model.KindPost, PageType: model.PageSocial, Visibility: model.VisibilityPrivate, Author: r.owner}
	var more []string
	switch {
	case isPost(v):
		carousel(v, p)
	case isFile(v):
		single(v, p)
	case isComment(v):
		c := commentOf(v.Get("string_map_data"))
		p.Kind, p.Text, p.Created = model.KindComment, c.said, c.at
		if c.owner != "" {
			p.Mentions = []model.Mention{{Handle: c.owner, AccountID: "@" + c.owner}}
			more = append(more, c.owner)
		}
	default:
		notPost(v, b)
		return
	}
	if p.Text == "" {
		p.Kind = model.KindMedia
	}
	identify(p, more...)
	assume(b)
	for it := v.Object(); it.Next(); {
		if !mediumFields[string(it.Key)] {
			b.Unknown(string(it.Key))
		}
	}
	b.Post(v, p)
}

var mediumFields = map[string]bool{
	"media": true, "title": true, "creation_timestamp": true, "uri": true, "media_metadata": true, "cross_post_source": true, "string_map_data": true, "media_list_data": true,
	"backup_uri": true, "dubbing_info": true, "media_variants": true, "taken_at_timestamp": true, "subtitles": true,
}

// carousel reads a post. One of several media has its text at the top; a single
// one has it beside the medium.
func carousel(v jsonscan.Value, p *model.Post) {
	p.Text, p.Created = say(v.Get("title")), seconds(v.Get("creation_timestamp"))
	videos := 0
	for it := v.Get("media").Array(); it.Next() && len(p.Media) < maxMedia; {
		m := file(it.Value)
		p.Media = append(p.Media, m)
		if m.Type == "video" {
			videos++
		}
		if p.Text == "" {
			p.Text = say(it.Value.Get("title"))
		}
		if p.Created.IsZero() {
			p.Created = seconds(it.Value.Get("creation_timestamp"))
		}
		where(it.Value, p)
	}
	if videos == len(p.Media) {
		p.Kind = model.KindVideo
	}
}

// single reads a story: one medium alone.
func single(v jsonscan.Value, p *model.Post) {
	m := file(v)
	p.Text, p.Created, p.Media = say(v.Get("title")), seconds(v.Get("creation_timestamp")), []model.Media{m}
	if m.Type == "video" {
		p.Kind = model.KindVideo
	}
	where(v, p)
}

// where reads the place that a camera wrote into a file.
func where(v jsonscan.Value, p *model.Post) {
	if p.Place.HasPoint {
		return
	}
	for _, kind := range []string{"photo_metadata", "video_metadata"} {
		exif := firstIn(v.Get("media_metadata", kind, "exif_data"))
		lat, okLat := exif.Get("latitude").Float()
		lon, okLon := exif.Get("longitude").Float()
		if okLat && okLon && (lat != 0 || lon != 0) && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
			p.Place = model.Place{Lat: lat, Lon: lon, HasPoint: true, Provenance: model.ProvenancePlatform}
			return
		}
	}
}

// said is a comment of an Instagram export.
type said struct {
	said, owner string
	at          model.Instant
}

// commentOf reads a comment. The names of its parts are in the language of the
// account, so they are told by what they hold: an instant, and two texts, of which
// the comment comes first.
func commentOf(m jsonscan.Value) said {
	var c said
	texts := 0
	for it := m.Object(); it.Next(); {
		key, v := string(it.Key), it.Value
		if t := seconds(v.Get("timestamp")); !t.IsZero() {
			c.at = t
			continue
		}
		if !v.Has("value") {
			return said{}
		}
		texts++
		switch s := say(v.Get("value")); {
		case key == "Comment":
			c.said = s
		case key == "Media Owner":
			c.owner = s
		case texts == 1:
			c.said = s
		default:
			c.owner = s
		}
	}
	if c.at.IsZero() || texts > 2 {
		return said{}
	}
	return c
}
