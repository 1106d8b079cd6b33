package graphapi

import (
	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// unknown tells the members that the format does not know.
func unknown(v jsonscan.Value, b *importer.Batch) {
	for it := v.Object(); it.Next(); {
		if !known[string(it.Key)] {
			b.Unknown(string(it.Key))
		}
	}
}

// known are the members that are read, or say nothing that a post keeps.
var known = func() map[string]bool {
	m := map[string]bool{}
	for _, k := range []string{
		"id", "message", "story", "created_time", "creation_time", "updated_time", "permalink_url", "link", "from", "to", "title", "description", "source", "images", "alt_text",
		"name", "parent_id", "parent", "full_picture", "picture", "attachments", "attachment", "message_tags", "story_tags", "with_tags", "place", "privacy", "reactions", "likes", "like_count",
		"like", "love", "wow", "haha", "sad", "angry", "thankful", "care", "pride", "comments", "comment_count", "shares", "views", "live_views", "status_type", "type", "object_id", "icon",
		"is_hidden", "is_published", "is_expired", "is_popular", "is_spherical", "is_instagram_eligible", "is_eligible_for_promotion", "promotion_status", "timeline_visibility", "subscribed",
		"multi_share_optimized", "multi_share_end_card", "application", "admin_creator", "actions", "properties", "caption", "via", "video_buying_eligibility", "scheduled_publish_time",
		"can_comment", "can_hide", "can_like", "can_remove", "can_reply_privately", "user_likes", "is_private", "object", "live_broadcast_timestamp", "status", "embed_html", "length", "format",
		"published", "embeddable", "content_category", "content_tags", "custom_labels", "ad_breaks", "backdated_time", "backdated_time_granularity", "captions", "crossposting", "event",
		"is_crosspost_video", "is_crossposting_eligible", "is_episode", "is_reference_only", "post_views", "premiere_living_room_status", "thumbnails", "universal_video_id", "height", "width",
		"video", "page_story_id", "album", "webp_images", "tags", "sticker", "media_type", "media_url", "media_product_type", "permalink", "shortcode", "timestamp", "username", "owner", "user",
		"ig_id", "children", "comments_count", "thumbnail_url", "is_comment_enabled", "is_shared_to_feed", "text", "replies", "media", "hidden", "view_count", "legacy_instagram_media_id",
	} {
		m[k] = true
	}
	return m
}()
