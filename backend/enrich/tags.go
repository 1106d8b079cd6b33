package enrich

import (
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"vedette/backend/internal/urls"
	"vedette/backend/model"
)

// maxTags bounds the hashtags, the mentions and the links kept of one post.
const maxTags = 500

// maxTagBytes is the longest hashtag or mention that is taken for one.
const maxTagBytes = 280

// found collects hashtags, mentions and links, each once, in order: first those
// that the platform listed, then those in the text.
type found struct {
	hashtags, mentions list
	links              []model.EnrichedLink
	seen               map[string]bool // link addresses, once there are many
	listed             int             // links that the platform gave
	platform           string
}

// collect reads the platform's lists and the text.
func collect(p *model.Post) *found {
	f := &found{platform: p.Platform}
	for _, h := range p.Hashtags {
		f.hashtags.add(foldTag(strings.TrimLeft(strings.TrimSpace(h), "#＃")))
	}
	for _, m := range p.Mentions {
		f.mentions.add(strings.ToLower(strings.TrimPrefix(strings.TrimSpace(m.Handle), "@")))
	}
	for _, l := range p.Links {
		f.link(l.URL)
	}
	f.listed = len(f.links)
	f.text(p.Text)
	return f
}

// text walks the text once; what begins with "#", "@" or an address is read where
// it stands, and reading goes on behind it.
func (f *found) text(s string) {
	prev := rune(' ')
	for i := 0; i < len(s); {
		n := 0
		switch c := s[i]; {
		case c == '#' && tagMayFollow(prev):
			n = f.hashtag(s[i:], 1)
		case c == 0xef && strings.HasPrefix(s[i:], "＃") && tagMayFollow(prev):
			n = f.hashtag(s[i:], len("＃"))
		case c == '@' && !isWordRune(prev) && prev != '/' && prev != '.':
			n = f.mention(s[i:])
		case (c|0x20 == 'h' || c|0x20 == 'w') && !isWordRune(prev) && prev != '.' && prev != '@':
			n = f.address(s[i:])
		case c|0x20 == 'u' && f.platform == "reddit" && !isWordRune(prev):
			n = f.redditor(s[i:])
		}
		if n > 0 {
			i += n
			prev, _ = utf8.DecodeLastRuneInString(s[:i])
			continue
		}
		r, size := rune(s[i]), 1
		if r >= utf8.RuneSelf {
			r, size = utf8.DecodeRuneInString(s[i:])
		}
		prev = r
		i += size
	}
}

// hashtag reads a tag behind its sign: letters, marks, digits and "_" of any
// script, with at least one letter. It returns how many bytes it used.
func (f *found) hashtag(s string, sign int) int {
	end, letter := sign, false
	for end < len(s) {
		r, n := utf8.DecodeRuneInString(s[end:])
		isLetter := unicode.IsLetter(r)
		if !isLetter && r != '_' && !unicode.IsDigit(r) && !unicode.IsMark(r) && !joins(s[end:], r, n) {
			break
		}
		letter = letter || isLetter
		end += n
	}
	if letter && end-sign <= maxTagBytes {
		f.hashtags.add(foldTag(s[sign:end]))
	}
	return end
}

// joins reports whether r only joins the letters around it: the middle dot of
// Catalan and Japanese, the zero-width joiners of Persian and Indic scripts.
func joins(rest string, r rune, n int) bool {
	if r != '·' && r != '・' && r != '\u200c' && r != '\u200d' {
		return false
	}
	next, _ := utf8.DecodeRuneInString(rest[n:])
	return unicode.IsLetter(next)
}

// tagMayFollow reports whether a hashtag can begin behind r.
func tagMayFollow(r rune) bool {
	return r != '&' && r != '/' && r != '#' && !isWordRune(r) || r >= 0x3040 && r <= 0x30ff || r >= 0x3400 && r <= 0x9fff || r >= 0xac00 && r <= 0xd7a3
}

// mention reads "@handle"; with dots, hyphens and a server behind a second "@"
// only where the platform's handles have them.
func (f *found) mention(s string) int {
	dotted := true
	switch f.platform {
	case "x", "twitter", "telegram", "facebook", "vk":
		dotted = false
	}
	end, letter, server := 1, false, false
	for end < len(s) {
		c := s[end]
		switch {
		case isWordByte(c):
			letter = letter || c|0x20 >= 'a' && c|0x20 <= 'z'
		case dotted && (c == '.' || c == '-') && end > 1 && end+1 < len(s) && isWordByte(s[end+1]):
		case dotted && c == '@' && !server && end > 1 && end+1 < len(s) && isWordByte(s[end+1]):
			server = true
		default:
			c = 0
		}
		if c == 0 {
			break
		}
		end++
	}
	if letter && end <= maxTagBytes {
		f.mentionText(strings.ToLower(s[1:end]))
	}
	return end
}

