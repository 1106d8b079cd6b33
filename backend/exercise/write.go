package exercise

import (
	"math/rand/v2"
	"strings"
	"unicode/utf8"
)

// limits are the longest texts, in characters, that the writer aims for.
func limit(platform, lang string) int {
	switch {
	case platform == "x" && lang == "ja":
		return 128
	case platform == "x":
		return 255
	case platform == "bluesky":
		return 280
	}
	return 2200
}

// orders are the ways in which a text of n sentences is put together: a says
// what happened, b adds to it, c is an opinion, q asks, d answers somebody.
func orders(n int, reply bool) []string {
	if reply {
		switch n {
		case 1:
			return []string{"d", "d", "d", "d", "a", "c", "q"}
		case 2:
			return []string{"da", "db", "dc", "dq", "ab", "da", "db"}
		case 3:
			return []string{"dab", "dbc", "abq", "dac", "abc"}
		}
		return []string{"dabc", "dabq", "dbbc", "abbc"}
	}
	switch n {
	case 1:
		return []string{"a", "a", "a", "c", "q"}
	case 2:
		return []string{"ab", "ac", "aq", "ca", "ab"}
	case 3:
		return []string{"abc", "abq", "acq", "abb", "cab"}
	}
	return []string{"abbc", "abcq", "abbq", "abbcq"}
}

// write gives a post its wording (and its title where there is one). It tries
// until the text repeats nothing that was written before, and gives up on a
// topic when everything has been said; false means that the post stays unwritten.
func (b *builder) write(p *post) bool {
	const tries, topics = 36, 3
	for topic := range topics {
		for i := range tries {
			body := b.draft(p, i)
			if body == "" || utf8.RuneCountInString(body) > limit(p.platform, p.lang) || !b.memory.fresh(body) {
				continue
			}
			p.body = body
			b.memory.keep(body)
			if b.titled(p) {
				p.title = b.titleOf(p)
			}
			return true
		}
		if p.interest == "" || p.parent != nil {
			return false
		}
		p.interest = p.author.interests[topic%len(p.author.interests)]
	}
	return false
}

// titled reports whether the post begins a thread that has a title.
func (b *builder) titled(p *post) bool {
	return p.parent == nil && (p.platform == "reddit" || p.platform == "forum")
}

func (b *builder) titleOf(p *post) string {
	g := b.langs[p.lang].grammar
	v := b.voiceOf(p.author, b.words)
	for range 20 {
		t := g.say(p.bank()+".title", v)
		if p.author.style.lower {
			t = strings.ToLower(t)
		} else {
			t = capitalise(t)
		}
		if !b.memory.sentences[sentenceKey(t)] {
			b.memory.sentences[sentenceKey(t)] = true
			return t
		}
		v = b.voiceOf(p.author, b.words)
	}
	return capitalise(g.say(p.bank()+".title", v))
}

// bank is the name of the phrase bank that the post draws on.
func (p *post) bank() string {
	if p.theme == "noise" {
		return "noise." + p.interest
	}
	return p.theme
}

// draft writes one candidate. Later tries write more, which repeats less.
func (b *builder) draft(p *post, try int) string {
	r, a := b.words, p.author
	g := b.langs[p.lang].grammar
	v := b.voiceOf(a, r)
	n := min(5, max(1, a.style.verbosity+r.IntN(3)-1+try/25))
	if p.parent != nil && r.IntN(2) == 0 {
		n = max(1, n-1)
	}
	if try > 30 && p.platform == "x" {
		n = 1 + r.IntN(2)
	}
	order := pickOne(r, orders(min(n, 4), p.parent != nil))
	var parts []string
	for _, role := range order {
		if name := p.bank() + "." + string(role); g.has(name) {
			parts = append(parts, g.say(name, v))
		}
	}
	if len(parts) == 0 {
		parts = append(parts, g.say(p.bank()+".a", v))
	}
	parts[0] = b.lead(p, parts[0], g, v)
	for i := range parts {
		parts[i] = joints(parts[i], p.lang)
	}
	text := assemble(parts, a, r)
	if utf8.RuneCountInString(text) > 420 && p.platform != "x" {
		text = paragraphs(text, p.lang)
	}
	text = typed(text, a, r)
	return b.trim(text, p, g, v)
}

