package feeds

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/mmcdole/gofeed"
	ext "github.com/mmcdole/gofeed/extensions"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// mapper turns the items of one feed into posts.
type mapper struct {
	feed     *gofeed.Feed
	zone     *time.Location
	basis    model.ZoneBasis
	site     string // host of the feed
	siteURL  string
	page     model.PageType
	platform string
	noZone   bool
}

func newMapper(d *document, o importer.Options) *mapper {
	m := &mapper{feed: d.feed, platform: "feed"}
	m.useZone(o)
	// The items may have been read one by one: what is said of the whole feed is
	// decided over all of them.
	all := *d.feed
	all.Items = nil
	for _, it := range d.items {
		if it.parsed != nil {
			all.Items = append(all.Items, it.parsed)
		}
	}
	var site *url.URL
	candidates := []string{all.Link, all.FeedLink, d.file.Name}
	if len(all.Items) > 0 {
		candidates = append(candidates, all.Items[0].Link)
	}
	for _, c := range candidates {
		u, err := url.Parse(strings.TrimSpace(c))
		if err == nil && u.Hostname() != "" && (u.Scheme == "http" || u.Scheme == "https") {
			site, m.siteURL, m.site = u, u.String(), hostOf(c)
			break
		}
	}
	m.page = pageTypeOf(&all, site)
	return m
}

// useZone takes the zone for dates that state none.
func (m *mapper) useZone(o importer.Options) {
	m.zone, m.basis = time.UTC, model.ZoneAssumed
	if o.Zone != nil {
		m.zone, m.basis = o.Zone, model.ZoneChosen
	}
}

// post maps one item.
func (m *mapper) post(it *gofeed.Item, s importer.Sink) *model.Post {
	p := &model.Post{
		Platform: m.platform, PageType: m.page, Visibility: model.VisibilityPublic,
		Title: plainLine(it.Title), Text: body(it), URL: webURL(it.Link),
		PlatformLang: strings.TrimSpace(m.feed.Language),
	}
	m.dates(it, p)
	video := extension(it, "yt", "videoId")
	if video != "" {
		p.Platform, p.NativeID, p.PageType = "youtube", video, model.PageVideo
		youtube(it, p)
	}
	p.Kind = kindOf(p.PageType, it)
	m.author(it, p)
	if ref := attribute(it, "thr", "in-reply-to", "ref"); ref != "" {
		p.Refs.ReplyTo = p.Platform + ":" + ref
	}
	if n, ok := commentCount(it); ok {
		p.Counts.Comments = n
	}
	m.links(it, p)
	p.Hashtags = tags(it.Categories)
	place(it, p)
	if p.NativeID == "" {
		p.NativeID = nativeID(it, p)
	}
	unknown(it, s)
	return p
}

// maxTagged is how many categories of an item are kept.
const maxTagged = 100

// tags are the categories that an item is filed under, each once.
func tags(categories []string) []string {
	var out []string
	for _, c := range categories {
		c = strings.TrimPrefix(plainLine(c), "#")
		if c != "" && len(out) < maxTagged && !slices.Contains(out, c) {
			out = append(out, c)
		}
	}
	return out
}

// kindOf says what an item of a page type is.
func kindOf(t model.PageType, it *gofeed.Item) model.Kind {
	switch {
	case t == model.PageVideo:
		return model.KindVideo
	case attribute(it, "thr", "in-reply-to", "ref") != "":
		return model.KindComment
	case t == model.PageForum || t == model.PageSocial:
		return model.KindPost
	}
	return model.KindArticle
}

// body is an item's text: its content where it has any, else its description.
func body(it *gofeed.Item) string {
	for _, s := range []string{it.Content, it.Description, custom(it, "encoded")} {
		if t := plain(s); t != "" {
			return t
		}
	}
	if it.ITunesExt != nil {
		return plain(it.ITunesExt.Summary)
	}
	return ""
}

func custom(it *gofeed.Item, name string) string { return it.Custom[name] }

// plain makes plain text of what may be HTML. Text without any markup keeps its
// line breaks.
func plain(s string) string {
	if strings.ContainsAny(s, "<&") {
		return text.PlainHTML(s)
	}
	return strings.TrimSpace(text.Clean(s))
}

// plainLine is plain on one line.
func plainLine(s string) string { return strings.Join(strings.Fields(plain(s)), " ") }

// webURL keeps addresses of the web only; an id that is not one stays an id.
func webURL(s string) string {
	s = strings.TrimSpace(s)
	u, err := url.Parse(s)
	if err != nil || u.Scheme != "http" && u.Scheme != "https" || u.Host == "" {
		return ""
	}
	return s
}

// hostOf is the host of an address, lower-case and without "www.".
func hostOf(address string) string {
	u, err := url.Parse(strings.TrimSpace(address))
	if err != nil {
		return ""
	}
	return strings.TrimPrefix(strings.ToLower(u.Hostname()), "www.")
}

// nativeID is the item's own id, else its link, else a hash of its content: the
// first 16 bytes of the SHA-256 over the length-prefixed title, text and date.
func nativeID(it *gofeed.Item, p *model.Post) string {
	if id := strings.TrimSpace(text.Clean(it.GUID)); id != "" {
		return id
	}
	if p.URL != "" {
		return p.URL
	}
	h := sha256.New()
	for _, s := range []string{p.Title, p.Text, p.Created.Original} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	return "content-" + hex.EncodeToString(h.Sum(nil)[:16])
}

