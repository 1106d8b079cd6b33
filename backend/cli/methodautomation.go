package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) methodAutomationCmd() *cobra.Command {
	var in string
	cmd := &cobra.Command{
		Use:   "automation --in FILE",
		Short: "How similar account profiles are to those of automated accounts, with reasons",
		Long: `FILE is CSV or JSON lines of account profiles with the fields of X's interface (id, screen_name, followers_count,
friends_count, statuses_count, created_at, …). Prints a line of JSON per account: id, score 0 to 1 (null when too little is
known), and what each feature contributes. The score never says that an account is a bot: labelled sets do not generalise.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.methodInput(in, func(r io.Reader) error {
				if err := workspace.MethodAutomation(cmd.Context(), r, c.env.Out); err != nil {
					return fmt.Errorf("automation: %w", err)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&in, "in", "", "table to read, - for standard input")
	return cmd
}
