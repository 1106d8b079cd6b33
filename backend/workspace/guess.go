package workspace

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"slices"

	"vedette/backend/importer"
	"vedette/backend/importer/table"
	"vedette/backend/model"
)

// Bounds of what is shown of a table: samples of a column, rows that a profile is
// tried over, and posts made of them.
const (
	guessSamples = 3
	tryRows      = 200
	tryPosts     = 8
)

// TableColumn is a column of a table, or a member of objects, with its first
// values that are filled and different. Filled counts rows, of those looked at.
type TableColumn struct {
	Name    string   `json:"name"`
	Samples []string `json:"samples"`
	Filled  int      `json:"filled"`
}

// ProfileGuess is a table that no profile fits, and the profile that is proposed
// for it, with reasons. Container is "text", "workbook", "parquet" or "json".
// Near is a saved profile that it resembles.
type ProfileGuess struct {
	File      string             `json:"file"`
	Container string             `json:"container"`
	Rows      int                `json:"rows"` // that were looked at
	Columns   []TableColumn      `json:"columns"`
	Profile   json.RawMessage    `json:"profile"`
	Reasons   []table.Suggestion `json:"reasons"`
	Near      *NearProfile       `json:"near"`
}

// ProfileTrial is a profile tried over the first rows of a table: how each field
// fares, and the first posts. Dates shows the first date that can be read in two
// ways, where nothing proves which is meant.
type ProfileTrial struct {
	Rows     int                `json:"rows"`
	Accepted int                `json:"accepted"`
	Rejects  []model.Reject     `json:"rejects"` // the first ones
	Fields   []table.FieldCheck `json:"fields"`
	Unmapped []string           `json:"unmapped"` // columns that the profile does not know
	Posts    []model.PostView   `json:"posts"`
	Dates    *DateReadings      `json:"dates"`
}

// GuessProfile proposes a mapping profile for the file at a path, with the choices
// of the request. The error is a fault when the file is no table.
func (d *Desk) GuessProfile(_ context.Context, path string, req ImportRequest) (ProfileGuess, error) {
	out := ProfileGuess{Columns: []TableColumn{}, Reasons: []table.Suggestion{}}
	err := withTable(path, req, func(f importer.File, o importer.Options) error {
		o.Profile = nil
		p, reasons, err := table.Guess(f, o)
		if err != nil {
			return fmt.Errorf("guess a profile: %w", err)
		}
		s, err := table.Peek(f, o, tryRows)
		if err != nil {
			return fmt.Errorf("guess a profile: %w", err)
		}
		out.File, out.Container, out.Rows = f.Name, s.Container, len(s.Rows)
		out.Reasons = append(out.Reasons, reasons...)
		for i, name := range s.Columns {
			out.Columns = append(out.Columns, sampled(name, i, s.Rows))
		}
		if s.Container == "json" {
			for _, c := range out.Columns {
				if c.Filled == out.Rows {
					p.Header = append(p.Header, c.Name)
				}
			}
		} else if list, err := d.savedProfiles(); err == nil {
			var all []table.Profile
			for _, x := range list {
				if x.profile != nil {
					all = append(all, *x.profile)
				}
			}
			out.Near = nearest(all, s.Columns)
		}
		out.Profile, err = json.MarshalIndent(&p, "", "  ")
		if err != nil {
			return fmt.Errorf("write the guessed profile: %w", err)
		}
		return nil
	})
	return out, err
}

// sampled is one column of some rows.
func sampled(name string, i int, rows [][]string) TableColumn {
	out := TableColumn{Name: name, Samples: []string{}}
	for _, r := range rows {
		if i >= len(r) || r[i] == "" {
			continue
		}
		out.Filled++
		if v := shortened(r[i]); len(out.Samples) < guessSamples && !slices.Contains(out.Samples, v) {
			out.Samples = append(out.Samples, v)
		}
	}
	return out
}

// shortened keeps a sample readable.
func shortened(s string) string {
	const most = 120
	if r := []rune(s); len(r) > most {
		return string(r[:most]) + "…"
	}
	return s
}

