package app

import (
	"context"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// SituationService shows what a selection amounts to.
type SituationService struct{ host *host }

// Situation gives charts, numbers and alerts of a selection in a language ("en"
// or "es"). Nothing is recorded.
func (v *SituationService) Situation(sel model.Selection, lang string) (workspace.Situation, error) {
	var out workspace.Situation
	err := v.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		var err error
		out, err = s.Situation(ctx, sel, lang)
		return wrap("show the situation", err)
	})
	return out, err
}

// Refine gives the selection of the posts behind a point of a chart.
func (v *SituationService) Refine(sel model.Selection, point workspace.Refinement) model.Selection {
	return workspace.Refine(sel, point)
}

// Record makes the analyses behind the situation and records them as runs, in a
// job; its result is the list of runs.
func (v *SituationService) Record(sel model.Selection) (string, error) {
	return v.host.startJob(workspace.JobAnalyze, sel.Query, func(ctx context.Context, s *workspace.Session, progress workspace.ProgressFunc) (any, error) {
		runs, err := s.RecordSituation(ctx, sel, progress)
		return runs, wrap("record the situation", err)
	})
}

// Runs lists the recorded analyses, oldest first, without their results.
func (v *SituationService) Runs() ([]model.Run, error) {
	list := []model.Run{}
	err := v.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.Runs(ctx)
		list = append(list, got...)
		return wrap("list runs", err)
	})
	return list, err
}
