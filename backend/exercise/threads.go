package exercise

import (
	"math"
	"time"
)

// threads knows what can be answered: recent posts by place of conversation.
type threads struct {
	recent map[string][]*post
}

func newThreads() *threads { return &threads{recent: map[string][]*post{}} }

// group is what belongs to one conversation: a place, a language, a topic.
func group(p *post) string {
	topic := p.theme
	switch topic {
	case "defend", "rumour":
		topic = "battery"
	case "march":
		topic = "protest"
	case "noise":
		topic = "noise"
	}
	return p.platform + "/" + p.lang + "/" + topic
}

func (t *threads) put(p *post) {
	k := group(p)
	l := append(t.recent[k], p)
	if len(l) > 140 {
		l = l[len(l)-140:]
	}
	t.recent[k] = l
}

// parentFor draws a post to answer, or nil when a new conversation begins.
// Popular and recent posts are answered more; in forums nearly everything is
// an answer.
func (t *threads) parentFor(b *builder, p *post) *post {
	r := b.plan
	board := p.platform == "reddit" || p.platform == "forum"
	chance := 0.34
	if p.theme == "noise" {
		chance = 0.16
	}
	fade := 11 * time.Hour
	if board {
		chance, fade = 0.94, 40*time.Hour
		if p.platform == "forum" {
			chance, fade = 0.9, 70*time.Hour
		}
	}
	if r.Float64() > chance {
		return nil
	}
	l := t.recent[group(p)]
	if len(l) == 0 {
		return nil
	}
	w := make([]float64, len(l))
	for i, c := range l {
		age := p.at.Sub(c.at)
		if age < 40*time.Second || c.author.role == roleBot {
			continue
		}
		w[i] = math.Exp(-float64(age)/float64(fade)) * (1 + math.Log1p(float64(c.author.followers))/4)
		if c.parent == nil {
			w[i] *= 3
			if board {
				w[i] *= 2.5
			}
		}
		if c.author.role == roleBrand {
			w[i] *= 14
		}
		if depth(c) > 5 {
			w[i] = 0
		}
	}
	i := drawWeight(r, w)
	if i < 0 || w[i] < 0.002 {
		return nil
	}
	return l[i]
}

// depth is how many answers lie above a post.
func depth(p *post) int {
	n := 0
	for p.parent != nil {
		p = p.parent
		n++
	}
	return n
}
