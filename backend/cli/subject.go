package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) subjectCmd() *cobra.Command {
	cmd := &cobra.Command{Use: "subject", Short: "Watched subjects and competitors", Args: cobra.NoArgs, RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() }}
	list := &cobra.Command{
		Use: "list CASE", Short: "List the watched subjects", Args: cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				list, err := s.Subjects(cmd.Context())
				if err != nil {
					return fmt.Errorf("subjects: %w", err)
				}
				return c.print(map[string]any{"subjects": orEmpty(list)}, func(w io.Writer) {
					for _, x := range list {
						role := ""
						if x.Competitor {
							role = "  (competitor)"
						}
						fmt.Fprintf(w, "%-10s %-24s %-8s %s%s\n", x.ID, x.Name, x.Type, x.Query, role)
					}
				})
			})
		},
	}
	var x model.Subject
	add := &cobra.Command{
		Use: "add CASE NAME", Short: "Watch a subject", Args: cobra.ExactArgs(2),
		Example: `  vedette subject add kestrel Kestrel --type brand --query 'kestrel OR hashtag:kestrel'`,
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				x.Name = args[1]
				got, err := s.PutSubject(cmd.Context(), x)
				if err != nil {
					return c.queryError(x.Query, err)
				}
				return c.print(got, func(w io.Writer) { fmt.Fprintf(w, "watching %q (%s)\n", got.Name, got.ID) })
			})
		},
	}
	add.Flags().StringVar(&x.Query, "query", "", "query that selects the posts that mention it (required)")
	add.Flags().StringVar((*string)(&x.Type), "type", string(model.SubjectBrand), "brand, person, image, product, service, topic or place")
	add.Flags().BoolVar(&x.Competitor, "competitor", false, "a competitor of the others")
	remove := &cobra.Command{
		Use: "remove CASE NAME", Short: "Stop watching a subject", Args: cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				if err := s.RemoveSubject(cmd.Context(), args[1]); err != nil {
					return fmt.Errorf("subject: %w", err)
				}
				return c.print(map[string]string{"removed": args[1]}, func(w io.Writer) { fmt.Fprintf(w, "removed %q\n", args[1]) })
			})
		},
	}
	cmd.AddCommand(list, add, remove)
	return cmd
}
