package cli

import (
	"fmt"
	"io"
	"math"
	"path/filepath"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) verifyCmd() *cobra.Command {
	var checkpoint string
	cmd := &cobra.Command{
		Use:   "verify CASE",
		Short: "Recompute the custody of a case from its raw bytes; exit 3 on any difference",
		Long:  "Trusts nothing that is stored: hashes, chain, tree and every parsed field are recomputed, and the first broken link is named.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			show, done := c.progress()
			r, err := d.Verify(cmd.Context(), args[0], checkpoint, show)
			done()
			if err != nil {
				return fmt.Errorf("verify: %w", err)
			}
			if err := c.print(r, func(w io.Writer) { workspace.WriteVerification(w, r) }); err != nil {
				return err
			}
			if !r.OK {
				return attention{"verification failed"}
			}
			return nil
		},
	}
	cmd.Flags().StringVar(&checkpoint, "checkpoint", "", "a checkpoint file kept elsewhere")
	return cmd
}

func (c *command) logCmd() *cobra.Command {
	return &cobra.Command{
		Use: "log CASE", Short: "The custody log in words", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				rows, err := s.Log(cmd.Context(), 0, math.MaxInt32)
				if err != nil {
					return fmt.Errorf("log: %w", err)
				}
				return c.print(map[string]any{"log": orEmpty(rows)}, func(w io.Writer) {
					for _, r := range rows {
						fmt.Fprintf(w, "%6d  %s  %-10s %-16s %s  %s\n", r.Index, r.At.Format("2006-01-02 15:04:05Z"), r.Actor, r.Action, printable(r.Object), r.Hash[:min(16, len(r.Hash))])
					}
				})
			})
		},
	}
}

func (c *command) reindexCmd() *cobra.Command {
	return &cobra.Command{
		Use: "reindex CASE", Short: "Build the text index anew", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				err := s.Reindex(cmd.Context(), show)
				done()
				if err != nil {
					return fmt.Errorf("reindex: %w", err)
				}
				info, err := s.Info(cmd.Context())
				if err != nil {
					return fmt.Errorf("reindex: %w", err)
				}
				return c.print(map[string]any{"indexed": info.Indexed}, func(w io.Writer) { fmt.Fprintf(w, "%d posts are searchable\n", info.Indexed) })
			})
		},
	}
}

func (c *command) enrichCmd() *cobra.Command {
	return &cobra.Command{
		Use: "enrich CASE", Short: "Understand every post again with this version's models", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				n, err := s.Enrich(cmd.Context(), show)
				done()
				if err != nil {
					return fmt.Errorf("enrich: %w", err)
				}
				return c.print(map[string]any{"enriched": n}, func(w io.Writer) { fmt.Fprintf(w, "%d posts enriched\n", n) })
			})
		},
	}
}

func (c *command) demoCmd() *cobra.Command {
	var open bool
	cmd := &cobra.Command{
		Use:   "demo [DIR]",
		Short: "Make the bundled example: a case, its analyses and a report",
		Args:  cobra.MaximumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			dir := "demo"
			if len(args) == 1 {
				dir = args[0]
			}
			abs, err := filepath.Abs(dir)
			if err != nil {
				return fmt.Errorf("find %s: %w", dir, err)
			}
			d, err := c.desk()
			if err != nil {
				return err
			}
			show, done := c.progress()
			res, err := d.Demo(cmd.Context(), abs, show)
			done()
			if err != nil {
				return fmt.Errorf("demo: %w", err)
			}
			if err := c.print(res, func(w io.Writer) { printDemo(w, res, c.env.Program) }); err != nil {
				return err
			}
			if !open {
				return nil
			}
			return c.window(res.Case)
		},
	}
	cmd.Flags().BoolVar(&open, "open", false, "open the case in the window")
	return cmd
}

func printDemo(w io.Writer, r workspace.DemoResult, program string) {
	verb := "Made"
	if r.Existed {
		verb = "Found"
	}
	fmt.Fprintf(w, `%s the example: %d posts by %d accounts.
  case     %s
  files    %s   (what was imported, with truth.json)
  report   %s
  informe  %s
Open it in the window:  %[8]s window %[4]s
Ask it something:       %[8]s search %[4]s 'hashtag:* AND sentiment:negative'
Check its custody:      %[8]s verify %[4]s
`, verb, r.Posts, r.Accounts, r.Case, r.Exports, r.Report, r.ReportES, program)
}

func (c *command) windowCmd() *cobra.Command {
	return &cobra.Command{
		Use: "window [CASE]", Short: "Open the window, on a case", Args: cobra.MaximumNArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			dir := ""
			if len(args) == 1 {
				dir = args[0]
			}
			return c.window(dir)
		},
	}
}

func (c *command) window(dir string) error {
	if c.env.Window == nil {
		return fmt.Errorf("this build has no window")
	}
	if err := c.env.Window(dir); err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	return nil
}

func (c *command) versionCmd() *cobra.Command {
	return &cobra.Command{
		Use: "version", Short: "Say which version this is, and of what", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			v := d.Versions()
			return c.print(map[string]any{"versions": v}, func(w io.Writer) {
				for _, x := range v {
					fmt.Fprintf(w, "%-12s %s\n", x.Name, x.Version)
				}
			})
		},
	}
}
