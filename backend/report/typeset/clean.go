package typeset

import (
	"fmt"
	"unicode"
)

// paragraphs splits text at its line ends and makes every rune either drawable
// or named: controls that could hide or reorder words and runes without a glyph
// become ‹U+XXXX›. Tabs become spaces; invisible joiners are kept.
func (f *Fonts) paragraphs(text string) [][]rune {
	var out [][]rune
	var cur []rune
	runes := []rune(text)
	for i := 0; i < len(runes); i++ {
		switch r := runes[i]; {
		case r == '\r' && i+1 < len(runes) && runes[i+1] == '\n':
			continue
		case lineEnd(r):
			out, cur = append(out, cur), nil
		case r == '\t':
			cur = append(cur, ' ', ' ', ' ', ' ')
		case f.shown(runes, i):
			cur = append(cur, r)
		default:
			cur = append(cur, []rune(Name(r))...)
		}
	}
	return append(out, cur)
}

// Name is how a rune without a glyph, or one that must not act unseen, is
// written in a report.
func Name(r rune) string { return fmt.Sprintf("‹U+%04X›", r) }

// lineEnd reports whether r ends a paragraph.
func lineEnd(r rune) bool {
	switch r {
	case '\n', '\r', '\v', '\f', 0x85, 0x2028, 0x2029:
		return true
	}
	return false
}

// shown reports whether runes[i] can be drawn, or is an invisible rune that
// does no harm where it stands.
func (f *Fonts) shown(runes []rune, i int) bool {
	r := runes[i]
	switch {
	case unicode.Is(unicode.Cc, r):
		return false
	case r >= 0x202A && r <= 0x202E: // embeddings and overrides reorder words unseen
		return false
	case r >= 0xE0000 && r <= 0xE007F: // tags: only inside a flag
		return inTagSequence(runes, i)
	case ignorable(r):
		return true
	}
	return f.Covers(r)
}

// inTagSequence reports whether the tag rune at i belongs to an emoji flag:
// only tags stand between it and a black flag.
func inTagSequence(runes []rune, i int) bool {
	for n := 0; i >= 0 && n < 32; i, n = i-1, n+1 {
		if runes[i] == 0x1F3F4 {
			return true
		}
		if runes[i] < 0xE0000 || runes[i] > 0xE007F {
			return false
		}
	}
	return false
}

// ignorable reports whether r has no shape of its own (Unicode
// Default_Ignorable_Code_Point, without the tags and what is unassigned).
func ignorable(r rune) bool {
	switch {
	case r == 0xAD, r == 0x34F, r == 0x61C, r == 0x115F, r == 0x1160, r == 0x17B4, r == 0x17B5, r == 0x3164, r == 0xFEFF, r == 0xFFA0:
		return true
	case r >= 0x180B && r <= 0x180F, r >= 0x200B && r <= 0x200F, r >= 0x2060 && r <= 0x2064, r >= 0x2066 && r <= 0x206F:
		return true
	case r >= 0xFE00 && r <= 0xFE0F, r >= 0xE0020 && r <= 0xE007F, r >= 0xE0100 && r <= 0xE01EF:
		return true
	}
	return false
}

// emojiBMP are the ranges below U+10000 that are emoji unless asked otherwise
// (Emoji_Presentation of Unicode's emoji-data.txt).
var emojiBMP = [...][2]rune{
	{0x231A, 0x231B},
	{0x23E9, 0x23EC},
	{0x23F0, 0x23F0},
	{0x23F3, 0x23F3},
	{0x25FD, 0x25FE},
	{0x2614, 0x2615},
	{0x2648, 0x2653},
	{0x267F, 0x267F},
	{0x2693, 0x2693},
	{0x26A1, 0x26A1},
	{0x26AA, 0x26AB},
	{0x26BD, 0x26BE},
	{0x26C4, 0x26C5},
	{0x26CE, 0x26CE},
	{0x26D4, 0x26D4},
	{0x26EA, 0x26EA},
	{0x26F2, 0x26F3},
	{0x26F5, 0x26F5},
	{0x26FA, 0x26FA},
	{0x26FD, 0x26FD},
	{0x2705, 0x2705},
	{0x270A, 0x270B},
	{0x2728, 0x2728},
	{0x274C, 0x274C},
	{0x274E, 0x274E},
	{0x2753, 0x2755},
	{0x2757, 0x2757},
	{0x2795, 0x2797},
	{0x27B0, 0x27B0},
	{0x27BF, 0x27BF},
	{0x2B1B, 0x2B1C},
	{0x2B50, 0x2B50},
	{0x2B55, 0x2B55},
}

// isEmoji reports whether a grapheme cluster is to be drawn as an emoji.
func isEmoji(cluster []rune) bool {
	if len(cluster) == 0 {
		return false
	}
	for _, r := range cluster[1:] {
		switch {
		case r == 0xFE0E:
			return false
		case r == 0xFE0F, r == 0x20E3, r >= 0x1F3FB && r <= 0x1F3FF:
			return true
		}
	}
	r := cluster[0]
	if r >= 0x1F000 {
		return r <= 0x1FAFF && (r < 0x1F100 || r >= 0x1F18E)
	}
	for _, b := range emojiBMP {
		if r >= b[0] && r <= b[1] {
			return true
		}
	}
	return false
}

// Shown is text as it is set: the same, with named runes written out and line
// ends as "\n".
func Shown(f *Fonts, text string) string {
	out := make([]rune, 0, len(text))
	for i, p := range f.paragraphs(text) {
		if i > 0 {
			out = append(out, '\n')
		}
		out = append(out, p...)
	}
	return string(out)
}
