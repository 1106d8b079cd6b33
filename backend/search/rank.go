package search

import (
	"context"
	"fmt"
	"math"

	"github.com/RoaringBitmap/roaring/v2"

	"vedette/backend/columns"
)

// BM25 with the usual constants (Robertson and Zaragoza, The Probabilistic
// Relevance Framework: BM25 and Beyond, 2009, section 3.4), as Bleve has them.
const (
	bm25k = 1.2
	bm25b = 0.75
)

// Relevance gives limit posts of sel, from position offset on, by how well
// their words fit the query, best first; of equals the newer id first. sel is
// the result's Bitmap or a part of it. A query without words has no relevance:
// then it is by time, newest first.
func (r Result) Relevance(ctx context.Context, sel *roaring.Bitmap, offset, limit int) ([]uint32, error) {
	size := int(sel.GetCardinality())
	if offset < 0 || limit <= 0 || offset >= size {
		return nil, nil
	}
	limit = min(limit, size-offset)
	if len(r.texts) == 0 || r.ix == nil {
		return r.view.Page(sel, columns.Sort{By: columns.SortTime, Desc: true}, offset, limit), nil
	}
	scores := make([]float32, r.view.Len())
	chosen := setOf(sel, r.view.Len())
	err := r.ix.read(func(s *snapshot) error {
		for _, t := range r.texts {
			if err := s.score(ctx, t, chosen, scores); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return nil, fmt.Errorf("rank posts: %w", err)
	}
	// Scores are not negative, so that their bits order as they do.
	keys := make([]uint64, 0, size)
	it := sel.ManyIterator()
	buf := make([]uint32, 4096)
	for n := it.NextMany(buf); n > 0; n = it.NextMany(buf) {
		for _, o := range buf[:n] {
			keys = append(keys, ^(uint64(math.Float32bits(scores[o]))<<32 | uint64(o)))
		}
	}
	out := make([]uint32, 0, limit)
	for _, k := range columns.Smallest(keys, offset, offset+limit) {
		out = append(out, uint32(^k))
	}
	return out, nil
}

// score adds a text leaf's BM25 to the scores of the chosen posts. A wildcard
// counts the same for every word that it stands for: as one that half of the
// posts have.
func (s *snapshot) score(ctx context.Context, t *textNode, chosen *ordinalSet, scores []float32) error {
	if len(t.parts) == 1 && t.parts[0].wild {
		hits, err := s.match(ctx, t, len(scores), nil)
		if err != nil {
			return err
		}
		hits.Iterate(func(o uint32) bool {
			scores[o] += float32(math.Ln2)
			return true
		})
		return nil
	}
	average := max(1, float64(s.tokens)/max(1, float64(s.docs)))
	for _, p := range t.parts {
		if p.wild {
			continue
		}
		var have uint64
		for i := range s.segments {
			n, err := s.segments[i].frequency(p.term)
			if err != nil {
				return err
			}
			have += n
		}
		if have == 0 {
			continue
		}
		idf := math.Log(1 + (float64(s.docs)-float64(have)+0.5)/(float64(have)+0.5))
		for i := range s.segments {
			if err := s.segments[i].score(ctx, p.term, idf, average, chosen, scores); err != nil {
				return err
			}
		}
	}
	return nil
}

// frequency is how many documents have a term.
func (s *segmentView) frequency(term string) (uint64, error) {
	dict, err := s.Dictionary(textField)
	if err != nil {
		return 0, broken("read words", err)
	}
	l, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return 0, broken("read postings", err)
	}
	return l.Count(), nil
}

func (s *segmentView) score(ctx context.Context, term string, idf, average float64, chosen *ordinalSet, scores []float32) error {
	dict, err := s.Dictionary(textField)
	if err != nil {
		return broken("read words", err)
	}
	l, err := dict.PostingsList([]byte(term), nil, nil)
	if err != nil {
		return broken("read postings", err)
	}
	it := l.Iterator(true, true, false, nil)
	for n := 1; ; n++ {
		p, err := it.Next()
		if err != nil {
			return broken("read postings", err)
		}
		if p == nil {
			return nil
		}
		if n%lookEvery == 0 && ctx.Err() != nil {
			return fmt.Errorf("score words: %w", ctx.Err())
		}
		o := s.ords[p.Number()]
		if !chosen.has(o) {
			continue
		}
		tf, norm := float64(p.Frequency()), p.Norm()
		length := average
		if norm > 0 {
			length = 1 / (norm * norm)
		}
		scores[o] += float32(idf * tf * (bm25k + 1) / (tf + bm25k*(1-bm25b+bm25b*length/average)))
	}
}
