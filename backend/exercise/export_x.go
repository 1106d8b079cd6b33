package exercise

import (
	"bytes"
	"fmt"
	"hash/fnv"
	"strings"
	"time"
	"unicode/utf8"
)

// The shapes of X's API v2 as twarc writes them (docs.x.com/x-api, "Post" and
// "User" objects): pages of data, includes and meta, one to a line.
type (
	xPage struct {
		Data     []xTweet  `json:"data"`
		Includes xIncludes `json:"includes"`
		Meta     xMeta     `json:"meta"`
		Twarc    xTwarc    `json:"__twarc"`
	}
	xIncludes struct {
		Users  []xUser  `json:"users"`
		Tweets []xTweet `json:"tweets,omitempty"`
		Media  []xMedia `json:"media,omitempty"`
		Places []xPlace `json:"places,omitempty"`
	}
	xMeta struct {
		NewestID    string `json:"newest_id"`
		OldestID    string `json:"oldest_id"`
		ResultCount int    `json:"result_count"`
		NextToken   string `json:"next_token,omitempty"`
	}
	xTwarc struct {
		URL         string `json:"url"`
		Version     string `json:"version"`
		RetrievedAt string `json:"retrieved_at"`
	}
	xTweet struct {
		ID                string       `json:"id"`
		Text              string       `json:"text"`
		AuthorID          string       `json:"author_id"`
		CreatedAt         string       `json:"created_at"`
		ConversationID    string       `json:"conversation_id"`
		InReplyToUserID   string       `json:"in_reply_to_user_id,omitempty"`
		ReferencedTweets  []xRef       `json:"referenced_tweets,omitempty"`
		Lang              string       `json:"lang"`
		PossiblySensitive bool         `json:"possibly_sensitive"`
		ReplySettings     string       `json:"reply_settings"`
		Entities          *xEntities   `json:"entities,omitempty"`
		Attachments       *xAttach     `json:"attachments,omitempty"`
		Geo               *xGeo        `json:"geo,omitempty"`
		PublicMetrics     xPostMetrics `json:"public_metrics"`
		EditHistory       []string     `json:"edit_history_tweet_ids"`
	}
	xRef struct {
		Type string `json:"type"`
		ID   string `json:"id"`
	}
	xPostMetrics struct {
		RetweetCount    int  `json:"retweet_count"`
		ReplyCount      int  `json:"reply_count"`
		LikeCount       int  `json:"like_count"`
		QuoteCount      int  `json:"quote_count"`
		ImpressionCount *int `json:"impression_count,omitempty"`
	}
	xEntities struct {
		URLs     []xURL     `json:"urls,omitempty"`
		Hashtags []xTag     `json:"hashtags,omitempty"`
		Mentions []xMention `json:"mentions,omitempty"`
	}
	xURL struct {
		Start       int    `json:"start"`
		End         int    `json:"end"`
		URL         string `json:"url"`
		ExpandedURL string `json:"expanded_url"`
		DisplayURL  string `json:"display_url"`
		MediaKey    string `json:"media_key,omitempty"`
	}
	xTag struct {
		Start int    `json:"start"`
		End   int    `json:"end"`
		Tag   string `json:"tag"`
	}
	xMention struct {
		Start    int    `json:"start"`
		End      int    `json:"end"`
		Username string `json:"username"`
		ID       string `json:"id"`
	}
	xAttach struct {
		MediaKeys []string `json:"media_keys"`
	}
	xGeo struct {
		PlaceID string `json:"place_id"`
	}
	xMedia struct {
		MediaKey        string `json:"media_key"`
		Type            string `json:"type"`
		URL             string `json:"url,omitempty"`
		PreviewImageURL string `json:"preview_image_url,omitempty"`
		Width           int    `json:"width"`
		Height          int    `json:"height"`
		AltText         string `json:"alt_text,omitempty"`
		DurationMS      int    `json:"duration_ms,omitempty"`
	}
	xPlace struct {
		ID          string    `json:"id"`
		FullName    string    `json:"full_name"`
		Name        string    `json:"name"`
		Country     string    `json:"country"`
		CountryCode string    `json:"country_code"`
		PlaceType   string    `json:"place_type"`
		Geo         xPlaceGeo `json:"geo"`
	}
	xPlaceGeo struct {
		Type       string         `json:"type"`
		BBox       [4]float64     `json:"bbox"`
		Properties map[string]any `json:"properties"`
	}
	xUser struct {
		ID              string       `json:"id"`
		Username        string       `json:"username"`
		Name            string       `json:"name"`
		CreatedAt       string       `json:"created_at"`
		Description     string       `json:"description"`
		Location        string       `json:"location,omitempty"`
		Protected       bool         `json:"protected"`
		Verified        bool         `json:"verified"`
		ProfileImageURL string       `json:"profile_image_url"`
		URL             string       `json:"url"`
		PublicMetrics   xUserMetrics `json:"public_metrics"`
	}
	xUserMetrics struct {
		FollowersCount int `json:"followers_count"`
		FollowingCount int `json:"following_count"`
		TweetCount     int `json:"tweet_count"`
		ListedCount    int `json:"listed_count"`
	}
)

