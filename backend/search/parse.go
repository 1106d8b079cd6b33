package search

import (
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// The limits of a query.
const (
	MaxQuery   = 8 << 10 // bytes
	MaxClauses = 512     // terms
	maxDepth   = 64      // parentheses and NOTs
)

// Parse reads a query. The empty query selects every post. A mistake is a
// *SyntaxError.
//
// Terms stand side by side or are joined by AND, OR and NOT (capitals; - before
// a term is NOT) and parentheses; NOT binds tighter than AND, AND tighter than
// OR. A term is a word, a "phrase", or field:value, where value may be quoted, a
// comparison (<5 <=5 >5 >=5), a range (a..b, a.., ..b, both ends included), or
// a group, as in platform:(x OR reddit). * and ? are wildcards in words, phrases
// and values. A time stands for its whole year, month, day or minute.
func Parse(q string) (*Query, error) {
	if len(q) > MaxQuery {
		return nil, &SyntaxError{Pos: MaxQuery, Len: len(q) - MaxQuery, Code: CodeTooLong, Params: map[string]string{"max": strconv.Itoa(MaxQuery)}}
	}
	p := &parser{q: q}
	p.space()
	if p.done() {
		return &Query{root: allNode{}}, nil
	}
	root, err := p.or(nil)
	if err != nil {
		return nil, err
	}
	if !p.done() {
		return nil, p.fail(p.at, 1, CodeStrayParen)
	}
	return &Query{root: root, clauses: p.clauses}, nil
}

// parser reads a query from left to right. Its methods leave it on the first
// byte that is not blank.
type parser struct {
	q       string
	at      int
	depth   int
	clauses int
}

func (p *parser) done() bool { return p.at >= len(p.q) }

func (p *parser) fail(pos, n int, code string, params ...string) *SyntaxError {
	e := &SyntaxError{Pos: pos, Len: n, Code: code}
	for i := 0; i+1 < len(params); i += 2 {
		if e.Params == nil {
			e.Params = make(map[string]string)
		}
		e.Params[params[i]] = params[i+1]
	}
	return e
}

func (p *parser) space() {
	for !p.done() {
		r, n := utf8.DecodeRuneInString(p.q[p.at:])
		if !unicode.IsSpace(r) {
			return
		}
		p.at += n
	}
}

// keyword reports whether the keyword stands here as a word of its own, and
// goes behind it.
func (p *parser) keyword(word string) bool {
	rest, ok := strings.CutPrefix(p.q[p.at:], word)
	if !ok {
		return false
	}
	if rest != "" {
		r, _ := utf8.DecodeRuneInString(rest)
		if !unicode.IsSpace(r) && r != '(' && r != ')' && !isQuote(r) {
			return false
		}
	}
	p.at += len(word)
	p.space()
	return true
}

// or reads terms joined by OR; in is the field whose group this is, if any.
func (p *parser) or(in *field) (node, error) {
	first, err := p.and(in)
	if err != nil {
		return nil, err
	}
	kids := []node{first}
	for {
		start := p.at
		if !p.keyword("OR") {
			break
		}
		if p.ended() {
			return nil, p.fail(start, 2, CodeMissingOperand, "operator", "OR")
		}
		next, err := p.and(in)
		if err != nil {
			return nil, err
		}
		kids = append(kids, next)
	}
	if len(kids) == 1 {
		return first, nil
	}
	return orNode{flatten(kids, func(n node) []node { o, _ := n.(orNode); return o.kids })}, nil
}

// flatten puts the kids of kids of the same kind in their place.
func flatten(kids []node, same func(node) []node) []node {
	var out []node
	for _, k := range kids {
		if inner := same(k); inner != nil {
			out = append(out, inner...)
		} else {
			out = append(out, k)
		}
	}
	return out
}

// ended reports whether no term can follow: the end, or a closing parenthesis.
func (p *parser) ended() bool { return p.done() || p.q[p.at] == ')' }

// atOperator gives the binary operator that stands here, without moving.
func (p *parser) atOperator() string {
	at := p.at
	defer func() { p.at = at }()
	for _, op := range [...]string{"AND", "OR"} {
		if p.keyword(op) {
			return op
		}
	}
	return ""
}

// and reads terms side by side or joined by AND.
func (p *parser) and(in *field) (node, error) {
	var kids []node
	for {
		if op := p.atOperator(); op != "" {
			return nil, p.fail(p.at, len(op), CodeMissingOperand, "operator", op)
		}
		kid, err := p.not(in)
		if err != nil {
			return nil, err
		}
		kids = append(kids, kid)
		start := p.at
		if p.keyword("AND") {
			if p.ended() {
				return nil, p.fail(start, 3, CodeMissingOperand, "operator", "AND")
			}
			continue
		}
		if p.ended() || p.atOperator() == "OR" {
			break
		}
	}
	if len(kids) == 1 {
		return kids[0], nil
	}
	return andNode{flatten(kids, func(n node) []node { a, _ := n.(andNode); return a.kids })}, nil
}

// not reads a term with any NOTs before it.
func (p *parser) not(in *field) (node, error) {
	start := p.at
	name := ""
	switch {
	case p.keyword("NOT"):
		name = "NOT"
	case p.q[p.at] == '-' && p.at+1 < len(p.q) && !blank(p.q[p.at+1:]):
		p.at++
		name = "-"
	default:
		return p.term(in)
	}
	if p.ended() || p.atOperator() != "" {
		return nil, p.fail(start, len(name), CodeMissingOperand, "operator", name)
	}
	if err := p.deeper(start); err != nil {
		return nil, err
	}
	kid, err := p.not(in)
	p.depth--
	if err != nil {
		return nil, err
	}
	if inner, ok := kid.(notNode); ok {
		return inner.kid, nil
	}
	return notNode{kid}, nil
}

// blank reports whether s begins with a blank.
func blank(s string) bool {
	r, _ := utf8.DecodeRuneInString(s)
	return unicode.IsSpace(r)
}

func (p *parser) deeper(start int) error {
	p.depth++
	if p.depth > maxDepth {
		return p.fail(start, 1, CodeTooDeep, "max", strconv.Itoa(maxDepth))
	}
	return nil
}

// term reads a group, a phrase, a word or field:value.
func (p *parser) term(in *field) (node, error) {
	if p.q[p.at] == '(' {
		return p.group(in)
	}
	if p.q[p.at] == ')' {
		return nil, p.fail(p.at, 1, CodeStrayParen)
	}
	if p.clauses++; p.clauses > MaxClauses {
		return nil, p.fail(p.at, len(p.q)-p.at, CodeTooMany, "max", strconv.Itoa(MaxClauses))
	}
	start := p.at
	if in != nil {
		v, err := p.value(in.name)
		if err != nil {
			return nil, err
		}
		return p.build(in, v, start)
	}
	if name, ok := p.fieldName(); ok {
		return p.fieldTerm(name)
	}
	v, err := p.value("text")
	if err != nil {
		return nil, err
	}
	return p.text(v, start, false)
}

func (p *parser) group(in *field) (node, error) {
	start := p.at
	if err := p.deeper(start); err != nil {
		return nil, err
	}
	p.at++
	p.space()
	if p.done() {
		return nil, p.fail(start, 1, CodeUnclosedParen)
	}
	if p.q[p.at] == ')' {
		return nil, p.fail(start, p.at+1-start, CodeEmptyGroup)
	}
	n, err := p.or(in)
	if err != nil {
		return nil, err
	}
	if p.done() {
		return nil, p.fail(start, 1, CodeUnclosedParen)
	}
	p.at++
	p.space()
	p.depth--
	return n, nil
}

// fieldName gives the name before a colon here, if this is field:value. A web
// address is not.
func (p *parser) fieldName() (string, bool) {
	rest := p.q[p.at:]
	n := 0
	for n < len(rest) && (rest[n] == '_' || 'a' <= rest[n]|0x20 && rest[n]|0x20 <= 'z') {
		n++
	}
	if n == 0 || n == len(rest) || rest[n] != ':' || strings.HasPrefix(rest[n:], "://") {
		return "", false
	}
	return rest[:n], true
}

func (p *parser) fieldTerm(name string) (node, error) {
	start := p.at
	f := fieldNamed(name)
	if f == nil {
		return nil, p.unknownField(name)
	}
	p.at += len(name) + 1
	if p.done() || blank(p.q[p.at:]) || p.q[p.at] == ')' {
		return nil, p.fail(start, len(name)+1, CodeMissingValue, "field", f.name)
	}
	if p.q[p.at] == '(' {
		return p.group(f)
	}
	v, err := p.value(f.name)
	if err != nil {
		return nil, err
	}
	return p.build(f, v, start)
}

// unknownField suggests a field, or to search for the words as they stand.
func (p *parser) unknownField(name string) error {
	start := p.at
	e := p.fail(start, len(name), CodeUnknownField, "field", name)
	e.Suggestion = synonyms[strings.ToLower(name)]
	if e.Suggestion == "" {
		e.Suggestion = nearest(name, Fields())
	}
	if e.Suggestion == "" {
		p.at += len(name) + 1
		rest := ""
		e.Len = p.at - start
		if !p.done() && !blank(p.q[p.at:]) && p.q[p.at] != '(' && p.q[p.at] != ')' {
			if v, err := p.value(name); err == nil {
				rest = v.text
				e.Len = v.end - start
			}
		}
		e.Suggestion = quote(strings.TrimSpace(name + ":" + rest))
	}
	return e
}

// value is a word or quoted text as it stands in the query.
type value struct {
	text   string
	quoted bool
	end    int // behind it, before blanks
}

func isQuote(r rune) bool { return r == '"' || r == '“' || r == '”' || r == '„' }

// value reads a word or quoted text.
func (p *parser) value(name string) (value, error) {
	r, n := utf8.DecodeRuneInString(p.q[p.at:])
	if isQuote(r) {
		return p.quoted(n)
	}
	start := p.at
	for !p.done() {
		r, n := utf8.DecodeRuneInString(p.q[p.at:])
		if unicode.IsSpace(r) || r == '(' || r == ')' || isQuote(r) {
			break
		}
		p.at += n
	}
	if p.at == start {
		return value{}, p.fail(start, 1, CodeMissingValue, "field", name)
	}
	v := value{text: p.q[start:p.at], end: p.at}
	p.space()
	return v, nil
}

// quoted reads quoted text; open is the length of the opening quotation mark. A
// backslash before a quotation mark or a backslash makes it an ordinary one.
func (p *parser) quoted(open int) (value, error) {
	start := p.at
	p.at += open
	var b strings.Builder
	for !p.done() {
		r, n := utf8.DecodeRuneInString(p.q[p.at:])
		if r == '\\' && p.at+1 < len(p.q) {
			if next, m := utf8.DecodeRuneInString(p.q[p.at+1:]); next == '\\' || isQuote(next) {
				b.WriteString(p.q[p.at+1 : p.at+1+m])
				p.at += 1 + m
				continue
			}
		}
		if isQuote(r) {
			p.at += n
			v := value{text: b.String(), quoted: true, end: p.at}
			p.space()
			return v, nil
		}
		b.WriteString(p.q[p.at : p.at+n])
		p.at += n
	}
	return value{}, p.fail(start, open, CodeUnclosedQuote)
}

// quote writes s as quoted text.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for _, r := range s {
		if r == '\\' || isQuote(r) {
			b.WriteByte('\\')
		}
		b.WriteRune(r)
	}
	b.WriteByte('"')
	return b.String()
}
