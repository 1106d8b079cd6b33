package mastodon

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/fediverse"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// maxList bounds the mentions, hashtags and media of one status.
const maxList = 1000

// local is the identity of a status of which only the server's own id is known:
// its address where the file has it, else where the server would answer for it.
func (d *draft) local(id string) string {
	if id == "" {
		return ""
	}
	if uri, ok := d.r.known[id]; ok {
		return uri
	}
	if d.r.server == "" {
		return "status/" + id
	}
	return "https://" + d.r.server + "/api/v1/statuses/" + id
}

// answered is the identity of the status that this one answers. When it is not
// in the file and was written on the same server as this one, its address
// follows from its author's name.
func (d *draft) answered(people map[string]string) string {
	if uri, ok := d.r.known[d.parent]; ok {
		return uri
	}
	before, own := strings.CutSuffix(d.uri, "/statuses/"+d.id)
	base, self, ok := cutLast(before, "/users/")
	name := people[d.parentAuthor]
	if d.parentAuthor != "" && d.parentAuthor == d.account.Get("id").Text() {
		name = self
	}
	if own && ok && name != "" && !strings.Contains(name, "@") {
		return base + "/users/" + name + "/statuses/" + d.parent
	}
	return d.local(d.parent)
}

// cutLast cuts a text at the last place of sep.
func cutLast(s, sep string) (before, after string, ok bool) {
	i := strings.LastIndex(s, sep)
	if i < 0 {
		return s, "", false
	}
	return s[:i], s[i+len(sep):], true
}

// people reads the mentions, and gives the names that the server has for the
// accounts in them by their ids.
func (d *draft) people() map[string]string {
	names := map[string]string{}
	for it := d.mentions.Array(); it.Next() && len(d.p.Mentions) < maxList; {
		acct := it.Value.Get("acct").Text()
		names[it.Value.Get("id").Text()] = acct
		if h := fediverse.Handle(acct, it.Value.Get("url").Text()); h != "" {
			d.p.Mentions = append(d.p.Mentions, model.Mention{Handle: h, AccountID: fediverse.AccountID(h)})
		}
	}
	return names
}

// person reads an account.
func (r *reader) person(v jsonscan.Value, platform string) model.Account {
	acct, profile := v.Get("acct").Text(), v.Get("url").Text()
	if acct == "" {
		acct = v.Get("username").Text()
	}
	a := fediverse.Account(platform, fediverse.Handle(acct, profile), profile)
	a.Name = v.Get("display_name").Text()
	if note := v.Get("note").Text(); note != "" {
		a.Description = text.PlainHTML(note)
	}
	a.Created = importer.Local(v.Get("created_at").Text(), r.o)
	a.Followers = importer.Count(v.Get("followers_count"))
	a.Following = importer.Count(v.Get("following_count"))
	a.Posts = importer.Count(v.Get("statuses_count"))
	a.DeclaredBot, _ = v.Get("bot").Bool()
	return a
}

// tags reads the hashtags.
func (d *draft) tags(v jsonscan.Value) {
	for it := v.Array(); it.Next() && len(d.p.Hashtags) < maxList; {
		if s := strings.TrimPrefix(it.Value.Get("name").Text(), "#"); s != "" {
			d.p.Hashtags = append(d.p.Hashtags, s)
		}
	}
}

// media reads the attachments.
func (d *draft) media(v jsonscan.Value) {
	for it := v.Array(); it.Next() && len(d.p.Media) < maxList; {
		m := model.Media{Type: it.Value.Get("type").Text(), URL: it.Value.Get("url").Text(), Alt: it.Value.Get("description").Text()}
		if remote := it.Value.Get("remote_url").Text(); remote != "" {
			m.URL = remote // the original, not the server's copy
		}
		switch m.Type {
		case "image", "video", "audio":
		case "gifv":
			m.Type = "video"
		default:
			m.Type = "file"
		}
		d.p.Media = append(d.p.Media, m)
	}
}

// place reads where a status says it is (Pixelfed).
func (d *draft) place(v jsonscan.Value) {
	var parts []string
	for _, key := range []string{"name", "country"} {
		if s := v.Get(key).Text(); s != "" {
			parts = append(parts, s)
		}
	}
	if len(parts) > 0 {
		d.p.Place = model.Place{Name: strings.Join(parts, ", "), Provenance: model.ProvenanceDeclared}
	}
}

// known lists the members that are understood and say nothing a post keeps.
func known(key string) bool {
	switch key {
	case "sensitive", "favourited", "reblogged", "muted", "bookmarked", "pinned", "filtered", "application", "emojis",
		"text", "quotes_count", "quote_approval", "interaction_policy", "local_only", "reactions", "emoji_reactions",
		"akkoma", "friendica", "content_type", "content_text", "pf_type", "shortcode", "reply_count", "liked_by",
		"label", "comments_disabled", "media_type", "bookmarked_by", "expires_at", "taggedPeople", "parent",
		"parent_visible", "thread", "_v", "bearcap", "liked", "tagged_people", "group", "favourited_by", "local",
		"deleted_at", "emoji_reacted", "scheduled_at":
		return true
	}
	return false
}
