package report

import (
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
	"vedette/backend/report/typeset"
)

// shortHash is as many hexadecimal digits as a quote shows; the appendix has
// them all.
const shortHash = 16

// quotes sets the quoted posts.
func (d *doc) quotes() {
	if len(d.in.Quotes) == 0 {
		return
	}
	d.section("section.quotes", 150)
	d.note(d.l.T("quotes.note"))
	for i := range d.in.Quotes {
		if d.ctx.Err() != nil {
			return
		}
		d.quote(i+1, &d.in.Quotes[i])
	}
}

// quote sets one post: who, where and when; the words; what is counted; the proof.
func (d *doc) quote(n int, q *Quote) {
	const indent = 36.0
	w, x := textW-indent, marginX+indent
	p := &q.Post
	var blocks []typeset.Block
	add := func(spans []typeset.Span, leading float64, align typeset.Align) {
		blocks = append(blocks, d.c.Layout(spans, typeset.Options{Width: w, Leading: leading, Align: align, Gap: 2}))
	}
	add(append(span(d.author(p), typeset.Bold, sizeBody, ink), span("   "+d.place(p), typeset.Sans, sizeSmall, grey)...), 13, typeset.Left)
	when := d.when(p)
	if q.Theme != "" {
		when += " · " + d.l.T("quote.for", "theme", d.seriesName(q.Theme, ""))
	}
	add(span(when, typeset.Sans, sizeSmall, grey), 12, typeset.Left)
	if p.Title != "" {
		add(span(p.Title, typeset.SerifBold, 10.2, ink), 15, typeset.Natural)
	}
	if p.Text != "" {
		add(span(p.Text, typeset.Serif, 10.2, ink), 15, typeset.Natural)
	}
	body := len(blocks)
	add(span(d.counts(p), typeset.Sans, sizeSmall, grey), 12, typeset.Left)
	if p.URL != "" {
		add(span(p.URL, typeset.Mono, 7, grey), 10.4, typeset.Left)
	}
	add(d.proof(p), 10.8, typeset.Left)

	d.y += 4
	tail := 0.0
	for _, b := range blocks[body:] {
		tail += b.Height
	}
	need := 10.0
	for _, b := range blocks[:body] {
		need += b.Height
	}
	switch {
	case need+tail <= 180:
		need += tail
	case need > 180: // a long post may go over the page
		need = blocks[0].Height + blocks[1].Height + 45
	}
	d.room(need)
	d.c.Draw(d.c.Layout(span("[E"+strconv.Itoa(n)+"]", typeset.Bold, sizeBody, accent), typeset.Options{Width: indent, Leading: 13}), marginX, d.y)
	for i, b := range blocks {
		if i == body {
			d.room(tail)
		}
		rule := func(y, h float64) {}
		if i >= 2 && i < body {
			rule = func(y, h float64) { d.rect(x-8, y, 1.2, h, hair) }
		}
		d.flow(b, x, rule)
		if i == 1 || i == body-1 {
			d.y += 3
		}
	}
	d.y += 6
	if d.y < bottomY {
		d.rule(marginX, d.y, textW, 0.3, hair)
	}
	d.y += 5
}

// author names the author with the handle.
func (d *doc) author(p *model.PostView) string {
	name, handle := p.Author.Name, p.Author.Handle
	if handle != "" {
		handle = "@" + strings.TrimPrefix(handle, "@")
	}
	switch {
	case name != "" && handle != "" && "@"+name != handle:
		return name + " " + handle
	case name != "":
		return name
	case handle != "":
		return handle
	case p.Author.ID != "":
		return p.Author.ID
	}
	return d.l.T("author.unknown")
}

// place says on what platform, as what kind and under what theme a post stands.
func (d *doc) place(p *model.PostView) string {
	parts := []string{d.l.Or("platform."+p.Platform, p.Platform), d.l.Or("kind."+string(p.Kind), string(p.Kind))}
	if p.Lang != "" {
		parts = append(parts, d.l.Language(p.Lang))
	}
	if p.Visibility != "" && p.Visibility != model.VisibilityPublic {
		parts = append(parts, d.l.Or("visibility."+string(p.Visibility), string(p.Visibility)))
	}
	return strings.Join(parts, " · ")
}

// when is a post's instant, local and UTC, with how its zone is known.
func (d *doc) when(p *model.PostView) string {
	t, err := time.Parse(time.RFC3339Nano, p.CreatedAt)
	if err != nil {
		if p.CreatedOriginal != "" {
			return d.l.T("when.original", "value", p.CreatedOriginal)
		}
		return d.l.T("when.unknown")
	}
	s := d.l.Exact(t, d.zone)
	if p.Zone != "" && p.Zone != model.ZoneStated {
		s += " · " + d.l.Or("zone."+string(p.Zone), string(p.Zone))
	}
	return s
}

// counts says what is counted and what is missing.
func (d *doc) counts(p *model.PostView) string {
	var parts, missing []string
	for _, c := range [...]struct {
		key string
		n   model.Count
	}{{"likes", p.Counts.Likes}, {"comments", p.Counts.Comments}, {"shares", p.Counts.Shares}, {"views", p.Counts.Views}, {"followers", p.Author.Followers}} {
		if n, ok := c.n.Value(); ok {
			parts = append(parts, d.l.Plural("count."+c.key, n))
		} else {
			missing = append(missing, d.l.T("word."+c.key))
		}
	}
	if p.Polarity != "" {
		parts = append(parts, d.l.T("count.sentiment", "value", strings.ToLower(d.l.T("polarity."+string(p.Polarity)))))
	}
	s := strings.Join(parts, " · ")
	if len(missing) > 0 {
		if s != "" {
			s += " · "
		}
		s += d.l.T("count.missing", "list", strings.Join(missing, ", "))
	}
	return s
}

// proof is the post's identity and the beginning of its hash.
func (d *doc) proof(p *model.PostView) []typeset.Span {
	out := span("SHA-256 ", typeset.Sans, 7, grey)
	hash := p.SHA256
	if len(hash) > shortHash {
		hash = hash[:shortHash] + "…"
	}
	out = append(out, span(hash, typeset.Mono, 7, ink)...)
	out = append(out, span("   "+d.l.T("proof.id")+" ", typeset.Sans, 7, grey)...)
	out = append(out, span(p.UID, typeset.Mono, 7, ink)...)
	return append(out, span("   "+d.l.Plural("proof.seen", int64(p.Sightings)), typeset.Sans, 7, grey)...)
}
