package cli

import (
	"encoding/csv"
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) methodCommunitiesCmd() *cobra.Command {
	var o workspace.CommunityOptions
	var in string
	cmd := &cobra.Command{
		Use:   "communities --in FILE",
		Short: "Communities of a network, by Louvain with Leiden's refinement",
		Long: `FILE is CSV with the columns source, target and weight (1 when there is none); direction does not count. Prints
node,community as CSV and the modularity on standard error; with --json one object with both.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.methodInput(in, func(r io.Reader) error {
				res, err := workspace.MethodCommunities(cmd.Context(), r, o)
				if err != nil {
					return fmt.Errorf("communities: %w", err)
				}
				if c.json {
					return c.print(res, nil)
				}
				fmt.Fprintf(c.env.Err, "modularity %.6f, %d communities\n", res.Modularity, res.Communities)
				return c.printNodes(res.Nodes)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&in, "in", "", "table to read, - for standard input")
	f.Float64Var(&o.Resolution, "resolution", 1, "more than 1 gives more and smaller communities")
	f.Uint64Var(&o.Seed, "seed", 1, "seed of the order in which nodes are moved")
	return cmd
}

func (c *command) printNodes(nodes []workspace.CommunityNode) error {
	w := csv.NewWriter(c.env.Out)
	_ = w.Write([]string{"node", "community"}) // errors are kept for Error
	for _, n := range nodes {
		_ = w.Write([]string{n.Node, strconv.FormatUint(uint64(n.Community), 10)})
	}
	w.Flush()
	if err := w.Error(); err != nil {
		return fmt.Errorf("print the communities: %w", err)
	}
	return nil
}
