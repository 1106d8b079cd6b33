package workspace

import (
	"fmt"
	"regexp"
	"strconv"
	"time"
)

// DateReadings are both readings of a date in digits, as days (2006-01-02): with
// the day first and with the month first. Text is the date as it is written.
type DateReadings struct {
	Text       string `json:"text"`
	DayFirst   string `json:"dmy"`
	MonthFirst string `json:"mdy"`
}

// digitsDate finds day, month and year in digits, the year last.
var digitsDate = regexp.MustCompile(`^\D*(\d{1,2})([./-])(\d{1,2})([./-])(\d{4}|\d{2})(?:\D|$)`)

// bothReadings reads a date in both orders; nil when only one is possible, or both
// are the same.
func bothReadings(text string) *DateReadings {
	const longest = 100
	if len(text) > longest {
		return nil
	}
	m := digitsDate.FindStringSubmatch(text)
	if m == nil || m[2] != m[4] || m[1] == m[3] {
		return nil
	}
	a, b, year := digits(m[1]), digits(m[3]), digits(m[5])
	if len(m[5]) == 2 {
		year += 2000
	}
	one, ok1 := day(year, b, a)
	two, ok2 := day(year, a, b)
	if !ok1 || !ok2 || one == two {
		return nil
	}
	return &DateReadings{Text: text, DayFirst: one, MonthFirst: two}
}

// digits reads a few digits, which always are a number.
func digits(s string) int {
	n, err := strconv.Atoi(s)
	if err != nil {
		return 0
	}
	return n
}

// day writes a day, if there is such a one.
func day(year, month, of int) (string, bool) {
	t := time.Date(year, time.Month(month), of, 0, 0, 0, 0, time.UTC)
	if t.Day() != of || int(t.Month()) != month {
		return "", false
	}
	return fmt.Sprintf("%04d-%02d-%02d", year, month, of), true
}
