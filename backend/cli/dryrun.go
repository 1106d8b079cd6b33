package cli

import (
	"context"
	"fmt"
	"io"
	"strings"

	"vedette/backend/workspace"
)

// dryRun says what an import would take in, and stores nothing.
func (c *command) dryRun(ctx context.Context, dir string, req workspace.ImportRequest) error {
	return c.with(ctx, dir, false, func(s *workspace.Session) error {
		show, done := c.progress()
		got, err := s.DryRun(ctx, req, show)
		done()
		if err != nil {
			return fmt.Errorf("import: %w", err)
		}
		if err := c.print(got, func(w io.Writer) { printInspection(w, got) }); err != nil {
			return err
		}
		var refused int64
		for _, g := range got.Overview.Refused {
			refused += g.Files
		}
		if refused > 0 || len(got.Skipped) > 0 {
			return attention{fmt.Sprintf("%d file(s) would not be read, %d would be passed over", refused, len(got.Skipped))}
		}
		return nil
	})
}

// printInspection prints every file as an import would read it, and the sums.
func printInspection(w io.Writer, in workspace.Inspection) {
	fmt.Fprintf(w, "%-34s %-16s %9s %9s  %s\n", "file", "format", "records", "rejected", "period")
	for i := range in.Files {
		printLook(w, &in.Files[i])
	}
	for _, x := range in.Skipped {
		fmt.Fprintf(w, "       skipped: %s: %s\n", printable(x.File), printable(x.Reason))
	}
	o := in.Overview
	fmt.Fprintf(w, "\n%d file(s), %d bytes; %d record(s), %d of them rejected; %s\n", o.Files, o.Bytes, o.Records, o.Rejected, period(o.First, o.Last))
	for _, g := range o.Formats {
		fmt.Fprintf(w, "  %-20s %6d file(s) %9d record(s)\n", g.Format, g.Files, g.Records)
	}
	for _, g := range o.Refused {
		fmt.Fprintf(w, "  not read: %d file(s), %s first: %s %s\n", g.Files, printable(g.File), g.Code, printable(g.Reason))
	}
	if len(o.Kinds) > 0 {
		fmt.Fprintf(w, "  %s; %s\n", counted(o.Kinds), counted(o.Visibility))
	}
	fmt.Fprintln(w, "nothing was stored")
}

func printLook(w io.Writer, f *workspace.FileInspection) {
	format := f.Format
	if format == "" {
		format = "–"
	}
	fmt.Fprintf(w, "%-34s %-16s %9d %9d  %s\n", clip(printable(f.File), 34), format, f.Records, f.Rejected, period(f.First, f.Last))
	if f.Reason != "" {
		fmt.Fprintf(w, "       %s\n", printable(f.Reason))
	}
	if f.Profile != "" {
		fmt.Fprintf(w, "       profile: %s\n", printable(f.Profile))
	}
	if n := f.Near; n != nil {
		fmt.Fprintf(w, "       resembles the saved profile %s; new columns: %s; missing: %s\n", printable(n.Name), listed(n.Added), listed(n.Missing))
	}
	for _, k := range sortedKeys(f.Assumed) {
		fmt.Fprintf(w, "       assumed: %s = %s\n", printable(k), printable(f.Assumed[k]))
	}
	if d := f.Dates; d != nil {
		fmt.Fprintf(w, "       %s is %s with --date-order dmy, and %s with mdy\n", printable(d.Text), d.DayFirst, d.MonthFirst)
	}
	if len(f.Unknown) > 0 {
		fmt.Fprintf(w, "       %d unknown field(s)\n", len(f.Unknown))
	}
}

// listed joins names, or says that there are none.
func listed(names []string) string {
	if len(names) == 0 {
		return "none"
	}
	return printable(strings.Join(names, ", "))
}

// counted writes counts by name, the largest first.
func counted(m map[string]int64) string {
	parts := make([]string, 0, len(m))
	for _, k := range byCount(m) {
		parts = append(parts, fmt.Sprintf("%s %d", printable(k), m[k]))
	}
	return strings.Join(parts, ", ")
}

// period writes the days from the first post to the last.
func period(first, last string) string {
	const day = len("2006-01-02")
	if len(first) < day || len(last) < day {
		return "no dates"
	}
	if first[:day] == last[:day] {
		return first[:day]
	}
	return first[:day] + " to " + last[:day]
}
