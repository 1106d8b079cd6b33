package feeds

import (
	"net/url"
	"slices"
	"strings"

	"github.com/mmcdole/gofeed"

	"vedette/backend/internal/urls"
	"vedette/backend/model"
)

// pageTypeOf decides what kind of page a feed comes from; the package's comment
// states the rule.
func pageTypeOf(f *gofeed.Feed, site *url.URL) model.PageType {
	generator := strings.ToLower(f.Generator)
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
	host, path := "", ""
	if site != nil {
		host, path = strings.ToLower(site.Hostname()), strings.ToLower(site.Path)
	}
	switch {
	case containsAny(generator, "mastodon", "pleroma", "akkoma", "misskey", "gotosocial", "pixelfed", "bluesky"):
		return model.PageSocial
	case containsAny(generator, "phpbb", "discourse", "vbulletin", "xenforo", "invision", "ip.board", "mybb", "simple machines", "smf", "fluxbb",
		"punbb", "flarum", "nodebb", "vanilla", "lemmy", "discuz", "reddit"),
		strings.HasPrefix(host, "forum.") || strings.HasPrefix(host, "forums.") || urls.Registrable(host) == "reddit.com" && host != "",
		containsAny(path, "/forum/", "/forums/", "viewtopic.php", "viewforum.php", "showthread.php", "forumdisplay.php"),
		replies:
		return model.PageForum
	case containsAny(generator, "wordpress", "blogger", "ghost", "tumblr", "medium", "substack", "typepad", "movable type", "movabletype", "livejournal",
		"hugo", "jekyll", "hexo", "pelican", "eleventy", "dotclear", "serendipity", "textpattern", "squarespace", "write.as", "writefreely", "bear blog"),
		slices.ContainsFunc([]string{".blogspot.com", ".wordpress.com", ".tumblr.com", ".substack.com", ".livejournal.com", ".typepad.com", ".ghost.io"},
			func(s string) bool { return strings.HasSuffix(host, s) }),
		host == "medium.com" || strings.HasSuffix(host, ".medium.com") || strings.HasPrefix(host, "blog.") || strings.HasPrefix(host, "blogs."):
		return model.PageBlog
	case counted && generator == "":
		return model.PageForum
	}
	return model.PageNews
}

func containsAny(s string, words ...string) bool {
	return slices.ContainsFunc(words, func(w string) bool { return strings.Contains(s, w) })
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
