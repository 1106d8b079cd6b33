package cli

import (
	"fmt"
	"io"
	"strconv"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) batchesCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "batches CASE",
		Short: "List every import and collection",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				list, err := s.Batches(cmd.Context())
				if err != nil {
					return fmt.Errorf("batches: %w", err)
				}
				return c.print(map[string]any{"batches": batchesJSON(list)}, func(w io.Writer) { printBatches(w, list) })
			})
		},
	}
	cmd.AddCommand(
		c.withdrawCmd("withdraw", "Take a batch's posts out of view and analysis (logged, undoable)", true),
		c.withdrawCmd("restore", "Put a withdrawn batch's posts back", false),
	)
	return cmd
}

func (c *command) withdrawCmd(name, short string, withdrawn bool) *cobra.Command {
	outcome := "Batch %d is back: its posts are in view and analysis again.\n"
	if withdrawn {
		outcome = "Batch %d is withdrawn: what only it brought is out of view and analysis; its evidence stays.\n"
	}
	return &cobra.Command{
		Use:   name + " CASE BATCH",
		Short: short,
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			id, err := number("batch", args[1])
			if err != nil {
				return err
			}
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				if err := s.Withdraw(cmd.Context(), id, withdrawn); err != nil {
					return fmt.Errorf("%s: %w", name, err)
				}
				return c.print(map[string]any{"batch": id, "withdrawn": withdrawn}, func(w io.Writer) {
					fmt.Fprintf(w, outcome, id)
				})
			})
		},
	}
}

// number reads a whole number argument.
func number(what, s string) (int64, error) {
	n, err := strconv.ParseInt(s, 10, 64)
	if err != nil || n < 0 {
		return 0, usage{fmt.Errorf("%s must be a number, not %q", what, s)}
	}
	return n, nil
}

// place says where in a file a record is.
func place(l model.Locator) string {
	s := ""
	if l.Member != "" {
		s = l.Member + " "
	}
	switch {
	case l.Row > 0 && l.HasRange():
		return s + fmt.Sprintf("row %d, bytes %d–%d", l.Row, l.Offset, l.Offset+l.Length)
	case l.HasRange():
		return s + fmt.Sprintf("bytes %d–%d", l.Offset, l.Offset+l.Length)
	case l.Row > 0:
		return s + fmt.Sprintf("row %d", l.Row)
	}
	return s + l.Item
}
