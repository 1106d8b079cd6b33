package workspace

import (
	"errors"
	"fmt"
	"slices"

	"vedette/backend/importer"
	"vedette/backend/importer/table"
)

// NearProfile is a saved profile whose table a file resembles without being it:
// Added are columns that the profile does not know, Missing those that it names
// and the file has not got. Needed says that it maps one of the missing ones, so
// that the profile must be changed before it fits.
type NearProfile struct {
	Name    string   `json:"name"`
	Added   []string `json:"added"`
	Missing []string `json:"missing"`
	Needed  bool     `json:"needed"`
}

// matchRows is how many rows tell what objects have in common.
const matchRows = 20

// profileFor finds the saved profile of a table whose reading was left open: the
// one that has its signature, else one that it resembles. format and why are what
// importer.Detect said. Both results may be nil.
func (d *Desk) profileFor(f importer.File, o importer.Options, format importer.Format, why error) (*table.Profile, *NearProfile) {
	if o.Profile != nil || o.Format != "" && o.Format != table.Name || !isTable(format, why) {
		return nil, nil
	}
	list, err := d.savedProfiles()
	if err != nil {
		return nil, nil // without saved profiles the file is asked about
	}
	var all []table.Profile
	for _, p := range list {
		if p.profile != nil {
			all = append(all, *p.profile)
		}
	}
	if len(all) == 0 {
		return nil, nil
	}
	s, err := table.Peek(f, o, matchRows)
	if err != nil {
		return nil, nil // what is wrong with the table is told when it is read
	}
	if s.Container == "json" {
		return byMembers(all, s.Columns), nil
	}
	if p := table.Find(all, s.Columns); p != nil && slices.ContainsFunc(all, func(x table.Profile) bool { return table.Label(&x) == table.Label(p) }) {
		return p, nil
	}
	if why == nil {
		return nil, nil // a shipped profile knows it
	}
	return nil, nearest(all, s.Columns)
}

// isTable reports whether Detect took a file for a table, whatever it thought of it.
func isTable(format importer.Format, why error) bool {
	var need *importer.NeedsMapping
	var refused *importer.Refused
	switch {
	case errors.As(why, &need):
		return true
	case errors.As(why, &refused):
		return refused.Format == table.Name
	}
	return why == nil && format.Name() == table.Name
}

// byMembers finds the profile for objects with these members.
func byMembers(all []table.Profile, members []string) *table.Profile {
	i := slices.IndexFunc(all, func(p table.Profile) bool {
		return p.Rows == "json" && len(p.Header) > 0 && !slices.ContainsFunc(p.Header, func(c string) bool { return !slices.Contains(members, c) })
	})
	if i < 0 {
		return nil
	}
	return &all[i]
}

// nearest finds the profile that shares most columns with a header: at least half
// of the columns of both, and two.
func nearest(all []table.Profile, columns []string) *NearProfile {
	var best *table.Profile
	most := 1
	for i := range all {
		p := &all[i]
		if p.Rows == "json" {
			continue
		}
		names := slices.Concat(p.Header, p.Required)
		shared := 0
		for _, c := range names {
			if slices.Contains(columns, c) {
				shared++
			}
		}
		if shared > most && shared*2 >= len(names) && shared*2 >= len(columns) {
			best, most = p, shared
		}
	}
	if best == nil {
		return nil
	}
	near := changed(best, columns)
	return &near
}

// changed says how a header differs from the one that a profile was made for.
func changed(p *table.Profile, columns []string) NearProfile {
	out := NearProfile{Name: p.Name, Added: []string{}, Missing: []string{}}
	names := slices.Concat(p.Header, p.Required)
	for _, c := range names {
		if !slices.Contains(columns, c) {
			out.Missing = append(out.Missing, c)
		}
	}
	for _, c := range columns {
		if !slices.Contains(names, c) && !slices.Contains(p.Optional, c) && !slices.Contains(p.Ignore, c) {
			out.Added = append(out.Added, c)
		}
	}
	for _, f := range p.Fields {
		for _, c := range f.From {
			out.Needed = out.Needed || slices.Contains(out.Missing, c)
		}
	}
	return out
}

// detect recognises a file, by the saved profiles too. One that is found is put
// into the options.
func (d *Desk) detect(file importer.File, o *importer.Options, formats []importer.Format) (detected, error) {
	var out detected
	format, attempts, err := importer.Detect(formats, file, *o)
	p, near := d.profileFor(file, *o, format, err)
	out.near = near
	if p != nil {
		o.Profile = p
		if out.profile, err = encodeProfile(p); err != nil {
			return out, err
		}
		if format, _, err = importer.Detect(formats, file, *o); err == nil {
			attempts = []importer.Attempt{{Format: format.Name(), Match: importer.Match{Score: 100, Why: "the header of the saved profile " + table.Label(p)}}}
		}
	}
	out.format, out.attempts = format, attempts
	if err != nil {
		return out, fmt.Errorf("recognise the format: %w", err)
	}
	return out, nil
}

// detected is what a file is: its format, every format's answer, the JSON of the
// saved profile that was found for it, or the one that it resembles.
type detected struct {
	format   importer.Format
	attempts []importer.Attempt
	profile  []byte
	near     *NearProfile
}
