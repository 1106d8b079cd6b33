package table

import (
	"encoding/json"
	"errors"
	"fmt"
	"regexp"
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

	noZone, badDates, badNumbers, madeIDs, eitherOrder, lostDigits atomic.Int64

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
	pattern  *regexp.Regexp
	identity bool // an id: one whose digits were lost is not read
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
	offsets, err := zoneOffsets(p.ZoneNames)
	if err != nil {
		return nil, profileFault(err)
	}
	m.clock.names = offsets
	names := make([]string, 0, len(p.Fields))
	for name := range p.Fields {
		names = append(names, name)
	}
	sort.Strings(names)
	for _, name := range names {
		c, err := m.compile(name, p.Fields[name])
		if err != nil {
			return nil, profileFault(fmt.Errorf("field %q: %w", name, err))
		}
		m.fields = append(m.fields, c)
	}
	_, m.hasID = p.Fields["id"]
	return m, nil
}

// compile makes a field ready to be read.
func (m *mapper) compile(name string, f importer.Field) (compiled, error) {
	c := compiled{Field: f, name: name, target: targets[name], hiddenBy: -1, identity: isIdentity(name)}
	if c.target.set == nil {
		return c, errors.New("no post has a field of this name")
	}
	for _, col := range f.From {
		c.from = append(c.from, m.number(col))
	}
	var err error
	if c.pattern, err = compilePattern(f.Pattern); err != nil {
		return c, err
	}
	if f.Template != "" {
		parts, err := parseTemplate(f.Template)
		if err != nil {
			return c, err
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
	return c, nil
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
	hasID := m.hasID
	for i := range m.fields {
		c := &m.fields[i]
		if c.hiddenBy >= 0 {
			if yes, _ := parseBool(strings.TrimSpace(r.cell(c.hiddenBy))); yes {
				continue
			}
		}
		v, ok := m.read(c, r)
		switch {
		case ok && c.identity && lostDigits(v.s):
			m.lostDigits.Add(1)
			hasID = hasID && c.name != "id"
		case ok:
			c.target.set(p, v)
		}
	}
	return m.finish(p, hasID)
}

// isIdentity tells the fields whose value names one thing among all others.
func isIdentity(name string) bool {
	switch name {
	case "id", "author.id", "reply_to", "repost_of", "quote_of", "thread":
		return true
	}
	return false
}

// lostDigits reports whether an id is a number that a spreadsheet rounded, as
// 1.23457E+18 is: several ids look like it.
func lostDigits(s string) bool {
	mantissa, exponent, ok := strings.Cut(strings.ToUpper(s), "E+")
	if !ok || exponent == "" || strings.Trim(exponent, "0123456789") != "" {
		return false
	}
	whole, decimals, _ := strings.Cut(strings.Replace(mantissa, ",", ".", 1), ".")
	return len(whole) == 1 && strings.Trim(whole+decimals, "0123456789") == ""
}

// read takes a field's value out of a record; ok is false when it is missing or
// cannot be read.
func (m *mapper) read(c *compiled, r record) (v value, ok bool) {
	if c.target.sort == sortList {
		v.list = m.readList(c, r)
		return v, len(v.list) > 0
	}
	if c.As == "sum" {
		return m.sum(c, r)
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

// sum adds up the numbers of all columns that have one.
func (m *mapper) sum(c *compiled, r record) (v value, ok bool) {
	var total int64
	for _, col := range c.from {
		s := strings.TrimSpace(r.cell(col))
		if s == "" || slices.Contains(c.Missing, s) {
			continue
		}
		n, is := parseCount(s, c.Decimal)
		if !is {
			m.badNumbers.Add(1)
			continue
		}
		x, _ := n.Value()
		total, ok = total+x, true
	}
	v.n = model.Known(total)
	return v, ok
}

// find is what the field's pattern takes out of a value.
func (c *compiled) find(s string) string {
	if c.pattern == nil || s == "" {
		return s
	}
	m := c.pattern.FindStringSubmatch(s)
	if len(m) < 2 {
		return strings.Join(m, "")
	}
	return strings.Join(slices.DeleteFunc(m[1:], func(g string) bool { return g == "" }), "_")
}

// raw is the field's value as text, after Missing, Pattern and Values.
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
	s = c.find(s)
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
	}{{"unread_dates", m.badDates.Load()}, {"unread_values", m.badNumbers.Load()}, {"ids_made_from_content", m.madeIDs.Load()}, {"ids_with_lost_digits", m.lostDigits.Load()}} {
		if c.n > 0 {
			s.Assume(c.key, fmt.Sprint(c.n))
		}
	}
}
