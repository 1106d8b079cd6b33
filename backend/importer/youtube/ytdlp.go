package youtube

import (
	"context"
	"fmt"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/jsonscan"
	"vedette/backend/model"
)

// YtDlp reads the .info.json files that yt-dlp writes for videos of YouTube, with
// the comments in them. It implements importer.Format.
type YtDlp struct{}

// Name implements importer.Format.
func (YtDlp) Name() string { return "youtube-ytdlp" }

// Version implements importer.Format.
func (YtDlp) Version() string { return "1" }

// Detect implements importer.Format. It looks at the first value of the file.
func (YtDlp) Detect(h importer.Head) importer.Match {
	values := jsonscan.Sniff(h.Text, 1)
	if len(values) == 0 {
		return importer.Match{Why: "not JSON"}
	}
	v := values[0]
	extractor := strings.ToLower(first(v.Get("extractor_key"), v.Get("extractor")))
	written := extractor != "" || v.Has("formats") && v.Has("thumbnails") && v.Has("id") && v.Has("channel_id", "webpage_url")
	switch {
	case v.Has("replayChatItemAction", "clickTrackingParams"):
		return importer.Match{Score: 90, Why: "a live chat", Refuse: "it is the replay of a live chat as yt-dlp saves it; only videos and their comments are read."}
	case !written || !v.Has("id"):
		return importer.Match{Why: "not a file that yt-dlp wrote"}
	case extractor != "" && !strings.HasPrefix(extractor, "youtube"):
		return importer.Match{Score: 60, Why: "a file that yt-dlp wrote", Refuse: "yt-dlp wrote it for another site than YouTube; only videos of YouTube are read."}
	case v.Get("_type").Text() == "playlist" && v.Get("entries").Kind() != '[' && !v.Cut:
		return importer.Match{Score: 90, Why: "a playlist that yt-dlp wrote", Refuse: "it describes a playlist or a channel, without its videos."}
	}
	return importer.Match{Score: 96, Why: "a video of YouTube as yt-dlp describes it"}
}

// Read implements importer.Format.
func (YtDlp) Read(ctx context.Context, f importer.File, o importer.Options, s importer.Sink) error {
	id, err := largeVideo(ctx, f, o, s)
	if err == nil {
		j := importer.JSON{Unit: info, Large: func(l *importer.Large) (bool, error) { return largeInfo(l, id) }}
		err = j.Read(ctx, f, o, s)
	}
	if err != nil {
		return fmt.Errorf("youtube-ytdlp: %w", err)
	}
	return nil
}

// info reads a video with its comments, or a playlist of videos.
func info(v jsonscan.Value, b *importer.Batch) {
	if v.Kind() != '{' {
		b.Reject(v, importer.RejectNotAPost, fmt.Sprintf("The value at byte %d is not an object.", v.Pos))
		return
	}
	id := v.Get("id").Text()
	before := b.Len()
	whole := b.Valid(v)
	switch entries := v.Get("entries"); {
	case entries.Kind() == '[':
		for it := entries.Array(); it.Next(); {
			if it.Value.Get("entries").Exists() {
				b.Reject(it.Value, importer.RejectNotAPost, fmt.Sprintf("The entry at byte %d is a playlist in a playlist.", it.Value.Pos))
				continue
			}
			info(it.Value, b)
		}
		if !whole {
			b.Rest(v, before)
		}
		return
	case id == "":
		if b.Check(v) {
			b.Reject(v, importer.RejectNoID, fmt.Sprintf("The video at byte %d has no id.", v.Pos))
		}
		return
	case whole:
		b.Post(v, dlpVideo(v, id, b))
	}
	for it := v.Get("comments").Array(); it.Next(); {
		if b.Check(it.Value) {
			dlpComment(it.Value, id, b)
		}
	}
	if !whole {
		b.Rest(v, before)
	}
}

