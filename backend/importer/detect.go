package importer

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"strings"

	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// Attempt is one format's answer when a file was being recognised.
type Attempt struct {
	Format string `json:"format"`
	Match
}

// Unrecognised says that no format knows a file, and what was tried. It unwraps
// to a *model.Fault with code "format_unrecognised" or "file_empty".
type Unrecognised struct {
	Name     string
	Empty    bool
	Attempts []Attempt
}

// Error names the file and what was tried.
func (u *Unrecognised) Error() string { return u.Unwrap().Error() }

// Unwrap gives the fault for people.
func (u *Unrecognised) Unwrap() error {
	if u.Empty {
		return &model.Fault{Code: "file_empty", Params: map[string]string{
			"file": u.Name, "message": fmt.Sprintf("The file %q is empty.", u.Name),
		}}
	}
	tried := make([]string, 0, len(u.Attempts))
	for _, a := range u.Attempts {
		tried = append(tried, a.Format+" ("+a.Why+")")
	}
	list := strings.Join(tried, "; ")
	return &model.Fault{Code: "format_unrecognised", Params: map[string]string{
		"file": u.Name, "tried": list,
		"message": fmt.Sprintf("No importer recognises the file %q. Tried: %s.", u.Name, list),
	}}
}

// Refused says that a format knows the file and that it holds no posts. It
// unwraps to a *model.Fault with code "not_posts".
type Refused struct {
	Name   string
	Format string
	Reason string
}

// Error names the file and the reason.
func (r *Refused) Error() string { return r.Unwrap().Error() }

// Unwrap gives the fault for people.
func (r *Refused) Unwrap() error {
	return &model.Fault{Code: "not_posts", Params: map[string]string{
		"file": r.Name, "format": r.Format, "reason": r.Reason,
		"message": fmt.Sprintf("The file %q holds no posts: %s", r.Name, r.Reason),
	}}
}

// ReadHead reads the beginning of a file and transcodes it to UTF-8.
func ReadHead(f File, o Options) (Head, error) {
	b := make([]byte, min(f.Size, HeadSize))
	n, err := f.R.ReadAt(b, 0)
	if err != nil && !errors.Is(err, io.EOF) {
		return Head{}, fmt.Errorf("read the beginning of %s: %w", f.Name, err)
	}
	b = b[:n]
	enc, err := text.Detect(b, o.Encoding)
	if err != nil {
		return Head{}, &model.Fault{Code: "encoding_unknown", Params: map[string]string{
			"encoding": o.Encoding, "message": fmt.Sprintf("The character set %q is not known.", o.Encoding),
		}, Err: err}
	}
	return Head{Name: f.Name, Size: f.Size, Bytes: b, Text: enc.Decode(b), R: f.R}, nil
}

// Detect asks every format about the beginning of a file and returns the surest
// one, with every answer. The first of equally sure formats wins, so the order
// of formats is part of the answer. Options.Format overrides the question, and
// so does Options.Profile, which only tables have. The error is *Unrecognised
// when none knows the file, *Refused when the surest one knows that it holds no
// posts, *NeedsMapping when it is a table without a profile, and otherwise says
// why the file cannot be read.
func Detect(formats []Format, f File, o Options) (Format, []Attempt, error) {
	if f.Size == 0 {
		return nil, nil, &Unrecognised{Name: f.Name, Empty: true}
	}
	if o.Format == "" && o.Profile != nil {
		o.Format = tableFormat // a mapping says that the file is a table
	}
	h, err := ReadHead(f, o)
	if err != nil {
		return nil, nil, err
	}
	if o.Format != "" {
		return forced(formats, h, o.Format)
	}
	var best Format
	var match Match
	attempts := make([]Attempt, 0, len(formats))
	for _, x := range formats {
		m := x.Detect(h)
		attempts = append(attempts, Attempt{Format: x.Name(), Match: m})
		if m.Score > match.Score {
			best, match = x, m
		}
	}
	switch {
	case best == nil:
		return nil, attempts, &Unrecognised{Name: f.Name, Attempts: attempts}
	case match.Columns != nil:
		return nil, attempts, &NeedsMapping{Name: f.Name, Columns: match.Columns}
	case match.Refuse != "":
		return nil, attempts, &Refused{Name: f.Name, Format: best.Name(), Reason: match.Refuse}
	}
	return best, attempts, nil
}

// forced finds the format that was chosen by name. Where it does not read an
// archive itself, the choice is about the files in it.
func forced(formats []Format, h Head, name string) (Format, []Attempt, error) {
	i := slices.IndexFunc(formats, func(x Format) bool { return x.Name() == name })
	if i < 0 {
		return nil, nil, &model.Fault{Code: "format_unknown", Params: map[string]string{
			"format": name, "message": fmt.Sprintf("There is no importer called %q.", name),
		}}
	}
	for _, x := range formats {
		if _, ok := x.(Refiner); !ok || formats[i].Detect(h).Score > 0 {
			continue
		}
		if m := x.Detect(h); m.Score > 0 && m.Refuse == "" {
			return x, []Attempt{{Format: x.Name(), Match: m}}, nil
		}
	}
	return formats[i], []Attempt{{Format: name, Match: Match{Score: 100, Why: "chosen by name"}}}, nil
}
