package cli

import (
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// runJSON is a run with its result, as printed.
type runJSON struct {
	Run    model.Run       `json:"run"`
	Result json.RawMessage `json:"result"`
}

func (c *command) analyzeCmd() *cobra.Command {
	var query string
	var params []string
	var failOnAlert, private bool
	cmd := &cobra.Command{
		Use:   "analyze CASE KIND",
		Short: "Analyse a selection as a recorded run",
		Long:  "KIND is one of " + strings.Join(workspace.AnalysisKinds(), ", ") + ".\nThe run is kept with its parameters, versions, the fingerprint of the posts it read and the hash of its result.\nPrivate and direct posts are left out unless asked for.",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			spec := model.RunSpec{Kind: args[1], Params: map[string]string{}, Selection: model.Selection{Query: query}}
			for _, p := range params {
				k, v, ok := strings.Cut(p, "=")
				if !ok {
					return usage{fmt.Errorf("--param takes name=value, not %q", p)}
				}
				spec.Params[k] = v
			}
			if private {
				spec.Selection = workspace.WithPrivate(spec.Selection)
			}
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				run, err := s.Analyze(cmd.Context(), spec, show)
				done()
				if err != nil {
					return c.queryError(query, err)
				}
				if err := c.print(runJSON{run, run.Result}, func(w io.Writer) { printRun(w, run) }); err != nil {
					return err
				}
				var alerts model.AlertsResult
				if failOnAlert && spec.Kind == "alerts" && json.Unmarshal(run.Result, &alerts) == nil && len(alerts.Alerts) > 0 {
					return attention{fmt.Sprintf("%d alert(s)", len(alerts.Alerts))}
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&query, "query", "", "analyse the posts that this query finds instead of all")
	f.StringArrayVar(&params, "param", nil, "parameter as name=value (may be repeated)")
	f.BoolVar(&private, "include-private", false, "analyse private and direct posts too")
	f.BoolVar(&failOnAlert, "fail-on-alert", false, "exit with 3 when there is an alert")
	return cmd
}

// printRun prints a run and its result for people.
func printRun(w io.Writer, r model.Run) {
	fmt.Fprintf(w, "run %d  %s  %d posts  %s\nfingerprint %s\nresult      %s\n", r.ID, r.Spec.Kind, r.Posts, r.Engine, r.Fingerprint, r.ResultHash)
	var v any
	if json.Unmarshal(r.Result, &v) == nil {
		if b, err := json.MarshalIndent(v, "", "  "); err == nil {
			fmt.Fprintf(w, "%s\n", printableLines(string(b)))
		}
	}
}

func (c *command) runsCmd() *cobra.Command {
	return &cobra.Command{
		Use: "runs CASE", Short: "List every recorded analysis", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				list, err := s.Runs(cmd.Context())
				if err != nil {
					return fmt.Errorf("runs: %w", err)
				}
				return c.print(map[string]any{"runs": orEmpty(list)}, func(w io.Writer) {
					for _, r := range list {
						fmt.Fprintf(w, "%4d  %s  %-10s %8d posts  %s  %s\n", r.ID, r.At.Format("2006-01-02 15:04:05Z"), r.Spec.Kind, r.Posts, r.ResultHash[:min(16, len(r.ResultHash))], r.Spec.Selection.Query)
					}
				})
			})
		},
	}
}

func (c *command) rerunCmd() *cobra.Command {
	return &cobra.Command{
		Use: "rerun CASE RUN", Short: "Make a recorded analysis again and compare; exit 3 when the result differs", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := number("run", args[1])
			if err != nil {
				return err
			}
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				r, err := s.Rerun(cmd.Context(), id)
				if err != nil {
					return fmt.Errorf("rerun: %w", err)
				}
				if err := c.print(r, func(w io.Writer) {
					if r.Same {
						fmt.Fprintf(w, "run %d: the same bytes again, %s\n", id, r.NewHash)
						return
					}
					fmt.Fprintf(w, "run %d: the result differs\n  recorded %s\n  now      %s\n  the posts read are the same: %v\n  first difference: %s\n", id, r.Run.ResultHash, r.NewHash, r.DataSame, r.FirstDiff)
				}); err != nil {
					return err
				}
				if !r.Same {
					return attention{fmt.Sprintf("run %d gives another result now", id)}
				}
				return nil
			})
		},
	}
}

func (c *command) reportCmd() *cobra.Command {
	var req workspace.ReportRequest
	var out, query string
	var private bool
	cmd := &cobra.Command{
		Use: "report CASE -o FILE.pdf", Short: "Write the case report", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if out == "" {
				return usage{errors.New("name the report with -o FILE.pdf")}
			}
			req.Selection.Query = query
			if private {
				req.Selection = workspace.WithPrivate(req.Selection)
			}
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				res, err := s.Report(cmd.Context(), req, out, show)
				done()
				if err != nil {
					return c.queryError(query, err)
				}
				return c.print(res, func(w io.Writer) {
					fmt.Fprintf(w, "Wrote %s: %d bytes, as of custody record %d, sha256 %s\n", res.File, res.Bytes, res.AsOf, res.SHA256)
				})
			})
		},
	}
	f := cmd.Flags()
	f.StringVarP(&out, "output", "o", "", "file to write (.pdf)")
	f.StringVar(&req.Title, "title", "", "title of the report")
	f.StringVar(&req.Lang, "lang", "en", "en or es")
	f.StringVar((*string)(&req.TLP), "tlp", "", "TLP marking; the case's when empty")
	f.BoolVar(&private, "include-private", false, "report on private and direct posts too")
	f.StringVar(&query, "query", "", "report on the posts that this query finds instead of all")
	return cmd
}

func (c *command) exportCmd() *cobra.Command {
	var req workspace.ExportRequest
	cmd := &cobra.Command{
		Use: "export CASE -o FILE.(csv|xlsx|jsonl)", Short: "Write a selection's posts to a file", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if req.Path == "" {
				return usage{errors.New("name the file with -o FILE.csv, .xlsx or .jsonl")}
			}
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				res, err := s.Export(cmd.Context(), req, show)
				done()
				if err != nil {
					return c.queryError(req.Selection.Query, err)
				}
				return c.print(res, func(w io.Writer) {
					fmt.Fprintf(w, "Wrote %s: %d post(s)", res.File, res.Posts)
					if res.Excluded > 0 {
						fmt.Fprintf(w, "; %d private post(s) left out (--include-private)", res.Excluded)
					}
					fmt.Fprintln(w)
				})
			})
		},
	}
	f := cmd.Flags()
	f.StringVarP(&req.Path, "output", "o", "", "file to write; its ending chooses the format")
	f.StringVar(&req.Selection.Query, "query", "", "the posts that this query finds instead of all")
	f.BoolVar(&req.IncludePrivate, "include-private", false, "with private and direct posts")
	return cmd
}
