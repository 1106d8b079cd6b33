package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"

	"vedette/backend/exercise"
	"vedette/backend/model"
)

// demoSeed makes the bundled example; another seed would be another story.
const demoSeed = 1

// DemoResult says where the example is.
type DemoResult struct {
	Dir      string `json:"dir"`
	Case     string `json:"case"`
	Exports  string `json:"exports"`
	Report   string `json:"report"`
	ReportES string `json:"report_es"`
	Posts    int64  `json:"posts"`
	Accounts int64  `json:"accounts"`
	Existed  bool   `json:"existed"` // it was made before, by this version
}

// demoMark is written last, so that an example that was cut short is made anew.
type demoMark struct {
	Version string `json:"version"`
	Seed    uint64 `json:"seed"`
}

// Demo makes the bundled example in dir: export files of several platforms,
// a case that imports them like anybody's files, its analyses, and the report
// in both languages. An example that is there already is kept.
func (d *Desk) Demo(ctx context.Context, dir string, progress ProgressFunc) (DemoResult, error) {
	res := DemoResult{
		Dir: dir, Case: filepath.Join(dir, "case"), Exports: filepath.Join(dir, "exports"),
		Report: filepath.Join(dir, "report.pdf"), ReportES: filepath.Join(dir, "informe.pdf"),
	}
	if d.demoComplete(res) {
		res.Existed = true
		return d.demoCount(ctx, res)
	}
	if err := clearDemo(res); err != nil {
		return res, err
	}
	sc, err := exercise.Generate(demoSeed, exercise.Options{})
	if err != nil {
		return res, fmt.Errorf("generate the example: %w", err)
	}
	if err := writeScenario(sc, res.Exports); err != nil {
		return res, err
	}
	s, err := d.Create(ctx, res.Case, model.CaseMeta{
		Name: "Brumelo: the night light that got warm", Owner: "Training desk", Purpose: "Classroom example: early warning of a product scare",
		Basis: "Synthetic data; no person is concerned", TLP: model.TLPClear, Zone: "Europe/Madrid", Training: true,
	})
	if err != nil {
		return res, err
	}
	err = s.fillDemo(ctx, sc, res, progress)
	if err = errors.Join(err, s.Close()); err != nil {
		return res, err
	}
	mark, err := json.Marshal(demoMark{Version, demoSeed})
	if err != nil {
		return res, fmt.Errorf("mark the example: %w", err)
	}
	if err := writeFileAtomic(filepath.Join(dir, "example.json"), mark, 0o600); err != nil {
		return res, err
	}
	return d.demoCount(ctx, res)
}

func (d *Desk) demoComplete(res DemoResult) bool {
	b, err := os.ReadFile(filepath.Join(res.Dir, "example.json"))
	if err != nil {
		return false
	}
	var m demoMark
	if json.Unmarshal(b, &m) != nil || m != (demoMark{Version, demoSeed}) {
		return false
	}
	for _, f := range [...]string{res.Report, res.ReportES, filepath.Join(res.Case, "case.db")} {
		if _, err := os.Stat(f); err != nil {
			return false
		}
	}
	return true
}

// clearDemo removes what an earlier example left; it touches nothing else.
func clearDemo(res DemoResult) error {
	for _, p := range [...]string{res.Case, res.Exports, res.Report, res.ReportES, filepath.Join(res.Dir, "example.json")} {
		if err := os.RemoveAll(p); err != nil {
			return fmt.Errorf("clear the old example: %w", err)
		}
	}
	if err := os.MkdirAll(res.Dir, 0o755); err != nil {
		return fmt.Errorf("make the example's folder: %w", err)
	}
	return nil
}

func writeScenario(sc *exercise.Scenario, dir string) error {
	err := sc.WriteExports(func(name string) (io.WriteCloser, error) {
		path := filepath.Join(dir, filepath.FromSlash(name))
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return nil, fmt.Errorf("make folder: %w", err)
		}
		f, err := os.Create(path)
		if err != nil {
			return nil, fmt.Errorf("make file: %w", err)
		}
		return f, nil
	})
	if err != nil {
		return fmt.Errorf("write the example's files: %w", err)
	}
	return nil
}

// fillDemo imports, names the subjects, analyses and reports.
func (s *Session) fillDemo(ctx context.Context, sc *exercise.Scenario, res DemoResult, progress ProgressFunc) error {
	files, err := sc.Exports()
	if err != nil {
		return fmt.Errorf("list the example's files: %w", err)
	}
	for _, f := range files {
		if f.Format == "" {
			continue // the trainer's: answers, subjects, read-me
		}
		_, err := s.Import(ctx, ImportRequest{
			Paths: []string{filepath.Join(res.Exports, filepath.FromSlash(f.Name))}, NoWait: true,
			Source: model.Source{Name: f.Format + " export", Reliability: "C", Mode: model.ModeOpen},
		}, progress)
		if err != nil {
			return err
		}
	}
	for _, x := range sc.Subjects {
		if _, err := s.PutSubject(ctx, x); err != nil {
			return err
		}
	}
	for _, r := range [...]struct{ lang, path string }{{"en", res.Report}, {"es", res.ReportES}} {
		if _, err := s.Report(ctx, ReportRequest{Lang: r.lang}, r.path, progress); err != nil {
			return err
		}
	}
	return nil
}

func (d *Desk) demoCount(ctx context.Context, res DemoResult) (DemoResult, error) {
	s, err := d.Open(ctx, res.Case, true)
	if err != nil {
		return res, err
	}
	info, err := s.Info(ctx)
	if err = errors.Join(err, s.Close()); err != nil {
		return res, err
	}
	res.Posts, res.Accounts = info.Posts, info.Accounts
	return res, nil
}
