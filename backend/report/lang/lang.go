// Package lang holds the words of reports and charts, one file per language,
// and the formats of numbers and dates that go with them.
package lang

import (
	"embed"
	"encoding/json"
	"fmt"
	"math"
	"strconv"
	"strings"
	"time"

	"golang.org/x/text/language"
	"golang.org/x/text/language/display"
)

//go:embed en.json es.json
var files embed.FS

// Codes lists the languages a report can be in.
var Codes = [...]string{"en", "es"}

// nbsp keeps a number with its unit.
const nbsp = "\u00a0"

// Lang is one language: its words and its formats. It is immutable.
type Lang struct {
	Code    string
	words   map[string]string
	names   display.Namer
	point   string // decimal sign
	group   string // thousands sign
	percent string // what stands behind a percentage
	minimum int    // digits from which thousands are grouped
}

// For returns the language with the code "en" or "es".
func For(code string) (*Lang, error) {
	l := &Lang{Code: code}
	switch code {
	case "en":
		l.point, l.group, l.percent, l.minimum = ".", ",", "%", 4
		l.names = display.Languages(language.English)
	case "es": // CLDR: 1234 but 12.345; a space before the percent sign
		l.point, l.group, l.percent, l.minimum = ",", ".", nbsp+"%", 5
		l.names = display.Languages(language.Spanish)
	default:
		return nil, fmt.Errorf("no report language %q", code)
	}
	data, err := files.ReadFile(code + ".json")
	if err != nil {
		return nil, fmt.Errorf("read words of %s: %w", code, err)
	}
	if err := json.Unmarshal(data, &l.words); err != nil {
		return nil, fmt.Errorf("read words of %s: %w", code, err)
	}
	return l, nil
}

// T returns the words of a key with {name} replaced by the value that follows
// name in pairs. An unknown key gives the key itself.
func (l *Lang) T(key string, pairs ...string) string {
	s, ok := l.words[key]
	if !ok {
		return key
	}
	for i := range pairs {
		if i%2 == 0 {
			pairs[i] = "{" + pairs[i] + "}"
		}
	}
	return strings.NewReplacer(pairs...).Replace(s)
}

// Or is T for keys made from data: an unknown one gives the fallback.
func (l *Lang) Or(key, fallback string, pairs ...string) string {
	if _, ok := l.words[key]; !ok {
		return fallback
	}
	return l.T(key, pairs...)
}

// Plural is T for key+".one" or key+".other"; {n} is the formatted count.
func (l *Lang) Plural(key string, n int64, pairs ...string) string {
	form := ".other"
	if n == 1 {
		form = ".one"
	}
	return l.T(key+form, append([]string{"n", l.Int(n)}, pairs...)...)
}

// Int formats a whole number.
func (l *Lang) Int(n int64) string {
	s := strconv.FormatInt(n, 10)
	sign := ""
	if strings.HasPrefix(s, "-") {
		sign, s = "−", s[1:]
	}
	if len(s) < l.minimum {
		return sign + s
	}
	var b strings.Builder
	for i, c := range s {
		if i > 0 && (len(s)-i)%3 == 0 {
			b.WriteString(l.group)
		}
		b.WriteRune(c)
	}
	return sign + b.String()
}

// Decimal formats a number with so many decimals.
func (l *Lang) Decimal(v float64, decimals int) string {
	if math.IsNaN(v) || math.IsInf(v, 0) {
		return "–"
	}
	s := strconv.FormatFloat(math.Abs(v), 'f', decimals, 64)
	whole, frac, _ := strings.Cut(s, ".")
	n, err := strconv.ParseInt(whole, 10, 64)
	if err != nil {
		return s
	}
	out := l.Int(n)
	if frac != "" {
		out += l.point + frac
	}
	if v < 0 && strings.Trim(s, "0.") != "" {
		out = "−" + out
	}
	return out
}

// Number formats a number that came as text, such as "4.1"; what is no number
// is returned as it is.
func (l *Lang) Number(s string) string {
	v, err := strconv.ParseFloat(s, 64)
	if err != nil {
		return s
	}
	_, frac, _ := strings.Cut(s, ".")
	return l.Decimal(v, min(len(frac), 3))
}

// Percent formats a share 0..1 with one decimal.
func (l *Lang) Percent(share float64) string { return l.Decimal(share*100, 1) + l.percent }

// AxisPercent formats a share 0..1 for an axis, without decimals it does not need.
func (l *Lang) AxisPercent(share float64) string {
	return l.Short(math.Round(share*1000)/10) + l.percent
}

