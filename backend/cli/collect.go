package cli

import (
	"cmp"
	"fmt"
	"io"
	"math"
	"strconv"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) collectCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "collect", Short: "Collect from the network: feeds", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	cmd.AddCommand(c.collectAddCmd(), c.collectListCmd(), c.collectRemoveCmd(), c.collectRunCmd(), c.collectLedgerCmd())
	return cmd
}

func (c *command) collectAddCmd() *cobra.Command {
	x := model.Collector{Type: "feed"}
	cmd := &cobra.Command{
		Use: "add CASE URL", Short: "Watch a feed; nothing is fetched yet", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				x.URL = args[1]
				got, err := s.PutCollector(cmd.Context(), x)
				if err != nil {
					return fmt.Errorf("collect: %w", err)
				}
				return c.print(got, func(w io.Writer) {
					fmt.Fprintf(w, "added %s (%s); collect with: vedette collect run %s %s\n", got.URL, got.ID, args[0], got.ID)
				})
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&x.Name, "name", "", "name of the collector")
	f.StringVar(&x.Source.Name, "source", "", "name of the source")
	f.StringVar(&x.Source.Reliability, "reliability", "F", "Admiralty reliability of the source, A to F")
	f.StringVar((*string)(&x.Source.Mode), "mode", string(model.ModeOpen), "collection mode")
	f.StringVar(&x.Source.Authority, "authority", "", "reference of the authority, where the mode needs one")
	return cmd
}

func (c *command) collectListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list CASE", Short: "List the collectors", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				list, err := s.Collectors(cmd.Context())
				if err != nil {
					return fmt.Errorf("collect: %w", err)
				}
				return c.print(map[string]any{"collectors": orEmpty(list)}, func(w io.Writer) {
					for _, x := range list {
						last := "never run"
						if !x.LastRun.IsZero() {
							last = "last run " + x.LastRun.Format("2006-01-02 15:04Z")
						}
						fmt.Fprintf(w, "%-10s %-5s %-9s %s  %s  %s\n", x.ID, x.Type, x.Source.Mode, x.URL, last, x.LastError)
					}
				})
			})
		},
	}
}

func (c *command) collectRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "remove CASE COLLECTOR", Short: "Stop watching; what was collected stays", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				if err := s.RemoveCollector(cmd.Context(), args[1]); err != nil {
					return fmt.Errorf("collect: %w", err)
				}
				return c.print(map[string]string{"removed": args[1]}, func(w io.Writer) { fmt.Fprintf(w, "removed %s\n", args[1]) })
			})
		},
	}
}

func (c *command) collectRunCmd() *cobra.Command {
	return &cobra.Command{
		Use: "run CASE [COLLECTOR...]", Short: "Fetch now: these collectors, or all", Args: cobra.MinimumNArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				res, err := s.Collect(cmd.Context(), args[1:], show)
				done()
				if perr := c.print(res, func(w io.Writer) { printCollected(w, res) }); perr != nil {
					return perr
				}
				if err != nil {
					return fmt.Errorf("collect: %w", err)
				}
				for _, x := range res.Collected {
					if x.Error != "" {
						return attention{"something needs attention: a collector could not fetch"}
					}
				}
				return nil
			})
		},
	}
}

func printCollected(w io.Writer, res workspace.CollectResult) {
	var batches []model.Batch
	for _, x := range res.Collected {
		switch {
		case x.Error != "":
			fmt.Fprintf(w, "%s: %s\n", x.URL, x.Error)
		case x.NotModified:
			fmt.Fprintf(w, "%s: not modified\n", x.URL)
		}
		if x.Batch != nil {
			batches = append(batches, *x.Batch)
		}
	}
	if len(batches) > 0 {
		printBatches(w, batches)
	}
}

func (c *command) collectLedgerCmd() *cobra.Command {
	return &cobra.Command{
		Use: "ledger CASE", Short: "Print every request this case ever made", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				list, err := s.Ledger(cmd.Context(), 0, math.MaxInt32)
				if err != nil {
					return fmt.Errorf("ledger: %w", err)
				}
				return c.print(map[string]any{"requests": orEmpty(list)}, func(w io.Writer) {
					for _, r := range list {
						status := "no answer"
						if r.Status != 0 {
							status = strconv.Itoa(r.Status)
						}
						fmt.Fprintf(w, "%5d  %s  %s %s  %s  %d bytes  %s  %s\n", r.ID, r.At.Format("2006-01-02 15:04:05Z"), r.Method, printable(r.URL), status, r.Bytes, cmp.Or(r.Address, "–"), printable(r.Error))
					}
					fmt.Fprintf(w, "%d request(s)\n", len(list))
				})
			})
		},
	}
}
