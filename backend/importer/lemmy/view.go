package lemmy

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/importer/fediverse"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// view reads a post, a comment or a message with its author.
func (r *reader) view(v jsonscan.Value, b *importer.Batch) {
	p := &model.Post{Platform: fediverse.Lemmy, Kind: model.KindPost, PageType: model.PageForum, Visibility: model.VisibilityPublic}
	what, body := "post", v.Get("post")
	switch comment, message := v.Get("comment"), v.Get("private_message"); {
	case message.Kind() == '{':
		what, body = "private_message", message
	case comment.Kind() == '{':
		what, body = "comment", comment
	}
	p.NativeID = body.Get("ap_id").Text()
	if id := body.Get("id").Text(); p.NativeID == "" && id != "" {
		p.NativeID = r.local(what, id)
	}
	if p.NativeID == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The %s at byte %d has no id.", strings.ReplaceAll(what, "_", " "), v.Pos))
		return
	}
	if anchors.Web(p.NativeID) {
		p.URL = p.NativeID
	}
	p.Author = r.person(v.Get("creator"))
	p.Created, p.Edited = r.at(body, "published", "published_at"), r.at(body, "updated", "updated_at")
	p.Text = firstText(body, "content", "body")
	p.Counts = counts(v.Get("counts"), body)
	switch what {
	case "comment":
		r.comment(p, v, body)
	case "private_message":
		p.Kind, p.PageType, p.Visibility = model.KindMessage, model.PageChat, model.VisibilityDirect
		if to := r.person(v.Get("recipient")); to.Handle != "" {
			p.Mentions = []model.Mention{{Handle: to.Handle, AccountID: to.NativeID}}
		}
	default:
		r.post(p, body)
	}
	if p.Text == "" && p.Title == "" && taken(body) {
		p.Kind = model.KindEvent
	}
	for it := body.Object(); it.Next(); {
		if key := string(it.Key); !known(key) {
			b.Unknown(what + "." + key)
		}
	}
	if key := v.Duplicate(); key != "" {
		b.Assume("duplicate_keys", fmt.Sprintf("a key that occurs twice (%s) has its last filled value", text.Clip(key, 60)))
	}
	b.Post(v, p)
}

// taken reports whether a post was deleted by its author or removed by a
// moderator.
func taken(body jsonscan.Value) bool {
	deleted, _ := body.Get("deleted").Bool()
	removed, _ := body.Get("removed").Bool()
	return deleted || removed
}

// post fills what only a post has.
func (r *reader) post(p *model.Post, body jsonscan.Value) {
	p.Title = firstText(body, "name", "title")
	p.Refs.Thread = p.UID()
	u := body.Get("url").Text()
	if u == "" {
		return
	}
	kind, _, _ := strings.Cut(body.Get("url_content_type").Text(), "/")
	lower := strings.ToLower(u)
	for _, end := range []string{".jpg", ".jpeg", ".png", ".gif", ".webp"} {
		if kind == "" && strings.HasSuffix(lower, end) {
			kind = "image"
		}
	}
	if kind == "image" || kind == "video" || kind == "audio" {
		p.Media = []model.Media{{Type: kind, URL: u, Alt: body.Get("alt_text").Text()}}
		return
	}
	p.Links = []model.Link{{URL: u, Title: body.Get("embed_title").Text()}}
}

// comment fills what only a comment has: its post, and the comment before the
// last in its path, or the post when there is none.
func (r *reader) comment(p *model.Post, v, body jsonscan.Value) {
	p.Kind = model.KindComment
	thread := v.Get("post", "ap_id").Text()
	if id := body.Get("post_id").Text(); thread == "" && id != "" {
		thread = r.local("post", id)
	}
	p.Refs.Thread = uid(thread)
	path := body.Get("path").Text()
	parent := ""
	if i := strings.LastIndexByte(path, '.'); i > 0 {
		parent = path[:i]
		parent = parent[strings.LastIndexByte(parent, '.')+1:]
	}
	if parent == "" || parent == "0" {
		p.Refs.ReplyTo = p.Refs.Thread
		return
	}
	p.Refs.ReplyTo = uid(r.local("comment", parent))
}

// local is the identity of what the server calls by a number: its address where
// the file has it, else where the server would answer for it.
func (r *reader) local(what, id string) string {
	if uri, ok := r.known[id]; ok && what == "comment" {
		return uri
	}
	if r.server == "" {
		return what + "/" + id
	}
	return "https://" + r.server + "/" + what + "/" + id
}

func uid(id string) string {
	if id == "" {
		return ""
	}
	return fediverse.Lemmy + ":" + id
}

// person reads an account.
func (r *reader) person(v jsonscan.Value) model.Account {
	actor := firstText(v, "actor_id", "ap_id")
	a := fediverse.Account(fediverse.Lemmy, fediverse.Handle(firstText(v, "name", "user_name"), actor), actor)
	a.Name = firstText(v, "display_name", "title")
	a.Description = firstText(v, "bio", "about")
	a.Created = r.at(v, "published", "published_at")
	bot, _ := v.Get("bot_account").Bool()
	if !bot {
		bot, _ = v.Get("bot").Bool()
	}
	a.DeclaredBot = bot
	if a.NativeID == "" {
		return model.Account{}
	}
	return a
}

// counts reads the numbers: in a member of their own, or among those of the post.
func counts(v, body jsonscan.Value) model.Counts {
	find := func(keys ...string) model.Count {
		for _, in := range []jsonscan.Value{v, body} {
			for _, k := range keys {
				if c := importer.Count(in.Get(k)); !c.IsZero() {
					return c
				}
			}
		}
		return model.Count{}
	}
	return model.Counts{Likes: find("upvotes", "score"), Comments: find("comments", "child_count")}
}

// at reads the first instant that is there. Older servers leave its zone out.
func (r *reader) at(v jsonscan.Value, keys ...string) model.Instant {
	return importer.Local(firstText(v, keys...), r.o)
}

// firstText is the first of the members that is filled.
func firstText(v jsonscan.Value, keys ...string) string {
	for _, k := range keys {
		if s := v.Get(k).Text(); s != "" {
			return s
		}
	}
	return ""
}

// known lists the members that are read, or understood and say nothing that a
// post keeps.
func known(key string) bool {
	switch key {
	case "id", "ap_id", "name", "title", "content", "body", "url", "published", "published_at", "updated", "updated_at", "path",
		"post_id", "deleted", "removed", "alt_text", "embed_title", "url_content_type", "upvotes", "score", "comments", "child_count":
		return true
	case "creator_id", "community_id", "recipient_id", "locked", "nsfw", "local", "language_id", "featured_community",
		"featured_local", "embed_description", "embed_video_url", "thumbnail_url", "small_thumbnail_url", "distinguished", "read",
		"downvotes", "newest_comment_time_at", "newest_comment_time_necro_at", "hot_rank", "hot_rank_active", "controversy_rank",
		"scaled_rank", "report_count", "unresolved_report_count", "federation_pending", "scheduled_publish_time_at", "sticky",
		"instance_sticky", "user_id", "post_type", "repliesEnabled", "ai_generated", "activity_alert", "emoji_reactions",
		"deleted_by_recipient", "tags", "flair_list", "answer", "depth", "image_details", "cross_posts":
		return true
	}
	return false
}
