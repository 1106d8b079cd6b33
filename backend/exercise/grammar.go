package exercise

import (
	"embed"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

//go:embed data
var bankFS embed.FS

// A grammar is the phrase banks of one language: named rules with alternatives.
//
// A bank file is lines. "== name" begins a rule, every other line is one
// alternative, "//" begins a comment. Inside an alternative:
//
//	{rule}          another rule's alternative
//	{$rule}         the same, but drawn once per post and then repeated
//	{n:lo-hi:step}  a number
//	[a|b|]          one of these (an empty one makes it optional)
//	<m|f>           by the author's grammatical gender
//	<k:m|f>         by the gender of the author's child
//	\n              a line break
//
// Groups nest. Alternatives are dealt like cards, so that none comes back
// before the others of its rule have been used. "* " before an alternative makes
// it core: plain, rich in parts, and free to come back.
type grammar struct {
	rules map[string]*rule
}

type rule struct {
	alts []string
	deck []int
	// core are the alternatives that may come back as often as needed; uses
	// counts how often each of the others was dealt.
	core     []string
	coreDeck []int
	uses     []int
}

// coreShare is how often a rule with core alternatives deals one of them, and
// maxUses how often any other of its alternatives is dealt at most: what is
// memorable must stay rare.
const (
	coreShare = 0.6
	maxUses   = 5
)

// voice is what an expansion knows about the post that is being written.
type voice struct {
	rng     *rand.Rand
	lang    string
	male    bool
	kidMale bool
	vars    map[string]string
	// said are the rules' texts that the post has already, so that it does not
	// say one thing twice.
	said map[string]bool
}

// loadGrammar reads every bank file of a language and checks that each
// reference in them is defined.
func loadGrammar(lang string) (*grammar, error) {
	g := &grammar{rules: map[string]*rule{}}
	names, err := fs.Glob(bankFS, "data/"+lang+"/*.txt")
	if err != nil {
		return nil, fmt.Errorf("list banks of %s: %w", lang, err)
	}
	for _, name := range names {
		b, err := bankFS.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read bank %s: %w", name, err)
		}
		if err := g.parse(string(b)); err != nil {
			return nil, fmt.Errorf("parse bank %s: %w", name, err)
		}
	}
	return g, g.check()
}

func (g *grammar) parse(text string) error {
	var cur *rule
	for i, line := range strings.Split(text, "\n") {
		line = strings.TrimSpace(line)
		switch {
		case line == "" || strings.HasPrefix(line, "//"):
		case strings.HasPrefix(line, "== "):
			name := line[3:]
			if cur = g.rules[name]; cur == nil {
				cur = &rule{}
				g.rules[name] = cur
			}
		case cur == nil:
			return fmt.Errorf("line %d stands before the first rule", i+1)
		case strings.HasPrefix(line, "* "):
			cur.core = append(cur.core, strings.ReplaceAll(line[2:], `\n`, "\n"))
		default:
			cur.alts = append(cur.alts, strings.ReplaceAll(line, `\n`, "\n"))
		}
	}
	return nil
}

// check expands every alternative structurally: all references must exist and
// all groups close.
func (g *grammar) check() error {
	for name, r := range g.rules {
		if len(r.alts)+len(r.core) == 0 {
			return fmt.Errorf("rule %q is empty", name)
		}
		r.uses = make([]int, len(r.alts))
		for _, alt := range slices.Concat(r.alts, r.core) {
			if err := g.checkAlt(alt); err != nil {
				return fmt.Errorf("rule %q, %q: %w", name, alt, err)
			}
		}
	}
	return nil
}

func (g *grammar) checkAlt(s string) error {
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c != '{' && c != '[' && c != '<' {
			if c == '}' || c == ']' || c == '>' {
				return fmt.Errorf("unexpected %q", c)
			}
			continue
		}
		end := closing(s, i)
		if end < 0 {
			return fmt.Errorf("%q is not closed", c)
		}
		in := s[i+1 : end]
		if c == '{' {
			if err := g.checkRef(in); err != nil {
				return err
			}
		} else {
			for _, part := range splitTop(strings.TrimPrefix(in, "k:")) {
				if err := g.checkAlt(part); err != nil {
					return err
				}
			}
		}
		i = end
	}
	return nil
}

func (g *grammar) checkRef(ref string) error {
	if n, ok := strings.CutPrefix(ref, "n:"); ok {
		_, _, _, err := parseRange(n)
		return err
	}
	ref = strings.TrimPrefix(ref, "$")
	if isPersonal(ref) {
		return nil
	}
	if g.rules[ref] == nil {
		return fmt.Errorf("no rule %q", ref)
	}
	return nil
}

// isPersonal reports whether a variable is bound by the author, not by a rule.
func isPersonal(name string) bool {
	switch name {
	case "city", "age", "kidname", "target":
		return true
	}
	return false
}

// has reports whether the language has a rule of that name.
func (g *grammar) has(name string) bool { return g.rules[name] != nil }

