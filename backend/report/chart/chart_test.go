package chart_test

import (
	"encoding/json"
	"flag"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/jung-kurt/gofpdf"

	"vedette/assets"
	"vedette/backend/model"
	"vedette/backend/report/chart"
	"vedette/backend/report/lang"
	"vedette/backend/report/typeset"
)

var update = flag.Bool("update", false, "rewrite the golden files")

func english(t testing.TB) *lang.Lang {
	t.Helper()
	l, err := lang.For("en")
	if err != nil {
		t.Fatal(err)
	}
	return l
}

// definitions are one chart of each kind, with awkward labels.
func definitions(l *lang.Lang) map[string]chart.Definition {
	evil := `</script><img src=x onerror=alert(1)> "quoted" \ ` + "\u2028"
	return map[string]chart.Definition{
		"volume": chart.Volume(l, model.VolumeResult{Unit: "day", Zone: "Europe/Madrid", Undated: 2, Total: 7, Points: []model.VolumePoint{{T: 1709247600, N: 3}, {T: 1709334000, N: 4}, {T: 1709420400}}}),
		"sentiment": chart.Sentiment(l, model.SentimentResult{Unit: "1h", Zone: "UTC", Points: []model.SentimentPoint{
			{T: 1709251200, PolarityCounts: model.PolarityCounts{Negative: 5, Neutral: 4, Positive: 3, Unknown: 2}}, {T: 1709254800},
		}}),
		"voice": chart.Voice(l, model.VoiceResult{Subjects: []model.VoiceRow{
			{ID: "b", Name: evil, Mentions: 6, MentionShare: .6, EngagementShare: .25, EngagementKnown: 1}, {ID: "a", Name: "A", Mentions: 4, MentionShare: .4, EngagementShare: .75},
		}}),
		"hashtags": chart.Rank(l, model.RankResult{Dimension: "hashtags", Distinct: 9, Rows: []model.RankRow{{Key: "x", Label: evil, Posts: 3}, {Key: "بطارية", Posts: 1}, {Key: "z"}}}, 2),
		"platforms": chart.Share(l, model.ShareResult{Dimension: "platforms", Total: 10, Rows: []model.ShareRow{
			{Key: "x", Posts: 5, Share: .5}, {Key: "weird", Posts: 3, Share: .3}, {Key: "", Posts: 1, Share: .1}, {Key: "reddit", Posts: 1, Share: .1},
		}}, 3),
		"languages": chart.Share(l, model.ShareResult{Dimension: "languages", Total: 4, Rows: []model.ShareRow{{Key: "es", Posts: 3, Share: .75}, {Key: "und", Posts: 1, Share: .25}}}, 8),
		"alerts": chart.Alerts(l, model.AlertsResult{Threshold: 3, Alerts: []model.Alert{
			{Series: "all", Score: 3.5, Start: 1709251200, End: 1709258400}, {Series: "platform:telegram", Score: 9, Start: 1709254800, End: 1709262000}, {Series: "subject:x", Label: evil, Score: 4, Start: 1709424000, End: 1709424900},
		}}, "Europe/Madrid", 1709247600, 0, 9, 1),
		"empty": chart.Volume(l, model.VolumeResult{Unit: "month", Zone: "No/Where"}),
	}
}

func TestOptionsGolden(t *testing.T) {
	for name, d := range definitions(english(t)) {
		got, err := chart.Options(d)
		if err != nil {
			t.Fatal(err)
		}
		again, err := chart.Options(d)
		if err != nil || string(again) != string(got) {
			t.Errorf("%s: options are not reproducible (%v)", name, err)
		}
		if strings.Contains(string(got), "<img") || strings.Contains(string(got), "\u2028") {
			t.Errorf("%s: markup is not escaped", name)
		}
		out, err := json.MarshalIndent(got, "", " ")
		if err != nil {
			t.Fatal(err)
		}
		file := filepath.Join("testdata", name+".json")
		if *update {
			if err := os.WriteFile(file, out, 0o600); err != nil {
				t.Fatal(err)
			}
			continue
		}
		want, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		if string(want) != string(out) {
			t.Errorf("%s: options differ from %s (run with -update to accept):\n%s", name, file, out)
		}
	}
}

