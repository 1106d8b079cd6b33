package facebook

import (
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
)

// listsOfFacebook are the members that hold posts in a Facebook export.
var listsOfFacebook = []string{
	"status_updates", "posts_v2", "comments", "comments_v2", "group_posts", "group_posts_v2", "group_comments", "group_comments_v2",
	"wall_posts_sent_to_you", "wall_posts_sent_to_you_v2", "videos", "videos_v2", "other_photos", "other_photos_v2", "photos",
}

// listsOfInstagram are the members that hold posts in an Instagram export.
var listsOfInstagram = []string{
	"ig_stories", "ig_reels_media", "ig_archived_post_media", "ig_igtv_media", "ig_other_media", "ig_recently_deleted_media", "ig_posts_media",
	"comments_media_comments", "comments_reels_comments", "comments_story_comments",
}

// firstIn is the first element of a list.
func firstIn(v jsonscan.Value) jsonscan.Value {
	it := v.Array()
	it.Next()
	return it.Value
}

// listIn finds the list that an object holds; older exports wrap it once more.
func listIn(v jsonscan.Value, names []string) jsonscan.Value {
	for _, n := range names {
		list := v.Get(n)
		if list.Kind() == '{' {
			list = list.Get("activity_log_data")
		}
		if list.Kind() == '[' {
			return list
		}
	}
	return jsonscan.Value{}
}

// isEntry tells posts, comments and media of a Facebook export.
func isEntry(v jsonscan.Value) bool {
	_, dated := v.Get("timestamp").Int()
	if !dated {
		return isFile(v)
	}
	first := firstIn(v.Get("data"))
	return first.Has("post", "update_timestamp", "backdated_timestamp", "comment") || firstIn(v.Get("attachments")).Get("data").Kind() == '[' ||
		v.Get("title").Kind() == '"' && v.Has("data", "attachments", "tags") || v.Has("comment") && v.Has("author")
}

// isFile tells a picture or video with a place in the archive.
func isFile(v jsonscan.Value) bool {
	_, dated := v.Get("creation_timestamp").Int()
	return dated && v.Get("uri").Kind() == '"'
}

// isChat tells a file of messages.
func isChat(v jsonscan.Value) bool {
	if v.Get("participants").Kind() != '[' || v.Get("messages").Kind() != '[' && !v.Cut {
		return false
	}
	first := firstIn(v.Get("messages"))
	return first.Has("timestamp_ms") && first.Has("sender_name") || first.Has("senderName") && first.Has("timestamp") || v.Has("thread_path", "threadName")
}

// judgeFacebook looks at one top-level value.
func judgeFacebook(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	if isChat(v) {
		return importer.Match{Score: 93, Why: "messages of a Meta export"}
	}
	if list := listIn(v, listsOfFacebook); isEntry(firstIn(list)) {
		return importer.Match{Score: 92, Why: "a list of posts or comments of a Facebook export"}
	}
	if isEntry(v) && v.Has("timestamp") && !v.Has("string_list_data", "string_map_data") {
		return importer.Match{Score: 90, Why: "posts of a Facebook export"}
	}
	return refuse(v, notPostsOfFacebook)
}

// judgeInstagram looks at one top-level value.
func judgeInstagram(v jsonscan.Value) importer.Match {
	if v.Kind() != '{' {
		return importer.Match{}
	}
	if first := firstIn(listIn(v, listsOfInstagram)); isPost(first) || isFile(first) || isComment(first) {
		return importer.Match{Score: 92, Why: "a list of posts or comments of an Instagram export"}
	}
	switch {
	case isPost(v):
		return importer.Match{Score: 91, Why: "posts of an Instagram export"}
	case isComment(v):
		return importer.Match{Score: 91, Why: "comments of an Instagram export"}
	case firstIn(v.Get("string_list_data")).Has("href") && firstIn(v.Get("string_list_data")).Has("timestamp"):
		return importer.Match{Score: 85, Why: "followers or likes of an Instagram export", Refuse: "it lists followers, likes or the like of an Instagram account, and no posts."}
	}
	return refuse(v, notPostsOfInstagram)
}

