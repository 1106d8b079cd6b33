package report

import (
	"cmp"
	"slices"
	"strings"
	"time"

	"vedette/backend/model"
	"vedette/backend/report/chart"
	"vedette/backend/report/episode"
)

func (d *doc) sayVolume() string {
	v := d.in.Results.Volume
	if v == nil {
		return ""
	}
	if len(v.Value.Points) == 0 || v.Value.Total == 0 {
		return d.l.T("say.volume.none", "ref", ref(v.Run))
	}
	peak := v.Value.Points[0]
	counts := make([]int64, len(v.Value.Points))
	for i, p := range v.Value.Points {
		counts[i] = p.N
		if p.N > peak.N {
			peak = p
		}
	}
	slices.Sort(counts)
	median := float64(counts[(len(counts)-1)/2]+counts[len(counts)/2]) / 2
	zone, unit := chart.Zone(v.Value.Zone), v.Value.Unit
	key, when := "say.volume", d.l.Moment(time.Unix(peak.T, 0), zone)
	if unit == "day" || unit == "week" || unit == "month" {
		when = d.l.Date(time.Unix(peak.T, 0), zone)
	}
	if unit == "day" {
		key = "say.volume.day"
	}
	return d.l.T(key, "posts", d.l.Plural("n.posts", v.Value.Total), "unit", d.l.Or("busiest."+unit, unit),
		"when", when, "n", d.l.Plural("n.posts", peak.N), "median", d.expected(median), "ref", ref(v.Run))
}

// sayEpisodes says how often something rose, and since when.
func (d *doc) sayEpisodes() string {
	a := d.in.Results.Alerts
	if a == nil {
		return ""
	}
	all := episode.Group(a.Value.Alerts)
	if len(all) == 0 {
		return d.l.T("say.alerts.none", "threshold", d.l.Decimal(a.Value.Threshold, 1), "ref", ref(a.Run))
	}
	first := all[0].Lead
	return d.l.T("say.episodes", "count", d.l.Plural("n.alerts", int64(len(a.Value.Alerts))), "episodes", d.l.Plural("n.episodes", int64(len(all))),
		"label", d.seriesTitle(&first), "when", d.l.Moment(time.Unix(first.Start, 0), d.zone), "ref", ref(a.Run))
}

// sayStrongest says how strong the strongest rise was.
func (d *doc) sayStrongest() string {
	a, top := d.strongest()
	if top == nil {
		return ""
	}
	return d.l.T("say.strongest", d.strength(a, top)...)
}

// sayOwn says the same of the strongest rise that no competitor leads, where a
// competitor leads the strongest of all.
func (d *doc) sayOwn() string {
	a, top := d.strongest()
	if top == nil || !d.rival(top.Lead.Series) {
		return ""
	}
	own := slices.DeleteFunc(episode.Group(a.Value.Alerts), func(e episode.Episode) bool { return d.rival(e.Lead.Series) })
	if len(own) == 0 {
		return ""
	}
	first, _ := episode.Strongest(own, 1)
	return d.l.T("say.own", d.strength(a, &first[0])...)
}

// strength are the words for how strong an episode was.
func (d *doc) strength(a *Result[model.AlertsResult], e *episode.Episode) []string {
	l := e.Lead
	return []string{
		"number", d.l.Int(int64(e.Number)), "label", d.seriesTitle(&l), "observed", d.l.Plural("n.posts", l.Observed),
		"window", d.window(a.Value.Unit), "when", d.l.Moment(time.Unix(l.Peak, 0), d.zone), "expected", d.expected(l.Expected), "score", d.l.Decimal(l.Score, 1),
		"threshold", d.l.Decimal(a.Value.Threshold, 1), "ref", ref(a.Run),
	}
}

// strongest is the episode with the highest score, nil without alerts.
func (d *doc) strongest() (*Result[model.AlertsResult], *episode.Episode) {
	a := d.in.Results.Alerts
	if a == nil {
		return nil, nil
	}
	if top, _ := episode.Strongest(episode.Group(a.Value.Alerts), 1); len(top) > 0 {
		return a, &top[0]
	}
	return a, nil
}

// endOfPeriod is how near the end of the period an alert is still under way.
const endOfPeriod = 24 * time.Hour

// ongoing are the episodes that reach into the last hours of the period; known
// is false when the period has no end.
func (d *doc) ongoing() (out []episode.Episode, known bool) {
	a := d.in.Results.Alerts
	_, to := d.period()
	if a == nil || len(a.Value.Alerts) == 0 || to.IsZero() {
		return nil, false
	}
	for _, e := range episode.Group(a.Value.Alerts) {
		if e.End() > to.Add(-endOfPeriod).Unix() {
			out = append(out, e)
		}
	}
	return out, true
}

// sayOngoing says what was still above the threshold at the end of the period.
func (d *doc) sayOngoing() string {
	under, known := d.ongoing()
	if !known {
		return ""
	}
	run := ref(d.in.Results.Alerts.Run)
	if len(under) == 0 {
		return d.l.T("say.ongoing.none", "ref", run)
	}
	return d.l.T("say.ongoing", "list", d.leads(under), "ref", run)
}

// leads names episodes by their leading series.
func (d *doc) leads(all []episode.Episode) string {
	var out []string
	for _, e := range all {
		out = append(out, d.l.Int(int64(e.Number))+" · "+d.seriesTitle(&e.Lead))
	}
	return strings.Join(out, ", ")
}

