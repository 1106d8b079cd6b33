package workspace

import (
	"bytes"
	"context"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"

	"vedette/assets"
	"vedette/backend/columns"
	"vedette/backend/model"
	"vedette/backend/report"
)

// reportKinds are the analyses a report rests on, in the order of its sections.
var reportKinds = []string{"volume", "sentiment", "voice", "accounts", "hashtags", "domains", "types", "languages", "platforms", "alerts"}

// reportFonts parses the fonts once per process: they are read-only, the same
// for every case, and take longer than the report itself.
var reportFonts = sync.OnceValues(func() (report.Fonts, error) { return report.LoadFonts(assets.Fonts()) })

// ReportResult says what was written. AsOf is the custody record that the
// report is made as of.
type ReportResult struct {
	File   string  `json:"file"`
	Bytes  int64   `json:"bytes"`
	SHA256 string  `json:"sha256"`
	AsOf   int64   `json:"as_of"`
	Lang   string  `json:"lang"`
	Runs   []int64 `json:"runs"`
}

// Report analyses the selection and writes the case report as PDF. Analyses
// that were recorded before on the same posts with the same engine are used
// again. The report is made as of the last custody record that is not itself
// the trace of an output, and its own record comes after; so the same case
// gives the same bytes again.
func (s *Session) Report(ctx context.Context, req ReportRequest, path string, progress ProgressFunc) (ReportResult, error) {
	res := ReportResult{File: path, Lang: req.Lang}
	if ext := strings.ToLower(filepath.Ext(path)); ext != ".pdf" {
		return res, &model.Fault{Code: "bad_export_format", Params: map[string]string{"format": ext, "message": fmt.Sprintf("cannot write a report as %q; use .pdf", ext)}}
	}
	in, err := s.reportInput(ctx, req, progress)
	if err != nil {
		return res, err
	}
	fonts, err := reportFonts()
	if err != nil {
		return res, fmt.Errorf("load fonts: %w", err)
	}
	sum := sha256.New()
	err = writeAtomic(path, 0o600, func(w io.Writer) error {
		n := &countWriter{w: io.MultiWriter(w, sum)}
		if err := report.PDF(ctx, in, fonts, n); err != nil {
			return fmt.Errorf("lay out the report: %w", err)
		}
		res.Bytes = n.n
		return nil
	})
	if err != nil {
		return res, err
	}
	res.SHA256, res.AsOf = hex.EncodeToString(sum.Sum(nil)), in.AsOf.LogIndex
	for _, r := range in.Runs {
		res.Runs = append(res.Runs, r.ID)
	}
	return res, s.logEvent(ctx, "report", filepath.Base(path), map[string]string{
		"sha256": res.SHA256, "as_of": strconv.FormatInt(res.AsOf, 10), "lang": req.Lang, "query": req.Selection.Query,
	})
}

type countWriter struct {
	w io.Writer
	n int64
}

func (c *countWriter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	if err != nil {
		return n, fmt.Errorf("write: %w", err)
	}
	return n, nil
}

// runner makes one of the analyses that a report rests on.
type runner func(ctx context.Context, spec model.RunSpec) (model.Run, error)

// reportInput gathers everything the report says; its analyses are recorded.
func (s *Session) reportInput(ctx context.Context, req ReportRequest, progress ProgressFunc) (report.Input, error) {
	return s.reportInputBy(ctx, req, s.runOnce, progress)
}

// reportInputBy gathers everything the report says, its analyses made by run.
func (s *Session) reportInputBy(ctx context.Context, req ReportRequest, run runner, progress ProgressFunc) (report.Input, error) {
	req.Selection = s.withoutPrivate(req.Selection)
	in := report.Input{Lang: req.Lang, Title: req.Title, Case: s.c.Meta(), From: req.Selection.From, To: req.Selection.To}
	if req.TLP != "" {
		in.Case.TLP = req.TLP
		if err := checkMeta(&in.Case); err != nil {
			return in, err
		}
	}
	if err := s.waitIndexed(ctx, progress); err != nil {
		return in, err
	}
	var err error
	if in.Subjects, err = s.Subjects(ctx); err != nil {
		return in, err
	}
	if err := s.reportRuns(ctx, req.Selection, &in, run, progress); err != nil {
		return in, err
	}
	sel, err := s.selectPosts(ctx, req.Selection)
	if err != nil {
		return in, err
	}
	if in.Quotes, err = s.quotes(ctx, sel, in); err != nil {
		return in, err
	}
	if in.Coverage, err = s.coverage(ctx, sel); err != nil {
		return in, err
	}
	if err := s.reportCustody(ctx, &in); err != nil {
		return in, err
	}
	for _, v := range s.desk.Versions() {
		in.Versions = append(in.Versions, report.Version{Name: v.Name, Version: v.Version})
	}
	return in, nil
}

// reportRuns makes the analyses that the report rests on. Share of voice is
// between subjects of the sort that the competitors are of; the other subjects
// are analysed apart, by a run of their own.
func (s *Session) reportRuns(ctx context.Context, sel model.Selection, in *report.Input, perform runner, progress ProgressFunc) error {
	m := newMeter(progress, s.desk.opt.Now, "report", "analyses", "", "analyses", int64(len(reportKinds)))
	compared, others := comparable(in.Subjects)
	for i, kind := range reportKinds {
		spec := model.RunSpec{Kind: kind, Selection: sel}
		if kind == "voice" && len(others) > 0 {
			spec.Params = map[string]string{"subjects": strings.Join(compared, ",")}
		}
		run, err := perform(ctx, spec)
		if err != nil {
			return err
		}
		in.Runs = append(in.Runs, run)
		m.set(int64(i + 1))
	}
	var err error
	if in.Results, err = report.ResultsOf(in.Runs); err != nil {
		return fmt.Errorf("read the analyses: %w", err)
	}
	if len(others) == 0 {
		return nil
	}
	run, err := perform(ctx, model.RunSpec{Kind: "voice", Params: map[string]string{"subjects": strings.Join(others, ",")}, Selection: sel})
	if err != nil {
		return err
	}
	in.Runs = append(in.Runs, run)
	if in.Results.Topics, err = report.VoiceOf(run); err != nil {
		return fmt.Errorf("read the analyses: %w", err)
	}
	return nil
}

