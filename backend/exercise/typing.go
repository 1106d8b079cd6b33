package exercise

import (
	"math/rand/v2"
	"strings"
	"unicode"
)

// typed gives a text the marks of the author's typing: slips, missing accents,
// short forms, stretched words, capitals. Tags, mentions, names of the brands
// and anything with a digit stay whole.
func typed(text string, a *account, r *rand.Rand) string {
	s := a.style
	if a.lang == "ja" {
		return typedJapanese(text, s, r)
	}
	text = habits(text, a, r)
	lines := strings.Split(text, "\n")
	for i, line := range lines {
		words := strings.Split(line, " ")
		for j, w := range words {
			if !plainWord(w) {
				continue
			}
			if s.lower {
				w = strings.ToLower(w)
			}
			if r.Float64() < s.typo && len([]rune(w)) > 3 {
				w = slip(w, r)
			}
			words[j] = w
		}
		lines[i] = strings.Join(words, " ")
	}
	text = strings.Join(lines, "\n")
	if r.Float64() < s.stretch*0.4 {
		text = stretchWord(text, a.lang)
	}
	if r.Float64() < s.shout {
		text = shoutWord(text, r)
	}
	return text
}

// habits applies what the author always does.
func habits(text string, a *account, r *rand.Rand) string {
	s := a.style
	if s.slang {
		text = shorten(text, a.lang, r)
	}
	if !s.noAccents {
		return text
	}
	switch a.lang {
	case "es":
		return dropMarks.Replace(stripAccents(text))
	case "fr", "pt":
		return stripAccents(text)
	case "ar":
		return dropHamza.Replace(text)
	case "en":
		return strings.NewReplacer("'t ", "t ", "I'm ", "Im ", "i'm ", "im ", "'ve ", "ve ", "that's", "thats", "What's", "Whats").Replace(text)
	}
	return text
}

var (
	dropMarks = strings.NewReplacer("¿", "", "¡", "")
	dropHamza = strings.NewReplacer("أ", "ا", "إ", "ا", "آ", "ا", "ة ", "ه ")
	accents   = strings.NewReplacer(
		"á", "a", "é", "e", "í", "i", "ó", "o", "ú", "u", "ü", "u", "Á", "A", "É", "E", "Í", "I", "Ó", "O", "Ú", "U",
		"à", "a", "â", "a", "è", "e", "ê", "e", "ë", "e", "î", "i", "ï", "i", "ô", "o", "ù", "u", "û", "u", "ç", "c", "À", "A", "Ç", "C", "È", "E", "Ê", "E",
		"ã", "a", "õ", "o", "ä", "a", "ö", "o", "ß", "ss")
)

// stripAccents leaves the ñ, which people type even in a hurry.
func stripAccents(s string) string { return accents.Replace(s) }

// shortForms are chat spellings per language: whole words, the chat form after them.
func shortForms(lang string) []string {
	switch lang {
	case "en":
		return []string{" you ", " u ", " because ", " bc ", " though ", " tho ", " your ", " ur ", " people ", " ppl ", " really ", " rly ", " with ", " w/ ", " probably ", " prob ", " to be honest", " tbh", " I don't know", " idk", " are you ", " r u ", " without ", " w/o ", " going to ", " gonna ", " something ", " smth "}
	case "es":
		return []string{" que ", " q ", " porque ", " xq ", " por ", " x ", " también ", " tb ", " tambien ", " tb ", " mucho ", " mxo ", " para ", " pa ", " de ", " d ", " fin de semana", " finde", " bueno,", " bno,"}
	case "fr":
		return []string{" je suis ", " jsuis ", " c'est ", " cest ", " pourquoi ", " pq ", " que ", " k ", " quelqu'un ", " qqn ", " beaucoup ", " bcp "}
	case "pt":
		return []string{" que ", " q ", " porque ", " pq ", " você ", " vc ", " também ", " tb ", " muito ", " mt ", " não ", " n "}
	case "de":
		return []string{" und ", " u. ", " nicht ", " nich ", " eine ", " ne ", " einen ", " nen ", " ich habe ", " hab "}
	}
	return nil
}

func shorten(text, lang string, r *rand.Rand) string {
	f := shortForms(lang)
	for i := 0; i+1 < len(f); i += 2 {
		if r.Float64() < 0.55 {
			text = strings.ReplaceAll(text, f[i], f[i+1])
		}
	}
	return text
}

// plainWord reports whether a word may be misspelt.
func plainWord(w string) bool {
	if w == "" || strings.ContainsAny(w, "#@/_0123456789") {
		return false
	}
	l := strings.ToLower(w)
	for _, name := range [...]string{"brumelo", "kestwick", "orbanya", "lunet", "بروميلو", "كستويك", "أوربانيا", "اوربانيا", "لونيت", "http"} {
		if strings.Contains(l, name) {
			return false
		}
	}
	return true
}

// slip makes one of the usual mistakes: two letters swapped, one left out, one
// doubled.
func slip(w string, r *rand.Rand) string {
	c := []rune(w)
	i := 1 + r.IntN(len(c)-2)
	if !unicode.IsLetter(c[i]) || !unicode.IsLetter(c[i+1]) {
		return w
	}
	switch r.IntN(3) {
	case 0:
		c[i], c[i+1] = c[i+1], c[i]
		return string(c)
	case 1:
		return string(append(c[:i:i], c[i+1:]...))
	default:
		return string(append(c[:i+1:i+1], c[i:]...))
	}
}

// stretchWord lengthens one word that people lengthen.
func stretchWord(text, lang string) string {
	var pairs []string
	switch lang {
	case "en":
		pairs = []string{" so ", " sooo ", " no ", " nooo ", " please", " pleaseee", " what ", " whaaat ", " never", " neverrr", " tired", " tireddd", " love ", " loveee "}
	case "es":
		pairs = []string{" nada", " nadaaa", " muy ", " muyyy ", " por favor", " por favoooor", " no ", " nooo ", " siempre", " siempreee", " miedo", " miedooo", " harta", " hartaaa", " bueno", " buenooo"}
	case "ar":
		pairs = []string{"جدا", "جدااا", "والله", "واللهه", " لا ", " لااا ", "حلو", "حلووو", "مرة", "مرررة", "كثير", "كثيررر", "خلاص", "خلااااص"}
	}
	for i := 0; i+1 < len(pairs); i += 2 {
		if strings.Contains(text, pairs[i]) {
			return strings.Replace(text, pairs[i], pairs[i+1], 1)
		}
	}
	return text
}

// shoutWord writes one longer word in capitals.
func shoutWord(text string, r *rand.Rand) string {
	words := strings.Split(text, " ")
	for range 4 {
		i := r.IntN(len(words))
		if w := words[i]; plainWord(w) && len(w) > 4 && !strings.Contains(w, "\n") {
			words[i] = strings.ToUpper(w)
			break
		}
	}
	return strings.Join(words, " ")
}

// typedJapanese applies the habits of Japanese typing: half-width marks,
// doubled marks, a trailing laugh.
func typedJapanese(text string, s style, r *rand.Rand) string {
	if s.slang {
		text = strings.NewReplacer("！", "!", "？", "?").Replace(text)
	}
	if r.Float64() < s.stretch {
		text = strings.Replace(text, "！", "！！", 1)
		text = strings.Replace(text, "すごい", "すごーい", 1)
		text = strings.Replace(text, "やばい", "やばーい", 1)
	}
	return text
}
