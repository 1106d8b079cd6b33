package search

import (
	"context"
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/RoaringBitmap/roaring/v2"
	segment "github.com/blevesearch/scorch_segment_api/v2"
)

// The limits of wildcards: how many different words of the index one may stand
// for, alone and inside a phrase.
const (
	maxExpansion       = 20000
	maxPhraseExpansion = 2000
	// lookEvery is how often long loops look whether they have been cancelled.
	lookEvery = 2048
)

// ordinalSet collects ordinals below a limit.
type ordinalSet struct {
	bits  []uint64
	limit uint32
}

func newOrdinalSet(n int) *ordinalSet {
	return &ordinalSet{bits: make([]uint64, (n+63)/64), limit: uint32(n)}
}

func (s *ordinalSet) add(o uint32) {
	if o < s.limit {
		s.bits[o/64] |= 1 << (o % 64)
	}
}

func (s *ordinalSet) has(o uint32) bool { return o < s.limit && s.bits[o/64]&(1<<(o%64)) != 0 }

func (s *ordinalSet) bitmap() *roaring.Bitmap { return roaring.FromDense(s.bits, false) }

// setOf gives the ordinals of a bitmap that are below n.
func setOf(b *roaring.Bitmap, n int) *ordinalSet {
	s := newOrdinalSet(n)
	it := b.ManyIterator()
	buf := make([]uint32, 4096)
	for k := it.NextMany(buf); k > 0; k = it.NextMany(buf) {
		for _, o := range buf[:k] {
			s.add(o)
		}
	}
	return s
}

// match gives the ordinals below n of the posts with a text leaf's words. When
// within is set, posts outside of it are of no interest and may be left out.
func (s *snapshot) match(ctx context.Context, t *textNode, n int, within *roaring.Bitmap) (*roaring.Bitmap, error) {
	out := newOrdinalSet(n)
	var wanted *ordinalSet
	if within != nil && len(t.parts) > 1 {
		wanted = setOf(within, n)
	}
	for i := range s.segments {
		if err := ctx.Err(); err != nil {
			return nil, fmt.Errorf("search words: %w", err)
		}
		if err := s.segments[i].match(ctx, t, out, wanted); err != nil {
			return nil, err
		}
	}
	return out.bitmap(), nil
}

func (s *segmentView) match(ctx context.Context, t *textNode, out, wanted *ordinalSet) error {
	dict, err := s.Dictionary(textField)
	if err != nil {
		return broken("read words", err)
	}
	lists := make([][]segment.PostingsList, len(t.parts))
	limit := maxExpansion
	if len(t.parts) > 1 {
		limit = maxPhraseExpansion
	}
	for i, p := range t.parts {
		if lists[i], err = s.postings(ctx, dict, p, limit); err != nil {
			return located(err, t.leaf, p)
		}
		if len(lists[i]) == 0 {
			return nil
		}
	}
	if len(t.parts) == 1 {
		for _, l := range lists[0] {
			if err := s.collect(docs(l), out); err != nil {
				return err
			}
		}
		return nil
	}
	return s.phrase(ctx, lists, out, wanted)
}

// broken wraps an error of Bleve's.
func broken(doing string, err error) error { return fmt.Errorf("%s: %w: %w", doing, ErrRebuild, err) }

// errTooManyWords is what postings gives; located turns it into a SyntaxError.
type errTooManyWords struct{ limit int }

func (e errTooManyWords) Error() string { return "more than " + strconv.Itoa(e.limit) + " words" }

func located(err error, l leaf, p part) error {
	var e errTooManyWords
	if errors.As(err, &e) {
		return &SyntaxError{Pos: l.pos, Len: l.len, Code: CodeTooManyWords, Params: map[string]string{"value": p.term, "max": strconv.Itoa(e.limit)}}
	}
	return err
}

// postings gives the lists of posts for every word that fits a part.
func (s *segmentView) postings(ctx context.Context, dict segment.TermDictionary, p part, limit int) ([]segment.PostingsList, error) {
	var lists []segment.PostingsList
	add := func(term string) error {
		l, err := dict.PostingsList([]byte(term), nil, nil)
		if err != nil {
			return broken("read postings", err)
		}
		if l.Count() > 0 {
			lists = append(lists, l)
		}
		return nil
	}
	if !p.wild {
		err := add(p.term)
		return lists, err
	}
	prefix := p.term[:strings.IndexAny(p.term, "*?")]
	var from, to []byte
	if prefix != "" {
		from, to = []byte(prefix), after(prefix)
	}
	it := wordsFrom(dict, from, to)
	for n := 1; ; n++ {
		e, err := it.Next()
		if err != nil {
			return nil, broken("read words", err)
		}
		if e == nil {
			return lists, nil
		}
		if n%lookEvery == 0 && ctx.Err() != nil {
			return nil, fmt.Errorf("search words: %w", ctx.Err())
		}
		if !p.fits(e.Term) {
			continue
		}
		if len(lists) == limit {
			return nil, errTooManyWords{limit}
		}
		if err := add(e.Term); err != nil {
			return nil, err
		}
	}
}

// wordsFrom lists the words of a segment within [from, to), without reading how
// many posts have each, where the segment can do without.
func wordsFrom(dict segment.TermDictionary, from, to []byte) segment.DictionaryIterator {
	if d, ok := dict.(interface {
		AutomatonIteratorOmitCount(a segment.Automaton, from, to []byte) segment.DictionaryIterator
	}); ok {
		return d.AutomatonIteratorOmitCount(nil, from, to)
	}
	return dict.AutomatonIterator(nil, from, to)
}

