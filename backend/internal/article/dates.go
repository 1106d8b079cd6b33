package article

import (
	"strings"
	"time"

	"github.com/markusmobius/go-htmldate"
	"golang.org/x/net/html"
)

// Date is a moment as a page gives it.
type Date struct {
	Original string
	// Time is zero when nobody can read Original. Without Zoned it is the wall
	// clock, as if it were UTC.
	Time  time.Time
	Zoned bool
	// Day says that only the day is known.
	Day bool
	// From says where it stood: "json-ld", "meta", "time" (the element) or "text"
	// (found in the page's address or text, to the day).
	From string
}

// IsZero reports whether the page gives no date.
func (d Date) IsZero() bool { return d.Original == "" }

var publishedNames = []string{
	"article:published_time", "datepublished", "og:published_time", "article:published", "rnews:datepublished", "dc.date.issued", "dcterms.issued",
	"dc.date", "dcterms.created", "dcterms.date", "dc.date.created", "parsely-pub-date", "sailthru.date", "article.published", "published-date",
	"publish-date", "publishdate", "publish_date", "publication_date", "pubdate", "pdate", "ptime", "datecreated", "date",
}

var modifiedNames = []string{
	"article:modified_time", "datemodified", "og:updated_time", "article:modified", "dcterms.modified", "dc.date.modified", "lastmod", "last-modified",
	"article.updated", "updated_time", "revised",
}

// dates sets when the page was published and changed.
func (p *Page) dates(m *meta, root *html.Node, address string) {
	p.Published = choose(m, m.ld.published, publishedNames, "published")
	p.Modified = choose(m, m.ld.modified, modifiedNames, "modified")
	if p.Published.Time.IsZero() {
		if d := inText(root, address); !d.IsZero() {
			p.Published = d
		}
	}
}

// choose takes the first date that says its zone, else the first that can be
// read, else the first.
func choose(m *meta, ld string, metas []string, times string) Date {
	var all []Date
	add := func(s, from string) {
		if s = strings.TrimSpace(s); s != "" && len(s) <= 100 {
			d := ParseDate(s)
			d.From = from
			all = append(all, d)
		}
	}
	add(ld, "json-ld")
	for _, n := range metas {
		add(m.first(n), "meta")
	}
	add(m.times[times], "time")
	for _, fits := range []func(Date) bool{
		func(d Date) bool { return d.Zoned },
		func(d Date) bool { return !d.Time.IsZero() },
		func(Date) bool { return true },
	} {
		for _, d := range all {
			if fits(d) {
				return d
			}
		}
	}
	return Date{}
}

var zoned = []string{
	time.RFC3339Nano, "2006-01-02T15:04:05.999999999Z0700", "2006-01-02T15:04:05Z07", "2006-01-02T15:04Z07:00", "2006-01-02T15:04Z0700",
	"2006-01-02 15:04:05.999999999Z07:00", "2006-01-02 15:04:05 Z07:00", "2006-01-02 15:04:05 Z0700", "2006-01-02 15:04:05Z0700",
	"Mon, 2 Jan 2006 15:04:05 Z0700", "2 Jan 2006 15:04:05 Z0700", "Mon Jan 2 2006 15:04:05 GMT-0700", "20060102T150405Z0700",
}

var wall = []string{
	"2006-01-02T15:04:05.999999999", "2006-01-02T15:04", "2006-01-02 15:04:05.999999999", "2006-01-02 15:04", "2006/01/02 15:04:05", "2006/01/02 15:04",
	"January 2, 2006 3:04 PM", "January 2, 2006, 3:04 PM", "Jan 2, 2006 3:04 PM", "Mon, 2 Jan 2006 15:04:05", "20060102T150405",
}

var days = []string{"2006-01-02", "2006/01/02", "20060102", "January 2, 2006", "Jan 2, 2006", "2 January 2006", "2 Jan 2006", "Monday, January 2, 2006", "2006.01.02"}

// ParseDate reads a date as pages write them. Words for zones other than UTC and
// GMT are not believed: several zones share each of them.
func ParseDate(s string) Date {
	s = strings.TrimSpace(s)
	d := Date{Original: s}
	if s == "" {
		return d
	}
	if i := strings.Index(s, " ("); i > 0 && strings.HasSuffix(s, ")") {
		s = s[:i] // "… GMT+0200 (CEST)"
	}
	for _, word := range []string{" GMT", " UTC", "UTC"} {
		if strings.HasSuffix(s, word) {
			s = strings.TrimSuffix(s, word) + " Z"
		}
	}
	for _, list := range [][]string{zoned, wall, days} {
		for _, layout := range list {
			t, err := time.Parse(layout, s)
			if err != nil || t.Year() < 1 || t.Year() > 9999 {
				continue
			}
			d.Time = t.UTC()
			d.Zoned = &list[0] == &zoned[0]
			d.Day = &list[0] == &days[0]
			return d
		}
	}
	return d
}

// Dates in addresses and texts are believed between these.
var (
	firstDay = time.Date(1995, 1, 1, 0, 0, 0, 0, time.UTC)
	lastDay  = time.Date(2099, 12, 31, 0, 0, 0, 0, time.UTC)
)

// inText looks for the day of publication in the page's address and text.
func inText(root *html.Node, address string) (d Date) {
	defer func() {
		if recover() != nil { // a defect of the finder on one page costs its date, not the page
			d = Date{}
		}
	}()
	r, err := htmldate.FromDocument(root, htmldate.Options{
		URL: address, UseOriginalDate: true, SkipExtensiveSearch: true, MinDate: firstDay, MaxDate: lastDay,
	})
	if err != nil || r.IsZero() {
		return Date{}
	}
	t := r.DateTime
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	original := r.SrcString
	if original == "" || len(original) > 100 {
		original = day.Format(time.DateOnly)
	}
	return Date{Original: original, Time: day, Day: true, From: "text"}
}
