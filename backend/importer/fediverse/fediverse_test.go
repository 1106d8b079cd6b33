package fediverse_test

import (
	"testing"

	"vedette/backend/importer/fediverse"
)

func TestIdentity(t *testing.T) {
	for in, want := range map[string]string{
		"https://l.example/post/12": "lemmy:https://l.example/post/12", "https://l.example/comment/9": "lemmy:https://l.example/comment/9",
		"https://l.example/post/x": "mastodon:https://l.example/post/x", "https://m.example/users/a/statuses/1": "mastodon:https://m.example/users/a/statuses/1",
		"https://l.example": "mastodon:https://l.example", "": "", "status/3": "mastodon:status/3",
	} {
		if got := fediverse.UID(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	for in, want := range map[string]string{
		"https://M.example/users/Ann": "Ann@m.example", "https://m.example/@ann": "ann@m.example", "https://l.example/u/kai/": "kai@l.example",
		"https://m.example/users/a/b": "", "https://m.example": "", "https://m.example/?author=1": "", "acct:ann@m.example": "",
	} {
		if got := fediverse.FromActor(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
	if got := fediverse.Handle("ann", "https://m.example/@ann"); got != "ann@m.example" {
		t.Error(got)
	}
	if a := fediverse.Account("mastodon", "Ann@m.example", "https://m.example/users/Ann"); a.UID() != "mastodon:@ann@m.example" {
		t.Errorf("%+v", a)
	}
}
