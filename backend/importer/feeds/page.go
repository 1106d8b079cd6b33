package feeds

import (
	"net/url"
	"strings"

	"github.com/mmcdole/gofeed"

	"vedette/backend/internal/sitekind"
	"vedette/backend/model"
)

// pageTypeOf decides what kind of page a feed comes from; the package's comment
// states the rule.
func pageTypeOf(f *gofeed.Feed, site *url.URL) model.PageType {
	for _, it := range f.Items {
		if extension(it, "yt", "videoId") != "" {
			return model.PageVideo
		}
	}
	replies, counted := false, false
	for _, it := range f.Items {
		replies = replies || extension(it, "thr", "in-reply-to") != "" || attribute(it, "thr", "in-reply-to", "ref") != ""
		counted = counted || extension(it, "slash", "comments") != ""
	}
	switch kind := sitekind.Of(f.Generator, site); {
	case kind == sitekind.Social:
		return model.PageSocial
	case kind == sitekind.Forum, replies:
		return model.PageForum
	case kind == sitekind.Blog:
		return model.PageBlog
	case counted && strings.TrimSpace(f.Generator) == "":
		return model.PageForum
	}
	return model.PageNews
}

// extension is the text of an item's extension element, "" when it has none.
func extension(it *gofeed.Item, prefix, name string) string {
	if e := it.Extensions[prefix][name]; len(e) > 0 {
		return strings.TrimSpace(e[0].Value)
	}
	return ""
}

// attribute is an attribute of an item's extension element.
func attribute(it *gofeed.Item, prefix, name, attr string) string {
	if e := it.Extensions[prefix][name]; len(e) > 0 {
		return strings.TrimSpace(e[0].Attrs[attr])
	}
	return ""
}
