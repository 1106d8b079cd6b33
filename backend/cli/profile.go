package cli

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) profileCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use:   "profile",
		Short: "Mapping profiles: how the columns of a table become posts",
		Long: `A saved profile lies as plain JSON in the configuration folder. A table that has
its columns is read by it without asking. Save a file that somebody gave you, or
one that guess proposed and you have edited; show prints one to give away.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	cmd.AddCommand(c.profileListCmd(), c.profileShowCmd(), c.profileSaveCmd(), c.profileRemoveCmd(), c.profileGuessCmd())
	return cmd
}

func (c *command) profileListCmd() *cobra.Command {
	return &cobra.Command{
		Use: "list", Short: "List the saved profiles and those that come with Vedette", Args: cobra.NoArgs,
		RunE: func(*cobra.Command, []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			all, err := d.Profiles()
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			return c.print(map[string]any{"profiles": all}, func(w io.Writer) {
				for _, p := range all {
					where := "shipped"
					if p.File != "" {
						where = "saved"
					}
					if p.Problem != "" {
						fmt.Fprintf(w, "%-8s  %s  cannot be used: %s\n", where, printable(p.File), printable(p.Problem))
						continue
					}
					fmt.Fprintf(w, "%-8s  %-28s %-10s %3d columns  %s\n", where, printable(p.Label), printable(p.Platform), len(p.Columns), printable(clipRight(p.Note, 60)))
				}
			})
		},
	}
}

// clipRight shortens a sentence for a column.
func clipRight(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n-1]) + "…"
	}
	return s
}

func (c *command) profileShowCmd() *cobra.Command {
	return &cobra.Command{
		Use: "show NAME", Short: "Print a profile's JSON", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			b, err := d.Profile(args[0])
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			return c.printBytes(b)
		},
	}
}

// printBytes prints a document as it is.
func (c *command) printBytes(b []byte) error {
	if _, err := c.env.Out.Write(append(b[:len(b):len(b)], newline(b)...)); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return nil
}

// newline is the line end that a document lacks.
func newline(b []byte) string {
	if strings.HasSuffix(string(b), "\n") {
		return ""
	}
	return "\n"
}

func (c *command) profileSaveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "save FILE", Short: "Save a profile under its name, and use it for the tables it fits", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			b, err := d.ReadProfile(args[0])
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			p, err := d.SaveProfile(b)
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			return c.print(map[string]any{"profile": p}, func(w io.Writer) {
				fmt.Fprintf(w, "saved %s\n", printable(p.Label))
				if len(p.Columns) == 0 {
					fmt.Fprintln(w, "it names no header, so no table is recognised by it; give it with --profile")
				}
			})
		},
	}
}

func (c *command) profileRemoveCmd() *cobra.Command {
	return &cobra.Command{
		Use: "remove NAME", Short: "Take a saved profile away; what was read by it stays", Args: cobra.ExactArgs(1),
		RunE: func(_ *cobra.Command, args []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			if err := d.RemoveProfile(args[0]); err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			return c.print(map[string]any{"removed": args[0]}, func(w io.Writer) { fmt.Fprintf(w, "removed %s\n", printable(args[0])) })
		},
	}
}

func (c *command) profileGuessCmd() *cobra.Command {
	var req workspace.ImportRequest
	cmd := &cobra.Command{
		Use: "guess FILE", Short: "Print the profile that is proposed for a table, to be edited and used with --profile", Args: cobra.ExactArgs(1),
		Long: `The profile goes to standard output and the reasons to standard error:

    vedette profile guess table.csv > table.json
    vedette import CASE table.csv --profile table.json --dry-run

With --json both come as one object, with the columns and samples of them.`,
		RunE: func(cmd *cobra.Command, args []string) error {
			d, err := c.desk()
			if err != nil {
				return err
			}
			g, err := d.GuessProfile(cmd.Context(), args[0], req)
			if err != nil {
				return fmt.Errorf("profile: %w", err)
			}
			if c.json {
				return c.print(g, nil)
			}
			printReasons(cleanWriter{c.env.Err}, g)
			return c.printBytes(g.Profile)
		},
	}
	cmd.Flags().StringVar(&req.Encoding, "encoding", "", "character encoding of the file")
	return cmd
}

// printReasons says why each column was mapped as it was.
func printReasons(w io.Writer, g workspace.ProfileGuess) {
	for _, s := range g.Reasons {
		what := s.Field
		if what == "" {
			what = "–"
		}
		fmt.Fprintf(w, "%-18s %-24s %3d%%  %s\n", what, printable(clipRight(s.Column, 24)), s.Confidence, printable(s.Reason))
		for _, p := range s.Warnings {
			fmt.Fprintf(w, "%-18s %s\n", "", printable(p.Message))
		}
	}
	if g.Near != nil {
		fmt.Fprintf(w, "it resembles the saved profile %s; new columns: %s; missing: %s\n", printable(g.Near.Name), listed(g.Near.Added), listed(g.Near.Missing))
	}
}

// mapping reads the profile that --profile names: a file, or else a saved or
// shipped profile.
func (c *command) mapping(name string) ([]byte, error) {
	b, err := os.ReadFile(name)
	if err == nil {
		return b, nil
	}
	if d, derr := c.desk(); errors.Is(err, os.ErrNotExist) && derr == nil {
		if b, perr := d.Profile(name); perr == nil {
			return b, nil
		}
	}
	return nil, fmt.Errorf("read the mapping profile: %w", err)
}
