// Package sitekind tells what kind of site a page or a feed comes from, by the
// program that made it and by its address.
package sitekind

import (
	"net/url"
	"slices"
	"strings"

	"golang.org/x/net/publicsuffix"
)

// Kind is "social", "forum", "blog", or "" when nothing tells.
type Kind string

// The kinds.
const (
	Unknown Kind = ""
	Social  Kind = "social"
	Forum   Kind = "forum"
	Blog    Kind = "blog"
)

var programs = []struct {
	kind  Kind
	words []string
}{
	{Social, []string{"mastodon", "pleroma", "akkoma", "misskey", "gotosocial", "pixelfed", "bluesky"}},
	{Forum, []string{
		"phpbb", "discourse", "vbulletin", "xenforo", "invision", "ip.board", "mybb", "simple machines", "smf", "fluxbb",
		"punbb", "flarum", "nodebb", "vanilla", "lemmy", "discuz", "reddit",
	}},
	{Blog, []string{
		"wordpress", "blogger", "ghost", "tumblr", "medium", "substack", "typepad", "movable type", "movabletype", "livejournal",
		"hugo", "jekyll", "hexo", "pelican", "eleventy", "dotclear", "serendipity", "textpattern", "squarespace", "write.as", "writefreely", "bear blog",
	}},
}

var (
	forumPaths = []string{"/forum/", "/forums/", "viewtopic.php", "viewforum.php", "showthread.php", "forumdisplay.php"}
	blogHosts  = []string{".blogspot.com", ".wordpress.com", ".tumblr.com", ".substack.com", ".livejournal.com", ".typepad.com", ".ghost.io", ".medium.com"}
)

// Of tells the kind by the generator that a page or feed names, and by its
// address, either of which may be missing. A forum's address says more than the
// program that may run many things.
func Of(generator string, site *url.URL) Kind {
	generator = strings.ToLower(generator)
	at := byAddress(site)
	for _, p := range programs {
		if p.kind == Blog && at == Forum {
			return Forum
		}
		if slices.ContainsFunc(p.words, func(w string) bool { return strings.Contains(generator, w) }) {
			return p.kind
		}
	}
	return at
}

func byAddress(site *url.URL) Kind {
	if site == nil || site.Hostname() == "" {
		return Unknown
	}
	host, path := strings.ToLower(site.Hostname()), strings.ToLower(site.Path)
	domain, err := publicsuffix.EffectiveTLDPlusOne(host)
	switch {
	case err == nil && domain == "reddit.com", strings.HasPrefix(host, "forum."), strings.HasPrefix(host, "forums."),
		slices.ContainsFunc(forumPaths, func(s string) bool { return strings.Contains(path, s) }):
		return Forum
	case host == "medium.com", strings.HasPrefix(host, "blog."), strings.HasPrefix(host, "blogs."),
		slices.ContainsFunc(blogHosts, func(s string) bool { return strings.HasSuffix(host, s) }):
		return Blog
	}
	return Unknown
}
