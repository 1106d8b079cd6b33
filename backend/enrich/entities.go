package enrich

import (
	"slices"
	"strings"
	"unicode/utf8"

	"vedette/backend/internal/urls"
)

// EntityKind says what an entity is.
type EntityKind string

// The kinds of entities that are found by their form.
const (
	EntityHashtag     EntityKind = "hashtag"
	EntityMention     EntityKind = "mention"
	EntityLink        EntityKind = "link"
	EntityEmail       EntityKind = "email"
	EntityPhone       EntityKind = "phone"
	EntityMoney       EntityKind = "money"
	EntityCrypto      EntityKind = "crypto"
	EntityCoordinates EntityKind = "coordinates"
	EntityFileHash    EntityKind = "file_hash"
	EntityIBAN        EntityKind = "iban"
)

// Entity is something in a text that its form tells: what stands there, in
// comparable form, and where (bytes). Detail is the hash's or currency's name.
type Entity struct {
	Kind   EntityKind `json:"kind"`
	Value  string     `json:"value"`
	Detail string     `json:"detail,omitempty"`
	Start  int        `json:"start"`
	End    int        `json:"end"`
}

// maxEntities bounds the entities of a text.
const maxEntities = 1000

// maxEntityBytes bounds one entity other than a link.
const maxEntityBytes = 120

// Entities finds what is told by its form, in order, without overlaps.
func Entities(text string) []Entity {
	var out []Entity
	prev := rune(' ')
	for i := 0; i < len(text) && len(out) < maxEntities; {
		if e, n := entityAt(text[i:], prev); n > 0 {
			if e.Kind != "" {
				e.Start, e.End = i, i+n
				out = append(out, e)
			}
			i += n
			prev, _ = utf8.DecodeLastRuneInString(text[:i])
			continue
		}
		r, n := utf8.DecodeRuneInString(text[i:])
		// A run of letters and digits is looked at once, at its beginning.
		for i += n; isWordRune(r) && i < len(text) && isWordByte(text[i]); i++ {
			r = rune(text[i])
		}
		prev = r
	}
	return out
}

// entityAt reads an entity that s begins with; prev is the character before. It
// returns how much was read: without an entity, what need not be looked at again.
func entityAt(s string, prev rune) (Entity, int) {
	c := s[0]
	switch {
	case c == '#' && tagMayFollow(prev), strings.HasPrefix(s, "＃") && tagMayFollow(prev):
		return tagEntity(s)
	case isWordRune(prev):
		return Entity{}, 0
	case c == '@' && prev != '/' && prev != '.':
		return mentionEntity(s)
	case (c|0x20 == 'h' || c|0x20 == 'w') && prev != '.' && prev != '@':
		if e, n := linkEntity(s); n > 0 {
			return e, n
		}
		return wordEntity(s)
	case c >= '0' && c <= '9', c == '+', c == '(', c == '-':
		return numberEntity(s, prev)
	case isWordByte(c):
		return wordEntity(s)
	}
	return moneyEntity(s)
}

func tagEntity(s string) (Entity, int) {
	sign := 1
	if s[0] != '#' {
		sign = len("＃")
	}
	var f found
	n := f.hashtag(s, sign)
	if len(f.hashtags.items) == 0 {
		return Entity{}, n
	}
	return Entity{Kind: EntityHashtag, Value: f.hashtags.items[0]}, n
}

func mentionEntity(s string) (Entity, int) {
	f := found{platform: "mastodon"} // whose handles may have a server
	n := f.mention(s)
	if len(f.mentions.items) == 0 {
		return Entity{}, n
	}
	return Entity{Kind: EntityMention, Value: f.mentions.items[0]}, n
}

func linkEntity(s string) (Entity, int) {
	var f found
	n := f.address(s)
	if len(f.links) == 0 {
		return Entity{}, n
	}
	return Entity{Kind: EntityLink, Value: f.links[0].URL, Detail: f.links[0].Domain}, len(trimAddress(s[:n]))
}