// author takes the item's author, else the site. An author's own id is only
// known for YouTube channels.
func (m *mapper) author(it *gofeed.Item, p *model.Post) {
	a := model.Account{Platform: p.Platform}
	for _, person := range it.Authors {
		if person != nil && (person.Name != "" || person.Email != "") {
			a.Name = plainLine(person.Name)
			if a.Name == "" {
				a.Name = plainLine(person.Email)
			}
			break
		}
	}
	channel := extension(it, "yt", "channelId")
	switch {
	case channel != "":
		a.NativeID, a.URL = channel, "https://www.youtube.com/channel/"+channel
	case a.Name != "" && m.site != "":
		a.NativeID = m.site + "/" + strings.ToLower(a.Name)
	case a.Name == "" && m.site != "":
		a.NativeID, a.Name, a.URL = m.site, plainLine(m.feed.Title), m.siteURL
	case a.Name == "":
		a.Name = plainLine(m.feed.Title)
	}
	if !a.IsZero() {
		p.Author = a
	}
}

// links collects the item's other links and its media.
func (m *mapper) links(it *gofeed.Item, p *model.Post) {
	seen := map[string]bool{p.URL: true, "": true}
	for _, l := range it.Links {
		if l = webURL(l); !seen[l] {
			seen[l] = true
			p.Links = append(p.Links, model.Link{URL: l})
		}
	}
	media := func(kind, address, alt string) {
		if address = webURL(address); !seen["media "+address] && address != "" {
			seen["media "+address] = true
			p.Media = append(p.Media, model.Media{Type: kind, URL: address, Alt: alt})
		}
	}
	for _, e := range it.Enclosures {
		if e != nil {
			media(mediaType(e.Type, ""), e.URL, "")
		}
	}
	content := it.Extensions["media"]["content"]
	thumbs := it.Extensions["media"]["thumbnail"]
	for _, g := range it.Extensions["media"]["group"] {
		content = append(content[:len(content):len(content)], g.Children["content"]...)
		thumbs = append(thumbs[:len(thumbs):len(thumbs)], g.Children["thumbnail"]...)
	}
	for _, c := range content {
		media(mediaType(c.Attrs["type"], c.Attrs["medium"]), c.Attrs["url"], plainLine(child(c, "title")))
	}
	for _, t := range thumbs {
		media("image", t.Attrs["url"], "")
	}
	if it.Image != nil {
		media("image", it.Image.URL, plainLine(it.Image.Title))
	}
}

// mediaType makes a media type of a MIME type or of Media RSS's medium.
func mediaType(mime, medium string) string {
	kind, _, _ := strings.Cut(strings.ToLower(mime), "/")
	for _, k := range []string{kind, strings.ToLower(medium)} {
		if k == "image" || k == "video" || k == "audio" {
			return k
		}
	}
	return "file"
}

func child(e ext.Extension, name string) string {
	if c := e.Children[name]; len(c) > 0 {
		return strings.TrimSpace(c[0].Value)
	}
	return ""
}

// youtube takes what YouTube says in Media RSS: the description, the views
// (media:statistics) and the likes (the count of media:starRating).
func youtube(it *gofeed.Item, p *model.Post) {
	for _, g := range it.Extensions["media"]["group"] {
		if d := plain(child(g, "description")); d != "" {
			p.Text = d
		}
		for _, c := range g.Children["community"] {
			for _, st := range c.Children["statistics"] {
				p.Counts.Views = number(st.Attrs["views"])
			}
			for _, r := range c.Children["starRating"] {
				p.Counts.Likes = number(r.Attrs["count"])
			}
		}
	}
}

// number is a count written in digits; anything else is missing.
func number(s string) model.Count {
	n, err := strconv.ParseInt(strings.TrimSpace(s), 10, 64)
	if err != nil || n < 0 {
		return model.Count{}
	}
	return model.Known(n)
}

// commentCount reads slash:comments and thr:total.
func commentCount(it *gofeed.Item) (model.Count, bool) {
	for _, s := range []string{extension(it, "slash", "comments"), extension(it, "thr", "total")} {
		if n := number(s); !n.IsZero() {
			return n, true
		}
	}
	return model.Count{}, false
}

// place reads georss:point, "lat lon" in degrees.
func place(it *gofeed.Item, p *model.Post) {
	f := strings.Fields(strings.ReplaceAll(extension(it, "georss", "point"), ",", " "))
	if len(f) != 2 {
		return
	}
	lat, err := strconv.ParseFloat(f[0], 64)
	lon, err2 := strconv.ParseFloat(f[1], 64)
	if err != nil || err2 != nil || !(lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180) {
		return
	}
	p.Place = model.Place{Lat: lat, Lon: lon, HasPoint: true, Provenance: model.ProvenancePlatform}
}

// unknown tells of extension elements that are not read.
func unknown(it *gofeed.Item, s importer.Sink) {
	for prefix, names := range it.Extensions {
		switch prefix {
		case "yt", "media", "thr", "slash", "georss", "dc", "content", "itunes", "wfw", "atom", "feedburner", "sy":
			continue
		}
		for name, all := range names {
			for range all {
				s.Unknown(prefix + ":" + name)
			}
		}
	}
	for name := range it.Custom {
		if name != "encoded" {
			s.Unknown(name)
		}
	}
}

// tell notes what was assumed.
func (m *mapper) tell(s importer.Sink) {
	if m.noZone {
		s.Assume("zone", "UTC")
	}
	s.Assume("page_type", string(m.page))
}
