package cli

import (
	"fmt"
	"strings"
	"time"

	"vedette/backend/workspace"
)

// progress draws a job's state on one line of the terminal; where standard
// error is no terminal nothing is drawn.
func (c *command) progress() (workspace.ProgressFunc, func()) {
	if !c.env.Terminal {
		return nil, func() {}
	}
	var width int
	draw := func(s string) {
		pad := max(0, width-len([]rune(s)))
		fmt.Fprintf(c.env.Err, "\r%s%s", s, strings.Repeat(" ", pad))
		width = len([]rune(s))
	}
	return func(p workspace.Progress) { draw(progressLine(p)) }, func() {
		if width > 0 {
			draw("")
			fmt.Fprint(c.env.Err, "\r")
		}
	}
}

// progressLine says how far a job is, how fast, and how long it will take.
func progressLine(p workspace.Progress) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%s %s %s", p.Job, p.Stage, printable(p.Object))
	amount := func(n int64) string {
		if p.Unit == "bytes" {
			return fmt.Sprintf("%.1f MB", float64(n)/1e6)
		}
		return fmt.Sprintf("%d", n)
	}
	if p.Total > 0 {
		fmt.Fprintf(&b, "  %d %%  %s of %s", 100*p.Done/p.Total, amount(p.Done), amount(p.Total))
	} else {
		fmt.Fprintf(&b, "  %s", amount(p.Done))
	}
	if p.Unit != "bytes" {
		fmt.Fprintf(&b, " %s", p.Unit)
	}
	if p.Rate > 0 {
		fmt.Fprintf(&b, "  %s/s", amount(int64(p.Rate)))
	}
	if p.Seconds >= 1 {
		fmt.Fprintf(&b, "  %s left", time.Duration(p.Seconds*float64(time.Second)).Round(time.Second))
	}
	return b.String()
}
