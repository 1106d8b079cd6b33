package themes

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

func shipped(t testing.TB) StopWords {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("..", "..", "..", "assets", "models", "stopwords.txt"))
	if err != nil {
		t.Fatal(err)
	}
	return ReadStopWords(b)
}

func TestStopWords(t *testing.T) {
	s := shipped(t)
	if len(s) != 58 || !s["en"]["the"] || !s["es"]["que"] || !s["de"]["und"] || s["en"]["kettle"] {
		t.Errorf("%d languages", len(s))
	}
}

func TestWords(t *testing.T) {
	stop := shipped(t)
	for _, c := range []struct{ lang, text, want string }{
		{"en", "The kettle's handle: #HotKettle @ann https://a.example/x 2024!", "kettle|handle||hotkettle"},
		{"es", "La tetera está rota, ¿qué hago?", "tetera||rota"},
		{"ru", "Чайник сломался", "чайник|сломался"},
		{"zh", "水壶坏了", "水壶|壶坏"},
		{"", "a b c", ""},
	} {
		var got []string
		Words(c.text, stop[c.lang], func(w string) { got = append(got, w) })
		joined := strings.Trim(strings.Join(got, "|"), "|")
		for strings.Contains(joined, "|||") {
			joined = strings.ReplaceAll(joined, "|||", "||")
		}
		if joined != c.want {
			t.Errorf("%s: %q, want %q", c.lang, joined, c.want)
		}
	}
}

// talk has posts on a leaking kettle and on late parcels; the kettle's come later.
func talk() *Corpus {
	rng := rand.New(rand.NewPCG(4, 4))
	kettle := strings.Fields("kettle leak water handle steam boiling dangerous recall")
	parcel := strings.Fields("parcel late courier delivery tracking warehouse depot refund")
	c := NewCorpus(StopWords{"en": {"the": true, "is": true}})
	for i := range 600 {
		words, at := parcel, rng.Int64N(1000)
		if i%3 == 0 {
			words, at = kettle, 600+rng.Int64N(400)
		}
		text := "the"
		for range 5 {
			text += " " + words[rng.IntN(len(words))]
		}
		if i%3 == 0 {
			text += " is the safety recall"
		}
		c.Add("en", text+fmt.Sprintf(" person%d", i), at)
	}
	return c
}

func TestThemesFindTheTopics(t *testing.T) {
	c := talk()
	list, err := c.Themes(context.Background(), 5, 6, 5, 0, 999, 1)
	if err != nil || len(list) != 2 {
		t.Fatalf("%v, %d themes", err, len(list))
	}
	if list[0].Posts != 400 || list[1].Posts != 200 || !slices.Contains(list[0].Words, "parcel") || !slices.Contains(list[1].Words, "kettle") {
		t.Errorf("%+v", list)
	}
	if list[1].Before != 0 || list[1].After != 200 || len(list[1].Members) != 200 || len(list[1].Phrases) != 6 {
		t.Errorf("%+v", list[1])
	}
	if !slices.ContainsFunc(list[1].Phrases, func(p Phrase) bool { return p.Text == "safety recall" }) {
		t.Errorf("%+v", list[1].Phrases)
	}
	again, _ := talk().Themes(context.Background(), 5, 6, 5, 0, 999, 1)
	if !reflect.DeepEqual(list, again) {
		t.Error("the same posts give other themes")
	}
}

func TestRisingAndCooccurrence(t *testing.T) {
	c := talk()
	up := c.Rising(700, 5, 5, 2)
	if len(up) == 0 || up[0].Z < 3 || up[0].Now <= up[0].Before {
		t.Fatalf("%+v", up)
	}
	for _, r := range up {
		if strings.Contains(r.Text, "parcel") || strings.Contains(r.Text, "courier") {
			t.Errorf("%s is said to rise", r.Text)
		}
	}
	if c.Rising(5000, 5, 5, 2) != nil {
		t.Error("something rises after the end")
	}
	for _, l := range c.Cooccurrence(5) {
		if (l.A == "kettle") != slices.Contains(strings.Fields("leak water handle steam boiling dangerous recall safety"), l.B) && l.A == "kettle" || l.PMI < leastPMI || l.PMI > 1 {
			t.Errorf("%+v", l)
		}
	}
}

func TestKeyphrasesScore(t *testing.T) {
	c := NewCorpus(nil)
	for _, s := range []string{"red apple", "red pear", "blue sky"} {
		c.Add("en", s, 0)
	}
	got := c.Keyphrases([]int32{0, 0, 1}, 2, 10, 1)
	// Group 0 has 6 terms, red in two posts; the groups have 9 terms, 4.5 on average.
	if got[0][0].Text != "red" || got[0][0].Posts != 2 || got[0][0].Score < .39 || got[0][0].Score > .40 {
		t.Errorf("%+v", got[0])
	}
	if len(got[1]) != 1 || got[1][0].Text != "blue sky" {
		t.Errorf("%+v", got[1])
	}
}

func BenchmarkThemes(b *testing.B) {
	stop := shipped(b)
	for b.Loop() {
		c := NewCorpus(stop)
		rng := rand.New(rand.NewPCG(1, 1))
		for i := range 50_000 {
			text := ""
			for range 15 {
				x := rng.Float64()
				text += fmt.Sprintf(" word%d", int(x*x*20_000))
			}
			c.Add("en", text, int64(i))
		}
		if _, err := c.Themes(context.Background(), 20, 10, 5, 0, 50_000, 1); err != nil {
			b.Fatal(err)
		}
	}
}
