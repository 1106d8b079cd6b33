package exercise

import (
	"math"
	"time"
)

// events are the fixed points of the story.
type events struct {
	complaint time.Time // first complaint about a hot battery
	rumour    time.Time // first claim of injured babies
	video     time.Time // a test video
	news      time.Time // first article
	call      time.Time // first call for the protest
	statement time.Time // the company answers
	wave1     time.Time // first night of the push
	wave2     time.Time
	protest   time.Time
	marks     struct{ complaint, rumour, call, statement *post }
}

func newEvents(start time.Time) events {
	at := func(day, hour, minute, second int) time.Time {
		return start.AddDate(0, 0, day).Add(time.Duration(hour)*time.Hour + time.Duration(minute)*time.Minute + time.Duration(second)*time.Second)
	}
	return events{
		complaint: at(7, 20, 47, 12), rumour: at(9, 22, 6, 41), video: at(10, 16, 30, 0), news: at(11, 8, 12, 0),
		call: at(11, 18, 32, 9), statement: at(12, 10, 0, 4), wave1: at(13, 1, 10, 0), wave2: at(17, 1, 40, 0),
		protest: at(19, 11, 0, 0),
	}
}

// themePlan is how many posts a day a theme has, day by day, and in which
// languages (in the order of langCodes).
type themePlan struct {
	theme string
	daily [Days]float64
	langs [len(langCodes)]float64
}

var themePlans = [...]themePlan{
	{
		"noise",
		[Days]float64{96, 92, 95, 90, 104, 112, 108, 94, 92, 96, 88, 102, 114, 110, 92, 90, 94, 92, 104, 116, 108},
		[...]float64{.42, .21, .13, .14, .04, .035, .025},
	},
	{
		"praise",
		[Days]float64{24, 26, 22, 25, 28, 31, 30, 24, 20, 16, 9, 5, 4, 4, 4, 4, 5, 5, 5, 4, 5},
		[...]float64{.5, .24, .12, .14, 0, 0, 0},
	},
	{
		"rival",
		[Days]float64{12, 11, 13, 12, 14, 15, 14, 12, 12, 11, 14, 20, 24, 26, 24, 22, 20, 18, 18, 17, 18},
		[...]float64{.5, .23, .13, .14, 0, 0, 0},
	},
	{
		"battery",
		[Days]float64{0, 0, 0, 0, 0, 0, 0, 4, 9, 16, 62, 104, 92, 62, 50, 40, 34, 32, 30, 32, 22},
		[...]float64{.46, .23, .13, .12, .03, .02, .01},
	},
	{
		"refund",
		[Days]float64{1, 0, 1, 1, 0, 1, 1, 1, 2, 4, 12, 34, 56, 52, 48, 47, 40, 36, 30, 26, 20},
		[...]float64{.46, .25, .14, .12, .01, .01, .01},
	},
	{
		"privacy",
		[Days]float64{1, 1, 0, 2, 1, 1, 1, 2, 1, 2, 5, 14, 36, 42, 48, 36, 30, 26, 20, 16, 14},
		[...]float64{.48, .22, .13, .15, .01, 0, .01},
	},
	{
		"reaction",
		[Days]float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 30, 78, 46, 24, 14, 10, 10, 9, 12, 12},
		[...]float64{.5, .23, .13, .14, 0, 0, 0},
	},
	{
		"protest",
		[Days]float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 8, 16, 18, 20, 22, 26, 34, 54, 0, 0},
		[...]float64{.4, .42, .09, .09, 0, 0, 0},
	},
	{
		"march", // the day of the protest and after
		[Days]float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 96, 40},
		[...]float64{.4, .44, .08, .08, 0, 0, 0},
	},
	{
		"rumour", // the claim of injured babies
		[Days]float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 1, 12, 18, 12, 8, 5, 4, 3, 2, 2, 2, 1},
		[...]float64{.5, .24, .14, .12, 0, 0, 0},
	},
	{
		"defend",
		[Days]float64{0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 8, 12, 14, 12, 10, 8, 7, 6, 6, 5, 5},
		[...]float64{.5, .24, .12, .14, 0, 0, 0},
	},
}

// platformShare is where each language is spoken: X, Bluesky, Reddit, forum.
var platformNames = [...]string{"x", "bluesky", "reddit", "forum"}

