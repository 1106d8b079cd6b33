package youtube_test

import (
	"fmt"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/youtube"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, youtube.Format{}, []importertest.Case{
		{Name: "videos", File: "testdata/videos.json", Accepted: 2, Golden: "testdata/videos.golden.json"},
		{Name: "threads", File: "testdata/threads.json", Accepted: 3, Rejected: 1, Golden: "testdata/threads.golden.json"},
		{Name: "search", File: "testdata/search.json", Accepted: 1, Rejected: 1, Golden: "testdata/search.golden.json"},
		{Name: "playlist and comment", File: "testdata/playlist.jsonl", Accepted: 2, Golden: "testdata/playlist.golden.json"},
		{Name: "nothing found", Data: []byte(`{"kind":"youtube#searchListResponse","items":[]}`)},
		{Name: "channels", Data: []byte(`{"items":[{"kind":"youtube#channel","id":"UC"}]}`), Refused: "channels"},
		{Name: "found channels", Data: []byte(`{"kind":"youtube#searchListResponse","items":[{"kind":"youtube#searchResult","id":{"kind":"youtube#channel"}}]}`), Refused: "channels"},
		{Name: "activities", Data: []byte(`{"kind":"youtube#activityListResponse","items":[{"kind":"youtube#activity"}]}`), Refused: "activities"},
		{Name: "captions", Data: []byte(`{"kind":"youtube#captionListResponse","items":[]}`), Refused: "caption"},
		{Name: "ratings", Data: []byte(`{"kind":"youtube#videoGetRatingResponse","items":[{"videoId":"x","rating":"none"}]}`), Refused: "rated"},
	})
}