// TryProfile runs the request's profile over the first rows of the file at a path.
// The error says why the profile or the table cannot be read at all.
func (d *Desk) TryProfile(ctx context.Context, path string, req ImportRequest) (ProfileTrial, error) {
	out := ProfileTrial{Posts: []model.PostView{}}
	err := withTable(path, req, func(f importer.File, o importer.Options) error {
		if o.Profile == nil {
			return &model.Fault{Code: "profile_invalid", Params: map[string]string{
				"message": "The mapping profile cannot be used", "why": "there is none",
			}}
		}
		c, err := table.Try(f, o.Profile, o, tryRows)
		if err != nil {
			return fmt.Errorf("try the profile: %w", err)
		}
		out.Rows, out.Accepted, out.Rejects, out.Fields, out.Unmapped = c.Rows, c.Accepted, c.Rejects, c.Fields, c.Unmapped
		return d.firstPosts(ctx, f, o, &out)
	})
	return out, err
}

// firstPosts reads the first posts of a table by its profile.
func (d *Desk) firstPosts(ctx context.Context, f importer.File, o importer.Options, out *ProfileTrial) error {
	engine, err := d.engine()
	if err != nil {
		return err
	}
	look := newLook(engine, tryRows, tryPosts)
	err = table.Format{}.Read(ctx, f, o, look)
	if err != nil && !errors.Is(err, errEnough) {
		return fmt.Errorf("try the profile: %w", err)
	}
	out.Posts = append(out.Posts, look.x.Posts...)
	for _, c := range out.Fields {
		if slices.ContainsFunc(c.Problems, func(p table.Problem) bool { return p.Code == "ambiguous_dates" }) {
			out.Dates = look.dates
		}
	}
	return nil
}

// withTable opens a file and calls work with it and the request's choices.
func withTable(path string, req ImportRequest, work func(importer.File, importer.Options) error) error {
	o, err := readOptionsOf(req).importerOptions()
	if err != nil {
		return err
	}
	f, err := os.Open(path)
	if err != nil {
		return inputFault("file_not_found", path, "cannot read %q", err)
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	info, err := f.Stat()
	if err != nil {
		return inputFault("file_not_found", path, "cannot read %q", err)
	}
	if !info.Mode().IsRegular() {
		return inputFault(SkipSpecial, path, "%q is not a file", nil)
	}
	return work(importer.File{Name: cleanName(info.Name()), Size: info.Size(), R: f}, o)
}

// readOptionsOf are the choices of a request about reading.
func readOptionsOf(req ImportRequest) readOptions {
	return readOptions{
		Format: req.Format, Profile: req.Profile, Zone: req.Zone, DateOrder: req.DateOrder,
		Encoding: req.Encoding, IncludePrivate: req.IncludePrivate, NoEnrich: req.NoEnrich,
	}
}

// GuessProfile proposes a profile for the n-th file (from 0) that Inspect shows of
// the same request.
func (s *Session) GuessProfile(ctx context.Context, n int, req ImportRequest) (ProfileGuess, error) {
	path, err := s.inspected(n, req)
	if err != nil {
		return ProfileGuess{}, err
	}
	return s.desk.GuessProfile(ctx, path, req)
}

// TryProfile runs the request's profile over the n-th file (from 0) that Inspect
// shows of the same request.
func (s *Session) TryProfile(ctx context.Context, n int, req ImportRequest) (ProfileTrial, error) {
	path, err := s.inspected(n, req)
	if err != nil {
		return ProfileTrial{}, err
	}
	return s.desk.TryProfile(ctx, path, req)
}

// inspected is the path of a file that Inspect shows.
func (s *Session) inspected(n int, req ImportRequest) (string, error) {
	in, err := s.expand(req.Paths)
	if err != nil {
		return "", err
	}
	if n < 0 || n >= len(in.files) {
		return "", &model.Fault{Code: "file_not_found", Params: map[string]string{
			"file": fmt.Sprint(n + 1), "message": fmt.Sprintf("there is no file number %d any more; look at the files again", n+1),
		}}
	}
	return in.files[n].path, nil
}
