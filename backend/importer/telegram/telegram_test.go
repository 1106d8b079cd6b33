package telegram_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/telegram"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, telegram.Format{}, []importertest.Case{
		{Name: "chat", File: "testdata/chat.json", Accepted: 8, Rejected: 1, Golden: "testdata/chat.golden.json"},
		{Name: "export", File: "testdata/export.json", Accepted: 4, Golden: "testdata/export.golden.json"},
		{Name: "telethon", File: "testdata/telethon.jsonl", Accepted: 6, Golden: "testdata/telethon.golden.json"},
		{Name: "empty", Data: []byte(`{"name":"Nobody","type":"personal_chat","id":7,"messages":[]}`)},
		{Name: "contacts", Data: []byte(`{"about":"From Telegram","contacts":{"list":[]}}`), Refused: "without chats"},
	})
}

func TestHTML(t *testing.T) {
	importertest.Run(t, telegram.HTML{}, []importertest.Case{
		{Name: "page", File: "testdata/messages.html", Accepted: 5, Golden: "testdata/messages.golden.json"},
		{Name: "lists", Data: []byte(`<html><title>Exported Data</title><div class="page_wrap list_page">`), Refused: "messages.html"},
	})
}

// posts reads text and gives its posts by native id.
func posts(t *testing.T, f importer.Format, file string, o importer.Options) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), f, "result.json", data, o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestChat(t *testing.T) {
	p, c := posts(t, telegram.Format{}, "testdata/chat.json", importer.Options{})
	const in = "channel1500000001/"
	if e := p[in+"1"]; e.Kind != model.KindEvent || e.Text != "invite members: Bo Pier, Cy Dock" || e.Author.NativeID != "user101" || e.Created.Zone != model.ZoneStated {
		t.Errorf("event: %+v", e)
	}
	m := p[in+"2"]
	if m.Text != "Ferry is late #ferry see https://harbour.example/times or the board @bopier 🚢" || m.Counts.Likes != model.Known(5) || m.Edited.Time.Unix() != 1709283900 {
		t.Errorf("message: %+v", m)
	}
	if len(m.Hashtags) != 1 || m.Hashtags[0] != "ferry" || m.Mentions[0].Handle != "bopier" || m.Links[1] != (model.Link{URL: "https://harbour.example/board", Title: "the board"}) {
		t.Errorf("parts of a text: %+v", m)
	}
	if m.Visibility != model.VisibilityPublic || m.URL != "https://t.me/c/1500000001/2" || !m.Counts.Views.IsZero() {
		t.Errorf("message: %+v", m)
	}
	if r := p[in+"3"]; r.Refs.ReplyTo != "telegram:"+in+"2" || r.Text != `Again? "Really"` {
		t.Errorf("reply: %+v", r)
	}
	if x := p[in+"4"]; x.Kind != model.KindMedia || x.Media[0].Type != "image" || x.Author.NativeID != "user103" || x.Author.Name != "" {
		t.Errorf("photo of a deleted account: %+v", x)
	}
	if x := p[in+"5"]; x.Kind != model.KindMedia || x.Media[0] != (model.Media{Type: "image", Alt: "⚓"}) {
		t.Errorf("sticker: %+v", x)
	}
	if x := p[in+"6"]; x.Kind != model.KindRepost || x.Mentions[0].Handle != "Port Authority" {
		t.Errorf("forwarded: %+v", x)
	}
	if x := p[in+"7"]; x.Text != "Wait?\n• Yes\n• No" || x.Created.Zone != model.ZoneAssumed || x.Author.NativeID != "channel77" {
		t.Errorf("poll: %+v", x)
	}
	if x := p[in+"8"].Place; x.Name != "Pier 3" || x.Lat != 53.54 || x.Provenance != model.ProvenanceDeclared {
		t.Errorf("place: %+v", x)
	}
	if c.Fields["novelty"] != 1 || len(c.Fields) != 1 || c.Assumed["zone"] != "UTC" {
		t.Errorf("unknown %v, assumed %v", c.Fields, c.Assumed)
	}
}

