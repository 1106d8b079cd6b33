package exercise

import (
	"fmt"
	"strings"
	"time"
)

// The shapes of Bluesky's views (lexicons app.bsky.feed.defs, app.bsky.feed.post,
// app.bsky.richtext.facet, app.bsky.embed.*).
type (
	skySearch struct {
		Cursor    string    `json:"cursor,omitempty"`
		HitsTotal int       `json:"hitsTotal"`
		Posts     []skyPost `json:"posts"`
	}
	skyFeed struct {
		Cursor string        `json:"cursor,omitempty"`
		Feed   []skyFeedItem `json:"feed"`
	}
	skyFeedItem struct {
		Post   skyPost    `json:"post"`
		Reason *skyReason `json:"reason,omitempty"`
	}
	skyReason struct {
		Type      string    `json:"$type"`
		By        skyAuthor `json:"by"`
		URI       string    `json:"uri"`
		CID       string    `json:"cid"`
		IndexedAt string    `json:"indexedAt"`
	}
	skyPost struct {
		Type        string    `json:"$type,omitempty"`
		URI         string    `json:"uri"`
		CID         string    `json:"cid"`
		Author      skyAuthor `json:"author"`
		Record      skyRecord `json:"record"`
		Embed       any       `json:"embed,omitempty"`
		ReplyCount  int       `json:"replyCount"`
		RepostCount int       `json:"repostCount"`
		LikeCount   int       `json:"likeCount"`
		QuoteCount  int       `json:"quoteCount"`
		IndexedAt   string    `json:"indexedAt"`
		Labels      []any     `json:"labels"`
	}
	skyAuthor struct {
		DID         string `json:"did"`
		Handle      string `json:"handle"`
		DisplayName string `json:"displayName"`
		Avatar      string `json:"avatar"`
		Labels      []any  `json:"labels"`
		CreatedAt   string `json:"createdAt"`
	}
	skyRecord struct {
		Type      string        `json:"$type"`
		CreatedAt string        `json:"createdAt"`
		Embed     any           `json:"embed,omitempty"`
		Facets    []skyFacet    `json:"facets,omitempty"`
		Langs     []string      `json:"langs,omitempty"`
		Reply     *skyRecordRef `json:"reply,omitempty"`
		Text      string        `json:"text"`
	}
	skyRecordRef struct {
		Parent skyRef `json:"parent"`
		Root   skyRef `json:"root"`
	}
	skyRef struct {
		CID string `json:"cid"`
		URI string `json:"uri"`
	}
	skyFacet struct {
		Type     string     `json:"$type"`
		Features []any      `json:"features"`
		Index    skyByteRef `json:"index"`
	}
	skyByteRef struct {
		ByteEnd   int `json:"byteEnd"`
		ByteStart int `json:"byteStart"`
	}
	skyTag struct {
		Type string `json:"$type"`
		Tag  string `json:"tag"`
	}
	skyLink struct {
		Type string `json:"$type"`
		URI  string `json:"uri"`
	}
	skyImages struct {
		Type   string `json:"$type"`
		Images []any  `json:"images"`
	}
	skyImage struct {
		Alt   string  `json:"alt"`
		Image skyBlob `json:"image"`
	}
	skyBlob struct {
		Type     string            `json:"$type"`
		Ref      map[string]string `json:"ref"`
		MimeType string            `json:"mimeType"`
		Size     int               `json:"size"`
	}
	skyImageView struct {
		Thumb    string `json:"thumb"`
		Fullsize string `json:"fullsize"`
		Alt      string `json:"alt"`
	}
	skyQuote struct {
		Type   string `json:"$type"`
		Record any    `json:"record"`
	}
	skyQuoted struct {
		Type        string    `json:"$type"`
		URI         string    `json:"uri"`
		CID         string    `json:"cid"`
		Author      skyAuthor `json:"author"`
		Value       skyRecord `json:"value"`
		Labels      []any     `json:"labels"`
		LikeCount   int       `json:"likeCount"`
		ReplyCount  int       `json:"replyCount"`
		RepostCount int       `json:"repostCount"`
		QuoteCount  int       `json:"quoteCount"`
		IndexedAt   string    `json:"indexedAt"`
		Embeds      []any     `json:"embeds"`
	}
	skyExternal struct {
		Type     string       `json:"$type"`
		External skyExtDetail `json:"external"`
	}
	skyExtDetail struct {
		URI         string `json:"uri"`
		Title       string `json:"title"`
		Description string `json:"description"`
	}
)

// exportBluesky writes pages of app.bsky.feed.searchPosts and, for the reposts,
// pages of app.bsky.feed.getAuthorFeed.
func (s *Scenario) exportBluesky() ([]Export, error) {
	var posts, reposts []*post
	for _, p := range s.of("bluesky") {
		if p.kind == kindRepost {
			reposts = append(reposts, p)
		} else {
			posts = append([]*post{p}, posts...)
		}
	}
	var out []Export
	const size = 400
	for i := 0; i < len(posts); i += size {
		page := skySearch{HitsTotal: len(posts), Posts: []skyPost{}}
		if i+size < len(posts) {
			page.Cursor = itoa(i + size)
		}
		n := 0
		for _, p := range posts[i:min(len(posts), i+size)] {
			page.Posts = append(page.Posts, skyPostOf(p))
			n += views(p)
		}
		f, err := jsonExport(fmt.Sprintf("bluesky/search-posts-%02d.json", i/size+1), "bluesky", page, n)
		if err != nil {
			return nil, err
		}
		out = append(out, f)
	}
	feed, records := skyFeed{Feed: []skyFeedItem{}}, 0
	for i := len(reposts) - 1; i >= 0; i-- {
		p := reposts[i]
		item := skyFeedItem{Post: skyPostOf(p.target), Reason: &skyReason{Type: "app.bsky.feed.defs#reasonRepost", By: skyAuthorOf(p.author), URI: p.id, CID: cidOf(p.id), IndexedAt: stamp(p.at)}}
		feed.Feed = append(feed.Feed, item)
		records += 1 + views(p.target)
	}
	f, err := jsonExport("bluesky/author-feeds.json", "bluesky", feed, records)
	if err != nil {
		return nil, err
	}
	return append(out, f), nil
}

