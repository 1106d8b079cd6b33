// Vedette is an offline desktop workstation for social media intelligence.
// Without arguments it opens the window; with a subcommand it is a command
// line, which needs no display.
package main

import (
	"context"
	"embed"
	"fmt"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // zones by name, also where the system has none

	"golang.org/x/term"

	"vedette/app"
	"vedette/backend/cli"
	"vedette/frontend"
)

// legal is shown by the window; a package can embed only what lies below it.
//
//go:embed NOTICE LICENSE assets/NOTICE.d/*.txt
var legal embed.FS

func main() {
	os.Exit(run(os.Args[1:]))
}

func run(args []string) int {
	if len(args) == 0 {
		if err := window(""); err != nil {
			fmt.Fprintln(os.Stderr, "vedette:", err)
			return cli.ExitFailed
		}
		return cli.ExitDone
	}
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	context.AfterFunc(ctx, stop) // a second Ctrl-C ends the program at once
	return cli.Execute(ctx, args, cli.Env{
		In: os.Stdin, Out: os.Stdout, Err: os.Stderr, Program: os.Args[0],
		Terminal: term.IsTerminal(int(os.Stderr.Fd())),
		Window:   window,
	})
}

// window opens the window, on a case when dir is not empty, and returns when it
// is closed.
func window(dir string) error {
	if err := app.Run(frontend.Dist, app.Options{CaseDir: dir, Legal: legal}); err != nil {
		return fmt.Errorf("open the window: %w", err)
	}
	return nil
}
