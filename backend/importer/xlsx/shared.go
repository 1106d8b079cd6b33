package xlsx

import (
	"errors"
	"fmt"
	"strconv"
	"strings"
)

// shared are the texts that cells refer to by number, in one piece of memory.
type shared struct {
	all  []byte
	ends []int
}

// text gives the i-th text; ok is false when there is none.
func (s *shared) text(i int) (string, bool) {
	if i < 0 || i >= len(s.ends) {
		return "", false
	}
	from := 0
	if i > 0 {
		from = s.ends[i-1]
	}
	return string(s.all[from:s.ends[i]]), true
}

// readShared reads the table of shared texts.
func (b *Book) readShared(part string) error {
	var r rich
	open := false
	err := b.each(part, 1<<40, func(t token) error {
		switch {
		case t.kind == tokenStart && t.name == "si":
			r, open = rich{}, true
		case t.kind == tokenEnd && t.name == "si":
			b.shared.all = append(b.shared.all, unescapeX(r.text.String())...)
			b.shared.ends = append(b.shared.ends, len(b.shared.all))
			open = false
		case open:
			r.token(t)
		}
		if len(b.shared.all)+r.text.Len()+8*len(b.shared.ends) > maxShared {
			return &Error{Code: "too_large", Reason: fmt.Sprintf("The workbook's texts take more than %d MB of memory. Save the sheet as CSV, and import that file", maxShared>>20)}
		}
		return nil
	})
	var e *Error
	if errors.As(err, &e) {
		return e
	}
	if err != nil {
		return brokenBook("its table of texts cannot be read", err)
	}
	return nil
}

// rich puts a text together from its runs; phonetic hints are left out.
type rich struct {
	text     strings.Builder
	inText   bool
	phonetic int
}

func (r *rich) token(t token) {
	switch {
	case t.kind == tokenText:
		if r.inText && r.phonetic == 0 {
			r.text.WriteString(t.text)
		}
	case t.name == "rPh" && t.kind == tokenStart:
		r.phonetic++
	case t.name == "rPh":
		r.phonetic--
	case t.name == "t":
		r.inText = t.kind == tokenStart
	}
}

// unescapeX decodes "_x000D_", as workbooks write control characters.
func unescapeX(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var out strings.Builder
	for {
		i := strings.Index(s, "_x")
		if i < 0 || len(s) < i+7 {
			out.WriteString(s)
			return out.String()
		}
		out.WriteString(s[:i])
		n, err := strconv.ParseUint(s[i+2:i+6], 16, 16)
		if err != nil || s[i+6] != '_' || n >= 0xD800 && n < 0xE000 {
			out.WriteString("_x")
			s = s[i+2:]
			continue
		}
		if n != 0 {
			out.WriteRune(rune(n))
		}
		s = s[i+7:]
	}
}
