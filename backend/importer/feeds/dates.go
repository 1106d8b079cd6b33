package feeds

import (
	"strings"
	"time"

	"github.com/mmcdole/gofeed"

	"vedette/backend/model"
)

// dates sets when an item was published and changed. A feed that gives only the
// time of the last change is taken to mean the publication.
func (m *mapper) dates(it *gofeed.Item, p *model.Post) {
	p.Created = m.instant(it.Published, it.PublishedParsed)
	updated := m.instant(it.Updated, it.UpdatedParsed)
	switch {
	case p.Created.IsZero():
		p.Created = updated
	case !updated.IsZero() && !updated.Time.Equal(p.Created.Time):
		p.Edited = updated
	}
}

// instant makes an instant of a date as written and as gofeed read it. One that
// nobody can read keeps what was written.
func (m *mapper) instant(original string, parsed *time.Time) model.Instant {
	original = strings.TrimSpace(original)
	in := model.Instant{Original: original}
	if parsed == nil || parsed.Year() < 1 || parsed.Year() > 9999 {
		return in
	}
	t := parsed.UTC()
	switch zoneOf(original) {
	case zoneStated:
		in.Time, in.Zone = t, model.ZoneStated
	case zoneNone:
		// gofeed read the wall clock as UTC; it is one of the chosen zone.
		in.Time = time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), t.Nanosecond(), m.zone).UTC()
		in.Zone = m.basis
		m.noZone = m.noZone || m.basis == model.ZoneAssumed
	case zoneUnknown:
		// An abbreviation that several zones share: any instant would be a guess.
	}
	return in
}

// written reads a date as sitemaps write it (W3C Date and Time Formats), to the
// day or more exactly.
func (m *mapper) written(s string) model.Instant {
	s = strings.TrimSpace(s)
	if s == "" {
		return model.Instant{}
	}
	for _, layout := range []string{time.RFC3339Nano, "2006-01-02T15:04Z07:00", "2006-01-02T15:04:05Z0700", "2006-01-02T15:04:05", "2006-01-02T15:04", "2006-01-02 15:04:05", time.DateOnly} {
		if t, err := time.Parse(layout, s); err == nil {
			return m.instant(s, &t)
		}
	}
	return m.instant(s, nil)
}

// zoneKind says what a written date tells about its zone.
type zoneKind int

const (
	zoneNone zoneKind = iota
	zoneStated
	zoneUnknown
)

// zoneOf looks at the end of a date: an offset, "Z" or an abbreviation with one
// meaning states a zone. The abbreviations are those that gofeed resolves.
func zoneOf(s string) zoneKind {
	s = strings.TrimSpace(s)
	if i := strings.LastIndexByte(s, '('); i > 0 && strings.HasSuffix(s, ")") {
		s = strings.TrimSpace(s[:i]) // "… +0200 (CEST)"
	}
	if offsetAtEnd(s) {
		return zoneStated
	}
	end := len(s)
	for end > 0 && (s[end-1] >= 'A' && s[end-1] <= 'Z' || s[end-1] >= 'a' && s[end-1] <= 'z') {
		end--
	}
	word := strings.ToUpper(s[end:])
	switch word {
	case "":
		return zoneNone
	case "Z", "UT", "GMT", "UTC", "EST", "EDT", "CST", "CDT", "MST", "MDT", "PST", "PDT", "WET", "WEST", "BST", "CET", "CEST", "EET", "EEST":
		return zoneStated
	case "AM", "PM":
		return zoneNone
	}
	if _, err := time.Parse("Jan", title(word[:min(3, len(word))])); err == nil {
		return zoneNone // a month
	}
	return zoneUnknown
}

func title(s string) string {
	if s == "" {
		return s
	}
	return s[:1] + strings.ToLower(s[1:])
}

// offsetAtEnd reports whether a time of day with an offset such as "+0200",
// "-05:00" or "+01" ends s. The "-01" of a bare date is not one.
func offsetAtEnd(s string) bool {
	i := strings.LastIndexAny(s, "+-")
	if i < 0 || !strings.Contains(s[:i], ":") {
		return false
	}
	rest := s[i+1:]
	digits := strings.Replace(rest, ":", "", 1)
	return (len(digits) == 4 || len(digits) == 2) && strings.Trim(digits, "0123456789") == ""
}
