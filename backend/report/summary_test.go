package report_test

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"vedette/backend/model"
	"vedette/backend/report"
)

// rises makes n alerts a day apart, of rising scores, each seen by a platform too.
func rises(n int) []model.Alert {
	var out []model.Alert
	for i := range n {
		start := time.Date(2024, 3, 3+i, 9, 0, 0, 0, time.UTC).Unix()
		a := model.Alert{
			ID: fmt.Sprint("s", i), Series: "subject:s1", Label: "Nubelia", Start: start, Peak: start + 600, End: start + 7200,
			Score: 4 + float64(i), Observed: int64(100 + i), Expected: 2, Posts: 300, PostIDs: []string{"1"},
			Reasons: []model.AlertReason{
				{Code: "seasonal", Values: map[string]string{"score": "7.4", "median": "2", "windows": "35"}},
				{Code: "trailing", Values: map[string]string{"score": "7.1", "mean": "2.5", "sd": "1.5", "windows": "72"}},
				{Code: "carried", Values: map[string]string{"posts": "300", "authors": "80"}},
				{Code: "new_accounts", Values: map[string]string{"new": "20", "authors": "80", "share": "0.25"}},
				{Code: "concentration", Values: map[string]string{"account": "@loud", "posts": "3", "share": "0.01"}},
				{Code: "platforms", Values: map[string]string{"names": "x 90%, youtube 0%", "count": "2", "before": "4"}},
				{Code: "sentiment", Values: map[string]string{"now": "-0.2", "before": "0.1", "shift": "-0.3"}},
			},
		}
		b := a
		b.ID, b.Series, b.Label, b.Score = fmt.Sprint("p", i), "platform:reddit", "reddit", 3.5
		out = append(out, a, b)
	}
	return out
}

// plain is a report's text on one line.
func plain(t *testing.T, in report.Input) string {
	t.Helper()
	return strings.Join(strings.Fields(extract(t, render(t, "summary", in))), " ")
}

func wants(t *testing.T, got string, want, not []string) {
	t.Helper()
	flat := fold(got)
	for _, w := range want {
		if !strings.Contains(flat, fold(w)) {
			t.Errorf("the report does not say %q", w)
		}
	}
	for _, w := range not {
		if strings.Contains(flat, fold(w)) {
			t.Errorf("the report says %q", w)
		}
	}
}

func TestEpisodesHaveCardsAndATable(t *testing.T) {
	in := fixture("en")
	in.Results.Alerts.Value.Alerts = rises(9)
	wants(t, plain(t, in), []string{
		"raised 18 alerts", "9 episodes", "The 6 with the highest scores", "4 · Nubelia (subject) score 7.0", "9 · Nubelia (subject) score 12.0",
		"Also seen in, with scores: Reddit (3.5)", "Weaker episodes", "101 / 2", "80 accounts carried it, 20 of them (25.0%)",
		"a median of 2 at the same time on earlier days, a mean of 2.5", "Platforms: X (90%), YouTube (<1%)", "Mean sentiment fell to −0.20, from 0.10",
		"3 March 2024, 10:00 UTC+01:00", "opens an episode and takes in every alert whose time overlaps its own",
	}, []string{"3 · Nubelia (subject) score", "@loud", "seasonal"})
	in = fixture("es")
	in.Results.Alerts.Value.Alerts = rises(9)
	wants(t, plain(t, in), []string{"Generó 18 alertas", "9 episodios", "Episodios más débiles", "puntuación 12,0", "El sentimiento medio bajó a −0,20"}, nil)
}

func TestSummarySaysWhatIsUnderWay(t *testing.T) {
	in := fixture("en")
	wants(t, plain(t, in), []string{"No alert reaches into the last 24 hours"}, []string{"Look again"})
	last := in.Results.Volume.Value.Points[30].T
	a := &in.Results.Alerts.Value.Alerts[1]
	a.Start, a.Peak, a.End = last+3600, last+3600, last+7200
	wants(t, plain(t, in), []string{"Above the threshold within the last 24 hours", "Look again with newer posts at what had not ended: 2 · Nubelia (subject)"}, []string{"No alert reaches"})
}

func TestSummarySuggestsOnlyWhatTheFiguresSay(t *testing.T) {
	in := fixture("en")
	in.Results.Alerts.Value.Alerts = rises(3)
	in.Results.Topics = &report.Result[model.VoiceResult]{Run: 11, Value: model.VoiceResult{Subjects: []model.VoiceRow{
		{ID: "t1", Name: "Swelling", Mentions: 900, Sentiment: model.PolarityCounts{Negative: 60, Neutral: 30, Positive: 10, Unknown: 800}},
		{ID: "t2", Name: "Too few", Mentions: 9, Sentiment: model.PolarityCounts{Negative: 9}},
	}}}
	wants(t, plain(t, in), []string{
		"Keep watching the subjects that rose in more than one of the 3 episodes: Nubelia (3) [R10]", "neither facts nor findings",
		"“Swelling” is spoken of most negatively: 60.0% of 100 posts", "Read the 60 posts about “Swelling”", "Other watched subjects [R11]",
	}, []string{"“Too few” is spoken", "unknown sentiment (20"})
	wants(t, plain(t, report.Input{Lang: "en"}), nil, []string{"What to watch next", "Keep watching"})
}

func TestSummaryTellsOwnFromCompetitors(t *testing.T) {
	in := fixture("en")
	in.Results.Alerts.Value.Alerts = rises(3)
	wants(t, plain(t, in), []string{"The strongest is episode 3, Nubelia (subject): 102 posts"}, []string{"no competitor leads"})
	for i := range in.Results.Alerts.Value.Alerts[4:] {
		in.Results.Alerts.Value.Alerts[4+i].Series = "subject:s2"
	}
	wants(t, plain(t, in), []string{
		"The strongest is episode 3, Cirrofon (competitor): 102 posts", "The strongest that no competitor leads is episode 2, Nubelia (subject): 101 posts", "Episode 3, the strongest: 80 accounts",
	}, nil)
}

func TestQuotesSayWhatTheyStandFor(t *testing.T) {
	in := fixture("en")
	in.Quotes[0].Theme, in.Quotes[1].Theme = "subject:s1", report.EpisodeTheme(2)
	wants(t, plain(t, in), []string{"quoted for: Nubelia", "quoted for: episode 2", "sentiment: negative", "sentiment: unknown"}, []string{"sentiment: Negative"})
}
