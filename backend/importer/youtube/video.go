package youtube

import (
	"fmt"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// videoPost is what all videos have in common.
func videoPost(id string) *model.Post {
	return &model.Post{
		Platform: Platform, NativeID: id, Kind: model.KindVideo, PageType: model.PageVideo,
		Visibility: model.VisibilityPublic, URL: site + "watch?v=" + id,
	}
}

// video reads a video, as a resource of its own, as a search result, or as an
// item of a playlist. The last says when the video was added to the playlist; when
// it was published is elsewhere.
func video(v jsonscan.Value, b *importer.Batch) {
	snippet, content := v.Get("snippet"), v.Get("contentDetails")
	id := first(v.Get("id", "videoId"), content.Get("videoId"), snippet.Get("resourceId", "videoId"))
	listed := kindOf(v) == "playlistItem"
	if id == "" && !listed {
		id = v.Get("id").Text()
	}
	if id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The video at byte %d has no id.", v.Pos))
		return
	}
	p := videoPost(id)
	for it := v.Object(); it.Next(); {
		part(string(it.Key), it.Value, p, b)
	}
	if kindOf(v) == "searchResult" { // the search escapes what it found, other answers do not
		p.Title, p.Text = text.Unescape(p.Title), text.Unescape(p.Text)
		b.Assume("descriptions", "cut off: search results hold only the beginning of a description")
	}
	if listed {
		p.Created = importer.Stated(content.Get("videoPublishedAt").Text())
		p.Author = channel(snippet.Get("videoOwnerChannelId").Text(), snippet.Get("videoOwnerChannelTitle").Text())
	}
	b.Post(v, p)
}

// part reads one part of a video.
func part(key string, x jsonscan.Value, p *model.Post, b *importer.Batch) {
	switch key {
	case "snippet":
		p.Title, p.Text = x.Get("title").Text(), x.Get("description").Text()
		p.Created = importer.Stated(x.Get("publishedAt").Text())
		p.Author = channel(x.Get("channelId").Text(), x.Get("channelTitle").Text())
		p.PlatformLang = first(x.Get("defaultAudioLanguage"), x.Get("defaultLanguage"))
		unknown(x, "snippet.", snippetKeys, b)
	case "statistics":
		p.Counts = model.Counts{
			Likes: importer.Count(x.Get("likeCount")), Comments: importer.Count(x.Get("commentCount")), Views: importer.Count(x.Get("viewCount")),
		}
		unknown(x, "statistics.", statisticsKeys, b)
	case "status":
		p.Visibility = visibility(x.Get("privacyStatus").Text())
	case "recordingDetails":
		recorded(x, p)
	default:
		if !videoKeys[key] {
			b.Unknown(key)
		}
	}
}

var videoKeys = keys("kind etag id contentDetails player topicDetails fileDetails processingDetails suggestions liveStreamingDetails localizations paidProductPlacementDetails ageGating monetizationDetails")

var snippetKeys = keys("publishedAt channelId title description thumbnails channelTitle tags categoryId liveBroadcastContent defaultLanguage localized defaultAudioLanguage publishTime " +
	"playlistId position resourceId videoOwnerChannelTitle videoOwnerChannelId")

var statisticsKeys = keys("viewCount likeCount dislikeCount favoriteCount commentCount")

// keys makes a set of words.
func keys(words string) map[string]bool {
	set := map[string]bool{}
	for _, w := range strings.Fields(words) {
		set[w] = true
	}
	return set
}

// unknown tells of members that are not known.
func unknown(v jsonscan.Value, path string, known map[string]bool, b *importer.Batch) {
	for it := v.Object(); it.Next(); {
		if !known[string(it.Key)] {
			b.Unknown(path + string(it.Key))
		}
	}
}

// first is the first text that there is.
func first(values ...jsonscan.Value) string {
	for _, v := range values {
		if s := v.Text(); s != "" {
			return s
		}
	}
	return ""
}

// channel is an account by the id of its channel.
func channel(id, name string) model.Account {
	if id == "" && name == "" {
		return model.Account{}
	}
	a := model.Account{Platform: Platform, NativeID: id, Name: name}
	if id != "" {
		a.URL = site + "channel/" + id
	}
	return a
}

// visibility says who could see a video. Everything that asks for an account, a
// payment or an invitation is private.
func visibility(s string) model.Visibility {
	switch s {
	case "", "public":
		return model.VisibilityPublic
	case "unlisted":
		return model.VisibilityUnlisted
	}
	return model.VisibilityPrivate
}

// recorded reads where the uploader says that the video was taken.
func recorded(v jsonscan.Value, p *model.Post) {
	place := model.Place{Name: v.Get("locationDescription").Text(), Provenance: model.ProvenanceDeclared}
	lat, ok := v.Get("location", "latitude").Float()
	lon, ok2 := v.Get("location", "longitude").Float()
	if ok && ok2 && lat >= -90 && lat <= 90 && lon >= -180 && lon <= 180 {
		place.Lat, place.Lon, place.HasPoint = lat, lon, true
	}
	if place.HasPoint || place.Name != "" {
		p.Place = place
	}
}
