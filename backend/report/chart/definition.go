// Package chart defines each chart once, from a result of the model, and gives
// it two forms: the ECharts option JSON for the window and a vector drawing for
// the PDF, with the same values, words and colours.
package chart

import (
	"sort"
	"strings"
	"time"

	"vedette/backend/model"
	"vedette/backend/report/lang"
)

// Definition is a chart without a form. Categories name the places along the
// category axis; for a chart over time Times has their instants (Unix seconds)
// in Zone. Stacked series lie on one another.
type Definition struct {
	ID       string
	Title    string
	Subtitle string // unit and zone, or what is left out
	// Horizontal bars run to the right, one row per category, first on top.
	Horizontal   bool
	CategoryName string
	ValueName    string
	Categories   []string
	Times        []int64
	Zone         string
	Series       []Series
	Percent      bool // values are shares 0..1
	// Spans, one per category, make the chart a timeline: the drawing sets them
	// on an axis of instants from Times[0] to Times[1].
	Spans []Span
	// Marks are numbers set over the columns of a chart over time.
	Marks []Mark
	// Plot is the height of the plot in points, 0 for the usual one.
	Plot float64
	lang *lang.Lang
}

// Span is a stretch of time in Unix seconds, with its words and colour.
type Span struct {
	From, To int64
	Label    string
	Color    string
}

// Mark is a word over the bucket that holds the instant T (Unix seconds).
type Mark struct {
	T    int64
	Text string
}

// Series is one colour's values, one per category. Colors, where set, gives
// each value its own colour. Value labels are Labels, where set.
type Series struct {
	Key    string
	Name   string
	Color  string
	Colors []string
	Values []float64
	Labels []string
}

// Empty reports whether the chart has nothing to draw.
func (d *Definition) Empty() bool {
	for _, s := range d.Series {
		for _, v := range s.Values {
			if v != 0 {
				return false
			}
		}
	}
	return true
}

// The house's colours: Okabe and Ito's palette, safe for the colour-blind,
// with blue for what is ours and vermilion for what is bad.
const (
	Blue     = "#0072B2"
	Orange   = "#E69F00"
	Sky      = "#56B4E9"
	Green    = "#009E73"
	Yellow   = "#D8C400"
	Vermil   = "#D55E00"
	Purple   = "#CC79A7"
	Grey     = "#9A9A9A"
	PaleGrey = "#D9D9D9"
	Ink      = "#1A1F2B"
)

// palette is what keys without a colour of their own are given.
var palette = [...]string{Blue, Orange, Green, Purple, Sky, Vermil, Yellow, "#5B6C8F", "#8C564B", "#44AA99"}

// polarityColor is the same on every chart.
func polarityColor(p model.Polarity) string {
	switch p {
	case model.PolarityNegative:
		return Vermil
	case model.PolarityPositive:
		return Blue
	case model.PolarityNeutral:
		return Grey
	case model.PolarityUnknown:
	}
	return PaleGrey
}

// platformColors are the same on every chart, whatever else is on it.
var platformColors = map[string]string{
	"x": Ink, "reddit": Vermil, "bluesky": Blue, "telegram": Sky, "mastodon": Purple, "youtube": "#8C564B", "facebook": "#5B6C8F",
	"instagram": "#B8529A", "tiktok": "#44AA99", "feed": Orange, "hackernews": Yellow, "whatsapp": Green,
}

// Colors gives every key a colour: the same key has the same one wherever the
// same keys stand together, whatever their order. The empty key is grey.
func Colors(keys []string) map[string]string {
	sorted := append([]string(nil), keys...)
	sort.Strings(sorted)
	out := make(map[string]string, len(keys))
	next := 0
	for _, k := range sorted {
		if _, done := out[k]; done {
			continue
		}
		if k == "" {
			out[k] = PaleGrey
			continue
		}
		out[k] = palette[next%len(palette)]
		next++
	}
	return out
}

// platformColor is a platform's own colour, or the one that Colors gave it.
func platformColor(key string, others map[string]string) string {
	if c, ok := platformColors[key]; ok {
		return c
	}
	return others[key]
}

