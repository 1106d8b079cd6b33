package table

import (
	"crypto/sha256"
	"encoding/binary"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"slices"
	"sort"
	"strings"
	"sync/atomic"
	"time"

	"vedette/backend/importer"
	"vedette/backend/internal/text"
	"vedette/backend/model"
)

// record is one row or object, asked for its values by column number: a
// number that compile gave to a column name.
type record interface {
	// cell returns a value as text; "" when it is missing.
	cell(col int) string
	// list returns the elements of a value that is a list by nature, or nil.
	list(col int) []string
}

// mapper turns records into posts by one profile, on several goroutines at once.
// It counts what it could not read.
type mapper struct {
	profile *Profile
	columns []string // by column number
	fields  []compiled
	clock   clock
	hasID   bool

	noZone, badDates, badNumbers, madeIDs, eitherOrder atomic.Int64

	dateColumns []int  // columns of instants that auto reads
	inferred    string // how the order of day and month was found out
}

// compiled is a field of the profile, ready to be read.
type compiled struct {
	importer.Field
	name     string
	target   target
	from     []int
	template []struct {
		text string
		col  int // -1 for text only
	}
	hiddenBy int // -1 for none
}

// newMapper compiles a profile. The zone comes from the options, else from the
// profile, else it is UTC and assumed.
func newMapper(p *Profile, o importer.Options) (*mapper, error) {
	m := &mapper{profile: p, clock: clock{zone: time.UTC, basis: model.ZoneAssumed, order: p.DateOrder}}
	if p.Zone != "" {
		z, err := time.LoadLocation(p.Zone)
		if err != nil {
			return nil, profileFault(fmt.Errorf("zone %q: %w", p.Zone, err))
		}
		m.clock.zone, m.clock.basis = z, model.ZoneChosen
	}
	if o.Zone != nil {
		m.clock.zone, m.clock.basis = o.Zone, model.ZoneChosen
	}
	if o.DateOrder != "" {
		m.clock.order = o.DateOrder
	}
	names := make([]string, 0, len(p.Fields))
	for name := range p.Fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		f := p.Fields[name]
		c := compiled{Field: f, name: name, target: targets[name], hiddenBy: -1}
		if c.target.set == nil {
			return nil, profileFault(fmt.Errorf("field %q: no post has a field of this name", name))
		}
		for _, col := range f.From {
			c.from = append(c.from, m.number(col))
		}
		if f.Template != "" {
			parts, err := parseTemplate(f.Template)
			if err != nil {
				return nil, profileFault(fmt.Errorf("field %q: %w", name, err))
			}
			for _, part := range parts {
				col := -1
				if part.column != "" {
					col = m.number(part.column)
				}
				c.template = append(c.template, struct {
					text string
					col  int
				}{part.text, col})
			}
		}
		if f.HiddenBy != "" {
			c.hiddenBy = m.number(f.HiddenBy)
		}
		if c.target.sort == sortTime && (f.As == "" || f.As == "auto") {
			m.dateColumns = append(m.dateColumns, c.from...)
		}
		m.fields = append(m.fields, c)
	}
	_, m.hasID = p.Fields["id"]
	return m, nil
}

// number gives a column name its number.
func (m *mapper) number(name string) int {
	if i := slices.Index(m.columns, name); i >= 0 {
		return i
	}
	m.columns = append(m.columns, name)
	return len(m.columns) - 1
}

// post maps one record.
func (m *mapper) post(r record) (*model.Post, *model.Reject) {
	p := &model.Post{Platform: m.profile.Platform, PageType: m.profile.Type, Kind: m.profile.Kind}
	for i := range m.fields {
		c := &m.fields[i]
		if c.hiddenBy >= 0 {
			if yes, _ := parseBool(strings.TrimSpace(r.cell(c.hiddenBy))); yes {
				continue
			}
		}
		v, ok := m.read(c, r)
		if ok {
			c.target.set(p, v)
		}
	}
	return m.finish(p)
}

