package telegram

import (
	"strings"

	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// plain is the text of a string, or of a list of strings and parts with a text.
func plain(v jsonscan.Value) string {
	if v.Kind() != '[' {
		return v.Text()
	}
	var s strings.Builder
	for it := v.Array(); it.Next(); {
		s.WriteString(part(it.Value))
	}
	return s.String()
}

func part(v jsonscan.Value) string {
	if v.Kind() == '{' {
		return v.Get("text").Text()
	}
	return v.Text()
}

// entities reads hashtags, mentions and links out of the parts of a text.
func entities(v jsonscan.Value, p *model.Post) {
	for it := v.Array(); it.Next(); {
		x := it.Value
		if x.Kind() == '{' {
			entity(x.Get("type").Text(), part(x), x.Get("href").Text(), x.Get("user_id").Text(), p)
		}
	}
}

// entity adds what one marked part of a text says.
func entity(kind, s, href, user string, p *model.Post) {
	switch kind {
	case "hashtag":
		if tag := strings.TrimPrefix(s, "#"); tag != "" {
			p.Hashtags = append(p.Hashtags, tag)
		}
	case "mention":
		if handle := strings.TrimPrefix(s, "@"); handle != "" {
			p.Mentions = append(p.Mentions, model.Mention{Handle: handle})
		}
	case "mention_name":
		m := model.Mention{Handle: s}
		if user != "" {
			m.AccountID = accountID(user)
		}
		p.Mentions = append(p.Mentions, m)
	case "link":
		if s != "" {
			p.Links = append(p.Links, model.Link{URL: s})
		}
	case "text_link":
		if href != "" {
			p.Links = append(p.Links, model.Link{URL: href, Title: s})
		}
	}
}

// fileType says what an attached file is.
func fileType(mediaType, mime, name string) string {
	switch mediaType {
	case "sticker":
		return "image"
	case "voice_message", "audio_file":
		return "audio"
	case "video_message", "video_file", "animation":
		return "video"
	}
	return chats.MediaType(mime, name)
}

// known lists the members of messages that are understood and say nothing a post
// keeps.
var known = map[string]bool{
	"type": true, "author": true, "via_bot": true, "saved_from": true, "photo_file_size": true, "file_size": true, "width": true, "height": true,
	"thumbnail": true, "thumbnail_file_size": true, "duration_seconds": true, "performer": true, "contact_information": true, "contact_vcard": true,
	"contact_vcard_file_size": true, "live_location_period_seconds": true, "inline_bot_buttons": true, "message_id": true, "media_spoiler": true,
	"self_destruct_period_seconds": true, "game_title": true, "game_description": true, "game_link": true, "game_message_id": true, "invoice_information": true,
	"dice": true, "giveaway_information": true, "giveaway_results": true, "paid_media": true, "boosts": true, "schedule_date": true, "period": true,
	"new_icon_emoji_id": true, "amount": true, "currency": true, "values": true, "months": true, "cost": true, "to_id": true, "distance": true,
	"peer_id": true, "is_limited": true, "stars_amount_for_upgrade": true, "button_id": true, "reason_app_id": true, "invoice_message_id": true, "recurring": true, "forwarded_date": true, "forwarded_date_unixtime": true,
}
