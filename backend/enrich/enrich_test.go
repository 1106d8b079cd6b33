package enrich

import (
	"math"
	"reflect"
	"strings"
	"sync"
	"testing"
	"unicode/utf8"

	"vedette/backend/model"
)

func TestLanguages(t *testing.T) {
	e := newEngine(t)
	for text, want := range map[string]string{
		"The quick brown fox jumps over the lazy dog near the river.":             "en",
		"El rápido zorro marrón salta sobre el perro perezoso cerca del río.":     "es",
		"Der schnelle braune Fuchs springt über den faulen Hund am Fluss.":        "de",
		"RT @someone: Je ne sais pas pourquoi il n'est pas venu https://t.co/abc": "fr",
		"新しいiPhone 15 Pro Maxの発売日が決まりました":                                         "ja",
		"今天天气很好，我们去公园吧":                                                           "zh",
		"오늘 날씨가 정말 좋네요 iPhone":                                                    "ko",
		"วันนี้อากาศดีมาก":                                                        "th",
		"Καλημέρα, τι κάνεις σήμερα;":                                             "el",
		"שלום, מה שלומך היום?":                                                    "he",
		"Բարև, ինչպե՞ս ես այսօր":                                                  "hy",
		"გამარჯობა, როგორ ხარ დღეს?":                                              "ka",
		"সুপ্রভাত, আপনি কেমন আছেন?":                                               "bn",
		"Привет, как у тебя сегодня дела?":                                        "ru",
		"Привіт, як у тебе сьогодні справи? Що ти робиш?":                         "uk",
		"Қазақстан Республикасының астанасы қандай қала?":                         "kk",
		"Монгол улсын нийслэл өнөөдөр үнэхээр хүйтэн байна":                       "mn",
		"Мен бүгүн Бишкекке баргым келет, көп иштерим бар, жаңылык жок":           "ky",
		"Ќе одиме во Скопје утре, дали доаѓаш и ти?":                              "mk",
		"Данас идем у Београд, да ли долазиш са мном?":                            "sr",
		"Мы поехали в Өскемен и там провели всё лето у бабушки в деревне":         "ru",
		"مرحبا، كيف حالك اليوم؟ أتمنى أن تكون بخير":                               "ar",
		"سلام، امروز حال شما چطور است؟ من خوبم":                                   "fa",
		"नमस्ते, आज आप कैसे हैं? मैं ठीक हूँ।":                                    "hi",
		"İSTANBUL'da bugün hava çok güzel, değil mi?":                             "tr",
		"": "und", "😀😀 🎉": "und", "12345 67": "und", "https://example.org/this-is-english-text @user": "und",
		"\xff\xfe\x80": "und", "ᚠᚢᚦᚨᚱᚲ": "und",
	} {
		g := e.detect(text, "")
		if g.lang != want {
			t.Errorf("%q: %+v, want %s", text, g, want)
		}
		if g.confidence < 0 || g.confidence > 1 || math.IsNaN(g.confidence) || g.lang == g.second {
			t.Errorf("%q: %+v", text, g)
		}
	}
	if g := e.detect("ok", "The government announced new measures against inflation on Tuesday"); g.lang != "en" {
		t.Errorf("a short text is not judged with its title: %+v", g)
	}
}

