package facebook_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/facebook"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFacebook(t *testing.T) {
	importertest.Run(t, facebook.Format{}, []importertest.Case{
		{Name: "posts", File: "testdata/your_posts_1.json", Accepted: 3, Rejected: 1, Golden: "testdata/your_posts_1.golden.json"},
		{Name: "comments", File: "testdata/comments.json", Accepted: 2, Golden: "testdata/comments.golden.json"},
		{Name: "messages", File: "testdata/message_1.json", Accepted: 4, Golden: "testdata/message_1.golden.json"},
		{Name: "group posts", Data: []byte(`{"group_posts_v2":[{"timestamp":1706695200,"data":[{"post":"in the group"}],"title":"Jana posted in Harbour."}]}`), Accepted: 1},
		{Name: "old group posts", Data: []byte(`{"group_posts":{"activity_log_data":[{"timestamp":1706695200,"data":[{"post":"in the group"}],"title":"t"}]}}`), Accepted: 1},
		{Name: "album", Data: []byte(`{"name":"Fog","photos":[{"uri":"a/1.jpg","creation_timestamp":1706695200,"title":"Mobile uploads"}]}`), Accepted: 1},
		{Name: "encrypted chat", Data: []byte(`{"participants":["Jana","Bo"],"threadName":"Bo_1","messages":[{"isUnsent":false,"media":[],"reactions":[],"senderName":"Jana","text":"hi","timestamp":1706695500123,"type":"text"}]}`), Accepted: 1},
		{Name: "friends", Data: []byte(`{"friends_v2":[{"name":"Bo","timestamp":1706695200}]}`), Refused: "friends"},
		{Name: "likes", Data: []byte(`{"reactions_v2":[{"timestamp":1706695200,"data":[{"reaction":{"reaction":"LIKE"}}]}]}`), Refused: "likes"},
		{Name: "logins", Data: []byte(`{"account_activity_v2":[{"action":"Login","timestamp":1}]}`), Refused: "logins"},
		{Name: "ads", Data: []byte(`{"custom_audiences_all_types_v2":[]}`), Refused: "advertisers"},
	})
}

func TestInstagram(t *testing.T) {
	importertest.Run(t, facebook.InstagramFormat{}, []importertest.Case{
		{Name: "posts", File: "testdata/posts_1.json", Accepted: 3, Golden: "testdata/posts_1.golden.json"},
		{Name: "stories", File: "testdata/stories.json", Accepted: 2, Golden: "testdata/stories.golden.json"},
		{Name: "comments", File: "testdata/post_comments_1.json", Accepted: 2, Golden: "testdata/post_comments_1.golden.json"},
		{Name: "reels", Data: []byte(`{"ig_reels_media":[{"media":[{"uri":"a/1.mp4","creation_timestamp":1706695200,"title":"fog"}]}]}`), Accepted: 1},
		{Name: "followers", Data: []byte(`[{"title":"","media_list_data":[],"string_list_data":[{"href":"https://www.instagram.com/bo","value":"bo","timestamp":1706695200}]}]`), Refused: "followers"},
		{Name: "following", Data: []byte(`{"relationships_following":[{"title":"","string_list_data":[]}]}`), Refused: "followers"},
		{Name: "logins", Data: []byte(`{"account_history_login_history":[{"title":"t","string_map_data":{"Time":{"timestamp":1}}}]}`), Refused: "logins"},
		{Name: "likes", Data: []byte(`{"likes_media_likes":[{"title":"bo","string_list_data":[{"href":"h","value":"x","timestamp":1}]}]}`), Refused: "likes"},
	})
}

func read(t *testing.T, f importer.Format, c importertest.Case) *importertest.Collected {
	t.Helper()
	data := c.Bytes(t)
	file := importertest.FileOf(c.Path, data)
	if c.Beside != nil {
		file.Beside = func(path string) (importer.File, bool) {
			b, ok := c.Beside[path]
			return importertest.FileOf(path, b), ok
		}
	}
	got, err := importertest.ReadFile(t.Context(), f, file, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, data, got)
	return got
}

func TestPostsAreMended(t *testing.T) {
	profile := `{"profile_v2":{"name":{"full_name":"Jana \u00c3\u0098deg\u00c3\u00a5rd"},"username":"janao"}}`
	got := read(t, facebook.Format{}, importertest.Case{
		File: "testdata/your_posts_1.json", Path: "your_facebook_activity/posts/your_posts_1.json",
		Beside: map[string][]byte{"../../personal_information/profile_information/profile_information.json": []byte(profile)},
	})
	p := got.Posts()
	if p[0].Text != "Tåke over havna 🌫\nJana så den først" || p[0].Mentions[0].Handle != "Bjørn" || p[0].Place.Name != "Gamle havn" || p[0].Media[0].Type != "image" {
		t.Errorf("%+v", p[0])
	}
	if p[0].Author.Name != "Jana Ødegård" || p[0].Author.UID() != "facebook:@janao" || p[0].Visibility != model.VisibilityPrivate || !p[0].Edited.Time.Equal(time.Unix(1706695260, 0)) {
		t.Errorf("%+v", p[0])
	}
	if p[1].Kind != model.KindMedia || p[1].Links[0].Title != "Tåka ligger" || p[2].Kind != model.KindEvent || p[2].Text != "Jana Ødegård was in Oslo." || got.Fields["mood"] != 1 {
		t.Errorf("%+v %+v %v", p[1], p[2], got.Fields)
	}
	alone := read(t, facebook.Format{}, importertest.Case{File: "testdata/your_posts_1.json", Path: "x.json"})
	if !alone.Posts()[0].Author.IsZero() || !strings.HasPrefix(p[0].NativeID, "export-") || p[0].Counts != (model.Counts{}) {
		t.Errorf("%+v", alone.Posts()[0])
	}
}

