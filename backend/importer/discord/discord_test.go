package discord_test

import (
	"fmt"
	"strings"
	"testing"

	"vedette/backend/importer"
	"vedette/backend/importer/discord"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, discord.Format{}, []importertest.Case{
		{Name: "channel", File: "testdata/general.json", Accepted: 6, Rejected: 1, Golden: "testdata/general.golden.json"},
		{Name: "direct", File: "testdata/direct.json", Accepted: 2, Golden: "testdata/direct.golden.json"},
		{Name: "empty", Data: []byte(`{"guild":{"id":"1"},"channel":{"id":"2","type":"GuildTextChat"},"messages":[],"messageCount":0}`)},
	})
}

// posts reads text and gives its posts by native id.
func posts(t *testing.T, text string, o importer.Options) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	c, err := importertest.Read(t.Context(), discord.Format{}, "general.json", []byte(text), o)
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(text), c)
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestChannel(t *testing.T) {
	p, c := posts(t, string((importertest.Case{File: "testdata/general.json"}).Bytes(t)), importer.Options{})
	const id = "10000000000000000"
	if e := p[id+"1"]; e.Kind != model.KindEvent || e.Text != "Joined the server." || e.Author.Handle != "ada.quay" || e.Author.Name != "Ada" {
		t.Errorf("event: %+v", e)
	}
	m := p[id+"2"]
	if m.Kind != model.KindMessage || m.Counts.Likes != model.Known(3) || m.Created.Time.Hour() != 9 || m.Edited.Time.Minute() != 5 || m.Visibility != model.VisibilityPrivate {
		t.Errorf("message: %+v", m)
	}
	if m.Media[0].Alt != "timetable.pdf" || m.Links[0].Title != "Times" || m.Mentions[0] != (model.Mention{Handle: "bo", AccountID: "502"}) || m.URL != "https://discord.com/channels/9001/8001/"+id+"2" {
		t.Errorf("message: %+v", m)
	}
	if r := p[id+"3"]; r.Refs.ReplyTo != "discord:"+id+"2" || r.Counts.Likes != model.Known(0) || r.CapturedAt.Time.Day() != 5 {
		t.Errorf("reply: %+v", r)
	}
	if s := p[id+"4"]; s.Kind != model.KindMedia || s.Media[0].Alt != "wave" || !s.Counts.Likes.IsZero() {
		t.Errorf("sticker: %+v", s)
	}
	if s := p[id+"5"]; !s.Author.DeclaredBot || s.Text != "High water\n12:40\nPier\n3" || s.Kind != model.KindMessage {
		t.Errorf("bot: %+v", s)
	}
	if s := p[id+"6"]; s.Kind != model.KindRepost || s.Refs.RepostOf != "discord:90" || s.Text != "Fog until ten" {
		t.Errorf("forwarded: %+v", s)
	}
	if c.Fields["novelty"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown %v", c.Fields)
	}
	d, _ := posts(t, string((importertest.Case{File: "testdata/direct.json"}).Bytes(t)), importer.Options{})
	if x := d["200000000000000001"]; x.Visibility != model.VisibilityDirect || x.URL != "https://discord.com/channels/@me/8002/200000000000000001" {
		t.Errorf("direct: %+v", x)
	}
}

func TestLargeChannel(t *testing.T) {
	var s strings.Builder
	s.WriteString(`{"guild":{"id":"1"},"channel":{"id":"2","type":"GuildPublicThread"},"messages":[`)
	for i := range 40 {
		if i > 0 {
			s.WriteString(",\n")
		}
		fmt.Fprintf(&s, `{"id":"%d","type":"Default","content":%q}`, i+1, strings.Repeat("y", 20*i))
	}
	s.WriteString(`]}`)
	p, c := posts(t, s.String(), importer.Options{MaxRecord: 600})
	if len(c.Records) != 40 || len(c.Rejects()) == 0 || p["2"].Refs.Thread != "discord:2" {
		t.Errorf("%d posts, %d rejected, %+v", len(c.Posts()), len(c.Rejects()), p["2"])
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`{"guild":{"id":"1"},"channel":{"id":"2","type":"DirectTextChat"},"messages":[{"id":"1","type":"Reply","content":"a","reference":{"messageId":"2"},"embeds":[{"title":"x"}]},{"id":"2"`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, discord.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, discord.Format{}, (importertest.Case{File: "testdata/general.json"}).Bytes(b), 2000)
}
