package custody

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"hash"
	"strconv"
	"strings"

	"vedette/backend/model"
)

// ErrItems is wrapped by errors about a text that ItemsObject did not write.
var ErrItems = errors.New("not an items object")

// Items describes one logged chunk of items: which records of which batch, what
// became of them, and where they are. It is the object of the log record whose
// commitment is the Merkle root over the items' commitments. Rows is the digest
// of the places that the commitments do not cover (see Rows).
type Items struct {
	Batch     int64
	FirstSeq  int64 // of the first record, counted from 0
	FirstItem int64 // case-wide item number of the first record, counted from 1
	FirstPost int64 // id of the first accepted post, or the next free one
	Accepted  int64
	Duplicate int64
	Rejected  int64
	Rows      model.Hash
}

// Count is the number of records in the chunk.
func (i *Items) Count() int64 { return i.Accepted + i.Duplicate + i.Rejected }

// Object writes the items as the object of a log record.
func (i *Items) Object() string {
	return fmt.Sprintf("batch:%d seq:%d item:%d post:%d accepted:%d duplicate:%d rejected:%d rows:%s",
		i.Batch, i.FirstSeq, i.FirstItem, i.FirstPost, i.Accepted, i.Duplicate, i.Rejected, hex.EncodeToString(i.Rows[:]))
}

// ParseItems reads what Object wrote, and nothing else.
func ParseItems(s string) (Items, error) {
	parts := strings.Split(s, " ")
	names := [...]string{"batch", "seq", "item", "post", "accepted", "duplicate", "rejected", "rows"}
	if len(parts) != len(names) {
		return Items{}, fmt.Errorf("%w: %q", ErrItems, s)
	}
	var it Items
	dst := [...]*int64{&it.Batch, &it.FirstSeq, &it.FirstItem, &it.FirstPost, &it.Accepted, &it.Duplicate, &it.Rejected}
	for k, name := range names {
		value, ok := strings.CutPrefix(parts[k], name+":")
		if !ok {
			return Items{}, fmt.Errorf("%w: %q", ErrItems, s)
		}
		var err error
		if k < len(dst) {
			*dst[k], err = strconv.ParseInt(value, 10, 64)
		} else {
			it.Rows, err = ParseHash(value)
		}
		if err != nil {
			return Items{}, fmt.Errorf("%w: %w", ErrItems, err)
		}
	}
	if it.Object() != s {
		return Items{}, fmt.Errorf("%w: %q is not in canonical form", ErrItems, s)
	}
	return it, nil
}

// RowKind says what became of a record.
type RowKind byte

// The kinds of row.
const (
	RowNew       RowKind = 0
	RowDuplicate RowKind = 1
	RowReject    RowKind = 2
)

// Rows digests, in order, what an item's commitment does not cover: what became
// of each record, which post it is, and its place in the evidence. Without it a
// row could be pointed elsewhere unnoticed.
type Rows struct {
	h   hash.Hash
	buf []byte
}

// NewRows begins a digest.
func NewRows() *Rows { return &Rows{h: sha256.New(), buf: make([]byte, 0, 256)} }

// Add takes the next record: post is its post id (0 for a rejection), seq its
// number in the batch.
func (r *Rows) Add(kind RowKind, seq, post int64, l *model.Locator) {
	b := append(r.buf[:0], byte(kind))
	for _, n := range [...]int64{seq, post, l.Offset, l.Length, l.Row} {
		b = appendCount(b, model.Known(n))
	}
	b = appendText(b, l.Container)
	b = appendText(b, l.Member)
	b = appendText(b, l.Item)
	r.h.Write(b)
	r.buf = b
}

// Sum is the digest of the records added so far.
func (r *Rows) Sum() model.Hash {
	var out model.Hash
	r.h.Sum(out[:0])
	return out
}
