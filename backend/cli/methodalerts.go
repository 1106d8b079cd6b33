package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) methodAlertsCmd() *cobra.Command {
	var o workspace.AlertOptions
	var in string
	cmd := &cobra.Command{
		Use:   "alerts --in FILE",
		Short: "Rises of a series of counts above both of the detector's baselines",
		Long: `FILE is CSV with the columns timestamp and value. Prints a line of JSON per row: time, score, whether an alert begins
there, and the reasons. After an alert its series is silent for the cool-down.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.methodInput(in, func(r io.Reader) error {
				if err := workspace.MethodAlerts(cmd.Context(), r, c.env.Out, o); err != nil {
					return fmt.Errorf("alerts: %w", err)
				}
				return nil
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&in, "in", "", "table to read, - for standard input")
	f.Float64Var(&o.Threshold, "threshold", 0, "score from which a rise is an alert, 1 to 100 (default 2.5)")
	f.DurationVar(&o.CoolDown, "cool-down", 0, "how long a series is silent after an alert began (default 24h)")
	return cmd
}
