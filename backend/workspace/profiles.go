package workspace

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"vedette/backend/importer/table"
	"vedette/backend/model"
)

// Bounds of the folder of saved profiles: files looked at, and bytes of each.
const (
	maxProfiles    = 500
	maxProfileSize = 1 << 20
)

// SavedProfile is a mapping profile that can be used by its name: one saved in the
// configuration folder, or a shipped one, which has no File. A file that is no
// profile is listed with the Problem and without the rest.
type SavedProfile struct {
	Name     string   `json:"name"`
	Label    string   `json:"label"` // as a batch names it: "name/version"
	Note     string   `json:"note"`
	Platform string   `json:"platform"`
	File     string   `json:"file"`
	Columns  []string `json:"columns"` // of its signature
	Fields   []string `json:"fields"`  // of a post, that it maps
	Problem  string   `json:"problem"`

	profile *table.Profile
}

func saved(p *table.Profile, file string) SavedProfile {
	out := SavedProfile{
		Name: p.Name, Label: table.Label(p), Note: p.Note, Platform: p.Platform, File: file,
		Columns: slices.Concat([]string{}, p.Header, p.Required), Fields: sortedNames(p.Fields), profile: p,
	}
	return out
}

func sortedNames[V any](m map[string]V) []string {
	out := make([]string, 0, len(m))
	for k := range m {
		out = append(out, k)
	}
	slices.Sort(out)
	return out
}

func (d *Desk) profilesDir() string { return filepath.Join(d.opt.ConfigDir, "profiles") }

// Profiles lists the saved profiles by name, and after them the shipped ones.
func (d *Desk) Profiles() ([]SavedProfile, error) {
	out, err := d.savedProfiles()
	if err != nil {
		return nil, err
	}
	for _, p := range table.Shipped() {
		out = append(out, saved(&p, ""))
	}
	return out, nil
}

// savedProfiles reads the folder of saved profiles; one that is not there is empty.
func (d *Desk) savedProfiles() ([]SavedProfile, error) {
	entries, err := os.ReadDir(d.profilesDir())
	if err != nil && !errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("list saved profiles: %w", err)
	}
	out := []SavedProfile{}
	for _, e := range entries {
		if e.IsDir() || !strings.EqualFold(filepath.Ext(e.Name()), ".json") || strings.HasPrefix(e.Name(), ".") || len(out) == maxProfiles {
			continue
		}
		p, err := readProfile(filepath.Join(d.profilesDir(), e.Name()))
		if err != nil {
			out = append(out, SavedProfile{
				Name: strings.TrimSuffix(e.Name(), filepath.Ext(e.Name())), File: e.Name(), Columns: []string{}, Fields: []string{}, Problem: mistake(err),
			})
			continue
		}
		out = append(out, saved(p, e.Name()))
	}
	slices.SortStableFunc(out, func(a, b SavedProfile) int { return cmp.Compare(a.Name, b.Name) })
	return out, nil
}

// mistake says in a phrase what is wrong with a profile.
func mistake(err error) string {
	var f *model.Fault
	if errors.As(err, &f) && f.Params["why"] != "" {
		return f.Params["why"]
	}
	return whyRefused(err)
}

func readProfile(path string) (*table.Profile, error) {
	f, err := os.Open(path)
	if err != nil {
		return nil, fmt.Errorf("open profile: %w", err)
	}
	defer func() { _ = f.Close() }() // opened for reading: nothing to lose
	b, err := io.ReadAll(io.LimitReader(f, maxProfileSize+1))
	if err != nil {
		return nil, fmt.Errorf("read profile: %w", err)
	}
	p, err := table.ParseProfile(b)
	if err != nil {
		return nil, fmt.Errorf("read profile %s: %w", filepath.Base(path), err)
	}
	return p, nil
}

// ReadProfile reads a profile's file, as another desk saved it; it is not saved.
func (d *Desk) ReadProfile(path string) ([]byte, error) {
	p, err := readProfile(path)
	if err != nil {
		return nil, err
	}
	return encodeProfile(p)
}