func TestTagsMentionsLinks(t *testing.T) {
	e := newEngine(t)
	for _, c := range []struct {
		name     string
		post     model.Post
		tags     string
		mentions string
		links    string // address, space, domain; one a line
	}{
		{"plain", model.Post{Text: "Hello #World #World, #été2024 and #new_thing! #123 &#39; a#b C# #"}, "world été2024 new_thing", "", ""},
		{"scripts", model.Post{Text: "＃日本 #تجربة #हिन्दी #ไทยแลนด์ 今日は#東京 #中黒・タグ #می\u200cخواهم"}, "日本 تجربة हिन्दी ไทยแลนด์ 東京 中黒・タグ می\u200cخواهم", "", ""},
		{"composed", model.Post{Text: "#cafe\u0301 #CAFÉ"}, "café", "", ""},
		{"the platform's come first", model.Post{Hashtags: []string{"#Two", "one", ""}, Text: "#one #three"}, "two one three", "", ""},
		{"mentions", model.Post{Text: "hi @Ann, (@bob_2) mail a@b.example @ 5pm @123 .@carl"}, "", "ann bob_2", ""},
		{"on x there are no dots", model.Post{Platform: "x", Text: "@jack.please answer @ann@bob"}, "", "jack ann", ""},
		{"servers", model.Post{Platform: "mastodon", Mentions: []model.Mention{{Handle: "@Ann@example.org"}, {AccountID: "7"}}, Text: "@ann and @bob@other.example."}, "", "ann@example.org bob@other.example", ""},
		{"bluesky", model.Post{Platform: "bluesky", Text: "cc @ann.bsky.social."}, "", "ann.bsky.social", ""},
		{"reddit", model.Post{Platform: "reddit", Text: "thanks u/Some-One and /u/other1, menu/item u/x"}, "", "some-one other1", ""},
		{
			"links",
			model.Post{Text: "see https://Example.org/a?utm_source=x&b=1, (http://sub.example.co.uk/x_(y)) www.test.example. https:// x"},
			"", "",
			"https://example.org/a?b=1 example.org\nhttp://sub.example.co.uk/x_(y) example.co.uk\nhttps://www.test.example/ test.example",
		},
		{"tags inside links", model.Post{Text: "https://example.org/#frag @a http://x.example/@user"}, "", "a", "https://example.org/ example.org\nhttp://x.example/@user x.example"},
		{"no space behind", model.Post{Text: "https://example.org/abc詳しくは「https://a.example」"}, "", "", "https://example.org/abc example.org\nhttps://a.example/ a.example"},
		{
			"short links beside the real ones",
			model.Post{Links: []model.Link{{URL: "https://news.example/story"}, {URL: "not an address"}}, Text: "https://t.co/abc https://news.example/st… https://news.example/story"},
			"", "",
			"https://news.example/story news.example",
		},
		{"short links alone", model.Post{Text: "https://t.co/abc"}, "", "", "https://t.co/abc t.co"},
	} {
		got := e.Enrich(&c.post)
		var links []string
		for _, l := range got.Links {
			links = append(links, l.URL+" "+l.Domain)
		}
		if s := strings.Join(got.Hashtags, " "); s != c.tags {
			t.Errorf("%s: hashtags %q, want %q", c.name, s, c.tags)
		}
		if s := strings.Join(got.Mentions, " "); s != c.mentions {
			t.Errorf("%s: mentions %q, want %q", c.name, s, c.mentions)
		}
		if s := strings.Join(links, "\n"); s != c.links {
			t.Errorf("%s: links %q, want %q", c.name, s, c.links)
		}
	}
}

func TestEnrich(t *testing.T) {
	e := newEngine(t)
	if e.Version() != "enrich/2 eld/2.1.0 vader/1 linear/1" {
		t.Errorf("version %q", e.Version())
	}
	for _, c := range []struct {
		post     model.Post
		lang     string
		polarity model.Polarity
	}{
		{model.Post{Text: "I love this wonderful product, it is great"}, "en", model.PolarityPositive},
		{model.Post{Text: "This is the worst service that I have ever had"}, "en", model.PolarityNegative},
		{model.Post{Text: "The meeting takes place on Tuesday in the town hall"}, "en", model.PolarityNeutral},
		{model.Post{Text: "Me encanta este producto, es una maravilla"}, "es", model.PolarityPositive},
		{model.Post{Text: "Ik vind dit een heel mooi product, hartelijk dank"}, "nl", model.PolarityUnknown},
		{model.Post{Title: "What a terrible disaster for the people of the town"}, "en", model.PolarityNegative},
		{model.Post{Text: "I love this wonderful product", Kind: model.KindEvent}, "und", model.PolarityUnknown},
		{model.Post{}, "und", model.PolarityUnknown},
	} {
		before := c.post
		got := e.Enrich(&c.post)
		if got.Version != e.Version() || got.Lang != c.lang || got.Polarity != c.polarity {
			t.Errorf("%+v: %+v", c.post, got)
		}
		if got.Polarity == model.PolarityUnknown && (got.Sentiment != 0 || got.Reasons != nil) {
			t.Errorf("unknown polarity with a score: %+v", got)
		}
		if c.post.Text == "" && len(got.Reasons) > 0 && (got.Reasons[0].End != 0 || got.Reasons[0].Word == "") {
			t.Errorf("a title's word has offsets: %+v", got.Reasons)
		}
		if !reflect.DeepEqual(before, c.post) {
			t.Error("the post was changed")
		}
	}
}

func TestParallelUse(t *testing.T) {
	e := newEngine(t)
	texts := []string{"I love it but they hate it 😡", "Das ist ein sehr schöner Tag", "terrible #awful news"}
	var want []model.Enrichment
	for _, s := range texts {
		want = append(want, e.Enrich(&model.Post{Text: s}))
	}
	var wg sync.WaitGroup
	for range 4 {
		wg.Go(func() {
			for i := range 300 {
				if got := e.Enrich(&model.Post{Text: texts[i%3]}); !reflect.DeepEqual(got, want[i%3]) {
					t.Errorf("%+v, want %+v", got, want[i%3])
				}
			}
		})
	}
	wg.Wait()
}

