package casefile

import (
	"context"
	"errors"
	"fmt"

	"vedette/backend/custody"
	"vedette/backend/model"
)

// MaxAppend is how many items one Append takes.
const MaxAppend = 10_000

// Appended says what became of the items of one Append.
type Appended struct {
	IDs       []int64 // per item: the post's id, 0 for a rejection
	New       []bool  // per item: true when the post is new to the case
	Accepted  int64
	Duplicate int64
	Rejected  int64
	LogIndex  int64 // of the custody record that covers them; 0 for no items
}

// Append stores the next items of a running batch in one transaction: posts,
// account states, sightings, rejections, enrichments, and one custody record
// whose commitment is the Merkle root of the items'. Items must follow on from
// the batch's last record (Seq = Batch.Read …). Afterwards the checkpoint is
// outside the case. Faults: disk_full (nothing was stored), checkpoint_failed
// (everything was stored, but its checkpoint was not written).
func (c *Case) Append(ctx context.Context, batch int64, items []model.Item) (Appended, error) {
	if len(items) == 0 {
		return Appended{}, nil
	}
	if len(items) > MaxAppend {
		return Appended{}, fmt.Errorf("append: %d items, at most %d", len(items), MaxAppend)
	}
	var out Appended
	err := c.write(ctx, func(t *tx) error {
		g, err := c.ingest(t, batch)
		if err != nil {
			return err
		}
		a := &appending{tx: t, g: g, seq: t.nextSeq(), chunk: newChunk(g, batch, items)}
		if err := a.items(items); err != nil {
			return err
		}
		if err := a.finish(); err != nil {
			return err
		}
		out = a.out
		return nil
	})
	if err != nil {
		return out, fmt.Errorf("append to batch %d: %w", batch, err)
	}
	return out, nil
}

// chunk gathers what the custody record and the chunks row say about the items.
type chunk struct {
	custody.Items
	rows    *custody.Rows
	commits []model.Hash
	kinds   []byte
	uids    []byte
}

func newChunk(g *ingest, batch int64, items []model.Item) chunk {
	return chunk{
		Items: custody.Items{
			Batch: batch, FirstSeq: items[0].Seq, FirstItem: g.lastItem + 1, FirstPost: g.uids.len() + 1,
		},
		rows:    custody.NewRows(),
		commits: make([]model.Hash, 0, len(items)),
		kinds:   make([]byte, 0, len(items)),
		uids:    make([]byte, 0, 8*len(items)),
	}
}

// appending is one Append at work.
type appending struct {
	*tx
	g     *ingest
	seq   int64 // position that the custody record will have
	chunk chunk
	out   Appended
	key   uint64 // UID key of the post at hand
	text  []byte // scratch
}

var errItem = errors.New("an item needs exactly one of post and rejection")

func (a *appending) items(items []model.Item) error {
	a.out.IDs, a.out.New = make([]int64, len(items)), make([]bool, len(items))
	for i := range items {
		it := &items[i]
		if i%512 == 0 {
			if err := a.ctx.Err(); err != nil {
				return fmt.Errorf("append items: %w", err)
			}
		}
		if want := a.g.batch.read + int64(i); it.Seq != want {
			return fmt.Errorf("record %d of the batch where %d should follow", it.Seq, want)
		}
		if (it.Post == nil) == (it.Reject == nil) {
			return errItem
		}
		if err := a.item(i, it); err != nil {
			return fmt.Errorf("record %d: %w", it.Seq, err)
		}
	}
	return nil
}

