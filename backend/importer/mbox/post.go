package mbox

import (
	"net/mail"
	"regexp"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/chats"
	"vedette/backend/model"
)

// post makes the post of a message. first is the line "From " of a mailbox.
func post(first string, h header, body []byte, o importer.Options, b *importer.Batch) *model.Post {
	var c content
	p := &model.Post{Platform: Platform, Kind: model.KindMessage, PageType: model.PageOther, Visibility: model.VisibilityPrivate}
	p.Text = c.read(h, body, 0)
	p.Media = c.media
	p.Title = strings.Join(strings.Fields(h.get("subject")), " ")
	p.Author = author(h)
	p.Created = created(first, h, o, b)
	p.Refs = refs(h)
	p.Mentions = recipients(h)
	switch {
	case h.get("newsgroups") != "":
		p.Visibility, p.PageType = model.VisibilityPublic, model.PageForum
	case h.get("list-id") != "", h.get("list-post") != "", h.get("mailing-list") != "", strings.Contains(first, " at "):
		p.Visibility, p.PageType = model.VisibilityUnlisted, model.PageForum
	}
	if p.Text == "" && p.Title == "" {
		p.Kind = model.KindMedia
	}
	if ids := messageIDs(h.get("message-id")); len(ids) > 0 {
		p.NativeID = ids[0]
	} else {
		p.NativeID = "content-" + chats.ID(p.Created.Original, p.Author.NativeID, p.Title, p.Text)
	}
	if u := strings.Trim(h.get("archived-at"), "<> "); strings.HasPrefix(u, "http") {
		p.URL = u
	}
	return p
}

var inBrackets = regexp.MustCompile(`<([^<>\s]{1,900})>`)

// messageIDs lists the ids in a field, without their brackets.
func messageIDs(s string) []string {
	var ids []string
	for _, m := range inBrackets.FindAllStringSubmatch(s, 200) {
		ids = append(ids, m[1])
	}
	if s = strings.TrimSpace(s); len(ids) == 0 && s != "" && len(s) < 900 && !strings.ContainsAny(s, " \t<>") {
		ids = []string{s}
	}
	return ids
}

// refs reads which message this one answers, and with which the conversation
// began.
func refs(h header) model.Refs {
	var r model.Refs
	references := messageIDs(h.get("references"))
	parents := messageIDs(h.get("in-reply-to"))
	if len(parents) == 0 && len(references) > 0 {
		parents = references[len(references)-1:]
	}
	if len(references) == 0 {
		references = parents
	}
	if len(parents) > 0 {
		r.ReplyTo, r.Thread = Platform+":"+parents[0], Platform+":"+references[0]
	}
	return r
}

var parser = mail.AddressParser{WordDecoder: &words}

// obscured is an address as Mailman writes it in archives: "ada at example.org (Ada)".
var obscured = regexp.MustCompile(`^\s*([^\s<>()@]{1,100}) at ([^\s<>()@]{1,200})\s*(?:\((.{0,200})\))?\s*$`)

// author reads who wrote a message.
func author(h header) model.Account {
	for _, name := range []string{"from", "sender", "reply-to"} {
		if a := account(h.raw(name)); !a.IsZero() {
			return a
		}
	}
	return model.Account{}
}

// account reads one address.
func account(value string) model.Account {
	if value == "" || len(value) > 4096 {
		return model.Account{}
	}
	if a, err := parser.Parse(value); err == nil {
		return accountOf(decodeWords(a.Name), decodeWords(a.Address))
	}
	if list, err := parser.ParseList(value); err == nil && len(list) > 0 {
		return accountOf(decodeWords(list[0].Name), decodeWords(list[0].Address))
	}
	value = decodeWords(value)
	if m := obscured.FindStringSubmatch(value); m != nil {
		return accountOf(strings.Trim(m[3], `" `), m[1]+"@"+m[2])
	}
	if m := inBrackets.FindStringSubmatch(value); m != nil && strings.Contains(m[1], "@") {
		name, _, _ := strings.Cut(value, "<")
		return accountOf(strings.Trim(name, `" `), m[1])
	}
	return accountOf(strings.TrimSpace(value), "")
}

func accountOf(name, address string) model.Account {
	a := model.Account{Platform: Platform, NativeID: strings.ToLower(address), Handle: address, Name: name}
	if a.IsZero() {
		return model.Account{}
	}
	return a
}

// maxRecipients is how many recipients are kept.
const maxRecipients = 100

// recipients lists whom a message is addressed to.
func recipients(h header) []model.Mention {
	var out []model.Mention
	for _, name := range []string{"to", "cc"} {
		value := h.raw(name)
		if len(value) > 1<<16 {
			continue
		}
		list, err := parser.ParseList(value)
		if err != nil {
			continue
		}
		for _, a := range list {
			if len(out) < maxRecipients {
				address := decodeWords(a.Address)
				out = append(out, model.Mention{Handle: address, AccountID: strings.ToLower(address)})
			}
		}
	}
	return out
}

// zones are the abbreviations that RFC 5322 gives a meaning.
var zones = map[string]string{
	"UT": "+0000", "GMT": "+0000", "UTC": "+0000", "Z": "+0000", "EST": "-0500", "EDT": "-0400", "CST": "-0600", "CDT": "-0500",
	"MST": "-0700", "MDT": "-0600", "PST": "-0800", "PDT": "-0700",
}

var comment = regexp.MustCompile(`\s*\([^()]{0,60}\)\s*$`)

// created reads when a message was sent. Without a date in the header it is when
// it was delivered, which the line "From " says without a zone.
func created(first string, h header, o importer.Options, b *importer.Batch) model.Instant {
	original := h.get("date")
	if original == "" {
		return delivered(first, o, b)
	}
	s := strings.TrimSpace(comment.ReplaceAllString(original, ""))
	i := strings.LastIndexByte(s, ' ') + 1
	if offset, ok := zones[strings.ToUpper(s[i:])]; ok {
		s = s[:i] + offset
	} else if i < len(s) && s[i] != '+' && s[i] != '-' {
		return wall(original, s, o, b)
	}
	t, err := mail.ParseDate(s)
	if err != nil || t.Year() < 1 || t.Year() > 9999 {
		return model.Instant{Original: original}
	}
	return model.Instant{Time: t.UTC(), Original: original, Zone: model.ZoneStated}
}

// wall reads a date without a zone. An abbreviation that several zones share is
// no zone either, and then any instant would be a guess.
func wall(original, s string, o importer.Options, b *importer.Batch) model.Instant {
	zone, basis := chats.Zone(o)
	for _, layout := range []string{"Mon, 2 Jan 2006 15:04:05", "2 Jan 2006 15:04:05", "Mon, 2 Jan 2006 15:04", "Mon Jan 2 15:04:05 2006", "2006-01-02 15:04:05"} {
		t, err := time.ParseInLocation(layout, strings.Join(strings.Fields(s), " "), zone)
		if err != nil || t.Year() < 1 {
			continue
		}
		if basis == model.ZoneAssumed {
			b.Assume("zone", "UTC")
		}
		return model.Instant{Time: t.UTC(), Original: original, Zone: basis}
	}
	return model.Instant{Original: original}
}

// delivered reads the date in the line "From ".
func delivered(first string, o importer.Options, b *importer.Batch) model.Instant {
	for i := 5; i < len(first); i++ {
		if first[i-1] == ' ' && first[i] >= 'A' && first[i] <= 'Z' {
			if in := wall(first[i:], first[i:], o, b); !in.Time.IsZero() {
				return in
			}
		}
	}
	return model.Instant{}
}
