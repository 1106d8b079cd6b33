package phpbb_test

import (
	"reflect"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/importer/phpbb"
	"vedette/backend/model"
)

func TestFormat(t *testing.T) {
	importertest.Run(t, phpbb.Format{}, []importertest.Case{
		{Name: "topic", File: "testdata/topic.html", Accepted: 2, Golden: "testdata/topic.golden.json"},
		// A post without its end tags ends where the next one begins.
		{Name: "old style", File: "testdata/old.html", Accepted: 3, Golden: "testdata/old.golden.json", Partial: true},
		{Name: "list of topics", Data: []byte(`<body id="phpbb" class="section-viewforum"><ul class="topiclist topics"><li>x</li></ul>`), Refused: "lists topics"},
	})
}

// posts reads a sample and gives its posts by native id.
func posts(t *testing.T, file string, o importer.Options) (map[string]*model.Post, *importertest.Collected) {
	t.Helper()
	data := (importertest.Case{File: file}).Bytes(t)
	c, err := importertest.Read(t.Context(), phpbb.Format{}, file, data, o)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]*model.Post{}
	for _, p := range c.Posts() {
		out[p.NativeID] = p
	}
	return out, c
}

func TestTopic(t *testing.T) {
	p, c := posts(t, "testdata/topic.html", importer.Options{})
	one, two := p["forum.example/board/p101"], p["forum.example/board/p102"]
	if one.Text != "Red or blue? see\n\\o/" || one.Title != "Which boat?" || one.Kind != model.KindPost || one.URL != "https://forum.example/board/viewtopic.php?p=101#p101" {
		t.Errorf("first: %+v", one)
	}
	if one.Author.Handle != "Ann Rówer" || one.Author.NativeID != "forum.example/board/u8" || one.Created.Time.Hour() != 8 || one.Created.Zone != model.ZoneStated {
		t.Errorf("first: %+v", one)
	}
	if !reflect.DeepEqual(one.Links, []model.Link{{URL: "https://boats.example/?a=1&b=2"}}) || len(one.Media) != 1 || one.Refs.Thread != "phpbb:forum.example/board/t7" {
		t.Errorf("first: %+v", one)
	}
	if two.Kind != model.KindComment || two.Refs.ReplyTo != one.UID() || two.Author.NativeID != "forum.example/board/@guest <9>" || two.Created.Time.Hour() != 9 || !strings.HasSuffix(two.Text, "Red. 海") {
		t.Errorf("second: %+v", two)
	}
	if c.Assumed["forum"] != "" {
		t.Errorf("assumed %v", c.Assumed)
	}
}

func TestOldStyle(t *testing.T) {
	p, c := posts(t, "testdata/old.html", importer.Options{Zone: time.FixedZone("x", 3600)})
	a, b, d := p["old board/p55"], p["old board/p56"], p["old board/p57"]
	if a.Author.Handle != "Kai" || a.Created.Time.Hour() != 14 || a.Created.Zone != model.ZoneChosen || a.Text != "Wood." || a.Kind != model.KindComment || a.URL != "" {
		t.Errorf("first: %+v", a)
	}
	if b.Created.Original != "sabato 2 marzo, 15:10" || !b.Created.Time.IsZero() || b.Title != "Oars" {
		t.Errorf("second: %+v", b)
	}
	if d.Text != "behind missing end tags" || d.Created.Time.Minute() != 10 || c.Assumed["forum"] == "" || c.Assumed["dates"] == "" {
		t.Errorf("third: %+v, assumed %v", d, c.Assumed)
	}
}

func TestTooLong(t *testing.T) {
	data := `<body id="phpbb"><div id="p1" class="post"><div class="postbody"><div class="content">` + strings.Repeat("x ", 100<<10) + `</div></div></div><div id="p2" class="post"><div class="postbody"><div class="content">y</div></div></div>`
	c, err := importertest.Read(t.Context(), phpbb.Format{}, "a.html", []byte(data), importer.Options{MaxRecord: 1000})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(data), c)
	if r := c.Rejects(); len(r) != 1 || r[0].Code != importer.RejectTooLong || len(c.Posts()) != 1 {
		t.Errorf("%d posts, rejected %v", len(c.Posts()), r)
	}
}

func FuzzRead(f *testing.F) {
	for _, file := range []string{"testdata/topic.html", "testdata/old.html"} {
		f.Add((importertest.Case{File: file}).Bytes(f))
	}
	f.Add([]byte(`<div id=p1 class=post><h3>Re:</h3><p class=author>» 0001-01-01 00:00<div class=content><cite><a href="?p=1">`))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, phpbb.Format{}, data) })
}

func BenchmarkRead(b *testing.B) {
	importertest.Bench(b, phpbb.Format{}, (importertest.Case{File: "testdata/topic.html"}).Bytes(b), 2000)
}
