package report_test

import (
	"slices"
	"testing"

	"vedette/backend/model"
	"vedette/backend/report"
)

func TestSelectQuotes(t *testing.T) {
	q := func(id, theme string, followers int64, starred bool) report.Quote {
		p := model.PostView{ID: id, UID: "x:" + id, Marks: model.Marks{Starred: starred}}
		if followers >= 0 {
			p.Author.Followers = model.Known(followers)
		}
		return report.Quote{Post: p, Theme: theme}
	}
	all := []report.Quote{
		q("1", "a", 10, false), q("2", "a", 900, false), q("3", "b", 5, false), q("4", "b", -1, false), q("5", "b", 70, true), q("6", "c", 1, false),
		q("7", "a", 800, false), q("2", "c", 900, false), q("10", "a", 10, false),
	}
	ids := func(qs []report.Quote) (out []string) {
		for _, q := range qs {
			out = append(out, q.Post.ID)
		}
		return out
	}
	for n, want := range map[int][]string{
		0: nil, 1: {"5"}, 4: {"5", "2", "3", "6"}, 6: {"5", "2", "3", "6", "7", "4"}, 99: {"5", "2", "3", "6", "7", "4", "1", "10"},
	} {
		if got := ids(report.SelectQuotes(all, n)); !slices.Equal(got, want) {
			t.Errorf("%d quotes: got %v, want %v", n, got, want)
		}
	}
	if got := report.SelectQuotes(nil, 5); len(got) != 0 {
		t.Errorf("nothing to choose from gave %v", got)
	}
	if got := ids(all); !slices.Equal(got, []string{"1", "2", "3", "4", "5", "6", "7", "2", "10"}) {
		t.Error("the candidates were reordered")
	}
}

func TestSelectQuotesPrefersTheThemeAndPassesOverRepeats(t *testing.T) {
	q := func(id, text string, followers int64, on bool) report.Quote {
		p := model.PostView{ID: id, UID: "x:" + id, Text: text}
		p.Author.Followers = model.Known(followers)
		return report.Quote{Post: p, Theme: "a", OnTheme: on}
	}
	all := []report.Quote{
		q("1", "something else altogether, about the weather in town", 9000, false),
		q("2", "My Lunet got very hot on the charger last night, be careful", 500, true),
		q("3", "My lunet got VERY hot on the charger last night: be careful! https://x.example/9 @you", 400, true),
		q("4", "The firmware update of the Lunet bricked mine", 10, true),
		q("5", "القمر ساخن جدا على الشاحن", 9, true), q("6", "القمر ساخن جدا على الشاحن!", 8, true), q("7", "熱い", 7, true), q("8", "熱い", 6, true),
	}
	var ids []string
	for _, q := range report.SelectQuotes(all, 99) {
		ids = append(ids, q.Post.ID)
	}
	if want := []string{"2", "4", "5", "7", "1"}; !slices.Equal(ids, want) {
		t.Errorf("got %v, want %v", ids, want)
	}
	all[2].Post.Marks.Starred = true
	if got := report.SelectQuotes(all, 2); got[0].Post.ID != "3" || got[1].Post.ID != "4" {
		t.Errorf("with a starred repeat: %s, %s", got[0].Post.ID, got[1].Post.ID)
	}
}

func TestHasWords(t *testing.T) {
	for text, want := range map[string]bool{"": false, "@you #tag https://x.example/a": false, "@you look": true, "电池": true, "🔥 12": false} {
		if report.HasWords(text) != want {
			t.Errorf("%q: got %v", text, !want)
		}
	}
}

func TestResultsOf(t *testing.T) {
	runs := []model.Run{
		{ID: 4, Spec: model.RunSpec{Kind: "volume"}, Result: []byte(`{"unit":"day","total":3}`)},
		{ID: 5, Spec: model.RunSpec{Kind: "other"}, Result: []byte(`nonsense`)},
		{ID: 9, Spec: model.RunSpec{Kind: "volume"}, Result: []byte(`{"unit":"1h","total":7}`)},
	}
	r, err := report.ResultsOf(runs)
	if err != nil || r.Volume.Run != 9 || r.Volume.Value.Total != 7 || r.Alerts != nil {
		t.Errorf("got %+v, %v", r, err)
	}
	if _, err := report.ResultsOf([]model.Run{{ID: 1, Spec: model.RunSpec{Kind: "alerts"}, Result: []byte("{")}}); err == nil {
		t.Error("a broken result was taken")
	}
	if v, err := report.VoiceOf(model.Run{ID: 7, Result: []byte(`{"posts":3}`)}); err != nil || v.Run != 7 || v.Value.Posts != 3 {
		t.Errorf("got %+v, %v", v, err)
	}
	if _, err := report.VoiceOf(model.Run{Result: []byte("{")}); err == nil {
		t.Error("a broken comparison was taken")
	}
}
