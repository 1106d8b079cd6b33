package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) showCmd() *cobra.Command {
	return &cobra.Command{
		Use:   "show CASE POST",
		Short: "Show a post with its thread, counts over time, enrichment and evidence",
		Long:  "POST is the case's own number of a post, or its platform:id.",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				d, err := s.Show(cmd.Context(), args[1])
				if err != nil {
					return fmt.Errorf("show: %w", err)
				}
				return c.print(d, func(w io.Writer) { printDetail(w, d) })
			})
		},
	}
}

func printDetail(w io.Writer, d workspace.PostDetail) {
	p := d.Post
	fmt.Fprintf(w, "%s  (%s)\n%s %s, %s, %s\n", p.UID, p.ID, p.Platform, p.Kind, p.Type, p.Visibility)
	fmt.Fprintf(w, "author     %s  @%s  %s\n", printable(p.Author.Name), printable(p.Author.Handle), p.Author.ID)
	fmt.Fprintf(w, "time       %s (zone %s; as written: %s)\n", p.CreatedAt, p.Zone, printable(p.CreatedOriginal))
	if p.URL != "" {
		fmt.Fprintf(w, "address    %s\n", printable(p.URL))
	}
	if p.Title != "" {
		fmt.Fprintf(w, "title      %s\n", printable(p.Title))
	}
	fmt.Fprintf(w, "text       %s\n", printable(p.Text))
	if n := counts(p.Counts); n != "" {
		fmt.Fprintf(w, "counts   %s\n", n)
	} else {
		fmt.Fprintln(w, "counts     not known")
	}
	fmt.Fprintf(w, "language   %s (confidence %.2f)\n", p.Lang, p.LangConfidence)
	if p.Sentiment != nil {
		fmt.Fprintf(w, "sentiment  %s %+.2f", p.Polarity, *p.Sentiment)
		for i, r := range p.SentimentWords {
			fmt.Fprintf(w, "%s %q %+.1f", [...]string{", because of", ""}[min(i, 1)], printable(r.Word), r.Weight)
		}
		fmt.Fprintln(w)
	} else {
		fmt.Fprintf(w, "sentiment  unknown\n")
	}
	for _, m := range d.Metrics {
		fmt.Fprintf(w, "counted    %s%s\n", m.At.Time.Format("2006-01-02 15:04:05Z"), counts(m.Counts))
	}
	for _, x := range d.Sightings {
		fmt.Fprintf(w, "evidence   batch %d %s (%s, %s), %s\n           sha256 %s\n           custody record %d, %s, by %s: %s %s\n", x.Batch, x.File, x.Format,
			x.Source.Mode, place(x.Locator), x.SHA256, x.Custody.Index, x.Custody.At.Format("2006-01-02 15:04:05Z"), x.Custody.Actor, x.Custody.Action, x.Custody.Hash)
		if v := x.Version; v != nil {
			fmt.Fprintf(w, "           seen otherwise then (%s): %s\n", strings.Join(v.Changed, ", "), printable(strings.TrimSpace(v.Title+" "+v.Text)))
		}
	}
	if len(d.Thread) > 0 {
		fmt.Fprintf(w, "thread     %d posts\n", len(d.Thread))
		for i := range d.Thread {
			printPost(w, &d.Thread[i])
		}
	}
}

func (c *command) rawCmd() *cobra.Command {
	var sighting int64
	cmd := &cobra.Command{
		Use:   "raw CASE POST",
		Short: "Print the exact bytes a post was read from",
		Long:  "Prints the exact bytes; where a record has no byte range of its own (a spreadsheet row), its canonical form, and says so on standard error.",
		Args:  cobra.ExactArgs(2),
		RunE: func(cmd *cobra.Command, args []string) error {
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				r, err := s.Raw(cmd.Context(), args[1], sighting)
				if err != nil {
					return fmt.Errorf("raw: %w", err)
				}
				what := "exact bytes"
				if !r.Exact {
					what = "canonical form of the row; the file itself is in the evidence"
				}
				fmt.Fprintf(c.env.Err, "%s, sha256 %s, %s\n", what, r.SHA256, place(r.Locator))
				if c.json {
					return c.print(struct {
						workspace.RawRecord
						Bytes []byte `json:"bytes"`
					}{r, r.Bytes}, nil)
				}
				if _, err := c.env.Out.Write(r.Bytes); err != nil {
					return fmt.Errorf("print the bytes: %w", err)
				}
				return nil
			})
		},
	}
	cmd.Flags().Int64Var(&sighting, "sighting", 0, "of this sighting instead of the first")
	return cmd
}
