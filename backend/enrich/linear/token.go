package linear

import "unicode"

// tokenise cuts the normalised characters into words, numbers, hashtags,
// emoticons, stops and single signs.
func (d *Doc) tokenise() {
	d.owner = d.owner[:0]
	for range d.runes {
		d.owner = append(d.owner, -1)
	}
	for i := 0; i < len(d.runes); {
		if d.runes[i] == ' ' {
			i++
			continue
		}
		t := token{from: i}
		t.to, t.kind = d.next(i)
		d.finish(&t)
		for j := t.from; j < t.to; j++ {
			d.owner[j] = int32(len(d.tokens))
		}
		d.tokens = append(d.tokens, t)
		i = t.to
	}
}

// next is the end and kind of the token that begins at i.
func (d *Doc) next(i int) (int, kind) {
	r := d.runes
	if end := emoticon(r, i); end > 0 {
		return end, kindEmoticon
	}
	switch c := r[i]; {
	case letter(c):
		return d.word(i), kindWord
	case c == '#' && i+1 < len(r) && (letter(r[i+1]) || unicode.IsDigit(r[i+1])):
		end := i + 1
		for end < len(r) && (letter(r[end]) || r[end] == '_' || unicode.IsDigit(r[end])) {
			end++
		}
		return end, kindTag
	case unicode.IsDigit(c):
		end := i
		for end < len(r) && unicode.IsDigit(r[end]) {
			end++
		}
		return end, kindNumber
	case c == '!' || c == '?' || c == '.' || c == ',' || c == ';' || c == ':':
		end := i + 1
		for end < len(r) && r[end] == c {
			end++
		}
		return end, kindStop
	}
	return i + 1, kindOther
}

// word is the end of the word that begins at i; an apostrophe inside belongs to it.
func (d *Doc) word(i int) int {
	r := d.runes
	for i < len(r) && (letter(r[i]) || r[i] == '\'' && i+1 < len(r) && letter(r[i+1])) {
		i++
	}
	return i
}

func letter(r rune) bool {
	if r < 0x80 {
		return 'a' <= r && r <= 'z'
	}
	return unicode.IsLetter(r) || unicode.Is(unicode.M, r) // Hindi vowels are marks
}

// emoticon is the end of an emoticon that begins at i, 0 when there is none:
// eyes, perhaps a nose, a mouth, in Western order, or "<3".
func emoticon(r []rune, i int) int {
	at := func(j int) rune {
		if j < len(r) {
			return r[j]
		}
		return ' '
	}
	if at(i) == '<' && at(i+1) == '3' {
		return i + 2
	}
	j := i
	switch at(i) {
	case ':', ';', '=', '8':
	case 'x':
		if i > 0 && r[i-1] != ' ' {
			return 0
		}
	default:
		return 0
	}
	j++
	if c := at(j); c == '-' || c == 'o' || c == '*' || c == '\'' {
		j++
	}
	mouth := func(c rune) bool {
		switch c {
		case ')', '(', ']', '[', 'd', 'p', '/', '}', '{', '|', '\\', '*':
			return true
		}
		return false
	}
	if !mouth(at(j)) {
		return 0
	}
	c := at(j)
	for at(j) == c {
		j++
	}
	// "x" and letters as mouths make words more often than faces.
	if letter(c) && letter(at(j)) || (at(i) == 'x' || at(i) == '8') && c != ')' && c != 'd' {
		return 0
	}
	return j
}

// finish fills in what else is known of a token.
func (d *Doc) finish(t *token) {
	last := t.to - 1
	t.start = int(d.at[t.from])
	t.end = int(d.at[last]) + int(d.size[last])
	capitals, run := 0, 1
	for j := t.from; j < t.to; j++ {
		if d.upper[j] {
			capitals++
		}
		if j > t.from && d.runes[j] == d.runes[j-1] {
			run++
			t.long = t.long || run >= 3
		} else {
			run = 1
		}
	}
	t.upper = capitals > 2 && capitals == t.to-t.from
}

// Tokens is the number of tokens of the text.
func (d *Doc) Tokens() int { return len(d.tokens) }

// Span is where token i stands in the text, in bytes.
func (d *Doc) Span(i int) (start, end int) { return d.tokens[i].start, d.tokens[i].end }

// Word reports whether token i is something that a person reads as a reason: a
// word, hashtag, emoticon or emoji, or "!" and "?", not a link or a comma.
func (d *Doc) Word(i int) bool {
	t := d.tokens[i]
	c := d.runes[t.from]
	switch t.kind {
	case kindStop:
		return c == '!' || c == '?'
	case kindOther:
		return unicode.IsSymbol(c) && c > 0xff
	}
	return true
}
