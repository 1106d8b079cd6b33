package report

import (
	"strings"

	"vedette/backend/model"
	"vedette/backend/report/chart"
)

// overTime shows volume and sentiment over the period.
func (d *doc) overTime() {
	r := &d.in.Results
	if r.Volume == nil && r.Sentiment == nil {
		return
	}
	d.section("section.time", 170)
	if r.Volume != nil {
		def := chart.Volume(d.l, r.Volume.Value)
		if r.Alerts != nil && len(r.Alerts.Value.Alerts) > 0 {
			def.MarkEpisodes(r.Alerts.Value.Alerts, EpisodesShown)
			def.Subtitle += " · " + d.l.T("chart.marks")
		}
		d.chart(def, r.Volume.Run)
	}
	if r.Sentiment != nil {
		d.chart(chart.Sentiment(d.l, r.Sentiment.Value), r.Sentiment.Run)
		d.polarities(r.Sentiment)
	}
}

// polarities says the totals of each polarity.
func (d *doc) polarities(s *Result[model.SentimentResult]) {
	t := s.Value.Total
	all := known(t) + t.Unknown
	if all == 0 {
		return
	}
	var parts []string
	for _, p := range [...]struct {
		key model.Polarity
		n   int64
	}{{model.PolarityNegative, t.Negative}, {model.PolarityNeutral, t.Neutral}, {model.PolarityPositive, t.Positive}, {model.PolarityUnknown, t.Unknown}} {
		parts = append(parts, d.l.T("polarity."+string(p.key))+" "+d.l.Int(p.n)+" ("+d.l.Percent(float64(p.n)/float64(all))+")")
	}
	d.note(strings.Join(parts, " · ") + " " + ref(s.Run))
}

// voice compares the subjects of one sort, and tells of the others apart.
func (d *doc) voice() {
	v, topics := d.in.Results.Voice, d.in.Results.Topics
	if v != nil && len(v.Value.Subjects) > 0 {
		d.section("section.voice", 150)
		d.chart(chart.Voice(d.l, v.Value), v.Run)
		d.shares(v)
	}
	if topics == nil || len(topics.Value.Subjects) == 0 {
		return
	}
	if v == nil || len(v.Value.Subjects) == 0 {
		d.section("section.voice", 110)
	}
	d.heading(d.l.T("voice.topics")+" "+ref(topics.Run), 50)
	var rows [][]string
	for _, s := range topics.Value.Subjects {
		rows = append(rows, []string{s.Name, d.l.Int(s.Mentions), d.negative(s.Sentiment), d.l.Int(known(s.Sentiment))})
	}
	d.table([]column{
		{head: d.l.T("col.subject"), width: textW + cellPad - 270, lines: 3}, d.number("mentions", 80), d.number("col.negative", 100), d.number("col.known", 90),
	}, rows)
	d.note(d.l.T("voice.topics.note"))
}

// number is a column of numbers.
func (d *doc) number(key string, w float64) column {
	return column{head: d.l.T(key), width: w, right: true}
}

// known counts the posts whose polarity is known.
func known(c model.PolarityCounts) int64 { return c.Negative + c.Neutral + c.Positive }

// negative is the share of negative posts among those of known polarity.
func (d *doc) negative(c model.PolarityCounts) string {
	if known(c) == 0 {
		return d.l.T("unknown.value")
	}
	return d.l.Percent(float64(c.Negative) / float64(known(c)))
}

// shares sets the table of the subjects compared.
func (d *doc) shares(v *Result[model.VoiceResult]) {
	sum := func(n, known int64) string {
		if known == 0 {
			return d.l.T("unknown.value")
		}
		return d.l.Int(n)
	}
	var rows [][]string
	for _, s := range v.Value.Subjects {
		name := s.Name
		if s.Competitor {
			name += " (" + d.l.T("competitor") + ")"
		}
		rows = append(rows, []string{
			name, d.l.Int(s.Mentions), d.l.Percent(s.MentionShare), sum(s.Engagement, s.EngagementKnown), sum(s.Reach, s.ReachKnown), d.negative(s.Sentiment),
		})
	}
	d.table([]column{
		{head: d.l.T("col.subject"), width: textW + cellPad - 355, lines: 3},
		d.number("mentions", 60), d.number("col.mentionshare", 65),
		d.number("engagement", 80), d.number("reach", 80), d.number("col.negative", 70),
	}, rows)
	d.note(d.l.T("voice.note", "posts", d.l.Plural("n.posts", v.Value.Posts), "neither", d.l.Plural("n.posts", v.Value.Neither)))
}

// makeup shows what the posts are: platforms, page types, languages.
func (d *doc) makeup() {
	r := &d.in.Results
	var charts []drawn
	for _, s := range [...]*Result[model.ShareResult]{r.Platforms, r.Types, r.Languages} {
		if s != nil && len(s.Value.Rows) > 0 {
			charts = append(charts, drawn{chart.Share(d.l, s.Value, 8), s.Run})
		}
	}
	if len(charts) == 0 {
		return
	}
	d.section("section.makeup", 60+d.rowHeight(charts))
	d.row(charts)
}

// actors shows who posts, under which hashtags, pointing where.
func (d *doc) actors() {
	r := &d.in.Results
	if r.Accounts == nil && r.Hashtags == nil && r.Domains == nil {
		return
	}
	d.section("section.actors", 110)
	if r.Accounts != nil && len(r.Accounts.Value.Rows) > 0 {
		d.accounts(r.Accounts)
	}
	var charts []drawn
	for _, s := range [...]*Result[model.RankResult]{r.Hashtags, r.Domains} {
		if s != nil && len(s.Value.Rows) > 0 {
			charts = append(charts, drawn{chart.Rank(d.l, s.Value, 10), s.Run})
		}
	}
	d.y += 6
	d.row(charts)
}

// accounts sets the table of the accounts that posted the most.
func (d *doc) accounts(a *Result[model.RankResult]) {
	d.heading(d.l.T("chart.accounts")+" "+ref(a.Run), 80)
	var rows [][]string
	for i, row := range a.Value.Rows[:min(12, len(a.Value.Rows))] {
		engagement := d.l.T("unknown.value")
		if row.EngagementKnown > 0 {
			engagement = d.l.Int(row.Engagement)
		}
		followers := d.l.T("unknown.value")
		if n, ok := row.Followers.Value(); ok {
			followers = d.l.Int(n)
		}
		rows = append(rows, []string{
			d.l.Int(int64(i + 1)), chart.RankLabel("accounts", row), d.l.Or("platform."+row.Platform, row.Platform), d.l.Int(row.Posts), engagement, followers,
		})
	}
	d.table([]column{
		{head: "", width: 22, right: true},
		{head: d.l.T("col.account"), width: textW + cellPad - 305, lines: 2},
		{head: d.l.T("col.platform"), width: 75, lines: 1},
		{head: d.l.T("posts"), width: 66, right: true},
		{head: d.l.T("engagement"), width: 72, right: true},
		{head: d.l.T("col.followers"), width: 70, right: true},
	}, rows)
	d.note(d.l.T("accounts.note", "shown", d.l.Int(int64(len(rows))), "all", d.l.Int(a.Value.Distinct)))
}
