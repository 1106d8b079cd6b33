package app

import (
	"unicode/utf8"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// Row is a post as a list row shows it, small whatever the post is. Text is the
// post's text cut for reading: Lead and Cut say that something is missing before
// and after it. Spans are the matched words in Text, in UTF-16 code units.
type Row struct {
	ID        string           `json:"id"`
	Platform  string           `json:"platform"`
	Type      model.PageType   `json:"type"`
	Kind      model.Kind       `json:"kind"`
	Author    model.AuthorView `json:"author"`
	Title     string           `json:"title,omitempty"`
	Text      string           `json:"text"`
	Lead      bool             `json:"lead,omitempty"`
	Cut       bool             `json:"cut,omitempty"`
	Spans     []workspace.Span `json:"spans,omitempty"`
	Lang      string           `json:"lang"`
	CreatedAt string           `json:"created_at,omitempty"`
	Counts    model.Counts     `json:"counts,omitzero"`
	Polarity  model.Polarity   `json:"polarity"`
	Sentiment *float64         `json:"sentiment,omitempty"`
	Marks     model.Marks      `json:"marks,omitzero"`
	Media     int              `json:"media"`
	Links     int              `json:"links"`
	Sightings int              `json:"sightings"`
}

// RowPage is a workspace.SearchPage with rows instead of posts.
type RowPage struct {
	Total     int64                             `json:"total"`
	TookMS    float64                           `json:"took_ms"`
	Posts     []Row                             `json:"posts"`
	Facets    map[string][]workspace.FacetValue `json:"facets,omitempty"`
	Histogram *workspace.Histogram              `json:"histogram,omitempty"`
	Unindexed int64                             `json:"unindexed"`
}

// Lengths of a row in UTF-16 code units: of its text, of what stands before the
// first match when that is far down, of titles, names and the analyst's note.
const (
	rowText  = 420
	rowLead  = 60
	rowTitle = 160
	rowName  = 80
	rowNote  = 240
)

func rowPage(p workspace.SearchPage) RowPage {
	out := RowPage{
		Total: p.Total, TookMS: p.TookMS, Facets: p.Facets, Histogram: p.Histogram, Unindexed: p.Unindexed,
		Posts: make([]Row, len(p.Posts)),
	}
	for i := range p.Posts {
		var spans []workspace.Span
		if i < len(p.Spans) {
			spans = p.Spans[i]
		}
		out.Posts[i] = row(&p.Posts[i], spans)
	}
	return out
}

func row(p *model.PostView, spans []workspace.Span) Row {
	r := Row{
		ID: p.ID, Platform: p.Platform, Type: p.Type, Kind: p.Kind, Author: p.Author, Lang: p.Lang,
		CreatedAt: p.CreatedAt, Counts: p.Counts, Polarity: p.Polarity, Sentiment: p.Sentiment,
		Marks: p.Marks, Media: len(p.Media), Links: len(p.Links), Sightings: p.Sightings,
	}
	r.Marks.Note, _, _ = window(p.Marks.Note, 0, rowNote)
	r.Title, _, _ = window(p.Title, 0, rowTitle)
	r.Author.Name, _, _ = window(p.Author.Name, 0, rowName)
	r.Author.Handle, _, _ = window(p.Author.Handle, 0, rowName)
	first := 0
	if len(spans) > 0 && spans[0].Start > rowText/2 {
		first = spans[0].Start - rowLead
	}
	var from int
	r.Text, from, r.Cut = window(p.Text, first, rowText)
	r.Lead = from > 0
	end := from + rowText
	for _, s := range spans {
		if s.Start >= from && s.End <= end {
			r.Spans = append(r.Spans, workspace.Span{Start: s.Start - from, End: s.End - from})
		}
	}
	return r
}

// window cuts a text from the rune at or after the UTF-16 unit from, at most n
// units long. It returns the text, the unit where it really begins, and whether
// something is missing after it.
func window(text string, from, n int) (part string, start int, cut bool) {
	units, begin := 0, 0
	for begin < len(text) && units < from {
		w, size := width(text[begin:])
		units += w
		begin += size
	}
	end, last := begin, units
	for end < len(text) {
		w, size := width(text[end:])
		if last+w > units+n {
			return text[begin:end], units, true
		}
		last += w
		end += size
	}
	return text[begin:], units, false
}

// width gives the UTF-16 units and the bytes of a text's first rune.
func width(text string) (units, size int) {
	r, size := utf8.DecodeRuneInString(text)
	if r > 0xFFFF {
		return 2, size
	}
	return 1, size
}