func encodeProfile(p *table.Profile) ([]byte, error) {
	b, err := table.Encode(p)
	if err != nil {
		return nil, fmt.Errorf("write profile: %w", err)
	}
	return b, nil
}

// SaveProfile keeps a profile under its name, so that tables with its signature are
// read by it from now on. One of the same name is replaced; when it differs, the
// version goes up, because batches name what they were read by.
func (d *Desk) SaveProfile(raw []byte) (SavedProfile, error) {
	p, err := table.ParseProfile(raw)
	if err != nil {
		return SavedProfile{}, fmt.Errorf("save profile: %w", err)
	}
	p.Version = max(1, p.Version)
	file, err := table.FileName(p)
	if err != nil {
		return SavedProfile{}, fmt.Errorf("save profile: %w", err)
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := os.MkdirAll(d.profilesDir(), 0o700); err != nil {
		return SavedProfile{}, fmt.Errorf("make the folder of profiles: %w", err)
	}
	path := filepath.Join(d.profilesDir(), file)
	if old, err := readProfile(path); err == nil {
		if err := succeed(p, old); err != nil {
			return SavedProfile{}, err
		}
	}
	b, err := encodeProfile(p)
	if err != nil {
		return SavedProfile{}, err
	}
	if err := writeFileAtomic(path, b, 0o600); err != nil {
		return SavedProfile{}, err
	}
	return saved(p, file), nil
}

// succeed gives a profile the version after an older one that differs from it.
func succeed(p, old *table.Profile) error {
	if p.Name != old.Name {
		return &model.Fault{Code: "profile_name_taken", Params: map[string]string{
			"name": old.Name, "message": fmt.Sprintf("The profile %q has the same file name; choose another name.", old.Name),
		}}
	}
	version := max(1, old.Version)
	p.Version = version
	now, err := encodeProfile(p)
	if err != nil {
		return err
	}
	same := *old
	same.Version = version
	before, err := encodeProfile(&same)
	if err != nil {
		return err
	}
	if string(now) != string(before) {
		p.Version = version + 1
	}
	return nil
}

// profileNamed finds a profile by its name: a saved one, else a shipped one.
func (d *Desk) profileNamed(name string) (SavedProfile, error) {
	all, err := d.Profiles()
	if err != nil {
		return SavedProfile{}, err
	}
	i := slices.IndexFunc(all, func(p SavedProfile) bool { return p.Name == name || p.Label == name })
	if i < 0 {
		return SavedProfile{}, &model.Fault{Code: "profile_not_found", Params: map[string]string{
			"name": name, "message": fmt.Sprintf("there is no profile called %q", name),
		}}
	}
	return all[i], nil
}

// Profile is the JSON of a saved or shipped profile, by its name.
func (d *Desk) Profile(name string) ([]byte, error) {
	p, err := d.profileNamed(name)
	if err != nil {
		return nil, err
	}
	if p.profile == nil {
		return nil, &model.Fault{Code: "profile_invalid", Params: map[string]string{
			"message": "The mapping profile cannot be used", "why": p.Problem,
		}}
	}
	return encodeProfile(p.profile)
}

// ExportProfile writes a profile to a file, for another desk.
func (d *Desk) ExportProfile(name, path string) error {
	b, err := d.Profile(name)
	if err != nil {
		return err
	}
	return writeFileAtomic(path, b, 0o600)
}

// RemoveProfile takes a saved profile away. Batches that were read by it keep it.
func (d *Desk) RemoveProfile(name string) error {
	p, err := d.profileNamed(name)
	if err != nil {
		return err
	}
	if p.File == "" {
		return &model.Fault{Code: "profile_shipped", Params: map[string]string{
			"name": name, "message": fmt.Sprintf("the profile %q comes with Vedette and stays", name),
		}}
	}
	d.mu.Lock()
	defer d.mu.Unlock()
	if err := os.Remove(filepath.Join(d.profilesDir(), p.File)); err != nil {
		return fmt.Errorf("remove profile: %w", err)
	}
	return nil
}
