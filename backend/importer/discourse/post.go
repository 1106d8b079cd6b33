package discourse

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/anchors"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// post reads one post.
func (r *reader) post(v jsonscan.Value, t topic, b *importer.Batch) {
	id, number := v.Get("topic_id").Text(), v.Get("post_number").Text()
	if id == "" || number == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The post at byte %d has no topic or no number in it.", v.Pos))
		return
	}
	if r.host == "" {
		b.Assume("forum", "the file does not say which forum it comes from; its posts are told apart by topic and number")
	}
	at := r.placeOf(v, t, id)
	p := &model.Post{
		Platform: Platform, NativeID: at + number, Kind: model.KindPost, PageType: model.PageForum, Visibility: model.VisibilityPublic,
		Title: title(v, t, id), Created: importer.Local(v.Get("created_at").Text(), r.o),
	}
	if r.host != "" {
		p.URL = "https://" + p.NativeID
	}
	if t.archetype == "private_message" {
		p.Visibility, p.Kind, p.PageType = model.VisibilityDirect, model.KindMessage, model.PageChat
	}
	if updated := importer.Local(v.Get("updated_at").Text(), r.o); edited(v) {
		p.Edited = updated
	}
	p.Author = r.person(v)
	r.words(v, p)
	r.refs(v, p, at, number)
	p.Counts = counts(v)
	if number == "1" {
		p.Counts.Views = importer.Count(t.views)
	}
	for it := v.Object(); it.Next(); {
		if key := string(it.Key); !known(key) {
			b.Unknown("post." + key)
		}
	}
	b.Post(v, p)
}

// placeOf is the beginning of the addresses of a topic's posts.
func (r *reader) placeOf(v jsonscan.Value, t topic, id string) string {
	slug := v.Get("topic_slug").Text()
	if slug == "" {
		slug = t.slugs[id]
	}
	if slug == "" {
		slug = "-"
	}
	at := "t/" + slug + "/" + id + "/"
	if r.host != "" {
		return r.host + "/" + at
	}
	return at
}

// title is that of the topic.
func title(v jsonscan.Value, t topic, id string) string {
	for _, s := range []string{v.Get("topic_title").Text(), t.titles[id], t.title} {
		if s != "" {
			return s
		}
	}
	return text.PlainHTML(v.Get("topic_html_title").Text())
}

// edited reports whether a post was changed after it was made.
func edited(v jsonscan.Value) bool {
	version, ok := v.Get("version").Int()
	return ok && version > 1
}

// person reads who wrote a post.
func (r *reader) person(v jsonscan.Value) model.Account {
	name := v.Get("username").Text()
	if name == "" {
		return model.Account{}
	}
	a := model.Account{Platform: Platform, NativeID: "@" + strings.ToLower(name), Handle: name, Name: v.Get("name").Text()}
	if a.Name == "" {
		a.Name = v.Get("display_username").Text()
	}
	if r.host != "" {
		// Names are the forum's own.
		a.NativeID = r.host + "/u/" + strings.ToLower(name)
		a.URL = "https://" + r.host + "/u/" + name
	}
	return a
}

// words reads the text: the HTML as shown, else as typed, else the excerpt that a
// search gives.
func (r *reader) words(v jsonscan.Value, p *model.Post) {
	cooked := v.Get("cooked").Text()
	switch {
	case cooked != "":
		p.Text = text.PlainHTML(cooked)
	case v.Get("raw").Text() != "":
		p.Text = v.Get("raw").Text()
	case v.Get("blurb").Text() != "":
		p.Text = text.PlainHTML(v.Get("blurb").Text())
	default:
		p.Text = text.PlainHTML(v.Get("excerpt").Text())
	}
	p.Links = anchors.Links(cooked, func(a anchors.Anchor) bool {
		return !a.Has("mention") && !a.Has("hashtag") && !a.Has("hashtag-cooked") && !a.Has("lightbox") && !a.Has("anchor")
	})
	// Type 3 is what the forum itself notes: closed, moved, pinned.
	if kind, _ := v.Get("post_type").Int(); kind == 3 || v.Get("action_code").Exists() {
		p.Kind = model.KindEvent
	}
	if hidden, _ := v.Get("user_deleted").Bool(); hidden && p.Text == "" {
		p.Kind = model.KindEvent
	}
}