// views is how many posts the view of one holds: itself and what it quotes.
func views(p *post) int {
	if p.kind == kindQuote {
		return 2
	}
	return 1
}

func jsonExport(name, format string, v any, records int) (Export, error) {
	data, err := jsonBytes(v, "")
	if err != nil {
		return Export{}, fmt.Errorf("encode %s: %w", name, err)
	}
	return Export{Name: name, Format: format, Records: records, data: data}, nil
}

func skyPostOf(p *post) skyPost {
	indexed := p.at.Add(time.Duration(300+fnvOf(p.id)%2500) * time.Millisecond)
	return skyPost{
		URI: p.id, CID: cidOf(p.id), Author: skyAuthorOf(p.author), Record: skyRecordOf(p), Embed: skyEmbedView(p),
		ReplyCount: p.replies, RepostCount: p.shares, LikeCount: p.likes, QuoteCount: p.quotes, IndexedAt: stamp(indexed), Labels: []any{},
	}
}

func skyAuthorOf(a *account) skyAuthor {
	return skyAuthor{
		DID: a.id, Handle: a.handle, DisplayName: a.name, Labels: []any{}, CreatedAt: stamp(a.created),
		Avatar: "https://cdn.bsky.app/img/avatar/plain/" + a.id + "/" + cidOf(a.id) + "@jpeg",
	}
}

func skyRecordOf(p *post) skyRecord {
	r := skyRecord{Type: "app.bsky.feed.post", CreatedAt: stamp(p.at), Text: p.body, Embed: skyEmbed(p)}
	if p.body != "" && fnvOf(p.id)%11 != 0 { // some clients state no language
		r.Langs = []string{p.lang}
	}
	for _, l := range p.links {
		short := cut(strings.TrimPrefix(l, "https://"), 30)
		if r.Text != "" {
			r.Text += " "
		}
		r.Facets = append(r.Facets, skyFacet{
			Type: "app.bsky.richtext.facet", Features: []any{skyLink{"app.bsky.richtext.facet#link", l}},
			Index: skyByteRef{ByteStart: len(r.Text), ByteEnd: len(r.Text) + len(short)},
		})
		r.Text += short
	}
	for _, t := range findTags(r.Text) {
		r.Facets = append(r.Facets, skyFacet{
			Type: "app.bsky.richtext.facet", Features: []any{skyTag{"app.bsky.richtext.facet#tag", t.word}},
			Index: skyByteRef{ByteStart: t.byteStart, ByteEnd: t.byteEnd},
		})
	}
	if p.parent != nil {
		r.Reply = &skyRecordRef{Parent: skyRefOf(p.parent), Root: skyRefOf(p.root)}
	}
	return r
}

func skyRefOf(p *post) skyRef { return skyRef{CID: cidOf(p.id), URI: p.id} }

// skyEmbed is the embed as the record holds it; nil when there is none.
func skyEmbed(p *post) any {
	switch {
	case p.kind == kindQuote:
		return skyQuote{"app.bsky.embed.record", skyRefOf(p.target)}
	case len(p.media) > 0:
		e := skyImages{Type: "app.bsky.embed.images"}
		for _, m := range p.media {
			e.Images = append(e.Images, skyImage{Alt: m.alt, Image: skyBlob{"blob", map[string]string{"$link": cidOf(m.key)}, "image/jpeg", 90_000 + int(fnvOf(m.key)%800_000)}})
		}
		return e
	case len(p.links) > 0:
		return skyExternal{"app.bsky.embed.external", skyExtDetail{URI: p.links[0]}}
	}
	return nil
}

// skyEmbedView is the embed as the view shows it.
func skyEmbedView(p *post) any {
	switch {
	case p.kind == kindQuote:
		t := p.target
		return skyQuote{"app.bsky.embed.record#view", skyQuoted{
			Type: "app.bsky.embed.record#viewRecord", URI: t.id, CID: cidOf(t.id), Author: skyAuthorOf(t.author), Value: skyRecordOf(t), Labels: []any{},
			LikeCount: t.likes, ReplyCount: t.replies, RepostCount: t.shares, QuoteCount: t.quotes, IndexedAt: stamp(t.at), Embeds: []any{},
		}}
	case len(p.media) > 0:
		e := skyImages{Type: "app.bsky.embed.images#view"}
		for _, m := range p.media {
			path := "/plain/" + p.author.id + "/" + cidOf(m.key) + "@jpeg"
			e.Images = append(e.Images, skyImageView{"https://cdn.bsky.app/img/feed_thumbnail" + path, "https://cdn.bsky.app/img/feed_fullsize" + path, m.alt})
		}
		return e
	case len(p.links) > 0:
		return skyExternal{"app.bsky.embed.external#view", skyExtDetail{URI: p.links[0]}}
	}
	return nil
}

// cidOf is a content id in the form of CIDv1 (base 32, dag-cbor, SHA-256). It
// follows from the post's id, not from its content.
func cidOf(s string) string {
	const abc = "abcdefghijklmnopqrstuvwxyz234567"
	b := []byte("bafyrei")
	for i := range 52 {
		b = append(b, abc[fnvOf(fmt.Sprint(i, s))%32])
	}
	return string(b)
}