const xPageSize = 100

// exportX writes two collections, as a team that searched twice would have
// them: the second overlaps the first by a day and saw later counts.
func (s *Scenario) exportX() ([]Export, error) {
	all := s.of("x")
	var out []Export
	for _, c := range []struct {
		name     string
		from, to int
	}{{"x/search-week-1-2.jsonl", 0, 14}, {"x/search-week-3.jsonl", 13, Days}} {
		from, to := s.Start.AddDate(0, 0, c.from), s.Start.AddDate(0, 0, c.to)
		var part []*post
		for _, p := range all {
			if !p.at.Before(from) && p.at.Before(to) {
				part = append([]*post{p}, part...)
			}
		}
		f := Export{Name: c.name, Format: "x-api-v2"}
		var buf bytes.Buffer
		for i := 0; i < len(part); i += xPageSize {
			page := s.xPage(part[i:min(len(part), i+xPageSize)], to.Add(7*time.Hour+41*time.Minute), i+xPageSize < len(part))
			f.Records += len(page.Data) + len(page.Includes.Tweets)
			line, err := jsonBytes(page, "")
			if err != nil {
				return nil, fmt.Errorf("encode X page: %w", err)
			}
			buf.Write(line)
		}
		f.data = buf.Bytes()
		out = append(out, f)
	}
	return out, nil
}

func (s *Scenario) xPage(posts []*post, captured time.Time, more bool) xPage {
	pg := xPage{
		Meta: xMeta{NewestID: posts[0].id, OldestID: posts[len(posts)-1].id, ResultCount: len(posts)},
		Twarc: xTwarc{
			URL:     "https://api.twitter.com/2/tweets/search/all?query=brumelo&expansions=author_id%2Creferenced_tweets.id%2Cattachments.media_keys%2Cgeo.place_id&max_results=100",
			Version: "2.14.0", RetrievedAt: captured.Format("2006-01-02T15:04:05+00:00"),
		},
	}
	if more {
		pg.Meta.NextToken = "b26v89c19zqg8o3f" + base36Of(int64(fnvOf(posts[0].id)))
	}
	here, users, places := map[*post]bool{}, map[*account]bool{}, map[string]bool{}
	for _, p := range posts {
		here[p] = true
	}
	user := func(a *account) {
		if !users[a] {
			users[a] = true
			pg.Includes.Users = append(pg.Includes.Users, xUserOf(a, captured))
		}
	}
	for _, p := range posts {
		pg.Data = append(pg.Data, xTweetOf(p, captured))
		user(p.author)
		pg.Includes.Media = append(pg.Includes.Media, xMediaOf(p)...)
		if p.place != nil && !places[p.place.name] {
			places[p.place.name] = true
			pg.Includes.Places = append(pg.Includes.Places, xPlaceOf(*p.place))
		}
		for _, ref := range [...]*post{p.parent, p.target} {
			if ref == nil {
				continue
			}
			user(ref.author)
			if !here[ref] {
				here[ref] = true
				pg.Includes.Tweets = append(pg.Includes.Tweets, xTweetOf(ref, captured))
			}
		}
	}
	return pg
}

// xText is the text as X gives it, and what stands where in it (code points).
func xText(p *post) (string, *xEntities) {
	var e xEntities
	text := p.body
	if p.kind == kindRepost {
		inner, _ := xText(p.target)
		text = cut("RT @"+p.target.author.handle+": "+inner, 140)
	}
	if p.parent != nil {
		text = "@" + p.parent.author.handle + " " + text
	}
	n := utf8.RuneCountInString
	link := func(target, key string) {
		short := "https://t.co/" + shortCode(p.id+target)
		if text != "" {
			text += " "
		}
		e.URLs = append(e.URLs, xURL{Start: n(text), End: n(text) + n(short), URL: short, ExpandedURL: target, DisplayURL: cut(strings.TrimPrefix(target, "https://"), 26), MediaKey: key})
		text += short
	}
	for _, l := range p.links {
		link(l, "")
	}
	if p.kind == kindQuote {
		link("https://twitter.com/"+p.target.author.handle+"/status/"+p.target.id, "")
	}
	for i, m := range p.media {
		if i == 0 {
			link("https://twitter.com/"+p.author.handle+"/status/"+p.id+"/photo/1", mediaKey(p, m))
		}
	}
	for _, t := range findTags(text) {
		e.Hashtags = append(e.Hashtags, xTag{Start: t.start, End: t.end, Tag: t.word})
	}
	if who := mentioned(p); who != nil {
		if i := strings.Index(text, "@"+who.handle); i >= 0 {
			at := n(text[:i])
			e.Mentions = append(e.Mentions, xMention{Start: at, End: at + 1 + n(who.handle), Username: who.handle, ID: who.id})
		}
	}
	if len(e.URLs)+len(e.Hashtags)+len(e.Mentions) == 0 {
		return text, nil
	}
	return text, &e
}