// mentionText adds a handle of the text unless the platform listed it with its
// server ("ann" beside "ann@example.org").
func (f *found) mentionText(handle string) {
	for _, m := range f.mentions.items {
		if len(m) > len(handle) && m[len(handle)] == '@' && m[:len(handle)] == handle {
			return
		}
	}
	f.mentions.add(handle)
}

// redditor reads "u/name" (3 to 20 letters, digits, "_", "-").
func (f *found) redditor(s string) int {
	if len(s) < 3 || s[1] != '/' {
		return 0
	}
	end := 2
	for end < len(s) && (isWordByte(s[end]) || s[end] == '-') {
		end++
	}
	if n := end - 2; n >= 3 && n <= 20 {
		f.mentions.add(strings.ToLower(s[2:end]))
	}
	return end
}

// address reads an address that begins with "http://", "https://" or "www.".
// Cut-off addresses ("…" behind) are left out, and so are short links where the
// platform listed the real ones.
func (f *found) address(s string) int {
	if !hasPrefixFold(s, "http://") && !hasPrefixFold(s, "https://") && !hasPrefixFold(s, "www.") {
		return 0
	}
	end := addressEnd(s)
	raw := trimAddress(s[:end])
	if strings.HasPrefix(s[end:], "…") || strings.HasSuffix(s[:end], "...") {
		return end
	}
	if u, domain, err := urls.Normalise(raw); err == nil && (f.listed == 0 || !urls.IsShortener(domain)) {
		f.addLink(u, domain)
	}
	return end
}

// addressEnd is where an address in running text ends: at white space, quotes,
// angle brackets, "…", and Chinese, Japanese or Korean text, which follows an
// address without a space.
func addressEnd(s string) int {
	for i, r := range s {
		if r < utf8.RuneSelf {
			if r <= ' ' || r == '<' || r == '>' || r == '"' || r == '`' || r == '|' || r == 0x7f {
				return i
			}
			continue
		}
		if unicode.IsSpace(r) || unicode.IsPunct(r) || r >= 0x1100 && r <= 0x11ff || r >= 0x2e80 && r <= 0x9fff ||
			r >= 0xac00 && r <= 0xd7ff || r >= 0xf900 && r <= 0xfaff || r >= 0xff00 && r <= 0xffef || r >= 0x1f000 || r == utf8.RuneError {
			return i
		}
	}
	return len(s)
}

// trimAddress takes off the punctuation of the sentence around an address; a
// closing bracket stays when it was opened inside.
func trimAddress(s string) string {
	depth := strings.Count(s, "(") - strings.Count(s, ")")
	for s != "" {
		c := s[len(s)-1]
		if c == ')' {
			if depth >= 0 {
				return s
			}
			depth++
		} else if strings.IndexByte(".,;:!?'*_~]}", c) < 0 {
			return s
		}
		s = s[:len(s)-1]
	}
	return s
}

// link adds an address that the platform listed.
func (f *found) link(raw string) {
	if u, domain, err := urls.Normalise(raw); err == nil {
		f.addLink(u, domain)
	}
}

func (f *found) addLink(u, domain string) {
	if len(f.links) >= maxTags {
		return
	}
	if f.seen == nil && len(f.links) >= 16 {
		f.seen = make(map[string]bool, 64)
		for _, l := range f.links {
			f.seen[l.URL] = true
		}
	}
	if f.seen == nil && slices.ContainsFunc(f.links, func(l model.EnrichedLink) bool { return l.URL == u }) || f.seen[u] {
		return
	}
	if f.seen != nil {
		f.seen[u] = true
	}
	f.links = append(f.links, model.EnrichedLink{URL: u, Domain: domain})
}

// list is a short ordered set of strings.
type list struct {
	items []string
	seen  map[string]bool // once there are many
}

func (l *list) add(s string) {
	if s == "" || len(s) > maxTagBytes || len(l.items) >= maxTags {
		return
	}
	if l.seen == nil && len(l.items) >= 16 {
		l.seen = make(map[string]bool, 64)
		for _, i := range l.items {
			l.seen[i] = true
		}
	}
	if l.seen == nil && slices.Contains(l.items, s) || l.seen[s] {
		return
	}
	if l.seen != nil {
		l.seen[s] = true
	}
	l.items = append(l.items, s)
}

// foldTag is a hashtag as it is compared: lower case, composed (NFC).
func foldTag(s string) string { return norm.NFC.String(strings.ToLower(s)) }

func isWordRune(r rune) bool {
	if r < utf8.RuneSelf {
		return isWordByte(byte(r))
	}
	return unicode.IsLetter(r) || unicode.IsDigit(r)
}
