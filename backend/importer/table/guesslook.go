package table

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"vedette/backend/model"
)

// looked is what the values of a column look like.
type looked struct {
	name   string
	values []string // those that are filled

	filled, chars, spaced, urls, numbers, dates, epochs, bools, html, entities, lists, lost int
	dmy, mdy, either, noZone                                                                int
	commaThousands, dotThousands, commaDecimals, dotDecimals                                int
	dmyLike, mdyLike, eitherLike                                                            string
	thousandsLike                                                                           string
	missing                                                                                 []string
	different                                                                               map[string]bool
}

// stands are values that commonly stand for none.
var stands = []string{"-", "--", "n/a", "N/A", "NA", "NaN", "nan", "null", "NULL", "None", "none", "nil", "(null)", "sin dato", "s/d"}

// lookAt looks at the values of a column.
func lookAt(s *Sample, col int) looked {
	c := looked{name: s.Columns[col], different: map[string]bool{}}
	for i := range s.records {
		r := &s.records[i]
		if col < len(r.lists) && len(r.lists[col]) > 0 {
			c.lists++
		}
		v := ""
		if col < len(s.Rows[i]) {
			v = strings.TrimSpace(s.Rows[i][col])
		}
		switch {
		case v == "":
		case slices.Contains(stands, v):
			if !slices.Contains(c.missing, v) {
				c.missing = append(c.missing, v)
			}
		default:
			c.look(v)
		}
	}
	return c
}

// look counts what one value may be.
func (c *looked) look(v string) {
	c.values = append(c.values, v)
	c.filled++
	c.chars += min(len(v), 10_000)
	c.different[v] = true
	count := func(n *int, is bool) {
		if is {
			*n++
		}
	}
	count(&c.spaced, strings.ContainsAny(v, " \n"))
	count(&c.urls, strings.HasPrefix(v, "http://") || strings.HasPrefix(v, "https://"))
	count(&c.html, strings.Contains(v, "<p>") || strings.Contains(v, "<br") || strings.Contains(v, "</"))
	count(&c.entities, strings.Contains(v, "&amp;") || strings.Contains(v, "&#") || strings.Contains(v, "&quot;"))
	count(&c.lost, lostDigits(v))
	_, okDot := parseFloat(v, ".")
	_, okComma := parseFloat(v, ",")
	count(&c.numbers, okDot || okComma)
	_, okBool := parseBool(v)
	count(&c.bools, okBool)
	c.marks(v)
	_, okEpoch := autoEpoch(v)
	count(&c.epochs, okEpoch)
	in, ok := clock{zone: time.UTC, basis: model.ZoneAssumed}.read(v, "", nil)
	if !ok { // it may be a date in the other order
		in, ok = clock{zone: time.UTC, basis: model.ZoneAssumed, order: "mdy"}.read(v, "", nil)
	}
	count(&c.dates, ok)
	count(&c.noZone, ok && in.Zone == model.ZoneAssumed)
	like := func(n *int, first *string) {
		if *n++; *first == "" {
			*first = v
		}
	}
	if !ok {
		return
	}
	switch evidence(v) {
	case "dmy":
		like(&c.dmy, &c.dmyLike)
	case "mdy":
		like(&c.mdy, &c.mdyLike)
	case "either":
		like(&c.either, &c.eitherLike)
	}
}

// marks counts what the marks in a number say about decimals and thousands.
func (c *looked) marks(v string) {
	if strings.Trim(v, "0123456789.,+-KkMmBb ") != "" {
		return
	}
	dot, comma := strings.Count(v, "."), strings.Count(v, ",")
	_, tail, _ := strings.Cut(v, ".")
	_, tailComma, _ := strings.Cut(v, ",")
	switch {
	case dot > 0 && comma > 0 && strings.LastIndex(v, ".") > strings.LastIndex(v, ","), comma > 1, dot == 1 && len(tail) != 3:
		c.dotDecimals++
		c.commaThousands += min(comma, 1)
	case dot > 0 && comma > 0, dot > 1, comma == 1 && len(tailComma) != 3:
		c.commaDecimals++
		c.dotThousands += min(dot, 1)
	case comma == 1:
		c.commaThousands++
	case dot == 1:
		c.dotThousands++
	default:
		return
	}
	if c.thousandsLike == "" && (dot == 1) != (comma == 1) && (len(tail) == 3 || len(tailComma) == 3) {
		c.thousandsLike = v
	}
}

func (c *looked) average() int { return c.chars / max(1, c.filled) }

// distinct reports whether no value occurs twice.
func (c *looked) distinct() bool { return len(c.different) == c.filled }

// decimal is the mark before decimals in the column's numbers: "," or "" for ".".
func (c *looked) decimal() string {
	if c.commaDecimals > c.dotDecimals || c.commaDecimals == c.dotDecimals && c.dotThousands > 0 && c.commaThousands == 0 {
		return ","
	}
	return ""
}

// thousands warns when a mark may stand before decimals or between thousands.
func (c *looked) thousands() (Problem, bool) {
	if c.thousandsLike == "" || c.commaDecimals > 0 || c.dotDecimals > 0 {
		return Problem{}, false
	}
	v := c.thousandsLike
	whole := strings.NewReplacer(",", "", ".", "").Replace(v)
	return Problem{Code: "ambiguous_numbers", Message: fmt.Sprintf("%q may be %s with a mark between thousands, or %s with decimals. It is read as the first.", clip(v), whole, strings.Replace(v, ",", ".", 1))}, true
}

// separator is what stands between the items of the column's lists.
func (c *looked) separator() string {
	if c.lists > 0 {
		return ""
	}
	best, most := "", 0
	for _, sep := range []string{";", ",", "|", " "} {
		n := 0
		for _, v := range c.values {
			if !strings.HasPrefix(v, "[") && strings.Contains(strings.TrimSpace(v), sep) {
				n++
			}
		}
		if n > most {
			best, most = sep, n
		}
	}
	if best == " " && c.urls == 0 && !slices.ContainsFunc(c.values, func(v string) bool { return strings.Contains(v, " #") || strings.Contains(v, " @") }) {
		return ""
	}
	return best
}

// allows reports whether the column's values can be what a field takes; an empty
// column may be anything.
func (c *looked) allows(sort valueSort, field string) bool {
	most := func(n int) bool { return n*10 >= c.filled*8 }
	if c.filled == 0 {
		return true
	}
	switch sort {
	case sortTime:
		return most(c.dates)
	case sortCount, sortFloat:
		return most(c.numbers)
	case sortBool:
		return most(c.bools)
	case sortText:
		return c.numbers < c.filled && c.lists == 0 && !most(c.urls)
	case sortList:
		return true
	}
	switch field {
	case "url":
		return most(c.urls) || slices.ContainsFunc(c.values, func(v string) bool { return strings.HasPrefix(v, "/") })
	case "lang":
		return c.average() <= 20
	case "author.handle", "author.name":
		return c.average() <= 80 && !most(c.urls)
	case "platform":
		return len(c.different) <= 12 && c.spaced == 0
	case "id", "author.id", "reply_to", "repost_of", "quote_of", "thread":
		return c.spaced*2 < c.filled
	}
	return c.average() <= 200
}

// what says in words what the column's values are.
func (c *looked) what(sort valueSort) string {
	switch sort {
	case sortTime:
		if c.epochs == c.filled {
			return "seconds or milliseconds since 1970"
		}
		return "dates"
	case sortCount, sortFloat:
		return "numbers"
	case sortBool:
		return "yes or no"
	case sortList:
		return "lists or single words"
	}
	return "texts"
}