func TestExportOfAllChats(t *testing.T) {
	p, _ := posts(t, telegram.Format{}, "testdata/export.json", importer.Options{})
	if x := p["user102/12"]; x.Visibility != model.VisibilityDirect || x.Author.NativeID != "user101" || x.URL != "" {
		t.Errorf("personal: %+v", x)
	}
	if x := p["chat5/13"]; x.Visibility != model.VisibilityPrivate || x.Kind != model.KindMessage {
		t.Errorf("group: %+v", x)
	}
	if x := p["channel77/14"]; x.Visibility != model.VisibilityPublic || x.Kind != model.KindPost {
		t.Errorf("channel: %+v", x)
	}
}

func TestTelethon(t *testing.T) {
	p, c := posts(t, telegram.Format{}, "testdata/telethon.jsonl", importer.Options{})
	x := p["channel77/45"]
	if x.Hashtags[0] != "harbour" || len(x.Links) != 1 || x.Links[0].URL != "https://port.example/fog" || x.URL != "https://t.me/portnews/45" {
		t.Errorf("entities: %+v", x)
	}
	if x.Counts != (model.Counts{Views: model.Known(1200), Shares: model.Known(7), Comments: model.Known(2), Likes: model.Known(5)}) || x.Author.NativeID != "channel77" || x.Kind != model.KindPost {
		t.Errorf("post: %+v", x)
	}
	y := p["channel77/46"]
	if y.Refs != (model.Refs{RepostOf: "telegram:channel88/9", ReplyTo: "telegram:channel77/45"}) || y.Kind != model.KindRepost || !y.Counts.Views.IsZero() || !y.Author.DeclaredBot {
		t.Errorf("forwarded: %+v", y)
	}
	if z := p["chat5/47"]; z.Kind != model.KindEvent || z.Text != "ChatAddUser" || z.Created.Zone != model.ZoneAssumed {
		t.Errorf("event: %+v", z)
	}
	if z := p["user102/48"]; z.Kind != model.KindMedia || z.Media[0] != (model.Media{Type: "audio", Alt: "note.ogg"}) || z.Visibility != model.VisibilityDirect {
		t.Errorf("voice: %+v", z)
	}
	if z := p["channel77/49"]; z.Text != "Sail?\n• Yes\n• No" || z.Created.Time.Unix() != 1709460200 || z.Edited.Time.UnixMilli() != 1709460300500 {
		t.Errorf("poll: %+v", z)
	}
	if z := p["channel77/50"]; z.Place.Name != "Pier 3" || z.Place.Lon != 9.9 || z.Kind != model.KindMedia {
		t.Errorf("place: %+v", z)
	}
	if c.Fields["telethon.surprise"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown: %v", c.Fields)
	}
}

func TestPages(t *testing.T) {
	p, c := posts(t, telegram.HTML{}, "testdata/messages.html", importer.Options{})
	const in = "name:Harbour & watch/"
	if x := p[in+"2"]; x.Text != "Ferry is late\nagain <sigh> times" || x.Author.Name != "Ada Quay" || x.Created.Time.Hour() != 9 || x.Created.Zone != model.ZoneStated || len(x.Links) != 1 {
		t.Errorf("message: %+v", x)
	}
	if x := p[in+"3"]; x.Author.Name != "Ada Quay" || x.Refs.ReplyTo != "telegram:"+in+"2" || x.Created.Zone != model.ZoneAssumed || x.Text != "Sorry 🚢" {
		t.Errorf("joined: %+v", x)
	}
	if x := p[in+"4"]; x.Kind != model.KindMedia || x.Media[0].URL != "photos/photo_1.jpg" {
		t.Errorf("photo: %+v", x)
	}
	if x := p[in+"5"]; x.Kind != model.KindRepost || x.Author.Name != "Bo Pier" || x.Mentions[0].Handle != "Port Authority" || x.Created.Time.Day() != 1 {
		t.Errorf("forwarded: %+v", x)
	}
	if x := p[in+"1"]; x.Kind != model.KindEvent || x.Text != "Ada Quay invited Bo Pier" {
		t.Errorf("event: %+v", x)
	}
	if c.Assumed["visibility"] == "" {
		t.Errorf("assumed %v", c.Assumed)
	}
}