// run is the length of the beginning of s whose bytes are all in ok.
func run(s string, ok func(byte) bool) int {
	n := 0
	for n < len(s) && n <= maxEntityBytes && ok(s[n]) {
		n++
	}
	return n
}

// wordEntity reads what begins with a letter or digit: e-mail, file hash, crypto
// address, IBAN, or an amount with its currency before it.
func wordEntity(s string) (Entity, int) {
	n := run(s, isWordByte)
	if n > maxEntityBytes {
		return Entity{}, 0
	}
	if e, m := emailEntity(s); m > 0 {
		return e, m
	}
	word := s[:n]
	if name := hashName(word); name != "" {
		return Entity{Kind: EntityFileHash, Value: strings.ToLower(word), Detail: name}, n
	}
	if name := cryptoName(word); name != "" {
		return Entity{Kind: EntityCrypto, Value: word, Detail: name}, n
	}
	if e, m := ibanEntity(s); m > 0 {
		return e, m
	}
	return moneyEntity(s)
}

// emailEntity reads an address such as a.b@example.org.
func emailEntity(s string) (Entity, int) {
	n := run(s, func(c byte) bool {
		return isWordByte(c) || c == '.' || c == '-' || c == '+' || c == '%'
	})
	if n == 0 || n > 64 || n >= len(s) || s[n] != '@' {
		return Entity{}, 0
	}
	host := run(s[n+1:], func(c byte) bool { return isWordByte(c) && c != '_' || c == '.' || c == '-' })
	if host > maxEntityBytes {
		return Entity{}, 0
	}
	name := strings.TrimRight(s[n+1:n+1+host], ".-")
	dot := strings.LastIndexByte(name, '.')
	if dot < 1 || len(name)-dot < 3 || strings.Contains(name, "..") || name[dot+1] <= '9' {
		return Entity{}, 0
	}
	end := n + 1 + len(name)
	return Entity{Kind: EntityEmail, Value: strings.ToLower(s[:end]), Detail: urls.Registrable(strings.ToLower(name))}, end
}

// hashName names the hash whose length a run of hexadecimal digits has; both
// letters and digits must occur.
func hashName(s string) string {
	name := map[int]string{32: "md5", 40: "sha1", 64: "sha256", 128: "sha512"}[len(s)]
	if name == "" {
		return ""
	}
	letters, digits := 0, 0
	for i := range len(s) {
		switch c := s[i] | 0x20; {
		case s[i] >= '0' && s[i] <= '9':
			digits++
		case c >= 'a' && c <= 'f':
			letters++
		default:
			return ""
		}
	}
	if letters == 0 || digits == 0 {
		return ""
	}
	return name
}

// ibanEntity reads an IBAN, perhaps in groups of four, whose check digits hold
// (ISO 13616; ISO 7064 MOD 97-10).
func ibanEntity(s string) (Entity, int) {
	upper := func(c byte) bool { return c >= 'A' && c <= 'Z' }
	digit := func(c byte) bool { return c >= '0' && c <= '9' }
	if len(s) < 15 || !upper(s[0]) || !upper(s[1]) || !digit(s[2]) || !digit(s[3]) {
		return Entity{}, 0
	}
	var b []byte
	best, value := 0, ""
	for i := 0; i < len(s) && len(b) < 34; i++ {
		c := s[i]
		if c == ' ' && len(b)%4 == 0 && i > 0 && s[i-1] != ' ' {
			continue
		}
		if !upper(c) && !digit(c) {
			break
		}
		b = append(b, c)
		if end := i + 1; len(b) >= 15 && (end == len(s) || !isWordByte(s[end])) && ibanHolds(b) {
			best, value = end, string(b)
		}
	}
	if best == 0 {
		return Entity{}, 0
	}
	return Entity{Kind: EntityIBAN, Value: value, Detail: value[:2]}, best
}

func ibanHolds(b []byte) bool {
	rest := 0
	for _, c := range slices.Concat(b[4:], b[:4]) {
		if c >= 'A' {
			rest = (rest*100 + int(c-'A') + 10) % 97
		} else {
			rest = (rest*10 + int(c-'0')) % 97
		}
	}
	return rest == 1
}
