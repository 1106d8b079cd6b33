package snscrape

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/xtweet"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// draft is a tweet while it is read.
type draft struct {
	p                 model.Post
	b                 *importer.Batch
	said, place       jsonscan.Value
	points            jsonscan.Value
	links, outlinks   jsonscan.Value
	retweeted, quoted jsonscan.Value
	hidden            bool
}

// tweet reads a post of X.
func tweet(v jsonscan.Value, b *importer.Batch) {
	d := draft{b: b}
	d.p = model.Post{Platform: xtweet.Platform, PageType: model.PageSocial, Kind: model.KindPost, Visibility: model.VisibilityPublic}
	d.fields(v)
	switch {
	case d.p.NativeID == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The post at byte %d has no id.", v.Pos))
		return
	case d.said.Kind() != '"':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The post at byte %d has no text.", v.Pos))
		return
	}
	d.finish()
	p := d.p
	b.Post(v, &p)
}

// digits returns an id, "" for anything else.
func digits(v jsonscan.Value) string {
	if s := v.Text(); strings.Trim(s, "0123456789") == "" {
		return s
	}
	return ""
}

// fields reads every member of a tweet.
func (d *draft) fields(v jsonscan.Value) {
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "id":
			d.p.NativeID = digits(x)
		case "rawContent":
			d.said = x
		case "content":
			if d.said.Kind() != '"' {
				d.said = x
			}
		case "date":
			d.p.Created = importer.Stated(x.Text())
		case "url":
			d.p.URL = x.Text()
		case "lang":
			if s := x.Text(); s != "und" {
				d.p.PlatformLang = s
			}
		case "user":
			d.p.Author, d.hidden = user(x)
		case "conversationId":
			if s := digits(x); s != "" {
				d.p.Refs.Thread = xtweet.Platform + ":" + s
			}
		case "inReplyToTweetId":
			if s := digits(x); s != "" {
				d.p.Refs.ReplyTo = xtweet.Platform + ":" + s
			}
		case "retweetedTweet":
			d.retweeted = x
		case "quotedTweet":
			d.quoted = x
		case "coordinates":
			d.points = x
		case "place":
			d.place = x
		default:
			d.list(it.Key, x)
		}
	}
}

// list reads the members that are lists.
func (d *draft) list(key []byte, v jsonscan.Value) {
	switch string(key) {
	case "hashtags":
		for e := v.Array(); e.Next(); {
			if s := e.Value.Text(); s != "" {
				d.p.Hashtags = append(d.p.Hashtags, s)
			}
		}
	case "mentionedUsers":
		for e := v.Array(); e.Next(); {
			m := model.Mention{Handle: e.Value.Get("username").Text(), AccountID: digits(e.Value.Get("id"))}
			if m != (model.Mention{}) {
				d.p.Mentions = append(d.p.Mentions, m)
			}
		}
	case "media":
		for e := v.Array(); e.Next(); {
			d.p.Media = append(d.p.Media, media(e.Value))
		}
	case "links":
		d.links = v
	case "outlinks":
		d.outlinks = v
	default:
		d.count(key, v)
	}
}

// count reads the counts and passes over what a post does not keep.
func (d *draft) count(key []byte, v jsonscan.Value) {
	c := &d.p.Counts
	switch string(key) {
	case "likeCount":
		c.Likes = importer.Count(v)
	case "replyCount":
		c.Comments = importer.Count(v)
	case "retweetCount":
		c.Shares = importer.Count(v)
	case "viewCount":
		c.Views = importer.Count(v)
	case "_type", "renderedContent", "quoteCount", "bookmarkCount", "source", "sourceUrl", "sourceLabel", "inReplyToUser",
		"cashtags", "card", "tcooutlinks", "outlinksss", "tcooutlinksss", "username", "vibe", "edit", "pinned":
	default:
		d.b.Unknown(string(key))
	}
}

