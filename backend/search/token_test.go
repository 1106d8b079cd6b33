package search

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func terms(text string) []string {
	w := wordsOf(text)
	var out []string
	for i := range w.ends {
		out = append(out, w.term(i))
	}
	return out
}

func TestTokenize(t *testing.T) {
	for text, want := range map[string]string{
		"":                              "",
		"Hello, World!":                 "hello world",
		"Café CAFÉ cafe\u0301":          "cafe cafe cafe",
		"Straße Ærø łódź ÎLE İstanbul":  "strasse aero lodz ile istanbul",
		"don't l’homme":                 "don t l homme",
		"#Flood2024 @maria_k":           "flood2024 maria k",
		"3.14 1,000":                    "3 14 1 000",
		"東京タワー":                         "東 京 タ ワ ー",
		"서울에서":                          "서 울 에 서",
		"กินข้าว":                       "กิ น ข้ า ว",
		"Привет, ЁЛКА йод":              "привет елка йод",
		"Ἀθῆναι λόγος":                  "αθηναι λογοσ",
		"مُحَمَّد أحمد كـتاب":           "محمد احمد كتاب",
		"שָׁלוֹם":                       "שלום",
		"हिन्दी में":                    "हिन्दी में",
		"😀😀 👍🏽 ❤️ 👨‍👩‍👧":                "😀 😀 👍 ❤ 👨 👩 👧",
		"🇫🇷🇩🇪":                          "🇫🇷 🇩🇪",
		"ＡＢＣ１２３":                        "abc123",
		"co\u00adoperate می\u200cخواهم": "cooperate ميخواهم",
		"https://t.co/AbC":              "https t co abc",
		"a\xffb":                        "a b",
		"x東y":                           "x 東 y",
		"1️⃣":                           "1",
	} {
		if got := strings.Join(terms(text), " "); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	if got := terms(strings.Repeat("é", 500)); len(got) != 1 || len(got[0]) > maxTerm+utf8.UTFMax {
		t.Errorf("a long word gives %d terms of %d bytes", len(got), len(got[0]))
	}
}

func TestHighlights(t *testing.T) {
	for _, c := range []struct {
		q, text string
		want    []string
	}{
		{"cafe", "Le Café du coin, café.", []string{"Café", "café"}},
		{`"new york"`, "New York, new-york; new old york", []string{"New York", "new-york"}},
		{"don't", "I don’t", []string{"don’t"}},
		{"flo*", "flood #Flows reflow", []string{"flood", "Flows"}},
		{"*low", "flow below", []string{"flow", "below"}},
		{"fl?w", "flow flaw flow2", []string{"flow", "flaw"}},
		{"why?", "why, whys", []string{"why"}},
		{"東京", "東京都と京都", []string{"東京"}},
		{"😀", "so 😀!", []string{"😀"}},
		{"a -b OR platform:x", "a b", []string{"a"}},
		{`"a b" "b c"`, "a b c", []string{"a b c"}},
		{"platform:x", "x", nil},
		{"👍", "👍🏽", []string{"👍"}},
		{`"flo* wat?r"`, "flood water, flow wader", []string{"flood water"}},
	} {
		q, err := Parse(c.q)
		if err != nil {
			t.Fatal(err)
		}
		var got []string
		for _, s := range Highlights(q, c.text) {
			got = append(got, c.text[s.Start:s.End])
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s in %q: %q, want %q", c.q, c.text, got, c.want)
		}
	}
}

// FuzzTokenize: words ascend, lie within the text and are not empty, and a word
// found in a text is found by itself.
func FuzzTokenize(f *testing.F) {
	for _, s := range []string{"Hello, World", "東京 กิน 😀👍🏽🇫🇷", "a\xff\u0301b", "ŉ ǆ İ ß", "\u0301", "ｱﾞ", "é*?"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		w, end := wordsOf(s), 0
		for i, span := range w.spans {
			if span.Start < end || span.End <= span.Start || span.End > len(s) || w.term(i) == "" {
				t.Fatalf("%q: word %d is %q at %v", s, i, w.term(i), span)
			}
			end = span.End
			alone := terms(s[span.Start:span.End])
			if len(alone) != 1 || alone[0] != w.term(i) {
				t.Fatalf("%q: word %q alone is %q", s, w.term(i), alone)
			}
		}
	})
}