// read takes a field's value out of a record; ok is false when it is missing or
// cannot be read.
func (m *mapper) read(c *compiled, r record) (v value, ok bool) {
	if c.target.sort == sortList {
		v.list = m.readList(c, r)
		return v, len(v.list) > 0
	}
	s := c.raw(r)
	if s == "" {
		return v, false
	}
	if c.Unescape {
		s = text.Unescape(s)
	}
	switch c.target.sort {
	case sortText:
		if c.As == "html" {
			s = text.PlainHTML(s)
		}
		v.s = text.Clean(strings.ReplaceAll(s, "\r\n", "\n")) // as every other source breaks lines
		return v, v.s != ""
	case sortTime:
		s = strings.TrimSpace(s)
		v.at, ok = m.clock.read(s, c.As, c.Layouts)
		if m.clock.order == "" && c.As != "layout" && evidence(s) == "either" {
			m.eitherOrder.Add(1)
		}
		if !ok {
			m.badDates.Add(1)
		} else if v.at.Zone == model.ZoneAssumed {
			m.noZone.Add(1)
		}
		return v, true // what cannot be read is kept as it was written
	case sortCount:
		v.n, ok = parseCount(s, c.Decimal)
	case sortFloat:
		v.f, ok = parseFloat(s, c.Decimal)
	case sortBool:
		v.yes, ok = parseBool(s)
	default:
		v.s = c.Prefix + text.Clean(s)
		return v, true
	}
	if !ok {
		m.badNumbers.Add(1)
	}
	return v, ok
}

// raw is the field's value as text, after Missing and Values.
func (c *compiled) raw(r record) string {
	s := c.Const
	switch {
	case c.template != nil:
		var b strings.Builder
		for _, part := range c.template {
			b.WriteString(part.text)
			if part.col < 0 {
				continue
			}
			cell := strings.TrimSpace(r.cell(part.col))
			if cell == "" || slices.Contains(c.Missing, cell) {
				return ""
			}
			b.WriteString(cell)
		}
		s = b.String()
	case c.from != nil:
		for _, col := range c.from {
			if s = r.cell(col); c.target.sort != sortText {
				s = strings.TrimSpace(s)
			}
			if slices.Contains(c.Missing, strings.TrimSpace(s)) {
				s = ""
			}
			if s != "" {
				break
			}
		}
	}
	if len(c.Values) > 0 && s != "" {
		if to, ok := c.Values[s]; ok {
			return to
		}
		return c.Values["*"]
	}
	return s
}

// readList reads a list: an array of JSON, or text cut at the separator.
func (m *mapper) readList(c *compiled, r record) []string {
	var items []string
	for _, col := range c.from {
		if items = r.list(col); items != nil {
			break
		}
	}
	if items == nil {
		s := strings.TrimSpace(c.raw(r))
		switch {
		case s == "":
			return nil
		case c.As == "json" || c.As == "" && c.Separator == "" && strings.HasPrefix(s, "["):
			if err := json.Unmarshal([]byte(s), &items); err != nil {
				m.badNumbers.Add(1)
				return nil
			}
		case c.Separator == "":
			items = []string{s}
		default:
			items = strings.Split(s, c.Separator)
		}
	}
	out := items[:0:0]
	for _, it := range items {
		it = strings.TrimSpace(text.Clean(it))
		if c.Unescape {
			it = text.Unescape(it)
		}
		if it != "" && !slices.Contains(c.Missing, it) {
			out = append(out, c.Prefix+it)
		}
	}
	return out
}

