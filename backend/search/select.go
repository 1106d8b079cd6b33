package search

import (
	"context"
	"errors"
	"fmt"
	"math"
	"slices"
	"strconv"
	"time"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
)

// maxSubjects bounds how deep subjects may refer to subjects.
const maxSubjects = 8

// Env is what a query's meaning depends on besides the posts.
type Env struct {
	// Zone is where times without an offset are; nil is UTC.
	Zone *time.Location
	// Subject gives the query of a watched subject by name; nil: there is none
	// of that name.
	Subject func(name string) (*Query, error)
	// Post gives the ordinal of the post of a UID, if there is one; nil: there
	// is none. The first post of a conversation need not name it.
	Post func(uid string) (ordinal uint32, ok bool)
}

// Result is what a query selects.
type Result struct {
	// Bitmap is the ordinals of the visible posts that are known to match.
	Bitmap *roaring.Bitmap
	// Watermark is the highest post id whose words were searched, Posts how many
	// posts there are: when the query asks for words, Posts − Watermark of them
	// are not indexed yet and match only where their other fields suffice.
	Watermark int64
	Posts     int64
	// Words reports whether the query asks for words, in subjects too.
	Words bool

	ix    *Index
	view  *columns.View
	texts []*textNode
}

// Pending is how many posts could match once they are indexed.
func (r Result) Pending() int64 {
	if !r.Words {
		return 0
	}
	return r.Posts - r.Watermark
}

// Select evaluates the query over the view. ix may be nil, or behind the view:
// a post whose words are not indexed is never said to contain a word, and never
// said not to. Errors: *SyntaxError (a wildcard that stands for too many words,
// an unknown subject), ErrRebuild, or that of ctx.
func (q *Query) Select(ctx context.Context, ix *Index, v *columns.View, env Env) (Result, error) {
	if env.Zone == nil {
		env.Zone = time.UTC
	}
	res := Result{Posts: int64(v.Len()), Watermark: int64(v.Len()), ix: ix, view: v}
	e := &evaluator{ctx: ctx, view: v, env: env}
	run := func(s *snapshot) error {
		e.snap = s
		e.known = uint32(min(int64(v.Len()), s.watermark))
		b, err := e.eval(q.root, false, nil)
		if err != nil {
			return err
		}
		res.Bitmap = roaring.And(b, v.Visible())
		return nil
	}
	var err error
	if ix == nil {
		err = run(new(snapshot))
	} else {
		err = ix.read(run)
	}
	if err != nil {
		var syntax *SyntaxError
		if errors.As(err, &syntax) {
			return Result{}, syntax
		}
		return Result{}, fmt.Errorf("select posts: %w", err)
	}
	res.texts, res.Words = e.texts, e.words
	if res.Words {
		res.Watermark = int64(e.known)
	}
	return res, nil
}

// evaluator turns a tree into a bitmap. Bitmaps are never changed once made.
type evaluator struct {
	ctx   context.Context // of the one Select that this lives for
	view  *columns.View
	snap  *snapshot
	env   Env
	known uint32 // ordinals below are indexed
	depth int
	texts []*textNode // leaves that count for relevance
	words bool
}

// eval gives the posts that certainly match, or, under an odd number of NOTs,
// those that may match: the two differ in the posts that are not indexed yet.
// within, when set, is where the answer matters.
func (e *evaluator) eval(n node, may bool, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	if err := e.ctx.Err(); err != nil {
		return nil, fmt.Errorf("evaluate query: %w", err)
	}
	switch n := n.(type) {
	case allNode:
		return e.universe(), nil
	case andNode:
		return e.and(n, may, within)
	case orNode:
		parts := make([]*roaring.Bitmap, len(n.kids))
		for i, k := range n.kids {
			b, err := e.eval(k, may, within)
			if err != nil {
				return nil, err
			}
			parts[i] = b
		}
		return roaring.FastOr(parts...), nil
	case notNode:
		b, err := e.eval(n.kid, !may, nil)
		if err != nil {
			return nil, err
		}
		return roaring.AndNot(e.universe(), b), nil
	case *textNode:
		return e.text(n, may, within)
	case subjectNode:
		return e.subject(n, may, within)
	case threadNode:
		return e.thread(n), nil
	default:
		return e.field(n)
	}
}

func (e *evaluator) universe() *roaring.Bitmap {
	b := roaring.New()
	b.AddRange(0, uint64(e.view.Len()))
	return b
}

