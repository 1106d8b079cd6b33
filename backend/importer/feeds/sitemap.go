package feeds

import (
	"bytes"
	"context"
	"encoding/xml"
	"fmt"
	"io"
	"regexp"
	"strconv"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/internal/urls"
	"vedette/backend/model"
)

// Sitemap reads sitemaps (sitemaps.org 0.9) with the extensions for news and
// video: an address with either is a post, an article or a video. Sitemaps of
// addresses alone, their indexes, lists of addresses in text and robots.txt are
// recognised and hold no posts.
//
// Identity: platform "feed", as for the items of feeds, and the page's address,
// normalised.
type Sitemap struct{}

// Name implements importer.Format.
func (Sitemap) Name() string { return "sitemap" }

// Version implements importer.Format.
func (Sitemap) Version() string { return "1" }

// published are how an address that is a post is told from others.
var published = regexp.MustCompile(`<(?:[\w.-]+:)?(?:news|video)[\s>]`)

// counting finds the elements of a sitemap and of an index.
var counting = map[string]*regexp.Regexp{
	"address": regexp.MustCompile(`<(?:[\w.-]+:)?url[\s>]`), "sitemap": regexp.MustCompile(`<(?:[\w.-]+:)?sitemap[\s>]`),
}

// Detect implements importer.Format.
func (Sitemap) Detect(h importer.Head) importer.Match {
	t := bytes.TrimSpace(bytes.TrimPrefix(h.Text, []byte("\ufeff")))
	if len(t) == 0 {
		return importer.Match{Why: "empty"}
	}
	if t[0] != '<' {
		return listed(t)
	}
	switch _, name := rootOf(t); name {
	case "urlset":
		if published.Match(t) || later(h) {
			return importer.Match{Score: 95, Why: "the element <urlset> with news or videos"}
		}
		return importer.Match{Score: 95, Why: "the element <urlset>", Refuse: fmt.Sprintf(
			"It is a sitemap: a list of the addresses of a site's pages (%s), without titles, dates or texts of articles.", counted(t, h.Size, "address"))}
	case "sitemapindex":
		return importer.Match{Score: 95, Why: "the element <sitemapindex>", Refuse: fmt.Sprintf(
			"It is an index of sitemaps (%s), not the posts of a site.", counted(t, h.Size, "sitemap"))}
	}
	return importer.Match{Why: "the first element is not of a sitemap"}
}

// later looks for posts behind the beginning of a sitemap that declares them.
func later(h importer.Head) bool {
	if h.R == nil || h.Size <= int64(len(h.Bytes)) || h.Size > maxFeed ||
		!bytes.Contains(h.Text, []byte("sitemap-news")) && !bytes.Contains(h.Text, []byte("sitemap-video")) {
		return false
	}
	all, err := io.ReadAll(io.NewSectionReader(h.R, 0, h.Size))
	return err == nil && published.Match(all)
}

// counted says how many of a thing there are; of a beginning, at least how many.
func counted(t []byte, size int64, thing string) string {
	n := len(counting[thing].FindAllIndex(t, -1))
	s := fmt.Sprintf("%d %s", n, thing)
	switch {
	case n != 1 && strings.HasSuffix(s, "s"):
		s += "es"
	case n != 1:
		s += "s"
	}
	if size > int64(len(t))+4 {
		s = "at least " + s
	}
	return s
}

// listed recognises robots.txt, and lists of addresses.
func listed(t []byte) importer.Match {
	lines := strings.Split(string(t), "\n")
	if len(lines) > 200 {
		lines = lines[:200]
	}
	first, agents, rules, addresses, others := "", 0, 0, 0, 0
	for _, l := range lines {
		l = strings.TrimSpace(l)
		if l == "" || l[0] == '#' {
			continue
		}
		key, _, _ := strings.Cut(l, ":")
		key = strings.ToLower(strings.TrimSpace(key))
		if first == "" {
			first = key
		}
		switch {
		case (key == "http" || key == "https") && webURL(l) != "" && !strings.ContainsAny(l, " \t,;"):
			addresses++
		case key == "user-agent":
			agents++
		case key == "disallow" || key == "allow":
			rules++
			others++
		default:
			others++
		}
	}
	switch {
	case agents > 0 && (rules > 0 || robotsKey(first)):
		return importer.Match{Score: 70, Why: "rules for robots", Refuse: "It is a site's rules for robots (robots.txt), not its posts."}
	case addresses > 0 && others == 0:
		return importer.Match{Score: 70, Why: "a web address on every line", Refuse: "It is a list of web addresses, one a line, without titles, dates or texts."}
	}
	return importer.Match{Why: "neither XML, nor rules for robots, nor a list of addresses"}
}

// robotsKey reports whether the rules of a robots.txt can begin with a key.
func robotsKey(key string) bool {
	switch key {
	case "user-agent", "sitemap", "disallow", "allow", "crawl-delay", "host":
		return true
	}
	return false
}

// sitemapItems are the addresses of a sitemap.
var sitemapItems = items{
	opens: func(n xml.Name, stack []string) bool {
		return strings.EqualFold(n.Local, "url") && len(stack) == 1 && local(stack[0]) == "urlset"
	},
	tags: []string{"<url>", "<url "},
}

