package slack_test

import (
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/slack"
	"vedette/backend/model"
)

// beside are the lists of an export.
var beside = map[string][]byte{
	"../users.json": []byte(`[{"id":"U0000ADA1","name":"ada","real_name":"Ada Quay","is_bot":false,"profile":{"display_name":"Ada"}},
		{"id":"U0000BO22","name":"bo","profile":{"display_name":"","real_name":"Bo Pier"}}]`),
	"../channels.json": []byte(`[{"id":"C000HARB1","name":"harbour","members":[]},{"id":"C000DOCK1","name":"docks"}]`),
	"../dms.json":      []byte(`[{"id":"D00000001","members":["U0000ADA1","U0000BO22"]}]`),
}

func TestFormat(t *testing.T) {
	importertest.Run(t, slack.Format{}, []importertest.Case{
		{Name: "day", File: "testdata/day.json", Path: "export/harbour/2024-03-01.json", Beside: beside, Accepted: 5, Rejected: 1, Golden: "testdata/day.golden.json"},
		{Name: "history", File: "testdata/history.json", Accepted: 2, Golden: "testdata/history.golden.json"},
		{Name: "search", Data: []byte(`{"ok":true,"query":"fog","messages":{"total":1,"matches":[{"type":"message","user":"U0000BO22","username":"bo","ts":"1709370000.000100","text":"fog","channel":{"id":"C000HARB1","name":"harbour"},"permalink":"https://x.slack.example/p1"}]}}`), Accepted: 1},
		{Name: "nothing", Data: []byte(`{"ok":true,"messages":[],"has_more":false}`)},
		{Name: "users", Data: beside["../users.json"], Refused: "users"},
		{Name: "channels", Data: []byte(`[{"id":"C000HARB1","name":"harbour","created":1,"members":[]}]`), Refused: "channels"},
		{Name: "log", Data: []byte(`[{"service_type":"Bot","change_type":"added","user_name":"ada","date":"1"}]`), Refused: "apps"},
		{Name: "members", Data: []byte(`{"ok":true,"members":[{"id":"U1"}]}`), Refused: "list"},
	})
}

// posts reads a file of an export and gives its posts by time.
func posts(t *testing.T, path string, data []byte, lists map[string][]byte) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	f := importertest.FileOf(path, data)
	f.Beside = func(name string) (importer.File, bool) {
		b, ok := lists[name]
		return importertest.FileOf(name, b), ok
	}
	c, err := importertest.ReadFile(t.Context(), slack.Format{}, f, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestDay(t *testing.T) {
	data := (importertest.Case{File: "testdata/day.json"}).Bytes(t)
	p, c := posts(t, "export/harbour/2024-03-01.json", data, beside)
	const in = "C000HARB1/"
	if e := p[in+"1709283600.000100"]; e.Kind != model.KindEvent || e.Text != "@Ada has joined the channel" || e.Author.Handle != "ada" || e.Visibility != model.VisibilityUnlisted {
		t.Errorf("event: %+v", e)
	}
	m := p[in+"1709283660.000200"]
	if m.Text != "Ferry & fog <late>: times https://port.example @Bo Pier #docks @here :ship:" || m.Edited.Time.Unix() != 1709283900 || m.Refs.Thread != "slack:"+in+"1709283660.000200" || m.Refs.ReplyTo != "" {
		t.Errorf("message: %+v", m)
	}
	if m.Links[0] != (model.Link{URL: "https://harbour.example/times", Title: "times"}) || m.Mentions[0] != (model.Mention{AccountID: "U0000BO22", Handle: "Bo Pier"}) || m.Counts.Likes != model.Known(3) || m.Counts.Comments != model.Known(2) {
		t.Errorf("message: %+v", m)
	}
	if m.Created.Time.UnixMicro() != 1709283660000200 || m.Created.Zone != model.ZoneStated {
		t.Errorf("instant: %+v", m.Created)
	}
	if r := p[in+"1709283720.000300"]; r.Refs.ReplyTo != "slack:"+in+"1709283660.000200" || r.Author.Name != "Bo Pier" || !r.Counts.Likes.IsZero() {
		t.Errorf("reply: %+v", r)
	}
	if f := p[in+"1709283780.000400"]; f.Kind != model.KindMedia || f.Author.Name != "Cy Dock" || strings.Contains(f.Media[0].URL, "secret") || f.Media[0].Type != "image" {
		t.Errorf("file: %+v", f)
	}
	if x := p[in+"1709283840.000500"]; !x.Author.DeclaredBot || x.Author.Name != "tidebot" || x.Text != "High water\n12:40 at the quay" || x.Kind != model.KindMessage {
		t.Errorf("bot: %+v", x)
	}
	if c.Fields["novelty"] != 1 || len(c.Fields) != 1 {
		t.Errorf("unknown %v", c.Fields)
	}
}

func TestPlaces(t *testing.T) {
	data := []byte(`[{"type":"message","user":"U0000ADA1","text":"hi <@U0000BO22>","ts":"1709283600.000100"}]`)
	p, c := posts(t, "export/harbour/2024-03-01.json", data, nil)
	if m := p["harbour/1709283600.000100"]; m == nil || m.Visibility != model.VisibilityPrivate || m.Text != "hi @U0000BO22" || c.Assumed["names"] == "" {
		t.Errorf("without lists: %+v, assumed %v", p, c.Assumed)
	}
	p, _ = posts(t, "export/D00000001/2024-03-01.json", data, beside)
	if m := p["D00000001/1709283600.000100"]; m == nil || m.Visibility != model.VisibilityDirect {
		t.Errorf("direct: %+v", p)
	}
	p, _ = posts(t, "folder/page.json", (importertest.Case{File: "testdata/history.json"}).Bytes(t), nil)
	if m := p["1709370000.000100"]; m == nil || m.Text != "1 < 2 & <not closed" {
		t.Errorf("page: %+v", p)
	}
	if m := p["1709370060.000100"]; m.Kind != model.KindEvent {
		t.Errorf("topic: %+v", m)
	}
}

// TestHostileMarkup reads a text full of brackets that never close.
func TestHostileMarkup(t *testing.T) {
	text := `[{"type":"message","user":"U1","ts":"1709283600.000100","text":"` + strings.Repeat("<", 2<<20) + strings.Repeat("<aaaaaaaa", 100000) + `"}]`
	begin := time.Now()
	p, _ := posts(t, "x.json", []byte(text), nil)
	if len(p) != 1 || time.Since(begin) > 20*time.Second {
		t.Errorf("%d posts in %v", len(p), time.Since(begin))
	}
}

func FuzzRead(f *testing.F) {
	f.Add([]byte(`[{"type":"message","user":"U1","text":"<@U1> <http://a|b> &lt; <<","ts":"1709283600.000100","files":[{"name":"a"}]}]`))
	f.Add([]byte(`{"ok":true,"messages":[{"ts":"1.000000","subtype":"x","attachments":[{"text":"<"}]}`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, slack.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, slack.Format{}, (importertest.Case{File: "testdata/day.json"}).Bytes(b), 2000)
}
