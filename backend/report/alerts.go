package report

import (
	"slices"
	"sort"
	"strconv"
	"strings"
	"time"

	"vedette/backend/model"
	"vedette/backend/report/chart"
	"vedette/backend/report/episode"
	"vedette/backend/report/typeset"
)

// EpisodesShown is how many episodes a report describes in full; the others are
// rows of a table. EpisodesDrawn is how many its timeline shows.
const (
	EpisodesShown = 6
	EpisodesDrawn = 20
)

// EpisodeTheme is the theme of quotes that stand for an episode.
func EpisodeTheme(number int) string { return "episode:" + strconv.Itoa(number) }

// seriesName names a series or theme; subjects have the case's own names.
func (d *doc) seriesName(key, label string) string {
	if label == "" {
		label = key
	}
	for _, s := range d.in.Subjects {
		if key == "subject:"+s.ID {
			label = s.Name
		}
	}
	if n, ok := strings.CutPrefix(key, "episode:"); ok {
		return d.l.T("episode.n", "n", n)
	}
	return chart.SeriesLabel(d.l, key, label)
}

// seriesNames names series by their keys.
func (d *doc) seriesNames(keys []string) string {
	out := make([]string, len(keys))
	for i, k := range keys {
		out[i] = d.seriesName(k, "")
	}
	return strings.Join(out, ", ")
}

// seriesKind says what a series is, such as "platform"; "" for all posts.
func (d *doc) seriesKind(series string) string {
	kind, _, found := strings.Cut(series, ":")
	if !found {
		return ""
	}
	if d.rival(series) {
		return d.l.T("competitor")
	}
	return d.l.Or("serieskind."+kind, kind)
}

// rival reports whether a series is that of a competitor.
func (d *doc) rival(series string) bool {
	return slices.ContainsFunc(d.in.Subjects, func(s model.Subject) bool { return s.Competitor && series == "subject:"+s.ID })
}

// seriesTitle names a series with its kind: "English (language)".
func (d *doc) seriesTitle(a *model.Alert) string {
	name := d.seriesName(a.Series, a.Label)
	if kind := d.seriesKind(a.Series); kind != "" {
		name += " (" + kind + ")"
	}
	return name
}

// alerts sets the timeline of the episodes, a card for each of the strongest
// and a table of the rest.
func (d *doc) alerts() {
	a := d.in.Results.Alerts
	if a == nil {
		return
	}
	d.section("section.alerts", 100)
	intro := d.l.T("alerts.intro", "series", d.l.Plural("n.series", int64(a.Value.Series)), "unit", d.window(a.Value.Unit),
		"threshold", d.l.Decimal(a.Value.Threshold, 1), "ref", ref(a.Run))
	if len(a.Value.Alerts) == 0 {
		d.body(intro + " " + d.l.T("alerts.none"))
	} else {
		d.episodes(a, intro)
	}
	if len(a.Value.TooShort) > 0 {
		d.note(d.l.T("alerts.tooshort", "list", d.seriesNames(a.Value.TooShort)))
	}
}

func (d *doc) episodes(a *Result[model.AlertsResult], intro string) {
	all := episode.Group(a.Value.Alerts)
	strong, rest := episode.Strongest(all, EpisodesShown)
	d.body(intro + " " + d.l.T("alerts.grouped", "alerts", d.l.Plural("n.alerts", int64(len(a.Value.Alerts))), "episodes", d.l.Plural("n.episodes", int64(len(all)))) +
		" " + d.l.Plural("alerts.described", int64(len(strong))))
	if len(all) > 1 {
		from, to := d.period()
		d.chart(chart.Alerts(d.l, d.named(a.Value), d.in.Case.Zone, unix(from), unix(to), EpisodesDrawn, EpisodesShown), a.Run)
	}
	for i := range strong {
		d.episode(&strong[i], a)
	}
	if len(rest) > 0 {
		d.heading(d.l.T("alerts.rest")+" "+ref(a.Run), 60)
		d.weaker(rest, a)
	}
}

// named gives alerts the names of the case's subjects.
func (d *doc) named(r model.AlertsResult) model.AlertsResult {
	r.Alerts = slices.Clone(r.Alerts)
	for i := range r.Alerts {
		r.Alerts[i].Label = d.seriesName(r.Alerts[i].Series, r.Alerts[i].Label)
	}
	return r
}

// unix is an instant in seconds, 0 for none.
func unix(t time.Time) int64 {
	if t.IsZero() {
		return 0
	}
	return t.Unix()
}

// window names the length of the windows judged, such as "one hour".
func (d *doc) window(unit string) string { return d.l.Or("window."+unit, unit) }

// expected is what is usual, to the half: "0", "1", "41.5".
func (d *doc) expected(v float64) string { return d.l.Number(strconv.FormatFloat(v, 'f', -1, 64)) }

