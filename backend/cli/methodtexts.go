package cli

import (
	"fmt"
	"io"

	"github.com/spf13/cobra"

	"vedette/backend/workspace"
)

func (c *command) methodDuplicatesCmd() *cobra.Command {
	var in string
	cmd := &cobra.Command{
		Use:   "duplicates --in FILE",
		Short: "Texts that are nearly the same",
		Long: `FILE is JSON lines {"id","text"}. Prints JSON lines {"id","cluster"} in the same order; a cluster is named by the id of
its first text. Links, mentions, case and punctuation do not count; texts are near-duplicates from a Jaccard similarity of
0.5 of their runs of four characters.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.methodInput(in, func(r io.Reader) error {
				if err := workspace.MethodDuplicates(cmd.Context(), r, c.env.Out); err != nil {
					return fmt.Errorf("duplicates: %w", err)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&in, "in", "", "table to read, - for standard input")
	return cmd
}

func (c *command) methodEnrichCmd() *cobra.Command {
	var in string
	cmd := &cobra.Command{
		Use:   "enrich --in FILE",
		Short: "What a post is understood to say: language, sentiment, emotions, offence, concerns",
		Long: `FILE is JSON lines {"id","text"[,"topic"]}. Prints a JSON line for each, in the same order: lang with its confidence, polarity
and sentiment (-1 to 1) with the words that made it, emotions and offensive (0 to 1, present from 0.5 on), concerns, possible
threats and entities; with a topic, topic_score and topic_polarity too. What there is no model for in a language is absent,
and its polarity unknown.`,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error {
			return c.methodInput(in, func(r io.Reader) error {
				if err := workspace.MethodEnrich(cmd.Context(), r, c.env.Out); err != nil {
					return fmt.Errorf("enrich: %w", err)
				}
				return nil
			})
		},
	}
	cmd.Flags().StringVar(&in, "in", "", "table to read, - for standard input")
	return cmd
}
