// Package export writes posts as CSV, XLSX and JSON lines. JSON lines are the
// exact text; the two tables are for spreadsheets and therefore disarm cells
// that a spreadsheet would take for a formula. Private and direct posts are
// left out unless asked for, and counted.
package export

import (
	"fmt"
	"io"
	"iter"
	"strconv"
	"strings"
	"unicode/utf8"

	"vedette/backend/model"
)

// Options are what an export may differ in.
type Options struct {
	// IncludePrivate also writes posts whose visibility is private or direct.
	IncludePrivate bool
}

// Stats says how many posts were written, and how many private or direct ones
// were left out.
type Stats struct {
	Posts    int64
	Excluded int64
}

// writer is called once for every post that is to be written.
type writer func(p *model.PostView) error

// each runs through the posts, leaving out what must not leave the case.
func each(posts iter.Seq2[model.PostView, error], o Options, write writer) (Stats, error) {
	var s Stats
	for p, err := range posts {
		if err != nil {
			return s, fmt.Errorf("read post %d: %w", s.Posts+s.Excluded+1, err)
		}
		if !o.IncludePrivate && (p.Visibility == model.VisibilityPrivate || p.Visibility == model.VisibilityDirect) {
			s.Excluded++
			continue
		}
		if err := write(&p); err != nil {
			return s, fmt.Errorf("write post %s: %w", p.ID, err)
		}
		s.Posts++
	}
	return s, nil
}

// Columns are the headings of the tables, in order. Lists are joined by a space
// (links by a new line); a missing count is an empty cell, never 0; ids are text.
var columns = [...]string{
	"id", "uid", "platform", "type", "kind", "created_at", "created_original", "zone",
	"author_id", "author_handle", "author_name", "author_followers",
	"title", "text", "lang", "lang_confidence", "polarity", "sentiment",
	"url", "likes", "comments", "shares", "views", "engagement",
	"reply_to", "repost_of", "quote_of", "thread", "hashtags", "mentions", "links", "domains", "media",
	"place", "country", "lat", "lon", "visibility", "edited_at", "platform_lang",
	"starred", "labels", "note", "grade", "source", "mode", "sightings", "sha256", "locator",
}

// cell is one value of a table: text, or a number.
type cell struct {
	text   string
	number bool
}

// row gives a post's cells in the order of columns.
func row(p *model.PostView) []cell {
	t := func(s string) cell { return cell{text: s} }
	n := func(c model.Count) cell {
		if v, ok := c.Value(); ok {
			return cell{strconv.FormatInt(v, 10), true}
		}
		return cell{}
	}
	engagement := cell{}
	if v, ok := p.Counts.Engagement(); ok {
		engagement = cell{strconv.FormatInt(v, 10), true}
	}
	sentiment := cell{}
	if p.Sentiment != nil {
		sentiment = float(*p.Sentiment)
	}
	place, country, lat, lon := placeCells(p.Place)
	urls, domains := links(p.Links)
	starred := ""
	if p.Marks.Starred {
		starred = "yes"
	}
	return []cell{
		t(p.ID), t(p.UID), t(p.Platform), t(string(p.Type)), t(string(p.Kind)), t(p.CreatedAt), t(p.CreatedOriginal), t(string(p.Zone)),
		t(p.Author.ID), t(p.Author.Handle), t(p.Author.Name), n(p.Author.Followers),
		t(p.Title), t(p.Text), t(p.Lang), float(p.LangConfidence), t(string(p.Polarity)), sentiment,
		t(p.URL), n(p.Counts.Likes), n(p.Counts.Comments), n(p.Counts.Shares), n(p.Counts.Views), engagement,
		t(p.Refs.ReplyTo), t(p.Refs.RepostOf), t(p.Refs.QuoteOf), t(p.Refs.Thread), t(strings.Join(p.Hashtags, " ")), t(strings.Join(p.Mentions, " ")), t(urls), t(domains), t(media(p.Media)),
		place, country, lat, lon, t(string(p.Visibility)), t(p.EditedAt), t(p.PlatformLang),
		t(starred), t(strings.Join(p.Marks.Labels, "; ")), t(p.Marks.Note), t(p.Marks.Grade), t(p.Source), t(string(p.Mode)),
		{strconv.Itoa(p.Sightings), true},
		t(p.SHA256), t(locator(p.Locator)),
	}
}

func float(v float64) cell { return cell{strconv.FormatFloat(v, 'g', -1, 64), true} }

// placeCells are a place's name, country, latitude and longitude.
func placeCells(p *model.Place) (name, country, lat, lon cell) {
	if p == nil {
		return
	}
	name, country = cell{text: p.Name}, cell{text: p.Country}
	if p.HasPoint {
		lat, lon = float(p.Lat), float(p.Lon)
	}
	return
}

// links joins addresses and their domains.
func links(all []model.EnrichedLink) (urls, domains string) {
	var u, d []string
	for _, l := range all {
		u, d = append(u, l.URL), append(d, l.Domain)
	}
	return strings.Join(u, "\n"), strings.Join(d, " ")
}

// media joins attachments as type and address.
func media(all []model.Media) string {
	var out []string
	for _, m := range all {
		out = append(out, strings.TrimSpace(m.Type+" "+m.URL))
	}
	return strings.Join(out, "\n")
}

// locator writes where in the evidence a post is: container, member, and byte
// range, row or item.
func locator(l model.Locator) string {
	s := l.Container
	if l.Member != "" {
		s += "/" + l.Member
	}
	switch {
	case l.HasRange():
		return s + "@" + strconv.FormatInt(l.Offset, 10) + "+" + strconv.FormatInt(l.Length, 10)
	case l.Row > 0:
		return s + "#row=" + strconv.FormatInt(l.Row, 10)
	case l.Item != "":
		return s + "#" + l.Item
	}
	return s
}

// safe disarms text that a spreadsheet would run: it gets an apostrophe before
// a leading = + - @, tab or carriage return (full-width forms too, which some
// spreadsheets fold), also after blanks that they skip.
func safe(s string) string {
	trimmed := strings.TrimLeft(s, " \u00a0\u3000\n\ufeff\u200b")
	first, _ := utf8.DecodeRuneInString(trimmed)
	if strings.ContainsRune("=+-@\t\r＝＋－＠", first) {
		return "'" + s
	}
	return s
}

// counter counts what passes through, so that an error can say where it stopped.
type counter struct {
	w io.Writer
	n int64
}

func (c *counter) Write(b []byte) (int, error) {
	n, err := c.w.Write(b)
	c.n += int64(n)
	if err != nil {
		return n, fmt.Errorf("write at byte %d: %w", c.n, err)
	}
	return n, nil
}