func TestMessages(t *testing.T) {
	got := read(t, facebook.Format{}, importertest.Case{File: "testdata/message_1.json", Path: "messages/inbox/bjrn_1/message_1.json"})
	p := got.Posts()
	if p[0].Text != "Ser du tåka?" || p[0].UID() == p[1].UID() || p[0].Platform != "messenger" || p[0].Visibility != model.VisibilityDirect || p[0].Author.UID() != "messenger:name:Jana Ødegård" || p[0].Counts.Likes != model.Known(1) {
		t.Errorf("%+v", p[0])
	}
	if p[0].Created.Time.UnixMilli() != 1706695500123 || p[0].Mentions[0].Handle != "Bjørn Ås" || p[1].Kind != model.KindMedia || p[2].Text != "Se her\nTåka ligger" || p[3].Kind != model.KindEvent || got.Fields["message.newfield"] != 1 {
		t.Errorf("%+v", p)
	}
	insta := read(t, facebook.Format{}, importertest.Case{File: "testdata/message_1.json", Path: "your_instagram_activity/messages/inbox/bjrn_1/message_1.json"})
	if insta.Posts()[0].Platform != "instagram" {
		t.Errorf("%+v", insta.Posts()[0])
	}
}

func TestInstagramPosts(t *testing.T) {
	profile := `{"profile_user":[{"string_map_data":{"Username":{"value":"Jana.O"},"Name":{"value":"Jana \u00c3\u0098"}}}]}`
	got := read(t, facebook.InstagramFormat{}, importertest.Case{
		File: "testdata/posts_1.json", Path: "your_instagram_activity/content/posts_1.json",
		Beside: map[string][]byte{"../../personal_information/personal_information/personal_information.json": []byte(profile)},
	})
	p := got.Posts()
	if p[0].Text != "Tåke #havna" || !p[0].Place.HasPoint || p[0].Author.UID() != "instagram:@jana.o" || p[0].Author.Name != "Jana Ø" || p[1].Text != "To bilder fra kaia 🌊" || len(p[1].Media) != 2 || p[1].Created.Time.Unix() != 1706698801 {
		t.Errorf("%+v %+v", p[0], p[1])
	}
	if p[2].Kind != model.KindMedia || p[2].Media[0].Type != "video" {
		t.Errorf("%+v", p[2])
	}
	c := read(t, facebook.InstagramFormat{}, importertest.Case{File: "testdata/post_comments_1.json", Path: "c.json"}).Posts()
	if c[0].Text != "Fint på kaia" || c[0].Mentions[0].Handle != "harbour.news" || c[1].Text != "Så rart" || c[1].Mentions[0].Handle != "bo" || c[1].Created.Time.Unix() != 1706695300 {
		t.Errorf("%+v %+v", c[0], c[1])
	}
}

func TestLargeFiles(t *testing.T) {
	for name, c := range map[string]struct{ head, one, tail string }{
		"messages": {`{"participants":[{"name":"A"},{"name":"B"}],"messages":[`, `{"sender_name":"A","timestamp_ms":17066955001%02d,"content":"%s"}`, `],"title":"B"}`},
		"comments": {`{"comments_v2":[`, `{"timestamp":17066952%02d,"data":[{"comment":{"comment":"%s","author":"A"}}]}`, `]}`},
	} {
		var s strings.Builder
		s.WriteString(c.head)
		for i := range 40 {
			if i > 0 {
				s.WriteString(",")
			}
			fmt.Fprintf(&s, c.one, i, strings.Repeat("y", 20*i))
		}
		s.WriteString(c.tail)
		got, err := importertest.Read(t.Context(), facebook.Format{}, "l.json", []byte(s.String()), importer.Options{MaxRecord: 500})
		if err != nil {
			t.Fatal(err)
		}
		whole, err := importertest.Read(t.Context(), facebook.Format{}, "l.json", []byte(s.String()), importer.Options{})
		if err != nil {
			t.Fatal(err)
		}
		if len(got.Records) != 40 || len(got.Rejects()) == 0 || len(whole.Posts()) != 40 || got.Records[1].Post.NativeID != whole.Records[1].Post.NativeID {
			t.Errorf("%s: %d records, %d rejected; whole %d", name, len(got.Records), len(got.Rejects()), len(whole.Posts()))
		}
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"your_posts_1.json", "comments.json", "message_1.json", "posts_1.json", "stories.json", "post_comments_1.json"} {
		f.Add(importertest.Case{File: "testdata/" + name}.Bytes(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) {
		importertest.Fuzz(t, facebook.Format{}, data)
		importertest.Fuzz(t, facebook.InstagramFormat{}, data)
	})
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, facebook.Format{}, []byte(strings.ReplaceAll(string(importertest.Case{File: "testdata/your_posts_1.json"}.Bytes(b)), "\n", " ")+"\n"), 2000)
}