// saySpread says who carried the strongest rise, and where.
func (d *doc) saySpread() string {
	a, top := d.strongest()
	if top == nil {
		return ""
	}
	by := make(map[string]model.AlertReason)
	for _, r := range top.Lead.Reasons {
		by[r.Code] = r
	}
	var parts []string
	if c, n := by["carried"].Values, by["new_accounts"].Values; c != nil && n != nil {
		parts = append(parts, d.reason(model.AlertReason{Code: "authors", Values: merge(c, n)}))
	}
	if r, ok := by["platforms"]; ok {
		parts = append(parts, d.reason(r))
	}
	if len(parts) == 0 {
		return ""
	}
	return d.l.T("say.spread", "number", d.l.Int(int64(top.Number))) + " " + cited(strings.Join(parts, " "), ref(a.Run))
}

func (d *doc) sayMakeup() string {
	var parts []string
	say := func(r *Result[model.ShareResult], key string) {
		if r == nil {
			return
		}
		var names []string
		for _, row := range r.Value.Rows {
			if row.Key == "" || row.Posts == 0 || len(names) == 3 {
				continue
			}
			names = append(names, chart.ShareLabel(d.l, r.Value.Dimension, row.Key)+" ("+d.l.Percent(row.Share)+")")
		}
		if len(names) > 0 {
			parts = append(parts, d.l.T(key, "list", strings.Join(names, ", "), "ref", ref(r.Run)))
		}
	}
	say(d.in.Results.Platforms, "say.platform")
	say(d.in.Results.Languages, "say.language")
	return strings.Join(parts, " ")
}

func (d *doc) sayActors() string {
	a := d.in.Results.Accounts
	if a == nil || len(a.Value.Rows) == 0 {
		return ""
	}
	top := a.Value.Rows[0]
	return d.l.T("say.accounts", "name", chart.RankLabel("accounts", top), "n", d.l.Plural("n.posts", top.Posts), "all", d.l.Plural("n.accounts", a.Value.Distinct), "ref", ref(a.Run))
}

func (d *doc) sayVoice() string {
	v := d.in.Results.Voice
	if v == nil || len(v.Value.Subjects) == 0 {
		return ""
	}
	rows := slices.Clone(v.Value.Subjects)
	slices.SortStableFunc(rows, func(a, b model.VoiceRow) int { return cmp.Compare(b.MentionShare, a.MentionShare) })
	a := rows[0]
	if len(rows) < 2 {
		return d.l.T("say.voice.one", "a", a.Name, "mentions", d.l.Plural("n.posts", a.Mentions), "ref", ref(v.Run))
	}
	return d.l.T("say.voice", "a", a.Name, "ashare", d.l.Percent(a.MentionShare), "b", rows[1].Name, "bshare", d.l.Percent(rows[1].MentionShare), "ref", ref(v.Run))
}

func (d *doc) saySentiment() string {
	s := d.in.Results.Sentiment
	if s == nil {
		return ""
	}
	t := s.Value.Total
	known := t.Negative + t.Neutral + t.Positive
	all := known + t.Unknown
	if all == 0 {
		return ""
	}
	if known == 0 {
		return d.l.T("say.sentiment.unknown", "ref", ref(s.Run))
	}
	share := func(n int64) string { return d.l.Percent(float64(n) / float64(known)) }
	return d.l.T("say.sentiment", "known", d.l.Plural("n.posts", known), "neg", share(t.Negative), "neu", share(t.Neutral), "pos", share(t.Positive),
		"unknown", d.l.Percent(float64(t.Unknown)/float64(all)), "ref", ref(s.Run))
}

// enoughKnown is from how many posts of known sentiment a share is said.
const enoughKnown = 30

// worst is the subject whose posts are negative most often, of those with
// enough posts of known sentiment; nil when there are not two to compare.
func (d *doc) worst() (row *model.VoiceRow, share float64, run int64) {
	n := 0
	for _, v := range [...]*Result[model.VoiceResult]{d.in.Results.Voice, d.in.Results.Topics} {
		if v == nil {
			continue
		}
		for i := range v.Value.Subjects {
			s := &v.Value.Subjects[i]
			known := s.Sentiment.Negative + s.Sentiment.Neutral + s.Sentiment.Positive
			if known < enoughKnown {
				continue
			}
			n++
			if part := float64(s.Sentiment.Negative) / float64(known); row == nil || part > share {
				row, share, run = s, part, v.Run
			}
		}
	}
	if n < 2 {
		return nil, 0, 0
	}
	return row, share, run
}

// sayWorry names the subject that is spoken of most negatively.
func (d *doc) sayWorry() string {
	row, share, run := d.worst()
	if row == nil {
		return ""
	}
	t := row.Sentiment
	return d.l.T("say.worry", "name", row.Name, "share", d.l.Percent(share), "known", d.l.Plural("n.posts", t.Negative+t.Neutral+t.Positive),
		"mentions", d.l.Int(row.Mentions), "ref", ref(run))
}

// sayHashtags names the most used hashtags.
func (d *doc) sayHashtags() string {
	h := d.in.Results.Hashtags
	if h == nil || len(h.Value.Rows) == 0 {
		return ""
	}
	var names []string
	for _, row := range h.Value.Rows[:min(4, len(h.Value.Rows))] {
		names = append(names, chart.RankLabel("hashtags", row)+" ("+d.l.Int(row.Posts)+")")
	}
	return d.l.T("say.hashtags", "list", strings.Join(names, ", "), "ref", ref(h.Run))
}
