package exercise

import (
	"fmt"
	"sort"
	"time"
)

// fixedPost is a post whose moment and wording the story prescribes: the rule
// story.<name> of its language.
type fixedPost struct {
	name, lang, platform, theme string
	venue                       string
	at                          time.Time
	brand                       bool
}

func (b *builder) fixed() []fixedPost {
	e := b.events
	return []fixedPost{
		{name: "complaint", lang: "en", platform: "reddit", venue: "ParentTech", theme: "battery", at: e.complaint},
		{name: "complaint", lang: "es", platform: "x", theme: "battery", at: e.complaint.Add(19 * time.Hour)},
		{name: "complaint", lang: "ja", platform: "x", theme: "battery", at: e.complaint.Add(39*time.Hour + 14*time.Minute)},
		{name: "rumour", lang: "en", platform: "x", theme: "rumour", at: e.rumour},
		{name: "call", lang: "es", platform: "x", theme: "protest", at: e.call},
		{name: "call", lang: "en", platform: "bluesky", theme: "protest", at: e.call.Add(97 * time.Minute)},
		{name: "call", lang: "es", platform: "forum", venue: "crianza", theme: "protest", at: e.call.Add(160 * time.Minute)},
		{name: "statement", lang: "en", platform: "x", theme: "reaction", at: e.statement, brand: true},
		{name: "statement", lang: "es", platform: "x", theme: "reaction", at: e.statement.Add(3 * time.Minute), brand: true},
		{name: "statement", lang: "en", platform: "bluesky", theme: "reaction", at: e.statement.Add(6 * time.Minute), brand: true},
		{name: "denial", lang: "en", platform: "x", theme: "reaction", at: e.statement.Add(29 * time.Hour), brand: true},
	}
}

// tellStory writes everything that the crowd and the company say, in order of
// time, so that whoever answers has somebody to answer.
func (b *builder) tellStory() error {
	slots := b.slots()
	sort.SliceStable(slots, func(i, j int) bool { return slots[i].at.Before(slots[j].at) })
	fixed := b.fixed()
	sort.SliceStable(fixed, func(i, j int) bool { return fixed[i].at.Before(fixed[j].at) })
	t := newThreads()
	for _, s := range slots {
		for len(fixed) > 0 && !fixed[0].at.After(s.at) {
			if err := b.tellFixed(fixed[0], t); err != nil {
				return err
			}
			fixed = fixed[1:]
		}
		b.tell(s, t)
	}
	for _, f := range fixed {
		if err := b.tellFixed(f, t); err != nil {
			return err
		}
	}
	return nil
}

func (b *builder) tellFixed(f fixedPost, t *threads) error {
	g := b.langs[f.lang].grammar
	if !g.has("story." + f.name) {
		return fmt.Errorf("story %s has no wording in %s", f.name, f.lang)
	}
	a := b.author(f.platform, f.lang, nil)
	if f.brand {
		a = b.brandAccount(f.platform, f.lang)
	}
	p := &post{
		platform: f.platform, venue: f.venue, author: a, at: f.at, kind: kindPost, lang: f.lang,
		theme: f.theme, class: classOrganic, rumour: f.theme == "rumour", protest: f.theme == "protest",
	}
	v := b.voiceOf(a, b.words)
	p.body = g.say("story."+f.name, v)
	if f.platform == "reddit" || f.platform == "forum" {
		p.title = g.say("story."+f.name+".title", v)
	}
	if f.name == "call" && f.platform == "x" {
		p.media = append(p.media, picture{key: "cartel", alt: g.say("story.call.alt", v)})
	}
	b.memory.keep(p.body)
	t.put(b.add(p))
	switch {
	case f.name == "complaint" && f.platform == "reddit":
		b.events.marks.complaint = p
	case f.name == "rumour":
		b.events.marks.rumour = p
	case f.name == "call" && b.events.marks.call == nil:
		b.events.marks.call = p
	case f.name == "statement" && b.events.marks.statement == nil:
		b.events.marks.statement = p
	}
	return nil
}

