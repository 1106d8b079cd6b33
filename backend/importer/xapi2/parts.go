package xapi2

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// readUser reads a user and whether only followers see what it posts.
func readUser(v jsonscan.Value) (a model.Account, hidden bool) {
	a.Platform = Platform
	var location string
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "id":
			set(&a.NativeID, x)
		case "username":
			set(&a.Handle, x)
		case "name":
			set(&a.Name, x)
		case "description":
			set(&a.Description, x)
		case "location":
			set(&location, x)
		case "created_at":
			a.Created = importer.Stated(x.Text())
		case "verified":
			if yes, ok := x.Bool(); ok {
				a.Verified = &yes
			}
		case "protected":
			hidden, _ = x.Bool()
		case "public_metrics":
			a.Followers = importer.Count(x.Get("followers_count"))
			a.Following = importer.Count(x.Get("following_count"))
			a.Posts = importer.Count(x.Get("tweet_count"))
		}
	}
	a.Name, a.Description = text.Unescape(a.Name), text.Unescape(a.Description)
	if location != "" {
		a.Place = model.Place{Name: text.Unescape(location), Provenance: model.ProvenanceDeclared}
	}
	if a.Handle != "" {
		a.URL = "https://x.com/" + a.Handle
		if a.NativeID == "" {
			a.NativeID = "@" + strings.ToLower(a.Handle)
		}
	}
	return a, hidden
}

// readMedia reads an attachment. A video's address is that of its best variant,
// else of its still.
func readMedia(v jsonscan.Value) model.Media {
	m := model.Media{Type: "image", URL: v.Get("url").Text(), Alt: v.Get("alt_text").Text()}
	if t := v.Get("type").Text(); t == "video" || t == "animated_gif" {
		m.Type = "video"
	}
	best := int64(-1)
	for it := v.Get("variants").Array(); it.Next(); {
		rate, _ := it.Value.Get("bit_rate").Int()
		if u := it.Value.Get("url").Text(); u != "" && rate > best && m.Type == "video" {
			best, m.URL = rate, u
		}
	}
	if m.URL == "" {
		m.URL = v.Get("preview_image_url").Text()
	}
	return m
}

// readPlace reads a place as X names it.
func readPlace(v jsonscan.Value) model.Place {
	p := model.Place{
		Name: v.Get("full_name").Text(), Country: strings.ToUpper(v.Get("country_code").Text()),
		Provenance: model.ProvenancePlatform,
	}
	if p.Name == "" {
		p.Name = v.Get("name").Text()
	}
	if p.Name == "" && p.Country == "" {
		return model.Place{}
	}
	return p
}

// place reads where the post was sent from: a named place, a point, or both.
func (d *draft) place() {
	if d.geo.Kind() != '{' {
		return
	}
	p := &d.p.Place
	*p = d.l.places[d.geo.Get("place_id").Text()]
	if p.IsZero() {
		*p = readPlace(d.geo) // flattened lines put the place's members here
	}
	if p.IsZero() {
		*p = readPlace(d.geo.Get("place"))
	}
	var point [2]float64
	n := 0
	for it := d.geo.Get("coordinates", "coordinates").Array(); it.Next() && n < 2; n++ {
		x, ok := it.Value.Float()
		if !ok {
			return
		}
		point[n] = x
	}
	if n == 2 && point[0] >= -180 && point[0] <= 180 && point[1] >= -90 && point[1] <= 90 {
		p.Lon, p.Lat, p.HasPoint = point[0], point[1], true
		p.Provenance = model.ProvenancePlatform
	}
}

// attachments reads the media of a post, by key or inlined.
func (d *draft) attachments(v jsonscan.Value) {
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "media":
			d.p.Media = nil
			for e := it.Value.Array(); e.Next(); {
				d.p.Media = append(d.p.Media, readMedia(e.Value))
			}
		case "media_keys":
			if v.Has("media") {
				continue
			}
			for e := it.Value.Array(); e.Next(); {
				if m, ok := d.l.media[e.Value.Text()]; ok {
					d.p.Media = append(d.p.Media, m)
				} else {
					d.p.Media = append(d.p.Media, model.Media{Type: mediaType(e.Value.Text())})
				}
			}
		case "poll_ids", "poll", "polls", "media_source_tweet_id":
		default:
			d.b.Unknown("attachments." + string(it.Key))
		}
	}
}

// mediaType is what a media key's prefix says: 3 is a photo, the others move.
func mediaType(key string) string {
	if strings.HasPrefix(key, "3_") {
		return "image"
	}
	return "video"
}

// entities reads hashtags, mentions and links.
func (d *draft) entities(v jsonscan.Value) {
	p := &d.p
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "hashtags":
			for e := it.Value.Array(); e.Next(); {
				if tag := e.Value.Get("tag").Text(); tag != "" {
					p.Hashtags = append(p.Hashtags, tag)
				}
			}
		case "mentions":
			for e := it.Value.Array(); e.Next(); {
				m := model.Mention{Handle: e.Value.Get("username").Text(), AccountID: e.Value.Get("id").Text()}
				if m != (model.Mention{}) {
					p.Mentions = append(p.Mentions, m)
				}
			}
		case "urls":
			for e := it.Value.Array(); e.Next(); {
				d.link(e.Value)
			}
		case "annotations", "cashtags":
		default:
			d.b.Unknown("entities." + string(it.Key))
		}
	}
}

// link reads one link; the ones that stand for the post's own media are left out.
func (d *draft) link(v jsonscan.Value) {
	var u, expanded, unwound, title string
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "url":
			set(&u, it.Value)
		case "expanded_url":
			set(&expanded, it.Value)
		case "unwound_url":
			set(&unwound, it.Value)
		case "title":
			set(&title, it.Value)
		case "media_key":
			if it.Value.Exists() {
				return
			}
		}
	}
	if expanded != "" {
		u = expanded
	}
	if unwound != "" {
		u = unwound
	}
	if u != "" {
		d.p.Links = append(d.p.Links, model.Link{URL: u, Title: text.Unescape(title)})
	}
}
