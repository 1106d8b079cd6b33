package workspace

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"

	"golang.org/x/sync/errgroup"

	"vedette/backend/model"
	"vedette/backend/report/chart"
	"vedette/backend/report/episode"
	"vedette/backend/report/lang"
)

// Charts of the situation show so many values of a dimension.
const (
	sharesShown  = 8
	ranksShown   = 10
	alertsShown  = 20 // episodes in the chart
	alertsStrong = 5  // of them in the stronger colour
)

// Situation is what a selection shows, kind by kind, in the order of the screen.
// Alerts are those of the selection.
type Situation struct {
	Posts     int64 `json:"posts"`
	Unindexed int64 `json:"unindexed"` // posts that words cannot find yet
	// Private is how many private and direct posts of the selection were left out.
	Private int64        `json:"private"`
	Lang    string       `json:"lang"`
	Panels  []Panel      `json:"panels"`
	Alerts  AlertSummary `json:"alerts"`
}

// Panel is one chart with its numbers. Kind is volume, sentiment, voice, topics
// (the subjects that no competitor is compared with), accounts, hashtags,
// domains, types, languages, platforms or alerts. Option is the ECharts option;
// Points[series][place] leads from a point to its posts, null where there is no
// way. Empty says that there is nothing to draw; Distinct is how many values the
// panel's dimension has in the selection, 0 for a panel without one.
type Panel struct {
	Kind     string          `json:"kind"`
	Title    string          `json:"title"`
	Subtitle string          `json:"subtitle"`
	Empty    bool            `json:"empty"`
	Distinct int64           `json:"distinct"`
	Option   any             `json:"option"`
	Points   [][]*Refinement `json:"points"`
	Table    Table           `json:"table"`
}

// Table is a panel's numbers: Header has stable column names, Rows strings,
// whole numbers, numbers or null.
type Table struct {
	Header []string `json:"header"`
	Rows   [][]any  `json:"rows"`
}

// AlertSummary says what the detector looked at; Cards are the episodes found,
// in order of time.
type AlertSummary struct {
	Unit      string      `json:"unit"`
	Threshold float64     `json:"threshold"`
	Series    int         `json:"series"`
	TooShort  []string    `json:"too_short"` // series with too little history, named in words
	Cards     []AlertCard `json:"cards"`
}

// AlertCard is one episode: the alert that leads it and what else rose with it.
// Name is the series in words; Posts leads to the posts of the leading alert,
// null when its series has no filter.
type AlertCard struct {
	Number int         `json:"number"`
	Name   string      `json:"name"`
	Lead   model.Alert `json:"lead"`
	Others []AlertSeen `json:"others"`
	Posts  *Refinement `json:"posts"`
}

// AlertSeen is another series in which an episode was seen.
type AlertSeen struct {
	Name  string      `json:"name"`
	Alert model.Alert `json:"alert"`
	Posts *Refinement `json:"posts"`
}

// situationSpec is one analysis of the situation.
type situationSpec struct {
	kind string // of the panel
	spec model.RunSpec
}

// situationSpecs lists the analyses behind a situation, like those of a report:
// share of voice is between subjects that can be compared, the others are apart.
func (s *Session) situationSpecs(ctx context.Context, sel model.Selection) ([]situationSpec, error) {
	subjects, err := s.Subjects(ctx)
	if err != nil {
		return nil, err
	}
	compared, others := comparable(subjects)
	var out []situationSpec
	for _, kind := range reportKinds {
		x := situationSpec{kind: kind, spec: model.RunSpec{Kind: kind, Selection: sel}}
		if kind == "voice" && len(others) > 0 {
			x.spec.Params = map[string]string{"subjects": strings.Join(compared, ",")}
			topics := situationSpec{kind: "topics", spec: model.RunSpec{Kind: kind, Selection: sel, Params: map[string]string{"subjects": strings.Join(others, ",")}}}
			out = append(out, x, topics)
			continue
		}
		out = append(out, x)
	}
	return out, nil
}

// Situation computes what a selection shows, in a language ("en" or "es").
// Nothing is recorded.
func (s *Session) Situation(ctx context.Context, sel model.Selection, language string) (Situation, error) {
	out := Situation{Lang: language}
	l, err := lang.For(language)
	if err != nil {
		return out, &model.Fault{Code: "bad_lang", Params: map[string]string{"lang": language, "message": fmt.Sprintf("there is no language %q; use en or es", language)}}
	}
	chosen, err := s.selectPosts(ctx, sel)
	if err != nil {
		return out, err
	}
	if public := s.withoutPrivate(sel); len(public.Exclude) != len(sel.Exclude) {
		all := chosen.posts.GetCardinality()
		if chosen, err = s.selectPosts(ctx, public); err != nil {
			return out, err
		}
		sel, out.Private = public, int64(all-chosen.posts.GetCardinality())
	}
	out.Posts = int64(chosen.posts.GetCardinality())
	out.Unindexed = max(0, int64(chosen.view.Len())-s.index.watermark())
	specs, err := s.situationSpecs(ctx, sel)
	if err != nil {
		return out, err
	}
	results := make([]json.RawMessage, len(specs))
	g, gctx := errgroup.WithContext(ctx)
	for i, x := range specs {
		g.Go(func() error {
			var err error
			results[i], err = s.result(gctx, s.withZone(x.spec), chosen)
			return err
		})
	}
	if err := g.Wait(); err != nil {
		return out, fmt.Errorf("situation: %w", err)
	}
	b := panels{l: l, zone: s.c.Meta().Zone, sel: sel}
	for i, x := range specs {
		p, err := b.panel(x.kind, results[i])
		if err != nil {
			return out, fmt.Errorf("situation: %s: %w", x.kind, err)
		}
		out.Panels = append(out.Panels, p)
	}
	out.Alerts = b.alerts
	if out.Private > 0 {
		leaveOut(&out)
	}
	return out, nil
}

