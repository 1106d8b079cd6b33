package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) methodCoordinationCmd() *cobra.Command {
	o := workspace.CoordinationOptions{}
	var in string
	cmd := &cobra.Command{
		Use:   "coordination --in FILE",
		Short: "Accounts that share the same things within seconds, as CooRTweet defines it",
		Long: `FILE is CSV with the columns object_id, account_id, content_id and timestamp_share (Unix seconds or a written time).
Prints the edges as CSV, with --json one object with the summary and the edges. Rows are taken as given: duplicate rows
are counted, not dropped. --clusters, --rounds, --sensitivity and --interval add to the object.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.methodInput(in, func(r io.Reader) error {
				show, done := c.progress()
				res, err := workspace.MethodCoordination(cmd.Context(), r, o, show)
				done()
				if err != nil {
					return fmt.Errorf("coordination: %w", err)
				}
				if c.json {
					return c.print(res, nil)
				}
				return c.printEdges(res.Edges)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&in, "in", "", "table to read, - for standard input")
	f.Float64Var(&o.TimeWindow, "time-window", 10, "seconds between two shares at most")
	f.IntVar(&o.MinParticipation, "min-participation", 2, "rows an account needs at least")
	f.Float64Var(&o.EdgeWeight, "edge-weight", 0.5, "quantile of the weights above which edges make the sub-graph, 0 to 1")
	f.BoolVar(&o.KeepLoops, "keep-loops", false, "keep pairs of an account with itself, and of what is its own object")
	f.IntVar(&o.Rounds, "rounds", 0, "rounds of the null model for p-values; 0 for none")
	f.Uint64Var(&o.Seed, "seed", 1, "seed of the null model")
	f.BoolVar(&o.Clusters, "clusters", false, "with the components of the sub-graph and the pairs that prove them")
	f.BoolVar(&o.Sensitivity, "sensitivity", false, "with what other windows and participations give")
	f.BoolVar(&o.Interval, "interval", false, "with an estimate of the time window from the table (CooRnet)")
	return cmd
}

func (c *command) printEdges(edges []workspace.CoordinationEdge) error {
	w := csv.NewWriter(c.env.Out)
	_ = w.Write([]string{"account_a", "account_b", "weight", "avg_time_delta"}) // errors are kept for Error
	for _, e := range edges {
		_ = w.Write([]string{e.AccountA, e.AccountB, strconv.FormatInt(e.Weight, 10), strconv.FormatFloat(e.AvgTimeDelta, 'g', -1, 64)})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("print the edges: %w", err)
	}
	return nil
}
