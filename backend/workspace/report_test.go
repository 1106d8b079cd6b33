package workspace

import (
	"context"
	"path/filepath"
	"slices"
	"testing"

	"vedette/backend/model"
	"vedette/backend/report"
	"vedette/backend/search"
)

func TestOnlySubjectsOfOneSortAreCompared(t *testing.T) {
	own := func(id string, typ model.SubjectType) model.Subject { return model.Subject{ID: id, Type: typ} }
	rival := func(id string, typ model.SubjectType) model.Subject {
		return model.Subject{ID: id, Type: typ, Competitor: true}
	}
	for _, c := range []struct {
		name             string
		subjects         []model.Subject
		compared, others []string
	}{
		{"nothing watched", nil, nil, nil},
		{"no competitor", []model.Subject{own("a", model.SubjectBrand), own("b", model.SubjectTopic)}, []string{"a", "b"}, nil},
		{"brands and a topic", []model.Subject{own("a", model.SubjectBrand), own("t", model.SubjectTopic), rival("b", model.SubjectBrand)}, []string{"a", "b"}, []string{"t"}},
		{"two sorts of competitor", []model.Subject{own("a", model.SubjectBrand), rival("b", model.SubjectBrand), own("p", model.SubjectProduct), rival("q", model.SubjectProduct)}, []string{"a", "b", "p", "q"}, nil},
		{"no subject beside the competitor", []model.Subject{own("t", model.SubjectTopic), rival("b", model.SubjectBrand)}, []string{"b", "t"}, nil},
	} {
		compared, others := comparable(c.subjects)
		if !slices.Equal(compared, c.compared) || !slices.Equal(others, c.others) {
			t.Errorf("%s: got %v and %v", c.name, compared, others)
		}
	}
}

func TestReportComparesBrandsAndQuotesOnTheme(t *testing.T) {
	ctx := context.Background()
	s := newTestSession(t, newTestDesk(t))
	defer closeSession(t, s)
	importLines(t, s, writeLines(t, 0, 300))
	for _, x := range []model.Subject{
		{ID: "k", Name: "Kettle", Type: model.SubjectBrand, Query: "kettle"},
		{ID: "r", Name: "Rival", Type: model.SubjectBrand, Query: "rival", Competitor: true},
		{ID: "t", Name: "Everything", Type: model.SubjectTopic, Query: "kettle OR rival"},
	} {
		if _, err := s.PutSubject(ctx, x); err != nil {
			t.Fatal(err)
		}
	}
	in, err := s.reportInput(ctx, ReportRequest{Lang: "en"}, nil)
	if err != nil {
		t.Fatal(err)
	}
	names := func(r *report.Result[model.VoiceResult]) (out []string) {
		for _, row := range r.Value.Subjects {
			out = append(out, row.Name)
		}
		return out
	}
	if got := names(in.Results.Voice); !slices.Equal(got, []string{"Kettle", "Rival"}) {
		t.Errorf("compared: %v", got)
	}
	if in.Results.Topics == nil || in.Results.Topics.Run == in.Results.Voice.Run || !slices.Equal(names(in.Results.Topics), []string{"Everything"}) {
		t.Errorf("the other subjects: %+v", in.Results.Topics)
	}
	q, err := search.Parse("kettle")
	if err != nil {
		t.Fatal(err)
	}
	for _, x := range in.Quotes {
		if x.Theme == "subject:k" && !x.OnTheme && len(search.Highlights(q, x.Post.Text)) > 0 {
			t.Errorf("post %s names the kettle: %q", x.Post.ID, x.Post.Text)
		}
		if x.Commitment == "" {
			t.Errorf("post %s has no commitment", x.Post.ID)
		}
	}
	if len(in.Quotes) == 0 {
		t.Error("nothing is quoted")
	}
	if _, err := s.Report(ctx, ReportRequest{Lang: "en"}, filepath.Join(t.TempDir(), "a.pdf"), nil); err != nil {
		t.Fatal(err)
	}
}
