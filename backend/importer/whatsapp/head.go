package whatsapp

import (
	"strings"
	"time"
	"unicode/utf8"
)

// head is the beginning of a message: its date and time as they are written.
type head struct {
	nums [3]number // of the date, in the order in which they stand
	sep  byte
	hour int
	min  int
	sec  int
	half bool // a clock of 12 hours
	caps bool // AM and PM in capitals
	term byte // ']' or '-' or ':'

	written string // without marks and with plain spaces
}

// number is one number of a date, with how many digits it was written.
type number struct{ n, width int }

// maxHead is how long the date and time at the beginning of a line can be.
const maxHead = 64

// isMark tells the invisible marks that WhatsApp puts in front of lines and names.
func isMark(r rune) bool {
	return r == '\uFEFF' || r == '\u200E' || r == '\u200F' || r >= '\u202A' && r <= '\u202E' || r >= '\u2066' && r <= '\u2069' || r == '\u200B'
}

// stripMarks takes the invisible marks and the white space around a text away.
func stripMarks(s string) string {
	return strings.TrimFunc(s, func(r rune) bool {
		return isMark(r) || r == ' ' || r == '\t' || r == '\r' || r == '\n' || r == '\u202F' || r == '\u00A0'
	})
}

// simple makes the beginning of a line plain: marks go, all kinds of spaces and
// digits become those of ASCII. It returns how many bytes of s it stands for.
func simple(s string) (plain string, of []int) {
	var b strings.Builder
	for i, r := range s {
		if i > maxHead*2 {
			break
		}
		switch {
		case isMark(r):
			continue
		case r == '\u202F' || r == '\u00A0' || r == '\u2009':
			r = ' '
		case r >= '٠' && r <= '٩':
			r = '0' + r - '٠'
		case r >= '۰' && r <= '۹':
			r = '0' + r - '۰'
		case r == '،':
			r = ','
		}
		for range utf8.RuneLen(r) {
			of = append(of, i)
		}
		b.WriteRune(r)
	}
	return b.String(), append(of, min(len(s), maxHead*2+1))
}

// cutHead reads the date and time at the beginning of a line and returns what
// follows them.
func cutHead(line string) (h head, rest string, ok bool) {
	if c := strings.TrimLeftFunc(line, isMark); c == "" || c[0] != '[' && (c[0] < '0' || c[0] > '9') && c[0] < 0x80 {
		return h, "", false
	}
	p, of := simple(line)
	s := strings.TrimPrefix(p, "[")
	bracket := len(s) < len(p)
	if s, ok = h.date(s); !ok {
		return h, "", false
	}
	s = strings.TrimLeft(s, ", ")
	for _, word := range []string{"klo ", "kl. ", "um ", "at ", "às ", "à "} {
		s = strings.TrimPrefix(s, word)
	}
	if s, ok = h.clock(s); !ok {
		return h, "", false
	}
	if s, ok = h.end(s, bracket); !ok {
		return h, "", false
	}
	at := len(p) - len(s)
	h.written = strings.TrimRight(p[:at], " -:]")
	return h, line[min(of[at], len(line)):], true
}

// date reads three numbers with the same separator between them.
func (h *head) date(s string) (string, bool) {
	for i := range h.nums {
		n := &h.nums[i]
		for n.width < len(s) && n.width < 5 && s[n.width] >= '0' && s[n.width] <= '9' {
			n.n = n.n*10 + int(s[n.width]-'0')
			n.width++
		}
		if n.width == 0 || n.width == 3 || n.width == 5 || n.width == 4 && i == 1 {
			return s, false
		}
		s = s[n.width:]
		if i == 2 {
			return strings.TrimPrefix(s, "."), true
		}
		if s == "" || !strings.ContainsRune("-/.", rune(s[0])) || i == 1 && s[0] != h.sep {
			return s, false
		}
		h.sep, s = s[0], strings.TrimLeft(s[1:], " ")
	}
	return s, true
}

// clock reads "15:04", "15.04" or "15:04:05".
func (h *head) clock(s string) (string, bool) {
	take := func(most int) (int, bool) {
		n, w := 0, 0
		for w < len(s) && w < 2 && s[w] >= '0' && s[w] <= '9' {
			n = n*10 + int(s[w]-'0')
			w++
		}
		s = s[w:]
		return n, w > 0 && n <= most
	}
	var ok bool
	if h.hour, ok = take(23); !ok || s == "" || s[0] != ':' && s[0] != '.' {
		return s, false
	}
	s = s[1:]
	if h.min, ok = take(59); !ok {
		return s, false
	}
	if len(s) > 2 && (s[0] == ':' || s[0] == '.') && s[1] >= '0' && s[1] <= '9' {
		s = s[1:]
		if h.sec, ok = take(59); !ok {
			return s, false
		}
	}
	return s, true
}

// halves are the words for the halves of the day, without dots and spaces; true
// is the second one.
var halves = map[string]bool{
	"am": false, "pm": true, "ص": false, "م": true, "πμ": false, "μμ": true, "上午": false, "下午": true, "午前": false, "午後": true,
	"오전": false, "오후": true, "öö": false, "ös": true, "dop": false, "odp": true, "fm": false, "em": true,
}

var bare = strings.NewReplacer(" ", "", ".", "")

// end reads the half of the day and what ends the head: a bracket, a dash or a
// colon.
func (h *head) end(s string, bracket bool) (string, bool) {
	var i int
	switch {
	case bracket:
		i, h.term = strings.IndexByte(s, ']'), ']'
	case strings.Contains(s, " - "):
		i, h.term = strings.Index(s, " - ")+1, '-'
	default:
		i, h.term = strings.Index(s, ": "), ':'
	}
	if i < 0 || i > 16 || h.term == ':' && h.nums[0].width == 4 { // the last is how logs begin
		return s, false
	}
	word := bare.Replace(s[:i])
	if word != "" {
		second, ok := halves[strings.ToLower(word)]
		if !ok || h.hour > 12 {
			return s, false
		}
		h.half, h.caps = true, word == "AM" || word == "PM"
		h.hour %= 12
		if second {
			h.hour += 12
		}
	}
	return strings.TrimPrefix(s[i+1:], " "), true
}

// time is the instant in a zone when the date is in an order. It is false for a
// date that there is not, or in a year before WhatsApp.
func (h *head) time(order string, zone *time.Location) (time.Time, bool) {
	y, m, d := h.nums[2], h.nums[1].n, h.nums[0].n
	switch {
	case h.nums[0].width == 4, order == "ymd" && h.nums[2].width != 4:
		y, d = h.nums[0], h.nums[2].n
	case order == "mdy":
		m, d = d, m
	}
	if y.width == 2 {
		y.n += 2000
	}
	if y.n < 2009 || y.n > 2199 || m < 1 || m > 12 || d < 1 || d > 31 || y.width == 1 {
		return time.Time{}, false
	}
	t := time.Date(y.n, time.Month(m), d, h.hour, h.min, h.sec, 0, zone)
	return t, time.Date(y.n, time.Month(m), d, 0, 0, 0, 0, time.UTC).Day() == d
}