// RecordSituation makes the analyses behind the situation of a selection and
// records them as runs; those recorded before on the same posts are used again.
func (s *Session) RecordSituation(ctx context.Context, sel model.Selection, progress ProgressFunc) ([]model.Run, error) {
	if err := s.waitIndexed(ctx, progress); err != nil {
		return nil, err
	}
	specs, err := s.situationSpecs(ctx, s.withoutPrivate(sel))
	if err != nil {
		return nil, err
	}
	m := newMeter(progress, s.desk.opt.Now, "analyze", "analyses", "", "analyses", int64(len(specs)))
	runs := make([]model.Run, 0, len(specs))
	for i, x := range specs {
		run, err := s.runOnce(ctx, x.spec)
		if err != nil {
			return runs, err
		}
		runs = append(runs, run)
		m.set(int64(i + 1))
	}
	m.end(int64(len(specs)))
	return runs, nil
}

// panels turns results into panels of one language.
type panels struct {
	l      *lang.Lang
	zone   string // of the case
	sel    model.Selection
	alerts AlertSummary
	from   int64 // the period of the volume, in Unix seconds
	to     int64
}

func (b *panels) panel(kind string, result json.RawMessage) (Panel, error) {
	switch kind {
	case "volume":
		return read(kind, result, b.volume)
	case "sentiment":
		return read(kind, result, b.sentiment)
	case "voice":
		return read(kind, result, b.voice)
	case "topics":
		return read(kind, result, b.topics)
	case "accounts", "hashtags", "domains":
		return read(kind, result, b.rank)
	case "alerts":
		return read(kind, result, b.alertsPanel)
	}
	return read(kind, result, b.share)
}

// read decodes a result, lets fill define chart, points and numbers, and makes
// the panel of them.
func read[T any](kind string, result json.RawMessage, fill func(T, *Panel) chart.Definition) (Panel, error) {
	p := Panel{Kind: kind, Points: [][]*Refinement{}, Table: Table{Rows: [][]any{}}}
	var v T
	if err := json.Unmarshal(result, &v); err != nil {
		return p, fmt.Errorf("read the result: %w", err)
	}
	d := fill(v, &p)
	d.ID = kind
	option, err := chart.Options(d)
	if err != nil {
		return p, fmt.Errorf("draw: %w", err)
	}
	p.Option, p.Title, p.Subtitle, p.Empty = option, d.Title, d.Subtitle, d.Empty()
	return p, nil
}

// alertsPanel fills in the timeline of episodes and their cards.
func (b *panels) alertsPanel(r model.AlertsResult, p *Panel) chart.Definition {
	all := episode.Group(r.Alerts)
	b.alerts = AlertSummary{Unit: r.Unit, Threshold: r.Threshold, Series: r.Series, TooShort: []string{}, Cards: []AlertCard{}}
	for _, s := range r.TooShort {
		b.alerts.TooShort = append(b.alerts.TooShort, chart.SeriesLabel(b.l, s, ""))
	}
	p.Table.Header = []string{"episode", "series", "start", "end", "score", "observed", "expected", "posts"}
	for _, e := range all {
		card := AlertCard{Number: e.Number, Name: chart.SeriesLabel(b.l, e.Lead.Series, e.Lead.Label), Lead: e.Lead, Others: []AlertSeen{}, Posts: alertPosts(&e.Lead)}
		for _, a := range e.Others {
			card.Others = append(card.Others, AlertSeen{Name: chart.SeriesLabel(b.l, a.Series, a.Label), Alert: a, Posts: alertPosts(&a)})
		}
		b.alerts.Cards = append(b.alerts.Cards, card)
		a := e.Lead
		p.Table.Rows = append(p.Table.Rows, []any{e.Number, card.Name, instant(a.Start), instant(a.End), a.Score, a.Observed, a.Expected, a.Posts})
	}
	shown, _ := episode.Strongest(all, alertsShown)
	places := make([]*Refinement, len(shown))
	for i, e := range shown {
		places[i] = alertPosts(&e.Lead)
	}
	p.Points = [][]*Refinement{places, places} // the second is the visible bar
	from, to := b.from, b.to
	return chart.Alerts(b.l, r, b.zone, from, to, alertsShown, alertsStrong)
}

// alertPosts leads to the posts of an alert.
func alertPosts(a *model.Alert) *Refinement {
	r := between(a.Start, a.End)
	kind, key, _ := strings.Cut(a.Series, ":")
	switch kind {
	case "all":
	case "subject":
		r.Subject = key
	case "platform", "lang":
		r.Include = map[string][]string{kind: {key}}
	default:
		return nil
	}
	return r
}