func TestYtDlp(t *testing.T) {
	importertest.Run(t, youtube.YtDlp{}, []importertest.Case{
		{Name: "video", File: "testdata/video.info.json", Accepted: 3, Rejected: 1, Golden: "testdata/video.golden.json"},
		{Name: "playlist", Data: []byte(`{"_type":"playlist","id":"PL","extractor":"youtube:tab","entries":[{"id":"a","title":"A"},{"id":"b","title":"B","entries":[]}]}`), Accepted: 1, Rejected: 1},
		{Name: "empty playlist", Data: []byte(`{"_type":"playlist","id":"PL","extractor":"youtube:tab"}`), Refused: "playlist"},
		{Name: "live chat", Data: []byte(`{"replayChatItemAction":{"actions":[]}}`), Refused: "live chat"},
		{Name: "another site", Data: []byte(`{"id":"1","extractor":"vimeo"}`), Refused: "another site"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, f importer.Format, file string) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), f, file, data, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestVideos(t *testing.T) {
	p, c := posts(t, youtube.Format{}, "testdata/videos.json")
	v := p["vid-one-0001"]
	if v.Kind != model.KindVideo || v.PageType != model.PageVideo || v.Visibility != model.VisibilityUnlisted || v.PlatformLang != "en" || v.Author.UID() != "youtube:UC-harbour" {
		t.Errorf("video: %+v", v)
	}
	if v.Counts != (model.Counts{Likes: model.Known(34), Comments: model.Known(5), Views: model.Known(1200)}) || v.Place.Lat != 53.54 || v.URL != "https://www.youtube.com/watch?v=vid-one-0001" {
		t.Errorf("video: %+v", v)
	}
	if w := p["vid-two-0002"]; !w.Counts.Likes.IsZero() || w.Counts.Views != model.Known(7) || w.Visibility != model.VisibilityPublic {
		t.Errorf("hidden counts: %+v", w)
	}
	if c.Fields["statistics.mood"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown %v", c.Fields)
	}
}

func TestThreads(t *testing.T) {
	p, c := posts(t, youtube.Format{}, "testdata/threads.json")
	a := p["Ug1"]
	if a.Text != "Late again & again\nsigh" || a.Refs != (model.Refs{ReplyTo: "youtube:vid-one-0001", Thread: "youtube:vid-one-0001"}) || a.Counts.Comments != model.Known(3) || a.Author.Handle != "ada.quay" || a.Edited.Time.Hour() != 12 {
		t.Errorf("first comment: %+v", a)
	}
	r := p["Ug1.r1"]
	if r.Text != "So <true>" || r.Refs != (model.Refs{ReplyTo: "youtube:Ug1", Thread: "youtube:vid-one-0001"}) || r.Counts.Likes != model.Known(0) || !r.Edited.IsZero() || !r.Counts.Comments.IsZero() {
		t.Errorf("reply: %+v", r)
	}
	if !p["Ug2"].Author.IsZero() || !p["Ug2"].Counts.Likes.IsZero() || !strings.HasPrefix(c.Assumed["replies"], "partial") {
		t.Errorf("%+v; assumed %v", p["Ug2"], c.Assumed)
	}
	q, _ := posts(t, youtube.Format{}, "testdata/playlist.jsonl")
	if x := q["vid-one-0001"]; x.Created.Time.Month() != 3 || x.Author.Name != "Harbour TV" {
		t.Errorf("item of a playlist: %+v", x)
	}
	if x := q["Ug9.r9"]; x.Refs.ReplyTo != "youtube:Ug9" || x.Refs.Thread != "" {
		t.Errorf("comment alone: %+v", x)
	}
}

func TestInfo(t *testing.T) {
	p, c := posts(t, youtube.YtDlp{}, "testdata/video.info.json")
	v := p["vid-one-0001"]
	if v.Created.Zone != model.ZoneAssumed || v.Created.Original != "20240301" || v.CapturedAt.Time.Unix() != 1709300000 || v.Author.Handle != "harbourtv" || v.Author.Followers != model.Known(900) {
		t.Errorf("video: %+v", v)
	}
	if r := p["Ug1.r1"]; r.Refs.ReplyTo != "youtube:Ug1" || !r.Counts.Likes.IsZero() || r.Author.Handle != "bo" || r.Author.NativeID != "UC-bo" {
		t.Errorf("reply: %+v", r)
	}
	if c.Assumed["comment_times"] == "" || c.Assumed["time_of_day"] == "" || c.Fields["novelty"] != 1 || len(c.Fields) != 1 {
		t.Errorf("assumed %v, unknown %v", c.Assumed, c.Fields)
	}
}

func TestLargeInfo(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"id": "v1", "title": "T", "extractor": "youtube", "comments": [`)
	for i := range 40 {
		if i > 0 {
			s.WriteString(", ")
		}
		fmt.Fprintf(&s, `{"id": "c%d", "parent": "root", "text": %q}`, i, strings.Repeat("y", 20*i))
	}
	s.WriteString(`]}`)
	c, err := importertest.Read(t.Context(), youtube.YtDlp{}, "v.info.json", []byte(s.String()), importer.Options{MaxRecord: 600})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(s.String()), c)
	if p := c.Posts(); len(c.Records) != 41 || len(c.Rejects()) == 0 || p[0].Title != "T" || p[1].Refs.Thread != "youtube:v1" || c.Records[0].Locator.Length != int64(strings.Index(s.String(), "[")) {
		t.Errorf("%d posts, %d rejected: %v", len(c.Posts()), len(c.Rejects()), c.Assumed)
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"items":[{"kind":"youtube#commentThread","snippet":{"topLevelComment":{"kind":"youtube#comment","id":"a","snippet":{"textDisplay":"<b>x"}}},"replies":{"comments":[{"id":"b","snippet":{}}]}}]}`))
	f.Add([]byte(`{"kind":"youtube#video","id":"x","snippet":{"title":"t"},"statistics":{"viewCount":"1"}}`))
	f.Add([]byte(`{"id":"a","extractor":"youtube","entries":[{"id":"b","comments":[{"id":"c","parent":"root"}]}]}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		importertest.Fuzz(t, youtube.Format{}, data)
		importertest.Fuzz(t, youtube.YtDlp{}, data)
	})
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, youtube.Format{}, (importertest.Case{File: "testdata/threads.json"}).Bytes(b), 2000)
}