// say expands a rule for a voice.
func (g *grammar) say(name string, v *voice) string {
	r := g.rules[name]
	if r == nil {
		return ""
	}
	for range 4 {
		var b strings.Builder
		g.expand(&b, r.deal(v.rng), v)
		if text := b.String(); !v.said[name+text] {
			if v.said == nil {
				v.said = map[string]bool{}
			}
			v.said[name+text] = true
			return text
		}
	}
	var b strings.Builder
	g.expand(&b, r.deal(v.rng), v)
	return b.String()
}

// deal draws an alternative.
func (r *rule) deal(rng *rand.Rand) string {
	if len(r.core) > 0 && (len(r.alts) == 0 || rng.Float64() < coreShare) {
		return draws(r.core, &r.coreDeck, rng)
	}
	if len(r.core) == 0 {
		return draws(r.alts, &r.deck, rng)
	}
	for range r.alts {
		if len(r.deck) == 0 {
			r.deck = rng.Perm(len(r.alts))
		}
		i := r.deck[len(r.deck)-1]
		r.deck = r.deck[:len(r.deck)-1]
		if r.uses[i] < maxUses {
			r.uses[i]++
			return r.alts[i]
		}
	}
	return draws(r.core, &r.coreDeck, rng)
}

// draws takes the top card of a deck, which is shuffled anew when it is empty.
func draws(alts []string, deck *[]int, rng *rand.Rand) string {
	if len(*deck) == 0 {
		*deck = rng.Perm(len(alts))
	}
	last := len(*deck) - 1
	i := (*deck)[last]
	*deck = (*deck)[:last]
	return alts[i]
}

func (g *grammar) expand(b *strings.Builder, s string, v *voice) {
	for i := 0; i < len(s); {
		c := s[i]
		if c != '{' && c != '[' && c != '<' {
			_, n := utf8.DecodeRuneInString(s[i:])
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		end := closing(s, i)
		in := s[i+1 : end]
		switch c {
		case '{':
			b.WriteString(g.ref(in, v))
		case '[':
			parts := splitTop(in)
			g.expand(b, parts[v.rng.IntN(len(parts))], v)
		case '<':
			male := v.male
			if rest, ok := strings.CutPrefix(in, "k:"); ok {
				in, male = rest, v.kidMale
			}
			parts := splitTop(in)
			if male || len(parts) == 1 {
				g.expand(b, parts[0], v)
			} else {
				g.expand(b, parts[1], v)
			}
		}
		i = end + 1
	}
}

func (g *grammar) ref(in string, v *voice) string {
	if n, ok := strings.CutPrefix(in, "n:"); ok {
		lo, hi, step, err := parseRange(n)
		if err != nil { // checked when the bank was loaded
			return ""
		}
		return strconv.Itoa(lo + step*v.rng.IntN((hi-lo)/step+1))
	}
	name, bound := strings.CutPrefix(in, "$")
	if !bound && !isPersonal(name) {
		return g.say(name, v)
	}
	if x, ok := v.vars[name]; ok {
		return x
	}
	x := g.say(name, v)
	v.vars[name] = x
	return x
}

func parseRange(s string) (lo, hi, step int, err error) {
	step = 1
	if span, st, ok := strings.Cut(s, ":"); ok {
		if step, err = strconv.Atoi(st); err != nil {
			return 0, 0, 0, fmt.Errorf("step of range %q: %w", s, err)
		}
		s = span
	}
	a, z, ok := strings.Cut(s, "-")
	if !ok {
		return 0, 0, 0, fmt.Errorf("range %q has no dash", s)
	}
	if lo, err = strconv.Atoi(a); err != nil {
		return 0, 0, 0, fmt.Errorf("start of range %q: %w", s, err)
	}
	if hi, err = strconv.Atoi(z); err != nil {
		return 0, 0, 0, fmt.Errorf("end of range %q: %w", s, err)
	}
	if hi < lo || step < 1 {
		return 0, 0, 0, fmt.Errorf("range %q is empty", s)
	}
	return lo, hi, step, nil
}

// closing returns the index of the bracket that closes the one at i, or -1.
func closing(s string, i int) int {
	var stack []byte
	for ; i < len(s); i++ {
		switch c := s[i]; c {
		case '{':
			stack = append(stack, '}')
		case '[':
			stack = append(stack, ']')
		case '<':
			stack = append(stack, '>')
		case '}', ']', '>':
			if len(stack) == 0 || stack[len(stack)-1] != c {
				return -1
			}
			if stack = stack[:len(stack)-1]; len(stack) == 0 {
				return i
			}
		}
	}
	return -1
}

// splitTop splits at the bars that are not inside a nested group.
func splitTop(s string) []string {
	var out []string
	depth, from := 0, 0
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '{', '[', '<':
			depth++
		case '}', ']', '>':
			depth--
		case '|':
			if depth == 0 {
				out = append(out, s[from:i])
				from = i + 1
			}
		}
	}
	return append(out, s[from:])
}
