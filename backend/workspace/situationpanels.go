package workspace

import (
	"time"

	"vedette/backend/model"
	"vedette/backend/report/chart"
)

// panelFacets maps the dimensions of rankings and shares to facets.
var panelFacets = map[string]string{
	"accounts": "author", "hashtags": "hashtag", "domains": "domain", "types": "type", "languages": "lang", "platforms": "platform",
}

// instant writes Unix seconds as RFC 3339 in UTC.
func instant(t int64) string { return time.Unix(t, 0).UTC().Format(time.RFC3339) }

// between is a stretch of time in Unix seconds, its end exclusive.
func between(from, to int64) *Refinement {
	return &Refinement{From: time.Unix(from, 0).UTC(), To: time.Unix(to, 0).UTC()}
}

// ends gives the end of each bucket: the start of the next one, and for the last
// one its own length on.
func ends(starts []int64, unit, zone string) []int64 {
	out := make([]int64, len(starts))
	for i := range starts {
		if i+1 < len(starts) {
			out[i] = starts[i+1]
			continue
		}
		t := time.Unix(starts[i], 0).In(chart.Zone(zone))
		switch unit {
		case "15m":
			t = t.Add(15 * time.Minute)
		case "1h":
			t = t.Add(time.Hour)
		case "3h":
			t = t.Add(3 * time.Hour)
		case "week":
			t = t.AddDate(0, 0, 7)
		case "month":
			t = t.AddDate(0, 1, 0)
		default:
			t = t.AddDate(0, 0, 1)
		}
		out[i] = t.Unix()
	}
	return out
}

func (b *panels) volume(r model.VolumeResult, p *Panel) chart.Definition {
	starts := make([]int64, len(r.Points))
	for i, x := range r.Points {
		starts[i] = x.T
	}
	stops := ends(starts, r.Unit, r.Zone)
	places := make([]*Refinement, len(starts))
	p.Table.Header = []string{"start", "end", "posts"}
	for i, x := range r.Points {
		places[i] = between(starts[i], stops[i])
		p.Table.Rows = append(p.Table.Rows, []any{instant(starts[i]), instant(stops[i]), x.N})
	}
	if len(starts) > 0 {
		b.from, b.to = starts[0], stops[len(stops)-1]
	}
	p.Points = [][]*Refinement{places}
	return chart.Volume(b.l, r)
}

func (b *panels) sentiment(r model.SentimentResult, p *Panel) chart.Definition {
	starts := make([]int64, len(r.Points))
	for i, x := range r.Points {
		starts[i] = x.T
	}
	stops := ends(starts, r.Unit, r.Zone)
	p.Table.Header = []string{"start", "end", "negative", "neutral", "positive", "unknown", "mean"}
	for i, x := range r.Points {
		var mean any
		if x.Mean != nil {
			mean = *x.Mean
		}
		p.Table.Rows = append(p.Table.Rows, []any{instant(starts[i]), instant(stops[i]), x.Negative, x.Neutral, x.Positive, x.Unknown, mean})
	}
	d := chart.Sentiment(b.l, r)
	for _, series := range d.Series {
		places := make([]*Refinement, len(starts))
		for i := range starts {
			places[i] = between(starts[i], stops[i])
			places[i].Include = map[string][]string{"polarity": {series.Key}}
		}
		p.Points = append(p.Points, places)
	}
	return d
}

func (b *panels) voice(r model.VoiceResult, p *Panel) chart.Definition {
	p.Table.Header = []string{
		"id", "name", "competitor", "mentions", "mention_share", "engagement", "engagement_known", "engagement_share",
		"reach", "reach_known", "reach_share", "negative", "neutral", "positive", "unknown",
	}
	d := chart.Voice(b.l, r)
	for _, x := range r.Subjects {
		p.Table.Rows = append(p.Table.Rows, []any{
			x.ID, x.Name, x.Competitor, x.Mentions, x.MentionShare, x.Engagement, x.EngagementKnown, x.EngagementShare,
			x.Reach, x.ReachKnown, x.ReachShare, x.Sentiment.Negative, x.Sentiment.Neutral, x.Sentiment.Positive, x.Sentiment.Unknown,
		})
		places := make([]*Refinement, len(d.Categories))
		for i := range places {
			places[i] = &Refinement{Subject: x.ID}
		}
		p.Points = append(p.Points, places)
	}
	return d
}

func (b *panels) topics(r model.VoiceResult, p *Panel) chart.Definition {
	p.Table.Header = []string{"id", "name", "mentions", "engagement", "engagement_known", "reach", "reach_known", "negative", "neutral", "positive", "unknown"}
	places := make([]*Refinement, len(r.Subjects))
	for i, x := range r.Subjects {
		places[i] = &Refinement{Subject: x.ID}
		p.Table.Rows = append(p.Table.Rows, []any{
			x.ID, x.Name, x.Mentions, x.Engagement, x.EngagementKnown, x.Reach, x.ReachKnown,
			x.Sentiment.Negative, x.Sentiment.Neutral, x.Sentiment.Positive, x.Sentiment.Unknown,
		})
	}
	p.Points = [][]*Refinement{places}
	return chart.Topics(b.l, r)
}

func (b *panels) rank(r model.RankResult, p *Panel) chart.Definition {
	p.Table.Header = []string{"key", "label", "platform", "posts", "engagement", "engagement_known", "followers"}
	var places []*Refinement
	for i, x := range r.Rows {
		var followers any
		if n, ok := x.Followers.Value(); ok {
			followers = n
		}
		p.Table.Rows = append(p.Table.Rows, []any{x.Key, chart.RankLabel(r.Dimension, x), x.Platform, x.Posts, x.Engagement, x.EngagementKnown, followers})
		if i < ranksShown {
			places = append(places, &Refinement{Include: map[string][]string{panelFacets[r.Dimension]: {x.Key}}})
		}
	}
	p.Points, p.Distinct = [][]*Refinement{places}, r.Distinct
	return chart.Rank(b.l, r, ranksShown)
}

// share leads from the bar of the rest to the posts that have none of the values
// shown.
func (b *panels) share(r model.ShareResult, p *Panel) chart.Definition {
	facet := panelFacets[r.Dimension]
	p.Table.Header = []string{"key", "label", "posts", "share"}
	named := len(r.Rows)
	if named > sharesShown {
		named = sharesShown - 1
	}
	var places []*Refinement
	var shown []string
	for i, x := range r.Rows {
		if x.Key != "" {
			p.Distinct++
		}
		p.Table.Rows = append(p.Table.Rows, []any{x.Key, chart.ShareLabel(b.l, r.Dimension, x.Key), x.Posts, x.Share})
		if i < named {
			shown = append(shown, x.Key)
			places = append(places, &Refinement{Include: map[string][]string{facet: {x.Key}}})
		}
	}
	if named < len(r.Rows) {
		places = append(places, &Refinement{Exclude: map[string][]string{facet: shown}})
	}
	p.Points = [][]*Refinement{places}
	return chart.Share(b.l, r, sharesShown)
}
