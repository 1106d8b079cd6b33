package zeeschuimer

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// tiktok reads a post or a comment of TikTok; the answers inside of a comment are
// records of their own.
func (l *line) tiktok() {
	comment := l.data.Has("cid")
	if !l.b.Check(l.record) {
		if comment {
			l.answers()
		}
		return
	}
	switch {
	case comment:
		l.comment(l.data)
		l.answers()
	case l.data.Has("desc", "createTime"):
		l.video()
	default:
		l.refuse(importer.RejectNotAPost, "is neither a post nor a comment of TikTok")
	}
}

// answers reads the answers that a comment carries, as far as they are whole.
func (l *line) answers() {
	for it := l.data.Get("reply_comment").Array(); it.Next() && !it.Value.Cut; {
		a := *l
		a.record = it.Value
		if !a.b.Check(it.Value) {
			continue
		}
		if !it.Value.Has("cid") {
			a.refuse(importer.RejectNotAPost, "is no comment of TikTok")
			continue
		}
		a.comment(it.Value)
	}
}

// video reads a post.
func (l *line) video() {
	v := l.data
	p := &model.Post{
		Platform: "tiktok", NativeID: first(v, "id"), Kind: model.KindVideo, PageType: model.PageVideo, Text: first(v, "desc"),
		Created: importer.Epoch(v.Get("createTime")), PlatformLang: first(v, "textLanguage"),
	}
	l.creator(p)
	p.Counts = stats(v.Get("stats"))
	if s := stats(v.Get("statsV2")); !s.IsZero() {
		p.Counts = s // the first one is rounded
	}
	p.Hashtags = hashtags(v.Get("challenges"), "title")
	if p.Hashtags == nil {
		p.Hashtags = hashtags(v.Get("textExtra"), "hashtagName")
	}
	for e := v.Get("textExtra").Array(); e.Next(); {
		m := model.Mention{Handle: first(e.Value, "userUniqueId"), AccountID: first(e.Value, "userId")}
		if m.AccountID == "0" {
			m.AccountID = ""
		}
		if m != (model.Mention{}) {
			p.Mentions = append(p.Mentions, m)
		}
	}
	if id := first(v, "duetInfo.duetFromId"); id != "" && id != "0" {
		p.Refs.QuoteOf, p.Kind = "tiktok:"+id, model.KindQuote
	}
	l.pictures(p)
	if c := first(v, "locationCreated"); len(c) == 2 {
		p.Place = model.Place{Country: strings.ToUpper(c), Provenance: model.ProvenancePlatform}
	}
	if hidden, _ := v.Get("privateItem").Bool(); hidden {
		p.Visibility = model.VisibilityPrivate
	}
	if p.Author.Handle != "" {
		p.URL = "https://www.tiktok.com/@" + p.Author.Handle + "/video/" + p.NativeID
	}
	l.post(p)
}

// creator reads the author: an object, or a name with the rest beside it.
func (l *line) creator(p *model.Post) {
	v, a := l.data, l.data.Get("author")
	if a.Kind() == '{' {
		p.Author = account("tiktok", first(a, "id"), first(a, "uniqueId"), first(a, "nickname"))
		p.Author.Description = first(a, "signature")
		if yes, ok := a.Get("verified").Bool(); ok {
			p.Author.Verified = &yes
		}
	} else {
		p.Author = account("tiktok", first(v, "authorId"), a.Text(), first(v, "nickname"))
	}
	if s := v.Get("authorStats"); s.Kind() == '{' {
		p.Author.Followers, p.Author.Following, p.Author.Posts = counted(s.Get("followerCount")), counted(s.Get("followingCount")), counted(s.Get("videoCount"))
	}
	if p.Author.Handle != "" {
		p.Author.URL = "https://www.tiktok.com/@" + p.Author.Handle
	}
}

// stats reads the counts of a post.
func stats(v jsonscan.Value) model.Counts {
	return model.Counts{
		Likes: counted(v.Get("diggCount")), Comments: counted(v.Get("commentCount")),
		Shares: counted(v.Get("shareCount")), Views: counted(v.Get("playCount")),
	}
}

// pictures reads the video, or the pictures of a post that has some instead.
func (l *line) pictures(p *model.Post) {
	for e := l.data.Get("imagePost", "images").Array(); e.Next(); {
		p.Media = append(p.Media, model.Media{Type: "image", URL: elem(e.Value.Get("imageURL", "urlList")).Text()})
	}
	if len(p.Media) > 0 {
		if p.Kind == model.KindVideo {
			p.Kind = model.KindPost
		}
		return
	}
	if l.data.Get("video").Kind() == '{' {
		p.Media = []model.Media{{Type: "video", URL: first(l.data, "video.downloadAddr", "video.playAddr")}}
	}
}

// comment reads a comment or an answer to one.
func (l *line) comment(v jsonscan.Value) {
	p := &model.Post{
		Platform: "tiktok", NativeID: first(v, "cid"), Kind: model.KindComment, PageType: model.PageVideo, Text: first(v, "text"),
		Created: importer.Epoch(v.Get("create_time")), PlatformLang: first(v, "comment_language"),
		Counts: model.Counts{Likes: counted(v.Get("digg_count")), Comments: counted(v.Get("reply_comment_total"))},
		Author: account("tiktok", first(v, "user.uid"), first(v, "user.unique_id"), first(v, "user.nickname")),
		URL:    first(v, "share_info.url"),
	}
	if p.PlatformLang == "un" {
		p.PlatformLang = ""
	}
	if id := first(v, "aweme_id"); id != "" {
		p.Refs.Thread, p.Refs.ReplyTo = "tiktok:"+id, "tiktok:"+id
	}
	for _, key := range []string{"reply_id", "reply_to_reply_id"} {
		if id := first(v, key); id != "" && id != "0" {
			p.Refs.ReplyTo = "tiktok:" + id
		}
	}
	l.post(p)
}

// douyin reads a post of Douyin in either of its two spellings.
func (l *line) douyin() {
	v := l.data
	id := first(v, "aweme_id", "awemeId")
	if !v.Has("desc") {
		l.refuse(importer.RejectNotAPost, "is no video of Douyin (a live stream, perhaps)")
		return
	}
	p := &model.Post{
		Platform: "douyin", NativeID: id, Kind: model.KindVideo, PageType: model.PageVideo, Text: first(v, "desc"),
		URL: fmt.Sprintf("https://www.douyin.com/video/%s", id),
	}
	for _, key := range []string{"create_time", "createTime"} {
		if at := importer.Epoch(v.Get(key)); !at.IsZero() {
			p.Created = at
		}
	}
	for _, key := range []string{"author", "authorInfo"} {
		if a := v.Get(key); a.Kind() == '{' {
			p.Author = account("douyin", first(a, "uid"), first(a, "unique_id", "uniqueId"), first(a, "nickname"))
		}
	}
	if s := v.Get("statistics"); s.Kind() == '{' {
		p.Counts = model.Counts{
			Likes: counted(s.Get("digg_count")), Comments: counted(s.Get("comment_count")),
			Shares: counted(s.Get("share_count")), Views: counted(s.Get("play_count")),
		}
	} else {
		p.Counts = stats(v.Get("stats"))
	}
	p.Hashtags = append(hashtags(v.Get("text_extra"), "hashtag_name"), hashtags(v.Get("textExtra"), "hashtagName")...)
	l.post(p)
}
