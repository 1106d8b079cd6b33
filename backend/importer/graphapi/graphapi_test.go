package graphapi_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/graphapi"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, graphapi.Format{}, []importertest.Case{
		{Name: "page", File: "testdata/page.json", Accepted: 6, Rejected: 1, Golden: "testdata/page.golden.json"},
		{Name: "comments", File: "testdata/comments.json", Accepted: 2, Golden: "testdata/comments.golden.json"},
		{Name: "media", File: "testdata/media.json", Accepted: 4, Golden: "testdata/media.golden.json"},
		{Name: "by id", Data: []byte(`{"1_2":{"id":"1_2","created_time":"2024-01-31T10:00:00+0000","message":"a"},"1_3":{"id":"1_3","created_time":"2024-01-31T10:00:00+0000","message":"b"}}`), Accepted: 2},
		{Name: "pages", Data: []byte(`{"1":{"id":"1","name":"A","fan_count":2}}`), Refused: "pages"},
		{Name: "insights", Data: []byte(`{"data":[{"name":"reach","period":"day","values":[{"value":1}],"id":"1/insights"}]}`), Refused: "insights"},
		{Name: "account", Data: []byte(`{"id":"17841400000000001","username":"a","media_count":3}`), Refused: "account"},
		{Name: "likes", Data: []byte(`{"data":[{"id":"6","can_post":false,"name":"Jana"}]}`), Refused: "liked"},
		{Name: "albums", Data: []byte(`{"data":[{"created_time":"2024-01-31T10:00:00+0000","name":"Cover Photos","id":"2"}]}`), Refused: "albums"},
	})
}

// posts reads text and gives its posts by native id.
func posts(t *testing.T, text string) map[string]*model.Post {
	t.Helper()
	c, err := importertest.Read(t.Context(), graphapi.Format{}, "g.json", []byte(text), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out
}

func sample(t *testing.T, name string) map[string]*model.Post {
	t.Helper()
	return posts(t, string(importertest.Case{File: "testdata/" + name}.Bytes(t)))
}

func TestFacebook(t *testing.T) {
	p := sample(t, "page.json")
	fog := p["1001_2001"]
	if fog.Counts.Likes != model.Known(12) || fog.Counts.Comments != model.Known(2) || fog.Counts.Shares != model.Known(3) || fog.Author.UID() != "facebook:1001" || fog.Links[0].Title != "Weather" || fog.Mentions[0].AccountID != "88" || !fog.Place.HasPoint {
		t.Errorf("%+v", fog)
	}
	if !fog.Created.Time.Equal(time.Date(2024, 1, 31, 10, 0, 0, 0, time.UTC)) || fog.Created.Zone != model.ZoneStated {
		t.Errorf("%+v", fog.Created)
	}
	here, and := p["2001_3001"], p["2001_3002"]
	if here.Refs != (model.Refs{ReplyTo: "facebook:1001_2001", Thread: "facebook:1001_2001"}) || here.Author.Name != "Bo" || and.Refs.ReplyTo != "facebook:2001_3001" || and.Refs.Thread != "facebook:1001_2001" || and.Kind != model.KindComment {
		t.Errorf("%+v %+v", here, and)
	}
	if p["1001_2002"].Kind != model.KindEvent || p["1001_2003"].Kind != model.KindMedia || p["1001_2003"].Counts.Likes != model.Known(5) {
		t.Errorf("%+v %+v", p["1001_2002"], p["1001_2003"])
	}
	if q := p["1001_2004"]; q.Kind != model.KindQuote || q.Refs.QuoteOf != "facebook:9_99" || q.Visibility != model.VisibilityPrivate || q.Author.Name != "Harbour News" {
		t.Errorf("%+v", q)
	}
	p = sample(t, "comments.json")
	if r := p["2001_3002"]; r == nil || r.Refs.ReplyTo != "facebook:2001_3001" || r.Refs.Thread != "facebook:1001_2001" {
		t.Errorf("%+v", r)
	}
}

func TestInstagram(t *testing.T) {
	p := sample(t, "media.json")
	fog := p["17900000000000001"]
	if fog.UID() != "instagram:17900000000000001" || fog.Author.Handle != "harbour.news" || len(fog.Media) != 2 || fog.Media[1].Type != "video" || fog.Counts.Likes != model.Known(7) || fog.Author.Followers != model.Known(9) {
		t.Errorf("%+v", fog)
	}
	c, r := p["17900000000000021"], p["17900000000000022"]
	if c.Refs != (model.Refs{ReplyTo: fog.UID(), Thread: fog.UID()}) || c.Author.NativeID != "@bo" || c.Mentions[0].Handle != "harbour.news" || r.Refs.ReplyTo != c.UID() || r.Refs.Thread != fog.UID() {
		t.Errorf("%+v %+v", c, r)
	}
	if p["17900000000000002"].Kind != model.KindMedia {
		t.Errorf("%+v", p["17900000000000002"])
	}
	p = posts(t, `{"data":[{"timestamp":"2024-01-31T10:00:00+0000","text":"hi","id":"17900000000000031"}],"paging":{"next":"https://graph.facebook.com/v11.0/17900000000000001/comments?limit=2"}}`)
	if c := p["17900000000000031"]; c.Refs.ReplyTo != "instagram:17900000000000001" || c.Refs.Thread != c.Refs.ReplyTo {
		t.Errorf("%+v", c)
	}
}

func TestMessages(t *testing.T) {
	p := posts(t, `{"id":"m_1","created_time":"2024-01-31T10:00:00+0000","from":{"id":"7","name":"Bo"},"to":{"data":[{"id":"8","name":"Page"}]},"message":"hello","attachments":{"data":[{"mime_type":"image/jpeg","file_url":"https://img.example/1"}]}}`)
	if m := p["m_1"]; m.UID() != "messenger:m_1" || m.Visibility != model.VisibilityDirect || m.Kind != model.KindMessage || m.Media[0].Type != "image" || m.Mentions[0].AccountID != "8" {
		t.Errorf("%+v", m)
	}
}

func TestCommentsInCommentsForEver(t *testing.T) {
	const levels = 5000
	text := strings.Repeat(`{"id":"1_2","created_time":"2024-01-31T10:00:00+0000","message":"a","comments":{"data":[`, levels) + strings.Repeat(`]}}`, levels)
	c, err := importertest.Read(t.Context(), graphapi.Format{}, "deep.json", []byte(text), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
}

func TestLargePage(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"data":[`)
	for i := range 40 {
		fmt.Fprintf(&s, `{"id":"1_%d","created_time":"2024-01-31T10:00:00+0000","message":"%s"},`, i, strings.Repeat("y", 20*i))
	}
	s.WriteString(`{"id":"1_41","created_time":"2024-01-31T10:00:00+0000","message":"last"}]}`)
	c, err := importertest.Read(t.Context(), graphapi.Format{}, "l.json", []byte(s.String()), importer.Options{MaxRecord: 500})
	if err != nil {
		t.Fatal(err)
	}
	if len(c.Records) != 41 || len(c.Rejects()) == 0 || len(c.Posts()) == 0 {
		t.Errorf("%d posts, %d rejected", len(c.Posts()), len(c.Rejects()))
	}
}

func FuzzRead(f *testing.F) {
	for _, name := range []string{"page.json", "comments.json", "media.json"} {
		f.Add(importertest.Case{File: "testdata/" + name}.Bytes(f))
	}
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, graphapi.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, graphapi.Format{}, importertest.Case{File: "testdata/media.json"}.Bytes(b), 2000)
}
