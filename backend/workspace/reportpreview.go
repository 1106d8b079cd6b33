package workspace

import (
	"bytes"
	"context"
	"fmt"

	"vedette/backend/model"
	"vedette/backend/report"
)

// ReportPreview gives the case report as PDF bytes, for looking at. Nothing is
// recorded: analyses that have no run yet are cited by the numbers that they
// would be given if the report were saved now.
func (s *Session) ReportPreview(ctx context.Context, req ReportRequest, progress ProgressFunc) ([]byte, error) {
	known, err := s.Runs(ctx)
	if err != nil {
		return nil, err
	}
	var last int64
	for i := range known {
		last = max(last, known[i].ID)
	}
	in, err := s.reportInputBy(ctx, req, func(ctx context.Context, spec model.RunSpec) (model.Run, error) {
		run, err := s.runKnown(ctx, spec)
		if err == nil && run.ID == 0 {
			last++
			run.ID = last
		}
		return run, err
	}, progress)
	if err != nil {
		return nil, err
	}
	fonts, err := reportFonts()
	if err != nil {
		return nil, fmt.Errorf("load fonts: %w", err)
	}
	var b bytes.Buffer
	if err := report.PDF(ctx, in, fonts, &b); err != nil {
		return nil, fmt.Errorf("lay out the report: %w", err)
	}
	return b.Bytes(), nil
}
