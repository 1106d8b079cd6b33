package anchors_test

import (
	"reflect"
	"strings"
	"testing"

	"vedette/backend/importer/anchors"
	"vedette/backend/model"
)

func TestOf(t *testing.T) {
	const s = `<p><a href="https://a.example/x?a=1&amp;b=2" class="u-url mention">@a</a> <A HREF=' http://b.example/ '>b</A>
		<a href="javascript:alert(1)">c</a> <a>d</a> <img src="https://c.example/"> <a href="https://a.example/x?a=1&amp;b=2">e</a></p>`
	got := anchors.Of(s)
	want := []anchors.Anchor{{URL: "https://a.example/x?a=1&b=2", Class: "u-url mention"}, {URL: "http://b.example/"}, {URL: "https://a.example/x?a=1&b=2"}}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("%+v", got)
	}
	if !got[0].Has("mention") || got[0].Has("ment") {
		t.Error("classes")
	}
	links := anchors.Links(s, func(a anchors.Anchor) bool { return !a.Has("mention") })
	if !reflect.DeepEqual(links, []model.Link{{URL: "http://b.example/"}, {URL: "https://a.example/x?a=1&b=2"}}) {
		t.Errorf("%+v", links)
	}
	if n := len(anchors.Of(strings.Repeat(`<a href="https://a.example/">`, 5000))); n != 1000 {
		t.Errorf("%d links", n)
	}
}

func TestHost(t *testing.T) {
	for in, want := range map[string]string{
		"https://Social.Example/@a": "social.example", "http://u:p@h.example:3000?x": "h.example:3000", "ftp://x/": "", "/relative": "", "": "",
	} {
		if got := anchors.Host(in); got != want {
			t.Errorf("%q: %q, want %q", in, got, want)
		}
	}
}
