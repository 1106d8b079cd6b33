package table

import (
	"math"
	"strconv"
	"strings"

	"vedette/backend/model"
)

// parseCount reads a whole number as tools write them: "1234", "1,234",
// "1 234", "1'234", "1234.0", "1.2K", "3M". decimal is the mark before decimals,
// "." or ","; the other one groups thousands. A fraction that no suffix lifts to
// a whole number is not a count.
func parseCount(s, decimal string) (model.Count, bool) {
	if n, err := strconv.ParseInt(s, 10, 64); err == nil {
		return model.Known(n), true
	}
	f, ok := parseFloat(s, decimal)
	if !ok || f != math.Trunc(f) || math.Abs(f) >= 1<<53 {
		return model.Count{}, false
	}
	return model.Known(int64(f)), true
}

// parseFloat reads a decimal number with thousands marks and an optional suffix
// K, M or B (thousand, million, milliard).
func parseFloat(s, decimal string) (float64, bool) {
	if len(s) == 0 || len(s) > 40 {
		return 0, false
	}
	scale := 1.0
	switch s[len(s)-1] | 0x20 {
	case 'k':
		scale = 1e3
	case 'm':
		scale = 1e6
	case 'b':
		scale = 1e9
	}
	if scale != 1 {
		s = strings.TrimSpace(s[:len(s)-1])
	}
	mark, group := byte('.'), ","
	if decimal == "," {
		mark, group = ',', "."
	}
	whole, frac, hasFrac := strings.Cut(s, string(mark))
	whole, ok := ungroup(whole, group)
	if !ok {
		return 0, false
	}
	if hasFrac {
		if strings.Trim(frac, "0123456789") != "" {
			return 0, false
		}
		whole += "." + frac
	}
	f, err := strconv.ParseFloat(whole, 64)
	if err != nil {
		return 0, false
	}
	return math.Round(f*scale*1e9) / 1e9, true
}

// ungroup takes thousands marks out of a whole number; groups must be of three.
func ungroup(s, group string) (string, bool) {
	s = strings.NewReplacer("\u00A0", " ", "\u202F", " ", "\u2009", " ", "’", "'").Replace(s)
	for _, g := range []string{group, " ", "'"} {
		if !strings.Contains(s, g) {
			continue
		}
		parts := strings.Split(s, g)
		for i, p := range parts {
			if i > 0 && len(p) != 3 || i == 0 && (p == "" || len(strings.TrimLeft(p, "+-")) > 3) {
				return "", false
			}
		}
		s = strings.Join(parts, "")
		break
	}
	if t := strings.TrimLeft(s, "+-"); len(s)-len(t) > 1 || t == "" || strings.Trim(t, "0123456789") != "" {
		return "", false
	}
	return s, true
}

// parseBool reads the words that tools write for yes and no.
func parseBool(s string) (yes, ok bool) {
	switch strings.ToLower(s) {
	case "true", "yes", "y", "1", "t", "1.0":
		return true, true
	case "false", "no", "n", "0", "f", "0.0":
		return false, true
	}
	return false, false
}
