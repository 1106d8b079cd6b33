package linear

import (
	"errors"
	"math"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

func words(text string) []string {
	var d Doc
	d.Read(text)
	var out []string
	for i := range d.Tokens() {
		start, end := d.Span(i)
		out = append(out, text[start:end])
	}
	return out
}

func TestTokens(t *testing.T) {
	for text, want := range map[string]string{
		"":      "",
		" \t\n": "",
		"I don't LIKE it!!! :-( http://a.example/x": "I|don't|LIKE|it|!!!|:-(|http://a.example/x",
		"@ann said: #YesWeCan, 3 times":             "@ann|said|:|#YesWeCan|,|3|times",
		"a &amp; b &lt;3 &nothing;":                 "a|&amp;|b|&lt;3|&|nothing|;",
		`It\u2019s so`:                              `It\u2019s|so`,
		"<3 xD x) exd :p8":                          "<3|xD|x)|exd|:p|8",
		"😀😀é":                                       "😀|😀|é",
		"नमस्ते दोस्त":                              "नमस्ते|दोस्त",
		"\xff\xfea\x00b":                            "a\x00b",
		"http and HTTPS://X.example":                "http|and|HTTPS://X.example",
		"\u202eabc\u202c":                           "abc",
	} {
		if got := strings.Join(words(text), "|"); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

func hashes(s *Set) []uint32 {
	var out []uint32
	for _, f := range s.Features {
		out = append(out, f.Hash)
	}
	slices.Sort(out)
	return out
}

func TestWhatDoesNotCount(t *testing.T) {
	var d Doc
	var a, b Set
	for _, p := range [][2]string{
		{"see http://a.example/1 now", "see https://b.example/2?x now"},
		{"hi @ann", "hi @bob_the_builder"},
		{"it’s fine", "it's fine"},
		{"a  b\n c", "a b c"},
		{"fish &amp; chips", "fish & chips"},
		{"a\u200db\ufe0f", "ab"},
	} {
		d.Read(p[0])
		a.Read(&d, Options{})
		d.Read(p[1])
		b.Read(&d, Options{})
		if !slices.Equal(hashes(&a), hashes(&b)) {
			t.Errorf("%q and %q have different features", p[0], p[1])
		}
	}
}

func TestGroupsHaveLengthOne(t *testing.T) {
	var d Doc
	var s Set
	d.Read("This is NOT sooooo good, is it? #fail")
	s.Read(&d, Options{Negations: map[string]bool{"not": true}})
	sum := 0.0
	seen := map[uint32]bool{}
	for _, f := range s.Features {
		if seen[f.Hash] {
			t.Errorf("feature %x occurs twice", f.Hash)
		}
		seen[f.Hash] = true
		sum += float64(f.Value) * float64(f.Value)
		if int(f.Token) >= d.Tokens() {
			t.Errorf("feature of token %d of %d", f.Token, d.Tokens())
		}
	}
	if math.Abs(sum-2) > 1e-4 {
		t.Errorf("two groups have length %.4f, want 2", sum)
	}
}

func TestNegationEndsAtAStop(t *testing.T) {
	var d Doc
	var s Set
	neg := Options{Negations: map[string]bool{"not": true}}
	has := func(text, word string) bool {
		d.Read(text)
		s.Read(&d, neg)
		h := mix(hashRunes([]rune(word)) ^ saltNegated)
		return slices.ContainsFunc(s.Features, func(f Feature) bool { return f.Hash == h })
	}
	if !has("not a good day", "good") || has("not today. a good day", "good") || has("a good day", "good") {
		t.Error("a negation does not reach to the next stop")
	}
}

func TestNear(t *testing.T) {
	var d Doc
	var s Set
	for text, want := range map[string]bool{
		"I love Michael Jackson songs": true, "I love #MichaelJackson": true, "michael jackson's glove": true,
		"I love Michael songs": false, "": false, "jackson michael": false,
	} {
		d.Read(text)
		s.Read(&d, Options{})
		n := len(s.Features)
		if got := s.Near(&d, "michael jackson", 3); got != want {
			t.Errorf("%q: named %v, want %v", text, got, want)
		}
		if want == (len(s.Features) == n) && len(words(text)) > 2 {
			t.Errorf("%q: %d features near the subject", text, len(s.Features)-n)
		}
	}
	d.Read("anything")
	s.Read(&d, Options{})
	if s.Near(&d, " #!", 3) {
		t.Error("a subject without words is named")
	}
}

func pack(weights []float32) []byte {
	return Pack("test", []string{"a", "b"}, 4, weights, []float32{0.5, -0.5})
}

func TestModelComesBack(t *testing.T) {
	w := make([]float32, 2<<4)
	w[0], w[1], w[2*9], w[2*15+1] = 1.27, -1.27, 0.5, 2.54
	m, err := Load(pack(w))
	if err != nil {
		t.Fatal(err)
	}
	if m.Name != "test" || !slices.Equal(m.Classes, []string{"a", "b"}) || m.Bits != 4 {
		t.Errorf("%+v", m)
	}
	var s [2]float32
	m.Scores([]Feature{{Hash: 16, Value: 1}, {Hash: 9, Value: 2}, {Hash: 31, Value: 1}}, s[:])
	if math.Abs(float64(s[0])-(0.5+1.27+1)) > 0.02 || math.Abs(float64(s[1])-(-0.5-1.27+2.54)) > 0.04 {
		t.Errorf("scores %v", s)
	}
	if d := m.Margin(Feature{Hash: 0, Value: 1}, 0, 1); math.Abs(float64(d)-2.54) > 0.03 {
		t.Errorf("margin %v", d)
	}
	Softmax(s[:])
	if math.Abs(float64(s[0]+s[1])-1) > 1e-6 || s[0] < s[1] {
		t.Errorf("probabilities %v", s)
	}
}

func TestDamagedModels(t *testing.T) {
	w := make([]float32, 2<<4)
	w[5] = 1
	good := pack(w)
	for name, b := range map[string][]byte{
		"nothing": nil, "other": []byte("hello\n"), "no classes": []byte(magic + "x\n\n"), "cut head": good[:len(magic)+3],
		"cut scale": good[:len(magic)+12], "cut weights": good[:len(good)-1], "longer": append(slices.Clone(good), 200, 1, 1),
	} {
		if _, err := Load(b); !errors.Is(err, errModel) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func TestHostileTexts(t *testing.T) {
	var d Doc
	var s Set
	for _, unit := range []string{"a", "a ", "😀", "\xff", "z\u0301\u0489", "&amp;", "&", "@a ", "#", "#a", "\\u0041", "http://", ":)", ":", "!", "\u202e", "\x00", "<3", "x"} {
		text := strings.Repeat(unit, (1<<20)/len(unit))
		d.Read(text)
		s.Read(&d, Options{Negations: map[string]bool{"a": true}})
		s.Near(&d, "a", 6)
		if len(s.Features) > 20*MaxBytes {
			t.Errorf("%q: %d features", unit, len(s.Features))
		}
		check(t, text, &d)
	}
}

func check(t *testing.T, text string, d *Doc) {
	t.Helper()
	last := 0
	for i := range d.Tokens() {
		start, end := d.Span(i)
		if start < 0 || end < start || end > len(text) || start < last && i > 0 && d.tokens[i-1].start > start {
			t.Fatalf("token %d of %.40q is %d to %d", i, text, start, end)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[start:end]) {
			t.Fatalf("token %q cuts a character", text[start:end])
		}
		last = end
		d.Word(i)
	}
}

func FuzzFeatures(f *testing.F) {
	for _, s := range []string{"", "I don't like it :( #fail", "&lt;3 &amp;&#39; \\u2019", "@a http://b.example x", "\xff\xfe", "नमस्ते 😀 İ"} {
		f.Add(s, "like it")
	}
	f.Fuzz(func(t *testing.T, text, subject string) {
		var d Doc
		var s Set
		d.Read(text)
		check(t, text, &d)
		s.Read(&d, Options{Negations: map[string]bool{"don't": true}})
		s.Near(&d, subject, 4)
		for _, x := range s.Features {
			if int(x.Token) >= d.Tokens() || x.Value < 0 || x.Value > 1 {
				t.Errorf("feature %+v", x)
			}
		}
	})
}

func FuzzLoad(f *testing.F) {
	w := make([]float32, 2<<4)
	w[3] = 1
	f.Add(pack(w))
	f.Add([]byte(magic + "a\nb c\n"))
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<16 {
			return
		}
		m, err := Load(b)
		if err != nil {
			return
		}
		out := make([]float32, len(m.Classes))
		m.Scores([]Feature{{Hash: 77, Value: 1}}, out)
	})
}

func BenchmarkFeatures(b *testing.B) {
	text := strings.Repeat("I really don't like what the council did to our street last week, it is a shame. ", 5)
	var d Doc
	var s Set
	b.ReportAllocs()
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		d.Read(text)
		s.Read(&d, Options{})
	}
}
