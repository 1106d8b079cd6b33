package enrich

import (
	"errors"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"vedette/assets"
)

// dataDir is the folder of public data beside the repository; the quality tests
// are skipped only when it is absent.
func dataDir(t *testing.T) string {
	t.Helper()
	wd, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	dir := filepath.Join(wd, "..", "..", "..", "shared", "data")
	if _, err := os.Stat(dir); errors.Is(err, fs.ErrNotExist) {
		t.Skip("no ../shared/data beside the repository")
	}
	return dir
}

// shipped are the models that are part of the program.
func shipped() Models {
	return Models{
		Lang: assets.LangTable, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames,
		Linear: assets.LinearModels(), Name: assets.LinearVersion, Themes: assets.ThemeList, Threats: assets.ThreatList,
	}
}

func newEngine(t testing.TB) *Engine {
	t.Helper()
	e, err := New(shipped())
	if err != nil {
		t.Fatal(err)
	}
	return e
}

func readLines(t testing.TB, path string) []string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	var out []string
	for l := range strings.Lines(string(b)) {
		if l = strings.TrimSpace(l); l != "" {
			out = append(out, l)
		}
	}
	return out
}

// accuracy is the share of texts whose language comes out as want.
func accuracy(e *Engine, texts []string, want string) (share, undetermined float64) {
	ok, und := 0, 0
	for _, s := range texts {
		lang, _ := e.Language(s)
		if lang == want {
			ok++
		}
		if lang == Undetermined {
			und++
		}
	}
	return float64(ok) / float64(len(texts)), float64(und) / float64(len(texts))
}

// The set's eighth language, Hindi, is written in Latin letters throughout and
// mixed with English, which the table does not know as Hindi.
func TestLanguageOfTweets(t *testing.T) {
	dir := filepath.Join(dataDir(t), "labelled", "sentiment-xlmt")
	e := newEngine(t)
	sum := 0.0
	for _, l := range [][2]string{
		{"arabic", "ar"},
		{"english", "en"},
		{"french", "fr"},
		{"german", "de"},
		{"italian", "it"},
		{"portuguese", "pt"},
		{"spanish", "es"},
	} {
		texts := slices.Concat(readLines(t, filepath.Join(dir, l[0], "train_text.txt")), readLines(t, filepath.Join(dir, l[0], "val_text.txt")))
		acc, und := accuracy(e, texts, l[1])
		t.Logf("%s %d tweets: %.4f right, %.4f undetermined", l[1], len(texts), acc, und)
		sum += acc / 7
	}
	if t.Logf("mean of 7 languages: %.4f", sum); sum < 0.97 {
		t.Errorf("tweets in 7 languages: %.4f right, want 0.97", sum)
	}
}

func TestLanguageOfSentences(t *testing.T) {
	files, err := filepath.Glob(filepath.Join(dataDir(t), "labelled", "langid", "*.txt"))
	if err != nil || len(files) == 0 {
		t.Fatalf("no sentences: %v", err)
	}
	e := newEngine(t)
	sum, n := 0.0, 0.0
	more := map[string]float64{"kk": 0.90, "mn": 0.70, "mk": 0.50} // told by their letters
	for _, f := range files {
		want := strings.TrimSuffix(filepath.Base(f), ".txt")
		if want == "nb" || want == "nn" {
			want = "no"
		}
		texts := readLines(t, f)
		acc, und := accuracy(e, texts, want)
		known := slices.Contains(e.table.langs, want)
		t.Logf("%s known=%v %d sentences: %.4f right, %.4f undetermined", filepath.Base(f), known, len(texts), acc, und)
		if floor, ok := more[want]; ok && acc < floor {
			t.Errorf("%s: %.4f right, want %.2f", want, acc, floor)
		}
		if known {
			sum, n = sum+acc, n+1
		}
	}
	if t.Logf("mean of %.0f files: %.4f", n, sum/n); sum/n < 0.98 {
		t.Errorf("sentences: %.4f right, want 0.98", sum/n)
	}
}
