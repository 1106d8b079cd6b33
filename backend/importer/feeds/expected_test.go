package feeds

import (
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"github.com/mmcdole/gofeed"
	"github.com/mmcdole/gofeed/atom"
	gojson "github.com/mmcdole/gofeed/json"
	"github.com/mmcdole/gofeed/rss"

	"vedette/backend/model"
)

// expectation reads what is expected of a published feed: a feed of any kind, in
// the shape of that kind or in the one that all kinds are translated to.
func expectation(t *testing.T, kind, name string) *gofeed.Feed {
	t.Helper()
	b, err := os.ReadFile(name)
	if err != nil {
		return nil
	}
	var feed any
	var translator gofeed.Translator
	switch kind {
	case "parser/rss":
		feed, translator = &rss.Feed{}, &gofeed.DefaultRSSTranslator{}
	case "parser/atom":
		feed, translator = &atom.Feed{}, &gofeed.DefaultAtomTranslator{}
	case "parser/json":
		feed, translator = &gojson.Feed{}, &gofeed.DefaultJSONTranslator{}
	default:
		feed = &gofeed.Feed{}
	}
	if err := json.Unmarshal(b, feed); err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	if translator == nil {
		return feed.(*gofeed.Feed)
	}
	out, err := translator.Translate(feed)
	if err != nil {
		t.Fatalf("%s: %v", name, err)
	}
	return out
}

// TestPublishedFeedsSayWhatIsExpected compares every item with the expectations
// that come with the feeds, field by field.
func TestPublishedFeedsSayWhatIsExpected(t *testing.T) {
	root := realData(t, "feeds/gofeed")
	files, compared := 0, 0
	walkFeeds(t, root, func(name, rel string) {
		rel = filepath.ToSlash(rel)
		parts := strings.Split(rel, "/")
		ext := filepath.Ext(name)
		want := strings.TrimSuffix(name, ext) + ".json"
		if ext == ".json" {
			want = strings.TrimSuffix(name, ext) + "_expected.json"
		}
		feed := expectation(t, parts[0]+"/"+parts[1], want)
		if feed == nil {
			return
		}
		files++
		got, err := readFeed(t, name)
		if err != nil {
			if len(feed.Items) > 0 {
				t.Errorf("%s: %v", rel, err)
			}
			return
		}
		posts := got.Posts()
		if len(posts) != len(feed.Items) {
			t.Errorf("%s: %d posts, %d rejected, want %d", rel, len(posts), len(got.Rejects()), len(feed.Items))
			return
		}
		for i, w := range feed.Items {
			compared++
			if strings.HasSuffix(rel, "item_illegal_char.xml") {
				w.Title = "ab cd" // what XML does not allow is a space here, so that every item keeps its place
			}
			for _, d := range differences(posts[i], w) {
				t.Errorf("%s item %d: %s", rel, i, d)
			}
		}
	})
	t.Logf("%d files with %d items compared", files, compared)
	if files < 539 || compared < 270 {
		t.Errorf("only %d files with %d items compared", files, compared)
	}
}

// TestPublishedEncodings reads feeds in old and undeclared character sets.
func TestPublishedEncodings(t *testing.T) {
	dir := realData(t, "feeds/miniflux/parser/testdata")
	for name, want := range map[string]string{
		"encoding_ISO-8859-1.xml": "wünschen", "encoding_WINDOWS-1251.xml": "Цитата", "no_encoding_ISO-8859-1.xml": "nombre d'étude",
		"rdf_UTF8.xml": "Vorsichtsmaßnahmen", "urdu_UTF8.xml": "پاکستان",
	} {
		got, err := readFeed(t, filepath.Join(dir, name))
		if err != nil || len(got.Posts()) == 0 {
			t.Errorf("%s: %d posts, %v", name, len(got.Posts()), err)
			continue
		}
		all := ""
		for _, p := range got.Posts() {
			all += p.Title + p.Text
		}
		if strings.ContainsAny(all, "\ufffd") || !strings.Contains(all, want) {
			t.Errorf("%s: %.300q", name, all)
		}
	}
}

// differences are the fields in which a post is not what is expected.
func differences(p *model.Post, w *gofeed.Item) []string {
	var out []string
	check := func(field, got, want string) {
		if got != want {
			out = append(out, field+" "+got+", want "+want)
		}
	}
	check("title", p.Title, plainLine(w.Title))
	check("link", p.URL, webURL(w.Link))
	if id := strings.TrimSpace(w.GUID); id != "" && p.Platform == "feed" {
		check("id", p.NativeID, id)
	}
	text := plain(w.Content)
	if text == "" {
		text = plain(w.Description)
	}
	if text != "" && p.Platform == "feed" {
		check("text", p.Text, text)
	}
	if len(w.Authors) > 0 && w.Authors[0] != nil && w.Authors[0].Name != "" {
		check("author", p.Author.Name, plainLine(w.Authors[0].Name))
	}
	for _, c := range w.Categories {
		if c = strings.TrimPrefix(plainLine(c), "#"); c != "" && !slices.Contains(p.Hashtags, c) {
			out = append(out, "no category "+c)
		}
	}
	for _, e := range w.Enclosures {
		if u := webURL(e.URL); u != "" && !slices.ContainsFunc(p.Media, func(m model.Media) bool { return m.URL == u }) {
			out = append(out, "no enclosure "+u)
		}
	}
	if w.Image != nil {
		if u := webURL(w.Image.URL); u != "" && !slices.ContainsFunc(p.Media, func(m model.Media) bool { return m.URL == u }) {
			out = append(out, "no image "+u)
		}
	}
	return append(out, dateDifferences(p, w)...)
}

// dateDifferences compares when an item was published and changed.
func dateDifferences(p *model.Post, w *gofeed.Item) []string {
	var out []string
	parsed, written := w.PublishedParsed, w.Published
	if strings.TrimSpace(written) == "" {
		parsed, written = w.UpdatedParsed, w.Updated
	}
	if p.Created.Original != strings.TrimSpace(written) {
		out = append(out, "published "+p.Created.Original+", want "+written)
	}
	if parsed != nil && zoneOf(p.Created.Original) != zoneUnknown && !p.Created.Time.Equal(*parsed) {
		out = append(out, "published at "+p.Created.Time.String()+", want "+parsed.String())
	}
	if w.Published != "" && w.UpdatedParsed != nil && w.PublishedParsed != nil && !w.UpdatedParsed.Equal(*w.PublishedParsed) && zoneOf(w.Updated) != zoneUnknown && !p.Edited.Time.Equal(*w.UpdatedParsed) {
		out = append(out, "changed at "+p.Edited.Time.String()+", want "+w.UpdatedParsed.String())
	}
	return out
}