// Volume is the number of posts per bucket.
func Volume(l *lang.Lang, r model.VolumeResult) Definition {
	d := overTime(l, "volume", r.Unit, r.Zone)
	s := Series{Key: "posts", Name: l.T("posts"), Color: Blue}
	for _, p := range r.Points {
		d.Times = append(d.Times, p.T)
		s.Values = append(s.Values, float64(p.N))
	}
	d.Series = []Series{s}
	d.Categories = timeLabels(l, d.Times, r.Unit, r.Zone)
	if r.Undated > 0 {
		d.Subtitle += " · " + l.Plural("chart.undated", r.Undated)
	}
	return d
}

// Sentiment is the number of posts per bucket and polarity.
func Sentiment(l *lang.Lang, r model.SentimentResult) Definition {
	d := overTime(l, "sentiment", r.Unit, r.Zone)
	polarities := [...]model.Polarity{model.PolarityNegative, model.PolarityNeutral, model.PolarityPositive, model.PolarityUnknown}
	for _, p := range polarities {
		d.Series = append(d.Series, Series{Key: string(p), Name: l.T("polarity." + string(p)), Color: polarityColor(p)})
	}
	for _, p := range r.Points {
		d.Times = append(d.Times, p.T)
		for i, n := range [...]int64{p.Negative, p.Neutral, p.Positive, p.Unknown} {
			d.Series[i].Values = append(d.Series[i].Values, float64(n))
		}
	}
	d.Categories = timeLabels(l, d.Times, r.Unit, r.Zone)
	return d
}

// Voice is each subject's share of mentions, engagement and reach. A measure
// that no post gives is left out.
func Voice(l *lang.Lang, r model.VoiceResult) Definition {
	d := Definition{
		ID: "voice", Title: l.T("chart.voice"), Subtitle: l.T("chart.voice.sub"), Horizontal: true,
		CategoryName: l.T("chart.measure"), ValueName: l.T("chart.share"), Percent: true, lang: l,
	}
	ids := make([]string, len(r.Subjects))
	var known [3]int64
	for i, s := range r.Subjects {
		ids[i] = s.ID
		for k, n := range [...]int64{s.Mentions, s.EngagementKnown, s.ReachKnown} {
			known[k] += n
		}
	}
	for k, key := range [...]string{"mentions", "engagement", "reach"} {
		if known[k] > 0 {
			d.Categories = append(d.Categories, l.T(key))
		}
	}
	colors := Colors(ids)
	for _, s := range r.Subjects {
		row := Series{Key: s.ID, Name: s.Name, Color: colors[s.ID]}
		for k, v := range [...]float64{s.MentionShare, s.EngagementShare, s.ReachShare} {
			if known[k] > 0 {
				row.Values = append(row.Values, v)
				row.Labels = append(row.Labels, l.Percent(v))
			}
		}
		d.Series = append(d.Series, row)
	}
	return d
}

// Topics is the posts that mention each subject. These subjects are no competitors
// of one another: parts of a whole would mean nothing.
func Topics(l *lang.Lang, r model.VoiceResult) Definition {
	d := Definition{
		ID: "topics", Title: l.T("voice.topics"), Subtitle: l.T("chart.topics.sub"), Horizontal: true,
		CategoryName: l.T("col.subject"), ValueName: l.T("posts"), lang: l,
	}
	s := Series{Key: "posts", Name: l.T("posts"), Color: Blue}
	for _, x := range r.Subjects {
		d.Categories = append(d.Categories, x.Name)
		s.Values = append(s.Values, float64(x.Mentions))
		s.Labels = append(s.Labels, l.Int(x.Mentions))
	}
	d.Series = []Series{s}
	return d
}

// Rank is the posts of the first n values of a dimension.
func Rank(l *lang.Lang, r model.RankResult, n int) Definition {
	d := Definition{
		ID: r.Dimension, Title: l.Or("chart."+r.Dimension, r.Dimension), Horizontal: true,
		CategoryName: l.Or("dimension."+r.Dimension, r.Dimension), ValueName: l.T("posts"), lang: l,
	}
	rows := r.Rows[:min(n, len(r.Rows))]
	d.Subtitle = l.T("chart.rank.sub", "shown", l.Int(int64(len(rows))), "all", l.Int(r.Distinct))
	s := Series{Key: "posts", Name: l.T("posts"), Color: Blue}
	for _, row := range rows {
		d.Categories = append(d.Categories, RankLabel(r.Dimension, row))
		s.Values = append(s.Values, float64(row.Posts))
		s.Labels = append(s.Labels, l.Int(row.Posts))
	}
	d.Series = []Series{s}
	return d
}

