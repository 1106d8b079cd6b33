// Package cli is the command line: one command a use case of the workspace. It
// prints results on standard output (with --json one JSON object), progress and
// messages on standard error, and answers with the exit codes of Execute.
package cli

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"slices"

	"github.com/spf13/cobra"

	"vedette/backend/model"
	"vedette/backend/workspace"
)

// Exit codes.
const (
	ExitDone      = 0
	ExitFailed    = 1
	ExitUsage     = 2
	ExitAttention = 3 // done, but something was found that needs attention
)

// Env is what the command line needs from the program around it.
type Env struct {
	In       io.Reader
	Out, Err io.Writer
	// Program is how the program was called, for hints; empty means "vedette".
	Program string
	// Terminal is true when Err is a terminal, so that progress may redraw a line.
	Terminal bool
	// Window opens the window on a case folder and returns when it is closed;
	// nil where there is none.
	Window func(caseDir string) error
	// Desk are the options of the desk; tests set its folder and clock.
	Desk workspace.DeskOptions
}

// attention ends a command that did its work but found something.
type attention struct{ what string }

func (a attention) Error() string { return a.what }

// usage marks an error as wrong usage.
type usage struct{ err error }

func (u usage) Error() string { return u.err.Error() }
func (u usage) Unwrap() error { return u.err }

// command is what every command's code gets.
type command struct {
	env  Env
	json bool
}

// Execute runs one command and returns its exit code.
func Execute(ctx context.Context, args []string, env Env) int {
	if env.Program == "" {
		env.Program = "vedette"
	}
	c := &command{env: env}
	root := c.root()
	root.SetArgs(caseLast(root, args))
	root.SetIn(env.In)
	root.SetOut(env.Out)
	root.SetErr(env.Err)
	err := root.ExecuteContext(ctx)
	var found attention
	var wrong usage
	switch {
	case err == nil:
		return ExitDone
	case errors.As(err, &found):
		fmt.Fprintln(env.Err, printableLines(found.what))
		return ExitAttention
	case errors.As(err, &wrong):
		fmt.Fprintf(env.Err, "vedette: %s\nTry 'vedette --help'.\n", printableLines(wrong.Error()))
		return ExitUsage
	}
	fmt.Fprintf(env.Err, "vedette: %s\n", printableLines(sentence(err)))
	if isUsage(err) {
		return ExitUsage
	}
	return ExitFailed
}

// caseLast lets the case stand before a subcommand as well as after it, as in
// "subject CASE add": it moves the subcommand's name forward.
func caseLast(root *cobra.Command, args []string) []string {
	if len(args) < 3 {
		return args
	}
	group, _, err := root.Find(args[:1])
	if err != nil || group == root {
		return args
	}
	named := func(name string) bool {
		return slices.ContainsFunc(group.Commands(), func(sub *cobra.Command) bool { return sub.Name() == name })
	}
	if named(args[1]) || !named(args[2]) {
		return args
	}
	moved := slices.Clone(args)
	moved[1], moved[2] = args[2], args[1]
	return moved
}

func (c *command) root() *cobra.Command {
	root := &cobra.Command{
		Use:   "vedette",
		Short: "Vedette: an offline workstation for social media intelligence",
		Long: `Vedette gathers what people say in public as evidence, tells signal from noise,
and hands over a conclusion with the proof behind every sentence. Offline.

Without arguments it opens the window. With a command it needs no display.`,
		SilenceUsage: true, SilenceErrors: true,
		Args: cobra.NoArgs,
		RunE: func(cmd *cobra.Command, _ []string) error { return cmd.Help() },
	}
	root.SetFlagErrorFunc(func(_ *cobra.Command, err error) error { return usage{err} })
	root.PersistentFlags().BoolVar(&c.json, "json", false, "print the result as one JSON object")
	root.AddCommand(
		c.caseCmd(), c.importCmd(), c.profileCmd(), c.rejectsCmd(), c.batchesCmd(), c.addCmd(), c.collectCmd(),
		c.searchCmd(), c.showCmd(), c.rawCmd(), c.starCmd(), c.labelCmd(), c.noteCmd(), c.gradeCmd(), c.savedCmd(), c.subjectCmd(),
		c.analyzeCmd(), c.runsCmd(), c.rerunCmd(), c.reportCmd(), c.exportCmd(), c.verifyCmd(), c.logCmd(),
		c.reindexCmd(), c.enrichCmd(), c.methodCmd(), c.demoCmd(), c.windowCmd(), c.versionCmd(),
	)
	wrapArgs(root)
	return root
}

// wrapArgs makes every complaint about arguments a usage error.
func wrapArgs(cmd *cobra.Command) {
	if check := cmd.Args; check != nil {
		cmd.Args = func(cmd *cobra.Command, args []string) error {
			if err := check(cmd, args); err != nil {
				return usage{err}
			}
			return nil
		}
	}
	for _, sub := range cmd.Commands() {
		wrapArgs(sub)
	}
}

// desk makes the desk that the command works at.
func (c *command) desk() (*workspace.Desk, error) {
	d, err := workspace.NewDesk(c.env.Desk)
	if err != nil {
		return nil, fmt.Errorf("start: %w", err)
	}
	return d, nil
}

// with opens a case, runs fn and closes the case. A reading command falls back
// to a read-only session when somebody else holds the case or its disk takes
// no more.
func (c *command) with(ctx context.Context, dir string, writing bool, fn func(*workspace.Session) error) error {
	d, err := c.desk()
	if err != nil {
		return err
	}
	s, err := d.Open(ctx, dir, false)
	var f *model.Fault
	if errors.As(err, &f) && !writing && (f.Code == "case_locked" || f.Code == "case_read_only" || f.Code == "disk_full") {
		s, err = d.Open(ctx, dir, true)
	}
	if err != nil {
		return fmt.Errorf("open: %w", err)
	}
	err = fn(s)
	if cerr := s.Close(); cerr != nil {
		err = errors.Join(err, fmt.Errorf("close the case: %w", cerr))
	}
	return err
}

// print writes a result: as JSON when asked, else by text.
func (c *command) print(v any, text func(w io.Writer)) error {
	if !c.json {
		text(cleanWriter{c.env.Out})
		return nil
	}
	enc := json.NewEncoder(c.env.Out)
	enc.SetEscapeHTML(false)
	if err := enc.Encode(v); err != nil {
		return fmt.Errorf("print the result: %w", err)
	}
	return nil
}
