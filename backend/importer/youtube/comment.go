package youtube

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// thread reads a thread: its first comment, and those of the replies that are in
// it.
func thread(v jsonscan.Value, b *importer.Batch) {
	before := b.Len()
	whole := b.Valid(v)
	snippet := v.Get("snippet")
	top := snippet.Get("topLevelComment")
	video := snippet.Get("videoId").Text()
	replies := v.Get("replies", "comments")
	if whole && top.Kind() != '{' && replies.Kind() != '[' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The thread at byte %d has no comment in it.", v.Pos))
		return
	}
	total := importer.Count(snippet.Get("totalReplyCount"))
	if top.Kind() == '{' && b.Check(top) {
		commentWith(top, video, total, b)
	}
	var n int64
	for it := replies.Array(); it.Next(); n++ {
		if b.Check(it.Value) {
			comment(it.Value, video, b)
		}
	}
	if !whole {
		b.Rest(v, before)
		return
	}
	if all, ok := total.Value(); ok && all > n {
		b.Assume("replies", "partial: some threads hold fewer replies than YouTube counts")
	}
	unknown(snippet, "thread.", threadKeys, b)
}

var threadKeys = keys("channelId videoId topLevelComment canReply totalReplyCount isPublic")

// comment reads a comment under a video, where the video is known.
func comment(v jsonscan.Value, video string, b *importer.Batch) {
	commentWith(v, video, model.Count{}, b)
}

// commentWith reads a comment and the number of its replies.
func commentWith(v jsonscan.Value, video string, replies model.Count, b *importer.Batch) {
	id, snippet := v.Get("id").Text(), v.Get("snippet")
	switch {
	case id == "":
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The comment at byte %d has no id.", v.Pos))
		return
	case snippet.Kind() != '{':
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The comment at byte %d has no snippet: only its id was asked for.", v.Pos))
		return
	}
	if s := snippet.Get("videoId").Text(); s != "" {
		video = s
	}
	p := commentPost(id, video, snippet.Get("parentId").Text())
	p.Text = snippet.Get("textOriginal").Text()
	if p.Text == "" {
		p.Text = text.PlainHTML(snippet.Get("textDisplay").Text())
	}
	if p.Text == "" {
		p.Kind = model.KindMedia
	}
	p.Author = named(channel(snippet.Get("authorChannelId", "value").Text(), ""), snippet.Get("authorDisplayName").Text())
	p.Created = importer.Stated(snippet.Get("publishedAt").Text())
	if e := importer.Stated(snippet.Get("updatedAt").Text()); !e.Time.Equal(p.Created.Time) {
		p.Edited = e
	}
	p.Counts = model.Counts{Likes: importer.Count(snippet.Get("likeCount")), Comments: replies}
	unknown(snippet, "comment.", commentKeys, b)
	b.Post(v, p)
}

var commentKeys = keys("textDisplay textOriginal parentId authorDisplayName authorProfileImageUrl authorChannelUrl authorChannelId videoId channelId canRate viewerRating likeCount publishedAt updatedAt moderationStatus")

// commentPost is what all comments have in common. The id of a reply begins with
// that of the comment that it answers, and a dot.
func commentPost(id, video, parent string) *model.Post {
	p := &model.Post{
		Platform: Platform, NativeID: id, Kind: model.KindComment, PageType: model.PageVideo, Visibility: model.VisibilityPublic,
	}
	if parent == "" {
		parent, _, _ = strings.Cut(id, ".")
		if parent == id {
			parent = ""
		}
	}
	if video != "" {
		p.Refs.Thread, p.Refs.ReplyTo = Platform+":"+video, Platform+":"+video
		p.URL = site + "watch?v=" + video + "&lc=" + id
	}
	if parent != "" {
		p.Refs.ReplyTo = Platform + ":" + parent
	}
	return p
}

// named gives an account its name, which is its handle when it begins with "@".
func named(a model.Account, name string) model.Account {
	a.Platform, a.Name = Platform, name
	if handle, ok := strings.CutPrefix(name, "@"); ok {
		a.Handle = handle
		if a.NativeID == "" {
			a.NativeID = strings.ToLower(name)
		}
	}
	if a.IsZero() {
		return model.Account{}
	}
	return a
}
