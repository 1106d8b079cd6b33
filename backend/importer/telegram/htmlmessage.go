package telegram

import (
	"strings"
	"time"

	"vedette/backend/importer/chats"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// role is what an element inside of a message holds.
type role int

const (
	roleNone role = iota
	roleAuthor
	roleSource // the author inside of a forwarded message
	roleText
	roleReply
	roleService
	roleSkip
)

// htmlMessage is a message of a page while it is read.
type htmlMessage struct {
	at      int64
	id      string
	service bool
	joined  bool

	raw   []byte
	size  int64
	depth int

	role      role
	roleDepth int
	inner     strings.Builder // the HTML inside of the element with a role
	forwarded int             // the depth of the forwarded message, 0 for none

	author, source, date, reply, notice string
	body                                []string // its texts, one below the other
	media                               []model.Media
	links                               []model.Link
	isForward                           bool
}

func newMessage(at int64, id string, classes []string) *htmlMessage {
	return &htmlMessage{at: at, id: strings.TrimPrefix(id, "message"), service: has(classes, "service"), joined: has(classes, "joined")}
}

// divider reports whether the message is only the line with a date between days:
// Telegram gives those ids below zero.
func (m *htmlMessage) divider() bool { return m.service && strings.HasPrefix(m.id, "-") }

// keep adds bytes to the message; of one that is too long only the first.
func (m *htmlMessage) keep(raw string, limit int64) {
	m.size += int64(len(raw))
	if m.size <= limit {
		m.raw = append(m.raw, raw...)
		return
	}
	if len(m.raw) > headKept {
		m.raw = m.raw[:headKept]
	} else if len(m.raw) == 0 {
		m.raw = append(m.raw, raw[:min(len(raw), headKept)]...)
	}
}

// open takes a start tag.
func (m *htmlMessage) open(tag string, classes []string, attrs map[string]string, raw string, limit int64) {
	m.keep(raw, limit)
	if m.role != roleNone && m.size <= limit {
		m.inner.WriteString(raw)
	}
	switch {
	case tag == "div":
		m.depth++
		m.enter(classes, attrs)
	case m.role == roleSource && has(classes, "date"): // the day of the original stands behind the name
		m.source, m.role = text.PlainHTML(m.inner.String()), roleSkip
	}
	if tag == "a" {
		m.anchor(classes, attrs["href"])
	}
}

// enter looks at an element inside of the message.
func (m *htmlMessage) enter(classes []string, attrs map[string]string) {
	if has(classes, "date", "details") && attrs["title"] != "" && m.date == "" {
		m.date = attrs["title"]
	}
	if has(classes, "forwarded", "body") && m.forwarded == 0 {
		m.forwarded, m.isForward = m.depth, true
	}
	if m.role != roleNone {
		return
	}
	switch {
	case has(classes, "date", "details"), has(classes, "userpic_wrap"):
		m.role = roleSkip
	case has(classes, "from_name") && m.forwarded > 0:
		m.role = roleSource
	case has(classes, "from_name"):
		m.role = roleAuthor
	case has(classes, "text"):
		m.role = roleText
	case has(classes, "reply_to"):
		m.role = roleReply
	case m.service && has(classes, "body", "details"):
		m.role = roleService
	default:
		return
	}
	m.roleDepth = m.depth
	m.inner.Reset()
}

// anchor takes a link: to an attachment, to the message that is answered, or in
// the text.
func (m *htmlMessage) anchor(classes []string, href string) {
	_, to, jump := strings.Cut(href, "#go_to_message")
	switch {
	case m.role == roleReply && jump:
		m.reply = to
	case m.role == roleText && strings.HasPrefix(href, "http"):
		m.links = append(m.links, model.Link{URL: href})
	case m.role == roleText || href == "" || jump:
	case has(classes, "photo_wrap"), has(classes, "sticker_wrap"):
		m.media = append(m.media, model.Media{Type: "image", URL: href})
	case has(classes, "video_file_wrap"), has(classes, "animated_wrap"), has(classes, "media_video"):
		m.media = append(m.media, model.Media{Type: "video", URL: href})
	case has(classes, "media_voice_message"), has(classes, "media_audio_file"):
		m.media = append(m.media, model.Media{Type: "audio", URL: href})
	case has(classes, "media_file"), has(classes, "media_photo"):
		m.media = append(m.media, model.Media{Type: chats.MediaType("", href), URL: href})
	}
}

// text takes a run of text.
func (m *htmlMessage) text(raw string, limit int64) {
	m.keep(raw, limit)
	if m.role != roleNone && m.role != roleSkip && m.size <= limit {
		m.inner.WriteString(raw)
	}
}

// close takes an end tag and reports whether it is that of the message.
func (m *htmlMessage) close(tag, raw string, limit int64) bool {
	m.keep(raw, limit)
	if tag != "div" {
		if m.role != roleNone && m.size <= limit {
			m.inner.WriteString(raw)
		}
		return false
	}
	if m.role != roleNone && m.depth == m.roleDepth {
		m.leave()
	}
	if m.forwarded == m.depth {
		m.forwarded = 0
	}
	m.depth--
	return m.depth <= 0
}

// leave keeps what the element with a role held.
func (m *htmlMessage) leave() {
	s := text.PlainHTML(m.inner.String())
	switch m.role {
	case roleAuthor:
		m.author, _, _ = strings.Cut(s, " via @")
	case roleSource:
		m.source = s
	case roleText:
		m.body = append(m.body, s)
	case roleService:
		m.notice = s
	case roleNone, roleReply, roleSkip:
	}
	m.role = roleNone
	m.inner.Reset()
}

// post makes the post of a message. One that is joined to the one before has its
// author.
func (p *page) post(m *htmlMessage) *model.Post {
	if m.author != "" {
		p.author = m.author
	} else if !m.joined {
		p.author = ""
	}
	out := &model.Post{
		Platform: Platform, NativeID: p.uid(m.id), PageType: model.PageChat, Visibility: model.VisibilityPrivate,
		Created: p.instant(m.date), Text: strings.TrimSpace(strings.Join(m.body, "\n")), Media: m.media, Links: m.links, Kind: model.KindMessage,
	}
	if a := p.author; a != "" && !m.service {
		out.Author = model.Account{Platform: Platform, NativeID: "name:" + a, Name: a}
	}
	if m.reply != "" {
		out.Refs.ReplyTo = Platform + ":" + p.uid(m.reply)
	}
	switch {
	case m.service:
		out.Kind, out.Text = model.KindEvent, m.notice
	case out.Text == "":
		out.Kind = model.KindMedia
	case m.isForward:
		out.Kind = model.KindRepost
	}
	if m.isForward && m.source != "" {
		out.Mentions = []model.Mention{{Handle: m.source}}
	}
	p.s.Assume("visibility", "private (a page does not say what kind of chat it is from)")
	return out
}

func (p *page) uid(id string) string { return "name:" + p.chatName + "/" + id }

// instant reads "01.02.2024 15:04:05 UTC+01:00"; older exports have no zone.
func (p *page) instant(s string) model.Instant {
	s = strings.TrimSpace(s)
	if s == "" {
		return model.Instant{}
	}
	if t, err := time.Parse("02.01.2006 15:04:05 UTC-07:00", s); err == nil && t.Year() > 0 {
		return model.Instant{Time: t.UTC(), Original: s, Zone: model.ZoneStated}
	}
	zone, basis := chats.Zone(p.o)
	t, err := time.ParseInLocation("02.01.2006 15:04:05", s, zone)
	if err != nil || t.Year() < 1 {
		return model.Instant{Original: s}
	}
	if basis == model.ZoneAssumed {
		p.s.Assume("zone", "UTC")
	}
	return model.Instant{Time: t.UTC(), Original: s, Zone: basis}
}
