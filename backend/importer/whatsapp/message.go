package whatsapp

import (
	"regexp"
	"strconv"
	"strings"
	"time"
	"unicode"

	"vedette/backend/importer/chats"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// place is the zone of the phone, and how it is known.
type place struct {
	zone  *time.Location
	basis model.ZoneBasis
}

// maxSender is the longest name of a sender in bytes.
const maxSender = 160

// cutSender parts "Ada: hello" into the sender and the text. A line without a
// sender is a message of the system; one of those can have a colon inside of
// what it quotes.
func cutSender(rest string) (sender, body string, ok bool) {
	first, _, _ := strings.Cut(rest, "\n")
	i := strings.Index(first, ": ")
	if i < 0 {
		first = strings.TrimRight(first, "\r")
		if !strings.HasSuffix(first, ":") {
			return "", rest, false
		}
		i = len(first) - 1
	}
	sender = stripMarks(rest[:i])
	if sender == "" || len(sender) > maxSender || sender[0] == '<' || quotes(sender) {
		return "", rest, false
	}
	return sender, strings.TrimPrefix(rest[i+1:], " "), true
}

// quotes reports whether a quotation begins in s and does not end there.
func quotes(s string) bool {
	n := func(mark string) int { return strings.Count(s, mark) }
	low, high := n("„"), n("“")
	return n(`"`)%2 == 1 || n("«") > n("»") || low > high+n("”") || low == 0 && high > n("”")
}

// post makes the post of a message.
func (c *chat) post(h *head, raw string) *model.Post {
	raw = strings.ReplaceAll(text.Clean(raw), "\r\n", "\n")
	_, rest, _ := cutHead(raw)
	sender, body, named := cutSender(rest)
	p := &model.Post{Platform: Platform, PageType: model.PageChat, Visibility: model.VisibilityPrivate, Created: c.instant(h), Kind: model.KindMessage}
	if !named {
		p.Kind, p.Text = model.KindEvent, tidy(rest)
	} else {
		p.Author = account(sender)
		marked := strings.HasPrefix(body, "\u200e")
		p.Mentions = mentions(body)
		content(p, tidy(body), marked)
	}
	p.NativeID = chats.ID(h.written, sender, tidy(body), strconv.Itoa(c.count(h, sender, body)))
	return p
}

// maxSeen is how many different messages of one day are remembered.
const maxSeen = 1 << 20

// count says how often the same message was seen before on the same day.
func (c *chat) count(h *head, sender, body string) int {
	day, _, _ := strings.Cut(h.written, " ")
	if day != c.day || len(c.seen) >= maxSeen {
		c.day = day
		clear(c.seen)
	}
	key := chats.ID(h.written, sender, body)
	c.seen[key]++
	return c.seen[key] - 1
}

// instant is when the message was sent, by the clock of the phone.
func (c *chat) instant(h *head) model.Instant {
	t, ok := h.time(c.order, c.zone)
	if !ok {
		return model.Instant{Original: strings.TrimPrefix(h.written, "[")}
	}
	if c.basis == model.ZoneAssumed {
		c.s.Assume("zone", "UTC")
	}
	return model.Instant{Time: t.UTC(), Original: strings.TrimPrefix(h.written, "["), Zone: c.basis}
}

// tidy takes the invisible marks at the edges of lines, and around names, away.
func tidy(s string) string {
	s = strings.Map(func(r rune) rune {
		if r == '\u200e' || r == '\u2068' || r == '\u2069' || r == '\ufeff' {
			return -1
		}
		return r
	}, s)
	return strings.TrimSpace(s)
}

// account is a sender: a phone number, or a name.
func account(sender string) model.Account {
	name := strings.TrimSpace(strings.TrimLeft(tidy(sender), "~\u202f\u00a0\u2009 "))
	if name == "" {
		name = sender
	}
	a := model.Account{Platform: Platform, Name: name, NativeID: name}
	if digits := phone(name); digits != "" {
		a.NativeID = digits
	}
	return a
}

// phone is "+" and the digits of an international phone number, "" for a name.
func phone(s string) string {
	if !strings.HasPrefix(s, "+") {
		return ""
	}
	var b strings.Builder
	b.WriteByte('+')
	for _, r := range s[1:] {
		switch {
		case r >= '0' && r <= '9':
			b.WriteRune(r)
		case unicode.IsSpace(r), r == '-', r == '‑', r == '(', r == ')':
		default:
			return ""
		}
	}
	if b.Len() < 7 {
		return ""
	}
	return b.String()
}

var mentioned = regexp.MustCompile(`@\x{2068}([^\x{2069}\n]{1,80})\x{2069}`)

// mentions finds names that WhatsApp marked.
func mentions(body string) []model.Mention {
	var out []model.Mention
	for _, m := range mentioned.FindAllStringSubmatch(body, 50) {
		a := account(m[1])
		out = append(out, model.Mention{Handle: a.Name, AccountID: a.NativeID})
	}
	return out
}

// mapLink is a place that was shared.
var mapLink = regexp.MustCompile(`^[^\n]{0,30}https://maps\.google\.com/\?q=(-?[0-9.]{1,20}),(-?[0-9.]{1,20})`)

// content reads what a sender sent: text, media, or a note of what was done.
// marked says that WhatsApp itself wrote it.
func content(p *model.Post, body string, marked bool) {
	if cut, mark := edited(body); mark != "" {
		body, p.Edited = cut, model.Instant{Original: mark}
	}
	if m := mapLink.FindStringSubmatch(body); m != nil {
		lat, err := strconv.ParseFloat(m[1], 64)
		lon, err2 := strconv.ParseFloat(m[2], 64)
		if err == nil && err2 == nil && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
			p.Place = model.Place{Lat: lat, Lon: lon, HasPoint: true, Provenance: model.ProvenanceDeclared}
			marked = false
		}
	}
	p.Text = body
	switch name, caption, ok := attachment(body); {
	case ok:
		p.Text, p.Media = caption, []model.Media{{Type: chats.MediaType("", name), Alt: name}}
		if caption == "" {
			p.Kind = model.KindMedia
		}
	case body == "" || body == "null":
		p.Text, p.Kind = "", model.KindMedia
	case omitted[fold(body)] != "":
		p.Text, p.Kind, p.Media = "", model.KindMedia, []model.Media{{Type: omitted[fold(body)]}}
	case deleted[fold(body)]:
		p.Kind = model.KindEvent
	case marked && !strings.Contains(body, "\n"):
		p.Kind = model.KindEvent
	}
}
