package table

import (
	"fmt"
	"slices"
	"sort"
	"strings"
	"time"

	"vedette/backend/importer"
	"vedette/backend/model"
)

// Problem is something about a field that a person should look at. Code is
// stable: "missing_column", "always_empty", "unread_dates", "unread_numbers",
// "ambiguous_dates", "lost_digits", "repeated_ids". Rows are the first rows that it
// is about, as the table counts them.
type Problem struct {
	Code    string  `json:"code"`
	Message string  `json:"message"`
	Rows    []int64 `json:"rows,omitempty"`
}

// Example is one cell and what is read from it.
type Example struct {
	Row  int64  `json:"row"`
	Cell string `json:"cell"`
	Read string `json:"read"`
}

// FieldCheck is how one field of a profile fares over the first rows. Filled and
// Empty count rows; Unread counts cells that are filled and cannot be read.
type FieldCheck struct {
	Field    string    `json:"field"`
	Columns  []string  `json:"columns"`
	Filled   int       `json:"filled"`
	Empty    int       `json:"empty"`
	Unread   int       `json:"unread"`
	Examples []Example `json:"examples"`
	Problems []Problem `json:"problems"`
}

// Check is a profile tried over the first rows of a table.
type Check struct {
	Rows     int `json:"rows"`
	Accepted int `json:"accepted"`
	// Rejects are the reasons of the first rows that would be rejected.
	Rejects []model.Reject `json:"rejects"`
	Fields  []FieldCheck   `json:"fields"`
	// Unmapped are columns that the profile neither maps nor knows.
	Unmapped []string `json:"unmapped"`
}

// shown is how many examples and rows are told of each field.
const shown = 3

// Try runs a profile over the first n rows of a table and reports how each field
// fares. Nothing is stored. The error says why the profile or the table cannot be
// read at all.
func Try(f importer.File, p *Profile, o importer.Options, n int) (Check, error) {
	if err := check(p); err != nil {
		return Check{}, profileFault(err)
	}
	s, err := Peek(f, o, n)
	if err != nil {
		return Check{}, err
	}
	m, err := newMapper(p, o)
	if err != nil {
		return Check{}, err
	}
	in := columnsIn{header: s.Columns}
	for _, c := range m.columns {
		in.index = append(in.index, place(p, s.Columns, c))
	}
	if m.clock.order == "" {
		m.clock.order = orderIn(m, &s, &in)
	}
	out := Check{Rows: len(s.records), Rejects: []model.Reject{}, Fields: []FieldCheck{}, Unmapped: []string{}}
	for i := range m.fields {
		out.Fields = append(out.Fields, m.tryField(&m.fields[i], &s, &in))
	}
	for i := range s.records {
		_, reject := m.post(gridRecord{row: &s.records[i], in: &in})
		switch {
		case reject == nil:
			out.Accepted++
		case len(out.Rejects) < shown:
			reject.Reason = strings.Replace(reject.Reason, "The row", fmt.Sprintf("Row %d", s.records[i].num), 1)
			out.Rejects = append(out.Rejects, *reject)
		}
	}
	for i, c := range s.Columns {
		if !slices.Contains(in.index, i) && !knows(p, c) {
			out.Unmapped = append(out.Unmapped, c)
		}
	}
	return out, nil
}

// orderIn finds out whether day or month comes first, as reading does.
func orderIn(m *mapper, s *Sample, in *columnsIn) string {
	for i := range s.records {
		for _, col := range m.dateColumns {
			if e := evidence(strings.TrimSpace(gridRecord{row: &s.records[i], in: in}.cell(col))); e == "dmy" || e == "mdy" {
				return e
			}
		}
	}
	return ""
}

// trial collects what happens to one field.
type trial struct {
	FieldCheck
	dates, numbers, either, lost, twice Problem
	seen                                map[string]int64
}

func note(p *Problem, code string, row int64) {
	p.Code = code
	if len(p.Rows) < shown {
		p.Rows = append(p.Rows, row)
	}
}