// refs says which post is answered: the one named, else the topic's first.
func (r *reader) refs(v jsonscan.Value, p *model.Post, at, number string) {
	p.Refs.Thread = Platform + ":" + at + "1"
	if number == "1" {
		return
	}
	p.Refs.ReplyTo = p.Refs.Thread
	if n, ok := v.Get("reply_to_post_number").Int(); ok && n > 0 {
		p.Refs.ReplyTo = Platform + ":" + at + fmt.Sprint(n)
	}
	if p.Kind == model.KindPost {
		p.Kind = model.KindComment
	}
}

// counts reads the numbers. Of the actions, 2 is a like.
func counts(v jsonscan.Value) model.Counts {
	c := model.Counts{Likes: importer.Count(v.Get("like_count")), Comments: importer.Count(v.Get("reply_count")), Views: importer.Count(v.Get("reads"))}
	actions := v.Get("actions_summary")
	if !c.Likes.IsZero() || actions.Kind() != '[' {
		return c
	}
	c.Likes = model.Known(0) // an action that nobody took is left out
	for it := actions.Array(); it.Next(); {
		if id, _ := it.Value.Get("id").Int(); id == 2 && it.Value.Has("count") {
			c.Likes = importer.Count(it.Value.Get("count"))
		}
	}
	return c
}

// passed tells the members of an answer that are understood and hold no posts.
func passed(key string) bool {
	switch key {
	case "id", "title", "fancy_title", "slug", "views", "posts_count", "reply_count", "like_count", "archetype", "created_at",
		"topics", "users", "categories", "tags", "groups", "grouped_search_result", "timeline_lookup", "suggested_topics",
		"tags_descriptions", "last_posted_at", "visible", "closed", "archived", "has_summary", "user_id", "featured_link",
		"pinned_globally", "pinned_at", "pinned_until", "image_url", "slow_mode_seconds", "draft", "draft_key", "draft_sequence",
		"posted", "unpinned", "pinned", "current_post_number", "highest_post_number", "last_read_post_number",
		"last_read_post_id", "deleted_by", "deleted_at", "has_deleted", "actions_summary", "chunk_size", "bookmarked", "bookmarks",
		"topic_timer", "message_bus_last_id", "participant_count", "show_read_indicator", "thumbnails", "slow_mode_enabled_until",
		"details", "category_id", "word_count", "related_messages", "related_topics", "private_messages", "user_voted", "vote_count",
		"can_vote", "summarizable", "tags_disable_ads", "valid_reactions", "is_translated", "fancy_title_localized", "locale",
		"accepted_answer", "posts_reactions", "discourse_zendesk_plugin_zendesk_id", "bookmarked_posts", "archetype_id":
		return true
	}
	return false
}

// known lists the members that are read, or understood and say nothing that a
// post keeps.
func known(key string) bool {
	switch key {
	case "id", "topic_id", "topic_slug", "topic_title", "topic_html_title", "post_number", "post_type", "username", "name",
		"display_username", "created_at", "updated_at", "cooked", "raw", "blurb", "excerpt", "version", "reply_to_post_number",
		"reply_count", "reads", "like_count", "actions_summary", "action_code", "user_deleted":
		return true
	case "avatar_template", "incoming_link_count", "readers_count", "score", "yours", "can_edit", "can_delete", "can_recover",
		"can_see_hidden_post", "can_wiki", "user_title", "title_is_group", "bookmarked", "moderator", "admin", "staff", "user_id",
		"hidden", "trust_level", "deleted_at", "edit_reason", "can_view_edit_history", "wiki", "link_counts", "read",
		"primary_group_name", "flair_name", "flair_url", "flair_bg_color", "flair_color", "flair_group_id", "badges_granted",
		"reply_to_user", "quote_count", "average_time", "category_id", "category_slug", "truncated", "polls", "polls_votes",
		"accepted_answer", "can_accept_answer", "can_unaccept_answer", "topic_accepted_answer", "reactions", "reaction_users_count",
		"current_user_reaction", "current_user_used_main_reaction", "user_custom_fields", "user_status", "mentioned_users",
		"post_url", "post_localizations_count", "topic_posts_count", "topic_filtered_posts_count", "topic_archetype",
		"user_badges", "user_suspended", "notice", "is_auto_generated", "via_email", "has_reply", "locked", "custom_fields",
		"calendar_details", "event", "can_translate", "locale", "is_localized", "language", "user_signature", "primary_group_flair_url",
		"avg_time", "primary_group_flair_bg_color", "primary_group_flair_color", "reviewable_id", "reviewable_score_count",
		"reviewable_score_pending_count", "user_date_of_birth", "deleted_by", "group_moderator", "action_code_who", "action_code_path", "retorts", "cakedate", "user_created_at", "topic_tags":
		return true
	}
	return false
}
