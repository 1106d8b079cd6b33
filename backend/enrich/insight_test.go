package enrich

import (
	"errors"
	"reflect"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"vedette/backend/model"
)

func TestUnderstand(t *testing.T) {
	e := newEngine(t)
	u := e.Understand("I am really worried about the prices in the shops of our town. The weather was lovely today.")
	if u.Lang != "en" || len(u.Concerns) != 1 || u.Concerns[0].Theme != "price" || u.Concerns[0].Worry != "worried" ||
		u.Concerns[0].Sentence != "I am really worried about the prices in the shops of our town." || !slices.Equal(u.Concerns[0].Words, []string{"prices"}) {
		t.Errorf("%+v", u)
	}
	u = e.Understand("Me preocupa mucho la seguridad de mi barrio, ayer hubo otro tiroteo.")
	var themes []string
	for _, c := range u.Concerns {
		themes = append(themes, c.Theme)
	}
	if u.Lang != "es" || u.Emotions != nil || u.OffenceKnown || !slices.Equal(themes, []string{"safety", "violence"}) {
		t.Errorf("%+v", u)
	}
	u = e.Understand("We know where you live and you will regret this")
	if len(u.Threats) != 2 || u.Threats[0].Words != "know where you live" || u.Threats[0].Kind != "harm" || u.Threats[1].Words != "you will regret this" {
		t.Errorf("%+v", u.Threats)
	}
	if u = e.Understand("今天天气很好，我们去公园吧"); u.Polarity != model.PolarityUnknown || u.Sentiment != 0 || u.Confidence != 0 || u.Emotions != nil {
		t.Errorf("a language without a model is judged: %+v", u)
	}
}

func TestFeelings(t *testing.T) {
	e := newEngine(t)
	for text, want := range map[string]string{
		"I'm so scared, this is terrifying":              "fear",
		"This makes me furious, I hate those people":     "anger",
		"Thank you so much, I love this, it is awesome!": "joy",
		"I'm so sad, I miss her and I cry all day":       "sadness",
	} {
		for _, x := range e.Understand(text).Emotions {
			if (x.Name == want) != (x.Value >= present) && (x.Name == want || x.Name == "neutral") {
				t.Errorf("%q: %s %.2f", text, x.Name, x.Value)
			}
			if x.Value < 0 || x.Value > 1 {
				t.Errorf("%q: %s %v", text, x.Name, x.Value)
			}
		}
	}
	u := e.Understand("You are a stupid idiot and a fucking liar, shut up")
	if !u.OffenceKnown || u.Offensive < present || len(u.Offence) == 0 {
		t.Errorf("%+v", u)
	}
	if u = e.Understand("The meeting takes place on Tuesday in the town hall"); u.Offensive >= present || u.Offence != nil {
		t.Errorf("%+v", u)
	}
}

// TestReasonsOfALongText: the strongest words are kept, in order of the text.
func TestReasonsOfALongText(t *testing.T) {
	e := newEngine(t)
	got := e.Enrich(&model.Post{Text: strings.Repeat("this is a good thing, thank you, I love it and ", 20)})
	if len(got.Reasons) == 0 || len(got.Reasons) > maxReasons {
		t.Fatalf("%d reasons", len(got.Reasons))
	}
	for i := 1; i < len(got.Reasons); i++ {
		if got.Reasons[i].Start <= got.Reasons[i-1].Start {
			t.Error("not in order of the text")
		}
	}
	got = e.Enrich(&model.Post{Title: "What a wonderful, lovely day for all of us"})
	if got.Polarity != model.PolarityPositive || len(got.Reasons) == 0 || got.Reasons[0].End != 0 {
		t.Errorf("%+v", got)
	}
}

func TestTowards(t *testing.T) {
	e := newEngine(t)
	for text, want := range map[string]model.Polarity{
		"I love my new Acme phone, it is the best I ever had": model.PolarityPositive,
		"Acme is terrible, worst phone ever, never again":     model.PolarityNegative,
		"今天天气很好，我们去公园吧":                                       model.PolarityUnknown,
	} {
		got := e.Towards(text, "acme")
		if got.Polarity != want || got.Named != (want != model.PolarityUnknown) || got.Sentiment < -1 || got.Sentiment > 1 {
			t.Errorf("%q: %+v", text, got)
		}
	}
}

func TestSentimentInEightLanguages(t *testing.T) {
	e := newEngine(t)
	for _, text := range []string{
		"I love this wonderful day so much!", "¡Me encanta, qué felicidad, muchas gracias!", "Merci beaucoup, je suis trop contente !",
		"Ich liebe es, vielen Dank, das ist wunderschön!", "Che bello, grazie mille, sono felicissima!", "Adorei, muito obrigado, que lindo!",
		"الحمد لله، شكرا جزيلا، هذا جميل جدا",
	} {
		if p := e.Enrich(&model.Post{Text: text}); p.Polarity != model.PolarityPositive || p.Sentiment <= 0 || len(p.Reasons) == 0 {
			t.Errorf("%q: %+v", text, p)
		}
	}
}

