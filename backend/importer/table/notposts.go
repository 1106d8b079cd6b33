package table

import (
	"slices"
	"strings"
)

// wordsOfPosts are columns that only tables with texts have.
var wordsOfPosts = []string{"text", "body", "content", "message", "title", "caption", "tweet", "fulltext", "headline", "snippet", "texto", "mensaje", "contenido"}

// notPosts names tables that are about accounts and their ties, not about posts;
// "" for any other.
func notPosts(header []string) string {
	low := make([]string, len(header))
	for i, h := range header {
		low[i] = strings.ToLower(strings.NewReplacer(" ", "", "_", "", "-", "", ".", "").Replace(h))
	}
	has := func(names ...string) bool {
		return !slices.ContainsFunc(names, func(n string) bool { return !slices.Contains(low, n) })
	}
	if slices.ContainsFunc(wordsOfPosts, func(n string) bool { return slices.Contains(low, n) }) {
		return ""
	}
	few := len(header) <= 8
	for _, p := range [][2]string{
		{"source", "target"},
		{"from", "to"},
		{"follower", "followed"},
		{"follower", "followee"},
		{"followerid", "followeeid"},
		{"followerid", "followedid"},
		{"accounta", "accountb"},
		{"sourceid", "targetid"},
		{"sourcedid", "targetdid"},
		{"sourceuser", "targetuser"},
		{"fromid", "toid"},
		{"origen", "destino"},
	} {
		if few && has(p[0], p[1]) {
			return "a table of edges (who is tied to whom)"
		}
	}
	some := func(is func(h string) bool) bool { return slices.ContainsFunc(low, is) }
	switch {
	case has("firstname", "lastname", "connectedon"):
		return "a list of contacts"
	case slices.Equal(low, []string{"date", "type", "link"}):
		return "a list of reactions of LinkedIn (what the account liked)"
	case has("likedat"), has("postid", "userid") && len(header) <= 4, few && some(func(h string) bool { return strings.HasPrefix(h, "liker") }):
		return "a table of likes"
	case has("did", "handle") && !has("uri"), has("followedat"), has("followingat"):
		return "a table of accounts"
	}
	if some(func(h string) bool {
		return h == "followerscount" || h == "followers" || h == "followercount" || h == "seguidores"
	}) &&
		!some(func(h string) bool {
			return strings.Contains(h, "post") || strings.Contains(h, "likes") || h == "url" || h == "uri"
		}) {
		return "a table of accounts"
	}
	return ""
}
