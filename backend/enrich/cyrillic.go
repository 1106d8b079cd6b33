package enrich

import (
	"bytes"
	"unicode/utf8"
)

// cyrillicLang recognises the Cyrillic languages that the table does not know by
// letters that only they have: Kazakh, Kyrgyz, Tatar, Mongolian, Tajik and
// Macedonian (which else passes for Serbian, and is known by its prepositions too).
// It gives "" when such letters are fewer than one in thirty-three, in a hundred
// for Mongolian, as in a Russian text that names a Kazakh town.
func cyrillicLang(words []byte) string {
	var kazakh, tatar, tajik, ng, oe, schwa, ghe, macedonian, serbian, je, letters int
	for i := 0; i < len(words); {
		r, n := utf8.DecodeRune(words[i:])
		i += n
		if r == ' ' {
			continue
		}
		letters++
		switch r {
		case 'қ', 'ұ':
			kazakh++
		case 'җ':
			tatar++
		case 'ҷ', 'ҳ', 'ӯ', 'ӣ':
			tajik++
		case 'ң':
			ng++
		case 'ө', 'ү':
			oe++
		case 'ә':
			schwa++
		case 'ғ':
			ghe++
		case 'ѓ', 'ќ', 'ѕ':
			macedonian++
		case 'ђ', 'ћ':
			serbian++
		case 'ј':
			je++
		}
	}
	own := kazakh + tatar + tajik + ng + oe + schwa + ghe
	switch {
	case macedonian > serbian && macedonian*100 >= letters,
		je > 0 && serbian == 0 && (hasWord(words, "во") || hasWord(words, "со")):
		return "mk"
	case oe == own && own*100 >= letters && (own > 1 || own*33 >= letters):
		return "mn"
	case own*33 < letters || own == 0:
		return ""
	case tajik > 0 && oe+schwa+ng == 0:
		return "tg"
	case tatar > 0 || schwa > 0 && kazakh+ghe == 0:
		return "tt"
	case kazakh > 0 || ghe > 0 || schwa > 0:
		return "kk"
	}
	return "ky"
}

// hasWord reports whether a word stands among words separated by single spaces.
func hasWord(words []byte, word string) bool {
	for len(words) > 0 {
		first, rest, _ := bytes.Cut(words, []byte{' '})
		if string(first) == word {
			return true
		}
		words = rest
	}
	return false
}
