package table

import (
	"fmt"
	"strings"
	"time"
)

// abbreviations are the names of zones that mean one offset wherever they are
// commonly written, in hours. CST, IST, BST and their like mean several.
var abbreviations = map[string]int{
	"EST": -5, "EDT": -4, "CDT": -5, "MDT": -6, "PST": -8, "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
	"WET": 0, "WEST": 1, "CET": 1, "CEST": 2, "EET": 2, "EEST": 3, "MSK": 3, "SAST": 2, "JST": 9, "KST": 9,
	"AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13, "BRT": -3, "ART": -3, "CLT": -4, "CLST": -3, "COT": -5, "PET": -5,
}

// abbreviation cuts the name of a known zone off the end of a time.
func (c clock) abbreviation(s string) (rest string, offset int, ok bool) {
	i := strings.LastIndexByte(s, ' ')
	if i < 0 {
		return s, 0, false
	}
	name := strings.ToUpper(s[i+1:])
	if offset, ok = c.names[name]; ok {
		return s[:i], offset, true
	}
	hours, ok := abbreviations[name]
	return s[:i], hours * 3600, ok
}

// zoneOffsets reads Profile.ZoneNames as seconds.
func zoneOffsets(names map[string]string) (map[string]int, error) {
	out := make(map[string]int, len(names))
	for name, offset := range names {
		t, err := time.Parse("-07:00", offset)
		if err != nil || name == "" {
			return nil, fmt.Errorf("zone_names: %q is no offset such as \"-06:00\" (for %q)", offset, name)
		}
		_, seconds := t.Zone()
		out[strings.ToUpper(name)] = seconds
	}
	return out, nil
}
