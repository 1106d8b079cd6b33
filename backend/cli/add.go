package cli

import (
	"fmt"
	"io"
	"os"
	"path/filepath"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) addCmd() *cobra.Command {
	var in workspace.ManualPost
	var shot string
	cmd := &cobra.Command{
		Use:   "add CASE",
		Short: "Enter one post by hand, with a screenshot",
		Long:  "What is typed is kept as evidence, together with the picture. What is left out stays unknown: nothing is invented.",
		Args:  cobra.ExactArgs(1),
		RunE: func(cmd *cobra.Command, args []string) error {
			if shot != "" {
				b, err := os.ReadFile(shot)
				if err != nil {
					return fmt.Errorf("read the screenshot: %w", err)
				}
				in.Screenshot, in.ShotName = b, filepath.Base(shot)
			}
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				b, err := s.AddManual(cmd.Context(), in)
				if err != nil {
					return fmt.Errorf("add: %w", err)
				}
				return c.print(map[string]any{"batches": batchesJSON([]model.Batch{b})}, func(w io.Writer) { printBatches(w, []model.Batch{b}) })
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&in.Text, "text", "", "the post's text")
	f.StringVar(&in.URL, "url", "", "its address")
	f.StringVar(&in.Author, "author", "", "its author's handle")
	f.StringVar(&in.Time, "time", "", "when it was published: RFC 3339, or YYYY-MM-DD HH:MM in --tz")
	f.StringVar(&in.Zone, "tz", "", "time zone of --time")
	f.StringVar(&in.Platform, "platform", "", "platform, lower case")
	f.StringVar((*string)(&in.Type), "type", "", "page type: social, forum, blog, news, video, chat or other")
	f.StringVar(&shot, "file", "", "screenshot (PNG or JPEG)")
	f.StringVar(&in.Source.Name, "source", "", "name of the source")
	f.StringVar(&in.Source.Reliability, "reliability", "F", "Admiralty reliability of the source, A to F")
	f.StringVar((*string)(&in.Source.Mode), "mode", string(model.ModeUnstated), "collection mode")
	f.StringVar(&in.Source.Authority, "authority", "", "reference of the authority, where the mode needs one")
	return cmd
}
