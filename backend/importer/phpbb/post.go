package phpbb

import (
	"bytes"
	"fmt"
	"regexp"
	"strings"
	"time"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// post reads one post.
func (p *page) post(c *part) (*model.Post, error) {
	doc, err := html.Parse(bytes.NewReader(c.raw))
	if err != nil {
		return nil, fmt.Errorf("read post %s: %w", c.number, err)
	}
	t, number := &p.topic, c.number
	out := &model.Post{
		Platform: Platform, NativeID: t.base + "p" + number, Kind: model.KindComment, PageType: model.PageForum,
		Visibility: model.VisibilityPublic, URL: t.url(number), Title: t.title, Refs: model.Refs{Thread: t.thread()},
	}
	body := find(doc, func(n *html.Node) bool { return hasClass(n, "postbody") })
	if body == nil {
		body = doc
	}
	subject := words(find(body, func(n *html.Node) bool { return n.DataAtom == atom.H3 || n.DataAtom == atom.H2 }))
	if subject != "" {
		out.Title = subject
	}
	if p.count == 1 && !t.later && !strings.HasPrefix(strings.ToLower(subject), "re:") {
		out.Kind = model.KindPost
	}
	out.Author = t.person(doc)
	out.Created = p.when(body)
	content := find(body, func(n *html.Node) bool { return hasClass(n, "content") })
	if content == nil {
		out.Kind = model.KindEvent // a post that is hidden or only a note
		return out, nil
	}
	markup := render(content)
	out.Text = text.PlainHTML(markup)
	out.Links = anchors.Links(markup, func(a anchors.Anchor) bool { return a.Has("postlink") || a.Has("postlink-local") })
	out.Media = pictures(content)
	if id := quoted(content); id != "" && id != number {
		out.Refs.ReplyTo = t.uid(id)
	}
	return out, nil
}

var userID = regexp.MustCompile(`[?&;]u=(\d{1,12})`)

// person reads who wrote a post: the name in its profile, or in its head line.
func (t *topic) person(doc *html.Node) model.Account {
	n := find(doc, func(n *html.Node) bool { return hasClass(n, "username") || hasClass(n, "username-coloured") })
	if n == nil { // phpBB 3.0 gives the name no class
		n = find(doc, func(n *html.Node) bool {
			return n.DataAtom == atom.A && userID.MatchString(attr(n, "href")) && words(n) != ""
		})
	}
	name := words(n)
	if name == "" {
		return model.Account{}
	}
	a := model.Account{Platform: Platform, NativeID: t.base + "@" + strings.ToLower(name), Handle: name}
	if id := group(userID, attr(n, "href")); id != "" {
		a.NativeID = t.base + "u" + id
		if t.addressed {
			a.URL = t.scheme + "://" + t.base + "memberlist.php?mode=viewprofile&u=" + id
		}
	}
	return a
}

// layouts are how phpBB writes dates when it is not told otherwise.
var layouts = []string{"Mon Jan 02, 2006 3:04 pm", "Mon Jan 2, 2006 3:04 pm", "02 Jan 2006, 15:04", "2 Jan 2006, 15:04", "2006-01-02 15:04", "02 Jan 2006 15:04"}

// when is the instant in the head line: in the machine's form where there is one,
// else as written, read where it is in one of the usual forms.
func (p *page) when(body *html.Node) model.Instant {
	if n := find(body, func(n *html.Node) bool { return n.DataAtom == atom.Time && attr(n, "datetime") != "" }); n != nil {
		if in := importer.Local(attr(n, "datetime"), p.o); !in.Time.IsZero() {
			return in
		}
	}
	line := words(find(body, func(n *html.Node) bool { return hasClass(n, "author") }))
	if i := strings.LastIndex(line, "»"); i >= 0 {
		line = line[i+len("»"):]
	}
	in := model.Instant{Original: text.Clip(strings.TrimSpace(line), 100)}
	zone, basis := chats.Zone(p.o)
	for _, layout := range layouts {
		t, err := time.ParseInLocation(layout, in.Original, zone)
		if err == nil && t.Year() > 1 {
			in.Time, in.Zone = t.UTC(), basis
			p.s.Assume("dates", "dates are read as the page shows them, in the zone of whoever saved it")
			break
		}
	}
	return in
}

var (
	postLink   = regexp.MustCompile(`[?&;]p=(\d{1,12})`)
	allNumbers = regexp.MustCompile(`^\d{1,12}$`)
)

// quoted is the number of the first post that a post quotes, "" when it does not
// say.
func quoted(content *html.Node) string {
	cite := find(content, func(n *html.Node) bool { return n.DataAtom == atom.Cite })
	if cite == nil {
		return ""
	}
	a := find(cite, func(n *html.Node) bool {
		return allNumbers.MatchString(attr(n, "data-post-id")) || postLink.MatchString(attr(n, "href"))
	})
	if a == nil {
		return ""
	}
	if id := attr(a, "data-post-id"); allNumbers.MatchString(id) {
		return id
	}
	return group(postLink, attr(a, "href"))
}

// maxMedia bounds the pictures of one post.
const maxMedia = 200

// pictures lists the pictures in a post that are not smilies.
func pictures(content *html.Node) []model.Media {
	var out []model.Media
	find(content, func(n *html.Node) bool {
		if n.DataAtom == atom.Img && hasClass(n, "postimage") && attr(n, "src") != "" {
			out = append(out, model.Media{Type: "image", URL: attr(n, "src"), Alt: attr(n, "alt")})
		}
		return len(out) >= maxMedia
	})
	return out
}
