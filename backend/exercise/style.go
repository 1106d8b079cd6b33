package exercise

import (
	"math/rand/v2"
)

// style is how one person types. It stays the same in all their posts.
type style struct {
	verbosity int     // sentences usually written, 1..4
	lower     bool    // never capitalises
	ender     string  // what ends a sentence
	lastDot   float64 // chance that the post's last sentence gets its ender
	emoji     float64 // chance of emoji in a post
	emojiSet  []string
	typo      float64 // chance per word
	noAccents bool    // leaves out accents, opening marks, hamzas
	slang     bool    // writes the short forms of chats
	stretch   float64 // chance of a stretched word
	tags      float64 // chance of hashtags
	comma     float64 // chance that two sentences become one
	shout     float64 // chance of a word in capitals
	lead      float64 // chance of an opener
	breaks    bool    // a line for each sentence
	laugh     string
}

var emojiSets = [...][]string{
	{"😡", "🤬", "😤", "🙄"},
	{"😭", "😩", "🥲", "😢"},
	{"😂", "🤣", "💀", "😅"},
	{"🙏", "❤️", "🤍", "🫶"},
	{"🤔", "👀", "🧐", "🤷"},
	{"🔥", "⚠️", "🚨", "😱"},
	{"😴", "🥱", "☕", "🫠"},
	{"👍", "🙂", "😊", "👌"},
}

func newStyle(r *rand.Rand, lang, platform string) style {
	s := style{verbosity: 1 + drawWeight(r, []float64{3, 4, 2, 1}), ender: ".", lastDot: 0.55}
	s.lower = r.Float64() < 0.24
	switch x := r.Float64(); {
	case x < 0.12:
		s.ender = "..."
	case x < 0.2:
		s.ender = "!"
	case x < 0.24:
		s.ender = "!!"
	}
	if r.Float64() < 0.35 {
		s.lastDot = 0.08
	} else if r.Float64() < 0.5 {
		s.lastDot = 0.95
	}
	if r.Float64() < 0.55 {
		s.emoji = 0.1 + 0.5*r.Float64()
	}
	s.emojiSet = emojiSets[r.IntN(len(emojiSets))]
	if r.Float64() < 0.5 {
		s.typo = 0.004 + 0.022*r.Float64()
	}
	s.noAccents = r.Float64() < 0.3
	s.slang = r.Float64() < 0.28
	if r.Float64() < 0.25 {
		s.stretch = 0.25
	}
	if r.Float64() < 0.4 {
		s.tags = 0.1 + 0.5*r.Float64()
	}
	s.comma = 0.3 * r.Float64()
	if r.Float64() < 0.15 {
		s.shout = 0.3
	}
	s.lead = 0.3 * r.Float64()
	s.breaks = r.Float64() < 0.12
	s.laugh = laughOf(r, lang)
	return platformHabits(s, r, lang, platform)
}

// platformHabits bends a style to what is usual where it is used.
func platformHabits(s style, r *rand.Rand, lang, platform string) style {
	if platform == "reddit" || platform == "forum" {
		s.verbosity++
		s.emoji *= 0.15
		s.tags = 0
		s.lastDot = min(1, s.lastDot+0.3)
	}
	if lang == "ja" {
		s.ender = pickOne(r, []string{"。", "。", "。", "", "…", "！"})
		s.comma = 0
		s.lower = false
		s.breaks = r.Float64() < 0.3
	}
	if lang == "ar" {
		s.ender = pickOne(r, []string{".", ".", "..", "،", "!", "…"})
		s.lower, s.shout = false, 0
		if s.ender == "،" {
			s.lastDot = 0
		}
	}
	return s
}

func laughOf(r *rand.Rand, lang string) string {
	switch lang {
	case "es":
		return pickOne(r, []string{"jaja", "jajaja", "jajaj", "xd", "jeje"})
	case "ar":
		return pickOne(r, []string{"ههههه", "هههه", "هههههههه"})
	case "ja":
		return pickOne(r, []string{"笑", "w", "ww", "（笑）", "草"})
	case "fr":
		return pickOne(r, []string{"mdr", "ptdr", "lol"})
	case "pt":
		return pickOne(r, []string{"kkkk", "kkk", "rs"})
	case "de":
		return pickOne(r, []string{"haha", "lol"})
	}
	return pickOne(r, []string{"lol", "haha", "lmao", "hahaha"})
}