// mentioned is the account that the text addresses or quotes.
func mentioned(p *post) *account {
	switch {
	case p.parent != nil:
		return p.parent.author
	case p.kind == kindRepost:
		return p.target.author
	}
	return nil
}

func xTweetOf(p *post, captured time.Time) xTweet {
	text, e := xText(p)
	t := xTweet{
		ID: p.id, Text: text, AuthorID: p.author.id, CreatedAt: p.at.UTC().Truncate(time.Second).Format("2006-01-02T15:04:05.000Z"),
		ConversationID: p.root.id, Lang: p.lang, ReplySettings: "everyone", Entities: e, EditHistory: []string{p.id},
	}
	if p.body == "" {
		t.Lang = "zxx"
	}
	if !p.edited.IsZero() {
		t.EditHistory = []string{itoa64(snowflake(p.at.Add(-9*time.Minute), 77)), p.id}
	}
	switch p.kind {
	case kindReply:
		t.InReplyToUserID = p.parent.author.id
		t.ReferencedTweets = []xRef{{"replied_to", p.parent.id}}
	case kindQuote:
		t.ReferencedTweets = []xRef{{"quoted", p.target.id}}
	case kindRepost:
		t.ReferencedTweets = []xRef{{"retweeted", p.target.id}}
		t.PublicMetrics.RetweetCount = earlier(p.target.shares, p.target, captured)
		zero := 0
		t.PublicMetrics.ImpressionCount = &zero
		return t
	}
	t.PublicMetrics = xPostMetrics{
		RetweetCount: earlier(p.shares, p, captured), ReplyCount: earlier(p.replies, p, captured),
		LikeCount: earlier(p.likes, p, captured), QuoteCount: earlier(p.quotes, p, captured),
	}
	if !p.hideViews {
		v := earlier(p.views, p, captured)
		t.PublicMetrics.ImpressionCount = &v
	}
	for _, m := range p.media {
		if t.Attachments == nil {
			t.Attachments = &xAttach{}
		}
		t.Attachments.MediaKeys = append(t.Attachments.MediaKeys, mediaKey(p, m))
	}
	if p.place != nil {
		t.Geo = &xGeo{PlaceID: xPlaceOf(*p.place).ID}
	}
	return t
}

func mediaKey(p *post, m picture) string {
	if m.video {
		return "7_" + p.id
	}
	return "3_" + itoa64(int64(fnvOf(p.id+m.key)>>2))
}

func xMediaOf(p *post) []xMedia {
	var out []xMedia
	for _, m := range p.media {
		x := xMedia{MediaKey: mediaKey(p, m), Type: "photo", Width: 1536, Height: 2048, AltText: m.alt}
		link := "https://pbs.twimg.com/media/" + shortCode(m.key) + "AAE" + shortCode(p.id)[:4] + ".jpg"
		if m.video {
			x.Type, x.PreviewImageURL, x.DurationMS = "video", link, 4000+int(fnvOf(m.key)%50000)
		} else {
			x.URL = link
		}
		out = append(out, x)
	}
	return out
}

func xPlaceOf(c city) xPlace {
	return xPlace{
		ID: fmt.Sprintf("%016x", fnvOf(c.name)), FullName: c.name, Name: c.name, Country: c.country, CountryCode: c.country, PlaceType: "city",
		Geo: xPlaceGeo{Type: "Feature", BBox: [4]float64{c.lon - .08, c.lat - .05, c.lon + .08, c.lat + .05}, Properties: map[string]any{}},
	}
}

func xUserOf(a *account, captured time.Time) xUser {
	n := int(fnvOf(a.id) % 7)
	if captured.Day() > 20 {
		n += 2 // a few followers later
	}
	return xUser{
		ID: a.id, Username: a.handle, Name: a.name, CreatedAt: stamp(a.created.Truncate(time.Second)), Description: a.bio, Location: a.location,
		Verified: a.verified, ProfileImageURL: "https://pbs.twimg.com/profile_images/" + a.id + "/" + shortCode(a.handle) + "_normal.jpg",
		PublicMetrics: xUserMetrics{FollowersCount: a.followers + n, FollowingCount: a.following, TweetCount: a.statuses + a.posts, ListedCount: a.listed},
	}
}

func fnvOf(s string) uint64 {
	h := fnv.New64a()
	_, _ = h.Write([]byte(s)) // a hash never fails
	return h.Sum64()
}

// shortCode is ten letters and digits that follow from a string.
func shortCode(s string) string {
	const abc = "abcdefghijkmnpqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ0123456789"
	h := fnvOf(s)
	b := make([]byte, 10)
	for i := range b {
		b[i] = abc[h%uint64(len(abc))]
		h = h/uint64(len(abc)) ^ h<<7
	}
	return string(b)
}

// cut shortens a text to n characters, the last of which is then an ellipsis.
func cut(s string, n int) string {
	c := []rune(s)
	if len(c) <= n {
		return s
	}
	return string(c[:n-1]) + "…"
}
