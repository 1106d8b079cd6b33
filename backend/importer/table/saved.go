package table

import (
	"encoding/json"
	"fmt"
	"slices"
	"strings"
	"unicode"

	"vedette/backend/model"
)

// Encode writes a profile as ParseProfile reads it, for people to look at. A
// profile with a mistake is refused with the fault of ParseProfile.
func Encode(p *Profile) ([]byte, error) {
	if err := check(p); err != nil {
		return nil, profileFault(err)
	}
	b, err := json.MarshalIndent(p, "", "  ")
	if err != nil {
		return nil, fmt.Errorf("write profile: %w", err)
	}
	return append(b, '\n'), nil
}

// maxFileName is how long the name of a profile's file is, without its end.
const maxFileName = 80

// FileName is the name of the file that a profile is saved in: its own name in
// lower case, with what file systems do not take replaced.
func FileName(p *Profile) (string, error) {
	name := strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '-' || r == '_' {
			return unicode.ToLower(r)
		}
		return '-'
	}, strings.TrimSpace(p.Name))
	for strings.Contains(name, "--") {
		name = strings.ReplaceAll(name, "--", "-")
	}
	if r := []rune(name); len(r) > maxFileName {
		name = string(r[:maxFileName])
	}
	if name = strings.Trim(name, "-_"); name == "" {
		return "", &model.Fault{Code: "profile_invalid", Params: map[string]string{
			"message": "The mapping profile cannot be saved", "why": "its name has no letter or digit",
		}}
	}
	return name + ".json", nil
}

// Find returns the profile whose signature the columns have: of the saved ones
// first, in their order, then of the shipped ones; nil when none fits.
func Find(saved []Profile, columns []string) *Profile {
	i := slices.IndexFunc(saved, func(p Profile) bool { return p.Rows != "json" && fits(&p, columns) })
	if i >= 0 {
		return &saved[i]
	}
	return byHeader(columns)
}
