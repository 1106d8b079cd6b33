package enrich

import (
	"errors"
	"testing"

	"vedette/assets"
)

func TestDamagedTables(t *testing.T) {
	good := assets.LangTable
	for name, b := range map[string][]byte{
		"nothing": nil, "other magic": []byte("hello\n"), "no languages": []byte("vedette-lang 1 x\n"), "no count": []byte("vedette-lang 1 x\na b\nmany\n"),
		"cut": good[:len(good)/2], "longer": append(append([]byte{}, good...), 0), "count too high": []byte("vedette-lang 1 x\na b\n3\n\x01a\x01\x00\x00"),
		"unknown language": []byte("vedette-lang 1 x\na b\n1\n\x01a\x01\x07\x00"), "twice": []byte("vedette-lang 1 x\na b\n2\n\x01a\x01\x00\x00\x10\x01\x00\x00"),
	} {
		if _, err := New(Models{Lang: b, VADER: assets.VADERLexicon, Emoji: assets.EmojiNames}); !errors.Is(err, errTable) {
			t.Errorf("%s: %v", name, err)
		}
	}
	for name, m := range map[string]Models{
		"no lexicon": {Lang: good, Emoji: assets.EmojiNames}, "no emoji": {Lang: good, VADER: assets.VADERLexicon},
		"no value": {Lang: good, VADER: []byte("good\n"), Emoji: assets.EmojiNames}, "two emoji": {Lang: good, VADER: assets.VADERLexicon, Emoji: []byte("😀😀\tx\n")},
	} {
		if _, err := New(m); !errors.Is(err, errLexicon) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

func FuzzTable(f *testing.F) {
	f.Add([]byte("vedette-lang 1 x\na b\n1\n\x01a\x01\x00\x07"))
	f.Add(assets.LangTable[:2000])
	f.Add([]byte("vedette-lang 1 x\na b\n2\n\x02ab\x01\x00\x00\x11c\x02\x00\x01\x01\x02"))
	f.Fuzz(func(t *testing.T, b []byte) {
		table, err := parseTable(b)
		if err != nil {
			if !errors.Is(err, errTable) {
				t.Errorf("%v", err)
			}
			return
		}
		var scores [maxLangs]int32
		table.score([]byte("some words of a text"), &scores)
	})
}

func FuzzLexicon(f *testing.F) {
	f.Add([]byte("good\t1.9\nbad\t-2.5\n"), []byte("😀\tgrinning face\n"))
	f.Fuzz(func(t *testing.T, words, emoji []byte) {
		l, err := parseLexicon(words, emoji)
		if err != nil {
			if !errors.Is(err, errLexicon) {
				t.Errorf("%v", err)
			}
			return
		}
		var v vaderText
		v.vaderScore(l, "good 😀 bad")
	})
}
