package workspace

import (
	"time"

	"vedette/backend/model"
)

// previewPost is a post as the case would show it, before it has a place there:
// without id, evidence and marks.
func previewPost(p *model.Post, e *model.Enrichment) model.PostView {
	v := model.PostView{
		UID: p.UID(), Platform: p.Platform, Type: p.PageType, Kind: p.Kind, Title: p.Title, Text: p.Text,
		Author: model.AuthorView{ID: p.Author.UID(), Handle: p.Author.Handle, Name: p.Author.Name, Followers: p.Author.Followers},
		Lang:   e.Lang, LangConfidence: e.LangConfidence, CreatedAt: utc(p.Created.Time), CreatedOriginal: p.Created.Original,
		Zone: p.Created.Zone, EditedAt: utc(p.Edited.Time), URL: p.URL, Counts: p.Counts, Refs: p.Refs,
		Hashtags: e.Hashtags, Mentions: e.Mentions, Links: e.Links, Media: p.Media, Visibility: p.Visibility,
		PlatformLang: p.PlatformLang, Polarity: e.Polarity, SentimentWords: e.Reasons, EnrichVersion: e.Version,
	}
	if !p.Place.IsZero() {
		v.Place = &p.Place
	}
	if e.Polarity != model.PolarityUnknown {
		v.Sentiment = &e.Sentiment
	}
	return v
}

// utc writes an instant as RFC 3339 in UTC, the zero one as nothing.
func utc(t time.Time) string {
	if t.IsZero() {
		return ""
	}
	return t.UTC().Format(time.RFC3339Nano)
}
