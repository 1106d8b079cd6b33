package xlsx

import (
	"math"
	"strconv"
	"strings"
	"time"
)

// dateKind says what a number format shows of a date.
type dateKind byte

const (
	noDate   dateKind = iota
	dateOnly          // a day
	dateTime          // a day and a time, or a time
)

// readStyles learns which cell styles are dates.
func (b *Book) readStyles(part string) error {
	formats := map[string]dateKind{}
	inCells := false
	return b.each(part, maxPart, func(t token) error {
		switch {
		case t.name == "cellXfs":
			inCells = t.kind == tokenStart
		case t.kind != tokenStart:
		case t.name == "numFmt" && len(formats) < maxStyles:
			formats[t.attrs["numFmtId"]] = kindOf(t.attrs["formatCode"])
		case t.name == "xf" && inCells && len(b.dates) < maxStyles:
			id := t.attrs["numFmtId"]
			k, ok := formats[id]
			if !ok {
				k = builtIn(id)
			}
			b.dates = append(b.dates, k)
		}
		return nil
	})
}

// builtIn knows the number formats that have no code in the file (ECMA-376-1,
// 18.8.30, and the East Asian ones).
func builtIn(id string) dateKind {
	n, err := strconv.Atoi(id)
	switch {
	case err != nil:
		return noDate
	case n >= 14 && n <= 17, n >= 27 && n <= 31, n == 36, n >= 50 && n <= 54, n == 57, n == 58:
		return dateOnly
	case n >= 18 && n <= 22, n >= 32 && n <= 35, n >= 45 && n <= 47, n == 55, n == 56:
		return dateTime
	}
	return noDate
}

// kindOf reads a number format: it is a date's when a letter of dates stands
// outside of quotes, brackets and escapes.
func kindOf(code string) dateKind {
	day, clock := false, false
	for i := 0; i < len(code); i++ {
		switch c := code[i] | 0x20; {
		case code[i] == '"':
			if n := strings.IndexByte(code[i+1:], '"'); n >= 0 {
				i += n + 1
			}
		case code[i] == '[':
			n := strings.IndexByte(code[i:], ']')
			if n < 0 {
				return noDate
			}
			if in := strings.ToLower(code[i+1 : i+n]); in != "" && strings.Trim(in, "hms") == "" {
				clock = true // an elapsed time
			}
			i += n
		case code[i] == '\\' || code[i] == '_' || code[i] == '*':
			i++
		case code[i] == ';':
			i = len(code) // what follows is for other signs
		case c == 'y' || c == 'd':
			day = true
		case c == 'h' || c == 's':
			clock = true
		case c == 'g' && strings.EqualFold(code[i:min(len(code), i+7)], "general"):
			return noDate
		case code[i] == 'm':
			day = day || !clock
		}
	}
	switch {
	case clock:
		return dateTime
	case day:
		return dateOnly
	}
	return noDate
}

// date writes a serial number as a date without a zone; ok is false when it is
// none.
func (b *Book) date(raw string, k dateKind) (string, bool) {
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsNaN(f) || f < 0 || f >= 2958466 { // up to the year 9999
		return "", false
	}
	day := time.Date(1899, 12, 30, 0, 0, 0, 0, time.UTC)
	switch {
	case b.is1904:
		day = time.Date(1904, 1, 1, 0, 0, 0, 0, time.UTC)
	case f < 1:
		if k == dateTime {
			return time.Time{}.Add(ofDay(f)).Format("15:04:05"), true
		}
		return "", false
	case f < 61:
		day = day.AddDate(0, 0, 1) // the day 29 February 1900, which never was
	}
	whole, frac := math.Modf(f)
	t := day.AddDate(0, 0, int(whole)).Add(ofDay(frac))
	switch {
	case frac == 0 && k == dateOnly:
		return t.Format("2006-01-02"), true
	case t.Nanosecond() != 0:
		return t.Format("2006-01-02 15:04:05.000"), true
	}
	return t.Format("2006-01-02 15:04:05"), true
}

// ofDay is a fraction of a day, to the millisecond: serial numbers are no more
// exact than that. Less than two milliseconds from a whole second is one.
func ofDay(frac float64) time.Duration {
	d := time.Duration(math.Round(frac*86_400_000)) * time.Millisecond
	if s := d.Round(time.Second); d-s < 2*time.Millisecond && s-d < 2*time.Millisecond {
		return s
	}
	return d
}

// exactDigits is how many digits of a whole number a spreadsheet keeps.
const exactDigits = 15

// number writes a number as text. A whole one of which the spreadsheet dropped
// digits is written with an exponent ("1.23456789012346E+18"), so that nobody
// takes it for an id; any other one plainly, with all the digits of the file.
func number(raw string) string {
	plain := strings.TrimLeft(raw, "+-")
	if strings.Trim(plain, "0123456789") == "" {
		if len(plain) > exactDigits && strings.Trim(plain[exactDigits:], "0") == "" {
			return raw[:len(raw)-len(plain)] + plain[:1] + "." + plain[1:exactDigits] + "E+" + strconv.Itoa(len(plain)-1)
		}
		return raw
	}
	if !strings.ContainsAny(raw, "eE") {
		return raw
	}
	f, err := strconv.ParseFloat(raw, 64)
	if err != nil {
		return raw
	}
	if math.Abs(f) >= 1e15 {
		return strings.ToUpper(raw)
	}
	return strconv.FormatFloat(f, 'f', -1, 64)
}
