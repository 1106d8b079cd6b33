package feeds

import (
	"errors"
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/importer"
	"vedette/backend/importer/importertest"
	"vedette/backend/model"
)

func TestConformance(t *testing.T) {
	importertest.Run(t, Format{}, []importertest.Case{
		{Name: "wordpress", File: "testdata/wordpress.rss", Accepted: 3, Golden: "testdata/wordpress.golden.json", Partial: true},
		{Name: "youtube", File: "testdata/youtube.atom", Accepted: 1, Golden: "testdata/youtube.golden.json", Partial: true},
		{Name: "forum", File: "testdata/forum.atom", Accepted: 2, Golden: "testdata/forum.golden.json", Partial: true},
		{Name: "json", File: "testdata/notes.json", Accepted: 2, Golden: "testdata/notes.golden.json", Partial: true},
		{Name: "rdf", File: "testdata/rdf.xml", Accepted: 1, Golden: "testdata/rdf.golden.json", Partial: true},
	})
}

func read(t *testing.T, doc string) *importertest.Collected {
	t.Helper()
	got, err := importertest.Read(t.Context(), Format{}, "feed.xml", []byte(doc), importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, []byte(doc), got)
	return got
}

const rssHead = `<rss version="2.0"><channel><title>Site</title><link>https://www.site.example/</link>`

func TestFieldsOfAnArticle(t *testing.T) {
	c := importertest.Case{File: "testdata/wordpress.rss"}
	got := read(t, string(c.Bytes(t)))
	p := got.Posts()[0]
	if p.Text != "The first ferry was late.\n\nSee the plan." && p.Text != "The first ferry was late.\nSee the plan." {
		t.Errorf("text %q", p.Text)
	}
	if p.PageType != model.PageBlog || p.Kind != model.KindArticle || p.PlatformLang != "en-GB" || p.Title != "Ferry & tide: what changed" {
		t.Errorf("%+v", p)
	}
	if p.Author.UID() != "feed:harbour.example/jana ø." || fmt.Sprint(p.Hashtags) != "[Transport ferry]" || p.Counts.Comments != model.Known(12) {
		t.Errorf("author %s, tags %v, counts %+v", p.Author.UID(), p.Hashtags, p.Counts)
	}
	if len(p.Media) != 2 || p.Media[0].Type != "audio" || p.Media[1].Type != "image" || p.Media[1].Alt != "The ferry" {
		t.Errorf("media %+v", p.Media)
	}
	if !p.Place.HasPoint || p.Place.Lat != 59.91 || p.Place.Lon != 10.75 {
		t.Errorf("place %+v", p.Place)
	}
	second, third := got.Posts()[1], got.Posts()[2]
	if second.Author.UID() != "feed:harbour.example" || second.Author.Name != "Harbour Notes" {
		t.Errorf("the site as author: %+v", second.Author)
	}
	if second.Created.Zone != model.ZoneAssumed || got.Assumed["zone"] != "UTC" || got.Fields["oddity"] != 1 {
		t.Errorf("created %+v, assumed %v, unknown %v", second.Created, got.Assumed, got.Fields)
	}
	if !third.Created.Time.IsZero() || third.Created.Original != "last Tuesday" || !strings.HasPrefix(third.NativeID, "content-") {
		t.Errorf("%+v", third)
	}
}

func TestPageTypes(t *testing.T) {
	for doc, want := range map[string]model.PageType{
		`<generator>Discourse</generator>`:                                        model.PageForum,
		`<generator>Mastodon v4</generator>`:                                      model.PageSocial,
		`<generator>Blogger</generator>`:                                          model.PageBlog,
		`<generator>Acme CMS</generator>`:                                         model.PageNews,
		`<generator>WordPress</generator><item><s:comments>2</s:comments></item>`: model.PageBlog,
		`<item><s:comments>2</s:comments></item>`:                                 model.PageForum,
	} {
		item := ""
		if !strings.Contains(doc, "<item>") {
			item = "<item><title>x</title></item>"
		}
		got := read(t, strings.Replace(rssHead, "<rss", `<rss xmlns:s="http://purl.org/rss/1.0/modules/slash/"`, 1)+doc+item+`</channel></rss>`)
		if p := got.Posts()[0]; p.PageType != want {
			t.Errorf("%s: %s, want %s", doc, p.PageType, want)
		}
	}
}

func TestBrokenItemsCostOnlyThemselves(t *testing.T) {
	doc := rssHead + `<item><title>one</title><guid>1</guid></item><item><title>two <b <<< </title><guid>2</guid></item>
<item><title>three` + "\x01" + ` &nbsp; &bogus; a & b</title><guid>3</guid></item></channel></rss>`
	got := read(t, doc)
	var ids []string
	for _, p := range got.Posts() {
		ids = append(ids, p.NativeID)
	}
	if len(got.Records) != 3 || ids[0] != "1" || ids[len(ids)-1] != "3" {
		t.Errorf("%d records, posts %v", len(got.Records), ids)
	}
	for _, cut := range []string{"</rss>", "</channel></rss>", "</item></channel></rss>"} {
		got := read(t, strings.TrimSuffix(doc, cut))
		if len(got.Records) != 3 || len(got.Posts()) == 0 || got.Posts()[0].NativeID != "1" {
			t.Errorf("without %s: %d records", cut, len(got.Records))
		}
	}
	cut := read(t, rssHead+`<item><guid>1</guid></item><item><guid>2</gu`)
	if r := cut.Rejects(); len(cut.Posts()) != 1 || len(r) != 1 || r[0].Code != "truncated" {
		t.Errorf("cut off: %d posts, rejects %+v", len(cut.Posts()), r)
	}
}