// Short formats an axis value: 1200 is "1,200", 12500 is "12.5 k", 3000000 is "3 M".
func (l *Lang) Short(v float64) string {
	for _, u := range [...]struct {
		div  float64
		name string
	}{{1e9, l.T("unit.billion")}, {1e6, "M"}, {1e4, "k"}} {
		if math.Abs(v) >= u.div {
			d := u.div
			if u.name == "k" {
				d = 1e3
			}
			if s := l.Decimal(v/d, 1); !strings.HasSuffix(s, l.point+"0") {
				return s + nbsp + u.name
			}
			return l.Decimal(v/d, 0) + nbsp + u.name
		}
	}
	if v != math.Trunc(v) {
		return l.Decimal(v, 1)
	}
	return l.Int(int64(v))
}

// Date formats the day of an instant in a zone: "3 March 2024".
func (l *Lang) Date(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return l.T("date.full", "day", strconv.Itoa(t.Day()), "month", l.T("month."+strconv.Itoa(int(t.Month()))), "year", strconv.Itoa(t.Year()))
}

// ShortDate formats a day for an axis: "3 Mar".
func (l *Lang) ShortDate(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return strconv.Itoa(t.Day()) + " " + l.T("month.short."+strconv.Itoa(int(t.Month())))
}

// MonthYear formats a month for an axis: "Mar 2024".
func (l *Lang) MonthYear(t time.Time, zone *time.Location) string {
	t = t.In(zone)
	return l.T("month.short."+strconv.Itoa(int(t.Month()))) + " " + strconv.Itoa(t.Year())
}

// Moment formats an instant to the minute with its offset:
// "3 March 2024, 15:05 UTC+01:00".
func (l *Lang) Moment(t time.Time, zone *time.Location) string {
	return l.Date(t, zone) + ", " + t.In(zone).Format("15:04") + nbsp + Offset(t, zone)
}

// DayTime formats an instant to the minute without its year and offset, where
// both stand beside it: "3 Mar, 15:05".
func (l *Lang) DayTime(t time.Time, zone *time.Location) string {
	return strings.ReplaceAll(l.ShortDate(t, zone), " ", nbsp) + "," + nbsp + t.In(zone).Format("15:04")
}

// Span formats a stretch of time to the minute, naming a day once:
// "3 March 2024, 15:05–18:10 UTC+01:00".
func (l *Lang) Span(from, to time.Time, zone *time.Location) string {
	a, b := from.In(zone), to.In(zone)
	if Offset(a, zone) != Offset(b, zone) {
		return l.Moment(from, zone) + " – " + l.Moment(to, zone)
	}
	if a.YearDay() == b.YearDay() && a.Year() == b.Year() {
		return l.Date(a, zone) + ", " + a.Format("15:04") + "–" + b.Format("15:04") + nbsp + Offset(a, zone)
	}
	return l.Date(a, zone) + ", " + a.Format("15:04") + " – " + l.Moment(to, zone)
}

// Exact formats an instant to the second in a zone and in UTC.
func (l *Lang) Exact(t time.Time, zone *time.Location) string {
	local := t.In(zone).Format("2006-01-02 15:04:05") + nbsp + Offset(t, zone)
	if _, off := t.In(zone).Zone(); off == 0 {
		return local
	}
	return local + " (" + t.UTC().Format("2006-01-02 15:04:05") + nbsp + "UTC)"
}

// Offset names a zone's offset at an instant: "UTC", "UTC+01:00".
func Offset(t time.Time, zone *time.Location) string {
	_, off := t.In(zone).Zone()
	if off == 0 {
		return "UTC"
	}
	sign := "+"
	if off < 0 {
		sign, off = "−", -off
	}
	return fmt.Sprintf("UTC%s%02d:%02d", sign, off/3600, off%3600/60)
}

// Language names a language by its ISO 639-1 code; "und" and "" are said to be
// undetermined.
func (l *Lang) Language(code string) string {
	if code == "" || code == "und" {
		return l.T("language.und")
	}
	tag, err := language.Parse(code)
	if err != nil {
		return code
	}
	if name := l.names.Name(tag); name != "" {
		return name
	}
	return code
}

// Words returns a copy of every key and its words.
func (l *Lang) Words() map[string]string {
	out := make(map[string]string, len(l.words))
	for k, v := range l.words {
		out[k] = v
	}
	return out
}
