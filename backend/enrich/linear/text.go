package linear

import (
	"html"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// MaxBytes is how much of a text is read; it ends at a whole character.
const MaxBytes = 6000

// Placeholders that stand for what says nothing by its letters. They lie in a
// private area of Unicode, so that no letter of a text is taken for one.
const (
	linkSign    = '\uE001'
	mentionSign = '\uE002'
)

// kind says what a token is.
type kind uint8

const (
	kindWord kind = iota
	kindNumber
	kindTag      // a hashtag, with its sign
	kindEmoticon // ":-)" and the like
	kindStop     // a run of . , ! ? ; :
	kindOther    // one character: an emoji, a quote, a link, a mention
)

// token is a stretch of the text's normalised characters.
type token struct {
	from, to int // in Doc.runes
	kind     kind
	upper    bool // three or more capitals and nothing else
	long     bool // a character three times or more in a row
	start    int  // in the text, bytes
	end      int
}

// Doc is one text made ready for features. It is reused between texts.
type Doc struct {
	runes  []rune  // lower case, one space between words
	at     []int32 // per rune its offset in the text
	size   []int32 // per rune its bytes in the text
	upper  []bool
	owner  []int32 // per rune the token it belongs to
	tokens []token
}

// Read normalises a text: lower case, links and mentions replaced by signs,
// character references resolved, white space and control characters collapsed.
func (d *Doc) Read(text string) {
	d.runes, d.at, d.size, d.upper, d.tokens = d.runes[:0], d.at[:0], d.size[:0], d.upper[:0], d.tokens[:0]
	text = clip(text)
	d.put(' ', 0, 0, false)
	for i := 0; i < len(text); {
		if n := d.special(text, i); n > 0 {
			i += n
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		d.char(r, i, n)
		i += n
	}
	d.put(' ', len(text), 0, false)
	d.tokenise()
}

// clip cuts a text after MaxBytes, at a whole character.
func clip(text string) string {
	if len(text) <= MaxBytes {
		return text
	}
	n := MaxBytes
	for n > 0 && !utf8.RuneStart(text[n]) {
		n--
	}
	return text[:n]
}

// special takes a link, mention, character reference or "\u2019" escape at
// text[i:] and returns its length, 0 when there is none.
func (d *Doc) special(text string, i int) int {
	rest := text[i:]
	switch text[i] {
	case 'h', 'H', 'w', 'W':
		if i > 0 && wordByte(text[i-1]) {
			return 0
		}
		if n := linkLen(rest); n > 0 {
			d.put(linkSign, i, n, false)
			return n
		}
	case '@':
		n := 1
		for n < len(rest) && wordByte(rest[n]) {
			n++
		}
		if n > 1 {
			d.put(mentionSign, i, n, false)
			return n
		}
	case '&':
		if end := strings.IndexByte(rest[:min(len(rest), 10)], ';'); end > 1 {
			if plain := html.UnescapeString(rest[:end+1]); len(plain) < end+1 && plain[len(plain)-1] != ';' {
				for _, r := range plain {
					d.char(r, i, end+1)
				}
				return end + 1
			}
		}
	case '\\':
		if len(rest) >= 6 && rest[1] == 'u' {
			if v, err := strconv.ParseUint(rest[2:6], 16, 16); err == nil {
				d.char(rune(v), i, 6)
				return 6
			}
		}
	}
	return 0
}

// linkLen is the length of a link at the start of s; the word "http" alone,
// which some archives leave of a link, counts.
func linkLen(s string) int {
	low := strings.ToLower(s[:min(len(s), 8)])
	switch {
	case strings.HasPrefix(low, "http://"), strings.HasPrefix(low, "https://"), strings.HasPrefix(low, "www."):
		if i := strings.IndexFunc(s, unicode.IsSpace); i >= 0 {
			return i
		}
		return len(s)
	case strings.HasPrefix(low, "http") && (len(s) == 4 || !wordByte(s[4])):
		return 4
	}
	return 0
}

func wordByte(b byte) bool {
	return b|0x20 >= 'a' && b|0x20 <= 'z' || b >= '0' && b <= '9' || b == '_'
}

// char takes one character of the text.
func (d *Doc) char(r rune, at, size int) {
	switch {
	case r == utf8.RuneError || r == 0xfe0f || r == 0x200d || r == 0x0640 || unicode.Is(unicode.Cf, r) || unicode.IsControl(r) && !unicode.IsSpace(r):
		return // nothing to read: broken bytes, joiners, direction marks, tatweel
	case unicode.IsSpace(r):
		r = ' '
	case r == '’' || r == '`' || r == '‘':
		r = '\''
	case r == '“' || r == '”' || r == '„':
		r = '"'
	}
	low := unicode.ToLower(r)
	d.put(low, at, size, low != r)
}

func (d *Doc) put(r rune, at, size int, upper bool) {
	if r == ' ' && len(d.runes) > 0 && d.runes[len(d.runes)-1] == ' ' {
		return
	}
	d.runes = append(d.runes, r)
	d.at = append(d.at, int32(at))
	d.size = append(d.size, int32(size))
	d.upper = append(d.upper, upper)
}
