package main

import (
	"strings"
	"testing"
)

// dictionary writes the package's table of characters: position 0xc3 is "è",
// 0xa9 is "X", every other byte a space.
func dictionary() string {
	var b strings.Builder
	b.WriteString("export const dictionary = [\n")
	for i := range 256 {
		c := " "
		switch i {
		case 0xc3:
			c = "è"
		case 0xa9:
			c = "X"
		case '\'':
			c = `\'`
		}
		b.WriteString("'" + c + "', ")
	}
	return b.String() + "]\n"
}

func TestConvertTable(t *testing.T) {
	js := `export const ngramsData = {type:'x',languages:{0:'en',1:'fr'},isSubset:false,ngrams:{' thè':{0:7},abc:{1:200},'abd':{0:1,1:2},"a'":{1:3},12:{0:0}}};`
	got, err := convertTable([]byte(js), []byte(dictionary()))
	if err != nil {
		t.Fatal(err)
	}
	want := "vedette-lang 1 eld/2.1.0\nen fr\n5\n" +
		"\x04 th\xc3\x01\x00\x07" + "\x0212\x01\x00\x00" + "\x02a'\x01\x01\x03" + "\x12bc\x01\x01\xc8" + "\x21d\x02\x00\x01\x01\x02"
	if string(got) != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
	for _, bad := range []string{"", "languages:{0:'en'},ngrams:{abc:{0:300}}", "languages:{0:'en'},ngrams:{abc}}", "languages:{1:'en'},ngrams:{}}", "languages:{0:'en'},ngrams:{'abc:{0:1}}", "languages:{0:'en'},ngrams:{abc:{0:1},'abc':{0:2}}}"} {
		if b, err := convertTable([]byte(bad), []byte(dictionary())); err == nil {
			t.Errorf("%q: %q, want an error", bad, b)
		}
	}
	if _, err := convertTable([]byte(js), []byte("nothing")); err == nil {
		t.Error("a missing dictionary was not noticed")
	}
}

func TestTrimLexicon(t *testing.T) {
	if got := string(trimLexicon([]byte("good\t1.9\t0.9\t[1, 2]\r\nbroken\n"), false)); got != "good\t1.9\n" {
		t.Errorf("%q", got)
	}
	if got := string(trimLexicon([]byte("😀\tgrinning face\n👨‍👩\tfamily\n"), true)); got != "😀\tgrinning face\n" {
		t.Errorf("%q", got)
	}
}