func TestEntitiesAreRefused(t *testing.T) {
	bomb := `<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>` + rssHead + `<item><title>&b;</title></item></channel></rss>`
	for _, doc := range []string{bomb, strings.Replace(bomb, "ENTITY", "entity", 2), strings.Replace(bomb, "]>", "", 1), strings.Replace(bomb, "<!DOCTYPE rss [", "", 1)} {
		_, err := importertest.Read(t.Context(), Format{}, "bomb.xml", []byte(doc), importer.Options{})
		var f *model.Fault
		if !errors.As(err, &f) || f.Code != "feed_entities" {
			t.Errorf("got %v", err)
		}
	}
	harmless := `<!DOCTYPE rss [<!ELEMENT x ANY>]>` + rssHead + `<item><title><![CDATA[<!ENTITY]]></title></item></channel></rss>`
	if got := read(t, harmless); len(got.Posts()) != 1 {
		t.Error("a DOCTYPE without entities costs the feed")
	}
}

func TestDepthIsCapped(t *testing.T) {
	doc := rssHead + "<item><description>" + strings.Repeat("<x>", maxDepth) + "</description></item></channel></rss>"
	_, err := importertest.Read(t.Context(), Format{}, "deep.xml", []byte(doc), importer.Options{})
	var f *model.Fault
	if !errors.As(err, &f) || f.Code != "feed_unreadable" {
		t.Errorf("got %v", err)
	}
}

func TestZones(t *testing.T) {
	oslo, err := time.LoadLocation("Europe/Oslo")
	if err != nil {
		t.Fatal(err)
	}
	for date, want := range map[string]struct {
		instant string
		zone    model.ZoneBasis
	}{
		"Mon, 01 Jul 2024 12:00:00 EST":          {"2024-07-01T17:00:00Z", model.ZoneStated},
		"Mon, 01 Jul 2024 12:00:00 GMT":          {"2024-07-01T12:00:00Z", model.ZoneStated},
		"2024-07-01T12:00:00-05:00":              {"2024-07-01T17:00:00Z", model.ZoneStated},
		"2024-07-01 12:00:00":                    {"2024-07-01T10:00:00Z", model.ZoneChosen},
		"2024-07-01":                             {"2024-06-30T22:00:00Z", model.ZoneChosen},
		"Mon, 01 Jul 2024 12:00:00 IST":          {"", ""},
		"Mon, 01 Jul 2024 12:00:00 +0200 (CEST)": {"", ""}, // gofeed does not read the comment
		"soon":                                   {"", ""},
	} {
		doc := rssHead + "<item><guid>1</guid><pubDate>" + date + "</pubDate></item></channel></rss>"
		got, err := importertest.Read(t.Context(), Format{}, "x", []byte(doc), importer.Options{Zone: oslo})
		if err != nil {
			t.Fatal(err)
		}
		in := got.Posts()[0].Created
		have := ""
		if !in.Time.IsZero() {
			have = in.Time.Format(time.RFC3339)
		}
		if have != want.instant && want.instant != "" || in.Zone != want.zone && want.instant != "" || in.Original != date {
			t.Errorf("%s: %+v", date, in)
		}
		if want.instant == "" && in.Zone == model.ZoneAssumed {
			t.Errorf("%s: a zone was assumed: %+v", date, in)
		}
	}
}

func TestDeclaredCharset(t *testing.T) {
	doc := []byte("<?xml version='1.0' encoding='koi8-r'?>" + rssHead + "<item><guid>1</guid><title>\xd0\xd2\xc9\xd7\xc5\xd4</title></item></channel></rss>")
	got, err := importertest.Read(t.Context(), Format{}, "x", doc, importer.Options{})
	if err != nil {
		t.Fatal(err)
	}
	importertest.CheckRecords(t, doc, got)
	if p := got.Posts()[0]; p.Title != "привет" {
		t.Errorf("title %q", p.Title)
	}
	if !got.Records[0].Locator.HasRange() {
		t.Error("no byte range in a single-byte character set")
	}
}

func FuzzFeed(f *testing.F) {
	for _, name := range []string{"wordpress.rss", "youtube.atom", "forum.atom", "notes.json", "rdf.xml"} {
		f.Add(importertest.Case{File: "testdata/" + name}.Bytes(f))
	}
	f.Add([]byte(rssHead + `<item><guid>1</guid><item><guid>2</gu`))
	f.Add([]byte("\xff\xfe<\x00r\x00s\x00s\x00>\x00"))
	f.Fuzz(func(t *testing.T, data []byte) { importertest.Fuzz(t, Format{}, data) })
}

func BenchmarkFeed(b *testing.B) {
	importertest.Bench(b, Format{}, importertest.Case{File: "testdata/wordpress.rss"}.Bytes(b), 1)
}

func TestBrokenMarkupIsPassedOver(t *testing.T) {
	// A start tag that never ends stops any XML parser; the next item is found.
	doc := rssHead + `<item><guid>1</guid></item><item><guid>2</guid><title <</item>` + strings.Repeat(`<item><guid>3</guid><a b='></item>`, 3) + `<item><guid>4</guid></item></channel></rss>`
	got := read(t, doc)
	if p := got.Posts(); len(p) == 0 || p[0].NativeID != "1" || len(got.Rejects()) == 0 {
		t.Errorf("%d posts, %d rejects", len(p), len(got.Rejects()))
	}
	doc = rssHead + `<item><guid>1</guid></item><item><guid>2</guid></1></item><item><guid>3</guid></item></channel></rss>`
	got = read(t, doc)
	if p := got.Posts(); len(p) < 2 || p[len(p)-1].NativeID != "3" {
		t.Errorf("behind a bad end tag: %d posts, rejects %+v", len(p), got.Rejects())
	}
}
