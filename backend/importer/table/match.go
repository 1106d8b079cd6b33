package table

import (
	"fmt"
	"slices"
	"strings"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// fold makes words comparable: lower case, one space between them.
func fold(s string) string { return strings.ToLower(strings.Join(strings.Fields(s), " ")) }

// longestName is how long a column's name may be for a pattern, in bytes.
const longestName = 300

// matches reports whether a column is the one that a signature names, whatever
// its case. "*" at either end of the name stands for anything.
func matches(pattern, column string) bool {
	column = strings.TrimSpace(column)
	core := strings.Trim(pattern, "*")
	if core == pattern || core == "" || len(column) > longestName {
		return strings.EqualFold(pattern, column)
	}
	core, column = strings.ToLower(core), strings.ToLower(column)
	switch head, tail := pattern[0] == '*', pattern[len(pattern)-1] == '*'; {
	case head && tail:
		return strings.Contains(column, core)
	case head:
		return strings.HasSuffix(column, core)
	}
	return strings.HasPrefix(column, core)
}

// place finds the column of a header that a profile means, or −1: the one of
// exactly this name, else, for a signature that allows it, the first that matches.
func place(p *Profile, header []string, name string) int {
	if i := slices.Index(header, name); i >= 0 || len(p.Required) == 0 {
		return i
	}
	return slices.IndexFunc(header, func(h string) bool { return matches(name, h) })
}

// fits reports whether a header has a profile's signature.
func fits(p *Profile, header []string) bool {
	if len(p.Header) > 0 && slices.Equal(p.Header, header) {
		return true
	}
	return len(p.Required) > 0 && !slices.ContainsFunc(p.Required, func(r string) bool { return place(p, header, r) < 0 })
}

// byHeader finds the shipped profile of a header: the one whose header is exactly
// this one, else the one that requires the most columns of those that fit.
func byHeader(header []string) *Profile {
	if len(header) == 0 {
		return nil
	}
	var best *Profile
	all := shippedProfiles()
	for i := range all {
		p := &all[i]
		if p.Rows == "json" || !fits(p, header) {
			continue
		}
		if slices.Equal(p.Header, header) {
			return p
		}
		if best == nil || len(p.Required) > len(best.Required) {
			best = p
		}
	}
	return best
}

// columnsIn is where a mapper's columns are in a header.
type columnsIn struct {
	header []string
	index  []int // the mapper's column number → place in the header, −1 when absent
}

// bind finds the mapper's columns in a header, and notes how it differs from the
// profile's.
func bind(m *mapper, header []string, s importer.Sink) (columnsIn, error) {
	p := m.profile
	in := columnsIn{header: header}
	var missing []string
	for _, c := range m.columns {
		i := place(p, header, c)
		if i < 0 && !optional(p, c) {
			missing = append(missing, c)
		}
		in.index = append(in.index, i)
	}
	if len(missing) > 0 {
		return in, &model.Fault{Code: "profile_mismatch", Params: map[string]string{
			"profile": p.Name, "columns": fmt.Sprint(missing),
			"message": fmt.Sprintf("The mapping profile %q needs columns that the table does not have: %q", p.Name, missing),
		}}
	}
	if len(p.Header) > 0 && !slices.Equal(p.Header, header) {
		s.Assume("header", "differs from the profile's; the columns that it maps are there")
	}
	var gone []string
	for _, c := range p.Optional {
		if place(p, header, c) < 0 {
			gone = append(gone, c)
		}
	}
	switch n := len(gone); {
	case n == 0:
	case n*2 > len(p.Optional): // the tool writes some of them for some sources
		s.Assume("missing_columns", fmt.Sprintf("%d of the %d columns that may be there", n, len(p.Optional)))
	default:
		s.Assume("missing_columns", strings.Join(gone, ", "))
	}
	return in, nil
}

// optional reports whether a table may lack a column.
func optional(p *Profile, column string) bool {
	return column == "" && len(p.Header) == 0 || slices.Contains(p.Optional, column)
}

// unknown tells the columns that the profile neither maps nor knows, once for
// each of so many rows.
func (in columnsIn) unknown(p *Profile, rows int64, s importer.Sink) {
	for i, name := range in.header {
		if rows == 0 || slices.Contains(in.index, i) || knows(p, name) {
			continue
		}
		if name == "" {
			name = fmt.Sprintf("(column %d)", i+1)
		}
		if many, ok := s.(importer.UnknownCounter); ok {
			many.UnknownN(name, rows)
			continue
		}
		for range rows {
			s.Unknown(name)
		}
	}
}

// knows reports whether a profile names a column that it does not map.
func knows(p *Profile, column string) bool {
	if slices.Contains(p.Ignore, column) {
		return true
	}
	if len(p.Required) == 0 {
		return false
	}
	named := func(list []string) bool {
		return slices.ContainsFunc(list, func(n string) bool { return matches(n, column) })
	}
	return named(p.Required) || named(p.Optional) || named(p.Ignore)
}