// finish gives a post what follows from its other fields, or rejects it.
func (m *mapper) finish(p *model.Post) (*model.Post, *model.Reject) {
	if p.Platform == "" {
		return nil, &model.Reject{Code: "no_platform", Reason: "The row names no platform."}
	}
	if m.hasID && p.NativeID == "" {
		return nil, &model.Reject{Code: "no_id", Reason: "The row has no id."}
	}
	hasText := strings.TrimSpace(p.Text) != "" || strings.TrimSpace(p.Title) != ""
	if !hasText && p.URL == "" && len(p.Media) == 0 && p.Created.IsZero() && !m.hasID {
		return nil, &model.Reject{Code: "empty_row", Reason: "The row has nothing of a post in it."}
	}
	if !slices.Contains(model.Kinds, p.Kind) {
		p.Kind = m.profile.Kind
	}
	if !slices.Contains(model.PageTypes, p.PageType) {
		p.PageType = m.profile.Type
	}
	switch {
	case !hasText:
		p.Kind = model.KindMedia
	case p.Kind == "":
		p.Kind = model.KindPost
	}
	if p.PageType == "" {
		p.PageType = model.PageOther
	}
	switch p.Visibility {
	case model.VisibilityPublic, model.VisibilityUnlisted, model.VisibilityPrivate, model.VisibilityDirect:
	default:
		p.Visibility = model.VisibilityPublic
	}
	p.Place.HasPoint = (p.Place.Lat != 0 || p.Place.Lon != 0) && p.Place.Lat >= -90 && p.Place.Lat <= 90 && p.Place.Lon >= -180 && p.Place.Lon <= 180
	if !p.Place.HasPoint {
		p.Place.Lat, p.Place.Lon = 0, 0
	}
	if p.Place.Name == "" && p.Place.Country == "" && !p.Place.HasPoint {
		p.Place = model.Place{}
	}
	p.Links = slices.DeleteFunc(p.Links, func(l model.Link) bool { return l.URL == p.URL })
	finishAuthor(p)
	for _, ref := range []*string{&p.Refs.ReplyTo, &p.Refs.RepostOf, &p.Refs.QuoteOf, &p.Refs.Thread} {
		if *ref != "" {
			*ref = p.Platform + ":" + *ref
		}
	}
	if p.NativeID == "" {
		p.NativeID = contentID(p)
		m.madeIDs.Add(1)
	}
	return p, nil
}

// finishAuthor gives an author who has a handle but no id the handle as id.
func finishAuthor(p *model.Post) {
	a := &p.Author
	if a.NativeID == "" && a.Handle != "" {
		a.NativeID = "@" + strings.ToLower(a.Handle)
	}
	if a.IsZero() {
		*a = model.Account{}
		return
	}
	a.Platform = p.Platform
}

// contentID makes a stable id of what a post says, for tables without ids: the
// first 16 bytes of the SHA-256 over the length-prefixed author, date, address,
// title and text.
func contentID(p *model.Post) string {
	h := sha256.New()
	for _, s := range []string{p.Author.NativeID, p.Author.Name, p.Created.Original, p.URL, p.Title, p.Text} {
		var n [8]byte
		binary.BigEndian.PutUint64(n[:], uint64(len(s)))
		h.Write(n[:])
		h.Write([]byte(s))
	}
	return "content-" + hex.EncodeToString(h.Sum(nil)[:16])
}

// tell notes what was assumed while mapping.
func (m *mapper) tell(s importer.Sink) {
	s.Assume("profile", Label(m.profile))
	if m.noZone.Load() > 0 {
		s.Assume("zone", "UTC")
	}
	switch {
	case m.inferred != "":
		s.Assume("date_order", m.clock.order+" ("+m.inferred+")")
	case m.eitherOrder.Load() > 0:
		s.Assume("date_order", "dmy (nothing says whether day or month comes first)")
	}
	for _, c := range []struct {
		key string
		n   int64
	}{{"unread_dates", m.badDates.Load()}, {"unread_values", m.badNumbers.Load()}, {"ids_made_from_content", m.madeIDs.Load()}} {
		if c.n > 0 {
			s.Assume(c.key, fmt.Sprint(c.n))
		}
	}
}
