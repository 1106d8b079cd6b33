package phpbb

import (
	"bytes"
	"cmp"
	"regexp"
	"strings"

	"golang.org/x/net/html"
	"golang.org/x/net/html/atom"

	"vedette/backend/importer/anchors"
	"vedette/backend/internal/text"
)

// topic is what a page says before its first post.
type topic struct {
	// base is what identifies the forum, ending in a slash, "" when nothing does:
	// its address without the scheme, or the name of the board.
	base      string
	addressed bool
	scheme    string
	id, title string
	// later says that the page is not the topic's first.
	later bool
}

var (
	address = regexp.MustCompile(`(https?)://([^\s"'<>]{1,500}?/)(?:viewtopic|search|posting|memberlist|viewforum|ucp)\.php([^\s"'<>]{0,300})`)
	topicID = regexp.MustCompile(`viewtopic\w{0,8}\.php\?(?:[^"'<>\s]{0,100}[?&;])?t=(\d{1,12})`)
	startAt = regexp.MustCompile(`[?&;]start=0*[1-9]`)
)

// readTopic looks at the page before its first post: the address that it gives
// as its own, was saved from or leads to on the same board, the topic's number
// and title, the board's name.
func readTopic(top []byte) topic {
	var t topic
	if m := address.FindSubmatch(top); m != nil {
		t.scheme, t.addressed = string(m[1]), true
		host, path, _ := strings.Cut(text.Clean(string(m[2])), "/")
		t.base = strings.ToLower(host) + "/" + path
		t.later = startAt.Match(m[3])
	}
	var board board
	z := html.NewTokenizer(bytes.NewReader(top))
	for {
		kind := z.Next()
		if kind == html.ErrorToken {
			break
		}
		if kind != html.StartTagToken {
			continue
		}
		name, more := z.TagName()
		switch a := atom.Lookup(name); a {
		case atom.H1, atom.H2, atom.Title:
			class, href := "", ""
			for more {
				var k, v []byte
				k, v, more = z.TagAttr()
				if string(k) == "class" {
					class = string(v)
				}
			}
			words := inside(z, a, &href)
			t.heading(a, class, words, &board)
			if t.id == "" {
				t.id = group(topicID, href)
			}
		}
	}
	if t.id == "" {
		t.id = group(topicID, string(top))
	}
	if name := cmp.Or(board.heading, board.title); t.base == "" && name != "" {
		t.base = strings.ToLower(name) + "/"
	}
	return t
}

// board is the name of the board, as the first heading and the title of the page
// say.
type board struct{ heading, title string }

// heading takes a heading of the page: the board's name, or the topic's title.
func (t *topic) heading(a atom.Atom, class, words string, b *board) {
	switch {
	case words == "":
	case a == atom.H1 && b.heading == "":
		b.heading = words
	case a == atom.H2 && (strings.Contains(class, "topic-title") || t.title == "" && class == ""):
		t.title = words
	case a == atom.Title && b.title == "":
		b.title = words
	}
}

// inside collects the text of a heading, and the first address linked in it.
func inside(z *html.Tokenizer, end atom.Atom, href *string) string {
	var b strings.Builder
	for range 200 {
		switch z.Next() {
		case html.ErrorToken:
			return ""
		case html.TextToken:
			b.Write(z.Text())
		case html.StartTagToken:
			name, more := z.TagName()
			for more && atom.Lookup(name) == atom.A {
				var k, v []byte
				k, v, more = z.TagAttr()
				if string(k) == "href" && *href == "" {
					*href = string(v)
				}
			}
		case html.EndTagToken:
			if name, _ := z.TagName(); atom.Lookup(name) == end {
				return strings.Join(strings.Fields(text.Clean(b.String())), " ")
			}
		}
	}
	return strings.Join(strings.Fields(text.Clean(b.String())), " ")
}

func group(re *regexp.Regexp, s string) string {
	if m := re.FindStringSubmatch(s); m != nil {
		return m[1]
	}
	return ""
}

// uid is the UID of a post by its number.
func (t *topic) uid(number string) string { return Platform + ":" + t.base + "p" + number }

// thread is the UID that all pages of the topic share.
func (t *topic) thread() string {
	if t.id == "" {
		return ""
	}
	return Platform + ":" + t.base + "t" + t.id
}

// url is where a post is shown, "" when the forum's address is not known.
func (t *topic) url(number string) string {
	u := t.scheme + "://" + t.base + "viewtopic.php?p=" + number + "#p" + number
	if !t.addressed || !anchors.Web(u) {
		return ""
	}
	return u
}
