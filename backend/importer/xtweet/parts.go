package xtweet

import (
	"strings"

	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// tags reads hashtags, mentions and links.
func (d *draft) tags(v jsonscan.Value) {
	p := &d.p
	for it := v.Object(); it.Next(); {
		switch string(it.Key) {
		case "hashtags":
			for e := it.Value.Array(); e.Next(); {
				if tag := e.Value.Get("text").Text(); tag != "" {
					p.Hashtags = append(p.Hashtags, tag)
				}
			}
		case "user_mentions":
			for e := it.Value.Array(); e.Next(); {
				m := model.Mention{Handle: e.Value.Get("screen_name").Text(), AccountID: id(e.Value.Get("id_str"))}
				if m.AccountID == "" {
					m.AccountID = id(e.Value.Get("id"))
				}
				if m != (model.Mention{}) {
					p.Mentions = append(p.Mentions, m)
				}
			}
		case "urls":
			for e := it.Value.Array(); e.Next(); {
				d.link(e.Value)
			}
		case "media", "symbols", "timestamps", "polls":
		default:
			d.r.Batch.Unknown("entities." + string(it.Key))
		}
	}
}

// link reads one link: the address it leads to, as far as X followed it.
func (d *draft) link(v jsonscan.Value) {
	l := model.Link{URL: v.Get("unwound", "url").Text(), Title: text.Unescape(v.Get("unwound", "title").Text())}
	for _, key := range []string{"expanded_url", "expanded", "url"} {
		if l.URL == "" {
			l.URL = v.Get(key).Text()
		}
	}
	if l.URL != "" {
		d.p.Links = append(d.p.Links, l)
	}
}

// attach reads the media. The extended list is whole; the plain one has only the
// first picture.
func (d *draft) attach() {
	list := d.ext.Get("media")
	if list.Empty() {
		list = d.plain.Get("media")
	}
	for it := list.Array(); it.Next(); {
		d.p.Media = append(d.p.Media, media(it.Value))
	}
}

// media reads an attachment. A video's address is that of its best variant, else
// of its still.
func media(v jsonscan.Value) model.Media {
	m := model.Media{Type: "image", URL: v.Get("media_url_https").Text(), Alt: text.Unescape(v.Get("ext_alt_text").Text())}
	if m.URL == "" {
		m.URL = v.Get("media_url").Text()
	}
	if t := v.Get("type").Text(); t != "video" && t != "animated_gif" {
		return m
	}
	m.Type = "video"
	best := int64(-1)
	for it := v.Get("video_info", "variants").Array(); it.Next(); {
		rate, _ := it.Value.Get("bitrate").Int()
		if u := it.Value.Get("url").Text(); u != "" && rate > best {
			best, m.URL = rate, u
		}
	}
	return m
}

// place reads where the post was sent from: a named place, a point, or both.
func (d *draft) place() {
	p := &d.p.Place
	if d.at.Kind() == '{' {
		p.Name, p.Country = d.at.Get("full_name").Text(), strings.ToUpper(d.at.Get("country_code").Text())
		if p.Name == "" {
			p.Name = d.at.Get("name").Text()
		}
	}
	lon, lat, ok := pair(d.point)
	if !ok {
		lat, lon, ok = pair(d.swapped) // the older member has latitude first
	}
	if ok && lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90 {
		p.Lon, p.Lat, p.HasPoint = lon, lat, true
	}
	if !p.IsZero() {
		p.Provenance = model.ProvenancePlatform
	}
}

// pair reads the two numbers of a point.
func pair(v jsonscan.Value) (a, b float64, ok bool) {
	it := v.Get("coordinates").Array()
	if !it.Next() {
		return 0, 0, false
	}
	a, ok = it.Value.Float()
	if !ok || !it.Next() {
		return 0, 0, false
	}
	b, ok = it.Value.Float()
	return a, b, ok
}

// User reads a user of API 1.1 or of the site's pages, and whether only followers
// see what it posts.
func User(v jsonscan.Value) (a model.Account, hidden bool) {
	a.Platform = Platform
	u := account{a: &a}
	u.read(v)
	a.Name, a.Description = text.Unescape(a.Name), text.Unescape(a.Description)
	if u.location != "" {
		a.Place = model.Place{Name: text.Unescape(u.location), Provenance: model.ProvenanceDeclared}
	}
	if a.Handle != "" {
		a.URL = "https://x.com/" + a.Handle
		if a.NativeID == "" {
			a.NativeID = "@" + strings.ToLower(a.Handle)
		}
	}
	if a.IsZero() {
		return model.Account{}, u.hidden
	}
	return a, u.hidden
}
