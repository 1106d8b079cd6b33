package cli

import (
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) searchCmd() *cobra.Command {
	var limit int
	var after, sort, facets string
	cmd := &cobra.Command{
		Use:   "search CASE QUERY",
		Short: "Find posts",
		Long: `QUERY: words, "phrases", AND OR NOT ( ), field:value, ranges (time:2024-01-01..2024-02-01,
likes:>100), wildcards. Fields: text author platform type lang time likes comments shares
views sentiment subject hashtag mention domain place country source mode grade label
starred thread batch kind, has:media|geo|link. An empty query finds every post.
A query that begins with - stands after --: vedette search CASE -- -giveaway`,
		Args: cobra.RangeArgs(1, 2),
		RunE: func(cmd *cobra.Command, args []string) error {
			if limit < 0 {
				return usage{fmt.Errorf("--limit must not be negative, and %d is", limit)}
			}
			req := workspace.SearchRequest{Limit: limit, After: after, Sort: sort, Wait: true}
			if limit == 0 {
				req.Limit = -1
			}
			if len(args) == 2 {
				req.Selection.Query = args[1]
			}
			if facets != "" {
				req.Facets = strings.Split(facets, ",")
			}
			return c.with(cmd.Context(), args[0], false, func(s *workspace.Session) error {
				page, err := s.Search(cmd.Context(), req)
				if err != nil {
					return c.queryError(req.Selection.Query, err)
				}
				return c.print(page, func(w io.Writer) { printPage(w, page) })
			})
		},
	}
	f := cmd.Flags()
	f.IntVar(&limit, "limit", 20, "posts on a page; 0 for counts only")
	f.StringVar(&after, "after", "", "cursor of the page before")
	f.StringVar(&sort, "sort", "time", "time, time_asc, relevance or engagement")
	f.StringVar(&facets, "facets", "", "facets to count, for example platform,lang,hashtag")
	return cmd
}

// queryError shows where in the query a mistake is.
func (c *command) queryError(query string, err error) error {
	f := faultOf(err)
	if f == nil || f.Params["pos"] == "" {
		return err
	}
	var pos, n int
	if _, serr := fmt.Sscan(f.Params["pos"], &pos); serr != nil || pos > len(query) {
		return err
	}
	if _, serr := fmt.Sscan(f.Params["len"], &n); serr != nil || n < 1 {
		n = 1
	}
	end := min(pos+n, len(query))
	fmt.Fprintf(c.env.Err, "  %s\n  %s%s\n", printable(query), strings.Repeat(" ", len([]rune(query[:pos]))), strings.Repeat("^", max(1, len([]rune(query[pos:end])))))
	return err
}

func printPage(w io.Writer, page workspace.SearchPage) {
	for i := range page.Posts {
		printPost(w, &page.Posts[i])
	}
	for _, name := range sortedKeys(page.Facets) {
		fmt.Fprintf(w, "%s:", name)
		for _, v := range page.Facets[name] {
			fmt.Fprintf(w, "  %s %d", v.Label, v.Count)
		}
		fmt.Fprintln(w)
	}
	fmt.Fprintf(w, "%d post(s) in %.1f ms", page.Total, page.TookMS)
	if page.Unindexed > 0 {
		fmt.Fprintf(w, "; %d not searchable by text yet", page.Unindexed)
	}
	if page.Next != "" {
		fmt.Fprintf(w, "; more with --after %s", page.Next)
	}
	fmt.Fprintln(w)
}

// printPost prints one post in a few lines.
func printPost(w io.Writer, p *model.PostView) {
	who := p.Author.Name
	if p.Author.Handle != "" {
		who = "@" + p.Author.Handle
	}
	if who == "" {
		who = "(no author)"
	}
	when := p.CreatedAt
	if when == "" {
		when = "(no date)"
	}
	fmt.Fprintf(w, "%6s  %s  %s  %s %s  [%s]%s\n", p.ID, when, printable(who), p.Platform, p.Kind, p.Lang, counts(p.Counts))
	text := p.Text
	if p.Title != "" {
		text = p.Title + " — " + text
	}
	r := []rune(strings.Join(strings.Fields(printable(text)), " "))
	if len(r) > 240 {
		r = append(r[:239], '…')
	}
	fmt.Fprintf(w, "        %s\n", string(r))
}

func counts(c model.Counts) string {
	var b strings.Builder
	for _, x := range [...]struct {
		name string
		n    model.Count
	}{{"likes", c.Likes}, {"comments", c.Comments}, {"shares", c.Shares}, {"views", c.Views}} {
		if n, ok := x.n.Value(); ok {
			fmt.Fprintf(&b, "  %d %s", n, x.name)
		}
	}
	return b.String()
}
