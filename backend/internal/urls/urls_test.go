package urls

import (
	"errors"
	"strings"
	"testing"
)

func TestNormalise(t *testing.T) {
	cases := []struct{ in, url, domain string }{
		{"https://example.org/a", "https://example.org/a", "example.org"},
		{"  HTTPS://WWW.Example.ORG:443/A?b=1&a=2#top ", "https://www.example.org/A?b=1&a=2", "example.org"},
		{"http://example.org:80", "http://example.org/", "example.org"},
		{"http://example.org:443/", "http://example.org:443/", "example.org"},
		{"http://example.org:0080/", "http://example.org/", "example.org"},
		{"http://example.org:/x", "http://example.org/x", "example.org"},
		{"https://user:secret@example.org/x", "https://example.org/x", "example.org"},
		{"www.example.co.uk/x", "https://www.example.co.uk/x", "example.co.uk"},
		{"example.org:8080/x", "https://example.org:8080/x", "example.org"},
		{"//cdn.example.org/x", "https://cdn.example.org/x", "example.org"},
		{"https://a.b.blogspot.com/", "https://a.b.blogspot.com/", "b.blogspot.com"},
		{"https://github.io/", "https://github.io/", "github.io"},
		{"https://localhost:8080/", "https://localhost:8080/", "localhost"},
		{"http://192.0.2.1/x", "http://192.0.2.1/x", "192.0.2.1"},
		{"http://[2001:DB8:0:0::1]:80/x", "http://[2001:db8::1]/x", "[2001:db8::1]"},
		{"https://example.org./", "https://example.org/", "example.org"},
		{"https://Bücher.example/straße?q=ü", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%BC", "xn--bcher-kva.example"},
		{"https://example.org/%c3%9f", "https://example.org/%C3%9F", "example.org"},
		{"https://example.org/a b", "https://example.org/a%20b", "example.org"},
		{"https://example.org/?utm_source=x&id=7&UTM_Medium=y&fbclid=1", "https://example.org/?id=7", "example.org"},
		{"https://example.org/?utm_source=x", "https://example.org/", "example.org"},
		{"https://example.org/?", "https://example.org/", "example.org"},
		{"https://example.org/#", "https://example.org/", "example.org"},
		{"https://example.org/?&&a=&b", "https://example.org/?a=&b", "example.org"},
		{"https://x.com/a/status/1?s=20&t=abc", "https://x.com/a/status/1", "x.com"},
		{"https://example.org/?s=20", "https://example.org/?s=20", "example.org"},
		{"https://youtu.be/abc?si=1&t=30", "https://youtu.be/abc?t=30", "youtu.be"},
		{"https://example.org/#!/thread/4", "https://example.org/#!/thread/4", "example.org"},
		{"https://app.example.org/#/room", "https://app.example.org/#/room", "example.org"},
		{"https://example.org?x=1", "https://example.org/?x=1", "example.org"},
		{"https://example.org/?next=https://other.example/", "https://example.org/?next=https://other.example/", "example.org"},
	}
	for _, c := range cases {
		u, d, err := Normalise(c.in)
		if err != nil || u != c.url || d != c.domain {
			t.Errorf("Normalise(%q) = %q, %q, %v; want %q, %q", c.in, u, d, err, c.url, c.domain)
		}
		again, d2, err := Normalise(u)
		if err != nil || again != u || d2 != d {
			t.Errorf("not idempotent: %q became %q, %q, %v", u, again, d2, err)
		}
	}
}

func TestNormaliseRefuses(t *testing.T) {
	cases := []struct {
		in   string
		want error
	}{
		{"", ErrNotWeb},
		{"mailto:a@example.org", ErrNotWeb},
		{"javascript:alert(1)", ErrNotWeb},
		{"ftp://example.org/", ErrNotWeb},
		{"hello", ErrNotWeb},
		{"localhost:8080", ErrNotWeb},
		{"data:text/html,x", ErrNotWeb},
		{"http://evil.example\\@good.example/", ErrNotWeb},
		{"http://exa\nmple.org/", ErrNotWeb},
		{"http://", ErrHost},
		{"http:///x", ErrHost},
		{"http://a..b/", ErrHost},
		{"http://exa mple.org/", ErrHost},
		{"http://%6cocalhost/", ErrHost},
		{"http://example.org:99999/", ErrHost},
		{"http://example.org:8x/", ErrHost},
		{"http://[::1/", ErrHost},
		{"http://[fe80::1%25eth0]/", ErrHost},
		{"http://" + strings.Repeat("a", 64) + ".org/", ErrHost},
		{"https://example.org/" + strings.Repeat("x", MaxLen), ErrTooLong},
	}
	for _, c := range cases {
		if u, _, err := Normalise(c.in); !errors.Is(err, c.want) {
			t.Errorf("Normalise(%.40q) = %q, %v; want %v", c.in, u, err, c.want)
		}
	}
}

func TestNormaliseCopiesNothingWhenNothingChanges(t *testing.T) {
	n := testing.AllocsPerRun(100, func() {
		if _, _, err := Normalise("https://www.example.org/news/2024/01/02/story.html"); err != nil {
			t.Fatal(err)
		}
	})
	// The one is inside publicsuffix, which tries to read the host as an IP address.
	if n > 1 {
		t.Errorf("%v allocations, want at most 1", n)
	}
}

func TestIsShortener(t *testing.T) {
	if !IsShortener("t.co") || !IsShortener("bit.ly") || IsShortener("example.org") {
		t.Error("t.co and bit.ly are shorteners, example.org is not")
	}
}

func FuzzNormalise(f *testing.F) {
	for _, s := range []string{"https://user@EXAMPLE.org:443/é?utm_a=1&b#!x", "//a.b", "www.x.y", "http://[::1]:80/", "http://ß.de./%c3"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		u, d, err := Normalise(s)
		if err != nil {
			return
		}
		if d == "" || !strings.HasPrefix(u, "http") {
			t.Fatalf("%q gave %q, %q", s, u, d)
		}
		again, d2, err := Normalise(u)
		if len(u) > MaxLen && errors.Is(err, ErrTooLong) {
			return // percent-encoding made it longer than an address may be
		}
		if err != nil || again != u || d2 != d {
			t.Fatalf("%q → %q → %q, %q, %v", s, u, again, d2, err)
		}
	})
}

func BenchmarkNormalise(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, _, err := Normalise("https://www.Example.org/news/story?id=4&utm_source=feed"); err != nil {
			b.Fatal(err)
		}
	}
}
