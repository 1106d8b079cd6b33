package sitekind

import (
	"net/url"
	"testing"
)

func TestOf(t *testing.T) {
	for _, c := range []struct {
		generator, address string
		want               Kind
	}{
		{"Mastodon v4.2", "https://social.example/@a", Social},
		{"phpBB", "https://a.example/", Forum},
		{"WordPress 6.2", "https://a.example/2026/x", Blog},
		{"WordPress 6.2", "https://forum.a.example/t/1", Forum},
		{"WordPress 6.2", "https://a.example/forums/topic", Forum},
		{"", "https://old.reddit.com/r/a", Forum},
		{"", "https://a.blogspot.com/1", Blog},
		{"", "https://medium.com/@a/b", Blog},
		{"", "https://blog.a.example/", Blog},
		{"", "https://a.example/", Unknown},
		{"", "", Unknown},
	} {
		u, err := url.Parse(c.address)
		if err != nil {
			t.Fatal(err)
		}
		if got := Of(c.generator, u); got != c.want {
			t.Errorf("%q at %q: %q, want %q", c.generator, c.address, got, c.want)
		}
	}
	if got := Of("Ghost 5", nil); got != Blog {
		t.Errorf("without an address: %q", got)
	}
}