// Read implements importer.Format. Addresses without news or a video are counted
// and told.
func (Sitemap) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	d, err := open(f, o, s)
	if err != nil {
		return err
	}
	doc, err := plainProlog(d.text)
	if err != nil {
		return err
	}
	l, err := scanItems(doc, sitemapItems)
	if err != nil {
		return unreadable(err)
	}
	m := &mapper{platform: "feed", page: model.PageNews}
	m.useZone(o)
	alone := 0
	for i, r := range l.items {
		if err := ctx.Err(); err != nil {
			return fmt.Errorf("read sitemap: %w", context.Cause(ctx))
		}
		rec, err := d.record(i, item{from: r.from, to: r.to})
		if err != nil {
			return err
		}
		if rec.Post, rec.Reject = m.address(l, doc, i); rec.Post == nil && rec.Reject == nil {
			alone++
			continue
		}
		if err := s.Record(rec); err != nil {
			return fmt.Errorf("keep address %d: %w", i+1, err)
		}
	}
	if alone > 0 {
		s.Assume("addresses_only", strconv.Itoa(alone))
	}
	if m.noZone {
		s.Assume("zone", "UTC")
	}
	s.Offset(f.Size)
	return nil
}

// entry is an address of a sitemap with what Google's extensions say of it.
type entry struct {
	Loc  string `xml:"loc"`
	News []struct {
		Publication struct {
			Name     string `xml:"name"`
			Language string `xml:"language"`
		} `xml:"publication"`
		Title string `xml:"title"`
		Date  string `xml:"publication_date"`
	} `xml:"news"`
	Videos []video `xml:"video"`
	Images []struct {
		Loc     string `xml:"loc"`
		Caption string `xml:"caption"`
	} `xml:"image"`
	Modified string `xml:"lastmod"`
}

// video is one of the extension for videos.
type video struct {
	Title       string `xml:"title"`
	Description string `xml:"description"`
	Date        string `xml:"publication_date"`
	Views       string `xml:"view_count"`
	Content     string `xml:"content_loc"`
	Player      string `xml:"player_loc"`
	Thumbnail   string `xml:"thumbnail_loc"`
	Uploader    struct {
		Name string `xml:",chardata"`
		Info string `xml:"info,attr"`
	} `xml:"uploader"`
}

// address reads one address: as a post, a rejection, or neither when it is an
// address alone.
func (m *mapper) address(l *layout, doc []byte, i int) (*model.Post, *model.Reject) {
	r := l.items[i]
	switch {
	case r.cut:
		return nil, &model.Reject{Code: "truncated", Reason: fmt.Sprintf("Address %d cannot be read: the file ends inside of it.", i+1)}
	case r.broken:
		return nil, &model.Reject{Code: "unreadable_item", Reason: fmt.Sprintf("Address %d cannot be read: its markup is broken.", i+1)}
	case !published.Match(doc[r.from:r.to]):
		return nil, nil
	}
	var e entry
	dec := xml.NewDecoder(bytes.NewReader(doc[r.from:r.to]))
	dec.Strict = false
	dec.Entity = xml.HTMLEntity
	if err := dec.Decode(&e); err != nil {
		return nil, &model.Reject{Code: "unreadable_item", Reason: text.Clean(fmt.Sprintf("Address %d cannot be read: %v.", i+1, err))}
	}
	at, _, err := urls.Normalise(e.Loc)
	if err != nil {
		return nil, &model.Reject{Code: importer.RejectNoID, Reason: text.Clean(fmt.Sprintf("Address %d is none of the web: %q.", i+1, text.Clip(e.Loc, 200)))}
	}
	if len(e.News)+len(e.Videos) == 0 {
		return nil, nil // what looked like one is in a comment
	}
	p := &model.Post{Platform: m.platform, NativeID: at, URL: at, Kind: model.KindArticle, PageType: model.PageNews, Visibility: model.VisibilityPublic}
	if len(e.News) > 0 {
		n := &e.News[0]
		p.Title, p.Created, p.PlatformLang = plainLine(n.Title), m.written(n.Date), strings.TrimSpace(text.Clean(n.Publication.Language))
		m.publisher(p, n.Publication.Name)
	} else {
		m.video(p, &e.Videos[0])
	}
	if modified := m.written(e.Modified); !modified.Time.IsZero() && modified.Time.After(p.Created.Time) && !p.Created.Time.IsZero() {
		p.Edited = modified
	}
	for _, v := range e.Videos {
		addMedia(p, "video", v.Content, v.Player)
		addMedia(p, "image", v.Thumbnail)
	}
	for _, x := range e.Images {
		addMedia(p, "image", x.Loc)
	}
	return p, nil
}

// video makes the post one of a video.
func (m *mapper) video(p *model.Post, v *video) {
	p.Kind, p.PageType = model.KindVideo, model.PageVideo
	p.Title, p.Text, p.Created = plainLine(v.Title), plain(v.Description), m.written(v.Date)
	p.Counts.Views = number(v.Views)
	m.publisher(p, v.Uploader.Name)
	if info := webURL(v.Uploader.Info); info != "" {
		p.Author.URL = info
	}
}

// publisher sets the author: the site, by its host, or somebody on it.
func (m *mapper) publisher(p *model.Post, name string) {
	host := hostOf(p.URL)
	p.Author = model.Account{Platform: p.Platform, NativeID: host, Name: plainLine(name)}
	if p.Kind == model.KindVideo && p.Author.Name != "" {
		p.Author.NativeID = host + "/" + strings.ToLower(p.Author.Name)
	}
	if p.Author.Name == "" {
		p.Author.Name = host
	}
}

func addMedia(p *model.Post, kind string, addresses ...string) {
	for _, a := range addresses {
		if a = webURL(text.Clean(a)); a != "" {
			p.Media = append(p.Media, model.Media{Type: kind, URL: a})
			return
		}
	}
}
