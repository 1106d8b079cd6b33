package enrich

// script is a writing system as far as it narrows the language down.
type script uint8

// The scripts told apart. Letters of any other script count as otherScript.
const (
	otherScript script = iota
	latin
	cyrillic
	arabic
	devanagari
	greek
	hebrew
	armenian
	georgian
	thai
	lao
	khmer
	burmese
	sinhala
	tibetan
	ethiopic
	bengali
	gurmukhi
	gujarati
	oriya
	tamil
	telugu
	kannada
	malayalam
	thaana
	han
	kana
	hangul
	numScripts
)

// scriptRanges lists blocks of the basic plane in order (Unicode 15, Blocks.txt).
var scriptRanges = [...]struct {
	lo, hi rune
	s      script
}{
	{0x0041, 0x024f, latin},
	{0x0370, 0x03ff, greek},
	{0x0400, 0x052f, cyrillic},
	{0x0530, 0x058f, armenian},
	{0x0590, 0x05ff, hebrew},
	{0x0600, 0x06ff, arabic},
	{0x0750, 0x077f, arabic},
	{0x0780, 0x07bf, thaana},
	{0x08a0, 0x08ff, arabic},
	{0x0900, 0x097f, devanagari},
	{0x0980, 0x09ff, bengali},
	{0x0a00, 0x0a7f, gurmukhi},
	{0x0a80, 0x0aff, gujarati},
	{0x0b00, 0x0b7f, oriya},
	{0x0b80, 0x0bff, tamil},
	{0x0c00, 0x0c7f, telugu},
	{0x0c80, 0x0cff, kannada},
	{0x0d00, 0x0d7f, malayalam},
	{0x0d80, 0x0dff, sinhala},
	{0x0e00, 0x0e7f, thai},
	{0x0e80, 0x0eff, lao},
	{0x0f00, 0x0fff, tibetan},
	{0x1000, 0x109f, burmese},
	{0x10a0, 0x10ff, georgian},
	{0x1100, 0x11ff, hangul},
	{0x1200, 0x139f, ethiopic},
	{0x1780, 0x17ff, khmer},
	{0x1c90, 0x1cbf, georgian},
	{0x1e00, 0x1eff, latin},
	{0x1f00, 0x1fff, greek},
	{0x2d00, 0x2d2f, georgian},
	{0x2d80, 0x2ddf, ethiopic},
	{0x2de0, 0x2dff, cyrillic},
	{0x3005, 0x3007, han},
	{0x3040, 0x30ff, kana},
	{0x3130, 0x318f, hangul},
	{0x31f0, 0x31ff, kana},
	{0x3400, 0x4dbf, han},
	{0x4e00, 0x9fff, han},
	{0xa640, 0xa69f, cyrillic},
	{0xac00, 0xd7ff, hangul},
	{0xf900, 0xfaff, han},
	{0xfb1d, 0xfb4f, hebrew},
	{0xfb50, 0xfdff, arabic},
	{0xfe70, 0xfeff, arabic},
	{0xff21, 0xff5a, latin},
	{0xff66, 0xff9f, kana},
}

// scriptOf returns the script of a letter.
func scriptOf(r rune) script {
	lo, hi := 0, len(scriptRanges)
	for lo < hi {
		mid := (lo + hi) / 2
		if scriptRanges[mid].hi < r {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	if lo < len(scriptRanges) && r >= scriptRanges[lo].lo {
		return scriptRanges[lo].s
	}
	return otherScript
}

// scriptLang is the language that a script gives away on its own, "" when it is
// shared. Han and kana are handled together by dominant.
func scriptLang(s script) string {
	switch s {
	case greek:
		return "el"
	case hebrew:
		return "he"
	case armenian:
		return "hy"
	case georgian:
		return "ka"
	case thai:
		return "th"
	case lao:
		return "lo"
	case khmer:
		return "km"
	case burmese:
		return "my"
	case sinhala:
		return "si"
	case tibetan:
		return "bo"
	case ethiopic:
		return "am"
	case bengali:
		return "bn"
	case gurmukhi:
		return "pa"
	case gujarati:
		return "gu"
	case oriya:
		return "or"
	case tamil:
		return "ta"
	case telugu:
		return "te"
	case kannada:
		return "kn"
	case malayalam:
		return "ml"
	case thaana:
		return "dv"
	case han:
		return "zh"
	case kana:
		return "ja"
	case hangul:
		return "ko"
	}
	return ""
}

// sharedScript gives the script in which the table's language is written, for
// the scripts that several languages share; latin for all others.
func sharedScript(lang string) script {
	switch lang {
	case "ru", "uk", "be", "bg", "sr", "mk", "kk", "mn":
		return cyrillic
	case "ar", "fa", "ur", "ku", "ps":
		return arabic
	case "hi", "mr", "ne":
		return devanagari
	}
	return latin
}

// dominant returns the script that carries most of the text and its share 0..1.
// A Chinese character, kana or Hangul syllable says as much as several letters
// of an alphabet, so that names in Latin letters do not outweigh them; kana
// among Chinese characters makes the text Japanese.
func dominant(counts *[numScripts]int) (script, float64) {
	w := *counts
	w[han] *= 3
	w[kana] *= 3
	w[hangul] *= 3
	if w[kana]*12 > w[han] {
		w[kana] += w[han]
		w[han] = 0
	}
	best, sum := otherScript, 0
	for s := range numScripts {
		sum += w[s]
		if w[s] > w[best] {
			best = s
		}
	}
	if sum == 0 {
		return otherScript, 0
	}
	return best, float64(w[best]) / float64(sum)
}
