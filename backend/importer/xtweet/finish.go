package xtweet

import (
	"strings"

	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// finish puts together what depends on several members.
func (d *draft) finish() {
	d.uncut()
	if d.r.Full != nil {
		if s := d.r.Full(d.p.Text, d.p.Created); s != "" {
			d.p.Text = s
		}
	}
	d.tags(d.entities)
	d.attach()
	d.author()
	d.references()
	d.place()
	p := &d.p
	if d.hidden {
		p.Visibility = model.VisibilityPrivate
	}
	if p.Text == "" && len(p.Media) > 0 && p.Kind == model.KindPost {
		p.Kind = model.KindMedia
	}
	handle := p.Author.Handle
	if handle == "" {
		handle = "i"
	}
	p.URL = "https://x.com/" + handle + "/status/" + p.NativeID
}

// uncut decodes the text, and replaces one that was cut off: old clients got at
// most 140 characters and the rest beside it, and so do posts of more than 280
// today. The pages of X give those without HTML entities.
func (d *draft) uncut() {
	if x := d.extended; x.Get("full_text").Kind() == '"' {
		d.p.Text = x.Get("full_text").Text()
		d.entities = filled(d.entities, x.Get("entities"))
		d.ext = filled(d.ext, x.Get("extended_entities"))
	}
	d.p.Text = text.Unescape(d.p.Text)
	d.plain = d.entities
	note := d.note
	if x := note.Get("note_tweet_results", "result"); x.Exists() {
		note = x
	}
	if s := note.Get("text").Text(); s != "" {
		d.p.Text = s
		if e := note.Get("entity_set"); e.Exists() {
			d.entities = e
		}
	}
}

// author finds the author: in the post, or else who owns the archive.
func (d *draft) author() {
	a := &d.p.Author
	if a.IsZero() && d.r.User != nil {
		*a, d.hidden = User(d.r.User(d.userID))
	}
	if a.IsZero() {
		*a = d.r.Owner
	}
	if a.NativeID == "" || (a.NativeID[0] == '@' && d.userID != "") {
		a.NativeID = d.userID
	}
	if !a.IsZero() {
		a.Platform = Platform
	}
}

// references reads which posts this one answers, quotes or repeats. A repost
// comes before a quote, and a quote before an answer, in naming its kind. What a
// repost quotes is said with the post that it repeats.
func (d *draft) references() {
	p := &d.p
	if d.reply != "" {
		p.Refs.ReplyTo, p.Kind = Platform+":"+d.reply, model.KindComment
		d.mention(d.replyTo)
	}
	if s := inner(d.retweeted); s != "" {
		d.repost = s
	}
	if s := inner(d.quoted); s != "" && d.quoteID == "" {
		d.quoteID = s
	}
	switch {
	case d.repost != "":
		p.Refs.RepostOf, p.Kind = Platform+":"+d.repost, model.KindRepost
	case d.r.Archive && strings.HasPrefix(p.Text, "RT @"):
		p.Kind = model.KindRepost
		d.mention(model.Mention{Handle: handleAt(p.Text[len("RT @"):])})
	case d.quoteID != "":
		p.Refs.QuoteOf, p.Kind = Platform+":"+d.quoteID, model.KindQuote
	case d.quote:
		p.Kind = model.KindQuote
	}
}

// inner returns the id of a post inside of another.
func inner(v jsonscan.Value) string {
	v = unwrap(v)
	for _, key := range []string{"rest_id", "id_str", "id"} {
		if s := id(v.Get(key)); s != "" {
			return s
		}
	}
	return id(v.Get("legacy", "id_str"))
}

// mention adds an account unless it is named already.
func (d *draft) mention(m model.Mention) {
	if m == (model.Mention{}) {
		return
	}
	for i := range d.p.Mentions {
		have := &d.p.Mentions[i]
		if (m.AccountID != "" && have.AccountID == m.AccountID) || (m.Handle != "" && strings.EqualFold(have.Handle, m.Handle)) {
			return
		}
	}
	d.p.Mentions = append(d.p.Mentions, m)
}

// handleAt returns the handle that a text begins with.
func handleAt(s string) string {
	n := 0
	for n < len(s) && n < 50 && (s[n] == '_' || s[n] >= '0' && s[n] <= '9' || s[n] >= 'A' && s[n] <= 'Z' || s[n] >= 'a' && s[n] <= 'z') {
		n++
	}
	return s[:n]
}
