package cli

import (
	"errors"
	"fmt"
	"io"
	"math"
	"os"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) rejectsCmd() *cobra.Command {
	var batch int64
	cmd := &cobra.Command{
		Use:   "rejects CASE",
		Short: "List every rejected record with its place and reason",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				if batch != 0 {
					if err := s.HasBatch(cmd.Context(), batch); err != nil {
						return fmt.Errorf("rejects: %w", err)
					}
				}
				list, err := s.Rejects(cmd.Context(), batch, 0, math.MaxInt32)
				if err != nil {
					return fmt.Errorf("rejects: %w", err)
				}
				if list == nil {
					list = []model.BatchReject{}
				}
				return c.print(map[string]any{"rejects": list}, func(w io.Writer) {
					for _, r := range list {
						fmt.Fprintf(w, "batch %d  %s  record %d  %s\n    %s: %s\n", r.Batch, printable(r.File), r.Seq+1, printable(place(r.Locator)), r.Code, printable(r.Reason))
					}
					fmt.Fprintf(w, "%d rejected record(s)\n", len(list))
				})
			})
		},
	}
	cmd.Flags().Int64Var(&batch, "batch", 0, "of this batch only")
	cmd.AddCommand(c.rejectRawCmd(), c.rejectExportCmd())
	return cmd
}

func (c *command) rejectRawCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "raw CASE BATCH RECORD",
		Short: "Print the bytes of a rejected record, by the number that rejects gives it",
		Args:  cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			batch, err := number("batch", args[1])
			if err != nil {
				return err
			}
			record, err := number("record", args[2])
			if err != nil {
				return err
			}
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				b, exact, err := s.RejectRaw(cmd.Context(), batch, record-1)
				if err != nil {
					return fmt.Errorf("rejects: %w", err)
				}
				if _, err := c.env.Out.Write(b); err != nil {
					return fmt.Errorf("print the record: %w", err)
				}
				kind := "what was kept with the rejection"
				if exact {
					kind = "exact bytes of the file"
				}
				fmt.Fprintf(c.env.Err, "\n%s, %d bytes\n", kind, len(b))
				return nil
			})
		},
	}
}

func (c *command) rejectExportCmd() *cobra.Command {
	var batch int64
	cmd := &cobra.Command{
		Use:   "export CASE FILE",
		Short: "Write every rejected record with its bytes, one JSON object a line",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				f, err := os.OpenFile(args[1], os.O_WRONLY|os.O_CREATE|os.O_EXCL, 0o600)
				if err != nil {
					return fmt.Errorf("make the file: %w", err)
				}
				show, done := c.progress()
				n, err := s.ExportRejects(cmd.Context(), f, batch, show)
				done()
				if err = errors.Join(err, f.Close()); err != nil {
					return fmt.Errorf("rejects: %w", errors.Join(err, os.Remove(args[1])))
				}
				return c.print(map[string]any{"file": args[1], "rejects": n}, func(w io.Writer) {
					fmt.Fprintf(w, "%d rejected record(s) in %s\n", n, args[1])
				})
			})
		},
	}
	cmd.Flags().Int64Var(&batch, "batch", 0, "of this batch only")
	return cmd
}
