package telegram

import (
	"fmt"
	"strconv"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// draft is a message of Telegram Desktop while it is read.
type draft struct {
	r       reader
	b       *importer.Batch
	chat    chat
	service bool

	id, from, fromID, actor, actorID string
	action, forwarded, forwardedID   string
	reply, replyPeer                 string
	date, unix, edited, editedUnix   jsonscan.Value
	body, entities                   jsonscan.Value
	details                          []string // what an event is about

	mime, mediaType string
	hasFile         bool
	media           []model.Media
	p               model.Post
}

// message reads a message or an event of an exported chat.
func (r reader) message(v jsonscan.Value, c chat, b *importer.Batch) {
	kind := v.Get("type").Text()
	if v.Kind() != '{' || (kind != "" && kind != "message" && kind != "service") {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The element at byte %d is no message.", v.Pos))
		return
	}
	d := draft{r: r, b: b, chat: c, service: kind == "service"}
	for it := v.Object(); it.Next(); {
		if dst := d.word(it.Key); dst != nil {
			if s := it.Value.Text(); s != "" {
				*dst = s
			}
			continue
		}
		if !d.value(it.Key, it.Value) && !d.attachment(it.Key, it.Value) && !known[string(it.Key)] {
			b.Unknown(string(it.Key))
		}
	}
	if d.id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The message at byte %d has no id.", v.Pos))
		return
	}
	b.Post(v, d.post())
}

// word is where a member with text goes.
func (d *draft) word(key []byte) *string {
	switch string(key) {
	case "id":
		return &d.id
	case "from":
		return &d.from
	case "from_id":
		return &d.fromID
	case "actor":
		return &d.actor
	case "actor_id":
		return &d.actorID
	case "action":
		return &d.action
	case "forwarded_from":
		return &d.forwarded
	case "forwarded_from_id":
		return &d.forwardedID
	case "reply_to_message_id":
		return &d.reply
	case "reply_to_peer_id":
		return &d.replyPeer
	case "information_text":
		return &d.p.Text
	case "mime_type":
		return &d.mime
	case "media_type":
		return &d.mediaType
	}
	return nil
}

// value reads the members that are more than text.
func (d *draft) value(key []byte, v jsonscan.Value) bool {
	switch string(key) {
	case "date":
		d.date = v
	case "date_unixtime":
		d.unix = v
	case "edited":
		d.edited = v
	case "edited_unixtime":
		d.editedUnix = v
	case "text":
		d.body = v
	case "text_entities":
		d.entities = v
	case "reactions":
		d.p.Counts.Likes = chats.Sum(v, "count")
	case "poll":
		d.p.Text = poll(v)
	case "location_information":
		located(v.Get("latitude"), v.Get("longitude"), &d.p)
	case "place_name", "address":
		if s := v.Text(); s != "" && d.p.Place.Name == "" {
			d.p.Place.Name = s
		}
	case "members":
		for it := v.Array(); it.Next(); {
			if s := it.Value.Text(); s != "" {
				d.details = append(d.details, s)
			}
		}
	case "title", "new_title", "inviter", "reason_domain", "reason_app_name", "emoticon", "score", "duration", "discard_reason", "to":
		if s := v.Text(); s != "" && d.service {
			d.details = append(d.details, s)
		}
	default:
		return false
	}
	return true
}

// poll is the question and the answers of a poll as a text.
func poll(v jsonscan.Value) string {
	lines := []string{plain(whole(v.Get("question")))}
	for it := v.Get("answers").Array(); it.Next(); {
		lines = append(lines, "• "+plain(whole(it.Value.Get("text"))))
	}
	return strings.TrimSpace(strings.Join(lines, "\n"))
}

// whole is a text that newer programs put, with its entities, into an object.
func whole(v jsonscan.Value) jsonscan.Value {
	if v.Kind() == '{' {
		return v.Get("text")
	}
	return v
}

// located reads where the sender says to be, in degrees.
func located(lat, lon jsonscan.Value, p *model.Post) {
	x, ok := lat.Float()
	y, ok2 := lon.Float()
	if ok && ok2 && x >= -90 && x <= 90 && y >= -180 && y <= 180 {
		p.Place.Lat, p.Place.Lon, p.Place.HasPoint, p.Place.Provenance = x, y, true, model.ProvenanceDeclared
	}
}