// after is the first key behind all that begin with prefix; nil when there is none.
func after(prefix string) []byte {
	b := []byte(prefix)
	for i := len(b) - 1; i >= 0; i-- {
		if b[i] < 0xff {
			b[i]++
			return b[:i+1]
		}
	}
	return nil
}

// fits reports whether a part stands for the term; it goes back to the last
// star only.
func (p part) fits(term string) bool {
	if !p.wild {
		return p.term == term
	}
	i, pi, star, mark := 0, 0, -1, 0
	for i < len(term) {
		_, n := utf8.DecodeRuneInString(term[i:])
		switch {
		case pi < len(p.term) && p.term[pi] == '*':
			star, mark = pi, i
			pi++
		case pi < len(p.term) && p.term[pi] == '?':
			pi++
			i += n
		case pi < len(p.term) && p.term[pi] == term[i]:
			pi++
			i++
		case star < 0:
			return false
		default:
			_, n = utf8.DecodeRuneInString(term[mark:])
			mark += n
			i, pi = mark, star+1
		}
	}
	return strings.Trim(p.term[pi:], "*") == ""
}

// docs gives the document numbers of a list.
func docs(l segment.PostingsList) *roaring.Bitmap {
	it, ok := l.Iterator(false, false, false, nil).(segment.OptimizablePostingsIterator)
	if !ok {
		return roaring.New()
	}
	if b := it.ActualBitmap(); b != nil {
		return b
	}
	b := roaring.New()
	if doc, ok := it.DocNum1Hit(); ok {
		b.Add(uint32(doc))
	}
	return b
}

// collect adds the posts of document numbers.
func (s *segmentView) collect(nums *roaring.Bitmap, out *ordinalSet) error {
	it := nums.ManyIterator()
	buf := make([]uint32, 4096)
	for n := it.NextMany(buf); n > 0; n = it.NextMany(buf) {
		for _, d := range buf[:n] {
			if int(d) >= len(s.ords) {
				return fmt.Errorf("read postings: %w: document %d of %d", ErrRebuild, d, len(s.ords))
			}
			out.add(s.ords[d])
		}
	}
	return nil
}

// phrase finds the documents that have every part, and of these the ones where
// the parts stand one after the other.
func (s *segmentView) phrase(ctx context.Context, lists [][]segment.PostingsList, out, wanted *ordinalSet) error {
	var both *roaring.Bitmap
	for _, ls := range lists {
		sets := make([]*roaring.Bitmap, len(ls))
		for i, l := range ls {
			sets[i] = docs(l)
		}
		any := sets[0]
		if len(sets) > 1 {
			any = roaring.FastOr(sets...)
		}
		if both == nil {
			both = any
		} else {
			both = roaring.And(both, any)
		}
	}
	places := make([]placeReader, len(lists))
	for i, ls := range lists {
		places[i] = newPlaceReader(ls)
	}
	var now, next []uint64
	for it, n := both.Iterator(), 1; it.HasNext(); n++ {
		if n%lookEvery == 0 && ctx.Err() != nil {
			return fmt.Errorf("search words: %w", ctx.Err())
		}
		doc := it.Next()
		if int(doc) >= len(s.ords) {
			return fmt.Errorf("read postings: %w: document %d of %d", ErrRebuild, doc, len(s.ords))
		}
		if wanted != nil && !wanted.has(s.ords[doc]) {
			continue
		}
		for i := range places {
			var err error
			if next, err = places[i].at(doc, next[:0]); err != nil {
				return err
			}
			if i > 0 {
				next = follow(now, next)
			}
			now, next = next, now
			if len(now) == 0 {
				break
			}
		}
		if len(now) > 0 {
			out.add(s.ords[doc])
		}
	}
	return nil
}

// follow keeps the places in next that come right behind one in now; both ascend.
func follow(now, next []uint64) []uint64 {
	kept, i := next[:0], 0
	for _, p := range next {
		for i < len(now) && now[i]+1 < p {
			i++
		}
		if i < len(now) && now[i]+1 == p {
			kept = append(kept, p)
		}
	}
	return kept
}

// placeReader gives the places of a part's words in ascending documents.
type placeReader struct {
	its  []segment.PostingsIterator
	last []segment.Posting
	done []bool
}

func newPlaceReader(lists []segment.PostingsList) placeReader {
	r := placeReader{
		its:  make([]segment.PostingsIterator, len(lists)),
		last: make([]segment.Posting, len(lists)),
		done: make([]bool, len(lists)),
	}
	for i, l := range lists {
		r.its[i] = l.Iterator(true, true, true, nil)
	}
	return r
}

// at appends the ascending places of the part's words in a document.
func (r *placeReader) at(doc uint32, out []uint64) ([]uint64, error) {
	for i, it := range r.its {
		for !r.done[i] && (r.last[i] == nil || r.last[i].Number() < uint64(doc)) {
			p, err := it.Advance(uint64(doc))
			if err != nil {
				return out, broken("read places", err)
			}
			r.last[i], r.done[i] = p, p == nil
		}
		if p := r.last[i]; p != nil && p.Number() == uint64(doc) {
			for _, l := range p.Locations() {
				out = append(out, l.Pos())
			}
		}
	}
	if len(r.its) > 1 {
		slices.Sort(out)
	}
	return out, nil
}