func (a *appending) item(i int, it *model.Item) error {
	a.g.lastItem++
	place, err := a.place(&it.Locator)
	if err != nil {
		return err
	}
	kind := custody.RowReject
	switch {
	case it.Reject != nil:
		a.chunk.Rejected++
		err = a.reject(it, place)
	default:
		var post int64
		if post, err = a.find(it.Post); err == nil && post == 0 {
			kind = custody.RowNew
			a.chunk.Accepted++
			post, err = a.accept(it, place)
		} else if err == nil {
			kind = custody.RowDuplicate
			a.chunk.Duplicate++
			err = a.again(it, place, post)
		}
		a.out.IDs[i], a.out.New[i] = post, kind == custody.RowNew
	}
	if err == nil && !it.Locator.HasRange() {
		raw := it.Raw
		if raw == nil {
			raw = []byte{}
		}
		err = a.w.exec("INSERT INTO raws (item, data) VALUES (?,?)", a.g.lastItem, raw)
	}
	if err != nil {
		return err
	}
	a.chunk.rows.Add(kind, it.Seq, a.out.IDs[i], &it.Locator)
	a.chunk.commits = append(a.chunk.commits, it.Commit)
	a.chunk.kinds = append(a.chunk.kinds, byte(kind))
	return nil
}

// spot is a locator as rows keep it.
type spot struct{ container, member any }

func (a *appending) place(l *model.Locator) (spot, error) {
	var s spot
	if l.Container != "" {
		id, ok := a.g.containers[l.Container]
		if !ok {
			err := a.w.query(1, func(r *row) error { id = r.num(); return nil }, "SELECT id FROM containers WHERE sha256 = ?", l.Container)
			if err != nil {
				return s, err
			}
			if id == 0 {
				return s, errors.New("its container is not in the case")
			}
			a.g.containers[l.Container] = id
		}
		s.container = id
	}
	if l.Member != "" {
		id, err := a.member(l.Member)
		if err != nil {
			return s, err
		}
		s.member = id
	}
	return s, nil
}

func (a *appending) member(path string) (int64, error) {
	if id, ok := a.g.members[path]; ok {
		return id, nil
	}
	var id int64
	scan := func(r *row) error { id = r.num(); return nil }
	err := a.w.query(1, scan, "SELECT id FROM members WHERE path = ?", path)
	if err == nil && id == 0 {
		err = a.w.query(1, scan, "INSERT INTO members (path) VALUES (?) RETURNING id", path)
	}
	if err == nil {
		a.g.members[path] = id
	}
	return id, err
}

func (a *appending) reject(it *model.Item, s spot) error {
	l := &it.Locator
	return a.w.exec("INSERT INTO rejects VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?)",
		a.g.lastItem, a.chunk.Batch, it.Seq, a.seq, s.container, s.member,
		putNum(l.Offset), putNum(l.Length), putNum(l.Row), putText(l.Item), it.RawHash[:], it.Salt[:],
		putText(it.Reject.Code), putText(it.Reject.Reason))
}

// finish writes the chunk row, the accounts' latest states and the custody
// record.
func (a *appending) finish() error {
	c := &a.chunk
	c.Rows = c.rows.Sum()
	seq, err := a.log(actItems, c.Object(), custody.MerkleRoot(c.commits), nil)
	if err != nil {
		return err
	}
	if seq != a.seq {
		return fmt.Errorf("custody record %d where %d was meant", seq, a.seq)
	}
	flat := make([]byte, 0, 32*len(c.commits))
	for i := range c.commits {
		flat = append(flat, c.commits[i][:]...)
	}
	err = a.w.exec("INSERT INTO chunks (log, batch, seq, item, count, post, fresh, kinds, uids, commits) VALUES (?,?,?,?,?,?,?,?,?,?)",
		seq, c.Batch, c.FirstSeq, c.FirstItem, c.Count(), c.FirstPost, c.Accepted, c.kinds, c.uids, flat)
	if err != nil {
		return err
	}
	if err := a.g.accounts.flush(a.w); err != nil {
		return err
	}
	a.g.batch.read += c.Count()
	a.out.Accepted, a.out.Duplicate, a.out.Rejected, a.out.LogIndex = c.Accepted, c.Duplicate, c.Rejected, seq
	return nil
}
