package xtweet

import "vedette/backend/internal/jsonscan"

// result reads a tweet as the site's pages hold it: the members of API 1.1 under
// "legacy", the author and the long text beside them.
func (d *draft) result(v jsonscan.Value) {
	var legacy jsonscan.Value
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "rest_id":
			d.id(x, true)
		case "legacy":
			legacy = filled(legacy, x)
		case "core":
			if u := x.Get("user_results", "result"); u.Kind() == '{' {
				d.p.Author, d.hidden = User(u)
			} else if u := x.Get("user_result", "result"); u.Kind() == '{' {
				d.p.Author, d.hidden = User(u)
			}
		case "user", "author":
			if x.Kind() == '{' {
				d.p.Author, d.hidden = User(x)
			}
		case "quoted_status_result", "quotedRefResult", "retweeted_status_result", "note_tweet", "views", "ext_views":
			d.beside(string(it.Key), x)
		default:
			if !knownBeside(it.Key) {
				d.r.Batch.Unknown(string(it.Key))
			}
		}
	}
	d.fields(legacy)
}

// beside reads the members that are beside "legacy" and mean what they do inside.
func (d *draft) beside(key string, v jsonscan.Value) {
	switch key {
	case "quoted_status_result", "quotedRefResult":
		d.quoted = filled(d.quoted, v)
	case "retweeted_status_result":
		d.retweeted = filled(d.retweeted, v)
	case "note_tweet":
		d.note = filled(d.note, v)
	default:
		d.number([]byte("views"), v)
	}
}

// knownBeside lists the members beside "legacy" that say nothing a post keeps.
func knownBeside(key []byte) bool {
	switch string(key) {
	case "__typename", "id", "type", "promoted", "unmention_data", "unmention_info", "edit_control", "is_translatable",
		"source", "card", "tweet_card", "quick_promote_eligibility", "trusted_friends_info_result", "birdwatch_pivot",
		"has_birdwatch_notes", "conversation_muted", "superFollowsReplyUserResult", "previous_counts", "article",
		"community_results", "author_community_relationship", "community_relationship", "grok_analysis_button",
		"grok_analysis_followups", "grok_translated_post", "grok_translated_post_with_availability",
		"post_image_description", "post_video_description", "reply_to_results", "reply_to_user_results",
		"exclusiveTweetInfo", "limitedActionResults", "tombstone", "vibe":
		return true
	}
	return false
}
