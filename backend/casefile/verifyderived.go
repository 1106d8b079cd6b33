package casefile

import (
	"encoding/json"
	"fmt"
	"math"
	"runtime"
	"sync"

	"vedette/backend/model"
)

// enrichmentColumns are those of enrichmentRow.
const enrichmentColumns = 9

// derived is one post with its enrichment as stored.
type derived struct {
	id     int64
	post   model.Post
	stored []any
}

// enrichments makes every post's enrichment again and compares it with the one
// that is stored: what filters and analyses read must follow from the evidence
// too. Enrichments of another engine, and posts that have none because they were
// imported so, are noted.
func (v *verifier) enrichments() error {
	if v.opt.Understand == nil {
		return nil
	}
	var chunk []derived
	var others, none int64
	size := 0
	query := "SELECT p.id, " + postList + ", p.state IS NOT NULL, " + stateListAs("st") + ", " + seenList + ", e.post IS NOT NULL, g.version, " +
		"e.lang, e.confidence, e.second, e.polarity, e.sentiment, e.hashtags, e.mentions, e.links, e.reasons " +
		"FROM posts p JOIN sightings s ON s.id = p.first LEFT JOIN account_states st ON st.id = p.state " +
		"LEFT JOIN enrichments e ON e.post = p.id LEFT JOIN engines g ON g.id = e.engine ORDER BY p.id"
	err := queryRows(v.bg(), v.tx, 1+postColumns+1+stateColumns+seenColumns+2+enrichmentColumns, func(r *row) error {
		d := derived{id: r.num()}
		if err := r.post(&d.post); err != nil {
			r.err = nil // the pass over the items named it
			return v.stopped()
		}
		if r.num() != 0 {
			r.profile(&d.post.Author)
		} else {
			r.at += stateColumns
		}
		r.seen(&d.post)
		there, version := r.num() != 0, r.text()
		switch {
		case r.err != nil:
			r.err = nil
		case !there:
			none++
		case version != v.opt.Engine:
			others++
		default:
			d.stored = append(d.stored, r.vals[r.at:r.at+enrichmentColumns]...)
			chunk = append(chunk, d)
			size += len(d.post.Text) + len(d.post.Title)
		}
		if len(chunk) < streamChunk && size < streamBytes {
			return v.stopped()
		}
		err := v.compareEnrichments(chunk)
		clear(chunk)
		chunk, size = chunk[:0], 0
		return err
	}, query)
	if err == nil {
		err = v.compareEnrichments(chunk)
	}
	if err != nil {
		return err
	}
	return v.enrichmentNotes(others, none)
}

// enrichmentNotes says what could not be compared, and finds rows of no post.
func (v *verifier) enrichmentNotes(others, none int64) error {
	if others > 0 {
		v.note(NoteUnderstood, "enrichments", "the enrichments of %d posts are not those of engine %s and were not made again to compare; vedette enrich replaces them", others, v.opt.Engine)
	}
	if none > 0 {
		v.note(NoteUnderstood, "enrichments", "%d posts have no enrichment", none)
	}
	var n int64
	if err := v.tx.QueryRowContext(v.ctx, "SELECT count(*) FROM enrichments WHERE post NOT IN (SELECT id FROM posts)").Scan(&n); err != nil {
		return fmt.Errorf("count enrichments: %w", err)
	}
	if n > 0 {
		v.find(FindRowUnknown, "enrichments", "table enrichments has %d rows of posts that the case has not", n)
	}
	return nil
}

func (v *verifier) compareEnrichments(chunk []derived) error {
	made := make([][]any, len(chunk))
	errs := make([]error, len(chunk))
	var wg sync.WaitGroup
	parts := runtime.GOMAXPROCS(0)
	for part := range parts {
		wg.Go(func() {
			for i := part; i < len(chunk) && v.ctx.Err() == nil; i += parts {
				e := v.opt.Understand(&chunk[i].post)
				made[i], errs[i] = enrichmentRow(&e)
			}
		})
	}
	wg.Wait()
	if err := v.stopped(); err != nil {
		return err
	}
	for i := range chunk {
		if errs[i] != nil {
			return errs[i]
		}
		for j, want := range made[i] {
			if !sameDerived(chunk[i].stored[j], want) {
				v.find(FindEnrichment, postName(chunk[i].id), "what is stored as understood of post %d is not what engine %s makes of it; "+
					"vedette enrich makes it again", chunk[i].id, v.opt.Engine)
				break
			}
		}
	}
	return nil
}

// sameDerived compares stored values. Real numbers may differ in their last
// bits: processors differ in whether they round between multiplying and adding.
func sameDerived(a, b any) bool {
	x, ok1 := a.(float64)
	y, ok2 := b.(float64)
	if ok1 || ok2 {
		return (ok1 || a == nil) && (ok2 || b == nil) && near(x, y)
	}
	s, ok1 := a.(string)
	u, ok2 := b.(string)
	if !ok1 || !ok2 {
		return a == nil && b == nil
	}
	return s == u || sameReasons(s, u)
}

func near(x, y float64) bool { return math.Abs(x-y) <= 1e-9 }

// sameReasons reports whether two lists of reasons differ in last bits only.
func sameReasons(a, b string) bool {
	var x, y []model.WordReason
	if json.Unmarshal([]byte(a), &x) != nil || json.Unmarshal([]byte(b), &y) != nil || len(x) != len(y) {
		return false // other lists, or no lists of reasons at all
	}
	for i := range x {
		same := near(x[i].Weight, y[i].Weight)
		x[i].Weight = y[i].Weight
		if !same || x[i] != y[i] {
			return false
		}
	}
	return true
}
