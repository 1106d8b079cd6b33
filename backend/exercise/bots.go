package exercise

import (
	"math/rand/v2"
	"strconv"
	"strings"
	"time"
)

// botCount is how many accounts one hand runs.
const botCount = 42

// wave is one push of the coordinated accounts.
type wave struct {
	id, message string
	from        time.Time
	nights      int
	bursts      int // per night
	rules       []string
	links, tags []string
}

func (b *builder) wavePlan() []wave {
	return []wave{
		{
			id: "wave-1", from: b.events.wave1, nights: 2, bursts: 3, rules: []string{"bot.w1"},
			message: "the authorities hide injured babies; sign the list",
			links:   []string{"https://brumelo-truth.example/list", "https://brumelo-truth.example/list?src=tw"},
			tags:    []string{"BrumeloBabies", "BanBrumelo"},
		},
		{
			id: "wave-2", from: b.events.wave2, nights: 2, bursts: 3, rules: []string{"bot.w2"},
			message: "get compensation through a claims page; buy the rival instead",
			links:   []string{"https://monitor-claims.example/start", "https://monitor-claims.example/start?ref=b2"},
			tags:    []string{"BrumeloRefund", "BoycottBrumelo"},
		},
	}
}

// runBots lets the coordinated accounts act: bursts within seconds at the same
// minutes of the night, near-equal wording, the same links, and a trickle of
// filler by day so that they look inhabited.
func (b *builder) runBots() {
	r := b.bots
	accounts := make([]*account, botCount)
	for i := range accounts {
		accounts[i] = b.newBot(i)
	}
	g := TruthGroup{ID: "group-1"}
	for _, w := range b.wavePlan() {
		c := TruthCampaign{ID: w.id, Group: g.ID, Links: w.links, Tags: w.tags, Message: w.message}
		for night := range w.nights {
			for burst := range w.bursts {
				at := w.from.AddDate(0, 0, night).Add(time.Duration(burst)*47*time.Minute + time.Duration(r.IntN(50))*time.Second)
				b.burst(w, at, accounts)
			}
		}
		b.waves = append(b.waves, c)
		g.Campaigns = append(g.Campaigns, w.id)
	}
	for _, a := range accounts {
		b.filler(a)
	}
	b.groups = append(b.groups, g)
}

// burst is one message pushed by most of the accounts within seconds.
func (b *builder) burst(w wave, at time.Time, accounts []*account) {
	r := b.bots
	var first *post
	for _, i := range r.Perm(len(accounts))[:24+r.IntN(12)] {
		a := accounts[i]
		at = at.Add(time.Duration(700+r.IntN(3600)) * time.Millisecond)
		p := &post{platform: "x", author: a, at: at, kind: kindPost, lang: a.lang, theme: "battery", class: classAutomated, campaign: w.id}
		p.rumour = w.id == "wave-1"
		if first != nil && first.lang == a.lang && r.IntN(5) == 0 {
			p.kind, p.target, p.body = kindRepost, first, first.body
			b.add(p)
			continue
		}
		p.body = b.botText(w, a, r)
		p.links = []string{w.links[0]}
		if r.IntN(4) == 0 {
			p.links[0] = w.links[1]
		}
		b.add(p)
		if first == nil {
			first = p
		}
	}
}

// botText is a campaign message with one or two words exchanged.
func (b *builder) botText(w wave, a *account, r *rand.Rand) string {
	v := &voice{rng: r, vars: map[string]string{"city": a.city.name}}
	text := b.langs[a.lang].grammar.say(pickOne(r, w.rules), v)
	for _, t := range w.tags {
		text += " #" + t
	}
	return text
}

// filler is what a bot posts by day at its fixed minute.
func (b *builder) filler(a *account) {
	r := b.bots
	minute := r.IntN(60)
	for day := 9; day < Days; day += 1 + r.IntN(4) {
		at := b.start.AddDate(0, 0, day).Add(time.Duration(7+r.IntN(3)*5)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(r.IntN(4))*time.Second)
		b.add(&post{
			platform: "x", author: a, at: at, kind: kindPost, lang: a.lang, class: classAutomated,
			body: b.langs[a.lang].grammar.say("bot.filler", &voice{rng: r, vars: map[string]string{}}),
		})
	}
}

// newBot invents a coordinated account: weeks old, an odd handle, few followers.
func (b *builder) newBot(i int) *account {
	r := b.bots
	lang := []string{"en", "en", "en", "es", "es", "ar"}[i%6]
	l := b.langs[lang]
	a := &account{platform: "x", role: roleBot, lang: lang, male: r.IntN(2) == 0, city: l.cities[0]}
	given := pickOne(r, l.names.first(a.male))
	stem := latin(lang, given)
	if lang == "ar" {
		stem = pickOne(r, romanGiven("ar"))
	}
	a.handle = b.uniqueHandle("x", strings.ToUpper(stem[:1])+stem[1:min(len(stem), 7)]+strconv.Itoa(10000000+r.IntN(89999999)))
	if len(a.handle) > 15 {
		a.handle = a.handle[:15]
	}
	a.name = given
	a.created = b.start.AddDate(0, 0, -6+r.IntN(9)).Add(time.Duration(r.IntN(5400)) * time.Second)
	a.followers, a.following, a.statuses = r.IntN(24), 90+r.IntN(300), 30+r.IntN(90)
	a.id = strconv.FormatInt(snowflake(a.created, r.IntN(1<<22)), 10)
	return a
}

// writeSpam adds what lives under every popular word: giveaways, coins, bare links.
func (b *builder) writeSpam() {
	r := b.bots
	for i := range 30 {
		lang := []string{"en", "en", "es", "ar", "ja"}[i%5]
		platform := []string{"x", "x", "x", "bluesky"}[r.IntN(4)]
		a := b.newPerson(platform, lang)
		a.role, a.bio = roleSpam, b.langs[lang].grammar.say("spam.bio", b.voiceOf(a, r))
		a.followers, a.created = r.IntN(4000), b.start.AddDate(0, 0, -r.IntN(300)-4)
		link := "https://" + pickOne(r, []string{"get-gift", "lucky-drop", "coin-moon", "promo-now", "fast-win"}) + strconv.Itoa(r.IntN(90)) + ".example/" + randString(r, base36, 6)
		for range 2 + r.IntN(6) {
			at := b.start.Add(time.Duration(r.Float64() * Days * 24 * float64(time.Hour)))
			p := &post{platform: platform, author: a, at: at, kind: kindPost, lang: lang, class: classSpam, links: []string{link}}
			if r.IntN(6) > 0 {
				p.body = b.langs[lang].grammar.say("spam", b.voiceOf(a, r))
			}
			b.add(p)
		}
	}
}