func platformShare(lang string) []float64 {
	switch lang {
	case "en":
		return []float64{.39, .22, .30, .09}
	case "es":
		return []float64{.53, .18, .18, .11}
	case "ar":
		return []float64{.94, .06, 0, 0}
	case "ja":
		return []float64{.74, .26, 0, 0}
	}
	return []float64{.62, .38, 0, 0}
}

// surge is a burst of one theme after an event: n posts with the given mean delay.
type surge struct {
	theme string
	at    time.Time
	n     int
	mean  time.Duration
}

func (b *builder) surges() []surge {
	e := b.events
	return []surge{
		{"battery", e.video, 70, 150 * time.Minute},
		{"battery", e.news, 60, 120 * time.Minute},
		{"reaction", e.statement.Add(4 * time.Minute), 90, 110 * time.Minute},
		{"refund", e.statement.Add(15 * time.Minute), 26, 200 * time.Minute},
		{"protest", e.call.Add(20 * time.Minute), 24, 240 * time.Minute},
		{"march", e.protest.Add(10 * time.Minute), 70, 110 * time.Minute},
	}
}

// slot is a post that will be written: when, about what, in which language and where.
type slot struct {
	at                    time.Time
	theme, lang, platform string
}

// slots draws every post of the crowd, in no particular order.
func (b *builder) slots() []slot {
	var out []slot
	for _, tp := range themePlans {
		for day, mean := range tp.daily {
			n := int(math.Round(mean * (0.9 + 0.2*b.plan.Float64())))
			for range n {
				out = append(out, b.slotOn(day, tp))
			}
		}
	}
	for _, s := range b.surges() {
		for _, tp := range themePlans {
			if tp.theme != s.theme {
				continue
			}
			for range s.n {
				sl := b.slotOn(0, tp)
				sl.at = s.at.Add(time.Duration(b.plan.ExpFloat64() * float64(s.mean)))
				out = append(out, sl)
			}
		}
	}
	end := b.start.AddDate(0, 0, Days)
	kept := out[:0]
	for _, s := range out {
		s.at = b.notBefore(s)
		if s.at.Before(end) {
			kept = append(kept, s)
		}
	}
	return kept
}

func (b *builder) slotOn(day int, tp themePlan) slot {
	lang := langCodes[drawWeight(b.plan, tp.langs[:])]
	platform := platformNames[drawWeight(b.plan, platformShare(lang))]
	local := b.localTime(tp.theme)
	offset := b.langs[lang].cities[weighted(b.plan, len(b.langs[lang].cities))].offset
	at := b.start.AddDate(0, 0, day).Add(local - time.Duration(offset)*time.Minute)
	if at.Before(b.start) {
		at = at.Add(24 * time.Hour)
	}
	return slot{at: at, theme: tp.theme, lang: lang, platform: platform}
}

// hourWeights is how much people post at each local hour: they sleep, look at
// their telephones on the way to work, and talk in the evening.
var hourWeights = [24]float64{2.2, 1.1, .6, .4, .4, .7, 2, 4, 5.2, 5, 4.6, 4.6, 5.4, 5.6, 5, 4.6, 4.8, 5.4, 6.2, 7.2, 8.4, 8.8, 7.4, 4.6}

// localTime draws a time of day. Parents of small children write at night too.
func (b *builder) localTime(theme string) time.Duration {
	w := hourWeights
	if theme == "battery" || theme == "praise" {
		for h := range 5 {
			w[h] += 0.7
		}
	}
	h := drawWeight(b.plan, w[:])
	return time.Duration(h)*time.Hour + time.Duration(b.plan.IntN(3600))*time.Second
}

// notBefore keeps a theme from being talked about before it exists.
func (b *builder) notBefore(s slot) time.Time {
	e := b.events
	var first time.Time
	switch s.theme {
	case "battery", "defend":
		first = e.complaint.Add(3 * time.Minute)
	case "rumour":
		first = e.rumour.Add(9 * time.Minute)
	case "reaction":
		first = e.news.Add(10 * time.Minute)
		if d := e.statement.Truncate(24 * time.Hour); !s.at.Before(d) {
			first = e.statement.Add(2 * time.Minute)
		}
	case "protest":
		first = e.call.Add(6 * time.Minute)
	case "march":
		first = e.protest.Add(-90 * time.Minute)
	}
	if s.at.Before(first) {
		return first.Add(time.Duration(b.plan.ExpFloat64() * float64(100*time.Minute)))
	}
	return s.at
}
