package app

import (
	"context"
	"encoding/json"
	"path/filepath"

	"vedette/backend/workspace"
)

// GuessProfile proposes a mapping profile for one of the chosen files, by its place
// (from 0) in what Inspect gives of them.
func (l *ListenService) GuessProfile(token string, file int, o ImportOptions) (workspace.ProfileGuess, error) {
	var out workspace.ProfileGuess
	paths, err := l.host.tokens.all(token)
	if err != nil {
		return out, err
	}
	o.Profile = ""
	err = l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.GuessProfile(ctx, file, o.request(paths))
		out = got
		return wrap("guess a profile", err)
	})
	return out, err
}

// TryProfile runs the profile of the options over the first rows of one of the
// chosen files; nothing is stored.
func (l *ListenService) TryProfile(token string, file int, o ImportOptions) (workspace.ProfileTrial, error) {
	var out workspace.ProfileTrial
	paths, err := l.host.tokens.all(token)
	if err != nil {
		return out, err
	}
	err = l.host.withCase(func(ctx context.Context, s *workspace.Session) error {
		got, err := s.TryProfile(ctx, file, o.request(paths))
		out = got
		return wrap("try the profile", err)
	})
	return out, err
}

// Profiles lists the saved mapping profiles, and after them the shipped ones.
func (l *ListenService) Profiles() ([]workspace.SavedProfile, error) {
	list := []workspace.SavedProfile{}
	err := l.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		got, err := d.Profiles()
		list = append(list, got...)
		return wrap("list profiles", err)
	})
	return list, err
}

// Profile is a profile's JSON, by its name.
func (l *ListenService) Profile(name string) (string, error) {
	var out string
	err := l.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		b, err := d.Profile(name)
		out = string(b)
		return wrap("read profile", err)
	})
	return out, err
}

// SaveProfile keeps a profile, given as its JSON, under the name that is in it.
func (l *ListenService) SaveProfile(profile string) (workspace.SavedProfile, error) {
	var out workspace.SavedProfile
	err := l.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		got, err := d.SaveProfile(json.RawMessage(profile))
		out = got
		return wrap("save profile", err)
	})
	return out, err
}

// RemoveProfile takes a saved profile away.
func (l *ListenService) RemoveProfile(name string) error {
	return l.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		return wrap("remove profile", d.RemoveProfile(name))
	})
}

// OpenProfile asks for a profile's file and gives its JSON, "" when the user
// cancels. It is not saved.
func (l *ListenService) OpenProfile(title string) (string, error) {
	paths, err := l.host.shell.ChooseFiles(l.host.context(), title)
	if err != nil || len(paths) == 0 {
		return "", wrap("choose a profile", err)
	}
	if len(paths) != 1 {
		return "", fault("one_file", "choose one file", nil)
	}
	var out string
	err = l.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		b, err := d.ReadProfile(paths[0])
		out = string(b)
		return wrap("read profile", err)
	})
	return out, err
}

// ExportProfile asks where to save a profile and writes it there; the file's name,
// or "" when the user cancels.
func (l *ListenService) ExportProfile(name, title string) (string, error) {
	path, err := l.host.savePath(title, name, ".json")
	if err != nil || path == "" {
		return "", err
	}
	err = l.host.withDesk(func(_ context.Context, d *workspace.Desk) error {
		return wrap("export profile", d.ExportProfile(name, path))
	})
	return filepath.Base(path), err
}
