package typeset_test

import (
	"bytes"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/jung-kurt/gofpdf"

	"vedette/assets"
	"vedette/backend/report/typeset"
)

var loadFonts = sync.OnceValues(func() (*typeset.Fonts, error) { return typeset.Load(assets.Fonts()) })

func fonts(t testing.TB) *typeset.Fonts {
	t.Helper()
	f, err := loadFonts()
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// page sets each text as a block of the given width and returns the PDF.
func page(t testing.TB, texts []string, size, width float64) []byte {
	t.Helper()
	pdf := gofpdf.New("P", "pt", "A4", "")
	pdf.SetCatalogSort(true)
	pdf.SetCreationDate(time.Unix(0, 0).UTC())
	pdf.SetModificationDate(time.Unix(0, 0).UTC())
	pdf.SetAutoPageBreak(false, 0)
	pdf.AddPage()
	c := typeset.NewCanvas(pdf, fonts(t))
	y := 40.0
	for _, s := range texts {
		b := c.Layout([]typeset.Span{{Text: s, Style: typeset.Style{Face: typeset.Sans, Size: size}}}, typeset.Options{Width: width})
		if y+b.Height > 820 {
			pdf.AddPage()
			y = 40
		}
		c.Draw(b, 40, y)
		y += b.Height + 6
	}
	c.Finish()
	var out bytes.Buffer
	if err := pdf.Output(&out); err != nil {
		t.Fatal(err)
	}
	return out.Bytes()
}

// extract is what pdftotext reads.
func extract(t testing.TB, doc []byte) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "a.pdf")
	if err := os.WriteFile(file, doc, 0o600); err != nil {
		t.Fatal(err)
	}
	out, err := exec.Command("pdftotext", "-enc", "UTF-8", file, "-").Output()
	if err != nil {
		t.Fatalf("pdftotext (install poppler-utils): %v", err)
	}
	return string(out)
}

// fold drops white space and the direction marks that extraction adds.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == ' ' || r == '\n' || r == '\f' || r == '\t' || r == 0xA0, r >= 0x202A && r <= 0x202E, r == 0x200E, r == 0x200F:
			return -1
		}
		return r
	}, s)
}

var samples = []string{
	"AVATAR To Wave — “quoted” ¿Qué tal? ñandú, 1 234,56 € fi ffl.",
	"مرحبا بالعالم، هذه تغريدة طويلة نسبيًا عن جودة المنتج وسعره في عام 2024 مع رابط https://example.org/path",
	"שלום עולם 2024 בדיקה של 15 מוצרים, מחיר 99.90 ₪ ועוד English באמצע",
	"日本語のツイートです。新しい商品を買いましたが、とても良かったです。改行しても文字が失われないことを確認します。「引用」も。",
	"한국어 게시물입니다. 새 제품을 샀는데 정말 좋아요. 줄바꿈에서도 글자가 사라지지 않아야 합니다.",
	"यह हिंदी में एक पोस्ट है। उत्पाद की गुणवत्ता बहुत अच्छी है और क्षत्रिय ज्ञान।",
	"ภาษาไทยไม่มีช่องว่างระหว่างคำ ดังนั้นต้องตัดบรรทัดให้ถูกต้องและเครื่องหมายวรรณยุกต์ต้องอยู่ครบ",
	"Emoji 👩‍👩‍👧‍👦 🇪🇸🇯🇵 👍🏽 ❤️ 1️⃣ 🏴󠁧󠁢󠁥󠁮󠁧󠁿 🧿 🤷🏾‍♂️ done",
	"Z̷̧̛̤̠͔̳̭̖̜͇͗̋̈́̓̕͝͝a̵̡̢̛̖̗̘̙̜̝̞̟̠l̶̡̢̖̗̘̙̜̝̞̟̠̣̤̥̦g̷o̸ tail",
	"https://example.org/a/very/long/unbroken/url/0123456789012345678901234567890123456789012345678901234567890123456789?query=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa&x=1#frag",
	"𝓯𝓪𝓷𝓬𝔂 𝕿𝖊𝖝𝖙 ✅ ☎ ★ ⟶ ∑ ᗪ 𓂀",
	"bad\x00control \u202Eevil\u202C \U0010FFFF tag\U000E0041 end",
}