func TestEveryChartCanBeDrawn(t *testing.T) {
	fonts, err := typeset.Load(assets.Fonts())
	if err != nil {
		t.Fatal(err)
	}
	pdf := gofpdf.New("P", "pt", "A4", "")
	c := typeset.NewCanvas(pdf, fonts)
	for name, d := range definitions(english(t)) {
		pdf.AddPage()
		for _, w := range []float64{480, 233, 40} {
			chart.Draw(c, &d, "[R1]", 50, 50, w)
		}
		if h := chart.Height(c, &d, 480); h < 40 || h > 800 {
			t.Errorf("%s is %g points high", name, h)
		}
	}
	c.Finish()
	if err := pdf.Error(); err != nil {
		t.Fatal(err)
	}
}

func TestLegendsWrapInsteadOfBeingCut(t *testing.T) {
	fonts, err := typeset.Load(assets.Fonts())
	if err != nil {
		t.Fatal(err)
	}
	c := typeset.NewCanvas(gofpdf.New("P", "pt", "A4", ""), fonts)
	rows := func(n int) model.VoiceResult {
		var r model.VoiceResult
		for i := range n {
			r.Subjects = append(r.Subjects, model.VoiceRow{ID: string(rune('a' + i)), Name: "Battery and child safety", Mentions: 1})
		}
		return r
	}
	l := english(t)
	few, many := chart.Voice(l, rows(2)), chart.Voice(l, rows(9))
	if low, high := chart.Height(c, &few, 480), chart.Height(c, &many, 480); high <= low {
		t.Errorf("nine long names take %g points, two take %g", high, low)
	}
	wide := chart.Height(c, &many, 2000)
	if narrow := chart.Height(c, &many, 240); narrow <= wide {
		t.Errorf("the legend takes %g points in a narrow chart, %g in a wide one", narrow, wide)
	}
}

func TestEpisodesAreMarked(t *testing.T) {
	d := definitions(english(t))["volume"]
	d.MarkEpisodes([]model.Alert{
		{Series: "a", Start: 10, End: 20, Peak: 15, Score: 3}, {Series: "b", Start: 30, End: 40, Peak: 35, Score: 9}, {Series: "c", Start: 32, End: 33, Peak: 32, Score: 4},
	}, 1)
	if len(d.Marks) != 1 || d.Marks[0] != (chart.Mark{T: 35, Text: "2"}) {
		t.Errorf("got %+v", d.Marks)
	}
}

func TestColors(t *testing.T) {
	a, b := chart.Colors([]string{"k1", "k2", "k3", ""}), chart.Colors([]string{"", "k3", "k1", "k2"})
	seen := make(map[string]bool)
	for k, v := range a {
		if b[k] != v || seen[v] {
			t.Errorf("%q is %s and %s", k, v, b[k])
		}
		seen[v] = true
	}
	if c := chart.RGB("#0072B2"); c.R != 0 || c.G != 0x72 || c.B != 0xB2 {
		t.Errorf("colour read as %v", c)
	}
	d := definitions(english(t))
	if d["empty"].Series[0].Values != nil || !ptr(d["empty"]).Empty() || ptr(d["volume"]).Empty() {
		t.Error("an empty chart is not told apart")
	}
	if d["platforms"].Categories[2] != "all others" || d["platforms"].Series[0].Values[2] < 0.199 {
		t.Errorf("the rest is not added up: %v", d["platforms"])
	}
	if n := len(d["voice"].Categories); n != 2 {
		t.Errorf("voice shows %d measures; reach is known for no post", n)
	}
}

func ptr(d chart.Definition) *chart.Definition { return &d }