// TestLarge reads chats above the limit of one record, alone and in an export of
// all chats: their messages are read one by one, with their places in the file.
func TestLarge(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"name":"Long","type":"public_channel","id":9,"messages":[`)
	for i := range 40 {
		if i > 0 {
			s.WriteString(",\n")
		}
		fmt.Fprintf(&s, `{"id":%d,"type":"message","date":"2024-03-01T10:00:00","date_unixtime":"1709283600","text":%q}`, i+1, strings.Repeat("y", 20*i))
	}
	s.WriteString(`]}`)
	small := `{"name":"Short","type":"private_group","id":3,"messages":[{"id":1,"type":"message","date":"2024-03-01T10:00:00","text":"x"}]}`
	for name, text := range map[string]string{
		"one chat":  s.String(),
		"all chats": `{"about":"Telegram","chats":{"about":"x","list":[` + small + ", " + s.String() + `]}}`,
	} {
		c, err := importertest.Read(t.Context(), telegram.Format{}, "result.json", []byte(text), importer.Options{MaxRecord: 600})
		if err != nil {
			t.Fatal(err)
		}
		importertest.CheckRecords(t, []byte(text), c)
		if len(c.Posts()) == 0 {
			t.Fatalf("%s: no posts; rejected: %+v", name, c.Rejects()[0])
		}
		first := c.Posts()[len(c.Posts())-1]
		if got := len(c.Posts()) + len(c.Rejects()); got != 40 && got != 41 || len(c.Rejects()) != 14 || !strings.HasPrefix(first.NativeID, "channel9/") || first.Visibility != model.VisibilityPublic {
			t.Errorf("%s: %d posts, %d rejected, last %s", name, len(c.Posts()), len(c.Rejects()), first.NativeID)
		}
	}
}

// TestHostilePage reads pages that were made to take long.
func TestHostilePage(t *testing.T) {
	for name, text := range map[string]string{
		"name":  `<div class="page_wrap"><div class="text bold">` + strings.Repeat("a<!-- -->", 200000),
		"texts": `<div class="message default" id="message1">` + strings.Repeat(`<div class="text">aaaaaaaaaaaaaaaa</div>`, 100000) + `</div>`,
		"depth": `<div class="message default" id="message1">` + strings.Repeat(`<div class="forwarded body">`, 200000),
	} {
		begin := time.Now()
		c, err := importertest.Read(t.Context(), telegram.HTML{}, "messages.html", []byte(text), importer.Options{})
		if err != nil || time.Since(begin) > 20*time.Second {
			t.Errorf("%s: %d records in %v: %v", name, len(c.Records), time.Since(begin), err)
		}
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"name":"a","type":"private_group","id":1,"messages":[{"id":1,"type":"message","date":"2024-01-01T00:00:00","text":["a",{"type":"link","text":"b"}]},{"id":2,"type":"service","date":"x"}]}`))
	f.Add([]byte(`{"_type":"Message","id":1,"peer_id":{"channel_id":2},"message":"a","entities":[{"_type":"MessageEntityUrl","offset":0,"length":1}]}`))
	f.Add([]byte(`{"chats":{"list":[{"messages":[{"id":1,"type":"message"}]}]}}`))
	f.Add([]byte(`<div class="page_wrap"><div class="message default" id="message1"><div class="text">a</div></div><div class="message"`))
	f.Fuzz(func(t *testing.T, data []byte) {
		importertest.Fuzz(t, telegram.Format{}, data)
		importertest.Fuzz(t, telegram.HTML{}, data)
	})
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, telegram.Format{}, (importertest.Case{File: "testdata/telethon.jsonl"}).Bytes(b), 5000)
}

func BenchmarkHTML(b *testing.B) {
	importertest.Bench(b, telegram.HTML{}, (importertest.Case{File: "testdata/messages.html"}).Bytes(b), 2000)
}
