package cli

import (
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

func (c *command) importCmd() *cobra.Command {
	var req workspace.ImportRequest
	var profile string
	var resume, strict, dry bool
	var retry int64
	cmd := &cobra.Command{
		Use:   "import CASE FILE|DIR...",
		Short: "Take files into a case",
		Long: `Every file is kept as evidence, recognised by its content and read. Every record
ends accepted, duplicate (a new sighting is kept) or rejected with its place and
reason. Importing the same file again adds sightings and no posts; an import that
was interrupted goes on where it stopped.`,
		Args: func(_ *cobra.Command, args []string) error {
			if dry && (resume || retry != 0) {
				return errors.New("--dry-run looks at files; --resume and --retry have none")
			}
			if len(args) == 0 || (len(args) == 1 && !resume && retry == 0) {
				return errors.New("name the case and at least one file (or --resume, or --retry BATCH)")
			}
			return nil
		},
		RunE: func(cmd *cobra.Command, args []string) error {
			if profile != "" {
				b, err := c.mapping(profile)
				if err != nil {
					return err
				}
				req.Profile = b
			}
			req.Paths = args[1:]
			if dry {
				return c.dryRun(cmd.Context(), args[0], req)
			}
			return c.with(cmd.Context(), args[0], true, func(s *workspace.Session) error {
				show, done := c.progress()
				res := workspace.ImportResult{Batches: []model.Batch{}}
				var err error
				if resume {
					res, err = s.Resume(cmd.Context(), show)
				}
				if err == nil && retry != 0 {
					var again workspace.ImportResult
					again, err = s.Retry(cmd.Context(), retry, req, show)
					res.Batches = append(res.Batches, again.Batches...)
				}
				if err == nil && len(req.Paths) > 0 {
					var more workspace.ImportResult
					more, err = s.Import(cmd.Context(), req, show)
					res.Batches, res.Skipped = append(res.Batches, more.Batches...), more.Skipped
				}
				done()
				if err == nil || c.json || len(res.Batches) > 0 {
					if perr := c.print(importJSON(res), func(w io.Writer) { printImport(w, res) }); perr != nil {
						return errors.Join(err, perr)
					}
				}
				if err != nil {
					return fmt.Errorf("import: %w", err)
				}
				return judge(res, strict)
			})
		},
	}
	f := cmd.Flags()
	f.StringVar(&req.Source.Name, "source", "", "name of the source")
	f.StringVar(&req.Source.Reliability, "reliability", "F", "Admiralty reliability of the source, A to F")
	f.StringVar((*string)(&req.Source.Mode), "mode", string(model.ModeUnstated), "collection mode: open, signed-in, interactive, closed or unstated")
	f.StringVar(&req.Source.Authority, "authority", "", "reference of the authority, where the mode needs one")
	f.StringVar(&profile, "profile", "", "mapping profile for a table: a JSON file, or the name of a saved one")
	f.StringVar(&req.Format, "format", "", "read as this format instead of recognising it")
	f.StringVar(&req.Zone, "tz", "", "time zone of instants that state none")
	f.StringVar(&req.DateOrder, "date-order", "", "dmy, mdy or ymd for ambiguous dates")
	f.StringVar(&req.Encoding, "encoding", "", "character encoding of the file")
	f.BoolVar(&req.IncludePrivate, "include-private", false, "read private and direct posts too")
	f.BoolVar(&req.NoEnrich, "no-enrich", false, "do not enrich")
	f.BoolVar(&req.NoIndex, "no-index", false, "leave indexing for later")
	f.BoolVar(&req.NoWait, "no-wait", false, "do not wait until the posts are searchable")
	f.BoolVar(&strict, "strict", false, "exit with 3 when a record was rejected")
	f.Int64Var(&retry, "retry", 0, "read the rejected records of this batch again, with the options given now")
	f.BoolVar(&dry, "dry-run", false, "say what would be taken in, and store nothing")
	f.BoolVar(&resume, "resume", false, "go on with interrupted imports first")
	return cmd
}

// batchJSON is a batch as printed; Format and Profile are null when there is none.
type batchJSON struct {
	model.Batch
	Format  *string           `json:"format"`
	Profile *string           `json:"profile"`
	Reasons map[string]int64  `json:"reasons"`
	Unknown map[string]int64  `json:"unknown_fields"`
	Assumed map[string]string `json:"assumed"`
}

// importJSON is what an import prints with --json.
func importJSON(r workspace.ImportResult) any {
	return map[string]any{"batches": batchesJSON(r.Batches), "skipped": orEmpty(r.Skipped)}
}

func batchesJSON(batches []model.Batch) []batchJSON {
	out := make([]batchJSON, len(batches))
	for i, b := range batches {
		out[i] = batchJSON{Batch: b, Format: orNull(b.Format), Profile: orNull(b.Profile), Reasons: b.Reasons, Unknown: b.Unknown, Assumed: b.Assumed}
		if out[i].Reasons == nil {
			out[i].Reasons = map[string]int64{}
		}
		if out[i].Unknown == nil {
			out[i].Unknown = map[string]int64{}
		}
		if out[i].Assumed == nil {
			out[i].Assumed = map[string]string{}
		}
	}
	return out
}

func orNull(s string) *string {
	if s == "" {
		return nil
	}
	return &s
}

// judge says whether an import needs attention: files that nothing recognised,
// that failed or that were skipped, and with strict any rejected record.
func judge(res workspace.ImportResult, strict bool) error {
	var failed []string
	var rejected int64
	for _, b := range res.Batches {
		if b.State == model.BatchFailed {
			failed = append(failed, fmt.Sprintf("%q", b.File))
		}
		rejected += b.Rejected
	}
	var what []string
	if n := len(failed); n == 1 {
		what = append(what, failed[0]+" holds nothing that could be read, or could not be read to its end")
	} else if n > 1 {
		what = append(what, fmt.Sprintf("%d of %d files hold nothing that could be read, or could not be read to their end, %s the first", n, len(res.Batches), failed[0]))
	}
	if n := len(res.Skipped); n > 0 {
		what = append(what, fmt.Sprintf("%d found and not taken in, %q the first", n, res.Skipped[0].File))
	}
	if strict && rejected > 0 {
		what = append(what, fmt.Sprintf("%d rejected record(s) (vedette rejects)", rejected))
	}
	if len(what) == 0 {
		return nil
	}
	return attention{"something needs attention: " + strings.Join(what, "; ")}
}

// printImport prints what became of every file.
func printImport(w io.Writer, res workspace.ImportResult) {
	if len(res.Batches) > 0 || len(res.Skipped) == 0 {
		printBatches(w, res.Batches)
	}
	for _, x := range res.Skipped {
		fmt.Fprintf(w, "       skipped: %s: %s\n", printable(x.File), printable(x.Reason))
	}
}

// printBatches prints the reconciliation: read = accepted + duplicate + rejected.
func printBatches(w io.Writer, batches []model.Batch) {
	if len(batches) == 0 {
		fmt.Fprintln(w, "nothing to import")
		return
	}
	fmt.Fprintf(w, "%5s  %-34s %-16s %9s %9s %9s %9s\n", "batch", "file", "format", "read", "accepted", "duplicate", "rejected")
	var sum model.Batch
	for _, b := range batches {
		format := b.Format
		if format == "" {
			format = "–"
		}
		state := ""
		if b.Withdrawn {
			state = "  withdrawn"
		} else if b.State == model.BatchRunning {
			state = "  not finished"
		} else if b.State != model.BatchDone {
			state = "  " + string(b.State)
		}
		fmt.Fprintf(w, "%5d  %-34s %-16s %9d %9d %9d %9d%s\n", b.ID, clip(printable(b.File), 34), format, b.Read, b.Accepted, b.Duplicate, b.Rejected, state)
		if b.Error != "" {
			fmt.Fprintf(w, "       %s\n", printable(b.Error))
		}
		for _, k := range byCount(b.Reasons) {
			fmt.Fprintf(w, "       rejected: %s × %d\n", printable(k), b.Reasons[k])
		}
		if len(b.Unknown) > 0 {
			fmt.Fprintf(w, "       %d unknown field(s), kept in the evidence\n", len(b.Unknown))
		}
		for _, k := range sortedKeys(b.Assumed) {
			fmt.Fprintf(w, "       assumed: %s = %s\n", printable(k), printable(b.Assumed[k]))
		}
		sum.Read, sum.Accepted, sum.Duplicate, sum.Rejected = sum.Read+b.Read, sum.Accepted+b.Accepted, sum.Duplicate+b.Duplicate, sum.Rejected+b.Rejected
	}
	if len(batches) > 1 {
		fmt.Fprintf(w, "%5s  %-34s %-16s %9d %9d %9d %9d\n", "", "together", "", sum.Read, sum.Accepted, sum.Duplicate, sum.Rejected)
	}
}

// clip shortens a string for a column, from the left, so that its end stays.
func clip(s string, n int) string {
	r := []rune(s)
	if len(r) <= n {
		return s
	}
	return "…" + string(r[len(r)-n+1:])
}