// tryField reads one field of every row.
func (m *mapper) tryField(c *compiled, s *Sample, in *columnsIn) FieldCheck {
	t := trial{FieldCheck: FieldCheck{Field: c.name, Columns: columnsOf(c.Field), Examples: []Example{}, Problems: []Problem{}}, seen: map[string]int64{}}
	if t.Columns == nil {
		t.Columns = []string{}
	}
	var gone []string
	for _, col := range t.Columns {
		if place(m.profile, s.Columns, col) < 0 {
			gone = append(gone, col)
		}
	}
	if len(gone) > 0 {
		t.Problems = append(t.Problems, Problem{Code: "missing_column", Message: fmt.Sprintf("The table has no column %q.", gone)})
	}
	for i := range s.records {
		m.tryCell(c, &t, &s.records[i], in)
	}
	return t.told()
}

// tryCell reads one field of one row.
func (m *mapper) tryCell(c *compiled, t *trial, row *gridRow, in *columnsIn) {
	r := gridRecord{row: row, in: in}
	raw := strings.TrimSpace(c.raw(r))
	if c.target.sort == sortList || c.As == "sum" {
		for _, col := range c.from {
			if raw = strings.Join(r.list(col), "; "); raw == "" {
				raw = strings.TrimSpace(r.cell(col))
			}
			if raw != "" {
				break
			}
		}
	}
	if raw == "" {
		t.Empty++
		return
	}
	v, ok := m.read(c, r)
	switch {
	case c.target.sort == sortTime && v.at.Time.IsZero():
		t.Unread++
		note(&t.dates, "unread_dates", row.num)
	case c.target.sort == sortTime:
		t.Filled++
		if m.clock.order == "" && c.As != "layout" && evidence(raw) == "either" {
			note(&t.either, "ambiguous_dates", row.num)
			if t.either.Message == "" {
				t.either.Message = ambiguous(raw)
			}
		}
	case c.identity && lostDigits(v.s):
		t.Unread++
		note(&t.lost, "lost_digits", row.num)
	case !ok:
		t.Unread++
		note(&t.numbers, "unread_numbers", row.num)
	default:
		t.Filled++
	}
	if c.name == "id" {
		if t.seen[v.s]++; t.seen[v.s] == 2 {
			note(&t.twice, "repeated_ids", row.num)
		}
	}
	if len(t.Examples) < shown {
		t.Examples = append(t.Examples, Example{Row: row.num, Cell: clip(raw), Read: clip(written(c, v))})
	}
}

// ambiguous tells both readings of a date.
func ambiguous(s string) string {
	read := func(order string) string {
		in, ok := clock{zone: time.UTC, order: order}.read(s, "", nil)
		if !ok {
			return "nothing"
		}
		return in.Time.Format("2 January 2006")
	}
	return fmt.Sprintf("%q may be %s (day first) or %s (month first), and no date in the column proves which.", clip(s), read("dmy"), read("mdy"))
}

// written shows a value as it was read.
func written(c *compiled, v value) string {
	switch c.target.sort {
	case sortTime:
		if v.at.Time.IsZero() {
			return ""
		}
		return v.at.Time.Format(time.RFC3339Nano)
	case sortCount:
		if n, ok := v.n.Value(); ok {
			return fmt.Sprint(n)
		}
		return ""
	case sortFloat:
		return fmt.Sprint(v.f)
	case sortBool:
		return fmt.Sprint(v.yes)
	case sortList:
		return strings.Join(v.list, "; ")
	}
	return v.s
}

// clip keeps an example short.
func clip(s string) string {
	if r := []rune(s); len(r) > 200 {
		return string(r[:200]) + "…"
	}
	return s
}

// told puts the problems of a field into words.
func (t *trial) told() FieldCheck {
	if t.Filled+t.Unread == 0 && t.Empty > 0 {
		t.Problems = append(t.Problems, Problem{Code: "always_empty", Message: "It is empty in every row that was looked at."})
	}
	t.dates.Message = "Dates that cannot be read are kept as they are written, without an instant."
	t.numbers.Message = "Values that cannot be read are taken as missing."
	t.lost.Message = "These ids are numbers that a spreadsheet rounded; ids are made from the content instead. Ask for the table with its ids as text."
	t.twice.Message = "The same id occurs more than once: such rows become one post."
	for _, p := range []Problem{t.dates, t.numbers, t.either, t.lost, t.twice} {
		if p.Code != "" {
			t.Problems = append(t.Problems, p)
		}
	}
	sort.SliceStable(t.Problems, func(i, j int) bool {
		return t.Problems[i].Code == "missing_column" && t.Problems[j].Code != "missing_column"
	})
	return t.FieldCheck
}
