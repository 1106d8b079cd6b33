package enrich

import (
	"math"
	"path/filepath"
	"strconv"
	"strings"
	"testing"

	"vedette/backend/model"
)

// The sentences and scores are those of vaderSentiment's own README and demo.
func TestSentimentIsThatOfTheOriginal(t *testing.T) {
	e := newEngine(t)
	var v vaderText
	for text, want := range map[string]float64{
		"VADER is smart, handsome, and funny.":                                                0.8316,
		"VADER is smart, handsome, and funny!":                                                0.8439,
		"VADER is very smart, handsome, and funny.":                                           0.8545,
		"VADER is VERY SMART, handsome, and FUNNY.":                                           0.9227,
		"VADER is VERY SMART, handsome, and FUNNY!!!":                                         0.9342,
		"VADER is VERY SMART, uber handsome, and FRIGGIN FUNNY!!!":                            0.9469,
		"VADER is not smart, handsome, nor funny.":                                            -0.7424,
		"The book was good.":                                                                  0.4404,
		"At least it isn't a horrible book.":                                                  0.431,
		"The book was only kind of good.":                                                     0.3832,
		"The plot was good, but the characters are uncompelling and the dialog is not great.": -0.7042,
		"Today SUX!": -0.5461,
		"Today only kinda sux! But I'll get by, lol":      0.5249,
		"Make sure you :) or :D today!":                   0.8633,
		"Catch utf-8 emoji such as such as 💘 and 💋 and 😁": 0.7003,
		"Not bad at all": 0.431,
		"":               0, "   ": 0, "!!!": 0,
	} {
		if got := v.vaderScore(e.lexicon, text); got != want {
			t.Errorf("%q: %v, want %v", text, got, want)
		}
	}
}

func TestSentimentAgreesWithPeople(t *testing.T) {
	e := newEngine(t)
	var v vaderText
	var xs, ys []float64
	for _, line := range readLines(t, filepath.Join(dataDir(t), "labelled", "vader", "tweets_GroundTruth.txt")) {
		f := strings.SplitN(line, "\t", 3)
		if len(f) < 3 {
			t.Fatalf("bad line %q", line)
		}
		rating, err := strconv.ParseFloat(f[1], 64)
		if err != nil {
			t.Fatal(err)
		}
		xs, ys = append(xs, v.vaderScore(e.lexicon, f[2])), append(ys, rating)
	}
	r := pearson(xs, ys)
	t.Logf("Pearson r = %.4f over %d ratings", r, len(xs))
	if r < 0.87 || len(xs) != 4200 {
		t.Errorf("r = %.4f over %d ratings, want 0.87 over 4,200", r, len(xs))
	}
}

func pearson(x, y []float64) float64 {
	n := float64(len(x))
	var sx, sy, sxx, syy, sxy float64
	for i := range x {
		sx, sy = sx+x[i], sy+y[i]
		sxx, syy, sxy = sxx+x[i]*x[i], syy+y[i]*y[i], sxy+x[i]*y[i]
	}
	return (n*sxy - sx*sy) / math.Sqrt((n*sxx-sx*sx)*(n*syy-sy*sy))
}

// wordList is an engine without linear models, which judges English by VADER alone.
func wordList(t *testing.T) *Engine {
	t.Helper()
	m := shipped()
	m.Linear, m.Name = nil, ""
	e, err := New(m)
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func TestReasonsStandInTheText(t *testing.T) {
	e := wordList(t)
	text := "\"Awful\" service 😡 but the GREAT food, honestly, was not bad :)"
	got := e.Enrich(&model.Post{Text: text})
	if got.Lang != "en" || got.Polarity != model.PolarityPositive {
		t.Fatalf("%+v", got)
	}
	var words []string
	for _, r := range got.Reasons {
		if text[r.Start:r.End] != r.Word || r.Weight == 0 {
			t.Errorf("%+v stands at %q", r, text[r.Start:r.End])
		}
		words = append(words, r.Word)
	}
	if w := strings.Join(words, " "); w != "Awful GREAT honestly bad :)" {
		t.Errorf("words %q", w)
	}
	if first := got.Reasons[0]; first.Weight != -1 { // −2.0, halved by "but"
		t.Errorf("weight %v", first.Weight)
	}
}

func TestStrongestReasonsAreKept(t *testing.T) {
	e := wordList(t)
	text := strings.Repeat("this is a good thing and ", 30) + "the worst of all things, which is a great pity"
	got := e.Enrich(&model.Post{Text: text})
	if len(got.Reasons) != maxReasons {
		t.Fatalf("%d reasons", len(got.Reasons))
	}
	if i := len(got.Reasons) - 1; got.Reasons[i-1].Word != "great" && got.Reasons[i].Word != "great" {
		t.Errorf("the strongest are missing: %+v", got.Reasons[i-1:])
	}
	for i := 1; i < len(got.Reasons); i++ {
		if got.Reasons[i].Start <= got.Reasons[i-1].Start {
			t.Error("not in order of the text")
		}
	}
}

// The original changes, for each score, the first word with that score; a direct
// transcription must agree with the heaps.
func TestContrastIsThatOfTheOriginal(t *testing.T) {
	e := newEngine(t)
	for _, text := range []string{
		"good good bad but good bad good", "but good", "good but", "bad bad bad but bad bad bad",
		"good great good sad but sad good great but great", "love 0.95 good but good love hate hate love good good",
	} {
		var v vaderText
		v.read(e.lexicon, text)
		for i, tok := range v.tokens {
			x := 0.0
			if tok.rated {
				x = v.valence(i)
			}
			v.score = append(v.score, x)
		}
		want := append([]float64(nil), v.score...)
		but := strings.Count(text[:strings.Index(text, "but")], " ")
		for p := range want {
			x, si := want[p], 0
			for want[si] != x {
				si++
			}
			if si < but {
				want[si] = x * 0.5
			} else if si > but {
				want[si] = x * 1.5
			}
		}
		v.contrast()
		for i := range want {
			if want[i] != v.score[i] {
				t.Errorf("%q: word %d scores %v, want %v", text, i, v.score[i], want[i])
			}
		}
	}
}