// comparable splits subjects into those that can be set against one another,
// the competitors and our own of the same types, and the others. Without a
// competitor, or without a subject of our own beside one, all are compared.
func comparable(subjects []model.Subject) (compared, others []string) {
	types := map[model.SubjectType]bool{}
	for _, x := range subjects {
		if x.Competitor {
			types[x.Type] = true
		}
	}
	own := false
	for _, x := range subjects {
		if types[x.Type] {
			own = own || !x.Competitor
			compared = append(compared, x.ID)
		} else {
			others = append(others, x.ID)
		}
	}
	if own {
		return compared, others
	}
	return append(compared, others...), nil
}

// runOnce makes an analysis, or finds the recorded run of the same analysis
// over the same posts with the same engine and result. A new one is recorded.
func (s *Session) runOnce(ctx context.Context, spec model.RunSpec) (model.Run, error) {
	run, err := s.runKnown(ctx, spec)
	if err != nil || run.ID != 0 || s.c.ReadOnly() {
		return run, err
	}
	s.write.Lock()
	defer s.write.Unlock()
	saved, err := s.c.SaveRun(ctx, run)
	if err != nil {
		return run, fmt.Errorf("record the run: %w", err)
	}
	saved.Result = run.Result
	return saved, nil
}

// runKnown makes an analysis; its ID is that of the recorded run of the same
// analysis over the same posts with the same engine and result, 0 without one.
func (s *Session) runKnown(ctx context.Context, spec model.RunSpec) (model.Run, error) {
	spec = s.withZone(spec)
	run, err := s.compute(ctx, spec)
	if err != nil {
		return run, err
	}
	want, err := json.Marshal(spec)
	if err != nil {
		return run, fmt.Errorf("compare runs: %w", err)
	}
	known, err := s.Runs(ctx)
	if err != nil {
		return run, err
	}
	for _, k := range known {
		have, err := json.Marshal(k.Spec)
		if err != nil {
			return run, fmt.Errorf("compare runs: %w", err)
		}
		if bytes.Equal(have, want) && k.Engine == run.Engine && k.Fingerprint == run.Fingerprint && k.ResultHash == run.ResultHash {
			k.Result = run.Result
			return k, nil
		}
	}
	return run, nil
}

// coverage counts what the selection holds and lacks.
func (s *Session) coverage(ctx context.Context, sel selected) (report.Coverage, error) {
	info, err := s.Info(ctx)
	if err != nil {
		return report.Coverage{}, err
	}
	batches, err := s.Batches(ctx)
	if err != nil {
		return report.Coverage{}, err
	}
	v, total := sel.view, int64(sel.posts.GetCardinality())
	_, _, dated := v.Span(sel.posts)
	cov := report.Coverage{Posts: total, Undated: total - dated, Batches: int64(len(batches)), Withdrawn: int64(v.Len()) - int64(v.Visible().GetCardinality())}
	if author, ok := v.Facet("author"); ok {
		cov.Accounts = int64(author.Distinct(sel.posts))
	}
	missing := map[columns.Metric]*int64{
		columns.Likes: &cov.MissingLikes, columns.Comments: &cov.MissingComments, columns.Shares: &cov.MissingShares,
		columns.Views: &cov.MissingViews, columns.Followers: &cov.MissingFollowers,
	}
	for it := sel.posts.Iterator(); it.HasNext(); {
		ord := it.Next()
		for m, n := range missing {
			if _, ok := v.Number(m, ord); !ok {
				*n++
			}
		}
	}
	cov.UnknownLanguage = countValue(sel, "lang", "und")
	cov.UnknownSentiment = countValue(sel, "polarity", string(model.PolarityUnknown))
	for k, n := range info.ByPlatform {
		cov.Platforms = append(cov.Platforms, report.Tally{Key: k, N: n})
	}
	slices.SortFunc(cov.Platforms, func(a, b report.Tally) int {
		if a.N != b.N {
			return int(b.N - a.N)
		}
		return strings.Compare(a.Key, b.Key)
	})
	addSources(&cov, batches)
	return cov, nil
}

// addSources adds up the batches by their source.
func addSources(cov *report.Coverage, batches []model.Batch) {
	at := map[model.Source]int{}
	for _, b := range batches {
		cov.Duplicates += b.Duplicate
		cov.Rejected += b.Rejected
		src := b.Source
		src.URL = ""
		i, ok := at[src]
		if !ok {
			i = len(cov.Sources)
			at[src] = i
			cov.Sources = append(cov.Sources, report.SourceTally{Source: src})
		}
		cov.Sources[i].Posts += b.Accepted
	}
}

// countValue counts the selection's posts with one value of a facet.
func countValue(sel selected, facet, value string) int64 {
	f, ok := sel.view.Facet(facet)
	if !ok {
		return 0
	}
	code, ok := f.Code(value)
	if !ok {
		return 0
	}
	return int64(f.Counts(sel.posts)[code])
}
