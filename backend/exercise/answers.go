package exercise

import (
	"sort"
	"time"
)

// uid is the identity that the importers will give to a post.
func (p *post) uid() string {
	if p.platform == "forum" {
		return "feed:" + p.id
	}
	return p.platform + ":" + p.id
}

// uid is the identity that the importers will give to an account.
func (a *account) uid() string {
	if a.platform == "forum" {
		return "feed:" + a.id
	}
	return a.platform + ":" + a.id
}

// truth writes the answer sheet. The counts by file are filled by the exports.
func (b *builder) truth(s *Scenario) Truth {
	m, e := b.events.marks, b.events
	t := Truth{
		Version: 1, Seed: s.Seed, Start: s.Start, End: s.End,
		FirstComplaint: eventOf(m.complaint, "first report of an overheating battery"),
		Rumour: TruthRumour{
			TruthEvent: eventOf(m.rumour, "first post of the rumour; nothing confirms it and the company denies it"),
			Claim:      "Babies were taken to hospital with burns from a Lunet 2 and it is being covered up.",
		},
		Statement: eventOf(m.statement, "the company acknowledges overheating while charging and opens a free exchange"),
		Protest: TruthProtest{
			TruthEvent: eventOf(m.call, "first call for the gathering"), Place: "Plaza del Pilar", City: "Zaragoza", Country: "ES", Begins: e.protest,
		},
		Groups: b.groups, Campaigns: b.waves, Alerts: alertsOf(e),
		Counts: TruthCounts{
			Posts: len(s.posts), Accounts: len(s.accounts), ByPlatform: map[string]int{}, ByFormat: map[string]int{}, ByFile: map[string]int{},
			ByLang: map[string]int{}, ByClass: map[string]int{}, ByTheme: map[string]int{},
		},
	}
	t.Rumour.Posts = append(t.Rumour.Posts, m.rumour.uid())
	members := map[string]bool{}
	for _, p := range s.posts {
		tp := truthOf(p)
		t.Posts = append(t.Posts, tp)
		t.Counts.ByPlatform[tp.Platform]++
		t.Counts.ByLang[tp.Lang]++
		t.Counts.ByClass[tp.Class]++
		if tp.Theme != "" {
			t.Counts.ByTheme[tp.Theme]++
		}
		if p.rumour && p != m.rumour {
			t.Rumour.Posts = append(t.Rumour.Posts, tp.UID)
		}
		if p.protest {
			t.Protest.Posts++
		}
		if p.author.role == roleBot {
			members[tp.Author] = true
		}
		for i := range t.Campaigns {
			if c := &t.Campaigns[i]; c.ID == p.campaign {
				c.note(tp)
			}
		}
	}
	for a := range members {
		t.Groups[0].Accounts = append(t.Groups[0].Accounts, a)
	}
	sort.Strings(t.Groups[0].Accounts)
	return t
}

func (c *TruthCampaign) note(p TruthPost) {
	c.Posts = append(c.Posts, p.UID)
	if c.From.IsZero() {
		c.From = p.At
	}
	c.To = p.At
}

func truthOf(p *post) TruthPost {
	tp := TruthPost{
		UID: p.uid(), At: p.at.Truncate(time.Second), Platform: p.platform, Kind: string(p.kind), Lang: p.lang, Author: p.author.uid(),
		Class: p.class, Repost: p.kind == kindRepost, Subjects: named(p), About: about(p), Theme: themeName(p.theme), Campaign: p.campaign,
	}
	if p.platform == "forum" {
		tp.Platform = "feed"
	}
	return tp
}

func eventOf(p *post, note string) TruthEvent {
	if p == nil {
		return TruthEvent{Note: note}
	}
	return TruthEvent{Post: p.uid(), Author: p.author.uid(), At: p.at.Truncate(time.Second), Note: note}
}

func alertsOf(e events) []TruthAlert {
	return []TruthAlert{
		{ID: "rise", From: e.video.Add(-2 * time.Hour), To: e.video.Add(8 * time.Hour), Label: "the test video carries the complaints out of the forums", Theme: "battery"},
		{ID: "news", From: e.news, To: e.news.Add(10 * time.Hour), Label: "the newspapers report", Theme: "battery"},
		{ID: "statement", From: e.statement, To: e.statement.Add(6 * time.Hour), Label: "the company's statement", Theme: "reaction"},
		{ID: "wave-1", From: e.wave1, To: e.wave1.Add(4 * time.Hour), Label: "first night of the coordinated push"},
		{ID: "wave-2", From: e.wave2, To: e.wave2.Add(4 * time.Hour), Label: "second push"},
		{ID: "protest", From: e.protest.Add(-90 * time.Minute), To: e.protest.Add(5 * time.Hour), Label: "the gathering", Theme: "protest"},
	}
}