// finish puts together what depends on several members.
func (d *draft) finish() {
	p := &d.p
	p.Text = text.Unescape(d.said.Text())
	for e := d.links.Array(); e.Next(); {
		if u := e.Value.Get("url").Text(); u != "" {
			p.Links = append(p.Links, model.Link{URL: u})
		}
	}
	for e := d.outlinks.Array(); e.Next() && d.links.Empty(); {
		if u := e.Value.Text(); u != "" {
			p.Links = append(p.Links, model.Link{URL: u})
		}
	}
	if p.Refs.ReplyTo != "" {
		p.Kind = model.KindComment
	}
	repost, quote := digits(d.retweeted.Get("id")), digits(d.quoted.Get("id"))
	switch {
	case d.retweeted.Kind() == '{':
		p.Kind = model.KindRepost
	case d.quoted.Kind() == '{':
		p.Kind = model.KindQuote
	}
	if repost != "" {
		p.Refs.RepostOf = xtweet.Platform + ":" + repost
	} else if quote != "" {
		p.Refs.QuoteOf = xtweet.Platform + ":" + quote
	}
	d.where()
	if d.hidden {
		p.Visibility = model.VisibilityPrivate
	}
	if p.Text == "" && len(p.Media) > 0 && p.Kind == model.KindPost {
		p.Kind = model.KindMedia
	}
}

// where reads the place and the point.
func (d *draft) where() {
	p := &d.p.Place
	p.Name, p.Country = d.place.Get("fullName").Text(), strings.ToUpper(d.place.Get("countryCode").Text())
	lon, ok := d.points.Get("longitude").Float()
	lat, ok2 := d.points.Get("latitude").Float()
	if ok && ok2 && lon >= -180 && lon <= 180 && lat >= -90 && lat <= 90 {
		p.Lon, p.Lat, p.HasPoint = lon, lat, true
	}
	if !p.IsZero() {
		p.Provenance = model.ProvenancePlatform
	}
}

// user reads a user of X and whether only followers see what it posts.
func user(v jsonscan.Value) (a model.Account, hidden bool) {
	a.Handle, a.Name, a.NativeID = v.Get("username").Text(), text.Unescape(v.Get("displayname").Text()), digits(v.Get("id"))
	if a.IsZero() {
		return model.Account{}, false
	}
	for _, key := range []string{"rawDescription", "description"} {
		if a.Description == "" {
			a.Description = text.Unescape(v.Get(key).Text())
		}
	}
	a.Platform, a.Created = xtweet.Platform, importer.Stated(v.Get("created").Text())
	a.Followers, a.Following, a.Posts = importer.Count(v.Get("followersCount")), importer.Count(v.Get("friendsCount")), importer.Count(v.Get("statusesCount"))
	if yes, ok := v.Get("verified").Bool(); ok {
		a.Verified = &yes
	}
	if s := v.Get("location").Text(); s != "" {
		a.Place = model.Place{Name: text.Unescape(s), Provenance: model.ProvenanceDeclared}
	}
	if a.Handle != "" {
		a.URL = "https://x.com/" + a.Handle
		if a.NativeID == "" {
			a.NativeID = "@" + strings.ToLower(a.Handle)
		}
	}
	hidden, _ = v.Get("protected").Bool()
	return a, hidden
}

// media reads an attachment: a picture, or the best variant of a video.
func media(v jsonscan.Value) model.Media {
	m := model.Media{Type: "image", URL: v.Get("fullUrl").Text(), Alt: v.Get("altText").Text()}
	if strings.HasSuffix(v.Get("_type").Text(), "Photo") || v.Has("fullUrl") {
		return m
	}
	m.Type, m.URL = "video", v.Get("thumbnailUrl").Text()
	best := int64(-1)
	for e := v.Get("variants").Array(); e.Next(); {
		rate, _ := e.Value.Get("bitrate").Int()
		if u := e.Value.Get("url").Text(); u != "" && rate > best {
			best, m.URL = rate, u
		}
	}
	return m
}