// hostile gives texts of about size bytes, made to be slow.
func hostile(size int) map[string]string {
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	return map[string]string{
		"one word": repeat("a"), "good": repeat("good ") + "but good", "but": repeat("good bad but "), "zalgo": "the z" + repeat("\u0301\u0489"),
		"bad bytes": repeat("\xff\x80\xc0"), "emoji": "the " + repeat("😀"), "quotes": repeat("'"), "ampersands": repeat("&"), "at": repeat("@a"), "at signs": repeat("@"),
		"hash": repeat("#"), "tags": repeat("#a "), "dots": "#a" + repeat("・"), "brackets": "http://a.example/" + repeat(")"), "addresses": repeat("http://a.example "),
		"entities": repeat("&amp"), "slashes": "https://" + repeat("/"), "words": "this is the " + repeat("not very good, never so "), "spaces": repeat(" "), "nul": repeat("\x00"),
		"server": repeat("@a.b-c@"), "tatweel": repeat("ـ"), "turkish": repeat("İ"), "wide": repeat("＃"),
	}
}

func TestHostileTexts(t *testing.T) {
	e := newEngine(t)
	for name, text := range hostile(1 << 18) {
		got := e.Enrich(&model.Post{Text: text, Title: text, Platform: "reddit"})
		checkEnrichment(t, name, text, got)
	}
	// The same work on twice the text: the steps taken, not the time, must double.
	long, short := strings.Repeat("good ", 40_000)+"but", strings.Repeat("good ", 20_000)+"but"
	var v vaderText
	count := func(text string) float64 {
		return testing.AllocsPerRun(1, func() { v.vaderScore(e.lexicon, text) })
	}
	count(long)
	if a, b := count(long), count(short); a > 3*b+50 {
		t.Errorf("%v allocations for twice the text of %v", a, b)
	}
}

func checkEnrichment(t *testing.T, name, text string, got model.Enrichment) {
	t.Helper()
	if got.Lang == "" || got.LangConfidence < 0 || got.LangConfidence > 1 || got.Sentiment < -1 || got.Sentiment > 1 || math.IsNaN(got.Sentiment) {
		t.Errorf("%s: %s %v %v", name, got.Lang, got.LangConfidence, got.Sentiment)
	}
	if len(got.Hashtags) > maxTags || len(got.Mentions) > maxTags || len(got.Links) > maxTags || len(got.Reasons) > maxReasons {
		t.Errorf("%s: %d hashtags, %d mentions, %d links, %d reasons", name, len(got.Hashtags), len(got.Mentions), len(got.Links), len(got.Reasons))
	}
	for _, r := range got.Reasons {
		if r.End > 0 && (r.Start < 0 || r.Start >= r.End || r.End > len(text) || text[r.Start:r.End] != r.Word) {
			t.Errorf("%s: reason %+v", name, r)
		}
		if utf8.ValidString(text) && !utf8.ValidString(r.Word) {
			t.Errorf("%s: reason %q cuts a character", name, r.Word)
		}
	}
	for _, h := range got.Hashtags {
		if h == "" || len(h) > 2*maxTagBytes || strings.ContainsAny(h, "# \n") {
			t.Errorf("%s: hashtag %q", name, h)
		}
	}
}

func FuzzEnrich(f *testing.F) {
	for _, s := range []string{
		"", "Great #news from @ann: https://example.org/a?utm_source=b (really!) 😀 but not good", "＃日本 今日は", "\xff\xfe", "never so this least kind of bad ass to die for",
		"@a@b.c u/name &amp; www.x.example İstanbul don't 'quoted'", strings.Repeat("good but bad ", 50), "#a・b #\u200c x:// http://[::1]/ https://xn--/",
	} {
		f.Add(s, "x")
		f.Add(s, "reddit")
	}
	e := newEngine(f)
	f.Fuzz(func(t *testing.T, text, platform string) {
		p := model.Post{Text: text, Platform: platform, Hashtags: []string{text}, Mentions: []model.Mention{{Handle: text}}, Links: []model.Link{{URL: text}}}
		plain := e.Enrich(&model.Post{Text: text, Platform: platform})
		checkEnrichment(t, "text", text, plain)
		e.Enrich(&p)
		if again := e.Enrich(&model.Post{Text: text, Platform: platform}); !reflect.DeepEqual(plain, again) {
			t.Errorf("differs the second time: %+v, %+v", plain, again)
		}
		var v vaderText
		if s := v.vaderScore(e.lexicon, text); s < -1 || s > 1 || math.IsNaN(s) {
			t.Errorf("score %v", s)
		}
		for _, r := range v.reasons(text, true) {
			if text[r.Start:r.End] != r.Word {
				t.Errorf("reason %+v", r)
			}
		}
	})
}
