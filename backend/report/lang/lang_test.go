package lang_test

import (
	"fmt"
	"io/fs"
	"os"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"vedette/backend/report/lang"
)

func load(t *testing.T, code string) *lang.Lang {
	t.Helper()
	l, err := lang.For(code)
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// sameEverywhere are words that are the same in both languages.
var sameEverywhere = regexp.MustCompile(`^(platform\..*|kind\.video|type\.(blog|chat)|month\.short\.(3|10|11)|proof\.id|unit\.billion|page\.of)$`)

var placeholder = regexp.MustCompile(`\{[a-z]+\}`)

func TestLanguagesAreComplete(t *testing.T) {
	en, es := load(t, "en").Words(), load(t, "es").Words()
	for k, v := range en {
		w, ok := es[k]
		if !ok {
			t.Errorf("es lacks %s", k)
			continue
		}
		a, b := placeholder.FindAllString(v, -1), placeholder.FindAllString(w, -1)
		slices.Sort(a)
		slices.Sort(b)
		if !slices.Equal(slices.Compact(a), slices.Compact(b)) {
			t.Errorf("%s has other values: %v, %v", k, a, b)
		}
		if v == w && strings.ContainsFunc(placeholder.ReplaceAllString(v, ""), func(r rune) bool { return r >= 'a' && r <= 'z' }) && !sameEverywhere.MatchString(k) && !cognates[k] {
			t.Errorf("%s is not translated: %q", k, v)
		}
	}
	for k := range es {
		if _, ok := en[k]; !ok {
			t.Errorf("en lacks %s", k)
		}
	}
}

// cognates are spelled alike in English and Spanish.
var cognates = map[string]bool{"n.series.other": true, "polarity.neutral": true}

var used = regexp.MustCompile(`\b(?:T|Plural)\("([a-z0-9.]+)"`)

func TestEveryKeyUsedExists(t *testing.T) {
	words := load(t, "en").Words()
	root := os.DirFS("..")
	err := fs.WalkDir(root, ".", func(path string, e fs.DirEntry, err error) error {
		if err != nil || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
			return err
		}
		src, err := fs.ReadFile(root, path)
		if err != nil {
			return fmt.Errorf("read %s: %w", path, err)
		}
		for _, m := range used.FindAllSubmatch(src, -1) {
			key := string(m[1])
			_, plain := words[key]
			_, plural := words[key+".other"]
			prefix := strings.HasSuffix(key, ".") && slices.ContainsFunc(slices.Collect(keys(words)), func(k string) bool { return strings.HasPrefix(k, key) })
			if !plain && !plural && !prefix {
				t.Errorf("%s uses %q, which no language has", path, key)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
}

func keys(m map[string]string) func(func(string) bool) {
	return func(yield func(string) bool) {
		for k := range m {
			if !yield(k) {
				return
			}
		}
	}
}

func TestFormats(t *testing.T) {
	en, es := load(t, "en"), load(t, "es")
	at := time.Date(2024, 3, 3, 14, 5, 9, 0, time.UTC)
	madrid, err := time.LoadLocation("Europe/Madrid")
	if err != nil {
		t.Fatal(err)
	}
	newYork, err := time.LoadLocation("America/New_York")
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range [][2]string{
		{en.Int(1234567), "1,234,567"},
		{es.Int(1234567), "1.234.567"},
		{es.Int(1234), "1234"},
		{en.Int(-1234), "−1,234"},
		{en.Int(0), "0"},
		{en.Decimal(-0.04, 1), "0.0"},
		{en.Decimal(-1.25, 1), "−1.2"},
		{es.Decimal(1234.5, 1), "1234,5"},
		{es.Percent(0.1234), "12,3\u00a0%"},
		{en.Percent(1), "100.0%"},
		{en.Number("4.1"), "4.1"},
		{es.Number("4.1"), "4,1"},
		{es.Number("x"), "x"},
		{en.Short(1200), "1,200"},
		{en.Short(12500), "12.5\u00a0k"},
		{es.Short(3e6), "3\u00a0M"},
		{en.Moment(at, madrid), "3 March 2024, 15:05\u00a0UTC+01:00"},
		{es.Moment(at, time.UTC), "3 de marzo de 2024, 14:05\u00a0UTC"},
		{en.Exact(at, newYork), "2024-03-03 09:05:09\u00a0UTC−05:00 (2024-03-03 14:05:09\u00a0UTC)"},
		{en.DayTime(at, madrid), "3\u00a0Mar,\u00a015:05"},
		{es.Span(at, at.Add(time.Hour), madrid), "3 de marzo de 2024, 15:05–16:05\u00a0UTC+01:00"},
		{en.Span(at, at.Add(20*time.Hour), madrid), "3 March 2024, 15:05 – 4 March 2024, 11:05\u00a0UTC+01:00"},
		{en.Span(at, at.AddDate(0, 0, 28), madrid), "3 March 2024, 15:05\u00a0UTC+01:00 – 31 March 2024, 16:05\u00a0UTC+02:00"},
		{en.Language("es"), "Spanish"},
		{es.Language("es"), "español"},
		{es.Language("und"), "sin determinar"},
		{en.Language("zz9plural"), "zz9plural"},
		{en.Plural("n.posts", 1), "1 post"},
		{es.Plural("n.posts", 2), "2 publicaciones"},
		{en.T("no.such.key"), "no.such.key"},
		{en.Or("no.such.key", "else"), "else"},
	} {
		if c[0] != c[1] {
			t.Errorf("got %q, want %q", c[0], c[1])
		}
	}
	if _, err := lang.For("fr"); err == nil {
		t.Error("French is not a report language")
	}
}
