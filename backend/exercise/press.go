package exercise

import (
	"encoding/json"
	"fmt"
	"strings"
	"time"
)

// outlet is a newspaper, a blog or a video channel of the bank press.json.
type outlet struct {
	Key      string `json:"key"`
	Kind     string `json:"kind"` // news, blog, video
	Title    string `json:"title"`
	Link     string `json:"link"`
	About    string `json:"about"`
	Lang     string `json:"lang"`
	City     string `json:"city"`
	Country  string `json:"country"`
	Zone     int    `json:"zone"`    // minutes east of UTC
	Channel  string `json:"channel"` // YouTube channel id
	Items    []item `json:"items"`
	Everyday int    `json:"everyday"` // further items about everything else
}

// item is one article or video.
type item struct {
	Day    int      `json:"day"`
	Time   string   `json:"time"` // hh:mm in UTC
	Title  string   `json:"title"`
	Lead   string   `json:"lead"`
	Body   []string `json:"body"`
	By     string   `json:"by"`
	Theme  string   `json:"theme"`
	Edited string   `json:"edited"` // minutes later, empty when never
	Hide   bool     `json:"hide"`   // the channel hides its likes
}

func loadPress() ([]outlet, error) {
	data, err := bankFS.ReadFile("data/press.json")
	if err != nil {
		return nil, fmt.Errorf("read press: %w", err)
	}
	var out []outlet
	if err := json.Unmarshal(data, &out); err != nil {
		return nil, fmt.Errorf("parse press: %w", err)
	}
	for _, o := range out {
		for _, i := range o.Items {
			if _, err := time.Parse("15:04", i.Time); err != nil {
				return nil, fmt.Errorf("press item %q: %w", i.Title, err)
			}
		}
	}
	return out, nil
}

// writePress publishes the articles of the newspapers and of the blog.
func (b *builder) writePress() {
	for i := range b.outlets {
		o := &b.outlets[i]
		for j := range o.Items {
			b.publish(o, &o.Items[j])
		}
		g := b.langs[o.Lang].grammar
		for n := range o.Everyday {
			by := b.newsAuthor(o, g.say("byline", &voice{rng: b.press, vars: map[string]string{}}))
			v := b.voiceOf(by, b.press)
			v.vars["city"] = o.City
			it := item{Day: n * Days / o.Everyday, Time: fmt.Sprintf("%02d:%02d", 5+b.press.IntN(15), b.press.IntN(60)), By: by.name}
			b.everyday(&it, g, v)
			b.publish(o, &it)
		}
	}
}

// everyday words an article that has nothing to do with the story.
func (b *builder) everyday(it *item, g *grammar, v *voice) {
	for range 40 {
		v.vars = map[string]string{"city": v.vars["city"], "kidname": "", "age": ""}
		parts := strings.Split(joints(g.say("news.item", v), v.lang), " || ")
		for len(parts) < 3 {
			parts = append(parts, "")
		}
		it.Title, it.Lead, it.Body = capitalise(parts[0]), parts[1], parts[2:]
		if b.memory.fresh(it.text()) {
			break
		}
	}
	b.memory.keep(it.text())
}

// text is everything that an item says.
func (it *item) text() string {
	return it.Title + "\n" + it.Lead + "\n" + strings.Join(it.Body, "\n")
}

// publish makes the post of an item.
func (b *builder) publish(o *outlet, it *item) {
	clock, _ := time.Parse("15:04", it.Time) // checked by loadPress, or made above
	at := b.start.AddDate(0, 0, it.Day).Add(time.Duration(clock.Hour())*time.Hour + time.Duration(clock.Minute())*time.Minute + time.Duration(b.press.IntN(60))*time.Second)
	p := &post{
		platform: "feed", venue: o.Key, author: b.newsAuthor(o, it.By), at: at, kind: kindArticle, lang: o.Lang,
		theme: it.Theme, class: classNews, title: it.Title, body: strings.Join(append([]string{it.Lead}, it.Body...), "\n\n"),
	}
	if o.Kind == "video" {
		p.platform, p.kind, p.hideLikes = "youtube", kindVideo, it.Hide
	}
	if it.Edited != "" {
		if d, err := time.ParseDuration(it.Edited + "m"); err == nil {
			p.edited = at.Add(d)
		}
	}
	b.add(p)
}

// newsAuthor is the account of a by-line, the same for each name of an outlet.
func (b *builder) newsAuthor(o *outlet, name string) *account {
	if o.Kind == "video" {
		name = o.Title
	}
	key := "press/" + o.Key + "/" + name
	if pool := b.pools[key]; pool != nil {
		return pool[0]
	}
	a := &account{
		platform: "feed", role: roleNews, lang: o.Lang, name: name, handle: name, id: hostOf(o.Link) + "/" + strings.ToLower(name), activity: 1,
		city: city{name: o.City, country: o.Country, offset: o.Zone}, created: b.start.AddDate(-3, 0, 0),
	}
	if o.Kind == "video" {
		a.platform, a.id = "youtube", o.Channel
	}
	b.pools[key] = []*account{a}
	return a
}
