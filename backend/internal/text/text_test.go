package text

import (
	"bytes"
	"io"
	"strings"
	"testing"
	"testing/iotest"
	"unicode/utf16"
	"unicode/utf8"

	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/japanese"
)

// wide encodes a text in UTF-16.
func wide(s string, big bool) []byte {
	var b []byte
	for _, u := range utf16.Encode([]rune(s)) {
		if big {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return b
}

func TestDetect(t *testing.T) {
	latin, err := charmap.Windows1252.NewEncoder().String("Olá, não é só café; à tarde há pão e maçã. Também já não dá.")
	if err != nil {
		t.Fatal(err)
	}
	sjis, err := japanese.ShiftJIS.NewEncoder().String(strings.Repeat("今日はとても良い天気です。海へ行きましょう。", 10))
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name, in, label, want string
		mark                  int
		basis                 Basis
	}{
		{"ascii", "plain", "", "utf-8", 0, BasisContent},
		{"utf-8", "café 🙂", "", "utf-8", 0, BasisContent},
		{"utf-8, cut", "café"[:4], "", "utf-8", 0, BasisContent},
		{"utf-8, one broken byte", "café naïve \xff", "", "utf-8", 0, BasisGuessed},
		{"utf-8 mark", "\xef\xbb\xbfx", "", "utf-8", 3, BasisMark},
		{"utf-16le mark", "\xff\xfe" + string(wide("x", false)), "", "utf-16le", 2, BasisMark},
		{"utf-16be mark", "\xfe\xff" + string(wide("x", true)), "", "utf-16be", 2, BasisMark},
		{"utf-16le", string(wide(`{"text":"café"}`, false)), "", "utf-16le", 0, BasisGuessed},
		{"utf-16be", string(wide(`{"text":"café"}`, true)), "", "utf-16be", 0, BasisGuessed},
		{"windows-1252", latin, "", "windows-1252", 0, BasisGuessed},
		{"shift_jis", sjis, "", "shift_jis", 0, BasisGuessed},
		{"forced", "café", "latin1", "windows-1252", 0, BasisForced},
		{"nul", strings.Repeat("\x00", 100), "", "utf-8", 0, BasisContent},
	} {
		e, err := Detect([]byte(c.in), c.label)
		if err != nil || e.Name != c.want || e.Mark != c.mark || e.Basis != c.basis {
			t.Errorf("%s: %+v %v", c.name, e, err)
		}
	}
	if _, err := Detect(nil, "klingon"); err == nil {
		t.Error("an unknown label is no error")
	}
}

func TestDecodeAndReaderAgree(t *testing.T) {
	want := strings.Repeat("naïve 🙂 text\n", 2000)
	latin, err := charmap.Windows1252.NewEncoder().Bytes([]byte(strings.ReplaceAll(want, "🙂", "€")))
	if err != nil {
		t.Fatal(err)
	}
	for name, in := range map[string][]byte{
		"utf-8": []byte("\xef\xbb\xbf" + want), "utf-16le": append([]byte("\xff\xfe"), wide(want, false)...),
		"utf-16be": append([]byte("\xfe\xff"), wide(want, true)...), "windows-1252": latin,
	} {
		e, err := Detect(in, "")
		if err != nil {
			t.Fatal(err)
		}
		w := want
		if name == "windows-1252" {
			w = strings.ReplaceAll(want, "🙂", "€")
		}
		if got := string(e.Decode(in)); got != w {
			t.Errorf("%s: decoded %.40q", name, got)
		}
		for _, r := range []io.Reader{bytes.NewReader(in), iotest.OneByteReader(bytes.NewReader(in))} {
			got, err := io.ReadAll(e.Reader(r))
			if err != nil || string(got) != w {
				t.Errorf("%s: read %.40q %v", name, got, err)
			}
		}
		if n := e.SourceLen([]byte(w)); n != int64(len(in)-e.Mark) {
			t.Errorf("%s: source length %d, want %d", name, n, len(in)-e.Mark)
		}
	}
}

func TestTracker(t *testing.T) {
	s := strings.Repeat("naïve 🙂 text — ", 3000)
	for _, big := range []bool{false, true} {
		in := append([]byte{0xff, 0xfe}, wide(s, false)...)
		if big {
			in = append([]byte{0xfe, 0xff}, wide(s, true)...)
		}
		e, err := Detect(in, "")
		if err != nil {
			t.Fatal(err)
		}
		tr := NewTracker(bytes.NewReader(in), int64(len(in)), e)
		out, err := io.ReadAll(iotest.HalfReader(tr))
		if err != nil || string(out) != s {
			t.Fatalf("read %d bytes: %v", len(out), err)
		}
		for at := 0; at <= len(s); at += 997 {
			for at < len(s) && !utf8.RuneStart(s[at]) {
				at++
			}
			got, err := tr.Source(int64(at))
			want := int64(2 + len(wide(s[:at], big)))
			if err != nil || got != want {
				t.Fatalf("offset %d is at byte %d, want %d (%v)", at, got, want, err)
			}
		}
	}
}

func TestClean(t *testing.T) {
	for in, want := range map[string]string{"ok é": "ok é", "a\x00b": "ab", "a\xffb": "a\uFFFDb", "\x00\xff\x00": "\uFFFD"} {
		if got := Clean(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{"CafÃ©": "Café", "Café": "Café", "plain": "plain", "日本": "日本", "ð\u009f\u0099\u0082": "🙂"} {
		if got := MendLatin1(in); got != want {
			t.Errorf("mend %q: %q, want %q", in, got, want)
		}
	}
	if got := Clip("naïve", 3); got != "na…" {
		t.Errorf("clip: %q", got)
	}
	if got := Unescape("a &amp;lt; b"); got != "a &lt; b" {
		t.Errorf("unescape: %q", got)
	}
}

func TestPlainHTML(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"plain &amp; simple", "plain & simple"},
		{"<p>One</p><p>Two<br>Three</p>", "One\n\nTwo\nThree"},
		{"<p>a <b>bold</b>  word\n</p>", "a bold word"},
		{"un<b>brok</b>en", "unbroken"},
		{"<ul><li>one</li><li>two</li></ul>after", "• one\n• two\n\nafter"},
		{"<div>a</div><div>b</div>", "a\nb"},
		{"x<script>alert(1)</script><style>p{}</style><!-- c -->y", "xy"},
		{`<a href="https://x.example">link</a> text`, "link text"},
		{"<pre>a\n  b</pre>", "a\n  b"},
		{"<td>1</td><td>2</td>", "1 2"},
		{"<p>broken <b>tags", "broken tags"},
		{"a < b", "a < b"},
		{"nul\x00<br>\xff", "nul\n\uFFFD"},
		{"", ""},
	} {
		if got := PlainHTML(c.in); got != c.want {
			t.Errorf("%q: %q, want %q", c.in, got, c.want)
		}
	}
}

func FuzzDecode(f *testing.F) {
	f.Add([]byte("\xff\xfea\x00b\x00"), "")
	f.Add([]byte("caf\xe9"), "latin1")
	f.Add([]byte("\x82\xb1\x82\xf1"), "shift_jis")
	f.Fuzz(func(t *testing.T, in []byte, label string) {
		e, err := Detect(in, label)
		if err != nil {
			return
		}
		whole := e.Decode(in)
		part, err := io.ReadAll(e.Reader(iotest.HalfReader(bytes.NewReader(in))))
		if err != nil || !bytes.Equal(whole, part) {
			t.Errorf("%s: at once %q, in parts %q (%v)", e.Name, whole, part, err)
		}
		if s := Clean(string(whole)); !utf8.ValidString(s) || strings.ContainsRune(s, 0) {
			t.Errorf("not clean: %q", s)
		}
	})
}

func FuzzPlainHTML(f *testing.F) {
	f.Add("<p>a<br>b</p><script>x</script>&lt;")
	f.Add("<pre>\n<li>")
	f.Fuzz(func(t *testing.T, in string) {
		if out := PlainHTML(in); !utf8.ValidString(out) || strings.ContainsRune(out, 0) {
			t.Errorf("%q gives %q", in, out)
		}
		_ = MendLatin1(in)
	})
}