// joints repairs what meets when parts are put together: contractions in
// Spanish, the article before a vowel in English.
func joints(s, lang string) string {
	switch lang {
	case "es":
		return spanishJoints.Replace(s)
	case "en":
		return englishJoints.Replace(s)
	}
	return s
}

var (
	spanishJoints = strings.NewReplacer(" de el ", " del ", " a el ", " al ", "De el ", "Del ", "A el ", "Al ")
	englishJoints = strings.NewReplacer(" a Orbanya", " an Orbanya", " a 8 ", " an 8 ", " a 11 ", " an 11 ", " a 18 ", " an 18 ", " 1 plants", " one plant")
)

// lead puts an opener before the first clause now and then.
func (b *builder) lead(p *post, clause string, g *grammar, v *voice) string {
	a, r := p.author, b.words
	name := "lead"
	if p.parent != nil {
		name = "reply.lead"
	} else if p.theme == "noise" {
		name = "noise.lead"
	}
	if r.Float64() > a.style.lead+0.1 || !g.has(name) {
		return clause
	}
	opener := g.say(name, v)
	if a.lang == "ja" {
		return opener + clause
	}
	if strings.ContainsAny(opener[len(opener)-1:], ".!?") && !a.style.lower {
		clause = capitalise(clause)
	}
	return opener + " " + clause
}

// trim adds what stands at a text's end: a laugh, emoji, tags.
func (b *builder) trim(text string, p *post, g *grammar, v *voice) string {
	a, r := p.author, b.words
	sep := " "
	if a.lang == "ja" {
		sep = ""
	}
	if light(p.theme) && r.Float64() < 0.08 {
		text = strings.TrimRight(text, ".。، ") + sep + a.style.laugh
	}
	if r.Float64() < a.style.emoji {
		text = unfinished(text, r) + sep + emojis(p, r)
	}
	if p.platform == "x" || p.platform == "bluesky" {
		if name := p.theme + ".tags"; g.has(name) && r.Float64() < a.style.tags {
			text = unfinished(text, r) + " " + g.say(name, v)
		}
	}
	return text
}

// unfinished takes the last full stop off, as people do when something follows.
func unfinished(text string, r *rand.Rand) string {
	if r.IntN(8) == 0 {
		return text
	}
	return strings.TrimRight(text, ".。،…")
}

// light themes may end with a laugh.
func light(theme string) bool {
	return theme == "noise" || theme == "rival" || theme == "praise" || theme == "defend" || theme == "march"
}

func emojis(p *post, r *rand.Rand) string {
	set := p.author.style.emojiSet
	if light(p.theme) && (set[0] == emojiSets[0][0] || set[0] == emojiSets[5][0]) {
		set = emojiSets[2]
	}
	if !light(p.theme) {
		// Nobody laughs about it; whoever usually does, wonders.
		switch set[0] {
		case emojiSets[0][0], emojiSets[1][0], emojiSets[4][0], emojiSets[5][0]:
		default:
			set = pickOne(r, [][]string{emojiSets[0], emojiSets[1], emojiSets[4], emojiSets[5]})
		}
	}
	e := pickOne(r, set)
	switch r.IntN(6) {
	case 0:
		return e + e
	case 1:
		return e + pickOne(r, set)
	}
	return e
}

// paragraphs breaks a long text after about half of its sentences.
func paragraphs(text, lang string) string {
	mark := ". "
	if lang == "ja" {
		mark = "。"
	}
	at := strings.Index(text[len(text)/2:], mark)
	if at < 0 {
		return text
	}
	at += len(text)/2 + len(mark)
	return strings.TrimRight(text[:at], " ") + "\n\n" + text[at:]
}
