package app

import (
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"time"
	"unicode"

	"vedette/backend/workspace"
)

// SystemService tells about the program and keeps its settings.
type SystemService struct{ host *host }

// About says which program this is, what built it and where it runs. Zone is the
// machine's own time zone.
type About struct {
	Version  string `json:"version"`
	Platform string `json:"platform"`
	Go       string `json:"go"`
	Zone     string `json:"zone"`
}

// Settings are the page's own: theme is system, light or dark; lang is system,
// en or es; density is comfortable or compact; text size is in per cent, 90 to
// 150; widths are of the panes in CSS pixels.
type Settings struct {
	Theme       string `json:"theme"`
	Lang        string `json:"lang"`
	Density     string `json:"density"`
	TextSize    int    `json:"text_size"`
	FacetsWidth int    `json:"facets_width"`
	DetailWidth int    `json:"detail_width"`
}

// Bounds of the text size: below, text is too small to read; above, what stands
// beside one another no longer fits the smallest window.
const (
	minTextSize = 90
	maxTextSize = 150
)

func defaultSettings() Settings {
	return Settings{Theme: "system", Lang: "system", Density: "comfortable", TextSize: 100, FacetsWidth: 232, DetailWidth: 460}
}

// sound puts the default for whatever the page could not show.
func (v Settings) sound() Settings {
	d := defaultSettings()
	known := func(value, otherwise string, all ...string) string {
		if slices.Contains(all, value) {
			return value
		}
		return otherwise
	}
	v.Theme = known(v.Theme, d.Theme, "system", "light", "dark")
	v.Lang = known(v.Lang, d.Lang, "system", "en", "es")
	v.Density = known(v.Density, d.Density, "comfortable", "compact")
	if v.TextSize < minTextSize || v.TextSize > maxTextSize {
		v.TextSize = d.TextSize
	}
	return v
}

// About describes the program.
func (s *SystemService) About() About {
	return About{
		Version: workspace.Version, Platform: runtime.GOOS + "/" + runtime.GOARCH,
		Go: strings.TrimPrefix(runtime.Version(), "go"), Zone: time.Local.String(),
	}
}

// maxTitle bounds the window's title in runes.
const maxTitle = 200

// SetTitle names the window, in the page's language. Control characters are
// left out and a long title is cut.
func (s *SystemService) SetTitle(title string) {
	var b strings.Builder
	n := 0
	for _, r := range title {
		if unicode.IsPrint(r) && n < maxTitle {
			b.WriteRune(r)
			n++
		}
	}
	s.host.shell.SetTitle(s.host.context(), b.String())
}

// Settings reads the settings; missing or damaged ones are the defaults.
func (s *SystemService) Settings() (Settings, error) {
	out := defaultSettings()
	path, err := s.host.settingsFile()
	if err != nil {
		return out, err
	}
	b, err := os.ReadFile(path)
	if errors.Is(err, fs.ErrNotExist) {
		return out, nil
	}
	if err != nil {
		return out, fmt.Errorf("read settings: %w", err)
	}
	if json.Unmarshal(b, &out) != nil {
		// Settings are a convenience; damaged ones must not keep the window shut.
		return defaultSettings(), nil
	}
	return out.sound(), nil
}

// SaveSettings keeps the settings; what is out of range is kept as the default.
func (s *SystemService) SaveSettings(v Settings) error {
	path, err := s.host.settingsFile()
	if err != nil {
		return err
	}
	b, err := json.MarshalIndent(v.sound(), "", "  ")
	if err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	temp := path + ".new"
	if err := os.WriteFile(temp, b, 0o600); err != nil {
		return fmt.Errorf("write settings: %w", err)
	}
	if err := os.Rename(temp, path); err != nil {
		return fmt.Errorf("keep settings: %w", err)
	}
	return nil
}

func (h *host) settingsFile() (string, error) {
	dir, err := h.configDir()
	if err != nil {
		return "", err
	}
	return filepath.Join(dir, "window.json"), nil
}

// configDir is the user's configuration folder for Vedette; it is made when it
// is missing.
func (h *host) configDir() (string, error) {
	dir := h.opt.Desk.ConfigDir
	if dir == "" {
		base, err := os.UserConfigDir()
		if err != nil {
			return "", fmt.Errorf("find the configuration folder: %w", err)
		}
		dir = filepath.Join(base, "vedette")
	}
	if err := os.MkdirAll(dir, 0o700); err != nil {
		return "", fmt.Errorf("make the configuration folder: %w", err)
	}
	return dir, nil
}
