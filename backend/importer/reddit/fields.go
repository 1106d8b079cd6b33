package reddit

import (
	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// fields reads every member of a thing.
func (d *draft) fields(data jsonscan.Value, b *importer.Batch) {
	for it := data.Object(); it.Next(); {
		if dst := d.word(it.Key); dst != nil {
			if s := it.Value.Text(); s != "" {
				*dst = s
			}
			d.isBody = d.isBody || (string(it.Key) == "body" && it.Value.Kind() == '"')
			continue
		}
		if dst := d.number(it.Key); dst != nil {
			if n, ok := it.Value.Int(); ok {
				*dst = model.Known(n)
			}
			continue
		}
		d.other(it.Key, it.Value, b)
	}
}

// word is where a member with text goes.
func (d *draft) word(key []byte) *string {
	switch string(key) {
	case "id":
		return &d.id
	case "name":
		return &d.name
	case "author":
		return &d.author
	case "author_fullname":
		return &d.authorID
	case "title":
		return &d.title
	case "subject":
		return &d.title
	case "body":
		return &d.body
	case "selftext":
		return &d.selftext
	case "link_id":
		return &d.link
	case "parent_id":
		return &d.parent
	case "permalink", "context":
		return &d.permalink
	case "url":
		return &d.url
	case "post_hint":
		return &d.hint
	case "dest":
		return &d.dest
	case "first_message_name":
		return &d.first
	case "crosspost_parent":
		return &d.crosspost
	}
	return nil
}

// number is where a member with a count goes.
func (d *draft) number(key []byte) *model.Count {
	switch string(key) {
	case "score":
		return &d.score
	case "num_comments":
		return &d.comments
	case "num_crossposts":
		return &d.shares
	case "view_count":
		return &d.views
	}
	return nil
}

// other reads the members that are neither.
func (d *draft) other(key []byte, v jsonscan.Value, b *importer.Batch) {
	switch string(key) {
	case "created_utc":
		if !v.Empty() {
			d.created = v
		}
	case "edited":
		d.edited = v
	case "retrieved_on", "retrieved_utc":
		d.captured = v
	case "selftext_html", "body_html":
		if !v.Empty() {
			d.html = v
		}
	case "ups":
		if n, ok := v.Int(); ok && d.score.IsZero() {
			d.score = model.Known(n)
		}
	case "score_hidden", "hide_score":
		yes, _ := v.Bool()
		d.hidden = d.hidden || yes
	case "is_self":
		d.self, _ = v.Bool()
	case "is_video":
		d.video, _ = v.Bool()
	case "subreddit_type":
		d.private = v.Text() == "private"
	case "media":
		d.media = v
	case "media_metadata":
		d.gallery = v
	default:
		if !known(key) {
			b.Unknown(string(key))
		}
	}
}

// known lists the members that are understood and say nothing a post keeps.
func known(key []byte) bool {
	switch string(key) {
	case "all_awardings", "allow_live_comments", "approved_at_utc", "approved_by", "archived", "associated_award",
		"associated_awarding_id", "author_cakeday", "author_flair_background_color", "author_flair_css_class",
		"author_flair_richtext", "author_flair_template_id", "author_flair_text", "author_flair_text_color",
		"author_flair_type", "author_is_blocked", "author_patreon_flair", "author_premium", "awarders", "banned_at_utc",
		"banned_by", "can_gild", "can_mod_post", "category", "clicked", "collapsed", "collapsed_because_crowd_control",
		"collapsed_reason", "collapsed_reason_code", "comment_type", "content_categories", "contest_mode",
		"controversiality", "count", "created", "crosspost_parent_list", "depth", "discussion_type", "distinguished",
		"domain", "downs", "first_message", "gallery_data", "gilded", "gildings", "hidden", "is_created_from_ads_ui",
		"is_crosspostable", "is_gallery", "is_meta", "is_original_content", "is_reddit_media_domain",
		"is_robot_indexable", "is_submitter", "likes", "link_author", "link_flair_background_color",
		"link_flair_css_class", "link_flair_richtext", "link_flair_template_id", "link_flair_text",
		"link_flair_text_color", "link_flair_type", "link_permalink", "link_title", "link_url", "locked", "media_embed",
		"media_only", "mod_note", "mod_reason_by", "mod_reason_title", "mod_reports", "new", "no_follow",
		"num_duplicates", "num_reports", "over_18", "parent_whitelist_status", "pinned", "poll_data", "preview", "pwls",
		"quarantine", "removal_reason", "removed_by", "removed_by_category", "replies", "report_reasons", "rte_mode",
		"saved", "secure_media", "secure_media_embed", "send_replies", "spoiler", "steward_reports", "stickied",
		"subreddit", "subreddit_id", "subreddit_name_prefixed", "subreddit_subscribers", "suggested_sort", "thumbnail",
		"thumbnail_height", "thumbnail_width", "top_awarded_type", "total_awards_received", "treatment_tags", "type",
		"unrepliable_reason", "upvote_ratio", "url_overridden_by_dest", "user_reports", "video_only", "visited",
		"was_comment", "whitelist_status", "wls", "updated_utc", "author_created_utc", "nest_level", "_meta":
		return true
	}
	return false
}