// dlpVideo reads the video.
func dlpVideo(v jsonscan.Value, id string, b *importer.Batch) *model.Post {
	p := videoPost(id)
	p.Title, p.Text = first(v.Get("fulltitle"), v.Get("title")), v.Get("description").Text()
	p.Author = channel(v.Get("channel_id").Text(), first(v.Get("channel"), v.Get("uploader")))
	p.Author = named(p.Author, p.Author.Name)
	if handle, ok := strings.CutPrefix(v.Get("uploader_id").Text(), "@"); ok {
		p.Author.Handle = handle
	}
	p.Author.Followers = importer.Count(v.Get("channel_follower_count"))
	if yes, ok := v.Get("channel_is_verified").Bool(); ok {
		p.Author.Verified = &yes
	}
	p.Created = importer.Epoch(v.Get("timestamp"))
	if p.Created.Time.IsZero() {
		p.Created = day(v.Get("upload_date").Text(), b)
	}
	p.CapturedAt = importer.Epoch(v.Get("epoch"))
	p.PlatformLang = v.Get("language").Text()
	p.Visibility = visibility(v.Get("availability").Text())
	p.Counts = model.Counts{
		Likes: importer.Count(v.Get("like_count")), Comments: importer.Count(v.Get("comment_count")), Views: importer.Count(v.Get("view_count")),
	}
	unknown(v, "", infoKeys, b)
	return p
}

// day reads a date such as 20240131: the day in UTC, by yt-dlp's manual.
func day(s string, b *importer.Batch) model.Instant {
	t, err := time.Parse("20060102", s)
	if err != nil || t.Year() < 1 {
		return model.Instant{Original: s}
	}
	b.Assume("time_of_day", "00:00 UTC, where only the day of a video is known")
	return model.Instant{Time: t, Original: s, Zone: model.ZoneAssumed}
}

// dlpComment reads a comment.
func dlpComment(v jsonscan.Value, video string, b *importer.Batch) {
	id := v.Get("id").Text()
	if id == "" {
		b.Reject(v, importer.RejectNoID, fmt.Sprintf("The comment at byte %d has no id.", v.Pos))
		return
	}
	parent := v.Get("parent").Text()
	if parent == "root" {
		parent = ""
	}
	p := commentPost(id, video, parent)
	p.Text = v.Get("text").Text()
	if p.Text == "" {
		p.Kind = model.KindMedia
	}
	p.Author = named(channel(v.Get("author_id").Text(), ""), v.Get("author").Text())
	if yes, ok := v.Get("author_is_verified").Bool(); ok {
		p.Author.Verified = &yes
	}
	if p.Created = importer.Epoch(v.Get("timestamp")); !p.Created.IsZero() {
		b.Assume("comment_times", "about: yt-dlp reckons them back from words such as \"2 days ago\"")
	}
	p.Counts.Likes = importer.Count(v.Get("like_count"))
	unknown(v, "comment.", dlpCommentKeys, b)
	b.Post(v, p)
}

var dlpCommentKeys = keys("id parent text like_count author_id author author_thumbnail author_is_uploader author_is_verified author_url is_favorited is_pinned timestamp _time_text time_text")

var infoKeys = keys(`_type _version _has_drm _filename _format_sort_fields filename id title fulltitle alt_title display_id description uploader uploader_id uploader_url
	channel channel_id channel_url channel_follower_count channel_is_verified duration duration_string view_count concurrent_view_count average_rating age_limit webpage_url
	webpage_url_basename webpage_url_domain original_url categories tags playable_in_embed live_status is_live was_live media_type release_timestamp release_date release_year
	upload_date timestamp epoch availability language like_count comment_count comments chapters heatmap subtitles automatic_captions requested_subtitles formats
	requested_formats requested_downloads format format_id format_note ext protocol width height resolution fps vcodec acodec abr vbr tbr asr audio_channels dynamic_range
	aspect_ratio stretched_ratio filesize filesize_approx quality source_preference has_drm language_preference preference container downloader_options http_headers url
	thumbnail thumbnails extractor extractor_key playlist playlist_id playlist_title playlist_uploader playlist_uploader_id playlist_channel playlist_channel_id
	playlist_webpage_url playlist_index playlist_count n_entries playlist_autonumber track artist artists creator creators album genre license location series season
	season_number episode episode_number sorting`)
