package exercise

import (
	"math"
	"time"
)

// repost spreads what was said: shares of popular posts, most within hours.
func (b *builder) repost() {
	r := b.crowd
	for _, platform := range [...]string{"x", "bluesky"} {
		total := 760
		if platform == "bluesky" {
			total = 110
		}
		for _, lang := range langCodes[:4] {
			var pool []*post
			var w []float64
			for _, p := range b.posts {
				if p.platform != platform || p.lang != lang || p.kind == kindRepost || p.parent != nil || p.class != classOrganic && p.class != classNoise {
					continue
				}
				x := math.Exp(1.3*r.NormFloat64()) * math.Sqrt(float64(p.author.followers)+5)
				switch {
				case p.author.role == roleBrand || p == b.events.marks.call || p == b.events.marks.rumour:
					x *= 40
				case p.rumour || p.protest:
					x *= 4
				case p.class == classNoise:
					x *= 0.25
				}
				pool, w = append(pool, p), append(w, x)
			}
			share := [...]float64{.44, .27, .15, .14}[langIndex(lang)]
			for range int(share * float64(total)) {
				if i := drawWeight(r, w); i >= 0 {
					b.share(pool[i])
				}
			}
		}
	}
}

func langIndex(code string) int {
	for i, c := range langCodes {
		if c == code {
			return i
		}
	}
	return -1
}

// share reposts one post, unless that would be after the end.
func (b *builder) share(p *post) {
	at := p.at.Add(time.Minute + time.Duration(b.crowd.ExpFloat64()*float64(7*time.Hour)))
	if !at.Before(b.start.AddDate(0, 0, Days)) {
		return
	}
	b.add(&post{
		platform: p.platform, author: b.author(p.platform, p.lang, p.author), at: at, kind: kindRepost, lang: p.lang,
		theme: p.theme, interest: p.interest, class: p.class, target: p, body: p.body, rumour: p.rumour, protest: p.protest,
	})
}

// measure gives every post its counts: log-normal, higher for who has more
// followers, never lower than what the scenario itself holds.
func (b *builder) measure() {
	r := b.numbers
	for _, p := range b.posts {
		if p.kind == kindRepost {
			continue
		}
		reach := math.Log(float64(p.author.followers) + 12)
		heat := map[string]float64{"battery": .5, "rumour": .9, "protest": .6, "march": .6, "reaction": .3, "noise": -.4}[p.theme]
		if p.parent != nil {
			heat -= 1.1
		}
		if p.author.role == roleBot || p.author.role == roleSpam {
			heat -= 2.5
		}
		mu := 0.62*reach - 2.6 + heat
		p.likes = draw(r.NormFloat64(), mu, 1.25)
		p.shares = draw(r.NormFloat64(), mu-1.6, 1.2)
		p.replies = draw(r.NormFloat64(), mu-1.5, 1.0)
		p.quotes = draw(r.NormFloat64(), mu-3, 1.0)
		p.views = int(float64(p.likes+1)*(18+50*r.Float64())) + r.IntN(60)
		b.measureBoards(p)
	}
	for _, p := range b.posts {
		if p.parent != nil {
			p.parent.replies = max(p.parent.replies, b.countOf(p.parent, kindReply))
		}
	}
	b.ensureShares()
}

func draw(z, mu, sigma float64) int {
	return int(math.Min(2_000_000, math.Floor(math.Exp(mu+sigma*z))))
}

// measureBoards sets counts where followers mean nothing: boards and channels.
func (b *builder) measureBoards(p *post) {
	r := b.numbers
	switch p.platform {
	case "reddit":
		mu := 1.6
		if p.parent == nil {
			mu = 3.4
		}
		p.likes = draw(r.NormFloat64(), mu, 1.3) - r.IntN(3)
		p.scoreHidden = p.parent != nil && b.start.AddDate(0, 0, Days).Sub(p.at) < 10*time.Hour
	case "youtube":
		p.views = draw(r.NormFloat64(), 9.3, 1.1)
		p.likes = int(float64(p.views) * (0.012 + 0.03*r.Float64()))
	case "feed", "forum":
		p.likes, p.shares, p.replies, p.quotes, p.views = 0, 0, 0, 0, 0
	case "x":
		p.hideViews = r.IntN(25) == 0
	}
}

// countOf is how many posts of a kind the scenario holds for a post.
func (b *builder) countOf(p *post, k kind) int {
	if b.children == nil {
		b.children = map[*post]map[kind]int{}
		for _, c := range b.posts {
			for _, up := range [...]*post{c.parent, c.target} {
				if up == nil {
					continue
				}
				if b.children[up] == nil {
					b.children[up] = map[kind]int{}
				}
				b.children[up][c.kind]++
			}
		}
	}
	return b.children[p][k]
}

// ensureShares lifts the counts to the reposts, quotes and comments that exist.
func (b *builder) ensureShares() {
	for _, p := range b.posts {
		if p.kind == kindRepost {
			continue
		}
		p.shares = max(p.shares, b.countOf(p, kindRepost))
		p.quotes = max(p.quotes, b.countOf(p, kindQuote))
		p.views = max(p.views, 3*(p.likes+p.shares+p.replies))
	}
	threads := map[*post]int{}
	for _, p := range b.posts {
		if p.platform == "reddit" && p.parent != nil {
			threads[p.root]++
		}
	}
	for _, p := range b.posts {
		if p.platform == "reddit" && p.parent == nil {
			p.replies = threads[p]
		}
	}
}

// feedHosts are where the posts of a feed live.
func (b *builder) feedHost(venue string) string {
	for _, o := range b.outlets {
		if o.Key == venue {
			return o.Link
		}
	}
	return forumHost(venue)
}

// identify gives every post the id that its platform would have given it.
func (b *builder) identify() {
	r := b.numbers
	reddit, number := int64(0), map[string]int{}
	for _, p := range b.posts {
		switch p.platform {
		case "x":
			p.id = itoa64(snowflake(p.at.Add(time.Duration(r.IntN(1000))*time.Millisecond), r.IntN(1<<22)))
		case "bluesky":
			kind := "post"
			if p.kind == kindRepost {
				kind = "repost"
			}
			p.id = "at://" + p.author.id + "/app.bsky.feed." + kind + "/" + tid(p.at.Add(time.Duration(r.IntN(900_000))*time.Microsecond), r.IntN(1024))
		case "reddit":
			reddit += int64(40 + r.IntN(9000))
			if p.parent == nil {
				p.id = "t3_" + base36Of(3_650_000_000+reddit)
			} else {
				p.id = "t1_" + base36Of(53_900_000_000+reddit*7)
			}
		case "forum":
			number[p.venue]++
			n := itoa(41800 + 3*number[p.venue])
			p.id = forumHost(p.venue) + "/viewtopic.php?p=" + n + "#p" + n
		case "feed":
			number[p.venue]++
			p.id = b.feedHost(p.venue) + "/" + p.at.Format("2006/01/02") + "/" + itoa(7100+number[p.venue])
		case "youtube":
			p.id = randString(r, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_", 11)
		}
	}
}
