package cli

import (
	"errors"
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// mark opens the case, changes the marks of posts and says so.
func (c *command) mark(cmd *cobra.Command, dir string, posts []string, ch workspace.MarkChange) error {
	return c.with(cmd.Context(), dir, true, func(s *workspace.Session) error {
		if err := s.Mark(cmd.Context(), posts, ch); err != nil {
			return fmt.Errorf("mark: %w", err)
		}
		return c.print(map[string]any{"posts": posts, "change": ch}, func(w io.Writer) { fmt.Fprintf(w, "%d post(s) marked\n", len(posts)) })
	})
}

func (c *command) starCmd() *cobra.Command {
	var off bool
	cmd := &cobra.Command{
		Use: "star CASE POST...", Short: "Star posts", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			on := !off
			return c.mark(cmd, args[0], args[1:], workspace.MarkChange{Star: &on})
		},
	}
	cmd.Flags().BoolVar(&off, "off", false, "take the star away")
	return cmd
}

func (c *command) labelCmd() *cobra.Command {
	var add, remove []string
	cmd := &cobra.Command{
		Use: "label CASE POST...", Short: "Put labels on posts or take them off", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if len(add)+len(remove) == 0 {
				return usage{errors.New("name a label with --add or --remove")}
			}
			return c.mark(cmd, args[0], args[1:], workspace.MarkChange{AddLabels: add, RemoveLabels: remove})
		},
	}
	cmd.Flags().StringArrayVar(&add, "add", nil, "label to put on (may be repeated)")
	cmd.Flags().StringArrayVar(&remove, "remove", nil, "label to take off (may be repeated)")
	return cmd
}

func (c *command) noteCmd() *cobra.Command {
	var text string
	cmd := &cobra.Command{
		Use: "note CASE POST...", Short: "Write a note on posts", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.mark(cmd, args[0], args[1:], workspace.MarkChange{Note: &text})
		},
	}
	cmd.Flags().StringVar(&text, "text", "", "the note; empty removes it")
	return cmd
}

func (c *command) gradeCmd() *cobra.Command {
	var grade string
	cmd := &cobra.Command{
		Use: "grade CASE POST...", Short: "Grade posts' information, 1 (confirmed) to 6 (cannot be judged)", Args: cobra.MinimumNArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.mark(cmd, args[0], args[1:], workspace.MarkChange{Grade: &grade})
		},
	}
	cmd.Flags().StringVar(&grade, "grade", "", "1 to 6; empty removes it")
	return cmd
}

func (c *command) savedCmd() *cobra.Command {
	cmd := &cobra.Command{
		Use: "saved CASE", Short: "List, add and remove saved searches", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				list, err := s.SavedSearches(cmd.Context())
				if err != nil {
					return fmt.Errorf("saved searches: %w", err)
				}
				return c.print(map[string]any{"saved": orEmpty(list)}, func(w io.Writer) {
					for _, x := range list {
						fmt.Fprintf(w, "%s  %s  %s\n", x.ID, x.Name, x.Selection.Query)
					}
				})
			})
		},
	}
	add := &cobra.Command{
		Use: "add CASE NAME QUERY", Short: "Save a search", Args: cobra.ExactArgs(3),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				x, err := s.PutSavedSearch(cmd.Context(), model.SavedSearch{Name: args[1], Selection: model.Selection{Query: args[2]}})
				if err != nil {
					return c.queryError(args[2], err)
				}
				return c.print(x, func(w io.Writer) { fmt.Fprintf(w, "saved %q\n", x.Name) })
			})
		},
	}
	remove := &cobra.Command{
		Use: "remove CASE NAME", Short: "Forget a saved search", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				if err := s.RemoveSavedSearch(cmd.Context(), args[1]); err != nil {
					return fmt.Errorf("saved search: %w", err)
				}
				return c.print(map[string]string{"removed": args[1]}, func(w io.Writer) { fmt.Fprintf(w, "removed %q\n", args[1]) })
			})
		},
	}
	cmd.AddCommand(add, remove)
	return cmd
}