// tell writes one post of the crowd.
func (b *builder) tell(s slot, t *threads) {
	p := &post{platform: s.platform, at: s.at, kind: kindPost, lang: s.lang, theme: s.theme, class: classOrganic}
	p.rumour, p.protest = s.theme == "rumour", s.theme == "protest" || s.theme == "march"
	if s.theme == "noise" {
		p.class = classNoise
	}
	parent := t.parentFor(b, p)
	var not *account
	if parent != nil {
		not = parent.author
	}
	p.author = b.author(s.platform, s.lang, not)
	switch {
	case parent == nil:
		p.venue = venueFor(b, p)
	case (s.platform == "x" || s.platform == "bluesky") && b.plan.IntN(6) == 0:
		p.kind, p.target = kindQuote, parent
	default:
		p.kind, p.parent, p.root = kindReply, parent, parent.root
		p.venue = parent.venue
	}
	p.interest = b.interestOf(p, parent)
	if !b.write(p) {
		return
	}
	b.decorate(p)
	t.put(b.add(p))
}

// interestOf is the everyday topic of a piece of noise: the thread's, or one
// of the author's own.
func (b *builder) interestOf(p, parent *post) string {
	if p.theme != "noise" {
		return ""
	}
	if parent != nil {
		return parent.interest
	}
	return pickOne(b.plan, p.author.interests)
}

// venueFor is where on a platform a thread begins.
func venueFor(b *builder, p *post) string {
	noise := p.theme == "noise"
	switch {
	case p.platform == "reddit" && p.lang == "es":
		if noise {
			return "CharlaDeBarrio"
		}
		return "PadresPrimerizos"
	case p.platform == "reddit" && noise:
		return "KitchenTableTalk"
	case p.platform == "reddit":
		return pickOne(b.plan, []string{"ParentTech", "ParentTech", "NewParentsUK"})
	case p.platform == "forum" && p.lang == "es":
		return "crianza"
	case p.platform == "forum":
		return "cotside"
	}
	return ""
}

// decorate adds pictures, links, places and later corrections.
func (b *builder) decorate(p *post) {
	r := b.plan
	social := p.platform == "x" || p.platform == "bluesky"
	if social && p.kind == kindPost && r.Float64() < 0.13 || p.platform == "reddit" && p.parent == nil && r.Float64() < 0.12 {
		pic := picture{key: randString(r, base36, 13), video: r.IntN(7) == 0}
		if g := b.langs[p.lang].grammar; r.IntN(3) == 0 && g.has("alt."+p.theme) {
			pic.alt = g.say("alt."+p.theme, b.voiceOf(p.author, b.words))
		}
		p.media = append(p.media, pic)
		if social && r.IntN(5) == 0 {
			p.media = append(p.media, picture{key: randString(r, base36, 13)})
		}
	}
	if p.platform == "x" && r.Float64() < 0.05 {
		c := p.author.city
		p.place = &c
	}
	edits := 0.012
	if p.platform == "reddit" {
		edits = 0.05
	}
	if r.Float64() < edits {
		p.edited = p.at.Add(time.Duration(3+r.IntN(24)) * time.Minute)
	}
}

// brandAccount is the company's own account.
func (b *builder) brandAccount(platform, lang string) *account {
	key := "brand/" + platform + "/" + lang
	if pool := b.pools[key]; pool != nil {
		return pool[0]
	}
	a := &account{
		platform: platform, role: roleBrand, lang: lang, handle: "BrumeloHelp", name: "Brumelo Support", verified: true,
		bio: "Official help from Brumelo. Monitors, sensors, night lights. Mon–Sat 8–20 h CET.", location: "Zaragoza",
		created: b.start.AddDate(-6, -2, -11), followers: 18412, following: 211, statuses: 9120, listed: 96, activity: 1,
		city: b.langs["es"].cities[0],
	}
	if lang == "es" {
		a.handle, a.name, a.bio, a.followers = "BrumeloES", "Brumelo España", "Vigilabebés, sensores y luces de noche. Atención de lunes a sábado, de 8 a 20 h.", 26077
	}
	if platform == "bluesky" {
		a.handle, a.followers = "brumelo.example.com", 2210
	}
	a.handle = b.uniqueHandle(platform, a.handle)
	a.id = b.nativeID(a)
	b.pools[key] = []*account{a}
	return a
}
