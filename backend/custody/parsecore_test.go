package custody

import (
	"bytes"
	"testing"
	"time"

	"vedette/backend/model"
)

func fullCore() model.Post {
	return model.Post{
		Platform: "x", NativeID: "9007199254740993", Kind: model.KindQuote, PageType: model.PageSocial, Title: "t", Text: "words\nmore", URL: "https://a.example/1",
		PlatformLang: "es", Created: model.Instant{Time: time.Unix(1700000000, 5).UTC(), Original: "then", Zone: model.ZoneStated},
		Edited: model.Instant{Original: "no date"}, Refs: model.Refs{ReplyTo: "x:1", RepostOf: "x:2", QuoteOf: "x:3", Thread: "x:4"},
		Hashtags: []string{"a", "ñ"}, Mentions: []model.Mention{{Handle: "h", AccountID: "7"}}, Links: []model.Link{{URL: "u", Title: "v"}},
		Media: []model.Media{{Type: "image", URL: "m", Alt: "alt", SHA256: "00"}}, Place: model.Place{Name: "P", Country: "ES", Lat: 1.5, Lon: -2, HasPoint: true, Provenance: model.ProvenancePlatform},
		Visibility: model.VisibilityPublic,
	}
}

func TestCoreIsReadBack(t *testing.T) {
	hashed := fullCore()
	hashed.Media = append(hashed.Media, model.Media{Type: "image", PHash: "p:0123456789abcdef"})
	for _, p := range []model.Post{{}, fullCore(), hashed} {
		want := AppendCore(nil, &p)
		got, err := ParseCore(want)
		if err != nil || !bytes.Equal(AppendCore(nil, &got), want) {
			t.Errorf("%+v: %+v, %v", p, got, err)
		}
		for n := range want {
			if _, err := ParseCore(want[:n]); err == nil {
				t.Errorf("%d of %d bytes are read", n, len(want))
			}
		}
		if _, err := ParseCore(append(bytes.Clone(want), 0)); err == nil {
			t.Error("a byte too many is read")
		}
	}
}

func FuzzParseCore(f *testing.F) {
	p := fullCore()
	f.Add(AppendCore(nil, &p))
	f.Fuzz(func(t *testing.T, b []byte) {
		got, err := ParseCore(b)
		if err != nil {
			return
		}
		one := AppendCore(nil, &got)
		again, err := ParseCore(one)
		if err != nil || !bytes.Equal(AppendCore(nil, &again), one) {
			t.Errorf("%x is not stable: %v", b, err)
		}
	})
}
