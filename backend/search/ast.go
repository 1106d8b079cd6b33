package search

import (
	"strings"
	"time"

	"vedette/backend/columns"
)

// node is a part of a query's tree.
type node interface {
	// write appends the canonical text; inside says what it stands in.
	write(b *strings.Builder, inside binding)
}

// binding is how tightly what surrounds a node binds.
type binding int

const (
	insideNothing binding = iota
	insideOr
	insideAnd
	insideNot
)

// leaf is what all leaves know: where they are in the query and their canonical text.
type leaf struct {
	pos, len int
	text     string
}

func (l leaf) write(b *strings.Builder, _ binding) { b.WriteString(l.text) }

type (
	allNode struct{}
	andNode struct{ kids []node }
	orNode  struct{ kids []node }
	notNode struct{ kid node }

	// textNode is words one after the other: a word or a phrase.
	textNode struct {
		leaf
		parts []part
	}
	// facetNode is values of a facet that fit a pattern.
	facetNode struct {
		leaf
		facet, pattern string
	}
	// ordinalNode is values of a facet of whole numbers within [lo, hi].
	ordinalNode struct {
		leaf
		facet  string
		lo, hi int64
	}
	// numberNode is a metric within [lo, hi].
	numberNode struct {
		leaf
		metric columns.Metric
		lo, hi int64
	}
	// scoreNode is a sentiment between lo and hi.
	scoreNode struct {
		leaf
		lo, hi         float64
		openLo, openHi bool
	}
	// timeNode is from ≤ time < to.
	timeNode struct {
		leaf
		from, to edge
	}
	// subjectNode is the posts of a watched subject.
	subjectNode struct {
		leaf
		name string
	}
	// threadNode is the conversation that began with the post of a UID.
	threadNode struct {
		leaf
		root string
	}
)

// part is one word of a text leaf: a term, or a pattern over terms.
type part struct {
	term string
	wild bool
}

// edge is one end of a time range: open when unit is unitNone, else the
// beginning of a civil unit of time, or its end.
type edge struct {
	civil civil
	end   bool
}

// in gives the edge's Unix second in a zone; open edges are not asked.
func (e edge) in(zone *time.Location) int64 {
	if e.end {
		return e.civil.after(zone)
	}
	return e.civil.begin(zone)
}

func (allNode) write(*strings.Builder, binding) {}

func (n andNode) write(b *strings.Builder, inside binding) {
	writeList(b, n.kids, " ", insideAnd, inside > insideAnd)
}

func (n orNode) write(b *strings.Builder, inside binding) {
	writeList(b, n.kids, " OR ", insideOr, inside > insideOr)
}

func writeList(b *strings.Builder, kids []node, sep string, as binding, parens bool) {
	if parens {
		b.WriteByte('(')
	}
	for i, k := range kids {
		if i > 0 {
			b.WriteString(sep)
		}
		k.write(b, as)
	}
	if parens {
		b.WriteByte(')')
	}
}

func (n notNode) write(b *strings.Builder, _ binding) {
	b.WriteString("NOT ")
	n.kid.write(b, insideNot)
}

// Query is a parsed query. It is immutable and safe for concurrent use.
type Query struct {
	root    node
	clauses int
}

// String gives the canonical text: parsing it gives the same query again.
func (q *Query) String() string {
	var b strings.Builder
	q.root.write(&b, insideNothing)
	return b.String()
}

// IsAll reports whether the query is empty and so selects every post.
func (q *Query) IsAll() bool {
	_, all := q.root.(allNode)
	return all
}

// HasText reports whether the query asks for words, so that posts can be ranked
// by relevance and the index is needed. Words inside subjects do not count.
func (q *Query) HasText() bool { return len(textLeaves(q.root, nil)) > 0 }

// textLeaves appends the text leaves that are not under NOT.
func textLeaves(n node, out []*textNode) []*textNode {
	switch n := n.(type) {
	case *textNode:
		return append(out, n)
	case andNode:
		for _, k := range n.kids {
			out = textLeaves(k, out)
		}
	case orNode:
		for _, k := range n.kids {
			out = textLeaves(k, out)
		}
	}
	return out
}
