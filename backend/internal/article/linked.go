package article

import (
	"encoding/json"
	"html"
	"strings"
)

// maxLinked is how deep linked data is searched.
const maxLinked = 12

// linked is what the schema.org article in a page's JSON-LD says.
type linked struct {
	kind, headline, author, publisher, language, image string
	published, modified                                string
}

// read takes one block of JSON-LD. The first article of a page is what the page
// is about; others are of lists beside it.
func (l *linked) read(s string) {
	if l.kind != "" {
		return
	}
	s = strings.TrimSpace(s)
	s = strings.TrimSuffix(strings.TrimPrefix(strings.TrimPrefix(s, "<!--"), "//<![CDATA["), "-->")
	var v any
	if json.Unmarshal([]byte(s), &v) == nil { // broken data says nothing
		l.find(v, 0)
	}
}

// find looks for the first article, and reports whether there is one.
func (l *linked) find(v any, depth int) bool {
	if depth > maxLinked {
		return false
	}
	switch x := v.(type) {
	case []any:
		for _, e := range x {
			if l.find(e, depth+1) {
				return true
			}
		}
	case map[string]any:
		if kind := articleKind(x["@type"]); kind != "" {
			l.take(x, kind)
			return true
		}
		for _, k := range []string{"@graph", "mainEntity", "mainEntityOfPage"} {
			if l.find(x[k], depth+1) {
				return true
			}
		}
	}
	return false
}

func (l *linked) take(x map[string]any, kind string) {
	l.kind = kind
	l.headline = firstOf(word(x["headline"]), word(x["name"]))
	l.author, l.publisher = names(x["author"]), names(x["publisher"])
	l.language, l.image = word(x["inLanguage"]), address(x["image"])
	l.published, l.modified = word(x["datePublished"]), word(x["dateModified"])
	if l.published == "" {
		l.published = word(x["dateCreated"])
	}
}

// articleKind is the type of an object when it is one of schema.org's articles.
func articleKind(v any) string {
	switch x := v.(type) {
	case string:
		x = strings.TrimPrefix(strings.TrimPrefix(x, "https://schema.org/"), "http://schema.org/")
		if strings.HasSuffix(x, "Article") || x == "BlogPosting" || x == "LiveBlogPosting" || x == "Report" || x == "SocialMediaPosting" || x == "DiscussionForumPosting" {
			return x
		}
	case []any:
		for _, e := range x {
			if s, ok := e.(string); ok {
				if k := articleKind(s); k != "" {
					return k
				}
			}
		}
	}
	return ""
}

func word(v any) string {
	s, ok := v.(string)
	if !ok {
		return ""
	}
	return line(html.UnescapeString(s))
}

// names joins the names of persons or organisations.
func names(v any) string {
	switch x := v.(type) {
	case string:
		return word(x)
	case map[string]any:
		return word(x["name"])
	case []any:
		var all []string
		for _, e := range x {
			if n, ok := e.([]any); ok && len(n) > 0 {
				continue // names in lists of lists are of nobody
			}
			if s := names(e); s != "" && len(all) < 20 {
				all = append(all, s)
			}
		}
		return strings.Join(all, ", ")
	}
	return ""
}

// address is that of the first picture.
func address(v any) string {
	switch x := v.(type) {
	case string:
		return strings.TrimSpace(x)
	case map[string]any:
		s, ok := x["url"].(string)
		if ok {
			return strings.TrimSpace(s)
		}
	case []any:
		if len(x) > 0 {
			if _, nested := x[0].([]any); !nested {
				return address(x[0])
			}
		}
	}
	return ""
}
