package chart

import (
	"math"
	"strconv"
	"time"

	"vedette/backend/model"
	"vedette/backend/report/episode"
	"vedette/backend/report/lang"
)

// Alerts is a timeline of the episodes that the alerts fall into, in order of
// time: when the series that leads each was above the threshold, with its
// score. At most n are shown, those with the highest scores; the first strong
// of them have the stronger colour. from and to are the period in Unix seconds.
func Alerts(l *lang.Lang, r model.AlertsResult, zone string, from, to int64, n, strong int) Definition {
	all := episode.Group(r.Alerts)
	shown, _ := episode.Strongest(all, n)
	leaders, _ := episode.Strongest(all, strong)
	loc := Zone(zone)
	for _, e := range shown {
		if from == 0 || e.Lead.Start < from {
			from = e.Lead.Start
		}
		to = max(to, e.Lead.End)
	}
	d := Definition{
		ID: "alerts", Title: l.T("chart.alerts"), Horizontal: true, CategoryName: l.T("chart.episode"), lang: l, Zone: loc.String(), Times: []int64{from, to},
		Subtitle:  l.T("chart.alerts.sub", "shown", l.Int(int64(len(shown))), "all", l.Int(int64(len(all))), "threshold", l.Decimal(r.Threshold, 1), "zone", loc.String()),
		ValueName: l.T("chart.hours", "from", l.Moment(time.Unix(from, 0), loc)),
		Spans:     make([]Span, 0, len(shown)),
	}
	hot := make(map[int]bool)
	for _, e := range leaders {
		hot[e.Number] = true
	}
	before := Series{Key: "before", Color: "transparent"}
	above := Series{Key: "above", Name: l.T("chart.episode"), Color: Vermil}
	for _, e := range shown {
		color := Orange
		if hot[e.Number] {
			color = Vermil
		}
		score := l.Decimal(e.Lead.Score, 1)
		d.Categories = append(d.Categories, l.Int(int64(e.Number))+" · "+SeriesLabel(l, e.Lead.Series, e.Lead.Label))
		d.Spans = append(d.Spans, Span{From: e.Lead.Start, To: e.Lead.End, Label: score, Color: color})
		before.Values = append(before.Values, hours(e.Lead.Start-from))
		above.Values = append(above.Values, hours(e.Lead.End-e.Lead.Start))
		above.Colors = append(above.Colors, color)
		above.Labels = append(above.Labels, score)
	}
	d.Series = []Series{before, above}
	return d
}

// hours is a number of seconds in hours, to the minute.
func hours(seconds int64) float64 { return math.Round(float64(seconds)/60) / 60 }

// MarkEpisodes numbers the buckets of a chart over time in which the strongest
// n episodes peaked.
func (d *Definition) MarkEpisodes(alerts []model.Alert, n int) {
	strong, _ := episode.Strongest(episode.Group(alerts), n)
	for _, e := range strong {
		d.Marks = append(d.Marks, Mark{T: e.Lead.Peak, Text: strconv.Itoa(e.Number)})
	}
}

// timeline draws the spans on an axis of instants.
func (p *pen) timeline() {
	left, right := 0.0, 0.0
	names := p.nameWidth()
	for i, s := range p.d.Categories {
		left = max(left, p.label(s, names).Width)
		right = max(right, p.label(p.d.Spans[i].Label, 60).Width+8)
	}
	p.x, p.w = p.x+left+7, p.w-left-7-right
	row := p.d.row()
	p.h = float64(len(p.d.Categories)) * row
	from, to := p.d.Times[0], max(p.d.Times[1], p.d.Times[0]+1)
	at := func(t int64) float64 { return p.x + float64(t-from)/float64(to-from)*p.w }
	p.days(from, to, at)
	for i, name := range p.d.Categories {
		y := p.y + float64(i)*row
		b := p.label(name, names)
		p.c.Draw(b, p.x-7-left, y+(row-b.Height)/2)
		p.line(p.x, y+row, p.x+p.w, y+row, hair)
		s := p.d.Spans[i]
		x := at(s.From)
		w := max(at(s.To)-x, 2.5)
		p.rect(x, y+2.5, w, row-5, RGB(s.Color))
		b = p.label(s.Label, 60)
		p.c.Draw(b, x+w+4, y+(row-b.Height)/2)
	}
	p.line(p.x, p.y, p.x, p.y+p.h, grey)
}

// days rules the axis of a timeline at midnights of its zone, as many as have
// room for their names.
func (p *pen) days(from, to int64, at func(int64) float64) {
	loc := Zone(p.d.Zone)
	t := time.Unix(from, 0).In(loc)
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, loc)
	if day.Unix() < from {
		day = day.AddDate(0, 0, 1)
	}
	perDay := p.w * 86400 / float64(to-from)
	wide := p.label(p.d.lang.ShortDate(day, loc), 80).Width + 14
	every := max(1, int(math.Ceil(wide/max(perDay, 1e-6))))
	free := p.x
	for ; day.Unix() <= to; day = day.AddDate(0, 0, every) {
		x := at(day.Unix())
		p.line(x, p.y, x, p.y+p.h, hair)
		b := p.label(p.d.lang.ShortDate(day, loc), 80)
		left := min(max(x-b.Width/2, p.x), p.x+p.w-b.Width)
		if left < free {
			continue
		}
		p.c.Draw(b, left, p.y+p.h+2)
		free = left + b.Width + 6
	}
}

// markHeight is the room over columns that marks take.
const markHeight = 11.0

// marks sets the numbers over the columns in whose bucket they lie; those of
// one bucket stand side by side.
func (p *pen) marks(slot float64) {
	words := make(map[int]string)
	for _, m := range p.d.Marks {
		if i := p.bucket(m.T); i >= 0 {
			if words[i] != "" {
				words[i] += ","
			}
			words[i] += m.Text
		}
	}
	for i := range p.d.Categories {
		if words[i] == "" {
			continue
		}
		sum := 0.0
		for _, s := range p.d.Series {
			sum += s.Values[i]
		}
		b := p.styled(words[i], 60, RGB(Vermil))
		x := p.x + (float64(i)+0.5)*slot - b.Width/2
		p.c.Draw(b, x, p.y+p.h-sum/p.top*p.h-b.Height)
	}
}

// bucket is the place on the time axis that holds an instant, -1 before it.
func (p *pen) bucket(t int64) int {
	at := -1
	for i, start := range p.d.Times {
		if start > t {
			break
		}
		at = i
	}
	return at
}
