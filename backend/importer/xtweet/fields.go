package xtweet

import (
	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// draft is a tweet while it is read.
type draft struct {
	p       model.Post
	r       *Reader
	hasText bool
	badID   string
	userID  string
	hidden  bool // only followers see what the author posts
	quote   bool
	reply   string
	quoteID string
	repost  string
	replyTo model.Mention // whom it answers

	retweeted, quoted  jsonscan.Value
	extended, note     jsonscan.Value
	entities, ext      jsonscan.Value
	plain              jsonscan.Value // the entities that list the media
	point, swapped, at jsonscan.Value
}

// fields reads every member of a tweet of API 1.1.
func (d *draft) fields(v jsonscan.Value) {
	for it := v.Object(); it.Next(); {
		x := it.Value
		switch string(it.Key) {
		case "id_str":
			d.id(x, true)
		case "id":
			d.id(x, false)
		case "full_text", "text":
			d.text(x, string(it.Key) == "full_text")
		case "created_at":
			if s := x.Text(); s != "" {
				d.p.Created = Time(s)
			}
		case "lang":
			if s := x.Text(); s != "und" {
				set(&d.p.PlatformLang, x)
			}
		case "user":
			if x.Kind() == '{' {
				d.p.Author, d.hidden = User(x)
			}
		case "user_id_str", "user_id":
			set(&d.userID, x)
		case "entities":
			d.entities = filled(d.entities, x)
		case "extended_entities":
			d.ext = filled(d.ext, x)
		case "extended_tweet":
			d.extended = filled(d.extended, x)
		case "note_tweet":
			d.note = filled(d.note, x)
		case "coordinates":
			d.point = filled(d.point, x)
		case "geo":
			d.swapped = filled(d.swapped, x)
		case "place":
			d.at = filled(d.at, x)
		default:
			d.relation(it.Key, x)
		}
	}
}

// id keeps an id; the one that was written as a string is believed first.
func (d *draft) id(v jsonscan.Value, preferred bool) {
	switch s := id(v); {
	case s == "":
		d.badID = v.Text()
	case preferred || d.p.NativeID == "":
		d.p.NativeID = s
	}
}

// text keeps the text; the full one is believed first.
func (d *draft) text(v jsonscan.Value, full bool) {
	if v.Kind() != '"' {
		return
	}
	if s := v.Text(); full || d.p.Text == "" {
		d.p.Text = s
	}
	d.hasText = true
}

// relation reads the members that refer to other posts and accounts.
func (d *draft) relation(key []byte, v jsonscan.Value) {
	switch string(key) {
	case "in_reply_to_status_id_str", "in_reply_to_status_id":
		either(&d.reply, v)
	case "in_reply_to_user_id_str", "in_reply_to_user_id":
		either(&d.replyTo.AccountID, v)
	case "in_reply_to_screen_name":
		set(&d.replyTo.Handle, v)
	case "retweeted_status", "retweeted_status_result":
		d.retweeted = filled(d.retweeted, v)
	case "retweeted_status_id_str":
		either(&d.repost, v)
	case "quoted_status", "quoted_status_result":
		d.quoted = filled(d.quoted, v)
	case "quoted_status_id_str", "quoted_status_id":
		either(&d.quoteID, v)
	case "is_quote_status":
		yes, _ := v.Bool()
		d.quote = d.quote || yes
	case "conversation_id_str", "conversation_id":
		if s := id(v); s != "" {
			d.p.Refs.Thread = Platform + ":" + s
		}
	default:
		d.number(key, v)
	}
}

// either keeps an id that comes as a string and as a number: neither order of
// the two loses digits.
func either(dst *string, v jsonscan.Value) {
	if s := id(v); s != "" && (*dst == "" || v.Kind() == '"') {
		*dst = s
	}
}

// number reads the counts.
func (d *draft) number(key []byte, v jsonscan.Value) {
	var c *model.Count
	switch string(key) {
	case "favorite_count":
		c = &d.p.Counts.Likes
	case "reply_count":
		c = &d.p.Counts.Comments
	case "retweet_count":
		c = &d.p.Counts.Shares
	case "views", "ext_views":
		c, v = &d.p.Counts.Views, v.Get("count")
	default:
		if !known(key) {
			d.r.Batch.Unknown(string(key))
		}
		return
	}
	if n := importer.Count(v); !n.IsZero() {
		*c = n
	}
}

// known lists the members that are understood and say nothing a post keeps.
func known(key []byte) bool {
	switch string(key) {
	case "truncated", "display_text_range", "source", "contributors", "favorited", "retweeted", "possibly_sensitive",
		"possibly_sensitive_appealable", "possibly_sensitive_editable", "filter_level", "timestamp_ms", "matching_rules",
		"withheld_copyright", "withheld_in_countries", "withheld_scope", "metadata", "current_user_retweet", "scopes",
		"card", "quote_count", "bookmark_count", "bookmarked", "quoted_status_permalink", "edit_info", "edit_history",
		"editable", "edit_controls", "self_thread", "supplemental_language", "ext_edit_control", "limited_actions",
		"conversation_control", "conversation_muted", "is_translatable", "retweeted_status_id", "deleted_at":
		return true
	}
	return false
}