func TestSentences(t *testing.T) {
	text := "One. Two three! Is it 3.5?\nFour… 五。六"
	var got []string
	for _, s := range sentences(text) {
		got = append(got, text[s.start:s.end])
	}
	if want := []string{"One.", "Two three!", "Is it 3.5?", "Four…", "五。", "六"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	if n := len(sentences("")) + len(sentences(" \n ")); n != 0 {
		t.Errorf("%d sentences of nothing", n)
	}
}

func TestTaxonomy(t *testing.T) {
	x, err := parseTaxonomy([]byte("# c\n[a] en=A_thing es=Cosa\nen: one two, three, fourt*\n\n[b]\nde: one two three, three\n"))
	if err != nil {
		t.Fatal(err)
	}
	if x.themes[0].Names["en"] != "A thing" {
		t.Errorf("%+v", x.themes)
	}
	text := "One  TWO three one two. Fourteen fourt four"
	var got []string
	for _, h := range x.find(text) {
		got = append(got, text[h.start:h.end])
	}
	if want := []string{"One  TWO three", "one two", "Fourteen", "fourt"}; !slices.Equal(got, want) {
		t.Errorf("%q, want %q", got, want)
	}
	for _, bad := range []string{"[a\n", "[]\n", "en: x\n", "[a] en\n", "[a]\nwords\n", "[a]\nen: ,\n", "[a]\nen: ab*\n", "[a]\nen: two words*\n", "[a]\nen: 1 2 3 4 5 6 7\n"} {
		if _, err := parseTaxonomy([]byte(bad)); !errors.Is(err, errTaxonomy) {
			t.Errorf("%q: %v", bad, err)
		}
	}
}

// TestShippedTaxonomies: every theme has a name in both languages of the window.
func TestShippedTaxonomies(t *testing.T) {
	e := newEngine(t)
	for _, x := range []*taxonomy{e.themes, e.threats} {
		for _, th := range x.themes {
			if th.Names["en"] == "" || th.Names["es"] == "" {
				t.Errorf("theme %s has no name in a language", th.ID)
			}
		}
	}
	if len(e.themes.themes) < 10 || len(e.threats.themes) < 4 {
		t.Errorf("%d themes, %d kinds of threats", len(e.themes.themes), len(e.threats.themes))
	}
}

func checkInsight(t *testing.T, name, text string, u Insight) {
	t.Helper()
	if u.Lang == "" || u.Sentiment < -1 || u.Sentiment > 1 || u.Confidence < 0 || u.Confidence > 1 || u.Offensive < 0 || u.Offensive > 1 {
		t.Errorf("%s: %+v", name, u)
	}
	if len(u.Concerns) > maxConcerns+20 || len(u.Entities) > maxEntities || len(u.Reasons) > maxReasons {
		t.Errorf("%s: %d concerns, %d entities, %d reasons", name, len(u.Concerns), len(u.Entities), len(u.Reasons))
	}
	for _, r := range slices.Concat(u.Reasons, u.Offence) {
		if r.Start < 0 || r.End > len(text) || text[r.Start:r.End] != r.Word || utf8.ValidString(text) && !utf8.ValidString(r.Word) {
			t.Errorf("%s: reason %+v", name, r)
		}
	}
	for _, c := range u.Concerns {
		if text[c.Start:c.End] != c.Sentence || len(c.Words) == 0 || c.Worry == "" {
			t.Errorf("%s: concern %+v", name, c)
		}
	}
	for _, x := range u.Threats {
		if text[x.Start:x.End] != x.Words {
			t.Errorf("%s: threat %+v", name, x)
		}
	}
}

func TestUnderstandHostileTexts(t *testing.T) {
	e := newEngine(t)
	texts := hostile(1 << 18)
	texts["worries"] = strings.Repeat("worried about prices. ", 1<<13)
	texts["stops"] = strings.Repeat(". ", 1<<17)
	texts["threats"] = strings.Repeat("kill you ", 1<<14)
	texts["bad stops"] = strings.Repeat("\xff.", 1<<17)
	texts["starts of terms"] = strings.Repeat("put a bullet ", 1<<14)
	for name, text := range texts {
		checkInsight(t, name, text, e.Understand(text))
		e.Towards(text, "good")
		e.Towards("good", text[:min(len(text), 1000)])
	}
}

func FuzzUnderstand(f *testing.F) {
	for _, s := range []string{"", "I'm worried about prices. \xff! Kill you?", "Me preocupa 😀 la seguridad…", "the \ufffd. x"} {
		f.Add(s, "prices")
	}
	e := newEngine(f)
	f.Fuzz(func(t *testing.T, text, subject string) {
		u := e.Understand(text)
		checkInsight(t, "text", text, u)
		if again := e.Understand(text); !reflect.DeepEqual(u, again) {
			t.Errorf("differs the second time: %+v, %+v", u, again)
		}
		if x := e.Towards(text, subject); x.Sentiment < -1 || x.Sentiment > 1 {
			t.Errorf("%+v", x)
		}
	})
}

func BenchmarkUnderstand(b *testing.B) {
	e, texts := newEngine(b), benchTexts(b)
	b.ReportAllocs()
	i := 0
	for b.Loop() {
		e.Understand(texts[i%len(texts)])
		i++
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "posts/s")
}