// RankLabel reads a row of a ranking: hashtags get their sign back.
func RankLabel(dimension string, row model.RankRow) string {
	label := row.Label
	if label == "" {
		label = row.Key
	}
	if strings.HasPrefix(dimension, "hashtag") && !strings.HasPrefix(label, "#") {
		return "#" + label
	}
	return label
}

// Share is how the selection splits by a dimension; after the first n values
// the rest are added up.
func Share(l *lang.Lang, r model.ShareResult, n int) Definition {
	d := Definition{
		ID: r.Dimension, Title: l.Or("chart."+r.Dimension, r.Dimension), Horizontal: true,
		CategoryName: l.Or("dimension."+r.Dimension, r.Dimension), ValueName: l.T("chart.shareofposts") + " (%)", Percent: true, lang: l,
	}
	d.Subtitle = l.Plural("chart.share.sub", r.Total)
	rows := r.Rows
	if len(rows) > n {
		rest := model.ShareRow{Key: "\x00rest"}
		for _, row := range rows[n-1:] {
			rest.Posts, rest.Share = rest.Posts+row.Posts, rest.Share+row.Share
		}
		rows = append(append([]model.ShareRow(nil), rows[:n-1]...), rest)
	}
	keys := make([]string, len(rows))
	for i, row := range rows {
		keys[i] = row.Key
	}
	colors := Colors(keys)
	s := Series{Key: "share", Name: l.T("chart.shareofposts"), Color: Blue}
	for _, row := range rows {
		d.Categories = append(d.Categories, ShareLabel(l, r.Dimension, row.Key))
		s.Values = append(s.Values, row.Share)
		s.Labels = append(s.Labels, l.Percent(row.Share))
		if strings.HasPrefix(r.Dimension, "platform") {
			s.Colors = append(s.Colors, platformColor(row.Key, colors))
		}
	}
	d.Series = []Series{s}
	return d
}

// ShareLabel reads a key of a dimension in words.
func ShareLabel(l *lang.Lang, dimension, key string) string {
	switch {
	case key == "\x00rest":
		return l.T("chart.rest")
	case strings.HasPrefix(dimension, "lang"):
		return l.Language(key)
	case key == "":
		return l.T("missing")
	case strings.HasPrefix(dimension, "type"):
		return l.Or("type."+key, key)
	case strings.HasPrefix(dimension, "platform"):
		return l.Or("platform."+key, key)
	}
	return key
}

// SeriesLabel names a watched series such as "all", "platform:x" or "lang:es";
// label is what the analysis calls it.
func SeriesLabel(l *lang.Lang, series, label string) string {
	kind, key, _ := strings.Cut(series, ":")
	if label == "" {
		label = series
	}
	switch kind {
	case "all":
		return l.T("series.all")
	case "platform":
		return l.Or("platform."+key, label)
	case "lang", "language":
		return l.Language(key)
	}
	return label
}

// overTime starts a chart over time; a zone that is not known is shown as UTC.
func overTime(l *lang.Lang, id, unit, zone string) Definition {
	zone = Zone(zone).String()
	return Definition{
		ID: id, Title: l.T("chart." + id), Zone: zone, lang: l, ValueName: l.T("posts"),
		CategoryName: l.T("chart.time", "zone", zone),
		Subtitle:     l.T("chart.time.sub", "unit", l.Or("unit."+unit, unit), "zone", zone),
	}
}

// Zone loads an IANA zone, UTC when the name is unknown.
func Zone(name string) *time.Location {
	if loc, err := time.LoadLocation(name); err == nil && name != "" {
		return loc
	}
	return time.UTC
}

// timeLabels names the start of each bucket in its zone.
func timeLabels(l *lang.Lang, times []int64, unit, zone string) []string {
	loc := Zone(zone)
	out := make([]string, len(times))
	for i, s := range times {
		t := time.Unix(s, 0)
		switch unit {
		case "month":
			out[i] = l.MonthYear(t, loc)
		case "day", "week":
			out[i] = l.ShortDate(t, loc)
		default:
			out[i] = l.ShortDate(t, loc) + " " + t.In(loc).Format("15:04")
		}
	}
	return out
}
