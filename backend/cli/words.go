package cli

import (
	"context"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"strings"
	"syscall"

	"vedette/backend/model"
)

// stopped is what is said after Ctrl-C.
const stopped = "stopped; what was committed is kept, and the same command goes on from there"

// sentence is the error for people: a fault's own sentence where there is one,
// and else what the system said about which file.
func sentence(err error) string {
	var f *model.Fault
	if errors.As(err, &f) && f.Params["message"] != "" {
		s := f.Params["message"]
		if hint := f.Params["suggestion"]; hint != "" && !strings.Contains(s, "did you mean") {
			s += "; did you mean " + hint + "?"
		}
		switch {
		case f.Code == "disk_full":
			s += "; make room and run the same command again"
		case f.Err != nil && f.Code != "case_not_found" && f.Code != "report_language":
			s += ": " + because(f.Err)
		}
		return s
	}
	if errors.Is(err, context.Canceled) {
		return stopped
	}
	var p *fs.PathError
	if errors.As(err, &p) {
		return fmt.Sprintf("cannot %s %q: %s", verb(p.Op), p.Path, p.Err)
	}
	return err.Error()
}

// verb says in words what a call to the system was for.
func verb(op string) string {
	switch op {
	case "mkdir":
		return "make the folder"
	case "stat", "lstat":
		return "find"
	case "unlinkat", "remove":
		return "remove"
	}
	return op
}

// because is the innermost reason that a person can use: what the system said,
// without the chain of calls that led there.
func because(err error) string {
	var inner *model.Fault
	if errors.As(err, &inner) {
		return sentence(inner)
	}
	var path *fs.PathError
	var link *os.LinkError
	var no syscall.Errno
	switch {
	case errors.As(err, &path):
		return path.Err.Error()
	case errors.As(err, &link):
		return link.Err.Error()
	case errors.As(err, &no):
		return no.Error()
	}
	return err.Error()
}

// isUsage reports whether the fault is about what was asked for.
func isUsage(err error) bool {
	var f *model.Fault
	if !errors.As(err, &f) {
		return false
	}
	switch f.Code {
	case "missing_field", "unknown_analysis", "subject_cycle", "report_language":
		return true
	}
	return strings.HasPrefix(f.Code, "bad_") || strings.HasPrefix(f.Code, "query_")
}

// printable keeps a stranger's text from steering the terminal: control
// characters, and those that turn the direction of what follows, are shown, not
// sent.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		switch {
		case r == '\n' || r == '\t' || r == '\u2028' || r == '\u2029':
			return ' '
		case steers(r):
			return '\uFFFD'
		}
		return r
	}, s)
}

// steers reports whether a terminal obeys the character instead of showing it:
// C0 and C1 controls, and directional embeddings, overrides and isolates.
func steers(r rune) bool {
	return r < 0x20 || (r >= 0x7f && r < 0xa0) || (r >= 0x202a && r <= 0x202e) || (r >= 0x2066 && r <= 0x2069)
}

// printableLines is printable, but keeps the lines.
func printableLines(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = printable(lines[i])
	}
	return strings.Join(lines, "\n")
}

// cleanWriter is the last guard in front of the terminal: it passes text on
// without any character that steers, whoever printed it. Each write is whole
// characters.
type cleanWriter struct{ w io.Writer }

// Write implements io.Writer.
func (c cleanWriter) Write(b []byte) (int, error) {
	clean := strings.Map(func(r rune) rune {
		if r != '\n' && r != '\t' && steers(r) {
			return '\uFFFD'
		}
		return r
	}, string(b))
	if _, err := io.WriteString(c.w, clean); err != nil {
		return 0, fmt.Errorf("print: %w", err)
	}
	return len(b), nil
}
