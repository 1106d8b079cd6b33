package enrich

import (
	"fmt"
	"strings"
	"testing"
	"unicode/utf8"
)

func TestEntities(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "nothing to see here": "", "the year 2024 and 3.5 percent": "",
		"#One and ＃日本, @ann or @bob@srv.example":                                   "hashtag one|hashtag 日本|mention ann|mention bob@srv.example",
		"see https://Example.org/a?utm_source=x, www.b.example.":                   "link https://example.org/a|link https://www.b.example/",
		"Write to Ann.Lee+x@mail.example.org.":                                     "email ann.lee+x@mail.example.org",
		"a@b and @c.d and x@y.1":                                                   "mention c.d",
		"call +34 600 123 456 or (555) 123-4567 or 555-987-6543":                   "phone +34600123456|phone 5551234567|phone 5559876543",
		"ring 020 7946 0000 now":                                                   "phone 02079460000",
		"on 2024-01-31, at 12:30:00, v1.2.3, 10.0.0.1, 12/05/2023, 1-2-3, 100-200": "",
		"paid $3.5m, EUR 20, 20 €, 1.500,50 EUR and £5":                            "money 3.5m USD|money 20 EUR|money 20 EUR|money 1.500,50 EUR|money 5 GBP",
		"US$ 2 million in USDT":                                                    "money 2million USD", "$nake and $": "",
		"send to 0x52908400098527886E0F7030069857D2E4169EE7 or 1BoatSLRHtKNngkdXEeobR76b53LETtpyT":          "crypto 0x52908400098527886E0F7030069857D2E4169EE7|crypto 1BoatSLRHtKNngkdXEeobR76b53LETtpyT",
		"bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4 and 1BoatSLRHtKNngkdXEeobR76b53LETtpyU":                 "crypto bc1qw508d6qejxtdg4y5r3zarvary0c5xw7kv8f3t4",
		"at 48.8584, 2.2945 or 33.8568° S, 151.2153° E; not 95.1234, 2.2345 nor 1.5, 2.5":                   "coordinates 48.8584,2.2945|coordinates -33.8568,151.2153",
		"md5 9e107d9d372bb6826bd81d3542a419d6 sha1 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12":                "file_hash 9e107d9d372bb6826bd81d3542a419d6|file_hash 2fd4e1c67a2d28fced849ee1bb76e7391b93eb12",
		"E3B0C44298FC1C149AFBF4C8996FB92427AE41E4649B934CA495991B7852B855 12345678901234567890123456789012": "file_hash e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
		"IBAN GB82 WEST 1234 5698 7654 32, not GB82 WEST 1234 5698 7654 33":                                 "iban GB82WEST12345698765432",
		"DE89370400440532013000.": "iban DE89370400440532013000",
	} {
		var got []string
		for _, e := range Entities(text) {
			got = append(got, fmt.Sprintf("%s %s", e.Kind, e.Value))
		}
		if s := strings.Join(got, "|"); s != want {
			t.Errorf("%q:\n got %q\nwant %q", text, s, want)
		}
		checkEntities(t, text)
	}
}

func checkEntities(t *testing.T, text string) {
	t.Helper()
	last := 0
	for _, e := range Entities(text) {
		if e.Kind == "" || e.Value == "" || e.Start < last || e.End <= e.Start || e.End > len(text) {
			t.Fatalf("%.60q: entity %+v", text, e)
		}
		if utf8.ValidString(text) && !utf8.ValidString(text[e.Start:e.End]) {
			t.Fatalf("%.60q: entity %+v cuts a character", text, e)
		}
		last = e.End
	}
}

func TestEntitiesOfHostileTexts(t *testing.T) {
	texts := hostile(1 << 20)
	for _, unit := range []string{"1", "1 ", "+", "(", "-", "+1-", "(1", "1.", "12.3456, ", "a@", "a.", "0x", "bc1", "GB82 ", "GB82WEST", "$", "$1", "1,", "€", "3", "T1", "5 EU", "http://…", "-1.1234"} {
		texts[unit] = strings.Repeat(unit, (1<<20)/len(unit))
	}
	for _, text := range texts {
		checkEntities(t, text)
	}
}

func FuzzEntities(f *testing.F) {
	for _, s := range []string{"#a @b a@b.example +34 600 123 456 $5 20 € 48.8584, 2.2945 0x52 GB82 WEST 1234", "\xff#\x00", "＃a€5£", "https://…x http://a.example."} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) { checkEntities(t, text) })
}