// episode sets one card: the leading series with its reasons, then where else
// the rise was seen.
func (d *doc) episode(e *episode.Episode, a *Result[model.AlertsResult]) {
	const bar = 3.0
	x, w := marginX+14, textW-14
	var blocks []typeset.Block
	add := func(spans []typeset.Span, leading float64) {
		blocks = append(blocks, d.c.Layout(spans, typeset.Options{Width: w, Leading: leading, Align: typeset.Left}))
	}
	l := e.Lead
	head := span(d.l.Int(int64(e.Number))+" · "+d.seriesName(l.Series, l.Label), typeset.Bold, 10.5, ink)
	if kind := d.seriesKind(l.Series); kind != "" {
		head = append(head, span("  ("+kind+")", typeset.Sans, sizeSmall, grey)...)
	}
	add(append(head, span("   "+d.l.T("alert.score", "score", d.l.Decimal(l.Score, 1)), typeset.Sans, sizeSmall, chart.RGB(chart.Vermil))...), 15)
	add(rich(cited(d.rose(&l, a.Value.Unit), ref(a.Run)), typeset.Sans, sizeBody, ink), 13)
	if why := d.reasons(&l); why != "" {
		add(span(why, typeset.Sans, sizeSmall, ink), 11.6)
	}
	if also := d.alsoSeen(e); also != "" {
		add(span(also, typeset.Sans, sizeSmall, ink), 11.6)
	}
	if quoted := d.cite(d.quotedOnly(carriers(e)), nil); quoted != "" {
		add(rich(d.l.T("alert.posts", "refs", quoted), typeset.Sans, sizeSmall, grey), 11.6)
	}
	high := 0.0
	for _, b := range blocks {
		high += b.Height + 1.5
	}
	d.room(min(high, bottomY-topY))
	for i, b := range blocks {
		if i > 0 {
			d.y += 1.5
		}
		d.flow(b, x, func(y, h float64) { d.rect(marginX, y-1.5, bar, h+1.5, chart.RGB(chart.Vermil)) })
	}
	d.y += 11
}

// rose says when, how much and against what.
func (d *doc) rose(a *model.Alert, unit string) string {
	peak := time.Unix(a.Peak, 0)
	s := d.l.T("alert.rose", "span", d.l.Span(time.Unix(a.Start, 0), time.Unix(a.End, 0), d.zone), "posts", d.l.Plural("n.posts", a.Posts),
		"peak", d.l.DayTime(peak, d.zone), "observed", d.l.Plural("n.posts", a.Observed), "unit", d.window(unit), "expected", d.expected(a.Expected))
	for _, r := range a.Reasons {
		if t, err := strconv.ParseInt(r.Values["detected"], 10, 64); err == nil && r.Code == "since" {
			s += " " + d.l.T("alert.detected", "when", d.l.DayTime(time.Unix(t, 0), d.zone))
		}
	}
	return s
}

// alsoSeen lists the other series of an episode once each, with their scores.
func (d *doc) alsoSeen(e *episode.Episode) string {
	var parts []string
	seen := map[string]bool{e.Lead.Series: true}
	for _, o := range e.Others {
		if !seen[o.Series] {
			seen[o.Series] = true
			parts = append(parts, d.seriesName(o.Series, o.Label)+" ("+d.l.Decimal(o.Score, 1)+")")
		}
	}
	if len(parts) == 0 {
		return ""
	}
	return d.l.T("alert.also", "list", strings.Join(parts, ", "))
}

// carriers are the posts that carry the lead, then those of the others.
func carriers(e *episode.Episode) []string {
	ids := slices.Clone(e.Lead.PostIDs)
	for _, o := range e.Others {
		for _, id := range o.PostIDs {
			if !slices.Contains(ids, id) {
				ids = append(ids, id)
			}
		}
	}
	return ids
}

// weaker sets the episodes that have no card as rows.
func (d *doc) weaker(rest []episode.Episode, a *Result[model.AlertsResult]) {
	rows := make([][]string, len(rest))
	for i := range rest {
		l := rest[i].Lead
		name := d.seriesTitle(&l)
		if n := len(rest[i].Others); n > 0 {
			name += " " + d.l.T("alerts.others", "n", d.l.Int(int64(n)))
		}
		rows[i] = []string{
			d.l.Int(int64(rest[i].Number)), name, d.l.DayTime(time.Unix(l.Start, 0), d.zone), d.l.DayTime(time.Unix(l.Peak, 0), d.zone),
			d.l.Int(l.Observed) + " / " + d.expected(l.Expected), d.l.Decimal(l.Score, 1), ref(a.Run),
		}
	}
	d.table([]column{
		{head: "", width: 24, right: true},
		{head: d.l.T("chart.series"), width: textW + cellPad - 346, lines: 2},
		{head: d.l.T("col.since"), width: 78},
		{head: d.l.T("col.peak"), width: 78},
		{head: d.l.T("col.observed"), width: 70, right: true},
		{head: d.l.T("chart.score"), width: 56, right: true},
		{head: d.l.T("col.runid"), width: 40},
	}, rows)
	d.note(d.l.T("alerts.zone", "zone", d.zoneText()))
}