// attachment reads a photo or a file.
func (d *draft) attachment(key []byte, v jsonscan.Value) bool {
	switch string(key) {
	case "photo":
		d.media = append(d.media, model.Media{Type: "image", URL: stored(v.Text())})
	case "file":
		d.hasFile = true
		d.media = append(d.media, model.Media{Type: "file", URL: stored(v.Text())})
	case "file_name":
		if n := len(d.media); n > 0 && d.hasFile {
			d.media[n-1].Alt = v.Text()
		}
	case "sticker_emoji":
		if n := len(d.media); n > 0 {
			d.media[n-1].Alt = v.Text()
		}
	default:
		return false
	}
	return true
}

// stored is the path of a file in the export; a note in brackets, such as "(File
// not included. …)", is none.
func stored(s string) string {
	if i := strings.Index(s, "(File "); strings.HasPrefix(s, "(") || i > 0 && strings.HasSuffix(s, ")") {
		return ""
	}
	return s
}

// post puts the draft together.
func (d *draft) post() *model.Post {
	p := &d.p
	p.Platform, p.NativeID, p.PageType, p.Visibility = Platform, d.chat.peer+"/"+d.id, model.PageChat, d.chat.visibility
	p.Created, p.Edited = d.time(d.unix, d.date), d.time(d.editedUnix, d.edited)
	if d.from == "" && d.fromID == "" {
		d.from, d.fromID = d.actor, d.actorID
	}
	if id := accountID(d.fromID); id != "" || d.from != "" {
		p.Author = model.Account{Platform: Platform, NativeID: id, Name: d.from}
	}
	if s := plain(d.body); s != "" {
		p.Text = s
	}
	if d.entities.Kind() != '[' {
		d.entities = d.body
	}
	entities(d.entities, p)
	if p.Text == "" && d.body.Raw == nil {
		p.Text = plain(d.entities)
	}
	d.files()
	if d.reply != "" && d.reply != "0" {
		peer := d.chat.peer
		if d.replyPeer != "" {
			peer = accountID(d.replyPeer)
		}
		p.Refs.ReplyTo = Platform + ":" + peer + "/" + d.reply
	}
	if !p.Place.IsZero() {
		p.Place.Provenance = model.ProvenanceDeclared
	}
	d.kind()
	p.URL = address(d.chat.peer, d.id)
	return p
}

// files says what kind of attachment the message has.
func (d *draft) files() {
	for i := range d.media {
		if m := &d.media[i]; m.Type == "file" {
			m.Type = fileType(d.mediaType, d.mime, m.URL)
		}
	}
	d.p.Media = d.media
}

// kind says what the record is. An event has its action as its text.
func (d *draft) kind() {
	p := &d.p
	switch {
	case d.service:
		p.Kind = model.KindEvent
		if p.Text == "" {
			p.Text = strings.ReplaceAll(d.action, "_", " ")
			if len(d.details) > 0 {
				p.Text += ": " + strings.Join(d.details, ", ")
			}
		}
	case d.forwarded != "" || d.forwardedID != "":
		p.Kind = model.KindRepost
		p.Mentions = append(p.Mentions, model.Mention{Handle: d.forwarded, AccountID: accountID(d.forwardedID)})
	case p.Text == "":
		p.Kind = model.KindMedia
	case d.chat.broadcast:
		p.Kind = model.KindPost
	default:
		p.Kind = model.KindMessage
	}
	if p.Kind == model.KindRepost && p.Text == "" {
		p.Kind = model.KindMedia
	}
}

// time reads an instant: seconds since 1970 where they are given, else the local
// time beside them.
func (d *draft) time(unix, local jsonscan.Value) model.Instant {
	if in := importer.Epoch(unix); !in.Time.IsZero() {
		return in
	}
	if s := local.Text(); s != "" && !strings.HasPrefix(s, "1970-01-01") {
		return d.r.Time(s, d.b)
	}
	return model.Instant{}
}

// accountID is the id of an account. Exports of before 2021 give a number whose
// upper bits say what kind it is of.
func accountID(s string) string {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n <= 0 {
		return s
	}
	low := strconv.FormatInt(n&0xffffffff, 10)
	switch n >> 32 {
	case 1:
		return "chat" + low
	case 2:
		return "channel" + low
	}
	return "user" + s
}

// address is where members can open the message; only channels and supergroups
// have addresses.
func address(peer, id string) string {
	if n, ok := strings.CutPrefix(peer, "channel"); ok && n != "" {
		return "https://t.me/c/" + n + "/" + id
	}
	return ""
}
