package webpage

import (
	"crypto/sha256"
	"encoding/hex"
	"net/url"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/article"
	"vedette/backend/internal/sitekind"
	"vedette/backend/internal/text"
	"vedette/backend/internal/urls"
	"vedette/backend/model"
)

// Platform is the platform of every page.
const Platform = "web"

// Source is a page as a file, an archive or a server gave it.
type Source struct {
	Doc []byte // as stored, without content encoding
	// ContentType is what the server said, "" when that is not known.
	ContentType string
	// URL is where the page was, "" when only the page itself can tell.
	URL      string
	Captured model.Instant
}

// Notes are what was assumed about a page.
type Notes struct {
	Encoding string // name of a character set that was guessed
	Dates    string // where the date of publication stood: "json-ld", "meta", "time", "text"
	Saved    string // the program that saved the page
	// Whole says why the text is that of the whole page: no article was found.
	Whole string
	// UTC is set when an instant states no zone and UTC was assumed.
	UTC bool
}

// Post reads a page. The error says that a forced character set is not known.
func Post(src Source, o importer.Options) (*model.Post, Notes, error) {
	var n Notes
	doc, enc, err := decode(src.Doc, src.ContentType, o.Encoding)
	if err != nil {
		return nil, n, err
	}
	if enc.Basis == text.BasisGuessed {
		n.Encoding = enc.Name
	}
	if s := savedBy(doc, o); s.by != "" {
		n.Saved = s.by
		if src.URL == "" {
			src.URL = s.url
		}
		if src.Captured.IsZero() {
			src.Captured = s.at
		}
	}
	page := article.Extract(doc, src.URL)
	p := &model.Post{
		Platform: Platform, Kind: model.KindArticle, Visibility: model.VisibilityPublic,
		Title: text.Clean(page.Title), Text: text.Clean(page.Text), PlatformLang: text.Clean(page.Language), CapturedAt: src.Captured,
	}
	if p.Text == "" {
		n.Whole = page.Reason
		p.Text = text.PlainHTML(string(article.WithoutFiles(doc)))
	}
	if p.Text == "" && p.Title == "" {
		p.Kind = model.KindMedia
	}
	identify(p, &page, src.URL)
	p.PageType = pageType(&page, p.URL)
	author(p, &page)
	dates(p, &page, o)
	n.Dates = page.Published.From
	n.UTC = p.Created.Zone == model.ZoneAssumed || p.Edited.Zone == model.ZoneAssumed || p.CapturedAt.Zone == model.ZoneAssumed
	for _, l := range page.Links {
		if l = text.Clean(l); l != p.URL {
			p.Links = append(p.Links, model.Link{URL: l})
		}
	}
	if page.Image != "" {
		p.Media = []model.Media{{Type: "image", URL: text.Clean(page.Image)}}
	}
	return p, n, nil
}

// identify sets the page's address and id: the address that it gives as its own,
// else where it was, else a hash of what it says. A page deep in a site that gives
// the site's front page as its own address is mistaken.
func identify(p *model.Post, page *article.Page, at string) {
	own, ownDomain, err := urls.Normalise(page.Canonical)
	if err != nil {
		own = ""
	}
	where, domain, err := urls.Normalise(at)
	if err != nil {
		where = ""
	}
	if own != "" && where != "" && (ownDomain != domain || front(own) && !front(where)) {
		own = ""
	}
	if own == "" {
		own = where
	}
	if own == "" {
		sum := sha256.Sum256([]byte(p.Title + "\x00" + p.Text))
		p.NativeID = "content-" + hex.EncodeToString(sum[:16])
		return
	}
	p.NativeID, p.URL = own, own
}

// front reports whether an address is that of a site's front page.
func front(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.Trim(u.Path, "/") == "" && u.RawQuery == ""
}

// pageType tells news, blog, forum and social pages by what they say of
// themselves; other pages are "other".
func pageType(page *article.Page, address string) model.PageType {
	site, err := url.Parse(address)
	if err != nil {
		site = nil
	}
	kind := sitekind.Of(page.Generator, site)
	switch {
	case kind == sitekind.Social || page.Schema == "SocialMediaPosting":
		return model.PageSocial
	case kind == sitekind.Forum || page.Schema == "DiscussionForumPosting":
		return model.PageForum
	case strings.HasSuffix(page.Schema, "NewsArticle"):
		return model.PageNews
	case kind == sitekind.Blog || strings.HasSuffix(page.Schema, "BlogPosting"):
		return model.PageBlog
	case page.Schema != "" || strings.EqualFold(page.OpenGraph, "article"):
		return model.PageNews
	}
	return model.PageOther
}

// author takes who the page names, else its site. Their ids are the site's host,
// and the host with the name.
func author(p *model.Post, page *article.Page) {
	host := ""
	if u, err := url.Parse(p.URL); err == nil {
		host = strings.TrimPrefix(u.Hostname(), "www.")
	}
	a := model.Account{Platform: Platform, Name: text.Clean(byline(page.Author))}
	switch {
	case a.Name != "" && host != "":
		a.NativeID = host + "/" + strings.ToLower(a.Name)
	case a.Name == "" && host != "":
		a.NativeID, a.Name, a.URL = host, text.Clean(page.Site), "https://"+host+"/"
		if a.Name == "" {
			a.Name = host
		}
	case a.Name == "":
		a.Name = text.Clean(page.Site)
	}
	if !a.IsZero() {
		p.Author = a
	}
}

// byline is a name without the word before it, and at most as long as names are.
func byline(s string) string {
	s = strings.Join(strings.Fields(s), " ")
	for _, by := range []string{"By ", "by ", "BY ", "Von ", "von ", "Par ", "par ", "Por ", "por "} {
		if rest, ok := strings.CutPrefix(s, by); ok {
			s = strings.TrimLeft(rest, ": ")
			break
		}
	}
	return text.Clip(s, 200)
}

// dates sets when the page was published and changed. A page that gives only the
// time of its last change is taken to mean the publication.
func dates(p *model.Post, page *article.Page, o importer.Options) {
	p.Created = cleaned(instant(page.Published, o))
	modified := cleaned(instant(page.Modified, o))
	switch {
	case p.Created.IsZero():
		p.Created = modified
	case !modified.IsZero() && !modified.Time.Equal(p.Created.Time):
		p.Edited = modified
	}
}

func cleaned(i model.Instant) model.Instant {
	i.Original = text.Clean(i.Original)
	return i
}