// cost orders the kids of an AND: what narrows cheaply goes first.
func cost(n node) int {
	switch n := n.(type) {
	case *textNode:
		if len(n.parts) > 1 {
			return 3
		}
		return 1
	case orNode, andNode, subjectNode:
		return 2
	case notNode:
		return 4
	default:
		return 0
	}
}

func (e *evaluator) and(n andNode, may bool, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	kids := slices.Clone(n.kids)
	slices.SortStableFunc(kids, func(a, b node) int { return cost(a) - cost(b) })
	acc := within
	for i, k := range kids {
		if not, ok := k.(notNode); ok {
			b, err := e.eval(not.kid, !may, nil)
			if err != nil {
				return nil, err
			}
			if acc == nil {
				acc = e.universe()
			}
			acc = roaring.AndNot(acc, b)
			continue
		}
		b, err := e.eval(k, may, acc)
		if err != nil {
			return nil, err
		}
		if i == 0 && acc == nil {
			acc = b
		} else {
			acc = roaring.And(acc, b)
		}
	}
	return acc, nil
}

func (e *evaluator) text(n *textNode, may bool, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	e.words = true
	if !may {
		e.texts = append(e.texts, n)
	}
	b, err := e.snap.match(e.ctx, n, int(e.known), within)
	if err != nil {
		return nil, err
	}
	if may && int(e.known) < e.view.Len() {
		b = b.Clone()
		b.AddRange(uint64(e.known), uint64(e.view.Len()))
	}
	return b, nil
}

func (e *evaluator) subject(n subjectNode, may bool, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	unknown := &SyntaxError{Pos: n.pos, Len: n.len, Code: CodeUnknownSubject, Params: map[string]string{"name": n.name}}
	if e.env.Subject == nil {
		return nil, unknown
	}
	q, err := e.env.Subject(n.name)
	if err != nil {
		return nil, fmt.Errorf("subject %q: %w", n.name, err)
	}
	if q == nil {
		return nil, unknown
	}
	if e.depth++; e.depth > maxSubjects {
		return nil, &SyntaxError{Pos: n.pos, Len: n.len, Code: CodeTooDeep, Params: map[string]string{"max": strconv.Itoa(maxSubjects)}}
	}
	b, err := e.eval(q.root, may, within)
	e.depth--
	var syntax *SyntaxError
	if errors.As(err, &syntax) {
		// The mistake is in the subject's query; here it is this term's.
		return nil, &SyntaxError{Pos: n.pos, Len: n.len, Code: syntax.Code, Params: syntax.Params}
	}
	return b, err
}

// thread gives a conversation with the post that it began with.
func (e *evaluator) thread(n threadNode) *roaring.Bitmap {
	b := e.view.MaybeThread(n.root)
	if e.env.Post != nil {
		if ordinal, ok := e.env.Post(n.root); ok {
			b.Add(ordinal)
		}
	}
	return b
}

// field evaluates a leaf that the columns answer.
func (e *evaluator) field(n node) (*roaring.Bitmap, error) {
	switch n := n.(type) {
	case facetNode:
		f, ok := e.view.Facet(n.facet)
		if !ok {
			return nil, fmt.Errorf("evaluate query: no facet %s", n.facet)
		}
		return f.Bitmap(f.Match(n.pattern)...), nil
	case ordinalNode:
		f, ok := e.view.Facet(n.facet)
		if !ok {
			return nil, fmt.Errorf("evaluate query: no facet %s", n.facet)
		}
		var codes []uint32
		for c := range uint32(f.Cardinality()) {
			if x, err := strconv.ParseInt(f.Value(c), 10, 64); err == nil && x >= n.lo && x <= n.hi {
				codes = append(codes, c)
			}
		}
		return f.Bitmap(codes...), nil
	case numberNode:
		return e.view.NumberRange(n.metric, n.lo, n.hi), nil
	case scoreNode:
		return e.view.SentimentRange(n.lo, n.hi, n.openLo, n.openHi), nil
	case timeNode:
		from, to := int64(math.MinInt64), int64(math.MaxInt64)
		if n.from.civil.unit != unitNone {
			from = n.from.in(e.env.Zone)
		}
		if n.to.civil.unit != unitNone {
			to = n.to.in(e.env.Zone)
		}
		return e.view.TimeRange(from, to), nil
	}
	return nil, fmt.Errorf("evaluate query: %T is not a field", n)
}
