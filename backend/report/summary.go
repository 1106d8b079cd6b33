package report

import (
	"strings"

	"vedette/backend/report/episode"
)

// summary says in words what the analyses found, every figure citing its run:
// the analyst's own words, then what is computed, then what to watch.
func (d *doc) summary() {
	d.newPage()
	d.section("section.summary", 120)
	d.figures(d.keyFigures())
	if d.in.Summary != "" {
		d.heading(d.l.T("summary.analyst"), 40)
		for _, p := range strings.Split(strings.ReplaceAll(d.in.Summary, "\r\n", "\n"), "\n\n") {
			d.body(p)
		}
	}
	for _, part := range [...]struct {
		key  string
		says []func() string
	}{
		{"summary.happened", []func() string{d.sayVolume, d.sayEpisodes, d.sayStrongest, d.sayOwn, d.sayOngoing}},
		{"summary.spread", []func() string{d.saySpread, d.sayMakeup, d.sayActors, d.sayVoice}},
		{"summary.tone", []func() string{d.saySentiment, d.sayWorry, d.sayHashtags}},
	} {
		d.bullets(part.key, part.says)
	}
	d.suggestions()
	if absent := d.absent(); absent != "" {
		d.y += 2
		d.note(d.l.T("summary.absent", "list", absent))
	}
	d.note(d.l.T("summary.computed") + " " + d.l.T("summary.refs"))
}

// bullets sets sentences under a heading; without any, neither.
func (d *doc) bullets(key string, says []func() string) {
	var out []string
	for _, say := range says {
		if s := say(); s != "" {
			out = append(out, s)
		}
	}
	if len(out) == 0 {
		return
	}
	d.heading(d.l.T(key), 2*leadingBody)
	for _, s := range out {
		d.bullet(s)
	}
}

// keyFigures are the four figures at the head of the summary.
func (d *doc) keyFigures() [][2]string {
	r := &d.in.Results
	var out [][2]string
	if r.Volume != nil {
		out = append(out, [2]string{d.l.Int(r.Volume.Value.Total), d.l.T("figure.posts") + " " + ref(r.Volume.Run)})
	}
	if r.Accounts != nil {
		out = append(out, [2]string{d.l.Int(r.Accounts.Value.Distinct), d.l.T("figure.accounts") + " " + ref(r.Accounts.Run)})
	}
	if r.Sentiment != nil {
		t := r.Sentiment.Value.Total
		if known := t.Negative + t.Neutral + t.Positive; known > 0 {
			out = append(out, [2]string{d.l.Percent(float64(t.Negative) / float64(known)), d.l.T("figure.negative") + " " + ref(r.Sentiment.Run)})
		}
	}
	if r.Alerts != nil {
		n := int64(len(episode.Group(r.Alerts.Value.Alerts)))
		out = append(out, [2]string{d.l.Int(n), d.l.Plural("figure.episodes", n, "alerts", d.l.Plural("n.alerts", int64(len(r.Alerts.Value.Alerts)))) + " " + ref(r.Alerts.Run)})
	}
	return out
}

// absent names the analyses that the report was not given.
func (d *doc) absent() string {
	r := &d.in.Results
	var out []string
	for _, a := range [...]struct {
		key  string
		have bool
	}{
		{"volume", r.Volume != nil},
		{"sentiment", r.Sentiment != nil},
		{"voice", r.Voice != nil},
		{"platforms", r.Platforms != nil},
		{"types", r.Types != nil},
		{"languages", r.Languages != nil},
		{"accounts", r.Accounts != nil},
		{"hashtags", r.Hashtags != nil},
		{"domains", r.Domains != nil},
		{"alerts", r.Alerts != nil},
	} {
		if !a.have {
			out = append(out, d.l.T("run."+a.key))
		}
	}
	return strings.Join(out, ", ")
}