// quotedOnly keeps the posts that the report quotes: ids may be case ids or UIDs.
func (d *doc) quotedOnly(ids []string) []string {
	var out []string
	for _, id := range ids {
		for i := range d.in.Quotes {
			if p := &d.in.Quotes[i].Post; p.ID == id || p.UID == id {
				out = append(out, p.UID)
			}
		}
	}
	return out
}

// told is how many of an alert's reasons the card says elsewhere.
var told = []string{"rise", "since"}

// reasons puts an alert's explanation in plain sentences, none of them twice.
func (d *doc) reasons(a *model.Alert) string {
	by := make(map[string]map[string]string, len(a.Reasons))
	for _, r := range a.Reasons {
		by[r.Code] = r.Values
	}
	var out []string
	say := func(s string) {
		if s != "" && !slices.Contains(out, s) {
			out = append(out, s)
		}
	}
	for _, r := range a.Reasons {
		switch r.Code {
		case "trailing":
			if _, both := by["seasonal"]; !both {
				say(d.reason(r))
			}
		case "seasonal":
			if t, both := by["trailing"]; both {
				r = model.AlertReason{Code: "baselines", Values: merge(r.Values, t)}
			}
			say(d.reason(r))
		case "new_accounts":
			if _, both := by["carried"]; !both {
				say(d.reason(r))
			}
		case "carried":
			if n, both := by["new_accounts"]; both {
				r = model.AlertReason{Code: "authors", Values: merge(r.Values, n)}
			}
			say(d.reason(r))
		case "concentration":
			if share, err := strconv.ParseFloat(r.Values["share"], 64); err != nil || share >= 0.1 {
				say(d.reason(r))
			}
		case "sentiment":
			say(d.tone(r))
		default:
			if !slices.Contains(told, r.Code) {
				say(d.reason(r))
			}
		}
	}
	return strings.Join(out, " ")
}

// merge joins the values of two reasons; the first one's count.
func merge(a, b map[string]string) map[string]string {
	out := make(map[string]string, len(a)+len(b))
	for k, v := range b {
		out[k] = v
	}
	for k, v := range a {
		out[k] = v
	}
	return out
}

// tone says whether the mean sentiment rose or fell; less than 0.05 is steady.
func (d *doc) tone(r model.AlertReason) string {
	shift, err := strconv.ParseFloat(r.Values["shift"], 64)
	if err != nil {
		return d.reason(r)
	}
	code := "sentiment.steady"
	switch {
	case shift <= -0.05:
		code = "sentiment.fell"
	case shift >= 0.05:
		code = "sentiment.rose"
	}
	return d.reason(model.AlertReason{Code: code, Values: r.Values})
}

// reason puts one part of an alert's explanation in words; one that the
// language files do not know is written as its code and values.
func (d *doc) reason(r model.AlertReason) string {
	keys := make([]string, 0, len(r.Values))
	for k := range r.Values {
		keys = append(keys, k)
	}
	sort.Strings(keys)
	var pairs, plain []string
	for _, k := range keys {
		v := d.reasonValue(r.Code, k, r.Values[k])
		pairs = append(pairs, k, v)
		plain = append(plain, k+" "+v)
	}
	return d.l.Or("reason."+r.Code, strings.TrimSpace(r.Code+": "+strings.Join(plain, ", "))+".", pairs...)
}

// reasonValue formats one value of a reason by what its name says it is.
func (d *doc) reasonValue(code, key, value string) string {
	switch key {
	case "start", "detected", "end":
		if s, err := strconv.ParseInt(value, 10, 64); err == nil {
			return d.l.Moment(time.Unix(s, 0), d.zone)
		}
	case "share", "top_share":
		if v, err := strconv.ParseFloat(value, 64); err == nil {
			return d.l.Percent(v)
		}
	case "names":
		if code == "platforms" {
			return d.platformShares(value)
		}
		return value
	case "account", "key", "hashtags":
		return value
	case "now", "before", "shift":
		if v, err := strconv.ParseFloat(value, 64); err == nil && code != "platforms" {
			return d.l.Decimal(v, 2)
		}
	case "unit":
		return d.l.Or("unit."+value, value)
	}
	return d.l.Number(value)
}

// platformShares names the platforms of "x 90%, bluesky 4%" in the report's words.
func (d *doc) platformShares(list string) string {
	parts := strings.Split(list, ", ")
	for i, p := range parts {
		name, share, ok := strings.Cut(p, " ")
		if n, found := strings.CutSuffix(share, "%"); ok && found {
			if v, err := strconv.ParseFloat(n, 64); err == nil {
				if share = d.l.AxisPercent(v / 100); v == 0 {
					share = "<" + d.l.AxisPercent(0.01)
				}
			}
			parts[i] = d.l.Or("platform."+name, name) + " (" + share + ")"
		}
	}
	return strings.Join(parts, ", ")
}
