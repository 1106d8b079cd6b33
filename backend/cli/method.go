package cli

import (
	"fmt"
	"io"
	"os"

	"github.com/spf13/cobra"
)

// methodCmd is the parent of the methods on plain tables.
func (c *command) methodCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "method",
		Short: "Use one of the methods on a plain table, without a case",
		Long:  "So that anyone can check a method against another implementation: tables in, tables out, no case, no network.",
		Args:  cobra.NoArgs,
		RunE:  func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(
		c.methodCoordinationCmd(), c.methodAlertsCmd(), c.methodAutomationCmd(), c.methodCommunitiesCmd(), c.methodDuplicatesCmd(), c.methodEnrichCmd(),
	)
	return cmd
}

// methodInput reads the table that --in names, or standard input for "-".
func (c *command) methodInput(path string, fn func(io.Reader) error) error {
	switch path {
	case "":
		return usage{fmt.Errorf("name the table with --in FILE")}
	case "-":
		return fn(c.env.In)
	}
	f, err := os.Open(path)
	if err != nil {
		return fmt.Errorf("open the table: %w", err)
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	return fn(f)
}
