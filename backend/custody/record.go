package custody

import (
	"crypto/sha256"
	"encoding/binary"
	"time"

	"vedette/backend/model"
)

// RecordVersion is the version of the log record's encoding.
const RecordVersion = 1

// Record is one entry of the custody log: who did what to which object and
// when, with the commitment of what was done. Seq counts from 1. Prev is the
// hash of the record before it, zero for the first.
type Record struct {
	Version int64
	Seq     int64
	At      time.Time
	Actor   string
	Action  string
	Object  string
	Commit  model.Hash
	Prev    model.Hash
}

// TimeLayout is how instants are written in records and checkpoints: UTC with
// nanoseconds, of constant width.
const TimeLayout = "2006-01-02T15:04:05.000000000Z"

// Encode returns rec_n: version and seq as eight bytes big endian, then time,
// actor, action, object, commitment and previous hash, every one with its
// length in four bytes before it.
func (r *Record) Encode() []byte {
	at := r.At.UTC().Format(TimeLayout)
	b := make([]byte, 0, 16+6*4+len(at)+len(r.Actor)+len(r.Action)+len(r.Object)+64)
	b = binary.BigEndian.AppendUint64(b, uint64(r.Version))
	b = binary.BigEndian.AppendUint64(b, uint64(r.Seq))
	for _, s := range [...]string{at, r.Actor, r.Action, r.Object} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(s)))
		b = append(b, s...)
	}
	for _, h := range [...]*model.Hash{&r.Commit, &r.Prev} {
		b = binary.BigEndian.AppendUint32(b, uint32(len(h)))
		b = append(b, h[:]...)
	}
	return b
}

// RecordHash is h_n of an encoded record.
func RecordHash(encoded []byte) model.Hash { return sha256.Sum256(encoded) }

// Log is the state of a custody log: its tree and the hash of its last record.
// The zero value is the empty log.
type Log struct {
	Tree Tree
	Head model.Hash
	Last time.Time // of the last record
}

// Clone returns an independent copy.
func (l *Log) Clone() Log { return Log{Tree: l.Tree.Clone(), Head: l.Head, Last: l.Last} }

// Entry is what Append made: the record, its hash, and its nodes from NodeAt on.
type Entry struct {
	Record Record
	Hash   model.Hash
	NodeAt int64
	Nodes  []model.Hash
}

// Append adds a record. A clock that went back is kept as it is: order comes
// from Seq, and verification says so.
func (l *Log) Append(at time.Time, actor, action, object string, commit model.Hash) Entry {
	n := l.Tree.Size()
	r := Record{
		Version: RecordVersion, Seq: n + 1, At: at.UTC(),
		Actor: actor, Action: action, Object: object, Commit: commit, Prev: l.Head,
	}
	enc := r.Encode()
	e := Entry{Record: r, Hash: RecordHash(enc), NodeAt: NodeIndex(n), Nodes: l.Tree.Append(enc)}
	l.Head, l.Last = e.Hash, r.At
	return e
}

// Checkpoint states the log's present size, root and head for a case.
func (l *Log) Checkpoint(caseID string, at time.Time) Checkpoint {
	return Checkpoint{Case: caseID, Size: l.Tree.Size(), Root: l.Tree.Root(), Head: l.Head, Time: at.UTC()}
}