func TestSamplesCanBeCopied(t *testing.T) {
	doc := page(t, samples, 11, 300)
	if out := os.Getenv("TYPESET_OUT"); out != "" {
		if err := os.WriteFile(out, doc, 0o600); err != nil {
			t.Fatal(err)
		}
	}
	got := fold(extract(t, doc))
	for _, s := range samples {
		want := fold(typeset.Shown(fonts(t), s))
		if !strings.Contains(got, want) {
			t.Errorf("not extracted: %s", s)
		}
	}
	if t.Failed() {
		t.Log(extract(t, doc))
	}
}

// A page that is mostly Arabic must not garble its Latin lines.
func TestDirectionsDoNotDisturbEachOther(t *testing.T) {
	arabic := strings.TrimSpace(strings.Repeat("هذه رسالة طويلة عن البطارية (2024)، وجودتها! ", 40))
	latin := "(See “quoted” words, p. 4.) – [E1] SHA-256 00ff…"
	mixed := "أحمد @ahmed · X · 12 likes"
	got := fold(extract(t, page(t, []string{latin, arabic, mixed, latin}, 10, 400)))
	if n := strings.Count(got, fold(latin)); n != 2 {
		t.Errorf("the Latin line was extracted %d times:\n%s", n, got)
	}
	for _, want := range []string{arabic, mixed} {
		if !strings.Contains(got, fold(want)) {
			t.Errorf("not extracted: %s\n%s", want, got)
		}
	}
}

func TestLayout(t *testing.T) {
	e := typeset.NewEngine(fonts(t))
	spans := func(s string) []typeset.Span {
		return []typeset.Span{{Text: s, Style: typeset.Style{Face: typeset.Sans, Size: 10}}}
	}
	one := e.Layout(spans(strings.Repeat("word ", 60)), typeset.Options{Width: 100, MaxLines: 2})
	if len(one.Lines) != 2 || !one.Cut || !strings.HasSuffix(one.Text(), "…") || one.Width > 100.01 {
		t.Errorf("cut block: %d lines, %q, %g wide", len(one.Lines), one.Text(), one.Width)
	}
	if b := e.Layout(spans("a\r\nb\rc\n"), typeset.Options{Width: 100, Gap: 3, Leading: 12}); len(b.Lines) != 4 || b.Height != 4*12+3*3 {
		t.Errorf("paragraphs: %d lines, %g high", len(b.Lines), b.Height)
	}
	if b := e.Layout(nil, typeset.Options{Width: 100}); len(b.Lines) != 1 || b.Width != 0 {
		t.Errorf("nothing: %d lines, %g wide", len(b.Lines), b.Width)
	}
	long := strings.Repeat("x", 500)
	if b := e.Layout(spans(long), typeset.Options{Width: 50}); b.Text() != long || b.Width > 50.01 {
		t.Errorf("an unbroken word is %g wide or lost letters", b.Width)
	}
	if w := e.Measure(spans("iiii")); w <= 0 || w >= e.Measure(spans("WWWW")) {
		t.Errorf("iiii is %g wide", w)
	}
}

func TestLoadRefusesMissingOrBrokenFonts(t *testing.T) {
	if _, err := typeset.Load(os.DirFS(t.TempDir())); err == nil {
		t.Error("an empty folder was taken")
	}
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "NotoSans-Regular.ttf"), []byte("no font"), 0o600); err != nil {
		t.Fatal(err)
	}
	if _, err := typeset.Load(os.DirFS(dir)); err == nil {
		t.Error("a broken font was taken")
	}
}