// isPost tells a post of an Instagram export: a list of media.
func isPost(v jsonscan.Value) bool { return isFile(firstIn(v.Get("media"))) }

// isComment tells a comment of an Instagram export.
func isComment(v jsonscan.Value) bool {
	m := v.Get("string_map_data")
	return m.Kind() == '{' && (m.Has("Comment", "Media Owner") || v.Has("media_list_data") && commentOf(m).said != "")
}

// refuse names what an export has beside posts, by the beginning of the first key.
func refuse(v jsonscan.Value, names [][2]string) importer.Match {
	it := v.Object()
	if !it.Next() || it.Value.Kind() != '[' && it.Value.Kind() != '{' {
		return importer.Match{}
	}
	if first := firstIn(it.Value); first.Kind() == '{' && !first.Has("timestamp", "name", "data", "title", "value", "string_map_data", "string_list_data", "media_list_data") {
		return importer.Match{} // a list of somebody else's
	}
	key := string(it.Key)
	for _, n := range names {
		if strings.HasPrefix(key, n[0]) {
			return importer.Match{Score: 70, Why: "another list of an export", Refuse: "it is " + n[1] + " from the export of an account, and holds no posts."}
		}
	}
	return importer.Match{}
}

// The lists of exports that are no posts, by the beginning of their key.
var (
	notPostsOfFacebook = [][2]string{
		{"friends_v2", "a list of friends"},
		{"friend_", "a list of friends"},
		{"received_requests_v2", "a list of friend requests"},
		{"sent_requests_v2", "a list of friend requests"},
		{"rejected_requests", "a list of friend requests"},
		{"deleted_friends", "a list of friends"},
		{"followers_v", "a list of followers"},
		{"following_v", "a list of accounts that are followed"},
		{"reactions", "a list of likes and reactions"},
		{"page_likes", "a list of liked pages"},
		{"pages_followed", "a list of followed pages"},
		{"pages_unfollowed", "a list of pages"},
		{"profile_v2", "a profile"},
		{"profile_update", "a list of changes to a profile"},
		{"account_activity", "a list of logins"},
		{"active_sessions", "a list of logins"},
		{"login", "a list of logins"},
		{"account_accesses", "a list of logins"},
		{"used_ip_address", "a list of logins"},
		{"recognized_devices", "a list of devices"},
		{"searches_v", "a list of searches"},
		{"custom_audiences", "a list of advertisers"},
		{"advertiser", "a list of advertisers"},
		{"topics_v", "a list of interests for advertising"},
		{"inferred_topics", "a list of interests for advertising"},
		{"off_facebook_activity", "a list of activity on other sites"},
		{"notifications_v", "a list of notifications"},
		{"events_", "a list of events"},
		{"event_", "a list of events"},
		{"poll_votes", "a list of votes"},
		{"group_admined", "a list of groups"},
		{"groups_joined", "a list of groups"},
		{"address_book", "an address book"},
		{"contacts_uploaded", "an address book"},
		{"installed_apps", "a list of apps"},
		{"admin_records", "a list of changes to the account"},
		{"saves_v", "a list of saved things"},
		{"pokes", "a list of pokes"},
	}
	notPostsOfInstagram = [][2]string{
		{"relationships_", "a list of followers or of accounts that are followed"},
		{"likes_", "a list of likes"},
		{"saved_", "a list of saved posts"},
		{"impressions_history_", "a list of what was seen"},
		{"ads_", "a list for advertising"},
		{"ig_custom_audiences", "a list of advertisers"},
		{"inferred_data_", "a list of interests for advertising"},
		{"account_history_", "a list of logins"},
		{"profile_", "a profile or its changes"},
		{"searches_", "a list of searches"},
		{"devices_", "a list of devices"},
		{"story_activities_", "a list of answers to stories"},
		{"topics_", "a list of interests"},
		{"contacts_", "an address book"},
		{"apps_and_websites_", "a list of apps"},
		{"monetization_", "a list about earnings"},
		{"ig_profile_picture", "a list of profile pictures"},
		{"shopping_", "a list about shopping"},
	}
)
